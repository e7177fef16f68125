"""Reading a network out of the hand-written graph of one news item."""

from collections import defaultdict
from importlib.resources import files

import pyoxigraph as ox
import pytest

from seed_graphs import derive, load
from simpul.analysis import BodyClass, Network, Stance, Tie, UnknownBody, read_network
from simpul.ontology import BASE
from simpul.queries import GraphStore

ROWS = sorted(
    entry.name
    for entry in files("simpul.analysis").joinpath("sparql").iterdir()
    if entry.name.endswith(".rq")
)


@pytest.fixture(scope="module")
def seed() -> Network:
    store = load("seed-graph", "extended-example")
    derive(store)
    return read_network(GraphStore(store))


def tie_of(network: Network, key: str) -> Tie:
    return network.tie_by_iri[f"{BASE}id/tie/{key}"]


def pairs_of(network: Network, key: str, edge: str) -> dict[tuple[str, str], float]:
    names = {body.iri: body.key for body in network.bodies}
    return {
        (names[link.source], names[link.target]): link.weight
        for link in network.links
        if link.tie.endswith(f"/{key}") and link.edge.code == edge
    }


def test_a_founding_joins_each_founder_with_the_founded_body(seed: Network) -> None:
    assert set(pairs_of(seed, "founding-bpipi-1", "founded")) == {
        (founder, "bpipi")
        for founder in ("kemenperin", "pemprov-jatim", "pemkab-sidoarjo", "aprisindo")
    }


def test_four_founders_are_a_clique_in_which_each_pair_weighs_a_third(
    seed: Network,
) -> None:
    founders = pairs_of(seed, "founding-bpipi-1", "cofoundedWith")
    assert len(founders) == 6
    assert set(founders.values()) == {1 / 3}


def test_the_weights_of_a_clique_sum_to_one_for_each_of_its_bodies(
    seed: Network,
) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for link in seed.links:
        if link.edge.code in ("cofoundedWith", "coParticipatesWith"):
            sums[link.tie, link.source] += link.weight
            sums[link.tie, link.target] += link.weight
    assert sums
    assert {round(total, 12) for total in sums.values()} == {1.0}


def test_a_hub_joins_its_counterparts_with_itself_alone_and_without_direction(
    seed: Network,
) -> None:
    pairs = pairs_of(seed, "cooperation-kemenperin-1", "cooperatesWith")
    assert all("kemenperin" in pair for pair in pairs)
    assert len(pairs) == 4
    directed = {
        link.directed for link in seed.links if link.edge.code == "cooperatesWith"
    }
    assert directed == {False}


def test_a_person_stands_for_the_body_that_he_acts_for(seed: Network) -> None:
    speaker = next(
        each
        for each in tie_of(seed, "assessment-m-rum-1").participants
        if each.role.code == "speaker"
    )
    assert speaker.party.endswith("id/person/m-rum")
    assert speaker.body.endswith("id/org/kemenperin")
    assert seed.find_body("kemenperin").iri == speaker.body
    assert all(body.body_class is not BodyClass.PERSON for body in seed.bodies)


def test_copies_of_one_release_are_one_origin(seed: Network) -> None:
    cooperation = tie_of(seed, "cooperation-kemenperin-1")
    assert cooperation.documents() >= 1
    assert all(
        tie.origins(stance) <= tie.documents(stance)
        for tie in seed.ties
        for stance in Stance
    )


def test_codes_and_sectors_come_with_their_names_and_their_widest_concept(
    seed: Network,
) -> None:
    founding = tie_of(seed, "founding-bpipi-1")
    assert (founding.type.name.en, founding.layer.code) == ("founding", "genesis")
    bpipi = seed.find_body("BPIPI")
    assert bpipi.sector is not None
    assert bpipi.strand is not None
    assert (bpipi.sector.code, bpipi.strand.code) == ("public-agency", "government")


def test_ties_of_every_status_are_read_but_only_realised_ones_are_measured(
    seed: Network,
) -> None:
    measured = seed.measured()
    assert len(measured.ties) < len(seed.ties)
    assert {tie.layer.code for tie in measured.ties}.isdisjoint(
        {"discourse", "conflict"}
    )
    assert all(tie.is_realised for tie in measured.ties)
    assert all(body.body_class is not BodyClass.UNNAMED for body in measured.bodies)


def test_the_part_around_a_body_holds_its_ties_and_those_among_its_partners(
    seed: Network,
) -> None:
    part = seed.around("aprisindo")
    centre = seed.find_body("aprisindo").iri
    own = {
        tie.iri
        for tie in seed.ties
        if centre in {participant.body for participant in tie.participants}
    }
    assert own <= {tie.iri for tie in part.ties}
    inside = {body.iri for body in part.bodies}
    assert {link.source for link in part.links} | {
        link.target for link in part.links
    } <= inside
    assert len(inside) < len(seed.bodies)


def test_an_unknown_body_is_answered_with_the_nearest_name(seed: Network) -> None:
    with pytest.raises(UnknownBody) as raised:
        seed.find_body("aprisind")
    assert raised.value.near == "aprisindo"


def test_reading_twice_gives_the_same_network(seed: Network) -> None:
    store = load("seed-graph", "extended-example")
    derive(store)
    assert read_network(GraphStore(store)) == seed
    assert [body.iri for body in seed.bodies] == sorted(
        body.iri for body in seed.bodies
    )


def test_an_empty_graph_is_an_empty_network() -> None:
    assert read_network(GraphStore(ox.Store())) == Network((), (), ())


@pytest.mark.parametrize("name", ROWS)
def test_the_head_of_a_query_names_each_of_its_columns(name: str) -> None:
    text = files("simpul.analysis").joinpath("sparql", name).read_text(encoding="utf-8")
    gives = next(line for line in text.splitlines() if line.startswith("#+ gives:"))
    answer = ox.Store().query(text)
    assert isinstance(answer, ox.QuerySolutions)
    columns = {f"?{variable.value}" for variable in answer.variables}
    named = {word.strip(",;") for word in gives.split() if word.startswith("?")}
    assert named == columns
