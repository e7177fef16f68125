"""`simpul ask`."""

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from command_lines import run
from simpul.cli import main


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version of the footwear graph."""
    out = tmp_path_factory.mktemp("footwear")
    return Path(run("build", "footwear", "--out", out).stdout.strip())


def asked(version: Path, *arguments: str, lang: str = "en") -> str:
    result = run("ask", *arguments, "--version-dir", version, lang=lang)
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def test_an_answer_comes_with_its_sources_and_the_line_that_asks_the_same(
    version: Path,
) -> None:
    text = asked(version, "Siapa pendiri BPIPI?")
    first, *rest = text.splitlines()
    assert first.startswith("Menurut sumber, BPIPI didirikan bersama oleh")
    assert "bukti: " in text
    assert "https://" in text
    assert "[simpul query founders -p body=org/bpipi]" in " ".join(
        line.strip() for line in rest
    )


def test_the_line_it_names_gives_the_same_rows(version: Path) -> None:
    data = json.loads(asked(version, "Who founded BPIPI?", "--format", "json"))
    given = [f"{name}={value}" for name, value in data["slots"].items()]
    options = [part for each in given for part in ("-p", each)]
    place = ("--version-dir", version, "--format", "json")
    result = run("query", data["query"], *options, *place)
    found = json.loads(result.stdout)["results"]["bindings"]
    assert [row["name"]["value"] for row in found] == [
        row["name"] for row in data["rows"]
    ]


def test_the_reply_has_the_language_of_the_question_whatever_the_line_speaks(
    version: Path,
) -> None:
    assert asked(version, "Who founded BPIPI?", lang="id").startswith("By the sources")
    assert asked(version, "Siapa pendiri BPIPI?").startswith("Menurut sumber")
    chosen = asked(version, "Siapa pendiri BPIPI?", "--lang", "en")
    assert chosen.startswith("By the sources")


def test_words_without_quotation_marks_are_one_question(version: Path) -> None:
    assert asked(version, "Who", "founded", "BPIPI") == asked(
        version, "Who founded BPIPI"
    )


def test_unsure_is_no_error_and_no_answer(version: Path) -> None:
    text = asked(version, "Apa warna favorit BPIPI?")
    assert text.startswith("Belum terjawab: ")
    assert text.count("· ") == 3
    assert "simpul query " in text
    data = json.loads(asked(version, "Apa warna favorit BPIPI?", "--format", "json"))
    assert (data["is_answer"], data["rows"], data["query"]) == (False, [], None)


def test_why_and_sparql_are_shown_on_request(version: Path) -> None:
    plain = asked(version, "Who founded BPIPI?")
    assert "SELECT" not in plain
    assert "sureness" not in plain
    full = asked(version, "Who founded BPIPI?", "--why", "--sparql")
    assert "SELECT DISTINCT ?founder ?name" in full
    assert "the main sign “founded”" in full
    assert full.startswith(plain)


def test_json_holds_the_whole_reply(version: Path) -> None:
    data = json.loads(
        asked(version, "Siapa mitra BPIPI pada 2024?", "--format", "json")
    )
    assert data["question"] == "Siapa mitra BPIPI pada 2024?"
    assert data["language"] == "id"
    assert data["slots"] == {
        "body": "org/bpipi",
        "from": "2024-01-01",
        "until": "2024-12-31",
    }
    assert data["columns"] == ["partner", "name", "ties"]
    assert {"publisher", "issued", "locator", "url"} <= data["sources"][0].keys()
    assert data["sparql"].startswith("BASE")
    assert 0.6 < data["sureness"] <= 1
    assert len(data["alternatives"]) == 3


def test_rows_go_to_standard_output_and_words_to_standard_error(version: Path) -> None:
    line = ("ask", "Who founded BPIPI?", "--format", "csv", "--version-dir", version)
    result = run(*line)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "founder,name"
    assert "By the sources" in result.stderr
    assert "By the sources" not in result.stdout


def test_a_day_may_be_said_or_given(version: Path) -> None:
    said = asked(version, "Siapa saja pejabat BPIPI pada 2012?", "--format", "csv")
    given = asked(
        version, "Siapa saja pejabat BPIPI?", "--as-of", "2012", "--format", "csv"
    )
    always = asked(version, "Siapa saja pejabat BPIPI?", "--format", "csv")
    assert said == given != always


def test_what_was_known_by_a_day_answers_for_that_day(version: Path) -> None:
    then = asked(version, "Apa bukti simpul t-bpipi-founding?", "--known-at", "2020")
    now = asked(version, "Apa bukti simpul t-bpipi-founding?")
    assert then != now


def test_lines_hold_nothing_that_steers_a_terminal(version: Path) -> None:
    assert "\x1b" not in asked(version, "Siapa mitra \x1b[2JPertamina?", "--why")


def test_an_unknown_form_is_refused(version: Path) -> None:
    result = run(
        "ask", "Who founded BPIPI?", "--format", "cvs", "--version-dir", version
    )
    assert result.exit_code == 2
    assert "csv" in result.stderr


def test_the_tab_key_completes_forms() -> None:
    shell = ShellComplete(main, {}, "simpul", "_SIMPUL_COMPLETE")
    found = shell.get_completions(["ask", "x", "--format"], "t")
    assert [item.value for item in found] == ["text", "table", "tsv", "turtle", "trig"]
