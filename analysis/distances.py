"""How far apart two values are that coders gave: the metrics of Krippendorff's alpha.

Sources: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; for sets Jaccard 1901,
and Passonneau 2006, "Measuring Agreement on Set-valued Items (MASI)", LREC 2006, 831-836.
"""

from collections.abc import Callable, Collection, Hashable
from enum import StrEnum
from typing import cast

import numpy as np
import numpy.typing as npt

Value = Hashable
Floats = npt.NDArray[np.float64]


class Metric(StrEnum):
    """How far two values are apart; every one of these is a squared difference or lies in 0 to 1.

    Values are anything hashable (nominal), numbers (ordinal, interval, ratio), or sets (Jaccard,
    MASI). Numbers of the ratio metric are not negative.
    """

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"
    JACCARD = "jaccard"
    MASI = "masi"


def jaccard_distance(a: Collection[Value], b: Collection[Value]) -> float:
    """The share of all members of two sets that are not in both; 0 for two empty sets.

    >>> jaccard_distance({1, 2}, {2, 3, 4})
    0.75
    """
    one, other = frozenset(a), frozenset(b)
    return 1 - len(one & other) / len(one | other) if one or other else 0.0


def masi_distance(a: Collection[Value], b: Collection[Value]) -> float:
    """1 - Jaccard similarity times 1 for equal sets, 2/3 if one holds the other, 1/3 if they overlap.

    Two empty sets are equal; an empty set shares nothing with another. The factors are exact: with
    those rounded to 0.67 and 0.33, as NLTK has them, the example gives 0.665.
    Source: Passonneau 2006.

    >>> round(masi_distance({1, 2}, {1, 2, 3, 4}), 4)
    0.6667
    """
    one, other = frozenset(a), frozenset(b)
    if one == other:
        return 0.0
    thirds = 2 if one <= other or other <= one else 1
    return 1 - (1 - jaccard_distance(one, other)) * thirds / 3


def in_order(values: set[Value], metric: Metric) -> list[Value]:
    """Distinct values in an order of their own, so that rounding never depends on hashes."""
    if metric in (Metric.ORDINAL, Metric.INTERVAL, Metric.RATIO):
        return cast("list[Value]", sorted(cast("set[float]", values)))
    if metric is Metric.NOMINAL:
        return sorted(values, key=repr)
    sets = cast("set[frozenset[Value]]", values)
    return cast("list[Value]", sorted(sets, key=lambda one: sorted(map(repr, one))))


def distances(values: list[Value], metric: Metric) -> Callable[[Floats], Floats]:
    """Distances of all values from each other, given how often each occurs."""
    if metric is Metric.ORDINAL:
        return _ordinal
    apart = _fixed(values, metric)
    return lambda counts: apart


def _ordinal(counts: Floats) -> Floats:
    """All that lie between two values and half of these: their mean ranks apart, squared."""
    ranks = counts.cumsum() - counts / 2
    return (ranks[:, None] - ranks) ** 2


def _fixed(values: list[Value], metric: Metric) -> Floats:
    if metric is Metric.NOMINAL:
        return 1 - np.eye(len(values))
    if metric in (Metric.INTERVAL, Metric.RATIO):
        numbers = np.array(values, dtype=np.float64)
        apart = numbers[:, None] - numbers
        if metric is Metric.INTERVAL:
            return apart**2
        if (numbers < 0).any():
            raise ValueError("a ratio cannot be taken of a number below 0")
        sums = numbers[:, None] + numbers
        return np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0) ** 2
    far = jaccard_distance if metric is Metric.JACCARD else masi_distance
    sets = cast("list[frozenset[Value]]", values)
    apart = np.zeros((len(sets), len(sets)))
    for i, one in enumerate(sets):
        for j in range(i):
            apart[i, j] = apart[j, i] = far(one, sets[j])
    return apart
