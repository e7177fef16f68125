"""Measures of every node of many networks at once.

Each takes a batch and gives a table, networks down and nodes across. On a batch of one network
each equals the measure of the same name in the registry, with all nodes in the norm, isolated ones included.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..dyads import Weights
from ..measures import libraries
from ..measures.shortest import by_steps
from ..measures.spectral import leading
from .draws import Batch

_DAMPING = 0.85
_CLOSE = 1e-12
_STEPS = 120


def degree(batch: Batch) -> Weights:
    """Count distinct partners."""
    return batch.by_network(_sums(batch.partners))


def degree_share(batch: Batch) -> Weights:
    """Give the share of all other nodes that are partners."""
    return degree(batch) / max(batch.nodes + batch.others - 1, 1)


def in_degree(batch: Batch) -> Weights:
    """Count the nodes that a tie comes from."""
    return batch.by_network(_sums(batch.ones.T))


def out_degree(batch: Batch) -> Weights:
    """Count the nodes that a tie goes to."""
    return batch.by_network(_sums(batch.ones))


def strength(batch: Batch) -> Weights:
    """Add up the weights of all partners."""
    return batch.by_network(_sums(batch.mutual))


def core(batch: Batch) -> Weights:
    """Give the largest k such that each of a part has k partners in it (Seidman 1983).

    All networks lose the nodes with fewer than k partners at once, and those that then have fewer, for rising k.
    """
    found = np.zeros(batch.networks * batch.nodes)
    left = _sums(batch.partners) > 0
    k = 0
    while left.any():
        found[left] = k
        k += 1
        gone = left
        while gone.any():
            few = batch.partners @ left.astype(np.float64) < k
            gone = left & few
            left = left & ~few
    return batch.by_network(found)


def paths(batch: Batch) -> Mapping[str, Weights]:
    """Betweenness, closeness and harmonic closeness, which share one search of shortest paths.

    Betweenness is the share of all pairs (Freeman 1977), closeness that of Wasserman and
    Faust (1994, 5.2), corrected for the reach of a node, harmonic the mean of inverse distances.
    """
    size, rows = batch.nodes, batch.networks * batch.nodes
    everyone = size + batch.others
    own = np.tile(np.arange(size), batch.networks)
    found = by_steps(batch.ones, np.arange(rows), own, size)
    pairs = (everyone - 1) * (everyone - 2)
    closeness = np.divide(
        found.reached, found.length, out=np.zeros(rows), where=found.length > 0
    )
    return {
        "betweenness": batch.by_network(found.between / max(pairs, 1)),
        "closeness": batch.by_network(closeness * found.reached / max(everyone - 1, 1)),
        "harmonic": batch.by_network(found.inverse / max(everyone - 1, 1)),
    }


def eigenvector(batch: Batch) -> Weights:
    """The leading eigenvector of the weights of the largest component, at most 1 (Bonacich 1972).

    Nodes outside that component have 0; of components of one size that with the first node counts. A network
    without a tie gives 0 for all. By powers of the matrix; networks that these do not settle, exactly.
    """
    components: Any = libraries.paths().connected_components
    part = np.asarray(components(batch.partners, directed=False)[1], np.int64)
    size = np.bincount(part, minlength=1)[part].reshape(batch.networks, batch.nodes)
    if not batch.nodes:
        return np.zeros((batch.networks, 0))
    part = part.reshape(batch.networks, batch.nodes)
    first = size.argmax(axis=1)[:, None]
    inside = part == np.take_along_axis(part, first, axis=1)
    tied = np.take_along_axis(size, first, axis=1) > 1
    # Weights never leave a component. Half the greatest sum is added to itself, so that even rings settle.
    shift = batch.by_network(_sums(batch.mutual)).max(axis=1, keepdims=True) / 2
    found = inside.astype(np.float64)
    moved = np.zeros(batch.networks)
    for _ in range(_STEPS):
        after = batch.by_network(batch.mutual @ found.reshape(-1)) + shift * found
        top = after.max(axis=1, keepdims=True)
        after = np.divide(after, top, out=np.zeros_like(after), where=top > 0)
        moved = np.abs(after - found).max(axis=1)
        found = after
        if (moved < _CLOSE)[tied[:, 0]].all():
            break
    slow = np.flatnonzero((moved >= _CLOSE) & tied[:, 0])
    for network in slow.tolist():
        at = network * batch.nodes + np.flatnonzero(inside[network])
        found[network, inside[network]] = leading(batch.mutual[at][:, at])
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
    ties = batch.partners
    partners = _sums(ties)
    per = np.divide(1.0, partners, out=np.zeros_like(partners), where=partners > 0)
    shares = ties.multiply(per[:, None]).tocsr()
    spent = (shares + (shares @ shares).multiply(ties)).tocsr()
    constraint = _sums(spent.multiply(spent))
    constraint[partners == 0] = np.nan
    shared = _sums((ties @ ties).multiply(ties))
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
    "degree_share": degree_share,
    "in_degree": in_degree,
    "out_degree": out_degree,
    "strength": strength,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "core": core,
}
_TOGETHER: tuple[
    tuple[tuple[str, ...], Callable[[Batch], Mapping[str, Weights]]], ...
] = (
    (("betweenness", "closeness", "harmonic"), paths),
    (("constraint", "effective_size", "efficiency"), holes),
)
BATCHED = frozenset((*_SINGLE, *(name for names, _ in _TOGETHER for name in names)))
"""The measures that many networks can have at once; all others are had one network at a time."""


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
