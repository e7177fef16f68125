"""Which bodies together hold a network together or reach all of it, and what their loss would do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..dyads import Dyads
from . import libraries
from .case import Case

_EXACT = 5_000
"""Up to so many sets all are tried, in a network of up to `_SMALL` nodes; past that a set is grown one by one."""

_SMALL = 300
_TRIED = 60  # of the nodes with most partners, where a set is grown

Pair = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """A set of nodes, what it scores, and whether all sets were tried (`exact`)."""

    nodes: tuple[str, ...]
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Robustness:
    """What is left as nodes go one by one: the share of all nodes in the largest part, first with none gone.

    `r` is the mean of the shares after each loss: near 1/2 at best, near 0 for a star that loses its centre.
    """

    removed: tuple[str, ...]
    largest: tuple[float, ...]

    @property
    def r(self) -> float:
        """The robustness R of Schneider and others 2011, PNAS 108, 3838-3841."""
        return sum(self.largest[1:]) / max(len(self.largest) - 1, 1)


def fragmenting(dyads: Dyads, k: int = 1) -> KeyPlayers:
    """Find the k nodes whose removal leaves the least reach among the others: KPP-Neg.

    Scores 1 - 2 * (sum over pairs left of 1/distance) / (n(n-1)) for the n nodes left: 0 where all are tied
    to all, 1 where nobody reaches anybody. Every step counts the same, direction does not. Of equal sets the first counts.
    Source: Borgatti 2006, Computational & Mathematical Organization Theory 12, 21-34 (measure DF).
    """
    case = Case(dyads)

    def score(chosen: tuple[int, ...]) -> float:
        left = np.setdiff1d(np.arange(case.n), chosen)
        return _fragmentation(case, left)

    return _best(case, k, score)


def reaching(dyads: Dyads, k: int = 1) -> KeyPlayers:
    """Find the k nodes that are together nearest to all: KPP-Pos.

    Scores the sum over all nodes of 1/distance from the set, over n; a member counts 1, a node that cannot be
    reached 0. Direction does not count. Source: Borgatti 2006 (measure DR).
    """
    case = Case(dyads)
    distance = _distances(case, np.arange(case.n))
    with np.errstate(divide="ignore"):
        nearness = np.minimum(1 / distance, 1.0)  # a node is at distance 0 of itself

    def score(chosen: tuple[int, ...]) -> float:
        if not chosen:
            return 0.0
        return float(nearness[list(chosen)].max(axis=0).sum() / case.n)

    return _best(case, k, score)


def robustness(dyads: Dyads, order: Sequence[str]) -> Robustness:
    """Tell what the loss of nodes in this order does to the largest part, whichever way ties run.

    The order is of IRIs, for example by falling degree; nodes that the network lacks raise KeyError.
    Source: Albert, Jeong and Barabasi 2000, Nature 406, 378-382; Schneider and others 2011.
    """
    case = Case(dyads)
    place = {node: number for number, node in enumerate(dyads.nodes)}
    gone = [place[node] for node in order]
    # From the end on, nodes come back: a union of parts is cheap, a division is not.
    parent, size = list(range(case.n)), [1] * case.n
    there = np.ones(case.n, dtype=np.bool_)
    there[gone] = False
    matrix = case.mutual
    largest = 0

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def add(node: int) -> int:
        there[node] = True
        for other in matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]:
            if there[other]:
                a, b = root(node), root(int(other))
                if a != b:
                    parent[b] = a
                    size[a] += size[b]
        return size[root(node)]

    for node in np.flatnonzero(there).tolist():
        largest = max(largest, add(node))
    shares = [largest]
    for node in reversed(gone):
        largest = max(largest, add(node))
        shares.append(largest)
    whole = max(case.n, 1)
    return Robustness(tuple(order), tuple(share / whole for share in reversed(shares)))


def cut_points(dyads: Dyads) -> tuple[str, ...]:
    """Give the nodes whose loss would part their component, in order; direction does not count.

    Source: Hopcroft and Tarjan 1973, Communications of the ACM 16, 372-378.
    """
    found: Iterable[Any] = libraries.networkx().articulation_points(
        Case(dyads).mutual_graph
    )
    return tuple(dyads.nodes[int(node)] for node in sorted(found))


def _best(case: Case, k: int, score: Callable[[tuple[int, ...]], float]) -> KeyPlayers:
    size = min(k, case.n)
    exact = case.n <= _SMALL and comb(case.n, size) <= _EXACT
    if exact:
        sets: Iterable[tuple[int, ...]] = combinations(range(case.n), size)
        scored = [(score(chosen), chosen) for chosen in sets]
        best = max(each for each, _ in scored)
        chosen = next(c for each, c in scored if each >= best - 1e-12)
    else:
        chosen = _grown(case, size, score)
        best = score(chosen)
    return KeyPlayers(tuple(case.dyads.nodes[node] for node in chosen), best, exact)


def _grown(
    case: Case, size: int, score: Callable[[tuple[int, ...]], float]
) -> tuple[int, ...]:
    chosen: tuple[int, ...] = ()
    # Only nodes with partners can matter, and the many with few hardly do.
    order = np.argsort(-case.partners, kind="stable")[: max(_TRIED, 3 * size)].tolist()
    for _ in range(size):
        others = [node for node in order if node not in chosen]
        scores = [score((*chosen, node)) for node in others]
        chosen = (*chosen, others[int(np.argmax(scores))])
    return tuple(sorted(chosen))


def _fragmentation(case: Case, left: NDArray[np.int64]) -> float:
    n = len(left)
    if n < 2:
        return 1.0
    distance = _distances(case, left)
    np.fill_diagonal(distance, np.inf)
    return float(1 - (1 / distance).sum() / (n * (n - 1)))


def _distances(case: Case, nodes: NDArray[np.int64]) -> Pair:
    if not len(nodes):
        return np.zeros((0, 0))
    part = case.mutual[nodes][:, nodes]
    found: Any = libraries.paths().shortest_path(
        part, method="D", directed=False, unweighted=True
    )
    return np.asarray(found, dtype=np.float64)
