"""Dates as records write them: EDTF level 0 and 1, and the days they can stand for.

Points are a year, month or day, with `X` for digits that are not known from the right and `?`, `~`
or `%` for uncertain, approximate or both; an interval is two points, either of which may be open
(`..`) or unknown (empty). A season (`2001-21` to `2001-24`, spring to winter) is some part of its
year: its months differ by hemisphere and EDTF names none, so its bounds are those of the whole
year. A day may carry a time of day; its bounds are the day as written, whatever the time zone.

Both levels are read whole but for years outside 0001 to 9999, which have no days in the calendar
that bounds are computed in: negative years, the year 0, and `Y` with more digits. They are
well-formed, so they are refused by a reason of their own.

The grammar is ours and not that of the `edtf` package, which takes milliseconds a date, takes
2023-02-29 for a day, takes no qualified season, puts seasons in northern months and knows no
interval with an unknown end; tests hold the two together.

Source: Library of Congress, Extended Date/Time Format specification, 2019 (ISO 8601-2).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MINYEAR, date
from enum import StrEnum
from functools import lru_cache

from simpul.ontology import SimpulError

_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[?~%]?)"
)
_TIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)
_FAR_YEAR = re.compile(r"-[0-9]{2}[0-9X]{2}(?:-[0-9X]{2}){0,2}[?~%]?|Y-?[0-9]{5,}")
_LEVEL_2 = re.compile(
    r"[0-9X?~%-]*X[0-9X?~%-]*|[0-9?~%-]*[?~%][0-9?~%-]+|[\[{].*[\]}]"
    r"|Y-?[0-9]+(?:E[0-9]+(?:S[0-9]+)?|S[0-9]+)|[0-9]{4}S[0-9]+"
)


class BadEdtf(SimpulError):
    """A text that is no EDTF date of level 0 or 1.

    `reason` is a code of `messages/`: edtf-form, edtf-calendar, edtf-far-year, edtf-level-2,
    edtf-reversed or edtf-says-nothing; edtf-no-days where days are asked about.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"not an EDTF date of level 0 or 1 ({reason}): {text!r}")
        self.text = text
        self.reason = reason


class Unbounded(StrEnum):
    """An end of an interval that is no date; the values are what EDTF writes."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A year, season, month or day: some day from `earliest` to `latest`, both included.

    A qualifier says how sure the source is; it does not widen the days.
    """

    text: str
    earliest: date
    latest: date
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval. For a date, `first` and `last` are the same point."""

    text: str
    first: Point | Unbounded
    last: Point | Unbounded
    is_interval: bool

    @property
    def earliest(self) -> date | None:
        """The first day it can touch; None if it has no known beginning."""
        return self.first.earliest if isinstance(self.first, Point) else None

    @property
    def latest(self) -> date | None:
        """The last day it can touch; None if it has no known end."""
        return self.last.latest if isinstance(self.last, Point) else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days between which something began and ended; None where nothing is known."""

    earliest_start: date | None = None
    latest_start: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None

    @property
    def ends_before_it_starts(self) -> bool:
        """Whether no pair of days could make it true."""
        return (
            self.earliest_start is not None
            and self.latest_end is not None
            and self.latest_end < self.earliest_start
        )


@lru_cache(maxsize=16_384)
def parse(text: str) -> Edtf:
    """The days that an EDTF text stands for.

    Raises: BadEdtf with the reason, also for an interval whose end is before its beginning.

    >>> str(parse("198X").latest), parse("../2021-03").earliest
    ('1989-12-31', None)
    """
    first_text, slash, last_text = text.partition("/")
    if not slash:
        if text in set(Unbounded):
            raise BadEdtf(text, "edtf-says-nothing")
        timed = _TIME.fullmatch(text)
        point = _point(timed["date"] if timed else text, text)
        return Edtf(text, point, point, is_interval=False)
    first, last = _end(first_text, text), _end(last_text, text)
    if isinstance(first, Unbounded) and isinstance(last, Unbounded):
        raise BadEdtf(text, "edtf-says-nothing")
    if (
        isinstance(first, Point)
        and isinstance(last, Point)
        and last.latest < first.earliest
    ):
        raise BadEdtf(text, "edtf-reversed")
    return Edtf(text, first, last, is_interval=True)


def bounds(
    start: str | None = None, end: str | None = None, occurred: str | None = None
) -> Bounds:
    """The bounds of a claim, from the texts of its dates.

    In `occurred` (and `period`) an interval is a span, from its first point to its last, and a date
    says that the whole lies within it. In `start` and `end` a date or an interval says that the
    claim began or ended at some time within it. `start` and `end` go before `occurred`.

    Raises: BadEdtf.

    >>> bounds(occurred="/2024-09-11").earliest_end == bounds(occurred="/2024-09-11").latest_end
    True
    >>> str(bounds(start="../2021-03").latest_start)
    '2021-03-31'
    """
    return _bounds(start, end, occurred)


@lru_cache(maxsize=16_384)
def _bounds(start: str | None, end: str | None, occurred: str | None) -> Bounds:
    span = _span(parse(occurred)) if occurred is not None else Bounds()
    began = parse(start) if start is not None else None
    ended = parse(end) if end is not None else None
    return Bounds(
        earliest_start=began.earliest if began else span.earliest_start,
        latest_start=began.latest if began else span.latest_start,
        earliest_end=ended.earliest if ended else span.earliest_end,
        latest_end=ended.latest if ended else span.latest_end,
    )


def _span(when: Edtf) -> Bounds:
    if not when.is_interval:
        return Bounds(earliest_start=when.earliest, latest_end=when.latest)
    first, last = when.first, when.last
    return Bounds(
        earliest_start=first.earliest if isinstance(first, Point) else None,
        latest_start=first.latest if isinstance(first, Point) else None,
        earliest_end=last.earliest if isinstance(last, Point) else None,
        latest_end=last.latest if isinstance(last, Point) else None,
    )


def _end(text: str, whole: str) -> Point | Unbounded:
    return Unbounded(text) if text in set(Unbounded) else _point(text, whole)


def _point(text: str, whole: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        if _FAR_YEAR.fullmatch(text):
            raise BadEdtf(whole, "edtf-far-year")
        raise BadEdtf(
            whole, "edtf-level-2" if _LEVEL_2.fullmatch(text) else "edtf-form"
        )
    year, month, day = match["year"], match["month"] or "XX", match["day"] or "XX"
    # Level 1 leaves digits open from the right only: no month in an unknown year, no day in an unknown month.
    if ("X" in year and match["month"]) or (month == "XX" and day != "XX"):
        raise BadEdtf(whole, "edtf-level-2")
    if int(year.replace("X", "0")) < MINYEAR:
        raise BadEdtf(whole, "edtf-far-year")
    if match["day"] is None and "21" <= month <= "41":
        if month > "24":  # a quarter, or a season of one hemisphere
            raise BadEdtf(whole, "edtf-level-2")
        month = "XX"
    try:
        earliest, latest = _days(year, month, day)
    except ValueError as error:
        raise BadEdtf(whole, "edtf-calendar") from error
    return Point(
        text,
        earliest,
        latest,
        uncertain=match["qualifier"] in {"?", "%"},
        approximate=match["qualifier"] in {"~", "%"},
    )


def _days(year: str, month: str, day: str) -> tuple[date, date]:
    """The first and last day; ValueError if the calendar has no such day."""
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    first_month, last_month = (1, 12) if month == "XX" else (int(month), int(month))
    if day == "XX":
        if not 1 <= first_month <= 12:
            raise ValueError("no such month")
        last_day = monthrange(last_year, last_month)[1]
        return date(first_year, first_month, 1), date(last_year, last_month, last_day)
    return date(first_year, first_month, int(day)), date(
        last_year, last_month, int(day)
    )
