"""Whether a claim held at some time: attested then, only possible then, or surely not.

A claim is given by the bounds of its start and end and by the days on which sources attested it.

* It surely **had begun** by the latest day its start can be, by the latest day its end can be, or
  by the first attestation, whichever is first. A source older than the earliest start speaks of a
  plan and does not count.
* It surely **had not ended** before the earliest day its end can be, the earliest day its start
  can be, or, if no end is stated, the last attestation, whichever is last. Where an end is stated,
  attestations say nothing of it: a source may look back, and the editors who dated the end had
  seen them.
* It is *attested* on some days in a row if it surely had begun by the last of them and surely had
  not ended before the first. It is *absent* if they lie before its earliest start or after its
  latest end. Otherwise it is *possible*.
* A passage whose day of publication is not known attests its claim on some day of a span: it had
  begun by the last day of the span, and not ended before the first.
* What happened holds while it happens only; no later source makes it last. If nothing bounds its
  beginning, it is never more than possible. What a number covers (`period`) is covered throughout.

This takes a claim not to have ended and begun again between two attestations.

Source: `ontology.md` of the design, section 11; reasons in `docs/decisions/0008`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Self

from simpul.ontology import Holding

from .edtf import BadEdtf, Bounds, parse


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row, both ends included; often a single one."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> Self:
        """The days of an EDTF date: those of a year, season, month, day or closed interval.

        Raises: BadEdtf, with the reason `edtf-no-days` where an end is open or unknown.

        >>> str(Days.of("2021").last), str(Days.of("2021-03/2022-10").first)
        ('2021-12-31', '2021-03-01')
        """
        when = parse(text)
        if when.earliest is None or when.latest is None:
            raise BadEdtf(text, "edtf-no-days")
        return cls(when.earliest, when.latest)

    def __str__(self) -> str:
        """EDTF: a day, or an interval of two days."""
        days = dict.fromkeys((self.first.isoformat(), self.last.isoformat()))
        return "/".join(days)


class Manner(Enum):
    """How a claim is in time: it lasts, it happens, or it covers its days throughout."""

    LASTS = "lasts"
    HAPPENS = "happens"
    COVERS = "covers"


@dataclass(frozen=True, slots=True)
class Times:
    """When a claim began and ended, as far as its dates and its sources tell."""

    bounds: Bounds = field(default_factory=Bounds)
    manner: Manner = Manner.LASTS
    attested: tuple[Days, ...] = ()

    def on(self, days: Days) -> Holding | None:
        """Whether the claim held on some of these days; None if it surely did not.

        >>> office = Times(attested=(Days.of("2021-03-10"), Days.of("2023-10-02")))
        >>> str(office.on(Days.of("2022-05-01"))), str(office.on(Days.of("2024-05-01")))
        ('attested', 'possible')
        """
        at = self.bounds
        if (at.earliest_start and days.last < at.earliest_start) or (
            at.latest_end and at.latest_end < days.first
        ):
            return None
        begun, lasted = self.surely()
        if begun and lasted and begun <= days.last and days.first <= lasted:
            return Holding.ATTESTED
        return Holding.POSSIBLE

    def surely(self) -> tuple[date | None, date | None]:
        """The day by which it surely had begun, and the day before which it surely had not ended.

        The first may come after the second: then it surely held on no single day, but in every
        period that has both.
        """
        at = self.bounds
        if self.manner is Manner.COVERS:
            return at.earliest_start, at.latest_end
        if self.manner is Manner.HAPPENS:
            seen: tuple[Days, ...] = ()
            if at.earliest_start is None:
                return None, None
        else:
            earliest = at.earliest_start or date.min
            seen = tuple(span for span in self.attested if span.last >= earliest)
        begun = (at.latest_start, at.latest_end, *(span.last for span in seen))
        ends = at.earliest_end or at.latest_end
        still = () if ends else tuple(span.first for span in seen)
        return _first(begun), _last((at.earliest_end, at.earliest_start, *still))


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
