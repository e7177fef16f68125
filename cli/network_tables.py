"""How figures of a network are printed: rows in one of the formats of tables, and below them what they rest on."""

import json
from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any

import click
import pyoxigraph as ox

from simpul.analysis import Body, Dyads, ranks
from simpul.analysis.measures import Figures
from simpul.analysis.uncertainty import FigureInterval
from simpul.ontology import XSD
from simpul.queries import Format, Row, Rows, Term

from .asking import print_result
from .session import Session

DIGITS = 6
SHORT = 3  # digits after the point where people read them
_WHOLE = 1e-9  # nearer than this to a whole number is one, but for the rounding of sums


def print_rows(rows: Rows, table_format: str, **facts: object) -> None:
    """Print rows as a table; as JSON they stand beside facts that a table has no place for."""
    if table_format != "json":
        print_result(rows, Format.named(table_format), None)
        return
    table = [
        {
            name: None if cell is None else _plain(cell)
            for name, cell in zip(rows.variables, row, strict=True)
        }
        for row in rows
    ]
    print_document({**facts, "rows": table})


def print_document(facts: Mapping[str, object]) -> None:
    """Print facts as JSON."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2))


def digits_in(table_format: str) -> int:
    """How many digits after the point a format shows."""
    return SHORT if table_format == "table" else DIGITS


def number(value: float, digits: int = DIGITS) -> Term | None:
    """A figure as a cell; None where it is not defined."""
    if isnan(value):
        return None
    if abs(value - round(value)) < _WHOLE:
        return ox.Literal(round(value))
    text = f"{value:.{digits}f}"
    return ox.Literal(text, datatype=ox.NamedNode(XSD.decimal))


def interval_cells(each: FigureInterval, digits: int) -> Row:
    """A figure on record and its interval, as the columns value, median, low, high and undefined."""
    figures = (each.value, each.median, each.low, each.high)
    return (*(number(value, digits) for value in figures), ox.Literal(each.undefined))


INTERVAL_COLUMNS = ("value", "median", "low", "high", "undefined")


def called(session: Session, body: Body) -> str:
    """What a body is called for short."""
    return body.acronym or body.name.say(session.lang) or body.key


def called_by_iri(session: Session, dyads: Dyads) -> dict[str, str]:
    """What each node is called for short: bodies by name, ties by key."""
    names = {tie.iri: tie.key for tie in dyads.ties}
    return names | {body.iri: called(session, body) for body in dyads.bodies}


def finite(value: float) -> float | None:
    """A figure as JSON has it."""
    return None if isnan(value) else value


def ranked_rows(
    session: Session,
    dyads: Dyads,
    columns: Mapping[str, Mapping[str, float]],
    top: int | None,
    table_format: str,
    *,
    lowest_first: bool = False,
) -> Rows:
    """Nodes by the first column, the greatest first unless told otherwise; equals share a rank and are never cut apart.

    Nodes without a value come last.
    """
    first = next(iter(columns.values()))
    body_of = {body.iri: body for body in dyads.bodies}
    key_of = {tie.iri: tie.key for tie in dyads.ties}
    sign = -1 if lowest_first else 1
    known = {
        node: float("-inf") if isnan(value) else sign * value
        for node, value in first.items()
    }
    digits = digits_in(table_format)
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


def tell_basis(session: Session, dyads: Dyads, figures: Iterable[Figures] = ()) -> None:
    """Say what figures rest on: the rules, what they left out, and whatever was sampled."""
    click.echo(dyads.describe(session.lang), err=True)
    sampled = {each.sampled: each.seed for each in figures if each.sampled}
    for sources, seed in sampled.items():
        session.tell("measures-sampled", sources=sources, seed=seed)
    engines = sorted({str(each.engine) for each in figures})
    if engines:
        session.tell("measures-engines", engines=", ".join(engines))


def _plain(cell: Term) -> Any:
    if not isinstance(cell, ox.Literal):
        return cell.value if isinstance(cell, ox.NamedNode) else str(cell)
    kind = cell.datatype.value
    if kind == XSD.integer:
        return int(cell.value)
    if kind == XSD.decimal:
        return float(cell.value)
    return cell.value == "true" if kind == XSD.boolean else cell.value
