"""Plans: how one row of values becomes the nested data of a record, for one set of headings.

A plan is made once for the headings of a table, or for the names in a JSON object, and then used
for every row. Positions of lists keep their order; those left empty close up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from pydantic import BaseModel

from ..problems import Fact, FieldPath
from .cells import BadCell, Given, text_of
from .headings import BadHeading, dotted, headings_of
from .layout import Field, fields_of
from .raw import Value

Cell = Given | list["Cell"] | dict[str, "Cell"]

MAX_NAMES = 300
"""So many names one JSON object may have; no record has a third of that."""
MAX_OFFERS = 20
"""For so many unknown headings of one row the nearest are looked for, which takes its time."""
SEPARATOR = ";"
"""Between the items of a plain list in one cell."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one place of a row or of its headings: a message and its facts."""

    code: str
    path: FieldPath
    facts: Mapping[str, Fact]


@dataclass(slots=True)
class Draft:
    """What one row gave. `closed_up` maps the path of a list to {position: position as written}."""

    data: dict[str, Value]
    faults: list[Fault] = field(default_factory=list[Fault])
    closed_up: dict[FieldPath, dict[int, int]] = field(
        default_factory=dict[FieldPath, dict[int, int]]
    )

    def fault(self, code: str, path: FieldPath, **facts: Fact) -> None:
        """Note what is wrong at a path."""
        self.faults.append(Fault(code, path, facts))


class Plan:
    """How the values under some headings become the fields of a model.

    `paths` has the field of each heading, None for those that are refused; `faults` says why, with
    the number of the heading. A `flat` plan is that of a table, whose cells hold one value each.
    """

    def __init__(
        self,
        model: type[BaseModel],
        headings: Sequence[str],
        child: bool,
        flat: bool,
        offer: bool,
    ) -> None:
        self.faults: list[tuple[int, Fault]] = []
        self.paths: list[FieldPath | None] = []
        self._top = _Node(())
        known = headings_of(model, child)
        for number, heading in enumerate(headings):
            try:
                path = known.find(heading)
            except BadHeading as bad:
                near = offer and len(self.faults) < MAX_OFFERS
                self._refuse(number, bad.code, **bad.facts(near))
                continue
            found = known.field(path)
            if path in self.paths:
                first = headings[self.paths.index(path)]
                self._refuse(number, "duplicate-heading", heading=heading, first=first)
            elif flat and not found.single:
                inner = (*path, *((0,) if found.many else ()))
                names = (
                    f.name for f in fields_of(cast("type[BaseModel]", found.parts))
                )
                within = tuple(dotted((*inner, name)) for name in names)
                self._refuse(number, "heading-too-wide", heading=heading, within=within)
            else:
                self.paths.append(path)
                self._top.add(path, number, found)

    def _refuse(self, number: int, code: str, **facts: Fact) -> None:
        self.paths.append(None)
        self.faults.append((number, Fault(code, (), facts)))

    def read(self, cells: Sequence[Cell], offer: bool = True) -> Draft:
        """The data of one row, which has a value for each heading.

        `offer` looks for names that resemble unknown ones, which takes its time.
        """
        draft = Draft({})
        draft.data = self._top.parts_of(cells, draft, offer) or {}
        return draft


@lru_cache(256)
def plan_of(
    model: type[BaseModel],
    headings: tuple[str, ...],
    child: bool = False,
    flat: bool = True,
    offer: bool = True,
) -> Plan:
    """The plan for some headings, made once as long as it is in use."""
    return Plan(model, headings, child, flat, offer)


class _Node:
    """One place in the data: what stands in it whole, by parts, and by items."""

    __slots__ = ("field", "items", "number", "parts", "path")

    def __init__(self, path: FieldPath) -> None:
        self.path = path
        self.number = -1
        self.field = Field("")
        self.parts: dict[str, _Node] = {}
        self.items: dict[int, _Node] = {}

    def add(self, rest: FieldPath, number: int, field: Field) -> None:
        """Say which column holds the value at a path below this place."""
        if not rest:
            self.number, self.field = number, field
            return
        step = rest[0]
        here = (*self.path, step)
        if isinstance(step, str):
            node = self.parts.setdefault(step, _Node(here))
        else:
            node = self.items.setdefault(step, _Node(here))
            self.items = dict(sorted(self.items.items()))
        node.add(rest[1:], number, field)

    def take(self, cells: Sequence[Cell], draft: Draft, offer: bool) -> Value:
        """The value at this place, or None where its cells are empty or wrong."""
        value: Value = None
        if self.number >= 0:
            given = cells[self.number]
            if given is not None and given != "":
                value = _value(given, self.field, self.path, draft, offer)
        if not (self.parts or self.items):
            return value
        inner: Value = None
        if self.parts:
            inner = self.parts_of(cells, draft, offer)
        if self.items:
            inner = self._items_of(cells, draft, offer)
        if value is None or inner is None:
            return inner if value is None else value
        draft.fault("given-twice", self.path, field=dotted(self.path))
        return None

    def parts_of(
        self, cells: Sequence[Cell], draft: Draft, offer: bool
    ) -> dict[str, Value] | None:
        """The parts at this place that are not empty, or None."""
        found: dict[str, Value] = {}
        for name, node in self.parts.items():
            value = node.take(cells, draft, offer)
            if value is not None:
                found[name] = value
        return found or None

    def _items_of(
        self, cells: Sequence[Cell], draft: Draft, offer: bool
    ) -> list[Value] | None:
        found: list[Value] = []
        places: dict[int, int] = {}
        for position, node in self.items.items():
            value = node.take(cells, draft, offer)
            if value is not None:
                places[len(found)] = position
                found.append(value)
        if any(now != written for now, written in places.items()):
            draft.closed_up[self.path] = places
        return found or None


def _value(
    given: Cell, field: Field, path: FieldPath, draft: Draft, offer: bool
) -> Value:
    """What stands in one cell; a cell may hold a whole list, and in JSON and Parquet parts."""
    if not field.many:
        return _one(given, field, path, draft, offer)
    if isinstance(given, list):
        return [
            _one(item, field, (*path, position), draft, offer)
            for position, item in enumerate(given)
        ]
    if isinstance(given, dict) or not field.single:
        draft.fault("list-expected", path)
        return None
    texts: Iterable[Cell] = (
        filter(None, map(str.strip, given.split(SEPARATOR)))
        if type(given) is str
        else [given]
    )
    items = [_one(text, field, path, draft, offer) for text in texts]
    return items or None


def _one(
    given: Cell, field: Field, path: FieldPath, draft: Draft, offer: bool
) -> Value:
    if isinstance(given, dict) and field.parts is not None:
        return _parts(given, field.parts, path, draft, offer)
    if isinstance(given, dict | list):
        draft.fault("one-value-expected", path)
        return None
    if given is not None and not field.single:
        draft.fault("parts-expected", path)
        return None
    try:
        return text_of(given, field)
    except BadCell as bad:
        draft.fault(bad.code, path, **bad.facts)
        return None


def _parts(
    given: dict[str, Cell],
    model: type[BaseModel],
    path: FieldPath,
    draft: Draft,
    offer: bool,
) -> Value:
    inner = read_object(given, model, offer)
    draft.faults.extend(
        Fault(fault.code, (*path, *fault.path), fault.facts) for fault in inner.faults
    )
    draft.closed_up.update(
        {(*path, *inside): places for inside, places in inner.closed_up.items()}
    )
    return inner.data


def read_object(
    given: dict[str, Cell],
    model: type[BaseModel],
    offer: bool = True,
    child: bool = False,
) -> Draft:
    """The data of a JSON object, or of parts in a table that may nest; its names are headings."""
    if len(given) > MAX_NAMES:
        return Draft({}, [Fault("too-many-names", (), {"limit": MAX_NAMES})])
    names = tuple(given)
    plan = plan_of(model, names, child, flat=False, offer=offer)
    draft = plan.read(list(given.values()), offer)
    for number, fault in plan.faults:
        draft.faults.append(Fault(fault.code, (names[number],), fault.facts))
    return draft
