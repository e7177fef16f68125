"""guard.py: no spelling of SERVICE or LOAD reaches another machine, and no nesting reaches the parser.

The spellings are first shown to reach a listener through the bare engine, so that a listener that hears
nothing proves something.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.ontology import QueryError
from simpul.queries import GraphStore, NestedTooDeep, OutboundRequest, refuse_unsafe

QUAD = ox.Quad(
    ox.NamedNode("urn:s"),
    ox.NamedNode("urn:p"),
    ox.Literal(True),
    ox.NamedNode("urn:g"),
)


class Listener:
    """A server on the loopback address that counts who calls, and answers with an error."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"

    def run(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:  # closed
                return
            with caller:
                caller.settimeout(5)
                caller.recv(65536)
                self.calls += 1
                caller.sendall(
                    b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    heard = Listener()
    thread = threading.Thread(target=heard.run, daemon=True)
    thread.start()
    yield heard
    # Closing alone does not wake a thread that waits in accept.
    heard.socket.shutdown(socket.SHUT_RDWR)
    heard.socket.close()
    thread.join(5)


def calls_by_engine(listener: Listener, text: str) -> int:
    """How often the bare engine calls the listener for a query."""
    before = listener.calls
    store = ox.Store()
    store.add(QUAD)
    try:
        answer = store.query(text, use_default_graph_as_union=True)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except (OSError, SyntaxError, RuntimeError):
        pass
    return listener.calls - before


# U stands for the address of the listener.
REACHING = {
    "plain": "SELECT * { SERVICE <U> { ?a ?b ?c } }",
    "silent": "SELECT * { SERVICE SILENT <U> { ?a ?b ?c } }",
    "mixed case": "ASK { sErViCe <U> { ?a ?b ?c } }",
    "no spaces": "ASK{SERVICE<U>{?a ?b ?c}}",
    "comment between": "SELECT * { SERVICE # here\n <U> { ?a ?b ?c } }",
    "prefixed name": "PREFIX ex: <U> SELECT * { SERVICE ex:y { ?a ?b ?c } }",
    "base": "BASE <U> SELECT * { SERVICE <y> { ?a ?b ?c } }",
    "code point in the IRI": "SELECT * { SERVICE <U\\u0079> { ?a ?b ?c } }",
    "construct": "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <U> { ?a ?b ?c } }",
    "describe": "DESCRIBE ?a WHERE { SERVICE <U> { ?a ?b ?c } }",
    "subselect": "SELECT * { { SELECT * { SERVICE <U> { ?a ?b ?c } } } }",
    "exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <U> { ?a ?b ?c } } }",
    "optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <U> { ?a ?b ?c } } }",
    "minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <U> { ?s ?b ?c } } }",
    "union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <U> { ?a ?b ?c } } }",
    "graph": "SELECT * { GRAPH ?g { SERVICE <U> { ?a ?b ?c } } }",
    "glued to a word": "SELECT * { ?s ?p trueSERVICE<U>{ ?a ?b ?c } }",
    "glued to silent": "PREFIX ex: <U> SELECT * { SERVICESILENTex:y { ?a ?b ?c } }",
    "glued to a prefix": "PREFIX ex: <U> SELECT * { SERVICEex:y { ?a ?b ?c } }",
    "as a prefix": "PREFIX service: <urn:q:> PREFIX : <U> SELECT * { service:y { ?a ?b ?c } }",
    "glued to a bracket": "SELECT * { ?s ?p ?o FILTER(?o = ?o)SERVICE<U>{?a ?b ?c} }",
    "operator read as IRI": 'SELECT * { FILTER(1<2#>"""\n) SERVICE <U> { ?a ?b ?c } #"""\n }',
    "operator before a name": "PREFIX b: <urn:q:> SELECT * { ?s ?p ?o FILTER(1<b:x#>'''\n || true) "
    "SERVICE <U> { ?a ?b ?c } #'''\n }",
    "after a filter": "SELECT * { FILTER(1<2)#>'''\n SERVICE <U> { ?a ?b ?c } #'''\n }",
    "string broken for the engine": "SELECT * { ?s ?p ?o OPTIONAL { ?s ?p ('''x'#\\q\n) } "
    "SERVICE <U> { ?a ?b ?c } #'''\n }",
    "half a surrogate": "SELECT * { ?s ?p ?o OPTIONAL { ?s ?p ('''x'#\\uD800\n) } "
    "SERVICE <U> { ?a ?b ?c } #'''\n }",
}


@pytest.mark.parametrize("name", REACHING)
def test_a_spelling_that_reaches_out_is_refused(name: str, listener: Listener) -> None:
    text = REACHING[name].replace("<U", f"<{listener.url}")
    assert calls_by_engine(listener, text) > 0
    before = listener.calls
    with pytest.raises(OutboundRequest) as refused:
        GraphStore.from_quads([QUAD]).query(text)
    assert listener.calls == before
    assert refused.value.keyword == "SERVICE"


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <U>",
        "load silent <U> INTO GRAPH <urn:g>",
        "ASK {} ; LOAD <U>",
        "SELECT * FROM <U> { ?s ?p ?o }",
        "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <U> { ?s ?p ?o } }",
        "SELECT * { VALUES ?x { <U> } SERVICE ?x { ?a ?b ?c } }",
        "SELECT * { \\u0053ERVICE <U> { ?a ?b ?c } }",
        "SELECT * { ?s ?p '\\u0027 SERVICE <U> { ?a ?b ?c } #' }",
    ],
)
def test_what_could_reach_out_elsewhere_reaches_nobody(
    text: str, listener: Listener
) -> None:
    before = listener.calls
    try:
        answer = GraphStore.from_quads([QUAD]).query(
            text.replace("<U>", f"<{listener.url}>")
        )
    except QueryError:
        answer = None
    assert listener.calls == before
    assert not answer


def test_a_refusal_says_which_word_and_where() -> None:
    with pytest.raises(
        OutboundRequest, match="line 2, column 3: LOAD is refused"
    ) as refused:
        refuse_unsafe("ASK {}\n; LOAD <urn:x>")
    assert (refused.value.line, refused.value.column) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { } # SERVICE <urn:x> { ?s ?p ?o }",
        "# LOAD <urn:x>\nASK { }",
        "ASK { ?s ?p 'SERVICE <urn:x> { ?s ?p ?o }' }",
        'ASK { ?s ?p """LOAD\nSERVICE <urn:x> {}""" }',
        "ASK { ?s <http://example.org/service> ?o }",
        "PREFIX s: <http://example.org/> ASK { ?s s:service ?o ; s:load ?load }",
        "ASK { ?service ?load $SERVICE }",
        "ASK { ?s ?p 'x'@service }",
        "ASK { ?s ?p ?o FILTER(REGEX(?o, '\\\\d service')) } # the service\n",
    ],
)
def test_the_words_are_welcome_where_they_call_nobody(text: str) -> None:
    refuse_unsafe(text)
    assert GraphStore.from_quads([QUAD]).query(text) in (True, False)


OPENERS = st.sampled_from(
    [
        *(
            "",
            "?s ?p true",
            "?s ?p 1.",
            "FILTER(true)",
            "#c\n",
            "#c'''\r",
            "?s ?p () .",
            "?s ?p -1",
        ),
        *(
            'FILTER(1<2#>"""\n)',
            "FILTER(1<?b)#>'''\n",
            "BIND(1<2 AS ?z)#>'''\n",
            "FILTER(<#> = <#>#'''\n)",
        ),
        *(
            "FILTER(1<-2#>'''\n)",
            "FILTER(1<true/1#>'''\n)",
            "FILTER(1<!true#>'''\n)",
            "FILTER(?a<b:x#>'''\n)",
        ),
        *(
            "?s ?p ('''x'#\\q\n) .",
            "VALUES ?v {'''x'#\\q\n} ",
            "VALUES ?v {'''x'#\\U00110000\n} ",
        ),
        *(
            "?s b:p\\'x ?o .",
            "?s ?p b:o\\#x .",
            "?s ?p '''\\''''.",
            "?s ?p 'x'@en-us .",
            "?s ?p _:b ",
        ),
    ]
)
KEYWORDS = st.sampled_from(
    [
        "SERVICE",
        "sErViCe",
        "SERVICE SILENT",
        "SERVICESILENT",
        "SERVICE#c\n",
        "SERV\\u0049CE",
    ]
)
TARGETS = st.sampled_from(
    [" <U>", "<U>", ":", ":x", "b:x", " ?x", "?x#c\n", " <U\\u0078>"]
)
BODIES = st.sampled_from(["{?q ?r ?t}", "#c\n{?q ?r ?t}", "{}", "{#'''\n?q ?r ?t}"])
CLOSERS = st.sampled_from(["", '#"""\n', "#'''\n", "#>\n"])


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(OPENERS, max_size=2), KEYWORDS, TARGETS, BODIES, CLOSERS)
def test_no_mixture_of_tricks_reaches_out(
    listener: Listener,
    openers: list[str],
    keyword: str,
    target: str,
    body: str,
    closer: str,
) -> None:
    head = "PREFIX : <U> PREFIX b: <U> SELECT * { VALUES ?x { <U> } "
    clause = f"{''.join(openers)}{keyword}{target}{body}{closer}}}"
    text = (head + clause).replace("<U", f"<{listener.url}")
    before = listener.calls
    with suppress(QueryError):
        GraphStore.from_quads([QUAD]).query(text)
    assert listener.calls == before


@pytest.mark.parametrize(
    ("shape", "opening", "closing"),
    [
        ("groups", "{", "}"),
        ("exists", "{ FILTER EXISTS ", "}"),
        ("parentheses", "{ FILTER(" + "(" * 3, ")" * 4 + "}"),
    ],
)
def test_nesting_that_ends_the_process_is_refused(
    shape: str, opening: str, closing: str
) -> None:
    del shape
    with pytest.raises(NestedTooDeep):
        refuse_unsafe("ASK " + opening * 3000 + "{}" + closing * 3000)


def test_nesting_as_deep_as_people_write_is_answered() -> None:
    text = "ASK " + "{" * 60 + "?s ?p ?o" + "}" * 60
    assert GraphStore.from_quads([QUAD]).query(text) is True
