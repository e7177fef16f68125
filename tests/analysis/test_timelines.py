"""What held of bodies for a time, read out of a small graph."""

import pyoxigraph as ox
import pytest

from simpul.analysis import Names, TimedAspect, TimedFact, read_timelines
from simpul.ontology import (
    BASE,
    EDTF,
    FOAF,
    ORG,
    RDF,
    SIMPUL,
    SKOS,
    ClaimStatus,
)
from simpul.queries import GraphStore


def node(key: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}id/{key}")


def graph_of(
    *statements: tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal],
) -> GraphStore:
    store = ox.Store()
    for subject, way, value in statements:
        quad = ox.Quad(subject, ox.NamedNode(way), value, node("graph"))
        store.add(quad)
    return GraphStore(store)


def named(
    status: ClaimStatus,
) -> tuple[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal], ...]:
    claim = node("name/balai.1")
    return (
        (claim, SIMPUL.nameOf, node("org/balai")),
        (claim, SIMPUL.name, ox.Literal("Balai Lama", language="und")),
        (claim, SIMPUL.status, ox.NamedNode(status.iri)),
        (claim, SIMPUL.validFrom, ox.Literal("2003", datatype=ox.NamedNode(EDTF))),
    )


def test_a_name_is_read_with_its_time() -> None:
    (fact,) = read_timelines(graph_of(*named(ClaimStatus.ACCEPTED)))[
        f"{BASE}id/org/balai"
    ]
    assert fact == TimedFact(
        claim=f"{BASE}id/name/balai.1",
        body=f"{BASE}id/org/balai",
        aspect=TimedAspect.NAME,
        value=Names("Balai Lama", "Balai Lama"),
        status="accepted",
        start="2003",
    )
    assert fact.is_accepted


@pytest.mark.parametrize("status", [ClaimStatus.CANDIDATE, ClaimStatus.REJECTED])
def test_what_is_no_more_than_a_candidate_or_rejected_is_left_out(
    status: ClaimStatus,
) -> None:
    assert read_timelines(graph_of(*named(status))) == {}


def test_a_holder_of_a_post_is_one_fact_however_many_languages_there_are() -> None:
    claim, person, post = node("tenure/1"), node("person/sari"), node("post/1")
    facts = read_timelines(
        graph_of(
            (claim, RDF.type, ox.NamedNode(SIMPUL.Tenure)),
            (claim, ORG.organization, node("org/balai")),
            (claim, ORG.member, person),
            (claim, SIMPUL.post, post),
            (person, FOAF.name, ox.Literal("Sari")),
            (post, SKOS.prefLabel, ox.Literal("Kepala", language="id")),
            (post, SKOS.prefLabel, ox.Literal("Head", language="en")),
        )
    )
    (fact,) = facts[f"{BASE}id/org/balai"]
    assert (fact.aspect, fact.value, fact.of) == (
        TimedAspect.POST,
        Names("Sari", "Sari"),
        Names("Kepala", "Head"),
    )
