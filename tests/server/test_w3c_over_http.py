"""The tests of the W3C over HTTP: the queries answer as the bare engine does, and the protocol is kept.

All data of the tests lies in one graph, each file under its own address, and each query is asked of the graphs
that its test names, by `default-graph-uri` and `named-graph-uri`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from simpul.queries import QueryFailed, QuerySyntaxError, Result, Rows, Triples
from sites import TOKEN, RunningSite, running_site, version_of
from w3c_sparql import MISSING, Case, cases, folder, iri_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(folder() is None, reason=MISSING),
]
EMPTY = "urn:simpul:test:empty"
ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)


def queries() -> list[Case]:
    """The tests of queries and of their syntax."""
    return [case for case in cases() if not case.is_update]


@cache
def parsed(path: Path) -> tuple[ox.Quad, ...]:
    """The quads of a file, read once, so that its blank nodes are the same wherever it is used."""
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    read = ox.parse(
        path=str(path), format=form, base_iri=iri_of(path), rename_blank_nodes=True
    )
    return tuple(read)


def graphs_of(case: Case) -> dict[str, Path]:
    """The graphs of a test by name; a file of data is a graph of its own address."""
    graphs = {iri_of(path): path for path in case.data} | dict(case.graphs)
    for name in FROM.findall(case.text):
        path = case.file.parent / name
        if path.is_file():  # a test of the syntax names what there is not
            graphs[iri_of(path)] = path
    return graphs


def quads() -> Iterator[ox.Quad]:
    """Every file of data that a query is asked of."""
    graphs = {pair for case in queries() for pair in graphs_of(case).items()}
    for name, path in sorted(graphs):
        for quad in parsed(path):
            is_default = quad.graph_name == ox.DefaultGraph()
            graph = ox.NamedNode(name) if is_default else quad.graph_name
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def names_in(path: Path) -> set[str]:
    """The graphs that a file of quads names."""
    names = {quad.graph_name for quad in parsed(path)}
    return {name.value for name in names if isinstance(name, ox.NamedNode)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    place = version_of(tmp_path_factory.mktemp("w3c"), quads())
    with running_site(place, union=False) as server:
        yield server


def asked(server: httpx.Client, case: Case) -> Result:
    """What our endpoint answers."""
    fields: dict[str, str | list[str]] = {"query": case.text}
    if not FROM.search(case.text):
        default = [iri_of(path) for path in case.data]
        fields["default-graph-uri"] = default or EMPTY
        named = {name for path in case.data for name in names_in(path)}
        named |= {name for name, _ in case.graphs}
        if named:
            fields["named-graph-uri"] = sorted(named)
    answer = server.post(
        "sparql", data=fields, headers={"accept": f"{ROWS}, {TRIPLES}"}
    )
    if answer.status_code == 400:
        raise QuerySyntaxError("query", 1, 1, "", answer.text)
    if answer.status_code != 200:
        raise QueryFailed("query", f"{answer.status_code} {answer.text}")
    if answer.headers["content-type"].startswith(TRIPLES):
        read = ox.parse(answer.content, ox.RdfFormat.N_TRIPLES)
        return Triples.of(quad.triple for quad in read)
    rows = ox.parse_query_results(answer.content, ox.QueryResultsFormat.JSON)
    if isinstance(rows, ox.QueryBoolean):
        return bool(rows)
    names = tuple(variable.value for variable in rows.variables)
    return Rows(names, tuple(tuple(row) for row in rows))


def bare(case: Case) -> Result:
    """What the engine itself answers."""
    store = ox.Store()
    store.extend(case.quads())
    found = store.query(case.text)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Triples.of(found)
    names = tuple(variable.value for variable in found.variables)
    return Rows(names, tuple(tuple(row) for row in found))


def test_queries_pass_over_http_exactly_as_in_the_bare_engine(
    server: RunningSite,
) -> None:
    ours: set[str] = set()
    theirs: set[str] = set()
    with server.client() as client:
        for case in queries():
            if case.passes(lambda case: asked(client, case)):
                ours.add(case.name)
            if case.passes(bare):
                theirs.add(case.name)
    print(
        f"{len(ours)} of {len(queries())} over HTTP, {len(theirs)} in the bare engine"
    )
    # The guard refuses SERVICE on purpose; nothing else tells us from the engine.
    refused = {case.name for case in queries() if "SERVICE" in case.text.upper()}
    assert sorted(theirs - ours - refused) == []
    assert sorted(ours - theirs) == []
    assert len(ours) > 1000


Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Exchange:
    """A request of a test of the protocol, and what is to come of it."""

    path: str
    method: str
    headers: dict[str, str]
    body: bytes
    statuses: set[str]
    truth: bool | None
    form: str | None


def protocol_tests() -> list[tuple[str, list[Exchange]]]:
    """The tests of the protocol: each a name and its requests."""
    root = folder()
    if root is None:
        return []
    path = root / "sparql11" / "protocol" / "manifest.ttl"
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=iri_of(path))
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    ht, cnt = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
    mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"

    def values(subject: Node, predicate: str) -> list[Node]:
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def text(subject: Node, predicate: str) -> str:
        (value,) = values(subject, predicate)
        assert isinstance(value, ox.Literal)
        return value.value

    def members(node: Node) -> Iterator[Node]:
        while node != ox.NamedNode(f"{rdf}nil"):
            yield from values(node, f"{rdf}first")
            (node,) = values(node, f"{rdf}rest")

    tests: list[tuple[str, list[Exchange]]] = []
    of_kind = store.quads_for_pattern(
        None, ox.NamedNode(f"{rdf}type"), ox.NamedNode(f"{mf}ProtocolTest")
    )
    for quad in of_kind:
        test = quad.subject
        assert isinstance(test, ox.NamedNode)
        (action,) = values(test, f"{mf}action")
        (listed,) = values(action, f"{ht}requests")
        exchanges: list[Exchange] = []
        for request in members(listed):
            (response,) = values(request, f"{ht}resp")
            headers = {
                text(header, f"{ht}fieldName"): text(header, f"{ht}fieldValue")
                for found in values(request, f"{ht}headers")
                for header in members(found)
            }
            bodies = [
                text(body, f"{cnt}chars").encode(text(body, f"{cnt}characterEncoding"))
                for body in values(request, f"{ht}body")
            ]
            truth = values(response, f"{mf}expectedBoolean")
            form = values(response, f"{mf}expectedFormat")
            statuses = values(response, f"{mf}expectedStatus")
            exchanges.append(
                Exchange(
                    path=text(request, f"{ht}absolutePath"),
                    method=text(request, f"{ht}methodName"),
                    headers=headers,
                    body=bodies[0] if bodies else b"",
                    statuses={str(s).strip("<>").rpartition("#")[2] for s in statuses},
                    truth=truth == [ox.Literal(True)] if truth else None,
                    form=str(form[0]).strip('"') if form else None,
                )
            )
        tests.append((test.value.rpartition("#")[2], exchanges))
    return sorted(tests, key=lambda test: test[0])


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A server that takes updates, with the data of the protocol tests."""
    root = folder()
    assert root

    def data() -> Iterator[ox.Quad]:
        for number in (1, 2, 3):
            path = root / "sparql11" / "protocol" / f"data{number}.nt"
            graph = ox.NamedNode(
                f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
            )
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)

    place = version_of(tmp_path_factory.mktemp("protocol") / "one", data())
    log = place.parent / "log"
    with running_site(
        place, log, union=False, allow_update=True, token=TOKEN
    ) as server:
        yield server


FORMS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


@pytest.mark.parametrize(
    "exchanges",
    [pytest.param(exchanges, id=name) for name, exchanges in protocol_tests()],
)
def test_the_protocol_is_kept(changing: RunningSite, exchanges: list[Exchange]) -> None:
    for exchange in exchanges:
        answer = httpx.request(
            exchange.method,
            changing.address + exchange.path.removeprefix("/"),
            headers={**exchange.headers, "authorization": f"Bearer {TOKEN}"},
            content=exchange.body,
            timeout=60,
        )
        status = f"StatusCode{answer.status_code // 100}xx"
        assert status in exchange.statuses, answer.text
        if exchange.truth is not None:
            assert answer.json()["boolean"] is exchange.truth
        if exchange.form:
            media_type = answer.headers["content-type"].partition(";")[0]
            assert media_type in FORMS[exchange.form]
