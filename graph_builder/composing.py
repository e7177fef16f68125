"""Composing: one record out of what several packets write about the same thing.

Lists of what sources say grow, item by item; anything else may be filled in where nobody has yet,
and must be equal where somebody has. Base files come first and packets in the order of their names,
so it makes no difference in which order these were added.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from .problems import Fact, FieldPath, Problem
from .readers import RawRecord, Value
from .records import Record

T = TypeVar("T")
GROWING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "evidence": (),
        "sources": (),
        "aliases": (),
        "hidden_labels": (),
        "claims": (),
        "about_claims": (),
        "name_forms": ("form", "note"),
        "former_names": ("id", "name"),
        "location_history": ("id", "place", "from"),
        "posts": ("id", "post", "institution", "title"),
    }
)
"""The lists that grow, and the fields by which an item that is there already is known again."""


def compose(written: Sequence[RawRecord]) -> tuple[RawRecord, list[Problem]]:
    """Put together what was written about one thing, and tell what contradicts what came before it.

    The record is that of the first; the others are parts of it, each with its place.
    """
    first, *rest = written
    if not rest:
        return first, []
    composition = _Composition(first)
    for other in rest:
        composition.take(other)
    return composition.whole(), composition.problems


def is_whole(written: Sequence[RawRecord], model: type[Record]) -> bool:
    """Whether what was written has every field that a record of its kind needs."""
    names = {
        name for raw in written for name, value in raw.data.items() if value is not None
    }
    return all(
        (info.alias or name) in names
        for name, info in model.model_fields.items()
        if info.is_required()
    )


class _Composition:
    """A record that others are being added to."""

    def __init__(self, first: RawRecord) -> None:
        self.first = first
        self.data: dict[str, Value] = deepcopy(dict(first.data))
        self.parts = dict(first.parts)
        self.kept = first.problems
        self.problems: list[Problem] = []

    def whole(self) -> RawRecord:
        return replace(self.first, data=self.data, parts=self.parts, problems=self.kept)

    def take(self, other: RawRecord) -> None:
        self.kept += other.problems
        self._fields(self.data, other.data, (), other, ())

    def _fields(
        self,
        mine: dict[str, Value],
        given: Mapping[str, Value],
        here: FieldPath,
        other: RawRecord,
        there: FieldPath,
    ) -> None:
        """Add fields that stand at `there` in another record to those at `here` in this one."""
        for name, value in given.items():
            at, of = (*here, name), (*there, name)
            known = mine.get(name)
            if value is None or value == known:
                continue
            if known is None:
                mine[name] = deepcopy(value)
                self.parts[at] = _part(other, of)
            elif (
                name in GROWING and isinstance(known, list) and isinstance(value, list)
            ):
                self._items(name, known, value, at, other, of)
            else:
                self._differs(known, value, at, other, of)

    def _items(
        self,
        name: str,
        mine: list[Value],
        given: list[Value],
        here: FieldPath,
        other: RawRecord,
        there: FieldPath,
    ) -> None:
        for position, item in enumerate(given):
            of = (*there, position)
            same = [
                n
                for n, known in enumerate(mine)
                if _is_same(item, known, GROWING[name])
            ]
            if item in mine:
                continue
            if len(same) == 1:
                at = (*here, same[0])
                self._fields(_fields_of(mine[same[0]]), _fields_of(item), at, other, of)
            else:
                self.parts[(*here, len(mine))] = _part(other, of)
                mine.append(deepcopy(item))

    def _differs(
        self, known: Value, value: Value, at: FieldPath, other: RawRecord, of: FieldPath
    ) -> None:
        before = self.whole().place(at)
        facts: dict[str, Fact] = {
            "value": value if isinstance(value, str) else "…",
            "known": known if isinstance(known, str) else "…",
            "file": before.file,
            "line": before.line or 0,
        }
        self.problems.append(other.problem("added-differs", of, facts))


def _is_same(item: Value, known: Value, fields: Sequence[str]) -> bool:
    """Whether two items are about one thing: what tells such things apart is equal where given."""
    if not (isinstance(item, dict) and isinstance(known, dict)):
        return False
    given = [name for name in fields if item.get(name) is not None]
    return bool(given) and all(item[name] == known.get(name) for name in given)


def _fields_of(value: Value) -> dict[str, Value]:
    assert isinstance(value, dict)
    return value


def _part(raw: RawRecord, path: FieldPath) -> RawRecord:
    """One value of a record as a record of its own, so that its place is known wherever it goes."""
    place = raw.place(path)
    return RawRecord(
        place.file,
        place.line or raw.line,
        {},
        lines=_below(path, raw.lines),
        sheet=place.sheet,
        columns=_below(path, raw.columns),
        parts=_below(path, raw.parts),
    )


def _below(path: FieldPath, known: Mapping[FieldPath, T]) -> dict[FieldPath, T]:
    """What is known of the fields within one field, by the path from there."""
    depth = len(path)
    return {at[depth:]: what for at, what in known.items() if at[:depth] == path != at}
