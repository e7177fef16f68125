"""Numbers as people write them: 13.000, 55,20, Rp3,33 miliar, 60 thousand.

Indonesian sets off thousands with a point and decimals with a comma, English the other way round.
A text is read where only one reading exists, by its own words (`ribu` is Indonesian, `thousand`
English), or by the notation its ecosystem declares; what is left could mean two numbers and is
refused, never guessed. Where a notation is declared and the text fits only the other one (55.20
under `id`), that single reading holds.

Nothing passes through binary floating point, and no stated digit is lost: 55,20 becomes 55.20.
Separators and magnitudes are those of the CLDR, as Babel has them.
"""

import re
from collections.abc import Mapping
from decimal import Context, Decimal
from functools import cache
from typing import Literal, Self, cast, get_args

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from simpul.ontology import Language, SimpulError, code_lists

Notation = Literal["id", "en"]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)

MAX_DIGITS = 30
"""So many digits a number may have on either side of its decimal mark."""

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,29})")
_PLAIN = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_WRITTEN = re.compile(
    r"(?P<sign>[+\-−]?)\s*"
    r"(?:(?P<currency>Rp\.?|IDR|US\$|USD)\s*)?"
    r"(?P<digits>[0-9](?:[0-9.,]*[0-9])?)"
    r"(?P<no_cents>,[-–—]{1,2})?"  # Rp3.000,- as on price tags
    r"(?:\s*(?P<magnitude>[^\W\d_]+?))??"
    r"(?:\s*(?P<percent>%|persen|percent|per cent))?",
    re.IGNORECASE,
)
_STATED_UNITS = {
    "rp": "rupiah",
    "rp.": "rupiah",
    "idr": "rupiah",
    "us$": "us-dollar",
    "usd": "us-dollar",
}
_OLD_SPELLINGS = {"milyar": 9, "trilyun": 12}
_ABBREVIATIONS = {"rb": 3, "jt": 6}  # not M: miliar in Indonesian, million in English
_EXACT = Context(prec=4 * MAX_DIGITS)


class Unread(SimpulError):
    """A text that cannot be read, or could be read in two ways.

    `code` and `facts` are those of a message in `messages/`.
    """

    def __init__(
        self, text: str, code: str, **facts: str | Mapping[Language, str]
    ) -> None:
        self.text = text
        self.code = code
        self.facts = facts
        told = ", ".join(f"{name}: {fact}" for name, fact in facts.items())
        super().__init__(f"{text!r} cannot be read ({code}{told and f'; {told}'})")


class Ambiguous(Unread):
    """A text with two readings, in the order of `NOTATIONS`."""

    def __init__(self, text: str, code: str, first: str, second: str) -> None:
        self.readings = (first, second)
        super().__init__(text, code, first=first, second=second)


class PlainNumber(str):
    """A number whose file states it as a number: an Excel cell, a JSON number, a Parquet column.

    No notation applies to it: `PlainNumber("13.125")` is 13.125 everywhere. For all other fields
    it is the text it holds.
    """


class Restated(str):
    """A value in its plain form, which remembers the form it was `written` in."""

    written: str

    def __new__(cls, value: str, written: str = "") -> Self:
        """Make one of a plain form; nothing given as `written` means the same."""
        made = super().__new__(cls, value)
        made.written = written or value
        return made


class Figure(Restated):
    """A number in plain digits.

    `unit` is the unit that the written form itself states (rupiah, us-dollar, percent), and
    `magnitude` the word it is multiplied by; both None where the form has none.
    """

    unit: str | None = None
    magnitude: str | None = None


def read_number(text: str, notation: Notation | None = None) -> Figure:
    """Read one number, exactly, to plain digits with a point before decimals.

    Magnitudes are multiplied out; amounts with `Rp` are in rupiah.

    Raises: Ambiguous with both readings; Unread if the text is no number.

    >>> str(read_number("Rp3,33 miliar")), str(read_number("13.000", "id"))
    ('3330000000', '13000')
    """
    text = str(text) if isinstance(text, PlainNumber) else text.strip()
    if _WHOLE.fullmatch(text):
        return Figure(text)
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise _no_number(text)
    currency, word = match["currency"], match["magnitude"]
    language: Notation | None = None
    power = 0
    if word:
        if word.casefold() not in _magnitudes():
            raise _no_number(text)
        language, power = _magnitudes()[word.casefold()]
    elif match["no_cents"] or (match["percent"] or "").casefold() == "persen":
        language = "id"
    rupiah = _STATED_UNITS.get((currency or "").casefold()) == "rupiah"
    sign = "-" if match["sign"] in {"-", "−"} else ""
    try:
        digits = _settle(
            text, match["digits"], language or notation, rupiah and not word
        )
    except Ambiguous as ambiguous:
        first, second = ambiguous.readings
        raise Ambiguous(
            text, ambiguous.code, f"{sign}{first}", f"{sign}{second}"
        ) from None
    if match["no_cents"] and "." in digits:
        raise Unread(text, "bad-number", reason="number-form")
    if any(len(part) > MAX_DIGITS for part in digits.split(".")):
        raise Unread(text, "bad-number", reason="number-too-long")
    figure = Figure(sign + _times(digits, power), text)
    figure.magnitude = word
    if match["percent"]:
        figure.unit = "percent"
    elif currency:
        figure.unit = _STATED_UNITS[currency.casefold()]
    return figure


def read_plain_number(text: PlainNumber) -> Figure:
    """Read a number that is no text in its file.

    Raises: Unread if it is not written in plain digits.
    """
    if not _PLAIN.fullmatch(text):
        raise Unread(text, "bad-number", reason="number-form")
    return Figure(str(text))


def unit_conflict(figure: Figure, unit: str) -> Unread | None:
    """What is wrong between a number and the unit its record gives it, if anything.

    A number that states its own unit needs a record that states the same, and one with a
    magnitude a unit that has none: 3 juta in `million-rupiah` would count the million twice.
    """
    scale = code_lists().unit(unit)
    stated = figure.unit
    if stated and scale.base != stated and not scale.base.startswith(f"{stated}-per-"):
        return Unread(figure.written, "value-in-other-unit", stated=stated, unit=unit)
    if (stated or figure.magnitude) and scale.multiplier != 1:
        return Unread(figure.written, "value-counted-twice", unit=unit, base=scale.base)
    return None


def _settle(text: str, digits: str, notation: Notation | None, in_rupiah: bool) -> str:
    """The one reading of digits with separators, or Ambiguous."""
    readings = {name: read for name in NOTATIONS if (read := _reading(digits, name))}
    if not readings:
        raise Unread(text, "bad-number", reason="number-form")
    if len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    if in_rupiah:
        # Without a magnitude nobody states thousandths of a rupiah, so a notation that reads them
        # here, that of the currency or the declared one, is probably not the one it was written in.
        if "." not in (chosen := readings[notation or "id"]):
            return chosen
        raise Ambiguous(
            text, "ambiguous-amount", *map(_unmistakable, readings.values())
        )
    if notation is None:
        raise Ambiguous(
            text, "ambiguous-number", *map(_unmistakable, readings.values())
        )
    return readings[notation]


def _reading(digits: str, notation: Notation) -> str | None:
    """Plain digits by one notation; None where it does not allow the form."""
    group, decimal = _separators()[notation]
    whole, mark, fraction = digits.partition(decimal)
    first, *others = whole.split(group)
    if others and (first.startswith("0") or len(first) > 3):
        return None
    if any(len(other) != 3 for other in others) or (mark and not fraction.isdigit()):
        return None
    whole = first + "".join(others)
    if not whole.isdigit() or (len(whole) > 1 and whole.startswith("0")):
        return None
    return f"{whole}.{fraction}" if mark else whole


def _unmistakable(reading: str) -> str:
    """The same number in a form that no notation reads otherwise.

    >>> _unmistakable("13.000"), _unmistakable("3.330"), _unmistakable("3.125")
    ('13', '3.33', '3.1250')
    """
    if "." not in reading:
        return reading
    shortest = reading.rstrip("0").rstrip(".")
    return f"{shortest}0" if len(shortest.partition(".")[2]) == 3 else shortest


def _times(digits: str, power: int) -> str:
    return format(_EXACT.scaleb(Decimal(digits), power), "f") if power else digits


def _no_number(text: str) -> Unread:
    has_words = re.search(r"[^\W\d_]", text)
    reason = "number-words" if has_words else "number-form"
    return Unread(text, "bad-number", reason=reason)


@cache
def _separators() -> Mapping[Notation, tuple[str, str]]:
    return {
        name: (get_group_symbol(name), get_decimal_symbol(name)) for name in NOTATIONS
    }


@cache
def _magnitudes() -> Mapping[str, tuple[Notation, int]]:
    """{word: its language and its power of ten}."""
    known: dict[str, tuple[Notation, int]] = {
        word: ("id", power) for word, power in (_OLD_SPELLINGS | _ABBREVIATIONS).items()
    }
    for name in NOTATIONS:
        # Babel has no types for this part of a locale.
        long = cast(
            "Mapping[str, Mapping[str, object]]",
            Locale(name).compact_decimal_formats["long"],
        )
        for size, pattern in long["other"].items():
            word = str(getattr(pattern, "pattern", "")).lstrip("0 \xa0").casefold()
            power = len(size) - 1
            if word and power % 3 == 0:
                known[word] = (name, power)
    return known
