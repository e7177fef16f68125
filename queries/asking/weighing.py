"""Signs and resemblance weighed against each other: how likely it is that a question means each entry, or none.

A log-linear model of a few weights, which were fitted to labelled phrasings; `benchmarks/asking.py` tells how well
it does on others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

SIGNS, SIGNS_AGAINST = 0.23, 0.27
"""The weight of a point of the signs for an entry, and of one against it."""
MOST_SIGNS, MOST_AGAINST = 7.0, 8.0
DOES_NOT_FIT = -0.25
SURE_BY_SIGNS = 1.8
ALIKE, VERY_ALIKE = 8.0, 0.7
"""The weight of the share of an entry, and of what of it is above `_FROM`."""
_FROM = 0.4
UNFILLED = -0.4
PARTY_UNUSED = -3.0
"""The weight of a body or person that the question names and the entry has no use for."""

NONE = 1.2
NONE_ALIKE = 3.2
NOT_ALIKE = -0.5
STRANGE_NAME = 1.5
STRANGE_WORD, LOOSE_WORD = 0.3, 0.5
MOST_WORDS = 4
STRANGE_KEY = 2.0
DANGLING = 1.0
UNANSWERABLE = 9.0
"""The weight of a word for something that no graph of claims holds, such as what will be."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What tells of one entry: points of its signs, whether it fits them and they are sure of it, and how alike it is."""

    points: float
    fits: bool
    is_sure: bool
    share: float
    missing: int
    unused: int

    @property
    def weight(self) -> float:
        """What speaks for it."""
        above = min(max(self.points, 0.0), MOST_SIGNS)
        below = min(max(-self.points, 0.0), MOST_AGAINST)
        return (
            SIGNS * above
            - SIGNS_AGAINST * below
            + (0.0 if self.fits else DOES_NOT_FIT)
            + (SURE_BY_SIGNS if self.is_sure else 0.0)
            + ALIKE * self.share
            + VERY_ALIKE * max(self.share - _FROM, 0.0)
            + UNFILLED * self.missing
            + PARTY_UNUSED * self.unused
        )


@dataclass(frozen=True, slots=True)
class Against:
    """What tells that no entry is meant.

    `share` is that of phrasings that nothing answers, `most` the largest of the entries; words count
    that were not understood: names, words that no phrasing has either, and others.
    """

    share: float
    most: float
    names: int
    strange: int
    loose: int
    keys: int
    dangling: int
    unanswerable: int

    @property
    def weight(self) -> float:
        """What speaks for no entry at all."""
        return (
            NONE
            + NONE_ALIKE * self.share
            + NOT_ALIKE * self.most
            + STRANGE_NAME * self.names
            + STRANGE_WORD * min(self.strange, MOST_WORDS)
            + LOOSE_WORD * min(self.loose, MOST_WORDS)
            + STRANGE_KEY * self.keys
            + DANGLING * self.dangling
            + UNANSWERABLE * self.unanswerable
        )


def chances(entries: Sequence[Weighed], against: Against) -> tuple[float, ...]:
    """How likely each entry is meant, from 0 to 1; what is left is the chance that none is."""
    return _shares([each.weight for each in entries], against.weight)


def _shares(weights: Sequence[float], other: float) -> tuple[float, ...]:
    top = max([*weights, other])
    raised = [exp(weight - top) for weight in weights]
    total = sum(raised) + exp(other - top)
    return tuple(round(each / total, 3) for each in raised)
