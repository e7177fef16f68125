"""Backbones of two-mode networks: pairs that meet more often than the margins alone would have it.

Two nulls for a table of rows (bodies) and columns (ties, events): FDSM keeps every row and column sum
exactly, SDSM keeps them on average.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..dyads import Dyads, Weights
from ..rules import Joining
from .tested import ALPHA, DRAWS, SEED, Untestable, adjusted, generator

Correction = Literal["none", "bonferroni", "holm", "fdr"]
Null = Literal["fdsm", "sdsm"]
_Table = NDArray[np.bool_]


@dataclass(frozen=True)
class Backbone:
    """The pairs of rows that meet in more columns than the null would have it, and how they were found.

    `p` holds the one-sided probability of each pair of rows before correction (1 on the diagonal). `pairs` are those
    kept, row before row; with FDSM no p is below 1 / (1 + draws), which many pairs and a strict
    correction may leave nothing of.
    """

    null: Null
    alpha: float
    correction: Correction
    draws: int
    seed: int
    rows: tuple[str, ...]
    meetings: NDArray[np.int64]
    p: Weights
    pairs: tuple[tuple[str, str], ...]


def incidence(dyads: Dyads) -> tuple[tuple[str, ...], _Table]:
    """The bodies that have a tie, and the table of them and the ties of a two-mode network.

    Raises: Untestable for a network that is not two-mode.
    """
    if dyads.rules.dyads is not Joining.TWO_MODE:
        raise Untestable("backbone", "select the network with dyads='two-mode'")
    bodies = len(dyads.bodies)
    table = np.zeros((bodies, len(dyads.ties)), dtype=np.bool_)
    table[dyads.source, dyads.tie] = True
    tied: _Table = np.asarray(table.any(axis=1))
    names = tuple(dyads.nodes[body] for body in np.flatnonzero(tied).tolist())
    return names, table[tied][:, table.any(axis=0)]


def curveball(
    table: ArrayLike, n: int = DRAWS, seed: int = SEED, *, trades: int = 5
) -> Iterator[_Table]:
    """n tables of noughts and ones with every row and column sum kept.

    Two rows at a time pool what only one of them has and share it out again at random (Strona and others 2014,
    Nature Communications 5, 4114; uniform by Carstens 2015, Physical Review E 91, 042812). There are
    `trades` for each row between draws and ten times as many before the first.

    Raises: Untestable.
    """
    random = generator("curveball", n, seed)
    start = np.asarray(table, np.bool_)
    sets: list[set[int]] = [set(np.flatnonzero(row).tolist()) for row in start]
    for draw in range(n):
        if len(sets) > 1:
            for _ in range(trades * len(sets) * (1 if draw else 10)):
                chosen: list[int] = random.choice(len(sets), 2, replace=False).tolist()
                first, second = chosen
                one, two = sets[first], sets[second]
                own = sorted(one ^ two)
                random.shuffle(own)
                both, count = one & two, len(one - two)
                sets[first], sets[second] = (
                    both | set(own[:count]),
                    both | set(own[count:]),
                )
        made = np.zeros_like(start)
        for index, row in enumerate(sets):
            made[index, sorted(row)] = True
        yield made


def margins_probabilities(table: ArrayLike, *, rounds: int = 5000) -> Weights:
    """The probability of each cell in the least committed model whose sums are right on average.

    p_ij = x_i y_j / (1 + x_i y_j), the bipartite configuration model (Saracco and others 2015, Scientific Reports
    5, 10595), solved by fixed-point steps; full and empty rows and columns are certain.

    Raises: Untestable if the steps do not settle.
    """
    given = np.asarray(table, np.float64)
    result = np.zeros(given.shape)
    rows, columns = np.ones(given.shape[0], bool), np.ones(given.shape[1], bool)
    changed = True
    while changed and rows.any() and columns.any():
        inner = given[np.ix_(rows, columns)]
        full_r, full_c = inner.all(axis=1), inner.all(axis=0)
        bare_r, bare_c = ~inner.any(axis=1), ~inner.any(axis=0)
        result[np.ix_(np.flatnonzero(rows)[full_r], columns)] = 1.0
        result[np.ix_(rows, np.flatnonzero(columns)[full_c])] = 1.0
        gone_r, gone_c = full_r | bare_r, full_c | bare_c
        changed = bool(gone_r.any() or gone_c.any())
        rows[np.flatnonzero(rows)[gone_r]] = False
        columns[np.flatnonzero(columns)[gone_c]] = False
    if not (rows.any() and columns.any()):
        return result
    inner = given[np.ix_(rows, columns)]
    r, c = inner.sum(axis=1), inner.sum(axis=0)
    x, y = r / np.sqrt(r.sum()), c / np.sqrt(c.sum())
    for _ in range(rounds):
        x = r / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = c / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        product = np.outer(x, y)
        p = product / (1 + product)
        if max(np.abs(p.sum(1) - r).max(), np.abs(p.sum(0) - c).max()) < 1e-8:
            result[np.ix_(rows, columns)] = p
            return result
    raise Untestable("sdsm", "no probabilities have these row and column sums")


def meeting_probabilities(cells: Weights, meetings: NDArray[np.int64]) -> Weights:
    """The probability that two rows meet at least so often, cells being independent.

    The number of meetings is a sum of unequal coins; its distribution is built up exactly, column by column.
    """
    size = len(cells)
    low, high = np.triu_indices(size, 1)
    result = np.ones((size, size))
    most = int(meetings[low, high].max(initial=0))
    # below[:, k]: exactly k meetings so far, for k under the greatest number observed.
    below = np.zeros((len(low), most + 1))
    below[:, 0] = 1.0
    for column in cells.T:
        p = (column[low] * column[high])[:, None]
        moved = np.zeros_like(below)
        moved[:, 1:] = below[:, :-1] * p
        below = below * (1 - p) + moved
    under = np.concatenate([np.zeros((len(low), 1)), below.cumsum(axis=1)], axis=1)
    at_least = 1 - under[np.arange(len(low)), meetings[low, high]]
    result[low, high] = result[high, low] = np.clip(at_least, 0.0, 1.0)
    return result


def fdsm(table: ArrayLike, n: int = DRAWS, seed: int = SEED) -> Weights:
    """For each two rows the share of tables with the same margins in which they meet at least as often.

    The table itself counts as one more. Source: Zweig and Kaufmann 2011, Social Network Analysis and Mining 1,
    187-218; named FDSM by Neal 2014.

    Raises: Untestable.
    """
    given = np.asarray(table, np.bool_).astype(np.int64)
    observed = given @ given.T
    as_many = np.ones_like(observed)
    for drawn in curveball(table, n, seed):
        each = drawn.astype(np.int64)
        as_many += each @ each.T >= observed
    p = as_many / (1 + n)
    np.fill_diagonal(p, 1.0)
    return p


def sdsm(table: ArrayLike) -> Weights:
    """For each two rows the probability to meet at least as often if margins hold on average.

    Source: Neal 2014, Social Networks 39, 84-97, with the cell probabilities of the bipartite
    configuration model in place of a regression, as in Neal and others 2021, Scientific Reports 11, 23929.

    Raises: Untestable.
    """
    given = np.asarray(table, np.bool_).astype(np.int64)
    return meeting_probabilities(margins_probabilities(table), given @ given.T)


def backbone(
    rows: tuple[str, ...],
    table: ArrayLike,
    null: Null = "fdsm",
    *,
    alpha: float = ALPHA,
    correction: Correction = "fdr",
    n: int = DRAWS,
    seed: int = SEED,
) -> Backbone:
    """The pairs of rows that meet more often than a null would have it, one-sided at `alpha`.

    All pairs that meet at all are tested, and the correction is for their number.

    Raises: Untestable.
    """
    if not 0 < alpha < 1:
        raise Untestable("backbone", f"alpha lies between 0 and 1, not at {alpha}")
    given = np.asarray(table, np.bool_).astype(np.int64)
    p = fdsm(table, n, seed) if null == "fdsm" else sdsm(table)
    meetings = given @ given.T
    low, high = np.triu_indices(len(given), 1)
    met = meetings[low, high] > 0
    low, high = low[met], high[met]
    kept = adjusted(p[low, high], correction) <= alpha
    lows: list[int] = low[kept].tolist()
    highs: list[int] = high[kept].tolist()
    pairs = tuple((rows[a], rows[b]) for a, b in zip(lows, highs, strict=True))
    draws = n if null == "fdsm" else 0
    return Backbone(null, alpha, correction, draws, seed, rows, meetings, p, pairs)
