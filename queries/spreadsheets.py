"""Cells as a spreadsheet may open them: no text runs as a formula, and none falls apart at a mark in it."""

import re
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile('[",;\t\n\r]|^ | $')


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if it begins like a formula.

    So does text in which that follows on apostrophes: taking one away gives back every text.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("plain")
    ("'=1+1", "''=1+1", 'plain')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def csv_line(cells: Iterable[str]) -> str:
    """A line of CSV, a cell in quotes where it needs them.

    The csv module forgets those round a lone return. A semicolon needs them too, since spreadsheets in many
    countries would split the cell at it.
    """
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
