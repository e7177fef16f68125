"""Scoring: a perfect answer, an empty one, and what must hold of every other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder.extraction import (
    CATEGORIES,
    Counts,
    article_record,
    faults_of,
    national_lexicon,
    score_article,
    score_articles,
    understand,
    wilson,
)

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
GOLD = sorted(ARTICLES.glob("*/*.json"))

NAMES = st.sampled_from(["PT A", "CV B", "Kadin", "Bank C", "Dinas D"])


def _body(name: str) -> dict[str, Any]:
    return {"name": name, "aliases": []}


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A small record whose ties join bodies it names."""
    names = draw(st.lists(NAMES, unique=True))
    ties = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["cooperation", "supply"]),
                st.lists(NAMES, min_size=2, max_size=3, unique=True),
                st.sampled_from(["realised", "planned"]),
                st.sampled_from(["positive", "negative"]),
            ),
            max_size=3,
        )
    )
    return {
        "institutions": [_body(name) for name in names],
        "ties": [
            {
                "type": kind,
                "participants": [{"institution": name, "role": "x"} for name in joined],
                "modality": modality,
                "sign": sign,
            }
            for kind, joined, modality, sign in ties
        ],
        "observations": [
            {"value": value, "unit": "ton", "qualifier": "exact"}
            for value in draw(st.lists(st.integers(0, 3), max_size=3))
        ],
    }


def _gold(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


@given(records())
def test_a_perfect_answer_scores_one_and_has_no_faults(record: dict[str, Any]) -> None:
    assert all(each.f1 == 1 for each in score_article(record, record).values())
    assert faults_of("a", record, record) == []


@given(records())
def test_an_empty_answer_finds_nothing(record: dict[str, Any]) -> None:
    assert all(each.right == 0 for each in score_article({}, record).values())


@given(records(), records())
def test_exchanging_the_sides_exchanges_precision_and_recall(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    there, back = score_article(one, other), score_article(other, one)
    for name, counts in there.items():
        turned = Counts(counts.right, counts.expected, counts.found)
        assert back[name] == turned
        assert counts.right <= min(counts.found, counts.expected)


def test_an_acronym_counts_as_the_body_it_stands_for() -> None:
    expected = {
        "institutions": [
            {"name": "Kementerian Perindustrian", "aliases": ["Kemenperin"]}
        ]
    }
    found = {"institutions": [_body("KEMENPERIN")]}
    assert score_article(found, expected)["institutions"] == Counts(1, 1, 1)


def test_the_same_body_found_twice_counts_once() -> None:
    twice = {"institutions": [_body("PT A"), _body("PT A")]}
    once = {"institutions": [_body("PT A")]}
    assert score_article(twice, once)["institutions"] == Counts(1, 2, 1)


def test_two_of_a_family_of_three_are_one_pair_of_three() -> None:
    scores = score_articles(
        {}, {}, found_families=[["b", "a"]], expected_families=[["a", "b", "c"]]
    )
    assert scores[-1].counts == Counts(1, 1, 3)
    assert [each.category for each in scores] == list(CATEGORIES)


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_bounds_of_a_share_hold_the_share(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low - 1e-9 <= right / (right + wrong) <= high + 1e-9


def test_the_bounds_of_eight_in_ten_are_those_in_print() -> None:
    # By hand from the formula: 0.8 of 10 at z = 1.96.
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_passages_of_an_annotated_article_lie_in_it(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    record = _gold(path)
    names = {body["name"] for body in record["institutions"]}
    for body in record["institutions"]:
        for each in body["mentions"]:
            assert text[each["start"] : each["end"]] == each["text"]
    for tie in record["ties"]:
        assert 0 <= tie["passage"]["start"] < tie["passage"]["end"] <= len(text)
        assert {each["institution"] for each in tie["participants"]} <= names


def test_half_of_what_the_development_articles_name_is_found() -> None:
    expected = {
        path.stem: _gold(path) for path in GOLD if path.parent.name == "development"
    }
    found = {
        path.stem: article_record(
            path.stem,
            understand(
                path.with_suffix(".txt").read_text(encoding="utf-8"),
                national_lexicon(),
                date.fromisoformat(expected[path.stem]["published"]),
            ),
        )
        for path in GOLD
        if path.stem in expected
    }
    scores = {each.category: each for each in score_articles(found, expected, draws=50)}
    assert scores["institutions"].counts.f1 > 0.5
    assert scores["institutions"].low <= scores["institutions"].high
