"""Dates that count from the day of publication: `kemarin`, `pekan lalu`, `dua tahun lalu`, `Selasa lalu`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .date_parts import FUTURE, WEEKDAY, WEEKDAYS, WrittenDate, made

_COUNTS = {
    "se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
_RELATIVE = re.compile(
    r"\b(?:(?P<weekday>" + WEEKDAY + r"),? )?(?:"
    r"(?P<named>kemarin lusa|kemarin dulu|kemarin|hari ini|besok|esok hari|lusa)"
    r"|(?P<since>sejak )?(?P<part>(?:awal|pertengahan|akhir|penghujung) )?"
    r"(?P<unit>tahun|bulan|pekan|minggu) (?P<side>lalu|kemarin|silam|ini|depan|mendatang)"
    r"|(?P<count>satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|[1-9][0-9]?) "
    r"(?P<ago>tahun|bulan|pekan|minggu|hari) (?:yang )?(?P<ago_side>lalu|silam)"
    r"|(?P<one>setahun|sebulan|sepekan|seminggu|sehari) (?:yang )?(?P<one_side>lalu|silam)"
    r")\b",
    re.IGNORECASE,
)
# Beberapa tahun lalu and tiga tahun mendatang count years and name none.
_COUNTED = re.compile(
    r"\b(?:beberapa|sejumlah|puluhan|belasan|berapa|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
    r"|puluh|belas|ratus|[0-9]+) $",
    re.IGNORECASE,
)
_WEEKDAY_OF = re.compile(
    rf"\b(?P<weekday>{WEEKDAY})(?P<time> (?:pagi|siang|sore|malam))?(?P<side> (?:lalu|kemarin|ini|depan|mendatang|nanti)\b)?",
    re.IGNORECASE,
)


def relative(text: str, base: date) -> Iterator[WrittenDate]:
    """Days, weeks, months and years told from the day of publication."""
    for match in _RELATIVE.finditer(text):
        if match["named"]:
            yield made(
                match, _named_day(base, match["named"].casefold()), "relative-day", 0.85
            )
        elif match["unit"]:
            head = text[max(0, match.start("unit") - 12) : match.start("unit")]
            if _COUNTED.search(head):
                continue
            edtf = _shifted(
                base,
                match["unit"].casefold(),
                match["side"].casefold(),
                match["weekday"],
            )
            if match["since"] and "/" not in edtf:
                edtf += "/.."
            yield made(match, edtf, f"relative-{match['unit'].casefold()}", 0.85)
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
            yield made(match, _ago(base, unit, number), "ago", 0.75)


def _named_day(base: date, word: str) -> str:
    days = {"kemarin": -1, "hari ini": 0, "besok": 1, "esok hari": 1, "lusa": 2}.get(
        word, -2
    )
    return (base + timedelta(days)).isoformat()


def _shifted(base: date, unit: str, side: str, weekday: str | None) -> str:
    shift = 0 if side == "ini" else 1 if side in FUTURE else -1
    if unit == "tahun":
        return f"{base.year + shift:04}"
    if unit == "bulan":
        months = base.year * 12 + base.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
    if weekday:
        return (monday + timedelta(WEEKDAYS[weekday.casefold()])).isoformat()
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


def weekdays(text: str, base: date) -> Iterator[WrittenDate]:
    """Days of the week."""
    for match in _WEEKDAY_OF.finditer(text):
        if not match["weekday"][0].isupper():
            continue
        side = (match["side"] or "").strip().casefold()
        head = text[max(0, match.start() - 6) : match.start()].casefold()
        if match["weekday"].casefold() == "minggu" and not (
            side or match["time"] or head.endswith(("pada ", "hari "))
        ):
            continue  # Minggu is also a surname and a week
        wanted = WEEKDAYS[match["weekday"].casefold()]
        if side in FUTURE:
            day = base + timedelta((wanted - base.weekday() - 1) % 7 + 1)
        elif side in {"lalu", "kemarin"}:
            day = base - timedelta((base.weekday() - wanted - 1) % 7 + 1)
        else:
            day = base - timedelta((base.weekday() - wanted) % 7)
        yield made(match, day.isoformat(), "weekday", 0.85 if side else 0.75)
