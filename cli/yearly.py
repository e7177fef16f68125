"""`simpul network years`: the network year by year."""

from dataclasses import replace
from datetime import date
from math import isnan

import click
import pyoxigraph as ox

from simpul.analysis import select
from simpul.analysis.measures import MEASURES, Figures, Level, by_year, title
from simpul.graph_builder import Days
from simpul.queries import Row, Rows, Term

from .network_options import NetworkLine, format_option, network_without_time
from .network_tables import called, digits_in, number, print_rows
from .session import Session
from .spoken import SpokenCommand

_MEASURES = tuple(
    name for name, each in MEASURES.items() if each.needs in (None, "groups")
)
_MOST = 300  # years in one table


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network years --from 2001 --to 2025",
        "simpul network years --from 2015 --to 2024 --measure density --measure betweenness",
        "simpul network years --from 2001 --to 2025 --attested-only --format csv",
    ),
)
@click.option("--from", "year_first", type=click.IntRange(1, 9999), required=True)
@click.option("--to", "year_last", type=click.IntRange(1, 9999), required=True)
@click.option(
    "--measure",
    "year_measures",
    type=click.Choice(_MEASURES),
    metavar="NAME",
    multiple=True,
    default=("density", "degree"),
)
@format_option
@network_without_time
@click.pass_obj
def years(
    session: Session,
    /,
    year_first: int,
    year_last: int,
    year_measures: tuple[str, ...],
    table_format: str,
    line: NetworkLine,
) -> None:
    """Print the ties and measures of each year."""
    if not year_first <= year_last < year_first + _MOST:
        raise click.UsageError(session.say("years-turned", most=_MOST))
    # attested_only asks for days, which by_year gives for each year.
    surely = line.asked["attested_only"]
    rules = line.rules(session, attested_only=False)
    network = line.network(session)
    with session.working("measuring"):
        span = range(year_first, year_last + 1)
        found = by_year(network, span, year_measures, rules, attested_only=surely)
    names = {body.iri: called(session, body) for body in network.bodies}
    digits = digits_in(table_format)
    columns = ["year", "attested", "possible", "pairs", "new", "gone"]
    for figures in found[0].figures:
        columns += _columns(figures)
    rows: list[Row] = []
    for at, year in enumerate(found):
        counts = (year.attested, year.possible, year.pairs)
        cells: list[Term | None] = [ox.Literal(year.year), *map(_whole, counts)]
        # What came and went before the first year was not looked at.
        cells += [_whole(year.new), _whole(year.gone)] if at else [None, None]
        for figures in year.figures:
            cells += _cells(figures, names, digits)
        rows.append(tuple(cells))
    days = Days(date(year_first, 1, 1), date(year_last, 12, 31))
    span_rules = replace(rules, when=days, attested_only=surely)
    said = select(network, span_rules).describe(session.lang)
    print_rows(Rows(tuple(columns), tuple(rows)), table_format, rules=said)
    for figures in found[0].figures:
        if MEASURES[figures.measure].level is Level.NODE:
            called_so = title(figures.measure, session.lang)
            session.tell("years-leader", name=figures.measure, title=called_so)
    session.tell("years-mean-surely" if surely else "years-mean")
    attested = sum(year.attested for year in found)
    possible = sum(year.possible for year in found)
    if not attested:
        session.tell("years-none-attested")
    elif possible > attested:
        session.tell("years-mostly-possible", possible=possible, attested=attested)
    click.echo(said, err=True)


def _columns(figures: Figures) -> list[str]:
    if MEASURES[figures.measure].level is Level.NODE:
        return [f"{figures.measure}_first", figures.measure]
    several = len(figures.values) > 1
    return [
        f"{figures.measure}_{name}" if several else figures.measure
        for name in figures.values
    ]


def _cells(figures: Figures, names: dict[str, str], digits: int) -> list[Term | None]:
    """Of the network as a whole its figures; of bodies who is first, equals together, and with how much."""
    each = MEASURES[figures.measure]
    if each.level is not Level.NODE:
        return [number(value, digits) for value in figures.values.values()]
    known = {node: v for node, v in figures.values.items() if not isnan(v)}
    best = (min if each.lowest_first else max)(known.values(), default=0.0)
    if not known or (best == 0 and not each.lowest_first):
        return [None, None]
    first = sorted(names[node] for node, value in known.items() if value == best)
    return [ox.Literal(", ".join(first)), number(best, digits)]


def _whole(count: int) -> Term:
    return ox.Literal(count)
