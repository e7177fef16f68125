"""`simpul history`: how it went with one body, and what held of it on a day."""

from dataclasses import replace
from pathlib import Path

import click

from simpul.analysis import label_of
from simpul.graph_builder import Days
from simpul.queries import Format, Rows, answer, catalog
from simpul.queries.lookup import resolved

from .asking import FORMAT, print_result
from .elsewhere import Elsewhere, endpoint_options
from .opening import (
    open_slice,
    spoken_values,
    time_options,
    version_options,
)
from .session import Session
from .spoken import SpokenCommand

QUESTION = "history-of-body"
COLUMNS = ("aspect", "value", "from", "until", "holding", "status", "origins")
"""Those that a table has; together they fit a terminal."""


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul history bpipi",
        "simpul history bpipi --as-of 2021-12-31",
        "simpul history bpipi --as-of 2012 --known-at 2015 --format csv",
        "simpul history bpipi --as-of 2012 --endpoint http://localhost:7878",
    ),
)
@click.argument("body")
@FORMAT
@time_options
@version_options
@endpoint_options
@click.pass_obj
def history(
    session: Session,
    body: str,
    format: Format,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> None:
    """List names, sites, office holders and superiors of a body."""
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    # What is wrong with the body is said of what was typed.
    asked = replace(catalog().find(QUESTION), name="history")
    base = label_of(graph).base
    values = resolved(graph, asked, {"body": body}, base, session.lang)
    rows = answer(graph, asked, values, lang=session.lang, base=base)
    assert isinstance(rows, Rows)
    spoken = spoken_values(graph, asked, values, session.lang, base)
    session.tell("asked", sentence=asked.asks(session.lang, **spoken))
    if format is Format.TABLE:
        rows = _for_reading(rows, session, held=as_of is not None)
    print_result(rows, format, None)
    session.tell("rows", count=len(rows))


def _for_reading(rows: Rows, session: Session, *, held: bool) -> Rows:
    """Name the columns in the language of the line; other formats have the rest too."""
    kept = [name for name in COLUMNS if held or name != "holding"]
    columns = [rows.column(name) for name in kept]
    titles = tuple(session.say(f"history-{name}") for name in kept)
    return Rows(titles, tuple(zip(*columns, strict=True)))
