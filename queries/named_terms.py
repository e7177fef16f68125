"""The things that a query names, as full IRIs, and whether our ontology or a graph knows them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

import pyoxigraph as ox
from rapidfuzz.distance import OSA

from simpul.ontology import (
    BASE,
    PREFIXES,
    RDF,
    XSD,
    concepts_turtle,
    near_miss,
    ontology_turtle,
)

from .graph import Graph
from .results import Rows
from .tokens import Kind, Token, is_word

ONTOLOGY = BASE + "ontology#"
CONCEPT = BASE + "concept/"
# Each ecosystem fills these code lists from its own records.
_OPEN_LISTS = (CONCEPT + "measure/", CONCEPT + "topic/")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What a query may name although no graph says anything of it.
_ALWAYS_KNOWN = (RDF.type.removesuffix("type"), XSD.string.removesuffix("string"))


@dataclass(frozen=True, slots=True)
class Prologue:
    """The BASE and PREFIX lines of a query, and its other tokens."""

    prefixes: Mapping[str, str]
    declared: Mapping[str, Token]
    base: str
    body: Sequence[Token]

    @classmethod
    def of(cls, read: Sequence[Token]) -> "Prologue":
        """Read significant tokens."""
        prefixes: dict[str, str] = {}
        declared: dict[str, Token] = {}
        base = ""
        place = 0
        while place < len(read):
            if is_word(read[place], "BASE") and place + 1 < len(read):
                base = _resolved(read[place + 1].text[1:-1], base)
                place += 2
            elif is_word(read[place], "PREFIX") and place + 2 < len(read):
                prefix = read[place + 1].text.partition(":")[0]
                prefixes[prefix] = _resolved(read[place + 2].text[1:-1], base)
                declared[prefix] = read[place + 2]
                place += 3
            else:
                break
        return cls(prefixes, declared, base, read[place:])

    def iri(self, token: Token) -> str | None:
        """The IRI that a token stands for; None if it is none, or its prefix is not declared.

        >>> Prologue({"org": "http://www.w3.org/ns/org#"}, {}, "", ()).iri(
        ...     Token(Kind.NAME, "org:Organization", 0)
        ... )
        'http://www.w3.org/ns/org#Organization'
        """
        if token.kind is Kind.IRI:
            return _resolved(token.text[1:-1], self.base)
        prefix, colon, local = token.text.partition(":")
        if token.kind is not Kind.NAME or not colon or prefix not in self.prefixes:
            return None
        return self.prefixes[prefix] + local.replace("\\", "")

    def terms(self) -> Iterator[tuple[Token, str]]:
        """The things named in the body; datatypes, functions and names of graphs are left out."""
        for place, token in enumerate(self.body):
            iri = self.iri(token)
            before = self.body[place - 1] if place else None
            after = self.body[place + 1] if place + 1 < len(self.body) else None
            if iri is None or (before is not None and _names_no_thing(before)):
                continue
            if after is None or after.text != "(" or not _touch(token, after):
                yield token, iri


def _resolved(iri: str, base: str) -> str:
    # Of a whole IRI, urljoin would drop an empty fragment.
    return iri if _SCHEME.match(iri) else urljoin(base, iri)


def _names_no_thing(before: Token) -> bool:
    return before.text == "^" or any(
        is_word(before, word) for word in ("FROM", "GRAPH", "NAMED", "SERVICE")
    )


def _touch(token: Token, after: Token) -> bool:
    return token.start + len(token.text) == after.start


@cache
def known_terms() -> frozenset[str]:
    """Every class, property, scheme and code that the ontology and its code lists have."""
    known: set[str] = set()
    for text in (ontology_turtle(), concepts_turtle()):
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                known.add(quad.subject.value)
    return frozenset(known)


def is_ours(iri: str) -> bool:
    """Whether the ontology alone says if there is such a term."""
    ours = iri.startswith((ONTOLOGY, CONCEPT))
    return ours and not iri.startswith(_OPEN_LISTS)


def is_always_known(iri: str) -> bool:
    """Whether it is of RDF itself or a datatype, which a query may name whatever the graph."""
    return iri.startswith(_ALWAYS_KNOWN)


def is_in(graph: Graph, iri: str) -> bool:
    """Whether a graph uses a thing as a subject, a property or a value."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    used = next(iter(graph.quads(predicate=node)), None) is not None
    return used or graph.mentions(iri)


def near_term(iri: str, graph: Graph | None) -> str | None:
    """The term of the ontology, or of the graph, that was most likely meant, written short.

    Of a vocabulary that is not ours it must be a slip of the keyboard away: the graph need not use
    every term that there is.
    """
    start = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    tail = iri.removeprefix(start)
    names = {term for term in known_terms() if term.startswith(start)}
    if graph is not None:
        names |= {*graph.things_under(start), *_properties(graph, start)}
    tails = sorted(name.removeprefix(start) for name in names - {iri})
    if is_ours(iri):
        near = near_miss(tail, tails)
    else:
        near = next((each for each in tails if _is_slip(tail, each)), None)
    return short(start + near) if near else None


def _is_slip(word: str, other: str) -> bool:
    return OSA.distance(word.lower(), other.lower(), score_cutoff=2) <= min(
        2, len(other) // 4
    )


def short(iri: str) -> str:
    """An IRI by its prefix, where it has one that people know."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _properties(graph: Graph, start: str) -> set[str]:
    """The properties of a graph in a namespace; the engine looks at every statement for them."""
    if start.startswith(BASE + "id/"):
        return set()
    condition = f"STRSTARTS(STR(?property), {ox.Literal(start)})"
    found = graph.query(
        f"SELECT DISTINCT ?property {{ ?s ?property ?o FILTER({condition}) }}"
    )
    used = found.column("property") if isinstance(found, Rows) else ()
    return {term.value for term in used if isinstance(term, ox.NamedNode)}
