"""Intervals of measures, from how sure the ties are: what `simpul network measures --intervals` prints."""

import json
from collections.abc import Sequence
from math import isnan

import click
import pyoxigraph as ox

from simpul.analysis import Dyads
from simpul.analysis.uncertainty import (
    BodyInterval,
    Prior,
    intervals,
)
from simpul.ontology import XSD, Language
from simpul.queries import Format, Row, Rows, Term

from .asking import print_result
from .session import Session

USUAL_INTERVALS = ("betweenness", "degree", "eigenvector")
_COLUMNS = (
    "rank",
    "body",
    "value",
    "low",
    "high",
    "rank_low",
    "rank_high",
    "first",
    "verdict",
)


def print_intervals(
    session: Session,
    dyads: Dyads,
    measures: Sequence[str],
    *,
    draws: int,
    seed: int,
    top: int | None,
    table_format: str,
) -> None:
    """Print a table of intervals for each measure, and say what the data can and cannot tell.

    Raises: UnknownIntervalMeasure.
    """
    names = tuple(measures) or USUAL_INTERVALS
    prior = Prior()
    with session.working("drawing-networks", draws=draws):
        found = intervals(dyads, names, draws, seed, prior=prior)
    rows = {
        name: tuple(row for row in found.rows[name] if not top or row.rank <= top)
        for name in names
    }
    if table_format == "json":
        document = {
            "rules": dyads.describe(session.lang),
            "model": prior.describe(session.lang),
            "draws": found.draws,
            "seed": found.seed,
            "level": found.level,
            "measures": {
                name: {
                    "conclusion": found.conclusion(name, session.lang),
                    "bodies": [_document(row) for row in rows[name]],
                }
                for name in names
            },
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        cells = tuple(
            (ox.Literal(name), *_cells(row, session.lang))
            for name in names
            for row in rows[name]
        )
        table = Rows(("measure", *_COLUMNS), cells)
        print_result(table, Format.named(table_format), None)
    for name in names:
        click.echo(found.conclusion(name, session.lang), err=True)
    click.echo(found.say(session.lang), err=True)
    click.echo(prior.describe(session.lang), err=True)
    click.echo(dyads.describe(session.lang), err=True)


def _cells(row: BodyInterval, language: Language) -> Row:
    return (
        ox.Literal(row.rank),
        ox.Literal(row.body.acronym or row.body.name.say(language) or row.body.key),
        _number(row.value),
        _number(row.low),
        _number(row.high),
        ox.Literal(row.rank_low),
        ox.Literal(row.rank_high),
        _number(row.first),
        ox.Literal(str(row.verdict)),
    )


def _number(value: float) -> Term | None:
    if isnan(value):
        return None
    return ox.Literal(f"{value:.3f}", datatype=ox.NamedNode(XSD.decimal))


def _document(row: BodyInterval) -> dict[str, object]:
    figures = {
        name: None if isnan(value) else value
        for name in ("value", "median", "low", "high", "first", "leads")
        for value in (float(getattr(row, name)),)
    }
    return {
        "body": row.body.iri,
        "rank": row.rank,
        **figures,
        "rank_low": row.rank_low,
        "rank_high": row.rank_high,
        "undefined": row.undefined,
        "verdict": str(row.verdict),
    }
