"""`simpul view`: the network as a page."""

from pathlib import Path

import click

from simpul.analysis import Names, read_network
from simpul.graph_builder import Days
from simpul.visualizations import write_view

from .opening import (
    label_of,
    moment_in_words,
    open_slice,
    time_options,
    version_options,
)
from .session import Session
from .spoken import SpokenCommand

SEED = 1  # of the layout: the same graph gives the same picture


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul view --out footwear.html",
        "simpul view --focus bpipi --out bpipi.html --lang id",
        "simpul view --as-of 2021-12-31 --out end-of-2021.html",
    ),
)
@click.option(
    "--out", metavar="FILE.html", type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--focus", metavar="ID")
@time_options
@version_options
@click.pass_obj
def view(
    session: Session,
    out: Path | None,
    focus: str | None,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
) -> None:
    """Write the network, or what lies around one body, as one HTML page."""
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at)
    label = label_of(graph)
    page = out or Path(f"{label.key}.html")
    title = label.title
    if as_of or known_at:
        title = Names(
            f"{title.say('id')}, {moment_in_words(as_of, known_at, 'id')}",
            f"{title.say('en')}, {moment_in_words(as_of, known_at, 'en')}",
        )
    with session.working("drawing"):
        network = read_network(graph)
        write_view(
            network, page, lang=session.lang, seed=SEED, title=title, focus=focus
        )
    click.echo(page)
