"""Rows as typed columns of Python values, from which every kind of table is made.

A column whose literals share one datatype gets its type, if each of them is what that datatype promises.
Anything else is text: IRIs, texts (their language is dropped), EDTF dates, and mixtures. Unbound is None.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

import pyoxigraph as ox

from simpul.ontology import RDF, XSD

from .documents import plain
from .results import Rows, Term

T = TypeVar("T")
Value = int | Decimal | float | bool | date | datetime | str | None
"""What a cell holds; None where it is unbound."""


class ColumnKind(StrEnum):
    """What the cells of a column are. From IRI on, they are given as text."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    MOMENT = "moment"  # a dateTime that says its time zone, given in UTC
    IRI = "iri"
    TEXT = "text"
    MIXED = "mixed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A variable, what its cells are, and their values from the first row to the last.

    `texts` are the cells as they are written in the graph, for a table that has no such type.
    """

    name: str
    kind: ColumnKind
    values: Sequence[Value]
    texts: Sequence[str | None]


def typed_columns(
    rows: Rows, written: Callable[[Term], str] = plain
) -> list[TypedColumn]:
    """The columns of rows in their order; `written` says how an IRI is given as text."""
    across = zip(*rows.rows, strict=True) if rows.rows else ((),) * len(rows.variables)
    return [
        _typed(name, terms, written)
        for name, terms in zip(rows.variables, across, strict=True)
    ]


def _typed(
    name: str, terms: Sequence[Term | None], written: Callable[[Term], str]
) -> TypedColumn:
    # One pass for each question about a column: nothing is called once for each cell.
    classes = set(map(type, terms)) - {type(None)}
    texts: Sequence[str]
    values: Sequence[Value]
    if classes == {ox.Literal}:
        literals = [term for term in terms if isinstance(term, ox.Literal)]
        texts = [literal.value for literal in literals]
        kind, values = _literals(literals, texts)
    elif classes == {ox.NamedNode}:
        kind = ColumnKind.IRI
        things = [term for term in terms if isinstance(term, ox.NamedNode)]
        if written is plain:
            texts = [thing.value for thing in things]
        else:
            texts = [written(thing) for thing in things]
        values = texts
    else:
        kind = ColumnKind.MIXED if classes else ColumnKind.EMPTY
        texts = [written(term) for term in terms if term is not None]
        values = texts
    return TypedColumn(name, kind, _in_place(values, terms), _in_place(texts, terms))


def _in_place(bound: Sequence[T], terms: Sequence[object]) -> Sequence[T | None]:
    """The values of the bound cells with None where a cell is unbound."""
    if len(bound) == len(terms):
        return bound
    rest = iter(bound)
    return [None if term is None else next(rest) for term in terms]


def _literals(
    literals: Sequence[ox.Literal], texts: Sequence[str]
) -> tuple[ColumnKind, Sequence[Value]]:
    datatypes = {literal.datatype.value for literal in literals}
    if datatypes == {XSD.integer, XSD.decimal}:
        datatypes = {XSD.decimal}
    if len(datatypes) > 1:
        # A text in a language and one without are both texts.
        mixed = not datatypes <= _TEXTS
        return (ColumnKind.MIXED if mixed else ColumnKind.TEXT), texts
    read = _READERS.get(datatypes.pop())
    if read is not None:
        try:
            return read(texts)
        except (ValueError, ArithmeticError, KeyError):
            return ColumnKind.MIXED, texts
    return ColumnKind.TEXT, texts


_TEXTS: Final = {XSD.string, RDF.langString}
_LARGEST: Final = 2**63 - 1
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_DIGITS: Final = set("+-0123456789")
_DATE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII
)


# Python reads more than XML Schema writes: 1_000, the digits of other scripts, days without dashes.
def _only(characters: set[str], texts: Sequence[str]) -> None:
    if not set("".join(texts)) <= characters:
        raise ValueError("not what its datatype promises")


def _integers(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    _only(_DIGITS, texts)
    values = list(map(int, texts))
    if max(values) > _LARGEST or min(values) < -_LARGEST:
        return ColumnKind.TEXT, texts  # no table has room for so large a number
    return ColumnKind.INTEGER, values


def _decimals(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    _only(_DIGITS | {"."}, texts)
    return ColumnKind.DECIMAL, list(map(Decimal, texts))


def _doubles(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    _only(_DIGITS | set(".eEINFaN"), texts)
    return ColumnKind.DOUBLE, list(map(float, texts))


def _booleans(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    return ColumnKind.BOOLEAN, [_BOOLEANS[text] for text in texts]


def _dates(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    _only(_DIGITS, texts)
    if set(map(len, texts)) != {len("2024-09-11")}:
        raise ValueError("a day with a time zone, or of a year that no table has")
    return ColumnKind.DATE, list(map(date.fromisoformat, texts))


def _date_times(texts: Sequence[str]) -> tuple[ColumnKind, Sequence[Value]]:
    zones: set[bool] = set()
    for text in texts:
        match = _DATE_TIME.fullmatch(text)
        if match is None:
            raise ValueError("not a dateTime that Python can hold")
        zones.add(match[1] is not None)
    if len(zones) > 1:
        raise ValueError("some say their time zone, some do not")
    values = list(map(datetime.fromisoformat, texts))
    if not zones.pop():
        return ColumnKind.DATETIME, values
    return ColumnKind.MOMENT, [value.astimezone(UTC) for value in values]


_READERS: Final[
    Mapping[str, Callable[[Sequence[str]], tuple[ColumnKind, Sequence[Value]]]]
] = {
    XSD.boolean: _booleans,
    XSD.date: _dates,
    XSD.dateTime: _date_times,
    XSD.decimal: _decimals,
    XSD.double: _doubles,
    XSD.integer: _integers,
}
