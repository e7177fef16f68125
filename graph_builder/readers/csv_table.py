"""CSV: UTF-8, with `,`, `;` or tab between cells, whichever the headings use.

Spreadsheets in Indonesian write `;`. Rows are read one at a time and the file is never in memory as
a whole. A row has as many cells as there are headings. Where quoting goes wrong, reading ends, since
nobody can say any more what is a cell; rows swallowed by a quote that was left open are noticed.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NoReturn

from ..fields import KEY
from ..problems import Fact, FieldPath, Problem
from .headings import BadHeading, headings_of
from .plan import Cell
from .raw import RawRecord
from .tabular import MAX_COLUMNS, Row, Table, records_of

DELIMITERS = (",", ";", "\t")
MAX_ROW_BYTES = 2_000_000


def read_csv(path: Path, table: Table) -> Iterator[RawRecord | Problem]:
    """The records of a CSV file, with their problems, one at a time."""
    return records_of(_rows(path, table), table)


class _Stop(Exception):
    """The rest of the file cannot be read, because of `problem`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


class _Lines:
    """The lines of a file as text, with those of the present row kept."""

    def __init__(self, path: Path, table: Table) -> None:
        self._path = path
        self._table = table
        self.count = 0
        self.row = 1
        self.kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        size = 0
        with self._path.open("rb") as file:
            while line := file.readline(MAX_ROW_BYTES + 1):
                self.count += 1
                size = len(line) + (size if self.kept else 0)
                if size > MAX_ROW_BYTES:
                    self.stop("row-too-long", limit=MAX_ROW_BYTES)
                try:
                    text = line.decode("utf-8")
                except UnicodeDecodeError as error:
                    byte = f"0x{line[error.start]:02x}"
                    self.stop("not-utf8-table", byte=byte, at=self.count)
                if self.count == 1:
                    text = text.removeprefix("\ufeff")
                self.kept.append(text)
                yield text

    def stop(self, code: str, **facts: Fact) -> NoReturn:
        """Read no further. Raises: _Stop."""
        raise _Stop(self._table.problem(code, self.row, facts))


def _rows(path: Path, table: Table) -> Iterator[Row | Problem]:
    lines = _Lines(path, table)
    try:
        yield from _cells(lines, table)
    except _Stop as stop:
        yield stop.problem
    except OSError as error:
        detail = error.strerror or str(error)
        yield table.problem("unreadable-file", None, {"detail": detail})


def _cells(lines: _Lines, table: Table) -> Iterator[Row | Problem]:
    texts = iter(lines)
    top = _first_row(texts, lines)
    if top is None:
        return
    delimiter = _delimiter(top, table)
    reader = csv.reader(chain([top], texts), delimiter=delimiter, strict=True)
    width, key = 0, -1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse(error, lines)
        if not width:
            width, key = len(cells), _key_column(cells, table)
        elif len(lines.kept) > 1 and key >= 0:
            _look_for_swallowed_rows(lines, delimiter, width, key)
        if len(cells) in (width, 0) or cells[0].startswith("#"):
            yield lines.row, list[Cell](cells)
        else:
            facts: dict[str, Fact] = {"count": len(cells), "expected": width}
            yield table.problem("ragged-row", lines.row, facts)
        lines.kept.clear()
        lines.row += 1


def _first_row(texts: Iterator[str], lines: _Lines) -> str | None:
    """The line of the headings: the first that is neither empty nor a comment."""
    for text in texts:
        if text.strip() and not text.startswith("#"):
            if "\0" in text:
                lines.stop("not-utf8-table", byte="0x00", at=lines.count)
            return text
        lines.kept.clear()
        lines.row += 1
    return None


def _delimiter(top: str, table: Table) -> str:
    """The delimiter by which most headings mean something."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([top], delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        known = sum(_meant(cell, table) is not None for cell in cells[:MAX_COLUMNS])
        return (known, len(cells))

    return max(DELIMITERS, key=fit)


def _meant(heading: str, table: Table) -> FieldPath | None:
    try:
        return headings_of(table.model, table.child).find(heading)
    except BadHeading:
        return None


def _key_column(cells: list[str], table: Table) -> int:
    paths = [_meant(cell, table) for cell in cells[:MAX_COLUMNS]]
    return paths.index((table.key,)) if (table.key,) in paths else -1


def _look_for_swallowed_rows(
    lines: _Lines, delimiter: str, width: int, key: int
) -> None:
    """Stop if a cell of several lines holds lines that are rows themselves.

    A quote left open may meet another one much later, in a place that makes a row of the right
    width, and take every row between for one cell.
    """
    for line in lines.kept[1:]:
        cells = next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE))
        if len(cells) == width and KEY.fullmatch(cells[key].strip().strip('"')):
            lines.stop("open-quote", at=lines.count - len(lines.kept) + 1)


def _refuse(error: csv.Error, lines: _Lines) -> NoReturn:
    at = lines.count - len(lines.kept) + 1
    if "field limit" in str(error):
        lines.stop("cell-too-long", limit=csv.field_size_limit(), at=at)
    if "end of data" in str(error):
        lines.stop("open-quote", at=at)
    if "new-line character" in str(error):
        lines.stop("old-line-ends")
    lines.stop("bad-quoting", detail=str(error), at=at)
