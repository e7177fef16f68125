"""A table of a report: the same cells as CSV for a program and as HTML for a reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from simpul.ontology import Language
from simpul.queries import BYTE_ORDER_MARK, csv_line, guarded

Cell: TypeAlias = str | int | float | bool | None
"""What stands in a table; None and nan are empty."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WRITTEN, _READ = 6, 3  # digits after the point: in CSV, on a page
_FINE = {"density": 4}
"""Columns of small shares, with their digits on a page."""

_POINT = re.compile(r"(?<![\w.])(-?\d+)\.(\d+)(?!\w|\.\d)")


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

    @property
    def numeric_columns(self) -> frozenset[str]:
        """The columns that hold numbers and nothing else."""
        return frozenset(
            name
            for name, cells in zip(self.columns, self._by_column(), strict=True)
            if all(cell is None or _is_number(cell) for cell in cells)
        )

    def csv(self) -> bytes:
        """UTF-8 with a mark, commas, and an apostrophe before text that begins like a formula."""
        whole = [_digits(column, _WRITTEN) == 0 for column in self._by_column()]
        lines = [csv_line(self.columns)]
        lines += [
            csv_line(
                guarded(cell_text(cell, 0 if is_whole else _WRITTEN))
                if isinstance(cell, str)
                else cell_text(cell, 0 if is_whole else _WRITTEN)
                for cell, is_whole in zip(row, whole, strict=True)
            )
            for row in self.rows
        ]
        return (BYTE_ORDER_MARK + "".join(lines)).encode("utf-8")

    def page_rows(self, language: Language) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """The rows that a page shows, each cell as text and whether it is a number.

        A column of whole numbers has no decimals, others have as many in each row.
        """
        digits = [
            _digits(cells, _FINE.get(name, _READ))
            for name, cells in zip(self.columns, self._by_column(), strict=True)
        ]
        return tuple(
            tuple(
                (
                    in_notation(cell_text(cell, places), language)
                    if isinstance(cell, float)
                    else cell_text(cell, places),
                    _is_number(cell),
                )
                for column, cell, places in zip(self.columns, row, digits, strict=True)
                if column not in self.aside
            )
            for row in self.rows[: self.shown]
        )

    def _by_column(self) -> list[Sequence[Cell]]:
        return [[row[place] for row in self.rows] for place in range(len(self.columns))]


def cell_text(cell: Cell, digits: int = _READ) -> str:
    """A cell with so many decimals if it is a fraction, yes or no as true or false.

    >>> cell_text(0.5), cell_text(True), cell_text(None)
    ('0.500', 'true', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # A zero below zero is the zero it rounds to.
        return f"{round(cell, digits) + 0.0:.{digits}f}" if isfinite(cell) else ""
    return _UNSEEN.sub("\ufffd", cell) if isinstance(cell, str) else str(cell)


def in_notation(text: str, language: Language) -> str:
    """The text with its decimal numbers as the language writes them; versions and dates stay.

    >>> in_notation("E-I -0.07, z 2.5.", "id"), in_notation("Simpul 0.1.0", "id")
    ('E-I -0,07, z 2,5.', 'Simpul 0.1.0')
    """
    return _POINT.sub(r"\1,\2", text) if language == "id" else text


def _digits(column: Sequence[Cell], usual: int) -> int:
    """How many decimals the numbers of a column are written with."""
    numbers = (cell for cell in column if isinstance(cell, float) and isfinite(cell))
    return 0 if all(number.is_integer() for number in numbers) else usual


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
