"""What must hold of every measure on every network, and of both engines."""

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import body, network, network_of, tie
from simpul.analysis import Dyads, Joining, Network, Rules, select
from simpul.analysis.measures import (
    MEASURES,
    Asked,
    Case,
    Engine,
    Groups,
    Level,
    NoSuchMeasure,
    Role,
    UnknownAttribute,
    Unmeasurable,
    brokerage,
    by_year,
    concor,
    definition,
    groups_of,
    has_igraph,
    measurable,
    measure,
    measure_all,
    mixing,
    modularity,
    rand_index,
    robustness,
    sampled_sources,
    title,
)
from simpul.ontology import LANGUAGES

KEYS = "abcdefgh"
groups = st.lists(
    st.lists(st.sampled_from(KEYS), min_size=2, max_size=4, unique=True), max_size=9
)
rules = st.sampled_from([Rules(), Rules(directed=True), Rules(dyads=Joining.TWO_MODE)])
EXACT = [
    name
    for name, each in MEASURES.items()
    if each.level is not Level.PARTITION  # where several partitions are equally good
]


def same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return one == pytest.approx(other, nan_ok=True, abs=1e-9, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(groups, rules)
def test_both_engines_agree(made: list[list[str]], by: Rules) -> None:
    if not has_igraph():
        pytest.skip("igraph is not installed")
    dyads = select(network_of(made, isolates=KEYS), by)
    names = [
        name for name in measurable(dyads) if name in EXACT and MEASURES[name].fast
    ]
    slow = measure_all(dyads, names, "networkx")
    fast = measure_all(dyads, names, "igraph")
    for one, other in zip(slow, fast, strict=True):
        assert (one.engine, other.engine) == (Engine.NETWORKX, Engine.IGRAPH)
        assert same(one.values, other.values), one.measure


@settings(max_examples=25, deadline=None)
@given(groups, rules)
def test_measures_ignore_renaming(made: list[list[str]], by: Rules) -> None:
    other = dict(zip(KEYS, reversed(KEYS), strict=True))
    renamed = [[other[key] for key in group] for group in made]
    first = select(network_of(made, isolates=KEYS), by)
    second = select(network_of(renamed, isolates=KEYS), by)
    names = [name for name in measurable(first) if name in EXACT]
    # The eigenvector of one of several largest components is that of the first by name.
    sizes = np.bincount(Case(first).components)
    if (sizes == sizes.max()).sum() > 1:
        names.remove("eigenvector")
    pairs = zip(measure_all(first, names), measure_all(second, names), strict=True)
    for before, after in pairs:
        # A name ends with its key, and the ties of a two-mode network keep theirs.
        moved = {
            iri if "/tie/" in iri else iri[:-1] + other[iri[-1]]: value
            for iri, value in before.values.items()
            if MEASURES[before.measure].level is Level.NODE
        } or before.values
        assert same(moved, after.values), before.measure


@settings(max_examples=40, deadline=None)
@given(groups, rules)
def test_measures_stay_in_their_bounds(made: list[list[str]], by: Rules) -> None:
    dyads = select(network_of(made, isolates=KEYS), by)
    found = {each.measure: each.values for each in measure_all(dyads)}
    for name in (
        "degree_share",
        "betweenness",
        "betweenness_by_strength",
        "closeness",
        "harmonic",
        "eigenvector",
        "pagerank",
        "efficiency",
    ):
        values = [each for each in found[name].values() if not math.isnan(each)]
        assert all(-1e-12 <= each <= 1 + 1e-12 for each in values), name
    assert sum(found["pagerank"].values()) == pytest.approx(1)
    assert 0 <= found["density"]["density"] <= 1 or not dyads.ties
    assert -0.5 <= found["communities"]["modularity"] <= 1
    for node, size in found["effective_size"].items():
        partners = found["degree"][node]
        if partners:
            assert 1 - 1e-12 <= size <= partners
            assert 0 < found["constraint"][node] <= 1.125 + 1e-9
    if dyads.rules.directed:
        n = len(dyads.nodes)
        assert sum(found["triads"].values()) == n * (n - 1) * (n - 2) / 6


@settings(max_examples=25, deadline=None)
@given(groups)
def test_an_isolate_changes_only_what_is_divided_by_their_number(
    made: list[list[str]],
) -> None:
    few = select(network_of(made))
    more = select(network_of(made, isolates=["zz"]))
    for name in ("degree", "strength", "constraint", "effective_size", "core"):
        before, after = measure(few, name), measure(more, name)
        kept = {iri: after.values[iri] for iri in before.values}
        assert same(before.values, kept)
        assert (after.n, after.isolates) == (before.n + 1, before.isolates + 1)


def test_an_isolate_has_the_value_that_its_measure_states() -> None:
    dyads = select(network_of(["ab"], isolates="z"))
    alone = next(each.iri for each in dyads.bodies if each.key == "z")
    for name in measurable(dyads, Level.NODE):
        value = measure(dyads, name).values[alone]
        if name in ("constraint", "effective_size", "efficiency"):
            assert math.isnan(value)
        elif name != "pagerank":
            assert value == 0


@pytest.mark.parametrize(
    "by", [Rules(), Rules(directed=True), Rules(dyads=Joining.TWO_MODE)]
)
@pytest.mark.parametrize("engine", ["networkx", "igraph"])
@pytest.mark.parametrize("keys", ["", "a", "ab"])
def test_a_network_without_a_tie_has_every_measure(
    by: Rules, engine: str, keys: str
) -> None:
    dyads = select(network_of([], isolates=keys), by)
    for each in measure_all(dyads, engine=engine):
        assert each.n == each.isolates == len(keys)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_two_partitions_that_agree_have_an_index_of_one(labels: list[int]) -> None:
    first = np.array(labels, dtype=np.int64)
    assert rand_index(first, 3 - first) == pytest.approx(1)
    assert rand_index(first, np.zeros_like(first)) <= 1


@settings(max_examples=25, deadline=None)
@given(groups)
def test_one_group_has_no_modularity(made: list[list[str]]) -> None:
    case = Case(select(network_of(made, isolates=KEYS)))
    assert modularity(case, np.zeros(case.n, dtype=np.int64)) == pytest.approx(0)


@given(groups, st.lists(st.sampled_from(["x", "y", None]), min_size=8, max_size=8))
def test_mixing_counts_every_pair_once(
    made: list[list[str]], labels: list[str | None]
) -> None:
    dyads = select(network_of(made, isolates=KEYS))
    found = mixing(dyads, Groups.labelled(labels))
    assert found.inside + found.across + found.missing_pairs == len(dyads.edges.source)
    assert found.groups.missing == labels.count(None)
    assert (found.pairs <= found.possible).all()


@given(groups, st.lists(st.sampled_from("xyz"), min_size=8, max_size=8))
def test_without_direction_brokers_let_in_as_often_as_out(
    made: list[list[str]], labels: list[str]
) -> None:
    found = brokerage(select(network_of(made, isolates=KEYS)), Groups.labelled(labels))
    assert (found.counts[Role.GATEKEEPER] == found.counts[Role.REPRESENTATIVE]).all()


@settings(max_examples=25, deadline=None)
@given(groups)
def test_a_network_never_grows_as_bodies_go(made: list[list[str]]) -> None:
    dyads = select(network_of(made, isolates=KEYS))
    left = robustness(dyads, dyads.nodes).largest
    assert list(left) == sorted(left, reverse=True)
    assert left[-1] == 0
    sizes = np.bincount(Case(dyads).components)
    assert left[0] == pytest.approx(sizes.max() / 8)


@given(st.integers(2, 6), st.integers(0, 5))
def test_rows_that_are_alike_share_a_block(width: int, seed: int) -> None:
    rows = np.random.default_rng(seed).random((3, width))
    blocks = concor(np.vstack([rows, rows]), depth=2)
    assert (blocks[:3] == blocks[3:]).all()


def test_sampled_paths_say_so_and_are_near() -> None:
    draw = np.random.default_rng(5)
    names = [f"n{number:03}" for number in range(120)]
    pairs = [draw.choice(names, 2, replace=False).tolist() for _ in range(360)]
    dyads = select(network_of(pairs, isolates=names))
    for name in ("betweenness", "closeness", "harmonic"):
        exact = measure(dyads, name)
        assert (exact.sampled, exact.seed) == (None, None)
        for engine in ("networkx", "igraph"):
            some = measure(dyads, name, engine, sources=60, seed=3)
            assert (some.sampled, some.seed) == (60, 3)
            assert (
                some.values == measure(dyads, name, engine, sources=60, seed=3).values
            )
            both = np.corrcoef(list(exact.values.values()), list(some.values.values()))
            assert both[0, 1] > 0.8
        assert measure(dyads, name, sources=120).values == exact.values


@pytest.mark.parametrize("engine", ["networkx", "igraph"])
@pytest.mark.parametrize("by", [Rules(), Rules(directed=True)])
def test_sampled_betweenness_is_right_on_average(engine: str, by: Rules) -> None:
    """The mean of the estimates from each single source is the exact value: there is no bias."""
    dyads = select(network_of(["ab", "bc", "cd", "bd", "de"]), by)
    exact = list(measure(dyads, "betweenness", engine).values.values())
    of_source: dict[int, list[float]] = {}
    for seed in range(60):
        (source,) = sampled_sources(5, Asked(seed=seed, sources=1))
        some = measure(dyads, "betweenness", engine, sources=1, seed=seed)
        of_source[source] = list(some.values.values())
    assert len(of_source) == 5
    assert np.mean(list(of_source.values()), axis=0) == pytest.approx(exact)


def test_asking_for_what_is_not_there_is_answered_with_a_way_out() -> None:
    dyads = select(network_of(["ab"]))
    with pytest.raises(NoSuchMeasure, match="did you mean 'betweenness'"):
        measure(dyads, "betweeness")
    with pytest.raises(Unmeasurable, match="directed=True"):
        measure(dyads, "reciprocity")
    with pytest.raises(Unmeasurable, match="TWO_MODE"):
        measure(dyads, "two_mode_degree")
    with pytest.raises(UnknownAttribute, match="did you mean 'sector'"):
        groups_of(dyads, "sektor")


def test_every_measure_has_a_definition_a_source_and_words() -> None:
    for name, each in MEASURES.items():
        assert each.reference
        assert each.compute.__doc__
        for language in LANGUAGES:
            assert title(name, language)
            assert definition(name, language)


def test_a_definition_says_whether_weights_and_direction_count() -> None:
    assert definition("eigenvector", "en").endswith("; weighted")
    assert definition("constraint", "id").endswith("; tanpa bobot")
    aside = definition("degree_assortativity", "en", directed=True)
    assert aside.endswith("direction left aside")
    assert "direction" not in definition("betweenness", "en", directed=True)


@pytest.mark.skipif(not has_igraph(), reason="igraph is not installed")
def test_communities_are_the_same_whether_igraph_is_installed_or_not() -> None:
    ring = [f"{one}{other}" for one, other in pairwise("abcdefghijklmnopqra")]
    dyads = select(network_of([*ring, "ac", "bd", "fh", "gi", "np", "oq"]))
    found = measure(dyads, "communities")
    assert found.engine is Engine.NETWORKX
    assert found.values == measure(dyads, "communities", "networkx").values


def years() -> Network:
    a, b, c = body("a"), body("b"), body("c")
    return network(
        [a, b, c],
        [
            tie("t1", [a, b], start="2001", end="2003", evidence=()),
            tie("t2", [b, c], start="2003", evidence=()),
        ],
    )


def test_a_network_changes_from_year_to_year() -> None:
    """By hand: ab until 2003, bc from then on, of which nothing tells how long."""
    found = by_year(years(), range(2001, 2006), ["degree"])
    told = [(each.attested, each.possible, each.new, each.gone) for each in found]
    assert told == [
        (1, 0, 0, 0),
        (1, 0, 0, 0),
        (2, 0, 1, 0),
        (0, 1, 0, 1),
        (0, 1, 0, 0),
    ]
    assert [each.figures[0].n for each in found] == [3] * 5


def dyads_of(pairs: list[str]) -> Dyads:
    return select(network_of(pairs))


def test_a_strong_pair_is_nearer_with_either_engine() -> None:
    dyads = dyads_of(["ab"] * 3 + ["bc"] * 3 + ["ac"])
    middle = next(each.iri for each in dyads.bodies if each.key == "b")
    for engine in ("networkx", "igraph"):
        assert measure(dyads, "betweenness", engine).values[middle] == 0
        assert measure(dyads, "betweenness_by_strength", engine).values[middle] == 1
