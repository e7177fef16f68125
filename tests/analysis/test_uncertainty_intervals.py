"""Networks drawn from how sure ties are, intervals over them, and what hangs on one origin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import body, code, evidence, network, network_of, tie
from simpul.analysis import Dyads, Joining, Network, Parallel, Rules, Stance, select
from simpul.analysis.measures import MEASURES, Level, measurable, measure
from simpul.analysis.uncertainty import (
    BATCHED,
    Prior,
    UnknownFamily,
    UnknownIntervalMeasure,
    UnusableDraw,
    Verdict,
    brokerage_intervals,
    drawn_values,
    drop_family,
    families_of,
    intervals,
    intervals_of,
    mixing_intervals,
    network_intervals,
    observed_values,
    one_by_one,
    ranks_of,
    sample,
    sensitivity,
    values_of,
)
from simpul.ontology import LANGUAGES

STAR = network_of([("hub", rim) for rim in "abcdef"], isolates=["alone"])
cliques = st.lists(
    st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=4, unique=True),
    min_size=1,
    max_size=12,
)


RULES = [Rules(), Rules(directed=True), Rules(dyads=Joining.TWO_MODE)]


def many(dyads: Dyads) -> tuple[str, ...]:
    """The measures of this network that a batch has."""
    return tuple(name for name in measurable(dyads, Level.NODE) if name in BATCHED)


@given(cliques, st.sampled_from(RULES), st.sampled_from(list(Parallel)))
@settings(max_examples=40, deadline=None)
def test_a_batch_of_one_is_the_measure_of_the_registry(
    groups: list[list[str]], rules: Rules, parallel: Parallel
) -> None:
    made = network_of(groups, isolates=["alone"])
    dyads = select(made, replace(rules, parallel=parallel))
    draws, names = sample(dyads, 1), many(dyads)
    together, alone = observed_values(draws, names), one_by_one([dyads], names)
    for name in names:
        np.testing.assert_allclose(together[name], alone[name], atol=2e-6, err_msg=name)


@given(cliques, st.integers(0, 99), st.sampled_from(RULES))
@settings(max_examples=15, deadline=None)
def test_the_batched_and_the_general_way_agree_on_the_same_draws(
    groups: list[list[str]], seed: int, rules: Rules
) -> None:
    """So networks side by side do not touch."""
    dyads = select(network_of(groups, isolates=["alone"]), rules)
    draws = sample(dyads, 5, seed, probability=np.full(len(dyads.ties), 0.6))
    names = many(dyads)
    together = drawn_values(draws, names)
    alone = one_by_one(draws.one_by_one(), names)
    iterated = {"eigenvector", "pagerank"}  # to a stated precision
    for name in names:
        np.testing.assert_allclose(
            together[name],
            alone[name],
            rtol=1e-12,
            atol=2e-6 if name in iterated else 1e-14,
            err_msg=name,
        )


@pytest.mark.parametrize("rules", RULES, ids=["plain", "directed", "two-mode"])
def test_every_measure_of_bodies_has_an_interval_that_certain_ties_close(
    rules: Rules,
) -> None:
    made = network_of(["abc", "cd", "de", "ef", "fc"], isolates=["alone"])
    dyads = select(made, rules)
    names = measurable(dyads, Level.NODE)
    sure = intervals(dyads, names, 4, probability=np.ones(len(dyads.ties)))
    assert set(sure.rows) == set(names)
    for name, rows in sure.rows.items():
        figures = measure(dyads, name).values
        for row in rows:
            assert row.low == row.high == row.median, name
            assert row.value == pytest.approx(
                figures[row.body.iri], abs=2e-6, nan_ok=True
            )
    unsure = intervals(dyads, names, 30, 4)
    assert any(row.low < row.high for row in unsure.rows["degree"])
    assert unsure == intervals(dyads, names, 30, 4)


@pytest.mark.parametrize("rules", RULES[:2], ids=["plain", "directed"])
def test_every_measure_of_the_whole_has_an_interval_that_certain_ties_close(
    rules: Rules,
) -> None:
    dyads = select(network_of(["abc", "cd", "de", "ef", "fc"], isolates=["z"]), rules)
    whole = tuple(
        name for name in measurable(dyads) if MEASURES[name].level is not Level.NODE
    )
    sure = network_intervals(sample(dyads, 3, probability=np.ones(5)), whole)
    assert {measured for measured, _ in sure} == set(whole)
    for (name, figure), each in sure.items():
        expected = measure(dyads, name).values[figure]
        assert each.value == pytest.approx(expected, nan_ok=True)
        if each.undefined == 0:
            assert each.low == each.high == each.median == pytest.approx(expected)
    drawn = sample(dyads, 40, 2)
    unsure = network_intervals(drawn, ("density",))["density", "density"]
    by_hand = [
        measure(each, "density").values["density"] for each in drawn.one_by_one()
    ]
    assert unsure.low == pytest.approx(np.quantile(by_hand, 0.025))
    assert unsure.high == pytest.approx(np.quantile(by_hand, 0.975))


def test_roles_and_mixing_have_intervals_that_hold_their_counts() -> None:
    keys = {
        key: body(key, strand=code("sector", "state" if key in "ab" else "business"))
        for key in "abcd"
    }
    pairs = ["ab", "bc", "cd", "bd"]
    dyads = select(
        network(keys.values(), [tie(p, [keys[p[0]], keys[p[1]]]) for p in pairs])
    )
    draws = sample(dyads, 400, 5)
    roles = brokerage_intervals(draws)
    total = roles[keys["b"].iri, "total"]
    # Without c-d there is a third open pair around b, each counted both ways.
    assert (total.value, total.low, total.high) == (4.0, 0.0, 6.0)
    mixed = mixing_intervals(draws)
    assert mixed["pairs", "business", "state"].value == 2
    assert mixed["ei_index",].low <= mixed["ei_index",].value == 0
    sure = sample(dyads, 2, probability=np.ones(4))
    for every in (brokerage_intervals(sure), mixing_intervals(sure)):
        assert all(each.low == each.high == each.value for each in every.values())


def test_a_figure_that_a_draw_lacks_is_counted_and_left_out() -> None:
    dyads = select(network_of(["ab"]))
    draws = sample(dyads, 100, 1, probability=np.array([0.5]))
    found = mixing_intervals(draws)["ei_index",]
    assert 0 < found.undefined < 100
    assert found.low == found.high == found.value == -1


def test_a_tie_of_four_comes_and_goes_as_a_whole() -> None:
    draws = sample(select(network_of(["abcd", "ef"])), 200, 5)
    (batch,) = draws.batches()
    degree = values_of(batch, ("degree",))["degree"]
    assert set(degree[:, 0]) == {0, 3}
    assert (degree[:, :4] == degree[:, :1]).all()


def test_the_same_seed_draws_the_same_networks_and_another_does_not() -> None:
    dyads = select(STAR)
    assert (sample(dyads, 50, 7).present == sample(dyads, 50, 7).present).all()
    assert (sample(dyads, 50, 7).present != sample(dyads, 50, 8).present).any()


def test_ties_are_drawn_as_often_as_they_are_likely() -> None:
    draws = sample(select(STAR), 20_000, 2)
    # 8/9 each; five standard errors.
    assert np.abs(draws.present.mean(axis=0) - 8 / 9).max() < 5 * 0.0023


def test_certain_ties_leave_no_interval() -> None:
    dyads = select(STAR)
    found = intervals(dyads, n=20, probability=np.ones(len(dyads.ties)))
    assert found.certain == 6
    for rows in found.rows.values():
        for row in rows:
            assert row.low == row.high == row.median == pytest.approx(row.value)
            assert row.rank_low == row.rank_high == row.rank
    hub = found.rows["betweenness"][0]
    assert (hub.body.key, hub.first, hub.verdict) == ("hub", 1.0, Verdict.FIRST)


def corroborated(origins: int) -> Network:
    """A star of which every tie has so many origins."""
    bodies = [body(key) for key in ("hub", *"abcdef")]
    return network(
        bodies,
        [
            tie(
                f"t{other.key}",
                [bodies[0], other],
                evidence=tuple(
                    evidence(f"{other.key}{n}", Stance.SUPPORTS) for n in range(origins)
                ),
            )
            for other in bodies[1:]
        ],
    )


def test_an_interval_widens_when_corroborating_origins_go() -> None:
    widths: list[float] = []
    for origins in (4, 3, 2, 1):
        (hub, *_) = intervals(select(corroborated(origins)), ("degree",)).rows["degree"]
        assert hub.body.key == "hub"
        widths.append(hub.high - hub.low)
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_dropping_one_of_two_origins_widens_the_interval_of_that_tie_only() -> None:
    dyads = select(corroborated(2))
    root = dyads.ties[0].evidence[0].root or ""
    less = drop_family(dyads, root)
    before, after = sample(dyads, 4000, 3).present, sample(less, 4000, 3).present
    assert (before[:, 1:] == after[:, 1:]).all()
    assert after[:, 0].mean() < before[:, 0].mean()


def test_equals_in_the_first_place_are_first_each_and_said_so_by_one_number() -> None:
    drawn = sample(select(network_of(["ab", "bc", "cd", "de"])), 300, 1)
    values = drawn_values(drawn, ("degree",))["degree"]
    best = values.max(axis=1, keepdims=True)
    found = intervals_of(drawn, ("degree",))
    for row in found.rows["degree"]:
        column = values[:, drawn.dyads.bodies.index(row.body)]
        leads = float(((column == best[:, 0]) & (column > 0)).mean())
        assert row.first == pytest.approx(leads)
        assert f"{leads:.0%}" in row.say("degree", "en")
    assert sum(row.first for row in found.rows["degree"]) > 1.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ring_of_equals_says_that_the_data_cannot_tell(language: str) -> None:
    ring = [(str(n), str((n + 1) % 20)) for n in range(20)]
    found = intervals(select(network_of(ring)), ("betweenness",), 300)
    assert {row.verdict for row in found.rows["betweenness"]} == {Verdict.CANNOT_TELL}
    said = found.conclusion("betweenness", "en" if language == "en" else "id")
    assert ("cannot tell" in said) == (language == "en")
    assert ("tidak dapat memastikan" in said) == (language == "id")


@pytest.mark.parametrize(
    ("ranks", "first", "said"),
    [
        ((2, 2), 0.0, "rank 2 in 95% of draws; first in none of 1000 draws"),
        ((2, 4), 0.004, "rank 2 to 4 in 95% of draws; first in less than 1% of draws"),
        ((1, 2), 0.88, "rank 1 to 2 in 95% of draws; first in 88% of draws"),
        ((1, 1), 0.996, "first by degree in more than 99% of draws (rank 1 in 95%"),
        ((1, 1), 1.0, "first by degree in 100% of draws (rank 1 in 95%"),
    ],
)
def test_a_rank_is_told_without_a_span_of_one_or_a_share_rounded_to_nothing(
    ranks: tuple[int, int], first: float, said: str
) -> None:
    (row, *_) = intervals(select(STAR), ("degree",), 1000).rows["degree"]
    low, high = ranks
    told = replace(row, rank_low=low, rank_high=high, first=first).say("degree", "en")
    assert said in told


def test_what_cannot_be_drawn_is_refused_with_a_way_out() -> None:
    dyads = select(STAR)
    with pytest.raises(UnusableDraw, match="1 or more"):
        sample(dyads, 0)
    with pytest.raises(UnusableDraw, match="seed"):
        sample(dyads, 5, -1)
    with pytest.raises(UnusableDraw, match="one probability"):
        sample(dyads, 5, probability=np.full(2, 0.5))
    with pytest.raises(UnknownIntervalMeasure, match="betweenness"):
        intervals(dyads, ("betweeness",), 5)


@pytest.mark.parametrize("joining", list(Joining))
def test_a_network_without_a_tie_has_no_row(joining: Joining) -> None:
    dyads = select(network_of([], isolates=["a", "b"]), Rules(dyads=joining))
    found = intervals(dyads, n=3)
    assert all(rows == () for rows in found.rows.values())
    assert found.conclusion("degree", "en")


def test_ranks_are_shared_and_unknown_values_come_last() -> None:
    table = np.array([[2.0, 3.0, 2.0, np.nan]])
    assert ranks_of(table).tolist() == [[2, 1, 2, 4]]
    assert ranks_of(table, lowest_first=True).tolist() == [[1, 3, 1, 4]]


def test_a_leader_that_hangs_on_one_release_falls_with_it() -> None:
    """All ties of b come from one release; without it a leads."""
    keys = {key: body(key) for key in "abcdefgh"}
    release = (evidence("copy", Stance.SUPPORTS, root="https://x.org/release/r1"),)
    ties = [tie(f"b{o}", [keys["b"], keys[o]], evidence=release) for o in "cdef"]
    ties += [tie(f"a{o}", [keys["a"], keys[o]]) for o in "gh"]
    dyads = select(network(keys.values(), ties))
    found = sensitivity(dyads, "degree")
    assert [each.key for each in found.leaders] == ["b"]
    largest = found.dropped[0]
    assert (largest.family.key, largest.family.ties, len(largest.lost)) == ("r1", 4, 4)
    assert not largest.survives
    assert [each.key for each in largest.leaders] == ["a"]
    assert ("b", 1) in {(moved.key, rank) for moved, rank, _ in largest.moved}
    assert all(each.survives for each in found.dropped[1:])
    # Without their tie c to f share the rank after a, g and h, as isolates do in a table of measures.
    then = {moved.key: after for moved, _, after in largest.moved}
    assert then == {"a": 1, "g": 2, "h": 2, **dict.fromkeys("bcdef", 4)}
    assert "no longer" in found.say("en")


def test_families_that_nothing_rests_on_change_nothing() -> None:
    found = sensitivity(select(corroborated(2)), "degree")
    assert found.dropped == ()
    assert found.harmless == len(families_of(select(corroborated(2)))) == 12
    assert "hub" in found.say("en")


def test_an_unknown_family_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownFamily, match="a0"):
        drop_family(select(corroborated(1)), "aa0")


def test_a_weaker_prior_makes_wider_intervals() -> None:
    sure = intervals(select(STAR), ("degree",), 500, prior=Prior(false_rate=0.001))
    unsure = intervals(select(STAR), ("degree",), 500, prior=Prior(false_rate=0.5))
    (one, *_), (two, *_) = sure.rows["degree"], unsure.rows["degree"]
    assert one.high - one.low < two.high - two.low
