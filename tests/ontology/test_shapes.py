"""What the shapes say of the good and the bad graphs, and that three ways of asking agree.

pySHACL is the reference; pyshifty is the fast engine; and each sh:sparql constraint also runs once
on Oxigraph, for all focus nodes together, as a build does it.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
import pyshacl
import pytest
import shifty
from rdflib import RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.term import Node

from seed_graphs import as_rdflib, derive, load
from simpul.ontology import BASE, shapes_turtle

SHP = Namespace(BASE + "shapes#")
GOLDEN = Path(__file__).parent.parent / "data" / "shapes" / "bad-report.tsv"

Report = set[tuple[str, str]]
"""Pairs of the shape that reports, and the focus node it reports, both shortened."""


class Validate(Protocol):
    def __call__(self, data: Graph, shapes: Graph) -> Report: ...


def shapes(*, sparql: bool = True) -> Graph:
    """A fresh copy of the shapes, since pySHACL changes the one that it is given."""
    graph = Graph().parse(data=shapes_turtle(), format="turtle")
    if not sparql:
        graph.remove((None, SH.sparql, None))
    return graph


def short(node: object) -> str:
    return re.sub(rf"^{BASE}(id/|shapes#)?", "", str(node))


def report_of(graph: Graph) -> Report:
    # A constraint is not told apart from its shape: engines name the shape as the source.
    return {
        (
            short(graph.value(result, SH.sourceShape)),
            short(graph.value(result, SH.focusNode)),
        )
        for result in graph.objects(None, SH.result)
    }


def reference(data: Graph, shapes: Graph) -> Report:
    # Its annotations leave parts of the result open.
    _, report, _ = pyshacl.validate(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        data, shacl_graph=shapes, inplace=True
    )
    assert isinstance(report, Graph)
    return report_of(report)


def fast(data: Graph, shapes: Graph) -> Report:
    # The default mode would add the shapes to the data.
    _, report, _ = shifty.validate(data, shapes, infer=False, graph_mode="data")
    return report_of(report)


def constraints(store: ox.Store) -> Iterable[tuple[Node, Report]]:
    """Each sh:sparql constraint, with what it finds when asked once for all focus nodes."""
    graph = shapes()
    prefixes = "".join(
        f"PREFIX {graph.value(entry, SH.prefix)}: <{graph.value(entry, SH.namespace)}>\n"
        for entry in graph.objects(None, SH.declare)
    )
    for shape, constraint in graph.subject_objects(SH.sparql):
        select = str(graph.value(constraint, SH.select)).replace("$this", "?this")
        rows = store.query(prefixes + select, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        found: Report = set()
        for row in rows:
            this = row["this"]
            assert isinstance(this, ox.NamedNode)
            found.add((short(shape), short(this.value)))
        yield constraint, found


def set_queries(store: ox.Store) -> Report:
    return {row for _, rows in constraints(store) for row in rows}


def golden() -> Report:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return {(shape, focus) for shape, focus in (line.split("\t") for line in lines)}


@pytest.fixture(scope="module")
def bad() -> ox.Store:
    store = load("seed-graph", "bad-graph")
    derive(store)
    return store


@pytest.fixture(scope="module")
def good() -> ox.Store:
    store = load("seed-graph", "extended-example", "good-graph")
    derive(store)
    return store


def test_the_bad_graph_breaks_every_numbered_shape() -> None:
    broken = {shape[:3] for shape, _ in golden()}
    assert broken == {f"S{number:02}" for number in range(1, 43)}


def test_the_bad_graph_breaks_every_part_of_a_numbered_shape() -> None:
    parts = {
        short(shape)
        for shape in shapes().subjects(RDF.type, SH.NodeShape)
        if short(shape).startswith("S")
    }
    broken = {"-".join(shape.split("-")[:2]) for shape, _ in golden()}
    assert broken == parts


@pytest.mark.parametrize("engine", [reference, fast], ids=["pySHACL", "pyshifty"])
def test_the_report_on_the_bad_graph_is_the_golden_one(
    bad: ox.Store, engine: Validate
) -> None:
    assert engine(as_rdflib(bad), shapes()) == golden()


def test_set_queries_find_in_the_bad_graph_what_the_engines_find(bad: ox.Store) -> None:
    # S30 alone also has a core constraint on the shape itself, under the same name.
    by_query = {short(shape) for shape in shapes().subjects(SH.sparql, None)}
    by_query.discard("S30-Document")
    found = set_queries(bad)
    assert {row for row in found if row[0] in by_query} == {
        row for row in golden() if row[0] in by_query
    }
    assert found <= golden()


def test_the_bad_graph_breaks_every_single_constraint(bad: ox.Store) -> None:
    idle = {short(found) for found, rows in constraints(bad) if not rows}
    assert idle == set()


def test_the_seed_graph_conforms_without_a_remark() -> None:
    store = load("seed-graph")
    derive(store)
    assert fast(as_rdflib(store), shapes()) == set()
    assert set_queries(store) == set()


def test_the_good_graphs_conform_but_for_one_remark(good: ox.Store) -> None:
    # APKI takes part only through its chair, which is worth knowing and no fault.
    remark = {("S24-Isolated-tie", "org/apki")}
    assert fast(as_rdflib(good), shapes()) == remark
    assert reference(as_rdflib(good), shapes(sparql=False)) == remark
    assert set_queries(good) == set()


def test_no_shape_passes_for_want_of_anything_to_look_at(good: ox.Store) -> None:
    data, wanted = as_rdflib(good), shapes()
    idle = {
        short(shape)
        for shape in wanted.subjects(RDF.type, SH.NodeShape)
        if short(shape).startswith("S") and not any(targets(wanted, shape, data))
    }
    assert idle == set()


def targets(wanted: Graph, shape: Node, data: Graph) -> Iterable[Node]:
    for kind in wanted.objects(shape, SH.targetClass):
        for narrower in data.transitive_subjects(RDFS.subClassOf, kind):
            yield from data.subjects(RDF.type, narrower)
    for predicate in wanted.objects(shape, SH.targetSubjectsOf):
        assert isinstance(predicate, URIRef)
        yield from data.subjects(predicate, None)
    for predicate in wanted.objects(shape, SH.targetObjectsOf):
        assert isinstance(predicate, URIRef)
        yield from data.objects(None, predicate)


def test_every_shape_and_constraint_has_an_iri_and_speaks_both_languages() -> None:
    graph = shapes()
    speaking = {
        *graph.objects(None, SH.sparql),
        *(
            shape
            for shape in graph.subjects(RDF.type, SH.PropertyShape)
            if isinstance(shape, URIRef)
        ),
        *(
            shape
            for shape in graph.subjects(RDF.type, SH.NodeShape)
            if (shape, SH["or"], None) in graph or (shape, SH.pattern, None) in graph
        ),
    }
    assert len(speaking) > 100
    for shape in speaking:
        assert isinstance(shape, URIRef)
        languages = [
            getattr(message, "language", None)
            for message in graph.objects(shape, SH.message)
        ]
        assert sorted(str(language) for language in languages) == ["en", "id"], shape


def test_messages_name_only_what_their_query_gives() -> None:
    graph = shapes()
    for constraint in graph.objects(None, SH.sparql):
        select = str(graph.value(constraint, SH.select))
        given = set(re.findall(r"[?$](\w+)", select.partition("WHERE")[0]))
        for message in graph.objects(constraint, SH.message):
            assert set(re.findall(r"\{\?(\w+)\}", str(message))) <= given, constraint


@pytest.mark.parametrize(
    ("text", "good_date"),
    [
        ("2024", True),
        ("2024-09", True),
        ("2024-09-11", True),
        ("2024-09-11~", True),
        ("2014?", True),
        ("198X", True),
        ("19XX", True),
        ("2024-21", True),
        ("../2021-03", True),
        ("/2024-09-11", True),
        ("2026-01-23/..", True),
        ("2025-08/2025-11", True),
        ("11/9/2024", False),
        ("2024-13", False),
        ("2024-9-1", False),
        ("September 2024", False),
        ("2024/2025/2026", False),
        ("", False),
    ],
)
def test_edtf_is_told_from_other_dates(text: str, good_date: bool) -> None:
    pattern = shapes().value(SHP.edtf, SH.pattern)
    assert bool(re.match(str(pattern), text)) is good_date


@pytest.mark.parametrize(
    ("iri", "fits"),
    [
        ("https://w3id.org/simpul/id/org/bpipi", True),
        ("http://localhost:8000/x/id/place/35.15.06.2016", True),
        ("https://example.org/id/participation/founding-bpipi-1/founder-3", True),
        ("https://example.org/org/bpipi", False),
        ("https://example.org/id/org/BPIPI", False),
        ("https://example.org/id/org/", False),
        ("urn:id/org/bpipi", False),
    ],
)
def test_a_thing_may_have_any_base_but_only_one_form(iri: str, fits: bool) -> None:
    pattern = shapes().value(SHP["S05-IriPattern"], SH.pattern)
    assert bool(re.match(str(pattern), iri)) is fits
