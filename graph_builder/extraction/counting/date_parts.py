"""The words of dates, the date that is made of them, and the pieces of patterns that several forms share."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "maret": 3, "mar": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agt": 8, "agu": 8, "ags": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nopember": 11, "nov": 11,
    "desember": 12, "des": 12,
}  # fmt: skip
WEEKDAYS = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "jum’at": 4, "sabtu": 5,
    "minggu": 6, "ahad": 6,
}  # fmt: skip
FUTURE = frozenset({"depan", "mendatang", "nanti"})

# The point of an abbreviation (5 Sept. 2025), not that of a sentence.
MONTH = (
    "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b(?:\.(?=,? [0-9]))?"
)
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + r")\b"
DAY, YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:1[89]|20)[0-9]{2}"
TO = r"(?: ?[-–—] ?| (?:hingga|sampai(?: dengan)?|s\.d\.|s/d|sd) )"
BEFORE = (
    r"(?P<since>(?:sejak|semenjak|mulai|per(?! )|terhitung)(?: dari)?(?: (?:tanggal|bulan|tahun))? )?"
    r"(?P<until>(?:hingga|sampai(?: dengan)?)(?: (?:tanggal|bulan|tahun|akhir|saat ini,?))? )?"
    r"(?P<part>(?:awal|pertengahan|akhir|penghujung|medio) )?(?:(?:bulan|tahun|tanggal) )?"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in the text: its place, its EDTF, and the rule that read it.

    `bounds_only` is "since" or "until" where the words say that of the date.
    """

    start: int
    end: int
    surface: str
    edtf: str
    rule: str
    score: float
    bounds_only: str | None = None


def made(
    match: re.Match[str], edtf: str, rule: str, score: float, bounds: str | None = None
) -> WrittenDate:
    """The date that a match says, without the marks around it and with the bracket that closes it."""
    surface = match[0].strip(" ,")
    if surface.count("(") > surface.count(")"):
        closing = match.string[match.end() : match.end() + 1] == ")"
        surface += ")" if closing else ""
    start = match.start() + len(match[0]) - len(match[0].lstrip(" ,"))
    return WrittenDate(start, start + len(surface), surface, edtf, rule, score, bounds)


def bounded(match: re.Match[str], point: str, rule: str, score: float) -> WrittenDate:
    """A date with the words before it that make it a beginning or an end."""
    if match["since"] and match["since"].casefold().startswith(
        ("sej", "sem", "terh", "mul")
    ):
        return made(match, f"{point}/..", rule, score, "since")
    if match["until"]:
        return made(match, f"/{point}", rule, score, "until")
    return made(match, point, rule, score)


def month_of(match: re.Match[str], group: str = "month") -> int:
    """The number of the month that a match names or gives in figures."""
    name = match[group]
    return (
        MONTHS[name.casefold().rstrip(".")]
        if name
        else int(match[group.replace("month", "nmonth")])
    )


def nearest_year(base: date, month: int, day: int, side: str | None = None) -> int:
    """The year in which a day without one lies: not long after the base, or after it where said so."""
    if side and side.strip(" ,").casefold() in FUTURE:
        return base.year if (month, day) >= (base.month, base.day) else base.year + 1
    ahead = (month - base.month) * 30 + day - base.day
    if ahead > 150:
        return base.year - 1
    return base.year + 1 if ahead < -300 else base.year
