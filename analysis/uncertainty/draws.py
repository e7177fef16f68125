"""Many networks drawn from the probabilities of ties, held side by side in one sparse matrix.

A tie is there or not as a whole: all pairs that it joins come and go together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simpul.ontology import SimpulError

from ..dyads import Dyads, Indices, Weights
from ..measures import libraries
from ..rules import Parallel
from .belief import Prior, probabilities

Present = NDArray[np.bool_]
DRAWS = 1000
SEED = 1
# A batch holds six square blocks of 8-byte numbers for each network; this keeps it near 50 MB, as larger tables are slower.
_CELLS = 1_000_000


class UnusableDraw(SimpulError):
    """Networks cannot be drawn from this."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Batch:
    """Some drawn networks over the same nodes, as the blocks of one block-diagonal matrix.

    `weights` is a scipy CSR matrix of order networks x nodes, from row to column; symmetric without direction.
    `others` counts further nodes that are tied in none of them; measures need it for their norms.
    """

    networks: int
    nodes: int
    others: int
    weights: Any  # scipy.sparse has no types
    directed: bool = False

    @cached_property
    def mutual(self) -> Any:
        """The symmetric matrix of weights, those of both directions together."""
        return (
            (self.weights + self.weights.T).tocsr() if self.directed else self.weights
        )

    @cached_property
    def ones(self) -> Any:
        """The matrix of weights with 1 for each."""
        return _ones(self.weights)

    @cached_property
    def partners(self) -> Any:
        """The symmetric matrix with 1 for each joined pair."""
        return _ones(self.mutual) if self.directed else self.ones

    def by_network(self, column: Weights) -> Weights:
        """A column with one value for each node as a table: networks down, nodes across."""
        return np.asarray(column, np.float64).reshape(self.networks, self.nodes)


@dataclass(frozen=True)
class Draws:
    """Networks drawn from one: `present[i, j]` says whether network i has tie j."""

    dyads: Dyads
    probability: Weights
    present: Present
    seed: int

    @property
    def n(self) -> int:
        """How many networks were drawn."""
        return len(self.present)

    @cached_property
    def active(self) -> Indices:
        """The nodes that some tie joins to another; all others are isolated in every draw."""
        ends = np.concatenate([self.dyads.source, self.dyads.target])
        return np.unique(ends).astype(np.int64)

    def batches(self) -> Iterator[Batch]:
        """The networks in order, as many at a time as fit in a stated amount of memory."""
        size = len(self.active)
        step = max(1, _CELLS // max(1, size * size))
        for start in range(0, self.n, step):
            yield self._batch(self.present[start : start + step])

    def observed(self) -> Batch:
        """The network on record, every tie there, as a batch of one."""
        return self._batch(np.ones((1, len(self.dyads.ties)), dtype=np.bool_))

    def _batch(self, present: Present) -> Batch:
        csr_matrix = libraries.sparse().csr_matrix
        dyads, size = self.dyads, len(self.active)
        ends = np.searchsorted(self.active, [dyads.source, dyads.target])
        pairs, row_pair = np.unique(
            ends[0] * max(size, 1) + ends[1], return_inverse=True
        )
        rows = len(dyads.tie)
        each = (
            dyads.weight if dyads.rules.parallel is Parallel.STRENGTH else np.ones(rows)
        )
        joins: Any = csr_matrix(
            (each, (np.arange(rows), row_pair)), shape=(rows, len(pairs))
        )
        table = (csr_matrix(present[:, dyads.tie].astype(np.float64)) @ joins).tocoo()
        weight = table.data
        if dyads.rules.parallel is Parallel.ANY:
            weight = np.ones_like(weight)
        base = table.row.astype(np.int64) * size
        source = base + pairs[table.col] // max(size, 1)
        target = base + pairs[table.col] % max(size, 1)
        directed = dyads.rules.directed
        if not directed:
            weight = np.concatenate([weight, weight])
            source, target = (
                np.concatenate([source, target]),
                np.concatenate([target, source]),
            )
        order = len(present) * size
        matrix = csr_matrix((weight, (source, target)), shape=(order, order))
        return Batch(
            len(present), size, len(dyads.nodes) - size, matrix, directed=directed
        )

    def one_by_one(self) -> Iterator[Dyads]:
        """The networks in order, each by itself, with the nodes of all."""
        for present in self.present:
            yield self.dyads.of_rows(present[self.dyads.tie])


def sample(
    dyads: Dyads,
    n: int = DRAWS,
    seed: int = SEED,
    *,
    prior: Prior | None = None,
    probability: Weights | None = None,
) -> Draws:
    """n networks in which each tie is there with its probability, independently of the others.

    The same seed gives the same networks, and each tie keeps its random numbers (PCG64) when a probability
    changes: what then differs between two samples is due to the probabilities alone.

    Raises: UnusableDraw for no draws, or for probabilities that do not fit.
    """
    if n < 1:
        raise UnusableDraw(f"{n} draws give no interval; ask for 1 or more")
    if seed < 0:
        raise UnusableDraw(f"a seed is 0 or more, not {seed}")
    chances = probabilities(dyads, prior) if probability is None else probability
    if (
        chances.shape != (len(dyads.ties),)
        or not ((chances >= 0) & (chances <= 1)).all()
    ):
        raise UnusableDraw("give each tie of the network one probability from 0 to 1")
    random = np.random.Generator(np.random.PCG64(seed))
    # Ties down: a tie more at the end leaves the numbers of the others as they were.
    present = (random.random((len(dyads.ties), n)) < chances[:, None]).T
    return Draws(dyads, chances, present, seed)


def _ones(matrix: Any) -> Any:
    ones = matrix.copy()
    ones.data = np.ones_like(ones.data)
    return ones
