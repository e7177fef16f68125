"""Measures of every node of many networks at once.

Each takes a batch and gives a table, networks down and nodes across. On a batch of one network
each equals the measure of the same name in the registry, with all nodes in the norm, isolated ones included.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..dyads import Weights
from ..measures import libraries
from .draws import Batch

_DAMPING = 0.85
_CLOSE = 1e-12
_STEPS = 400


def degree(batch: Batch) -> Weights:
    """Count distinct partners."""
    return batch.by_network(_sums(batch.ones))


def strength(batch: Batch) -> Weights:
    """Add up the weights of all partners."""
    return batch.by_network(_sums(batch.weights))


def paths(batch: Batch) -> Mapping[str, Weights]:
    """Betweenness, closeness and harmonic closeness, which share one search of shortest paths.

    Betweenness is the share of all pairs (Freeman 1977; sums after Brandes 2001), closeness that of Wasserman and
    Faust (1994, 5.2), corrected for the reach of a node, harmonic the mean of inverse distances. One search
    goes breadth first from every node of every network together, a matrix product for each step.
    """
    size, rows = batch.nodes, batch.networks * batch.nodes
    everyone = size + batch.others
    own = np.tile(np.arange(size), batch.networks)
    at = np.zeros((rows, size))
    at[np.arange(rows), own] = 1.0
    counts, distance = at.copy(), np.where(at > 0, 0, -1).astype(np.int16)
    reached, length, inverse = np.zeros(rows), np.zeros(rows), np.zeros(rows)
    step = 0
    while at.any():
        step += 1
        at = batch.ones @ at
        at[distance >= 0] = 0.0
        new = at > 0
        counts += at
        distance[new] = step
        # Distances are symmetric, so a sum over sources is one over targets.
        found = new.sum(axis=1)
        reached += found
        length += step * found
        inverse += found / step
    between = np.zeros((rows, size))
    for far in range(step - 1, 0, -1):
        on = distance == far
        share = np.divide(1 + between, counts, out=np.zeros_like(between), where=on)
        back = (batch.ones @ share) * counts
        between += np.where(distance == far - 1, back, 0.0)
    between[np.arange(rows), own] = 0.0
    pairs = (everyone - 1) * (everyone - 2)
    closeness = np.divide(reached, length, out=np.zeros(rows), where=length > 0)
    return {
        "betweenness": batch.by_network(between.sum(axis=1) / max(pairs, 1)),
        "closeness": batch.by_network(closeness * reached / max(everyone - 1, 1)),
        "harmonic": batch.by_network(inverse / max(everyone - 1, 1)),
    }


def eigenvector(batch: Batch) -> Weights:
    """The leading eigenvector of the weights of the largest component, at most 1 (Bonacich 1972).

    Nodes outside that component have 0; of components of one size that with the first node counts. A network
    without a tie gives 0 for all. By powers of the matrix; networks that these do not settle, exactly.
    """
    components: Any = libraries.paths().connected_components
    part = np.asarray(components(batch.ones, directed=False)[1], np.int64)
    size = np.bincount(part, minlength=1)[part].reshape(batch.networks, batch.nodes)
    if not batch.nodes:
        return np.zeros((batch.networks, 0))
    part = part.reshape(batch.networks, batch.nodes)
    first = size.argmax(axis=1)[:, None]
    inside = part == np.take_along_axis(part, first, axis=1)
    tied = np.take_along_axis(size, first, axis=1) > 1
    # Weights never leave a component. Half the greatest sum is added to itself, so that even rings settle.
    shift = batch.by_network(_sums(batch.weights)).max(axis=1, keepdims=True) / 2
    found = inside.astype(np.float64)
    moved = np.zeros(batch.networks)
    for _ in range(_STEPS):
        after = batch.by_network(batch.weights @ found.reshape(-1)) + shift * found
        top = after.max(axis=1, keepdims=True)
        after = np.divide(after, top, out=np.zeros_like(after), where=top > 0)
        moved = np.abs(after - found).max(axis=1)
        found = after
        if (moved < _CLOSE)[tied[:, 0]].all():
            break
    slow = np.flatnonzero((moved >= _CLOSE) & tied[:, 0])
    if len(slow):
        mask = inside[slow]
        dense = _blocks(batch)[slow] * (mask[:, :, None] & mask[:, None, :])
        exact = np.abs(np.linalg.eigh(dense)[1][:, :, -1]) * mask
        found[slow] = exact / exact.max(axis=1, keepdims=True)
    found[~tied[:, 0]] = 0.0
    return np.asarray(found, np.float64)


def pagerank(batch: Batch) -> Weights:
    """Where a walker is, who follows weights and with 0.15 starts anywhere (Brin and Page 1998)."""
    out = _sums(batch.weights)
    steps = batch.weights.T.multiply(
        np.divide(_DAMPING, out, out=np.zeros_like(out), where=out > 0)
    ).tocsr()
    # Nodes without a tie all get the same; with 1 for them the rest follows by addition, then all is scaled.
    found = np.ones(len(out))
    for _ in range(200):
        following = steps @ found + 1.0
        moved = np.abs(following - found).max(initial=0.0)
        found = following
        if moved < _CLOSE:
            break
    table = batch.by_network(found)
    return np.asarray(table / (table.sum(axis=1, keepdims=True) + batch.others))


def holes(batch: Batch) -> Mapping[str, Weights]:
    """Burt's constraint, effective size and efficiency, all by partners without weights; nan where isolated.

    Source: Burt 1992, Structural Holes, ch. 2; effective size as simplified by Borgatti 1997,
    Connections 20, 35-38: partners less the mean number of partners that these share.
    """
    partners = _sums(batch.ones)
    per = np.divide(1.0, partners, out=np.zeros_like(partners), where=partners > 0)
    shares = batch.ones.multiply(per[:, None]).tocsr()
    spent = (shares + (shares @ shares).multiply(batch.ones)).tocsr()
    constraint = _sums(spent.multiply(spent))
    constraint[partners == 0] = np.nan
    shared = _sums((batch.ones @ batch.ones).multiply(batch.ones))
    effective = partners - np.divide(
        shared, partners, out=np.full_like(shared, np.nan), where=partners > 0
    )
    efficiency = np.divide(
        effective, partners, out=np.full_like(effective, np.nan), where=partners > 0
    )
    found = {
        "constraint": constraint,
        "effective_size": effective,
        "efficiency": efficiency,
    }
    return {name: batch.by_network(column) for name, column in found.items()}


_SINGLE: Mapping[str, Callable[[Batch], Weights]] = {
    "degree": degree,
    "strength": strength,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
}
_TOGETHER: tuple[
    tuple[tuple[str, ...], Callable[[Batch], Mapping[str, Weights]]], ...
] = (
    (("betweenness", "closeness", "harmonic"), paths),
    (("constraint", "effective_size", "efficiency"), holes),
)
BATCHED: tuple[str, ...] = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "harmonic",
    "eigenvector",
    "pagerank",
    "constraint",
    "effective_size",
    "efficiency",
)
"""The measures that can have an interval, in the order of tables."""


def values_of(batch: Batch, names: tuple[str, ...]) -> dict[str, Weights]:
    """The named measures of a batch; work that several of them share is done once."""
    found = {name: _SINGLE[name](batch) for name in names if name in _SINGLE}
    for members, compute in _TOGETHER:
        if set(members) & set(names):
            together = compute(batch)
            found |= {name: together[name] for name in members if name in names}
    return found


def _sums(matrix: Any) -> Weights:
    return np.asarray(matrix.sum(axis=1), np.float64).ravel()


def _blocks(batch: Batch) -> Weights:
    coo = batch.weights.tocoo()
    dense = np.zeros((batch.networks, batch.nodes, batch.nodes))
    dense[coo.row // batch.nodes, coo.row % batch.nodes, coo.col % batch.nodes] = (
        coo.data
    )
    return dense
