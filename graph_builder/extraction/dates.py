"""The dates that an article writes, as EDTF: whole, partial, relative to its day of publication, and spans.

Days of the week, `kemarin`, `tahun lalu` and dates without a year count from the day of publication;
where that is not known, from the first whole date in the text, and where there is none they are left
out. `awal`, `pertengahan` and `akhir` have no agreed bounds, so `awal 2024` is given as 2024.
Years in the titles of laws (`Nomor 3 Tahun 2014`) are part of a name and no dates.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..edtf import BadEdtf, parse

_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "maret": 3, "mar": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agt": 8, "agu": 8, "ags": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nopember": 11, "nov": 11,
    "desember": 12, "des": 12,
}  # fmt: skip
_WEEKDAYS = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "jum’at": 4, "sabtu": 5,
    "minggu": 6, "ahad": 6,
}  # fmt: skip
_ORDINALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4,
}  # fmt: skip
_COUNTS = {
    "se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10,
}  # fmt: skip

_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + r")\b"
_DAY, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:1[89]|20)[0-9]{2}"
_TO = r"(?: ?[-–—] ?| (?:hingga|sampai(?: dengan)?|s\.d\.|s/d|sd) )"
_BEFORE = (
    r"(?P<since>(?:sejak|semenjak|mulai|per(?! )|terhitung)(?: dari)?(?: (?:tanggal|bulan|tahun))? )?"
    r"(?P<until>(?:hingga|sampai(?: dengan)?)(?: (?:tanggal|bulan|tahun|akhir|saat ini,?))? )?"
    r"(?P<part>(?:awal|pertengahan|akhir|penghujung|medio) )?(?:(?:bulan|tahun|tanggal) )?"
)
_AFTER = r"(?P<side>,? (?:lalu|silam|kemarin|ini|mendatang|nanti|depan)\b)?"
_WHOLE = re.compile(
    rf"\b(?:(?P<weekday>{_WEEKDAY}),? ?)?\(?"
    rf"(?:(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?: (?P<month>{_MONTH}),?(?: (?P<year>{_YEAR}))?)"
    rf"|(?P<nday>{_DAY})(?P<mark>[/-])(?P<nmonth>0?[1-9]|1[0-2])(?:(?P=mark)(?P<nyear>{_YEAR}|[0-9]{{2}}))?(?![0-9/]))(?![0-9])",
    re.IGNORECASE,
)
_ACROSS = re.compile(
    rf"\b(?P<day>{_DAY}) (?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?{_TO}(?P<last>{_DAY}) "
    rf"(?P<lmonth>{_MONTH}),?(?: (?P<lyear>{_YEAR}))?\b",
    re.IGNORECASE,
)
_MONTHS_OF = re.compile(
    rf"\b(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?{_TO}(?P<lmonth>{_MONTH})(?: (?:tahun )?(?P<lyear>{_YEAR}))?(?![0-9])",
    re.IGNORECASE,
)
_MONTH_OF = re.compile(
    rf"\b{_BEFORE}(?P<month>{_MONTH})(?:,? (?:tahun )?(?P<year>{_YEAR})\b)?{_AFTER}",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?P<kind>triwulan|kuartal|semester|caturwulan|tw|q)[ -]?(?:ke-?)?(?P<number>iv|iii|ii|i|[1-4]|pertama|kedua|ketiga|keempat)\b"
    rf"(?:[ /-]*(?:tahun )?(?P<year>{_YEAR})\b)?(?P<side> tahun (?:ini|lalu|depan)\b)?",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<![\w.,/-])(?:(?:tahun|periode) )?(?P<year>{_YEAR}){_TO}(?:tahun )?(?P<last>{_YEAR})(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
_YEAR_OF = re.compile(
    rf"(?<![\w.,/$-]){_BEFORE}(?P<year>{_YEAR})(?![\w/%]|[.,][0-9])", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?P<weekday>" + _WEEKDAY + r"),? )?(?:"
    r"(?P<named>kemarin lusa|kemarin dulu|kemarin|hari ini|besok|esok hari|lusa)"
    r"|(?P<since>sejak )?(?P<part>(?:awal|pertengahan|akhir|penghujung) )?"
    r"(?P<unit>tahun|bulan|pekan|minggu) (?P<side>lalu|kemarin|silam|ini|depan|mendatang)"
    r"|(?P<count>satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|[1-9][0-9]?) "
    r"(?P<ago>tahun|bulan|pekan|minggu|hari) (?P<ago_side>lalu|silam)"
    r"|(?P<one>setahun|sebulan|sepekan|seminggu|sehari) (?P<one_side>lalu|silam)"
    r")\b",
    re.IGNORECASE,
)
_WEEKDAY_OF = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})(?P<time> (?:pagi|siang|sore|malam))?(?P<side> (?:lalu|kemarin|ini|depan|mendatang|nanti)\b)?",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(r"\b(?:nomor|no)\b\.? ?[\w/.-]{1,20} $", re.IGNORECASE)
_YEAR_CUE = re.compile(
    r"(?:\b(?:pada|di|dari|sejak|hingga|sampai|selama|sepanjang|dalam|untuk|per|tahun|anggaran|periode|musim|target|proyeksi)"
    r" (?:\w{1,12} )?|\()$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r" (?:orang|unit|ton|pasang|peserta|buah|jiwa|pelaku|perusahaan|hektare|hektar|kilogram|kg|km|meter|siswa|persen|juta|ribu|miliar|pekerja|petani|warga|kepala)\b",
    re.IGNORECASE,
)
_FUTURE = {"depan", "mendatang", "nanti"}


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


def find_dates(text: str, published: date | None = None) -> tuple[WrittenDate, ...]:
    """The dates of a text in their order, none overlapping another.

    >>> [each.edtf for each in find_dates("Sejak 2019, lalu Rabu (11/9/2024), juga tahun lalu.")]
    ['2019/..', '2024-09-11', '2023']
    """
    base = published or _first_whole(text)
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
    yield from _day_spans(text, base)
    yield from _days(text, base)
    yield from _month_spans(text, base)
    yield from _periods(text, base)
    yield from _months(text, base)
    yield from _year_spans(text)
    yield from _years(text, base)
    if base is not None:
        yield from _relative(text, base)
        yield from _weekdays(text, base)


def _first_whole(text: str) -> date | None:
    for match in _WHOLE.finditer(text):
        year = match["year"] or match["nyear"]
        if year and len(year) == 4:
            try:
                return date(
                    int(year), _month(match), int(match["day"] or match["nday"])
                )
            except ValueError:
                continue
    return None


def _month(match: re.Match[str], group: str = "month") -> int:
    name = match[group]
    return (
        _MONTHS[name.casefold().rstrip(".")]
        if name
        else int(match[group.replace("month", "nmonth")])
    )


def _made(
    match: re.Match[str], edtf: str, rule: str, score: float, bounds: str | None = None
) -> WrittenDate:
    surface = match[0].strip(" ,")
    if surface.count("(") > surface.count(")"):
        closing = match.string[match.end() : match.end() + 1] == ")"
        surface += ")" if closing else ""
    start = match.start() + len(match[0]) - len(match[0].lstrip(" ,"))
    return WrittenDate(start, start + len(surface), surface, edtf, rule, score, bounds)


def _nearest_year(base: date, month: int, day: int, side: str | None = None) -> int:
    """The year in which a day without one lies: not long after the base, or after it where said so."""
    if side and side.strip(" ,").casefold() in _FUTURE:
        return base.year if (month, day) >= (base.month, base.day) else base.year + 1
    ahead = (month - base.month) * 30 + day - base.day
    if ahead > 150:
        return base.year - 1
    return base.year + 1 if ahead < -300 else base.year


def _day_spans(text: str, base: date | None) -> Iterator[WrittenDate]:
    for match in _ACROSS.finditer(text):
        last_year = match["lyear"] or (
            match["year"] or (str(base.year) if base else None)
        )
        if last_year is None:
            continue
        first_year = match["year"] or last_year
        first = f"{int(first_year):04}-{_month(match):02}-{int(match['day']):02}"
        last = (
            f"{int(last_year):04}-{_month(match, 'lmonth'):02}-{int(match['last']):02}"
        )
        yield _made(match, f"{first}/{last}", "day-span", 0.95)


def _days(text: str, base: date | None) -> Iterator[WrittenDate]:
    for match in _WHOLE.finditer(text):
        month, day = _month(match), int(match["day"] or match["nday"])
        written = match["year"] or match["nyear"]
        if match["nday"] and not written and not match["weekday"]:
            continue  # 3/4 alone is a fraction
        if match["mark"] == "-" and not written:
            continue
        if written:
            year = int(written) + (2000 if len(written) == 2 else 0)
        elif base:
            side = re.match(r",? (mendatang|nanti|depan)", text[match.end() :][:12])
            year = _nearest_year(base, month, day, side[1] if side else None)
        else:
            continue
        edtf, score = f"{year:04}-{month:02}-{day:02}", 0.98 if written else 0.9
        if match["weekday"]:
            try:
                agrees = (
                    date(year, month, day).weekday()
                    == _WEEKDAYS[match["weekday"].casefold()]
                )
            except ValueError:
                continue
            score = score if agrees else 0.6
        if match["last"]:
            edtf += f"/{year:04}-{month:02}-{int(match['last']):02}"
        head = text[max(0, match.start() - 12) : match.start()]
        bounds = _bounds_word(head)
        if bounds and "/" not in edtf:
            edtf = f"{edtf}/.." if bounds == "since" else f"/{edtf}"
        yield _made(match, edtf, "day", score, bounds)


def _bounds_word(head: str) -> str | None:
    word = head.casefold().removesuffix("tanggal ").rstrip()
    if word.endswith("sejak"):
        return "since"
    return "until" if word.endswith("hingga") else None


def _month_spans(text: str, base: date | None) -> Iterator[WrittenDate]:
    for match in _MONTHS_OF.finditer(text):
        last = match["lyear"] or match["year"] or (str(base.year) if base else None)
        if last is None or (
            match["month"].casefold() in {"mar", "des", "mei"} and not match["lyear"]
        ):
            continue
        first = match["year"] or last
        first_month, last_month = _month(match), _month(match, "lmonth")
        if first == last and first_month > last_month:
            first = str(int(last) - 1)
        edtf = f"{int(first):04}-{first_month:02}/{int(last):04}-{last_month:02}"
        yield _made(match, edtf, "month-span", 0.95 if match["lyear"] else 0.8)


def _periods(text: str, base: date | None) -> Iterator[WrittenDate]:
    for match in _PERIOD.finditer(text):
        kind, number = match["kind"].casefold(), _ORDINALS[match["number"].casefold()]
        if kind in {"q", "tw"} and not match["kind"].isupper():
            continue
        year = _year_beside(match["year"], match["side"], base)
        if year is None:
            continue
        months = {"semester": 6, "caturwulan": 4}.get(kind, 3)
        if number * months > 12:
            continue
        first, last = (number - 1) * months + 1, number * months
        edtf = f"{year:04}-{first:02}/{year:04}-{last:02}"
        yield _made(
            match,
            edtf,
            "quarter" if months == 3 else kind,
            0.95 if match["year"] else 0.8,
        )


def _year_beside(
    written: str | None, side: str | None, base: date | None
) -> int | None:
    if written:
        return int(written)
    if base is None:
        return None
    shift = {"lalu": -1, "depan": 1}.get((side or "").casefold().split(" ")[-1], 0)
    return base.year + shift


def _months(text: str, base: date | None) -> Iterator[WrittenDate]:
    for match in _MONTH_OF.finditer(text):
        name, written = match["month"], match["year"]
        if not name[0].isupper():
            continue
        head = text[max(0, match.start() - 10) : match.start()].casefold()
        if not written:
            # A month without a year needs a sign that it is one: Mei and Juli are names too.
            cued = (
                match[0][: match.start("month") - match.start()].strip()
                or match["side"]
            )
            if len(name) < 4 and not (name == "Mei" and cued):
                continue
            if not cued and not head.endswith(
                ("pada ", "di ", "sejak ", "hingga ", "dari ", "per ")
            ):
                continue
            if base is None:
                continue
        month = _month(match)
        if written:
            year = int(written)
        else:
            assert base is not None
            year = _nearest_year(base, month, 1, match["side"])
            if not match["side"] and month > base.month + 3:
                year = base.year - 1
        point = f"{year:04}-{month:02}"
        yield _bounded(match, point, "month", 0.95 if written else 0.8)


def _bounded(match: re.Match[str], point: str, rule: str, score: float) -> WrittenDate:
    if match["since"] and match["since"].casefold().startswith(
        ("sej", "sem", "terh", "mul")
    ):
        return _made(match, f"{point}/..", rule, score, "since")
    if match["until"]:
        return _made(match, f"/{point}", rule, score, "until")
    return _made(match, point, rule, score)


def _year_spans(text: str) -> Iterator[WrittenDate]:
    for match in _YEARS.finditer(text):
        if int(match["year"]) < int(match["last"]):
            yield _made(match, f"{match['year']}/{match['last']}", "year-span", 0.9)


def _years(text: str, base: date | None) -> Iterator[WrittenDate]:
    limit = base.year + 40 if base else 2100
    for match in _YEAR_OF.finditer(text):
        year, said = int(match["year"]), match[0][: match.start("year") - match.start()]
        head = text[max(0, match.start() - 40) : match.start()]
        if _LAW_BEFORE.search(head) or year > limit:
            continue
        if said.strip():
            score = 0.95
        elif _COUNTED_AFTER.match(text, match.end()) or re.search(
            r"(?:Rp\.?|US\$) ?$", head
        ):
            continue  # 2000 orang counts people
        else:
            score = 0.9 if _YEAR_CUE.search(head) else 0.7
        yield _bounded(match, match["year"], "year", score)


def _relative(text: str, base: date) -> Iterator[WrittenDate]:
    for match in _RELATIVE.finditer(text):
        if match["named"]:
            yield _made(
                match, _named_day(base, match["named"].casefold()), "relative-day", 0.85
            )
        elif match["unit"]:
            edtf = _shifted(
                base,
                match["unit"].casefold(),
                match["side"].casefold(),
                match["weekday"],
            )
            if match["since"] and "/" not in edtf:
                edtf += "/.."
            yield _made(match, edtf, f"relative-{match['unit'].casefold()}", 0.85)
        else:
            unit = (match["ago"] or match["one"].removeprefix("se")).casefold()
            count = match["count"]
            number = (
                1
                if not count
                else int(count)
                if count.isdigit()
                else _COUNTS[count.casefold()]
            )
            yield _made(match, _ago(base, unit, number), "ago", 0.75)


def _named_day(base: date, word: str) -> str:
    days = {"kemarin": -1, "hari ini": 0, "besok": 1, "esok hari": 1, "lusa": 2}.get(
        word, -2
    )
    return (base + timedelta(days)).isoformat()


def _shifted(base: date, unit: str, side: str, weekday: str | None) -> str:
    shift = 0 if side == "ini" else 1 if side in _FUTURE else -1
    if unit == "tahun":
        return f"{base.year + shift:04}"
    if unit == "bulan":
        months = base.year * 12 + base.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
    if weekday:
        return (monday + timedelta(_WEEKDAYS[weekday.casefold()])).isoformat()
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _ago(base: date, unit: str, number: int) -> str:
    if unit == "tahun":
        return f"{base.year - number:04}"
    if unit == "bulan":
        months = base.year * 12 + base.month - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "hari":
        return (base - timedelta(number)).isoformat()
    return _shifted(base - timedelta(7 * (number - 1)), "pekan", "lalu", None)


def _weekdays(text: str, base: date) -> Iterator[WrittenDate]:
    for match in _WEEKDAY_OF.finditer(text):
        if not match["weekday"][0].isupper():
            continue
        side = (match["side"] or "").strip().casefold()
        head = text[max(0, match.start() - 6) : match.start()].casefold()
        if match["weekday"].casefold() == "minggu" and not (
            side or head.endswith(("pada ", "hari "))
        ):
            continue  # Minggu is also a surname and a week
        wanted = _WEEKDAYS[match["weekday"].casefold()]
        if side in _FUTURE:
            day = base + timedelta((wanted - base.weekday() - 1) % 7 + 1)
        elif side in {"lalu", "kemarin"}:
            day = base - timedelta((base.weekday() - wanted - 1) % 7 + 1)
        else:
            day = base - timedelta((base.weekday() - wanted) % 7)
        yield _made(match, day.isoformat(), "weekday", 0.85 if side else 0.75)
