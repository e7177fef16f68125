"""Builds: the same bytes from the same records, the seed as it was drawn by hand, no blank node."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from seed_graphs import golden_derived, load
from simpul.graph_builder import (
    Graph,
    build_ecosystem,
    check_ecosystem,
    current_version,
    find_ecosystem,
    load_records,
    make_graph,
    readable,
)
from simpul.ontology import BASE
from worlds import RATTAN, copy_of_rattan, edit

SIMPUL_NS = BASE + "ontology#"
ADDED = re.compile(
    # What the records say beyond the hand-drawn graph: each tie's modality and sign, printed
    # forms, and what a record always states.
    rf"<{SIMPUL_NS}(modality|sign|standing|printedValue|printedUnit|printedDate|titleBasis|publisherText"
    rf"|note|locator|attestedNotBefore|inclusionRule|period|seen)>"
    r"|<http://purl.org/dc/terms/(identifier|language|title|description|license)>"
    r"|/id/(passage|selector|ecosystem)/"
)


@pytest.fixture(scope="module")
def seed() -> Graph:
    ecosystem = find_ecosystem("seed")
    return make_graph(ecosystem, load_records(ecosystem))


def triples(store: ox.Store) -> set[str]:
    """The triples of a store without blank nodes, numbers in the form the store keeps."""
    return {
        f"{quad.subject} {quad.predicate} {quad.object}"
        for quad in store.quads_for_pattern(None, None, None)
        if quad.graph_name
        not in (
            ox.NamedNode(f"{BASE}graph/ontology"),
            ox.NamedNode(f"{BASE}graph/concepts"),
        )
        and not isinstance(quad.subject, ox.BlankNode)
        and not isinstance(quad.object, ox.BlankNode)
    }


def test_the_seed_says_what_was_drawn_by_hand_and_nothing_else(seed: Graph) -> None:
    drawn = triples(load("seed-graph")) | {
        line.removesuffix(" .") for line in golden_derived()
    }
    built = triples(seed.store)
    whole = {f"{q.subject} {q.predicate} {q.object}" for q in seed.store}
    lacking = {line for line in drawn - whole if not ADDED.search(line)}
    beyond = {line for line in built - drawn if not ADDED.search(line)}
    assert (lacking, beyond) == (set(), set())


def test_a_graph_has_no_blank_node_and_its_lines_are_sorted_and_unique(
    seed: Graph,
) -> None:
    assert list(seed.lines) == sorted(set(seed.lines), key=str.encode)
    for quad in ox.parse("".join(seed.lines).encode(), format=ox.RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_the_lines_are_what_the_store_gives_back(seed: Graph) -> None:
    """No literal changes its form on the way through the store."""
    kept = {f"{quad} .\n" for quad in seed.store.quads_for_pattern(None, None, None)}
    assert kept == set(seed.lines)


def test_the_readable_form_holds_the_same_statements(seed: Graph) -> None:
    back = {
        f"{quad} .\n" for quad in ox.parse(readable(seed), format=ox.RdfFormat.TRIG)
    }
    assert back == set(seed.lines)


def test_two_builds_in_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    """Hashes of strings differ between processes; nothing may depend on them."""
    code = (
        "import sys; from pathlib import Path; from simpul.graph_builder import build_ecosystem;"
        "print(build_ecosystem(sys.argv[1], Path(sys.argv[2])).path)"
    )
    made: list[dict[str, str]] = []
    for name, hash_seed in (("one", "1"), ("two", "2")):
        run = subprocess.run(
            [sys.executable, "-c", code, str(RATTAN), str(tmp_path / name)],
            env={"PYTHONHASHSEED": hash_seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        folder = Path(run.stdout.strip())
        made.append(
            {
                file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
                for file in ("graph.nq", "graph.trig", "report.html")
            }
        )
    assert made[0] == made[1]


def test_the_order_of_records_changes_nothing(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    ecosystem = find_ecosystem(folder)
    before = make_graph(ecosystem, load_records(ecosystem)).digest
    text = (folder / "ties.yaml").read_text(encoding="utf-8")
    records = re.split(r"(?m)^(?=- id:)", text)
    (folder / "ties.yaml").write_text("".join(reversed(records)), encoding="utf-8")
    assert make_graph(ecosystem, load_records(ecosystem)).digest == before


def test_a_published_version_holds_the_graph_and_tells_its_digest(
    tmp_path: Path,
) -> None:
    build = build_ecosystem(RATTAN, tmp_path)
    version = current_version(tmp_path)
    assert version.id == build.digest[:16]
    graph = (version.path / "graph.nq").read_bytes()
    assert hashlib.sha256(graph).hexdigest() == build.digest
    store = ox.Store.read_only(str(version.store_path))
    assert len(store) == len(graph.splitlines())
    assert version.manifest["records"] == {
        "sources.yaml": 3,
        "places.yaml": 4,
        "institutions.yaml": 3,
        "groups.yaml": 1,
        "people.yaml": 1,
        "events.yaml": 1,
        "ties.yaml": 4,
        "observations.yaml": 3,
    }


def test_only_what_is_realised_and_accepted_becomes_an_edge(tmp_path: Path) -> None:
    ecosystem = find_ecosystem(RATTAN)
    graph = make_graph(ecosystem, load_records(ecosystem))
    edges = {
        (str(q.subject).rpartition("/")[2], str(q.object).rpartition("/")[2])
        for name in ("cooperatesWith", "inConflictWith", "promotes")
        for q in graph.store.quads_for_pattern(
            None, ox.NamedNode(SIMPUL_NS + name), None
        )
        if "/id/" in str(q.subject)
    }
    assert edges == {
        ("balai-rotan>", "asosiasi-rotan>"),
        ("asosiasi-rotan>", "balai-rotan>"),
    }


def test_two_copies_of_one_release_count_once() -> None:
    ecosystem = find_ecosystem(RATTAN)
    store = make_graph(ecosystem, load_records(ecosystem)).store
    query = f"""SELECT (COUNT(DISTINCT ?d) AS ?n) (COUNT(DISTINCT ?r) AS ?m) WHERE {{
        ?e <{SIMPUL_NS}supports> <{BASE}id/tie/kerja-sama-rotan> ;
           <{SIMPUL_NS}sourceDocument> ?d ; <{SIMPUL_NS}rootSource> ?r }}"""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = [(str(s["n"]), str(s["m"])) for s in solutions]
    assert ['"3"' in row[0], '"2"' in row[1]] == [True, True]


def test_a_shape_that_is_broken_publishes_nothing(tmp_path: Path) -> None:
    """A code one digit short: the records are sound on their own, the graph is not."""
    folder = copy_of_rattan(tmp_path)
    edit(folder, "places.yaml", "kemendagri_code: '32.09'", "kemendagri_code: '33.09'")
    report = check_ecosystem(folder)
    assert [p.code for p in report.errors] == ["shape-violation"]
    assert "S10" in report.errors[0].message("en")


def test_printed_numbers_and_dates_stand_beside_their_values(seed: Graph) -> None:
    query = f"""SELECT ?value ?number ?period ?date WHERE {{
        <{BASE}id/observation/iki-footwear-2024-08> <{SIMPUL_NS}value> ?value ;
            <{SIMPUL_NS}printedValue> ?number ; <{SIMPUL_NS}period> ?period ;
            <{SIMPUL_NS}printedDate> ?date }}"""
    solutions = seed.store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = [
        [term.value for term in row if isinstance(term, ox.Literal)]
        for row in solutions
    ]
    assert rows == [["55.2", "55,20", "2024-08", "bulan Agustus"]]
