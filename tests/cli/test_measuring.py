"""`simpul network measures`, `brokerage` and `mixing`."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from command_lines import run
from simpul.analysis.measures import MEASURES, Level


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


def table(out: Path, *line: str) -> list[dict[str, str]]:
    result = run("network", *line, "--format", "csv", "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def document(out: Path, *line: str) -> dict[str, Any]:
    result = run("network", *line, "--format", "json", "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_bodies_are_ranked_by_the_first_measure(out: Path) -> None:
    rows = table(out, "measures", "--measure", "strength", "--measure", "degree")
    values = [float(row["strength"]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert rows[0]["rank"] == "1"
    assert [*rows[0]][-2:] == ["strength", "degree"]


def test_bodies_and_their_intervals_stand_beside_the_median_and_a_word_on_values_outside(
    out: Path,
) -> None:
    line = ("measures", "--intervals", "--measure", "degree", "--draws", "40")
    rows = table(out, *line)
    assert [*rows[0]][3:7] == ["value", "median", "low", "high"]
    for row in rows:
        low, median, high = (float(row[name]) for name in ("low", "median", "high"))
        assert low <= median <= high
    said = run("network", *line, "--version-dir", out).stderr
    assert "can lie outside its interval" in said


def test_top_never_cuts_through_a_shared_rank(out: Path) -> None:
    every = table(out, "measures", "--measure", "degree")
    some = table(out, "measures", "--measure", "degree", "--top", "2")
    assert some == [row for row in every if int(row["rank"]) <= 2]


def test_every_measure_can_be_asked_for_by_name(out: Path) -> None:
    for name, each in MEASURES.items():
        extra = {
            "direction": ("--directed",),
            "two-mode": ("--dyads", "two-mode"),
        }.get(each.needs or "", ())
        level = "node" if each.level is Level.NODE else "network"
        line = ("measures", "--measure", name, "--level", level, *extra)
        assert table(out, *line), name


def test_the_document_names_rules_references_and_seeds(out: Path) -> None:
    found = document(out, "measures", "--measure", "betweenness", "--sources", "3")
    assert "Every layer counts except talk" in str(found["rules"])
    (one,) = found["measures"]
    assert one["sampled"] == 3
    assert one["seed"] == 1
    assert "Freeman 1977" in one["reference"]


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("command", ["measures", "brokerage", "mixing"])
def test_every_format_is_printed_and_words_go_elsewhere(
    out: Path, form: str, command: str
) -> None:
    for lang, said in (("id", "Dasar hitungan"), ("en", "Counted")):
        line = ("network", command, "--format", form, "--version-dir", out)
        result = run(*line, lang=lang)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.strip()
        assert said in result.stderr


def test_roles_of_a_broker_add_up_to_its_total(out: Path) -> None:
    roles = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    rows = table(out, "brokerage", "--by", "sector")
    assert rows
    for row in rows:
        assert int(row["total"]) == sum(int(row[role]) for role in roles)
        expected = sum(float(row[f"{role}_expected"]) for role in roles)
        assert expected == pytest.approx(int(row["total"]), abs=1e-4)


def test_a_mixing_matrix_is_symmetric_without_direction(out: Path) -> None:
    rows = table(out, "mixing")
    codes = [row["strand"] for row in rows]
    for row in rows:
        assert [row[code] for code in codes] == [each[row["strand"]] for each in rows]
    matrix = document(out, "mixing")
    assert -1 <= float(str(matrix["ei_index"])) <= 1


def test_only_ties_of_the_layers_and_days_asked_for_count(out: Path) -> None:
    everything = run("network", "measures", "--version-dir", out).stderr
    nothing = run(
        "network",
        "measures",
        "--layer",
        "genesis",
        "--as-of",
        "1800-01-01",
        "--attested-only",
        "--version-dir",
        out,
    ).stderr
    assert "Counted: 0 of" in nothing
    assert "Counted: 0 of" not in everything
    then = run("network", "measures", "--as-of", "2024", "--version-dir", out)
    assert "2024-01-01/2024-12-31" in then.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("--measure", "betweeness"), "did you mean"),
        (("--measure", "reciprocity"), "--directed"),
        (("--measure", "two_mode_degree"), "--dyads two-mode"),
        (("--measure", "density"), "--level network"),
        (("--attested-only",), "--as-of"),
        (("--dyads", "two-mode", "--directed"), "two-mode"),
    ],
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_cannot_be_measured_is_refused_with_a_way_out(
    out: Path, line: tuple[str, ...], told: str, lang: str
) -> None:
    result = run("network", "measures", *line, "--version-dir", out, lang=lang)
    assert result.exit_code == 2
    assert lang == "id" or told in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("option", ["--layer", "--tie-type"])
def test_a_code_that_is_none_is_refused_and_not_answered_with_zeros(
    out: Path, option: str
) -> None:
    refused = run("network", "measures", option, "trainning", "--version-dir", out)
    assert refused.exit_code == 2
    assert "training" in refused.stderr
