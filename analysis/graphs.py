"""The network in the terms of networkx: all links as a multigraph, or one edge for each tied pair."""

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import networkx as nx

from simpul.ontology import Language

from .network import NamedCode, Network

# In quotes: the classes take a type of node in their stubs only, not when they run.
MultiDiGraph: TypeAlias = "nx.MultiDiGraph[str]"
Graph: TypeAlias = "nx.Graph[str]"


def to_networkx(network: Network, language: Language = "id") -> MultiDiGraph:
    """Every body as a node and every link as an edge, with plain texts and numbers as attributes.

    Nodes are IRIs; parallel links stay apart, an edge's key being its tie and edge property.
    A link without direction is one edge with `directed=False`, from the lower IRI to the higher.
    An attribute is missing where nothing is known, so that every export format can take it.
    """
    graph: MultiDiGraph = nx.MultiDiGraph()
    for body in network.bodies:
        graph.add_node(
            body.iri,
            **_known(
                key=body.key,
                name=body.name.say(language),
                acronym=body.acronym,
                body_class=body.body_class.value,
                sector=_code(body.sector),
                strand=_code(body.strand),
                kind=_code(body.kind),
            ),
        )
    for link in network.links:
        tie = network.tie_by_iri[link.tie]
        graph.add_edge(
            link.source,
            link.target,
            key=f"{tie.key} {link.edge.code}",
            **_known(
                tie=tie.iri,
                edge=link.edge.code,
                tie_type=tie.type.code,
                layer=tie.layer.code,
                directed=link.directed,
                weight=link.weight,
                status=_code(tie.status),
                standing=_code(tie.standing),
                modality=_code(tie.modality),
                sign=_code(tie.sign),
                confidence=_code(tie.confidence),
                start=tie.start,
                end=tie.end,
                occurred=tie.occurred,
                documents=tie.documents(),
                origins=tie.origins(),
            ),
        )
    return graph


def projection(network: Network) -> Graph:
    """One undirected edge for each pair of bodies that is tied, however often; every body is a node.

    `ties` counts the distinct ties of the pair. `strength` is the sum of their weights, a tie
    counting once for a pair even where two of its edge rules join them. `distance` is the inverse
    of strength, scaled to whole numbers by one factor for the whole graph: paths that are equally
    long then are equal, which sums of rounded fractions would not be.
    """
    weights: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
    for link in network.links:
        low, high = sorted((link.source, link.target))
        ties = weights[low, high]
        # 1/(n-1) is read back exactly from its float; no role has a million holders.
        weight = Fraction(link.weight).limit_denominator(1_000_000)
        ties[link.tie] = max(weight, ties.get(link.tie, Fraction(0)))
    strengths = {
        pair: sum(ties.values(), Fraction(0)) for pair, ties in weights.items()
    }
    scale = lcm(*(strength.numerator for strength in strengths.values()))
    graph: Graph = nx.Graph()
    graph.add_nodes_from(body.iri for body in network.bodies)
    for pair in sorted(strengths):
        graph.add_edge(
            *pair,
            ties=len(weights[pair]),
            strength=float(strengths[pair]),
            distance=int(scale / strengths[pair]),
        )
    return graph


def _known(
    **attributes: Any,
) -> dict[str, Any]:  # networkx takes attributes of any type
    return {name: value for name, value in attributes.items() if value is not None}


def _code(concept: NamedCode | None) -> str | None:
    return concept.code if concept else None
