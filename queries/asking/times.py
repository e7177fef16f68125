"""Dates of rows in words of a sentence: EDTF as people say it."""

import re
from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from simpul.graph_builder import Days
from simpul.ontology import Language, Wording

_POINT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?(?P<about>[~?%])?"
)


def day_in_words(edtf: str, lang: Language, words: Wording) -> str:
    """A date or interval as people say it; what has no such form stays as it is.

    >>> from simpul.queries.asking import reply_words
    >>> day_in_words("2024-09-11", "id", reply_words()), day_in_words("2021-03~", "en", reply_words())
    ('11 September 2024', 'about March 2021')
    """
    first, slash, last = edtf.partition("/")
    if slash:
        if first in ("", ".."):
            return words.say("not-later", lang, day=day_in_words(last, lang, words))
        if last in ("", ".."):
            return words.say("not-earlier", lang, day=day_in_words(first, lang, words))
        return words.say(
            "between",
            lang,
            first=day_in_words(first, lang, words),
            last=day_in_words(last, lang, words),
        )
    match = _POINT.fullmatch(edtf)
    if match is None:
        return edtf
    said = _point(match, lang)
    return words.say("about", lang, day=said) if match["about"] else said


def _point(match: re.Match[str], lang: Language) -> str:
    year, month, day = match["year"], match["month"], match["day"]
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else f"{year}-{month}"
    if day is None:
        return format_date(date(int(year), int(month), 1), "MMMM yyyy", locale=lang)
    try:
        return format_date(
            date(int(year), int(month), int(day)), "d MMMM yyyy", locale=lang
        )
    except ValueError:
        return match[0]


def days_in_words(days: Days, lang: Language, words: Wording) -> str:
    """Some days as people say them: a whole year or month by its name.

    >>> from simpul.queries.asking import reply_words
    >>> days_in_words(Days.of("2024"), "en", reply_words()), days_in_words(Days.of("2021-03-10"), "id", reply_words())
    ('2024', '10 Maret 2021')
    """
    first, last = days.first.isoformat(), days.last.isoformat()
    if days.first == date.min:
        return words.say("till", lang, last=day_in_words(last, lang, words))
    for whole in (first[:4], first[:7]):
        if Days.of(whole) == days:
            return day_in_words(whole, lang, words)
    if first == last:
        return day_in_words(first, lang, words)
    return words.say(
        "from-till",
        lang,
        first=day_in_words(first, lang, words),
        last=day_in_words(last, lang, words),
    )


def once_in_words(edtf: str, lang: Language, words: Wording) -> str:
    """When something happened that did not last.

    >>> from simpul.queries.asking import reply_words
    >>> once_in_words("2023", "en", reply_words()), once_in_words("2024-09-11", "id", reply_words())
    ('in 2023', 'pada 11 September 2024')
    """
    day = day_in_words(edtf, lang, words)
    if "/" in edtf:
        return day
    return words.say(
        "on-day" if len(edtf) > len("2024-09~") else "in-time", lang, day=day
    )


def span_in_words(row: Mapping[str, str], lang: Language, words: Wording) -> str:
    """What the dates of a row say of it: since when and until when, or when it is attested.

    Looks at the columns that questions have for days.
    """

    def said(*names: str) -> str:
        edtf = next((row[name] for name in names if row.get(name)), "")
        return day_in_words(edtf, lang, words) if edtf else ""

    if once := said("date", "day", "period", "issued"):
        return once
    first, last = said("from", "begun"), said("until", "ended")
    is_vague = any(
        "/" in row.get(name, "") for name in ("from", "begun", "until", "ended")
    )
    if first and last:
        code = "begun-ended" if is_vague else "from-till"
        return words.say(code, lang, first=first, last=last)
    if row.get("from", row.get("begun", "")).startswith("..") and row.get(
        "first_attested"
    ):
        first = ""  # it began before a day: that it is attested says more
    if first:
        return words.say("begun" if is_vague else "since", lang, first=first)
    if last:
        return words.say("ended" if is_vague else "till", lang, last=last)
    seen, seen_last = said("first_attested", "attested"), said("last_attested")
    if seen and seen_last and seen != seen_last:
        return words.say("attested-between", lang, first=seen, last=seen_last)
    return words.say("attested-on", lang, first=seen) if seen else ""
