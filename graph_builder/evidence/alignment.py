"""Alignment: which words a copy prints where its release has others.

Each sentence of a copy is laid beside the sentence of the release that it has most words in common
with, and the words of the two are compared in order. What stands in place of at most five words
is a change; longer runs are counted as reworded, and a sentence without a fellow as its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import LCSseq

LEAST_COMMON = 4
LEAST_SHARE = 0.5
"""Two sentences are fellows from so many words in common, and such a share of the shorter one."""

MOST_WORDS = 5


class ChangeKind(StrEnum):
    """What sort of words were changed."""

    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a release, by their places in its list of words, and what a copy prints instead."""

    kind: ChangeKind
    first: int
    last: int
    words: str
    printed: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a copy stands to its release.

    `kept` are the places of the release's words that the copy has unchanged. `sentences` counts
    those of the release, `dropped` those without a fellow in the copy, `added` those of the copy
    without one in the release, `reworded` the runs too long to be told as a change.
    """

    changes: tuple[Change, ...]
    kept: frozenset[int]
    sentences: int
    dropped: int
    added: int
    reworded: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """`first` is the place of its first word among those of the whole text."""

    first: int
    words: tuple[str, ...]
    folded: tuple[str, ...]


def align(release: str, copy: str) -> Alignment:
    """Lay a copy beside its release. Time grows with the product of their sentences.

    >>> told = "Balai itu berdiri di Desa Kedensari sejak tahun 2008."
    >>> (change,) = align(told, told.replace("Kedensari", "Kedansari")).changes
    >>> change.kind.value, change.words, change.printed
    ('name', 'Kedensari', 'Kedansari')
    """
    ours = tuple(_sentences(release))
    changes: list[Change] = []
    kept: set[int] = set()
    met: set[int] = set()
    added = reworded = 0
    for theirs in _sentences(copy):
        fellow = _fellow(theirs, ours)
        if fellow is None:
            added += 1
            continue
        met.add(fellow.first)
        compared = SequenceMatcher(None, fellow.folded, theirs.folded, autojunk=False)
        for how, a, b, c, d in compared.get_opcodes():
            if how == "equal":
                kept.update(range(fellow.first + a, fellow.first + b))
            elif how == "replace" and max(b - a, d - c) <= MOST_WORDS:
                changes.append(
                    Change(
                        _kind(fellow.words, a, b, theirs.words, c, d),
                        fellow.first + a,
                        fellow.first + b,
                        " ".join(fellow.words[a:b]),
                        " ".join(theirs.words[c:d]),
                    )
                )
            elif how == "replace":
                reworded += 1
    return Alignment(
        changes=tuple(
            sorted(set(changes), key=lambda each: (each.first, each.printed))
        ),
        kept=frozenset(kept),
        sentences=len(ours),
        dropped=len(ours) - len(met),
        added=added,
        reworded=reworded,
    )


def _fellow(sentence: _Sentence, others: Sequence[_Sentence]) -> _Sentence | None:
    """The sentence with most words in common, in their order; the first of equals."""
    best, most = None, 0.0
    for other in others:
        common = LCSseq.similarity(sentence.folded, other.folded)
        shorter = min(len(sentence.words), len(other.words))
        longer = max(len(sentence.words), len(other.words))
        if common >= LEAST_COMMON and common >= LEAST_SHARE * shorter:
            fit = common + common / longer
            if fit > most:
                best, most = other, fit
    return best


def _sentences(text: str) -> Iterator[_Sentence]:
    first = 0
    for line in text.splitlines():
        if _LINK.match(line):
            continue
        for piece in _pieces(line):
            words = tuple(_WORD.findall(piece))
            if words:
                folded = tuple(word.casefold() for word in words)
                yield _Sentence(first, words, folded)
                first += len(words)


def _pieces(line: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(line):
        if end[1] and not _SHORT.fullmatch(end[1]):
            yield line[begin : end.end()]
            begin = end.end()
    yield line[begin:]


def _kind(
    ours: Sequence[str], a: int, b: int, theirs: Sequence[str], c: int, d: int
) -> ChangeKind:
    changed = (*ours[a:b], *theirs[c:d])
    if any(word[0].isdigit() for word in changed):
        beside = (*ours[max(0, a - 1) : b + 1], *theirs[max(0, c - 1) : d + 1])
        dated = any(map(_is_calendar, beside))
        return ChangeKind.DATE if dated else ChangeKind.NUMBER
    sides = (ours[a:b], theirs[c:d])
    if all(any(map(_is_calendar, side)) for side in sides):
        return ChangeKind.DATE
    # The first word of a sentence has a capital whatever it is.
    inner = (ours[max(a, 1) : b], theirs[max(c, 1) : d])
    named = all(any(word[0].isupper() for word in side) for side in inner)
    return ChangeKind.NAME if named else ChangeKind.WORD


def _is_calendar(word: str) -> bool:
    return _CALENDAR.fullmatch(word) is not None


_WORD = re.compile(r"\d+(?:[.,/:-]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LINK = re.compile(r"\s*\(?baca juga\b", re.IGNORECASE)
_END = re.compile(r"""(\w*)[.!?]["”’)]?\s+(?=["“(]?[A-Z0-9])""")
_SHORT = re.compile(
    r"\w|dr|drs|dra|ir|st|se|hj|pt|cv|tbk|tb|jl|jln|no|kab|kec|mr", re.IGNORECASE
)
"""Words that a full stop shortens; so is any single letter."""

_CALENDAR = re.compile(
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    "january|february|march|may|june|july|august|october|december|"
    "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d+[/-]\d+[/-]\d+",
    re.IGNORECASE,
)
