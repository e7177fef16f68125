"""Whether a tie is positive, neutral or negative: that of its kind, unless the words beside it end or undo it."""

from collections.abc import Sequence
from typing import Literal, cast

from ..reading import clauses
from .frames import Frame
from .modality import ModalityCode

_OFF_NEAR = 6
SignCode = Literal["positive", "neutral", "negative"]
_SIGNS: tuple[SignCode, SignCode] = ("positive", "negative")


def sign_of(
    frame: Frame, words: Sequence[str], first: int, last: int, modality: ModalityCode
) -> SignCode:
    """The sign of a tie whose trigger stands from token `first` to `last`.

    What is denied is neutral, unless it was called off or is itself the end of a tie.
    """
    undoing = clauses().sign
    if frame.name == "judgement":
        return _judged(words, last)
    if any(word in undoing["negative"] for word in words[max(0, first - 2) : first]):
        return "negative"
    if any(word in undoing["negative_after"] for word in words[last + 1 : last + 6]):
        return "negative"
    if modality == "denied" and frame.name != "break-off":
        off = undoing["called_off"] & {*words[max(0, first - _OFF_NEAR) : first]}
        return "negative" if off else "neutral"
    return cast("SignCode", frame.sign)


def _judged(words: Sequence[str], last: int) -> SignCode:
    """The sign of the first word of praise or blame behind a judgement; neutral if there is none."""
    said = clauses().ratings
    rest = " ".join(words[last + 1 : last + 40])
    first: dict[SignCode, int] = {
        sign: min((rest.find(f" {each}") for each in said[f"{sign}_judged"] if f" {each}" in rest), default=-1)
        for sign in _SIGNS
    }  # fmt: skip
    there: list[tuple[int, SignCode]] = [
        (place, sign) for sign, place in first.items() if place >= 0
    ]
    return min(there)[1] if there else "neutral"
