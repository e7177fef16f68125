"""Rules: which records become a network, and what it says of itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import body, code, evidence, network, network_of, tie
from simpul.analysis import (
    BodyClass,
    Joining,
    Link,
    Network,
    Parallel,
    Rules,
    Stance,
    Tie,
    UnusableRules,
    projection,
    select,
    times_of,
)
from simpul.analysis.measures import measure
from simpul.graph_builder import Days

groups = st.lists(
    st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=6
)


def dated(**dates: object) -> Network:
    a, b = body("a"), body("b")
    return network([a, b], [tie("t", [a, b], **dates)])


def counted(made: Network, rules: Rules) -> int:
    return select(made, rules).scope.used


@given(groups)
def test_the_default_rules_give_the_projection_of_the_measured_part(
    made: list[list[str]],
) -> None:
    world = network_of(made, isolates="abcdef")
    found, known = select(world).graph(), projection(world.measured())
    assert list(found) == list(known)
    for low, high, data in known.edges(data=True):
        same = {name: found[low][high][name] for name in data}
        assert same == data
    assert found.number_of_edges() == known.number_of_edges()


@given(groups, st.sampled_from(["clique", "hub"]))
def test_direction_both_ways_is_no_direction(
    made: list[list[str]], joining: str
) -> None:
    world, how = network_of(made), Joining(joining)
    plain = select(world, Rules(dyads=how)).graph()
    directed = select(world, Rules(dyads=how, directed=True)).graph()
    assert directed.number_of_edges() == 2 * plain.number_of_edges()
    assert set(directed.to_undirected().edges()) == set(plain.edges())


@given(groups)
def test_in_two_modes_a_body_has_as_many_partners_as_ties(
    made: list[list[str]],
) -> None:
    world = network_of(made, isolates="abcdef")
    graph = select(world, Rules(dyads=Joining.TWO_MODE)).graph()
    for each in world.bodies:
        key = each.key
        assert graph.degree(each.iri) == sum(key in group for group in made)


def test_edges_carry_the_keys_and_origins_of_their_ties() -> None:
    a, b = body("a"), body("b")
    copy = evidence("copy", Stance.SUPPORTS, root=evidence("one", Stance.SUPPORTS).root)
    ties = [
        tie("t1", [a, b], evidence=(evidence("one", Stance.SUPPORTS), copy)),
        tie("t2", [a, b], evidence=(evidence("two", Stance.SUPPORTS),)),
    ]
    data = select(network([a, b], ties)).graph()[a.iri][b.iri]
    assert data["keys"] == ("t1", "t2")
    assert (data["ties"], data["origins"], data["documents"]) == (2, 2, 3)


def test_parallel_ties_weigh_what_the_rule_says() -> None:
    world = network_of(["abc", "ab"])
    a, b = (world.find_body(key).iri for key in "ab")

    def weight(rule: Parallel) -> float:
        found: float = select(world, Rules(parallel=rule)).graph()[a][b]["weight"]
        return found

    assert [weight(rule) for rule in Parallel] == [2, 1.5, 1]


def test_a_hub_keeps_only_its_own_links() -> None:
    world = network_of(["abc"])
    a, b, c = (world.find_body(key).iri for key in "abc")
    edge = world.links[0].edge
    links = (
        Link(world.ties[0].iri, edge, a, b, True, 1.0),
        Link(world.ties[0].iri, edge, a, c, True, 1.0),
        Link(world.ties[0].iri, edge, b, c, False, 1.0),
    )
    led = replace(world, links=links)
    hub = select(led, Rules(dyads=Joining.HUB)).graph()
    assert set(hub.edges()) == {(a, b), (a, c)}
    assert select(led).graph().number_of_edges() == 3
    # Among equals nobody is the hub.
    assert select(world, Rules(dyads=Joining.HUB)).graph().number_of_edges() == 3


def test_a_tie_that_surely_was_over_is_left_out_and_said_to_be() -> None:
    made = dated(start="2001", end="2005", evidence=())
    assert counted(made, Rules(when=Days.of("2003"))) == 1
    late = select(made, Rules(when=Days.of("2010")))
    assert (late.scope.used, late.scope.not_then) == (0, 1)
    assert "1 that did not hold at that time" in late.describe("en")


def test_a_tie_that_may_have_held_counts_unless_only_attested_ones_do() -> None:
    made = dated(
        start="2001", evidence=(evidence("d", Stance.SUPPORTS, issued="2004"),)
    )
    then = Days.of("2015")
    assert counted(made, Rules(when=then)) == 1
    assert counted(made, Rules(when=then, attested_only=True)) == 0
    assert counted(made, Rules(when=Days.of("2003"), attested_only=True)) == 1


def test_in_a_time_slice_a_tie_says_itself_how_it_held() -> None:
    made = dated(start="2001", end="2002", holding=code("holding", "possible"))
    then = Days.of("2030")
    assert counted(made, Rules(when=then)) == 1
    assert counted(made, Rules(when=then, attested_only=True)) == 0


@pytest.mark.parametrize("text", ["no date", "2024-13", "", "../.."])
def test_a_date_that_says_nothing_leaves_a_tie_possible(text: str) -> None:
    item = evidence("d", Stance.SUPPORTS, issued=text)
    made = dated(start=text, end=text, evidence=(item,))
    assert times_of(made.ties[0]).on(Days.of("2020")) == "possible"


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        (
            {"type": code("tie-type", "funding")},
            Rules(tie_types=frozenset({"funding"})),
        ),
        (
            {"layer": code("tie-type", "conflict")},
            Rules(layers=frozenset({"conflict"})),
        ),
        (
            {"standing": code("standing", "contested")},
            Rules(standings=frozenset({"contested"})),
        ),
        ({"sign": code("sign", "negative")}, Rules(signs=frozenset({"negative"}))),
        ({"modality": code("modality", "planned")}, Rules(modalities=None)),
        ({"status": code("claim-status", "disputed")}, Rules(statuses=None)),
    ],
)
def test_a_rule_admits_what_it_names(changes: dict[str, object], rules: Rules) -> None:
    a, b = body("a"), body("b")
    made = network([a, b], [tie("t1", [a, b], **changes)])
    assert counted(made, rules) == 1
    for language in ("id", "en"):
        assert select(made, rules).describe(language)


def test_parties_without_a_name_count_only_if_asked_for() -> None:
    a, b = body("a"), body("b", body_class=BodyClass.UNNAMED)
    made = network([a, b], [tie("t", [a, b])])
    assert len(select(made).bodies) == 1
    assert len(select(made, Rules(unnamed=True)).edges.source) == 1


def test_rules_that_contradict_each_other_are_refused_with_a_way_out() -> None:
    with pytest.raises(UnusableRules, match="choose dyads"):
        Rules(dyads=Joining.TWO_MODE, directed=True)
    with pytest.raises(UnusableRules, match="as `when`"):
        Rules(attested_only=True)


def test_links_can_be_dropped_tie_by_tie() -> None:
    dyads = select(network_of(["abc", "cd"]))

    def is_first(one: Tie) -> bool:
        return one.key == "tie-000"

    kept = dyads.keeping(is_first)
    assert len(kept.edges.source) == 3
    assert kept.nodes == dyads.nodes


def test_isolates_are_communities_but_not_tied_ones() -> None:
    dyads = select(network_of(["ab", "bc", "ca", "de"], isolates=["x", "y"]))
    found = measure(dyads, "communities").values
    assert (found["communities"], found["tied_communities"]) == (4, 2)
