"""Run a line of the program inside the test, and see what came out of it."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from simpul.cli import main
from simpul.graph_builder import shipped_ecosystems


def run(
    *arguments: str | Path,
    lang: str = "en",
    given: str | bytes = "",
    columns: int | str = 120,
) -> Result:
    """Run `simpul` with these arguments, in a language, `given` being what is piped in."""
    environment = {"SIMPUL_LANG": lang, "COLUMNS": str(columns)}
    return CliRunner(env=environment).invoke(main, list(map(str, arguments)), given)


def copied_seed(folder: Path) -> Path:
    """Copy the seed records to where a test may spoil them."""
    return Path(shutil.copytree(shipped_ecosystems()["seed"], folder / "seed"))
