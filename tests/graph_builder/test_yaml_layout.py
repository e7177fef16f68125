"""Record files in YAML: what is read stays as written and knows its line; what is hostile is refused."""

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import Problem

# An inner part of the room, which its door does not show to type checkers.
readers: Any = importlib.import_module("simpul.graph_builder.readers")

Value = str | None | list["Value"] | dict[str, "Value"]
FieldPath = tuple[str | int, ...]


def read_folder(
    folder: Path, kinds: list[str]
) -> tuple[dict[str, list[Any]], list[Problem]]:
    found: tuple[dict[str, list[Any]], list[Problem]] = readers.read_folder(
        folder, kinds
    )
    return found


def read(folder: Path, content: bytes | str) -> tuple[tuple[Any, ...], list[Problem]]:
    """The records and problems of one file, `ties.yaml`."""
    raw = content.encode() if isinstance(content, str) else content
    (folder / "ties.yaml").write_bytes(raw)
    records, problems = read_folder(folder, ["ties", "places"])
    return tuple(records.get("ties", ())), problems


@pytest.fixture(params=["compiled", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each parser that PyYAML may come with."""
    name: str = request.param
    if name == "pure":
        monkeypatch.setattr(readers.yaml_layout, "_PARSER", yaml.Loader)
    elif not hasattr(yaml, "CLoader"):
        pytest.skip("PyYAML was built without libyaml")
    else:
        assert readers.yaml_layout._PARSER is yaml.CLoader
    return name


AS_WRITTEN = {
    "a word YAML 1.1 takes for false": ("NO", "NO"),
    "a number with a leading zero": ("0123", "0123"),
    "Indonesian thousands": ("13.000", "13.000"),
    "a time of day": ("12:30:45", "12:30:45"),
    "a date": ("2024-09-11", "2024-09-11"),
    "infinity": (".inf", ".inf"),
    "a quoted null": ("'null'", "null"),
    "an empty text in quotes": ('""', ""),
    "a merge sign in quotes": ("'<<'", "<<"),
    "an escape": (r'"a\tb"', "a\tb"),
    "nothing": ("", None),
    "tilde": ("~", None),
    "null": ("null", None),
}


@pytest.mark.parametrize(("written", "value"), AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_a_scalar_is_text_as_written_or_nothing(
    written: str, value: str | None, tmp_path: Path, parser: str
) -> None:
    (record,), problems = read(tmp_path, f"- id: {written}\n")
    assert (record.data["id"], problems) == (value, [])


SOUND = """\
# two ties
- id: t-1
  claim: {id: satu, en: one}
  evidence:
  - source: s-1
    note: >
      two
      lines
  - source: s-2
-
  id: t-2
  topics: [a, b]
"""


def test_records_know_their_lines_and_those_of_their_fields(
    tmp_path: Path, parser: str
) -> None:
    (first, second), problems = read(tmp_path, SOUND)
    assert problems == []
    assert (first.file, first.line, second.line) == ("ties.yaml", 2, 11)
    assert first.lines == {
        ("id",): 2,
        ("claim",): 3,
        ("claim", "id"): 3,
        ("claim", "en"): 3,
        ("evidence",): 4,
        ("evidence", 0): 5,
        ("evidence", 0, "source"): 5,
        ("evidence", 0, "note"): 6,
        ("evidence", 1): 9,
        ("evidence", 1, "source"): 9,
    }
    assert second.data == {"id": "t-2", "topics": ["a", "b"]}
    assert second.lines[("topics", 1)] == 12


BOMB = "- &a [x, x]\n" + "".join(
    f"- &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
REFUSED: dict[str, tuple[str | bytes, str, int | None, str | None]] = {
    "an anchor": ("- id: a\n  name: &x b\n", "anchor-refused", 2, None),
    "an alias": ("- id: a\n- id: *x\n", "alias-refused", 2, None),
    "an alias in place of a record": ("- *x\n", "alias-refused", 1, None),
    "an alias bomb": (BOMB, "alias-refused", 2, None),
    "a tag": ("- id: !!python/name:os.system a\n", "tag-refused", 1, None),
    "a tag on a list": ("- id: a\n  e: !!set [b]\n", "tag-refused", 2, None),
    "a merge key": ("- id: a\n  <<: {b: c}\n", "merge-key-refused", 2, None),
    "a field twice": ("- id: a\n  b: 1\n  b: 2\n", "duplicate-field", 3, "b"),
    "a field twice, deep": (
        "- id: a\n  e:\n  - s: x\n    s: y\n",
        "duplicate-field",
        4,
        "e[0].s",
    ),
    "a field with no name": ("- id: a\n  ~: b\n", "bad-field-name", 2, None),
    "a list for a name": ("- id: a\n  ? [b]\n  : c\n", "bad-field-name", 2, None),
    "a mapping for the file": ("id: a\n", "not-a-list", 1, None),
    "a text for the file": ("a\n", "not-a-list", 1, None),
    "a text for a record": ("- id: a\n- b\n", "not-a-record", 2, None),
    "a list for a record": ("- [[a], {b: c}]\n", "not-a-record", 1, None),
    "nothing for a record": ("- id: a\n-\n", "not-a-record", 2, None),
    "two documents": ("- id: a\n---\n- id: b\n", "several-documents", 2, None),
    "an open quote": ("- id: a\n- id: 'b\n", "bad-yaml", 3, None),
    "a tab for a margin": ("- id: a\n\tb: c\n", "bad-yaml", 2, None),
    "a control character": ("- id: a\n- id: b\x00\n", "control-character", 2, None),
    "no text at all": ("", "empty-file", None, None),
    "only a comment": ("# later\n", "empty-file", None, None),
    "only a byte order mark": ("\ufeff", "empty-file", None, None),
    "an empty document": ("---\n", "empty-file", None, None),
    "Latin-1": (b"- id: a\n  name: caf\xe9\n", "not-utf8", 2, None),
    "UTF-16": ("- id: a\n".encode("utf-16"), "not-utf8", 1, None),
    "deep lists": ("- id: a\n  b: " + "[" * 100_000, "too-deep", 2, None),
    "deep mappings": ("- id: a\n  b: " + "{c: " * 50_000, "too-deep", 2, None),
    "deep names": ("- " + "? " * 20_000, "too-deep", 1, None),
}


@pytest.mark.parametrize(
    ("content", "code", "line", "field"), REFUSED.values(), ids=REFUSED
)
def test_what_is_refused_is_named_with_its_line(
    content: str | bytes,
    code: str,
    line: int | None,
    field: str | None,
    tmp_path: Path,
    parser: str,
) -> None:
    began = time.process_time()
    _, problems = read(tmp_path, content)
    assert time.process_time() - began < 10
    found = [p for p in problems if p.code == code]
    assert found, [p.line_text("en") for p in problems]
    assert (found[0].file, found[0].line) == ("ties.yaml", line)
    assert found[0].field == field or field is None
    for problem in problems:
        assert problem.severity == "error"
        assert problem.message("id") != problem.message("en")


def test_not_utf8_names_the_byte_and_its_offset(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, b"- id: caf\xe9\n")
    assert problem.facts == {"byte": "0xe9", "offset": 9}


def test_a_byte_order_mark_is_taken_as_none(tmp_path: Path) -> None:
    (record,), problems = read(tmp_path, "\ufeff- id: a\n")
    assert (record.data, problems) == ({"id": "a"}, [])


def test_the_deepest_nesting_allowed_is_read(tmp_path: Path) -> None:
    inner = readers.MAX_DEPTH - 2  # the file is a list and the record a mapping
    (record,), problems = read(tmp_path, f"- a: {'[' * inner}{']' * inner}\n")
    assert problems == []
    value: Value = record.data["a"]
    depth = 0
    while isinstance(value, list):
        value, depth = (value[0] if value else None), depth + 1
    assert depth == inner


def test_what_is_refused_costs_only_itself(tmp_path: Path) -> None:
    """The records around a refused part are read, with their own lines."""
    text = (
        "- id: a\n  <<: {x: {y: z}}\n  b: 1\n  b: {c: 2}\n  d: 3\n- text\n"
        "- id: e\n  ? {f: g}\n  : {h: i}\n  j: k\n"
    )
    (first, second), problems = read(tmp_path, text)
    assert (first.data, second.data) == (
        {"id": "a", "b": "1", "d": "3"},
        {"id": "e", "j": "k"},
    )
    assert set(first.lines) == {("id",), ("b",), ("d",)}
    assert second.lines == {("id",): 7, ("j",): 10}
    assert [(p.code, p.line, p.key) for p in problems] == [
        ("merge-key-refused", 2, "a"),
        ("duplicate-field", 4, "a"),
        ("not-a-record", 6, None),
        ("bad-field-name", 8, "e"),
    ]


def test_a_file_made_of_problems_ends_in_time(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "- id: [" + "*a," * 300_000 + "]\n")
    assert len(problems) == readers.yaml_layout.MAX_PROBLEMS + 1
    assert problems[-1].code == "too-many-problems"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, b"- id: a\n" + b"#" * readers.MAX_BYTES)
    assert problem.code == "too-large"
    assert problem.facts["size"] == readers.MAX_BYTES + 8


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text("- id: p\n", encoding="utf-8")
    (tmp_path / "events.yaml").write_text("a: *b\n", encoding="utf-8")
    (tmp_path / "ties.yaml").write_bytes(b"\xff")
    records, problems = read_folder(tmp_path, ["ties", "events", "places"])
    assert [r.data for r in records["places"]] == [{"id": "p"}]
    assert {p.file for p in problems} == {"events.yaml", "ties.yaml"}


@pytest.mark.parametrize("name", ["tie.yaml", "Ties.yaml", "ties.yml", "TIES.YAML"])
def test_a_file_of_another_name_is_reported_with_the_near_miss(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("- id: a\n", encoding="utf-8")
    records, (problem,) = read_folder(tmp_path, ["ties", "places"])
    assert (records, problem.code, problem.file) == ({}, "unknown-file", name)
    assert problem.remedy("en") == 'did you mean "ties.yaml"?'


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("ecosystem.toml", "README.md", ".ties.yaml.swp", "._ties.yaml"):
        (tmp_path / name).write_bytes(b"\xff")
    (tmp_path / "ties.yaml").write_text("- id: a\n", encoding="utf-8")
    assert read_folder(tmp_path, ["ties"])[1] == []


def test_a_missing_folder_and_one_without_records_are_reported(tmp_path: Path) -> None:
    assert [p.code for p in read_folder(tmp_path / "no", ["ties"])[1]] == [
        "folder-missing"
    ]
    assert [p.code for p in read_folder(tmp_path, ["ties"])[1]] == ["no-records"]
    (tmp_path / "ties.yaml").write_text("[]\n", encoding="utf-8")
    assert [p.code for p in read_folder(tmp_path, ["ties"])[1]] == ["no-records"]


def link_out(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text("- id: secret\n", encoding="utf-8")
    (folder / "ties.yaml").symlink_to(outside)


def link_to_itself(folder: Path) -> None:
    (folder / "ties.yaml").symlink_to(folder / "ties.yaml")


def link_to_nothing(folder: Path) -> None:
    (folder / "ties.yaml").symlink_to(folder / "absent")


def folder_named_like_a_file(folder: Path) -> None:
    (folder / "ties.yaml").mkdir()


def pipe(folder: Path) -> None:
    if sys.platform == "win32":
        raise OSError
    os.mkfifo(folder / "ties.yaml")


NOT_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link out of the folder": (link_out, "outside-folder"),
    "a link to itself": (link_to_itself, "unreadable-file"),
    "a link to nothing": (link_to_nothing, "unreadable-file"),
    "a folder": (folder_named_like_a_file, "unreadable-file"),
    "a pipe": (pipe, "unreadable-file"),
}


@pytest.mark.parametrize(("make", "code"), NOT_FILES.values(), ids=NOT_FILES)
def test_what_is_no_file_of_the_folder_is_reported(
    make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    try:
        make(folder)
    except OSError:
        pytest.skip("this system makes no such thing")
    records, problems = read_folder(folder, ["ties"])
    assert (records, [p.code for p in problems]) == ({}, [code])


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("- id: a\n", encoding="utf-8")
    try:
        (tmp_path / "ties.yaml").symlink_to("list.txt")
    except OSError:
        pytest.skip("this system makes no links")
    records, problems = read_folder(tmp_path, ["ties"])
    assert ([r.data for r in records["ties"]], problems) == ([{"id": "a"}], [])


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
)
values: st.SearchStrategy[Value] = st.recursive(
    st.none() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=8,
)
records_of_a_file = st.lists(
    st.dictionaries(texts, values, min_size=1, max_size=4), min_size=1, max_size=4
)


def paths_in(value: Value, path: FieldPath = ()) -> Iterator[FieldPath]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield (*path, position)
            yield from paths_in(item, (*path, position))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield (*path, name)
            yield from paths_in(item, (*path, name))


@settings(max_examples=100, deadline=None)
@given(world=records_of_a_file, flow=st.booleans())
def test_what_yaml_writes_is_read_back_and_every_field_has_a_line_of_its_record(
    world: list[dict[str, Value]], flow: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    class Plain(yaml.SafeDumper):
        """Writes equal values out each time."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    text = yaml.dump(
        world,
        Dumper=Plain,
        allow_unicode=True,
        default_flow_style=flow,
        sort_keys=False,
    )
    found, problems = read(tmp_path_factory.mktemp("world"), text)
    assert problems == []
    assert [record.data for record in found] == world
    starts = [*(record.line for record in found), text.count("\n") + 2]
    for record, end in zip(found, starts[1:], strict=True):
        assert set(record.lines) == set(paths_in(dict(record.data)))
        assert all(record.line <= line <= end for line in record.lines.values())


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="-:[]{}&*!<>|#?'\"%,~ \n\tab", max_size=60)
    | st.text(max_size=40)
    | st.binary(max_size=40)
)
def test_any_file_is_read_or_refused_and_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    if isinstance(content, str):
        content = content.encode(errors="surrogatepass")
    found, problems = read(tmp_path_factory.mktemp("any"), content)
    assert found or problems
    for problem in problems:
        assert "\n" not in problem.line_text("id") + problem.line_text("en")
