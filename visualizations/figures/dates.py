"""EDTF dates as places on an axis."""

from dataclasses import dataclass
from datetime import date

from simpul.graph_builder import BadEdtf, bounds, parse_edtf

_LAST = "9999-99-99"


@dataclass(frozen=True, slots=True)
class Span:
    """The time that something is on record for. An end that is None is not known, or has not come.

    `begun_by` is the last day it can have begun on, `ended_from` the first it can have ended on.
    """

    first: date | None
    begun_by: date | None
    ended_from: date | None
    last: date | None
    goes_on: bool = False  # a source says so, by an open interval

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that is known of it, in order."""
        known = (self.first, self.begun_by, self.ended_from, self.last)
        return tuple(sorted(day for day in known if day))


def span_of(start: str | None, end: str | None, occurred: str | None) -> Span | None:
    """The span of EDTF dates; None where they cannot be read, or say nothing.

    >>> str(span_of("2019", None, None).begun_by)
    '2019-12-31'
    """
    if not (start or end or occurred):
        return None
    try:
        found = bounds(start, end, occurred)
    except BadEdtf:
        return None
    span = Span(
        found.earliest_start,
        found.latest_start,
        found.earliest_end,
        found.latest_end,
        goes_on=end is None and occurred is not None and _is_open(occurred),
    )
    return span if span.days else None


def _is_open(edtf: str) -> bool:
    """Whether an interval has no end by what its source says, which is not an end that is unknown."""
    return parse_edtf(edtf).last == ".."


def first_day(edtf: str | None) -> str:
    """A text that sorts a date by its first day; what has none comes last.

    >>> first_day("2021-03"), first_day(None)
    ('2021-03-01', '9999-99-99')
    """
    span = span_of(None, None, edtf)
    return span.days[0].isoformat() if span else _LAST


def year_of(day: date) -> float:
    """A day as a year and a share of it.

    >>> year_of(date(2021, 1, 1))
    2021.0
    """
    first, following = date(day.year, 1, 1), date(day.year, 12, 31)
    return day.year + (day - first).days / ((following - first).days + 1)
