"""Parquet: typed columns are exact or refused, parts may nest, and rows come in batches."""

import importlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from simpul.graph_builder import PlainNumber, Problem
from tables import found_in

arrow: Any = pytest.importorskip("pyarrow")
parquet: Any = importlib.import_module("pyarrow.parquet")
parquet_table: Any = importlib.import_module(
    "simpul.graph_builder.readers.parquet_table"
)

KINDS = ["observations", "ties"]


def read(
    folder: Path, columns: dict[str, Any], name: str = "observations"
) -> tuple[list[Any], list[Problem]]:
    parquet.write_table(arrow.table(columns), folder / f"{name}.parquet")
    return found_in(folder, KINDS)


TAKEN: dict[str, tuple[str, Any, str]] = {
    "an integer": ("value", arrow.array([13000]), "13000"),
    "a large integer": ("value", arrow.array([2**62]), str(2**62)),
    "a float": ("value", arrow.array([55.2]), "55.2"),
    "a decimal": ("value", arrow.array([Decimal("55.20")]), "55.20"),
    "a text": ("value", arrow.array(["55,20"]), "55,20"),
    "a date": ("as_of", arrow.array([date(2024, 9, 11)]), "2024-09-11"),
    "an early date": ("as_of", arrow.array([date(800, 1, 2)]), "0800-01-02"),
    "a moment at midnight": (
        "as_of",
        arrow.array([0], arrow.timestamp("us")),
        "1970-01-01",
    ),
    "a category": ("unit", arrow.array(["orang"]).dictionary_encode(), "person"),
}


@pytest.mark.parametrize(("name", "column", "text"), TAKEN.values(), ids=TAKEN)
def test_a_typed_value_is_taken_exactly(
    name: str, column: Any, text: str, tmp_path: Path
) -> None:
    (record,), problems = read(tmp_path, {"id": ["o"], name: column})
    assert (record.data[name], problems) == (text, [])
    typed = name == "value" and not arrow.types.is_string(column.type)
    assert isinstance(record.data[name], PlainNumber) == typed


REFUSED: dict[str, tuple[str, Any, str]] = {
    "not a number": ("value", arrow.array([float("nan")]), "no-number"),
    "a float of 32 bits": (
        "value",
        arrow.array([55.2], arrow.float32()),
        "number-not-exact",
    ),
    "a time of day": (
        "as_of",
        arrow.array([1], arrow.timestamp("s")),
        "date-with-time",
    ),
    "a time zone": (
        "as_of",
        arrow.array([datetime(2024, 9, 11, tzinfo=UTC)]),
        "date-with-time",
    ),
    "a date in a text": ("unit_text", arrow.array([date(2024, 1, 1)]), "date-for-text"),
    "bytes": ("unit_text", arrow.array([b"x"]), "one-value-expected"),
    "a list": ("unit_text", arrow.array([["x"]]), "one-value-expected"),
}


@pytest.mark.parametrize(("name", "column", "code"), REFUSED.values(), ids=REFUSED)
def test_a_typed_value_that_is_not_exact_is_refused(
    name: str, column: Any, code: str, tmp_path: Path
) -> None:
    (record,), (problem,) = read(tmp_path, {"id": ["o"], name: column})
    assert (problem.code, problem.line, problem.column) == (code, 2, name)
    assert name not in record.data


def test_parts_nest_and_nulls_say_nothing(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "participants": [{"party": "p", "role": None}], "note": None},
        {"id": "b", "participants": None, "note": "x"},
    ]
    table = arrow.Table.from_pylist(rows)
    parquet.write_table(table, tmp_path / "ties.parquet")
    records, problems = found_in(tmp_path, KINDS)
    assert problems == []
    assert [dict(record.data) for record in records] == [
        {"id": "a", "participants": [{"party": "p"}]},
        {"id": "b", "note": "x"},
    ]


def test_rows_over_batches_keep_their_numbers(tmp_path: Path) -> None:
    count = 2 * parquet_table.BATCH + 5
    ids = [f"t-{number}" for number in range(count)]
    records, problems = read(tmp_path, {"id": ids, "note": ["x\0" if n == count - 1 else "" for n in range(count)]}, "ties")  # fmt: skip
    assert [record.line for record in records] == list(range(2, count + 2))
    assert [(p.code, p.line, p.key) for p in problems] == [
        ("control-character", count + 1, ids[-1])
    ]


def test_what_is_no_parquet_file_or_a_damaged_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "ties.parquet").write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")
    assert [p.code for p in found_in(tmp_path, KINDS)[1]] == ["bad-parquet"]
    read(tmp_path, {"id": ["a"] * 1000, "note": ["b"] * 1000}, "ties")
    whole = (tmp_path / "ties.parquet").read_bytes()
    for cut in (whole[:-9], whole[:50] + b"\xff" * 40 + whole[90:]):
        (tmp_path / "ties.parquet").write_bytes(cut)
        assert "bad-parquet" in [p.code for p in found_in(tmp_path, KINDS)[1]]


def test_rows_that_unpack_to_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_table, "MAX_BATCH_BYTES", 10_000)
    _, problems = read(tmp_path, {"id": ["a"], "note": ["x" * 20_000]}, "ties")
    assert [p.code for p in problems] == ["rows-too-large"]


def test_without_pyarrow_the_way_to_install_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, {"id": ["a"]}, "ties")

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(parquet_table, "import_module", missing)
    (problem,) = found_in(tmp_path, KINDS)[1]
    assert problem.code == "needs-arrow"
    assert "pip install simpul[arrow]" in problem.remedy("en")
