"""Measures by which a body counts for more if its partners do."""

from typing import Any

import numpy as np

from ..dyads import Weights
from . import libraries
from .case import Case
from .measure import Asked

_DENSE = 40  # up to here all eigenvectors are computed at once


def eigenvector(case: Case, asked: Asked) -> Weights:
    """Give each node the sum of its partners' values by weight, scaled so that the largest is 1.

    The leading eigenvector of the symmetric matrix of weights of the largest component; direction does not
    count. Nodes outside that component have 0, since the values of two components cannot be
    compared; of components of one size the one with the first node counts. Without a tie all have 0.
    Source: Bonacich 1972, Journal of Mathematical Sociology 2, 113-120.
    """
    values = np.zeros(case.n)
    inside = _largest(case)
    if len(inside) < 2:
        return values
    values[inside] = leading(case.mutual[inside][:, inside])
    return values


def leading(matrix: Any) -> Weights:
    """The leading eigenvector of the symmetric sparse matrix of one component, its largest entry 1."""
    size: int = matrix.shape[0]
    if size <= _DENSE:
        _, vectors = np.linalg.eigh(matrix.toarray())
        vector: Any = vectors[:, -1]
    else:
        # The start is stated, as the default one is drawn at random.
        found: Any = libraries.linalg().eigsh(matrix, k=1, which="LA", v0=np.ones(size))
        vector = found[1][:, 0]
    return np.asarray(np.abs(vector) / np.abs(vector).max(), np.float64)


def pagerank(case: Case, asked: Asked) -> Weights:
    """Give the share of time that a walker spends at each node; all shares add up to 1.

    The walker follows ties by weight, and with probability 0.15, or from a node without a way out, goes to any node.
    Follows direction where the network keeps it. An isolate has what chance brings.
    Source: Brin and Page 1998, Computer Networks 30, 107-117; damping 0.85.
    """
    if not case.n:
        return np.zeros(0)
    # The graph of networkx is slow to make only for its matrix; `backend` asks for its own way.
    if asked.backend:
        found: Any = libraries.networkx().pagerank(
            case.graph, tol=1e-12, max_iter=1_000, **asked.options()
        )
        return np.array([found[node] for node in range(case.n)], dtype=np.float64)
    going: Any = case.adjacency.sum(axis=1)
    stuck = going == 0
    with np.errstate(divide="ignore"):
        share = np.where(stuck, 0.0, 1 / going)
    back = case.adjacency.T.tocsr()
    ranks = np.full(case.n, 1 / case.n)
    for _ in range(1_000):
        moved = back @ (ranks * share) + ranks[stuck].sum() / case.n
        after = 0.85 * moved + 0.15 / case.n
        gap = np.abs(after - ranks).sum()
        ranks = after
        if gap < 1e-12:
            break
    return np.asarray(ranks / ranks.sum(), dtype=np.float64)


def fast_pagerank(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    if not case.n:
        return np.zeros(0)
    found = case.fast.pagerank(weights=case.edges.weight.tolist(), damping=0.85)
    return np.array(found, dtype=np.float64)


def _largest(case: Case) -> Any:
    if not case.n:
        return np.zeros(0, dtype=np.int64)
    sizes = np.bincount(case.components)
    return np.flatnonzero(case.components == int(np.argmax(sizes)))
