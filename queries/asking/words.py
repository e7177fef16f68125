"""The words of a sentence: where each stands, and how it is compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

LONGEST = 2_000
"""Characters of a question that are read; what is longer is no question."""

_WORD = re.compile(r"[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word from `start` to `end` of a text; `plain` is what it is compared by."""

    plain: str
    start: int
    end: int
    written: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital, as names do."""
        return self.written[:1].isupper()


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; a hyphen parts two words, as an English genitive does.

    >>> [word.plain for word in words_of("Lembaga-lembaga mana?")]
    ['lembaga', 'lembaga', 'mana']
    """
    return tuple(
        Word(plain(match[0]), match.start(), match.end(), match[0])
        for match in _WORD.finditer(text[:LONGEST])
    )


def plain(text: str) -> str:
    """A word without the differences that do not count: case, width, the form of an apostrophe."""
    return normalize("NFKC", text).casefold().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in a row, from the first to before `end`, by place."""

    first: int
    end: int

    def __len__(self) -> int:
        return self.end - self.first

    def holds(self, place: int) -> bool:
        """Whether a word is one of them."""
        return self.first <= place < self.end

    def meets(self, other: "Span") -> bool:
        """Whether they share a word."""
        return self.first < other.end and other.first < self.end

    def within(self, other: "Span") -> bool:
        """Whether all its words are also of the other, which has more."""
        return (
            other.first <= self.first
            and self.end <= other.end
            and len(self) < len(other)
        )


def span_of(words: Iterable[Word], start: int, end: int) -> Span | None:
    """The words that lie in a stretch of the text, or None if no whole word does."""
    places = [
        place
        for place, word in enumerate(words)
        if start <= word.start and word.end <= end
    ]
    return Span(places[0], places[-1] + 1) if places else None
