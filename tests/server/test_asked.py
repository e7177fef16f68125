"""`/ask` over HTTP: the reply of the library, from workers that another process has."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from simpul.graph_builder import build_ecosystem
from sites import PATIENCE_S, RunningSite, running_site


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("footwear")
    build_ecosystem("footwear", out)
    return out


@pytest.fixture(scope="module")
def site(place: Path) -> Iterator[RunningSite]:
    with running_site(place, workers=2) as site:
        yield site


def asked(site: RunningSite, accept: str = "*/*", **given: str) -> httpx.Response:
    headers = {"accept": accept}
    address = f"{site.address}ask"
    return httpx.get(address, params=given, headers=headers, timeout=PATIENCE_S)


def test_a_question_is_answered_with_its_sources(site: RunningSite) -> None:
    response = asked(site, q="Siapa pendiri BPIPI?")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    reply = response.json()
    assert (reply["kind"], reply["query"]) == ("answer", "founders")
    assert reply["sentence"].startswith("Menurut sumber, BPIPI didirikan bersama oleh")
    assert reply["sources"]
    same = site.ask(reply["sparql"], accept="application/sparql-results+json").json()
    assert [row["name"]["value"] for row in same["results"]["bindings"]] == [
        row["name"] for row in reply["rows"]
    ]


def test_the_language_of_the_reply_may_be_chosen(site: RunningSite) -> None:
    reply = asked(site, q="Siapa pendiri BPIPI?", lang="en").json()
    assert reply["sentence"].startswith("By the sources, BPIPI was set up by")


def test_a_day_limits_the_rows_without_a_slice(site: RunningSite) -> None:
    then = asked(site, q="Siapa saja pejabat BPIPI pada 2012?").json()
    ever = asked(site, q="Siapa saja pejabat BPIPI?").json()
    assert then["as_of"] == "2012-01-01/2012-12-31"
    assert 0 < len(then["rows"]) < len(ever["rows"])
    above = asked(site, q="Siapa atasan BPIPI pada 2012?").json()
    assert above["as_of"] is None
    assert any("pada 2012" in note for note in above["notes"])


def test_what_is_possible_on_a_day_is_kept_and_marked(site: RunningSite) -> None:
    reply = asked(site, q="Siapa kepala BPIPI pada 2012?").json()
    assert (reply["kind"], reply["query"]) == ("answer", "office-holders")
    assert "Ali Mas'ud" in reply["sentence"]
    assert "mungkin" in reply["sentence"].casefold()
    assert len(reply["rows"]) == 1


def test_unsure_is_no_error(site: RunningSite) -> None:
    response = asked(site, q="Apa warna favorit BPIPI?")
    assert response.status_code == 200
    reply = response.json()
    assert (reply["is_answer"], reply["rows"]) == (False, [])
    assert len(reply["alternatives"]) == 3


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"q": " "}, 400),
        ({"q": "x", "lang": "fr"}, 400),
        ({"q": "x" * 1001}, 414),
    ],
)
def test_what_is_no_question_is_refused(
    site: RunningSite, given: dict[str, str], status: int
) -> None:
    response = asked(site, accept="application/json", **given)
    assert response.status_code == status
    assert response.json()["detail"]


def test_a_browser_gets_a_page(site: RunningSite) -> None:
    for given in ({}, {"q": "Siapa pendiri BPIPI?"}):
        response = asked(site, accept="text/html", **given)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")
    assert "didirikan bersama oleh" in response.text


def test_the_description_of_the_service_has_it(site: RunningSite) -> None:
    paths = httpx.get(f"{site.address}openapi.json", timeout=PATIENCE_S).json()["paths"]
    assert paths["/ask"]["get"]["parameters"][0]["name"] == "q"
