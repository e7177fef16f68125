"""A graph from which things are let go, one after another, with all that nothing else speaks of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from simpul.ontology import BASE, SIMPUL, ClaimStatus

from .nquads import GraphName

Node = ox.NamedNode | ox.BlankNode | ox.Triple
Term = Node | ox.Literal

BEARING = (SIMPUL.supports, SIMPUL.disputes, SIMPUL.mentions)
"""How a passage bears on a claim, or on anything else."""

_VOCABULARY = frozenset({GraphName.ONTOLOGY, GraphName.CONCEPTS})
_ENTRIES = frozenset({GraphName.ENTITIES, GraphName.CLAIMS, GraphName.EVIDENCE})


@dataclass(slots=True)
class Draft:
    """A graph without its derived part, and what of it is gone so far.

    Claims, passages and discrepancies go when they are told to. Documents, bodies, people, posts,
    sites and participations go with the last statement about them by anything else. Territories,
    topics and the vocabulary stay.
    """

    quads: list[ox.Quad] = field(default_factory=list[ox.Quad])
    gone: set[Node] = field(default_factory=set[Node])
    _said: dict[str, dict[Node, list[Term]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    _about: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))
    _voices: Counter[Node] = field(default_factory=Counter[Node])
    _entries: set[Node] = field(default_factory=set[Node])

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], base: str = BASE) -> "Draft":
        """Take over the statements of a graph but those of its derived part."""
        draft = cls()
        graphs: dict[object, GraphName] = {
            ox.NamedNode(f"{base}graph/{name}"): name for name in GraphName
        }
        for quad in quads:
            graph = graphs.get(quad.graph_name)
            if graph is GraphName.DERIVED:
                continue
            draft.quads.append(quad)
            if graph in _VOCABULARY:
                continue
            subject, value = quad.subject, quad.object
            draft._said[quad.predicate.value][subject].append(value)
            if not isinstance(value, ox.Literal):
                draft._about[subject].append(value)
                draft._voices[value] += 1
            if graph in _ENTRIES:
                draft._entries.add(subject)
        draft._entries.difference_update(draft.claims)
        return draft

    @property
    def claims(self) -> Mapping[Node, list[Term]]:
        """Every claim of the whole graph and its status; participations, which go with their tie, have none."""
        return self.said(SIMPUL.status)

    def said(self, predicate: str) -> Mapping[Node, list[Term]]:
        """What the whole graph says with a property, by subject."""
        return self._said[predicate]

    def values(self, predicate: str, subject: Node) -> list[Term]:
        """What the whole graph says of a thing with a property."""
        return self._said[predicate].get(subject, [])

    def text(self, predicate: str, subject: Node) -> str | None:
        """A text or date that a thing has; None if it has none."""
        found = self.values(predicate, subject)
        return found[0].value if found and isinstance(found[0], ox.Literal) else None

    def node(self, predicate: str, subject: Node) -> Node:
        """The one thing that another must have.

        Raises: KeyError if it has none.
        """
        for value in self.values(predicate, subject):
            if not isinstance(value, ox.Literal):
                return value
        raise KeyError(f"{subject} has no {predicate}")

    def drop(self, *things: Node) -> None:
        """Let things go, and with them what nothing else speaks of."""
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing in self.gone:
                continue
            self.gone.add(thing)
            for other in self._about.get(thing, ()):
                self._voices[other] -= 1
                if not self._voices[other] and other in self._entries:
                    waiting.append(other)

    def left(self, things: Iterable[Term]) -> list[Node]:
        """Those of some things that are still there."""
        return [
            thing
            for thing in things
            if not isinstance(thing, ox.Literal) and thing not in self.gone
        ]

    def passages(self, *stances: str) -> Iterator[tuple[Node, Node]]:
        """Each passage that is left, with each thing that is left and that it bears on so."""
        for stance in stances:
            for passage, things in self._said[stance].items():
                if passage not in self.gone:
                    for thing in self.left(things):
                        yield passage, thing

    def at_odds(self) -> set[Node]:
        """The claims that something left speaks against, unless that was decided."""
        unsettled: set[Node] = set()
        settled: set[Node] = set()
        for record, claims in self._said[SIMPUL.involves].items():
            if record not in self.gone:
                decided = self.text(SIMPUL.resolved, record) == "true"
                (settled if decided else unsettled).update(self.left(claims))
        disputed = {claim for _, claim in self.passages(SIMPUL.disputes)}
        return unsettled | (disputed - settled)

    def drop_hollow(self) -> None:
        """Let go the breakdowns without their total, and whatever bears on nothing that is left."""
        for breakdown, totals in self._said[SIMPUL.total].items():
            if not self.left(totals):
                self.drop(breakdown)
        others: dict[Node, list[Term]] = defaultdict(list)
        for predicate in (*BEARING, SIMPUL.involves):
            for thing, matters in self._said[predicate].items():
                others[thing] += matters
        for thing, matters in others.items():
            if not self.left(matters):
                self.drop(thing)


def usual_status(*, at_odds: bool) -> ox.NamedNode:
    """The status of a claim that no editor decided on."""
    status = ClaimStatus.DISPUTED if at_odds else ClaimStatus.ACCEPTED
    return ox.NamedNode(status.iri)
