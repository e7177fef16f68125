"""The rows of an answer from a time slice, with a column that says of each whether it is attested or only possible.

A row is attested if the claims that are attested are enough for it, and possible if it takes one that is not. What
the graph says without any claim, such as the sector of a body, is neither: its cell stays unbound.
"""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from simpul.graph_builder import claims_held
from simpul.ontology import BASE, SKOS, XSD, Holding, Language

from .catalog import Question
from .graph import Graph
from .limits import Limits
from .parameters import LANGUAGE, Value
from .results import Row, Rows, Term
from .store import GraphStore

HOLDING: Final = "holding"
"""The column, which a query may have of its own."""

# Numbers and days may sum up several claims, so that they do not tell which row is meant.
_SUMMED: Final = frozenset((XSD.integer, XSD.decimal, XSD.double, XSD.date))


def with_holding(
    rows: Rows,
    question: Question,
    values: Mapping[str, Value],
    graph: Graph,
    *,
    lang: Language = "id",
    base: str = BASE,
    limits: Limits | None = None,
) -> Rows:
    """The rows that a question has in a slice of some days, with a last column `holding` in a language.

    They stay as they are where no row rests on a claim, where the query has such a column, and where it has no
    header: what one asks in SPARQL of one's own comes back as it was asked for.
    """
    if HOLDING in rows.variables or not question.columns or not len(rows):
        return rows
    quads = list(graph.quads())

    def keys_where(*held: Holding) -> set[tuple[Term, ...]]:
        store = GraphStore(claims_held(quads, held, base=base))
        found = store.query(text, name=question.name, limits=limits)
        return {_key(row) for row in found} if isinstance(found, Rows) else set()

    text = question.bind(_spoken_in(question, values, lang), base)
    timeless, attested = keys_where(), keys_where(Holding.ATTESTED)
    words = {how: _word(graph, how, lang) for how in Holding}
    cells: list[Term | None] = []
    for row in rows:
        key = _key(row)
        if not key or key in timeless:
            cells.append(None)
        else:
            how = Holding.ATTESTED if key in attested else Holding.POSSIBLE
            cells.append(words[how])
    if not any(cells):
        return rows
    marked = tuple((*row, cell) for row, cell in zip(rows, cells, strict=True))
    return Rows((*rows.variables, HOLDING), marked)


def _spoken_in(
    question: Question, values: Mapping[str, Value], lang: Language
) -> dict[str, Value]:
    spoken = {
        each.name: lang for each in question.parameters if each.type.written == LANGUAGE
    }
    return {**spoken, **values}


def _key(row: Row) -> tuple[Term, ...]:
    """What a row is about: its things and texts in their order."""
    return tuple(
        term
        for term in row
        if term is not None
        and not (isinstance(term, ox.Literal) and term.datatype.value in _SUMMED)
    )


def _word(graph: Graph, how: Holding, lang: Language) -> ox.Literal:
    labels = graph.quads(ox.NamedNode(how.iri), ox.NamedNode(SKOS.prefLabel))
    said = {
        quad.object.language: quad.object.value
        for quad in labels
        if isinstance(quad.object, ox.Literal)
    }
    return ox.Literal(said.get(lang, how.value))
