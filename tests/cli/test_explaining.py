"""`simpul explain`."""

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from command_lines import run
from simpul.cli import main
from simpul.ontology import BASE


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version of the seed graph."""
    out = tmp_path_factory.mktemp("seed")
    return Path(run("build", "seed", "--out", out).stdout.strip())


def explained(version: Path, *arguments: str, lang: str = "en") -> str:
    result = run("explain", *arguments, "--version-dir", version, lang=lang)
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def test_a_tie_explains_itself_in_both_languages(version: Path) -> None:
    english = explained(version, "founding-bpipi-1")
    assert english.splitlines()[0].endswith("(tie/founding-bpipi-1)")
    assert "Standing: " in english
    assert "Confidence: " in english
    indonesian = explained(version, "founding-bpipi-1", lang="id")
    assert "Kedudukan: " in indonesian
    assert "Yang akan mengubahnya" in indonesian


def test_lines_fit_the_terminal(version: Path) -> None:
    place = ("--version-dir", version)
    result = run("explain", "founding-bpipi-1", *place, columns=60)
    lines = result.stdout.splitlines()
    assert len(lines) > 10
    long = [line for line in lines if len(line) > 60 and " " in line.strip()]
    # The title and the headings stay on one line.
    assert not [line for line in long if line.startswith("  ")]


def test_json_holds_what_is_said_and_what_it_is_made_of(version: Path) -> None:
    data = json.loads(explained(version, "founding-bpipi-1", "--format", "json"))
    assert data["claim"] == f"{BASE}id/tie/founding-bpipi-1"
    assert data["rules"]["confidence"][0]["code"] == "opposed"
    assert [rule["holds"] for rule in data["rules"]["standing"]].count(True) == 1
    assert data["grounds"]["origins"] >= 1
    assert data["evidence"][0]["document"].startswith(f"{BASE}id/doc/")
    assert data["sections"]["standing"][0] == f"Standing: {data['standing']}"


def test_an_observation_is_explained_as_well(version: Path) -> None:
    text = explained(version, "iki-footwear-2024-08")
    assert "printed value: 55,20" in text
    assert "Standing" not in text


def test_an_unknown_key_is_answered_with_the_nearest(version: Path) -> None:
    result = run("explain", "founding-bpipi", "--version-dir", version)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "did you mean 'founding-bpipi-1'?" in result.stderr


def completions(version: Path, incomplete: str) -> list[str]:
    line = ["explain", "--version-dir", str(version)]
    shell = ShellComplete(main, {}, "simpul", "_SIMPUL_COMPLETE")
    return [item.value for item in shell.get_completions(line, incomplete)]


def test_the_tab_key_completes_ties_and_other_claims(version: Path) -> None:
    assert "founding-bpipi-1" in completions(version, "found")
    assert completions(version, "observation/iki") == [
        "observation/iki-footwear-2024-08"
    ]
    every = completions(version, "")
    assert every == sorted(every)
    assert every
    assert not [key for key in every if "/" in key]


def test_where_nothing_was_built_the_tab_key_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert completions(tmp_path, "t-") == []
