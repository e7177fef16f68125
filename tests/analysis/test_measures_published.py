"""Measures against published values; each names where it was published, or how it was counted."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest

from networks import code, network_of
from simpul.analysis import Dyads, Joining, Link, Network, Parallel, Rules, select
from simpul.analysis.measures import (
    Case,
    Groups,
    Role,
    blockmodel,
    brokerage,
    concor,
    cut_points,
    fragmenting,
    measure,
    mixing,
    multiplex_overlap,
    reaching,
    removal_order,
    robustness,
    shared_ties,
)

SAMPLES: Any = nx  # its stubs leave the sample graphs untyped
ENGINES = ("networkx", "igraph")


def graph_of(sample: str) -> Network:
    graph = getattr(SAMPLES, sample)()
    isolates = ["Pucci"] if sample == "florentine_families_graph" else []
    return network_of(sorted((str(a), str(b)) for a, b in graph.edges()), isolates)


def by_key(dyads: Dyads, name: str, engine: str = "networkx") -> dict[str, float]:
    found = measure(dyads, name, engine).values
    return {each.key: found[each.iri] for each in dyads.bodies if each.iri in found}


def directed(pairs: Iterable[str], isolates: str = "") -> Dyads:
    """A network in which each tie runs from its first letter to its second."""
    given = list(pairs)
    made = network_of(given, isolates)
    ways = {f"tie-{number:03}": pair for number, pair in enumerate(given)}
    links = tuple(
        Link(
            link.tie,
            link.edge,
            made.find_body(ways[made.tie_by_iri[link.tie].key][0]).iri,
            made.find_body(ways[made.tie_by_iri[link.tie].key][1]).iri,
            True,
            1.0,
        )
        for link in made.links
    )
    return select(replace(made, links=links), Rules(directed=True))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_medici_have_their_published_centralities(engine: str) -> None:
    """Wasserman and Faust 1994, tables 5.1 and 5.5, with the isolate Pucci: degree, betweenness.

    Closeness is from the fifteen connected families, 0.560 there, times the share 14/15 reached.
    """
    dyads = select(graph_of("florentine_families_graph"))
    share, between, near = (
        by_key(dyads, name, engine)
        for name in ("degree_share", "betweenness", "closeness")
    )
    assert share["Medici"] == pytest.approx(0.400, abs=0.0005)
    assert between["Medici"] == pytest.approx(0.452, abs=0.0005)
    assert near["Medici"] == pytest.approx(0.560 * 14 / 15, abs=0.0005)
    assert near["Pucci"] == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_the_florentine_families_have_their_published_centralisation(
    engine: str,
) -> None:
    """Wasserman and Faust 1994, ch. 5, sixteen families: degree 0.267, betweenness 0.383."""
    dyads = select(graph_of("florentine_families_graph"))
    found = measure(dyads, "centralisation", engine).values
    assert found["degree"] == pytest.approx(0.267, abs=0.0005)
    assert found["betweenness"] == pytest.approx(0.383, abs=0.0005)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_example_of_burt_has_its_published_holes(engine: str) -> None:
    """The example of Burt 1992 in Borgatti 1997: effective size of G 4.67, efficiency 0.78.

    Constraint of G 0.400 and A 0.595, as the tests of networkx and igraph have them.
    """
    pairs = ["AB", "AE", "AF", "AG", "BD", "BG", "CG", "DG", "EG", "FG"]
    dyads = select(network_of(pairs))
    assert by_key(dyads, "effective_size", engine)["G"] == pytest.approx(
        4.67, abs=0.005
    )
    assert by_key(dyads, "efficiency", engine)["G"] == pytest.approx(0.78, abs=0.005)
    constraint = by_key(dyads, "constraint", engine)
    assert constraint["G"] == pytest.approx(0.400, abs=0.0005)
    assert constraint["A"] == pytest.approx(0.595, abs=0.0005)


@pytest.mark.parametrize(
    ("sample", "best", "groups"),
    [
        # The optimum, proven by Brandes and others 2008, IEEE Trans. Knowl. Data Eng. 20, 172-188.
        ("karate_club_graph", 0.4198, 4),
        # Found by every heuristic compared in Newman and Girvan 2004 and later; counted here.
        ("les_miserables_graph", 0.5600, 6),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_communities_reach_the_best_known_modularity(
    sample: str, best: float, groups: int, engine: str
) -> None:
    found = measure(select(graph_of(sample)), "communities", engine)
    assert found.values["modularity"] == pytest.approx(best, abs=0.0005)
    assert found.values["communities"] == groups
    assert 0.6 < found.values["stability"] <= 1


def test_the_karate_club_mixes_by_degree_as_published() -> None:
    """-0.476, Newman 2002 and every later table of this graph."""
    found = measure(select(graph_of("karate_club_graph")), "degree_assortativity")
    assert found.values["degree_assortativity"] == pytest.approx(-0.476, abs=0.0005)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_karate_club_has_ten_members_in_its_innermost_core(engine: str) -> None:
    """Cores of this graph: ten members have 4, as igraph and sna print."""
    found = by_key(select(graph_of("karate_club_graph")), "core", engine)
    assert sum(value == 4 for value in found.values()) == 10


def davis() -> Dyads:
    graph = SAMPLES.davis_southern_women_graph()
    women = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
    events = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 1]
    parties = [[w for w in women if graph.has_edge(w, event)] for event in events]
    return select(network_of(parties), Rules(dyads=Joining.TWO_MODE))


@pytest.mark.parametrize(
    ("name", "evelyn", "e8"),
    [
        ("two_mode_degree", 0.57, 0.78),
        ("two_mode_closeness", 0.80, 0.85),
        ("two_mode_betweenness", 0.10, 0.24),
    ],
)
def test_the_southern_women_have_their_published_two_mode_centralities(
    name: str, evelyn: float, e8: float
) -> None:
    """Borgatti and Halgin 2011, Analyzing Affiliation Networks, tables 3 and 4."""
    dyads = davis()
    found = measure(dyads, name).values
    woman = next(each.iri for each in dyads.bodies if each.key == "Evelyn Jefferson")
    event = next(each.iri for each in dyads.ties if each.key == "tie-007")
    assert found[woman] == pytest.approx(evelyn, abs=0.005)
    assert found[event] == pytest.approx(e8, abs=0.005)


def test_shared_events_weighed_after_newman_add_up_to_the_events() -> None:
    """Newman 2001: the weights of a node add up to the collaborations that it is not alone in; Evelyn has 8."""
    dyads = davis()
    place = [each.key for each in dyads.bodies].index("Evelyn Jefferson")
    assert shared_ties(dyads).sum(axis=1)[place] == pytest.approx(8)
    theresa = [each.key for each in dyads.bodies].index("Theresa Anderson")
    assert shared_ties(dyads, Parallel.COUNT)[place, theresa] == 7


def test_concor_parts_the_southern_women_as_published() -> None:
    """Breiger, Boorman and Arabie 1975 split the women by event in 8 and 10, Pearl with the second group."""
    dyads = davis()
    case = Case(dyads)
    women = len(dyads.bodies)
    matrix = case.adjacency.toarray()[:women, women:]
    blocks = concor(matrix, depth=1)
    of = dict(zip((each.key for each in dyads.bodies), blocks.tolist(), strict=True))
    first = [key for key, block in of.items() if block == of["Evelyn Jefferson"]]
    assert len(first) == 8
    assert of["Pearl Oglethorpe"] == of["Nora Fayette"] != of["Evelyn Jefferson"]


def test_a_broker_plays_each_role_of_gould_and_fernandez_once() -> None:
    """By hand: one path for each role of the definition in Gould and Fernandez 1989, brokers in capitals."""
    cases = {
        Role.COORDINATOR: "xxx",
        Role.ITINERANT: "xyx",
        Role.GATEKEEPER: "xyy",
        Role.REPRESENTATIVE: "xxy",
        Role.LIAISON: "xyz",
    }
    for role, labels in cases.items():
        dyads = directed(["ab", "bc"])
        found = brokerage(dyads, Groups.labelled([*labels]))
        assert {each: found.counts[each].tolist() for each in Role} == {
            each: [0, int(each is role), 0] for each in Role
        }


def test_brokerage_agrees_with_counting_every_triple() -> None:
    """By brute force over all ordered triples of a random graph."""
    draw = np.random.default_rng(3)
    names = "abcdefghijkl"
    pairs = [a + b for a in names for b in names if a != b and draw.random() < 0.2]
    dyads = directed(pairs, names)
    labels: list[str | None] = [*"xyzxyzxyzxy", None]
    found = brokerage(dyads, Groups.labelled(labels))
    ties = Case(dyads).adjacency.toarray() > 0
    expected = {role: [0] * len(names) for role in Role}
    known = [place for place, label in enumerate(labels) if label]
    for a in known:
        for b in known:
            for c in known:
                if len({a, b, c}) == 3 and ties[a, b] and ties[b, c] and not ties[a, c]:
                    expected[_role(labels[a], labels[b], labels[c])][b] += 1
    assert {role: found.counts[role].tolist() for role in Role} == expected
    total = np.sum([found.expected[role] for role in Role], axis=0)
    assert total == pytest.approx(found.total)


def _role(a: str | None, b: str | None, c: str | None) -> Role:
    if a == b == c:
        return Role.COORDINATOR
    if a == c:
        return Role.ITINERANT
    if b == c:
        return Role.GATEKEEPER
    return Role.REPRESENTATIVE if a == b else Role.LIAISON


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sixteen_triads_are_told_apart(engine: str) -> None:
    """A cycle and a transitive triple, alone and with an isolate, by the definitions of Holland and Leinhardt."""
    cycle = measure(directed(["ab", "bc", "ca"]), "triads", engine).values
    assert cycle["030C"] == sum(cycle.values()) == 1
    transitive = measure(directed(["ab", "bc", "ac"], "z"), "triads", engine).values
    assert (transitive["030T"], transitive["012"]) == (1, 3)


def test_reciprocity_counts_edges_that_run_both_ways() -> None:
    """By hand: two of three edges."""
    found = measure(directed(["ab", "ba", "bc"]), "reciprocity")
    assert found.values["reciprocity"] == pytest.approx(2 / 3)


def test_the_club_of_the_karate_members_mixes_as_networkx_says() -> None:
    """Newman 2003; the same from networkx, which is independent of this code."""
    graph = SAMPLES.karate_club_graph()
    dyads = select(graph_of("karate_club_graph"))
    labels = [str(graph.nodes[int(each.key)]["club"]) for each in dyads.bodies]
    found = mixing(dyads, Groups.labelled(labels))
    known = SAMPLES.attribute_assortativity_coefficient(graph, "club")
    assert found.assortativity == pytest.approx(known)
    assert found.inside + found.across == 78
    assert found.ei_index == pytest.approx((found.across - found.inside) / 78)


def test_a_core_that_is_planted_is_found_with_a_perfect_fit() -> None:
    """Borgatti and Everett 2000: a clique with one peripheral node on each member fits with r = 1."""
    core = ["".join(pair) for pair in combinations("abcd", 2)]
    found = measure(
        select(network_of([*core, "ae", "bf", "cg", "dh"])), "core_periphery"
    )
    assert found.values["correlation"] == pytest.approx(1)
    inside = {iri[-1] for iri, group in found.groups.items() if group == 0}
    assert inside == set("abcd")


def test_the_core_of_a_small_network_is_the_best_of_all() -> None:
    """By trying every subset of the Florentine families with a tie, fifteen of them."""
    graph = SAMPLES.florentine_families_graph()
    pairs = sorted((str(a), str(b)) for a, b in graph.edges())
    dyads = select(network_of(pairs))
    ties = Case(dyads).adjacency.toarray() > 0
    low, high = np.triu_indices(len(ties), 1)
    tied = ties[low, high].astype(float)
    best = -1.0
    for number in range(1, 2 ** len(ties) - 1):
        core = np.array([bool(number >> place & 1) for place in range(len(ties))])
        same = core[low] == core[high]
        if 1 < core.sum() < len(ties) - 1 and tied[same].any():
            pattern, there = core[low][same].astype(float), tied[same]
            pattern = pattern - pattern.mean()
            there = there - there.mean()
            fit = float(
                pattern @ there / np.sqrt((pattern**2).sum() * (there**2).sum())
            )
            best = max(best, fit)
    found = measure(dyads, "core_periphery").values["correlation"]
    assert found == pytest.approx(best)


def test_the_core_of_the_karate_club_is_that_of_its_own_ideal() -> None:
    """Three ideals climbed to in a program of its own: 0.543 here, 0.431 and 0.381 for the other two."""
    graph = SAMPLES.karate_club_graph()
    dyads = select(network_of([(f"k{a}", f"k{b}") for a, b in graph.edges()]))
    found = measure(dyads, "core_periphery").values
    assert found["correlation"] == pytest.approx(0.5432, abs=1e-4)
    assert found["core"] == 9


def test_the_centre_of_a_star_is_its_key_player() -> None:
    """Borgatti 2006: without it nobody reaches anybody, and it reaches all in one step."""
    dyads = select(network_of(["xa", "xb", "xc", "xd"]))
    hub = next(each.iri for each in dyads.bodies if each.key == "x")
    gone, near = fragmenting(dyads), reaching(dyads)
    assert (gone.nodes, gone.score, gone.exact) == ((hub,), 1.0, True)
    assert (near.nodes, near.score) == ((hub,), 1.0)
    assert cut_points(dyads) == (hub,)
    left = robustness(dyads, [hub])
    assert left.largest == (1.0, 0.2)
    assert left.r == 0.2


def test_who_goes_next_is_told_by_what_is_left() -> None:
    """By hand: x has four partners, b three, a, c and d two; without x and b only c still has two."""
    dyads = select(network_of(["xa", "xb", "xd", "xe", "ba", "bd", "cf", "cg"]))
    key = {each.iri: each.key for each in dyads.bodies}
    fixed = removal_order(dyads, "degree", 3, again=False)
    assert [key[node] for node in fixed] == ["x", "b", "a"]
    anew = removal_order(dyads, "degree", 3)
    assert [key[node] for node in anew] == ["x", "b", "c"]


def test_the_blocks_of_a_star_show_its_image() -> None:
    """White, Boorman and Breiger 1976: a centre and its rim deal with each other and not among themselves."""
    dyads = select(network_of(["xa", "xb", "xc"]))
    groups = np.array([0, 0, 0, 1])
    found = blockmodel(dyads, groups)
    assert found.density[0].tolist() == [0.0, 1.0]
    assert found.image.tolist() == [[0, 1], [1, 0]]


def test_layers_overlap_by_the_pairs_they_share() -> None:
    """By hand: ab in both layers, bc in one, cd in the other: one of three."""
    made = network_of(["ab", "bc", "ab", "cd"])
    other = code("tie-type", "funding")
    ties = tuple(
        replace(each, layer=other) if number > 1 else each
        for number, each in enumerate(made.ties)
    )
    (found,) = multiplex_overlap(select(replace(made, ties=ties)))
    assert (found.first, found.second) == ("collaboration", "funding")
    assert (found.pairs, found.both) == ((2, 2), 1)
    assert found.jaccard == pytest.approx(1 / 3)
