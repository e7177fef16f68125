"""Shortest paths counted in tables against networkx, which goes node by node."""

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import network_of
from simpul.analysis import Dyads, Joining, Rules, select
from simpul.analysis.measures import Asked, Case, measure, sampled_sources

SAMPLES: Any = nx  # its functions are typed in part
WEIGHTS = (1 / 3, 1.0, 0.5, 2.0)


@st.composite
def weighted(draw: st.DrawFn) -> Dyads:
    """A network of up to nine nodes with pairs of a few weights, so that many paths are equally long."""
    directed = draw(st.booleans())
    dyads = select(
        network_of([], isolates="abcdefghi"[: draw(st.integers(2, 9))]),
        Rules(directed=directed),
    )
    n = len(dyads.nodes)
    every = [
        (a, b) for a in range(n) for b in range(n) if (a != b if directed else a < b)
    ]
    pairs = sorted(draw(st.sets(st.sampled_from(every))))
    weights = [draw(st.sampled_from(WEIGHTS)) for _ in pairs]
    source, target = np.array(pairs, np.int64).reshape(-1, 2).T
    tie = np.zeros(len(pairs), np.int64)
    return replace(
        dyads, tie=tie, source=source, target=target, weight=np.array(weights, float)
    )


def by_networkx(dyads: Dyads, found: Any) -> list[float]:
    return [float(found[node]) for node in range(len(dyads.nodes))]


@given(weighted())
@settings(max_examples=150, deadline=None)
def test_paths_are_those_of_networkx(dyads: Dyads) -> None:
    case = Case(dyads)
    n = case.n
    expected = {
        "betweenness": nx.betweenness_centrality(case.graph),
        "betweenness_by_strength": nx.betweenness_centrality(
            case.graph, weight="distance"
        ),
        "closeness": SAMPLES.closeness_centrality(case.graph),
    }
    for name, found in expected.items():
        ours = list(measure(dyads, name, "networkx").values.values())
        np.testing.assert_allclose(
            ours, by_networkx(dyads, found), rtol=1e-12, atol=1e-14, err_msg=name
        )
    harmonic = list(measure(dyads, "harmonic", "networkx").values.values())
    near = by_networkx(dyads, SAMPLES.harmonic_centrality(case.graph))
    np.testing.assert_allclose(harmonic, np.array(near) / (n - 1), rtol=1e-12)


@given(weighted(), st.integers(1, 4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_paths_from_a_sample_are_those_of_networkx(
    dyads: Dyads, sources: int, by_strength: bool
) -> None:
    case = Case(dyads)
    n = case.n
    chosen = sampled_sources(n, Asked(seed=3, sources=sources))
    found = nx.betweenness_centrality_subset(
        case.graph,
        chosen,
        list(range(n)),
        weight="distance" if by_strength else None,
    )
    both_ways = 1 if dyads.rules.directed else 2
    scale = both_ways * n / len(chosen) / max((n - 1) * (n - 2), 1)
    name = "betweenness_by_strength" if by_strength else "betweenness"
    ours = measure(dyads, name, "networkx", seed=3, sources=sources).values
    expected = np.array(by_networkx(dyads, found)) * scale
    np.testing.assert_allclose(list(ours.values()), expected, rtol=1e-12, atol=1e-14)


@given(
    st.lists(
        st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True),
        min_size=2,
        max_size=7,
    )
)
@settings(max_examples=60, deadline=None)
def test_two_mode_paths_are_those_of_networkx(groups: list[list[str]]) -> None:
    dyads = select(network_of(groups, isolates="z"), Rules(dyads=Joining.TWO_MODE))
    case, top = Case(dyads), range(len(dyads.bodies))
    expected = {
        "two_mode_betweenness": nx.bipartite.betweenness_centrality(case.graph, top),
        "two_mode_closeness": nx.bipartite.closeness_centrality(case.graph, top),
    }
    for name, found in expected.items():
        ours = list(measure(dyads, name).values.values())
        assert ours == pytest.approx(by_networkx(dyads, found), rel=1e-12, abs=1e-14)


def test_a_long_way_round_is_not_a_shortest_path() -> None:
    """Whole numbers keep three thirds as long as one: by rounded fractions one of the two ways would be lost."""
    dyads = select(network_of([], isolates="abcde"), Rules())
    # a-b-c-d by three steps of length 3 each, a-e-d by two of length 4 and 5: 9 both ways.
    lengths = {(0, 1): 3, (1, 2): 3, (2, 3): 3, (0, 4): 4, (3, 4): 5}
    made = replace(
        dyads,
        tie=np.zeros(5, np.int64),
        source=np.array([a for a, _ in lengths]),
        target=np.array([b for _, b in lengths]),
        weight=np.array([1 / each for each in lengths.values()]),
    )
    found = measure(made, "betweenness_by_strength", "networkx").values
    paths = {node[-1]: value * 12 / 2 for node, value in found.items()}
    # Pairs through each: b has a-c and half of a-d, and so on; counted by hand.
    assert paths == pytest.approx({"a": 1.0, "b": 1.5, "c": 1.5, "d": 1.0, "e": 0.5})
