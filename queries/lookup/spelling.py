"""Names and sentences brought to one spelling, and what the words of `spelling.toml` are for."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simpul.graph_builder.identity import folded, skeleton

LONGEST = 300
"""Characters of a name that are looked at: there are no longer ones, and a text that is read whole costs its length."""

_INITIALS = 12
_BETWEEN_INITIALS = 2
_WORD = re.compile(r"[^\W_]+(?:['’‘`ʼ][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Spelling:
    """What `spelling.toml` says."""

    ordinary: frozenset[str]
    former: tuple[str, ...]
    governments: frozenset[str]
    companies: frozenset[str]
    levels: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]


@cache
def spelling() -> Spelling:
    """Read the file, once."""
    place = files("simpul.queries").joinpath("lookup", "spelling.toml")
    told: dict[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    return Spelling(
        frozenset(
            word for words in told["ordinary"].values() for word in words.split()
        ),
        tuple(told["former"]["marks"]),
        frozenset(told["governments"]["words"]),
        frozenset(told["companies"]["words"]),
        {level: tuple(ways) for level, ways in told["levels"].items()},
        told["english"],
    )


def plain(text: str) -> str:
    """A name as it is compared: folded, initials in a row as one word, letters of other scripts as they look.

    >>> plain("M.S. Hidayat"), plain("B.P.I.P.I."), plain("Kаdin")  # with a Cyrillic a
    ('ms hidayat', 'bpipi', 'kadin')
    """
    text = text[:LONGEST]
    words = (folded(text) if text.isascii() else _as_it_looks(text)).split()
    return " ".join(_with_initials_joined(words))


def is_of_company(text: str) -> bool:
    """Whether a name has the legal form of a company first or last.

    >>> is_of_company("PT Sepatu Bata Tbk"), is_of_company("Kementerian Perindustrian")
    (True, False)
    """
    words = plain(text).split() or [""]
    return not spelling().companies.isdisjoint((words[0], words[-1]))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence from `start` to `end`; `plain` is how it is compared."""

    plain: str
    start: int
    end: int


def words_of(text: str, most: int) -> list[Word]:
    """The words of a sentence in order, at most so many; initials in a row are one.

    >>> [(word.plain, word.start) for word in words_of("Siapa M.S. Hidayat?", 9)]
    [('siapa', 0), ('ms', 6), ('hidayat', 11)]
    """
    found: list[Word] = []
    initials = 0
    for match in _WORD.finditer(text):
        if len(found) >= most:
            break
        word = plain(match[0]).replace(" ", "")
        if not word:
            continue
        follows = found and match.start() - found[-1].end <= _BETWEEN_INITIALS
        if not _is_initial(word):
            initials = 0
        elif initials and follows and initials < _INITIALS:
            before = found[-1]
            found[-1] = Word(before.plain + word, before.start, match.end())
            initials += 1
            continue
        else:
            initials = 1
        found.append(Word(word, match.start(), match.end()))
    return found


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _as_it_looks(text: str) -> str:
    usual = folded(text)
    # An accent is no other script; a letter of another one stands for the letter it looks like.
    return usual if usual.isascii() else skeleton(text)


def _with_initials_joined(words: list[str]) -> list[str]:
    if not any(len(word) == 1 for word in words):
        return words
    joined: list[str] = []
    was_initial = False
    for word in words:
        is_initial = _is_initial(word)
        if is_initial and was_initial:
            joined[-1] += word
        else:
            joined.append(word)
        was_initial = is_initial
    return joined
