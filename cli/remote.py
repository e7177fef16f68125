"""`simpul push`: a version written to a SPARQL server."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from simpul.queries import Format, Rows

from .asking import FORMAT, print_result
from .opening import version_folder, version_options
from .session import Session
from .spoken import SpokenCommand

if TYPE_CHECKING:
    from simpul.queries.remote import Part, Pushed

COLUMNS = ("graph", "statements", "before")


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul push http://localhost:7878 --dry-run",
        "simpul push http://localhost:7878 --replace",
    ),
)
@click.argument("endpoint", metavar="ENDPOINT")
@click.option("--store-url", metavar="URL")
@click.option("--graph-prefix", metavar="IRI")
@click.option("--replace", is_flag=True)
@click.option("--dry-run", "rehearse", is_flag=True)
@FORMAT
@version_options
@click.pass_obj
def push(
    session: Session,
    endpoint: str,
    store_url: str | None,
    graph_prefix: str | None,
    replace: bool,
    rehearse: bool,
    format: Format,
    ecosystem: str | None,
    version_dir: Path | None,
) -> None:
    """Write a version to a server, and list its graphs."""
    from simpul.queries.remote import (
        push as push_version,
    )  # its HTTP client takes long to load

    version = version_folder(ecosystem, version_dir)
    with session.working("pushing", graph="…", percent=0) as show:
        pushed = push_version(
            version,
            endpoint,
            store_url=store_url,
            graph_prefix=graph_prefix,
            replace=replace,
            dry_run=rehearse,
            told=_progress(show),
        )
    print_result(_rows(pushed), format, None)
    session.tell(
        "would-push" if rehearse else "pushed",
        store=pushed.endpoint.store,
        count=pushed.total,
        graphs=len(pushed.parts),
    )


def _progress(show: Callable[..., None]) -> "Callable[[Part, int, int], None]":
    def told(part: "Part", sent: int, size: int) -> None:
        show(graph=part.graph, percent=100 * sent // size)

    return told


def _rows(pushed: "Pushed") -> Rows:
    return Rows(
        COLUMNS,
        tuple(
            (
                ox.NamedNode(part.graph),
                ox.Literal(part.statements),
                ox.Literal(part.before),
            )
            for part in pushed.parts
        ),
    )
