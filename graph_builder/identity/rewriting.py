"""References of records, rewritten: whatever pointed at one key points at another."""

from collections.abc import Callable
from typing import Any, TypeVar

from ..fields import Refers
from ..records import Model
from ..referring import items_of, refers_of

M = TypeVar("M", bound=Model)
Rewrite = Callable[[str, Refers], str]
"""The key that a reference is to hold, from the one it holds and the kinds it may point at."""


def rewritten(model: M, rewrite: Rewrite) -> M:
    """A record, or a part of one, with every reference in it rewritten; itself if none changes."""
    changed: dict[str, Any] = {}
    for name, info in type(model).model_fields.items():
        value: Any = getattr(model, name)
        refers = refers_of(info)
        if value is None:
            continue
        items = [_item(item, refers, rewrite) for item in items_of(value)]
        if any(new is not old for new, old in zip(items, items_of(value), strict=True)):
            changed[name] = tuple(items) if isinstance(value, tuple) else items[0]
    return model.model_copy(update=changed) if changed else model


def _item(item: Any, refers: Refers | None, rewrite: Rewrite) -> Any:
    if isinstance(item, Model):
        return rewritten(item, rewrite)
    if refers is None or not isinstance(item, str):
        return item
    new = rewrite(item, refers)
    return item if new == item else new
