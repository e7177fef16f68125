"""Numbers written in words: `dua puluh lima`, `seribu`, `tiga setengah juta`, `lima koma dua`.

A number is read as far as its words go on, so that its tail is never taken for a smaller number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
_SMALL_STEPS = {"belas", "puluh", "ratus"}
_SCALES = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12}
_JOINED = {
    "sepuluh": ("satu", "puluh"), "sebelas": ("satu", "belas"), "seratus": ("satu", "ratus"),
    "seribu": ("satu", "ribu"), "sejuta": ("satu", "juta"), "semiliar": ("satu", "miliar"),
    "setriliun": ("satu", "triliun"),
}  # fmt: skip
_WORD = "(?:" + "|".join([*_ONES, *_SMALL_STEPS, *_SCALES, *_JOINED]) + ")"
# Twenty words are more than any number has; the bound keeps hostile text from being read whole.
_WRITTEN = re.compile(
    rf"(?<![\w-])(?P<words>{_WORD}(?:[ ]{_WORD}){{0,20}}(?: koma(?: (?:nol|{'|'.join(_ONES)})\b){{1,4}})?"
    rf"(?P<half> setengah)?(?P<scale> (?:{'|'.join(_SCALES)}))?)(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A number in words and its place; `plain` if it is one word from satu to sembilan."""

    start: int
    end: int
    value: Decimal
    plain: bool


def find_number_words(text: str) -> Iterator[NumberWords]:
    """The numbers in words of a text, in its order.

    >>> [str(each.value) for each in find_number_words("seribu dua ratus orang dan tiga setengah juta ton")]
    ['1200', '3500000']
    """
    for match in _WRITTEN.finditer(text):
        value = _value(match["words"].casefold().split())
        if value is not None:
            plain = match["words"].casefold() in _ONES
            yield NumberWords(match.start(), match.end(), value, plain)


def _value(words: list[str]) -> Decimal | None:
    """What the words say together; None where they are no one number (`ratus`, `dua tiga`)."""
    flat = [part for word in words for part in _JOINED.get(word, (word,))]
    scale = 0
    if flat[-1] in _SCALES and ("koma" in flat or "setengah" in flat):
        scale = _SCALES[flat.pop()]
    fraction = Decimal(0)
    if flat[-1] == "setengah":
        flat.pop()
        fraction = Decimal("0.5")
    elif "koma" in flat:
        at = flat.index("koma")
        digits = "".join(str(_ONES.get(word, 0)) for word in flat[at + 1 :])
        flat, fraction = flat[:at], Decimal(f"0.{digits}")
    whole = _whole(flat)
    if whole is None:
        return None
    value = (whole + fraction) * Decimal(10**scale)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _whole(words: list[str]) -> int | None:
    total, group = 0, 0
    one: int | None = None
    for word in words:
        if word in _ONES:
            if one is not None:
                return None
            one = _ONES[word]
        elif word in _SMALL_STEPS:
            if one is None:
                return None
            group += one + 10 if word == "belas" else one * _power(word)
            one = None
        else:
            group += one or 0
            if not group:
                return None
            total += group * 10 ** _SCALES[word]
            group, one = 0, None
    return total + group + (one or 0)


def _power(word: str) -> int:
    return 10 if word == "puluh" else 100
