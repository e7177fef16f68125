"""Which version of which graph a command means."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simpul.graph_builder import Version, current_version, find_ecosystem

OUT = Path("simpul-out")


def version_options[Command: Callable[..., Any]](command: Command) -> Command:
    """Give a command the two options that name a version."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    named = click.option("--ecosystem", metavar="NAME|DIR")
    placed = click.option("--version-dir", metavar="DIR", type=folder)
    return named(placed(command))


def out_folder(ecosystem: str | None) -> Path:
    """Return where the versions of an ecosystem are kept unless told otherwise.

    Raises: UnknownEcosystem.
    """
    return OUT / find_ecosystem(ecosystem).key


def open_version(ecosystem: str | None, version_dir: Path | None) -> Version:
    """Return the version in a folder, else the current one of an ecosystem.

    Raises: UnknownEcosystem; what `current_version` raises where none was built.
    """
    return current_version(version_dir or out_folder(ecosystem))
