"""Shortest paths from many nodes at once, counted in whole tables instead of node by node.

A matrix has a row for where a step begins and a column for where it ends. Paths never leave a block of a
block-diagonal matrix, so that several networks can be counted side by side.
Source: the sums are those of Brandes 2001, Journal of Mathematical Sociology 25, 163-177.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..dyads import Indices, Weights
from . import libraries

_CELLS = 3_000_000  # of a table held at a time; there are six


@dataclass(frozen=True, slots=True)
class Counted:
    """What the shortest paths from some nodes say of each node.

    `between` adds up, over pairs of a beginning and an end, the share of shortest paths that run through the node.
    `reached` counts the beginnings that it can be reached from, `length` adds up the distances from these,
    `inverse` their inverses.
    """

    between: Weights
    reached: Weights
    length: Weights
    inverse: Weights


def by_steps(matrix: Any, starts: Indices, columns: Indices, width: int) -> Counted:
    """Count paths on which every step is as long as another.

    Path i begins at node `starts[i]` and is kept in column `columns[i]` of `width`; two in one column must be in
    different blocks. All go breadth first together, a product of matrices for each step.
    """
    rows: int = matrix.shape[0]
    onward, back_again = _ones(matrix).T.tocsr(), _ones(matrix)
    at = np.zeros((rows, width))
    at[starts, columns] = 1.0
    counts, distance = at.copy(), np.where(at > 0, 0, -1).astype(np.int32)
    reached, length, inverse = np.zeros(rows), np.zeros(rows), np.zeros(rows)
    step = 0
    while at.any():
        step += 1
        at = onward @ at
        at[distance >= 0] = 0.0
        new = at > 0
        counts += at
        distance[new] = step
        found = new.sum(axis=1)
        reached += found
        length += step * found
        inverse += found / step
    between = np.zeros((rows, width))
    for far in range(step - 1, 0, -1):
        on = distance == far
        share = np.divide(1 + between, counts, out=np.zeros((rows, width)), where=on)
        back = (back_again @ share) * counts
        between += np.where(distance == far - 1, back, 0.0)
    between[starts, columns] = 0.0
    return Counted(between.sum(axis=1), reached, length, inverse)


def from_each(matrix: Any, starts: Indices) -> Counted:
    """Count the paths of `by_steps` in one network, from as many nodes at a time as fit in memory."""
    rows: int = matrix.shape[0]
    total = Counted(*(np.zeros(rows) for _ in range(4)))
    for part in _parts(starts, rows):
        found = by_steps(matrix, part, np.arange(len(part)), len(part))
        total = Counted(
            total.between + found.between,
            total.reached + found.reached,
            total.length + found.length,
            total.inverse + found.inverse,
        )
    return total


def between_by_length(lengths: Any, starts: Indices) -> Weights:
    """The `between` of `Counted` where steps have the lengths that the matrix holds, all above 0.

    A step is on a shortest path if the distance to its end is the distance to its beginning and its length, which
    whole numbers settle exactly. The steps that are, from one beginning, make no circle: the number of
    paths to a node is a sum of products of their matrix, which ends after the most steps that a path has.
    """
    nodes: int = lengths.shape[0]
    steps = lengths.tocoo()
    source, target, length = steps.row, steps.col, steps.data
    between = np.zeros(nodes)
    for part in _parts(starts, max(nodes, 2 * len(length))):
        distance: Weights = np.asarray(
            libraries.paths().dijkstra(lengths, directed=True, indices=part), np.float64
        )
        here = distance[:, source]
        on = np.isfinite(here) & (here + length == distance[:, target])
        row, step = np.nonzero(on)
        size = len(part) * nodes
        onward: Any = libraries.sparse().csr_array(
            (
                np.ones(len(row)),
                (row * nodes + target[step], row * nodes + source[step]),
            ),
            shape=(size, size),
        )
        begun = np.zeros(size)
        begun[np.arange(len(part)) * nodes + part] = 1.0
        paths = _added(onward, begun)
        per = np.divide(1.0, paths, out=np.zeros(size), where=paths > 0)
        through = paths * (_added(onward.T.tocsr(), per) - per)
        through[begun > 0] = 0.0
        between += through.reshape(len(part), nodes).sum(axis=0)
    return between


def _added(matrix: Any, column: Weights) -> Weights:
    """The column, its product with the matrix, the product of that, and so on until nothing is left."""
    total, step = column.copy(), column
    while step.any():
        step = matrix @ step
        total += step
    return total


def _parts(starts: Indices, cells: int) -> Iterator[Indices]:
    size = max(1, _CELLS // max(1, cells))
    for start in range(0, len(starts), size):
        yield starts[start : start + size]


def _ones(matrix: Any) -> Any:
    ones = matrix.copy()
    ones.data = np.ones_like(ones.data, dtype=np.float64)
    return ones
