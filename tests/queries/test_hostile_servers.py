"""queries/remote against servers that lie, cut, drip, flood, or want to know a password."""

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers import Asked, Reply, answered, impostor
from simpul.queries import BytesExceeded, Limits, Rows, TimeExceeded, Triples
from simpul.queries.remote import (
    BadEndpoint,
    BrokenAnswer,
    Credentials,
    CutAnswer,
    NotAuthorised,
    RedirectRefused,
    RemoteError,
    RemoteGraph,
    RemoteRefused,
    Server,
    TooManyGraphs,
    Unreachable,
    credentials_for,
    endpoints_at,
    push,
)

SELECT = "SELECT * FROM <urn:g> { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT FROM <urn:g> WHERE { ?s ?p ?o }"
GRAPHS = b'{"head":{"vars":["graph"]},"results":{"bindings":[]}}'
ROWS = (
    b'{"head":{"vars":["a","b"]},"results":{"bindings":['
    b'{"a":{"type":"uri","value":"urn:x"},"b":{"type":"literal","value":"\\"}]\\u00e9"}},'
    b'{"b":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#decimal","value":"1.50"}}]}}'
)
YES = b'{"head":{},"boolean":true}'


def after_graphs(reply: Reply) -> Reply:
    """Lists no graph when asked for them, and answers the rest by `reply`."""

    def answer(asked: Asked, connection: socket.socket) -> None:
        if b"STRSTARTS" in asked.body:
            connection.sendall(answered(GRAPHS))
        else:
            reply(asked, connection)

    return answer


def sends(*pieces: bytes) -> Reply:
    def reply(asked: Asked, connection: socket.socket) -> None:
        del asked
        for piece in pieces:
            connection.sendall(piece)

    return after_graphs(reply)


def said_to(
    reply: Reply,
    text: str = SELECT,
    limits: Limits | None = None,
    credentials: Credentials | None = None,
) -> object:
    """What a graph on an impostor answers."""
    with impostor(reply) as server:
        known = credentials or Credentials()
        graph = RemoteGraph(f"{server.root}/query", credentials=known, timeout_s=20)
        with closing(graph):
            return graph.query(text, limits=limits)


class Speaker:
    """An impostor that answers what it is told to, and a graph that asks it."""

    graph: RemoteGraph
    answer = b""

    def reply(self, asked: Asked, connection: socket.socket) -> None:
        after_graphs(lambda _, there: there.sendall(self.answer))(asked, connection)

    def __call__(self, body: bytes, text: str = SELECT) -> object:
        media_type = "application/sparql-results+json"
        if text is CONSTRUCT:
            media_type = "application/n-triples"
        self.answer = answered(body, media_type)
        return self.graph.query(text)


@pytest.fixture(scope="module")
def said() -> Iterator[Speaker]:
    """One speaker for many answers."""
    speaker = Speaker()
    with impostor(speaker.reply) as server:
        speaker.graph = RemoteGraph(f"{server.root}/query", timeout_s=20)
        with closing(speaker.graph):
            yield speaker


# ---- what is no whole answer


def test_a_whole_answer_is_read_and_literals_are_as_in_a_store_here() -> None:
    expected = (
        (ox.NamedNode("urn:x"), ox.Literal('"}]é')),
        (None, ox.Literal("1.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
    )  # fmt: skip
    assert said_to(sends(answered(ROWS))) == Rows(("a", "b"), expected)
    assert said_to(sends(answered(YES)), "ASK {}") is True


@pytest.mark.parametrize(
    ("whole", "text"), [(ROWS, SELECT), (YES, "ASK {}")], ids=["rows", "yes"]
)
@settings(deadline=None)
@given(data=st.data())
def test_no_part_of_an_answer_is_one(
    said: Speaker, whole: bytes, text: str, data: st.DataObject
) -> None:
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(BrokenAnswer):
        said(whole[:end], text)


@pytest.mark.parametrize("end", [0, 1, 60, len(ROWS) - 1])
def test_half_an_answer_is_an_error_whatever_the_status_says(end: int) -> None:
    with pytest.raises(BrokenAnswer, match="breaks off"):
        said_to(sends(answered(ROWS[:end])))
    # Shorter than it says it is.
    whole = answered(ROWS)
    with pytest.raises(BrokenAnswer, match="broke off"):
        said_to(sends(whole[: len(whole) - len(ROWS) + end]))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
    chunk = b"%x\r\n%s\r\n" % (end, ROWS[:end]) if end else b""
    with pytest.raises(BrokenAnswer, match="broke off"):
        said_to(sends(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk))
    packed = gzip.compress(ROWS)
    cut = packed[: len(packed) * end // len(ROWS)]
    with pytest.raises(BrokenAnswer, match="broke off"):
        said_to(sends(answered(cut, "application/sparql-results+json", "200 OK", "Content-Encoding: gzip")))  # fmt: skip


def test_what_was_packed_is_unpacked() -> None:
    packed = answered(gzip.compress(ROWS), "application/sparql-results+json", "200 OK", "Content-Encoding: gzip")  # fmt: skip
    found = said_to(sends(packed))
    assert isinstance(found, Rows)
    assert len(found) == 2


def test_triples_of_which_the_end_is_not_marked_may_not_be_whole(said: Speaker) -> None:
    line = b"<urn:s> <urn:p> <urn:o> .\n"
    node = ox.NamedNode
    expected = Triples((ox.Triple(node("urn:s"), node("urn:p"), node("urn:o")),))
    assert said(line, CONSTRUCT) == expected
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\n\r\n"
    with pytest.raises(BrokenAnswer, match="may not be whole"):
        said_to(sends(head + line), CONSTRUCT)


@pytest.mark.parametrize(
    "body",
    [
        b"<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p",
        b"<urn:s> <urn:p> <urn:o> .\nThe SPARQL operation has been cancelled",
        b"<html>",
    ],
)
def test_triples_that_lose_their_form_are_an_error(said: Speaker, body: bytes) -> None:
    with pytest.raises(BrokenAnswer, match="breaks off"):
        said(body, CONSTRUCT)


@pytest.mark.parametrize(
    "body",
    [
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"b":{"type":"uri","value":"urn:x"}}]}}',
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"no iri"}}]}}',
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"\\ud800"}}]}}',
        b'{"head":{"vars":["a"]},"results":{"bindings":[]}} and more',
        YES + YES,
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"",
    ],
)
def test_what_is_no_result_is_an_error(said: Speaker, body: bytes) -> None:
    with pytest.raises(BrokenAnswer):
        said(body)


@settings(deadline=None)
@given(body=st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_an_error_of_ours(
    said: Speaker, body: bytes
) -> None:
    for text in (SELECT, "ASK {}", CONSTRUCT):
        try:
            said(body, text)
        except BrokenAnswer as error:
            assert str(error).isprintable()  # noqa: PT017


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_terms_within_terms_do_not_end_the_process(said: Speaker, depth: int) -> None:
    uri = b'{"type":"uri","value":"urn:x"}'
    start = (
        b'{"type":"triple","value":{"subject":'
        + uri
        + b',"predicate":'
        + uri
        + b',"object":'
    )
    term = start * depth + uri + b"}}" * depth
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":' + term + b"}]}}"
    with pytest.raises(BrokenAnswer, match="without end"):
        said(body)
    # Quotes and brackets in a text do not hide it, nor does a text of brackets count.
    hidden = body.replace(b"urn:x", b"urn:x\\u005C", 1)
    with pytest.raises(BrokenAnswer):
        said(hidden)
    text = json.dumps("[{" * depth + '"\\')
    plain = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":%s}}]}}'
    expected = Rows(("a",), ((ox.Literal("[{" * depth + '"\\'),),))
    assert said(plain % text.encode()) == expected
    nested = (
        b"<urn:s> <urn:p> "
        + b"<<( <urn:s> <urn:p> " * depth
        + b"<urn:o>"
        + b" )>>" * depth
        + b" .\n"
    )
    with pytest.raises(BrokenAnswer, match="without end"):
        said(nested, CONSTRUCT)


# ---- limits


def test_an_endless_answer_is_left() -> None:
    def endless(asked: Asked, connection: socket.socket) -> None:
        del asked
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n"
        )
        while True:
            connection.sendall(b" " * 65_536)

    with pytest.raises(BytesExceeded):
        said_to(after_graphs(endless), limits=Limits(bytes=1_000_000))


def test_what_unpacks_to_more_than_allowed_is_left() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    reply = sends(answered(bomb, "application/sparql-results+json", "200 OK", "Content-Encoding: gzip"))  # fmt: skip
    with pytest.raises(BytesExceeded):
        said_to(reply, limits=Limits(bytes=1_000_000))


@pytest.mark.parametrize(
    "begun",
    [
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n",
        b"",
    ],
    ids=["in its head", "in its body", "before it begins"],
)
def test_a_server_that_drips_is_left(begun: bytes) -> None:
    def drip(asked: Asked, connection: socket.socket) -> None:
        del asked
        connection.sendall(begun)
        connection.settimeout(0.1)
        for _ in range(200):
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return
            if begun:
                connection.sendall(b" ")

    started = time.monotonic()
    with pytest.raises(TimeExceeded) as error:
        said_to(after_graphs(drip), limits=Limits(time_s=0.6))
    assert error.value.limit == 0.6
    assert time.monotonic() - started < 10


def test_more_graphs_than_can_be_named_are_not_guessed_at() -> None:
    rows = [{"graph": {"type": "uri", "value": f"urn:g{n}"}} for n in range(501)]
    body = json.dumps({"head": {"vars": ["graph"]}, "results": {"bindings": rows}})

    def many(asked: Asked, connection: socket.socket) -> None:
        del asked
        connection.sendall(answered(body.encode()))

    with pytest.raises(TooManyGraphs, match="--graph-prefix"):
        said_to(many, "ASK {}")


# ---- not what it seems


def test_a_page_is_no_answer() -> None:
    with pytest.raises(BrokenAnswer, match="text/html"):
        said_to(sends(answered(b"<html>welcome</html>", "text/html; charset=utf-8")))
    with pytest.raises(BrokenAnswer, match="does not name"):
        said_to(sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
    for nothing in (b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 999999 X\r\n\r\n"):
        with pytest.raises(BrokenAnswer, match="broke off"):
            said_to(sends(nothing))
    with pytest.raises(BrokenAnswer, match="coding"):
        said_to(
            sends(answered(b"x", "application/json", "200 OK", "Content-Encoding: br"))
        )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_to_no_other_host(status: int) -> None:
    with impostor(sends(answered(ROWS))) as other:
        reply = sends(answered(b"", "text/plain", f"{status} X", f"Location: {other.root}/query"))  # fmt: skip
        with pytest.raises(RedirectRefused) as error:
            said_to(reply, credentials=Credentials("dba", "5ecret"))
        assert error.value.target == f"{other.root}/query"
        assert other.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "gopher://e.org/",
        "http://u:p@127.0.0.1/",
        "//[",
        "\x1b[2J",
    ],
)
def test_a_redirect_leads_only_where_one_could_ask(target: str) -> None:
    reply = sends(answered(b"", "text/plain", "307 X", f"Location: {target}"))
    with pytest.raises((RedirectRefused, BrokenAnswer)) as error:
        said_to(reply)
    assert str(error.value).isprintable()


def test_a_redirect_on_the_same_host_is_followed_with_the_question() -> None:
    def lead(asked: Asked, connection: socket.socket) -> None:
        if "/there" in asked.line:
            connection.sendall(answered(ROWS))
        else:
            connection.sendall(answered(b"", "text/plain", "308 X", "Location: /there"))

    with impostor(lead) as server:
        graph = RemoteGraph(f"{server.root}/query")
        with closing(graph), pytest.raises(BrokenAnswer, match="something else"):
            graph.query("ASK {}")  # the rows are no graphs
        assert server.asked[1].body == server.asked[0].body
        assert server.asked[1].body != b""
    with pytest.raises(BrokenAnswer, match="circle"):
        said_to(sends(answered(b"", "text/plain", "307 X", "Location: /query")))


def test_the_words_of_a_server_are_short_and_steer_no_terminal() -> None:
    words = "no\x1b[2J\u202e such\r\ngraph " + "x" * 5_000
    reply = sends(answered(words.encode(), "text/plain", "400 Bad"))
    with pytest.raises(RemoteRefused) as error:
        said_to(reply)
    assert error.value.status == 400
    assert error.value.said.startswith("no\ufffd[2J\ufffd such graph xxx")
    assert len(error.value.said) == 300
    page = (
        b"<html><head><title>t</title></head><style>p {}</style><p>Out of <b>order</b>"
    )
    with pytest.raises(RemoteRefused, match=r"answers 503: Out of order$"):
        said_to(sends(answered(page, "text/html", "503 X")))
    with pytest.raises(RemoteRefused, match="answers 500, and no more"):
        said_to(sends(answered(b"", "text/plain", "500 X")))


@settings(deadline=None)
@given(text=st.text())
def test_every_word_of_a_server_is_printable(said: Speaker, text: str) -> None:
    words = text.encode("utf-8", "surrogatepass")
    said.answer = answered(words, "text/plain", "400 Bad")
    with pytest.raises(RemoteRefused) as error:
        said.graph.query(SELECT)
    assert str(error.value).isprintable()


def test_what_a_server_says_to_have_cut_is_an_error() -> None:
    limit = ("application/sparql-results+json", "200 OK", "X-SPARQL-MaxRows: 2")
    with pytest.raises(CutAnswer):
        said_to(sends(answered(ROWS, *limit)))
    late = ("application/sparql-results+json", "200 OK", "X-SQL-State: S1TAT")
    with pytest.raises(BrokenAnswer, match="only a part"):
        said_to(sends(answered(ROWS, *late)))


def test_cookies_are_not_kept() -> None:
    cookie = answered(GRAPHS, "application/json", "200 OK", "Set-Cookie: a=b; Path=/")

    def reply(asked: Asked, connection: socket.socket) -> None:
        del asked
        connection.sendall(cookie)

    with impostor(reply) as server:
        with closing(RemoteGraph(f"{server.root}/query")) as graph:
            graph.query(SELECT)
            graph.query(SELECT)
        assert len(server.asked) == 2
        assert all("cookie" not in asked.headers for asked in server.asked)


def test_a_kept_connection_that_was_closed_is_opened_again() -> None:
    def once(asked: Asked, connection: socket.socket) -> None:
        del asked
        whole = answered(GRAPHS).replace(b"Connection: close\r\n", b"")
        connection.sendall(whole)  # and then closes without a word

    with (
        impostor(once) as server,
        closing(RemoteGraph(f"{server.root}/query")) as graph,
    ):
        for _ in range(3):
            graph.query(SELECT)


# ---- who asks


def wants(challenge: str, *, right: Callable[[str], bool]) -> Reply:
    """Lets in whoever says the right thing."""

    def reply(asked: Asked, connection: socket.socket) -> None:
        if right(asked.headers.get("authorization", "")):
            connection.sendall(answered(ROWS))
        else:
            refusal = answered(
                b"", "text/plain", "401 X", f"WWW-Authenticate: {challenge}"
            )
            connection.sendall(refusal)

    return reply


def test_a_password_waits_until_it_is_asked_for() -> None:
    right = "Basic ZGJhOjVlY3JldA=="
    with impostor(wants("Basic realm=x", right=right.__eq__)) as server:
        known = Credentials("dba", "5ecret")
        graph = RemoteGraph(f"{server.root}/query", credentials=known)
        with closing(graph):
            graph.query(SELECT)
        sent = [asked.headers.get("authorization") for asked in server.asked]
        assert sent == [None, right]
        assert "5ecret" not in repr(known)


def test_a_token_is_sent_at_once() -> None:
    with impostor(wants("Bearer", right="Bearer t0ken".__eq__)) as server:
        graph = RemoteGraph(
            f"{server.root}/query", credentials=Credentials(token="t0ken")
        )
        with closing(graph):
            graph.query(SELECT)


@pytest.mark.parametrize(
    "challenge",
    [
        "Digest",
        "Digest realm=x",
        "Digest nonsense",
        'Digest realm="x", nonce="y", algorithm=ROT13',
        'Digest realm="x", nonce="y", qop="auth-int"',
        'Digest realm="x", nonce="y"',
        "Basic realm=x",
        "Negotiate",
        "",
    ],
)
def test_a_login_that_cannot_be_met_is_told_without_the_password(
    challenge: str,
) -> None:
    for known in (
        Credentials("dba", "5ecret"),
        Credentials(token="5ecret"),
        Credentials(),
    ):
        reply = wants(challenge, right=lambda said: False)
        with pytest.raises(NotAuthorised) as error:
            said_to(reply, credentials=known)
        assert "5ecret" not in str(error.value)


def test_a_password_does_not_go_unencrypted_to_another_machine() -> None:
    known = Credentials(token="5ecret")
    graph = RemoteGraph("http://elsewhere.invalid/sparql", credentials=known)
    with closing(graph), pytest.raises(NotAuthorised, match="use https") as error:
        graph.query("ASK {}")
    assert "5ecret" not in str(error.value)


def test_credentials_come_from_the_environment_or_a_netrc_file(tmp_path: Path) -> None:
    url = "http://localhost:8890/sparql"
    path = tmp_path / "netrc"
    path.write_text(
        "machine localhost:8890 login a password b\n"
        "machine localhost login c password d\n",
        "utf-8",
    )
    path.chmod(0o600)
    home = {"NETRC": str(path)}
    assert credentials_for(url, home) == Credentials("a", "b")
    assert credentials_for("http://localhost/x", home) == Credentials("c", "d")
    assert credentials_for("http://e.org/x", home) == Credentials()
    assert credentials_for(url, {"HOME": str(tmp_path / "nowhere")}) == Credentials()
    user = {"SIMPUL_ENDPOINT_USER": "u", "SIMPUL_ENDPOINT_PASSWORD": "p"}
    assert credentials_for(url, home | user) == Credentials("u", "p")
    token = {"SIMPUL_ENDPOINT_TOKEN": "t", "SIMPUL_ENDPOINT_PLAIN": "1"}
    assert credentials_for(url, home | token) == Credentials(token="t", plain=True)


def test_a_netrc_file_that_cannot_be_used_is_told_without_what_it_holds(
    tmp_path: Path,
) -> None:
    path = tmp_path / ".netrc"
    url, home = "http://localhost:8890/sparql", {"HOME": str(tmp_path)}
    path.write_text("machine localhost password 5ecret 5ecret 5ecret\n", "utf-8")
    with pytest.raises(NotAuthorised) as error:
        credentials_for(url, home)
    assert "5ecret" not in str(error.value)
    if os.name == "posix":
        path.write_text("machine localhost login c password 5ecret\n", "utf-8")
        path.chmod(0o644)
        with pytest.raises(NotAuthorised, match="chmod 600"):
            credentials_for(url, home)


# ---- addresses


@pytest.mark.parametrize(
    ("url", "kind", "store"),
    [
        ("http://e.org/query", Server.OXIGRAPH, "http://e.org/store"),
        ("http://e.org/sparql", Server.VIRTUOSO, "http://e.org/sparql-graph-crud-auth"),
        ("https://e.org/ds/sparql", Server.FUSEKI, "https://e.org/ds/data"),
        ("https://e.org/a/ds/query", Server.FUSEKI, "https://e.org/a/ds/data"),
        (
            "http://e.org/repositories/x",
            Server.RDF4J,
            "http://e.org/repositories/x/rdf-graphs/service",
        ),
        ("http://e.org/anything", Server.OTHER, ""),
        ("http://e.org/", Server.OXIGRAPH, "http://e.org/store"),
    ],
)
def test_the_paths_of_known_servers_are_guessed(
    url: str, kind: Server, store: str
) -> None:
    first = endpoints_at(url)[0]
    assert (first.kind, first.store) == (kind, store)
    assert endpoints_at(url, store="http://e.org/mine")[0].store == "http://e.org/mine"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://e.org/",
        "e.org/sparql",
        "http://",
        "http://e.org:port/",
        "http://[/",
        "http://e.org/a b",
        "http://user:5ecret@e.org/sparql",
        "http://e.org/\x1b[2J",
        "",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(BadEndpoint) as error:
        RemoteGraph(url)
    assert str(error.value).isprintable()
    assert "5ecret" not in str(error.value)


def test_a_bare_host_is_tried_where_servers_usually_are() -> None:
    def only_sparql(asked: Asked, connection: socket.socket) -> None:
        good = " /sparql " in asked.line
        connection.sendall(
            answered(GRAPHS) if good else answered(b"", "text/plain", "404 X")
        )

    with impostor(only_sparql) as server, closing(RemoteGraph(server.root)) as graph:
        assert graph.graphs() == ()
        assert graph.endpoint.query == f"{server.root}/sparql"


def test_a_server_that_only_sounds_like_virtuoso_is_not_written_to(
    tmp_path: Path,
) -> None:
    (tmp_path / "graph.nq").write_text("<urn:s> <urn:p> <urn:o> <urn:g> .\n", "utf-8")
    count = b'{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"0"}}]}}'
    with impostor(sends(answered(count))) as server:
        with pytest.raises(BadEndpoint, match="--store-url"):
            push(tmp_path, f"{server.root}/sparql", credentials=Credentials())
        assert all(asked.line.startswith("POST") for asked in server.asked)


def test_who_speaks_no_tls_or_is_not_there_is_told() -> None:
    with impostor(sends(b"no")) as server:
        secure = server.root.replace("http", "https")
        graph = RemoteGraph(secure, timeout_s=1)
        with closing(graph), pytest.raises((RemoteError, TimeExceeded)):
            graph.query("ASK {}")
    with closing(RemoteGraph(server.root)) as graph, pytest.raises(Unreachable):
        graph.query("ASK {}")


@pytest.mark.parametrize(
    "body",
    [
        ROWS,
        YES,
        GRAPHS.replace(b"graph", b"count"),
        b'{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"-1"}}]}}',
        b'{"head":{"vars":["graph","property","value"]},"results":{"bindings":[{"graph":{"type":"uri","value":"urn:x"}}]}}',
    ],
)
def test_answers_to_other_questions_are_errors(body: bytes) -> None:
    thing = ox.NamedNode("urn:x")
    reply = sends(answered(body))
    with (
        impostor(reply) as server,
        closing(RemoteGraph(f"{server.root}/query")) as graph,
    ):
        for ask in (
            lambda: graph.count("urn:g"),
            lambda: list(graph.quads(thing)),
            lambda: graph.mentions("urn:x"),
            lambda: graph.things_under("urn:"),
            graph.copy,
        ):
            with pytest.raises(BrokenAnswer):
                ask()
    for whole, text in ((YES, SELECT), (ROWS, "ASK FROM <urn:g> {}")):
        with pytest.raises(BrokenAnswer, match="another form"):
            said_to(sends(answered(whole)), text)


def test_two_threads_may_wait_at_once() -> None:
    reply = sends(answered(ROWS))
    with (
        impostor(reply) as server,
        closing(RemoteGraph(f"{server.root}/query")) as graph,
    ):
        found: list[object] = []
        threads = [
            threading.Thread(target=lambda: found.append(graph.query(SELECT)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 4
