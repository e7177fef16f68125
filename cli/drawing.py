"""`simpul view`: the network as a page."""

from pathlib import Path

import click

from simpul.analysis import read_network
from simpul.visualizations import write_view

from .opening import label_of, open_graph, version_options
from .session import Session
from .spoken import SpokenCommand

SEED = 1  # of the layout: the same graph gives the same picture


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul view --out footwear.html",
        "simpul view --focus bpipi --out bpipi.html --lang id",
    ),
)
@click.option(
    "--out", metavar="FILE.html", type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--focus", metavar="ID")
@version_options
@click.pass_obj
def view(
    session: Session,
    out: Path | None,
    focus: str | None,
    ecosystem: str | None,
    version_dir: Path | None,
) -> None:
    """Write the network, or what lies around one body, as one HTML page."""
    graph = open_graph(ecosystem, version_dir)
    label = label_of(graph)
    page = out or Path(f"{label.key}.html")
    with session.working("drawing"):
        network = read_network(graph)
        write_view(
            network, page, lang=session.lang, seed=SEED, title=label.title, focus=focus
        )
    click.echo(page)
