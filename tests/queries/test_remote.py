"""queries/remote: a graph on two real servers answers what it answers on this machine.

Both servers start with nothing, on free ports, and get the footwear version and a small one by `push`.
"""

from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from servers import NO_OXIGRAPH, Running, find_oxigraph, oxigraph, virtuoso
from simpul.analysis import read_network
from simpul.graph_builder import build_ecosystem, current_version
from simpul.ontology import SIMPUL, QueryError
from simpul.queries import (
    DatasetChoice,
    GraphStore,
    Limits,
    NoGraph,
    OutboundRequest,
    QuerySyntaxError,
    Result,
    Rows,
    RowsExceeded,
    catalog,
    claim_keys,
    explain,
    find_claim,
    read_question,
)
from simpul.queries.remote import (
    Answers,
    BadEndpoint,
    CopyTooLarge,
    Credentials,
    CutAnswer,
    GraphsThere,
    NoSuchGraphs,
    NotAuthorised,
    Part,
    RemoteError,
    RemoteGraph,
    Server,
    SeveralVersions,
    Unreachable,
    push,
)
from worlds import RATTAN

pytestmark = pytest.mark.skipif(find_oxigraph() is None, reason=NO_OXIGRAPH)

PREFIX = "https://example.org/rattan/"
DBA = Credentials("dba", "dba")
ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

# Virtuoso 7.2.5 itself answers these otherwise, hence AUTO has them answered on a copy.
OTHERWISE_ON_VIRTUOSO = {
    "line-of-command": "refused: neither end of a path is bound by equality",
    "links": "EXISTS as a value is an integer",
    "names-over-time": "BIND of what is unbound, and of a boolean",
}
# And these some of the time, as it plans them by what it has counted so far.
SOMETIMES_OTHERWISE_ON_VIRTUOSO = {
    "bridges": "NOT EXISTS with a path: its own end is left out",
    "hosts": "a path to a constant: its own end is left out",
    "partners": "a path to a constant: its own end is left out",
    "profile-of-body": "BIND of what is unbound",
    "strands": "NOT EXISTS with a path: its own end is left out",
    "whereabouts": "a path in OPTIONAL beneath an aggregate",
}
OPEN_ORDER = {
    "statement": "texts in two languages, whose order SPARQL 1.1 (15.1) leaves open",
}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two versions: a small one, and footwear."""
    built: dict[str, Path] = {}
    for name, where in (("rattan", str(RATTAN)), ("footwear", "footwear")):
        out = tmp_path_factory.mktemp(name)
        build_ecosystem(where, out)
        built[name] = current_version(out).path
    return built


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    versions: dict[str, Path],
) -> Iterator[Running]:
    """A server that holds both versions, the small one under a prefix of its own."""
    if request.param == "oxigraph":
        running = oxigraph()
    else:
        program: str = request.getfixturevalue("virtuoso_program")
        running = virtuoso(program, tmp_path_factory.mktemp("virtuoso"))
    with running as started:
        push(versions["footwear"], started.endpoint, credentials=DBA)
        rattan = versions["rattan"]
        push(rattan, started.endpoint, credentials=DBA, graph_prefix=PREFIX)
        yield started


FOOTWEAR = "https://w3id.org/simpul/graph/"
WORLDS = {"footwear": FOOTWEAR, "rattan": PREFIX}


def there(
    server: Running, prefix: str = FOOTWEAR, answers: Answers = Answers.AUTO
) -> RemoteGraph:
    return RemoteGraph(server.endpoint, graph_prefix=prefix, answers=answers)


def all_queries(graph: GraphStore) -> dict[str, str]:
    """Every query that Simpul ships, those about a claim asked of one."""
    found = {question.name: question.text for question in catalog()}
    claim = ox.NamedNode(find_claim(graph, claim_keys(graph)[0]))
    folders = (("simpul.queries", "explaining"), ("simpul.analysis", "sparql"))
    for package, folder in folders:
        for file in files(package).joinpath(folder).iterdir():
            if file.name.endswith(".rq"):
                name = file.name.removesuffix(".rq")
                text = file.read_text("utf-8")
                if folder == "explaining":
                    question = read_question(text, name)
                    named = [p.name for p in question.parameters if p.is_required]
                    text = question.bind(dict.fromkeys(named, claim))
                found[name] = text
    return found


def differing(graph: RemoteGraph, here: GraphStore) -> dict[str, str]:
    """The queries that a graph elsewhere answers otherwise, and how."""
    found: dict[str, str] = {}
    for name, text in all_queries(here).items():
        expected = here.query(text)
        try:
            answer = graph.query(text, name=name)
        except QueryError as error:
            found[name] = str(error)
            continue
        if name in OPEN_ORDER and _in_any_order(answer) == _in_any_order(expected):
            continue
        if answer != expected:
            found[name] = f"{expected} became {answer}"[:500]
    return found


def _in_any_order(answer: Result) -> list[str]:
    return sorted(map(str, answer)) if isinstance(answer, Rows) else []


# ---- equal answers


@pytest.mark.parametrize("world", WORLDS)
def test_every_query_has_the_same_answer_there_as_here(
    server: Running, versions: dict[str, Path], world: str
) -> None:
    here = GraphStore.open(versions[world])
    with closing(there(server, WORLDS[world])) as graph:
        assert differing(graph, here) == {}


def test_what_a_server_answers_otherwise_is_known_before_it_is_asked(
    server: Running, versions: dict[str, Path]
) -> None:
    here = GraphStore.open(versions["footwear"])
    queries = all_queries(here)
    with closing(there(server, answers=Answers.SERVER)) as graph:
        found = differing(graph, here)
        doubted = {name for name, text in queries.items() if graph.doubts(text)}
        assert found.keys() <= doubted
        if graph.server is Server.VIRTUOSO:
            assert found.keys() >= OTHERWISE_ON_VIRTUOSO.keys()
            assert SOMETIMES_OTHERWISE_ON_VIRTUOSO.keys() <= doubted
        else:
            assert not found


@pytest.mark.parametrize("world", WORLDS)
def test_a_copy_holds_every_statement(
    server: Running, versions: dict[str, Path], world: str
) -> None:
    here = GraphStore.open(versions[world])
    with closing(there(server, WORLDS[world])) as graph:
        renamed = {
            ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(moved))
            for q in here.quads()
            if isinstance(q.graph_name, ox.NamedNode)
            and (moved := WORLDS[world] + q.graph_name.value.rpartition("/")[2])
        }
        assert set(graph.quads()) == renamed


def test_networks_and_explanations_are_the_same(
    server: Running, versions: dict[str, Path]
) -> None:
    here = GraphStore.open(versions["rattan"])
    with closing(there(server, PREFIX)) as graph:
        assert read_network(graph) == read_network(here)
        assert claim_keys(graph) == claim_keys(here)
        for key in claim_keys(here)[:8]:
            claim = find_claim(here, key)
            assert explain(graph, claim) == explain(here, claim)


@pytest.mark.parametrize("answers", [Answers.SERVER, Answers.COPY])
def test_patterns_fit_the_same_statements(
    server: Running, versions: dict[str, Path], answers: Answers
) -> None:
    here = GraphStore.open(versions["footwear"])
    body = ox.NamedNode("https://w3id.org/simpul/id/org/bpipi")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    party = ox.NamedNode(SIMPUL.participant)
    name = next(here.quads(body, label)).object
    with closing(there(server, answers=answers)) as graph:
        for pattern in (
            (body, None, None),
            (body, label, None),
            (body, label, name),
            (body, None, name),
            (body, party, None),
            (None, party, body),
            (None, ox.NamedNode(SIMPUL.attestedOn), None),
            (None, party, name),
        ):
            assert set(graph.quads(*pattern)) == set(here.quads(*pattern)), pattern
        for iri in (body.value, party.value, "urn:nothing"):
            assert graph.mentions(iri) == here.mentions(iri)
        for start in ("https://w3id.org/simpul/id/org/", "urn:nothing"):
            assert graph.things_under(start) == here.things_under(start)


@pytest.mark.parametrize(
    "text",
    [
        ALL,
        "ASK { ?s a <https://w3id.org/simpul/ontology#Tie> }",
        "ASK { ?s a <urn:nothing> }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        f"SELECT (COUNT(*) AS ?n) FROM <{FOOTWEAR}claims> {{ ?s ?p ?o }}",
        f"SELECT (COUNT(*) AS ?n) FROM NAMED <{FOOTWEAR}claims> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{FOOTWEAR}derived> {{ ?s ?p ?o }} }}",
        "CONSTRUCT { ?s a <urn:t> } WHERE { ?s a <https://w3id.org/simpul/ontology#Tie> }",
        "DESCRIBE <https://w3id.org/simpul/id/org/bpipi>",
    ],
)
def test_the_default_graph_is_the_union_unless_it_is_said_otherwise(
    server: Running, versions: dict[str, Path], text: str
) -> None:
    here = GraphStore.open(versions["footwear"])
    for get in (False, True):
        graph = RemoteGraph(server.endpoint, graph_prefix=FOOTWEAR, get=get)
        with closing(graph):
            assert graph.query(text) == here.query(text)


def test_a_dataset_chooses_the_graphs(
    server: Running, versions: dict[str, Path]
) -> None:
    here = GraphStore.open(versions["footwear"])
    chosen = DatasetChoice((f"{FOOTWEAR}claims", f"{FOOTWEAR}derived"))
    with closing(there(server)) as graph:
        assert graph.query(ALL, dataset=chosen) == here.query(ALL, dataset=chosen)


def test_the_strict_default_graph_of_a_server_alone_would_be_empty(
    versions: dict[str, Path],
) -> None:
    for options in ((), ("--union-default-graph",)):
        with oxigraph(*options) as running:
            push(versions["rattan"], running.endpoint)
            said = httpx.post(
                f"{running.root}/query",
                data={"query": "ASK { ?s ?p ?o }"},
                headers={"accept": "application/sparql-results+json"},
            )
            assert said.json()["boolean"] is bool(options)
            with closing(RemoteGraph(running.endpoint)) as graph:
                here = GraphStore.open(versions["rattan"])
                assert graph.query(ALL) == here.query(ALL)


def test_a_graph_without_a_name_is_asked_where_there_is_no_other() -> None:
    with oxigraph() as running:
        statement = "<urn:s> <urn:p> 1.50 .\n<urn:s> <urn:q> <urn:o> ."
        httpx.put(
            f"{running.root}/store?default",
            content=statement,
            headers={"content-type": "text/turtle"},
        ).raise_for_status()
        with closing(RemoteGraph(running.endpoint)) as graph:
            here = GraphStore.from_text(statement, ox.RdfFormat.TURTLE)
            assert graph.query("SELECT * { ?s <urn:p> ?o }") == here.query(
                "SELECT * { ?s <urn:p> ?o }"
            )
            for pattern in ((ox.NamedNode("urn:s"),), (None, ox.NamedNode("urn:q"))):
                assert set(graph.quads(*pattern)) == set(here.quads(*pattern))
            assert set(graph.copy().quads()) == set(here.quads())


# ---- which graphs


def test_of_two_versions_one_must_be_chosen(server: Running) -> None:
    with closing(RemoteGraph(server.endpoint)) as graph:
        with pytest.raises(SeveralVersions) as error:
            graph.query(ALL)
        assert error.value.prefixes == (PREFIX, FOOTWEAR)
        assert f"--graph-prefix {PREFIX}" in str(error.value)


def test_a_prefix_that_fits_nothing_is_no_empty_graph(server: Running) -> None:
    graph = RemoteGraph(server.endpoint, graph_prefix="urn:nothing/")
    with closing(graph), pytest.raises(NoSuchGraphs):
        graph.query(ALL)


def test_the_kind_of_server_is_what_it_says(server: Running) -> None:
    with closing(RemoteGraph(server.root, graph_prefix=PREFIX)) as graph:
        kinds = {"virtuoso": Server.VIRTUOSO, "query": Server.OXIGRAPH}
        assert (
            graph.server
            is kinds["query" if graph.endpoint.query.endswith("query") else "virtuoso"]
        )
        assert graph.server is graph.endpoint.kind


# ---- what is refused here and not left to the server


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", OutboundRequest),
        ("INSERT DATA { <urn:s> <urn:p> <urn:o> }", QuerySyntaxError),
        ("LOAD <http://127.0.0.1:9/>", OutboundRequest),
        ("CLEAR ALL", QuerySyntaxError),
        ('DEFINE get:soft "soft" SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }', QuerySyntaxError),
        ("ASK {} ; DROP ALL", QuerySyntaxError),
        ("PREFIX ex: <urn:x:> WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", QuerySyntaxError),
        ("", QuerySyntaxError),
        ("PREFIX", QuerySyntaxError),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answers", Answers)
def test_only_queries_that_call_nobody_are_sent(
    text: str, error: type[QueryError], answers: Answers
) -> None:
    # Nobody listens there, so that sending would be another error.
    graph = RemoteGraph("http://127.0.0.1:9/sparql", answers=answers)
    with closing(graph), pytest.raises(error):
        graph.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (?x AS ?insert) { VALUES ?x { 'DROP ALL' } } # DELETE",
        "PREFIX clear: <urn:clear#> ASK { ?s clear:insert <urn:delete> }",
        "BASE <urn:x> SELECT * { }",
    ],
)
def test_words_that_only_sound_like_an_update_are_sent(text: str) -> None:
    graph = RemoteGraph("http://127.0.0.1:9/sparql")
    with closing(graph), pytest.raises(Unreachable):
        graph.query(text)


# ---- limits, and servers that fail


def test_rows_beyond_a_limit_are_no_answer(server: Running) -> None:
    with closing(there(server)) as graph:
        with pytest.raises(RowsExceeded):
            graph.query("SELECT * { ?s ?p ?o } LIMIT 20", limits=Limits(rows=19))
        found = graph.query("SELECT * { ?s ?p ?o } LIMIT 20", limits=Limits(rows=20))
        assert isinstance(found, Rows)
        assert len(found) == 20


def test_what_virtuoso_cuts_is_no_answer_and_is_copied_whole(
    tmp_path: Path, versions: dict[str, Path], virtuoso_program: str
) -> None:
    here = GraphStore.open(versions["rattan"])
    with virtuoso(virtuoso_program, tmp_path, most_rows=400) as running:
        push(versions["rattan"], running.endpoint, credentials=DBA)
        with closing(RemoteGraph(running.endpoint)) as graph:
            with pytest.raises(CutAnswer) as error:
                graph.query("SELECT * { ?s ?p ?o }")
            assert error.value.limit == 400
            some = graph.query("SELECT * { ?s ?p ?o } LIMIT 399")
            assert isinstance(some, Rows)
            assert len(some) == 399
            # CONSTRUCT is cut without a word, so it is answered on a copy, and that is counted.
            every = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
            assert graph.query(every) == here.query(every)
            assert set(graph.quads()) == set(here.quads())


def test_a_graph_that_is_too_large_is_not_copied(server: Running) -> None:
    graph = RemoteGraph(server.endpoint, graph_prefix=PREFIX, most_copied=100)
    with closing(graph), pytest.raises(CopyTooLarge) as error:
        graph.copy()
    assert error.value.count > 100


def test_the_servers_own_words_come_with_its_refusal(server: Running) -> None:
    with closing(there(server, answers=Answers.SERVER)) as graph:
        with pytest.raises(RemoteError, match="answers 400: ") as error:
            graph.query("SELECT * { this is no query", name="mine")
        assert error.value.name == "mine"
        assert len(str(error.value)) < 500
        assert str(error.value).isprintable()


# ---- writing


def test_a_push_says_what_it_wrote(versions: dict[str, Path]) -> None:
    here = GraphStore.open(versions["rattan"])
    with oxigraph() as running:
        sent: list[tuple[str, int, int]] = []
        rehearsed = push(versions["rattan"], running.root, dry_run=True)
        with closing(RemoteGraph(running.root)) as graph:
            assert graph.query("ASK { GRAPH ?g { ?s ?p ?o } }") is False
        pushed = push(
            versions["rattan"],
            running.root,
            told=lambda part, done, size: sent.append((part.graph, done, size)),
        )
        assert rehearsed == pushed
        assert pushed.total == len(here)
        assert {part.before for part in pushed.parts} == {0}
        assert [part.graph for part in pushed.parts] == [
            g for g, done, n in sent if done == n
        ]
        with closing(RemoteGraph(running.root)) as graph:
            assert set(graph.quads()) == set(here.quads())


def test_a_push_replaces_only_when_told_and_nothing_else(
    server: Running, versions: dict[str, Path]
) -> None:
    prefix = "https://example.org/twice/"
    rattan = versions["rattan"]
    push(rattan, server.endpoint, credentials=DBA, graph_prefix=prefix)
    with pytest.raises(GraphsThere) as error:
        push(
            versions["footwear"], server.endpoint, credentials=DBA, graph_prefix=prefix
        )
    assert len(error.value.graphs) == 7
    with closing(there(server, prefix)) as graph:
        assert graph.query(ALL) == GraphStore.open(rattan).query(ALL)
    push(
        versions["footwear"],
        server.endpoint,
        credentials=DBA,
        graph_prefix=prefix,
        replace=True,
    )
    for start, name in (
        (prefix, "footwear"),
        (FOOTWEAR, "footwear"),
        (PREFIX, "rattan"),
    ):
        with closing(there(server, start)) as graph:
            assert graph.query(ALL) == GraphStore.open(versions[name]).query(ALL)
    _forget(server, prefix)


def _forget(server: Running, prefix: str) -> None:
    """Empty the graphs of a prefix, for the tests that come after."""
    with closing(there(server, prefix)) as graph:
        store, names = graph.endpoint, graph.graphs()
    for name in names:
        url, parameters = store.store_of(name)
        auth = httpx.DigestAuth(DBA.user, DBA.password)
        httpx.delete(url, params=parameters, auth=auth).raise_for_status()


def test_a_large_graph_is_written_whole(server: Running, tmp_path: Path) -> None:
    prefix = "https://example.org/large/"
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    text = "".join(
        f'<urn:s{n // 9}> <urn:p> "{n}"{integer} <{prefix}g> .\n' for n in range(45_000)
    )
    (tmp_path / "graph.nq").write_text(text, "utf-8")
    for replace in (False, True):
        left: list[int] = []

        def told(part: Part, done: int, size: int, left: list[int] = left) -> None:
            del part
            left.append(size - done)

        pushed = push(
            tmp_path, server.endpoint, credentials=DBA, replace=replace, told=told
        )
        assert pushed.parts[0].before == (45_000 if replace else 0)
        assert left == sorted(left, reverse=True)
        assert left[-1] == 0
    with closing(there(server, prefix)) as graph:
        highest = "SELECT (MAX(?o) AS ?most) (COUNT(*) AS ?n) { ?s ?p ?o }"
        found = graph.query(highest)
        assert found == Rows(("most", "n"), ((ox.Literal(44_999), ox.Literal(45_000)),))
    _forget(server, prefix)


class Cut(Exception):
    """The line went dead."""


def test_a_push_that_was_cut_short_is_completed_by_another(
    versions: dict[str, Path],
) -> None:
    def cut(part: object, sent: int, size: int) -> None:
        if "entities" in str(part):
            raise Cut

    with oxigraph() as running:
        with pytest.raises(Cut):
            push(versions["rattan"], running.root, told=cut)
        push(versions["rattan"], running.root, replace=True)
        with closing(RemoteGraph(running.root)) as graph:
            here = GraphStore.open(versions["rattan"])
            assert set(graph.quads()) == set(here.quads())


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Credentials(), "wants to know who asks"),
        (Credentials("dba", "wrong-5ecret"), "does not accept this user"),
        (Credentials("nobody-here", "wrong-5ecret"), "does not accept this user"),
        (Credentials(token="wrong-5ecret"), "does not accept this user"),
    ],
    ids=["nobody", "wrong password", "wrong user", "a token"],
)
def test_who_may_not_write_is_told_and_writes_nothing(
    server: Running, versions: dict[str, Path], known: Credentials, said: str
) -> None:
    with closing(there(server, PREFIX)) as graph:
        if graph.server is not Server.VIRTUOSO:
            pytest.skip("this server lets everyone write")
    prefix = "https://example.org/refused/"
    with pytest.raises(NotAuthorised, match=said) as error:
        push(
            versions["rattan"], server.endpoint, credentials=known, graph_prefix=prefix
        )
    assert error.value.status == 401
    assert "5ecret" not in str(error.value)
    assert "5ecret" not in repr(known)
    with closing(there(server, prefix)) as graph, pytest.raises(NoSuchGraphs):
        graph.graphs()


def test_what_is_no_version_is_not_pushed(tmp_path: Path) -> None:
    with oxigraph() as running:
        with pytest.raises(NoGraph):
            push(tmp_path, running.root)
        for text in ("<urn:s> <urn:p> <urn:o> .\n", "half a line", ""):
            (tmp_path / "graph.nq").write_text(text, "utf-8")
            with pytest.raises(NoGraph):
                push(tmp_path, running.root)
        (tmp_path / "graph.nq").write_text(
            "<urn:s> <urn:p> <urn:o> <urn:g> .\n", "utf-8"
        )
        with pytest.raises(BadEndpoint, match="begins with"):
            push(tmp_path, running.root, graph_prefix="no iri")
        with pytest.raises(BadEndpoint, match="--store-url"):
            push(tmp_path, f"{running.root}/elsewhere/at/all")
