"""The dates that an article writes, as EDTF: whole, partial, relative to its day of publication, and spans.

Days of the week, `kemarin`, `tahun lalu` and dates without a year count from the day of publication;
where that is not known, from the first whole date in the text, and where there is none they are left
out. `awal`, `pertengahan` and `akhir` have no agreed bounds, so `awal 2024` is given as 2024.
Years in the titles of laws (`Nomor 3 Tahun 2014`) are part of a name and no dates.
"""

from bisect import bisect_right, insort
from collections.abc import Iterator
from datetime import date

from ...edtf import BadEdtf, parse
from .date_parts import WrittenDate
from .relative_dates import relative, weekdays
from .written_days import day_spans, days, days_in_figures, first_whole
from .written_periods import (
    decades,
    month_spans,
    months,
    period_pairs,
    periods,
    school_years,
    year_spans,
    years,
)

__all__ = ["WrittenDate", "find_dates"]


def find_dates(text: str, published: date | None = None) -> tuple[WrittenDate, ...]:
    """The dates of a text in their order, none overlapping another.

    >>> [each.edtf for each in find_dates("Sejak 2019, lalu Rabu (11/9/2024), juga tahun lalu.")]
    ['2019/..', '2024-09-11', '2023']
    """
    base = published or first_whole(text)
    found: list[WrittenDate] = []
    taken: list[tuple[int, int]] = []
    for each in _candidates(text, base):
        at = bisect_right(taken, (each.start, each.start))
        if (at and taken[at - 1][1] > each.start) or (
            at < len(taken) and taken[at][0] < each.end
        ):
            continue
        try:
            parse(each.edtf)
        except BadEdtf:
            continue  # 31 April and the like: not a day, so not a date
        found.append(each)
        insort(taken, (each.start, each.end))
    return tuple(sorted(found, key=lambda each: each.start))


def _candidates(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Readings of every form, the longer forms before those they contain."""
    yield from day_spans(text, base)
    yield from days(text, base)
    yield from days_in_figures(text)
    yield from month_spans(text, base)
    yield from period_pairs(text, base)
    yield from periods(text, base)
    yield from months(text, base)
    yield from year_spans(text)
    yield from school_years(text)
    yield from decades(text)
    yield from years(text, base)
    if base is not None:
        yield from relative(text, base)
        yield from weekdays(text, base)
