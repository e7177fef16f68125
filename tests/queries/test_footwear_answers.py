"""The catalogue on the footwear graph: its languages, what it takes as fact, and what it marks in a time slice."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from simpul.graph_builder import Days, build_ecosystem, time_slice
from simpul.ontology import SIMPUL, SKOS, Holding
from simpul.queries import (
    GraphStore,
    MissingParameter,
    Question,
    Rows,
    answer,
    catalog,
    read_question,
    shown,
    with_holding,
)

FOAF_NAME = "http://xmlns.com/foaf/0.1/name"
IN_A_LANGUAGE = [
    pytest.param(question, id=question.name)
    for question in catalog()
    if any(each.name == "language" for each in question.parameters)
]
# Their rows name a claim each, by which the mark can be looked up in the slice.
OF_CLAIMS = {
    "hosts": "tie",
    "office-holders": "tenure",
    "sites-over-time": "occupancy",
    "those-coached": "tie",
    "ties-between": "tie",
    "ties-of-body": "tie",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    out = tmp_path_factory.mktemp("footwear")
    return GraphStore.open(build_ecosystem("footwear", out).path)


@pytest.fixture(scope="module")
def labels(graph: GraphStore) -> dict[str, dict[str, set[str]]]:
    """What each thing is called, by language; most bodies are called something in both."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for predicate in (SKOS.prefLabel, FOAF_NAME):
        for quad in graph.quads(predicate=ox.NamedNode(predicate)):
            if isinstance(quad.object, ox.Literal):
                called = found[str(quad.subject)]
                called[quad.object.language or ""].add(quad.object.value)
    for quad in graph.quads(predicate=ox.NamedNode(SIMPUL.acronym)):
        if isinstance(quad.object, ox.Literal):  # the same in every language
            found[str(quad.subject)]["acronym"].add(quad.object.value)
    return found


@pytest.fixture(scope="module")
def slice_of_2020(graph: GraphStore) -> GraphStore:
    return GraphStore(time_slice(graph.quads(), as_of=Days.of("2020")))


def rows_of(graph: GraphStore, name: str, lang: str = "en", **values: str) -> Rows:
    rows = answer(graph, name, values, lang="id" if lang == "id" else "en")
    assert isinstance(rows, Rows)
    return rows


def marked(graph: GraphStore, question: Question | str, **values: str) -> Rows:
    asked = catalog().find(question) if isinstance(question, str) else question
    rows = answer(graph, asked, values, lang="en")
    assert isinstance(rows, Rows)
    return with_holding(rows, asked, values, graph, lang="en")


@pytest.mark.parametrize("question", IN_A_LANGUAGE)
def test_an_english_answer_calls_nothing_by_an_indonesian_name(
    graph: GraphStore, labels: dict[str, dict[str, set[str]]], question: Question
) -> None:
    try:
        rows = rows_of(graph, question.name)
    except MissingParameter as error:  # its default is a thing of the seed
        rows = rows_of(graph, question.name, **{error.parameter: error.examples[0]})
    for row in rows:
        texts = {term.value for term in row if isinstance(term, ox.Literal)}
        for thing in row:
            called = labels.get(str(thing), {})
            if called.get("en"):
                others = called.get("id", set()) - called["en"] - called["acronym"]
                assert not texts & others, f"{thing} is called {texts & others}"


def test_a_body_in_brief_speaks_both_languages(graph: GraphStore) -> None:
    told = {
        lang: {shown(term) for term in rows_of(graph, "profile-of-body", lang).column("value")}
        for lang in ("id", "en")
    }  # fmt: skip
    assert "unit pelaksana teknis" in told["id"] - told["en"]
    assert "technical implementing unit" in told["en"] - told["id"]
    assert "BPIPI" in told["id"] & told["en"]


def test_what_was_only_planned_is_not_coached(graph: GraphStore) -> None:
    ties = set(rows_of(graph, "those-coached").column("tie"))
    realised = ox.NamedNode("https://w3id.org/simpul/concept/modality/realised")
    assert ties
    for tie in ties:
        assert isinstance(tie, ox.NamedNode)
        found = graph.quads(tie, ox.NamedNode(SIMPUL.modality))
        assert {quad.object for quad in found} <= {realised}


def test_who_took_a_building_back_is_no_host(graph: GraphStore) -> None:
    rows = rows_of(graph, "hosts", body="bpipi")
    assert "org/bkad-sidoarjo" not in {shown(term) for term in rows.column("host")}
    loan = dict(zip(map(shown, rows.column("host")), rows.dicts(), strict=True))
    assert shown(loan["org/pemkab-sidoarjo"]["from"]) == "2003"
    partners = rows_of(graph, "partners", body="bpipi").column("partner")
    assert "org/bkad-sidoarjo" in map(shown, partners)


# ---- what a time slice marks


@pytest.mark.parametrize(("name", "column"), OF_CLAIMS.items())
def test_a_row_of_a_claim_is_marked_as_the_claim_is(
    slice_of_2020: GraphStore, name: str, column: str
) -> None:
    rows = marked(slice_of_2020, name)
    assert len(rows)
    for claim, holding in zip(rows.column(column), rows.column("holding"), strict=True):
        assert isinstance(claim, ox.NamedNode)
        (how,) = slice_of_2020.quads(claim, ox.NamedNode(SIMPUL.holding))
        assert isinstance(how.object, ox.NamedNode)
        assert shown(holding) == how.object.value.rpartition("/")[2]


def holdings_of_partners(graph: GraphStore) -> Iterator[tuple[str, set[str]]]:
    """Each partner of a body, with how the ties hold in which both take part."""
    tie = read_question(
        """PREFIX simpul: <https://w3id.org/simpul/ontology#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?party ?how {
          ?tie simpul:tieType/skos:broader* <https://w3id.org/simpul/concept/tie-type/collaboration> ;
            simpul:holding ?how ; simpul:participation ?own, ?others .
          ?own simpul:participant|simpul:onBehalfOf <https://w3id.org/simpul/id/org/bpipi> .
          ?others simpul:participant|simpul:onBehalfOf ?party
        }""",
        "holdings",
    )
    found: dict[str, set[str]] = defaultdict(set)
    rows = answer(graph, tie)
    assert isinstance(rows, Rows)
    for party, how in rows:
        found[shown(party)].add(shown(how))
    yield from found.items()


def test_a_partner_is_attested_if_a_tie_with_it_is(slice_of_2020: GraphStore) -> None:
    rows = marked(slice_of_2020, "partners", body="bpipi")
    ways = dict(holdings_of_partners(slice_of_2020))
    told = dict(zip(map(shown, rows.column("partner")), map(shown, rows.column("holding")), strict=True))  # fmt: skip
    assert set(told.values()) == {"attested", "possible"}
    for partner, holding in told.items():
        assert any(way.endswith(holding) for way in ways[partner])


def test_what_rests_on_no_claim_is_not_marked(slice_of_2020: GraphStore) -> None:
    assert "holding" not in marked(slice_of_2020, "bodies-by-sector").variables


def test_sparql_of_ones_own_comes_back_as_it_was_asked_for(
    slice_of_2020: GraphStore,
) -> None:
    own = read_question(f"SELECT ?tie {{ ?tie a <{SIMPUL.Tie}> }}", "own")
    assert marked(slice_of_2020, own).variables == ("tie",)


def test_the_marks_speak_the_language_asked_for(slice_of_2020: GraphStore) -> None:
    asked = catalog().find("hosts")
    rows = answer(slice_of_2020, asked, lang="id")
    assert isinstance(rows, Rows)
    found = with_holding(rows, asked, {}, slice_of_2020, lang="id").column("holding")
    assert {shown(term) for term in found} <= {"terbukti", "mungkin"}
    assert not {shown(term) for term in found} & set(Holding)
