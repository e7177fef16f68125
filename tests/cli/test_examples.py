"""Lines that a person is shown, in help texts and in the READMEs, work as they stand."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from servers import oxigraph
from simpul.cli import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell"),
]
REPOSITORY = Path(os.environ.get("SIMPUL_REPOSITORY", Path(__file__).parents[2]))


def every(command: click.Command) -> Iterator[click.Command]:
    """A command, and all those under it."""
    yield command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from every(command.commands[name])


def shown_lines() -> list[str]:
    """Every line after `simpul` in an example or a README, once, without its comment."""
    examples = [line for command in every(main) for line in vars(command)["examples"]]
    for name in ("README.md", "README.id.md"):
        text = (REPOSITORY / name).read_text("utf-8")
        examples += re.findall(r"^    ((?:echo .+ [|] )?simpul .*)", text, re.MULTILINE)
    lines = (re.split(r"\s{2,}#", line)[0].strip() for line in examples)
    return list(dict.fromkeys(lines))


PLACE = "http://localhost:7878"
"""Where the lines that are shown ask a server; another address takes its place here."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as after the first steps: the graph is built, a question is written down.

    Later lines use what earlier ones made in it, so this file runs in one process.
    """
    folder = tmp_path_factory.mktemp("desk")
    (folder / "question.rq").write_text("ASK { ?s ?p ?o }", "utf-8")
    type_line(folder, "simpul build footwear")
    type_line(folder, "simpul build seed")
    return folder


def type_line(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line into a shell that stands in a folder, with `simpul` on its path."""
    # A server goes on until it is told to end, as by Ctrl-C.
    line = line.replace(
        "simpul serve", "timeout --preserve-status -s INT 8 simpul serve"
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(folder)}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def server(desk: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A server for a line that asks one; it holds the footwear graph unless the line puts it there."""
    line: str = request.getfixturevalue("line")
    with oxigraph() as running:
        if not line.startswith("simpul push"):
            type_line(desk, f"simpul push {running.root}")
        yield running.root


@pytest.mark.parametrize("line", shown_lines())
def test_a_line_that_is_shown_works(
    request: pytest.FixtureRequest, desk: Path, line: str
) -> None:
    if PLACE in line:
        address: str = request.getfixturevalue("server")
        line = line.replace(PLACE, address)
    (desk / ".config/fish/completions").mkdir(parents=True, exist_ok=True)
    result = type_line(desk, line)
    assert result.returncode == 0, result.stderr
    assert result.stdout or ">" in line or "eval" in line or "check" in line


def test_the_python_of_the_readme_works(desk: Path) -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=desk,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "'Ministry of Industry', " in result.stdout, "a plain text, not a term"
    assert "Literal" not in result.stdout
