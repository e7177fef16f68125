"""When a question asks about: dates as people write them, words before them, and moments around a given day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from simpul.graph_builder import (
    Ambiguous,
    BadEdtf,
    Days,
    Notation,
    Unread,
    read_date,
)
from simpul.ontology import LANGUAGES, Language

from .lexicon import Lexicon, lexicon
from .words import Span, Word

_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_DECADE = re.compile(r"((?:1[5-9]|20)[0-9])0(?:['’]?s|[-–]?an)", re.IGNORECASE)
_BEFORE_A_YEAR, _AFTER_A_YEAR = 5, 6
_ROLES = ("since", "until", "before", "after", "between", "at")
_MIXED = ("since", "until", "before", "after")
_AROUND_TODAY = (
    "so-far",
    "now",
    "yesterday",
    "last-year",
    "this-year",
    "last-month",
    "this-month",
    "years-ago",
    "past-years",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Some days that a question names. None is an open end."""

    first: date | None
    last: date | None
    written: str
    span: Span
    is_now: bool = False
    is_range: bool = False

    def days(self, today: date) -> Days:
        """The days; an open end reaches to the first day there is, or to today."""
        first = self.first or date.min
        return Days(first, max(self.last or today, first))

    @property
    def edtf(self) -> str:
        """The days as EDTF: a year or month where they are one, else a day or an interval."""
        first, last = self.first, self.last
        if first is None or last is None:
            return f"{_iso(first)}/{_iso(last)}"
        if first == last:
            return first.isoformat()
        if (first, last) == _year(first.year):
            return f"{first.year:04}"
        if (first, last) == _month(first):
            return first.isoformat()[:7]
        return f"{first}/{last}"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something like a date that has two readings or none."""

    written: str
    readings: tuple[str, ...]
    span: Span


def moments_of(
    text: str,
    words: Sequence[Word],
    spoken: Lexicon,
    today: date,
    taken: Iterable[Span] = (),
) -> tuple[list[Moment], list[Unclear]]:
    """The moments that a sentence names, in order, and what looks like one but is not clear.

    Words in `taken` belong to a name, as the year in that of an event does.
    """
    named = list(taken)
    dates, unclear = _dates(text, words, spoken.language, named)
    signs = [
        (name, span, match)
        for name, span, match in spoken.moments.find(word.plain for word in words)
        if not any(span.meets(other) for other in named)
    ]
    signs += _of_other_languages(words, spoken.language, named, signs)
    roles = {span.end: (name, span) for name, span, _ in signs if name in _ROLES}
    joins = {(span.first, span.end) for name, span, _ in signs if name == "and"}
    fillers = {span.end: span for name, span, _ in signs if name == "filler"}
    found: list[Moment] = []
    while dates:
        when = dates.pop(0)
        role, first = _role(when.span.first, roles, fillers)
        joined = dates and _joined(when.span.end, dates[0].span.first, joins, fillers)
        if joined and role in ("between", "since", "at", None):
            last = dates.pop(0)
            span = Span(first, last.span.end)
            whole = text[words[first].start : words[span.end - 1].end]
            found.append(Moment(when.first, last.last, whole, span))
        else:
            span = Span(first, when.span.end)
            whole = text[words[first].start : words[span.end - 1].end]
            found.append(_turned(when, role, whole, span))
    found += _around(text, words, spoken, today, signs, [m.span for m in found])
    return sorted(found, key=lambda moment: moment.span.first), unclear


def _of_other_languages(
    words: Sequence[Word],
    language: Language,
    named: Sequence[Span],
    signs: Sequence[tuple[str, Span, re.Match[str]]],
) -> Iterator[tuple[str, Span, re.Match[str]]]:
    """What words of another language say of a date, since people mix them: `mitra BPIPI since 2020`."""
    told = [*named, *(span for _, span, _ in signs)]
    for other in LANGUAGES:
        if other == language:
            continue
        for name, span, match in lexicon(other).moments.find(w.plain for w in words):
            if name in _MIXED and not any(span.meets(each) for each in told):
                yield name, span, match


def _dates(
    text: str, words: Sequence[Word], language: Language, named: Sequence[Span]
) -> tuple[list[Moment], list[Unclear]]:
    """The dates written out, the longest reading of each, and those with two readings."""
    found: list[Moment] = []
    unclear: list[Unclear] = []
    at = 0
    for place, word in enumerate(words):
        if place < at or any(span.holds(place) for span in named):
            continue
        decade = _DECADE.match(text, word.start)
        if decade:
            end = place + 1 + (word.end < decade.end())
            first = int(f"{decade[1]}0")
            ten_years = _year(first)[0], _year(first + 9)[1]
            found.append(Moment(*ten_years, decade[0], Span(place, end)))
            at = end
        elif _YEAR.fullmatch(word.plain):
            for span in _windows(place, at, len(words)):
                if any(span.meets(other) for other in named):
                    continue
                written = text[words[span.first].start : words[span.end - 1].end]
                try:
                    notation: Notation | None = "id" if language == "id" else None
                    edtf = read_date(written, notation)
                    days = Days.of(edtf)
                except Ambiguous as error:
                    unclear.append(Unclear(written, error.readings, span))
                    at = span.end
                    break
                except (Unread, BadEdtf):
                    continue
                found.append(
                    Moment(days.first, days.last, written, span, is_range="/" in edtf)
                )
                at = span.end
                break
    return found, unclear


def _windows(year: int, least: int, count: int) -> Iterator[Span]:
    """Stretches of words that hold a year, the longest first."""
    firsts = range(max(least, year - _BEFORE_A_YEAR), year + 1)
    ends = range(year + 1, min(count, year + 1 + _AFTER_A_YEAR) + 1)
    spans = [Span(first, end) for first in firsts for end in ends]
    return iter(sorted(spans, key=lambda span: (-len(span), span.first)))


def _role(
    first: int,
    roles: dict[int, tuple[str, Span]],
    fillers: dict[int, Span],
) -> tuple[str | None, int]:
    """What the words before a date make of it, and the first of these words."""
    at = first
    weak: tuple[str, int] | None = None
    while at in fillers or at in roles:
        if at in roles:
            name, span = roles[at]
            if name != "at":
                return name, span.first
            weak = weak or (name, span.first)
            if at not in fillers:
                break  # a word before a date that is part of no phrase like `the end of`
        at = fillers[at].first
    return weak or (None, at)


def _joined(
    end: int, start: int, joins: set[tuple[int, int]], fillers: dict[int, Span]
) -> bool:
    """Whether nothing but a word like `and` stands between two dates."""
    while start in fillers and start > end:
        start = fillers[start].first
    return (end, start) in joins


def _turned(when: Moment, role: str | None, written: str, span: Span) -> Moment:
    """A date with what the word before it says: since, until, before, after."""
    first, last = when.first, when.last
    if when.is_range and role in ("since", "until"):
        return replace(when, written=written, span=span)  # from March to May 2018
    if role == "since":
        last = None
    elif role == "until":
        first = None
    elif role == "before":
        first, last = None, _day_after(first, -1)
    elif role == "after":
        first, last = _day_after(last, 1), None
    return Moment(first, last, written, span)


def _around(
    text: str,
    words: Sequence[Word],
    spoken: Lexicon,
    today: date,
    signs: Iterable[tuple[str, Span, re.Match[str]]],
    taken: Iterable[Span],
) -> Iterator[Moment]:
    """Moments told by their distance from today, the longest phrase of those that overlap."""
    done = list(taken)
    near = [sign for sign in signs if sign[0] in _AROUND_TODAY]
    for name, span, match in sorted(near, key=lambda sign: -len(sign[1])):
        if any(span.meets(other) for other in done):
            continue
        count = next(filter(None, match.groups()), "1")
        number = int(count) if count.isdecimal() else spoken.numbers.get(count)
        if number is None or number > 500:
            continue
        first, last = _relative(name, number, today)
        done.append(span)
        if name == "so-far":
            continue  # no limit, though it holds the word for now
        written = text[words[span.first].start : words[span.end - 1].end]
        yield Moment(first, last, written, span, is_now=name == "now")


def _relative(name: str, number: int, today: date) -> tuple[date, date]:
    this_month = _month(today)
    match name:
        case "now":
            return today, today
        case "yesterday":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "this-month":
            return this_month
        case "last-month":
            return _month(this_month[0] - timedelta(days=1))
        case "last-year":
            return _year(today.year - 1)
        case "years-ago":
            return _year(today.year - number)
        case "past-years":
            return date(today.year - number, 1, 1), today
        case _:
            return _year(today.year)


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _day_after(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ".."
