"""The layout of a record: its fields, and what stands in each, as its model says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from simpul.ontology import Code

from ..fields import EdtfText, IndustryText, NumberText, Term

_DATE = get_args(EdtfText)[1]
_NUMBER = get_args(NumberText)[1]
_INDUSTRY = get_args(IndustryText)[1]


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is written: `name`, one value or `many`, and of which kind.

    `parts` is the model of what stands in it, and `single` whether a plain value may stand there:
    a note can be either. `codes` and `words` are the code lists and the fixed words it takes, and
    `coded` whether it takes those, an industry, or yes and no, rather than free text.
    """

    name: str
    many: bool = False
    required: bool = False
    parts: type[BaseModel] | None = None
    single: bool = False
    codes: tuple[type[Code], ...] = ()
    words: tuple[str, ...] = ()
    holds: frozenset[Literal["truth", "number", "whole", "date", "industry"]] = (
        frozenset()
    )
    term: str | None = None
    coded: bool = False


OF = Field("of", required=True, single=True)
"""In a table of parts: the key of the record that a row is part of."""


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a record or of a part of one, in the order of its model."""
    return tuple(
        _field(info.alias or name, info.annotation, info.metadata, info.is_required())
        for name, info in model.model_fields.items()
    )


def _field(name: str, annotation: object, metadata: list[Any], required: bool) -> Field:
    many = get_origin(annotation) is tuple
    if many:
        annotation, metadata = get_args(annotation)[0], [*metadata]
    parts: type[BaseModel] | None = None
    codes: list[type[Code]] = []
    words: list[str] = []
    holds: set[Literal["truth", "number", "whole", "date", "industry"]] = set()
    single = False
    marks = [*metadata]
    for option in _options(annotation, marks):
        if isinstance(option, type) and issubclass(option, BaseModel):
            parts = option
            continue
        single = True
        if get_origin(option) is Literal:
            words.extend(get_args(option))
        elif option is bool:
            holds.add("truth")
        elif option is int:
            holds.add("whole")
        elif isinstance(option, type) and issubclass(option, Code):
            codes.append(option)
    if _NUMBER in marks:
        holds.add("number")
    if _DATE in marks:
        holds.add("date")
    if _INDUSTRY in marks:
        holds.add("industry")
    return Field(
        name,
        many,
        required,
        parts,
        single,
        tuple(codes),
        tuple(words),
        frozenset(holds),
        next((mark.iri for mark in marks if isinstance(mark, Term)), None),
        bool(codes or words or holds & {"truth", "industry"}),
    )


def _options(annotation: Any, marks: list[Any]) -> Iterator[object]:
    """The types that may stand in a field; what is annotated to them is added to `marks`."""
    if hasattr(annotation, "__metadata__"):
        marks.extend(annotation.__metadata__)
        yield from _options(annotation.__origin__, marks)
    elif get_origin(annotation) in (Union, UnionType):
        for option in get_args(annotation):
            yield from _options(option, marks)
    elif annotation is not type(None):
        yield annotation
