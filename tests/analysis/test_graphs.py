"""The network as networkx graphs."""

import io

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from networks import hostile_world, network_of
from simpul.analysis import Network, projection, to_networkx

cliques = st.lists(
    st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=6
)


def test_parallel_ties_stay_apart() -> None:
    graph = to_networkx(hostile_world())
    assert graph.number_of_edges() == 3
    assert {data["tie_type"] for _, _, data in graph.edges(data=True)} == {
        "cooperation",
        "conflict",
    }


def test_names_follow_the_language_asked_for() -> None:
    iri = hostile_world().find_body("pabrik").iri
    assert to_networkx(hostile_world(), "id").nodes[iri]["name"] == "Pabrik"
    assert to_networkx(hostile_world(), "en").nodes[iri]["name"] == "Factory"


def test_graphml_can_be_written_and_read_back() -> None:
    graph = to_networkx(hostile_world())
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file)
    file.seek(0)
    again = nx.read_graphml(file, force_multigraph=True)
    assert set(again) == set(graph)
    assert all(again.nodes[name] == graph.nodes[name] for name in graph)
    assert again.number_of_edges() == graph.number_of_edges()


def test_an_empty_network_is_an_empty_graph() -> None:
    assert len(to_networkx(Network((), (), ()))) == 0
    assert len(projection(Network((), (), ()))) == 0


@given(cliques)
def test_both_graphs_join_the_same_pairs(groups: list[list[str]]) -> None:
    made = network_of(groups, isolates="abcdef")
    whole, simple = to_networkx(made), projection(made)
    assert set(whole) == set(simple)
    assert {frozenset(pair) for pair in simple.edges()} == {
        frozenset(pair) for pair in whole.to_undirected().edges()
    }
    assert sum(int(data["ties"]) for _, _, data in simple.edges(data=True)) == len(
        made.links
    )
