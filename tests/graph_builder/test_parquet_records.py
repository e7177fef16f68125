"""Parquet: typed columns are exact or refused, parts may nest, and rows come in batches."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simpul.graph_builder import PlainNumber, Problem
from tables import found_in

arrow: Any = pytest.importorskip("pyarrow")
parquet: Any = importlib.import_module("pyarrow.parquet")
parquet_table: Any = importlib.import_module(
    "simpul.graph_builder.readers.parquet_table"
)

KINDS = ["observations", "ties", "people"]


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
    "a day of the year 29349": (
        "as_of",
        arrow.array([10**7], arrow.date32()),
        "bad-edtf",
    ),
    "a day of the year 29349 in milliseconds": (
        "as_of",
        arrow.array([10**7 * 86_400_000], arrow.date64()),
        "bad-edtf",
    ),
    "a moment beyond all years": (
        "as_of",
        arrow.array([2**62], arrow.timestamp("ms")),
        "bad-edtf",
    ),
    "a moment in nanoseconds": (
        "as_of",
        arrow.array([1], arrow.timestamp("ns")),
        "bad-edtf",
    ),
    "a moment in no time zone": (
        "as_of",
        arrow.array([1], arrow.timestamp("s", "Nowhere/At_All")),
        "bad-edtf",
    ),
    "a span beyond all years": (
        "as_of",
        arrow.array([2**62], arrow.duration("s")),
        "time-for-text",
    ),
    "a span in nanoseconds": (
        "as_of",
        arrow.array([1], arrow.duration("ns")),
        "time-for-text",
    ),
    "what is no UTF-8": (
        "unit_text",
        arrow.array([b"a\xff"]).view("string"),
        "not-utf8",
    ),
}


@pytest.mark.parametrize(("name", "column", "code"), REFUSED.values(), ids=REFUSED)
def test_a_typed_value_that_is_not_exact_is_refused(
    name: str, column: Any, code: str, tmp_path: Path
) -> None:
    (record,), (problem,) = read(tmp_path, {"id": ["o"], name: column})
    assert (problem.code, problem.line, problem.column) == (code, 2, name)
    assert name not in record.data


def test_a_day_that_cannot_be_hides_no_other_row_or_field(tmp_path: Path) -> None:
    days = arrow.array([0, 10**7, 1], arrow.date32())
    records, problems = read(tmp_path, {"id": ["a", "b", "c"], "as_of": days})
    assert [dict(record.data) for record in records] == [
        {"id": "a", "as_of": "1970-01-01"},
        {"id": "b"},
        {"id": "c", "as_of": "1970-01-02"},
    ]
    (said,) = [problem.line_text("en") for problem in problems]
    assert said.startswith(
        'observations.parquet, row 3, column as_of, b: "29349-01-26" is no date that can be read'
    )


def test_a_day_that_cannot_be_is_told_of_a_part(tmp_path: Path) -> None:
    kind = arrow.struct([("institution", arrow.string()), ("from", arrow.date32())])
    posts = arrow.array([[("x", 1), ("y", 10**7)]], arrow.list_(kind))
    (record,), (problem,) = read(tmp_path, {"id": ["a"], "posts": posts}, "people")
    assert record.data["posts"] == [
        {"institution": "x", "from": "1970-01-02"},
        {"institution": "y"},
    ]
    assert (problem.code, problem.field) == ("bad-edtf", "posts[1].from")


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


def texts(count: int, length: int) -> Any:
    """One text in many rows, which a file holds once."""
    return arrow.DictionaryArray.from_arrays(zeros(count), ["x" * length])


def zeros(count: int) -> Any:
    return arrow.Array.from_buffers(
        arrow.int8(), count, [None, arrow.py_buffer(bytes(count))]
    )


SWOLLEN: dict[str, Callable[[], dict[str, Any]]] = {
    "a long text in many rows": lambda: {
        "id": texts(5_000, 1),
        "note": texts(5_000, 1_000_000),
    },
    "a text in very many rows": lambda: {
        "id": texts(200_000, 1),
        "note": texts(200_000, 40_000),
    },
    "bytes in many rows": lambda: {
        "id": texts(5_000, 1),
        "note": texts(5_000, 1_000_000).cast(
            arrow.dictionary(arrow.int8(), arrow.binary())
        ),
    },
    "a list without end": lambda: {
        "id": ["a"],
        "topics": arrow.ListArray.from_arrays([0, 100_000_000], zeros(100_000_000)),
    },
    "rows without end": lambda: {"id": texts(6_000_000, 1)},
}

BOUNDED = """
import importlib, json, resource, sys
from pathlib import Path
import pyarrow.compute, pyarrow.parquet
readers = importlib.import_module("simpul.graph_builder.readers")
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
_, problems = readers.read_folder(Path(sys.argv[1]), ["ties"])
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([[problem.code for problem in problems], grown]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds memory so")
@pytest.mark.parametrize("stored", [True, False], ids=["schema", "no schema"])
@pytest.mark.parametrize("columns", SWOLLEN.values(), ids=SWOLLEN)
def test_a_small_file_does_not_fill_the_memory(
    columns: Callable[[], dict[str, Any]], stored: bool, tmp_path: Path
) -> None:
    path = tmp_path / "ties.parquet"
    parquet.write_table(arrow.table(columns()), path, store_schema=stored)
    assert path.stat().st_size < 50_000
    line = [sys.executable, "-c", BOUNDED, str(tmp_path)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    codes, grown_kb = json.loads(done.stdout)
    assert codes == ["rows-too-large"]
    assert grown_kb < 500_000


def as_thrift(number: int, width: int = 0) -> bytes:
    """A number as the end of a file writes it, in at least so many bytes."""
    left, found = 2 * number, [0]
    while left > 127 or len(found) < width:
        found[-1:] = [left & 127 | 128, 0]
        left >>= 7
    return bytes([*found[:-1], left])


ENCODINGS: dict[str, dict[str, Any]] = {
    "plain": {"use_dictionary": False},
    "by number": {"use_dictionary": ["note"]},
    "by difference": {
        "use_dictionary": False,
        "column_encoding": {"note": "DELTA_BYTE_ARRAY"},
    },
}


@pytest.mark.parametrize("honest", [True, False], ids=["honest", "lying"])
@pytest.mark.parametrize("encoded", ENCODINGS.values(), ids=ENCODINGS)
def test_pages_are_measured_before_they_are_unpacked(
    encoded: dict[str, Any],
    honest: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The end of a file may say that they are small."""
    path = tmp_path / "ties.parquet"
    columns = {"id": ["a"], "note": ["x" * 3_000_000]}
    options = {"compression": "zstd", "write_statistics": False, **encoded}
    parquet.write_table(arrow.table(columns), path, **options)
    if not honest:
        chunk = parquet.read_metadata(path).row_group(0).column(1)
        stated = as_thrift(chunk.total_uncompressed_size)
        raw = path.read_bytes()
        assert raw.count(stated) == 1
        path.write_bytes(raw.replace(stated, as_thrift(1, len(stated))))
        told = parquet.read_metadata(path).row_group(0).column(1)
        assert told.total_uncompressed_size == 1
    assert found_in(tmp_path, KINDS)[1] == []
    monkeypatch.setattr(parquet_table, "MAX_BYTES", 2_000_000)

    def unpack(*_: Any, **__: Any) -> None:
        raise AssertionError("was unpacked")

    monkeypatch.setattr(parquet.ParquetFile, "iter_batches", unpack)
    assert [p.code for p in found_in(tmp_path, KINDS)[1]] == ["rows-too-large"]


@pytest.mark.parametrize("encoded", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("page", ["1.0", "2.0"])
def test_the_encoding_makes_no_difference(
    encoded: dict[str, Any], page: str, tmp_path: Path
) -> None:
    """In several groups of rows of several pages each, with lists and without."""
    rows: list[dict[str, Any]] = [
        {
            "id": f"t-{number}",
            "note": "".join(chr(97 + number % 7) for _ in range(1 + number % 90)),
            "topics": [f"k-{number % 5}", "k"],
            "participants": [{"party": f"p-{number % 11}"}],
        }
        for number in range(900)
    ]
    rows[7] = {"id": "t-7", "note": None, "topics": None, "participants": None}
    options = {"data_page_version": page, "data_page_size": 500, "row_group_size": 400}
    made = arrow.Table.from_pylist(rows)
    parquet.write_table(made, tmp_path / "ties.parquet", **options, **encoded)
    records, problems = found_in(tmp_path, KINDS)
    assert problems == []
    rows[7] = {"id": "t-7"}
    assert [dict(record.data) for record in records] == rows


@pytest.mark.parametrize("seed", range(200))
def test_a_file_that_is_damaged_anywhere_is_read_or_told(
    seed: int, tmp_path: Path
) -> None:
    kind = arrow.struct([("institution", arrow.string()), ("from", arrow.date32())])
    posts = arrow.array([[("x", 1)], None] * 20, arrow.list_(kind))
    made = arrow.table({"id": [f"p-{n}" for n in range(40)], "posts": posts})
    parquet.write_table(made, tmp_path / "people.parquet", row_group_size=15)
    raw = bytearray((tmp_path / "people.parquet").read_bytes())
    random = Random(seed)
    for _ in range(random.choice((1, 3))):
        raw[random.randrange(len(raw))] = random.randrange(256)
    (tmp_path / "people.parquet").write_bytes(raw)
    for problem in found_in(tmp_path, KINDS)[1]:
        assert problem.file == "people.parquet"


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
