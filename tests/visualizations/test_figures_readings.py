"""What figures are drawn from besides the network: sites and attendance, read from a graph."""

import pyoxigraph as ox
import pytest

from simpul.analysis import Attendance, Names, Site, read_attendance, read_sites
from simpul.ontology import BASE
from simpul.queries import GraphStore

WORLD = f"""
@prefix s: <{BASE}ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <{BASE}id/org/> .
@prefix place: <{BASE}id/place/> .
@prefix event: <{BASE}id/event/> .
@prefix status: <{BASE}concept/claim-status/> .

place:35 s:kemendagriCode "35" .
place:35.15 s:kemendagriCode "35.15" ; s:within place:35 ; skos:prefLabel "Kabupaten Sidoarjo"@id .
<{BASE}id/site/pasar> s:within place:35.15 ; skos:prefLabel "Pasar"@id, "Market"@en .
<{BASE}id/place/jauh> skos:prefLabel "Jauh" .

<x:1> s:occupant org:a ; s:siteWithin place:35.15 ; s:status status:accepted .
<x:2> s:occupant org:a ; s:site <{BASE}id/site/pasar> .
<x:3> s:occupant org:b ; s:siteWithin <{BASE}id/place/jauh> .
<x:4> s:occupant org:c ; s:siteWithin place:35.15 ; s:status status:candidate .
<x:5> s:occupant org:c ; s:siteWithin place:35.15 ; s:status status:rejected .

event:fair a s:Event ; skos:prefLabel "Pameran"@id, "Fair"@en ; s:occurredOn "2021-03" ;
    s:participation <x:p1>, <x:p2> .
<x:p1> s:participant org:a .
<x:p2> s:participant <{BASE}id/person/ayu> ; s:onBehalfOf org:b .
<x:t> s:atEvent event:fair ; s:participation <x:p3>, <x:p4> .
<x:p3> s:participant org:a .
<x:p4> s:participant org:c .
"""


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    """A graph with four sites on record, two claims that are not accepted, and one event."""
    store = ox.Store()
    store.load(WORLD.encode(), ox.RdfFormat.TURTLE)
    return GraphStore(store)


def test_a_site_has_the_code_of_the_narrowest_territory_around_it(
    graph: GraphStore,
) -> None:
    market = Names("Pasar", "Market")
    sidoarjo = Names("Kabupaten Sidoarjo", "Kabupaten Sidoarjo")
    assert read_sites(graph) == (
        Site(f"{BASE}id/org/a", f"{BASE}id/place/35.15", sidoarjo, "35.15"),
        Site(f"{BASE}id/org/a", f"{BASE}id/site/pasar", market, "35.15"),
        Site(f"{BASE}id/org/b", f"{BASE}id/place/jauh", Names("Jauh", "Jauh"), None),
    )


def test_a_body_is_at_an_event_once_however_it_took_part(graph: GraphStore) -> None:
    fair = Names("Pameran", "Fair")
    assert read_attendance(graph) == tuple(
        Attendance(f"{BASE}id/event/fair", fair, f"{BASE}id/org/{key}", "2021-03")
        for key in "abc"
    )
