"""Measures against published values, and properties that must hold for every network."""

import time

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import body, code, network, network_of, tie
from simpul.analysis import (
    MEASURES,
    Network,
    UnknownMeasure,
    most_central,
    projection,
    ranks,
)

# Wasserman and Faust 1994, Social Network Analysis, table 5.1: marriage ties of Padgett's sixteen
# families, the isolate Pucci included; degree over n-1, and standardised betweenness.
FLORENTINE = {
    "Acciaiuoli": (0.067, 0.000),
    "Albizzi": (0.200, 0.184),
    "Barbadori": (0.133, 0.081),
    "Bischeri": (0.200, 0.090),
    "Castellani": (0.200, 0.048),
    "Ginori": (0.067, 0.000),
    "Guadagni": (0.267, 0.221),
    "Lamberteschi": (0.067, 0.000),
    "Medici": (0.400, 0.452),
    "Pazzi": (0.067, 0.000),
    "Peruzzi": (0.200, 0.019),
    "Pucci": (0.000, 0.000),
    "Ridolfi": (0.200, 0.098),
    "Salviati": (0.133, 0.124),
    "Strozzi": (0.267, 0.089),
    "Tornabuoni": (0.200, 0.079),
}

cliques = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=4, unique=True),
    max_size=9,
)


def by_key(made: Network, name: str) -> dict[str, float]:
    values = MEASURES[name](projection(made))
    return {each.key: values[each.iri] for each in made.bodies}


def pairs_of(sample: str) -> list[tuple[str, str]]:
    """The edges of one of the sample graphs of networkx, as keys; its stubs leave these untyped."""
    graph: nx.Graph[str] = getattr(nx, sample)()
    return sorted((str(a), str(b)) for a, b in graph.edges())


def florentine() -> Network:
    return network_of(pairs_of("florentine_families_graph"), isolates=["Pucci"])


@pytest.mark.parametrize("family", FLORENTINE)
def test_florentine_families_have_their_published_values(family: str) -> None:
    made = florentine()
    partners, share = FLORENTINE[family]
    assert by_key(made, "degree")[family] / 15 == pytest.approx(partners, abs=0.0005)
    assert by_key(made, "betweenness")[family] == pytest.approx(share, abs=0.0005)


def test_the_medici_lead_the_florentine_families() -> None:
    first = most_central(florentine(), 3, by="betweenness").rows
    assert [row.body.key for row in first] == ["Medici", "Guadagni", "Albizzi"]


def test_the_karate_club_has_its_published_values() -> None:
    """Zachary 1977; member 34 has 17 partners, member 1 stands on 231.07 shortest paths.

    The latter is the figure that igraph and sna print for this graph without weights.
    """
    made = network_of(pairs_of("karate_club_graph"))
    assert by_key(made, "degree")["33"] == 17
    pairs = 33 * 32 / 2
    assert by_key(made, "betweenness")["0"] * pairs == pytest.approx(231.07, abs=0.005)


def test_the_centre_of_a_star_stands_between_all_others() -> None:
    """Freeman 1978: the centre of a star has the largest degree and betweenness there can be."""
    made = network_of([("hub", rim) for rim in "abcd"])
    assert by_key(made, "degree") == {"hub": 4, "a": 1, "b": 1, "c": 1, "d": 1}
    assert by_key(made, "betweenness")["hub"] == 1
    assert by_key(made, "betweenness")["a"] == 0


def test_parallel_ties_are_one_partner_but_more_strength() -> None:
    made = network_of([("a", "b"), ("a", "b"), ("b", "c")])
    assert by_key(made, "degree") == {"a": 1, "b": 2, "c": 1}
    assert by_key(made, "strength") == {"a": 2, "b": 3, "c": 1}


def test_a_tie_of_four_gives_each_party_a_strength_of_one() -> None:
    made = network_of(["abcd"])
    assert by_key(made, "strength") == pytest.approx(dict.fromkeys("abcd", 1))
    assert by_key(made, "degree") == dict.fromkeys("abcd", 3)


def test_a_strong_detour_beats_a_weak_direct_tie_only_by_strength() -> None:
    """By hand: a-c directly is 1 long; by b, where each pair has three ties, it is 2/3 long."""
    made = network_of([("a", "b")] * 3 + [("b", "c")] * 3 + [("a", "c")])
    assert by_key(made, "betweenness")["b"] == 0
    assert by_key(made, "betweenness_by_strength")["b"] == 1


def test_equally_long_paths_share_even_where_rounded_fractions_would_differ() -> None:
    """By hand: a to d is 1/10 + 1/5 long by b, 1/4 + 1/20 by c, both 3/10, so each has half of it.

    As floating numbers the two sums differ. From b to c the way leads by d.
    """
    times = {("a", "b"): 10, ("b", "d"): 5, ("a", "c"): 4, ("c", "d"): 20}
    assert 1 / 10 + 1 / 5 != 1 / 4 + 1 / 20
    made = network_of([pair for pair, n in times.items() for _ in range(n)])
    assert by_key(made, "betweenness_by_strength") == pytest.approx(
        {"a": 0, "b": 0.5 / 3, "c": 0.5 / 3, "d": 1 / 3}
    )


def test_shared_ranks_are_shown_as_shared_and_never_cut() -> None:
    ranking = most_central(network_of(["ab", "cd", "ce"]), 2)
    assert [(row.rank, row.shared, row.body.key) for row in ranking.rows] == [
        (1, False, "c"),
        (2, True, "a"),
        (2, True, "b"),
        (2, True, "d"),
        (2, True, "e"),
    ]


def test_ranking_many_bodies_takes_no_longer_for_each() -> None:
    """The square of so many bodies would be minutes of counting."""
    values = {f"{n:06}": float(n % 7_000) for n in range(70_000)}
    begun = time.process_time()
    ranked = list(ranks(values))
    assert time.process_time() - begun < 5
    assert [rank for rank, _, _ in ranked[::10]] == list(range(1, 70_001, 10))
    assert all(shared for _, shared, _ in ranked)


def test_bodies_without_a_tie_are_not_ranked() -> None:
    ranking = most_central(network_of(["ab"], isolates=["z"]))
    assert {row.body.key for row in ranking.rows} == {"a", "b"}
    assert ranking.scope.isolates == 1


def test_the_scope_says_why_each_tie_was_left_out() -> None:
    a, b = body("a"), body("b")
    talk = code("tie-type", "discourse")
    made = network(
        [a, b],
        [
            tie("t1", [a, b]),
            tie("t2", [a, b], status=code("claim-status", "disputed")),
            tie("t3", [a, b], modality=code("modality", "planned")),
            tie("t4", [a, b], layer=talk),
            tie("t5", [a, b], modality=None),
        ],
    )
    scope = most_central(made).scope
    assert (scope.ties, scope.used) == (5, 2)
    assert (scope.not_accepted, scope.not_realised, scope.talk_or_conflict) == (1, 1, 1)
    assert scope.say("en").startswith("Counted: 2 of 5 ties")
    assert scope.say("id").startswith("Dasar hitungan: 2 dari 5 ikatan")


def test_an_unknown_measure_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownMeasure, match="did you mean 'betweenness'"):
        most_central(network_of(["ab"]), by="betweeness")


def test_an_empty_network_has_no_central_body() -> None:
    assert most_central(Network((), (), ())).rows == ()


@given(cliques)
def test_measures_ignore_renaming(groups: list[list[str]]) -> None:
    other = dict(zip("abcdefgh", "hgfedcba", strict=True))
    made = network_of(groups, isolates="abcdefgh")
    renamed = network_of(
        [[other[key] for key in group] for group in groups], isolates="abcdefgh"
    )
    for name in MEASURES:
        before, after = by_key(made, name), by_key(renamed, name)
        for key, value in before.items():
            assert after[other[key]] == pytest.approx(value)


@given(cliques)
def test_measures_stay_in_their_bounds(groups: list[list[str]]) -> None:
    made = network_of(groups, isolates="abcdefgh")
    graph = projection(made)
    ties_of = {
        each.iri: sum(
            each.iri in {party.body for party in one.participants} for one in made.ties
        )
        for each in made.bodies
    }
    for iri, partners in MEASURES["degree"](graph).items():
        assert 0 <= partners <= 7
        assert MEASURES["strength"](graph)[iri] == pytest.approx(ties_of[iri])
    for name in ("betweenness", "betweenness_by_strength"):
        assert all(0 <= value <= 1 + 1e-12 for value in MEASURES[name](graph).values())


@given(cliques)
def test_strength_changes_nothing_where_every_pair_is_equally_strong(
    groups: list[list[str]],
) -> None:
    pairs = {tuple(sorted(group[:2])) for group in groups}
    made = network_of(sorted(pairs), isolates="abcdefgh")
    weighted = by_key(made, "betweenness_by_strength")
    assert by_key(made, "betweenness") == pytest.approx(weighted)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 4).map(float), max_size=8))
def test_ranks_count_how_many_are_better(values: dict[str, float]) -> None:
    for rank, shared, name in ranks(values):
        assert rank == 1 + sum(other > values[name] for other in values.values())
        assert shared == (list(values.values()).count(values[name]) > 1)
