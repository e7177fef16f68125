"""`simpul network measures`: measures of bodies, or of the network as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
import pyoxigraph as ox
from click.shell_completion import CompletionItem

from simpul.analysis import Dyads
from simpul.analysis.measures import (
    MEASURES,
    Engine,
    Figures,
    Level,
    definition,
    has_igraph,
    measurable,
    measure_all,
    title,
)
from simpul.analysis.uncertainty import FigureInterval, network_intervals
from simpul.ontology import near_miss
from simpul.queries import Row, Rows

from .intervals import (
    Doubt,
    interval_options,
    print_figure_intervals,
    print_intervals,
)
from .network_options import (
    NetworkLine,
    by_option,
    format_option,
    network_options,
    top_option,
)
from .network_tables import (
    INTERVAL_COLUMNS,
    digits_in,
    finite,
    interval_cells,
    number,
    print_document,
    print_rows,
    ranked_rows,
    tell_basis,
)
from .session import Session
from .spoken import SpokenCommand

USUAL = ("degree", "strength", "betweenness", "closeness", "eigenvector", "constraint")


def _measure_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del ctx, parameter
    return [CompletionItem(name) for name in MEASURES if name.startswith(incomplete)]


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network measures",
        "simpul network measures --measure betweenness --top 5 --format markdown",
        "simpul network measures --layer collaboration --as-of 2024 --format csv",
        "simpul network measures --level network --by sector --directed",
        "simpul network measures --intervals --measure betweenness --top 10 --draws 200",
        "simpul network measures --intervals --level network --measure density --model newman",
        "simpul network measures --intervals --draws 200 --assume true_rate=0.9 --lang id",
    ),
)
@click.option(
    "--measure",
    "measure_names",
    metavar="NAME",
    multiple=True,
    shell_complete=_measure_names,
)
@click.option("--level", type=click.Choice(["node", "network"]), default="node")
@top_option
@by_option
@format_option
@click.option(
    "--engine",
    type=click.Choice([each.value for each in Engine]),
    default=Engine.AUTO.value,
)
@click.option("--sources", "path_sources", type=click.IntRange(min=1), metavar="N")
@interval_options
@network_options
@click.pass_obj
def measures(
    session: Session,
    /,
    measure_names: tuple[str, ...],
    level: str,
    top: int | None,
    group_by: str,
    table_format: str,
    engine: str,
    path_sources: int | None,
    seed: int,
    doubt: Doubt | None,
    line: NetworkLine,
) -> None:
    """Print measures of bodies, or of the network as a whole."""
    dyads = line.dyads(session)
    if doubt and level == "network":
        names = _chosen(session, dyads, measure_names, level, engine)
        print_figure_intervals(
            session,
            dyads,
            doubt,
            lambda draws: network_intervals(draws, names, group_by),
            lambda found: _interval_rows(session, found, table_format),
            table_format,
        )
        return
    if doubt:
        for name in measure_names:
            _refuse(session, dyads, name, level)
        print_intervals(
            session, dyads, measure_names, doubt, top=top, table_format=table_format
        )
        return
    with session.working("measuring"):
        figures = measure_all(
            dyads,
            _chosen(session, dyads, measure_names, level, engine),
            engine,
            by=group_by,
            seed=seed,
            sources=path_sources,
        )
    if table_format == "json":
        made = [_document(each, session, dyads) for each in figures]
        print_document({"rules": dyads.describe(session.lang), "measures": made})
    elif level == "node":
        print_rows(_node_rows(session, dyads, figures, top, table_format), table_format)
    else:
        print_rows(_network_rows(session, figures, table_format), table_format)
    for each in figures:
        session.tell(
            "measure-means",
            name=each.measure,
            title=title(each.measure, session.lang),
            means=definition(each.measure, session.lang, directed=dyads.rules.directed),
        )
    tell_basis(session, dyads, figures)


def _chosen(
    session: Session, dyads: Dyads, names: Sequence[str], level: str, engine: str
) -> tuple[str, ...]:
    """The measures that a line asks for, once it is sure that each can be had."""
    if engine == Engine.IGRAPH and not has_igraph():
        raise click.BadParameter(session.say("no-igraph"), param_hint="--engine")
    of_nodes = measurable(dyads, Level.NODE)
    for name in names:
        _refuse(session, dyads, name, level)
    if names:
        return tuple(dict.fromkeys(names))
    if level == "network":
        return tuple(name for name in measurable(dyads) if name not in of_nodes)
    two_mode = [name for name in of_nodes if MEASURES[name].needs == "two-mode"]
    return tuple(two_mode or (name for name in USUAL if name in of_nodes))


def _refuse(session: Session, dyads: Dyads, name: str, level: str) -> None:
    """Say why a measure cannot be had, if it cannot.

    Raises: BadParameter.
    """
    reason: str | None = None
    if name not in MEASURES:
        near = near_miss(name, MEASURES)
        hint = f" ({session.say('did-you-mean', near=near)})" if near else ""
        known = ", ".join(MEASURES)
        reason = session.say("no-measure", name=name, near=hint, known=known)
    elif name not in measurable(dyads):
        reason = session.say(f"measure-needs-{MEASURES[name].needs}", name=name)
    elif level == "node" and MEASURES[name].level is Level.NETWORK:
        reason = session.say("measure-of-network", name=name)
    elif level == "network" and MEASURES[name].level is Level.NODE:
        reason = session.say("measure-of-nodes", name=name)
    if reason:
        raise click.BadParameter(reason, param_hint="--measure")


def _node_rows(
    session: Session,
    dyads: Dyads,
    figures: Sequence[Figures],
    top: int | None,
    table_format: str,
) -> Rows:
    columns: dict[str, Mapping[str, float]] = {}
    for each in figures:
        groups = {node: float(group) for node, group in each.groups.items()}
        columns[each.measure] = groups or each.values
    lowest_first = MEASURES[figures[0].measure].lowest_first
    return ranked_rows(
        session, dyads, columns, top, table_format, lowest_first=lowest_first
    )


def _network_rows(
    session: Session, figures: Sequence[Figures], table_format: str
) -> Rows:
    digits = digits_in(table_format)
    rows = tuple(
        (
            ox.Literal(title(each.measure, session.lang)),
            ox.Literal(name),
            number(value, digits),
            ox.Literal(each.n),
            ox.Literal(each.isolates),
        )
        for each in figures
        for name, value in each.values.items()
    )
    return Rows(("measure", "figure", "value", "n", "isolates"), rows)


def _interval_rows(
    session: Session,
    found: Mapping[tuple[str, str], FigureInterval],
    table_format: str,
) -> Rows:
    rows: list[Row] = [
        (
            ox.Literal(title(measured, session.lang)),
            ox.Literal(figure),
            *interval_cells(each, digits_in(table_format)),
        )
        for (measured, figure), each in found.items()
    ]
    return Rows(("measure", "figure", *INTERVAL_COLUMNS), tuple(rows))


def _document(figures: Figures, session: Session, dyads: Dyads) -> dict[str, Any]:
    directed = dyads.rules.directed
    return {
        "measure": figures.measure,
        "means": definition(figures.measure, session.lang, directed=directed),
        "weighted": MEASURES[figures.measure].weighted,
        "directed": directed and MEASURES[figures.measure].directed,
        "reference": MEASURES[figures.measure].reference,
        "n": figures.n,
        "isolates": figures.isolates,
        "engine": str(figures.engine),
        "sampled": figures.sampled,
        "seed": figures.seed,
        "values": {name: finite(value) for name, value in figures.values.items()},
        "groups": dict(figures.groups),
    }
