"""Canonical N-Quads: each statement one line, lines sorted and unique, no blank node.

Source: W3C RDF 1.1 N-Quads, canonical form of section 4; XSD 1.1 part 2 for decimals.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

from simpul.ontology import BASE, EDTF, RDF, XSD


class GraphName(StrEnum):
    """The named graphs of a version, by who writes them."""

    ONTOLOGY = "ontology"
    CONCEPTS = "concepts"
    REGISTRY = "registry"
    ENTITIES = "entities"
    CLAIMS = "claims"
    EVIDENCE = "evidence"
    DERIVED = "derived"


_DATATYPES = {
    "string": None,
    "edtf": EDTF,
    "date": XSD.date,
    "decimal": XSD.decimal,
    "boolean": XSD.boolean,
    "integer": XSD.integer,
}
_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\b": "\\b",
        "\f": "\\f",
    }
)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


def iri_term(iri: str) -> str:
    """An IRI in N-Quads.

    Raises: ValueError on an IRI that N-Quads cannot hold, so no line can be forged.

    >>> iri_term("https://w3id.org/simpul/id/org/bpipi")
    '<https://w3id.org/simpul/id/org/bpipi>'
    """
    if not _IRI.fullmatch(iri):
        raise ValueError(f"not an IRI: {iri!r}")
    return f"<{iri}>"


def text_term(text: str, language: str | None = None) -> str:
    """A plain or language-tagged literal in N-Quads.

    >>> print(text_term('say "ya"', "id"))
    "say \\"ya\\""@id
    """
    return f'"{text.translate(_ESCAPES)}"' + (f"@{language}" if language else "")


def typed_term(text: str, datatype: str) -> str:
    """A literal of a named datatype, in the canonical form the store keeps it in.

    `datatype`: string, edtf, date, decimal, boolean or integer.

    >>> typed_term("55.20", "decimal")
    '"55.2"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    iri = _DATATYPES[datatype]
    if datatype == "decimal":
        text = format(Decimal(text).normalize(), "f")
    return text_term(text) + (f"^^<{iri}>" if iri else "")


class Statements:
    """A growing set of statements in named graphs."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base
        self._lines: set[str] = set()

    def add(self, graph: GraphName, subject: str, predicate: str, term: str) -> None:
        """Add one statement; `term` comes from `iri_term`, `text_term` or `typed_term`."""
        self._lines.add(
            f"{iri_term(subject)} {iri_term(predicate)} {term} <{self.base}graph/{graph}> .\n"
        )

    def link(
        self, graph: GraphName, subject: str, predicate: str, *objects: str
    ) -> None:
        """Add one statement for each object IRI."""
        for item in objects:
            self.add(graph, subject, predicate, iri_term(item))

    def type(self, graph: GraphName, subject: str, *classes: str) -> None:
        """State the classes of a thing."""
        self.link(graph, subject, RDF.type, *classes)

    def extend(self, lines: Iterable[str]) -> None:
        """Take over lines that are canonical already."""
        self._lines.update(lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        """The lines in canonical order: by code point, the order of `LC_ALL=C sort -u`."""
        return iter(sorted(self._lines, key=lambda line: line.encode()))
