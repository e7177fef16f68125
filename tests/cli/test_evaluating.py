"""`simpul evaluate`: scores of what is annotated, and plain words for what cannot be compared."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from command_lines import run
from reviews import ARTICLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article with the very annotation that the extractor makes of it."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("extract", tmp_path / "a.txt", "--out", tmp_path / "a.json")
    assert done.exit_code == 0, done.output
    return tmp_path


def scores(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of an evaluation by category."""
    done = run("evaluate", folder, "--format", "json")
    assert done.exit_code == 0, done.output
    return {row["category"]: row for row in json.loads(done.stdout)}


def annotated(folder: Path) -> dict[str, Any]:
    """The annotation of the article."""
    record: dict[str, Any] = json.loads((folder / "a.json").read_text("utf-8"))
    return record


def test_what_is_as_annotated_scores_one(folder: Path) -> None:
    found = scores(folder)
    assert {row["f1"] for row in found.values()} == {1.0}
    assert found["institutions"]["expected"] == len(annotated(folder)["institutions"])


def test_what_is_missed_and_what_is_false_are_counted_and_named(folder: Path) -> None:
    record = annotated(folder)
    gone = record["institutions"].pop(0)["name"]
    added = {**record["institutions"][0], "name": "Yayasan Rotan Hijau"}
    record["institutions"].append(added)
    (folder / "a.json").write_text(json.dumps(record), encoding="utf-8")
    row = scores(folder)["institutions"]
    count = row["expected"]
    assert row["right"] == count - 1
    assert row["precision"] == row["recall"] == round((count - 1) / count, 3)
    told = run("evaluate", folder, "--errors").stderr.casefold()
    assert f"false, institutions: {gone.casefold()}" in told
    assert "missed, institutions: yayasan rotan hijau" in told
    told = run("evaluate", folder, "--errors", lang="id").stderr
    assert "terlewat, institutions: yayasan rotan hijau" in told


def test_a_table_and_csv_hold_the_same(folder: Path) -> None:
    text = run("evaluate", folder, "--format", "csv").stdout
    rows = list(csv.DictReader(text.splitlines()))
    table = run("evaluate", folder).stdout.splitlines()
    assert [row["category"] for row in rows] == [line.split()[0] for line in table[1:]]
    assert float(rows[0]["f1"]) == 1.0


@pytest.mark.parametrize("content", ["[]", "{", '{"institutions": 5}', "null", '"a"'])
def test_what_is_no_annotation_is_refused_by_name(folder: Path, content: str) -> None:
    (folder / "a.json").write_text(content, encoding="utf-8")
    done = run("evaluate", folder)
    assert done.exit_code == 2
    assert "a.json" in done.stderr


def test_an_article_that_cannot_be_read_is_told_with_the_reason(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    done = run("evaluate", folder)
    assert done.exit_code == 1
    assert "a.txt: holds no text" in done.stderr


def test_a_folder_without_pairs_and_one_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    done = run("evaluate", tmp_path)
    assert done.exit_code == 2
    assert "no pair" in done.stderr
    assert run("evaluate", tmp_path / "nowhere").exit_code == 2
