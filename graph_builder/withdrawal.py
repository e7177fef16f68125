"""Withdrawal: records without some sources and without what rested on these alone.

A claim goes when every source that supported it is withdrawn; what others support stays. What went
takes along only what cannot stand without it (`losses`), and a body, person or place goes when
nothing is left that supports it or refers to it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from simpul.ontology import Language

from .decisions import MergedKind
from .fields import PARTY
from .losses import Losses, losses_of
from .packets import packet_of, packets_of
from .reading import Loaded
from .records import Bilingual, Discrepancy, Evidence, Record, Source
from .referring import references
from .stripping import known_by_reference, strip
from .support import (
    Records,
    bearing_sources,
    discrepancy_ref,
    names_in,
    of_kind,
    own_claims,
)

Thing = tuple[str, str]
"""A kind of record and a key."""
Why = Literal[
    "withdrawn",
    "unsupported",
    "carried",
    "unreferred",
    "supported",
    "undisputed",
    "referred",
    "derived",
]
_THINGS = (*PARTY, "place", "topic")
_REFERRED = (*_THINGS, "source")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claim or thing that sources bore on, and why.

    What goes was `withdrawn` itself, is `unsupported`, was `carried` along by what went, or is
    `unreferred`. What stays is `supported` by the sources in `by`, `undisputed` from now on and
    supported by these, `referred` to by the records in `by` (written `kind/key`), or a document
    that the records in `by` are `derived` from. `name` is what it is called, or what it says.
    """

    kept: bool
    kind: str
    key: str
    why: Why
    by: tuple[str, ...] = ()
    name: Bilingual | str = ""

    def called(self, lang: Language) -> str:
        """What it is called, in a language if it has several names; empty where it has none."""
        return self.name if isinstance(self.name, str) else getattr(self.name, lang)


def withdraw(
    loaded: Loaded,
    sources: Collection[str],
    merged: Mapping[tuple[MergedKind, str], str] | None = None,
) -> Loaded:
    """Return records without these sources and without what rested on them alone.

    `merged` are records to be merged later, each with the key of the one that stays: where the one
    is left, it keeps the other. Keys that are no source change nothing.
    """
    gone = frozenset(sources) & set(loaded.records.get("source", {}))
    if not gone:
        return loaded
    brought = _brought_by(loaded, gone)
    others = [
        discrepancy_ref(record)
        for record in of_kind(loaded.records, Discrepancy)
        if ("discrepancy", record.id) in brought
    ]
    lost = losses_of(loaded.records, gone, others)
    left = {
        kind: {
            key: stripped
            for key, record in records.items()
            if (stripped := strip(record, lost)) is not None
        }
        for kind, records in loaded.records.items()
    }
    for source in _lineage(loaded.records, left):
        left["source"][source.id] = known_by_reference(source)
    into: dict[Thing, str] = dict((merged or {}).items())
    kept = _kept(loaded, left, lost, brought, into)
    records = {
        kind: {
            key: left[kind][key]
            for key in of_one  # in the order in which they were read
            if key in left[kind] and (kind not in _THINGS or (kind, key) in kept)
        }
        for kind, of_one in loaded.records.items()
    }
    raw = {at: raw for at, raw in loaded.raw.items() if at[1] in records[at[0]]}
    return replace(loaded, records=records, raw=raw)


def withdrawal_of(
    before: Loaded, after: Loaded, sources: Collection[str]
) -> tuple[Outcome, ...]:
    """Compare records before and after sources were withdrawn: what went, what stayed, and why.

    What went comes first, then kind by kind and key by key. Of what stayed, only what the sources
    had a part in is told.
    """
    names = names_in(before.records)
    found = {
        *_claim_outcomes(before.records, after.records, frozenset(sources)),
        *_thing_outcomes(before.records, after.records, frozenset(sources)),
    }
    return tuple(
        replace(one, name=names.get(f"{one.kind}/{one.key}", ""))
        for one in sorted(found, key=lambda one: (one.kept, one.kind, one.key, one.why))
    )


def _brought_by(loaded: Loaded, gone: frozenset[str]) -> set[Thing]:
    """The records that only packets wrote of whose sources none is left."""
    by_packet: defaultdict[str | None, set[str]] = defaultdict(set)
    for (kind, key), raw in loaded.raw.items():
        if kind == "source":
            by_packet[packet_of(raw.file)].add(key)
    idle = {packet for packet, keys in by_packet.items() if packet and keys <= gone}
    return {thing for thing, raw in loaded.raw.items() if packets_of(raw) <= idle}


def _lineage(records: Records, left: Records) -> Iterator[Source]:
    """The withdrawn documents that some document or passage which is left derives from.

    They stay as what they are to these, so that copies of one document still count once.
    """
    whole = {source.id: source for source in of_kind(records, Source)}
    ahead = [source.derived_from for source in of_kind(left, Source)]
    ahead += [passage.primary_source for passage in of_kind(left, Evidence)]
    seen = set(left["source"])
    while ahead:
        key = ahead.pop()
        if key in whole and key not in seen:
            seen.add(key)
            yield whole[key]
            ahead.append(whole[key].derived_from)


def _kept(
    loaded: Loaded,
    left: Records,
    lost: Losses,
    brought: set[Thing],
    merged: Mapping[Thing, str],
) -> set[Thing]:
    """The records that stay: those that stand by themselves, and all that these refer to."""
    ahead = [
        (kind, key)
        for kind, records in left.items()
        for key in records
        if kind not in _THINGS or _stands(loaded, (kind, key), lost, brought)
    ]
    kept: set[Thing] = set()
    while ahead:
        thing = ahead.pop()
        kind, key = thing
        if thing in kept or key not in left[kind]:
            continue
        kept.add(thing)
        ahead += _referred(left[kind][key])
        if thing in merged:
            ahead.append((kind, merged[thing]))
    return kept


def _stands(loaded: Loaded, thing: Thing, lost: Losses, brought: set[Thing]) -> bool:
    """Whether a body, person, place or topic stays even if nothing refers to it.

    It does with a claim of its own left, and where no document ever supported it that stands where
    its record does, in the base files or in one packet: then it never rested on one.
    """
    kind, key = thing
    claims = own_claims(loaded.records[kind][key])
    if any(claim not in lost.claims for claim in claims):
        return True
    home = packet_of(loaded.raw[thing].file)
    return thing not in brought and not any(
        packet_of(loaded.raw["source", source].file) == home
        for claim in claims
        for source in lost.support.get(claim, ())
    )


def _referred(record: Record) -> Iterator[Thing]:
    """The things that a record may refer to, of each kind that the reference allows."""
    for _, key, refers in references(record):
        for kind in refers.kinds:
            if kind in _REFERRED:
                yield kind, key


def _claim_outcomes(
    before: Records, after: Records, sources: frozenset[str]
) -> Iterator[Outcome]:
    support, left = bearing_sources(before), bearing_sources(after)
    against = bearing_sources(before, "contradicts")
    still_against = bearing_sources(after, "contradicts")
    for claim, by in support.items():
        kind, _, key = claim.partition("/")
        if claim not in left:
            alone = by and by <= sources
            yield Outcome(False, kind, key, "unsupported" if alone else "carried")
            continue
        others = tuple(sorted(left[claim]))
        if by & sources:
            yield Outcome(True, kind, key, "supported", others)
        if against[claim] & sources and not still_against[claim]:
            yield Outcome(True, kind, key, "undisputed", others)


def _thing_outcomes(
    before: Records, after: Records, sources: frozenset[str]
) -> Iterator[Outcome]:
    referring: defaultdict[Thing, list[str]] = defaultdict(list)
    for kind, records in after.items():
        for key, record in records.items():
            for thing in _referred(record):
                referring[thing].append(f"{kind}/{key}")
    for kind in (*_REFERRED, "discrepancy"):
        for key, record in before.get(kind, {}).items():
            now = after[kind].get(key)
            by = tuple(sorted(set(referring[kind, key])))
            if now is None:
                yield Outcome(False, kind, key, _why_gone(kind))
            elif kind == "source" and key in sources:
                yield Outcome(True, kind, key, "derived", by)
            elif own_claims(record) and not own_claims(now):
                yield Outcome(True, kind, key, "referred", by)


def _why_gone(kind: str) -> Why:
    if kind == "source":
        return "withdrawn"
    return "carried" if kind == "discrepancy" else "unreferred"
