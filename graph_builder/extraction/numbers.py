"""The numbers that an article states: value, comparator, unit, and the words they are said with.

Indonesian notation: 13.000 is thirteen thousand and 55,20 has two decimals. Amounts are multiplied
out, so `Rp3,33 miliar` is 3330000000 rupiah. Years, times, ages, article and telephone numbers,
addresses and lengths of time count nothing and are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..notation import Unread, read_number
from .quantities import quantities

Span = tuple[int, int]

_NUMBER = re.compile(
    r"(?<![\w.,/:-])(?:(?P<currency>Rp\.?|IDR|US\$|USD|EUR|SGD|JPY|RM|€|¥) ?)?"
    r"(?P<digits>[0-9][0-9.,]{0,40})(?P<cents>,-)?(?P<an>-an\b)?"
    r"(?: ?(?P<scale>(?i:ribu|juta|miliar|milyar|triliun|trilyun|jt|rb))(?P<scale_an>an)?\b)?"
    r"(?P<percent> ?%)?(?![\w/:])"
)
_SPELLED = re.compile(
    r"\b(?P<tens>dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)? ?"
    r"(?P<kind>belas|puluh|ratus)(?: (?P<rest>satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b)?"
    r"|\b(?P<word>satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)\b",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([\w.'’-]+)[ (]*$")
_WORDS_AFTER = re.compile(r"[ ,]?((?:[^\W\d_][\w²³/-]*)(?: [^\W\d_][\w²³/-]*){0,2})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text; `end` covers its unit, `unit_end` no more than that.

    `value` is exact. `qualifier` is a code of the ontology's comparators. `unit` is None where the
    text names none; `counted` is the word that names it there, `rate` as in `per tahun`.
    """

    start: int
    end: int
    surface: str
    value: Decimal
    qualifier: str
    unit: str | None
    counted: str | None
    rate: str | None
    rule: str
    score: float


def find_numbers(text: str, taken: Sequence[Span] = ()) -> tuple[Number, ...]:
    """The counting numbers of a text in their order; those inside `taken` spans (dates, names) are passed over.

    >>> [(str(n.value), n.qualifier, n.unit) for n in find_numbers("lebih dari 13.000 orang, Rp3,5 miliar, 5,4 persen")]
    [('13000', 'more-than', 'person'), ('3500000000', 'exact', 'rupiah'), ('5.4', 'exact', 'percent')]
    """
    blocked = sorted(taken)
    found = [
        *(made for match in _NUMBER.finditer(text) if (made := _digits(text, match))),
        *(made for match in _SPELLED.finditer(text) if (made := _spelled(text, match))),
    ]
    found.sort(key=lambda each: each.start)
    return tuple(_free(found, blocked))


def _free(found: Sequence[Number], blocked: Sequence[Span]) -> list[Number]:
    kept: list[Number] = []
    at = 0
    for each in found:
        while at < len(blocked) and blocked[at][1] <= each.start:
            at += 1
        if at < len(blocked) and blocked[at][0] <= each.start:
            continue
        if kept and kept[-1].end > each.start:
            continue
        kept.append(each)
    return kept


def _digits(text: str, match: re.Match[str]) -> Number | None:
    digits = match["digits"].rstrip(".,")
    end = match.end()
    if digits != match["digits"]:
        end = match.start("digits") + len(digits)
    whole = end == match.end()
    before = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    if (
        before
        and before[1].casefold() in quantities().uncounted_before
        and not match["currency"]
    ):
        return None
    scale = match["scale"] if whole else None
    try:
        value = Decimal(read_number(f"{digits} {scale}" if scale else digits, "id"))
    except Unread:
        return None
    qualifier, start = _comparator(text, match.start())
    if match["an"] or (whole and match["scale_an"]):
        qualifier = "about"
    if match["currency"]:
        return _money(text, match, (start, end), value, qualifier)
    if whole and match["percent"]:
        return Number(
            start,
            end,
            text[start:end],
            value,
            qualifier,
            "percent",
            None,
            None,
            "percent",
            0.9,
        )
    unit, counted, rate, unit_end = _unit(text, end)
    if unit is None and _not_counted_after(text, end):
        return None
    if (
        unit is None
        and not scale
        and "," not in digits
        and "." not in digits
        and len(digits) > 6
    ):
        return None  # a telephone or an identity number
    qualifier = _after(text, unit_end, qualifier)
    score = 0.9 if unit else 0.4
    rule = "counted" if unit else "bare"
    if counted and counted.casefold() in quantities().currencies:
        rule = "money"
    return Number(
        start,
        unit_end,
        text[start:unit_end],
        value,
        qualifier,
        unit,
        counted,
        rate,
        rule,
        score,
    )


def _money(
    text: str, match: re.Match[str], span: Span, value: Decimal, qualifier: str
) -> Number:
    start, end = span
    rate, rate_end = _rate(text, end)
    if rate:
        end = rate_end
    unit = quantities().currencies[match["currency"].casefold()]
    return Number(
        start, end, text[start:end], value, qualifier, unit, None, rate, "money", 0.9
    )


def _spelled(text: str, match: re.Match[str]) -> Number | None:
    ones = quantities().spelled
    lead = _WORD_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    if lead and lead[1].casefold() in {
        "seratus",
        "ratus",
        "seribu",
        "ribu",
        "puluh",
        "belas",
    }:
        return (
            None  # the tail of a longer number in words, which would be read too small
        )
    if match["word"]:
        value = ones[match["word"].casefold()]
    elif match["tens"]:
        step = {"belas": 1, "puluh": 10, "ratus": 100}[match["kind"].casefold()]
        tens = ones[match["tens"].casefold()]
        value = tens + 10 if step == 1 else tens * step
        value += ones[match["rest"].casefold()] if match["rest"] else 0
    else:
        return None  # puluhan, ratusan: no number
    unit, counted, rate, end = _unit(text, match.end())
    if unit is None:
        return None
    qualifier, start = _comparator(text, match.start())
    head = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    cued = qualifier != "exact" or (
        head is not None and head[1].casefold() in quantities().cues
    )
    if match["word"] and value == 1 and qualifier == "exact":
        return None  # satu is often an article
    score = 0.8 if cued or not match["word"] else 0.55
    return Number(
        start,
        end,
        text[start:end],
        Decimal(value),
        qualifier,
        unit,
        counted,
        rate,
        "spelled",
        score,
    )


def _comparator(text: str, start: int) -> tuple[str, int]:
    """The code of the comparator before a number, and where it begins."""
    words = [
        (each.group(), each.start())
        for each in re.finditer(r"[^\s,;:()\"“”]+", text[max(0, start - 40) : start])
    ]
    offset = max(0, start - 40)
    tail = text[max(0, start - 1) : start]
    if tail.strip() or not words:
        return "exact", start
    skipped = 0
    if (
        words[-1][0].casefold()
        in {"mencapai", "sebesar", "sebanyak", "senilai", "dari", "sekadar", "menjadi"}
        and len(words) > 1
    ):
        skipped = 1
    for drop in range(skipped + 1):
        rest = words[: len(words) - drop]
        for size in (3, 2, 1):
            if len(rest) < size:
                continue
            phrase = " ".join(word for word, _ in rest[-size:]).casefold()
            code = quantities().comparators.get(phrase)
            if code:
                return code, offset + rest[-size][1]
    return "exact", start


def _after(text: str, end: int, qualifier: str) -> str:
    if qualifier == "exact" and re.match(
        r" lebih\b(?! \w+ dari)", text[end : end + 20]
    ):
        return "more-than"
    return qualifier


def _unit(text: str, end: int) -> tuple[str | None, str | None, str | None, int]:
    """The unit named right after a number, its word in the text, its rate, and where they end."""
    match = _WORDS_AFTER.match(text, end, end + 80)
    if match is None or text[end : end + 1] == ",":
        return None, None, None, end
    words = match[1].split(" ")
    for size in (3, 2, 1):
        phrase = " ".join(words[:size])
        unit = quantities().units.get(phrase.casefold())
        if unit and len(words) >= size:
            unit_end = match.start(1) + len(phrase)
            rate, rate_end = _rate(text, unit_end)
            return unit, phrase, rate, rate_end if rate else unit_end
        money = quantities().currencies.get(phrase.casefold())
        if money and len(words) >= size:
            unit_end = match.start(1) + len(phrase)
            rate, rate_end = _rate(text, unit_end)
            return money, phrase, rate, rate_end if rate else unit_end
    return None, None, None, end


def _rate(text: str, end: int) -> tuple[str | None, int]:
    tail = text[end : end + 16].casefold()
    for word in quantities().rates:
        if tail.startswith(f" {word}"):
            return word, end + 1 + len(word)
    return None, end


def _not_counted_after(text: str, end: int) -> bool:
    match = _WORDS_AFTER.match(text, end, end + 40)
    if match is None:
        return False
    return match[1].split(" ")[0].casefold() in quantities().uncounted_after
