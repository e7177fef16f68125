"""`simpul view`: the network as a page."""

from pathlib import Path

import click

from simpul.analysis import Names, label_of, read_network, read_timelines
from simpul.graph_builder import Days
from simpul.queries import catalog
from simpul.visualizations import (
    Console,
    Renderer,
    as_nquads,
    examples_of,
    read_places,
    read_story,
    view_page,
)

from .elsewhere import Elsewhere, endpoint_options
from .opening import (
    moment_in_words,
    open_slice,
    time_options,
    version_options,
)
from .places import NewFile, is_pipe, write_out
from .session import Session
from .spoken import SpokenCommand

SEED = 1  # of the layout: the same graph gives the same picture


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul view --out footwear.html",
        "simpul view --focus bpipi --out bpipi.html --lang id",
        "simpul view --as-of 2021-12-31 --out end-of-2021.html",
        "simpul view --renderer vis --out on-canvas.html",
        "simpul view --like footwear.html --out after.html",
        "simpul view --with-console --out to-ask.html",
        "simpul view --ecosystem seed --story seed --out tour.html",
        "simpul view --endpoint http://localhost:7878 --out elsewhere.html",
    ),
)
@click.option("--out", metavar="FILE.html|-", type=NewFile(pipe=True))
@click.option("--focus", metavar="ID")
@click.option("--renderer", type=click.Choice(["auto", "vis", "sigma"]), default="auto")
@click.option(
    "--like",
    metavar="FILE.html",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--story", metavar="FILE.yaml|NAME")
@click.option("--with-console", is_flag=True)
@time_options
@version_options
@endpoint_options
@click.pass_obj
def view(
    session: Session,
    out: Path | None,
    focus: str | None,
    renderer: Renderer,
    like: Path | None,
    story: str | None,
    with_console: bool,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> None:
    """Write the network, or what lies around one body, as one HTML page."""
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    label = label_of(graph)
    # The key may come from a server elsewhere, and is no place on this machine.
    path = out or Path(f"{Path(label.key).name}.html")
    title = label.title
    if as_of or known_at:
        title = Names(
            f"{title.say('id')}, {moment_in_words(as_of, known_at, 'id')}",
            f"{title.say('en')}, {moment_in_words(as_of, known_at, 'en')}",
        )
    with session.working("drawing"):
        network = read_network(graph)
        page = view_page(
            network,
            lang=session.lang,
            seed=SEED,
            title=title,
            focus=focus,
            timelines=read_timelines(graph),
            renderer=renderer,
            pinned=read_places(like) if like else None,
            story=read_story(story, network) if story else None,
            console=Console(
                as_nquads(str(quad) for quad in graph.quads()), examples_of(catalog())
            )
            if with_console
            else None,
        )
    write_out(page.encode("utf-8"), path)
    if not is_pipe(path):
        click.echo(path)
