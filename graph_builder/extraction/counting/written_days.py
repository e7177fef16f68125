"""Dates to the day, and spans of days: `Rabu (11/9/2024)`, `13-15 Juni 2025`."""

import re
from collections.abc import Iterator
from datetime import date

from .date_parts import (
    DAY,
    MONTH,
    TO,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    WrittenDate,
    made,
    month_of,
    nearest_year,
)

_WHOLE = re.compile(
    rf"\b(?:(?P<weekday>{WEEKDAY}),? ?)?\(?"
    rf"(?:(?P<day>{DAY})(?:{TO}(?P<last>{DAY}))?(?: (?P<month>{MONTH}),?(?: (?P<year>{YEAR}))?)"
    rf"|(?P<nday>{DAY})(?P<mark>[/-])(?P<nmonth>0?[1-9]|1[0-2])(?:(?P=mark)(?P<nyear>{YEAR}|[0-9]{{2}}))?(?![0-9/]))(?![0-9])",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?<![\w.,/-])(?:(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])"
    rf"|(?P<pday>[0-3]?[0-9])\.(?P<pmonth>0?[1-9]|1[0-2])\.(?P<pyear>{YEAR}))(?![\w-]|[.,/][0-9])"
)
_ACROSS = re.compile(
    rf"\b(?P<day>{DAY}) (?P<month>{MONTH})(?: (?P<year>{YEAR}))?{TO}(?P<last>{DAY}) "
    rf"(?P<lmonth>{MONTH}),?(?: (?P<lyear>{YEAR}))?\b",
    re.IGNORECASE,
)


def first_whole(text: str) -> date | None:
    """The first date of a text that gives day, month and year."""
    for match in _WHOLE.finditer(text):
        year = match["year"] or match["nyear"]
        if year and len(year) == 4:
            try:
                return date(
                    int(year), month_of(match), int(match["day"] or match["nday"])
                )
            except ValueError:
                continue
    return None


def day_spans(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Spans of days across two months."""
    for match in _ACROSS.finditer(text):
        last_year = match["lyear"] or (
            match["year"] or (str(base.year) if base else None)
        )
        if last_year is None:
            continue
        first_year = match["year"] or last_year
        first = f"{int(first_year):04}-{month_of(match):02}-{int(match['day']):02}"
        last = f"{int(last_year):04}-{month_of(match, 'lmonth'):02}-{int(match['last']):02}"
        yield made(match, f"{first}/{last}", "day-span", 0.95)


def days_in_figures(text: str) -> Iterator[WrittenDate]:
    """Days in the other orders of figures: `2025-09-17` and `17.09.2025`."""
    for match in _FIGURES.finditer(text):
        year, month, day = (
            int(match[name] or match[f"p{name}"]) for name in ("year", "month", "day")
        )
        yield made(match, f"{year:04}-{month:02}-{day:02}", "day", 0.95)


def days(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Days, and spans of days within a month."""
    for match in _WHOLE.finditer(text):
        month, day = month_of(match), int(match["day"] or match["nday"])
        written = match["year"] or match["nyear"]
        if match["nday"] and not written and not match["weekday"]:
            continue  # 3/4 alone is a fraction
        if match["mark"] == "-" and not written:
            continue
        if written:
            year = int(written) + (2000 if len(written) == 2 else 0)
        elif base:
            side = re.match(r",? (mendatang|nanti|depan)", text[match.end() :][:12])
            year = nearest_year(base, month, day, side[1] if side else None)
            if match["weekday"] and not side:
                year = _year_of_weekday(year, month, day, match["weekday"])
        else:
            continue
        edtf, score = f"{year:04}-{month:02}-{day:02}", 0.98 if written else 0.9
        if match["weekday"]:
            agrees = _is_weekday(year, month, day, match["weekday"])
            score = score if agrees else 0.6
        if match["last"]:
            edtf += f"/{year:04}-{month:02}-{int(match['last']):02}"
        head = text[max(0, match.start() - 24) : match.start()]
        bounds = _bounds_word(head)
        if bounds and "/" not in edtf:
            edtf = f"{edtf}/.." if bounds == "since" else f"/{edtf}"
        yield made(match, edtf, "day", score, bounds)


def _year_of_weekday(year: int, month: int, day: int, weekday: str) -> int:
    """The year nearest to the likely one in which the day is that day of the week; the likely one if none is."""
    near = (each for each in (year, year - 1, year + 1, year - 2) if each > 0)
    return next((each for each in near if _is_weekday(each, month, day, weekday)), year)


def _is_weekday(year: int, month: int, day: int, weekday: str) -> bool:
    try:
        return date(year, month, day).weekday() == WEEKDAYS[weekday.casefold()]
    except ValueError:
        return False


def _bounds_word(head: str) -> str | None:
    word = head.casefold().removesuffix("tanggal ").rstrip()
    if word.endswith(("sejak", "semenjak", "mulai", "terhitung")):
        return "since"
    return "until" if word.endswith(("hingga", "sampai", "sampai dengan")) else None
