"""The same graph for rdflib and from it, literal by literal as it is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from simpul.ontology import PREFIXES, XSD

from .errors import NoGraph, QueryFailed


def dataset_of(store: ox.Store) -> rdflib.Dataset:
    """Copy every quad of a store.

    Raises: QueryFailed at a triple term or a text with a direction, which rdflib cannot hold.
    """
    dataset = rdflib.Dataset(default_union=True)
    _bind(dataset)
    graphs: dict[object, rdflib.Graph] = {}
    for quad in store:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            graph = graphs[quad.graph_name] = _graph(dataset, quad.graph_name)
        graph.add(_statement(quad.triple))
    return dataset


def graph_of(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Copy triples.

    Raises: QueryFailed at a triple term or a text with a direction, which rdflib cannot hold.
    """
    graph = rdflib.Graph()
    _bind(graph)
    for triple in triples:
        graph.add(_statement(triple))
    return graph


def quads_of(graph: rdflib.Graph) -> Iterator[ox.Quad]:
    """The statements of a Dataset with their graphs, or of a Graph in the default one.

    Raises: NoGraph at a statement that RDF does not allow, such as a literal as its subject.
    """
    if isinstance(graph, rdflib.Dataset):
        for subject, predicate, value, name in graph.quads():
            yield _quad(subject, predicate, value, name)
    else:
        for subject, predicate, value in graph:
            yield _quad(subject, predicate, value, None)


def _bind(graph: rdflib.Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)


def _statement(triple: ox.Triple) -> tuple[Node, Node, Node]:
    predicate = rdflib.URIRef(triple.predicate.value)
    return _node(triple.subject), predicate, _node(triple.object)


def _quad(subject: Node, predicate: Node, value: Node, name: object) -> ox.Quad:
    try:
        about, relation, object_ = map(_term, (subject, predicate, value))
        if isinstance(about, ox.Literal) or not isinstance(relation, ox.NamedNode):
            raise TypeError("a statement is about a thing, by a property with an IRI")
        if name is None or name == DATASET_DEFAULT_GRAPH_ID:
            return ox.Quad(about, relation, object_)
        graph = _term(name)
        if isinstance(graph, ox.Literal):
            raise TypeError("a graph is named by an IRI")
        return ox.Quad(about, relation, object_, graph)
    except (TypeError, ValueError) as error:
        statement = f"{subject!r} {predicate!r} {value!r}"
        raise NoGraph(Path("rdflib"), f"{statement}: {error}") from None


def _term(node: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"{node!r} is no term of RDF")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    if node.datatype is None:
        return ox.Literal(str(node))
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))


def _graph(
    dataset: rdflib.Dataset, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph
) -> rdflib.Graph:
    if isinstance(name, ox.NamedNode):
        return dataset.graph(rdflib.URIRef(name.value))
    if isinstance(name, ox.BlankNode):
        return dataset.graph(rdflib.BNode(name.value))
    graph: rdflib.Graph = dataset.default_graph  # untyped there
    return graph


def _node(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple) or term.direction is not None:
        raise QueryFailed("as_rdflib", f"rdflib cannot hold {term}, which is RDF 1.2")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # Left to itself, rdflib rewrites values: 1.50 becomes 1.5, and a date loses its zone.
    if term.datatype.value == XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(
        term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False
    )
