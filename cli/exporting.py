"""`simpul network`: the network for other tools, and what their files cannot hold of it."""

import os
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import click

from simpul.analysis import Network, label_of, read_network
from simpul.analysis.exports import NETWORK_FORMATS, Loss, write_network
from simpul.ontology import near_miss

from .network_options import GraphLine, graph_options
from .session import Session
from .spoken import SpokenCommand, SpokenGroup, session_of

_DEFAULT = "gexf"
# Two formats have this ending; most of what reads a network from JSON reads this one.
_OF_ENDING = {".json": "node-link"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A file, or a folder for the files of a format."""

    path: Path
    is_folder: bool

    def file(self, key: str, suffix: str) -> Path:
        """The file that the others are called after; in a folder the graph gives it its name."""
        return self.path / f"{key}{suffix}" if self.is_folder else self.path


class _NewPlace(click.Path):
    """A file to write, or with a stroke at its end a folder to write into."""

    def __init__(self) -> None:
        super().__init__(readable=False, writable=True, path_type=Path)

    def convert(
        self,
        value: "str | PathLike[str]",
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # as in click, which knows only the type that it was told
        """Give the place, if it can be written to as things stand."""
        text = fspath(value)
        strokes = tuple(filter(None, (os.sep, os.altsep)))
        is_folder = text.endswith(strokes)
        self.file_okay, self.dir_okay = not is_folder, is_folder
        given: Any = super().convert(text, param, ctx)
        path = Path(given)
        context = ctx or click.get_current_context()
        if is_folder and not path.parent.is_dir():
            say = session_of(context).say
            self.fail(say("no-such-folder", folder=path.parent), param, ctx)
        return _Place(path, is_folder)


@click.group(
    cls=SpokenGroup,
    examples=(
        "simpul network export --format graphml --out footwear.graphml",
        "simpul network export --help",
    ),
)
def network() -> None:
    """What the network of a graph is made into."""


def _known_format(
    ctx: click.Context, parameter: click.Parameter, name: str | None
) -> str | None:
    if name is None or name.lower() in NETWORK_FORMATS:
        return name.lower() if name else None
    session = session_of(ctx)
    near = near_miss(name, NETWORK_FORMATS)
    reason = session.say(
        "no-network-format",
        name=name,
        near=f" ({session.say('did-you-mean', near=near)})" if near else "",
        known=", ".join(NETWORK_FORMATS),
    )
    raise click.BadParameter(reason, ctx, parameter)


@network.command(
    cls=SpokenCommand,
    examples=(
        "simpul network export --format gexf --out footwear.gexf",
        "simpul network export --format pajek --out footwear.net --lang id",
        "simpul network export --format csv --focus bpipi --out bpipi.csv",
        "simpul network export --undirected --out for-networkx.gexf",
        "simpul network export --out end-of-2021.graphml --as-of 2021-12-31 --all",
    ),
)
@click.option("--format", "network_format", metavar="NAME", callback=_known_format)
@click.option("--out", "out_file", metavar="FILE|DIR/", type=_NewPlace())
@click.option("--focus", "export_focus", metavar="ID")
@click.option("--all", "every_tie", is_flag=True)
@click.option("--two-mode", is_flag=True)
@click.option("--undirected", is_flag=True)
@click.option("--no-colours", is_flag=True)
@graph_options
@click.pass_context
def export(
    ctx: click.Context,
    network_format: str | None,
    out_file: _Place | None,
    export_focus: str | None,
    every_tie: bool,
    two_mode: bool,
    undirected: bool,
    no_colours: bool,
    line: GraphLine,
) -> None:
    """Write the network, or a part of it, as files that other tools open."""
    session = session_of(ctx)
    chosen = network_format or _format_of(ctx, out_file)
    graph = line.graph(session)
    suffix = NETWORK_FORMATS[chosen].suffix
    key = label_of(graph).key
    if _OF_ENDING.get(suffix, chosen) != chosen:
        suffix = f"-{chosen}{suffix}"  # where the graph gives the name, two formats do not share it
    path = out_file.file(key, suffix) if out_file else Path(f"{key}{suffix}")
    before = set(path.parent.iterdir()) if path.parent.is_dir() else set[Path]()
    with session.working("exporting"):
        whole = read_network(graph)
        part = whole if every_tie else whole.measured()
        if export_focus:
            part = part.around(export_focus)
        paths, lost = write_network(
            part,
            path,
            chosen,
            language=session.lang,
            two_mode=two_mode,
            colours=not no_colours,
            undirected=undirected,
        )
    for written in paths:
        click.echo(written)
    replaced = [each.name for each in paths if each in before]
    if replaced:
        session.tell("export-replaced", names=", ".join(replaced))
    _tell_part(session, whole, part, every_tie)
    for loss in lost:
        _tell_loss(session, loss)


def _format_of(ctx: click.Context, place: _Place | None) -> str:
    """The format that the name of a file asks for; GEXF where it has no ending.

    Raises: BadParameter at an ending that no format has.
    """
    suffix = "" if place is None or place.is_folder else place.path.suffix.lower()
    if not suffix:
        return _DEFAULT
    formats = {each.suffix: each.name for each in NETWORK_FORMATS.values()} | _OF_ENDING
    if suffix not in formats:
        known = ", ".join(f"{end} ({name})" for end, name in formats.items())
        reason = session_of(ctx).say("no-network-ending", ending=suffix, known=known)
        raise click.BadParameter(reason, ctx, param_hint="--out")
    return formats[suffix]


def _tell_part(
    session: Session, whole: Network, part: Network, every_tie: bool
) -> None:
    session.tell(
        "exported-all" if every_tie else "exported-measured",
        bodies=len(part.bodies),
        ties=len(part.ties),
        whole=len(whole.ties),
    )


def _tell_loss(session: Session, loss: Loss) -> None:
    names = ", ".join(loss.names)
    session.tell(f"lost-{loss.kind}", count=loss.count, names=names)
