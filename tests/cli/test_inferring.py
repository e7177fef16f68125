"""`simpul network null`, `compare`, `sensitivity`, and `measures --intervals`."""

import json
from pathlib import Path

import pytest

from command_lines import run
from simpul.ontology import LANGUAGES


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the footwear graph."""
    folder = tmp_path_factory.mktemp("footwear")
    assert run("build", "footwear", "--out", folder).exit_code == 0
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_intervals_say_what_the_data_tell_and_on_what_that_rests(
    out: Path, language: str
) -> None:
    line = ("network", "measures", "--intervals", "--measure", "betweenness")
    more = ("--draws", "40", "--seed", "3", "--top", "5", "--format", "csv")
    result = run(*line, *more, "--version-dir", out, lang=language)
    assert result.exit_code == 0, result.stderr
    header, first, *_ = result.stdout.splitlines()
    assert header.startswith("measure,rank,body,value,low,high,rank_low,rank_high")
    assert first.startswith("betweenness,1,")
    assert "40" in result.stderr
    assert "3" in result.stderr
    assert ("draws" in result.stderr) == (language == "en")


def test_intervals_as_json_carry_draws_seed_and_model(out: Path) -> None:
    line = ("network", "measures", "--intervals", "--draws", "20", "--format", "json")
    result = run(*line, "--version-dir", out)
    found = json.loads(result.stdout)
    assert (found["draws"], found["seed"], found["level"]) == (20, 1, 0.95)
    assert "assumptions" in found["model"]
    for each in found["measures"].values():
        assert each["conclusion"]
        for row in each["bodies"]:
            assert row["rank_low"] <= row["rank_high"]
            assert row["verdict"] in {"first", "near-top", "cannot-tell"}


def test_a_measure_without_intervals_is_refused_with_the_nearest(out: Path) -> None:
    line = ("network", "measures", "--intervals", "--measure", "betweeness")
    result = run(*line, "--version-dir", out)
    assert result.exit_code == 2
    assert "betweenness" in result.stderr


@pytest.mark.parametrize("test", ["mixing", "brokerage", "backbone", "modularity"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_every_test_prints_its_null_draws_and_seed(
    out: Path, test: str, form: str
) -> None:
    line = ("network", "null", "--test", test, "--draws", "12", "--seed", "5")
    result = run(*line, "--format", form, "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    assert "12 draws" in result.stderr
    assert "seed 5" in result.stderr
    if form == "json":
        found = json.loads(result.stdout)
        assert (found["draws"], found["seed"]) == (12, 5)
        assert isinstance(found["rows"], list)


def test_a_backbone_on_average_margins_needs_no_draws(out: Path) -> None:
    line = ("network", "null", "--test", "backbone", "--null", "sdsm")
    result = run(*line, "--correction", "none", "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    assert "SDSM" in result.stderr


def test_two_years_are_compared(out: Path) -> None:
    line = ("network", "compare", "--from", "2012", "--to", "2024", "--attested-only")
    result = run(*line, "--draws", "30", "--format", "csv", "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    rows = [row.split(",") for row in result.stdout.splitlines()]
    assert rows[0] == ["figure", "before", "after", "difference", "expected", "p"]
    assert rows[1][0] == "pairs"
    assert float(rows[1][3]) == pytest.approx(float(rows[1][2]) - float(rows[1][1]))
    assert "Ties that held only on" in result.stderr


def test_a_window_that_is_no_date_is_refused(out: Path) -> None:
    line = ("network", "compare", "--from", "soon", "--to", "2024")
    assert run(*line, "--version-dir", out).exit_code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_sensitivity_lists_origins_and_says_what_survives(
    out: Path, language: str
) -> None:
    line = ("network", "sensitivity", "--measure", "degree", "--format", "csv")
    result = run(*line, "--version-dir", out, lang=language)
    assert result.exit_code == 0, result.stderr
    header, *rows = result.stdout.splitlines()
    assert header == "origin,ties_lost,moved,highest,rank,then,survives"
    assert rows
    assert ("origin" in result.stderr) == (language == "en")


@pytest.mark.parametrize("test_name", ["mixing", "brokerage"])
def test_too_few_draws_are_said_with_how_many_are_needed(
    out: Path, test_name: str
) -> None:
    line = ("network", "null", "--test", test_name, "--draws", "20")
    result = run(*line, "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    again = run(*line, "--version-dir", out, lang="en")
    assert "Too few draws to tell" in again.stderr
    assert "cannot tell" not in again.stderr
