"""Phrases of a lexicon as patterns over words: `a/b` either, `sedang*` a beginning, `..` up to three words between."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .words import Span, words_of

NUMBER = "{n}"
GAP = ".."
_GAP = r"(?:[^ ]+ ){0,3}?"

Meaning = TypeVar("Meaning", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Meaning]):
    """Many phrases, each with what it means, found in one pass for each meaning."""

    patterns: Mapping[Meaning, re.Pattern[str]]

    @classmethod
    def of(
        cls, phrases: Mapping[Meaning, Iterable[str]], numbers: Iterable[str] = ()
    ) -> "Phrases[Meaning]":
        """Compile phrases; of two that begin at one word, the longer is tried first.

        `{n}` is a number in digits, or one of the words `numbers`.
        """
        number = "|".join(["[0-9]+", *map(re.escape, sorted(numbers))])
        patterns: dict[Meaning, re.Pattern[str]] = {}
        for meaning, some in phrases.items():
            longest_first = sorted(some, key=lambda each: (-len(each.split()), each))
            either = "|".join(_pattern(each, number) for each in longest_first)
            if either:
                patterns[meaning] = re.compile(rf"(?<= )(?:{either})")
        return cls(patterns)

    def find(
        self, words: Iterable[str]
    ) -> Iterator[tuple[Meaning, Span, re.Match[str]]]:
        """Each meaning with the words that carry it, in the order of meanings, then of words."""
        listed = list(words)
        line, starts, at = " ", dict[int, int](), 1
        for place, word in enumerate(listed):
            starts[at] = place
            line += f"{word} "
            at += len(word) + 1
        for meaning, pattern in self.patterns.items():
            for match in pattern.finditer(line):
                first = starts[match.start()]
                # A phrase ends with the space after its last word.
                yield meaning, Span(first, first + match[0].count(" ")), match


def literals(phrases: Iterable[str]) -> Iterator[str]:
    """The whole words that phrases are made of."""
    for phrase in phrases:
        for part in _parts(phrase):
            if part not in (GAP, NUMBER):
                yield from (word for word in part.split("/") if not word.endswith("*"))


def _parts(phrase: str) -> list[str]:
    """The words of a phrase, hyphens parted as in a sentence.

    >>> _parts("co-organi* .. {n} a/b")
    ['co', 'organi*', '..', '{n}', 'a/b']
    """
    parts: list[str] = []
    for part in phrase.split():
        if part in (GAP, NUMBER) or "/" in part or part.endswith("*"):
            *before, last = part.split("-")
            parts += [*before, last]
        else:
            parts += [word.plain for word in words_of(part)]
    return parts


def _pattern(phrase: str, number: str) -> str:
    pieces: list[str] = []
    for part in _parts(phrase):
        if part == GAP:
            pieces.append(_GAP)
        elif part == NUMBER:
            pieces.append(f"({number}) ")
        else:
            words = (
                re.escape(word[:-1]) + "[^ ]*"
                if word.endswith("*")
                else re.escape(word)
                for word in part.split("/")
            )
            pieces.append(f"(?:{'|'.join(words)}) ")
    return "".join(pieces)
