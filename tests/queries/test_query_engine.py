"""engine/, limits.py, dataset.py and exchange.py: a limit ends a query with an error and never with a part of it.

The processes are real, and so are the queries that go past a limit.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.ontology import QueryError
from simpul.queries import (
    BadParameter,
    BytesExceeded,
    DatasetChoice,
    GraphStore,
    Limits,
    MemoryExceeded,
    NoGraph,
    OutboundRequest,
    QueryFailed,
    QueryStopped,
    QuerySyntaxError,
    ReadOnlyGraph,
    Rows,
    RowsExceeded,
    TimeExceeded,
    Triples,
    guarded_request,
)
from simpul.queries import WorkerOptions as Options
from simpul.queries.engine import (
    FrameKind,
    Head,
    Request,
    framed_request,
    read_header,
    row_counter,
)

P = ox.NamedNode("urn:x:p")
QUADS = [
    ox.Quad(ox.NamedNode(f"urn:x:{number}"), P, ox.Literal(number))
    for number in range(1500)
]
ALL = "SELECT ?s ?o { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
LONG = Limits(time_s=60)
MEGABYTE = 1 << 20

posix = pytest.mark.skipif(sys.platform == "win32", reason="has none of these limits")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version, as far as a query goes."""
    folder = tmp_path_factory.mktemp("version")
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(QUADS)
    store.flush()
    return folder


@pytest.fixture(scope="module", params=["on disk", "in memory"])
def graph(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if request.param == "on disk":
        return GraphStore.open(folder)
    return GraphStore.from_quads(QUADS)


def rows_of(graph: GraphStore, text: str, limits: Limits | None = None) -> set[str]:
    rows = graph.query(text, limits=limits)
    assert isinstance(rows, Rows)
    return {str([str(term) for term in row]) for row in rows}


# The library


@pytest.mark.parametrize(
    "text",
    [
        ALL,
        "SELECT * { ?s ?p 3 OPTIONAL { ?s <urn:none> ?none } }",
        "SELECT ('a\"\\n' AS ?x) (<<( <urn:a> <urn:b> 'c'@id )>> AS ?t) {}",
        "CONSTRUCT { ?o <urn:q> ?s } { ?s ?p ?o FILTER(?s > <urn:x:9>) }",
        "DESCRIBE <urn:x:7>",
        "ASK { <urn:x:7> ?p ?o }",
        "ASK { <urn:x:none> ?p ?o }",
        "SELECT * { }",
        "SELECT * { ?s <urn:none> ?o }",
    ],
)
def test_a_query_with_limits_answers_as_one_without(
    graph: GraphStore, text: str
) -> None:
    with_limits = graph.query(text, limits=LONG)
    without = graph.query(text)
    if isinstance(without, Rows):
        assert isinstance(with_limits, Rows)
        assert with_limits.variables == without.variables
        assert sorted(map(str, with_limits)) == sorted(map(str, without))
    else:
        assert with_limits == without


@pytest.mark.parametrize(
    ("text", "limits", "error"),
    [
        (ENDLESS, Limits(time_s=0.3), TimeExceeded),
        (f"ASK {{ {{ {ENDLESS} }} }}", Limits(time_s=0.3), TimeExceeded),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", Limits(time_s=0.3), TimeExceeded),
        pytest.param(
            SORTED, Limits(memory_bytes=100 * MEGABYTE), MemoryExceeded, marks=posix
        ),
        (ALL, Limits(bytes=1000), BytesExceeded),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Limits(bytes=1000), BytesExceeded),
        (ALL, Limits(rows=1499), RowsExceeded),
        (ALL, Limits(rows=1499, time_s=60), RowsExceeded),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Limits(rows=1499), RowsExceeded),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Limits(rows=1499, bytes=10**9), RowsExceeded),
    ],
)
def test_a_query_past_its_limit_ends_with_the_error_of_that_limit(
    graph: GraphStore, text: str, limits: Limits, error: type[QueryStopped]
) -> None:
    with pytest.raises(error) as stopped:
        graph.query(text, name="big", limits=limits)
    given = (limits.time_s, limits.memory_bytes, limits.bytes, limits.rows)
    assert stopped.value.limit in given
    assert stopped.value.name == "big"
    assert type(stopped.value) is error
    # The next query finds all in order.
    assert len(rows_of(graph, ALL, LONG)) == 1500


def test_an_answer_just_at_its_limits_is_whole(graph: GraphStore) -> None:
    assert len(rows_of(graph, ALL, Limits(rows=1500))) == 1500
    assert len(rows_of(graph, ALL, Limits(rows=1500, time_s=60))) == 1500
    triples = graph.query(
        "CONSTRUCT WHERE { ?s ?p ?o }", limits=Limits(rows=1500, time_s=60)
    )
    assert isinstance(triples, Triples)
    assert len(triples) == 1500


def test_a_time_limit_is_kept_to_closely(graph: GraphStore) -> None:
    graph.query(ALL, limits=LONG)  # so that a process is there
    start = time.monotonic()
    with pytest.raises(TimeExceeded):
        graph.query(ENDLESS, limits=Limits(time_s=0.5))
    assert 0.5 <= time.monotonic() - start < 3


def test_errors_are_the_same_with_limits_as_without(graph: GraphStore) -> None:
    text = "SELECT *\n{ ?s nope:p ?o }"
    errors: list[QuerySyntaxError] = []
    for limits in (None, LONG):
        with pytest.raises(QuerySyntaxError) as error:
            graph.query(text, name="q", limits=limits)
        errors.append(error.value)
    assert str(errors[0]) == str(errors[1])
    with pytest.raises(OutboundRequest):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:9> {} }", limits=LONG)


def test_what_is_changed_is_seen_by_the_next_query_with_limits() -> None:
    graph = GraphStore.from_quads(QUADS[:3])
    assert len(rows_of(graph, ALL, LONG)) == 3
    graph.update("INSERT DATA { <urn:x:new> <urn:x:p> 7 }")
    assert len(rows_of(graph, ALL, LONG)) == 4


def test_blank_nodes_keep_their_labels_on_the_way() -> None:
    graph = GraphStore.from_text("_:a <urn:p> _:b .\n_:b <urn:p> _:a .")
    assert rows_of(graph, ALL, LONG) == rows_of(graph, ALL)


def test_threads_that_ask_at_once_each_get_their_own_answer(folder: Path) -> None:
    graph = GraphStore.open(folder)
    found: dict[int, set[str]] = {}

    def ask(number: int) -> None:
        for _ in range(3):
            text = f"SELECT ?s {{ ?s ?p {number} }}"
            found[number] = rows_of(graph, text, LONG)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: {f"['<urn:x:{number}>']"} for number in range(3)}


@posix
def test_a_process_ends_with_the_graph_it_serves(folder: Path) -> None:
    gc.collect()
    before = children()
    graph = GraphStore.open(folder)
    graph.query(ALL, limits=LONG)
    assert len(children() - before) == 1
    del graph
    gc.collect()
    assert children() == before


def children() -> set[int]:
    """The processes that this one has started and not ended."""
    mine = psutil.Process().children()
    return {child.pid for child in mine if "worker.py" in " ".join(child.cmdline())}


def test_a_process_that_died_while_it_waited_is_replaced(folder: Path) -> None:
    graph = GraphStore.open(folder)
    before = children()
    graph.query(ALL, limits=LONG)
    for child in children() - before:
        os.kill(child, signal.SIGKILL)
        time.sleep(0.1)
    assert len(rows_of(graph, ALL, LONG)) == 1500


def test_a_graph_that_is_no_longer_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    store = ox.Store(str(tmp_path / "here" / "store"))
    store.flush()
    del store
    graph = GraphStore.open(tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    with pytest.raises(QueryFailed, match="no graph can be opened"):
        graph.query(ALL, limits=LONG)


def test_limits_must_be_above_nothing() -> None:
    for most in (0, -1):
        with pytest.raises(ValueError, match="must be above 0"):
            Limits(rows=most)
    with pytest.raises(ValueError, match="must be above 0"):
        Limits(time_s=float("nan"))


# Which graphs are asked

GRAPHS = GraphStore.from_text(
    "@prefix : <urn:x:> . :g { :a :p 1 } :h { :b :p 2 } :d :p 3 .", ox.RdfFormat.TRIG
)
IN_DEFAULT = "SELECT ?s { ?s ?p ?o }"
IN_NAMED = "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
FROM_H = "SELECT ?s FROM <urn:x:h> FROM NAMED <urn:x:h> { ?s ?p ?o }"
FROM_H_NAMED = "SELECT ?s FROM <urn:x:h> FROM NAMED <urn:x:h> { GRAPH ?g { ?s ?p ?o } }"
G, H = "urn:x:g", "urn:x:h"


@pytest.mark.parametrize("limits", [None, LONG], ids=["here", "apart"])
@pytest.mark.parametrize(
    ("chosen", "default", "named", "default_from", "named_from"),
    [
        (None, "abd", "ab", "b", "b"),
        (DatasetChoice(), "abd", "ab", "b", "b"),
        (DatasetChoice(union=False), "d", "ab", "b", "b"),
        (DatasetChoice((G,)), "a", "", "a", ""),
        (DatasetChoice((G, H)), "ab", "", "ab", ""),
        (DatasetChoice((), (G,)), "", "a", "", "a"),
        (DatasetChoice((G,), (H,)), "a", "b", "a", "b"),
        (DatasetChoice((G,), (G, H)), "a", "ab", "a", "ab"),
        (DatasetChoice(("urn:x:absent",)), "", "", "", ""),
    ],
)
def test_graphs_that_are_named_beside_a_query_take_the_place_of_its_own(
    chosen: DatasetChoice | None,
    default: str,
    named: str,
    default_from: str,
    named_from: str,
    limits: Limits | None,
) -> None:
    def found(text: str) -> str:
        rows = GRAPHS.query(text, dataset=chosen, limits=limits)
        assert isinstance(rows, Rows)
        return "".join(sorted(str(row[0])[-2] for row in rows))

    texts = (IN_DEFAULT, IN_NAMED, FROM_H, FROM_H_NAMED)
    assert tuple(map(found, texts)) == (default, named, default_from, named_from)


def test_a_graph_is_named_by_an_absolute_iri() -> None:
    with pytest.raises(BadParameter, match=r"default-graph-uri='data\.ttl'"):
        DatasetChoice(("data.ttl",))
    with pytest.raises(BadParameter, match="named-graph-uri"):
        DatasetChoice((), ("a b",))


# Changing a graph


def test_an_update_is_done_whole_or_not_at_all() -> None:
    graph = GraphStore.from_quads(QUADS[:2])
    graph.update("DELETE WHERE { <urn:x:0> ?p ?o }; INSERT DATA { <urn:a> <urn:b> 1 }")
    assert rows_of(graph, "SELECT ?s { ?s ?p ?o }") == {"['<urn:x:1>']", "['<urn:a>']"}
    with pytest.raises(QueryFailed):
        graph.update("INSERT DATA { <urn:c> <urn:b> 1 }; CLEAR GRAPH <urn:absent>")
    assert graph.query("ASK { <urn:c> ?p ?o }") is False
    with pytest.raises(QuerySyntaxError, match="line 1"):
        graph.update("INSERT DATA { <urn:c> }")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "load silent <http://127.0.0.1:9/x> INTO GRAPH <urn:g>",
        "INSERT DATA { <urn:a> <urn:b> 1 } ; LOAD <http://127.0.0.1:9/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
    ],
)
def test_an_update_calls_no_other_machine(text: str) -> None:
    graph = GraphStore.from_quads([])
    with pytest.raises(OutboundRequest):
        graph.update(text)
    assert len(graph) == 0


def test_a_version_is_never_changed(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyGraph, match="writable=True"):
        GraphStore.open(folder).update("INSERT DATA { <urn:a> <urn:b> 1 }")
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ReadOnlyGraph, match="a version is never changed"):
        GraphStore.open(tmp_path, writable=True)


def test_a_folder_of_ones_own_keeps_what_is_changed(tmp_path: Path) -> None:
    graph = GraphStore.open(tmp_path, writable=True)
    graph.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    assert len(rows_of(graph, ALL, LONG)) == 1
    with pytest.raises(NoGraph, match="cannot be opened"):
        GraphStore.open(tmp_path, writable=True)
    del graph
    gc.collect()
    assert len(GraphStore.open(tmp_path)) == 1


# Texts that are trusted


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        yield server


def service(listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"


def test_only_a_text_that_is_trusted_calls_another_machine(
    listener: socket.socket,
) -> None:
    graph = GraphStore.from_quads(QUADS[:1])
    text = service(listener)
    with pytest.raises(OutboundRequest):
        graph.query(text)
    failures: list[QueryFailed] = []

    def ask() -> None:
        try:
            graph.query(text, outbound=True)
        except QueryFailed as error:
            failures.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    caller, _ = listener.accept()
    with caller:
        caller.recv(65536)
        caller.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
    asking.join()
    assert len(failures) == 1
    with pytest.raises(OutboundRequest):  # to trust a text is not to trust it for ever
        graph.query(text)
    with pytest.raises(ValueError, match="limits"):
        graph.query(text, outbound=True, limits=LONG)


# The process itself


class Spoken:
    """A process that is spoken to in frames, as a stranger would."""

    def __init__(self, options: Options) -> None:
        self.process = subprocess.Popen(
            options.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def send(self, request: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(request)
        self.process.stdin.flush()

    def frame(self) -> tuple[FrameKind, bytes]:
        assert self.process.stdout
        length, kind = read_header(self.process.stdout.read(5))
        return kind, self.process.stdout.read(length)

    def answer(self, request: Request) -> list[tuple[FrameKind, bytes]]:
        self.send(framed_request(request))
        frames = [self.frame()]
        while not (frames[-1][0] is FrameKind.END or frames[-1][0].is_problem):
            frames.append(self.frame())
        return frames

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def spoken(folder: Path) -> Iterator[Spoken]:
    worker = Spoken(Options(str(folder / "store"), 500 * MEGABYTE, 30))
    assert worker.frame()[0] is FrameKind.READY
    yield worker
    worker.close()


def test_a_worker_imports_none_of_the_room_and_says_ready_at_once(folder: Path) -> None:
    line = Options(str(folder / "store")).command()
    imported = subprocess.run(
        [line[0], "-X", "importtime", *line[1:]],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    ).stderr.decode()
    assert "engine.frames" in imported
    assert not {"simpul", "rdflib", "numpy", "dataclasses"} & {
        row.rpartition("|")[2].strip().partition(".")[0]
        for row in imported.splitlines()
    }

    def ready() -> float:
        start = time.monotonic()
        worker = Spoken(Options(str(folder / "store"), 500 * MEGABYTE, 30))
        worker.frame()
        taken = time.monotonic() - start
        worker.close()
        return taken

    assert min(ready() for _ in range(5)) < 0.3


def test_frames_say_what_comes_and_that_it_is_whole(spoken: Spoken) -> None:
    frames = spoken.answer(Request(ALL, rows_format="text/csv"))
    kinds = [kind for kind, _ in frames]
    assert kinds[0] is FrameKind.HEAD
    assert kinds[-1] is FrameKind.END
    assert set(kinds[1:-1]) == {FrameKind.DATA}
    assert Head.decoded(frames[0][1]) == Head("rows", "text/csv; charset=utf-8")
    written = b"".join(payload for kind, payload in frames if kind is FrameKind.DATA)
    assert written.count(b"\n") == 1501


def test_a_worker_lives_on_after_what_it_cannot_do(spoken: Spoken) -> None:
    asked = {
        Request("SELEC"): FrameKind.SYNTAX,
        Request(ALL, rows_format="text/html"): FrameKind.REFUSED,
        Request("DESCRIBE <urn:x:1>", triples_format="image/png"): FrameKind.REFUSED,
        Request(ALL, default_graphs=("no iri",)): FrameKind.REFUSED,
        Request(ALL, max_rows=3): FrameKind.TOO_MANY_ROWS,
        Request(ALL, max_bytes=3): FrameKind.TOO_MANY_BYTES,
    }
    for request, kind in asked.items():
        last, payload = spoken.answer(request)[-1]
        assert last is kind
        assert json.loads(payload)["message"]
    for broken in (b"{}", b"[]", b"3", b'{"query":1}', b"\xff", b'{"query":"","x":1}'):
        spoken.send(len(broken).to_bytes(4, "big") + broken)
        assert spoken.frame()[0] is FrameKind.REFUSED
    assert spoken.answer(Request(ALL))[-1][0] is FrameKind.END


def test_a_stopped_answer_never_ends_as_a_whole_one(spoken: Spoken) -> None:
    product = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    for request in (
        Request(product, max_rows=5000),
        Request(product, max_bytes=200_000),
    ):
        kinds = [kind for kind, _ in spoken.answer(request)]
        assert FrameKind.DATA in kinds
        assert FrameKind.END not in kinds


@posix
def test_no_socket_can_be_opened_in_a_worker_even_past_the_guard(
    spoken: Spoken, listener: socket.socket
) -> None:
    last, payload = spoken.answer(Request(service(listener)))[-1]
    assert last is FrameKind.FAILED
    assert b"Too many open files" in payload or b"Permission denied" in payload
    listener.settimeout(0.2)
    with pytest.raises(TimeoutError):
        listener.accept()


@posix
@pytest.mark.parametrize("text", [ENDLESS, SORTED, f"ASK {{ {{ {ENDLESS} }} }}"])
def test_a_worker_ends_in_the_middle_of_a_query_when_its_input_does(
    spoken: Spoken, text: str
) -> None:
    spoken.send(framed_request(Request(text)))
    time.sleep(0.1)
    assert spoken.process.poll() is None
    assert spoken.process.stdin
    spoken.process.stdin.close()
    assert spoken.process.wait(timeout=5) == 0


@posix
def test_the_processor_limit_ends_a_worker_that_nobody_else_ends(folder: Path) -> None:
    worker = Spoken(Options(str(folder / "store"), None, 0.1))
    worker.frame()
    worker.send(framed_request(Request(ENDLESS)))
    assert worker.process.wait(timeout=60) == -signal.SIGXCPU
    worker.close()


@posix
def test_the_processor_limit_is_one_for_each_query(folder: Path) -> None:
    worker = Spoken(Options(str(folder / "store"), None, 0.5))
    worker.frame()
    short = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
    start = time.monotonic()
    while time.monotonic() - start < 4:
        assert worker.answer(Request(short))[-1][0] is FrameKind.END
    worker.close()


# Rows that are counted in what the engine writes

ROWS_FORMATS = [
    ox.QueryResultsFormat.JSON,
    ox.QueryResultsFormat.XML,
    ox.QueryResultsFormat.CSV,
    ox.QueryResultsFormat.TSV,
]
NASTY = st.lists(
    st.sampled_from([*'"\\{}[],:<>&;?\n\r\t ', "a", "é", "</", "<result>", "},{"])
).map("".join)
CELLS = st.one_of(st.none(), NASTY)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS), max_size=8),
    form=st.sampled_from(ROWS_FORMATS),
    size=st.integers(1, 40),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_rows_are_counted_right_wherever_an_answer_is_cut(
    rows: list[tuple[str | None, str | None]], form: ox.QueryResultsFormat, size: int
) -> None:
    def term(cell: str | None) -> str:
        return "UNDEF" if cell is None else str(ox.Literal(cell))

    values = " ".join(f"({term(a)} {term(b)})" for a, b in rows)
    answer = ox.Store().query(f"SELECT * {{ VALUES (?x ?y) {{ {values} }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    written = answer.serialize(format=form)
    assert written is not None
    counter = row_counter(form.media_type)
    counts = [
        counter.feed(written[place : place + size])
        for place in range(0, len(written), size)
    ]
    assert counts[-1] == len(rows)
    assert counts == sorted(counts)


def test_triple_terms_are_one_row(folder: Path) -> None:
    text = (
        "SELECT (<<( <urn:a> <urn:b> '},{' )>> AS ?t) (<<( ?s ?p <<( ?s ?p ?o )>> )>> AS ?u)"
        "{ ?s ?p ?o }"
    )
    for form in ROWS_FORMATS:
        answer = ox.Store.read_only(str(folder / "store")).query(text)
        assert isinstance(answer, ox.QuerySolutions)
        written = answer.serialize(format=form)
        assert written is not None
        assert row_counter(form.media_type).feed(written) == 1500


# The guard, which reads a text once


@pytest.mark.parametrize(
    ("text", "says_from"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("select * from<urn:g> { ?s ?p ?o }", True),
        ("SELECT * FROM # here\n <urn:g> { ?s ?p ?o }", True),
        ("PREFIX : <urn:> SELECT * FROM NAMED :g { ?s ?p ?o }", True),
        ("PREFIX e: <urn:> SELECT * FROM e:g { ?s ?p ?o }", True),
        ("ASKFROM<urn:g>{ ?s ?p ?o }", True),
        ("SELECT * { ?s ?p ?o } # FROM <urn:g>", False),
        ("SELECT ?from { ?s ?p 'FROM <urn:g>' }", False),
        ("PREFIX from: <urn:> SELECT * { from:a from:b ?o }", False),
        ("SELECT * { ?s ?p ?o }", False),
    ],
)
def test_from_is_seen_where_the_engine_sees_it(text: str, says_from: bool) -> None:
    assert guarded_request(text).union is not says_from


PIECES = [
    "FROM<urn:g>",
    "from :g",
    "FROM NAMED e:g",
    "<urn:g>",
    "SELECT",
    "?s",
    "ASK",
    "SERVICE",
    "load",
]


@given(
    st.lists(
        st.sampled_from(
            [*PIECES, " ", "\n", "# ", "'", '"', "*", "{", "}", "\\u0046", "\\"]
        ),
        max_size=12,
    )
)
@settings(max_examples=500)
def test_a_text_is_seen_alike_when_it_is_short_and_when_it_is_too_long_to_keep(
    parts: list[str],
) -> None:
    text = "".join(parts)

    def seen(text: str) -> object:
        try:
            return guarded_request(text).union
        except QueryError as error:
            return type(error)

    # Spaces change no token; so many brackets of a comment take the slower way.
    assert seen(text) == seen(" " * 70_000 + text) == seen("#" + "{" * 70 + "\n" + text)
