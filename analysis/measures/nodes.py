"""Measures of how many partners a body has, and of how dense its surroundings are."""

from typing import Any

import numpy as np

from ..dyads import Weights
from . import libraries
from .case import Case
from .measure import Asked


def degree(case: Case, asked: Asked) -> Weights:
    """Count the distinct partners of each node, whichever way ties run.

    An isolate has 0. In a two-mode network the partners of a body are its ties.
    Source: Freeman 1978, Social Networks 1, 215-239.
    """
    return case.partners.astype(np.float64)


def degree_share(case: Case, asked: Asked) -> Weights:
    """Give the share of all other nodes that are partners: degree / (n - 1), 0 to 1.

    Isolates are among the n. In a network of one node it is 0.
    Source: Freeman 1978, Social Networks 1, 215-239.
    """
    return case.partners / max(case.n - 1, 1)


def in_degree(case: Case, asked: Asked) -> Weights:
    """Count the distinct nodes that a tie to this node comes from.

    Source: Wasserman and Faust 1994, Social Network Analysis, ch. 4.
    """
    return np.bincount(case.edges.target, minlength=case.n).astype(np.float64)


def out_degree(case: Case, asked: Asked) -> Weights:
    """Count the distinct nodes that a tie of this node goes to.

    Source: Wasserman and Faust 1994, Social Network Analysis, ch. 4.
    """
    return np.bincount(case.edges.source, minlength=case.n).astype(np.float64)


def strength(case: Case, asked: Asked) -> Weights:
    """Add up the weights of each node's edges, those in both directions together.

    With weights by strength a tie of n equal parties gives each of them 1 in all. An isolate has 0.
    Source: Barrat and others 2004, PNAS 101, 3747-3752; weights of Newman 2001, Phys. Rev. E 64, 016132.
    """
    low, high, weight = case.pairs
    total = np.bincount(low, weight, case.n) + np.bincount(high, weight, case.n)
    return np.asarray(total, dtype=np.float64)


def core(case: Case, asked: Asked) -> Weights:
    """Give the largest k such that the node is in a part where each has k partners or more.

    Direction and weights do not count. An isolate has 0.
    Source: Seidman 1983, Social Networks 5, 269-287; algorithm of Batagelj and Zaversnik 2003.
    """
    found: Any = libraries.networkx().core_number(case.mutual_graph, **asked.options())
    return _in_order(found, case.n)


def fast_core(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    return np.array(case.mutual_fast.coreness(mode="all"), dtype=np.float64)


def constraint(case: Case, asked: Asked) -> Weights:
    """Tell how far a node's partners are tied to each other, so that it cannot play them off.

    c_i = sum over partners j of (p_ij + sum over q of p_iq p_qj)^2, where p_ij is 1/degree of i for each
    partner j; weights and direction do not count. About 0 for many partners apart, above 1 for a
    few who are all tied. nan for an isolate, who has nobody to be constrained by.
    Source: Burt 1992, Structural Holes, ch. 2.
    """
    binary = _binary(case)
    with np.errstate(divide="ignore"):
        inverse = np.where(case.partners > 0, 1 / case.partners, 0.0)
    shares: Any = libraries.sparse().diags_array(inverse) @ binary
    # Only partners count, so the indirect part is needed where there is a tie and nowhere else.
    total: Any = (shares + _where_tied(binary, shares)).power(2).sum(axis=1)
    return np.where(case.partners > 0, np.asarray(total, dtype=np.float64), np.nan)


def fast_constraint(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    return np.array(case.mutual_fast.constraint(), dtype=np.float64)


def effective_size(case: Case, asked: Asked) -> Weights:
    """Count a node's partners less the mean number of ties that each has to the others.

    n - 2t/n for n partners with t ties among them; weights and direction do not count.
    nan for an isolate.
    Source: Burt 1992; in this form Borgatti 1997, Connections 20, 35-38.
    """
    return _effective(case, _triangles(case))


def fast_effective_size(case: Case, asked: Asked) -> Weights:
    """The same with triangles counted by igraph."""
    graph = case.mutual_fast
    local = np.array(graph.transitivity_local_undirected(mode="zero"))
    possible = case.partners * (case.partners - 1) / 2
    return _effective(case, np.rint(local * possible))


def efficiency(case: Case, asked: Asked) -> Weights:
    """Give the share of a node's partners that is not redundant: effective size / degree, 0 to 1.

    nan for an isolate.
    Source: Burt 1992; Borgatti 1997, Connections 20, 35-38.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(effective_size(case, asked) / case.partners)


def fast_efficiency(case: Case, asked: Asked) -> Weights:
    """The same with triangles counted by igraph."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(fast_effective_size(case, asked) / case.partners)


def _effective(case: Case, triangles: Weights) -> Weights:
    with np.errstate(invalid="ignore", divide="ignore"):
        size = case.partners - 2 * triangles / case.partners
    return np.where(case.partners > 0, size, np.nan)


def _binary(case: Case) -> Any:
    matrix = case.mutual.copy()
    matrix.data[:] = 1.0
    return matrix


def _where_tied(binary: Any, shares: Any) -> Any:
    """The products of two steps, row by row in parts, kept only where the two ends are tied.

    Whole, the square of the matrix of a large network would not fit in memory.
    """
    rows: int = binary.shape[0]
    parts: list[Any] = []
    for start in range(0, rows, 2_000):
        end = start + 2_000
        parts.append((shares[start:end] @ shares).multiply(binary[start:end]))
    return libraries.sparse().vstack(parts).tocsr() if parts else binary


def _triangles(case: Case) -> Weights:
    """How many pairs of partners of each node are tied to each other.

    Edges are turned from fewer to more partners, so that no row has more than about sqrt(2m) of them.
    """
    low, high, _ = case.pairs
    turned = case.partners[low] > case.partners[high]
    first, second = np.where(turned, high, low), np.where(turned, low, high)
    ones = np.ones(len(first))
    up: Any = (
        libraries.sparse()
        .coo_array((ones, (first, second)), shape=(case.n, case.n))
        .tocsr()
    )
    outer: Any = (up @ up).multiply(up)
    middle: Any = (up.T @ up).multiply(up)
    total = outer.sum(axis=1) + outer.sum(axis=0) + middle.sum(axis=1)
    return np.asarray(total, dtype=np.float64)


def _in_order(found: Any, n: int) -> Weights:
    return np.array([found[node] for node in range(n)], dtype=np.float64)
