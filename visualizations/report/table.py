"""A table of a report: the same cells as CSV for a program and as HTML for a reader."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | None
"""What stands in a table; None and nan are empty."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile('[",;\t\n\r]|^ | $')
_BOM = "\ufeff"  # without it spreadsheets read UTF-8 as something else


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column codes. `key` names its file and its caption; `shown` is how many rows a page shows.

    A page leaves out the columns `aside`, which programs need more than readers do.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shown: int | None = None
    aside: tuple[str, ...] = ()

    @property
    def page_columns(self) -> tuple[str, ...]:
        """The columns that a page shows."""
        return tuple(each for each in self.columns if each not in self.aside)

    def csv(self) -> bytes:
        """UTF-8 with a mark, commas, and an apostrophe before text that begins like a formula."""
        lines = [list(self.columns)]
        lines += [[_guarded(cell) for cell in row] for row in self.rows]
        return (_BOM + "".join(map(_line, lines))).encode("utf-8")

    def page_rows(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """The rows that a page shows, each cell as text and whether it is a number."""
        return tuple(
            tuple(
                (cell_text(cell), _is_number(cell))
                for column, cell in zip(self.columns, row, strict=True)
                if column not in self.aside
            )
            for row in self.rows[: self.shown]
        )


def cell_text(cell: Cell) -> str:
    """A cell as it is written everywhere: four decimals, yes or no as true or false.

    >>> cell_text(0.5), cell_text(True), cell_text(None)
    ('0.5000', 'true', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # A zero below zero is the zero it rounds to.
        return f"{round(cell, 4) + 0.0:.4f}" if isfinite(cell) else ""
    return _UNSEEN.sub("\ufffd", cell) if isinstance(cell, str) else str(cell)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _guarded(cell: Cell) -> str:
    text = cell_text(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
