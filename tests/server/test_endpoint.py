"""The SPARQL endpoint over HTTP: the protocol, the forms of an answer, and what goes with them."""

import gzip
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from simpul.queries import GraphStore, Rows, Triples
from sites import RunningSite, running_site, version_of

DATA = Path(__file__).parents[1] / "data" / "graphs" / "good-graph.trig"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
A, B = "urn:g:a", "urn:g:b"


def quads() -> Iterator[ox.Quad]:
    yield from ox.parse(path=str(DATA), format=ox.RdfFormat.TRIG)
    s, p = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    yield ox.Quad(s, p, ox.Literal("in a, ünïcode"), ox.NamedNode(A))
    yield ox.Quad(s, p, ox.Literal("in b"), ox.NamedNode(B))


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return GraphStore.from_quads(quads())


def triples_of(graph: GraphStore) -> set[ox.Triple]:
    triples = graph.query(CONSTRUCT)
    assert isinstance(triples, Triples)
    return set(triples)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    place = version_of(tmp_path_factory.mktemp("good"), quads())
    with running_site(place) as server:
        yield server


@pytest.mark.parametrize(
    "media_type",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/tab-separated-values",
    ],
)
def test_rows_are_those_of_the_library_in_every_form(
    server: RunningSite, graph: GraphStore, media_type: str
) -> None:
    answer = server.ask(ALL, accept=media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    form = ox.QueryResultsFormat.from_media_type(media_type)
    read = ox.parse_query_results(answer.content, form)
    assert isinstance(read, ox.QuerySolutions)
    expected = graph.query(ALL)
    assert isinstance(expected, Rows)
    assert tuple(tuple(row) for row in read) == expected.rows


def test_csv_is_that_of_the_standard(server: RunningSite) -> None:
    query = "SELECT ?o { <urn:s> <urn:p> ?o } ORDER BY ?o"
    answer = server.ask(query, accept="text/csv")
    assert answer.content == 'o\r\n"in a, ünïcode"\r\nin b\r\n'.encode()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
    ],
)
def test_triples_are_those_of_the_library_in_every_form(
    server: RunningSite, graph: GraphStore, media_type: str
) -> None:
    answer = server.ask(CONSTRUCT, accept=media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    form = ox.RdfFormat.from_media_type(media_type)
    read = {quad.triple for quad in ox.parse(answer.content, form)}
    assert read == triples_of(graph)


def test_yes_and_no_are_answered(server: RunningSite) -> None:
    assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert server.ask("ASK { <urn:none> ?p ?o }").json()["boolean"] is False


def test_a_query_comes_by_get_by_form_and_directly(server: RunningSite) -> None:
    texts = {
        server.ask(ALL).text,
        httpx.post(server.sparql, data={"query": ALL}).text,
        httpx.post(
            server.sparql,
            content=ALL,
            headers={"content-type": "application/sparql-query; charset=UTF-8"},
        ).text,
        httpx.get(f"{server.address}sparql/", params={"query": ALL}).text,
    }
    assert len(texts) == 1


def test_the_dataset_of_the_request_is_used(server: RunningSite) -> None:
    def values(**fields: str | list[str]) -> list[str]:
        found = httpx.get(server.sparql, params={"query": query, **fields}).json()
        return sorted(row["o"]["value"] for row in found["results"]["bindings"])

    query = "SELECT ?o { <urn:s> <urn:p> ?o }"
    assert values() == ["in a, ünïcode", "in b"]
    assert values(**{"default-graph-uri": B}) == ["in b"]
    assert values(**{"default-graph-uri": [A, B]}) == ["in a, ünïcode", "in b"]
    assert values(**{"named-graph-uri": B}) == []
    query = "SELECT ?o { GRAPH ?g { <urn:s> <urn:p> ?o } }"
    assert values(**{"named-graph-uri": B}) == ["in b"]
    assert values(**{"default-graph-uri": B}) == []
    query = f"SELECT ?o FROM <{A}> {{ <urn:s> <urn:p> ?o }}"
    assert values() == ["in a, ünïcode"]
    assert values(**{"default-graph-uri": B}) == ["in b"]


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELECT * {}", "text/turtle", 406),
        (CONSTRUCT, "text/csv", 406),
        ("SELECT * {}", "image/png", 406),
        ("SELECT * {", "*/*", 400),
        ("", "*/*", 400),
        ("CLEAR ALL", "*/*", 400),
        ("INSERT DATA { <urn:x> <urn:y> 1 }", "*/*", 400),
        ("{" * 5000, "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "*/*", 400),
    ],
)
def test_what_cannot_be_answered_has_its_status(
    server: RunningSite, query: str, accept: str, status: int
) -> None:
    answer = server.ask(query, accept=accept)
    assert answer.status_code == status
    assert "etag" not in answer.headers


def test_a_slip_is_told_with_its_place(server: RunningSite) -> None:
    answer = server.ask("SELECT *\nWHERE { ?s foo:bar ?o }", accept="application/json")
    problem = answer.json()
    assert problem["status"] == 400
    assert "line 2, column 12" in problem["detail"]
    assert "foo:" in problem["detail"]


@pytest.mark.parametrize(
    ("method", "content_type", "content", "status"),
    [
        ("PUT", "application/sparql-query", b"ASK {}", 405),
        ("DELETE", None, b"", 405),
        ("POST", "text/plain", b"ASK {}", 415),
        ("POST", None, b"ASK {}", 415),
        ("POST", "application/sparql-query; charset=utf-16", b"\xff\xfeA\0", 415),
        ("POST", "application/sparql-query", b"ASK {'\xff'}", 400),
        ("POST", "application/sparql-update", b"CLEAR ALL", 403),
        ("POST", "application/x-www-form-urlencoded", b"update=CLEAR+ALL", 403),
        ("POST", "application/x-www-form-urlencoded", b"query=ASK{}&query=ASK{}", 400),
        ("POST", "application/sparql-query", b" " * (2 << 20), 413),
    ],
)
def test_what_is_not_of_the_protocol_is_refused(
    server: RunningSite,
    method: str,
    content_type: str | None,
    content: bytes,
    status: int,
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = httpx.request(method, server.sparql, content=content, headers=headers)
    assert answer.status_code == status
    if status == 405:
        assert "POST" in answer.headers["allow"]


def test_a_body_without_a_length_is_held_to_the_same_size(server: RunningSite) -> None:
    pieces = (b" " * 65_536 for _ in range(64))
    headers = {"content-type": "application/sparql-query"}
    answer = httpx.post(server.sparql, content=pieces, headers=headers)
    assert answer.status_code == 413


def test_head_says_what_get_sends_and_sends_nothing(server: RunningSite) -> None:
    got = server.ask(ALL, **{"accept-encoding": "identity"})
    headers = {"accept-encoding": "identity"}
    head = httpx.head(server.sparql, params={"query": ALL}, headers=headers)
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == got.headers[name]
    assert httpx.head(server.sparql, params={"query": "SELECT"}).status_code == 400


def test_an_answer_that_one_has_is_not_sent_again(server: RunningSite) -> None:
    tag = server.ask(ALL).headers["etag"]
    again = server.ask(ALL, **{"if-none-match": f'"other", W/{tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert server.ask(ALL, **{"if-none-match": '"other"'}).status_code == 200
    other_form = server.ask(ALL, accept="text/csv", **{"if-none-match": tag})
    assert other_form.status_code == 200


def test_an_answer_that_changes_is_never_kept(server: RunningSite) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    first, second = server.ask(query), server.ask(query)
    assert first.text != second.text
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"


def test_answers_are_compressed_on_request(server: RunningSite) -> None:
    plain = server.ask(ALL, **{"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    # The second comes from memory.
    first, packed = (server.ask(ALL, **{"accept-encoding": "gzip"}) for _ in range(2))
    for each in (first, packed):
        assert each.headers["content-encoding"] == "gzip"
        assert int(each.headers["content-length"]) < len(plain.content) / 2
        assert each.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    again = server.ask(
        ALL, **{"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_streamed_answer_is_compressed_whole(server: RunningSite) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000"
    plain = server.ask(query, accept="text/csv", **{"accept-encoding": "identity"})
    assert "content-length" not in plain.headers
    with server.client() as client:
        headers = {"accept": "text/csv", "accept-encoding": "gzip"}
        parameters = {"query": query}
        with client.stream(
            "GET", "sparql", params=parameters, headers=headers
        ) as answer:
            packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed) == plain.content


def test_pages_of_other_sites_may_read(server: RunningSite) -> None:
    assert server.ask("ASK {}").headers["access-control-allow-origin"] == "*"
    asked = httpx.options(
        server.sparql,
        headers={
            "origin": "https://other.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert asked.status_code == 204
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "Content-Type" in asked.headers["access-control-allow-headers"]


def test_every_response_is_safe_to_show(server: RunningSite) -> None:
    for path in ("sparql?query=ASK%7B%7D", "sparql?query=x", "healthz", "nowhere"):
        headers = httpx.get(server.address + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_server_for_this_machine_goes_by_no_other_name(server: RunningSite) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "a b", ""):
        answer = httpx.get(f"{server.address}healthz", headers={"host": host})
        assert answer.status_code == 400, host
    answer = httpx.get(f"{server.address}healthz", headers={"host": "localhost:1"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/id/%00",
        "//evil.example/",
        "/%ff",
    ],
)
def test_odd_paths_find_nothing(server: RunningSite, path: str) -> None:
    port = int(server.address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as raw:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        raw.sendall(request.encode())
        answer = b"".join(iter(lambda: raw.recv(65_536), b""))
    assert re.match(rb"HTTP/1.1 4\d\d ", answer)
    assert b"root:" not in answer


def test_no_request_leaves_the_machine(server: RunningSite) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1)
        port = listener.getsockname()[1]

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(100))

        thread = threading.Thread(target=listen)
        thread.start()
        there = f"http://127.0.0.1:{port}/"
        for query in (
            f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ServIce<{there}>{{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{there}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
            f"SELECT * {{ \\u0053ERVICE <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{there}> {{ ?s ?p ?o }}",
            f"LOAD <{there}>",
        ):
            server.ask(query)
            httpx.post(server.sparql, data={"query": query, "default-graph-uri": there})
        thread.join()
    assert heard == []


def test_whole_graphs_are_read_by_the_graph_store_protocol(
    server: RunningSite, graph: GraphStore
) -> None:
    graphs = f"{server.address}graphs"
    whole = httpx.get(f"{graphs}?default", headers={"accept": "application/n-triples"})
    read = {q.triple for q in ox.parse(whole.content, ox.RdfFormat.N_TRIPLES)}
    assert read == triples_of(graph)
    one = httpx.get(graphs, params={"graph": B})
    assert one.headers["content-type"] == "text/turtle; charset=utf-8"
    assert [str(q.object) for q in ox.parse(one.content, ox.RdfFormat.TURTLE)] == [
        '"in b"'
    ]
    head = httpx.head(graphs, params={"graph": B})
    assert (head.status_code, head.content) == (200, b"")
    assert httpx.head(graphs, params={"graph": "urn:none"}).status_code == 404
    tag = one.headers["etag"]
    again = httpx.get(graphs, params={"graph": B}, headers={"if-none-match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("default&graph=urn:g:a", 400),
        ("graph=urn:g:a&graph=urn:g:b", 400),
        ("graph=not%20an%20iri", 400),
        ("graph=%3E%7D%20ASK%20%7B", 400),
        ("graph=urn:none", 404),
    ],
)
def test_a_graph_that_is_not_named_well_is_not_found(
    server: RunningSite, query: str, status: int
) -> None:
    assert httpx.get(f"{server.address}graphs?{query}").status_code == status


def test_whole_graphs_are_not_written(server: RunningSite) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = httpx.request(method, f"{server.address}graphs?default")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_the_service_describes_itself(server: RunningSite) -> None:
    answer = httpx.get(server.sparql, headers={"accept": "text/turtle"})
    described = GraphStore.from_text(answer.text, ox.RdfFormat.TURTLE)
    found = described.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
        "PREFIX void: <http://rdfs.org/ns/void#> "
        "SELECT ?n { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ; "
        "sd:defaultDataset/sd:namedGraph [ sd:name <urn:g:b> ; sd:graph/void:triples ?n ] "
        f"FILTER(?e = <{server.sparql}>) }}"
    )
    assert isinstance(found, Rows)
    assert found.rows == ((ox.Literal(1),),)
    as_json = httpx.get(server.sparql, headers={"accept": "application/ld+json"})
    assert as_json.headers["content-type"] == "application/ld+json"
    assert httpx.get(server.sparql, headers={"accept": "image/png"}).status_code == 406


def test_the_graph_is_described_at_its_well_known_place(
    server: RunningSite, graph: GraphStore
) -> None:
    answer = httpx.get(f"{server.address}.well-known/void")
    described = GraphStore.from_text(answer.text, ox.RdfFormat.TURTLE)
    found = described.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n ?e "
        "{ ?d a void:Dataset ; void:triples ?n ; void:sparqlEndpoint ?e }"
    )
    triples = graph.query(CONSTRUCT)
    assert isinstance(found, Rows)
    assert isinstance(triples, Triples)
    (row,) = found
    assert row == (ox.Literal(len(triples)), ox.NamedNode(server.sparql))


def test_health_metrics_and_openapi(server: RunningSite) -> None:
    health = httpx.get(f"{server.address}healthz").json()
    assert health["status"] == "ok"
    assert health["workers"] >= 3
    metrics = httpx.get(f"{server.address}metrics").text
    assert 'simpul_requests_total{part="sparql",status="200"}' in metrics
    assert re.search(r"^simpul_workers \d", metrics, re.MULTILINE)
    document = httpx.get(f"{server.address}openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": server.address.rstrip("/")}]
    for path in ("healthz", "metrics", "openapi.json", ".well-known/void", "graphs"):
        assert "get" in document["paths"][f"/{path}"]


def test_long_addresses_and_headers_are_refused_and_the_next_is_served(
    server: RunningSite,
) -> None:
    size = 1_000_000
    port = int(server.address.rstrip("/").rpartition(":")[2])
    for head in (
        f"GET /sparql?query={'a' * size} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: {'a' * size}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n" * (size // 6) + "\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.settimeout(10)
            try:
                raw.sendall(head.encode())
                answer = raw.recv(12)
            except ConnectionError:
                continue
            assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert server.ask("ASK {}").status_code == 200
