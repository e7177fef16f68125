"""Which version of which graph a command means."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simpul.graph_builder import current_version, find_ecosystem
from simpul.queries import GraphStore

OUT = Path("simpul-out")
Callback = Callable[..., Any]  # click looks at what a command takes; types cannot


def version_options(command: Callback) -> Callback:
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


def open_graph(ecosystem: str | None, version_dir: Path | None) -> GraphStore:
    """Open the current version of an ecosystem, or the one that lies in a folder.

    `version_dir` is the folder of one version, or one that `build` wrote its versions to.

    Raises: UnknownEcosystem; NoVersion or NoGraph where nothing was built.
    """
    if version_dir and (version_dir / "store").is_dir():
        return GraphStore.open(version_dir)
    return GraphStore.open(current_version(version_dir or out_folder(ecosystem)).path)
