"""Krippendorff's alpha against published examples and an independent computation."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import permutations
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.analysis import (
    Metric,
    Undefined,
    alpha_interval,
    jaccard_distance,
    krippendorff_alpha,
    masi_distance,
)

N = None
NOTHING: set[int] = set()
Table = list[tuple[Hashable | None, ...]]


def by_coder(*coders: Sequence[Hashable | None]) -> Table:
    """A table from what each coder wrote, as publications print it."""
    return list(zip(*coders, strict=True))


# Krippendorff 2011, sections A to D.
BINARY = by_coder([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
NOMINAL = by_coder("aabbdcccedda", "babbbccceddd")
MISSING = by_coder(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
)
# Hayes and Krippendorff 2007, table 1: 40 articles, each judged by three or four of five observers.
_NEWS = (
    "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. "
    ".100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0 "
    "0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 "
    "110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1"
)
NEWS = [
    tuple(None if mark == "." else int(mark) for mark in row) for row in _NEWS.split()
]


def independent_alpha(
    table: Table, distance: Callable[[Hashable, Hashable, dict[Hashable, float]], float]
) -> float:
    """Alpha by way of a coincidence matrix that is a plain dictionary."""
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for row in table:
        values = [value for value in row if value is not None]
        for a, b in permutations(values, 2):
            coincidences[a, b] += 1 / (len(values) - 1)
    sums: defaultdict[Hashable, float] = defaultdict(float)
    for (a, _), weight in coincidences.items():
        sums[a] += weight
    n = sum(sums.values())
    seen = sum(w * distance(a, b, sums) for (a, b), w in coincidences.items())
    chance = sum(
        sums[a] * sums[b] * distance(a, b, sums) for a in sums for b in sums if a != b
    )
    return 1 - (n - 1) * seen / chance if chance else nan


def unequal(a: Hashable, b: Hashable, sums: dict[Hashable, float]) -> float:
    del sums
    return float(a != b)


def ordinal(a: Hashable, b: Hashable, sums: dict[Hashable, float]) -> float:
    low, high = sorted((int(str(a)), int(str(b))))
    between = sum(sums.get(g, 0) for g in range(low, high + 1))
    return (between - (sums[a] + sums[b]) / 2) ** 2


@pytest.mark.parametrize(
    ("table", "metric", "published"),
    [
        pytest.param(BINARY, "nominal", 0.095, id="K2011-A-binary"),
        pytest.param(NOMINAL, "nominal", 0.692, id="K2011-B-nominal"),
        pytest.param(MISSING, "nominal", 0.743, id="K2011-C-nominal"),
        pytest.param(MISSING, "ordinal", 0.815, id="K2011-D-ordinal"),
        pytest.param(MISSING, "interval", 0.849, id="K2011-D-interval"),
        pytest.param(MISSING, "ratio", 0.797, id="K2011-D-ratio"),
        pytest.param(NEWS, "ordinal", 0.7598, id="HK2007-ordinal"),
        pytest.param(NEWS, "interval", 0.7574, id="HK2007-interval"),
        pytest.param(NEWS, "nominal", 0.4765, id="HK2007-nominal"),
    ],
)
def test_alpha_is_as_published(table: Table, metric: str, published: float) -> None:
    digits = len(str(published)) - 2
    assert round(krippendorff_alpha(table, Metric(metric)).value, digits) == published


def test_an_alpha_tells_what_it_rests_on() -> None:
    alpha = krippendorff_alpha(MISSING, Metric.NOMINAL)
    # The last unit has one value, which cannot be paired.
    assert (alpha.coders, alpha.units, alpha.values) == (4, 11, 40)


@pytest.mark.parametrize(
    ("one", "other", "jaccard", "masi"),
    [
        ({1, 2}, {1, 2}, 0, 0),
        # NLTK's own example; with 2/3 rounded to 0.67 it prints 0.665.
        ({1, 2}, {1, 2, 3, 4}, 1 / 2, 1 - 1 / 2 * 2 / 3),
        ({1, 2}, {2, 3}, 2 / 3, 1 - 1 / 3 * 1 / 3),
        ({1, 2}, {3}, 1, 1),
        (NOTHING, {3}, 1, 1),
        (NOTHING, NOTHING, 0, 0),
    ],
    ids=["equal", "subset", "overlap", "disjoint", "one-empty", "both-empty"],
)
def test_distances_of_sets(
    one: set[int], other: set[int], jaccard: float, masi: float
) -> None:
    assert jaccard_distance(one, other) == pytest.approx(jaccard)
    assert masi_distance(one, other) == pytest.approx(masi)


def test_alpha_of_sets_by_hand() -> None:
    a, ab, c = frozenset("a"), frozenset("ab"), frozenset("c")
    table = by_coder([a, ab, c], [a, a, c])
    # Jaccard: observed 2 * 1/2 / 6. Of the 30 ordered pairs of the values a a a ab c c there are
    # 6 of a and ab at 1/2, 12 of a and c at 1, 4 of ab and c at 1.
    expected = (6 / 2 + 12 + 4) / 30
    found = krippendorff_alpha(table, Metric.JACCARD).value
    assert found == pytest.approx(1 - (1 / 6) / expected)
    # MASI: a and ab are 2/3 apart.
    expected = (6 * 2 / 3 + 12 + 4) / 30
    found = krippendorff_alpha(table, Metric.MASI).value
    assert found == pytest.approx(1 - (2 * 2 / 3 / 6) / expected)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([], Undefined.ONE_CODER),
        ([("a",), ("b",)], Undefined.ONE_CODER),
        ([("a", None), ("b", None)], Undefined.ONE_CODER),
        ([("a", None), (None, "b")], Undefined.NOTHING_PAIRED),
        ([("a", "a"), ("a", "a")], Undefined.NO_VARIATION),
    ],
    ids=["empty", "one", "one-of-two", "apart", "all-the-same"],
)
def test_where_there_is_no_alpha_a_reason_is_given(
    table: Table, why: Undefined
) -> None:
    alpha = krippendorff_alpha(table, Metric.NOMINAL)
    assert isnan(alpha.value)
    assert alpha.why is why
    interval = alpha_interval(table, Metric.NOMINAL, seed=1)
    assert isnan(interval.low)
    assert isnan(interval.high)


def test_a_ratio_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        krippendorff_alpha([(-1, 2)], Metric.RATIO)


TABLES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.tuples(*[st.none() | st.integers(0, 4)] * coders), min_size=1, max_size=12
    )
)


@given(TABLES)
def test_alpha_equals_that_of_an_independent_computation(table: Table) -> None:
    for metric, distance in ((Metric.NOMINAL, unequal), (Metric.ORDINAL, ordinal)):
        alpha = krippendorff_alpha(table, metric)
        if alpha.why is None:
            assert alpha.value == pytest.approx(independent_alpha(table, distance))
            assert alpha.value <= 1


@given(TABLES, st.permutations(range(4)))
def test_neither_the_order_of_coders_nor_of_units_nor_the_names_of_values_count(
    table: Table, order: list[int]
) -> None:
    alpha = krippendorff_alpha(table, Metric.NOMINAL)
    turned = [
        tuple(row[place] for place in order if place < len(row))
        for row in reversed(table)
    ]
    renamed = [
        tuple(None if value is None else f"v{value}" for value in row) for row in turned
    ]
    found = krippendorff_alpha(renamed, Metric.NOMINAL)
    assert found.value == pytest.approx(alpha.value, nan_ok=True)


def test_intervals_of_other_units_of_measurement_are_the_same() -> None:
    fahrenheit = [
        tuple(None if v is None else 32 + 1.8 * float(str(v)) for v in row)
        for row in MISSING
    ]
    found = krippendorff_alpha(fahrenheit, Metric.INTERVAL).value
    assert found == pytest.approx(krippendorff_alpha(MISSING, Metric.INTERVAL).value)


def test_drawing_pairs_gives_the_published_interval() -> None:
    interval = alpha_interval(
        NEWS, Metric.ORDINAL, seed=7, of="pairs", resamples=10_000
    )
    # Hayes and Krippendorff 2007 print .7078 and .8083 of 10,000 resamples of 239 pairs.
    assert interval.low == pytest.approx(0.7078, abs=0.003)
    assert interval.high == pytest.approx(0.8083, abs=0.003)


def test_drawing_units_gives_an_interval_around_alpha_that_is_wider() -> None:
    units = alpha_interval(NEWS, Metric.ORDINAL, seed=7)
    pairs = alpha_interval(NEWS, Metric.ORDINAL, seed=7, of="pairs")
    assert units.low < pairs.low < 0.7598 < pairs.high < units.high


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    one, again, other = (
        alpha_interval(NEWS, Metric.NOMINAL, seed=seed) for seed in (3, 3, 4)
    )
    assert one == again
    assert one != other


def test_an_interval_does_not_depend_on_the_hashes_of_strings() -> None:
    # As found with PYTHONHASHSEED 0 and 1: values are put into an order of their own.
    interval = alpha_interval(NOMINAL, Metric.NOMINAL, seed=1, resamples=200)
    assert (round(interval.low, 6), round(interval.high, 6)) == (0.285696, 0.894977)


def test_whole_clusters_are_drawn() -> None:
    table: Table = [("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")]
    interval = alpha_interval(table, Metric.NOMINAL, seed=1, clusters=[1, 1, 2, 2])
    # Either cluster alone: agreement in all, or in nothing (1 - 1/(2/3) = -0.5).
    assert (interval.low, interval.high) == (-0.75, 1.0)


def test_perfect_agreement_is_not_taken_as_certain() -> None:
    table: Table = [("a", "a"), ("b", "b")] * 5
    interval = alpha_interval(table, Metric.NOMINAL, seed=1)
    # Clopper and Pearson: none of 10, so at most 0.3085 of units; 10/19 disagree by chance.
    assert interval.high == 1
    assert interval.low == pytest.approx(1 - 0.3085 / (10 / 19), abs=1e-4)


def test_one_cluster_says_nothing_of_others() -> None:
    table: Table = [("a", "a"), ("a", "b")]
    interval = alpha_interval(table, Metric.NOMINAL, seed=1, clusters=["d", "d"])
    assert isnan(interval.low)


def test_resamples_without_variation_are_counted() -> None:
    table: Table = [("a", "a"), ("a", "a"), ("a", "b")]
    interval = alpha_interval(table, Metric.NOMINAL, seed=1, resamples=1000)
    # The third unit is missing from (2/3)^3 of all resamples.
    assert interval.undefined == pytest.approx(296, abs=45)


def test_clusters_that_do_not_fit_the_table_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        alpha_interval(BINARY, Metric.NOMINAL, seed=1, clusters=[1])
