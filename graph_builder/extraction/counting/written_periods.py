"""Months, quarters, halves and years, and spans of them: `triwulan II 2025`, `Januari–Agustus 2025`, `2020-2024`."""

import re
from collections.abc import Iterator
from datetime import date

from .date_parts import (
    BEFORE,
    MONTH,
    TO,
    YEAR,
    WrittenDate,
    bounded,
    made,
    month_of,
    nearest_year,
)

_ORDINALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4,
}  # fmt: skip
_AFTER = r"(?P<side>(?: tahun (?:lalu|ini|depan)|,? (?:lalu|silam|kemarin|ini|mendatang|nanti|depan))\b)?"
_MONTHS_OF = re.compile(
    rf"\b(?P<between>antara )?(?P<month>{MONTH})(?: (?P<year>{YEAR}))?(?:{TO}|(?(between) dan |(?!))) ?(?P<lmonth>{MONTH})"
    rf"(?: (?:tahun )?(?P<lyear>{YEAR})| (?P<side>tahun (?:lalu|ini|depan)))?(?![0-9])",
    re.IGNORECASE,
)
_MONTH_OF = re.compile(
    rf"\b{BEFORE}(?P<month>{MONTH})(?:,? (?:tahun )?(?P<year>{YEAR})\b)?{_AFTER}",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?P<kind>triwulan|kuartal|semester) (?P<first>iii|ii|i|[1-3]) (?:dan|hingga|sampai|-) (?P<last>iv|iii|ii|[2-4])\b"
    rf"(?:[ /-]*(?:tahun )?(?P<year>{YEAR})\b)?(?P<side> tahun (?:ini|lalu|depan)\b)?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?P<kind>triwulan|kuartal|semester|caturwulan|tw|q)[ -]?(?:ke-?)?(?P<number>iv|iii|ii|i|[1-4]|pertama|kedua|ketiga|keempat)\b"
    rf"(?:[ /-]*(?:tahun )?(?P<year>{YEAR})\b)?(?P<side> tahun (?:ini|lalu|depan)\b)?",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<![\w.,/-])(?:(?:tahun|periode) )?(?P<year>{YEAR}){TO}(?:tahun )?(?P<last>{YEAR})(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(
    rf"\b(?:tahun (?:ajaran|pelajaran|akademik|anggaran|buku)|musim(?: \w+)?|periode|masa bakti) (?P<year>{YEAR})/(?P<last>{YEAR})\b",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"\b(?:(?:awal |akhir |pertengahan )?(?:tahun|dekade|era) )?(?P<decade>(?:1[89]|20)[0-9])0-an\b",
    re.IGNORECASE,
)
_YEAR_OF = re.compile(
    rf"(?<![\w.,/$-]){BEFORE}(?P<year>{YEAR})(?![\w/%]|[.,][0-9])", re.IGNORECASE
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


def month_spans(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Spans of months."""
    for match in _MONTHS_OF.finditer(text):
        last = match["lyear"] or match["year"]
        if last is None and base:
            last = str(_year_beside(None, match["side"], base))
        if last is None or (
            match["month"].casefold() in {"mar", "des", "mei"} and not match["lyear"]
        ):
            continue
        first = match["year"] or last
        first_month, last_month = month_of(match), month_of(match, "lmonth")
        if first == last and first_month > last_month:
            first = str(int(last) - 1)
        edtf = f"{int(first):04}-{first_month:02}/{int(last):04}-{last_month:02}"
        yield made(match, edtf, "month-span", 0.95 if match["lyear"] else 0.8)


def period_pairs(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Two quarters or both halves of a year as one span: `triwulan II dan III 2024`."""
    for match in _PAIR.finditer(text):
        year = _year_beside(match["year"], match["side"], base)
        months = 6 if match["kind"].casefold() == "semester" else 3
        first, last = (_ORDINALS[match[name].casefold()] for name in ("first", "last"))
        if year is not None and first < last and last * months <= 12:
            edtf = (
                f"{year:04}-{(first - 1) * months + 1:02}/{year:04}-{last * months:02}"
            )
            yield made(match, edtf, "quarter-span", 0.85)


def periods(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Quarters, thirds and halves of years."""
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
        yield made(
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
    shift = {"lalu": -1, "depan": 1}.get((side or "").casefold().rpartition(" ")[2], 0)
    return base.year + shift


def months(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Months."""
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
        month = month_of(match)
        if written:
            year = int(written)
        else:
            assert base is not None
            side = (match["side"] or "").strip().casefold()
            if side.startswith("tahun"):
                year = _year_beside(None, side, base) or base.year
            else:
                year = nearest_year(base, month, 1, match["side"])
                if not side and month > base.month + 3:
                    year = base.year - 1
        point = f"{year:04}-{month:02}"
        yield bounded(match, point, "month", 0.95 if written else 0.8)


def year_spans(text: str) -> Iterator[WrittenDate]:
    """Spans of years."""
    for match in _YEARS.finditer(text):
        if int(match["year"]) < int(match["last"]):
            yield made(match, f"{match['year']}/{match['last']}", "year-span", 0.9)


def school_years(text: str) -> Iterator[WrittenDate]:
    """Years of school, of a budget or of a harvest: `tahun ajaran 2023/2024`."""
    for match in _SCHOOL_YEAR.finditer(text):
        if int(match["year"]) + 1 == int(match["last"]):
            yield made(match, f"{match['year']}/{match['last']}", "year-span", 0.9)


def decades(text: str) -> Iterator[WrittenDate]:
    """Decades: `1990-an`."""
    for match in _DECADE.finditer(text):
        yield made(match, f"{match['decade']}X", "decade", 0.85)


def years(text: str, base: date | None) -> Iterator[WrittenDate]:
    """Years, but not those in the titles of laws."""
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
        yield bounded(match, match["year"], "year", score)
