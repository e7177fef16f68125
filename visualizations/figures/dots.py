"""A table of dots: rows with their names on the left, columns with theirs standing on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .sheet import FAINT, INK, SOFT, Box, Sheet, shortened, text_size

SIZE = 5.6
_PITCH = 3.3
_COLUMN = 3.6
HEAD_MM = 42.0
"""The longest name of a column; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its name, the colour beside it, and what is printed at its far end."""

    name: str
    colour: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark where a row and a column meet: filled, hollow, or a cross; with a count from 2 on."""

    manner: str = "filled"
    count: int = 1


@dataclass(frozen=True, slots=True)
class DotTable:
    """The measures of a table that fits a sheet of some width."""

    lead: float
    head: float
    height: float


def columns_that_fit(width: float) -> int:
    """How many columns a sheet of so many millimetres has room for."""
    share = 0.56 if width > 120 else 0.44
    return max(1, int(width * share / _COLUMN))


def measure(width: float, rows: Sequence[Line], columns: Sequence[Line]) -> DotTable:
    """Where the table of these rows and columns stands on its sheet."""
    lead = width - len(columns) * _COLUMN - 8
    widest = max((text_size(row.name, SIZE)[0] for row in rows), default=0) + 6
    lead = min(lead, widest)
    named = max((text_size(column.name, SIZE)[0] for column in columns), default=0)
    head = min(named, HEAD_MM) + 4
    return DotTable(lead, head, head + len(rows) * _PITCH + 5)


def draw_table(
    sheet: Sheet,
    table: DotTable,
    rows: Sequence[Line],
    columns: Sequence[Line],
    dots: Mapping[tuple[int, int], Dot],
) -> None:
    """Draw the rows, the columns and their dots; a total at the end of a row and below a column."""
    left, top = table.lead, table.head
    right, bottom = left + len(columns) * _COLUMN, top + len(rows) * _PITCH
    for number, row in enumerate(rows):
        y = top + (number + 0.5) * _PITCH
        sheet.line([(left, y), (right, y)], colour=FAINT, width=0.3)
        lead = left - 1.2
        if row.colour:
            sheet.block(Box(left - 1.6, y - _PITCH / 2, 1.1, _PITCH), fill=row.colour)
            lead -= 1.2
        sheet.text(
            lead, y, shortened(row.name, lead - 1, SIZE), size=SIZE, across="right"
        )
        sheet.text(right + 1, y, row.total, size=SIZE, colour=SOFT)
    for number, column in enumerate(columns):
        x = left + (number + 0.5) * _COLUMN
        sheet.line([(x, top), (x, bottom)], colour=FAINT, width=0.3)
        foot = top - 0.8
        if column.colour:
            sheet.block(
                Box(x - _COLUMN / 2, top - 1.4, _COLUMN, 1.1), fill=column.colour
            )
            foot -= 1.2
        sheet.text(x, foot, shortened(column.name, HEAD_MM, SIZE), size=SIZE, angle=90)
        sheet.text(
            x, bottom + 1.8, column.total, size=SIZE, across="center", colour=SOFT
        )
    for (row_number, column_number), dot in sorted(dots.items()):
        x = left + (column_number + 0.5) * _COLUMN
        y = top + (row_number + 0.5) * _PITCH
        draw_dot(sheet, x, y, dot)


def draw_dot(sheet: Sheet, x: float, y: float, dot: Dot) -> None:
    """Draw one mark of the table."""
    if dot.manner == "cross":
        for rise in (0.8, -0.8):
            sheet.line(
                [(x - 0.8, y - rise), (x + 0.8, y + rise)], colour=INK, width=1.0
            )
        return
    radius = 0.95 if dot.count == 1 else 1.35
    hollow = "solid" if dot.manner == "hollow" else ""
    sheet.mark(x, y, radius, colour=INK, hollow=hollow)
    if dot.count > 1:
        colour = INK if hollow else "#FFFFFF"
        sheet.text(x, y, str(dot.count), size=4.2, across="center", colour=colour)
