"""`simpul check` and `simpul build`."""

import json
from pathlib import Path

import pytest

from command_lines import copied_seed, run


def spoil(folder: Path) -> None:
    """Plant three faults of different kinds in two files."""
    ties = folder / "ties.yaml"
    text = ties.read_text("utf-8")
    text = text.replace("type: hierarchy", "type: hierarki", 1)
    text = text.replace("party: pelaku-industri", "party: pelaku-industry", 1)
    ties.write_text(text, "utf-8")
    places = folder / "places.yaml"
    places.write_text(places.read_text("utf-8") + "- id: nowhere\n", "utf-8")


def test_sound_records_give_no_rows_and_0() -> None:
    result = run("check", "seed")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "tie 12" in result.stderr


@pytest.mark.parametrize(
    ("lang", "error", "offer"),
    [("en", "error: ", "did you mean"), ("id", "galat: ", "maksud")],
)
def test_broken_records_print_every_problem_with_its_place_and_give_1(
    tmp_path: Path, lang: str, error: str, offer: str
) -> None:
    folder = copied_seed(tmp_path)
    spoil(folder)
    result = run("check", folder, lang=lang)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(line.startswith(error) for line in lines)
    for place, fault in (
        ("ties.yaml", "hierarki"),
        ("ties.yaml", "pelaku-industry"),
        ("places.yaml", "nowhere"),
    ):
        assert any(place in line and fault in line for line in lines), fault
    assert any(offer in line for line in lines)


def test_build_prints_the_folder_of_the_version_and_nothing_else(
    tmp_path: Path,
) -> None:
    result = run("build", "seed", "--out", tmp_path / "out")
    assert result.exit_code == 0
    (folder,) = map(Path, result.stdout.splitlines())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["ecosystem"] == "seed"
    assert manifest["files"]["graph.nq"] in result.stderr


def test_broken_records_leave_the_last_version_as_it_was(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", copied_seed(tmp_path)
    first = run("build", folder, "--out", out)
    assert first.exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    spoil(folder)
    second = run("build", folder, "--out", out)
    assert second.exit_code == 1
    assert "hierarki" in second.stdout
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
