"""`simpul network brokerage` and `mixing`: figures of a network that rest on groups of bodies."""

from collections.abc import Mapping
from math import isnan
from typing import Any

import click
import pyoxigraph as ox

from simpul.analysis import Dyads, ranks
from simpul.analysis.measures import Role, brokerage, mixing
from simpul.analysis.uncertainty import (
    FigureInterval,
    brokerage_intervals,
    mixing_intervals,
)
from simpul.queries import Row, Rows

from .intervals import Doubt, interval_options, print_figure_intervals
from .network_options import (
    NetworkLine,
    by_option,
    format_option,
    network_options,
    top_option,
)
from .network_tables import (
    INTERVAL_COLUMNS,
    called_by_iri,
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


@click.command(
    "brokerage",
    cls=SpokenCommand,
    examples=(
        "simpul network brokerage --by sector",
        "simpul network brokerage --by strand --top 5 --format csv",
        "simpul network brokerage --intervals --draws 200 --top 5",
    ),
)
@by_option
@top_option
@format_option
@interval_options
@network_options
@click.pass_obj
def broker(
    session: Session,
    /,
    group_by: str,
    top: int | None,
    table_format: str,
    seed: int,
    doubt: Doubt | None,
    line: NetworkLine,
) -> None:
    """Print who stands between whom, by the five roles of Gould and Fernandez."""
    del seed  # nothing is drawn but for intervals
    dyads = line.dyads(session)
    if doubt:
        print_figure_intervals(
            session,
            dyads,
            doubt,
            lambda draws: brokerage_intervals(draws, group_by),
            lambda made: _role_rows(session, dyads, made, top, table_format),
            table_format,
        )
        session.tell("brokerage-intervals", by=group_by)
        return
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
        print_document(
            {
                "rules": dyads.describe(session.lang),
                "by": group_by,
                "missing": found.missing,
                "bodies": bodies,
            }
        )
    else:
        rows = ranked_rows(session, dyads, columns, top, table_format)
        print_rows(rows, table_format)
    session.tell("brokerage-means", by=group_by, missing=found.missing)
    tell_basis(session, dyads)


@click.command(
    "mixing",
    cls=SpokenCommand,
    examples=(
        "simpul network mixing",
        "simpul network mixing --by sector --format csv",
        "simpul network mixing --intervals --draws 200 --lang id",
    ),
)
@by_option
@format_option
@interval_options
@network_options
@click.pass_obj
def mix(
    session: Session,
    /,
    group_by: str,
    table_format: str,
    seed: int,
    doubt: Doubt | None,
    line: NetworkLine,
) -> None:
    """Print who is tied to whom by group, with the E-I index."""
    del seed  # nothing is drawn but for intervals
    dyads = line.one_mode(session, "mixing")
    if doubt:
        print_figure_intervals(
            session,
            dyads,
            doubt,
            lambda draws: mixing_intervals(draws, group_by),
            lambda made: _mixing_rows(made, table_format),
            table_format,
        )
        return
    found = mixing(dyads, group_by)
    codes = found.groups.codes
    sizes = found.groups.sizes.tolist()
    ei = [found.ei_of(group) for group in range(len(codes))]
    if table_format == "json":
        groups = [
            {
                "group": code,
                "bodies": sizes[at],
                "ei_index": finite(ei[at]),
                "pairs": dict(zip(codes, found.pairs[at].tolist(), strict=True)),
                "density": {
                    other: finite(value)
                    for other, value in zip(
                        codes, found.density[at].tolist(), strict=True
                    )
                },
            }
            for at, code in enumerate(codes)
        ]
        print_document(
            {
                "rules": dyads.describe(session.lang),
                "by": group_by,
                "ei_index": finite(found.ei_index),
                "ei_expected": finite(found.ei_expected),
                "assortativity": finite(found.assortativity),
                "missing": found.groups.missing,
                "groups": groups,
            }
        )
    else:
        digits = digits_in(table_format)
        rows = tuple(
            (
                ox.Literal(code),
                ox.Literal(sizes[at]),
                *(ox.Literal(pairs) for pairs in found.pairs[at].tolist()),
                number(ei[at], digits),
            )
            for at, code in enumerate(codes)
        )
        print_rows(Rows((group_by, "bodies", *codes, "ei_index"), rows), table_format)
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


def _role_rows(
    session: Session,
    dyads: Dyads,
    found: Mapping[tuple[str, str], FigureInterval],
    top: int | None,
    table_format: str,
) -> Rows:
    """A row for each body and role, the greatest brokers first; of those that broker in some draw or on record."""
    names = called_by_iri(session, dyads)
    total = {node: found[node, "total"].value for node in dyads.nodes}
    rows: list[Row] = []
    for rank, _, node in ranks(total):
        if top and rank > top:
            break
        rows.extend(
            (
                ox.Literal(rank),
                ox.Literal(names[node]),
                ox.Literal(role),
                *interval_cells(each, digits_in(table_format)),
            )
            for role in ("total", *map(str, Role))
            for each in (found[node, role],)
            if each.value or each.high
        )
    return Rows(("rank", "body", "role", *INTERVAL_COLUMNS), tuple(rows))


def _mixing_rows(
    found: Mapping[tuple[str, ...], FigureInterval], table_format: str
) -> Rows:
    rows: list[Row] = [
        (
            ox.Literal(key[0]),
            *(ox.Literal(key[at]) if at < len(key) else None for at in (1, 2)),
            *interval_cells(each, digits_in(table_format)),
        )
        for key, each in found.items()
    ]
    return Rows(("figure", "group", "other", *INTERVAL_COLUMNS), tuple(rows))


def _by_node(dyads: Dyads, values: Any) -> Mapping[str, float]:
    return dict(zip(dyads.nodes, values.tolist(), strict=True))


def _said(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
