"""store.py and interchange.py: what a graph answers, and that it is the same graph for rdflib."""

import dataclasses
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from simpul.ontology import XSD
from simpul.queries import (
    GraphStore,
    NoGraph,
    QueryFailed,
    QuerySyntaxError,
    Rows,
    Triples,
)

TWO_GRAPHS = """
@prefix : <urn:x:> .
:g { :a :knows :b . }
:h { :b :knows :c . }
:k :knows :d .
"""


@pytest.fixture
def graph() -> GraphStore:
    return GraphStore.from_text(TWO_GRAPHS, ox.RdfFormat.TRIG)


def names(rows: object) -> list[list[str]]:
    assert isinstance(rows, Rows)
    return [[str(term) for term in row] for row in rows]


def test_the_default_graph_is_the_union_of_all(graph: GraphStore) -> None:
    path = graph.query("SELECT ?x { <urn:x:a> <urn:x:knows>+ ?x } ORDER BY ?x")
    assert names(path) == [["<urn:x:b>"], ["<urn:x:c>"]]
    assert graph.query("ASK { <urn:x:k> ?p ?o }") is True


def test_from_narrows_the_default_graph(graph: GraphStore) -> None:
    assert names(graph.query("SELECT ?s FROM <urn:x:g> { ?s ?p ?o }")) == [
        ["<urn:x:a>"]
    ]
    assert names(graph.query("SELECT ?s from <urn:x:absent> { ?s ?p ?o }")) == []


def test_a_named_graph_can_be_asked_alone(graph: GraphStore) -> None:
    found = graph.query("SELECT ?s { GRAPH <urn:x:h> { ?s ?p ?o } }")
    assert names(found) == [["<urn:x:b>"]]


def test_variables_come_in_the_order_of_the_select_line(graph: GraphStore) -> None:
    rows = graph.query("SELECT ?z ?a (1 AS ?m) { <urn:x:a> ?a ?z }")
    assert isinstance(rows, Rows)
    assert rows.variables == ("z", "a", "m")
    assert [str(term) for term in rows.rows[0][:2]] == ["<urn:x:b>", "<urn:x:knows>"]
    assert rows.column("a") == (ox.NamedNode("urn:x:knows"),)


def test_an_unbound_cell_is_none(graph: GraphStore) -> None:
    rows = graph.query(
        "SELECT ?s ?none { <urn:x:a> ?p ?s OPTIONAL { ?s <urn:no> ?none } }"
    )
    assert isinstance(rows, Rows)
    assert list(rows.dicts()) == [{"s": ox.NamedNode("urn:x:b"), "none": None}]


def test_triples_come_once_each_and_sorted(graph: GraphStore) -> None:
    text = "CONSTRUCT { ?s a <urn:x:T> } { { ?s ?p ?o } UNION { ?s ?p ?o } }"
    triples = graph.query(text)
    assert isinstance(triples, Triples)
    assert [
        triple.subject.value
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
    ] == [
        "urn:x:a",
        "urn:x:b",
        "urn:x:k",
    ]


def test_results_cannot_be_changed(graph: GraphStore) -> None:
    rows = graph.query("SELECT * { ?s ?p ?o }")
    assert isinstance(rows, Rows)
    with pytest.raises(dataclasses.FrozenInstanceError):
        rows.rows = ()  # type: ignore[misc]  # that it cannot be is what is tested
    assert isinstance(rows.rows, tuple)
    assert all(isinstance(row, tuple) for row in rows)


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        Rows(("a", "b"), ((None,),))


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("SELECT *\nWHERE { ?s ?p }", 2, 16, ""),
        ("ASK { ?s ex:p ?o }", 1, 10, "the prefix ex: is not declared"),
        ("SELECT ?x ?x { ?x ?p ?o }", 1, 26, ""),
        (
            "PREFIX a: <urn:a>\nSELECT * { ?s a:p _:b ; :p 1 }",
            2,
            25,
            "the prefix : is not",
        ),
        ("", 1, 1, ""),
    ],
)
def test_a_syntax_error_says_where_and_what(
    graph: GraphStore, text: str, line: int, column: int, said: str
) -> None:
    with pytest.raises(QuerySyntaxError, match="line") as error:
        graph.query(text, name="mine")
    assert (error.value.name, error.value.line, error.value.column) == (
        "mine",
        line,
        column,
    )
    assert said in error.value.detail
    assert "[" not in error.value.detail or "expected" in error.value.detail


def test_a_syntax_error_points_at_the_place(graph: GraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        graph.query("ASK {\n  ?s ex:p ?o }")
    shown = str(error.value).splitlines()
    assert shown[1] == "    ?s ex:p ?o }"
    assert shown[2].index("^") - 2 == error.value.column - 1


def test_a_query_that_the_engine_gives_up_on_is_no_empty_answer(
    graph: GraphStore,
) -> None:
    with pytest.raises(QueryFailed, match="mine: the engine gave up"):
        graph.query("SELECT (<urn:no-such-function>(1) AS ?x) {}", name="mine")


def test_files_and_texts_hold_the_same_graph(tmp_path: Path, graph: GraphStore) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(TWO_GRAPHS, encoding="utf-8", newline="\n")
    read = GraphStore.from_files(path)
    assert len(read) == len(graph) == 3
    assert names(
        read.query("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    ) == names(graph.query("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"))


def test_a_folder_without_a_store_is_no_version(tmp_path: Path) -> None:
    with pytest.raises(NoGraph, match="simpul build"):
        GraphStore.open(tmp_path)
    (tmp_path / "store").mkdir()
    with pytest.raises(NoGraph, match="cannot be opened"):
        GraphStore.open(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("graph.nq", "no quads", "cannot be read"),
        ("graph.xlsx", "", "is not the ending of an RDF format"),
        ("absent.nq", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_graph_is_refused(
    tmp_path: Path, name: str, content: str | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8", newline="\n")
    with pytest.raises(NoGraph, match=problem):
        GraphStore.from_files(tmp_path / name)
    with pytest.raises(NoGraph, match="is not N-Quads"):
        GraphStore.from_text("no quads")


def test_a_version_on_disk_is_opened_by_many_at_once(tmp_path: Path) -> None:
    writer = ox.Store(str(tmp_path / "store"))
    writer.add(
        ox.Quad(
            ox.NamedNode("urn:s"),
            ox.NamedNode("urn:p"),
            ox.Literal("o"),
            ox.NamedNode("urn:g"),
        )
    )
    writer.flush()
    del writer
    first, second = GraphStore.open(tmp_path), GraphStore.open(str(tmp_path))
    assert first.query("ASK { ?s ?p 'o' }") is second.query("ASK { ?s ?p 'o' }") is True


def test_a_graph_knows_what_it_mentions(graph: GraphStore) -> None:
    assert graph.mentions("urn:x:a")
    assert graph.mentions("urn:x:c")
    assert not graph.mentions("urn:x:z")
    assert graph.things_under("urn:x:") == ["urn:x:a", "urn:x:b", "urn:x:k"]


LITERALS = st.one_of(
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(
        ox.Literal,
        st.text(st.characters(exclude_categories=["Cs"])),
        language=st.just("id"),
    ),
    st.builds(
        ox.Literal,
        st.sampled_from(["01", "1.50", "x", "true", "2024-09-11Z", "/2024"]),
        datatype=st.sampled_from(
            [ox.NamedNode(XSD.decimal), ox.NamedNode(XSD.date), ox.NamedNode("urn:d")]
        ),
    ),
)
SUBJECTS = st.sampled_from([ox.NamedNode("urn:s"), ox.BlankNode("b")])
GRAPHS = st.sampled_from(
    [ox.NamedNode("urn:g"), ox.NamedNode("urn:h"), ox.DefaultGraph()]
)
QUADS = st.builds(ox.Quad, SUBJECTS, st.just(ox.NamedNode("urn:p")), LITERALS, GRAPHS)


@given(st.lists(QUADS))
def test_rdflib_gets_the_same_graphs_and_literals(quads: list[ox.Quad]) -> None:
    graph = GraphStore.from_quads(quads)
    dataset = graph.as_rdflib()
    # The store keeps values in canonical form; what rdflib gets is what the store holds.
    held = ox.Store()
    held.extend(quads)
    stored = {
        (
            str(quad.object),
            ""
            if isinstance(quad.graph_name, ox.DefaultGraph)
            else str(quad.graph_name),
        )
        for quad in held
    }
    copied: set[tuple[str, str]] = set()
    for _, _, value, name in dataset.quads():
        assert isinstance(value, rdflib.Literal)
        where = "" if name == DATASET_DEFAULT_GRAPH_ID else f"<{name}>"
        copied.add((str(term_of(value)), where))
    assert copied == stored


def term_of(literal: rdflib.Literal) -> ox.Literal:
    if literal.language:
        return ox.Literal(str(literal), language=literal.language)
    if literal.datatype is None:
        return ox.Literal(str(literal))
    return ox.Literal(str(literal), datatype=ox.NamedNode(str(literal.datatype)))


def test_what_rdflib_cannot_hold_is_not_lost_in_silence() -> None:
    text = "<urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> <urn:g> ."
    with pytest.raises(QueryFailed, match=r"RDF 1\.2"):
        GraphStore.from_text(text).as_rdflib()
