"""A document: the text that is worked upon, and where each character of it stands in the original.

Noise (recommended links, datelines, captions) is cut out of the text before anything reads it, so
that a sentence that such a line parts is whole again. Every position inside the room counts in the
clean text; what goes out counts in the original, by `Document.original_span`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
# A character of a web page may be written in several.


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the clean text that stands as it is in the original, at another place."""

    start: int
    original: int
    length: int


@dataclass(frozen=True, slots=True)
class Noise:
    """A stretch of the original that is no part of what it reports, and what it is instead.

    `kind` is dateline, related, byline, caption, promotion, copyright or advertisement.
    """

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a sentence, by its place in the clean text."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter or a digit."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, by its place in the clean text and the number of its paragraph from 0."""

    start: int
    end: int
    text: str
    paragraph: int
    tokens: tuple[Token, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Document:
    """An article ready to be understood: clean text, sentences, and the way back to the original.

    `published` is the day relative dates count from. `origin` is what the article was read from,
    such as the name of its file; messages name it, nothing opens it. `places_in` says whether the original is
    what the file holds, or the text that was taken from it, as of a PDF.
    """

    text: str
    published: date | None = None
    original: str = ""
    pieces: tuple[Piece, ...] = ()
    noise: tuple[Noise, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    dateline: str | None = None
    outlet: str | None = None
    origin: str = ""
    places_in: Literal["file", "text"] = "file"

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the clean text begins and ends in the original."""
        if not self.pieces:
            return start, end
        if start >= end:
            place = self._original_place(start)
            return place, place
        last = self._original_place(end - 1)
        entity = _ENTITY.match(self.original, last)
        return self._original_place(start), entity.end() if entity else last + 1

    def clean_place(self, original: int) -> int | None:
        """Where a character of the original stands in the clean text; None if it was cut out."""
        if not self.pieces:
            return original
        at = bisect_right(self.pieces, original, key=lambda piece: piece.original) - 1
        if at < 0:
            return None
        piece = self.pieces[at]
        offset = original - piece.original
        return piece.start + offset if offset < piece.length else None

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that covers a place of the clean text."""
        at = bisect_right(self.sentences, place, key=lambda each: each.start) - 1
        if at < 0 or place >= self.sentences[at].end:
            return None
        return self.sentences[at]

    def _original_place(self, place: int) -> int:
        at = bisect_right(self.pieces, place, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(at, 0)]
        # A space that joins two pieces stands for the end of the first.
        return piece.original + min(place - piece.start, piece.length)


@lru_cache(maxsize=65_536)
def lemma(word: str) -> str:
    """The dictionary form of an Indonesian word, in small letters.

    >>> lemma("menggandeng")
    'gandeng'
    """
    import simplemma  # its dictionaries take a moment; only whoever reads articles waits for them

    return simplemma.lemmatize(word.casefold(), lang="id").casefold()
