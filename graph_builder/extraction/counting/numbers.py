"""The numbers that an article states: value, comparator, unit, and the words they are said with.

Indonesian notation: 13.000 is thirteen thousand and 55,20 has two decimals. Amounts are multiplied
out, so `Rp3,33 miliar` is 3330000000 rupiah. Years, times, ages, article and telephone numbers,
addresses and lengths of time count nothing and are left out. Of a range (`20–25 ton`) the first is
at least, the last at most; what is said once of two numbers (`dari 220 menjadi 186 unit`) is of both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ...notation import Unread, read_number
from .number_parts import (
    comparator_after,
    comparator_before,
    is_uncounted,
    named_unit,
    rate_after,
    rated,
    thing_after,
    unit_after,
    word_before,
)
from .number_words import NumberWords, find_number_words
from .quantities import quantities

Span = tuple[int, int]

_NUMBER = re.compile(
    r"(?:(?<![\w.,/:-])(?<![0-9]±)|(?<=[0-9]-))(?:(?P<currency>Rp\.?|IDR|US\$|AS\$|USD|\$|EUR|SGD|JPY|RM|€|¥) ?)?"
    r"(?P<digits>[0-9][0-9.,]{0,40})(?P<an>-an\b)?"
    r"(?: ?(?P<scale>(?i:ribu|juta|miliar|milyar|triliun|trilyun|jt|rb)|(?<=[0-9 ])[MT](?= |[.,;)]|$))(?P<scale_an>an)?\b)?"
    r"(?:(?P<percent> ?%)|(?=/[a-z])|(?![\w/:]))"
)
_SHORT = {"M": "miliar", "T": "triliun"}
_POWERS = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "m": 9, "triliun": 12, "trilyun": 12, "t": 12,
}  # fmt: skip
_TO = re.compile(r" ?[-–—] ?| (?:hingga|sampai(?: dengan)?|s/d|s\.d\.|sd) ")
_AND = re.compile(
    r",? (?:dan|serta|atau|menjadi|ke|lalu) (?:sekitar |sebanyak |sebesar )?"
)
_FROM_TO = re.compile(
    r"[^.;:0-9]{0,40} (?:menjadi|(?:naik|turun|meningkat|menurun|melonjak|anjlok|tumbuh|dibanding|dibandingkan)(?: dari)?)"
    r" (?:sekitar |sebanyak |sebesar |hanya |tinggal )?"
)
_DASHES = {"-", "–", "—", " - ", " – "}
_AMOUNT = re.compile(r"(?:Rp\.? ?|US\$ ?|USD ?)?[0-9a-z]", re.IGNORECASE)
_ENDS = re.compile(
    r"[ ]?(?:[.,;:)\"”]|$)|,? (?:di|pada|untuk|dari|dan|atau|yang|dengan|selama|per|dalam|hingga|pada|kepada|lebih)\b"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text; `end` covers its unit and its rate, where they stand beside it.

    `value` is exact. `qualifier` is a code of the ontology's comparators. `unit` is None where the
    text names none; `counted` is the word that names it there, `rate` as in `per tahun`. `power` is
    that of the ten by which a word such as `juta` multiplied the digits.
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
    power: int = 0


def find_numbers(text: str, taken: Sequence[Span] = ()) -> tuple[Number, ...]:
    """The counting numbers of a text in their order; those inside `taken` spans (dates, names) are passed over.

    >>> [(str(n.value), n.qualifier, n.unit) for n in find_numbers("lebih dari 13.000 orang, Rp3,5 miliar, 5,4 persen")]
    [('13000', 'more-than', 'person'), ('3500000000', 'exact', 'rupiah'), ('5.4', 'exact', 'percent')]
    """
    blocked = sorted(taken)
    found = [
        *(made for match in _NUMBER.finditer(text) if (made := _digits(text, match))),
        *(made for each in find_number_words(text) if (made := _spelled(text, each))),
    ]
    found.sort(key=lambda each: each.start)
    return tuple(_joined(text, _free(found, blocked)))


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


def _joined(text: str, found: Sequence[Number]) -> Iterator[Number]:
    """The numbers, those of a range or a pair given what is said of them once."""
    made = list(found)
    for at, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        if len(between) > 60:
            continue
        last = other
        if other.unit is None and one.rule == "money" and between in _DASHES:
            last = _with_unit_of(other, one)  # Rp25-60 juta
        same = one.unit is None or one.unit == last.unit
        if last.unit and same and _is_range(text, last, between):
            first = _with_unit_of(one, last)
            if first.value < last.value:
                made[at] = replace(first, qualifier="at-least")
                made[at + 1] = replace(last, qualifier="at-most")
        elif one.unit is None and other.unit and _AND.fullmatch(between):
            if not _is_year(one):
                made[at] = _with_unit_of(one, other)
        elif (
            other.unit is None
            and made[at].unit
            and _FROM_TO.fullmatch(between)
            and not _is_year(other)
            and _ENDS.match(text, other.end)
        ):
            made[at + 1] = replace(_with_unit_of(other, made[at]), score=0.6)
    yield from made


def _is_range(text: str, last: Number, between: str) -> bool:
    """Whether a number is the end of a range; its words may count as the comparator of the number."""
    said = between + text[last.start : last.start + 24]
    match = _TO.match(said)
    return (
        match is not None
        and match.end() >= len(between)
        and _AMOUNT.match(said, match.end()) is not None
    )


def _with_unit_of(number: Number, other: Number) -> Number:
    """A number with the unit of another; with its scale too, where only the other names one and it is the larger."""
    value = number.value
    if (
        not number.power
        and other.power
        and value.scaleb(other.power) < other.value * 20
    ):
        value = value.scaleb(other.power)
    return replace(
        number,
        value=value,
        unit=other.unit,
        counted=other.counted,
        rate=other.rate,
        rule=other.rule if other.rule != "spelled" else "counted",
        score=min(other.score, 0.8),
    )


def _is_year(number: Number) -> bool:
    return number.surface.isdigit() and 1800 <= number.value <= 2100


def _digits(text: str, match: re.Match[str]) -> Number | None:
    digits = match["digits"].rstrip(".,")
    end = match.end()
    whole = digits == match["digits"]
    if not whole:
        end = match.start("digits") + len(digits)
        end += 2 * text.startswith((",-", ",–"), end)
    scale = match["scale"] if whole else None
    if scale in _SHORT and not match["currency"]:
        scale, end = None, match.end("digits")
    try:
        word = _SHORT.get(scale or "", scale)
        value = Decimal(read_number(f"{digits} {word}" if word else digits, "id"))
    except Unread:
        return None
    power = _POWERS[scale.casefold()] if scale else 0
    qualifier, start = comparator_before(text, match.start())
    if match["an"] or (whole and match["scale_an"]):
        qualifier = "about"
    if match["currency"]:
        return _money(text, match["currency"], (start, end), value, qualifier, power)
    if whole and match["percent"]:
        surface = text[start:end]
        return Number(
            start, end, surface, value, qualifier, "percent", None, None, "percent", 0.9
        )
    if is_uncounted(text, match.start(), end):
        return None
    unit = unit_after(text, end)
    if unit.code is None and power < 9 and value == value.to_integral_value():
        unit = thing_after(text, end)
    code, score = unit.code, unit.score if unit.code else 0.4
    rule = "counted" if code else "bare"
    if unit.word and unit.word.casefold() in quantities().currencies:
        rule = "money"
    if code is None and power >= 9 and _ENDS.match(text, end):
        # Nothing but money is told in bare miliar and triliun.
        code, rule, score = "rupiah", "money", 0.6
    if code is None and not scale and digits.isdigit() and len(digits) > 6:
        return None  # a telephone or an identity number
    qualifier = comparator_after(text, unit.end, comparator_after(text, end, qualifier))
    return Number(
        start, unit.end, text[start : unit.end], value, qualifier, code, unit.word, unit.rate, rule, score, power,
    )  # fmt: skip


def _money(
    text: str, currency: str, span: Span, value: Decimal, qualifier: str, power: int
) -> Number:
    start, end = span
    qualifier = comparator_after(text, end, qualifier)
    rate, end = rate_after(text, end)
    unit = rated(quantities().currencies[currency.casefold()], rate)
    return Number(
        start, end, text[start:end], value, qualifier, unit, None, rate, "money", 0.9, power,
    )  # fmt: skip


def _spelled(text: str, words: NumberWords) -> Number | None:
    unit = unit_after(text, words.end)
    if unit.code is None and not words.plain and words.value < 10**9:
        unit = thing_after(text, words.end)
    if unit.code is None and words.value >= 10**9 and _ENDS.match(text, words.end):
        unit = replace(unit, code="rupiah", score=0.7)
    qualifier, start = comparator_before(text, words.start)
    follows = _TO.match(text, words.end) or _AND.match(text, words.end)
    if (unit.code is None and not (follows and follows[0] != ", ")) or is_uncounted(
        text, words.start, words.end
    ):
        return None
    if words.value == 1 and qualifier == "exact":
        return None  # satu is often an article
    before = word_before(text, words.start)
    if words.plain and qualifier == "exact":
        # Warga dua kampung tells whose they are, and dua anggota AIS begins their names.
        named = re.match(r" [A-Z]", text[unit.end : unit.end + 2])
        if named_unit(before) == "person" or (named and text[words.start].isupper()):
            return None
    cued = qualifier != "exact" or before in quantities().cues
    score = unit.score - 0.1 if cued or not words.plain else 0.55
    rule = "spelled"
    if unit.code in quantities().currencies.values():
        rule = "money"
    return Number(
        start, unit.end, text[start : unit.end], words.value, comparator_after(text, unit.end, qualifier),
        unit.code, unit.word, unit.rate, rule, score,
    )  # fmt: skip
