"""The queries that asking itself needs, each in a file of its own, and how several things are asked about at once."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ..binding import values_rows
from ..catalog import Question, read_question
from ..graph import Graph
from ..parameters import Value
from ..results import Rows, Term


@cache
def own_query(name: str) -> Question:
    """One of the queries of this package: `passages`, `backing/ties` …"""
    place = files("simpul.queries.asking").joinpath(*f"{name}.rq".split("/"))
    return read_question(place.read_text(encoding="utf-8"), name)


def solutions(
    graph: Graph, name: str, values: Mapping[str, Value]
) -> list[dict[str, Term | None]]:
    """The solutions of one of these queries."""
    return _dicts(graph, own_query(name).bind(values), name)


def solutions_about(
    graph: Graph,
    name: str,
    variable: str,
    things: Iterable[str],
    values: Mapping[str, Value] | None = None,
) -> list[dict[str, Term | None]]:
    """The solutions of a query whose row of `variable` takes many things."""
    terms = " ".join(str(ox.NamedNode(thing)) for thing in dict.fromkeys(things))
    if not terms:
        return []
    question = own_query(name)
    text = question.bind({variable: ox.NamedNode("urn:none"), **(values or {})})
    row = next(row for row in values_rows(text) if row.variable == variable)
    return _dicts(graph, f"{text[: row.start]} {terms} {text[row.end :]}", name)


def _dicts(graph: Graph, text: str, name: str) -> list[dict[str, Term | None]]:
    found = graph.query(text, name=name)
    assert isinstance(found, Rows)  # they are all SELECT
    return list(found.dicts())


def value_of(term: Term | None) -> str:
    """The IRI of a node or the text of a literal; nothing where a variable is unbound."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
