"""Which bodies belong together in a network too large to be seen whole: its densely linked groups."""

from collections import defaultdict
from collections.abc import Sequence

import networkx as nx

from simpul.analysis import Network, projection

from .libraries import has_igraph, seeded_igraph

CROWDED = 10_000
"""Above so many bodies a picture of single bodies shows nothing; it starts with groups."""

_MOST = 240  # groups to a picture; what is smaller than these is one group of the rest


def communities_of(
    names: Sequence[str], edges: Sequence[tuple[str, str]], seed: int
) -> list[list[str]]:
    """Communities of high modularity, each in order and connected, the largest first.

    By Leiden (Traag, Waltman and van Eck 2019) where igraph is installed, else by Louvain, which is slower.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    if has_igraph():
        found = _by_leiden(names, edges, seed)
    else:
        found = [
            set(each) for each in nx.community.louvain_communities(graph, seed=seed)
        ]
    whole = [
        sorted(part)
        for members in found
        for part in nx.connected_components(graph.subgraph(members))
    ]
    return sorted(whole, key=lambda part: (-len(part), part[0]))


def groups_of(network: Network, *, seed: int) -> list[int] | None:
    """The number of each body's group, in the order of the bodies; None if there are few enough to be shown.

    Group 0 is the largest. The last number stands for all groups that are too small to be shown.
    """
    if len(network.bodies) <= CROWDED:
        return None
    graph = projection(network)
    edges = sorted((a, b) if a < b else (b, a) for a, b in graph.edges() if a != b)
    number_of: dict[str, int] = {}
    for number, members in enumerate(communities_of(sorted(graph), edges, seed)):
        # A body by itself is of the rest, however few groups there are.
        kept = min(number, _MOST - 1) if len(members) > 1 else _MOST - 1
        number_of.update(dict.fromkeys(members, kept))
    return [number_of[body.iri] for body in network.bodies]


def _by_leiden(
    names: Sequence[str], edges: Sequence[tuple[str, str]], seed: int
) -> list[set[str]]:
    number_of = {name: number for number, name in enumerate(names)}
    numbered = [(number_of[a], number_of[b]) for a, b in edges]
    with seeded_igraph(seed) as igraph:
        graph = igraph.Graph(n=len(names), edges=numbered)
        found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    members: dict[int, set[str]] = defaultdict(set)
    for number, community in enumerate(found.membership):
        members[community].add(names[number])
    return list(members.values())
