"""Answers in words, with the sources they rest on, to the five questions of the demo.

The questions are those of the catalogue; how a row of each is said stands in `words/`
under `answer-NAME`, with the columns of the row as its facts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

import pyoxigraph as ox

from simpul.ontology import XSD, Language
from simpul.queries import GraphStore, Rows, Term, Value, answer, catalog, shown

from .opening import short_name, spoken_values
from .session import Session

ROWS_SAID = 4
SOURCES_NAMED = 3
_NUMERIC = (XSD.decimal, XSD.integer)
_INDONESIAN_MARKS = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask, and where its claims are: a column, of this question or another."""

    question: str
    claim: str
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    claims_of: str | None = None


ASKED = (
    Asked("founders", "tie", claims_of="founding-sources"),
    Asked("founding-sources", "tie"),
    Asked("hosts", "tie"),
    Asked("names-over-time", "record"),
    Asked("sums-and-totals", "breakdown"),
)


def answer_in_words(graph: GraphStore, asked: Asked, session: Session) -> Iterator[str]:
    """Say a question, the first rows of its answer, and the sources of these rows."""
    question = catalog().find(asked.question)
    spoken = spoken_values(graph, question, asked.values, session.lang)
    yield f"  {question.asks(session.lang, **spoken)}"
    rows = _rows(graph, asked.question, asked.values, session)
    for row in islice(rows, ROWS_SAID):
        facts = {name: said(graph, term, session.lang) for name, term in row.items()}
        yield f"    → {session.say(f'answer-{asked.question}', **facts)}"
    if len(rows) > ROWS_SAID:
        more = len(rows) - ROWS_SAID
        yield f"      {session.say('answer-more', count=more, name=asked.question)}"
    claims = rows
    if asked.claims_of:
        claims = _rows(graph, asked.claims_of, asked.values, session)
    yield from _sources(
        graph, [row[asked.claim] for row in claims[:ROWS_SAID]], session
    )


def said(graph: GraphStore, term: Term | None, lang: Language) -> str:
    """Say a term in a sentence: a number in the manner of the language, a thing by name.

    >>> empty = GraphStore.from_quads([])
    >>> said(empty, ox.Literal(13004), "id"), said(empty, ox.Literal(13004), "en")
    ('13.004', '13,004')
    >>> said(empty, None, "en")
    '?'
    """
    if term is None:
        return "?"
    if isinstance(term, ox.NamedNode):
        return short_name(graph, term, lang)
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC:
        number = f"{Decimal(term.value):,}"
        return number.translate(_INDONESIAN_MARKS) if lang == "id" else number
    return shown(term)


def _rows(
    graph: GraphStore, name: str, values: Mapping[str, Value], session: Session
) -> list[dict[str, Term | None]]:
    found = answer(graph, name, values, lang=session.lang)
    assert isinstance(found, Rows)  # the questions of the demo are all SELECT
    return list(found.dicts())


def _sources(
    graph: GraphStore, claims: list[Term | None], session: Session
) -> Iterator[str]:
    """Count the documents and origins behind claims, and name the first documents."""
    evidence = [
        row
        for claim in claims
        if isinstance(claim, ox.NamedNode)
        for row in _rows(graph, "evidence-of-tie", {"tie": claim}, session)
    ]
    documents = {row["document"]: row for row in evidence}
    origins = {row["root"] or row["document"] for row in evidence}
    yield f"      {session.say('sources', documents=len(documents), origins=len(origins))}"
    for row in islice(documents.values(), SOURCES_NAMED):
        facts = {
            name: shown(row[name]) for name in ("title", "publisher", "issued", "url")
        }
        stance = session.say(f"stance-{shown(row['stance'])}")
        yield f"      · {session.say('source', stance=stance, **facts)}"
