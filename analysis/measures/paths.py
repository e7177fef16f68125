"""Measures from shortest paths: between whom a body stands, and how near it is to all.

All of them follow direction where the network keeps it. Exact, they take time with the product of nodes
and ties; `sources` samples the nodes that paths begin at, without bias for betweenness.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..dyads import Weights
from . import libraries
from .case import Case
from .measure import Asked
from .shortest import between_by_length, from_each

_ROWS = 16  # of distances held at a time


def betweenness(case: Case, asked: Asked) -> Weights:
    """Give the share of shortest paths among all other ordered pairs that run through each node, 0 to 1.

    b_v = sum over s, t of sigma(s,t|v)/sigma(s,t), over (n-1)(n-2). Every step counts the same.
    Two nodes that no path joins count as a pair none of whose paths runs through anybody; an isolate
    has 0, and so has everybody where n < 3. Sampled: the sum over k sources, times n/k.
    Source: Freeman 1977, Sociometry 40, 35-41; Brandes 2001; sampling of Brandes and Pich 2007.
    """
    return case.once(
        ("betweenness", asked), lambda: _betweenness(case, asked, by_strength=False)
    )


def fast_betweenness(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    return case.once(
        ("fast betweenness", asked), lambda: _fast_betweenness(case, asked, None)
    )


def betweenness_by_strength(case: Case, asked: Asked) -> Weights:
    """Give betweenness where a strong pair is close: a step is 1/weight long.

    Source: Newman 2001, Phys. Rev. E 64, 016132; Opsahl and others 2010, Social Networks 32, 245-251
    (with alpha 1); Brandes 2001.
    """
    if case.all_alike:
        return betweenness(case, asked)
    return _betweenness(case, asked, by_strength=True)


def fast_betweenness_by_strength(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    if case.all_alike:
        return fast_betweenness(case, asked)
    return _fast_betweenness(case, asked, case.lengths)


def closeness(case: Case, asked: Asked) -> Weights:
    """Give the inverse of the mean distance to a node, times the share of nodes that reach it.

    (r/(n-1)) (r/sum of distances) for the r nodes that reach it, so that parts that no path joins can be
    compared: being near to a few is worth less. In one connected part it is Freeman's measure. An isolate
    has 0. Sampled: both shares as estimated from the sources.
    Source: Freeman 1978; for several parts Wasserman and Faust 1994, p. 201.
    """
    if asked.sources:
        return _sampled(case, asked, harmonic=False)
    return case.once(("closeness", asked), lambda: _closeness(case, asked))


def fast_closeness(case: Case, asked: Asked) -> Weights:
    """The same by igraph, which counts only the nodes that are reached."""
    if asked.sources:
        return _sampled(case, asked, harmonic=False)
    near = np.array(case.fast.closeness(mode="in"), dtype=np.float64)
    if case.directed:
        size = case.fast.neighborhood_size(order=max(case.n, 1), mode="in")
        reached = np.array(size, dtype=np.float64) - 1
    else:
        parts = np.bincount(case.components)[case.components]
        reached = parts.astype(np.float64) - 1
    return np.nan_to_num(near) * reached / max(case.n - 1, 1)


def harmonic(case: Case, asked: Asked) -> Weights:
    """Give the mean of 1/distance from all other nodes, 0 to 1; where no path leads it is 0.

    sum over s of 1/d(s,v), over n-1. An isolate has 0. Sampled: the mean over the sources.
    Source: Marchiori and Latora 2000, Physica A 285, 539-546; Rochat 2009.
    """
    if asked.sources:
        return _sampled(case, asked, harmonic=True)
    if asked.backend:
        found: Any = libraries.networkx().harmonic_centrality(
            case.graph, **asked.options()
        )
        return _in_order(found, case.n) / max(case.n - 1, 1)
    return counted(case, "inverse") / max(case.n - 1, 1)


def fast_harmonic(case: Case, asked: Asked) -> Weights:
    """The same by igraph."""
    if asked.sources:
        return _sampled(case, asked, harmonic=True)
    if case.n < 2:
        return np.zeros(case.n)
    found = case.fast.harmonic_centrality(mode="in", normalized=True)
    return np.array(found, dtype=np.float64)


def sampled_sources(n: int, asked: Asked) -> list[int]:
    """The nodes that paths begin at, without repetition and by the seed; all where none are asked for."""
    if asked.sources is None or asked.sources >= n:
        return list(range(n))
    draw = np.random.default_rng(asked.seed)
    return sorted(draw.choice(n, size=asked.sources, replace=False).tolist())


def _closeness(case: Case, asked: Asked) -> Weights:
    if asked.backend:
        found: Any = libraries.networkx().closeness_centrality(
            case.graph, **asked.options()
        )
        return _in_order(found, case.n)
    reached, length = counted(case, "reached"), counted(case, "length")
    near = np.divide(reached, length, out=np.zeros(case.n), where=length > 0)
    return np.asarray(near * reached / max(case.n - 1, 1))


def counted(case: Case, what: str, asked: Asked | None = None) -> Weights:
    """One column of `shortest.Counted`, for paths from all nodes or from a sample; all are counted once."""
    starts = np.array(sampled_sources(case.n, asked or Asked()), dtype=np.int64)
    key = (tuple(starts.tolist()) if len(starts) < case.n else None,)
    if ("counted", what, *key) not in case.known:
        found = from_each(case.adjacency, starts)
        for name in ("between", "reached", "length", "inverse"):
            case.known["counted", name, *key] = getattr(found, name)
    return case.known["counted", what, *key].copy()


def _betweenness(case: Case, asked: Asked, *, by_strength: bool) -> Weights:
    n = case.n
    sources = sampled_sources(n, asked)
    if asked.backend:
        paths = _networkx_paths(case, asked, "distance" if by_strength else None)
    elif by_strength:
        paths = between_by_length(case.stretched, np.array(sources, dtype=np.int64))
    else:
        paths = counted(case, "between", asked)
    share = n / len(sources) if sources else 1.0
    return np.asarray(paths * share / max((n - 1) * (n - 2), 1))


def _networkx_paths(case: Case, asked: Asked, weight: str | None) -> Weights:
    n, options, graph = case.n, asked.options(), case.graph
    sources = sampled_sources(n, asked)
    # networkx halves what it finds in a graph without direction.
    half = 1 if case.directed else 2
    if len(sources) == n:
        exact: Any = libraries.networkx().betweenness_centrality(
            graph, normalized=False, weight=weight, **options
        )
        return _in_order(exact, n) * half
    part: Any = libraries.networkx().betweenness_centrality_subset(
        graph, sources, list(range(n)), normalized=False, weight=weight, **options
    )
    return _in_order(part, n) * half


def _fast_betweenness(case: Case, asked: Asked, lengths: list[float] | None) -> Weights:
    n = case.n
    sources = sampled_sources(n, asked)
    whole = len(sources) == n
    found = case.fast.betweenness(
        directed=case.directed, weights=lengths, sources=None if whole else sources
    )
    # Each ordered pair counts, as in networkx; igraph halves what it finds without direction.
    paths = np.array(found, dtype=np.float64) * (1 if case.directed else 2)
    share = 1.0 if whole or not sources else n / len(sources)
    return paths * share / max((n - 1) * (n - 2), 1)


def _sampled(case: Case, asked: Asked, *, harmonic: bool) -> Weights:
    near, far, reached = np.zeros(case.n), np.zeros(case.n), np.zeros(case.n)
    sources = sampled_sources(case.n, asked)
    for found in _distances(case, sources):
        ends = np.isfinite(found) & (found > 0)
        with np.errstate(divide="ignore"):
            near += np.where(ends, 1 / found, 0.0).sum(axis=0)
        far += np.where(ends, found, 0.0).sum(axis=0)
        reached += ends.sum(axis=0)
    others = np.full(case.n, float(len(sources)))
    others[sources] -= 1
    others = np.maximum(others, 1)
    if harmonic:
        return np.asarray(near / others)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(reached > 0, reached / others * reached / far, 0.0)


def _distances(case: Case, sources: list[int]) -> Iterator[Weights]:
    for start in range(0, len(sources), _ROWS):
        part = sources[start : start + _ROWS]
        found: Any = libraries.paths().dijkstra(
            case.adjacency, directed=case.directed, indices=part, unweighted=True
        )
        yield np.asarray(found, dtype=np.float64)


def _in_order(found: Any, n: int) -> Weights:
    return np.array([found[node] for node in range(n)], dtype=np.float64)
