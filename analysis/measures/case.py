"""A network in the forms that measures compute on, each made once and only when asked for.

Nodes are numbers here, in the order of `Dyads.nodes`, so that a measure gives one array of values.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from math import isinf, lcm
from typing import Any

import numpy as np

from ..dyads import Dyads, Indices, Weights
from . import libraries

_EXACT = 2**53  # up to here floating numbers hold every whole number


class Case:
    """One network by rules, as matrix and as graphs of networkx and igraph."""

    def __init__(self, dyads: Dyads) -> None:
        self.dyads = dyads
        self.n = len(dyads.nodes)
        self.edges = dyads.edges
        self.directed = dyads.rules.directed
        self.known: dict[tuple[object, ...], Weights] = {}

    def once(self, what: tuple[object, ...], compute: Callable[[], Weights]) -> Weights:
        """The values by this name, computed when first asked for, as several measures rest on them."""
        if what not in self.known:
            self.known[what] = compute()
        return self.known[what].copy()

    @cached_property
    def pairs(self) -> tuple[Indices, Indices, Weights]:
        """The tied pairs whichever way a tie runs: lower node, higher node, weight both ways together."""
        low = np.minimum(self.edges.source, self.edges.target)
        high = np.maximum(self.edges.source, self.edges.target)
        keys, row = np.unique(low * max(self.n, 1) + high, return_inverse=True)
        weight = np.bincount(row, self.edges.weight, len(keys)).astype(np.float64)
        return keys // max(self.n, 1), keys % max(self.n, 1), weight

    @cached_property
    def adjacency(self) -> Any:  # scipy has no types
        """The sparse matrix of weights, from row to column; symmetric where there is no direction."""
        return self._matrix(
            self.edges.source, self.edges.target, self.edges.weight, self.directed
        )

    @cached_property
    def mutual(self) -> Any:
        """The symmetric sparse matrix of weights, whichever way ties run."""
        return self._matrix(*self.pairs, False) if self.directed else self.adjacency

    @cached_property
    def partners(self) -> Indices:
        """How many distinct partners each node has, whichever way ties run."""
        low, high, _ = self.pairs
        return np.bincount(np.concatenate([low, high]), minlength=self.n).astype(
            np.int64
        )

    @cached_property
    def components(self) -> Indices:
        """The number of each node's component, whichever way ties run."""
        if not self.n:
            return np.zeros(0, dtype=np.int64)
        found: Any = libraries.paths().connected_components(self.mutual, directed=False)
        return np.asarray(found[1], dtype=np.int64)

    @cached_property
    def all_alike(self) -> bool:
        """Whether all edges weigh the same, so that lengths add nothing to steps."""
        weight = self.edges.weight
        return not len(weight) or bool(weight.min() == weight.max())

    @cached_property
    def distances(self) -> list[int]:
        """The length of each edge: the inverse of its weight, as whole numbers with one factor.

        Sums of whole numbers are equal where the paths are equally long; those of rounded
        fractions would not be.
        """
        exact = {
            weight: Fraction(weight).limit_denominator(1_000_000)
            for weight in np.unique(self.edges.weight).tolist()
        }
        scale = lcm(*(each.numerator for each in exact.values()))
        length = {weight: int(scale / each) for weight, each in exact.items()}
        return [length[weight] for weight in self.edges.weight.tolist()]

    @cached_property
    def lengths(self) -> list[float]:
        """The distances as floating numbers, or plain inverses where these would not hold them."""
        scaled = self.distances
        if scaled and (isinf(max(scaled)) or max(scaled) * self.n > _EXACT):
            inverse: list[float] = (1 / self.edges.weight).tolist()
            return inverse
        return [float(each) for each in scaled]

    @cached_property
    def stretched(self) -> Any:
        """The sparse matrix of lengths in place of weights."""
        lengths = np.array(self.lengths, dtype=np.float64)
        return self._matrix(
            self.edges.source, self.edges.target, lengths, self.directed
        )

    @cached_property
    def graph(self) -> Any:  # nx.Graph or nx.DiGraph, whose stubs differ by kind
        """The graph of networkx, with `weight` and `distance`."""
        graph: Any = (
            libraries.networkx().DiGraph()
            if self.directed
            else libraries.networkx().Graph()
        )
        graph.add_nodes_from(range(self.n))
        rows = zip(
            self.edges.source.tolist(),
            self.edges.target.tolist(),
            self.edges.weight.tolist(),
            self.distances,
            strict=True,
        )
        for source, target, weight, distance in rows:
            graph.add_edge(source, target, weight=weight, distance=distance)
        return graph

    @cached_property
    def mutual_graph(self) -> Any:
        """The graph of networkx without direction, with `weight`."""
        if not self.directed:
            return self.graph
        graph: Any = libraries.networkx().Graph()
        graph.add_nodes_from(range(self.n))
        graph.add_weighted_edges_from(
            zip(*(c.tolist() for c in self.pairs), strict=True)
        )
        return graph

    @cached_property
    def fast(self) -> Any:  # igraph has no complete types
        """The graph of igraph."""
        return self._igraph(self.edges.source, self.edges.target, self.directed)

    @cached_property
    def mutual_fast(self) -> Any:
        """The graph of igraph without direction."""
        if not self.directed:
            return self.fast
        return self._igraph(*self.pairs[:2], False)

    def _igraph(self, source: Indices, target: Indices, directed: bool) -> Any:
        pairs = np.column_stack([source, target])
        made: Any = libraries.igraph().Graph(n=self.n, edges=pairs, directed=directed)
        return made

    def _matrix(
        self, source: Indices, target: Indices, weight: Weights, directed: bool
    ) -> Any:
        if not directed:
            source, target = (
                np.concatenate([source, target]),
                np.concatenate([target, source]),
            )
            weight = np.concatenate([weight, weight])
        made: Any = libraries.sparse().coo_array(
            (weight, (source, target)), shape=(self.n, self.n)
        )
        return made.tocsr()
