"""`simpul demo`: everything once, on the shipped footwear records."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table

from simpul.analysis import (
    Network,
    label_of,
    most_central,
    read_network,
    read_timelines,
)
from simpul.graph_builder import Build, build_ecosystem
from simpul.queries import GraphStore
from simpul.visualizations import write_view

from .answers import ASKED, answer_in_words
from .drawing import SEED
from .opening import out_folder
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand

ECOSYSTEM = "footwear"


@click.command(cls=SpokenCommand, examples=("simpul demo", "simpul demo --lang id"))
@click.option("--out", metavar="DIR", type=NewFolder())
@click.pass_obj
def demo(session: Session, out: Path | None) -> None:
    """Build, ask, measure and draw; say where everything is and what to try next."""
    folder = out or out_folder(ECOSYSTEM)
    with _step(session, "demo-build"):
        with session.steps() as step:
            built = build_ecosystem(ECOSYSTEM, folder, step)
        total, files = sum(built.statements.values()), len(built.account)
        _say(session, "demo-built", total=total, files=files, digest=built.digest)
    graph = GraphStore.open(built.path)
    with _step(session, "demo-ask"):
        for asked in ASKED:
            click.echo()
            for line in answer_in_words(graph, asked, session):
                click.echo(line)
    with _step(session, "demo-measure"):
        network = read_network(graph)
        _print_central(session, network)
    page = folder / f"{ECOSYSTEM}.html"
    with _step(session, "demo-draw"), session.working("drawing"):
        title = label_of(graph).title
        write_view(
            network,
            page,
            lang=session.lang,
            seed=SEED,
            title=title,
            timelines=read_timelines(graph),
        )
    _print_places(session, built, page)


@contextmanager
def _step(session: Session, code: str) -> Generator[None]:
    """Head a step with its title, and close it with the processor time it took."""
    click.secho(f"\n{session.say(code)}", bold=True)
    began = process_time()
    yield
    _say(session, "demo-seconds", seconds=f"{process_time() - began:.1f}")


def _say(session: Session, code: str, **facts: object) -> None:
    click.echo(f"  {session.say(code, **facts)}")


def _print_central(session: Session, network: Network) -> None:
    ranking = most_central(network, 10)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for code in ("rank", "body", "partners", "strength", "betweenness"):
        side: JustifyMethod = "left" if code == "body" else "right"
        table.add_column(session.say(f"column-{code}"), justify=side)
    for row in ranking.rows:
        name = row.body.name.say(session.lang)
        table.add_row(
            f"{row.rank}{'=' if row.shared else ''}",
            f"{name} ({row.body.acronym})" if row.body.acronym else name,
            f"{row.values['degree']:.0f}",
            f"{row.values['strength']:.1f}",
            f"{row.values['betweenness']:.3f}",
        )
    Console(file=sys.stdout, legacy_windows=False).print(table)
    click.echo(f"  {ranking.scope.say(session.lang)}")


def _print_places(session: Session, built: Build, page: Path) -> None:
    click.secho(f"\n{session.say('demo-places')}", bold=True)
    for code, path in (
        ("demo-page", page),
        ("demo-graph", built.path / "graph.trig"),
        ("demo-report", built.path / "report.html"),
        ("demo-manifest", built.path / "manifest.json"),
    ):
        _say(session, code, path=path)
    click.secho(f"\n{session.say('demo-next')}", bold=True)
    _say(session, "demo-lines")
