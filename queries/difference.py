"""What changed from one graph to another: added, withdrawn, merged, renamed, re-dated, and why.

Every statement that only one of the graphs makes belongs to a change, those of the derived graph
and of the vocabularies excepted: these follow from the rest, or from another release of Simpul,
and are only counted. A part of a thing is told with the thing: the participations of a tie, the
names of a body, the passages of a piece of evidence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from simpul.graph_builder import GraphName
from simpul.ontology import DCTERMS, SIMPUL, SKOS

from .belonging import (
    FOLLOWING,
    STANCES,
    WHO,
    Belonging,
    ChangeKind,
    Home,
    graph_of,
    objects,
)
from .reasons import Reason, Reasons
from .results import Term
from .store import GraphStore

RATINGS = (SIMPUL.standing, SIMPUL.confidenceLevel, SIMPUL.status)
"""What tells how much a claim is worth: the first two follow from the rest."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One respect in which a thing changed: what was so before, and what is now.

    `aspect` is a property, or the party whose roles or the document whose stance changed. Where
    both sides are the same, it was written anew.
    """

    aspect: str
    before: tuple[Term, ...]
    after: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing, and the statements that this accounts for.

    `reasons` tell why a standing, confidence or status is another.
    """

    kind: ChangeKind
    thing: str
    turns: tuple[Turn, ...]
    reasons: tuple[Reason, ...]
    gone: frozenset[ox.Quad]
    come: frozenset[ox.Quad]


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one graph to another, in the order of `ChangeKind`, then by IRI.

    `following` counts the statements gone and come in each graph that follows from others.
    """

    changes: tuple[Change, ...]
    following: Mapping[GraphName, tuple[int, int]]

    @property
    def nothing(self) -> bool:
        """Whether the two graphs say the same."""
        return not self.changes and not self.following


def difference(old: GraphStore, new: GraphStore) -> Difference:
    """Tell what changed from `old` to `new`.

    Time grows with the size of the two graphs, memory with what differs.
    """
    gone = [quad for quad in old.quads() if quad not in new]
    come = [quad for quad in new.quads() if quad not in old]
    account = _Account(old, new)
    for quads, is_new in ((gone, False), (come, True)):
        for quad in quads:
            account.enter(quad, is_new=is_new)
    before, after = Counter(map(graph_of, gone)), Counter(map(graph_of, come))
    return Difference(
        tuple(account.changes()),
        {
            name: (before[name], after[name])
            for name in FOLLOWING
            if before[name] or after[name]
        },
    )


_Sides = tuple[set[Term], set[Term]]
"""What was so before, and what is now."""


@dataclass(slots=True)
class _Entry:
    """A change that is being put together; aspects are kept apart by language too."""

    gone: set[ox.Quad] = field(default_factory=set[ox.Quad])
    come: set[ox.Quad] = field(default_factory=set[ox.Quad])
    sides: dict[tuple[str, str], _Sides] = field(
        default_factory=dict[tuple[str, str], _Sides]
    )

    def turn(
        self, aspect: str, term: Term, *, is_new: bool, language: str = ""
    ) -> None:
        """Note one side of one aspect."""
        sides = self.sides.setdefault((aspect, language), (set(), set()))
        sides[is_new].add(term)

    def turns(self) -> tuple[Turn, ...]:
        """What turned: what a claim is worth first, then by aspect and language.

        A name that a body is labelled by is also a claim of its own; that is told once.
        """
        turned = sorted(self.sides, key=lambda key: (*_rank(key[0]), key[1]))
        sides = {key: self.sides[key] for key in turned}
        labels = [_texts(one) for key, one in sides.items() if key[0] == SKOS.prefLabel]
        return tuple(
            Turn(aspect, *(tuple(sorted(side, key=str)) for side in one))
            for (aspect, _), one in sides.items()
            if aspect != SIMPUL.name or _texts(one) not in labels
        )


class _Account:
    """Enters every statement into the change that it belongs to."""

    def __init__(self, old: GraphStore, new: GraphStore) -> None:
        self.graphs = (old, new)
        self.belonging = Belonging(old, new)
        self.reasons = Reasons(old, new)
        self.entries: defaultdict[Home, _Entry] = defaultdict(_Entry)

    def enter(self, quad: ox.Quad, *, is_new: bool) -> None:
        """Enter one statement of the old graph that is not in the new one, or the other way round."""
        if graph_of(quad) in FOLLOWING:
            self._enter_rating(quad, is_new=is_new)
            return
        for home in self.belonging.homes(quad):
            entry = self.entries[home]
            (entry.come if is_new else entry.gone).add(quad)
            self._note(home, entry, quad, is_new=is_new)

    def changes(self) -> Iterator[Change]:
        """All changes, in order."""
        order = list(ChangeKind)
        for kind, thing in sorted(
            self.entries, key=lambda home: (order.index(home[0]), home[1])
        ):
            entry = self.entries[kind, thing]
            if kind in (ChangeKind.ADDED, ChangeKind.WITHDRAWN):
                self._note_worth(entry, thing, is_new=kind is ChangeKind.ADDED)
            rated = kind is ChangeKind.RATED
            yield Change(
                kind,
                thing,
                entry.turns(),
                self.reasons.between(thing) if rated else (),
                frozenset(entry.gone),
                frozenset(entry.come),
            )

    def _enter_rating(self, quad: ox.Quad, *, is_new: bool) -> None:
        """Standing and confidence follow from the rest, but are what people ask about."""
        subject, rating = quad.subject, quad.predicate.value
        if rating in RATINGS and self._is_in_both(subject):
            assert isinstance(subject, ox.NamedNode)
            entry = self.entries[ChangeKind.RATED, subject.value]
            entry.turn(rating, quad.object, is_new=is_new)

    def _note(self, home: Home, entry: _Entry, quad: ox.Quad, *, is_new: bool) -> None:
        """Note what a statement turns, as one would tell it of its home."""
        kind, thing = home
        subject, predicate = quad.subject, quad.predicate.value
        own = isinstance(subject, ox.NamedNode) and subject.value == thing
        match kind:
            case ChangeKind.ADDED | ChangeKind.WITHDRAWN:
                pass
            case ChangeKind.PARTICIPANTS:
                if predicate in WHO:
                    self._note_participant(entry, quad)
            case ChangeKind.EVIDENCE:
                if predicate in STANCES and quad.object == ox.NamedNode(thing):
                    stance = ox.NamedNode(predicate)
                    for document in self._documents(quad, is_new=is_new):
                        entry.turn(document, stance, is_new=is_new)
            case ChangeKind.MERGED:
                if own and predicate == DCTERMS.isReplacedBy:
                    entry.turn(predicate, quad.object, is_new=is_new)
            case ChangeKind.RENAMED:
                if predicate == SIMPUL.name:
                    entry.turn(predicate, quad.object, is_new=is_new)
                elif own:
                    entry.turn(
                        predicate,
                        quad.object,
                        is_new=is_new,
                        language=_language(quad.object),
                    )
            case _:
                if own or self._is_in_both(subject):
                    entry.turn(
                        predicate,
                        quad.object,
                        is_new=is_new,
                        language=_language(quad.object),
                    )

    def _note_participant(self, entry: _Entry, quad: ox.Quad) -> None:
        """Note the roles of the parties of a participation, in both graphs."""
        assert isinstance(quad.subject, ox.NamedNode)
        part = quad.subject.value
        for is_new, graph in enumerate(self.graphs):
            for party in objects(graph, part, SIMPUL.participant):
                for role in objects(graph, part, SIMPUL.role):
                    entry.turn(party, ox.NamedNode(role), is_new=bool(is_new))

    def _documents(self, quad: ox.Quad, *, is_new: bool) -> list[str]:
        assert isinstance(quad.subject, ox.NamedNode)
        graph = self.graphs[is_new]
        return objects(graph, quad.subject.value, SIMPUL.sourceDocument)

    def _note_worth(self, entry: _Entry, thing: str, *, is_new: bool) -> None:
        """Note what a claim that is only in one graph is worth there."""
        graph = self.graphs[is_new]
        for rating in RATINGS[:2]:
            for value in objects(graph, thing, rating):
                entry.turn(rating, ox.NamedNode(value), is_new=is_new)

    def _is_in_both(self, subject: object) -> bool:
        return isinstance(subject, ox.NamedNode) and self.belonging.in_both(
            subject.value
        )


def _rank(aspect: str) -> tuple[int, str]:
    return (RATINGS.index(aspect) if aspect in RATINGS else len(RATINGS), aspect)


def _texts(sides: _Sides) -> list[list[str]]:
    return [
        sorted(term.value for term in side if isinstance(term, ox.Literal))
        for side in sides
    ]


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, ox.Literal) else ""
