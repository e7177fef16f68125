"""Answers of the SPARQL Protocol as values, and nothing that is not a whole answer.

What is read is hostile: the parsers beneath overflow the stack on terms within terms, which ends the process.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, islice
from typing import Any

import pyoxigraph as ox

from simpul.ontology import XSD

from ..errors import RowsExceeded
from ..results import Row, Rows, Triples
from .errors import BrokenAnswer, CutAnswer
from .receiving import Received
from .said import one_line

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.8"
DEEPEST = 64
"""How deep an answer may be nested. Rows take 4, and 2 more for each triple term in a triple term."""

_JSON = (ROWS, "application/json")
_RDF = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,  # its name before it had one
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_STRING = re.compile(rb'"[^"]*"')
_REST = bytes(set(range(256)) - set(b'{}[]"'))
_STEP = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
_TERM = re.compile(rb"<<|>>")
_XSD = XSD.string.removesuffix("string")
_VIRTUOSO_ASK = "__ASK_RETVAL"


def rows_in(answer: Received, name: str, most: int | None = None) -> Rows | bool:
    """The rows of a SELECT, or the yes or no of an ASK.

    Literals have the form in which the embedded store holds them, so that `1.50` of one server is `1.5` of another.

    Raises: BrokenAnswer; CutAnswer; RowsExceeded.
    """
    _expect(answer, name, _JSON)
    _refuse_cut(answer, name)
    if _depth_of_json(answer.body) > DEEPEST:
        raise BrokenAnswer(name, answer.url, "answers terms within terms without end")
    try:
        found = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            json.loads(answer.body)  # the parser does not look at what comes after
            return bool(found)
        assert isinstance(found, ox.QuerySolutions)
        variables = tuple(variable.value for variable in found.variables)
        solutions: Iterable[Any] = found if most is None else islice(found, most + 1)
        rows: tuple[Row, ...] = tuple(
            tuple(map(_canonical, solution)) for solution in solutions
        )
    except (SyntaxError, ValueError, RecursionError) as error:
        raise _broken(answer, name, error) from None
    if most is not None and len(rows) > most:
        raise RowsExceeded(name, most)
    if variables == (_VIRTUOSO_ASK,):
        return any(getattr(row[0], "value", "0") != "0" for row in rows)
    return Rows(variables, rows)


def triples_in(answer: Received, name: str, most: int | None = None) -> Triples:
    """The triples of a CONSTRUCT or DESCRIBE; blank nodes get names of their own.

    Raises: BrokenAnswer; RowsExceeded.
    """
    _expect(answer, name, _RDF)
    if not answer.is_framed:
        # Triples end anywhere; that all are there is known only where the length is.
        problem = "does not say where its answer ends, so that it may not be whole"
        raise BrokenAnswer(name, answer.url, problem)
    if _depth_of_triples(answer.body) > DEEPEST:
        raise BrokenAnswer(name, answer.url, "answers terms within terms without end")
    try:
        quads = ox.parse(
            answer.body, format=_RDF[answer.media_type], rename_blank_nodes=True
        )
        some = quads if most is None else islice(quads, most + 1)
        triples = [
            ox.Triple(quad.subject, quad.predicate, _canonical(quad.object))
            for quad in some
        ]
    except (SyntaxError, ValueError) as error:
        raise _broken(answer, name, error) from None
    if most is not None and len(triples) > most:
        raise RowsExceeded(name, most)
    return Triples.of(triples)


def _expect(answer: Received, name: str, media_types: Iterable[str]) -> None:
    if answer.media_type not in media_types:
        form = one_line(answer.media_type) or "a form that it does not name"
        problem = f"answers in {form}, not in {next(iter(media_types))}; is it a SPARQL endpoint?"
        raise BrokenAnswer(name, answer.url, problem)


def _refuse_cut(answer: Received, name: str) -> None:
    """Virtuoso cuts answers at ResultSetMaxRows, or at its own time, and says so in a header only."""
    limit = answer.headers.get("x-sparql-maxrows", "")
    if limit:
        raise CutAnswer(name, answer.url, int(limit) if limit.isdecimal() else 0)
    if answer.headers.get("x-sql-state", ""):
        problem = "answers only a part, as its time was over; ask for less"
        raise BrokenAnswer(name, answer.url, problem)


def _broken(answer: Received, name: str, error: Exception) -> BrokenAnswer:
    problem = f"answers {answer.status} and then breaks off or loses its form: {one_line(str(error))}"
    return BrokenAnswer(name, answer.url, problem)


def _depth_of_json(body: bytes) -> int:
    """How deep the brackets of a JSON text are nested, those in strings apart."""
    if b"\\" in body:
        body = _ESCAPED.sub(b"", body)
    brackets = _STRING.sub(b"", body.translate(None, _REST))
    return max(accumulate(_STEP.get(bracket, 0) for bracket in brackets), default=0)


def _depth_of_triples(body: bytes) -> int:
    """How deep triple terms are nested; a text that holds such signs counts too."""
    if body.count(b"<<") <= DEEPEST:
        return 0
    signs = (1 if sign[0] == b"<<" else -1 for sign in _TERM.finditer(body))
    return max(accumulate(signs, lambda depth, step: max(0, depth + step)), default=0)


def _canonical(term: Any) -> Any:
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        if datatype.startswith(_XSD) and datatype != XSD.string:
            return _stored(term)
    return term


@lru_cache(maxsize=65_536)
def _stored(literal: ox.Literal) -> ox.Literal:
    """A literal as the embedded store gives it back; it alone knows how."""
    node = ox.NamedNode("urn:x")
    store = ox.Store()
    store.add(ox.Quad(node, node, literal))
    stored = next(iter(store)).object
    assert isinstance(stored, ox.Literal)
    return stored
