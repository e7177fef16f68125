"""Groups that the ties themselves show: communities by modularity, and how stable these are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..dyads import Indices
from . import libraries
from .case import Case
from .measure import Asked, Parted

RUNS = 10
"""How many seeds a partition is looked for with; three in a network past `LARGE`."""

SAME_UP_TO = 20_000
"""Joined pairs up to which `auto` takes Louvain whether igraph is installed or not: some seconds a run."""

LARGE = 100_000
"""Tied pairs past which three runs must do, and the Leiden algorithm stops after two rounds."""


def communities(case: Case, asked: Asked) -> Parted:
    """Part the nodes so that ties inside groups are more than degrees alone would give: Louvain, best of `RUNS` seeds.

    Facts: `modularity` Q = sum over groups of (w_in/w - (d/2w)^2), at most 1; `communities`, isolates each being one,
    and `tied_communities` without these;
    `stability`, the mean adjusted Rand index of the partitions of all seeds, 1 if all agree. By weight, without direction.
    Groups are numbered by size, then by their first node. Without a tie Q is 0.
    Source: Blondel and others 2008, J. Stat. Mech. P10008; Newman and Girvan 2004, Phys. Rev. E 69, 026113;
    Hubert and Arabie 1985, Journal of Classification 2, 193-218.
    """
    return _best(
        case, [_louvain(case, asked.seed + run, asked) for run in range(_runs(case))]
    )


def fast_communities(case: Case, asked: Asked) -> Parted:
    """The same by the Leiden algorithm of igraph, which keeps every group in one piece.

    Source: Traag, Waltman and van Eck 2019, Scientific Reports 9, 5233.
    """
    return _best(case, [_leiden(case, asked.seed + run) for run in range(_runs(case))])


def modularity(case: Case, groups: Indices) -> float:
    """Give the modularity of a partition of the nodes, by weight; 0 without a tie.

    Source: Newman and Girvan 2004, Phys. Rev. E 69, 026113.
    """
    low, high, weight = case.pairs
    total = weight.sum()
    if not total:
        return 0.0
    inside = weight[groups[low] == groups[high]].sum()
    ends = np.bincount(
        np.concatenate([groups[low], groups[high]]), np.concatenate([weight, weight])
    )
    return float(inside / total - ((ends / (2 * total)) ** 2).sum())


def rand_index(first: Indices, second: Indices) -> float:
    """Give the adjusted Rand index of two partitions: 1 where they agree, 0 on average by chance.

    Source: Hubert and Arabie 1985, Journal of Classification 2, 193-218.
    """
    width = int(second.max()) + 1 if len(second) else 1
    both = _pairs(np.unique(first * width + second, return_counts=True)[1])
    one = _pairs(np.unique(first, return_counts=True)[1])
    other = _pairs(np.unique(second, return_counts=True)[1])
    everything = len(first) * (len(first) - 1) / 2
    chance = one * other / everything if everything else 0.0
    most = (one + other) / 2
    return 1.0 if most == chance else float((both - chance) / (most - chance))


def _best(case: Case, found: list[Indices]) -> Parted:
    quality = [modularity(case, groups) for groups in found]
    best = int(np.argmax(quality))
    first, second = np.triu_indices(len(found), 1)
    agree = [rand_index(found[a], found[b]) for a, b in zip(first, second, strict=True)]
    groups = numbered(found[best])
    facts = {
        "modularity": quality[best],
        "communities": float(len(np.unique(groups))),
        "tied_communities": float(len(np.unique(groups[case.partners > 0]))),
        "stability": float(np.mean(agree)),
    }
    return Parted(groups, facts)


def numbered(groups: Indices) -> Indices:
    """The groups numbered from 0 by size, the largest first, then by their first node."""
    codes, start, row, sizes = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((start, -sizes))
    place = np.empty(len(codes), dtype=np.int64)
    place[order] = np.arange(len(codes))
    return np.asarray(place[row], dtype=np.int64)


def _louvain(case: Case, seed: int, asked: Asked) -> Indices:
    groups = np.zeros(case.n, dtype=np.int64)
    if not case.n:
        return groups
    found: Any = libraries.networkx().community.louvain_communities(
        case.mutual_graph, weight="weight", seed=seed, **asked.options()
    )
    for number, members in enumerate(found):
        groups[list(members)] = number
    return groups


def _leiden(case: Case, seed: int) -> Indices:
    import random

    igraph = libraries.igraph()
    weights = case.pairs[2].tolist()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found: Any = case.mutual_fast.community_leiden(
            objective_function="modularity",
            weights=weights,
            n_iterations=2 if len(case.pairs[0]) > LARGE else -1,
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.array(found.membership, dtype=np.int64)


def _runs(case: Case) -> int:
    return 3 if len(case.pairs[0]) > LARGE else RUNS


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
