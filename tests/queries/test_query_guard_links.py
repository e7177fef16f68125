"""Operators and clauses in a row: what would end the engine by its stack is refused, what lies beside others is not."""

import subprocess
import sys

import pytest

from simpul.queries import GraphStore, NestedTooDeep, refuse_unsafe

IN_A_ROW = {
    "not": ("ASK { FILTER(", "!", " true) }"),
    "plus": ("ASK { FILTER(1", "+1", ") }"),
    "doubles": ("ASK { FILTER(1.e0", "+1.e0", ") }"),
    "divided": ("ASK { FILTER(1", "/1", ") }"),
    "and": ("ASK { FILTER(?x", "&&?x", ") }"),
    "or": ("ASK { FILTER(?x", "||?x", ") }"),
    "sequence": ("ASK { ?s <urn:p>", "/<urn:p>", " ?o }"),
    "alternative": ("ASK { ?s <urn:p>", "|<urn:p>", " ?o }"),
    "filters": ("ASK { ", "FILTER(?x)", " }"),
    "minus": ("ASK { ", "MINUS{?s ?p ?o}", " }"),
    "union": ("ASK { {}", "UNION{}", " }"),
    "optional": ("ASK { ", "OPTIONAL{?s ?p ?o}", " }"),
    "columns": ("SELECT ", "(1 AS ?x)", " {}"),
    "having": ("SELECT (1 AS ?n) {} GROUP BY ?s HAVING", "(?n)", ""),
    "order": ("SELECT * {} ORDER BY ", "(?s)", ""),
    "things": ("DESCRIBE ", "<urn:a> ", ""),
    "taken for an IRI": ("ASK { FILTER(?a <1", "+1", "> 2) }"),
}
BESIDE = {
    "values": ("ASK { VALUES ?x { ", "-1 ", "} }"),
    "rows of values": ("ASK { VALUES (?x ?y) { ", "(-1 2) ", "} }"),
    "list": ("ASK { FILTER(?x IN (1", ",-1", ")) }"),
    "typed": ("ASK { VALUES ?x { ", '"1"^^<urn:t> ', "} }"),
    "statements": ("ASK { ", "?s <urn:a/b-c> -1 . ", "}"),
    "paths": ("ASK { ", "?s <urn:p>/<urn:q> 1 . ", "}"),
    "graphs of data": ("INSERT DATA { ", "GRAPH <urn:g> { <urn:a> <urn:b> 1 } ", "}"),
}


@pytest.mark.parametrize("links", [1500, 20_000])
@pytest.mark.parametrize("case", IN_A_ROW)
def test_links_in_a_row_are_refused(case: str, links: int) -> None:
    start, link, end = IN_A_ROW[case]
    with pytest.raises(NestedTooDeep) as caught:
        refuse_unsafe(start + link * links + end)
    assert caught.value.links
    assert "in a row" in str(caught.value)
    refuse_unsafe(start + link * 150 + end)


@pytest.mark.parametrize("case", BESIDE)
def test_what_lies_beside_others_is_not_refused(case: str) -> None:
    start, link, end = BESIDE[case]
    refuse_unsafe(start + link * 5000 + end)


def test_branches_add_up() -> None:
    inner = "(1" + "+1" * 60 + "+"
    with pytest.raises(NestedTooDeep):
        refuse_unsafe("ASK { FILTER(" + inner * 30 + "1" + ")" * 30 + ") }")
    beside = "(1" + "+1" * 60 + ")"
    refuse_unsafe("ASK { FILTER(" + "+".join([beside] * 30) + ") }")


def test_the_engine_lives_at_the_edge_of_what_passes() -> None:
    program = """
import sys, threading
from simpul.queries import GraphStore
graph = GraphStore.from_quads([])
def ask():
    for text in sys.stdin.read().splitlines():
        graph.query(text)
    print("alive")
thread = threading.Thread(target=ask)
thread.start()
thread.join()
"""
    texts = [
        "ASK { FILTER(" + "!" * 1000 + " true) }",
        "ASK { FILTER(1" + "+1" * 1000 + ") }",
        "ASK { " + "MINUS{?s ?p ?o}" * 399 + " }",
        "ASK { FILTER("
        + ("(!" * 60)
        + "!" * 900
        + "(1"
        + "+1" * 30
        + ")"
        + ")" * 60
        + ") }",
    ]
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(texts),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "alive", done.stderr[-500:]


def test_a_library_that_asks_is_told_and_lives() -> None:
    with pytest.raises(NestedTooDeep):
        GraphStore.from_quads([]).query("ASK { FILTER(" + "!" * 20_000 + " true) }")
