"""Networks with the degrees of one network and nothing else of it, by swapping ends of edges."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ..dyads import Dyads
from ..measures import libraries
from .tested import DRAWS, SEED, Tested, generator, tested

SWAPS_PER_EDGE = 10
"""Swaps tried for each edge between two draws, and ten times as many before the first one."""

Pairs = Sequence[tuple[int, int]]


def rewired(
    edges: Pairs, n: int = DRAWS, seed: int = SEED, *, swaps: int = SWAPS_PER_EDGE
) -> Iterator[list[tuple[int, int]]]:
    """n simple graphs with the degree of every node kept: a walk over such graphs.

    A step takes two edges and a way of exchanging their ends; where that makes a loop or a double
    edge the graph stays as it is and the step counts all the same, without which not every graph
    would be equally likely (Fosdick and others 2018, SIAM Review 60, 315-355). Draws that follow each other are
    alike unless `swaps` is large enough.

    Raises: Untestable.
    """
    random = generator("rewiring", n, seed)
    held = [(min(pair), max(pair)) for pair in edges]
    present = set(held)
    tries = swaps * len(held)
    for draw in range(n):
        for _ in range(1 if draw else 10):
            _walk(held, present, tries, random)
        yield list(held)


def _walk(
    held: list[tuple[int, int]],
    present: set[tuple[int, int]],
    tries: int,
    random: np.random.Generator,
) -> None:
    if len(held) < 2:
        return
    firsts: list[int] = random.integers(len(held), size=tries).tolist()
    seconds: list[int] = random.integers(len(held), size=tries).tolist()
    turns: list[int] = random.integers(2, size=tries).tolist()
    for first, second, turn in zip(firsts, seconds, turns, strict=True):
        if first == second:
            continue
        (a, b), (c, d) = held[first], held[second]
        if turn:
            c, d = d, c
        if a == d or c == b:
            continue
        one = (a, d) if a < d else (d, a)
        two = (c, b) if c < b else (b, c)
        if one == two or one in present or two in present:
            continue
        present -= {held[first], held[second]}
        present |= {one, two}
        held[first], held[second] = one, two


def best_modularity(edges: Pairs, nodes: int, seed: int, starts: int = 1) -> float:
    """The greatest modularity that Louvain finds from so many starts, without weights."""
    nx: Any = libraries.networkx()
    graph = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges)
    if not graph.number_of_edges():
        return float("nan")
    find, value = nx.community.louvain_communities, nx.community.modularity
    return max(
        float(value(graph, find(graph, seed=seed + start, weight=None), weight=None))
        for start in range(starts)
    )


def rewiring_test(
    edges: Pairs,
    statistic: Callable[[Pairs], float],
    name: str,
    n: int = DRAWS,
    seed: int = SEED,
    *,
    swaps: int = SWAPS_PER_EDGE,
) -> Tested:
    """Whether a figure of a network exceeds what its degrees alone bring about.

    Raises: Untestable.
    """
    drawn = [statistic(each) for each in rewired(edges, n, seed, swaps=swaps)]
    return tested(name, "rewired", statistic(edges), drawn, seed)


def modularity_test(dyads: Dyads, n: int = 200, seed: int = SEED) -> Tested:
    """Whether the network falls into communities more than its degrees alone bring about.

    Both sides are the best of three starts of Louvain, on distinct pairs without weights and direction.

    Raises: Untestable.
    """
    low = np.minimum(dyads.edges.source, dyads.edges.target).tolist()
    high = np.maximum(dyads.edges.source, dyads.edges.target).tolist()
    pairs = sorted(set(zip(low, high, strict=True)))
    nodes = sorted({end for pair in pairs for end in pair})
    place = {node: index for index, node in enumerate(nodes)}
    inner = [(place[a], place[b]) for a, b in pairs]
    return rewiring_test(
        inner,
        lambda each: best_modularity(each, len(nodes), seed, 3),
        "modularity",
        n,
        seed,
    )
