"""The columns of an export: their names, what each holds, and how a value is written as text."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from simpul.ontology import SimpulError

from .losses import Loss, LossKind, occurred

Value = str | int | float | bool | date | tuple[str, ...]
"""What a cell may hold; a cell without a value is missing from its row."""

Extra = Mapping[str, Mapping[str, Value]]
"""Further columns: under the name of each, the value of each body by its IRI."""

_LARGEST = 2**63  # no format has whole numbers beyond 64 bits


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """The name of a column and what it holds."""

    name: str
    kind: Kind


class ColumnTaken(SimpulError):
    """A further column has the name of one that every export has."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"an export has a column {name!r} of its own; give yours another name"
        )


def kind_of(values: Iterable[Value]) -> Kind:
    """The kind that fits all of these values; text where they have nothing else in common.

    >>> kind_of([1, 2.5]), kind_of([True]), kind_of([1, "a"])
    (<Kind.NUMBER: 'number'>, <Kind.TRUTH: 'truth'>, <Kind.TEXT: 'text'>)
    """
    kinds = {_kind(value) for value in values}
    if kinds == {Kind.INTEGER, Kind.NUMBER}:
        return Kind.NUMBER
    return kinds.pop() if len(kinds) == 1 else Kind.TEXT


def _kind(value: Value) -> Kind:
    match value:
        case bool():
            return Kind.TRUTH
        case int():
            return Kind.INTEGER if -_LARGEST <= value < _LARGEST else Kind.TEXT
        case float():
            return Kind.NUMBER
        case date():
            return Kind.DAY
        case tuple():
            return Kind.TEXTS
        case _:
            return Kind.TEXT


def fitted(value: Value, kind: Kind) -> Value:
    """The value as its column holds it."""
    if kind is Kind.NUMBER and isinstance(value, int):
        return float(value)
    return written(value) if kind is Kind.TEXT else value


def written(value: Value) -> str:
    """A value as text that reads back: days in ISO form, lists as `join_texts` writes them."""
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case tuple():
            return join_texts(value)
        case float():
            return written_number(value)
        case _:
            return str(value)


def written_number(value: float) -> str:
    """The shortest text that reads back as this number, in words that every reader knows.

    >>> written_number(1 / 3), written_number(math.inf), written_number(2.0)
    ('0.3333333333333333', 'Infinity', '2.0')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(float(value))


def join_texts(texts: Sequence[str]) -> str:
    r"""Several texts as one, with `; ` between them; `;` and `\` inside a text get a `\` before them.

    >>> join_texts(["Balai Besar", "A;B"])
    'Balai Besar; A\\;B'
    """
    return "; ".join(re.sub(r"([\\;])", r"\\\1", text) for text in texts)


def split_texts(text: str) -> tuple[str, ...]:
    r"""The texts that `join_texts` made one of.

    >>> split_texts(join_texts(["Balai Besar", "A;B"]))
    ('Balai Besar', 'A;B')
    """
    texts = [""]
    pieces = re.findall(r"\\(.)|(; )|([^\\;]+)", text, re.DOTALL)
    for escaped, separator, plain in pieces:
        if separator:
            texts.append("")
        else:
            texts[-1] += escaped or plain
    return tuple(texts)


def cells_of(
    values: Mapping[str, Value], columns: Iterable[Column]
) -> list[Value | None]:
    """A row as cells in the order of its columns, None where there is no value."""
    return [values.get(column.name) for column in columns]


def names_for(
    columns: Iterable[Column], reserved: Collection[str]
) -> tuple[dict[str, str], tuple[Loss, ...]]:
    """The name in a file of each column, and which had to change.

    A name that the format reserves, in any case, gets `_` behind it, as does one that differs
    from an earlier one by case alone, which tables and spreadsheets would take for the same.
    """
    taken = {name.casefold() for name in reserved}
    names: dict[str, str] = {}
    for column in columns:
        name = column.name
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        names[column.name] = name
    changed = [f"{old} → {new}" for old, new in names.items() if old != new]
    return names, occurred(LossKind.RENAMED, len(changed), changed)
