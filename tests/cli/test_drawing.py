"""`simpul view`."""

from pathlib import Path

import pytest

from command_lines import run


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


@pytest.mark.parametrize("lang", ["id", "en"])
def test_view_writes_a_page_in_the_language_of_the_line(
    out: Path, tmp_path: Path, lang: str
) -> None:
    page = tmp_path / "seed.html"
    result = run("view", "--out", page, "--version-dir", out, lang=lang)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [str(page)]
    assert f'<html lang="{lang}"' in page.read_text("utf-8")


def test_a_page_takes_the_name_of_its_ecosystem(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("view", "--version-dir", out).stdout == "seed.html\n"
    assert (tmp_path / "seed.html").is_file()


def test_a_focus_draws_less_than_the_whole(out: Path, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.html", tmp_path / "part.html"
    where = ("--version-dir", out)
    assert run("view", "--out", whole, *where).exit_code == 0
    assert run("view", "--out", part, "--focus", "ditjen-ikma", *where).exit_code == 0
    assert part.stat().st_size < whole.stat().st_size


def test_a_focus_on_nobody_gives_2(out: Path, tmp_path: Path) -> None:
    page = tmp_path / "none.html"
    line = ("view", "--out", page, "--version-dir", out, "--focus", "bpipy")
    result = run(*line)
    assert result.exit_code == 2
    assert "did you mean 'bpipi'?" in result.stderr
    assert not page.exists()
