"""Dates as people write them: Rabu 11 September 2024, September 11, 2024, 11/9/2024.

EDTF is taken as it stands, but for the seasons that are also the usual way to write two years
(2023-24), which are refused. Everything else must have one reading: month names and weekdays of
Indonesian and English are known, a weekday must be that of its day, and 11/9/2024 is read only by
an Indonesian weekday beside it or the notation of its ecosystem (`id`: day first; `en`: month
first, as in the United States). Years of two digits are refused, and so are times of day outside
EDTF; the midnight that programs add to a bare day is cut.

Names are those of the CLDR, as Babel has them, with old and newspaper spellings added.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Literal, cast

from babel.dates import get_day_names, get_month_names

from simpul.ontology import Language

from .edtf import BadEdtf
from .edtf import parse as parse_edtf
from .notation import NOTATIONS, Ambiguous, Notation, Restated, Unread

_MORE_MONTHS = {
    "pebruari": 2, "peb": 2, "april": 4, "agt": 8, "agst": 8, "agust": 8, "ags": 8,
    "sept": 9, "nopember": 11, "nop": 11,
}  # fmt: skip
_MORE_WEEKDAYS: dict[str, tuple[Notation, int]] = {
    "jum'at": ("id", 4),
    "ahad": ("id", 6),
    "tues": ("en", 1),
    "thur": ("en", 3),
    "thurs": ("en", 3),
}
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")

_DAY, _YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<year>[0-9]{4})"
_MONTH = r"(?P<month>[^\W\d_]+)\.?"
_WORDED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},?[ -]{_YEAR}",
        _YEAR,
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (_DAY, rf"{_DAY} {_MONTH}", rf"{_MONTH} {_DAY}", _MONTH)
)
_DAYS_OF_MONTH = re.compile(
    rf"{_MONTH} {_DAY} ?[-–—] ?(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?, {_YEAR}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"([0-9]{1,2})( ?[-/.] ?)([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_TWO_YEARS_OR_SEASON = re.compile(r"([0-9]{2})([0-9]{2})-(2[1-4])[?~%]?")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_TWO_DIGIT_YEAR = re.compile(
    r"[0-9]{1,2} ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{2}|.*[^\W\d_]\.?,?[ -]['’]?[0-9]{2}"
)
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?")
_TIME_OF_DAY = re.compile(
    r".*[0-9]:[0-9]{2}.*|.*\b(?:pukul|jam|wib|wita|wit)\b.*", re.IGNORECASE
)
_TO = re.compile(
    r" ?[–—] ?| - | (?:s\.d\.|s/d|sd|sampai|hingga|to|until) |(?<=[^\W\d_])-(?=[^\W\d_])"
    r"|(?<=^[0-9]{1})-|(?<=^[0-9]{2})-|(?<=^[0-9]{4})-"
)
_LEADING_WORD = re.compile(r"(?:tanggal|tgl\.?|bulan|tahun) (?=.)", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?P<weekday>[^\W\d_]+(?:'[^\W\d_]+)?)\.?,? ?(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one side of a date says; the rest is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str:
        text = f"{self.year:04}"
        text += "" if self.month is None else f"-{self.month:02}"
        return text + ("" if self.day is None else f"-{self.day:02}")


@lru_cache(maxsize=16_384)
def read_date(text: str, notation: Notation | None = None) -> Restated:
    """Read one date, or an evident range of dates, to EDTF.

    Raises: Ambiguous with both readings; Unread if it is no date, its weekday is another, its
    year has two digits, or it has a time of day that is no EDTF.

    >>> str(read_date("Rabu 11 September 2024")), str(read_date("11–12 Sept. 2024"))
    ('2024-09-11', '2024-09-11/2024-09-12')
    """
    text = text.strip()
    if midnight := _MIDNIGHT.fullmatch(text):
        text = midnight[1]
    if years := _TWO_YEARS_OR_SEASON.fullmatch(text):
        century, first, last = years[1], int(years[2]), int(years[3])
        if last == first + 1:
            season = f"{century}{first:02}-12/{century}{last:02}-02"
            two_years = f"{century}{first:02}/{century}{last:02}"
            raise Ambiguous(text, "ambiguous-years", two_years, season)
    try:
        return Restated(parse_edtf(text).text)
    except BadEdtf as error:
        reason = error.reason
    plain = " ".join(text.replace("’", "'").split())
    read = _one_day(text, plain, notation) or _range(text, plain, notation)
    if read is None:
        raise Unread(text, "bad-edtf", reason=_why_not(plain) or reason)
    try:
        return Restated(parse_edtf(read).text, text)
    except BadEdtf as error:
        raise Unread(text, "bad-edtf", reason=error.reason) from error


def _why_not(plain: str) -> str | None:
    if _TIME_OF_DAY.fullmatch(plain):
        return "date-time"
    return "date-two-digit-year" if _TWO_DIGIT_YEAR.fullmatch(plain) else None


def _one_day(text: str, plain: str, notation: Notation | None) -> str | None:
    """A single date as EDTF, or None if the text has no such form."""
    language, weekday, rest = _without_weekday(plain)
    rest = _LEADING_WORD.sub("", rest.strip(), count=1)
    by_notation = _numeric_readings(rest)
    if by_notation is None:
        parts = _worded(rest, _WORDED) or _other_numeric(rest)
        if parts is None or (weekday is not None and parts.day is None):
            return None
        readings = [parts.edtf()]
    else:
        readings = _preferred(by_notation, language or notation)
        if not readings:
            reason = "date-other-notation" if _preferred(by_notation, None) else None
            raise Unread(text, "bad-edtf", reason=reason or "edtf-calendar")
    days = [
        day
        for day in readings
        if (known := _as_day(day)) is None or weekday in {None, known.weekday()}
    ]
    if not days:
        raise _wrong_weekday(text, readings[0])
    if len(days) == 2:
        raise Ambiguous(text, "ambiguous-date", *days)
    return days[0]


def _preferred(
    by_notation: Mapping[Notation, str], notation: Notation | None
) -> list[str]:
    """The readings that are days of the calendar; where a notation is known, by that alone."""
    possible = {name: day for name, day in by_notation.items() if _as_day(day)}
    if notation is not None:
        return [possible[notation]] if notation in possible else []
    return list(dict.fromkeys(possible.values()))


def _range(text: str, plain: str, notation: Notation | None) -> str | None:
    """Two dates as an EDTF interval, the first completed from the second; else None."""
    if days := _DAYS_OF_MONTH.fullmatch(plain):
        month, year = days["month"], days["year"]
        ends = [f"{day} {month} {year}" for day in (days["day"], days["last"])]
        read = [_one_day(text, end, notation) for end in ends]
        return "/".join(filter(None, read)) if all(read) else None
    sides = _TO.split(plain)
    if len(sides) != 2:
        return None
    last = _one_day(text, sides[1], notation)
    if last is None:
        return None
    first = _one_day(text, sides[0], notation) or _completed(text, sides[0], last)
    return first and f"{first}/{last}"


def _completed(text: str, side: str, last: str) -> str | None:
    """The first side of a range with month and year taken from the last."""
    _, weekday, rest = _without_weekday(side)
    parts = _worded(_LEADING_WORD.sub("", rest, count=1), _WITHOUT_YEAR)
    year, *month_and_day = map(int, last.split("-"))
    if parts is None or (parts.month is None and len(month_and_day) < 2):
        return None
    first = replace(parts, year=year, month=parts.month or month_and_day[0]).edtf()
    day = _as_day(first)
    if weekday is not None:
        if day is None:  # a month has no weekday, and February no 31st
            raise Unread(text, "bad-edtf", reason="edtf-calendar")
        if day.weekday() != weekday:
            raise _wrong_weekday(text, first)
    return first


def _without_weekday(plain: str) -> tuple[Notation | None, int | None, str]:
    """The language of the weekday before a date, the weekday, and the date, out of its brackets."""
    match = _WEEKDAY.fullmatch(plain)
    named = _weekdays().get(match["weekday"].casefold()) if match else None
    if match is None or named is None:
        return None, None, plain
    rest = match["rest"]
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    # An English weekday is no sign of the American order: the British put the day first.
    return "id" if named[0] == "id" else None, named[1], rest


def _worded(text: str, forms: Iterable[re.Pattern[str]]) -> _Parts | None:
    for form in forms:
        match = form.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        month = found.get("month")
        number = _months().get(month.casefold()) if month else None
        if month and number is None:
            continue
        year, day = found.get("year"), found.get("day")
        return _Parts(int(year) if year else None, number, int(day) if day else None)
    return None


def _numeric_readings(text: str) -> Mapping[Notation, str] | None:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return {
        "id": _Parts(year, second, first).edtf(),
        "en": _Parts(year, first, second).edtf(),
    }


def _other_numeric(text: str) -> _Parts | None:
    """Numeric forms with one reading: year first, or month and year."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _Parts(int(match[1]), int(match[3]), int(match[4]))
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return _Parts(int(match[2]), int(match[1]))
    return None


def _as_day(edtf: str) -> date | None:
    try:
        return date.fromisoformat(edtf)
    except ValueError:
        return None


def _wrong_weekday(text: str, edtf: str) -> Unread:
    day = _as_day(edtf)
    assert day is not None, edtf
    names: dict[Language, str] = {
        name: get_day_names("wide", locale=name)[day.weekday()] for name in NOTATIONS
    }
    return Unread(text, "wrong-weekday", date=edtf, weekday=names)


@cache
def _months() -> Mapping[str, int]:
    known = dict(_MORE_MONTHS)
    for name in NOTATIONS:
        for width in _WIDTHS:
            names = get_month_names(width, locale=name)
            for number, word in cast("Mapping[int, str]", names).items():
                known[word.casefold()] = number
    return known


@cache
def _weekdays() -> Mapping[str, tuple[Notation, int]]:
    """{name: its language and the day of the week, Monday 0}."""
    known = dict(_MORE_WEEKDAYS)
    for name in NOTATIONS:
        for width in _WIDTHS:
            names = get_day_names(width, locale=name)
            for number, word in cast("Mapping[int, str]", names).items():
                known[word.casefold()] = name, number
    return known
