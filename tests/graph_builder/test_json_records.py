"""JSON and JSON Lines: digits stay as typed, names may be headings, hostile files are refused."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import PlainNumber, Problem
from tables import readers, written_and_read

KINDS = ["ties", "observations", "people", "institutions"]


def read(
    folder: Path, content: str | bytes, name: str = "ties.jsonl"
) -> tuple[list[Any], list[Problem]]:
    return written_and_read(folder, name, content, KINDS)


def test_digits_stay_as_typed_and_only_texts_have_a_notation(tmp_path: Path) -> None:
    lines = '{"id": "a", "value": 55.20}\n{"id": "b", "value": "13.000"}\n{"id": "c", "value": 13.000}\n'
    (first, second, third), problems = read(tmp_path, lines, "observations.jsonl")
    assert problems == []
    values = [record.data["value"] for record in (first, second, third)]
    assert values == ["55.20", "13.000", "13.000"]
    assert [isinstance(value, PlainNumber) for value in values] == [True, False, True]


def test_names_may_be_headings_and_parts_may_be_flat(tmp_path: Path) -> None:
    lines = [
        {"kunci": "a", "peserta": [{"pihak": "p", "Peran": "mitra"}], "topik": "x; y"},
        {
            "id": "a",
            "pihak 1": "p",
            "participants.1.role": "partner",
            "topics": ["x", "y"],
        },
    ]
    (first, second), problems = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert problems == []
    assert first.data == second.data
    assert first.data == {
        "id": "a",
        "participants": [{"party": "p", "role": "partner"}],
        "topics": ["x", "y"],
    }


def test_nothing_is_nothing_and_an_empty_list_is_a_list(tmp_path: Path) -> None:
    line = '{"id": "a", "note": null, "topics": [], "start": "", "claim": {"id": "x", "en": null}}'
    (record,), problems = read(tmp_path, line)
    assert problems == []
    assert record.data == {"id": "a", "topics": [], "claim": {"id": "x"}}


def test_a_list_knows_the_lines_of_its_records(tmp_path: Path) -> None:
    text = '\ufeff[\n  {"id": "a"},\n\n  {\n    "id": "b",\n    "note": "x"\n  }\n]\n'
    (first, second), problems = read(tmp_path, text, "ties.json")
    assert problems == []
    assert [(r.key, r.line) for r in (first, second)] == [("a", 2), ("b", 4)]
    assert second.place(("note",)).text("en") == "ties.json line 4"


DEEP = "[" * 100_000
LINE_FAULTS: dict[str, tuple[str | bytes, str, int]] = {
    "a comma too many": ('{"id": "a"}\n{"id": "b",}\n', "bad-json", 2),
    "an open text": ('{"id": "a\n{"id": "b"}\n', "bad-json", 1),
    "two on a line": ('{"id": "a"} {"id": "b"}\n', "json-more-on-line", 1),
    "a text": ('"a"\n', "json-not-a-record", 1),
    "a list": ('[{"id": "a"}]\n', "json-not-a-record", 1),
    "a name twice": ('{"id": "a", "note": "x", "note": "y"}\n', "duplicate-name", 1),
    "a name twice, deep": (
        '{"id": "a", "claim": {"id": 1, "id": 2}}',
        "duplicate-name",
        1,
    ),
    "a name in two ways": (
        '{"id": "a", "type": "x", "jenis": "y"}',
        "duplicate-heading",
        1,
    ),
    "an unknown name": ('{"id": "a", "typ": "x"}', "unknown-heading", 1),
    "an unknown name, deep": (
        '{"id": "a", "claim": {"ind": "x"}}',
        "unknown-heading",
        1,
    ),
    "NaN": ('{"id": "a", "start": NaN}\n', "no-number", 1),
    "infinity": ('{"id": "a", "start": -Infinity}\n', "no-number", 1),
    "an endless number": ('{"id": "a", "start": 1e999999999}\n', "bad-number", 1),
    "an endless exponent": (
        '{"id": "a", "start": 1e99999999999999999999}\n',
        "no-number",
        1,
    ),
    "a huge number": (f'{{"id": "a", "start": {"9" * 100_000}}}\n', "bad-number", 1),
    "deep lists": (f'{{"id": "a"}}\n{{"id": {DEEP}\n', "too-deep", 2),
    "deep and whole": (
        f'{{"id": {"[" * 50}{"]" * 50}}}\n',
        "too-deep",
        1,
    ),
    "an object for a text": ('{"id": {"a": "b"}}\n', "one-value-expected", 1),
    "a text for parts": ('{"id": "a", "claim": "x"}\n', "parts-expected", 1),
    "a text for a list": ('{"id": "a", "participants": "x"}\n', "list-expected", 1),
    "half a character": ('{"id": "a", "note": "\\ud800"}\n', "control-character", 1),
    "a NUL": ('{"id": "a", "note": "x\\u0000"}\n', "control-character", 1),
    "a thousand names": (
        json.dumps({f"n{number}": 1 for number in range(1000)}),
        "too-many-names",
        1,
    ),
    "Latin-1": (b'{"id": "a"}\n{"id": "caf\xe9"}\n', "not-utf8", 2),
    "UTF-16": ('{"id": "a"}\n'.encode("utf-16"), "not-utf8", 1),
    "a line without end": (b'{"id": "' + b"x" * 2_100_000, "record-too-long", 1),
}


@pytest.mark.parametrize(
    ("content", "code", "line"), LINE_FAULTS.values(), ids=LINE_FAULTS
)
def test_a_line_that_cannot_be_right_is_named(
    content: str | bytes, code: str, line: int, tmp_path: Path
) -> None:
    began = time.process_time()
    records, problems = read(tmp_path, content)
    assert time.process_time() - began < 10
    assert [(p.code, p.line) for p in problems] == [(code, line)]
    assert all(record.line != line or record.problems for record in records)


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    records, (problem,) = read(tmp_path, '{"id": "a"}\n{"id": \n\n{"id": "b"}\n')
    assert [(record.key, record.line) for record in records] == [("a", 1), ("b", 4)]
    assert problem.line == 2


LIST_FAULTS: dict[str, tuple[str, str, int | None]] = {
    "no list": ('\n{"id": "a"}\n', "json-not-a-list", 2),
    "nothing": (" \n", "empty-file", None),
    "no end": ('[{"id": "a"},\n{"id": "b"}', "bad-json", 2),
    "a comma at the end": ('[{"id": "a"},\n]', "bad-json", 2),
    "no comma": ('[{"id": "a"}\n{"id": "b"}]', "bad-json", 2),
    "more after it": ('[{"id": "a"}]\n[]', "json-more-after-list", 2),
    "a text in it": ('[{"id": "a"},\n"b"]', "json-not-a-record", 2),
    "a fault inside": ('[{"id": "a"},\n{\n"id": tru}]', "bad-json", 3),
    "depth": (DEEP, "too-deep", 1),
}


@pytest.mark.parametrize(
    ("content", "code", "line"), LIST_FAULTS.values(), ids=LIST_FAULTS
)
def test_a_list_that_cannot_be_right_is_named(
    content: str, code: str, line: int | None, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, content, "ties.json")
    assert [(p.code, p.line) for p in problems] == [(code, line)]


def test_a_list_over_the_limit_is_sent_to_json_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers.json_lines, "MAX_BYTES", 10)
    _, (problem,) = read(tmp_path, '[{"id": "abc"}]', "ties.json")
    assert problem.code == "json-too-large"
    assert ".jsonl" in problem.remedy("id")


def test_unknown_names_without_end_take_no_time_without_end(tmp_path: Path) -> None:
    lines = (json.dumps({"id": "a", f"nama{number}": 1}) for number in range(5000))
    (tmp_path / "ties.jsonl").write_text("\n".join(lines), "utf-8")
    began = time.process_time()
    with readers.RecordFolder(tmp_path, KINDS) as folder:
        records = list(folder.read("ties"))
    assert time.process_time() - began < 15
    assert len(records) == sum(len(record.problems) for record in records) == 5000


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet='{}[]":,\\ \nainotu1e.-', max_size=60) | st.binary(max_size=40),
    st.sampled_from(["ties.json", "ties.jsonl"]),
)
def test_any_json_is_read_or_refused_and_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes, name: str
) -> None:
    records, problems = read(tmp_path_factory.mktemp("any"), content, name)
    assert records or problems
    for problem in problems:
        assert "\n" not in problem.line_text("id") + problem.line_text("en")
