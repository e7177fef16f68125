"""Dates as the records hold them (EDTF, levels 0 and 1), in words."""

import re

from simpul.ontology import Language

from .words import say

_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")
_QUALIFIERS = re.compile(r"[~?%]|T.*$")


def date_words(written: str, language: Language) -> str:
    """A date or an interval; either side of an interval may be open or unknown.

    >>> date_words("2024-09-11", "id"), date_words("../2021-03~", "en")
    ('11 September 2024', 'about March 2021 at the latest')
    """
    first, slash, last = written.partition("/")
    if not slash:
        return _single(written, language)
    first, last = ("" if side == ".." else side for side in (first, last))
    if not first and not last:
        return say("date-unknown", language)
    if not first:
        return say("date-by", language, date=_single(last, language))
    if not last:
        return say("date-not-before", language, date=_single(first, language))
    return say(
        "date-between",
        language,
        first=_single(first, language),
        last=_single(last, language),
    )


def span_words(
    occurred: str | None, begun: str | None, ended: str | None, language: Language
) -> str:
    """When something came about, or from when to when it held; "" where no source says."""
    if occurred:
        return date_words(occurred, language)
    start = date_words(begun, language) if begun else ""
    end = date_words(ended, language) if ended else ""
    if start and end and "/" not in f"{begun}{ended}":
        return say("date-from-until", language, first=start, last=end)
    told = [
        say(code, language, date=date)
        for code, date in (("date-from", start), ("date-until", end))
        if date
    ]
    return ", ".join(told)


def _single(date: str, language: Language) -> str:
    bare = _QUALIFIERS.sub("", date)
    if not bare.strip():
        return date  # no date: it stands as it is
    words = bare
    if season := _SEASON.fullmatch(bare):
        words = say(f"date-season-{season[2]}", language, year=season[1])
    elif day := _DAY.fullmatch(bare):
        month = say("date-months", language).split()[int(day[2]) - 1]
        if day[3]:
            words = say("date-day", language, day=int(day[3]), month=month, year=day[1])
        else:
            words = say("date-month", language, month=month, year=day[1])
    if "~" in date or "%" in date:
        words = say("date-about", language, date=words)
    if "?" in date or "%" in date:
        words = say("date-uncertain", language, date=words)
    return words
