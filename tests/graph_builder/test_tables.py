"""Tables: any form gives the same records and the same graph; headings, rows and cells are strict."""

import importlib
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import (
    Problem,
    build_ecosystem,
    find_ecosystem,
    load_records,
    make_graph,
    map_records,
    shipped_ecosystems,
)
from simpul.ontology import code_lists
from tables import (
    FORMS,
    cells_of,
    found_in,
    readers,
    table,
    write_csv,
    write_workbook,
    written_and_read,
)
from worlds import RATTAN, copy_of_rattan

headings: Any = importlib.import_module("simpul.graph_builder.readers.headings")
layout: Any = importlib.import_module("simpul.graph_builder.readers.layout")
words: Any = importlib.import_module("simpul.graph_builder.readers.words")
children: Any = importlib.import_module("simpul.graph_builder.readers.children")
models: Any = importlib.import_module("simpul.graph_builder.records")

KIND_NAMES = words.KINDS
SHIPPED = shipped_ecosystems()
KINDS = ["ties", "people", "sources", "institutions", "observations", "places"]


def read(
    folder: Path, content: str | bytes, name: str = "ties.csv"
) -> tuple[list[Any], list[Problem]]:
    return written_and_read(folder, name, content, KINDS)


# ------------------------------------------------------------------ every form, one graph


@pytest.mark.parametrize("make", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("folder", [RATTAN, SHIPPED["seed"]], ids=["rattan", "seed"])
def test_the_graph_is_the_same_whatever_the_form_of_its_records(
    folder: Path, make: Callable[[Path, Path], Path], tmp_path: Path
) -> None:
    assert _digest(make(folder, tmp_path / "other")) == _digest_once(folder)


@cache
def _digest_once(folder: Path) -> str:
    return _digest(folder)


def _digest(folder: Path) -> str:
    ecosystem = find_ecosystem(folder)
    loaded = load_records(ecosystem)
    assert loaded.problems == []
    return make_graph(ecosystem, loaded).digest


@pytest.mark.parametrize("make", FORMS.values(), ids=FORMS)
def test_the_footwear_records_state_the_same_in_every_form(
    make: Callable[[Path, Path], Path], tmp_path: Path
) -> None:
    """A thousand records, with every odd thing that real ones hold; the gate would find the same."""
    assert _stated(make(SHIPPED["footwear"], tmp_path / "other")) == _stated_once()


@cache
def _stated_once() -> frozenset[str]:
    return _stated(SHIPPED["footwear"])


def _stated(folder: Path) -> frozenset[str]:
    ecosystem = find_ecosystem(folder)
    loaded = load_records(ecosystem)
    assert loaded.problems == []
    return frozenset(map_records(ecosystem, loaded).statements)


def test_files_of_one_kind_add_up_whatever_their_form(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("id,type\na,hierarchy\n")
    (tmp_path / "ties.jsonl").write_text('{"id": "b"}\n')
    (tmp_path / "ties.yaml").write_text("- id: c\n")
    (tmp_path / "simpul.csv").write_text("kunci;jenis\nd;hierarchy\n")
    found, problems = readers.read_folder(tmp_path, KINDS)
    assert problems == []
    assert [raw.key for raw in found["ties"]] == ["d", "a", "b", "c"]
    assert {raw.file for raw in found["ties"]} == {
        "simpul.csv",
        "ties.csv",
        "ties.jsonl",
        "ties.yaml",
    }


def test_the_manifest_names_every_record_file_that_was_read(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    FORMS["workbook"](RATTAN, tmp_path / "book")
    shutil.copy(tmp_path / "book" / "catatan.xlsx", folder / "orang.xlsx")
    for kind in ("ties", "people", "sources", "events", "places", "groups"):
        (folder / f"{kind}.yaml").unlink()
    for kind in ("institutions", "observations"):
        _drop_sheet(folder / "orang.xlsx", KIND_NAMES[kind]["id"][0])
    (folder / "topics.csv").write_text(
        "id,name.id,name.en\nrotan,Rotan,Rattan\n", "utf-8"
    )
    (folder / "decisions.jsonl").write_bytes(b"")
    for name in ("~$orang.xlsx", ".topics.csv", "notes.txt"):
        (folder / name).write_text("x")

    def inputs() -> dict[str, str]:
        built = build_ecosystem(folder, tmp_path / "out")
        found: dict[str, str] = json.loads((built.path / "manifest.json").read_bytes())[
            "inputs"
        ]
        return found

    first = inputs()
    assert sorted(first) == [
        "decisions.jsonl",
        "ecosystem.toml",
        "institutions.yaml",
        "observations.yaml",
        "orang.xlsx",
        "topics.csv",
    ]
    (folder / "topics.csv").write_text(
        "id,name.id,name.en\nrotan,Rotan,Cane\n", "utf-8"
    )
    second = inputs()
    assert {name for name in first if first[name] != second[name]} == {"topics.csv"}


def _drop_sheet(path: Path, name: str) -> None:
    book = openpyxl.load_workbook(path)
    book.remove(book[name])
    book.save(path)


# ------------------------------------------------------------------ headings


def test_every_field_of_every_record_has_words_in_both_languages() -> None:
    every = {
        (model, field.name)
        for kind in models.RECORD_KINDS
        for model in _models_in(kind)
        for field in layout.fields_of(model)
    }
    missing = {
        f"{model.__name__}.{field}"
        for model, field in every
        if field not in words._FIELDS
        and f"{model.__name__}.{field}" not in words._FIELDS
    }
    assert missing == set()


def _models_in(model: Any) -> set[Any]:
    inner = {f.parts for f in layout.fields_of(model) if f.parts}
    return {model}.union(*(_models_in(part) for part in inner))


def test_every_fixed_value_has_words() -> None:
    values = {
        word
        for kind in models.RECORD_KINDS
        for model in _models_in(kind)
        for field in layout.fields_of(model)
        for word in field.words
    }
    assert values - set(words.VALUES) == set()


@pytest.mark.parametrize("kind", models.RECORD_KINDS, ids=lambda kind: kind.__name__)
def test_each_field_is_found_by_the_headings_that_simpul_writes(kind: Any) -> None:
    known = headings.headings_of(kind)
    paths = list(headings._single_paths(known.fields))
    assert len(paths) > 4
    for path in paths:
        for text in (
            headings.dotted(path),
            known.written(path, "id"),
            known.written(path, "en").upper(),
            known.written(path, "id").replace(" ", "_"),
        ):
            assert known.find(text) == path, text


TIE_HEADINGS = {
    "participants.2.party": ("participants", 1, "party"),
    "Pihak 2": ("participants", 1, "party"),
    "peserta 2 pihak": ("participants", 1, "party"),
    "PESERTA_2_PERAN_TERTULIS": ("participants", 1, "role_text"),
    "peran": ("participants", 0, "role"),
    "Sumber": ("evidence", 0, "source"),
    "bukti 3 sumber": ("evidence", 2, "source"),
    "bukti sumber": ("evidence", 0, "source"),
    "Catatan": ("note",),
    "catatan (Indonesia)": ("note", "id"),
    "isi klaim en": ("claim", "en"),
    "topik": ("topics",),
    "Topik 2": ("topics", 1),
    "Jenis": ("type",),
}


@pytest.mark.parametrize(("heading", "path"), TIE_HEADINGS.items(), ids=TIE_HEADINGS)
def test_a_heading_may_be_said_in_either_language_and_in_short(
    heading: str, path: tuple[str | int, ...]
) -> None:
    assert headings.headings_of(models.Tie).find(heading) == path


HEADING_FAULTS = {
    "unknown": ("id,typ\na,b\n", "unknown-heading", '"type"'),
    "unknown, Indonesian": ("id,perann 2\na,b\n", "unknown-heading", '"peran 1"'),
    "position out of reach": ("id,peran 5000\na,b\n", "unknown-heading", ""),
    "position from 0": ("id,peran 0\na,b\n", "unknown-heading", ""),
    "given twice": ("id,peran 1,participants.1.role\na,b,c\n", "duplicate-heading", ""),
    "several fields": ("id,pihak\na,b\n", "heading-too-wide", '"participants.1.role"'),
    "no id": ("type,peran 1\na,b\n", "missing-heading", "`id`"),
    "no headings": ("a,b\nc,d\n", "no-headings", "`simpul template`"),
    "a title instead": ("Simpul tahun 2024\nid,type\na,b\n", "no-headings", ""),
}


@pytest.mark.parametrize(
    ("content", "code", "offer"), HEADING_FAULTS.values(), ids=HEADING_FAULTS
)
def test_a_heading_that_cannot_be_right_is_named_with_a_way_out(
    content: str, code: str, offer: str, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, content)
    assert [p.code for p in problems] == [code]
    assert problems[0].line == 1
    assert offer in problems[0].line_text("en")


def test_a_heading_that_could_mean_two_fields_is_refused(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, "id,sumber 2\na,b\n", "people.csv")
    assert problem.code == "ambiguous-heading"
    assert problem.facts["meant"] == (
        "posts.1.evidence.2.source",
        "posts.2.evidence.1.source",
    )


def test_a_problem_names_file_row_column_value_and_remedy(tmp_path: Path) -> None:
    folder = _ecosystem(tmp_path)
    (folder / "simpul.csv").write_text(
        "id;jenis;peran 1\nt-1;hierarchy;superior\n\nt-2;hierarchy;superor\n", "utf-8"
    )
    problems = load_records(find_ecosystem(folder)).problems
    (said,) = [
        p.line_text("id") for p in problems if p.code == "unknown-code" and p.line == 4
    ]
    assert said.startswith("simpul.csv, baris 4, kolom peran 1 (C), t-2: ")
    assert '"superor" bukan kode' in said
    assert 'mungkinkah yang dimaksud "superior",' in said


def _ecosystem(folder: Path) -> Path:
    (folder / "ecosystem.toml").write_bytes((RATTAN / "ecosystem.toml").read_bytes())
    return folder


# ------------------------------------------------------------------ rows and cells


def test_lists_parts_and_empty_cells(tmp_path: Path) -> None:
    content = (
        "id,name.id,name.en,nama lain,nama lama 1 nama,nama lama 3 nama,bukti 1 sumber\n"
        'a, Satu ,One,"x; y;",,Lama,\n'
        ",,,,,,\n"
        "b,,,;,,,s-1\n"
    )
    (first, second), problems = read(tmp_path, content, "institutions.csv")
    assert problems == []
    assert first.data == {
        "id": "a",
        "name": {"id": "Satu", "en": "One"},
        "aliases": ["x", "y"],
        "former_names": [{"name": "Lama"}],
    }
    # The third former name is the first that there is, and still stands in its column.
    assert first.place(("former_names", 0, "name")).column == "nama lama 3 nama (F)"
    assert second.data == {"id": "b", "evidence": [{"source": "s-1"}]}
    assert second.line == 4


def test_codes_may_be_given_by_their_labels(tmp_path: Path) -> None:
    labels = code_lists().find("participant-role", "beneficiary")
    assert labels is not None
    content = (
        "id,peran 1,peran 2,peran 3,bukti sikap,tanpa nama 1\n"
        f"a,{labels.labels['id']},{labels.labels['en'].upper()},beneficiary,Mendukung,ya\n"
    )
    (record,), problems = read(tmp_path, content)
    assert problems == []
    assert [p["role"] for p in record.data["participants"]] == ["beneficiary"] * 3
    assert record.data["participants"][0]["unnamed"] == "true"
    assert record.data["evidence"] == [{"stance": "supports"}]


def test_a_label_of_several_codes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cells: Any = importlib.import_module("simpul.graph_builder.readers.cells")
    field = next(f for f in layout.fields_of(models.Tie) if f.name == "sign")
    known = cells._Known(field)
    known.labels["baik"] = ("positive", "neutral")
    by_field: dict[Any, Any] = {field: known}
    monkeypatch.setattr(cells, "_known", by_field.get)
    with pytest.raises(cells.BadCell) as refused:
        cells.text_of("Baik", field)
    assert refused.value.code == "ambiguous-label"
    assert refused.value.facts["codes"] == ("positive", "neutral")


def test_every_label_of_every_code_list_is_the_label_of_one_code() -> None:
    """So that a person may write what the templates show; a list that breaks this needs a word."""
    cells: Any = importlib.import_module("simpul.graph_builder.readers.cells")
    shared = {
        (field.name, label): codes
        for kind in models.RECORD_KINDS
        for model in _models_in(kind)
        for field in layout.fields_of(model)
        if field.coded
        for label, codes in cells._known(field).labels.items()
        if len(codes) > 1
    }
    assert shared == {}


ROW_FAULTS: dict[str, tuple[str, str, int]] = {
    "a short row": ("id,type\na\n", "ragged-row", 2),
    "a long row": ("id,type\na,b\nc,d,e\n", "ragged-row", 3),
    "a delimiter inside": ("id;note\na;b; c\n", "ragged-row", 2),
    "a control character": ("id,note\na,b\x07\n", "control-character", 2),
    "a NUL": ("id,note\na,b\0c\n", "control-character", 2),
    "a cell below no heading": ("id,type,\na,b,c\n", "cell-without-heading", 2),
    "text and parts at once": ("id,note,note.en\na,b,c\n", "given-twice", 2),
    "a list and its items": ("id,topics,topics.1\na,b;c,d\n", "given-twice", 2),
    "an open quote at the end": ('id,note\na,"b\nc,d\n', "open-quote", 2),
    "a quote inside a cell": ('id,note\na,"b"c\nd,e\n', "bad-quoting", 2),
    "a cell without end": (f'id,note\na,"{"x" * 140_000}"\nb,c\n', "cell-too-long", 2),
    "lines of an old Macintosh": ("id,note\na,b\rc,d\re,f\n", "old-line-ends", 2),
    "a line without end": (f"id,note\na,{'x' * 2_100_000}\nb,c\n", "row-too-long", 2),
}


@pytest.mark.parametrize(
    ("content", "code", "row"), ROW_FAULTS.values(), ids=ROW_FAULTS
)
def test_a_row_that_cannot_be_read_is_told_and_not_taken(
    content: str, code: str, row: int, tmp_path: Path
) -> None:
    records, problems = read(tmp_path, content)
    assert [(p.code, p.line) for p in problems] == [(code, row)]
    assert all(record.line != row or record.problems for record in records)


def test_a_quote_left_open_swallows_no_row_silently(tmp_path: Path) -> None:
    """It meets another quote in a row of the same width, and everything looks right."""
    content = 'id,note,type\na,"b,c\nd,e,f\ng,h,i\nj,k",l\nm,n,o\n'
    records, (problem,) = read(tmp_path, content)
    assert (problem.code, problem.line, records) == ("open-quote", 2, [])
    assert "line 2" in problem.message("en")


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    content = 'id,note,type\na,"one\ntwo, three\nfour",b\nc,d,e\n'
    (first, second), problems = read(tmp_path, content)
    assert problems == []
    assert first.data["note"] == "one\ntwo, three\nfour"
    assert (second.line, second.data["note"]) == (3, "d")  # as a spreadsheet counts


ENCODINGS = {
    "cp1252": "id,note\na,b\nc,café\n".encode("cp1252"),
    "UTF-16 with its mark": "id,note\na,b\n".encode("utf-16"),
    "UTF-16 without": "id,note\na,b\n".encode("utf-16-le"),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_what_is_not_utf8_is_refused_with_the_way_to_save_it(
    content: bytes, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, content)
    assert problems[0].code == "not-utf8-table"
    assert 'as "CSV UTF-8"' in problems[0].remedy("en")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_delimiter_is_that_of_the_headings(
    delimiter: str, mark: str, tmp_path: Path
) -> None:
    rows = [["id", "catatan", "Pihak 1"], ["a", "b, c; d\te", "f"]]
    write_csv(tmp_path / "ties.csv", rows, delimiter)
    text = (tmp_path / "ties.csv").read_text("utf-8-sig")
    (record,), problems = read(tmp_path, mark + text)
    assert problems == []
    assert record.data["note"] == "b, c; d\te"


def test_comments_are_passed_over_and_count_as_rows(tmp_path: Path) -> None:
    content = (
        '# Simpul, "catatan"\n\nid,note\n# a comment, with a comma\n'
        "# another, with, two\na,#b\n#c,\n"
    )
    (record,), problems = read(tmp_path, content)
    assert problems == []
    assert (record.line, record.data) == (6, {"id": "a", "note": "#b"})


def test_what_only_looks_like_a_comment_is_a_record(tmp_path: Path) -> None:
    """A bad key is told; a text may begin with the mark."""
    (record,), problems = read(tmp_path, "id,note\n#1,b\n")
    assert (record.key, problems) == ("#1", [])
    (record,), problems = read(tmp_path, "note,id\n# satu,b\n")
    assert (record.data["note"], problems) == ("# satu", [])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='id,;"\n\r\t abc\0é', max_size=80) | st.binary(max_size=80))
def test_any_table_is_read_or_refused_and_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    raw = content.encode() if isinstance(content, str) else content
    folder = tmp_path_factory.mktemp("any")
    _, problems = read(folder, b"id,note,type\n" + raw)
    for problem in problems:
        assert "\n" not in problem.line_text("id") + problem.line_text("en")


keys = st.text("abc", min_size=1, max_size=3)
cell_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=";"), min_size=1
).filter(lambda text: text == text.strip() and not text.startswith("#"))
tie_rows: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"id": keys},
    optional={
        "note": cell_texts
        | st.fixed_dictionaries({"id": cell_texts, "en": cell_texts}),
        "programme": cell_texts,
        "topics": st.lists(keys, min_size=1, max_size=3),
        "participants": st.lists(
            st.fixed_dictionaries({"party": keys}, optional={"role_text": cell_texts}),
            min_size=1,
            max_size=4,
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(tie_rows, min_size=1, max_size=5), st.sampled_from([None, "id", "en"]))
def test_what_a_table_holds_is_what_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, Any]],
    lang: str | None,
) -> None:
    folder = tmp_path_factory.mktemp("world")
    write_csv(folder / "ties.csv", table("ties", rows, lang))
    found, problems = readers.read_folder(folder, KINDS)
    assert problems == []
    assert [dict(raw.data) for raw in found["ties"]] == rows


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "x", "y"]), min_size=3, max_size=5), max_size=8
    )
)
def test_every_row_is_stored_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    write_csv(folder / "ties.csv", [["id", "note", "topics", ""], *rows])
    records, problems = read(folder, (folder / "ties.csv").read_bytes())
    stored = {record.line for record in records if not record.problems}
    rejected = {p.line for p in problems if p.code != "no-records"}
    blank = {n for n, row in enumerate(rows, 2) if not any(row) and len(row) == 4}
    assert not stored & rejected
    assert stored | rejected | blank == set(range(2, len(rows) + 2))


# ------------------------------------------------------------------ tables of parts


def parts(
    folder: Path, ties: str, participants: str
) -> tuple[list[Any], list[Problem]]:
    """Ties with a table of their participants."""
    (folder / "simpul.peserta.csv").write_text(participants, "utf-8")
    return read(folder, ties)


def test_items_in_a_table_of_their_own_keep_their_order_and_their_places(
    tmp_path: Path,
) -> None:
    (first, second), problems = parts(
        tmp_path, "id,type\na,x\nb,y\n", "dari,pihak,peran\nb,p,r\na,q,s\nb,o,t\n"
    )
    assert problems == []
    assert first.data["participants"] == [{"party": "q", "role": "s"}]
    assert [item["party"] for item in second.data["participants"]] == ["p", "o"]
    place = second.place(("participants", 1, "role"))
    assert place.text("en") == "simpul.peserta.csv, row 4, column peran (C)"


def test_items_without_their_record_and_in_two_places_are_told(tmp_path: Path) -> None:
    _, problems = parts(tmp_path, "id,pihak 1\na,x\n", "of,party\na,p\nnobody,q\n,r\n")
    assert [(p.code, p.file, p.line) for p in problems] == [
        ("part-without-record", "simpul.peserta.csv", 3),
        ("missing-field", "simpul.peserta.csv", 4),
        ("parts-in-two-places", "ties.csv", 2),
    ]


def test_a_bad_cell_in_a_table_of_parts_rejects_the_record(tmp_path: Path) -> None:
    (record,), (problem,) = parts(
        tmp_path, "id\na\n", "of,party,unnamed,unnamed.id\na,p,ya,x\n"
    )
    assert (problem.code, problem.file, problem.line) == (
        "given-twice",
        "simpul.peserta.csv",
        2,
    )
    assert record.problems == (problem,)


def test_many_rows_of_parts_that_close_up_differently_keep_their_places(
    tmp_path: Path,
) -> None:
    count = 3 * children.MAX_SHARED
    ids = "".join(f"p-{number}\n" for number in range(count))
    (tmp_path / "people.csv").write_text(f"id\n{ids}", "utf-8")
    rows = "".join(
        f"p-{number},badan,{'' if number % 2 else 's'},t\n" for number in range(count)
    )
    (tmp_path / "people.posts.csv").write_text(
        f"of,institution,evidence 1 source,evidence 2 source\n{rows}", "utf-8"
    )
    found, problems = readers.read_folder(tmp_path, KINDS)
    assert problems == []
    for number, record in enumerate(found["people"]):
        place = record.place(("posts", 0, "evidence", 1 - number % 2, "source"))
        assert place.text("en") == (
            f"people.posts.csv, row {number + 2}, column evidence 2 source (D)"
        )


# ------------------------------------------------------------------ files made to be wrong


def stray_cells(folder: Path, count: int) -> None:
    rows = [["b", "c", "stray"] for _ in range(count)]
    sheets = {"simpul": [["id", "note"], *rows], "orang": [["id"], *rows]}
    write_workbook(folder / "book.xlsx", sheets)


def parquet_controls(folder: Path, count: int) -> None:
    arrow: Any = pytest.importorskip("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    made = arrow.table({"id": ["b"] * count, "note": ["\x07"] * count})
    parquet.write_table(made, folder / "ties.parquet")


def orphans(folder: Path, count: int) -> None:
    (folder / "ties.csv").write_text("id\na\n", "utf-8")
    rows = "nobody,ya,x\n" * count
    text = f"of,unnamed,unnamed.id\n{rows}"
    (folder / "simpul.peserta.csv").write_text(text, "utf-8")


def many_in_one(folder: Path, count: int) -> None:
    parts = [{f"x{place}": 1} for place in range(count)]
    text = json.dumps({"id": "b", "participants": parts})
    (folder / "ties.jsonl").write_text(text, "utf-8")


def written(name: str, start: str, line: str, end: str = "") -> Callable[..., None]:
    def write(folder: Path, count: int) -> None:
        (folder / name).write_text(start + line * count + end, "utf-8")

    return write


WRONG: dict[str, tuple[Callable[[Path, int], None], str]] = {
    "ragged rows": (written("ties.csv", "id,note\n", "b\n"), "ties.csv"),
    "cells below no heading": (written("ties.csv", "id,\n", "b,c\n"), "ties.csv"),
    "no objects in lines": (written("ties.jsonl", "", "[]\n"), "ties.jsonl"),
    "broken lines": (written("ties.jsonl", "", "{\n"), "ties.jsonl"),
    "no objects in a list": (written("ties.json", "[0", ",0", "]"), "ties.json"),
    "names that are no fields": (many_in_one, "ties.jsonl"),
    "no records in YAML": (written("ties.yaml", "", "- a\n"), "ties.yaml"),
    "cells of two sheets": (stray_cells, "book.xlsx"),
    "control characters in Parquet": (parquet_controls, "ties.parquet"),
    "parts of no record": (orphans, "simpul.peserta.csv"),
}


@pytest.mark.parametrize(("make", "file"), WRONG.values(), ids=WRONG)
def test_a_file_made_to_be_wrong_does_not_fill_the_memory(
    make: Callable[[Path, int], None], file: str, tmp_path: Path
) -> None:
    make(tmp_path, 1_000)
    (tmp_path / "places.csv").write_text("id,catatann\na,b\n", "utf-8")
    records, problems = found_in(tmp_path, KINDS)
    of_file = [problem for problem in problems if problem.file == file]
    (stop,) = [p for p in of_file if p.code == "too-many-problems"]
    assert 0 <= len(of_file) - readers.raw.MAX_PROBLEMS <= 1
    assert stop.line == max(problem.line or 0 for problem in of_file)
    assert len(records) <= readers.raw.MAX_PROBLEMS + 2
    # One bad file hides no other.
    assert "unknown-heading" in [p.code for p in problems if p.file == "places.csv"]
    assert "a" in [record.key for record in records if record.file == "places.csv"]


def test_a_file_is_read_no_further_than_its_problems_are_told(tmp_path: Path) -> None:
    most = readers.raw.MAX_PROBLEMS
    (tmp_path / "ties.csv").write_text("id,note\n" + "b\n" * most + "c,d\n", "utf-8")
    found, problems = readers.read_folder(tmp_path, KINDS)
    assert found == {}
    assert (problems[-1].code, problems[-1].line) == ("too-many-problems", most + 1)
    assert str(most) in problems[-1].message("en")
    rows = "b\n" * (most - 1)
    (tmp_path / "ties.csv").write_text(f"id,note\n{rows}c,d\n", "utf-8")
    found, problems = readers.read_folder(tmp_path, KINDS)
    assert [record.key for record in found["ties"]] == ["c"]
    assert [problem.code for problem in problems] == ["ragged-row"] * (most - 1)


def test_problems_of_parts_are_not_those_of_the_file_of_their_records(
    tmp_path: Path,
) -> None:
    most = readers.raw.MAX_PROBLEMS
    keys = [f"t-{number}" for number in range(most + 5)]
    (tmp_path / "ties.csv").write_text("id\n" + "\n".join(keys), "utf-8")
    rows = "".join(f"{key},ya,x\n" for key in keys)
    (tmp_path / "ties.participants.csv").write_text(
        f"of,unnamed,unnamed.id\n{rows}", "utf-8"
    )
    records, problems = found_in(tmp_path, KINDS)
    assert [record.key for record in records] == keys
    assert {problem.file for problem in problems} == {"ties.participants.csv"}
    assert len(problems) == most + 1


def test_a_check_in_one_pass_is_told_everything(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("id,note\n" + "b\n" * 1_000, "utf-8")
    with readers.RecordFolder(tmp_path, KINDS) as folder:
        assert len(list(folder.read("ties"))) == 1_000


# ------------------------------------------------------------------ folders


def test_names_of_files_in_either_language_and_near_misses(tmp_path: Path) -> None:
    for name in ("Lembaga.CSV", "tie.csv", "sumbr.jsonl", "data.ods", "~$x.xlsx"):
        (tmp_path / name).write_text("id\na\n", "utf-8")
    (tmp_path / "decisions.jsonl").write_text("{}\n")
    found, problems = readers.read_folder(tmp_path, KINDS)
    assert {problem.file: problem.code for problem in problems} == {
        "Lembaga.CSV": "unknown-file",
        "data.ods": "unknown-form",
        "sumbr.jsonl": "unknown-file",
    }
    assert [raw.key for raw in found["ties"]] == ["a"]


NOT_FILES: dict[str, Callable[[Path], None]] = {
    "a link to nothing": lambda at: at.symlink_to("absent"),
    "a link to itself": lambda at: at.symlink_to(at.name),
    "a link out": lambda at: at.symlink_to(at.parent.parent / "outside.csv"),
    "a folder": lambda at: at.mkdir(),
}


@pytest.mark.parametrize("make", NOT_FILES.values(), ids=NOT_FILES)
@pytest.mark.parametrize(
    "name", ["ties.csv", "ties.json", "ties.jsonl", "ties.parquet", "book.xlsx"]
)
def test_only_plain_files_of_the_folder_are_read(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "outside.csv").write_text("id\nsecret\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    try:
        make(folder / name)
    except OSError:
        pytest.skip("this system makes no links")
    found, (problem,) = readers.read_folder(folder, KINDS)
    assert found == {}
    assert problem.code in ("outside-folder", "unreadable-file")


def test_cells_of_a_record_are_what_the_tables_of_these_tests_hold() -> None:
    assert cells_of({"id": "a", "topics": ["b", "c"], "name": {"id": "d"}}) == {
        ("id",): "a",
        ("topics",): "b; c",
        ("name", "id"): "d",
    }
    assert cells_of({"aliases": ["a;b", "c"]}) == {
        ("aliases", 0): "a;b",
        ("aliases", 1): "c",
    }
