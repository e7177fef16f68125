"""Time slices: a graph as things stood on a day, and as they could be known by a day.

`as_of` asks what held: claims that surely did not are left out, the others are marked attested or
only possible (`simpul:holding`). `known_at` asks what was published: what rests on later sources
alone is left out. Both together give what was known on one day of another.

A slice is a graph like any other. Its derived part is made anew, so that edges, shortcuts,
standing and confidence are those of what is left; contradiction is kept, with its status.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from simpul.ontology import BASE, DCTERMS, RDF, SIMPUL, SKOS, ClaimStatus, Holding

from .derive import date_bounds, derive
from .draft import BEARING, Draft, Node, usual_status
from .edtf import bounds, parse
from .holding import Days, Manner, Times
from .nquads import GraphName

_TAKEN = ox.NamedNode(ClaimStatus.ACCEPTED.iri)
_NEVER = {
    ox.NamedNode(status.iri)
    for status in (ClaimStatus.REJECTED, ClaimStatus.SUPERSEDED)
}


def time_slice(
    quads: Iterable[ox.Quad],
    *,
    as_of: Days | None = None,
    known_at: date | None = None,
    base: str = BASE,
) -> ox.Store:
    """Make the slice of a graph: what held on some of these days, and was known by that day.

    **Known by a day.** A passage is known once the last day has come on which its document can
    have appeared; one without a date, once the newest of the graph is known. A claim is known if a
    passage that supports it is. Its end is known only if everything that bears on the claim is,
    and it is a plain date or lies in the past: who says "between March 2021 and October 2022" has
    seen that October. Its start is taken as known. A discrepancy is known if two of its claims
    are, and only what is known disputes a claim.

    **Held on a day.** As `Times.on` has it, by the known dates of a claim and the passages that
    support it; what editors rejected or superseded held on no day. Other things stay unless all
    that spoke of them is gone. A body whose present name is not attested is called by one that
    is; if it cannot have borne it, by all that it may have borne where nothing decides.

    Time grows with the number of quads. Slicing a slice in the same way again changes nothing.
    """
    cut = _Cut(Draft.of(quads, base))
    if known_at is not None:
        cut.forget(known_at)
    if as_of is not None:
        cut.hold(as_of)
    cut.rename()
    return cut.store(base)


def ties_by_holding(store: ox.Store) -> Counter[Holding]:
    """Count the ties of a slice that are attested, and those that are only possible."""
    tie, holding = ox.NamedNode(SIMPUL.Tie), ox.NamedNode(SIMPUL.holding)
    codes = {ox.NamedNode(code.iri): code for code in Holding}
    found: Counter[Holding] = Counter()
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), tie):
        for mark in store.quads_for_pattern(quad.subject, holding, None):
            assert isinstance(mark.object, ox.NamedNode)
            found[codes[mark.object]] += 1
    return found


def claims_held(
    quads: Iterable[ox.Quad], held: Collection[Holding], *, base: str = BASE
) -> ox.Store:
    """Make the graph of a slice with those of its claims only that held so, and all else that it says.

    What an answer has in the slice and lacks here rests on the claims that are left out. Names stay as
    the slice has them, and so do things of which no claim is left. Without any holding no claim is left.
    """
    whole = list(quads)
    kept = {ox.NamedNode(how.iri) for how in held}
    marked = ox.NamedNode(SIMPUL.holding)
    cut = _Cut(Draft.of(whole, base), held={})
    cut.draft.gone.update(
        quad.subject
        for quad in whole
        if quad.predicate == marked and quad.object not in kept
    )
    return cut.store(base)


@dataclass(slots=True)
class _Cut:
    """What a slice leaves of a graph, and what it says otherwise."""

    draft: Draft
    held: dict[Node, Holding] | None = None
    unknown_ends: set[Node] = field(default_factory=set[Node])
    statuses: dict[Node, ox.NamedNode] = field(default_factory=dict[Node, ox.NamedNode])
    names: dict[Node, str] = field(default_factory=dict[Node, str])

    def forget(self, day: date) -> None:
        """Let go what cannot be shown to have been known by a day."""
        draft = self.draft
        before = draft.at_odds()
        later = self._later_passages(day)
        supported = {claim for _, claim in draft.passages(SIMPUL.supports)}
        bearing = list(draft.passages(*BEARING))
        borne = {claim for _, claim in bearing}
        draft.drop(*later)
        still_supported = {claim for _, claim in draft.passages(SIMPUL.supports)}
        still_borne = {claim for _, claim in draft.passages(*BEARING)}
        draft.drop(
            *(supported - still_supported).intersection(draft.claims),
            *(borne - still_borne).intersection(draft.claims),
        )
        touched = {claim for passage, claim in bearing if passage in later}
        self.unknown_ends = {
            claim
            for claim in draft.left(draft.claims)
            if claim in touched or self._end_lies_after(claim, day)
        }
        for document in draft.said(SIMPUL.documentType):
            issued = draft.text(DCTERMS.issued, document)
            latest = parse(issued).latest if issued else None
            if latest and latest > day:
                draft.drop(document)
        for record, claims in draft.said(SIMPUL.involves).items():
            left = draft.left(claims)
            if len(left) < 2 and len(left) < len(claims):
                draft.drop(record)
        draft.drop_hollow()
        after = draft.at_odds()
        for claim in before ^ after:
            # A status that editors chose against the evidence of the whole graph stays theirs.
            usual = usual_status(at_odds=claim in before)
            if claim not in draft.gone and draft.claims.get(claim) == [usual]:
                self.statuses[claim] = usual_status(at_odds=claim in after)

    def _later_passages(self, day: date) -> set[Node]:
        published: dict[Node, date | None] = {}
        for passage in self.draft.said(SIMPUL.sourceDocument):
            document = self.draft.node(SIMPUL.sourceDocument, passage)
            issued = self.draft.text(DCTERMS.issued, document)
            latest = parse(issued).latest if issued else None
            said_on = self.draft.text(SIMPUL.attestedOn, passage)
            said = date.fromisoformat(said_on) if said_on else None
            published[passage] = latest or said
        newest = max(filter(None, published.values()), default=date.min)
        return {
            passage for passage, when in published.items() if (when or newest) > day
        }

    def _end_lies_after(self, claim: Node, day: date) -> bool:
        """Whether a claim is said to have ended within a time that was not over by a day."""
        text = self.draft.text(SIMPUL.validUntil, claim)
        until = parse(text) if text else None
        return bool(until and until.is_interval and until.latest and until.latest > day)

    def hold(self, days: Days) -> None:
        """Let go what surely did not hold on any of these days, and note how the rest held."""
        draft = self.draft
        attested: dict[Node, list[Days]] = defaultdict(list)
        spans: dict[Node, Days | None] = {}
        for passage, claim in draft.passages(SIMPUL.supports):
            if passage not in spans:
                spans[passage] = self._attestation(passage)
            if span := spans[passage]:
                attested[claim].append(span)
        held: dict[Node, Holding] = {}
        for claim in draft.left(draft.claims):
            times = self._times(claim, attested.get(claim, ()))
            holding = None if self._status(claim) in _NEVER else times.on(days)
            if holding is None:
                draft.drop(claim)
            else:
                held[claim] = holding
        draft.drop_hollow()
        self.held = {claim: held[claim] for claim in draft.left(held)}

    def _attestation(self, passage: Node) -> Days | None:
        """The days within which a passage was said, if that is known."""
        text = self.draft.text(SIMPUL.attestedOn, passage)
        if text is None:
            return None
        last = date.fromisoformat(text)
        document = self.draft.node(SIMPUL.sourceDocument, passage)
        issued = self.draft.text(DCTERMS.issued, document)
        first = parse(issued).earliest if issued else None
        # A statement can be older than the document that quotes it.
        return Days(min(first or last, last), last)

    def _times(self, claim: Node, attested: Iterable[Days]) -> Times:
        text = self.draft.text
        happened = text(SIMPUL.occurredOn, claim) or text(SIMPUL.asOf, claim)
        covered = text(SIMPUL.period, claim)
        end = None if claim in self.unknown_ends else text(SIMPUL.validUntil, claim)
        found = bounds(text(SIMPUL.validFrom, claim), end, happened or covered)
        if happened:
            manner = Manner.HAPPENS
        else:
            manner = Manner.COVERS if covered else Manner.LASTS
        return Times(found, manner, tuple(attested))

    def rename(self) -> None:
        """Call each body by the name that it bore, where its present one is gone or only possible."""
        draft = self.draft
        records: dict[Node, list[Node]] = defaultdict(list)
        for record in draft.said(SIMPUL.nameOf):
            records[draft.node(SIMPUL.nameOf, record)].append(record)
        for bearer in draft.left(records):
            labels = {*draft.values(SKOS.prefLabel, bearer)}
            present = {
                record
                for record in records[bearer]
                if labels.intersection(draft.values(SIMPUL.name, record))
            }
            others = [
                record
                for record in draft.left(records[bearer])
                if self._status(record) == _TAKEN and record not in present
            ]
            is_gone = bool(present) and not draft.left(present)
            chosen = others if is_gone else []
            if self.held is None:
                chosen = [each for each in chosen if not self._has_ended(each)]
            elif present and all(self._is_doubtful(each) for each in present):
                chosen = [e for e in others if not self._is_doubtful(e)] or chosen
            texts = sorted(filter(None, (draft.text(SIMPUL.name, e) for e in chosen)))
            if texts:
                self.names[bearer] = " / ".join(dict.fromkeys(texts))

    def _is_doubtful(self, claim: Node) -> bool:
        """Whether a claim is not attested on the days asked about."""
        return self.held is not None and self.held.get(claim) is not Holding.ATTESTED

    def _status(self, claim: Node) -> Node:
        return self.statuses.get(claim) or self.draft.node(SIMPUL.status, claim)

    def _has_ended(self, claim: Node) -> bool:
        ends = self.draft.values(SIMPUL.validUntil, claim)
        return bool(ends) and claim not in self.unknown_ends

    def store(self, base: str) -> ox.Store:
        """The slice with its derived part."""
        kept, ends = self._statements()
        store, derived = ox.Store(), ox.NamedNode(f"{base}graph/{GraphName.DERIVED}")
        store.extend(kept)
        # What held on the days asked about had not ended then, whatever came later: the rules must not see it.
        for _ in derive(store, base):
            pass
        store.extend(ends)
        if self.held is None:
            return store
        marks = (
            ox.Triple(claim, ox.NamedNode(SIMPUL.holding), ox.NamedNode(how.iri))
            for claim, how in self.held.items()
        )
        for triples in (date_bounds(store), marks):
            store.extend(
                [ox.Quad(t.subject, t.predicate, t.object, derived) for t in triples]
            )
        return store

    def _statements(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What the slice says for the rules to see, and the ends that they must not."""
        gone, kept = self.draft.gone, list[ox.Quad]()
        ends: list[ox.Quad] = []
        status, name, until = map(
            ox.NamedNode, (SIMPUL.status, SKOS.prefLabel, SIMPUL.validUntil)
        )
        for quad in self.draft.quads:
            subject, predicate = quad.subject, quad.predicate
            if subject in gone or quad.object in gone:
                continue
            if predicate == until and subject in self.unknown_ends:
                continue
            if predicate == until and self.held is not None:
                ends.append(quad)
            elif predicate == status and subject in self.statuses:
                kept.append(
                    ox.Quad(subject, status, self.statuses[subject], quad.graph_name)
                )
            elif predicate == name and subject in self.names:
                label = ox.Literal(self.names[subject], language="id")
                kept.append(ox.Quad(subject, name, label, quad.graph_name))
            else:
                kept.append(quad)
        return kept, ends
