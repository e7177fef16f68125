"""`simpul network measures`, `brokerage` and `mixing`: figures of a network, and the rules behind them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
from click.shell_completion import CompletionItem

from simpul.analysis import (
    Dyads,
    Joining,
    Parallel,
    Rules,
    UnusableRules,
    ranks,
    read_network,
    select,
)
from simpul.analysis.measures import (
    ATTRIBUTES,
    MEASURES,
    Engine,
    Figures,
    Level,
    Role,
    brokerage,
    definition,
    has_igraph,
    measurable,
    measure_all,
    mixing,
    title,
)
from simpul.graph_builder import Days
from simpul.ontology import XSD, TieType, near_miss
from simpul.queries import Format, Row, Rows, Term

from .asking import print_result
from .elsewhere import Elsewhere, endpoint_options
from .intervals import print_intervals
from .opening import Callback, open_slice, time_options, version_options
from .session import Session
from .spoken import SpokenCommand

FORMATS = ("table", "csv", "json", "markdown")
USUAL = ("degree", "strength", "betweenness", "closeness", "eigenvector", "constraint")
_DIGITS = 6
_WHOLE = 1e-9  # nearer than this to a whole number is one, but for the rounding of sums
_SHORT = 3  # digits after the point where people read them

_by = click.option(
    "--by",
    "group_by",
    metavar="|".join(ATTRIBUTES),
    type=click.Choice(ATTRIBUTES),
    default="strand",
)
_form = click.option(
    "--format", "table_format", type=click.Choice(FORMATS), default="table"
)

# A slip of the keyboard would otherwise give a network without ties, and figures of it.
_TIE_TYPES = click.Choice([each.value for each in TieType])


def rule_options(command: Callback) -> Callback:
    """Give a command the options that say which ties count: layers, types, direction, dyads, weight."""
    options = (
        click.option(
            "--layer", "layers", type=_TIE_TYPES, metavar="CODE", multiple=True
        ),
        click.option(
            "--tie-type", "tie_types", type=_TIE_TYPES, metavar="CODE", multiple=True
        ),
        click.option(
            "--dyads",
            type=click.Choice([each.value for each in Joining]),
            default=Joining.CLIQUE.value,
        ),
        click.option(
            "--parallel",
            type=click.Choice([each.value for each in Parallel]),
            default=Parallel.STRENGTH.value,
        ),
        click.option("--directed", is_flag=True),
        click.option("--attested-only", is_flag=True),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
@click.option("--top", type=click.IntRange(min=1), metavar="N")
@_by
@_form
@click.option(
    "--engine",
    type=click.Choice([each.value for each in Engine]),
    default=Engine.AUTO.value,
)
@click.option("--sources", "path_sources", type=click.IntRange(min=1), metavar="N")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--intervals", is_flag=True)
@click.option("--draws", type=click.IntRange(1, 100_000), metavar="N", default=1000)
@rule_options
@time_options
@version_options
@endpoint_options
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
    intervals: bool,
    draws: int,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    **rules: Any,
) -> None:
    """Print measures of bodies, or of the network as a whole."""
    place = (ecosystem, version_dir, elsewhere, as_of, known_at)
    dyads = open_dyads(session, *place, **rules)
    if intervals:
        print_intervals(
            session,
            dyads,
            measure_names,
            draws=draws,
            seed=seed,
            top=top,
            table_format=table_format,
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
        _print_json(session, dyads, measures=[_document(each) for each in figures])
    elif level == "node":
        print_table(
            _node_rows(session, dyads, figures, top, table_format), table_format
        )
    else:
        print_table(_network_rows(session, figures, table_format), table_format)
    for each in figures:
        session.tell(
            "measure-means",
            name=each.measure,
            title=title(each.measure, session.lang),
            means=definition(each.measure, session.lang),
        )
    tell_basis(session, dyads, figures)


@click.command(
    "brokerage",
    cls=SpokenCommand,
    examples=(
        "simpul network brokerage --by sector",
        "simpul network brokerage --by strand --top 5 --format csv",
    ),
)
@_by
@click.option("--top", type=click.IntRange(min=1), metavar="N")
@_form
@rule_options
@time_options
@version_options
@endpoint_options
@click.pass_obj
def broker(
    session: Session,
    /,
    group_by: str,
    top: int | None,
    table_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    **rules: Any,
) -> None:
    """Print who stands between whom, by the five roles of Gould and Fernandez."""
    place = (ecosystem, version_dir, elsewhere, as_of, known_at)
    dyads = open_dyads(session, *place, **rules)
    found = brokerage(dyads, group_by)
    columns: dict[str, Mapping[str, float]] = {"total": _by_node(dyads, found.total)}
    for role in Role:
        columns[str(role)] = _by_node(dyads, found.counts[role])
        if table_format != "table":  # eleven columns of numbers fit no terminal
            columns[f"{role}_expected"] = _by_node(dyads, found.expected[role])
    if table_format == "json":
        bodies = [
            {"body": node, **{name: each[node] for name, each in columns.items()}}
            for node in dyads.nodes
        ]
        _print_json(session, dyads, by=group_by, missing=found.missing, bodies=bodies)
    else:
        rows = _ranked(session, dyads, columns, top, table_format)
        print_table(rows, table_format)
    session.tell("brokerage-means", by=group_by, missing=found.missing)
    tell_basis(session, dyads)


@click.command(
    "mixing",
    cls=SpokenCommand,
    examples=(
        "simpul network mixing",
        "simpul network mixing --by sector --format csv",
    ),
)
@_by
@_form
@rule_options
@time_options
@version_options
@endpoint_options
@click.pass_obj
def mix(
    session: Session,
    /,
    group_by: str,
    table_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    **rules: Any,
) -> None:
    """Print who is tied to whom by group, with the E-I index."""
    place = (ecosystem, version_dir, elsewhere, as_of, known_at)
    dyads = open_dyads(session, *place, **rules)
    found = mixing(dyads, group_by)
    codes = found.groups.codes
    sizes = found.groups.sizes.tolist()
    ei = [found.ei_of(group) for group in range(len(codes))]
    if table_format == "json":
        groups = [
            {
                "group": code,
                "bodies": sizes[at],
                "ei_index": _finite(ei[at]),
                "pairs": dict(zip(codes, found.pairs[at].tolist(), strict=True)),
                "density": {
                    other: _finite(value)
                    for other, value in zip(
                        codes, found.density[at].tolist(), strict=True
                    )
                },
            }
            for at, code in enumerate(codes)
        ]
        _print_json(
            session,
            dyads,
            by=group_by,
            ei_index=_finite(found.ei_index),
            ei_expected=_finite(found.ei_expected),
            assortativity=_finite(found.assortativity),
            missing=found.groups.missing,
            groups=groups,
        )
    else:
        digits = _SHORT if table_format == "table" else _DIGITS
        rows = tuple(
            (
                ox.Literal(code),
                ox.Literal(sizes[at]),
                *(ox.Literal(pairs) for pairs in found.pairs[at].tolist()),
                number(ei[at], digits),
            )
            for at, code in enumerate(codes)
        )
        print_table(Rows((group_by, "bodies", *codes, "ei_index"), rows), table_format)
    session.tell(
        "mixing-means",
        by=group_by,
        ei=_said(found.ei_index),
        expected=_said(found.ei_expected),
        assortativity=_said(found.assortativity),
        inside=found.inside,
        across=found.across,
        missing=found.groups.missing,
        missing_pairs=found.missing_pairs,
    )
    tell_basis(session, dyads)


def open_dyads(
    session: Session,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    *,
    layers: Sequence[str] = (),
    tie_types: Sequence[str] = (),
    dyads: str = Joining.CLIQUE,
    parallel: str = Parallel.STRENGTH,
    directed: bool = False,
    attested_only: bool = False,
) -> Dyads:
    """Open a graph or a slice of it, and make the network that the rules of a line ask for.

    Raises: as `open_slice`; UsageError where two rules cannot both hold.
    """
    try:
        rules = Rules(
            layers=frozenset(layers) or None,
            tie_types=frozenset(tie_types) or None,
            when=as_of,
            attested_only=attested_only,
            dyads=Joining(dyads),
            parallel=Parallel(parallel),
            directed=directed,
        )
    except UnusableRules as unusable:
        raise click.UsageError(session.say(f"rules-{unusable.reason}")) from unusable
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    return select(read_network(graph), rules)


def tell_basis(session: Session, dyads: Dyads, figures: Iterable[Figures] = ()) -> None:
    """Say what figures rest on: the rules, what they left out, and whatever was sampled."""
    click.echo(dyads.describe(session.lang), err=True)
    sampled = {each.sampled: each.seed for each in figures if each.sampled}
    for sources, seed in sampled.items():
        session.tell("measures-sampled", sources=sources, seed=seed)
    engines = sorted({str(each.engine) for each in figures})
    if engines:
        session.tell("measures-engines", engines=", ".join(engines))


def print_table(rows: Rows, table_format: str) -> None:
    """Print rows in one of the formats of tables."""
    print_result(rows, Format.named(table_format), None)


def number(value: float, digits: int = _DIGITS) -> Term | None:
    """A figure as a cell; None where it is not defined."""
    if isnan(value):
        return None
    if abs(value - round(value)) < _WHOLE:
        return ox.Literal(round(value))
    text = f"{value:.{digits}f}"
    return ox.Literal(text, datatype=ox.NamedNode(XSD.decimal))


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
    return _ranked(session, dyads, columns, top, table_format)


def _ranked(
    session: Session,
    dyads: Dyads,
    columns: Mapping[str, Mapping[str, float]],
    top: int | None,
    table_format: str,
) -> Rows:
    """Nodes by falling value of the first column, equals with one rank and never cut apart."""
    first = next(iter(columns.values()))
    body_of = {body.iri: body for body in dyads.bodies}
    key_of = {tie.iri: tie.key for tie in dyads.ties}
    known = {node: -1.0 if isnan(value) else value for node, value in first.items()}
    digits = _SHORT if table_format == "table" else _DIGITS
    rows: list[Row] = []
    for rank, _, node in ranks(known):
        if top and rank > top:
            break
        body = body_of.get(node)
        name = body.name.say(session.lang) if body else key_of[node]
        strand = body.strand.code if body and body.strand else None
        cells = (number(each[node], digits) for each in columns.values())
        named = name if body is None or not body.acronym else body.acronym
        thing = () if table_format == "table" else (ox.NamedNode(node),)
        label = named if table_format == "table" else name
        rows.append(
            (
                ox.Literal(rank),
                *thing,
                ox.Literal(label),
                ox.Literal(strand) if strand else None,
                *cells,
            )
        )
    iri = () if table_format == "table" else ("iri",)
    return Rows(("rank", *iri, "body", "strand", *columns), tuple(rows))


def _network_rows(
    session: Session, figures: Sequence[Figures], table_format: str
) -> Rows:
    digits = _SHORT if table_format == "table" else _DIGITS
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


def _document(figures: Figures) -> dict[str, Any]:
    return {
        "measure": figures.measure,
        "reference": MEASURES[figures.measure].reference,
        "n": figures.n,
        "isolates": figures.isolates,
        "engine": str(figures.engine),
        "sampled": figures.sampled,
        "seed": figures.seed,
        "values": {name: _finite(value) for name, value in figures.values.items()},
        "groups": dict(figures.groups),
    }


def _print_json(session: Session, dyads: Dyads, **facts: Any) -> None:
    document = {"rules": dyads.describe(session.lang), **facts}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _by_node(dyads: Dyads, values: Any) -> Mapping[str, float]:
    return dict(zip(dyads.nodes, values.tolist(), strict=True))


def _finite(value: float) -> float | None:
    return None if isnan(value) else value


def _said(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
