"""What the service and its graph are, in RDF: the Service Description and the VoID description.

Sources: W3C SPARQL 1.1 Service Description; W3C Interest Group Note, Describing Linked Datasets with the VoID
Vocabulary. Counts that take too long for a graph are left out.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from simpul.ontology import DCTERMS, PREFIXES, RDF, XSD, QueryError
from simpul.queries import Rows, Term

from .errors import ServingError
from .negotiation import ROWS, TRIPLES, Offer
from .site import Site

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"

_FORMAT_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
}

_NONE: Final = Rows((), ())

Triple = tuple[str, str, "str | ox.Literal"]


async def service_description(site: Site, root: str) -> tuple[list[ox.Triple], bool]:
    """What the endpoint can do and of which graphs it is asked, and whether nothing had to be left out.

    `root` is the address of the site.
    """
    endpoint = f"{root}/sparql"
    service, dataset, default = (
        f"{endpoint}#{name}" for name in ("service", "dataset", "default-graph")
    )
    parts = [await _rows(site, name) for name in ("graphs", "sizes")]
    graphs, sizes = (part or _NONE for part in parts)

    def said() -> Iterator[Triple]:
        yield service, RDF.type, f"{SD}Service"
        yield service, f"{SD}endpoint", endpoint
        yield service, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"
        if site.settings.allow_update:
            yield service, f"{SD}supportedLanguage", f"{SD}SPARQL11Update"
        if site.settings.union:
            yield service, f"{SD}feature", f"{SD}UnionDefaultGraph"
        for offer in (*ROWS, *TRIPLES):
            if name := _FORMAT_NAMES.get(offer.suffix):
                yield service, f"{SD}resultFormat", _FORMATS + name
        yield service, f"{SD}defaultDataset", dataset
        yield dataset, RDF.type, f"{SD}Dataset"
        yield dataset, f"{SD}defaultGraph", default
        yield default, RDF.type, f"{SD}Graph"
        for triples, _, _ in sizes:
            yield default, f"{VOID}triples", _literal(triples)
        for number, (graph, triples) in enumerate(graphs, 1):
            if not isinstance(graph, ox.NamedNode):
                continue
            named, held = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
            yield dataset, f"{SD}namedGraph", named
            yield named, RDF.type, f"{SD}NamedGraph"
            yield named, f"{SD}name", graph.value
            yield named, f"{SD}graph", held
            yield held, RDF.type, f"{SD}Graph"
            yield held, f"{VOID}triples", _literal(triples)

    return _triples(said()), None not in parts


async def void_description(site: Site, root: str) -> tuple[list[ox.Triple], bool]:
    """What is in the graph, and where to ask for it; and whether nothing had to be left out."""
    label = site.generation.label
    here = f"{root}/.well-known/void"
    dataset = f"{label.base}id/ecosystem/{label.key}"
    wanted = ("about", "sizes", "classes", "properties")
    parts = [await _rows(site, name) for name in wanted]
    about, sizes, classes, properties = (part or _NONE for part in parts)

    def said() -> Iterator[Triple]:
        yield here, RDF.type, f"{VOID}DatasetDescription"
        yield here, f"{FOAF}primaryTopic", dataset
        yield dataset, RDF.type, f"{VOID}Dataset"
        yield dataset, f"{FOAF}homepage", f"{root}/"
        yield dataset, f"{VOID}sparqlEndpoint", f"{root}/sparql"
        yield dataset, f"{VOID}dataDump", f"{root}/graphs?default"
        yield dataset, f"{VOID}uriSpace", ox.Literal(label.base)
        yield dataset, DCTERMS.identifier, ox.Literal(site.generation.digest)
        for what, value in about:
            if isinstance(what, ox.NamedNode) and value is not None:
                yield dataset, what.value, _written(value)
        for triples, subjects, objects in sizes:
            yield dataset, f"{VOID}triples", _literal(triples)
            yield dataset, f"{VOID}distinctSubjects", _literal(subjects)
            yield dataset, f"{VOID}distinctObjects", _literal(objects)
        for kind, rows, name, count in (
            ("class", classes, f"{VOID}class", f"{VOID}entities"),
            ("property", properties, f"{VOID}property", f"{VOID}triples"),
        ):
            for number, (what, many) in enumerate(rows, 1):
                part = f"{here}#{kind}-{number}"
                yield dataset, f"{VOID}{kind}Partition", part
                yield part, name, _written(what)
                yield part, count, _literal(many)
        for vocabulary in sorted(
            {_namespace(_written(what)) for what, _ in properties}
        ):
            yield dataset, f"{VOID}vocabulary", vocabulary

    return _triples(said()), None not in parts


def written_as(triples: list[ox.Triple], offer: Offer) -> bytes:
    """Triples in one of the forms we send."""
    form = ox.RdfFormat.from_media_type(offer.form)
    assert form
    named = {"sd": SD, "void": VOID, **PREFIXES}
    prefixes = named if offer.suffix in ("ttl", "trig") else None
    written = ox.serialize(triples, format=form, prefixes=prefixes)
    assert written is not None
    return written


async def _rows(site: Site, name: str) -> Rows | None:
    """Rows about the graph, asked once for each graph that is served; None if they cannot be had in time."""
    digest = site.generation.digest
    key = ("description", name, digest)
    kept = site.memory.get(key)
    if isinstance(kept, Rows):
        return kept
    try:
        rows = await site.query(_own_query(name), name=name)
    except (QueryError, ServingError):
        return None
    assert isinstance(rows, Rows)
    if site.generation.digest != digest:
        return None  # they may be of either graph
    site.memory[key] = rows
    return rows


def _triples(said: Iterator[Triple]) -> list[ox.Triple]:
    return [
        ox.Triple(
            ox.NamedNode(subject),
            ox.NamedNode(predicate),
            value if isinstance(value, ox.Literal) else ox.NamedNode(value),
        )
        for subject, predicate, value in said
    ]


def _literal(term: Term | None) -> ox.Literal:
    if isinstance(term, ox.Literal):
        return term
    return ox.Literal("0", datatype=ox.NamedNode(XSD.integer))


def _written(term: Term | None) -> "str | ox.Literal":
    if isinstance(term, ox.Literal):
        return term
    return term.value if isinstance(term, ox.NamedNode) else "urn:unknown"


def _namespace(iri: "str | ox.Literal") -> str:
    text = str(iri) if isinstance(iri, str) else iri.value
    end = max(text.rfind("#"), text.rfind("/"))
    return text[: end + 1] or text


@cache
def _own_query(name: str) -> str:
    """A query of this page, by the name of its file."""
    path = files("simpul.server").joinpath("sparql", f"{name}.rq")
    return path.read_text(encoding="utf-8")
