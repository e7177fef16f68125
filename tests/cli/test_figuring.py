"""`simpul figure`."""

from pathlib import Path

import pytest

from command_lines import run
from simpul.cli import main
from simpul.visualizations.figures import FigureKind


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


@pytest.mark.parametrize("kind", FigureKind)
def test_every_kind_is_drawn_with_its_caption(
    out: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"{kind}.svg"
    result = run("figure", kind, "--out", file, "--all", "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [str(file)]
    assert file.read_bytes().startswith(b"<?xml")
    version = (out / "current").read_text("utf-8").strip()
    assert f"Version {version}." in result.stderr
    assert "whatever its status" in result.stderr


@pytest.mark.parametrize(
    ("name", "begins"), [("a.svg", b"<?xml"), ("a.PDF", b"%PDF"), ("a.png", b"\x89PNG")]
)
def test_the_ending_of_the_file_chooses_the_format(
    out: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    file = tmp_path / name
    line = ("figure", "mixing", "--out", file, "--dpi", "60", "--version-dir", out)
    assert run(*line).exit_code == 0
    assert file.read_bytes().startswith(begins)


def test_a_figure_takes_the_name_of_its_ecosystem_and_kind(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("figure", "ego", "--version-dir", out).stdout == "seed-ego.svg\n"
    assert (tmp_path / "seed-ego.svg").is_file()


def test_a_pipe_gets_the_figure_and_nothing_else(out: Path) -> None:
    result = run("figure", "mixing", "--out", "-", "--version-dir", out)
    assert result.stdout_bytes.startswith(b"<?xml")
    assert result.stdout_bytes.rstrip().endswith(b"</svg>")


def test_a_caption_says_the_day_of_a_slice(out: Path, tmp_path: Path) -> None:
    line = ("figure", "ego", "--as-of", "2024-09-11", "--out", tmp_path / "a.svg")
    result = run(*line, "--version-dir", out, lang="id")
    assert result.exit_code == 0, result.stderr
    assert "per 2024-09-11" in result.stderr


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_list_explains_every_kind_and_needs_no_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("figure", "list", lang=lang)
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(FigureKind)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hierarchi",), "did you mean hierarchy?"),
        (("ego", "--focus", "bpipy"), "did you mean 'bpipi'?"),
        (("ego", "--out", "a.jpg"), "no format has the ending .jpg"),
        (("ego", "--width", "20"), "60"),
        (("ego", "--dpi", "9999"), "1200"),
        (("ego", "--as-of", "kemarin"), "no clear day"),
    ],
)
def test_a_line_that_cannot_be_drawn_gives_2_and_leaves_no_file(
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("figure", *arguments, "--version-dir", out)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_figure_is_a_command_of_the_line() -> None:
    assert "figure" in main.commands
