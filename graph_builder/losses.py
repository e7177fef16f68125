"""What goes when sources are withdrawn: the claims that rested on them alone, and what falls with these."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from simpul.ontology import Coverage

from .check import sum_fits
from .keys import breakdown_key, post_key, tenure_key
from .records import Discrepancy, Event, Evidence, Observation, Person, Tie
from .support import (
    Records,
    bearing_sources,
    discrepancy_ref,
    of_kind,
    parts_by_total,
)


@dataclass(frozen=True, slots=True)
class Losses:
    """What goes with some sources.

    `claims` are written `kind/key`, discrepancies among them. `nobody` are unnamed parties that no
    longer take part in anything, which is all they were; `posts` those that nobody is known to have
    held; `totals` the observations that no longer divide into parts. `told` are the passages left
    that support a claim from a file of their own. `support` is what every claim rested on before.
    """

    sources: frozenset[str]
    claims: frozenset[str]
    nobody: frozenset[str]
    posts: frozenset[str]
    totals: frozenset[str]
    told: Mapping[str, tuple[Evidence, ...]]
    support: Mapping[str, frozenset[str]]


def losses_of(
    records: Records, sources: frozenset[str], others: Iterable[str] = ()
) -> Losses:
    """Find all that goes with sources: what they alone support, and what cannot stand without that.

    `others` are claims and discrepancies that go in any case.
    """
    support = bearing_sources(records)
    gone = {claim for claim, by in support.items() if by and by <= sources}
    gone.update(others)
    falling = _Falling(records)
    while more := set(falling.with_(gone)) - gone:
        gone |= more
    told: defaultdict[str, list[Evidence]] = defaultdict(list)
    for passage in of_kind(records, Evidence):
        if passage.source not in sources:
            for claim in passage.supports:
                told[claim].append(passage)
    return Losses(
        sources,
        frozenset(gone),
        frozenset(falling.nobody(gone)),
        frozenset(_posts(records, ()) - _posts(records, gone)),
        frozenset(
            total.id
            for total in of_kind(records, Observation)
            if total.breakdown and f"breakdown/{breakdown_key(total)}" in gone
        ),
        {claim: tuple(passages) for claim, passages in told.items()},
        support,
    )


class _Falling:
    """What cannot stand without claims that are gone."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.parts = parts_by_total(records)
        self.discrepancies = list(of_kind(records, Discrepancy))
        self.unnamed = set(records.get("unnamed", {})) & self._taking_part(())

    def with_(self, gone: Collection[str]) -> Iterator[str]:
        yield from self._observations(gone)
        yield from self._breakdowns(gone)
        for record in self.discrepancies:
            left = [claim for claim in record.claims if claim not in gone]
            if len(left) < min(2, len(record.claims)):
                yield discrepancy_ref(record)

    def nobody(self, gone: Collection[str]) -> set[str]:
        """The unnamed parties that took part in something and no longer do."""
        return self.unnamed - self._taking_part(gone)

    def _taking_part(self, gone: Collection[str]) -> set[str]:
        happenings: list[Tie | Event] = [
            *of_kind(self.records, Tie),
            *of_kind(self.records, Event),
        ]
        return {
            item.party
            for record in happenings
            if f"{record.kind_name}/{record.id}" not in gone
            for item in record.participants
            if item.party
        }

    def _observations(self, gone: Collection[str]) -> Iterator[str]:
        """Numbers about nobody are about nothing."""
        nobody = self.nobody(gone)
        for item in of_kind(self.records, Observation):
            if item.about in nobody and item.industry is None:
                yield f"observation/{item.id}"

    def _breakdowns(self, gone: Collection[str]) -> Iterator[str]:
        """Parts that no longer are all there are, or no longer add up with nothing to say so."""
        for total in of_kind(self.records, Observation):
            if total.breakdown is None:
                continue
            parts = self.parts.get(total.id, [])
            left = [part for part in parts if f"observation/{part.id}" not in gone]
            lost = len(left) < len(parts)
            if (
                f"observation/{total.id}" in gone
                or (lost and not left)
                or (lost and total.breakdown.coverage is Coverage.EXHAUSTIVE)
                or (
                    self._at_odds(total, left, gone)
                    and not self._at_odds(total, parts, ())
                )
            ):
                yield f"breakdown/{breakdown_key(total)}"

    def _at_odds(
        self, total: Observation, parts: Iterable[Observation], gone: Collection[str]
    ) -> bool:
        """Whether parts do not add up and no discrepancy says so."""
        told = {f"observation/{total.id}", f"breakdown/{breakdown_key(total)}"}
        excused = any(
            told & set(record.claims)
            for record in self.discrepancies
            if discrepancy_ref(record) not in gone
        )
        summed = sum((Decimal(part.value) for part in parts), Decimal())
        return not excused and not sum_fits(summed, total)


def _posts(records: Records, gone: Collection[str]) -> set[str]:
    return {
        post_key(held)
        for person in of_kind(records, Person)
        for held in person.posts
        if f"tenure/{tenure_key(person, held)}" not in gone
    }
