"""The same graph for rdflib, literal by literal as it is written."""

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from simpul.ontology import PREFIXES, XSD

from .errors import QueryFailed


def dataset_of(store: ox.Store) -> rdflib.Dataset:
    """Copy every quad of a store.

    Raises: QueryFailed at a triple term or a text with a direction, which rdflib cannot hold.
    """
    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    graphs: dict[object, rdflib.Graph] = {}
    for quad in store:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            graph = graphs[quad.graph_name] = _graph(dataset, quad.graph_name)
        graph.add(
            (
                _node(quad.subject),
                rdflib.URIRef(quad.predicate.value),
                _node(quad.object),
            )
        )
    return dataset


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
