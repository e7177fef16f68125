"""What the derivation rules make of hand-written graphs, on both engines."""

import pyoxigraph as ox
import pytest

from seed_graphs import (
    DERIVED,
    derive,
    derive_with_rdflib,
    derived_lines,
    golden_bounds,
    golden_derived,
    load,
)
from simpul.ontology import BASE, SIMPUL, Confidence, Standing, rules

PREFIXES = f"""
@base <{BASE}id/> .
@prefix simpul: <{BASE}ontology#> .
@prefix tt: <{BASE}concept/tie-type/> . @prefix role: <{BASE}concept/participant-role/> .
@prefix st: <{BASE}concept/claim-status/> . @prefix mod: <{BASE}concept/modality/> .
@prefix expl: <{BASE}concept/explicitness/> . @prefix dt: <{BASE}concept/document-type/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# Two bodies that cooperate; cases say what backs it.
TIE = """
<tie/t> a simpul:Tie ; simpul:tieType tt:cooperation ; simpul:participation <p/1>, <p/2> .
<p/1> simpul:participant <org/a> ; simpul:role role:partner .
<p/2> simpul:participant <org/b> ; simpul:role role:partner .
<doc/1> simpul:documentType dt:news-report . <doc/2> simpul:documentType dt:news-report .
<doc/law> simpul:documentType dt:regulation .
"""
ACCEPTED = "<tie/t> simpul:status st:accepted . "
FIRST = """<e/1> simpul:supports <tie/t> ; simpul:sourceDocument <doc/1> ; simpul:explicitness expl:stated ;
    simpul:attestedOn "2024-05-01"^^xsd:date . """
SECOND = FIRST.replace("/1>", "/2>")
SAME_RELEASE = """<doc/1> prov:wasDerivedFrom <release/r> . <doc/2> prov:wasDerivedFrom <release/r> . """
TWO_RELEASES = "<doc/1> prov:wasDerivedFrom <release/r>, <release/s> . "
IMPLIED = FIRST.replace("expl:stated", "expl:implied")
WHOLE = SECOND.replace("expl:stated", "expl:whole-record")
LAW = FIRST.replace("doc/1", "doc/law")
AGAINST = "<e/9> simpul:disputes <tie/t> . "
SETTLED = "<disc/1> simpul:involves <tie/t> ; simpul:resolved true . "
OPEN = "<disc/2> simpul:involves <tie/t> ; simpul:resolved false . "
ENDED = '<tie/t> simpul:validUntil "2020"^^edtf:EDTF ; simpul:latestEnd "2020-12-31"^^xsd:date . '
ONCE = '<tie/t> simpul:occurredOn "2020"^^edtf:EDTF ; simpul:latestEnd "2020-12-31"^^xsd:date . '
NEW_END = ENDED.replace("2020", "2024")


def modality(code: str) -> str:
    return f"<tie/t> simpul:modality mod:{code} . "


def world(*parts: str) -> ox.Store:
    store = load()
    graph = ox.NamedNode(BASE + "graph/claims")
    text = PREFIXES + TIE + "".join(parts)
    store.load(text, format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def derived(store: ox.Store, subject: str, predicate: str) -> set[str]:
    return {
        str(quad.object.value)
        for quad in store.quads_for_pattern(
            ox.NamedNode(f"{BASE}id/{subject}"),
            ox.NamedNode(predicate),
            None,
            ox.NamedNode(DERIVED),
        )
        if isinstance(quad.object, ox.NamedNode | ox.Literal)
    }


def test_the_seed_graph_derives_to_its_golden_graph() -> None:
    store = load("seed-graph")
    bounds = ox.NamedNode(DERIVED)
    store.load(golden_bounds(), format=ox.RdfFormat.N_TRIPLES, to_graph=bounds)
    other = derive_with_rdflib(store)
    derive(store)
    assert derived_lines(store) == golden_derived()
    assert other == golden_derived()


@pytest.mark.parametrize("graph", ["good-graph", "bad-graph"])
def test_two_engines_derive_the_same(graph: str) -> None:
    store = load("seed-graph", "extended-example", graph)
    other = derive_with_rdflib(store)
    derive(store)
    assert derived_lines(store) == other


def test_deriving_again_adds_nothing() -> None:
    store = load("seed-graph", "extended-example")
    derive(store)
    once = derived_lines(store)
    derive(store)
    assert derived_lines(store) == once


def test_the_rules_run_in_the_order_of_their_numbers() -> None:
    assert [rule.name for rule in rules()] == [
        "1-roots",
        "2-confidence",
        "3-edges",
        "4-symmetric",
        "5-shortcuts",
        "6-standing",
    ]


@pytest.mark.parametrize(
    ("parts", "level"),
    [
        pytest.param([], Confidence.LOW, id="nothing backs it"),
        pytest.param([IMPLIED], Confidence.LOW, id="implied only"),
        pytest.param([FIRST], Confidence.MEDIUM, id="one source"),
        pytest.param([WHOLE], Confidence.MEDIUM, id="cited for the whole record"),
        pytest.param([FIRST, WHOLE], Confidence.MEDIUM, id="whole record is no second"),
        pytest.param([FIRST, SECOND], Confidence.HIGH, id="two sources"),
        pytest.param(
            [FIRST, SECOND, SAME_RELEASE], Confidence.MEDIUM, id="one release"
        ),
        pytest.param(
            [FIRST, TWO_RELEASES], Confidence.MEDIUM, id="one item, two roots"
        ),
        pytest.param([LAW], Confidence.HIGH, id="authoritative document"),
        pytest.param([FIRST, SECOND, AGAINST], Confidence.LOW, id="disputed"),
        pytest.param([FIRST, SECOND, AGAINST, SETTLED], Confidence.HIGH, id="settled"),
        pytest.param([FIRST, SECOND, OPEN], Confidence.LOW, id="open discrepancy"),
    ],
)
def test_confidence_follows_the_evidence(parts: list[str], level: Confidence) -> None:
    store = world(ACCEPTED, *parts)
    derive(store)
    assert derived(store, "tie/t", SIMPUL.confidenceLevel) == {level.iri}


@pytest.mark.parametrize(
    ("named", "level"), [("", Confidence.LOW), ("<p/5> ", Confidence.MEDIUM)]
)
def test_a_required_role_filled_only_by_the_unnamed_lowers_confidence(
    named: str, level: Confidence
) -> None:
    more = ", <p/5>" if named else ""
    store = world(
        f"""<tie/s> a simpul:Tie ; simpul:status st:accepted ; simpul:tieType tt:supply ;
            simpul:participation <p/3>, <p/4>{more} .
        <p/3> simpul:participant <org/a> ; simpul:role role:supplier .
        <p/4> simpul:participant <unnamed/b> ; simpul:role role:buyer .
        <p/5> simpul:participant <org/c> ; simpul:role role:buyer .
        <unnamed/b> a simpul:UnnamedAgent . """,
        FIRST.replace("tie/t", "tie/s"),
    )
    derive(store)
    assert derived(store, "tie/s", SIMPUL.confidenceLevel) == {level.iri}


@pytest.mark.parametrize(
    ("parts", "standing"),
    [
        pytest.param([FIRST], Standing.SINGLE_ORIGIN, id="one source"),
        pytest.param([IMPLIED], Standing.SINGLE_ORIGIN, id="implied"),
        pytest.param([FIRST, SECOND], Standing.CORROBORATED, id="two sources"),
        pytest.param(
            [FIRST, SECOND, SAME_RELEASE], Standing.SINGLE_ORIGIN, id="one release"
        ),
        pytest.param([FIRST, WHOLE], Standing.SINGLE_ORIGIN, id="whole record"),
        pytest.param([FIRST, SECOND, ENDED], Standing.LAPSED, id="ended"),
        pytest.param([FIRST, NEW_END], Standing.SINGLE_ORIGIN, id="end may lie ahead"),
        pytest.param([ENDED], Standing.SINGLE_ORIGIN, id="nothing is dated"),
        pytest.param([FIRST, SECOND, ONCE], Standing.CORROBORATED, id="happened once"),
        pytest.param(
            [FIRST, SECOND, ENDED, modality("planned")], Standing.PLANNED, id="planned"
        ),
        pytest.param([FIRST, modality("hoped")], Standing.PLANNED, id="hoped"),
        pytest.param(
            [FIRST, modality("realised")], Standing.SINGLE_ORIGIN, id="realised"
        ),
        pytest.param(
            [FIRST, modality("reported")], Standing.SINGLE_ORIGIN, id="reported"
        ),
        pytest.param(
            [FIRST, SECOND, AGAINST, modality("planned")],
            Standing.CONTESTED,
            id="disputed plan",
        ),
        pytest.param([FIRST, OPEN], Standing.CONTESTED, id="open discrepancy"),
        pytest.param([FIRST, AGAINST, SETTLED], Standing.SINGLE_ORIGIN, id="settled"),
        pytest.param([FIRST, OPEN, modality("denied")], Standing.DENIED, id="denied"),
    ],
)
def test_standing_is_the_first_that_fits(parts: list[str], standing: Standing) -> None:
    store = world(ACCEPTED, *parts)
    other = derive_with_rdflib(store)
    derive(store)
    assert derived(store, "tie/t", SIMPUL.standing) == {standing.iri}
    assert derived_lines(store) == other


@pytest.mark.parametrize(
    ("parts", "edges"),
    [
        pytest.param([ACCEPTED], True, id="accepted"),
        pytest.param([ACCEPTED, modality("realised")], True, id="realised"),
        pytest.param([ACCEPTED, modality("planned")], False, id="planned"),
        pytest.param([ACCEPTED, modality("denied")], False, id="denied"),
        pytest.param([ACCEPTED, modality("reported")], False, id="reported"),
        pytest.param(["<tie/t> simpul:status st:disputed . "], False, id="disputed"),
    ],
)
def test_only_what_is_accepted_and_realised_becomes_an_edge(
    parts: list[str], edges: bool
) -> None:
    store = world(*parts)
    derive(store)
    assert derived(store, "org/a", SIMPUL.cooperatesWith) == (
        {f"{BASE}id/org/b"} if edges else set()
    )


def test_an_event_yields_no_edge() -> None:
    store = world(
        """<event/e> a simpul:Event ; simpul:status st:accepted ; simpul:participation <p/1>, <p/2> . """
    )
    derive(store)
    assert not derived(store, "org/a", SIMPUL.cooperatesWith)


def test_a_hub_links_its_counterparts_to_itself_and_not_to_each_other() -> None:
    store = world(
        """<tie/hub> a simpul:Tie ; simpul:status st:accepted ; simpul:tieType tt:cooperation ; simpul:participation <p/3>, <p/4>, <p/5> .
        <p/3> simpul:participant <org/hub> ; simpul:role role:lead-partner .
        <p/4> simpul:participant <org/c> ; simpul:role role:counterpart .
        <p/5> simpul:participant <org/d> ; simpul:role role:counterpart . """
    )
    derive(store)
    for spoke in ["org/c", "org/d"]:
        assert derived(store, spoke, SIMPUL.cooperatesWith) == {f"{BASE}id/org/hub"}


@pytest.mark.parametrize(
    ("where", "places"),
    [
        ("simpul:site <site/s>", {"place/village"}),
        ("simpul:siteWithin <place/regency>", {"place/regency"}),
        ('simpul:site <site/s> ; simpul:validUntil "2020"^^edtf:EDTF', set[str]()),
    ],
    ids=["site", "territory only", "moved out"],
)
def test_an_organization_is_where_it_last_moved_to(
    where: str, places: set[str]
) -> None:
    store = world(
        f"""<occupancy/o> a simpul:SiteOccupancy ; simpul:occupant <org/a> ; {where} ; simpul:status st:accepted .
        <site/s> simpul:within <place/village> . """
    )
    derive(store)
    assert derived(store, "org/a", SIMPUL.locatedIn) == {
        f"{BASE}id/{p}" for p in places
    }
