"""Problems: each has words in two languages, a place, and a way out."""

import importlib
import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import Problem
from simpul.ontology import Language, VocabularyError

# An inner part of the room, which its door does not show whole to type checkers.
inner: Any = importlib.import_module("simpul.graph_builder.problems")
Fact = str | int | tuple[str, ...] | Mapping[Language, str]

LANGUAGES: tuple[Language, ...] = ("id", "en")


def sentences(repository: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted((repository / "graph_builder" / "messages").iterdir()):
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def facts_in(text: str) -> set[str]:
    return {fact for _, fact, _, _ in string.Formatter().parse(text) if fact}


def test_every_code_has_a_message_and_a_remedy_that_its_facts_fill(
    repository: Path,
) -> None:
    said = sentences(repository)
    codes = [code for code in said if f"{code}-remedy" in said]
    assert len(codes) > 40
    for code in codes:
        texts = said[code]["en"] + said[f"{code}-remedy"]["en"]
        facts: dict[str, Fact] = {fact: f"<{fact}>" for fact in facts_in(texts)}
        problem = Problem(code, "f.yaml", 3, "k", "a.b", facts)
        for language in LANGUAGES:
            text = problem.line_text(language)
            assert "{" not in text
            assert all(str(fact) in text for fact in facts.values())
        assert problem.message("id") != problem.message("en")
        assert problem.remedy("id") != problem.remedy("en")


def test_every_remedy_belongs_to_a_message(repository: Path) -> None:
    said = sentences(repository)
    remedies = [code for code in said if code.endswith("-remedy")]
    assert [code for code in remedies if code.removesuffix("-remedy") not in said] == []


PLACES = {
    "a whole file": (
        Problem("empty-file", "ties.yaml"),
        "ties.yaml: the file is empty; ",
    ),
    "a record": (
        Problem("missing-evidence", "ties.yaml", 41, "t-x"),
        "ties.yaml line 41, t-x: nothing supports this; ",
    ),
    "a field": (
        Problem("missing-field", "ties.yaml", 41, "t-x", "participants[0].role"),
        "ties.yaml line 41, t-x, participants[0].role: this field is required; ",
    ),
}


@pytest.mark.parametrize(("problem", "beginning"), PLACES.values(), ids=PLACES)
def test_a_problem_tells_its_place_first(problem: Problem, beginning: str) -> None:
    assert problem.line_text("en").startswith(beginning)


def test_indonesian_text_is_indonesian() -> None:
    problem = Problem("missing-evidence", "ties.yaml", 41, "t-x")
    assert problem.line_text("id") == (
        "ties.yaml baris 41, t-x: tidak ada yang mendukung catatan ini; "
        "tambahkan sedikitnya satu butir pada `evidence`"
    )


def test_a_code_without_words_or_a_fact_left_out_is_refused_at_once() -> None:
    with pytest.raises(VocabularyError, match="no-such-code"):
        Problem("no-such-code", "a.yaml")
    with pytest.raises(VocabularyError, match="expected"):
        Problem("bad-value", "a.yaml", facts={"value": "x"})


def test_a_reason_that_is_a_code_is_said_in_words_and_any_other_as_it_is() -> None:
    facts: dict[str, Fact] = {"value": "2023-02-29", "reason": "edtf-calendar"}
    coded = Problem("bad-edtf", "a.yaml", facts=facts)
    assert "the calendar has no such date" in coded.message("en")
    assert "kalender" in coded.message("id")
    free = Problem("bad-edtf", "a.yaml", facts={**facts, "reason": "so be it"})
    assert free.message("en").endswith("so be it")


def test_a_near_miss_takes_the_place_of_the_remedy_and_nothing_near_leaves_it() -> None:
    near = Problem("unknown-field", "a.yaml", facts={"nearest": ("role", "rule")})
    assert near.remedy("id") == 'mungkinkah yang dimaksud "role", "rule"?'
    far = Problem("unknown-field", "a.yaml", facts={"nearest": ()})
    assert far.remedy("en").startswith("remove it")


def test_a_text_in_two_languages_is_said_in_the_one_asked_for() -> None:
    message: Mapping[Language, str] = {"id": "pesan", "en": "message"}
    facts: dict[str, Fact] = {"shape": "S1", "message": message}
    problem = Problem("shape-violation", "graph", facts=facts)
    assert problem.message("id").endswith("pesan")
    assert problem.message("en").endswith("message")


def test_problems_sort_by_file_then_line() -> None:
    found = [Problem("empty-file", file, line) for file, line in (("b", 1), ("a", 10), ("a", 9))]  # fmt: skip
    assert [(p.file, p.line) for p in sorted(found, key=lambda p: p.order)] == [
        ("a", 9),
        ("a", 10),
        ("b", 1),
    ]


@given(st.text(max_size=300))
def test_what_is_shown_of_a_record_stays_on_its_line_and_short(value: str) -> None:
    text = Problem(
        "bad-value", value, 1, value, value, {"value": value, "expected": "x"}
    ).line_text("en")
    assert text.isprintable() or all(
        c.isprintable() or c.isspace() or ord(c) > 0x7F for c in text
    )
    assert not set(text) & set("\n\r\x1b\x85\u2028\u2029\u200b\u202e\u2066\ufeff")
    assert text.encode()  # no lone surrogate
    assert len(inner.shown("a" * 10_000)) <= 120


@given(st.lists(st.text("abcde", min_size=1), unique=True), st.text("abcde"))
def test_near_misses_are_known_names_in_an_order_that_does_not_depend_on_theirs(
    known: list[str], value: str
) -> None:
    found = inner.nearest(value, known)
    assert set(found) <= set(known)
    assert len(found) <= 3
    assert found == inner.nearest(value, reversed(known))
    if value in known:
        assert found[0] == value


def test_a_path_is_written_as_a_reader_would() -> None:
    path = ("posts", 12, "evidence", 0, "source")
    assert inner.written_path(path) == "posts[12].evidence[0].source"
    assert inner.written_path((0, "id")) == "[0].id"
    assert inner.written_path(()) == ""
