"""The pages as a client gets them from a real server: every sort of thing, both languages, all forms, evil names."""

import contextlib
import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import httpx
import psutil
import pyoxigraph as ox
import pytest

from page_worlds import EVIL_NAMES, EVIL_URL, footwear, thing, with_evil
from simpul.graph_builder import build_ecosystem
from simpul.ontology import BASE, SIMPUL, Language
from simpul.queries import GraphStore, Rows, answer, catalog
from simpul.queries.lookup import NameIndex
from simpul.server import everyday, preferred_language, read_thing, suggested
from sites import RunningSite, running_site

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "id"}
SORTS = {
    "institution": "org/bpipi",
    "tie": "tie/t-bpipi-founding",
    "contested tie": "tie/t-ieucepa-aprisindo-2025",
    "source": "doc/dialeksis-2024-groundbreaking",
    "release": "release/rel-kemenperin-2024-09-11-groundbreaking-bpipi",
    "person": "person/m-rum",
    "place": "place/35.15",
    "event": "event/e-aplf-bangkok-2022",
    "figure": "observation/o-adis-majalengka",
    "discrepancy": "discrepancy/bpipi-renaming",
    "post": "post/bpipi.kepala-bpipi",
    "publisher": "publisher/acta-surya",
    "group": "group/ikm-alas-kaki",
    "name": "name/bpipi.de90685b",
    "change": "change/bpipi.foundation",
    "programme": "programme/diklat-3-in-1",
}


class Page(HTMLParser):
    """What stands on a page: its elements with their attributes, and its text without the markup."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._silent = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._silent = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a sort."""
        return [attributes for name, attributes in self.elements if name == tag]

    def hrefs(self) -> list[str]:
        """Where the links lead."""
        return [link["href"] for link in self.all("a")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("footwear")
    place = with_evil(footwear(folder / "built"), folder / "evil")
    with running_site(place, workers=2) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: RunningSite) -> Iterator[httpx.Client]:
    with server.client() as client:
        client.headers.update(HTML)
        yield client


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A server on the folder of a build, with its files."""
    with running_site(footwear(tmp_path_factory.mktemp("built"))) as running:
        yield running


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """The graph of the server, on this side."""
    folder = tmp_path_factory.mktemp("graph")
    return GraphStore.open(with_evil(footwear(folder / "built"), folder / "evil"))


def page(client: httpx.Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, (path, response.text[:300])
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("key", SORTS.values(), ids=SORTS)
def test_every_sort_of_thing_has_a_page_in_both_languages(
    client: httpx.Client, key: str, language: Language
) -> None:
    shown = page(client, f"/id/{key}?lang={language}")
    assert shown.all("html")[0]["lang"] == language
    assert len(shown.all("h1")) == 1
    assert len(shown.all("main")) == 1
    assert thing(key) in shown.text
    assert shown.all("a")[0]["href"] == "#content"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?q=bpipi",
        "/questions",
        "/questions/partners",
        "/ask",
        "/ontology",
        "/sparql",
        "/concept/standing/contested",
        "/id/org/bpipi",
    ],
)
def test_no_page_runs_anything_inline_or_loads_from_elsewhere(
    client: httpx.Client, path: str
) -> None:
    response = client.get(path)
    shown = Page(response.text)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    loaded = [script.get("src", "inline") for script in shown.all("script")]
    loaded += [
        link["href"] for link in shown.all("link") if link["rel"] == "stylesheet"
    ]
    assert loaded
    assert all(address.startswith("/assets/") for address in loaded)
    for _, attributes in shown.elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("key", EVIL_NAMES)
def test_an_evil_name_is_shown_as_what_it_is(client: httpx.Client, key: str) -> None:
    shown = page(client, f"/id/org/evil-{key}")
    plain = " ".join(EVIL_NAMES[key].split())
    readable = "".join("\ufffd" if c in "\u202e\u202c\u2066" else c for c in plain)
    assert readable in " ".join(shown.text.split())
    assert not shown.all("img")
    assert all("src" in script for script in shown.all("script"))


def test_the_page_of_an_evil_tie_holds_no_evil_element(client: httpx.Client) -> None:
    for path in ("/id/tie/t-evil", "/id/doc/evil", "/id/org/bpipi"):
        shown = page(client, path)
        assert not shown.all("img")
        assert not shown.all("b")
        schemes = {urlsplit(href).scheme for href in shown.hrefs()}
        assert schemes <= {"", "http", "https"}
        assert EVIL_URL not in shown.hrefs()
        for _, attributes in shown.elements:
            assert not {"autofocus", "onfocus", "onerror"} & set(attributes)
    assert EVIL_NAMES["script"] in page(client, "/id/tie/t-evil").text


def test_links_that_leave_the_site_are_marked_and_tell_nothing(
    client: httpx.Client,
) -> None:
    shown = page(client, "/id/doc/dialeksis-2024-groundbreaking")
    leaving = [link for link in shown.all("a") if urlsplit(link["href"]).netloc]
    assert leaving
    for link in leaving:
        assert link["rel"] == "noopener noreferrer"
        assert "web" in link["class"]
    assert {"name": "referrer", "content": "no-referrer"} in shown.all("meta")


def test_a_tie_says_who_states_it_from_how_many_origins_and_how_sure_that_is(
    client: httpx.Client,
) -> None:
    text = page(client, "/id/tie/t-bpipi-founding").text
    for fact in (
        *("8 artikel, 3 asal", "dikuatkan", "keyakinan tinggi", "sejak 2003"),
        *("Pendiri".lower(), "Kementerian Perindustrian", "detikJatim"),
        *("11 September 2024", "paragraph 2", "menurut", "M. Rum", "Baca di penerbit"),
        "salinan, asalnya",
        "Dua asal mandiri atau lebih menyatakannya: 3.",
        "Yang akan mengubahnya",
    ):
        assert fact in text, fact


def test_a_discrepancy_shows_the_claims_at_odds_and_whether_it_is_settled(
    client: httpx.Client,
) -> None:
    shown = page(client, "/id/discrepancy/bpipi-renaming?lang=en")
    assert "Discrepancy between sources · date" in shown.text
    assert "Claims at odds" in shown.text
    assert "Indonesia Footwear Service Center (IFSC)" in shown.text
    body = page(client, "/id/org/bpipi?lang=en")
    assert "/id/discrepancy/bpipi-renaming?lang=en" in body.hrefs()
    assert "settled" in body.text


def test_a_source_shows_its_family_as_one_origin_and_what_it_states(
    client: httpx.Client,
) -> None:
    shown = page(client, "/id/doc/dialeksis-2024-groundbreaking?lang=en")
    assert "6 articles with one and the same origin" in shown.text
    assert "/id/tie/t-bpipi-founding?lang=en" in shown.hrefs()
    assert "/id/publisher/disway?lang=en" in shown.hrefs()


def test_the_page_of_a_body_tells_the_history_that_the_catalogue_tells(
    client: httpx.Client, graph: GraphStore
) -> None:
    told = answer(graph, "history-of-body", {"body": "bpipi"}, lang="id")
    assert isinstance(told, Rows)
    assert len(told) > 10
    text = page(client, "/id/org/bpipi").text
    for row in told.dicts():
        for column in ("aspect", "value"):
            term = row[column]
            assert isinstance(term, ox.Literal)
            assert term.value.split(" (")[0].lower() in text.lower(), term


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("trig", ox.RdfFormat.TRIG),
        ("nq", ox.RdfFormat.N_QUADS),
    ],
)
def test_a_thing_is_described_in_every_form_alike(
    client: httpx.Client, ending: str, form: ox.RdfFormat
) -> None:
    by_ending = client.get(f"/id/org/bpipi.{ending}")
    by_accept = client.get("/id/org/bpipi", headers={"accept": form.media_type})
    assert by_ending.status_code == by_accept.status_code == 200
    assert by_ending.headers["content-location"] == f"/id/org/bpipi.{ending}"
    assert by_accept.headers["content-location"] == f"/id/org/bpipi.{ending}"
    assert "Accept" in by_accept.headers["vary"]
    read = {q.triple for q in ox.parse(by_ending.content, format=form)}
    assert read == {q.triple for q in ox.parse(by_accept.content, format=form)}
    plain = client.get("/id/org/bpipi.nt").content
    assert read == {q.triple for q in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES)}


def test_a_description_holds_what_is_said_what_points_there_and_the_participations(
    client: httpx.Client, graph: GraphStore
) -> None:
    body = ox.NamedNode(thing("org/bpipi"))
    content = client.get("/id/org/bpipi.nt").content
    said = {q.triple for q in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}
    assert {q.triple for q in graph.quads(body)} <= said
    assert {q.triple for q in graph.quads(value=body)} <= said
    participant = ox.NamedNode(SIMPUL.participant)
    for own in graph.quads(predicate=participant, value=body):
        assert isinstance(own.subject, ox.NamedNode)
        assert {q.triple for q in graph.quads(own.subject)} <= said


def test_the_iri_that_is_described_is_named_beside_its_page(
    client: httpx.Client,
) -> None:
    response = client.get("/id/org/bpipi")
    assert f'<{thing("org/bpipi")}>; rel="describes"' in response.headers["link"]
    assert 'type="text/turtle"' in response.headers["link"]
    assert response.headers["content-location"] == "/id/org/bpipi.html?lang=id"


def test_who_accepts_anything_gets_the_page_and_who_accepts_nothing_we_have_is_told(
    client: httpx.Client,
) -> None:
    anything = client.get("/id/org/bpipi", headers={"accept": "*/*"})
    assert anything.headers["content-type"].startswith("text/html")
    nothing = client.get("/id/org/bpipi", headers={"accept": "image/png"})
    assert nothing.status_code == 406


def test_what_is_not_there_is_answered_with_what_is_called_alike(
    client: httpx.Client,
) -> None:
    missing = client.get("/id/org/bppi")
    assert missing.status_code == 404
    assert "/id/org/bpipi" in Page(missing.text).hrefs()
    data = client.get("/id/org/bppi.ttl")
    assert data.status_code == 404
    for path in (
        "/id/org/a%20b",
        "/id/org/%3Cscript%3E",
        "/id/",
        "/id/org/%00",
        "/nope",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert "<script>" not in response.text


def test_a_page_that_the_browser_has_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/id/org/bpipi")
    tag = first.headers["etag"]
    again = client.get("/id/org/bpipi", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not again.content
    other = client.get("/id/org/bpipi?lang=en", headers={"if-none-match": tag})
    assert other.status_code == 200
    file = Page(first.text).all("script")[0]["src"]
    assert "immutable" in client.get(file).headers["cache-control"]


def test_the_language_is_that_of_the_address_then_of_the_browser(
    client: httpx.Client,
) -> None:
    english = client.get("/", headers={"accept-language": "en-GB,en;q=0.9,id;q=0.3"})
    assert Page(english.text).all("html")[0]["lang"] == "en"
    assert "Accept-Language" in english.headers["vary"]
    chosen = client.get("/?lang=id", headers={"accept-language": "en"})
    assert Page(chosen.text).all("html")[0]["lang"] == "id"
    assert "set-cookie" not in chosen.headers


def test_the_switch_keeps_the_page_and_the_choice_is_kept_by_links(
    client: httpx.Client,
) -> None:
    shown = page(client, "/questions/partners?body=bpipi&lang=id")
    switch = next(link for link in shown.all("a") if link.get("class") == "language")
    assert switch["href"] == "/questions/partners?body=bpipi&lang=en"
    within = [href for href in shown.hrefs() if href.startswith("/questions?")]
    assert within == ["/questions?lang=id"] * len(within)
    unchosen = page(client, "/questions/partners?body=bpipi")
    assert "/questions" in unchosen.hrefs()


def test_a_key_that_is_not_ascii_has_a_page_its_data_and_its_switch(
    client: httpx.Client,
) -> None:
    response = client.get("/id/org/evil-caf%C3%A9")
    shown = Page(response.text)
    assert "Café & %41" in shown.text
    switch = next(link for link in shown.all("a") if link.get("class") == "language")
    assert switch["href"] == "/id/org/evil-caf%C3%A9?lang=en"
    assert page(client, switch["href"]).all("html")[0]["lang"] == "en"
    data = client.get(
        response.headers["content-location"].replace(".html?lang=id", ".nt")
    )
    assert "Café & %41" in data.text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "id"),
        ("*", "id"),
        ("de, fr;q=0.5", "id"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("fr, id;q=0.2, en;q=0.1", "id"),
        ("ms-MY, en;q=0.9", "id"),
        ("en;q=0, id;q=0.1", "id"),
        (";;;,,q=x", "id"),
        ("en;q=9", "id"),
    ],
)
def test_the_browsers_languages_are_read_by_their_weights(
    header: str, language: Language
) -> None:
    assert preferred_language(header) == language


def test_the_first_page_counts_and_leads_to_everything(client: httpx.Client) -> None:
    shown = page(client, "/")
    flat = " ".join(shown.text.split())
    bodies = 212 + len(EVIL_NAMES)
    for words in (
        *(f"{bodies} lembaga", "69 peristiwa", "1.077 bagian bukti"),
        *("Graf ini bukan", "26 Januari 2026", "creativecommons.org"),
    ):
        assert words in flat, words
    leads = {urlsplit(href).path for href in shown.hrefs()}
    assert {"/questions", "/sparql", "/explorer", "/ask", "/ontology"} <= leads
    assert any(path.startswith("/id/org/") for path in leads)
    assert any(path.startswith("/questions/") for path in leads)
    for form in shown.all("form"):
        assert form["action"] in ("/search", "/ask")


def test_the_whole_graph_can_be_had_as_it_was_built(built: RunningSite) -> None:
    with built.client() as client:
        client.headers.update(HTML)
        hrefs = page(client, "/").hrefs()
        assert {"/graph.nq", "/graph.trig"} <= set(hrefs)
        whole = client.get("/graph.nq")
    assert whole.headers["content-type"] == "application/n-quads"
    assert "attachment" in whole.headers["content-disposition"]
    assert len(whole.content.splitlines()) > 30_000


def test_a_version_without_files_offers_none(client: httpx.Client) -> None:
    assert "/graph.nq" not in page(client, "/").hrefs()
    assert client.get("/graph.nq").status_code == 404


@pytest.mark.parametrize(
    "text", ["bpipi", "BPIPPI", "indonesia footwear service center"]
)
def test_search_finds_by_acronym_slip_and_former_name_without_a_script(
    client: httpx.Client, text: str
) -> None:
    shown = page(client, f"/search?q={text}")
    assert "/id/org/bpipi" in shown.hrefs()
    assert shown.all("input")[-1]["value"] == text


def test_a_search_that_is_markup_is_shown_as_text(client: httpx.Client) -> None:
    text = '"><script>alert(1)</script>'
    response = client.get("/search", params={"q": text})
    assert text in Page(response.text).text
    assert "<script>alert" not in response.text


def test_suggestions_name_things_with_their_pages(client: httpx.Client) -> None:
    hits = client.get("/suggest", params={"q": "bpi", "lang": "en"}).json()["hits"]
    assert hits[0]["href"] == "/id/org/bpipi?lang=en"
    assert hits[0]["kind"] == "Institution"
    people = client.get("/suggest", params={"q": "m", "kinds": "person"}).json()["hits"]
    assert people
    assert all("/id/person/" in hit["href"] for hit in people)
    assert client.get("/suggest").json() == {"hits": []}


def test_a_slip_while_typing_leads_to_the_bodies_that_were_meant(
    client: httpx.Client,
) -> None:
    slip = "kementrian"  # as two titles of sources have it too
    hits = client.get("/suggest", params={"q": slip}).json()["hits"]
    assert [hit["key"] for hit in hits].index("org/kemenperin") < 5
    sorts = [hit["key"].partition("/")[0] for hit in hits]
    assert "doc" not in sorts[: sorts.count("org")]
    offered = client.get("/reconcile/suggest/entity", params={"prefix": slip}).json()
    assert "id/org/kemenperin" in [each["id"] for each in offered["result"]]


def test_suggestions_of_a_larger_limit_only_go_further(graph: GraphStore) -> None:
    index = NameIndex.from_store(graph)
    for text in ("kementrian", "bpi", "ke", "universtas", "gedung", "xyzq", ""):
        most = [match.iri for match in suggested(index, text, limit=40)]
        assert len(set(most)) == len(most)
        for limit in (1, 5, 10, 20):
            fewer = [match.iri for match in suggested(index, text, limit=limit)]
            assert fewer == most[:limit], (text, limit)


def test_the_first_questions_are_those_of_every_day(client: httpx.Client) -> None:
    names = [
        urlsplit(href).path.removeprefix("/questions/")
        for href in page(client, "/").hrefs()
        if href.startswith("/questions/")
    ]
    assert names[:6] == list(everyday())
    assert {question.name for question in catalog()} >= set(names)
    asked = [h for h in page(client, "/ask").hrefs() if h.startswith("/ask?q=")]
    assert len(asked) == len(everyday())
    assert "Kemenperin" in unquote_plus(asked[0])


def test_questions_begin_with_a_body_of_the_graph_whatever_it_is_about(
    tmp_path: Path,
) -> None:
    build_ecosystem("seed", tmp_path / "seed")
    with running_site(tmp_path / "seed", workers=1) as site, site.client() as client:
        client.headers.update(HTML)
        shown = page(client, "/")
        hrefs = [h for h in shown.hrefs() if h.startswith("/questions/")]
        assert len(hrefs) == len(everyday())
        for href in hrefs:
            answered = page(client, href)
            assert "Isi dulu pertanyaannya." not in answered.text, href


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Kemenperin antara catatan pertama dan catatan terakhir"),
        ("en", "Kemenperin between the first record and the last record"),
    ],
)
def test_a_time_without_bounds_is_said_in_words(
    client: httpx.Client, language: Language, said: str
) -> None:
    shown = page(client, f"/questions/partners?lang={language}")
    assert said in shown.text
    fields = {each.get("name"): each.get("value") for each in shown.all("input")}
    assert (fields["from"], fields["until"]) == ("", "")
    for path in ("/", "/questions", "/ask"):
        text = page(client, f"{path}?lang={language}").text
        assert "1900-01-01" not in text
        assert "2099-12-31" not in text
    bounded = page(client, f"/questions/partners?lang={language}&from=2020-01-01")
    assert "2020-01-01" in bounded.text


def test_a_default_is_named_in_the_language_of_the_page(client: httpx.Client) -> None:
    for path in ("/questions", "/sparql"):
        assert "belong to government?" in page(client, f"{path}?lang=en").text
        assert "termasuk pemerintah?" in page(client, f"{path}?lang=id").text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_queries_of_the_editor_give_names_in_the_language_of_the_page(
    client: httpx.Client, language: Language
) -> None:
    shown = page(client, f"/sparql?lang={language}")
    editor = next(s for s in shown.all("section") if s.get("id") == "editor")
    start, other = json.loads(editor["data-starts"])
    assert f'VALUES ?language {{ "{language}" }}' in start
    assert start != other
    examples = [b["data-query"] for b in shown.all("button") if "data-query" in b]
    chosen = [text for text in examples if "VALUES ?language" in text]
    assert len(chosen) > 20
    assert all(f'VALUES ?language {{ "{language}" }}' in text for text in chosen)


def test_an_answer_has_columns_in_words_and_names_things_once(
    client: httpx.Client,
) -> None:
    for language, heads in (
        ("id", ["Mitra", "Banyaknya ikatan"]),
        ("en", ["Partner", "Ties"]),
    ):
        response = client.get(f"/questions/partners?body=bpipi&lang={language}")
        found = re.findall(r'<th scope="col">([^<]*)</th>', response.text)
        assert found == heads
    answered = page(client, "/questions/office-holders?lang=id")
    assert "paling lambat Agustus 2010" in answered.text
    assert "../2010-08" not in answered.text


def test_remarks_of_ours_are_translated_and_the_words_of_records_marked(
    client: httpx.Client,
) -> None:
    assert "BPIP (keliru)" in page(client, "/id/org/bpipi?lang=id").text
    assert "BPIP (erroneous)" in page(client, "/id/org/bpipi?lang=en").text
    tie = client.get("/id/tie/t-bpipi-founding?lang=id").text
    assert re.search(r'<q><bdi lang="en">paragraph', tie)


def test_every_question_has_a_page_with_its_answer(client: httpx.Client) -> None:
    listed = [
        h for h in page(client, "/questions").hrefs() if h.startswith("/questions/")
    ]
    assert [h.rpartition("/")[2] for h in listed] == [q.name for q in catalog()]
    unfilled = 0
    for href in listed:
        shown = page(client, href)
        is_asked = "Jawaban" in shown.text
        # What is asked about unless told otherwise may be a thing of another graph.
        assert is_asked != ("Isi dulu pertanyaannya." in shown.text), href
        assert not [e for e in shown.elements if e[1].get("role") == "alert"], href
        unfilled += not is_asked
    assert unfilled < 5


def test_a_question_takes_a_name_in_the_place_of_a_key(client: httpx.Client) -> None:
    by_key = page(client, "/questions/partners?body=org/bpipi")
    by_name = page(client, "/questions/partners?body=BPIPI")
    by_slip = page(client, "/questions/partners?body=balai pemberdayaan persepatuan")
    assert by_key.text == by_name.text == by_slip.text
    field = next(each for each in by_key.all("input") if each.get("name") == "body")
    assert field["value"] == "BPIPI"
    assert field["data-kinds"].startswith("institution")


def test_a_wrong_value_is_said_beside_its_field(client: httpx.Client) -> None:
    shown = page(client, "/questions/partners?from=<b>soon</b>&body=bpipi")
    wrong = [e for e in shown.all("input") if e.get("aria-invalid")]
    assert [each["name"] for each in wrong] == ["from"]
    assert "2024-09-11" in shown.text
    assert not shown.all("b")
    assert client.get("/questions/partners?from=soon&format=csv").status_code == 400


@pytest.mark.parametrize(
    "form", ["csv", "tsv", "json", "xml", "spreadsheet", "markdown"]
)
def test_an_answer_can_be_had_as_a_file(client: httpx.Client, form: str) -> None:
    response = client.get(f"/questions/partners?body=bpipi&format={form}")
    assert response.status_code == 200
    assert "attachment" in response.headers["content-disposition"]
    assert b"aprisindo" in response.content.lower() or form == "markdown"
    if form == "json":
        shown = page(client, "/questions/partners?body=bpipi")
        rows = json.loads(response.content)["results"]["bindings"]
        assert f"{len(rows)} baris" in shown.text


def test_a_format_or_question_that_is_not_there_is_said(client: httpx.Client) -> None:
    assert client.get("/questions/partners?format=docx").status_code == 406
    assert client.get("/questions/partnes").status_code == 404
    moved = client.get("/questions/SQ02?body=bpipi", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"].endswith("/questions/partners?body=bpipi")


def test_the_sparql_page_has_the_catalogue_and_our_terms(client: httpx.Client) -> None:
    shown = page(client, "/sparql")
    examples = [b["data-query"] for b in shown.all("button") if "data-query" in b]
    assert len(examples) == len(catalog())
    assert all("SELECT" in text for text in examples)
    editor = next(s for s in shown.all("section") if s.get("id") == "editor")
    terms = json.loads(editor["data-terms"])
    assert {"iri": SIMPUL.Tie} in terms["classes"]
    assert {"iri": SIMPUL.tieType} in terms["properties"]
    assert terms["bases"] == [BASE]


def test_a_free_question_is_answered_on_a_page(client: httpx.Client) -> None:
    empty = page(client, "/ask")
    assert any(form["action"] == "/ask" for form in empty.all("form"))
    asked = "Siapa pendiri BPIPI?"
    shown = page(client, f"/ask?q={asked}")
    assert any(f.get("value") == asked for f in shown.all("input"))
    assert "/id/org/kemenperin" in {urlsplit(h).path for h in shown.hrefs()}
    evil = client.get("/ask", params={"q": EVIL_NAMES["script"]})
    assert "<script>document" not in evil.text


def test_the_map_has_a_way_back_and_a_policy_for_its_own_scripts_alone(
    client: httpx.Client,
) -> None:
    response = client.get("/explorer?focus=org/bpipi")
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sha256-" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "/" in Page(response.text).hrefs()
    assert client.get("/explorer?focus=org/nobody").status_code == 404


@pytest.mark.parametrize("path", ["/explorer?lang=id", "/sparql?lang=en", "/?lang=en"])
def test_a_page_that_is_not_sent_again_keeps_its_policy(
    client: httpx.Client, path: str
) -> None:
    whole = client.get(path)
    assert whole.status_code == 200
    again = client.get(path, headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    for name in ("content-security-policy", "etag", "cache-control"):
        assert again.headers[name] == whole.headers[name], name


def test_the_map_is_drawn_before_anybody_asks(built: RunningSite) -> None:
    def drawing() -> list[list[str]]:
        lines: list[list[str]] = []
        for child in built.process.children():
            with contextlib.suppress(psutil.Error):
                lines.append(child.cmdline())
        return [line for line in lines if "simpul.server.map_process" in line]

    deadline = time.monotonic() + 30
    while not (seen := drawing()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert {"id", "en"} & set(seen[0])
    with built.client() as client:
        assert client.get("/explorer?lang=id").status_code == 200
        # It was not drawn again for this visitor: at most one language is being drawn.
        assert len(drawing()) <= 1
        began = time.monotonic()
        assert client.get("/explorer?lang=id").status_code == 200
        assert time.monotonic() - began < 1


def test_a_thing_in_the_middle_of_everything_costs_no_more_than_its_share(
    graph: GraphStore,
) -> None:
    rows = read_thing(graph, f"{BASE}concept/participant-role/partner", "id")
    assert rows is not None
    assert len(rows.pointing) <= 2000
    # A code that every claim has is not followed to all of them.
    accepted = read_thing(graph, f"{BASE}concept/claim-status/accepted", "id")
    assert accepted is not None
    assert len(accepted.pointing) < 50


def test_what_the_graph_does_not_know_is_read_as_nothing(graph: GraphStore) -> None:
    assert read_thing(graph, thing("org/nobody"), "id") is None
