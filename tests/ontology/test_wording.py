"""Sentences in two languages, and errors that say where and what."""

import pytest

from simpul.ontology import (
    SimpulError,
    SourceError,
    ViewError,
    VocabularyError,
    Wording,
    near_miss,
)

WORDS = Wording.parse(
    """
    [no-such-place]
    id = "tempat {place} tidak dikenal di {file}"
    en = "{file}: unknown place {place}"
    [done]
    id = "selesai"
    en = "done"
    """,
    source="words.toml",
)


def test_each_language_orders_the_facts_as_it_likes() -> None:
    facts = {"place": "Sidarjo", "file": "ties.yaml"}
    assert (
        WORDS.say("no-such-place", "en", **facts) == "ties.yaml: unknown place Sidarjo"
    )
    assert (
        WORDS.say("no-such-place", "id", **facts)
        == "tempat Sidarjo tidak dikenal di ties.yaml"
    )
    assert WORDS.say("done", "id", unused=1) == "selesai"


def test_braces_in_a_fact_are_left_alone() -> None:
    said = WORDS.say("no-such-place", "en", place="{file}", file="a")
    assert said == "a: unknown place {file}"


def test_an_unknown_sentence_or_a_missing_fact_is_our_own_fault() -> None:
    with pytest.raises(VocabularyError, match="did you mean 'done'"):
        WORDS.say("dones", "en")
    with pytest.raises(VocabularyError, match="'place' was not given"):
        WORDS.say("no-such-place", "en", file="x")


@pytest.mark.parametrize(
    "text",
    [
        'a = { id = "satu" }',
        'a = { id = "satu", en = "one", fr = "un" }',
        'a = { id = "satu {n}", en = "one {m}" }',
        'a = { id = "satu", en = 1 }',
        'a = "one"',
    ],
    ids=["language missing", "third language", "facts differ", "no text", "no table"],
)
def test_a_lame_sentence_is_refused_when_read(text: str) -> None:
    with pytest.raises(VocabularyError):
        Wording.parse(text)


def test_a_source_error_keeps_its_facts() -> None:
    error = SourceError(
        "t.csv", 4, "no such role", key="t-1", field="role", remedy="add it"
    )
    assert str(error) == "t.csv row 4 t-1, role: no such role; add it"
    assert (error.file, error.row, error.key, error.field) == (
        "t.csv",
        4,
        "t-1",
        "role",
    )
    assert isinstance(error, SimpulError)
    assert str(ViewError("explorer", "no nodes")) == "explorer: no nodes"


def test_the_near_miss_does_not_depend_on_the_order_of_the_names() -> None:
    assert near_miss("bat", ["cat", "bar"]) == near_miss("bat", ["bar", "cat"])


@pytest.mark.parametrize(("ties", "said"), [(0, "0 ties"), (1, "1 tie"), (2, "2 ties")])
def test_a_count_of_one_has_its_own_form(ties: int, said: str) -> None:
    words = Wording.parse(
        'n = { id = "{ties} ikatan", en = "{ties} {ties:tie|ties}" }', "words.toml"
    )
    assert words.say("n", "en", ties=ties) == said
    assert words.say("n", "id", ties=ties) == f"{ties} ikatan"
