"""`simpul network null`, `compare`, `sensitivity`, and `measures --intervals`."""

import csv
import io
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
    assert header.startswith(
        "measure,rank,body,value,median,low,high,rank_low,rank_high"
    )
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
    assert rows[0] == [
        *("figure", "before", "after", "difference"),
        *("expected", "p", "p_raised"),
    ]
    tested = [row for row in rows[1:] if row[5]]
    assert tested
    assert all(float(row[6]) >= float(row[5]) for row in tested)
    assert rows[1][0] == "pairs"
    assert float(rows[1][3]) == pytest.approx(float(rows[1][2]) - float(rows[1][1]))
    assert "Ties that held only on" in result.stderr
    assert "attested on 2012-01-01/2012-12-31, 2024-01-01/2024-12-31" in result.stderr


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


@pytest.mark.parametrize(
    "line",
    [
        ("measures", "--directed", "--measure", "in_degree"),
        ("measures", "--measure", "betweenness_by_strength", "--measure", "core"),
        ("measures", "--level", "network", "--measure", "centralisation"),
        ("measures", "--level", "network", "--directed", "--measure", "triads"),
        ("measures", "--dyads", "two-mode", "--measure", "two_mode_degree"),
        ("brokerage", "--by", "sector"),
        ("mixing", "--by", "sector"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("model", ["origins", "newman"])
def test_whatever_is_measured_can_have_intervals(
    out: Path, line: tuple[str, ...], model: str
) -> None:
    more = ("--intervals", "--draws", "12", "--model", model, "--format", "csv")
    result = run("network", *line, *more, "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    known = [row for row in rows if row["low"]]
    assert known
    assert all(float(row["low"]) <= float(row["high"]) for row in known)
    assert any(float(row["low"]) < float(row["high"]) for row in known)
    assert ("Newman 2018" in result.stderr) == (model == "newman")
    assert ("Bayes' rule" in result.stderr) == (model == "origins")


def test_what_is_assumed_moves_the_interval_and_is_said(out: Path) -> None:
    def run_with(*more: str) -> str:
        line = ("network", "measures", "--intervals", "--draws", "60", "--top", "1")
        result = run(*line, "--measure", "degree", *more, "--version-dir", out)
        assert result.exit_code == 0, result.stderr
        return result.stdout + result.stderr

    sure = run_with("--assume", "false_rate=0.001", "--assume", "real=50")
    assert "with 0.001" in sure
    assert run_with().splitlines()[:3] != sure.splitlines()[:3]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--model", "newman"), "add --intervals"),
        (("--draws", "5"), "add --intervals"),
        (("--intervals", "--assume", "true_rat=0.9"), "did you mean true_rate"),
        (("--intervals", "--assume", "true_rate"), "not NAME=NUMBER"),
        (("--intervals", "--assume", "true_rate=0.05"), "must be below"),
        (("--intervals", "--measure", "density"), "--level network"),
        (("--intervals", "--measure", "in_degree"), "--directed"),
    ],
)
def test_what_no_interval_can_be_made_of_is_refused_with_a_way_out(
    out: Path, more: tuple[str, ...], told: str
) -> None:
    result = run("network", "measures", *more, "--version-dir", out)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not result.stdout


def test_mixing_and_its_null_name_one_value_for_chance(out: Path) -> None:
    """The null draws from what mixing computes; five standard errors apart at most."""
    line = ("network", "mixing", "--format", "json", "--version-dir", out)
    exact = float(json.loads(run(*line).stdout)["ei_expected"])
    null = ("network", "null", "--draws", "1000", "--format", "json")
    drawn = json.loads(run(*null, "--version-dir", out).stdout)["rows"][0]
    assert drawn["statistic"] == "ei"
    assert abs(drawn["expected"] - exact) < 5 * drawn["sd"] / 1000**0.5


def test_a_backbone_of_too_few_draws_says_so(out: Path) -> None:
    line = ("network", "null", "--test", "backbone", "--draws", "12")
    few = run(*line, "--version-dir", out)
    assert "Too few draws: with 12 draws the least p is 0.0769" in few.stderr
    enough = run(
        *line[:-2], "--draws", "20", "--correction", "none", "--version-dir", out
    )
    assert "Too few" not in enough.stderr


def test_windows_the_wrong_way_round_are_refused(out: Path) -> None:
    line = ("network", "compare", "--from", "2024", "--to", "2012")
    result = run(*line, "--version-dir", out)
    assert result.exit_code == 2
    assert "swap" in result.stderr


def test_windows_without_ties_of_their_own_are_said_first(out: Path) -> None:
    line = ("network", "compare", "--from", "2024", "--to", "2024")
    result = run(*line, "--version-dir", out)
    assert result.exit_code == 0
    warning = result.output.index("Warning, nothing is tested")
    assert warning < result.output.index("centralisation")


def test_days_on_which_no_tie_is_attested_are_warned_of(out: Path) -> None:
    early = run("network", "measures", "--as-of", "1970", "--version-dir", out)
    assert "Warning: " in early.stderr
    late = run("network", "measures", "--as-of", "2024", "--version-dir", out)
    assert "Warning: " not in late.stderr


def test_sensitivity_ranks_lost_bodies_as_measures_ranks_those_without_a_tie(
    out: Path,
) -> None:
    def rows(*line: str) -> list[dict[str, str]]:
        result = run("network", *line, "--format", "csv", "--version-dir", out)
        return list(csv.DictReader(io.StringIO(result.stdout)))

    isolates = [
        int(row["rank"])
        for row in rows("measures", "--measure", "degree")
        if row["degree"] == "0"
    ]
    lost = [
        int(row["then"])
        for row in rows("sensitivity", "--measure", "degree")
        if row["then"]
    ]
    assert len(set(isolates)) == 1
    assert max(lost) <= isolates[0]


def test_the_least_constrained_body_comes_first_with_and_without_intervals(
    out: Path,
) -> None:
    line = ("network", "measures", "--measure", "constraint", "--format", "csv")
    plain = run(*line, "--version-dir", out).stdout.splitlines()[1]
    shown = run(*line, "--intervals", "--draws", "5", "--version-dir", out)
    value = float(shown.stdout.splitlines()[1].split(",")[3])
    assert float(plain.split(",")[-1]) == pytest.approx(value, abs=1e-3)


def test_mirrored_roles_are_tested_once_and_too_few_draws_told_once(out: Path) -> None:
    line = ("network", "null", "--test", "brokerage", "--draws", "30")
    every = run(*line, "--format", "csv", "--version-dir", out)
    roles = {row.split(",")[1] for row in every.stdout.splitlines()[1:]}
    assert "gatekeeper" in roles
    assert "representative" not in roles
    assert every.stderr.count("Too few draws to tell") == 1
    assert "only gatekeeper is tested" in every.stderr
    ways = run(*line, "--directed", "--format", "csv", "--version-dir", out)
    assert ",representative," in ways.stdout


@pytest.mark.parametrize(
    "line", [("sensitivity", "--measure", "degree"), ("null", "--test", "mixing")]
)
def test_top_cuts_the_tables_of_tests(out: Path, line: tuple[str, ...]) -> None:
    more = ("--format", "csv", "--version-dir", out)
    every = run("network", *line, *more).stdout.splitlines()
    some = run("network", *line, "--top", "1", *more).stdout.splitlines()
    assert len(every) > 2
    assert some == every[:2]
