"""Nulls against all the graphs, tables and permutations that there are, in cases small enough to count."""

from collections import Counter
from itertools import combinations, permutations, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import body, code, network, network_of, tie
from simpul.analysis import Joining, Network, Rules, select
from simpul.analysis.measures import Role, brokerage, mixing
from simpul.analysis.nulls import (
    ROLES,
    Untestable,
    adjusted,
    backbone,
    best_modularity,
    brokerage_test,
    brokerage_tests,
    curveball,
    fdsm,
    incidence,
    margins_probabilities,
    mixing_test,
    mrqap,
    qap_correlation,
    rewired,
    rewiring_test,
    sdsm,
)
from simpul.analysis.nulls import (
    tested as held_against,
)

FAMILIES = [
    "Acciaiuoli",
    "Albizzi",
    "Barbadori",
    "Bischeri",
    "Castellani",
    "Ginori",
    "Guadagni",
    "Lamberteschi",
    "Medici",
    "Pazzi",
    "Peruzzi",
    "Pucci",
    "Ridolfi",
    "Salviati",
    "Strozzi",
    "Tornabuoni",
]
# Marriage and business among Florentine families: Padgett and Ansell 1993, as in Wasserman and Faust 1994.
MARRIAGE = (
    "Acciaiuoli-Medici Albizzi-Ginori Albizzi-Guadagni Albizzi-Medici Barbadori-Castellani "
    "Barbadori-Medici Bischeri-Guadagni Bischeri-Peruzzi Bischeri-Strozzi Castellani-Peruzzi "
    "Castellani-Strozzi Guadagni-Lamberteschi Guadagni-Tornabuoni Medici-Ridolfi Medici-Salviati "
    "Medici-Tornabuoni Pazzi-Salviati Peruzzi-Strozzi Ridolfi-Strozzi Ridolfi-Tornabuoni"
)
BUSINESS = (
    "Barbadori-Castellani Barbadori-Ginori Barbadori-Medici Barbadori-Peruzzi Bischeri-Guadagni "
    "Bischeri-Lamberteschi Bischeri-Peruzzi Castellani-Lamberteschi Castellani-Peruzzi Ginori-Medici "
    "Guadagni-Lamberteschi Lamberteschi-Peruzzi Medici-Pazzi Medici-Salviati Medici-Tornabuoni"
)


def matrix(pairs: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Pairs of families as a symmetric matrix."""
    made = np.zeros((16, 16))
    for pair in pairs.split():
        a, b = map(FAMILIES.index, pair.split("-"))
        made[a, b] = made[b, a] = 1
    return made


def chi_square(counts: Counter[object], cells: int) -> float:
    """How far counts are from equal, in standard deviations of chi square."""
    expected = counts.total() / cells
    observed = [*counts.values(), *[0] * (cells - len(counts))]
    statistic = sum((each - expected) ** 2 / expected for each in observed)
    return float((statistic - (cells - 1)) / np.sqrt(2 * (cells - 1)))


def tables_with(rows: list[int], columns: list[int]) -> set[bytes]:
    """Every table of noughts and ones with these sums."""
    ways = [list(combinations(range(len(columns)), count)) for count in rows]
    found: set[bytes] = set()
    for choice in product(*ways):
        table = np.zeros((len(rows), len(columns)), np.bool_)
        for row, places in enumerate(choice):
            table[row, list(places)] = True
        if table.sum(axis=0).tolist() == columns:
            found.add(table.tobytes())
    return found


def test_curveball_reaches_every_table_with_its_margins_equally_often() -> None:
    start = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]], np.bool_)
    every = tables_with([2, 2, 2], start.sum(axis=0).tolist())
    counts: Counter[object] = Counter(
        table.tobytes() for table in curveball(start, 3000, 4)
    )
    assert set(counts) == every
    assert chi_square(counts, len(every)) < 5


def test_fdsm_gives_the_share_of_all_tables_with_these_margins() -> None:
    table = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1]], np.bool_)
    observed = table.astype(int) @ table.T.astype(int)
    every = tables_with([2, 3, 2], table.sum(axis=0).tolist())
    shares = np.zeros((3, 3))
    for written in every:
        each = np.frombuffer(written, np.bool_).reshape(3, 4).astype(int)
        shares += (each @ each.T >= observed) / len(every)
    found = fdsm(table, 4000, 2)
    off = ~np.eye(3, dtype=bool)
    np.testing.assert_allclose(found[off], shares[off], atol=0.04)


def test_rewiring_reaches_every_graph_of_its_degrees_equally_often() -> None:
    """A path of five nodes: all simple graphs with degrees 1 2 2 2 1, which are seven.

    By hand: 6 paths with the two ends fixed, and the edge of the ends beside a triangle.
    """
    start = [(0, 1), (1, 2), (2, 3), (3, 4)]
    pairs = list(combinations(range(5), 2))
    every = {
        edges
        for edges in combinations(pairs, 4)
        if Counter(end for pair in edges for end in pair)
        == {0: 1, 1: 2, 2: 2, 3: 2, 4: 1}
    }
    assert len(every) == 7
    counts: Counter[object] = Counter(
        tuple(sorted(each)) for each in rewired(start, 3500, 6)
    )
    assert set(counts) == every
    assert chi_square(counts, len(every)) < 5


@given(
    st.sets(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
        max_size=16,
    ),
    st.integers(0, 9),
)
@settings(max_examples=40, deadline=None)
def test_rewiring_keeps_every_degree_and_makes_no_loop(
    edges: set[tuple[int, int]], seed: int
) -> None:
    before = Counter(end for pair in edges for end in pair)
    for each in rewired(sorted(edges), 3, seed):
        assert Counter(end for pair in each for end in pair) == before
        assert len(set(each)) == len(each) == len(edges)
        assert all(a < b for a, b in each)


def test_the_karate_club_is_far_more_modular_than_its_degrees_make_it() -> None:
    """Brandes and others 2008: greatest modularity 0.4198; igraph's Leiden against 500 rewirings gave z 7.7.

    Louvain finds a little less on both sides.
    """
    graph: Any = getattr(nx, "karate_club_graph")()  # noqa: B009  # has no type
    edges: list[tuple[int, int]] = sorted(map(tuple, map(sorted, graph.edges())))
    found = rewiring_test(
        edges, lambda each: best_modularity(each, 34, 1, 3), "modularity", 60, 1
    )
    assert 0.4150 < found.observed <= 0.4198 + 5e-5
    assert found.mean == pytest.approx(0.30, abs=0.015)
    assert 5 < found.z < 10
    assert found.upper == pytest.approx(1 / 61)


def test_marriage_and_business_correlate_as_published() -> None:
    """r = 0.372 in the tutorials of UCINET; p about 0.001 of 20,000 permutations."""
    found = qap_correlation(matrix(MARRIAGE), matrix(BUSINESS), 2000, 1)
    assert found.observed == pytest.approx(0.372, abs=0.0005)
    assert found.upper < 0.005
    assert abs(found.mean) < 0.01


# Thousands of lira, of the same families in the same order: Padgett and Ansell 1993.
WEALTH = [10, 36, 55, 44, 20, 32, 8, 42, 103, 48, 49, 3, 27, 10, 146, 48]


def test_the_p_of_qap_is_that_of_sna() -> None:
    """The reference is qaptest and netlm (qapspp) of sna 2.7.1 for R with 5000 permutations, two-sided by size.

    Twice the smaller tail would be 0.030 for the first and 0.082 for the last.
    """
    apart = np.abs(np.subtract.outer(WEALTH, WEALTH))
    both = np.add.outer(WEALTH, WEALTH)
    marriage, business = matrix(MARRIAGE), matrix(BUSINESS)
    assert qap_correlation(marriage, apart, 5000, 1).p == pytest.approx(
        0.0142, abs=0.006
    )
    assert qap_correlation(business, apart, 5000, 1).p == pytest.approx(0.790, abs=0.03)
    of_apart = mrqap(business, {"marriage": marriage, "apart": apart}, 5000, 1)
    of_both = mrqap(marriage, {"business": business, "both": both}, 5000, 1)
    assert of_apart.coefficients[1].test.p == pytest.approx(0.2884, abs=0.025)
    assert of_both.coefficients[1].t == pytest.approx(2.08725, abs=1e-4)
    assert of_both.coefficients[1].test.p == pytest.approx(0.0532, abs=0.012)


def test_qap_gives_the_share_of_all_permutations() -> None:
    x = np.array(
        [
            [0, 1, 1, 0, 0],
            [1, 0, 1, 0, 0],
            [1, 1, 0, 1, 0],
            [0, 0, 1, 0, 1],
            [0, 0, 0, 1, 0],
        ],
        float,
    )
    y = np.array(
        [
            [0, 1, 0, 0, 1],
            [1, 0, 1, 0, 0],
            [0, 1, 0, 1, 0],
            [0, 0, 1, 0, 0],
            [1, 0, 0, 0, 0],
        ],
        float,
    )
    upper = np.triu_indices(5, 1)
    observed = np.corrcoef(x[upper], y[upper])[0, 1]
    every = [
        np.corrcoef(x[upper], y[np.ix_(order, order)][upper])[0, 1]
        for order in permutations(range(5))
    ]
    share = np.mean([each >= observed - 1e-9 for each in every])
    found = qap_correlation(x, y, 4000, 3)
    assert found.observed == pytest.approx(observed)
    assert found.upper == pytest.approx(share, abs=0.04)


@pytest.mark.parametrize("method", ["dsp", "y"])
def test_mrqap_has_the_coefficients_of_least_squares(method: str) -> None:
    random = np.random.Generator(np.random.PCG64(5))
    one, two, noise = (random.normal(size=(12, 12)) for _ in range(3))
    y = 1 + 2 * one - 3 * two + 0.1 * noise
    found = mrqap(
        y,
        {"one": one, "two": two},
        200,
        1,
        directed=True,
        method="dsp" if method == "dsp" else "y",
    )
    off = ~np.eye(12, dtype=bool)
    design = np.column_stack([np.ones(132), one[off], two[off]])
    expected = np.linalg.lstsq(design, y[off], rcond=None)[0]
    values = [found.intercept, *(each.value for each in found.coefficients)]
    np.testing.assert_allclose(values, expected, atol=1e-9)
    assert found.r_squared > 0.99
    assert all(each.test.p < 0.02 for each in found.coefficients)


def test_double_semi_partialing_keeps_its_level_where_predictors_are_correlated() -> (
    None
):
    """The second predictor has no effect of its own: about a twentieth of tests may say that it has."""
    random = np.random.Generator(np.random.PCG64(8))
    found = 0
    for trial in range(60):
        effects = random.normal(size=(2, 10))
        one = np.add.outer(effects[0], effects[0])
        two = one + random.normal(size=(10, 10))
        y = one + np.add.outer(effects[1], effects[1]) + random.normal(size=(10, 10))
        sym = [each + each.T for each in (y, one, two)]
        test = mrqap(sym[0], {"one": sym[1], "two": sym[2]}, 60, trial)
        found += test.coefficients[1].test.p <= 0.05
    assert found <= 10


def test_a_predictor_that_follows_from_the_others_is_refused() -> None:
    x = matrix(BUSINESS)
    with pytest.raises(Untestable, match="follows"):
        mrqap(matrix(MARRIAGE), {"a": x, "b": 2 * x}, 10)
    with pytest.raises(Untestable, match="equal"):
        qap_correlation(x, np.ones((16, 16)), 10)
    with pytest.raises(Untestable, match="same bodies"):
        qap_correlation(x, np.eye(4), 10)
    with pytest.raises(Untestable, match="draws"):
        qap_correlation(x, x, 0)


def davis() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Davis's women and their events, as networkx ships them."""
    graph: Any = getattr(nx, "davis_southern_women_graph")()  # noqa: B009  # has no type
    women, events = graph.graph["top"], graph.graph["bottom"]
    return np.array([[graph.has_edge(w, e) for e in events] for w in women])


def test_cell_probabilities_have_the_margins_of_the_table() -> None:
    table = davis()
    cells = margins_probabilities(table)
    assert table.sum() == 89
    np.testing.assert_allclose(cells.sum(axis=0), table.sum(axis=0), atol=1e-6)
    np.testing.assert_allclose(cells.sum(axis=1), table.sum(axis=1), atol=1e-6)


def test_sdsm_is_what_drawing_independent_cells_gives() -> None:
    table = davis()
    cells = margins_probabilities(table)
    observed = table.astype(int) @ table.T.astype(int)
    random = np.random.Generator(np.random.PCG64(2))
    at_least = np.zeros((18, 18))
    for _ in range(3000):
        each = (random.random(table.shape) < cells).astype(int)
        at_least += each @ each.T >= observed
    off = ~np.eye(18, dtype=bool)
    np.testing.assert_allclose(sdsm(table)[off], at_least[off] / 3000, atol=0.04)


def test_certain_rows_and_columns_stay_certain() -> None:
    table = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.bool_)
    np.testing.assert_array_equal(margins_probabilities(table), table.astype(float))


def test_fixing_margins_exactly_finds_more_women_who_meet_than_fixing_them_on_average() -> (
    None
):
    """Neal, Domagalski and Sagan 2021 find the stochastic null the more careful one."""
    names = tuple(map(str, range(18)))
    kept = {
        null: backbone(
            names,
            davis(),
            "fdsm" if null == "fdsm" else "sdsm",
            correction="none",
            n=500,
        )
        for null in ("fdsm", "sdsm")
    }
    assert len(kept["fdsm"].pairs) > len(kept["sdsm"].pairs)
    # Evelyn and Theresa, who went to seven events together of eight each.
    assert kept["fdsm"].meetings[0, 2] == 7 or kept["fdsm"].meetings[0, 3] == 7


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_corrections_only_raise_and_keep_the_order(p: list[float]) -> None:
    order = np.argsort(p, kind="stable")
    for how in ("none", "bonferroni", "holm", "fdr"):
        raised = adjusted(p, how)
        assert (raised >= np.array(p) - 1e-12).all()
        assert (np.diff(raised[order]) >= -1e-12).all()
    assert (adjusted(p, "fdr") <= adjusted(p, "holm") + 1e-12).all()
    assert (adjusted(p, "holm") <= adjusted(p, "bonferroni") + 1e-12).all()


def grouped(pairs: list[str], groups: dict[str, str]) -> Network:
    """A network of bodies whose strand is given by key."""
    bodies = {
        key: body(key, strand=code("sector", strand)) for key, strand in groups.items()
    }
    ties = [
        tie(f"t{n:02}", [bodies[key] for key in pair]) for n, pair in enumerate(pairs)
    ]
    return network(bodies.values(), ties)


WORLD = grouped(
    ["ab", "bc", "ac", "cd", "de", "ef", "df"],
    {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y"},
)


def test_mixing_gives_the_share_of_all_ways_to_deal_out_the_labels() -> None:
    dyads = select(WORLD)
    ei, assortativity = mixing_test(dyads, n=4000)
    keys = "abcdef"
    edges = [
        (keys.index(a), keys.index(b))
        for a, b in ("ab", "bc", "ac", "cd", "de", "ef", "df")
    ]
    every = [
        2 * np.mean([(a in chosen) != (b in chosen) for a, b in edges]) - 1
        for chosen in combinations(range(6), 3)
    ]
    assert ei.observed == pytest.approx(-5 / 7)
    assert ei.mean == pytest.approx(float(np.mean(every)), abs=0.03)
    share = np.mean([each <= -5 / 7 + 1e-9 for each in every])
    assert ei.lower == pytest.approx(share, abs=0.03)
    known = mixing(dyads)
    assert ei.observed == pytest.approx(known.ei_index)
    assert assortativity.observed == pytest.approx(known.assortativity)


pairs_of_keys = st.lists(
    st.lists(st.sampled_from("abcdef"), min_size=2, max_size=2, unique=True),
    min_size=1,
    max_size=10,
)


@given(pairs_of_keys, st.lists(st.sampled_from("xyz"), min_size=6, max_size=6))
@settings(max_examples=30, deadline=None)
def test_brokerage_counts_are_those_of_the_measure(
    pairs: list[list[str]], strands: list[str]
) -> None:
    made = grouped(
        ["".join(pair) for pair in pairs], dict(zip("abcdef", strands, strict=True))
    )
    dyads = select(made)
    try:
        found = brokerage_test(dyads, n=5)
    except Untestable:
        return
    assert len(found) == brokerage_tests(dyads)
    known = brokerage(dyads)
    for place, node in enumerate(known.nodes):
        for role in Role:
            mirrored = role is Role.REPRESENTATIVE  # without direction, of the other
            test = found.get((node, str(Role.GATEKEEPER if mirrored else role)))
            assert (test.observed if test else 0) == known.counts[role][place]
    assert set(ROLES) == set(map(str, Role))


def test_one_group_leaves_nothing_to_deal_out() -> None:
    with pytest.raises(Untestable, match="fewer than two groups"):
        mixing_test(select(network_of(["ab", "bc"])))


def test_only_a_two_mode_network_has_a_table() -> None:
    with pytest.raises(Untestable, match="two-mode"):
        incidence(select(WORLD))
    rows, table = incidence(select(WORLD, Rules(dyads=Joining.TWO_MODE)))
    assert table.shape == (6, 7)
    assert len(rows) == 6
    assert table.sum() == 14


def test_an_observed_value_counts_among_its_draws() -> None:
    found = held_against("ei", "labels", 5.0, [1, 2, 3], 1)
    assert (found.upper, found.lower, found.p) == (1 / 4, 1.0, 1 / 2)
    assert "Too few draws to tell" in found.say("en")
    assert "Terlalu sedikit tarikan" in found.say("id")
