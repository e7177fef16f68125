"""What a request asks for, and which form of the answer it wants, without a server."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.server import (
    ROWS,
    TRIPLES,
    Operation,
    Refusal,
    accepts_gzip,
    chosen,
    prefers_html,
    read,
    read_get,
    read_post,
    weight_of,
    wishes,
    with_using,
)

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
PIECES = (
    *(
        "PREFIX",
        "BASE",
        "x:",
        ":",
        "<urn:x>",
        "<x>",
        "<",
        ">",
        "SELECT",
        "select",
        "ASK",
    ),
    *(
        "CONSTRUCT",
        "DESCRIBE",
        "SELECTION",
        "*",
        "{",
        "}",
        "?s",
        "NOW()",
        "'now'",
        "RAND",
    ),
    *("UUID()", "\\u004e", "a", "3", "FROM", "\n", "VERSION", "'1.2'"),
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
YASGUI = "application/sparql-results+json,*/*;q=0.9"


@given(st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_a_query_comes_out_as_it_went_in(text: str, graphs: list[str]) -> None:
    graphs = [graph for graph in graphs if graph]
    text = text.encode("utf-8", "replace").decode()
    fields = [("query", text), *(("default-graph-uri", graph) for graph in graphs)]
    try:
        encoded = urlencode(fields)
    except UnicodeEncodeError:
        return
    expected = Operation("query", text, tuple(graphs) or None, None)
    assert read_get(encoded.encode()) == expected
    assert read_post(b"", FORM, encoded.encode()) == expected


@given(st.binary())
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    attempts: tuple[Callable[[], Operation], ...] = (
        lambda: read_get(junk),
        lambda: read_post(junk, FORM, junk),
        lambda: read_post(b"", QUERY, junk),
        lambda: read_post(b"", junk.decode("latin-1"), junk),
    )
    for attempt in attempts:
        with suppress(Refusal):
            attempt()


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "status"),
    [
        (b"", None, b"ASK {}", 415),
        (b"", "text/plain", b"ASK {}", 415),
        (b"", "multipart/form-data; boundary=x", b"", 415),
        (b"", f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        (b"", QUERY, b"ASK { '\xff' }", 400),
        (b"", FORM, b"query=ASK%7B%FF%7D", 400),
        (b"", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
        (b"", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
        (b"", FORM, b"nothing=here", 400),
        (b"query=ASK%7B%7D", QUERY, b"ASK {}", 400),
        (b"query=ASK%7B%7D", UPDATE, b"CLEAR ALL", 400),
    ],
)
def test_a_request_that_is_not_of_the_protocol_is_refused(
    query_string: bytes, content_type: str | None, body: bytes, status: int
) -> None:
    with pytest.raises(Refusal) as refused:
        read_post(query_string, content_type, body)
    assert refused.value.status == status


def test_an_update_by_get_is_refused() -> None:
    with pytest.raises(Refusal, match="POST"):
        read_get(b"update=CLEAR+ALL")


def test_no_query_asks_what_the_service_is() -> None:
    assert read_get(b"").kind == "description"


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        (None, "json", "ttl"),
        ("", "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("text/csv", "csv", None),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.8", "tsv", None),
        ("application/sparql-results+xml, */*;q=0.1", "xml", "ttl"),
        ("application/json", "json-plain", "jsonld-plain"),
        ("text/*;q=0.5, application/n-triples", "csv", "nt"),
        ("application/ld+json;q=0.2, text/turtle;q=0.1", None, "jsonld"),
        ("application/rdf+xml", None, "rdf"),
        ("application/trig", None, "trig"),
        ("image/png", None, None),
        ("*/*;q=0", None, None),
        ("text/turtle;q=0, */*;q=0.1", "json", "nt"),
        (YASGUI, "json", "ttl"),
        (FIREFOX, "xml-plain", "rdf-plain"),
        ("text/csv;q=broken, text/tab-separated-values;q=0.1", "tsv", None),
    ],
)
def test_the_form_is_the_one_that_is_wanted_most(
    accept: str | None, rows: str | None, triples: str | None
) -> None:
    of_rows, of_triples = chosen(accept, ROWS), chosen(accept, TRIPLES)
    assert (of_rows and of_rows.suffix) == rows
    assert (of_triples and of_triples.suffix) == triples


@given(st.text(max_size=200))
def test_any_accept_header_is_understood_or_passed_over(accept: str) -> None:
    offer = chosen(accept, ROWS)
    if offer is not None and accept.strip():
        assert 0 < weight_of(offer.media_type, wishes(accept)) <= 1


def test_only_a_browser_is_given_pages() -> None:
    assert prefers_html(FIREFOX)
    assert not prefers_html(None)
    assert not prefers_html("*/*")
    assert not prefers_html(YASGUI)
    assert not prefers_html("text/turtle, text/html;q=0.9")


def test_gzip_may_be_refused() -> None:
    assert accepts_gzip("deflate, gzip;q=1.0, *;q=0.5")
    assert not accepts_gzip("identity")
    assert not accepts_gzip("*, gzip;q=0")


@pytest.mark.parametrize(
    ("text", "form", "is_changing"),
    [
        ("SELECT * {}", "rows", False),
        ("# SELECT\nPREFIX ask: <urn:x> BASE <urn:y:> ASK {}", "boolean", False),
        ("construct where { ?s ?p ?o }", "triples", False),
        ("DESCRIBE <urn:x>", "triples", False),
        ("SELECT (rand() AS ?x) {}", "rows", True),
        ("SELECT ?x { BIND(struuid() AS ?x) }", "rows", True),
        (r"SELECT (\u004eOW() AS ?x) {}", "rows", True),
        ("SELECT ('NOW()' AS ?x) {}", "rows", False),
        ("nonsense", "unknown", False),
        ("", "unknown", False),
    ],
)
def test_a_query_is_known_by_its_words(text: str, form: str, is_changing: bool) -> None:
    reading = read(text)
    assert (reading.form, reading.is_changing) == (form, is_changing)


@pytest.mark.parametrize(
    ("update", "written"),
    [
        (
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } USING <urn:a> USING NAMED <urn:b> WHERE { ?s ?p 1 }",
        ),
        (
            "INSERT DATA { <urn:x> <urn:y> 'WHERE' } ; INSERT {} WHERE { FILTER('USING' != 'WITH') }",
            "INSERT DATA { <urn:x> <urn:y> 'WHERE' } ; INSERT {} USING <urn:a> USING NAMED <urn:b> WHERE { FILTER('USING' != 'WITH') }",
        ),
        ("CLEAR ALL", "CLEAR ALL"),
    ],
)
def test_the_graphs_of_a_request_are_written_into_its_update(
    update: str, written: str
) -> None:
    assert with_using(update, ["urn:a"], ["urn:b"]) == written


@pytest.mark.parametrize(
    "update",
    [
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
    ],
)
def test_graphs_of_the_request_and_of_the_update_are_a_conflict(update: str) -> None:
    with pytest.raises(Refusal) as refused:
        with_using(update, ["urn:a"], [])
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("text", "is_relative"),
    [
        ("SELECT * { <urn:x> ?p ?o }", False),
        ("SELECT * { <x> ?p ?o }", True),
        ("SELECT * { ?s ?p <> }", True),
        ("SELECT * { ?s ?p '<x>' }", False),
        ("BASE <urn:b:> ASK { <#a> ?p ?o }", True),
    ],
)
def test_a_query_that_names_things_in_relation_is_known(
    text: str, is_relative: bool
) -> None:
    assert read(text).is_relative is is_relative


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_quick_look_at_a_query_sees_what_its_tokens_tell(pieces: list[str]) -> None:
    text = " ".join(pieces)
    # A comment with such a word in it makes no difference, but for how it is looked at.
    quick, slow = read(text), read(f"{text} #now")
    if not text.rstrip().endswith("#") and "#" not in text:
        assert (quick.form, quick.is_changing, quick.is_relative) == (
            slow.form,
            slow.is_changing,
            slow.is_relative,
        )
