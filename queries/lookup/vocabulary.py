"""The words of all names: which names hold a word, which words begin with some letters or are near to one.

Built in time that grows with the words of the names. A word, and words by their beginning, are found by halving.
Words that differ by a slip are searched among those of about its length, which is done once for a word.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

_REMEMBERED = 2_048
"""Words whose neighbours are kept; all are dropped when there are more, so that nobody can fill the memory."""
_LONGEST = 40
"""Letters of a word for which near ones are searched."""


@dataclass(slots=True)
class Vocabulary:
    """The words of texts, each with the numbers of the texts that hold it, smallest first."""

    words: list[str]
    texts: list[list[int]]
    size: int
    """How many texts there are."""
    _numbers: dict[str, int]
    _by_length: dict[int, list[str]]
    _near: dict[str, tuple[tuple[int, float], ...]] = field(
        default_factory=dict[str, tuple[tuple[int, float], ...]]
    )

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Vocabulary":
        """The vocabulary of some texts."""
        found: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            for word in dict.fromkeys(text.split()):
                found.setdefault(word, []).append(number)
        words = sorted(found)
        by_length: dict[int, list[str]] = {}
        for word in words:
            by_length.setdefault(len(word), []).append(word)
        numbers = {word: number for number, word in enumerate(words)}
        return cls(
            words, [found[word] for word in words], len(texts), numbers, by_length
        )

    def number(self, word: str) -> int | None:
        """The number of a word, if a text holds it."""
        return self._numbers.get(word)

    def beginning(self, letters: str) -> range:
        """The numbers of the words that begin with some letters."""
        first = bisect_left(self.words, letters)
        # No word holds the last of all characters.
        return range(first, bisect_left(self.words, letters + "\U0010ffff", first))

    def weight(self, number: int) -> float:
        """How much a word tells texts apart: the more, the fewer hold it.

        Source: inverse document frequency, Spärck Jones 1972.
        """
        return math.log(1 + self.size / len(self.texts[number]))

    @property
    def most(self) -> float:
        """The weight of a word that no text holds."""
        return math.log(1 + self.size)

    def near(self, word: str) -> tuple[tuple[int, float], ...]:
        """The words that are written like a word, the nearest first, each with its likeness from 0 to 1.

        Words of 4 letters may differ by one slip, of 8 by two: a letter too many, too few, another, or two
        swapped. Words of digits are never near to others.
        """
        known = self._near.get(word)
        if known is None:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            known = self._near[word] = tuple(self._searched(word))
        return known

    def _searched(self, word: str) -> list[tuple[int, float]]:
        allowed = slips_allowed(word)
        if not allowed:
            return []
        found: list[tuple[float, str]] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            choices = self._by_length.get(length, ())
            near = process.extract(
                word,
                choices,
                scorer=OSA.distance,
                processor=None,
                score_cutoff=allowed,
                limit=None,
            )
            for other, slips, _ in near:
                if slips and not _has_digit(other):
                    found.append((1 - slips / max(len(word), len(other)), other))
        found.sort(key=lambda each: (-each[0], each[1]))
        return [(self._numbers[other], likeness) for likeness, other in found]


def slips_allowed(word: str) -> int:
    """How many slips of the keyboard a word may hold and still be known."""
    if not 4 <= len(word) <= _LONGEST or _has_digit(word):
        return 0
    return 2 if len(word) >= 8 else 1


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
