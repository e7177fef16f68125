"""From a row of a list to the things it may mean: by name, type, and what the row says of other properties.

A thing is a match, rather than a candidate, only where its name is the one that was asked for and no other
thing goes by it, or where the properties of the row are those of this one alone.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from simpul.queries import Graph, Term, TimeExceeded
from simpul.queries.lookup import Match, Thing, plain

from .reconciliation_input import Given, PropertyGiven, Sought
from .reconciliation_schema import Property, Schema, Type, properties, types_of
from .reconciliation_values import (
    Values,
    names_of,
    read_around,
    read_having,
    read_values,
)

_LOOKED_AT = 4
"""So many times the candidates asked for are looked at, since type and properties reorder them."""
_AT_LEAST = 20
_SURE = 97.0
_SURE_FORMER = 92.0
_MEANT = 90.0
_OF_ANOTHER_TYPE = 30.0
_BY_NAME = 0.85
_BY_PROPERTIES = 15.0
_UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a row may mean. `agreement` is 1 if all properties agree, 0 if none, None without any."""

    thing: Thing
    name: Match | None
    has_type: bool
    agreement: float | None
    is_contradicted: bool

    @property
    def score(self) -> float:
        """How well it fits, from 0 to 100."""
        by_name = self.name.score if self.name else 100.0
        if self.agreement is not None:
            by_name = _BY_NAME * by_name + _BY_PROPERTIES * self.agreement
        return round(max(0.0, by_name - (0 if self.has_type else _OF_ANOTHER_TYPE)), 1)

    @property
    def is_sure(self) -> bool:
        """Whether it bears the name, is of the type, and nothing speaks against it."""
        if not self.name or not self.has_type or self.is_contradicted:
            return False
        least = _SURE_FORMER if self.name.how == "former" else _SURE
        return self.name.score >= least and self.name.how not in (
            "typo",
            "part",
            "prefix",
        )


def match_batch(
    batch: Mapping[str, Sought],
    schema: Schema,
    graph: Graph,
    time_s: float | None = None,
) -> dict[str, list[Candidate]]:
    """The candidates of each query of a batch, the best first; it asks the graph, and waits, for properties only.

    Raises: TimeExceeded when it has taken so many seconds.
    """
    clock = _Clock(time_s)
    named = {
        key: _by_name(sought, schema, graph)
        for key, sought in batch.items()
        if clock.goes_on()
    }
    evidence = _Evidence.of(batch, named, schema, graph, clock)
    return {
        key: _judged(sought, named[key], evidence)[: sought.limit]
        for key, sought in batch.items()
    }


def matched(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that is a match, if one is."""
    sure = [each for each in candidates if each.is_sure]
    if not sure or sure[0] is not candidates[0]:
        return None
    agreement = sure[0].agreement or 0.0
    rivals = [each for each in sure[1:] if (each.agreement or 0.0) >= agreement]
    return None if rivals else sure[0]


class _Clock:
    """When a batch has taken too long."""

    def __init__(self, time_s: float | None) -> None:
        self._time_s = time_s
        self._began = time.monotonic()

    def goes_on(self) -> bool:
        """True.

        Raises: TimeExceeded.
        """
        if self._time_s is not None and time.monotonic() - self._began > self._time_s:
            raise TimeExceeded("batch", self._time_s)
        return True


def _by_name(
    sought: Sought, schema: Schema, graph: Graph
) -> list[tuple[Thing, Match | None]]:
    index, text = schema.index, sought.text
    if not text:
        text = next(
            (
                str(each.values[0])
                for each in sought.properties
                if each.values and _names(each)
            ),
            "",
        )
    types = [Type.of(each) for each in sought.types]
    kinds = (
        {each.kind for each in types}
        if types and sought.strictness != "should"
        else None
    )
    limit = max(_AT_LEAST, sought.limit * _LOOKED_AT)
    thing = schema.thing(text) if text else None
    find = partial(index.find, kinds=kinds, limit=limit, language=schema.language)
    found = find(text) if text else []
    if thing:
        # An identifier finds what it is of, as a name would.
        found = [*find(thing.iri), *(each for each in found if each.iri != thing.iri)]
    if not text:
        return [(thing, None) for thing in _having(sought.properties, schema, graph)]
    named = [(index.thing(match.iri), match) for match in found]
    return [(thing, match) for thing, match in named if thing is not None]


def _names(given: PropertyGiven) -> bool:
    known = properties().get(given.property)
    return known is not None and bool(known.names)


def _having(
    given: Iterable[PropertyGiven], schema: Schema, graph: Graph
) -> list[Thing]:
    """The things of which the graph says all that is given, found by the first that it can be asked for."""
    for each in given:
        known = properties().get(each.property)
        if known and known.iris:
            iris = sorted(
                {iri for value in each.values for iri in _meant(value, schema)}
            )
            things = (
                schema.index.thing(iri) for iri in read_having(graph, known, iris)
            )
            return [thing for thing in things if thing]
    return []


def _meant(value: Given, schema: Schema) -> frozenset[str]:
    """The things that a value of a property may mean."""
    text = str(value)
    if thing := schema.thing(text):
        return frozenset((thing.iri,))
    found = schema.index.find(text)
    return frozenset(match.iri for match in found if match.score >= _MEANT)


def _judged(
    sought: Sought, named: Sequence[tuple[Thing, Match | None]], evidence: "_Evidence"
) -> list[Candidate]:
    types = [Type.of(each) for each in sought.types]
    judged: list[Candidate] = []
    for thing, match in named:
        fitting = [type_.fits(thing) for type_ in types]
        has_type = (
            (all if sought.strictness == "all" else any)(fitting) if types else True
        )
        if not has_type and sought.strictness != "should":
            continue
        agreements = [
            evidence.agreement(thing, each) for each in sought.properties if each.values
        ]
        known = [each for each in agreements if each is not None]
        mean = sum(known) / len(known) if known else None
        candidate = Candidate(thing, match, has_type, mean, 0.0 in known)
        judged.append(candidate)
    # Names come sorted, so that of equal scores the likelier kind stays first.
    judged.sort(key=lambda each: -each.score)
    return judged


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the graph says of the candidates, and what the values of the rows may mean."""

    values: Values
    around: Mapping[str, set[str]]
    meant: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls,
        batch: Mapping[str, Sought],
        named: Mapping[str, Sequence[tuple[Thing, Match | None]]],
        schema: Schema,
        graph: Graph,
        clock: _Clock,
    ) -> "_Evidence":
        given = [each for sought in batch.values() for each in sought.properties]
        known = [
            properties()[each.property]
            for each in given
            if each.property in properties()
        ]
        wanted = list({each.id: each for each in known}.values())
        asked = [key for key, sought in batch.items() if sought.properties]
        things = dict.fromkeys(thing.iri for key in asked for thing, _ in named[key])
        values = read_values(graph, things, wanted)
        places = {
            term.value
            for of_it in values.values()
            for property_ in wanted
            if property_.is_place
            for term in of_it.get(property_.id, ())
            if isinstance(term, ox.NamedNode)
        }
        told = {str(value): value for each in given for value in each.values}
        meant = {
            text: _meant(value, schema)
            for text, value in told.items()
            if clock.goes_on()
        }
        return cls(values, read_around(graph, sorted(places)), meant)

    def agreement(self, thing: Thing, given: PropertyGiven) -> float | None:
        """1 if the graph says what is given, 0 if it says something else, a half if nothing; None if no property."""
        property_ = properties().get(given.property)
        if property_ is None:
            return None
        terms = self._terms(thing, property_)
        if not terms:
            return _UNKNOWN
        fits = any(
            self._fits(value, term, property_)
            for value in given.values
            for term in terms
        )
        return 1.0 if fits else 0.0

    def _terms(self, thing: Thing, property_: Property) -> tuple[Term, ...]:
        if property_.names:
            return names_of(thing, property_)
        if property_.id == "kind" and not self.values.get(thing.iri, {}).get("kind"):
            return tuple(ox.Literal(type_.id) for type_ in types_of(thing))
        return self.values.get(thing.iri, {}).get(property_.id, ())

    def _fits(self, value: Given, term: Term, property_: Property) -> bool:
        if isinstance(term, ox.NamedNode):
            iris = {
                term.value,
                *(self.around.get(term.value, ()) if property_.is_place else ()),
            }
            return not iris.isdisjoint(self.meant[str(value)]) or term.value.endswith(
                f"/{value}"
            )
        written = term.value if isinstance(term, ox.Literal) else str(term)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        # A year, or a year and a month, fits a day in it.
        return plain(text) == plain(written) or (
            len(text) >= 4 and written.startswith(f"{text}-")
        )
