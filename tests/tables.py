"""The records of an ecosystem written in other forms: tables, JSON and workbooks."""

import csv
import importlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

readers: Any = importlib.import_module("simpul.graph_builder.readers")
headings: Any = importlib.import_module("simpul.graph_builder.readers.headings")
folder_of_records: Any = importlib.import_module("simpul.graph_builder.readers.folder")
MODELS: Mapping[str, Any] = importlib.import_module(
    "simpul.graph_builder.reading"
).MODELS

Value = str | None | list["Value"] | dict[str, "Value"]
FieldPath = tuple[str | int, ...]
Cells = dict[FieldPath, str]
Rows = list[dict[str, Value]]


def found_in(folder: Path, kinds: Iterable[str]) -> tuple[list[Any], list[Any]]:
    """The raw records of a folder and its problems, those of single cells among them."""
    found, problems = readers.read_folder(folder, tuple(kinds))
    records = [record for raws in found.values() for record in raws]
    return records, [*problems, *(p for record in records for p in record.problems)]


def written_and_read(
    folder: Path, name: str, content: str | bytes, kinds: Iterable[str]
) -> tuple[list[Any], list[Any]]:
    """What a folder holds once one more file was written into it."""
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    return found_in(folder, kinds)


def records_in(folder: Path) -> dict[str, Rows]:
    """The records of a folder as plain data, kind by kind."""
    records, problems = readers.read_folder(folder, MODELS)
    assert problems == []
    return {kind: [dict(raw.data) for raw in raws] for kind, raws in records.items()}


def cells_of(value: Value, path: FieldPath = ()) -> Cells:
    """The single values of a record by path; a plain list is one cell where it can be."""
    if value is None:
        return {}
    if isinstance(value, str):
        return {path: value}
    steps: Iterable[tuple[str | int, Value]]
    if isinstance(value, list):
        plain = [item for item in value if isinstance(item, str) and ";" not in item]
        if value and len(plain) == len(value):
            return {path: "; ".join(plain)}
        steps = enumerate(value)
    else:
        steps = value.items()
    return {
        place: text
        for step, inner in steps
        for place, text in cells_of(inner, (*path, step)).items()
    }


def table(
    kind: str, rows: Rows, lang: str | None = None, list_name: str | None = None
) -> list[list[str]]:
    """Headings and rows; headings in a language, or in the names of the model."""
    model = folder_of_records._model(kind, list_name)
    known = headings.headings_of(model, list_name is not None)
    cells = [cells_of(row) for row in rows]
    columns = list(dict.fromkeys(path for row in cells for path in row))
    said = [
        headings.dotted(path) if lang is None else known.written(path, lang)
        for path in columns
    ]
    return [said, *([row.get(path, "") for path in columns] for row in cells)]


def write_csv(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",") -> None:
    """Write a table as CSV, as a spreadsheet would."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write tables as the sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    book.save(path)


def settings_only(folder: Path, to: Path) -> Path:
    """A new folder with the settings of an ecosystem and no records."""
    to.mkdir(parents=True)
    shutil.copy(folder / "ecosystem.toml", to)
    return to


def as_csv(folder: Path, to: Path) -> Path:
    """Comma-separated, headings as the model has them."""
    settings_only(folder, to)
    for kind, rows in records_in(folder).items():
        write_csv(to / f"{kind}.csv", table(kind, rows))
    return to


def as_indonesian_csv(folder: Path, to: Path) -> Path:
    """As an Indonesian spreadsheet writes it: semicolons, Indonesian names and headings."""
    settings_only(folder, to)
    for kind, rows in records_in(folder).items():
        name = folder_of_records.KINDS[kind]["id"][0]
        write_csv(to / f"{name}.csv", table(kind, rows, "id"), delimiter=";")
    return to


def as_tables_of_parts(folder: Path, to: Path) -> Path:
    """CSV with a table of its own for every list of parts."""
    settings_only(folder, to)
    for kind, rows in records_in(folder).items():
        lists: dict[str, Rows] = {}
        for row in rows:
            of = f"{row['source']}/{row['id']}" if "source" in row else row["id"]
            for name, value in list(row.items()):
                items = value if isinstance(value, list) else []
                parts = [item for item in items if isinstance(item, dict)]
                if parts:
                    lists.setdefault(name, []).extend({"of": of, **p} for p in parts)
                    del row[name]
        write_csv(to / f"{kind}.csv", table(kind, rows))
        for name, found in lists.items():
            write_csv(to / f"{kind}.{name}.csv", table(kind, found, None, name))
    return to


def as_workbook(folder: Path, to: Path) -> Path:
    """One workbook with a sheet for each kind, headings in Indonesian."""
    settings_only(folder, to)
    sheets = {
        folder_of_records.KINDS[kind]["id"][0]: table(kind, rows, "id")
        for kind, rows in records_in(folder).items()
    }
    write_workbook(to / "catatan.xlsx", {"README": [["…"]], **sheets})
    return to


def as_json(folder: Path, to: Path) -> Path:
    """A JSON list for each kind, nested."""
    settings_only(folder, to)
    for kind, rows in records_in(folder).items():
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (to / f"{kind}.json").write_text(text, encoding="utf-8")
    return to


def as_json_lines(folder: Path, to: Path) -> Path:
    """JSON Lines, nested in every other file and flat in the rest."""
    settings_only(folder, to)
    for number, (kind, rows) in enumerate(records_in(folder).items()):
        flat = [{headings.dotted(p): v for p, v in cells_of(r).items()} for r in rows]
        lines = (
            json.dumps(row, ensure_ascii=False) for row in (rows, flat)[number % 2]
        )
        (to / f"{kind}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return to


def as_parquet(folder: Path, to: Path) -> Path:
    """Parquet, with lists and parts nested where a column can have one type, else flat."""
    arrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    settings_only(folder, to)
    for kind, rows in records_in(folder).items():
        try:
            made = arrow.Table.from_pylist(_with_all_fields(rows))
        except (arrow.ArrowException, TypeError):
            said, *cells = table(kind, rows)
            columns = zip(*cells, strict=True)
            made = arrow.table(dict(zip(said, map(list, columns), strict=True)))
        parquet.write_table(made, to / f"{kind}.parquet")
    return to


def _with_all_fields(rows: Rows) -> Rows:
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


FORMS: dict[str, Callable[[Path, Path], Path]] = {
    "CSV": as_csv,
    "Indonesian CSV": as_indonesian_csv,
    "tables of parts": as_tables_of_parts,
    "workbook": as_workbook,
    "JSON": as_json,
    "JSON Lines": as_json_lines,
    "Parquet": as_parquet,
}
