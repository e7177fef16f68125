"""Workbooks for Excel and the like: sheets with explained headings, drop-down lists and text cells.

Every cell is text, because a spreadsheet that takes 13.000 for a number or 2024-09 for a day has
lost what was typed. The same sheets give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from simpul.ontology import Language, Wording

from .sheets import Choice, Column, Sheet, choices

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can hold
_TEXT = "@"
_LAST_ROW = 1_048_576
_REQUIRED, _OPTIONAL = PatternFill("solid", "1F3A5F"), PatternFill("solid", "DCE6F1")
_WIDTHS = {"id": 26, "note": 40, "title": 40, "url": 32, "en": 32}


def workbook(sheets: Iterable[Sheet], language: Language) -> bytes:
    """An XLSX file of these sheets, with a guide before them and the lists they use after them."""
    book = Workbook()
    book.properties.created = datetime(*_EPOCH)  # noqa: DTZ001 - the format has no zone
    guide = book.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide, language)
    lists = _Lists(language)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        _write_headings(made, sheet, language)
        for number, row in enumerate(sheet.rows, start=2):
            for position, column in enumerate(sheet.columns, start=1):
                if column.path in row:
                    _write_text(made, number, position, row[column.path])
        lists.offer(made, sheet)
    lists.write(book.create_sheet(_say("lists", language)))
    book.active = 1
    return _without_clock(book)


def _write_guide(guide: Worksheet, language: Language) -> None:
    guide.title = _say("readme", language)
    guide.column_dimensions["A"].width = 110
    for number, line in enumerate(_say("guide", language).splitlines(), start=1):
        cell = _write_text(guide, number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_headings(made: Worksheet, sheet: Sheet, language: Language) -> None:
    for position, column in enumerate(sheet.columns, start=1):
        cell = _write_text(made, 1, position, column.heading)
        cell.font = Font(bold=True, color="FFFFFF" if column.required else "1F3A5F")
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.comment = Comment(_note(column, language), "Simpul", 110, 300)
        whole = made.column_dimensions[get_column_letter(position)]
        whole.number_format = _TEXT
        whole.width = _WIDTHS.get(str(column.path[-1]), 18)
    made.row_dimensions[1].height = 45
    made.freeze_panes = "B2"


def _note(column: Column, language: Language) -> str:
    told = [column.about]
    if column.required:
        told.append(_say("required", language))
    if column.holds.many:
        told.append(_say("several", language))
    elif choices(column.holds, language):
        told.append(_say("choose", language))
    return " ".join(told)


def _write_text(made: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = made.cell(row, column, text)
    cell.data_type = "s"  # or a text that begins with = would be a formula
    cell.number_format = _TEXT
    return cell


class _Lists:
    """The drop-down lists of a workbook: each once, as two columns of the last sheet."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._name = _say("lists", language)
        self._known: dict[tuple[Choice, ...], tuple[str, int]] = {}

    def offer(self, made: Worksheet, sheet: Sheet) -> None:
        """Put a list under each heading whose field takes its values from one."""
        rules: dict[tuple[str, bool], DataValidation] = {}
        for position, column in enumerate(sheet.columns, start=1):
            values = choices(column.holds, self._language)
            if not values:
                continue
            source = self._source_of(values, column)
            # Several values in a cell, or a code of KBLI, are more than a list can allow.
            strict = not (column.holds.many or "industry" in column.holds.holds)
            rule = rules.get((source, strict))
            if rule is None:
                rule = DataValidation("list", formula1=source, allow_blank=True)
                rule.showErrorMessage = strict
                rule.error = _say("not-in-list", self._language)
                rules[source, strict] = rule
                made.add_data_validation(rule)
            letter = get_column_letter(position)
            cells = f"{letter}2:{letter}{_LAST_ROW}"
            rule.add(cells)  # pyright: ignore[reportUnknownMemberType] - it has no types

    def _source_of(self, values: tuple[Choice, ...], column: Column) -> str:
        """Where the list stands, as a formula; it is titled by the first column to use it."""
        title = re.sub(r" ?\b[0-9]+\b", "", column.heading)
        _, number = self._known.setdefault(values, (title, len(self._known)))
        letter = get_column_letter(2 * number + 1)
        return f"'{self._name}'!${letter}$2:${letter}${len(values) + 1}"

    def write(self, made: Worksheet) -> None:
        """Write out the lists that were offered: what to choose, and what it means."""
        for values, (title, number) in self._known.items():
            first = 2 * number + 1
            texts = [(title, _say("meaning", self._language))]
            texts += [(choice.label, choice.meaning) for choice in values]
            for row, pair in enumerate(texts, start=1):
                for position, text in enumerate(pair, start=first):
                    cell = _write_text(made, row, position, text)
                    cell.font = Font(bold=row == 1)
            made.column_dimensions[get_column_letter(first)].width = 26
            made.column_dimensions[get_column_letter(first + 1)].width = 50
        made.freeze_panes = "A2"


def _without_clock(book: Workbook) -> bytes:
    """The file of a workbook with no time of day in it."""
    written, steady = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(steady, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*",
                    rb"\g<1>1980-01-01T00:00:00Z",
                    content,
                )
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return steady.getvalue()


def _say(code: str, language: Language) -> str:
    return _words().say(code, language)


@cache
def _words() -> Wording:
    return Wording.load("simpul.graph_builder", "workbooks.toml")
