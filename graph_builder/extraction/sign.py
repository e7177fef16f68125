"""Whether a tie is positive, neutral or negative: that of its kind, unless the words beside it end or undo it."""

from collections.abc import Sequence
from typing import Literal, cast

from .clauses import clauses
from .frames import Frame

SignCode = Literal["positive", "neutral", "negative"]


def sign_of(frame: Frame, words: Sequence[str], first: int, last: int) -> SignCode:
    """The sign of a tie whose trigger stands from token `first` to `last`."""
    undoing = clauses().sign
    if any(word in undoing["negative"] for word in words[max(0, first - 2) : first]):
        return "negative"
    if any(word in undoing["negative_after"] for word in words[last + 1 : last + 6]):
        return "negative"
    return cast("SignCode", frame.sign)
