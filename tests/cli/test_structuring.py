"""`simpul network overlap`, `blocks`, `key-players`, `robustness`, `years` and `qap`."""

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from command_lines import run
from simpul.analysis import Parallel, Rules, read_network, select
from simpul.analysis.measures import blockmodel, fragmenting, measure, robustness
from simpul.analysis.nulls import qap_correlation
from simpul.graph_builder import current_version
from simpul.queries import GraphStore

LINES = [
    ("overlap",),
    ("blocks",),
    ("blocks", "--members"),
    ("key-players", "--size", "2"),
    ("robustness", "--removed", "3"),
    ("years", "--from", "2020", "--to", "2022"),
    ("qap", "--response", "collaboration", "--with", "same:kind", "--draws", "50"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the footwear graph."""
    folder = tmp_path_factory.mktemp("footwear")
    assert run("build", "footwear", "--out", folder).exit_code == 0
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


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_every_format_is_printed_and_words_go_elsewhere(
    out: Path, line: tuple[str, ...], form: str
) -> None:
    for lang, said in (("id", "Jaringan"), ("en", "network")):
        more = ("--format", form, "--version-dir", out)
        result = run("network", *line, *more, lang=lang)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.strip()
        assert said in result.stderr
        if form == "json":
            assert json.loads(result.stdout)["rows"]


def test_overlap_is_the_share_of_pairs_tied_in_both(out: Path) -> None:
    for row in table(out, "overlap", "--of", "type"):
        first, second, both = (
            int(row[name]) for name in ("pairs_first", "pairs_second", "both")
        )
        share = both / (first + second - both)
        assert float(row["jaccard"]) == pytest.approx(share, abs=1e-6)


def test_blocks_have_the_members_and_densities_of_the_library(out: Path) -> None:
    dyads = select(read_network(GraphStore.open(current_version(out).path)))
    groups = measure(dyads, "structural_blocks").groups
    rows = table(out, "blocks", "--members")
    assert {row["iri"]: int(row["block"]) for row in rows} == groups
    found = document(out, "blocks", "--cut", "0.01")
    model = blockmodel(dyads, np.array([groups[node] for node in dyads.nodes]), 0.01)
    assert found["sizes"] == model.sizes.tolist()
    assert found["image"] == model.image.tolist()
    assert found["cut"] == 0.01


def test_key_players_and_losses_are_those_of_the_library(out: Path) -> None:
    dyads = select(read_network(GraphStore.open(current_version(out).path)))
    rows = table(out, "key-players", "--size", "1")
    (one,) = [row for row in rows if row["set"] == "fragmenting"]
    best = fragmenting(dyads, 1)
    assert (one["iri"], one["exact"]) == (best.nodes[0], "true")
    assert float(one["score"]) == pytest.approx(best.score, abs=1e-6)
    rows = table(out, "robustness", "--removed", "1")
    degree = measure(dyads, "degree").values
    left = robustness(dyads, [max(sorted(degree), key=lambda node: degree[node])])
    shares = [float(row["largest"]) for row in rows]
    assert shares == pytest.approx(list(left.largest), abs=1e-6)
    assert float(rows[1]["largest_at_random"]) >= shares[1]
    for more, said in (((), "computed anew"), (("--fixed-order",), "not computed")):
        line = ("network", "robustness", "--removed", "2", *more)
        assert said in run(*line, "--version-dir", out).stderr


def test_years_count_as_a_day_slice_of_each_year_does(out: Path) -> None:
    rows = table(out, "years", "--from", "2019", "--to", "2021", "--measure", "density")
    assert [row["year"] for row in rows] == ["2019", "2020", "2021"]
    for before, row in pairwise(rows):
        moved = int(row["new"]) - int(row["gone"])
        assert int(row["pairs"]) == int(before["pairs"]) + moved
    one = table(
        out, "measures", "--level", "network", "--measure", "density", "--as-of", "2020"
    )
    assert float(one[0]["value"]) == pytest.approx(float(rows[1]["density"]))
    sure = table(out, "years", "--from", "2020", "--to", "2020", "--attested-only")
    assert sure[0]["possible"] == "0"
    assert sure[0]["attested"] == rows[1]["attested"]
    assert int(sure[0]["pairs"]) < int(rows[1]["pairs"])


def test_a_correlation_of_matrices_is_that_of_the_library(out: Path) -> None:
    """By hand from the layers: pairs of collaboration against pairs of structure, each 1."""
    line = ("qap", "--response", "collaboration", "--with", "structural")
    found = document(out, *line, "--parallel", "any", "--draws", "99", "--seed", "4")
    network = read_network(GraphStore.open(current_version(out).path))
    dyads = select(
        network,
        Rules(layers=frozenset({"collaboration", "structural"}), parallel=Parallel.ANY),
    )
    ends = np.unique(np.concatenate([dyads.source, dyads.target])).tolist()
    place = {node: at for at, node in enumerate(ends)}
    matrices = {
        name: np.zeros((len(ends),) * 2) for name in ("collaboration", "structural")
    }
    for tie, a, b in zip(dyads.tie, dyads.source, dyads.target, strict=True):
        of = matrices[dyads.ties[int(tie)].layer.code]
        of[place[int(a)], place[int(b)]] = of[place[int(b)], place[int(a)]] = 1
    known = qap_correlation(matrices["collaboration"], matrices["structural"], 99, 4)
    assert found["bodies"] == len(ends)
    (row,) = found["rows"]
    assert row["r"] == pytest.approx(known.observed, abs=1e-6)
    assert row["p"] == pytest.approx(known.p, abs=1e-6)


def test_several_matrices_are_regressed_on(out: Path) -> None:
    line = ("qap", "--response", "collaboration", "--with", "structural")
    more = ("--with", "same:sector", "--draws", "40")
    for method in ("dsp", "y"):
        rows = table(out, *line, *more, "--method", method)
        assert [row["with"] for row in rows] == [
            *("(intercept)", "structural", "same:sector")
        ]
        assert rows[0]["p"] == ""
        assert all(0 < float(row["p"]) <= 1 for row in rows[1:])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("years", "--from", "2022", "--to", "2020"), "--from must not be after"),
        (("years", "--from", "1000", "--to", "2020"), "at most 300 years"),
        (("qap", "--response", "colaboration", "--with", "same:kind"), "did you mean"),
        (("qap", "--response", "market", "--with", "market"), "another matrix"),
        (
            (
                "qap",
                "--response",
                "market",
                "--with",
                "same:kind",
                "--dyads",
                "two-mode",
            ),
            "leave out --dyads two-mode",
        ),
        (("robustness", "--measure", "degre"), "degree"),
        (("key-players", "--dyads", "two-mode"), "bodies with bodies"),
        (("mixing", "--dyads", "two-mode"), "bodies with bodies"),
        (("qap", "--response", "statement", "--with", "market"), "all its cells"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_way_out(
    out: Path, line: tuple[str, ...], told: str
) -> None:
    result = run("network", *line, "--version-dir", out)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not result.stdout


def test_the_rules_of_qap_name_only_what_enters(out: Path) -> None:
    line = ("network", "qap", "--response", "collaboration", "--with", "structural")
    said = run(*line, "--draws", "20", "--version-dir", out).stderr
    (rule,) = re.findall(r"Layers that count: ([^.]*)\.", said)
    assert len(rule.split(", ")) == 2
    assert "without talk" not in said
    assert "are dropped" in said


def test_the_first_year_has_no_year_before_it_and_most_being_possible_is_told(
    out: Path,
) -> None:
    line = ("years", "--from", "2019", "--to", "2022")
    rows = table(out, *line)
    assert (rows[0]["new"], rows[0]["gone"]) == ("", "")
    assert rows[1]["new"]
    said = run("network", *line, "--version-dir", out).stderr
    assert "Counted:" in said
    attested, possible = (
        sum(int(row[name]) for row in rows) for name in ("attested", "possible")
    )
    assert (f"{possible} possible" in said) == (possible > attested)
    assert possible > attested
