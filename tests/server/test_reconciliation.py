"""The reconciliation service, called as OpenRefine calls it, on a real server with the footwear graph."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import build_ecosystem
from simpul.ontology import BASE, FOAF, RDF
from simpul.server import BATCH, Refusal, read_batch, read_extension
from sites import running_site, version_of

BPIPI = "id/org/bpipi"
EVIL = """</style><script>alert(1)</script>"'{{7*7}}"""
Json = dict[str, Any]  # JSON of an answer, which the tests look into


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    out = tmp_path_factory.mktemp("footwear")
    build_ecosystem("footwear", out)
    with running_site(out) as site, site.client() as client:
        yield client


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A graph with one person, whose name tries to run."""
    person = ox.NamedNode(f"{BASE}id/person/evil")
    told = [
        ox.Quad(person, ox.NamedNode(RDF.type), ox.NamedNode(FOAF.Person)),
        ox.Quad(person, ox.NamedNode(FOAF.name), ox.Literal(EVIL)),
    ]
    place = version_of(tmp_path_factory.mktemp("evil"), told)
    with running_site(place) as site, site.client() as client:
        yield client


def matched(client: httpx.Client, path: str = "/reconcile", **queries: Json) -> Json:
    """The results of a batch, sent as a form, by key."""
    answer = client.post(path, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    found: Json = answer.json()
    assert found.keys() == queries.keys()
    return {key: result["result"] for key, result in found.items()}


def extended(client: httpx.Client, ids: list[str], *properties: Json | str) -> Json:
    wanted = [{"id": p} if isinstance(p, str) else p for p in properties]
    asked = json.dumps({"ids": ids, "properties": wanted})
    answer = client.post("/reconcile", data={"extend": asked})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


# The manifest.


def test_the_manifest_says_what_there_is(client: httpx.Client) -> None:
    answer = client.get("/reconcile")
    told: Json = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert "0.2" in told["versions"]
    assert told["identifierSpace"] == BASE
    assert told["schemaSpace"] == f"{BASE}ontology#"
    assert told["batchSize"] == BATCH
    assert {"id": "institution", "name": "lembaga"} in told["defaultTypes"]
    assert {"url", "width", "height"} == told["preview"].keys()
    assert "{{id}}" in told["view"]["url"]
    assert "{{id}}" in told["preview"]["url"]
    for suggest in told["suggest"].values():
        assert suggest["service_url"].startswith("http://127.0.0.1:")
        assert "${id}" in suggest["flyout_service_path"]


def test_every_address_of_the_manifest_answers(client: httpx.Client) -> None:
    for path in ("/reconcile", "/reconcile/en"):
        told: Json = client.get(path).json()
        addresses = [
            told[part]["url"].replace("{{id}}", quote(BPIPI, safe=""))
            for part in ("view", "preview")
        ]
        for what, suggest in told["suggest"].items():
            one = {"entity": BPIPI, "type": "institution", "property": "sector"}[what]
            addresses += [
                suggest["service_url"] + suggest["service_path"] + "?prefix=in",
                suggest["flyout_service_url"]
                + suggest["flyout_service_path"].replace("${id}", quote(one, safe="")),
            ]
        propose = told["extend"]["propose_properties"]
        addresses.append(propose["service_url"] + propose["service_path"])
        addresses.append(told["documentation"])
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (200, 303), address
            assert answer.headers["access-control-allow-origin"] == "*", address


def test_the_service_speaks_english_at_an_address_of_its_own(
    client: httpx.Client,
) -> None:
    (found, *_) = matched(client, "/reconcile/en", q0={"query": "bpipi"})["q0"]
    assert found["name"] == "Indonesian Footwear Industry Empowerment Centre"
    assert found["type"][-1] == {"id": "institution", "name": "institution"}
    told = client.get("/reconcile/en").json()
    assert told["suggest"]["entity"]["service_url"].endswith("/reconcile/en")


# Matching.


def test_a_batch_is_answered_query_by_query(client: httpx.Client) -> None:
    found = matched(
        client,
        q0={"query": "BPIPI", "limit": 3},
        q1={"query": "Kemenprin", "limit": 3},
        q2={"query": "tidak ada yang bernama begini zxq", "limit": 3},
    )
    best = found["q0"][0]
    assert (best["id"], best["match"]) == (BPIPI, True)
    assert best["name"] == "Balai Pemberdayaan Industri Persepatuan Indonesia"
    assert best["type"] == [
        {"id": "institution/technical-unit", "name": "unit pelaksana teknis"},
        {"id": "institution", "name": "lembaga"},
    ]
    assert {f["id"]: f["value"] for f in best["features"]} == {"name": 99, "type": True}
    assert (found["q1"][0]["id"], found["q1"][0]["match"]) == (
        "id/org/kemenperin",
        False,
    )
    assert found["q2"] == []
    assert all(len(result) <= 3 for result in found.values())


def test_an_empty_cell_has_no_candidates_and_spoils_no_batch(
    client: httpx.Client,
) -> None:
    found = matched(client, q0={"query": " "}, q1={"query": "BPIPI"})
    assert found["q0"] == []
    assert found["q1"][0]["match"]


def test_a_batch_may_be_sent_by_get(client: httpx.Client) -> None:
    queries = json.dumps({"q0": {"query": "bpipi"}})
    answer = client.get("/reconcile", params={"queries": queries})
    assert answer.json()["q0"]["result"][0]["id"] == BPIPI


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Kementerian Perindustrian", "id/org/kemenperin"),
        ("PT. Sepatu Bata, Tbk", "id/org/sepatu-bata"),
        ("Dr. Eko S.A. Cahyanto, S.H.", "id/person/eko-cahyanto"),
        ("Kab. Sidoarjo", "id/place/35.15"),
        ("Indonesia Footwear Service Center", BPIPI),
        (BPIPI, BPIPI),
        ("org/bpipi", BPIPI),
        (BASE + BPIPI, BPIPI),
    ],
)
def test_a_name_or_identifier_of_one_thing_is_a_match(
    client: httpx.Client, query: str, key: str
) -> None:
    found = matched(client, q={"query": query})["q"]
    assert (found[0]["id"], found[0]["match"]) == (key, True)
    assert not any(other["match"] for other in found[1:])


@pytest.mark.parametrize("query", ["Mojokerto", "Sidoarjo", "Ketua Umum", "Kemenprin"])
def test_what_may_mean_another_thing_is_no_match(
    client: httpx.Client, query: str
) -> None:
    found = matched(client, q={"query": query})["q"]
    assert found
    assert not any(each["match"] for each in found)


def test_candidates_come_by_falling_score(client: httpx.Client) -> None:
    for query in ("indonesia", "Dinas Perindustrian", "Sidoarjo"):
        scores = [c["score"] for c in matched(client, q={"query": query})["q"]]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("strictness", ["any", "all"])
def test_strict_types_leave_no_others(client: httpx.Client, strictness: str) -> None:
    query = {"query": "Mojokerto", "type": "place/city", "type_strict": strictness}
    found = matched(client, q=query)["q"]
    assert [each["id"] for each in found] == ["id/place/35.76"]


def test_a_type_that_should_be_comes_first(client: httpx.Client) -> None:
    query = {"query": "Sidoarjo", "type": ["institution"], "type_strict": "should"}
    found = matched(client, q=query)["q"]
    kinds = [each["type"][-1]["id"] for each in found]
    assert kinds[0] == "institution"
    assert "place" in kinds


def test_a_type_as_an_object_is_understood(client: httpx.Client) -> None:
    query = {"query": "bpipi", "type": {"id": "institution", "name": "lembaga"}}
    assert matched(client, q=query)["q"][0]["match"]


# Properties as evidence.


@pytest.mark.parametrize(
    "value",
    ["APRISINDO", "Asosiasi Persepatuan Indonesia", {"id": "id/org/aprisindo"}],
)
def test_a_property_tells_namesakes_apart(client: httpx.Client, value: object) -> None:
    query = {"query": "Ketua Umum", "properties": [{"pid": "post-in", "v": value}]}
    found = matched(client, q=query)["q"]
    assert found[0]["id"] == "id/post/aprisindo.ketua-umum"
    assert [each["match"] for each in found].count(True) == 1
    assert found[0]["match"]


def test_a_property_that_disagrees_takes_the_match_away(client: httpx.Client) -> None:
    def ask(place: str) -> Json:
        given = [{"pid": "place", "v": place}]
        best: Json = matched(client, q={"query": "BPIPI", "properties": given})["q"][0]
        return best

    # It lies in a village of that regency, which lies in that province.
    for place in ("Kabupaten Sidoarjo", "Jawa Timur"):
        assert ask(place)["match"]
        assert ask(place)["score"] > ask("Kota Bandung")["score"]
    assert not ask("Kota Bandung")["match"]


def test_one_of_several_values_is_enough_and_unknown_properties_count_for_nothing(
    client: httpx.Client,
) -> None:
    given = [
        {"pid": "sector", "v": ["tidak dikenal", "unit pelaksana teknis"]},
        {"pid": "no-such-property", "v": 3},
    ]
    found = matched(client, q={"query": "BPIPI", "properties": given})["q"][0]
    features = {each["id"]: each["value"] for each in found["features"]}
    assert found["match"]
    assert features["properties"] == 100


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"pid": "acronym", "v": "BPIPI"}, BPIPI),
        ({"pid": "part-of", "v": {"id": "id/org/ditjen-ikma"}}, BPIPI),
    ],
)
def test_properties_alone_find_things(
    client: httpx.Client, given: Json, key: str
) -> None:
    found = matched(client, q={"properties": [given]})["q"]
    assert key in [each["id"] for each in found]


# Suggestions, previews, flyouts.


def suggested(client: httpx.Client, what: str, **given: str | int) -> list[Json]:
    answer = client.get(f"/reconcile/suggest/{what}", params=given)
    assert answer.status_code == 200, answer.text
    result: list[Json] = answer.json()["result"]
    return result


def test_things_are_suggested_while_typing(client: httpx.Client) -> None:
    (found,) = suggested(client, "entity", prefix="balai pemb", type="institution")
    assert found["id"] == BPIPI
    assert found["notable"][0]["id"] == "institution/technical-unit"
    assert suggested(client, "entity", prefix=BPIPI)[0]["id"] == BPIPI
    assert suggested(client, "entity", prefix="") == []


def test_a_cursor_skips_suggestions(client: httpx.Client) -> None:
    whole = suggested(client, "entity", prefix="ke", limit=8)
    assert suggested(client, "entity", prefix="ke", limit=5, cursor=3) == whole[3:]


def test_types_and_properties_are_suggested(client: httpx.Client) -> None:
    found = suggested(client, "type", prefix="kement")
    assert found[0]["id"] == "institution/ministry"
    assert found[0]["broader"] == [{"id": "institution", "name": "lembaga"}]
    assert suggested(client, "property", prefix="sek") == [
        {"id": "sector", "name": "sektor"}
    ]


def test_jsonp_is_not_spoken(client: httpx.Client) -> None:
    answer = client.get("/reconcile", params={"callback": "alert"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("{")


def test_a_preview_may_stand_in_a_frame_and_runs_nothing(client: httpx.Client) -> None:
    answer = client.get("/reconcile/preview", params={"id": BPIPI})
    policy = answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "BPIPI" in answer.text
    assert "frame-ancestors" not in policy
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert len(answer.content) < 4_000


def test_names_are_escaped_wherever_they_are_shown(evil: httpx.Client) -> None:
    key = "id/person/evil"
    page = evil.get("/reconcile/preview", params={"id": key}).text
    flyout = evil.get("/reconcile/flyout/entity", params={"id": key}).json()
    for shown in (page, flyout["html"]):
        html = shown.replace(str(evil.base_url), "")  # a port may hold any digits
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "49" not in html
    (found,) = matched(evil, q={"query": EVIL})["q"]
    assert found["name"] == EVIL


def test_the_page_of_a_thing_is_one_step_away(client: httpx.Client) -> None:
    answer = client.get("/reconcile/view", params={"id": BPIPI})
    assert answer.status_code == 303
    assert re.search(
        r"^http://127\.0\.0\.1:\d+/id/org/bpipi\?", answer.headers["location"]
    )
    assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["view", "preview", "flyout/entity", "flyout/other"])
@pytest.mark.parametrize("key", ["", "nope", "https://example.org/", "id/org/x\n>"])
def test_what_is_not_there_is_not_found(
    client: httpx.Client, path: str, key: str
) -> None:
    assert client.get(f"/reconcile/{path}", params={"id": key}).status_code == 404


# Extension.


def test_properties_are_added_as_texts_things_and_dates(client: httpx.Client) -> None:
    document = "id/doc/lensell-2010-ifc29"
    told = extended(
        client, [BPIPI, document], "acronym", "former-name", "part-of", "place", "day"
    )
    assert [each["id"] for each in told["meta"]] == [
        "acronym",
        "former-name",
        "part-of",
        "place",
        "day",
    ]
    row = told["rows"][BPIPI]
    assert row["acronym"] == [{"str": "BPIPI"}]
    assert {"str": "Indonesia Footwear Service Center (IFSC)"} in row["former-name"]
    assert row["part-of"][0]["id"] == "id/org/ditjen-ikma"
    assert row["place"][0].keys() == {"id", "name", "description"}
    assert row["day"] == []
    assert told["rows"][document]["day"] == [{"date": "2010-09-20T00:00:00Z"}]


def test_settings_choose_how_much_and_as_what(client: httpx.Client) -> None:
    (cell,) = extended(
        client,
        [BPIPI],
        {"id": "sector", "settings": {"limit": "1", "content": "name"}},
    )["rows"][BPIPI]["sector"]
    assert cell == {"str": "unit pelaksana teknis"}
    (name,) = extended(client, [BPIPI], {"id": "other-name", "settings": {"limit": 1}})[
        "rows"
    ][BPIPI]["other-name"]
    assert name.keys() == {"str"}


def test_what_can_be_added_is_found_again_by_it(client: httpx.Client) -> None:
    """The things of a value of an extension can be extended, and lead to the thing by the same property."""
    sector = extended(client, [BPIPI], "sector")["rows"][BPIPI]["sector"][0]["id"]
    assert extended(client, [sector], "name")["rows"][sector]["name"]
    given = {"pid": "sector", "v": {"id": sector}}
    found = matched(client, q={"properties": [given], "limit": 50})["q"]
    assert BPIPI in [each["id"] for each in found]


def test_an_unknown_thing_has_an_empty_row(client: httpx.Client) -> None:
    assert extended(client, ["nope"], "name", "sector")["rows"] == {
        "nope": {"name": [], "sector": []}
    }


def test_properties_are_proposed_for_a_type(client: httpx.Client) -> None:
    given = {"type": "person", "limit": "50"}
    told = client.get("/reconcile/properties", params=given).json()
    ids = [each["id"] for each in told["properties"]]
    assert told["type"] == "person"
    assert "holds" in ids
    assert "sector" not in ids


# What cannot be answered.


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"queries": "{"}, 400, "no JSON"),
        ({"queries": "[]"}, 400, "is an object"),
        ({"queries": '{"q0": 3}'}, 400, "q0 is an object"),
        ({"queries": '{"q0": {}}'}, 400, "neither a query nor properties"),
        ({"queries": '{"q0": {"query": 3}}'}, 400, "q0.query is a text"),
        ({"queries": '{"q0": {"query": "a", "limit": 0}}'}, 400, "q0.limit"),
        ({"queries": '{"q0": {"query": "a", "limit": NaN}}'}, 400, "NaN"),
        ({"queries": '{"q0": {"query": "a", "limit": 1e999}}'}, 400, "q0.limit"),
        ({"queries": '{"q0": {"query": "a", "type_strict": "x"}}'}, 400, "type_strict"),
        ({"queries": '{"q0": {"query": "a", "type": [1]}}'}, 400, "q0.type"),
        ({"queries": '{"q0": {"properties": [{"v": 1}]}}'}, 400, "pid"),
        ({"queries": '{"q0": {"query": "\\ud800"}}'}, 400, "surrogates"),
        ({"queries": "[" * 100_000}, 400, "no JSON"),
        ({"queries": "9" * 10_000}, 400, "no JSON"),
        ({"extend": "{}"}, 400, "ids is a list"),
        ({"extend": '{"ids": [1], "properties": []}'}, 400, "ids is a text"),
        (
            {"extend": '{"ids": [], "properties": [{"id": "sectr"}]}'},
            400,
            "did you mean 'sector'",
        ),
        ({"queries": "{}", "extend": "{}"}, 400, "not both"),
        ({"other": "1"}, 400, "neither a field queries"),
        (
            {
                "queries": json.dumps(
                    {f"q{n}": {"query": "a"} for n in range(BATCH + 1)}
                )
            },
            413,
            "at most 50",
        ),
        (
            {
                "extend": json.dumps(
                    {"ids": [str(n) for n in range(501)], "properties": []}
                )
            },
            413,
            "at most 500",
        ),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_with_the_reason(
    client: httpx.Client, fields: dict[str, str], status: int, said: str
) -> None:
    for path in ("/reconcile", "/reconcile/en"):
        answer = client.post(path, data=fields, headers={"accept": "application/json"})
        assert answer.status_code == status, answer.text
        assert said in answer.json()["detail"]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_other_media_types_are_refused(client: httpx.Client) -> None:
    answer = client.post("/reconcile", json={"q0": {"query": "bpipi"}})
    assert answer.status_code == 415
    answer = client.post("/reconcile", files={"queries": "{}"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "given", [{"cursor": "-1"}, {"cursor": "x"}, {"limit": "1.5"}, {"limit": "٣"}]
)
def test_a_number_that_is_none_is_refused(
    client: httpx.Client, given: dict[str, str]
) -> None:
    answer = client.get("/reconcile/suggest/entity", params={"prefix": "a", **given})
    assert answer.status_code == 400


def test_the_largest_batch_is_answered(client: httpx.Client) -> None:
    long = "persepatuam industrj " * 400
    queries: Json = {f"q{n}": {"query": long, "limit": 1000} for n in range(BATCH)}
    assert len(matched(client, **queries)) == BATCH


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "query",
                    "type",
                    "limit",
                    "properties",
                    "pid",
                    "v",
                    "ids",
                    "id",
                    "settings",
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON | st.dictionaries(st.text(max_size=2), JSON, max_size=3))
def test_any_json_is_read_or_refused(told: object) -> None:
    for read in (read_batch, read_extension):
        with suppress(Refusal):
            read(json.dumps(told))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_batch, read_extension):
        with suppress(Refusal):
            read(text)
