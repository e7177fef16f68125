"""Krippendorff's alpha: how far coders agree beyond what chance alone would give.

Sources: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; Hayes and Krippendorff
2007, Communication Methods and Measures 1, 77-89; Krippendorff 2019, Content Analysis, 4th ed.,
ch. 12.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt

from .distances import Floats, Metric, Value, distances, in_order

Table = Sequence[Sequence[Value | None]]
"""A row for each unit, a cell for each coder; None where a coder gave no value."""

RESAMPLES = 2000
LEVEL = 0.95

_Ints = npt.NDArray[np.int64]


class Undefined(StrEnum):
    """Why there is no alpha."""

    ONE_CODER = "one-coder"
    NOTHING_PAIRED = "nothing-paired"
    NO_VARIATION = "no-variation"


@dataclass(frozen=True, slots=True)
class Alpha:
    """An alpha and what it rests on; `value` is nan where `why` tells why there is none.

    `units` have two values or more and `values` are all values in these; `observed` and `expected`
    are the mean disagreement within units and among all values.
    """

    value: float
    why: Undefined | None
    coders: int
    units: int
    values: int
    observed: float
    expected: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Where alpha may lie: bounds at a level, nan where there is no alpha.

    `undefined` counts resamples without variation, which have no alpha and are left out.
    """

    low: float
    high: float
    level: float
    resamples: int
    undefined: int


def krippendorff_alpha(table: Table, metric: Metric) -> Alpha:
    """1 - observed / expected disagreement, over the units that two coders or more gave a value.

    Observed: the mean distance of the values paired within units, each pair of a unit of m values
    weighing 1/(m - 1). Expected: the mean distance of all n paired values, each with the n - 1
    others. With a coincidence matrix o and its sums n_c, alpha is
    1 - (n - 1) sum(o_ck d_ck) / sum(n_c n_k d_ck). Ordinal distances depend on n_c too.

    1 is perfect, 0 what chance gives; systematic disagreement is below 0. Where all values are the
    same there is nothing to tell agreement from chance by, and no alpha. Time and memory grow with
    the square of the number of distinct values.

    Raises: ValueError for a number that the ratio metric cannot take.
    Source: Krippendorff 2011.
    """
    paired = _Paired.of(table, metric)
    every = np.ones(paired.units)
    observed, expected = paired.disagreements(every)
    why = _why(table, paired, expected)
    return Alpha(
        nan if why else float(1 - observed / expected),
        why,
        len(_heard(table)),
        paired.units,
        len(paired.unit_of),
        observed,
        expected,
    )


def alpha_interval(
    table: Table,
    metric: Metric,
    *,
    seed: int,
    clusters: Sequence[Hashable] | None = None,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    of: Literal["units", "pairs"] = "units",
) -> Interval:
    """A percentile bootstrap interval of alpha; the same seed gives the same bounds.

    `units` draws whole units with replacement and computes both disagreements anew; with
    `clusters`, one for each row, whole clusters are drawn, since what is read in one document hangs
    together. `pairs` is the algorithm of the KALPHA macro: pairs of values are drawn and the
    expected disagreement stays as it is, which takes the pairs of a unit as independent and so
    gives narrower bounds.

    Where coders agree in everything no resample could differ. The lower bound then is that of the
    share of clusters that may yet disagree, 1 - ((1 - level)/2)^(1/clusters), at the largest
    distance there is. Of one cluster nothing follows for others, so its bounds are nan. With few
    clusters a percentile interval is too narrow.

    Raises: ValueError if there is not one cluster for each row.
    Source: Efron and Tibshirani 1993, ch. 13; Zapf and others 2016, BMC Medical Research
    Methodology 16:93 (units); Hayes and Krippendorff 2007 (pairs); Hanley and Lippman-Hand 1983,
    JAMA 249, 1743-1745 (no disagreement seen).
    """
    if clusters is not None and len(clusters) != len(table):
        raise ValueError("clusters and table differ in length")
    paired = _Paired.of(table, metric)
    every = np.ones(paired.units)
    observed, expected = paired.disagreements(every)
    if _why(table, paired, expected):
        return Interval(nan, nan, level, 0, 0)
    groups = paired.groups(clusters)
    size = int(groups.max()) + 1
    if observed == 0:
        share = 1 - ((1 - level) / 2) ** (1 / size)
        farthest = float(paired.distances(paired.counts(every)).max())
        return Interval(max(-1.0, 1 - share * farthest / expected), 1.0, level, 0, 0)
    if size < 2 and of == "units":
        return Interval(nan, nan, level, 0, 0)
    random = np.random.default_rng(seed)
    draw = paired.draw_units(random, groups)
    if of == "pairs":
        draw = paired.draw_pairs(random, expected)
    alphas = np.array([draw() for _ in range(resamples)])
    found = alphas[~np.isnan(alphas)]
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = np.quantile(found, tails) if len(found) else (nan, nan)
    return Interval(float(low), float(high), level, resamples, resamples - len(found))


def _heard(table: Table) -> set[int]:
    """The coders who gave a value at all."""
    return {
        coder for row in table for coder, value in enumerate(row) if value is not None
    }


def _why(table: Table, paired: "_Paired", expected: float) -> Undefined | None:
    if len(_heard(table)) < 2:
        return Undefined.ONE_CODER
    if not paired.units:
        return Undefined.NOTHING_PAIRED
    return None if expected > 0 else Undefined.NO_VARIATION


@dataclass(frozen=True, slots=True)
class _Paired:
    """The values that can be paired: of which unit, which value, and all pairs within units.

    Values are numbers of the distinct values; a pair weighs 1/(m - 1), both ways round.
    """

    units: int
    rows: tuple[int, ...]
    unit_of: _Ints
    value_of: _Ints
    pair_unit: _Ints
    left: _Ints
    right: _Ints
    weight: Floats
    distances: Callable[[Floats], Floats]

    @classmethod
    def of(cls, table: Table, metric: Metric) -> "_Paired":
        rows = [
            (place, [value for value in row if value is not None])
            for place, row in enumerate(table)
        ]
        kept = [(place, values) for place, values in rows if len(values) > 1]
        distinct = in_order({v for _, values in kept for v in values}, metric)
        number = {value: index for index, value in enumerate(distinct)}
        pairs = [
            (unit, number[a], number[b], 1 / (len(values) - 1))
            for unit, (_, values) in enumerate(kept)
            for i, a in enumerate(values)
            for j, b in enumerate(values)
            if i != j
        ]
        unit, left, right, weight = zip(*pairs, strict=True) if pairs else ((),) * 4
        return cls(
            len(kept),
            tuple(place for place, _ in kept),
            _ints([u for u, (_, values) in enumerate(kept) for _ in values]),
            _ints([number[v] for _, values in kept for v in values]),
            _ints(unit),
            _ints(left),
            _ints(right),
            np.asarray(weight, dtype=np.float64),
            distances(distinct, metric),
        )

    def counts(self, times: Floats) -> Floats:
        """How often each value occurs when each unit is taken so many times."""
        size = int(self.value_of.max()) + 1 if len(self.value_of) else 0
        counts = np.bincount(self.value_of, times[self.unit_of], size)
        return counts.astype(np.float64)

    def disagreements(self, times: Floats) -> tuple[float, float]:
        """The observed and the expected disagreement when each unit is taken so many times."""
        counts = self.counts(times)
        n = counts.sum()
        if n < 2:
            return nan, nan
        apart = self.distances(counts)
        within = times[self.pair_unit] * self.weight * apart[self.left, self.right]
        return float(within.sum() / n), float(counts @ apart @ counts / (n * (n - 1)))

    def groups(self, clusters: Sequence[Hashable] | None) -> _Ints:
        """The number of the cluster of each unit; each is its own where none are given."""
        if clusters is None:
            return np.arange(self.units)
        numbers: dict[Hashable, int] = {}
        return _ints(
            [numbers.setdefault(clusters[row], len(numbers)) for row in self.rows]
        )

    def draw_units(
        self, random: np.random.Generator, groups: _Ints
    ) -> Callable[[], float]:
        """Draw as many clusters as there are, and compute alpha of their units."""
        size = int(groups.max()) + 1

        def draw() -> float:
            drawn = np.bincount(random.integers(size, size=size), minlength=size)
            times = drawn[groups].astype(np.float64)
            observed, expected = self.disagreements(times)
            return 1 - observed / expected if expected > 0 else nan

        return draw

    def draw_pairs(
        self, random: np.random.Generator, expected: float
    ) -> Callable[[], float]:
        """Draw as many pairs as there are, a pair weighing as in alpha, and compute alpha."""
        apart = self.distances(self.counts(np.ones(self.units)))
        seen = apart[self.left, self.right]
        chance = self.weight / self.weight.sum()
        size = len(seen) // 2

        def draw() -> float:
            drawn = random.choice(seen, size, p=chance)
            return float(1 - drawn.mean() / expected)

        return draw


def _ints(numbers: Sequence[int]) -> _Ints:
    return np.asarray(numbers, dtype=np.int64)
