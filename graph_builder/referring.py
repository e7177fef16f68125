"""References: what records point at, read off their models."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from .fields import Refers
from .records import Model


def items_of(value: Any) -> tuple[Any, ...]:
    """The items of a field that may hold several: those of a tuple, or the one value."""
    # Of what it is a tuple the field knows, not the type checker.
    return value if isinstance(value, tuple) else (value,)  # pyright: ignore[reportUnknownVariableType]


def references(model: Model) -> Iterator[tuple[tuple[str | int, ...], str, Refers]]:
    """Every reference a record makes: field path, key, and the kinds it may point at.

    Paths are as the record is written, so `from_` never shows.
    """
    for name, path, refers in _leading_on(type(model)):
        value: Any = getattr(model, name)
        if value is None:
            continue
        for position, item in enumerate(items_of(value)):
            here = (path, position) if isinstance(value, tuple) else (path,)
            if isinstance(item, Model):
                for inner, key, kinds in references(item):
                    yield (*here, *inner), key, kinds
            elif refers is not None:
                yield here, item, refers


@cache
def _leading_on(model: type[Model]) -> tuple[tuple[str, str, Refers | None], ...]:
    """The fields of a model that may lead to a reference: attribute, name as written, kinds."""
    fields = (
        (name, field.alias or name, refers_of(field), field.annotation)
        for name, field in model.model_fields.items()
    )
    return tuple(
        (name, path, refers)
        for name, path, refers, annotation in fields
        if refers is not None or _holds_model(annotation)
    )


def _holds_model(annotation: Any) -> bool:
    inner = get_args(annotation)
    if inner:
        return any(map(_holds_model, inner))
    return isinstance(annotation, type) and issubclass(annotation, Model)


def refers_of(field: FieldInfo) -> Refers | None:
    """What a field points at, be it in a list; None if it points at no record."""
    refers = next((m for m in field.metadata if isinstance(m, Refers)), None)
    return refers or _refers_within(field.annotation)


def _refers_within(annotation: Any) -> Refers | None:
    for part in getattr(annotation, "__metadata__", ()):
        if isinstance(part, Refers):
            return part
    for part in getattr(annotation, "__args__", ()):
        found = _refers_within(part)
        if found is not None:
            return found
    return None
