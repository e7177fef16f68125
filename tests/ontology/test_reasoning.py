"""The model in OWL: its closure holds no contradiction, and would show one.

ORG, PROV-O and the other reused vocabularies are not at hand; the axioms of theirs that matter
are repeated in ontology.ttl, and it is these that are tested.
"""

import owlrl  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs] - it has none
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from seed_graphs import as_rdflib, derive, load
from simpul.ontology import BASE, FOAF, ORG, PROV, SIMPUL

ID = Namespace(BASE + "id/")
# Where owlrl puts what it finds wrong.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

PLANTED = {
    "tie/founding-bpipi-1": FOAF.Agent,  # a claim is no party
    "place/35": ORG.Organization,  # a territory is not its government
    "person/m-rum": ORG.Organization,  # a person is no organization
    "event/utopia-2024": PROV.Entity,  # what happens is no thing
    "evidence/utopia-b/e01": SIMPUL.Document,  # a note on a document is not the document
    "release/utopia": SIMPUL.Document,  # nor are many documents one
}


def world() -> Graph:
    store = load("seed-graph", "good-graph")
    derive(store)
    return as_rdflib(store)


def contradictions(data: Graph) -> set[str]:
    """What is wrong in the OWL RL closure of a graph, which is extended to that closure."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    return {str(text) for text in data.objects(None, ERROR)}


def test_the_graphs_contradict_nothing_and_mean_what_the_model_says() -> None:
    data = world()
    assert contradictions(data) == set()
    founder, body = ID["org/aprisindo"], ID["org/bpipi"]
    assert (founder, URIRef(SIMPUL.tiedTo), body) in data
    assert (body, URIRef(ORG.subOrganizationOf), ID["org/kemenperin"]) in data
    assert (ID["tie/founding-bpipi-1"], RDF.type, URIRef(SIMPUL.Claim)) in data


def test_each_planted_contradiction_is_found() -> None:
    data = world()
    for thing, kind in PLANTED.items():
        data.add((ID[thing], RDF.type, URIRef(kind)))
    found = contradictions(data)
    for thing in PLANTED:
        assert any(text.endswith(f" {ID[thing]}") for text in found), thing
