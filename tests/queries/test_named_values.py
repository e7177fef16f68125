"""Names in place of keys in the values of a question."""

import pyoxigraph as ox
import pytest

from simpul.ontology import BASE
from simpul.queries import BadParameter, GraphStore, complaint, read_question
from simpul.queries.lookup import resolved

WORLD = f"""
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix simpul: <https://w3id.org/simpul/ontology#> .
@prefix id: <{BASE}id/> .
<{BASE}id/org/rotan> a org:Organization ; skos:prefLabel "Balai Rotan"@id ; simpul:acronym "BR" .
<{BASE}id/org/rempah> a org:Organization ; skos:prefLabel "Balai Rempah"@id ; simpul:acronym "BR" .
<{BASE}id/org/its> a org:Organization ; skos:prefLabel "Institut Teknologi"@id .
<{BASE}id/org/lain> a org:Organization ; skos:prefLabel "Ikatan Tukang Sepatu"@id ; simpul:acronym "ITS" .
<{BASE}id/person/rempah> a foaf:Person ; foaf:name "Balai Rempah" .
"""
QUESTION = read_question(
    "#+ asks.en: What of {body}?\n#+ given: ?body IRI of org (BR), a body\n"
    f"SELECT ?p ?limit {{ VALUES ?body {{ <{BASE}id/org/rotan> }} ?body ?p ?o }}",
    "about",
)
ANY = read_question(
    f"#+ given: ?x IRI, a thing\nSELECT ?p {{ VALUES ?x {{ <{BASE}id/org/rotan> }} ?x ?p ?o }}",
    "any",
)


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    store = ox.Store()
    store.load(WORLD.encode(), ox.RdfFormat.TURTLE)
    return GraphStore(store)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Balai Rotan", "rotan"),
        ("balai  ROTAN", "rotan"),
        ("Balai Rempah", "rempah"),  # the person of that name is none to ask about
        ("ROTAN", "rotan"),
    ],
)
def test_a_name_that_one_thing_bears_stands_for_it(
    graph: GraphStore, text: str, key: str
) -> None:
    found = resolved(graph, QUESTION, {"body": text})
    assert found == {"body": ox.NamedNode(f"{BASE}id/org/{key}")}


@pytest.mark.parametrize("text", ["rotan", "org/rotan", f"{BASE}id/org/rotan", "its"])
def test_a_key_stays_as_it_is(graph: GraphStore, text: str) -> None:
    assert resolved(graph, QUESTION, {"body": text}) == {"body": text}


@pytest.mark.parametrize(
    ("text", "keys"), [("BR", ("rotan", "rempah")), ("ITS", ("its", "lain"))]
)
def test_a_name_of_several_things_is_not_guessed(
    graph: GraphStore, text: str, keys: tuple[str, ...]
) -> None:
    with pytest.raises(BadParameter, match="the name of several things") as caught:
        resolved(graph, QUESTION, {"body": text})
    for said in (str(caught.value), complaint(caught.value, "id")):
        assert all(f"{key} (" in said for key in keys)


def test_where_any_thing_will_do_kinds_are_told_apart(graph: GraphStore) -> None:
    with pytest.raises(BadParameter) as caught:
        resolved(graph, ANY, {"x": "Balai Rempah"})
    assert "org/rempah (" in str(caught.value)
    assert "person/rempah (" in str(caught.value)


@pytest.mark.parametrize("text", ["", " ", "rotam", "https://example.org/a", "zz/qq"])
def test_what_answer_can_tell_better_is_left_to_it(
    graph: GraphStore, text: str
) -> None:
    assert resolved(graph, QUESTION, {"body": text}) == {"body": text}
