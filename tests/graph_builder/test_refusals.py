"""What a model refuses is told once, in the language asked for, at the field as it is written."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simpul.graph_builder import find_ecosystem, load_records
from simpul.ontology import Language
from worlds import copy_of_rattan

models: Any = importlib.import_module("simpul.graph_builder.records")
raw: Any = importlib.import_module("simpul.graph_builder.readers.raw")
refusals: Any = importlib.import_module("simpul.graph_builder.refusals")

LANGUAGES: tuple[Language, ...] = ("id", "en")

TOLD = {
    "a code or a word": ("kind: provinc", "kind", "unknown-code", "province"),
    "a list for a text or parts": ("kind: province\n  name: [x]", "name", "bad-value", "a text"),
    "half of two languages": ("kind: province\n  name: {id: a}", "name.en", "missing-field", ""),
    "no truth": ("kind: province\n  foreign: perhaps", "foreign", "bad-value", "true or false"),
    "a text for a list": ("kind: province\n  evidence: x", "evidence", "bad-value", "a list"),
    "a code of another form": ("kind: province\n  kemendagri_code: '3'", "kemendagri_code", "bad-value", "35.15"),
    "an unknown field, deep": ("kind: province\n  evidence: [{source: koran-a-2023, stance: supports, locatr: x}]", "evidence[0].locatr", "unknown-field", "locator"),
    "an unknown field": ("kind: province\n  foriegn: true", "foriegn", "unknown-field", "foreign"),
    "too long": (f"kind: province\n  note: {'x' * 2001}", "note", "bad-value", "2000"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "code", "says"), TOLD.values(), ids=TOLD)
def test_each_fault_is_told_once(
    fields: str, field: str, code: str, says: str, tmp_path: Path
) -> None:
    folder = copy_of_rattan(tmp_path)
    name = "" if "name:" in fields else "  name: Tempat\n"
    (folder / "places.yaml").write_text(f"- id: p\n{name}  {fields}\n", "utf-8")
    (problem,) = load_records(find_ecosystem(folder)).problems
    assert (problem.code, problem.field) == (code, field)
    assert says in problem.line_text("en")
    assert problem.line_text("id") != problem.line_text("en")


def test_a_party_that_may_be_unnamed_is_told_once(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    (folder / "ties.yaml").write_text(
        "- id: t\n  type: cooperation\n  modality: realised\n  sign: positive\n"
        "  participants:\n  - {unnamed: maybe, role: partner}\n  - {role: partner}\n",
        "utf-8",
    )
    found = load_records(find_ecosystem(folder)).problems
    assert [(p.field, p.code) for p in found] == [
        ("participants[0].unnamed", "bad-value"),
        ("participants[1]", "bad-value"),
    ]
    assert "salah satu saja" in found[1].message("id")


PARTS = (
    "party",
    "role",
    "stance",
    "source",
    "en",
    "start",
    "digest",
    "coverage",
    "str",
)
names = st.sampled_from(
    sorted({*PARTS, *(n for kind in models.RECORD_KINDS for n in kind.model_fields)})
)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.sampled_from(["", "x", "1", "true", "2024", "supports", "a/b", "x" * 2001]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(models.RECORD_KINDS), st.dictionaries(names, values, max_size=8))
def test_any_refusal_has_a_place_and_words_in_both_languages(
    model: Any, data: dict[str, Any]
) -> None:
    try:
        model.model_validate(data)
    except ValidationError as error:
        found = list(refusals.refusals(error, raw.RawRecord("a.yaml", 1, data), model))
        assert found
        for problem in found:
            for language in LANGUAGES:
                said = problem.line_text(language)
                assert "Input should" not in said, said
                assert "{" not in said


def test_a_misspelt_label_in_a_table_is_answered_with_the_label(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    table = "kunci;jenis;pihak 1;peran 1\nt-x;kerja smaa;bengkel-a;mitr\n"
    (folder / "simpul.csv").write_text(table, encoding="utf-8")
    problems = load_records(find_ecosystem(folder)).problems
    said = {p.column: p.line_text("id") for p in problems if p.code == "unknown-code"}
    assert '"kerja sama"' in said["jenis (B)"]
    assert '"mitra"' in said["peran 1 (D)"]
