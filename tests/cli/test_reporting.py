"""`simpul report`."""

import json
import re
from pathlib import Path

import pytest

from command_lines import run
from simpul.cli import main

LINE = ("report", "--draws", "30", "--from", "2001/2019", "--to", "2020/2025")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


def test_a_report_says_where_it_is_and_what_made_it(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "report"
    result = run(*LINE, "--out", folder, "--version-dir", out, lang="id")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [str(folder / "report.html")]
    assert '<html lang="id">' in (folder / "report.html").read_text("utf-8")
    told = json.loads((folder / "parameters.json").read_text("utf-8"))
    assert told["version"] == (out / "current").read_text("utf-8").strip()
    assert (told["draws"], told["seed"]) == (30, 1)
    assert told["windows"] == ["2001-01-01/2019-12-31", "2020-01-01/2025-12-31"]
    assert [path.name for path in folder.parent.iterdir()] == ["report"]
    assert list((folder / "queries").glob("*.rq"))
    again = run(*LINE, "--out", folder, "--version-dir", out)
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    line = ("report", "--draws", "5", "--as-of", "2024-09-11", "--replace")
    assert run(*line, "--out", folder, "--version-dir", out).exit_code == 0
    assert json.loads((folder / "parameters.json").read_text("utf-8"))["draws"] == 5


def test_the_rules_of_a_line_are_in_the_report(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    line = ("report", "--draws", "5", "--layer", "governance", "--standing")
    rules = ("corroborated", "--dyads", "hub", "--parallel", "any", "--as-of", "2024")
    result = run(*line, *rules, "--out", folder, "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    told = json.loads((folder / "parameters.json").read_text("utf-8"))["rules"]
    assert told["layers"] == ["governance"]
    assert told["standings"] == ["corroborated"]
    assert (told["dyads"], told["parallel"]) == ("hub", "any")
    assert told["when"] == "2024-01-01/2024-12-31"


def test_a_folder_that_is_no_report_is_left_alone(out: Path, tmp_path: Path) -> None:
    kept = tmp_path / "thesis.txt"
    kept.write_text("years of work", "utf-8")
    line = (*LINE, "--replace", "--out", tmp_path, "--version-dir", out)
    assert run(*line).exit_code == 2
    assert [*tmp_path.iterdir()] == [kept]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2001"), "--from and --to"),
        (("--from", "2001", "--to", "2020", "--as-of", "2021"), "--as-of"),
        (("--dyads", "two-mode"), "clique or hub"),
        (("--attested-only",), "--as-of"),
        (
            ("--endpoint", "http://127.0.0.1:9/", "--ecosystem", "seed"),
            "names a graph on another server",
        ),
        (("--from", "kemarin", "--to", "2020"), "no clear day"),
    ],
)
def test_a_line_that_cannot_be_meant_gives_2_and_leaves_no_folder(
    out: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    folder = tmp_path / "report"
    result = run("report", "--out", folder, "--version-dir", out, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not folder.exists()


def test_the_page_of_findings_is_what_its_lines_give(
    repository: Path, tmp_path: Path
) -> None:
    page = (repository / "docs" / "findings.md").read_text("utf-8")
    (line,) = re.findall(r"^    simpul (report .+) --out \S+$", page, re.MULTILINE)
    assert run("build", "footwear", "--out", tmp_path / "versions").exit_code == 0
    place = ("--out", tmp_path / "made", "--version-dir", tmp_path / "versions")
    assert run(*line.split(), *place).exit_code == 0
    made = (tmp_path / "made" / "findings.md").read_text("utf-8")
    # A version is named after all that went into it, words of the ontology among them; the findings are not.
    told, again = (
        re.sub(r"\b[0-9a-f]{16}\b", "VERSION", text)
        for text in (page.partition("<!-- made -->\n")[2], made)
    )
    assert told == again


def test_report_is_a_command_of_the_line() -> None:
    assert "report" in main.commands
