"""Cells folded into the columns of a narrow table: at spaces, else after the marks inside a key, else anywhere."""

import re
from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

_SHORT = 20  # a column of texts no longer than this keeps them whole where it can, as keys are
_WORD = re.compile(r"\S+")
_PIECE = re.compile(r"[^-/_.:#?&=,;|]*[-/_.:#?&=,;|]+|[^-/_.:#?&=,;|]+")


def column_widths(columns: Sequence[Sequence[str]], available: int) -> list[int]:
    """A width for each column of cells, together at most `available`, or 1 each if that is too little.

    Columns are as wide as their cells where there is room. Where there is not, long texts give way first,
    then words that are not whole in as few columns as can be.
    """
    wholes = [max((cell_len(cell) for cell in cells), default=1) for cells in columns]
    words = [_longest(_WORD, cells) for cells in columns]
    pieces = [_longest(_PIECE, cells) for cells in columns]
    if sum(wholes) <= available:
        return wholes
    if sum(words) <= available:
        return _shared(words, wholes, available)
    if sum(pieces) <= available:
        widths = _granted(pieces, words, available)
        phrases = [
            whole if whole <= _SHORT else word
            for word, whole in zip(words, wholes, strict=True)
        ]
        return _shared(widths, phrases, available)
    return _capped(pieces, available)


def folded(text: str, width: int) -> str:
    """A text in lines of at most `width`.

    >>> print(folded("t-bpipi-founding sah", 10))
    t-bpipi-
    founding
    sah
    """
    if cell_len(text) <= width:
        return text
    lines: list[str] = []
    for word in _WORD.findall(text):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        elif cell_len(word) <= width:
            lines.append(word)
        else:
            lines += _broken(word, width)
    return "\n".join(lines)


def _broken(word: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(word):
        if cell_len(lines[-1]) + cell_len(piece) <= width:
            lines[-1] += piece
        else:
            lines += chop_cells(piece, width)
    return [line for line in lines if line]


def _longest(part: re.Pattern[str], cells: Sequence[str]) -> int:
    found = (
        cell_len(piece)
        for cell in cells
        for word in _WORD.findall(cell)
        for piece in part.findall(word)
    )
    return max(found, default=1)


def _shared(least: list[int], wished: list[int], available: int) -> list[int]:
    """What is left over is shared out evenly; a column that can use less leaves the rest to others."""
    widths = list(least)
    spare = available - sum(least)
    order = sorted(range(len(least)), key=lambda place: wished[place] - least[place])
    for done, place in enumerate(order):
        share = min(wished[place] - least[place], spare // (len(order) - done))
        widths[place] += share
        spare -= share
    return widths


def _capped(wished: list[int], available: int) -> list[int]:
    """The widest columns give way, to one common width."""
    cap = max(wished, default=1)
    while cap > 1 and sum(min(wish, cap) for wish in wished) > available:
        cap -= 1
    return [min(wish, cap) for wish in wished]


def _granted(least: list[int], wished: list[int], available: int) -> list[int]:
    """The columns that need least get their whole wish, as many as can; the others nothing yet."""
    widths = list(least)
    spare = available - sum(least)
    for place in sorted(range(len(least)), key=lambda at: wished[at] - least[at]):
        if wished[place] - least[place] > spare:
            break
        spare -= wished[place] - least[place]
        widths[place] = wished[place]
    return widths
