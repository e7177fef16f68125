"""`simpul find`."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from command_lines import run


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version of the seed graph."""
    out = tmp_path_factory.mktemp("seed")
    return Path(run("build", "seed", "--out", out).stdout.strip())


def found(version: Path, *arguments: str, lang: str = "en") -> list[dict[str, str]]:
    line = ("--format", "csv", "--version-dir", version)
    result = run("find", *arguments, *line, lang=lang)
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(StringIO(result.stdout)))


def test_the_best_comes_first_with_how_it_fits(version: Path) -> None:
    best, *others = found(version, "kemenprin")
    assert best["thing"].endswith("org/kemenperin")
    assert (best["called"], best["how"]) == ("Kemenperin", "typo")
    assert best["name"] == "Ministry of Industry"
    assert all(float(best["score"]) >= float(other["score"]) for other in others)


def test_names_come_in_the_language_of_the_line(version: Path) -> None:
    (best,) = found(version, "bpipi", "--limit", "1", lang="id")
    assert best["name"] == "Balai Pemberdayaan Industri Persepatuan Indonesia"


def test_only_the_kinds_asked_for_come(version: Path) -> None:
    rows = found(version, "indonesia", "--kind", "place", "--kind", "tie-type")
    assert {row["kind"] for row in rows} <= {"place", "tie-type"}


def test_a_text_may_be_the_beginning_of_a_name(version: Path) -> None:
    rows = found(version, "kementerian", "--begins", "--kind", "institution")
    assert rows
    assert all(row["how"] in ("exact", "prefix") for row in rows)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no name in"), ("id", "tidak ada nama yang mirip")]
)
def test_nothing_found_is_said_and_is_no_fault(
    version: Path, lang: str, said: str
) -> None:
    result = run("find", "zzqx", "--version-dir", version, lang=lang)
    assert result.exit_code == 0
    assert said in result.stderr


def test_an_unknown_kind_is_refused_with_the_near_one(version: Path) -> None:
    result = run("find", "bpipi", "--kind", "institusion", "--version-dir", version)
    assert result.exit_code == 2
    assert "did you mean institution?" in result.stderr
    assert "place" in run("find", "a", "--kind", "?", "--version-dir", version).stderr


def test_a_slice_of_time_is_searched(version: Path) -> None:
    rows = found(version, "bpipi", "--as-of", "2020-01-01", "--limit", "1")
    assert rows[0]["thing"].endswith("org/bpipi")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_only_who_gave_a_kind_is_told_to_leave_it_out(version: Path, lang: str) -> None:
    where = ("--version-dir", version)
    bare = run("find", "zzqx", *where, lang=lang).stderr
    of_kind = run("find", "zzqx", "--kind", "place", *where, lang=lang).stderr
    assert ("--kind" in bare, "--kind" in of_kind) == (False, True)
