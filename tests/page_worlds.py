"""The shipped footwear graph with an evil corner: names and addresses that try to run, to lie or to break out."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from simpul.graph_builder import build_ecosystem
from simpul.ontology import (
    BASE,
    DCTERMS,
    EDTF,
    ORG,
    RDF,
    SCHEMA,
    SIMPUL,
    SKOS,
    ClaimStatus,
    Confidence,
    Explicitness,
    InstitutionKind,
    Modality,
    ParticipantRole,
    Sign,
    Standing,
    TieType,
)
from sites import version_of

EVIL_NAMES = {
    "script": "</title></script><script>document.title='ran'</script>",
    "image": "<img src=x onerror=\"document.title='ran'\">",
    "quotes": "\"'><a href='javascript:1' autofocus onfocus=alert(1)>",
    "lines": "satu\u2028dua\u2029tiga",
    "turned": "PT \u202egnilaM\u202c \u2066x",
    "proto": "__proto__",
    "café": "Café & %41",
    "braces": "{{ 7*7 }}{% raw %}{n}",
}
"""Names of bodies by their keys; `org/evil-script` and so on."""

EVIL_URL = "javascript:document.title='ran'"
_GRAPH = ox.NamedNode(f"{BASE}graph/claims")


def thing(key: str) -> str:
    """The IRI of a thing by kind and key."""
    return f"{BASE}id/{key}"


def footwear(folder: Path) -> Path:
    """A version of the shipped footwear ecosystem, built into a folder."""
    build_ecosystem("footwear", folder)
    return folder


def with_evil(version: Path, folder: Path) -> Path:
    """A version with the statements of another one, and the evil corner."""
    file = next(version.rglob("graph.nq"))

    def quads() -> Iterator[ox.Quad]:
        yield from ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)
        yield from evil()

    return version_of(folder, quads())


def evil() -> Iterator[ox.Quad]:
    """Bodies with evil names, all in one tie with BPIPI that a source with an evil address states."""
    tie, document, passage = (
        thing("tie/t-evil"),
        thing("doc/evil"),
        thing("evidence/evil/t-evil.1"),
    )
    parties = [thing("org/bpipi")]
    for key, name in EVIL_NAMES.items():
        body = thing(f"org/evil-{key}")
        parties.append(body)
        yield quad(body, RDF.type, ORG.FormalOrganization)
        yield quad(body, ORG.classification, InstitutionKind.COMPANY.iri)
        yield quad(body, SKOS.prefLabel, ox.Literal(name, language="id"))
        yield quad(body, SIMPUL.note, ox.Literal(name, language="en"))
    for number, party in enumerate(parties):
        part = thing(f"participation/t-evil/{number}")
        yield quad(tie, SIMPUL.participation, part)
        yield quad(part, RDF.type, SIMPUL.Participation)
        yield quad(part, SIMPUL.role, ParticipantRole.PARTNER.iri)
        yield quad(part, SIMPUL.participant, party)
        yield quad(part, SIMPUL.mentionedAs, ox.Literal(EVIL_NAMES["image"]))
    yield quad(tie, RDF.type, SIMPUL.Tie)
    for way, value in (
        (SIMPUL.tieType, TieType.COOPERATION.iri),
        (SIMPUL.status, ClaimStatus.ACCEPTED.iri),
        (SIMPUL.confidenceLevel, Confidence.LOW.iri),
        (SIMPUL.standing, Standing.SINGLE_ORIGIN.iri),
        (SIMPUL.modality, Modality.PLANNED.iri),
        (SIMPUL.sign, Sign.NEGATIVE.iri),
    ):
        yield quad(tie, way, value)
    yield quad(tie, SIMPUL.claimText, ox.Literal(EVIL_NAMES["script"], language="id"))
    yield quad(tie, SIMPUL.validFrom, ox.Literal("../2020-03~<b>", datatype=node(EDTF)))
    yield quad(document, RDF.type, SIMPUL.Document)
    yield quad(document, DCTERMS.title, ox.Literal(EVIL_NAMES["quotes"]))
    yield quad(document, SCHEMA.url, EVIL_URL)
    yield quad(passage, RDF.type, SIMPUL.Evidence)
    yield quad(passage, SIMPUL.supports, tie)
    yield quad(passage, SIMPUL.sourceDocument, document)
    yield quad(passage, SIMPUL.rootSource, document)
    yield quad(passage, SIMPUL.explicitness, Explicitness.STATED.iri)
    yield quad(passage, SIMPUL.locatorText, ox.Literal(EVIL_NAMES["image"]))
    yield quad(passage, SIMPUL.note, ox.Literal(EVIL_NAMES["lines"]))


def quad(subject: str, way: str, value: str | ox.Literal) -> ox.Quad:
    """A statement of the evil corner."""
    term = node(value) if isinstance(value, str) else value
    return ox.Quad(node(subject), node(way), term, _GRAPH)


def node(iri: str) -> ox.NamedNode:
    """A node of the graph."""
    return ox.NamedNode(iri)
