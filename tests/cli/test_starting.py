"""`simpul init` and `simpul template`, as a person types them."""

from pathlib import Path

import openpyxl
import pytest

from command_lines import run
from simpul.graph_builder import FORMS


@pytest.mark.parametrize("form", FORMS)
def test_the_steps_told_after_init_work(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("init", "awan", "--form", form, lang="id")
    assert made.exit_code == 0
    assert made.stdout == "awan\n"
    lines = [line.split("    ")[0].split() for line in made.stderr.splitlines()]
    steps = [words[1:] for words in lines if words[:1] == ["simpul"]]
    assert [step[0] for step in steps] == ["check", "build", "view"]
    for step in steps:
        assert run(*step).exit_code == 0, step


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "tidak kosong" in run("init", tmp_path, lang="id").stderr


def test_a_shipped_ecosystem_is_copied_to_work_on(tmp_path: Path) -> None:
    assert run("init", tmp_path / "seed", "--from", "seed").exit_code == 0
    assert run("check", tmp_path / "seed").exit_code == 0
    result = run("init", tmp_path / "none", "--from", "no-such-ecosystem")
    assert result.exit_code == 2
    assert not (tmp_path / "none").exists()


def test_records_at_fault_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    run("init", tmp_path / "old")
    ties = tmp_path / "old" / "ties.yaml"
    text = ties.read_text("utf-8")
    ties.write_text(text.replace("start: September 2024", "start: Mei lalu"), "utf-8")
    new, old = tmp_path / "new", tmp_path / "old"
    for line in (
        ("init", new, "--from", old, "--form", "csv"),
        ("template", "--out", new, "--from", old),
    ):
        result = run(*line)
        assert result.exit_code == 1
        assert result.stdout.startswith("error: ties.yaml line")
        assert not new.exists()


def test_a_template_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = run("template", lang="id")
    assert (first.exit_code, first.stdout) == (0, "catatan.xlsx\n")
    assert "ikatan" in openpyxl.load_workbook("catatan.xlsx").sheetnames
    second = run("template", lang="id")
    assert (second.exit_code, second.stdout) == (2, "")
    assert "sudah ada" in second.stderr


def test_a_template_as_csv_is_a_folder_of_headed_files(tmp_path: Path) -> None:
    out = tmp_path / "tables"
    assert run("template", "--format", "csv", "--out", out).exit_code == 0
    names = {path.name for path in out.iterdir()}
    assert {"ties.csv", "sources.csv", "institutions.csv"} <= names
    assert run("template", "--format", "csv", "--out", out).exit_code == 2


def test_a_template_can_hold_the_records_there_are(tmp_path: Path) -> None:
    out = tmp_path / "seed.xlsx"
    assert run("template", "--from", "seed", "--out", out).exit_code == 0
    page = openpyxl.load_workbook(out)["ties"]
    assert "founding-bpipi-1" in [row[0].value for row in page.iter_rows(min_row=2)]
