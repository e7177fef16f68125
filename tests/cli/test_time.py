"""`--as-of` and `--known-at`, and `simpul history`."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from command_lines import run


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph: one news item of 11 September 2024."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_the_words_say_the_day_and_how_much_held(out: Path) -> None:
    where = ("--version-dir", out)
    line = run("query", "founders", "--as-of", "2024-09-11", *where)
    assert line.exit_code == 0
    told = re.search(r"^as of 2024-09-11: (\d+) ties attested, (\d+) possible$", line.stderr, re.MULTILINE)  # fmt: skip
    assert told
    ties = run("query", "-", *where, "--format", "csv", given="SELECT ?t { ?t a <https://w3id.org/simpul/ontology#Tie> }")  # fmt: skip
    assert int(told[1]) + int(told[2]) == len(ties.stdout.split()) - 1
    assert int(told[1])


@pytest.mark.parametrize(
    ("options", "lang", "words"),
    [
        (["--as-of", "2024-09-11"], "id", "per 2024-09-11: "),
        (["--as-of", "2024"], "en", "on some day from 2024-01-01 to 2024-12-31: "),
        (["--as-of", "2024-09"], "id", "pada suatu hari dari 2024-09-01 sampai 2024-09-30: "),
        (["--as-of", "11 September 2024"], "id", "per 2024-09-11: "),
        (["--known-at", "2024"], "en", "as known by 2024-12-31: "),
        (["--known-at", "2020-06"], "en", "as known by 2020-06-30: 0 ties"),
        (["--as-of", "2024-09-11", "--known-at", "2025"], "en", "as of 2024-09-11, as known by 2025-12-31: "),
    ],
)  # fmt: skip
def test_a_month_or_year_is_said_as_it_was_taken(
    out: Path, options: list[str], lang: str, words: str
) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    line = run("query", "-", *options, "--version-dir", out, lang=lang, given=count)
    assert line.exit_code == 0, line.stderr
    assert line.stderr.startswith(words)


@pytest.mark.parametrize(
    "text", ["../2021", "2021/", "11/9/2024", "kemarin", "2024-13"]
)
@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
def test_what_is_no_clear_day_is_refused(out: Path, option: str, text: str) -> None:
    line = run("query", "founders", option, text, "--version-dir", out)
    assert line.exit_code == 2
    assert f"{text} is no clear day" in line.stderr
    assert line.stdout == ""


def test_a_slice_marks_what_it_holds_and_the_graph_does_not(out: Path) -> None:
    text = (
        "PREFIX simpul: <https://w3id.org/simpul/ontology#> "
        "SELECT (COUNT(*) AS ?n) { ?claim simpul:holding ?holding }"
    )
    where = ("--version-dir", out, "--format", "csv")
    whole = run("query", "-", *where, given=text).stdout.split()
    slice_ = run("query", "-", "--as-of", "2024", *where, given=text).stdout.split()
    assert whole == ["n", "0"]
    assert int(slice_[1]) > 0


@pytest.mark.parametrize(
    ("lang", "aspect", "holding"),
    [("id", "atasan", "terbukti"), ("en", "superior", "attested")],
)
def test_a_history_tells_how_each_fact_held(
    out: Path, lang: str, aspect: str, holding: str
) -> None:
    line = run("history", "bpipi", "--as-of", "2024-09-11", "--format", "csv", "--version-dir", out, lang=lang)  # fmt: skip
    assert line.exit_code == 0, line.stderr
    told = {row["aspect"]: row for row in rows_of(line.stdout)}
    assert told[aspect]["holding"] == holding
    assert told[aspect]["origins"] == "1"
    assert told[aspect]["first_attested"] == "2024-09-11"
    assert told[aspect]["claim"].startswith("https://w3id.org/simpul/id/tie/")


def test_a_table_of_history_has_no_more_columns_than_fit(out: Path) -> None:
    def heads(*options: str, lang: str = "en") -> list[str]:
        line = run("history", "bpipi", *options, "--version-dir", out, lang=lang)
        assert line.exit_code == 0, line.stderr
        return line.stdout.split("\n")[0].split()

    assert heads() == ["aspect", "value", "from", "until", "status", "origins"]
    assert heads("--as-of", "2024") == [
        "aspect", "value", "from", "until", "then", "status", "origins"
    ]  # fmt: skip
    assert heads(lang="id") == ["hal", "isi", "dari", "sampai", "status", "asal"]


def test_a_history_of_nobody_offers_a_near_name(out: Path) -> None:
    line = run("history", "bpipy", "--version-dir", out)
    assert line.exit_code == 2
    assert "did you mean 'bpipi'?" in line.stderr


def test_a_page_says_its_day_and_draws_what_is_only_possible_otherwise(
    out: Path, tmp_path: Path
) -> None:
    def data(page: Path) -> Any:  # whatever JSON can hold
        text = page.read_text("utf-8")
        block = re.search(r'id="data">(.+?)</script>', text, re.DOTALL)
        assert block
        return json.loads(block[1])

    def looks(page: Path) -> set[str]:
        column = data(page)["ties"]["c"]["look"]
        return set(column.get("v", [column.get("o")]))

    whole, then = tmp_path / "whole.html", tmp_path / "then.html"
    where = ("--version-dir", out)
    assert run("view", "--out", whole, *where).exit_code == 0
    line = run("view", "--out", then, "--as-of", "2024-09-12", *where)
    assert line.exit_code == 0, line.stderr
    assert "as of 2024-09-12: 0 ties attested" in line.stderr
    assert data(then)["title"] == [
        f"{title}, {words} 2024-09-12"
        for title, words in zip(data(whole)["title"], ("per", "as of"), strict=True)
    ]
    assert "possible" not in looks(whole)
    assert "possible" in looks(then)


@pytest.mark.parametrize("form", ["csv", "json", "table"])
@pytest.mark.parametrize("name", ["founders", "post-holders", "ties-of-body"])
def test_under_a_day_an_answer_says_what_is_attested_and_what_possible(
    out: Path, name: str, form: str
) -> None:
    where = ("--version-dir", out, "--format", form)
    then = run("query", name, "--as-of", "2024-09-11", *where)
    assert "holding" in then.stdout
    assert "attested" in then.stdout or "possible" in then.stdout
    assert "holding" not in run("query", name, *where).stdout
    assert "holding" not in run("query", name, "--known-at", "2025", *where).stdout
