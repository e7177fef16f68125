"""Why the standing or confidence of a claim is another: what it rests on in two graphs, compared.

The rules of the ontology are not run again here: whatever they look at and finds changed is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from simpul.ontology import SIMPUL, Explicitness, Standing

from .belonging import STANCES, objects, subjects
from .graph import Graph


class ReasonKind(StrEnum):
    """What changed beneath a claim."""

    EVIDENCE = "evidence"
    EXPLICITNESS = "explicitness"
    ROOT = "root"
    ORIGINS = "origins"
    DISCREPANCY = "discrepancy"
    MODALITY = "modality"
    END = "end"
    LAPSE = "lapse"
    NEWEST = "newest"
    PARTICIPANTS = "participants"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that changed beneath a claim.

    `about` is the document, discrepancy or other thing it is about, where there is one. `before`
    and `after` are IRIs, numbers or days as texts; empty for what was not there. Those of a lapse
    are the end of the claim and the newest day that any evidence attests.
    """

    kind: ReasonKind
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one claim rests on in one graph.

    `stances`, `explicitness` and `roots` are {document: IRIs}; `origins` counts the root sources
    that state it, as the rules do: no more than there are passages. `discrepancies` are
    {discrepancy: ("true",)} where resolved.
    """

    stances: dict[str, tuple[str, ...]]
    explicitness: dict[str, tuple[str, ...]]
    roots: dict[str, tuple[str, ...]]
    origins: int
    discrepancies: dict[str, tuple[str, ...]]
    modality: tuple[str, ...]
    end: tuple[str, ...]
    lapsed: bool
    parties: tuple[str, ...]

    @classmethod
    def of(cls, graph: Graph, claim: str) -> "Grounds":
        """Read what a claim rests on."""
        stances: dict[str, set[str]] = {}
        explicit: dict[str, set[str]] = {}
        roots: dict[str, set[str]] = {}
        stating: set[str] = set()
        counted: set[str] = set()
        for stance in STANCES:
            for passage in subjects(graph, stance, claim):
                how = objects(graph, passage, SIMPUL.explicitness)
                origins = objects(graph, passage, SIMPUL.rootSource)
                for document in objects(graph, passage, SIMPUL.sourceDocument):
                    stances.setdefault(document, set()).add(stance)
                    explicit.setdefault(document, set()).update(how)
                    roots.setdefault(document, set()).update(origins)
                if stance == SIMPUL.supports and Explicitness.STATED.iri in how:
                    stating.add(passage)
                    counted.update(origins)
        parties = (
            f"{party} {role}"
            for part in objects(graph, claim, SIMPUL.participation)
            for party in objects(graph, part, SIMPUL.participant)
            for role in objects(graph, part, SIMPUL.role)
        )
        return cls(
            _sorted(stances),
            _sorted(explicit),
            _sorted(roots),
            min(len(stating), len(counted)),
            {
                one: texts(graph, one, SIMPUL.resolved)
                for one in subjects(graph, SIMPUL.involves, claim)
            },
            tuple(objects(graph, claim, SIMPUL.modality)),
            texts(graph, claim, SIMPUL.validUntil)
            and texts(graph, claim, SIMPUL.latestEnd),
            Standing.LAPSED.iri in objects(graph, claim, SIMPUL.standing),
            tuple(sorted(parties)),
        )


@dataclass(slots=True)
class Reasons:
    """Finds reasons between two graphs."""

    old: Graph
    new: Graph
    _newest: tuple[str, str] | None = None

    def between(self, claim: str) -> tuple[Reason, ...]:
        """All that changed beneath a claim in both graphs; if nothing did, the rules did."""
        old, new = Grounds.of(self.old, claim), Grounds.of(self.new, claim)
        found = [*_compared(old, new), *self._lapse(old, new)]
        if not found and old.parties != new.parties:
            found.append(Reason(ReasonKind.PARTICIPANTS, claim, (), ()))
        return tuple(found) or (Reason(ReasonKind.RULES, claim, (), ()),)

    def _lapse(self, old: Grounds, new: Grounds) -> Iterator[Reason]:
        """Whether the claim has ended before the newest evidence of all, in one graph only."""
        if old.lapsed == new.lapsed:
            return
        before, after = self.newest()
        yield Reason(
            ReasonKind.LAPSE,
            "",
            (*old.end, before) if old.lapsed else (),
            (*new.end, after) if new.lapsed else (),
        )
        if old.end == new.end and (old.end < (before,)) != (new.end < (after,)):
            yield Reason(ReasonKind.NEWEST, "", (before,), (after,))

    def newest(self) -> tuple[str, str]:
        """The newest day that evidence attests anything on, in either graph."""
        if self._newest is None:
            self._newest = (_newest(self.old), _newest(self.new))
        return self._newest


def texts(graph: Graph, iri: str, predicate: str) -> tuple[str, ...]:
    """The literals that one property of a thing has, as texts, sorted."""
    quads = graph.quads(ox.NamedNode(iri), ox.NamedNode(predicate))
    values = (quad.object for quad in quads)
    return tuple(sorted(v.value for v in values if isinstance(v, ox.Literal)))


def _compared(old: Grounds, new: Grounds) -> Iterator[Reason]:
    yield from _by_key(ReasonKind.EVIDENCE, old.stances, new.stances)
    kept = old.stances.keys() & new.stances.keys()
    for kind, before, after in (
        (ReasonKind.EXPLICITNESS, old.explicitness, new.explicitness),
        (ReasonKind.ROOT, old.roots, new.roots),
    ):
        for reason in _by_key(kind, before, after):
            if reason.about in kept:
                yield reason
    if old.origins != new.origins:
        yield Reason(ReasonKind.ORIGINS, "", (str(old.origins),), (str(new.origins),))
    yield from _by_key(ReasonKind.DISCREPANCY, old.discrepancies, new.discrepancies)
    if old.modality != new.modality:
        yield Reason(ReasonKind.MODALITY, "", old.modality, new.modality)
    if old.end != new.end:
        yield Reason(ReasonKind.END, "", old.end, new.end)


def _by_key(
    kind: ReasonKind,
    before: dict[str, tuple[str, ...]],
    after: dict[str, tuple[str, ...]],
) -> Iterator[Reason]:
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Reason(kind, key, before.get(key, ()), after.get(key, ()))


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _newest(graph: Graph) -> str:
    days = graph.quads(None, ox.NamedNode(SIMPUL.attestedOn))
    return max(
        (q.object.value for q in days if isinstance(q.object, ox.Literal)), default=""
    )
