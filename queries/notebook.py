"""Rows as a notebook shows them: a table in HTML, whose every text comes from outside and is escaped.

It sets no colours, so that a dark notebook stays dark.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

import pyoxigraph as ox
from jinja2 import Environment, StrictUndefined, Template

from simpul.ontology import XSD

from .results import Rows, Term
from .tables import is_number, printable, shown

MOST_ROWS = 50
LONGEST_TEXT = 300
"""Characters of a cell; what is longer is cut with `…`, the rows themselves keep it."""

# What a browser opens as a page, and nothing that it would run or hand to another program.
_PAGE = re.compile(r"https?://[^\s\\@/?#]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: its text, and the page that it leads to."""

    text: str
    address: str | None
    is_number: bool

    @classmethod
    def of(cls, term: Term | None) -> "Cell":
        """Show a term."""
        text = printable(shown(term), keep="\n")
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT] + "…"
        return cls(text, _address(term), is_number(term))


def rows_html(rows: Rows, most: int = MOST_ROWS) -> str:
    """The first rows, and how many there are in all."""
    cells = [[Cell.of(term) for term in row] for row in islice(rows, most)]
    count = f"rows: {len(rows)}"
    if len(rows) > most:
        count = f"rows: {most} of {len(rows)}"
    names = [printable(name) for name in rows.variables]
    return _template().render(names=names, rows=cells, count=count)


def _address(term: Term | None) -> str | None:
    match term:
        case ox.NamedNode():
            address = term.value
        case ox.Literal() if term.datatype.value == XSD.anyURI:
            address = term.value
        case _:
            return None
    return address if _PAGE.fullmatch(address) else None


@cache
def _template() -> Template:
    text = files("simpul.queries").joinpath("notebook.html.j2").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(text)
