"""Cleaning: an article without its noise, as a document with the way back to the original."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from ...evidence.articles import normalised
from .document import Document, Noise, Piece
from .noise import find_noise
from .splitting import split_sentences

_LINE = re.compile(r"[^\n]+")
_FEWEST_WRAPPED = 5
_SHORTEST_WRAPPED = 40
_LONGEST_WRAPPED = 130
_ENDS_SENTENCE = (".", "!", "?", '"', "”", ":", "…")
_FEWEST_WORDS = 5


def prepare(text: str, published: date | None = None, origin: str = "") -> Document:
    """A document made ready: normalised, noise cut out, sentences that a link line parted whole again.

    >>> document = prepare("Balai itu didirikan Pemprov,\\nBACA JUGA:Harga gula\\nPemkab, dan asosiasi.")
    >>> document.text
    'Balai itu didirikan Pemprov, Pemkab, dan asosiasi.'
    >>> start = document.text.index("Pemkab")
    >>> document.original_span(start, start + 6)
    (50, 56)
    """
    original = normalised(text)
    found = find_noise(original)
    clean, pieces = _clean(original, found.noise)
    return Document(
        clean,
        published,
        original,
        pieces,
        found.noise,
        split_sentences(clean),
        found.dateline,
        origin=origin,
    )


def _clean(original: str, noise: Sequence[Noise]) -> tuple[str, tuple[Piece, ...]]:
    """The text that is left, lines joined where a sentence runs on, and its pieces."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    lines = _lines(original, noise)
    wrapped = _is_wrapped(original)
    before: tuple[str, int] | None = None  # the line before, and where it ended
    starts = [each.start for each in noise]
    for start, end in lines:
        line = original[start:end]
        if before is not None:
            cut = _noise_between(starts, before[1], start)
            gap = original[before[1] : start]
            same_line = "\n" not in gap
            joins = same_line or _runs_on(
                before[0], line, cut=cut, wrapped=wrapped, blank=gap.count("\n") > 1
            )
            joiner = " " if joins else "\n"
            texts.append(joiner)
            length += 1
        pieces.append(Piece(length, start, end - start))
        texts.append(line)
        length += end - start
        before = (line, end)
    return "".join(texts), tuple(pieces)


def _lines(original: str, noise: Sequence[Noise]) -> list[tuple[int, int]]:
    """What is left of each line, without the white space around it."""
    left: list[tuple[int, int]] = []
    at = 0
    for match in _LINE.finditer(original):
        start = match.start()
        while at < len(noise) and noise[at].end <= start:
            at += 1
        here = at
        while here < len(noise) and noise[here].start < match.end():
            _add(original, start, noise[here].start, left)
            start = max(start, noise[here].end)
            here += 1
        _add(original, start, match.end(), left)
    return left


def _add(original: str, start: int, end: int, left: list[tuple[int, int]]) -> None:
    while start < end and original[start].isspace():
        start += 1
    while end > start and original[end - 1].isspace():
        end -= 1
    if start < end:
        left.append((start, end))


def _noise_between(starts: Sequence[int], end: int, start: int) -> bool:
    at = bisect_left(starts, end)
    return at < len(starts) and starts[at] < start


def _runs_on(before: str, line: str, *, cut: bool, wrapped: bool, blank: bool) -> bool:
    """Whether a sentence of the line before goes on in this one."""
    last = before[-1]
    if last in ",-–" or (line[0].islower() and last not in ".!?:;"):
        return True
    if last in _ENDS_SENTENCE:
        return False
    if cut:
        return len(before.split()) >= _FEWEST_WORDS and not blank
    return wrapped and not blank


def _is_wrapped(original: str) -> bool:
    """Whether lines were broken at a width, as in the text of a PDF, and are no paragraphs."""
    lines = [line.strip() for line in original.split("\n", 400)[:400] if line.strip()]
    if len(lines) < _FEWEST_WRAPPED:
        return False
    broken = [
        line
        for line in lines
        if _SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED
        and not line.endswith(_ENDS_SENTENCE)
    ]
    return 2 * len(broken) > len(lines) and max(map(len, lines)) <= _LONGEST_WRAPPED
