"""`simpul duplicates`, `merge`, `unmerge` and `distinguish`."""

import json
from pathlib import Path

import pytest

from command_lines import run
from simpul.graph_builder import find_ecosystem, read_decisions, settled_records
from worlds import copy_of_rattan

WHY = ("--why", "Satu lembaga, dua nama.", "--by", "Sari")
GONE, STAYS = "dit-tekstil-kulit-alas-kaki", "direktorat-itkak"


@pytest.fixture
def footwear(tmp_path: Path) -> Path:
    """A copy of the footwear records, to decide on."""
    run("init", tmp_path / "mine", "--from", "footwear")
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("lang", "reason"), [("en", "under the same body"), ("id", "induknya sama")]
)
def test_candidates_come_with_their_reasons(lang: str, reason: str) -> None:
    result = run("duplicates", "footwear", lang=lang)
    assert result.exit_code == 0
    assert STAYS in result.stdout
    assert reason in " ".join(result.stdout.split())
    assert "simpul merge" in result.stderr


def test_candidates_as_data_hold_both_keys_names_and_the_score() -> None:
    result = run("duplicates", "footwear", "--format", "json", "--min-score", "0.9")
    rows = json.loads(result.stdout)["results"]["bindings"]
    found = {row["record"]["value"]: row for row in rows}
    row = found[STAYS]
    assert row["other"]["value"] == GONE
    assert row["name"]["value"].startswith("Direktorat Industri Tekstil")
    assert float(row["score"]["value"]) >= 0.9
    header, *lines = run(
        "duplicates", "footwear", "--format", "csv"
    ).stdout.splitlines()
    assert header == "score,kind,record,name,other,other_name,reasons,differs"
    scores = [float(line.partition(",")[0]) for line in lines]
    assert scores == sorted(scores, reverse=True)


def test_nothing_to_propose_is_said(tmp_path: Path) -> None:
    result = run("duplicates", copy_of_rattan(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to propose" in result.stderr
    assert run("duplicates", "footwear", "--min-score", "2").exit_code == 2


def test_a_merge_is_written_down_and_taken_back(footwear: Path) -> None:
    result = run("merge", GONE, STAYS, *WHY, "--ecosystem", footwear)
    assert (result.exit_code, result.stdout) == (0, f"{STAYS}\n")
    assert "simpul build" in result.stderr
    ecosystem = find_ecosystem(footwear)
    assert GONE not in settled_records(ecosystem).records["institution"]
    ((decision,), problems) = read_decisions(footwear)
    assert (decision.who, decision.why, problems) == ("Sari", WHY[1], [])
    result = run("unmerge", GONE, *WHY, "--ecosystem", footwear)
    assert (result.exit_code, result.stdout) == (0, f"{GONE}\n")
    assert GONE in settled_records(ecosystem).records["institution"]
    assert len(read_decisions(footwear)[0]) == 2


def test_a_merge_changes_the_graph_and_taking_it_back_restores_every_byte(
    footwear: Path, tmp_path: Path
) -> None:
    def build() -> bytes:
        result = run("build", footwear, "--out", tmp_path / "out")
        assert result.exit_code == 0
        return (Path(result.stdout.strip()) / "graph.nq").read_bytes()

    before = build()
    run("merge", GONE, STAYS, *WHY, "--ecosystem", footwear)
    merged = build()
    assert f"id/org/{GONE}> <http://purl.org/dc/terms/isReplacedBy>".encode() in merged
    run("unmerge", GONE, *WHY, "--ecosystem", footwear)
    assert build() == before


def test_what_conflicts_stops_a_merge_until_somebody_says_yes(footwear: Path) -> None:
    line = (
        "merge",
        "pemkot-bandung",
        "pemkot-mojokerto",
        *WHY,
        "--ecosystem",
        footwear,
    )
    result = run(*line)
    assert result.exit_code == 1
    assert "located_in" in result.stdout
    assert "they are of different places" in result.stdout
    assert "--yes" in result.stderr
    assert read_decisions(footwear)[0] == ()
    result = run(*line, "--yes", lang="id")
    assert result.exit_code == 0
    assert "wilayahnya berbeda" in result.stdout
    assert len(read_decisions(footwear)[0]) == 1


def test_yes_does_not_help_where_no_graph_could_be_built(footwear: Path) -> None:
    result = run(
        "merge", "kadin-bogor", "kadin", *WHY, "--yes", "--ecosystem", footwear
    )
    assert result.exit_code == 1
    assert "error: " in result.stdout
    assert "circle" in result.stdout
    assert read_decisions(footwear)[0] == ()


def test_pairs_told_apart_are_not_proposed_again(footwear: Path) -> None:
    pair = ("sutanto-hariyono", "sutanto-haryono")
    result = run("distinguish", *pair, *WHY, "--ecosystem", footwear)
    assert (result.exit_code, result.stdout) == (0, "\t".join(pair) + "\n")
    assert pair[0] not in run("duplicates", footwear).stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("merge", "bpip", "kadin"), "did you mean bpipi?"),
        (("merge", "m-rum", "kadin"), "of kind person"),
        (("distinguish", "kadin", "kadin"), "from itself"),
        (("distinguish", "kadin", "m-rum"), "of kind institution"),
        (("unmerge", "kadin"), "not merged"),
    ],
)
def test_a_record_that_cannot_be_meant_is_the_fault_of_the_request(
    footwear: Path, line: tuple[str, ...], told: str
) -> None:
    result = run(*line, *WHY, "--ecosystem", footwear)
    assert result.exit_code == 2
    assert told in result.stderr
    assert read_decisions(footwear)[0] == ()


def test_a_record_that_is_merged_already_says_into_what(footwear: Path) -> None:
    run("merge", GONE, STAYS, *WHY, "--ecosystem", footwear)
    for line in (("merge", GONE, "kadin"), ("distinguish", "kadin", GONE)):
        result = run(*line, *WHY, "--ecosystem", footwear, lang="id")
        assert result.exit_code == 2
        assert f"sudah digabungkan ke {STAYS}" in result.stderr


@pytest.mark.parametrize(
    "line", [("merge", GONE, STAYS), ("unmerge", GONE), ("distinguish", GONE, STAYS)]
)
def test_shipped_records_are_not_the_users_to_decide_on(line: tuple[str, ...]) -> None:
    result = run(*line, *WHY, "--ecosystem", "footwear")
    assert result.exit_code == 2
    assert "simpul init" in result.stderr
