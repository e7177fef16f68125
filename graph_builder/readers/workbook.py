"""Excel workbooks: a sheet for each kind of record.

Numbers and dates are taken as the workbook stores them, where it still holds what was typed. A date
shown without its day is a month, and one shown without its month a year; a year that is not shown
was added by Excel. Formulas are refused, since a file holds no result of them or an old one, and so
are percentages, which are stored as hundredths, and merged cells, of which one holds a value.

A file is looked through before it is opened: what unpacks to too much is not unpacked.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from ..problems import Fact, Problem
from .cells import BadCell, StatedDate
from .plan import Cell
from .raw import RawRecord
from .tabular import MAX_COLUMNS, Row, Table, records_of

MAX_ENTRIES = 1000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
"""The most that a file of some size may grow when unpacked; sheets grow ten to forty times."""
MAX_ROW = 1_048_576
"""The last row that Excel knows."""
MAX_WIDE_ROWS = 1000
"""So many rows may have empty cells beyond `MAX_COLUMNS`; they cost time and hold nothing."""
_MAX_NUMBER = 10**15
_SMALL = 5_000_000
_BLOCK = 500
_CHUNK = 1 << 20
_LONGEST_TAG = 10_000

_ROW_OR_MERGE = re.compile(
    rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d{1,12})[\"']"
    rb"|<(?:\w+:)?mergeCell\b[^>]*?\sref=[\"']([A-Z0-9:]{2,30})[\"']"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')


class BadWorkbook(Exception):
    """A workbook that cannot be read; `code` and `facts` are those of a message."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        self.facts: Mapping[str, Fact] = facts
        super().__init__(code)


class Workbook:
    """An open workbook; `sheets` are the names of its worksheets, hidden ones too.

    Raises: BadWorkbook; OSError.
    """

    def __init__(self, path: Path) -> None:
        # Late: it costs more to import than most commands take.
        from openpyxl import load_workbook

        _look_through(path)
        try:
            with warnings.catch_warnings():
                # What it leaves out, such as drop-down lists, is nothing that we read.
                warnings.simplefilter("ignore")
                self._book = load_workbook(path, read_only=True, keep_links=False)
        # It raises whatever comes up where a file is not as it expects.
        except Exception as error:
            raise BadWorkbook("bad-workbook", detail=_said(error)) from error
        self._sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        self.sheets = tuple(self._sheets)
        self._path = path

    def close(self) -> None:
        """Close the file."""
        self._book.close()

    def is_empty(self, name: str) -> bool:
        """Whether nothing stands in the first rows of a sheet, as in those that Excel adds itself."""
        rows = _next(self._sheets[name].iter_rows())
        return isinstance(rows, list) and not any(map(_without_empty_end, rows))

    def read(self, table: Table) -> Iterator[RawRecord | Problem]:
        """The records of one sheet, with their problems, one at a time."""
        return records_of(self._rows(table), table)

    def _rows(self, table: Table) -> Iterator[Row | Problem]:
        sheet: Any = self._sheets[table.sheet or ""]
        # The part of the file is known to nothing else of openpyxl.
        found = _scan(self._path, sheet._worksheet_path)
        if found is not None:
            yield table.problem(found.code, None, found.facts)
            return
        # What a sheet says of its own size may be wrong, or made to be.
        sheet.reset_dimensions()
        rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
        number = wide = 0
        while block := _next(rows):
            if isinstance(block, BadWorkbook):
                yield table.problem(block.code, number + 1, block.facts)
                return
            for cells in block:
                number += 1
                if len(cells) > MAX_COLUMNS:
                    wide += 1
                    cells = _without_empty_end(cells)
                if number > MAX_ROW or len(cells) > MAX_COLUMNS or wide > MAX_WIDE_ROWS:
                    facts: dict[str, Fact] = {"rows": MAX_ROW, "columns": MAX_COLUMNS}
                    yield table.problem("sheet-too-large", number, facts)
                    return
                if cells:
                    yield number, [_given(cell) for cell in cells]


def _next(rows: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]] | BadWorkbook:
    """The next rows, few enough to hold: none at the end, or why there are no more."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(islice(rows, _BLOCK))
    except Exception as error:  # noqa: BLE001 - as above
        return BadWorkbook("bad-workbook", detail=_said(error))


def _without_empty_end(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(cells)
    while end and cells[end - 1].value is None:
        end -= 1
    return cells[:end]


def _given(cell: Any) -> Cell:
    """What a cell holds, or why it cannot be taken."""
    value = cell.value
    match cell.data_type:
        case _ if value is None:
            return None
        case "f":
            return BadCell("formula-cell", value=str(value))
        case "e":
            return BadCell("error-cell", value=str(value))
        case "n" if isinstance(value, int | float):
            return _number(value, str(cell.number_format))
        case "d" if isinstance(value, date):
            return _date(value, str(cell.number_format))
        case _:
            return value  # type: ignore[no-any-return]  # a text, yes or no, or a time


def _number(value: float, shown: str) -> Cell:
    if abs(value) >= _MAX_NUMBER:
        return BadCell("excel-digits")  # without it: it may be the number of a person
    if "%" in _NOT_SHOWN.sub("", shown):
        return BadCell(
            "percent-cell", value=f"{value:.15g}", shown=f"{100 * value:.15g}%"
        )
    return value


def _date(value: date, shown: str) -> Cell:
    if isinstance(value, datetime):
        if value.time() != time():
            return value
        value = value.date()
    parts = _parts_shown(shown)
    if "y" not in parts:
        return BadCell("date-without-year", value=value.isoformat())
    if "d" in parts:
        return StatedDate(value.isoformat())
    if value.day != 1 or ("m" not in parts and value.month != 1):
        return BadCell("date-part-hidden", value=value.isoformat())
    return StatedDate(value.isoformat()[: 7 if "m" in parts else 4])


@lru_cache(256)
def _parts_shown(number_format: str) -> frozenset[str]:
    """Which of year, month and day a number format shows: `y`, `m`, `d`."""
    letters = set(_NOT_SHOWN.sub("", number_format.partition(";")[0]).casefold())
    # `e` is a year in formats of Japan, `b` one in those of Thailand.
    return frozenset(
        letters & {"m", "d"} | ({"y"} if letters & {"y", "e", "b"} else set())
    )


def _look_through(path: Path) -> None:
    """Refuse what is no workbook, or unpacks to too much. Raises: BadWorkbook; OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadWorkbook("not-a-workbook") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = path.stat().st_size
    if len(entries) > MAX_ENTRIES:
        raise BadWorkbook("workbook-entries", count=len(entries), limit=MAX_ENTRIES)
    swollen = unpacked > _SMALL and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED or swollen:
        raise BadWorkbook("workbook-too-large", size=unpacked, limit=MAX_UNPACKED)


def _scan(path: Path, part: str) -> BadWorkbook | None:
    """What a sheet has that openpyxl would leave out without a word, if anything.

    Rows out of order, which it drops, and merged cells, of which all but one are empty.
    """
    last, rest = 0, b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as sheet:
            while chunk := sheet.read(_CHUNK):
                # A tag may lie across two chunks; what came before the last tag has been seen.
                chunk = rest + chunk
                end = max(chunk.rfind(b">") + 1, len(chunk) - _LONGEST_TAG)
                for found in _ROW_OR_MERGE.finditer(chunk, 0, end):
                    if found[2]:
                        return BadWorkbook("merged-cells", cells=found[2].decode())
                    if int(found[1]) <= last:
                        return BadWorkbook(
                            "bad-workbook", detail=f"row {last} comes twice"
                        )
                    last = int(found[1])
                rest = chunk[end:]
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, KeyError) as error:
        return BadWorkbook("bad-workbook", detail=_said(error))
    return None


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
