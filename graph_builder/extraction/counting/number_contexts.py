"""Units that only the words before a number tell: `jumlah pelamar 3.200`, `mesin berjumlah 8 unit`, an index."""

import re
from dataclasses import replace

from .number_parts import named_unit
from .numbers import Number

_COUNTED_BEFORE = re.compile(
    r"\b(?:jumlah|total|banyaknya|banyak) (?P<noun>[a-z]+(?: [a-z]+)?)(?P<rest>[^.;:()\d]{0,60})$",
    re.IGNORECASE,
)
_NOUN_NUMBER = re.compile(
    r"\b(?P<noun>[^\W\d_]{3,20})(?: [^\W\d_]{2,20}){0,4}? (?:itu |tersebut |yang ada )?"
    r"(?:berjumlah|sebanyak|sejumlah|ada|mencapai|lebih kurang|sekitar)[ ]?(?:sekitar |lebih dari )?$",
    re.IGNORECASE,
)
_HIDES = re.compile(r"\bkulit\b", re.IGNORECASE)
_INDEX = re.compile(r"\b(?:indeks|IKI|PMI|IHK|NTP|NTN|IPM|skor)\b", re.IGNORECASE)
_AT_INDEX = re.compile(
    r"\b(?:nilai|skor|level|posisi|angka|sebesar|mencapai|menjadi|poin|dari|ke|di|pada|target|IKI|PMI|IHK|NTP|NTN|IPM) $",
    re.IGNORECASE,
)
_VAGUE = {"unit", "lembar"}


def with_unit_before(number: Number, head: str) -> Number:
    """A number with the unit that the words before it in the sentence (`head`) tell; as it is if they tell none."""
    if number.unit in _VAGUE:
        return _of_thing(number, head)
    if number.unit is not None:
        return number
    counted = _COUNTED_BEFORE.search(head)
    if counted and number.value == number.value.to_integral_value():
        words = counted["noun"].casefold().split()
        for noun in (" ".join(words), words[0]):
            if unit := named_unit(noun):
                return replace(
                    number, unit=unit, counted=noun, rule="counted", score=0.7
                )
    if number.value < 1000 and _INDEX.search(head[-160:]):
        exact = number.value != number.value.to_integral_value()
        if exact or _AT_INDEX.search(head[-12:]):
            return replace(number, unit="index-point", rule="index", score=0.8)
    return number


def _of_thing(number: Number, head: str) -> Number:
    """`Mesin berjumlah 8 unit` counts machines, and a sheet of leather is a hide."""
    if number.unit == "lembar":
        return replace(number, unit="hide") if _HIDES.search(head) else number
    if (number.counted or "").casefold() != "unit":
        return number
    thing = _NOUN_NUMBER.search(head)
    unit = named_unit(thing["noun"].casefold()) if thing else None
    return (
        replace(number, unit=unit) if unit in {"machine", "business-unit"} else number
    )
