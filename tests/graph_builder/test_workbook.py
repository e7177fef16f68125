"""Workbooks: what Excel stores is taken exactly or refused, and a hostile file costs little."""

import importlib
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from simpul.graph_builder import PlainNumber, Problem
from tables import readers, write_workbook

workbook: Any = importlib.import_module("simpul.graph_builder.readers.workbook")
KINDS = ["ties", "sources", "observations", "institutions"]
Fill = Callable[[Worksheet], None]
MIDNIGHT = datetime(2024, 9, 11)  # noqa: DTZ001 - Excel knows no time zones


def read(folder: Path) -> tuple[dict[str, list[Any]], list[Problem]]:
    found, problems = readers.read_folder(folder, KINDS)
    inner = [p for raws in found.values() for raw in raws for p in raw.problems]
    return found, [*problems, *inner]


def read_cell(
    folder: Path, heading: str, value: object, shown: str | None = None
) -> tuple[Any, list[Problem]]:
    """One record of a sheet of observations with one cell besides its id."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "observations"
    sheet.append(["id", heading])
    sheet.append(["o-1", value])
    if shown:
        sheet["B2"].number_format = shown
    book.save(folder / "book.xlsx")
    found, problems = read(folder)
    (record,) = found["observations"]
    return record.data.get(heading), problems


TAKEN: dict[str, tuple[str, object, str | None, str]] = {
    "a whole number": ("value", 13000, None, "13000"),
    "a number stored with a fraction": ("value", 13000.0, None, "13000"),
    "a fraction": ("value", 55.2, None, "55.2"),
    "a small one": ("value", 0.1, None, "0.1"),
    "negative": ("value", -3.5, None, "-3.5"),
    "thousands shown with points": ("value", 13000, "#.##0", "13000"),
    "a text": ("value", "55,20", None, "55,20"),
    "a date": ("as_of", date(2024, 9, 11), None, "2024-09-11"),
    "a date at midnight": ("as_of", MIDNIGHT, None, "2024-09-11"),
    "a date in Indonesian": (
        "as_of",
        date(2024, 9, 11),
        "[$-421]dd mmmm yyyy;@",
        "2024-09-11",
    ),
    "a month": ("as_of", date(2024, 9, 1), "mmm-yy", "2024-09"),
    "a month and a quoted d": ("as_of", date(2024, 9, 1), '"d" mmmm yyyy', "2024-09"),
    "a year": ("as_of", date(2024, 1, 1), "yyyy", "2024"),
    "a year as a number": ("as_of", 2024, None, "2024"),
    "a date as text": ("as_of", "2024-11/2025-10", None, "2024-11/2025-10"),
    "a whole number for a text": ("unit_text", 2024, None, "2024"),
}


@pytest.mark.parametrize(
    ("heading", "value", "shown", "text"), TAKEN.values(), ids=TAKEN
)
def test_a_stored_value_is_taken_exactly(
    heading: str, value: object, shown: str | None, text: str, tmp_path: Path
) -> None:
    found, problems = read_cell(tmp_path, heading, value, shown)
    assert problems == []
    assert found == text
    typed = isinstance(value, int | float) and heading == "value"
    assert isinstance(found, PlainNumber) == typed


REFUSED: dict[str, tuple[str, object, str | None, str]] = {
    "a formula": ("value", "=1+1", None, "formula-cell"),
    "an error": ("value", "#N/A", None, "error-cell"),
    "sixteen digits": ("value", 3515064203850001, None, "excel-digits"),
    "a third": ("value", 1 / 3, None, "number-not-exact"),
    "a percentage": ("value", 0.552, "0.0%", "percent-cell"),
    "a date in a text": ("unit_text", date(2024, 2, 1), None, "date-for-text"),
    "a date in a number": ("value", date(2024, 2, 1), None, "date-for-text"),
    "a fraction in a text": ("unit_text", 55.2, None, "number-for-text"),
    "a number for a printed form": ("printed", 13000, None, "number-for-text"),
    "yes in a text": ("unit_text", True, None, "truth-for-text"),
    "a time of day": ("as_of", MIDNIGHT.replace(hour=10), None, "date-with-time"),
    "a time": ("as_of", time_of_day(10, 30), None, "time-for-text"),
    "a span": ("as_of", timedelta(hours=30), None, "time-for-text"),
    "a day without its year": (
        "as_of",
        date(2024, 9, 11),
        "d-mmm",
        "date-without-year",
    ),
    "a month that is a day": ("as_of", date(2024, 9, 11), "mmm-yy", "date-part-hidden"),
}


@pytest.mark.parametrize(
    ("heading", "value", "shown", "code"), REFUSED.values(), ids=REFUSED
)
def test_a_stored_value_that_is_not_what_was_typed_is_refused(
    heading: str, value: object, shown: str | None, code: str, tmp_path: Path
) -> None:
    found, (problem,) = read_cell(tmp_path, heading, value, shown)
    assert found is None
    assert problem.code == code
    said = problem.line_text("en")
    place = f"book.xlsx, sheet observations, row 2, column {heading} (B), o-1: "
    assert said.startswith(place)
    assert "35150" not in said  # it may be the number of a person


def test_sheets_go_by_their_names_in_either_language(tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "a.xlsx",
        {
            "Sumber": [["id", "judul"], ["s", "T"]],
            "Simpul Peserta": [["of", "pihak"], ["t", "p"]],
            "TIES": [["id"], ["t"]],
            "README": [["Cara mengisi"]],
            "Daftar": [["peran"]],
            "Sheet1": [["x"]],
            "Sheet2": [],
            "Arsip": [["bukan catatan"]],
            "lembga": [["id"], ["a"]],
        },
    )
    write_workbook(tmp_path / "b.xlsx", {"ties": [["id"], ["u"]]})
    found, problems = read(tmp_path)
    assert [raw.key for raw in found["ties"]] == ["t", "u"]
    assert found["ties"][0].data["participants"] == [{"party": "p"}]
    assert found["sources"][0].place(("title",)).text("id") == (
        "a.xlsx, lembar Sumber, baris 2, kolom judul (B)"
    )
    assert [(p.code, p.sheet, p.severity) for p in problems] == [
        ("unknown-sheet", "Sheet1", "error"),
        ("unknown-sheet", "lembga", "error"),
    ]
    assert '"lembaga"' in problems[1].remedy("id")


def test_hidden_sheets_rows_and_columns_are_records_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("ties")
    sheet.append(["id", "note"])
    sheet.append(["a", "b"])
    sheet.sheet_state = "hidden"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.worksheets[0].title = "README"
    book.save(tmp_path / "book.xlsx")
    found, problems = read(tmp_path)
    assert (found["ties"][0].data, problems) == ({"id": "a", "note": "b"}, [])


def _cell_at_the_end(sheet: Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def _wide_rows(sheet: Worksheet) -> None:
    for row in range(3, 1500):
        sheet.cell(row, 16384).value = None
        sheet.cell(row, 16384).number_format = "0.00"


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells("B2:B4")


SHEET_FAULTS: dict[str, tuple[Fill, str]] = {
    "a cell at XFD1048576": (_cell_at_the_end, "sheet-too-large"),
    "rows of empty cells up to XFD": (_wide_rows, "sheet-too-large"),
    "merged cells": (_merged, "merged-cells"),
}


@pytest.mark.parametrize(("fill", "code"), SHEET_FAULTS.values(), ids=SHEET_FAULTS)
def test_a_sheet_that_cannot_be_read_is_told_in_time(
    fill: Fill, code: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "ties"
    sheet.append(["id", "note"])
    sheet.append(["a", "b"])
    fill(sheet)
    book.save(tmp_path / "book.xlsx")
    began = time.process_time()
    _, problems = read(tmp_path)
    assert time.process_time() - began < 10
    assert [p.code for p in problems] == [code]
    assert problems[0].sheet == "ties"


SHEET = "xl/worksheets/sheet1.xml"
ROWS = '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c></row>'


def rewrite(folder: Path, change: Callable[[bytes], bytes], part: str = SHEET) -> None:
    """A workbook with one part changed."""
    write_workbook(folder / "sound.xlsx", {"ties": [["id"], ["a"]]})
    with (
        zipfile.ZipFile(folder / "sound.xlsx") as old,
        zipfile.ZipFile(folder / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    (folder / "sound.xlsx").unlink()


def _with_rows(rows: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")


PART_FAULTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a row twice": (_with_rows(ROWS), "bad-workbook"),
    "a row far beyond the last": (
        _with_rows('<row r="99999999999"/>'),
        "sheet-too-large",
    ),
    "a number of 5,000 digits": (
        _with_rows(f'<row r="3"><c r="A3"><v>{"9" * 5000}</v></c></row>'),
        "bad-workbook",
    ),
    "a bad reference": (
        _with_rows('<row r="3"><c r="A3" t="s"><v>999</v></c></row>'),
        "bad-workbook",
    ),
    "cut short": (lambda xml: xml[: len(xml) // 2], "bad-workbook"),
    "an entity bomb": (
        lambda xml: xml.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1
        ),
        "bad-workbook",
    ),
}


@pytest.mark.parametrize(("change", "code"), PART_FAULTS.values(), ids=PART_FAULTS)
def test_a_damaged_or_hostile_sheet_is_told(
    change: Callable[[bytes], bytes], code: str, tmp_path: Path
) -> None:
    rewrite(tmp_path, change)
    began = time.process_time()
    _, problems = read(tmp_path)
    assert time.process_time() - began < 10
    assert [p.code for p in problems] == [code], [p.line_text("en") for p in problems]


def _bomb(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as file,
        file.open(SHEET, "w", force_zip64=True) as part,
    ):
        for _ in range(50):
            part.write(b" " * 1_000_000)


def _many_parts(folder: Path) -> None:
    with zipfile.ZipFile(folder / "book.xlsx", "w") as file:
        for number in range(workbook.MAX_ENTRIES + 1):
            file.writestr(f"{number}.xml", "")


def _lying_bomb(folder: Path) -> None:
    """The list of parts says that a part is small."""
    _bomb(folder)
    raw = (folder / "book.xlsx").read_bytes()
    size = (50_000_000).to_bytes(4, "little")
    (folder / "book.xlsx").write_bytes(raw.replace(size, (900).to_bytes(4, "little")))


def _old_form(folder: Path) -> None:
    (folder / "book.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    )


def _empty(folder: Path) -> None:
    (folder / "book.xlsx").write_bytes(b"")


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a zip bomb": (_bomb, "workbook-too-large"),
    "a zip bomb that hides its size": (_lying_bomb, "bad-workbook"),
    "thousands of parts": (_many_parts, "workbook-entries"),
    "an old or locked workbook": (_old_form, "not-a-workbook"),
    "no bytes": (_empty, "not-a-workbook"),
}


@pytest.mark.parametrize(("make", "code"), FILES.values(), ids=FILES)
def test_what_is_no_workbook_is_refused_before_it_is_unpacked(
    make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    make(tmp_path)
    began = time.process_time()
    found, problems = read(tmp_path)
    assert time.process_time() - began < 10
    assert (found, [p.code for p in problems]) == ({}, [code])
