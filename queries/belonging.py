"""Which thing a statement tells of, where only one of two graphs makes it.

A part belongs to the thing that carries it: a participation to its tie, a name to the body that
bears it, a passage to its evidence, a publisher to the document that came with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import pyoxigraph as ox

from simpul.graph_builder import GraphName
from simpul.ontology import DCTERMS, FOAF, OA, ORG, RDF, SIMPUL, SKOS

from .graph import Graph

FOLLOWING = (GraphName.DERIVED, GraphName.ONTOLOGY, GraphName.CONCEPTS)
"""The graphs that follow from others, or from the release of Simpul that built them."""

STANCES = (SIMPUL.supports, SIMPUL.disputes, SIMPUL.mentions)
"""How evidence bears on a claim."""


class ChangeKind(StrEnum):
    """What happened to a thing, in the order in which changes are told."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    RENAMED = "renamed"
    REDATED = "redated"
    RATED = "rated"
    PARTICIPANTS = "participants"
    EVIDENCE = "evidence"
    CHANGED = "changed"


Home = tuple[ChangeKind, str]
"""The change that a statement belongs to: its kind, and the IRI of the thing."""

_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, FOAF.name)
_DATES = (SIMPUL.validFrom, SIMPUL.validUntil, SIMPUL.occurredOn, SIMPUL.period)
_KINDS = {
    **dict.fromkeys(_NAMES, ChangeKind.RENAMED),
    **dict.fromkeys((DCTERMS.title, SIMPUL.acronym, SIMPUL.name), ChangeKind.RENAMED),
    **dict.fromkeys(_DATES, ChangeKind.REDATED),
    **dict.fromkeys((SIMPUL.asOf, DCTERMS.issued), ChangeKind.REDATED),
    SIMPUL.attestedOn: ChangeKind.REDATED,
    SIMPUL.status: ChangeKind.RATED,
    SIMPUL.participation: ChangeKind.PARTICIPANTS,
}
"""The kind of change that a property of a thing in both graphs stands for, if not CHANGED."""

WHO = (SIMPUL.participant, SIMPUL.role)
"""What tells who takes part in a tie, and as what."""


@dataclass(frozen=True, slots=True)
class _Carried:
    """By which properties a thing hangs on its carrier; `inward` ones lead from the carrier to it.

    Where the carrier is in both graphs and the thing in one, that is a change of the carrier of
    the kind `otherwise`, or for None a thing of its own.
    """

    properties: tuple[str, ...]
    inward: bool
    otherwise: ChangeKind | None


_CARRIED = {
    SIMPUL.Participation: _Carried(
        (SIMPUL.participation,), True, ChangeKind.PARTICIPANTS
    ),
    SIMPUL.UnnamedAgent: _Carried((SIMPUL.participant,), True, ChangeKind.PARTICIPANTS),
    SIMPUL.NameRecord: _Carried((SIMPUL.nameOf,), False, ChangeKind.RENAMED),
    SIMPUL.SiteOccupancy: _Carried((SIMPUL.occupant,), False, None),
    SIMPUL.OrganizationChange: _Carried(
        (ORG.resultingOrganization, ORG.originalOrganization), False, None
    ),
    SIMPUL.Tenure: _Carried((ORG.member,), False, None),
    SIMPUL.Breakdown: _Carried((SIMPUL.total,), False, None),
    ORG.Post: _Carried((SIMPUL.post,), True, None),
    SIMPUL.Programme: _Carried((SIMPUL.withinProgramme,), True, ChangeKind.CHANGED),
    SIMPUL.Indicator: _Carried((SIMPUL.indicator,), True, ChangeKind.CHANGED),
    FOAF.Agent: _Carried((DCTERMS.publisher,), True, ChangeKind.CHANGED),
    OA.SpecificResource: _Carried((SIMPUL.locator,), True, ChangeKind.CHANGED),
    OA.TextPositionSelector: _Carried((OA.hasSelector,), True, ChangeKind.CHANGED),
}
_PARTS = (SIMPUL.Participation, OA.SpecificResource, OA.TextPositionSelector)
"""What is never told by itself, even where it is in both graphs."""


@dataclass(slots=True)
class Belonging:
    """Finds where statements belong, between two graphs."""

    old: Graph
    new: Graph
    _within: dict[tuple[bool, str], bool] = field(
        default_factory=dict[tuple[bool, str], bool]
    )
    _homes: dict[str, tuple[Home, ...]] = field(
        default_factory=dict[str, tuple[Home, ...]]
    )

    def homes(self, quad: ox.Quad) -> tuple[Home, ...]:
        """The changes that a statement belongs to: one, or one for each claim of a passage."""
        subject, predicate = _iri(quad.subject), quad.predicate.value
        if subject is None:
            return ((ChangeKind.CHANGED, str(quad.subject)),)
        if self.merged(subject):
            return ((ChangeKind.MERGED, subject),)
        if not self.in_both(subject):
            return self._homes_of(subject)
        part = self._part(subject)
        if part is not None:
            who = predicate in WHO
            kind = ChangeKind.PARTICIPANTS if who else ChangeKind.CHANGED
            return ((kind, self._whole(subject)),)
        claim = _iri(quad.object)
        if predicate in STANCES and claim is not None:
            if self.in_both(claim):
                return ((ChangeKind.EVIDENCE, claim),)
            return self._homes_of(claim)
        return ((_KINDS.get(predicate, ChangeKind.CHANGED), subject),)

    def in_both(self, iri: str) -> bool:
        """Whether both graphs say something about a thing, beside what follows from the rest."""
        return self._in(self.old, iri) and self._in(self.new, iri)

    def merged(self, iri: str) -> bool:
        """Whether a thing was merged into another, or taken out of it again."""
        replaced = [objects(g, iri, DCTERMS.isReplacedBy) for g in (self.old, self.new)]
        return replaced[0] != replaced[1]

    def _in(self, graph: Graph, iri: str) -> bool:
        place = (graph is self.old, iri)
        if place not in self._within:
            self._within[place] = any(
                graph_of(quad) not in FOLLOWING
                for quad in graph.quads(ox.NamedNode(iri))
            )
        return self._within[place]

    def _homes_of(self, iri: str) -> tuple[Home, ...]:
        """Where a thing belongs that is in one graph only."""
        if iri not in self._homes:
            self._homes[iri] = self._find_homes(iri)
        return self._homes[iri]

    def _find_homes(self, iri: str) -> tuple[Home, ...]:
        if self.merged(iri):
            return ((ChangeKind.MERGED, iri),)
        added = self._in(self.new, iri)
        graph = self.new if added else self.old
        own = ((ChangeKind.ADDED if added else ChangeKind.WITHDRAWN, iri),)
        classes = set(objects(graph, iri, RDF.type))
        if SIMPUL.Evidence in classes:
            claims = sorted({c for p in STANCES for c in objects(graph, iri, p)})
            kept = [claim for claim in claims if self.in_both(claim)]
            if kept or not claims:
                return tuple((ChangeKind.EVIDENCE, claim) for claim in kept) or own
            return self._homes_of(claims[0])
        carried = next((c for name, c in _CARRIED.items() if name in classes), None)
        if carried is None:
            return own
        carriers = _carriers(graph, iri, carried)
        for carrier in carriers:
            if self.merged(carrier) or not self.in_both(carrier):
                return self._homes_of(carrier)
        if carriers and carried.otherwise:
            return ((carried.otherwise, self._whole(carriers[0])),)
        return own

    def _part(self, iri: str) -> str | None:
        """The class by which a thing is a part of another, in either graph."""
        classes = {c for g in (self.old, self.new) for c in objects(g, iri, RDF.type)}
        return next((name for name in _PARTS if name in classes), None)

    def _whole(self, iri: str) -> str:
        """The thing that a part is part of, however deep."""
        while name := self._part(iri):
            carriers = {
                carrier
                for graph in (self.old, self.new)
                for carrier in _carriers(graph, iri, _CARRIED[name])
            }
            if not carriers:
                break
            iri = min(carriers)
        return iri


def objects(graph: Graph, iri: str, predicate: str) -> list[str]:
    """The things that one property of a thing leads to, sorted."""
    quads = graph.quads(ox.NamedNode(iri), ox.NamedNode(predicate))
    return sorted(_iris(quad.object for quad in quads))


def subjects(graph: Graph, predicate: str, iri: str) -> list[str]:
    """The things that one property leads from to a thing, sorted."""
    quads = graph.quads(None, ox.NamedNode(predicate), ox.NamedNode(iri))
    return sorted(_iris(quad.subject for quad in quads))


def graph_of(quad: ox.Quad) -> str:
    """The name of the graph that a statement is in, as in `GraphName`; empty for the default one."""
    name = quad.graph_name
    return name.value.rpartition("/")[2] if isinstance(name, ox.NamedNode) else ""


def _carriers(graph: Graph, iri: str, carried: _Carried) -> list[str]:
    return [
        carrier
        for name in carried.properties
        for carrier in (
            subjects(graph, name, iri) if carried.inward else objects(graph, iri, name)
        )
    ]


def _iris(terms: Iterable[object]) -> Iterator[str]:
    for term in terms:
        iri = _iri(term)
        if iri is not None:
            yield iri


def _iri(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None
