"""Sentences: a clean text parted where a sentence ends, and not after Dr., PT., Tbk., Jl. or S.T."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from .document import Sentence
from .tokens import tokenize

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.\-/&]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{0,4}")
_LONGEST_WORD = 24


@cache
def _words(name: str) -> frozenset[str]:
    place = files("simpul.graph_builder").joinpath(
        "extraction", "words", "sentences.toml"
    )
    table: dict[str, str] = tomllib.loads(place.read_text(encoding="utf-8"))
    return frozenset(table[name].split())


def abbreviations() -> frozenset[str]:
    """Words that a dot follows without ending a sentence, in small letters."""
    return _words("abbreviations")


def openers() -> frozenset[str]:
    """Words that open sentences and no names, in small letters."""
    return _words("openers")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a clean text; each line is a paragraph of its own.

    >>> [s.text for s in split_sentences("Dr. Ir. Budi, S.T. datang ke PT. Maju. Ia bicara.")]
    ['Dr. Ir. Budi, S.T. datang ke PT. Maju.', 'Ia bicara.']
    """
    found: list[Sentence] = []
    for paragraph, line in enumerate(_LINE.finditer(text)):
        start = line.start()
        for end in (*_ends(text, line.start(), line.end()), line.end()):
            if sentence := _sentence(text, start, end, paragraph):
                found.append(sentence)
            start = end
    return tuple(found)


def _sentence(text: str, start: int, end: int, paragraph: int) -> Sentence | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    words = text[start:end]
    return Sentence(start, end, words, paragraph, tokenize(words, start))


def _ends(text: str, start: int, end: int) -> list[int]:
    ends: list[int] = []
    for match in _STOP.finditer(text, start, end):
        after = match.end()
        while after < end and text[after].isspace():
            after += 1
        if after < end and _is_end(text, match, after):
            ends.append(match.end())
    return ends


def _is_end(text: str, match: re.Match[str], after: int) -> bool:
    following = text[after]
    if following.islower() or following in ",;:)":
        return False
    if match[0] != ".":
        # A closing quotation mark, then a name: '"… baik." Ia pergi.' ends; '"…!" Budi' does too.
        return True
    before = _LAST_WORD.search(
        text, max(match.start() - _LONGEST_WORD, 0), match.start()
    )
    if before is None:
        return True
    word = before[0]
    if not _keeps_dot(word):
        return True
    if word.casefold() in _words("titles"):
        return False
    next_word = re.match(r"\w+", text[after : after + _LONGEST_WORD])
    return next_word is not None and next_word[0].casefold() in openers()


def _keeps_dot(word: str) -> bool:
    """Whether a dot after a word may belong to it: an initial, a degree, an abbreviation."""
    plain = word.casefold().strip(".")
    if plain in abbreviations():
        return True
    if len(plain) == 1 and plain.isalpha():
        return True
    return "." in word and bool(_DOTTED.fullmatch(word))
