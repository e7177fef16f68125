"""`simpul figure`: figures for papers, and what each kind of them shows."""

from pathlib import Path

import click

from simpul.analysis import (
    Label,
    label_of,
    read_attendance,
    read_network,
    read_sites,
    read_timelines,
)
from simpul.ontology import near_miss
from simpul.visualizations.figures import (
    Figure,
    FigureKind,
    Part,
    Subject,
    about_kind,
    draw_figure,
)

from .network_options import GraphLine, graph_options
from .places import NewFile, is_pipe, write_out
from .session import Session
from .spoken import SpokenCommand, session_of

SEED = 1
_LIST = "list"
_ENDINGS = (".svg", ".pdf", ".png")


def _known_kind(ctx: click.Context, parameter: click.Parameter, name: str) -> str:
    known = [_LIST, *FigureKind]
    if name.lower() in known:
        return name.lower()
    session = session_of(ctx)
    near = near_miss(name, known)
    reason = session.say(
        "no-figure-kind",
        name=name,
        near=f" ({session.say('did-you-mean', near=near)})" if near else "",
        known=", ".join(FigureKind),
    )
    raise click.BadParameter(reason, ctx, parameter)


def _known_ending(
    ctx: click.Context, parameter: click.Parameter, path: Path | None
) -> Path | None:
    if path is None or is_pipe(path) or path.suffix.lower() in _ENDINGS:
        return path
    reason = session_of(ctx).say(
        "no-figure-ending", ending=path.suffix or path.name, known=", ".join(_ENDINGS)
    )
    raise click.BadParameter(reason, ctx, parameter)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul figure list",
        "simpul figure hierarchy --out hierarchy.pdf",
        "simpul figure ego --focus bpipi --width 85 --out bpipi.svg --lang id",
        "simpul figure map --out map.png --dpi 300",
        "simpul figure overview --as-of 2021-12-31 --all --out end-of-2021.svg",
    ),
)
@click.argument("figure_kind", metavar="KIND", callback=_known_kind)
@click.option(
    "--out",
    "figure_file",
    metavar="FILE.svg|.pdf|.png|-",
    type=NewFile(pipe=True),
    callback=_known_ending,
)
@click.option("--focus", "figure_focus", metavar="ID")
@click.option("--width", metavar="MM", type=click.FloatRange(60, 1000), default=174)
@click.option("--dpi", metavar="N", type=click.IntRange(50, 1200), default=300)
@click.option(
    "--seed", "figure_seed", metavar="N", type=click.IntRange(0), default=SEED
)
@click.option("--all", "figure_every_tie", is_flag=True)
@graph_options
@click.pass_obj
def figure(
    session: Session,
    figure_kind: str,
    figure_file: Path | None,
    figure_focus: str | None,
    width: float,
    dpi: int,
    figure_seed: int,
    figure_every_tie: bool,
    line: GraphLine,
) -> None:
    """Draw one figure for print, with its caption."""
    if figure_kind == _LIST:
        _list_kinds(session)
        return
    graph = line.graph(session)
    label = label_of(graph)
    with session.working("drawing"):
        whole = read_network(graph)
        part = whole if figure_every_tie else whole.measured()
        drawn = draw_figure(
            figure_kind,
            part,
            lang=session.lang,
            focus=figure_focus,
            width_mm=width,
            seed=figure_seed,
            subject=Subject(
                label.title,
                line.moment,
                Part.ALL if figure_every_tie else Part.MEASURED,
                line.version,
            ),
            timelines=read_timelines(graph),
            sites=read_sites(graph),
            attendance=read_attendance(graph),
        )
        path = figure_file or _own_name(label, figure_kind)
        content = _content(drawn, path, dpi)
    write_out(content, path)
    if not is_pipe(path):
        click.echo(path)
    click.echo(drawn.caption.say(session.lang), err=True)


def _list_kinds(session: Session) -> None:
    widest = max(map(len, FigureKind))
    for kind in FigureKind:
        click.echo(f"{kind:{widest}}  {about_kind(kind).say(session.lang)}")


def _own_name(label: Label, kind: str) -> Path:
    # The key may come from a server elsewhere, and is no place on this machine.
    return Path(f"{Path(label.key).name}-{kind}.svg")


def _content(drawn: Figure, path: Path, dpi: int) -> bytes:
    match path.suffix.lower():
        case ".pdf":
            return drawn.pdf()
        case ".png":
            return drawn.png(dpi)
        case _:
            return drawn.svg()
