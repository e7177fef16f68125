"""The SPARQL tests of the W3C, read from their manifests, for any engine that can be asked.

    for case in cases():
        case.passes(ask)

`ask` gets a case: the quads to begin with and the text. It returns what the text answers, or for an update the
quads it leaves, and raises SyntaxError or QuerySyntaxError if it cannot read the text. The tests are no part of
this repository: w3c/rdf-tests is found at SIMPUL_W3C_SPARQL, or in a folder beside the checkout.
"""

import csv
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from isomorphism import same_graph, same_rows
from simpul.ontology import QueryError
from simpul.queries import QuerySyntaxError, Result, Rows, Triples

MISSING = "the SPARQL tests of the W3C are not here; set SIMPUL_W3C_SPARQL to the folder `sparql` of w3c/rdf-tests"

BASE: Final = "https://w3c.github.io/rdf-tests/sparql/"
_MANIFESTS = (
    "sparql10/manifest.ttl",
    "sparql11/manifest-all.ttl",
    "sparql12/manifest.ttl",
)
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Outcome = Result | Collection[ox.Quad]


class Aim(StrEnum):
    """What a test is about."""

    ANSWER = "query"
    CHANGE = "update"
    SYNTAX = "syntax"


def folder() -> Path | None:
    """Where the tests are, or None."""
    named = os.environ.get("SIMPUL_W3C_SPARQL")
    checkout = os.environ.get("SIMPUL_REPOSITORY")
    here = Path(checkout) if checkout else Path(__file__).parent.parent
    beside = here.parent / "shared" / "w3c-sparql-tests" / "sparql"
    found = Path(named) if named else beside
    return found if found.is_dir() else None


@dataclass(frozen=True)
class Case:
    """One test. `suite` is a version of SPARQL and what the test is about: `1.1 update`."""

    name: str
    suite: str
    aim: Aim
    is_update: bool
    must_fail: bool
    file: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    expected: Path | None
    expected_graphs: tuple[tuple[str, Path], ...]
    is_lax: bool

    @cached_property
    def text(self) -> str:
        """The query or update; what it names in relation to its file is named in full by a BASE."""
        # As bytes, since a test may hold a carriage return for a reason.
        text = self.file.read_bytes().decode()
        if self.aim is Aim.SYNTAX:
            # So that what would call other machines is read, and not done.
            text = text.replace("LOAD", "CLEAR GRAPH <urn:x:absent> ; LOAD", 1)
            text += " LIMIT 0" if "SERVICE" in text else ""
        # A machine that is not there, found without asking a network for it.
        text = text.replace("http://invalid.endpoint.org/", "http://127.0.0.1:9/")
        return f"BASE <{iri_of(self.file)}>\n{text}"

    def quads(self) -> list[ox.Quad]:
        """What the graph holds before it is asked."""
        graphs = self.graphs
        if not self.data and not graphs and self.aim is Aim.ANSWER:
            # The dataset is what the query says FROM.
            named = [self.file.parent / name for name in _FROM.findall(self.text)]
            graphs = tuple((iri_of(path), path) for path in dict.fromkeys(named))
        return _quads(self.data, graphs)

    def passes(self, ask: Callable[["Case"], Outcome]) -> bool:
        """Whether what is asked answers, changes or refuses as the test says."""
        if self.aim is Aim.SYNTAX:
            return _is_read(self, ask) is not self.must_fail
        try:
            outcome = ask(self)
        except (QueryError, SyntaxError, OSError, RuntimeError, ValueError):
            return False
        if self.aim is Aim.CHANGE:
            left = _quads(
                (self.expected,) if self.expected else (), self.expected_graphs
            )
            assert not isinstance(outcome, Rows | Triples | bool)
            return same_graph(outcome, left)
        assert isinstance(outcome, Rows | Triples | bool)
        return self._is_answer(outcome)

    def _is_answer(self, outcome: Result) -> bool:
        assert self.expected
        if self.expected.suffix == ".csv":
            return isinstance(outcome, Rows) and _same_csv(outcome, self.expected)
        expected, is_ordered = _answer_in(self.expected)
        if isinstance(expected, bool) or isinstance(outcome, bool):
            return expected is outcome
        if isinstance(expected, Triples) and isinstance(outcome, Triples):
            return same_graph(
                [ox.Quad(*triple) for triple in outcome],
                [ox.Quad(*triple) for triple in expected],
            )
        if isinstance(expected, Rows) and isinstance(outcome, Rows):
            return same_rows(
                outcome, expected, is_ordered=is_ordered, is_lax=self.is_lax
            )
        return False


@cache
def cases() -> tuple[Case, ...]:
    """The tests of queries, updates and syntax, in the order of the manifests; none where they are absent.

    Left out: what is asked of a store under an entailment regime, or of several servers at a time.
    """
    root = folder()
    if root is None:
        return ()
    seen: dict[str, Case] = {}
    for manifest in _MANIFESTS:
        for case in _cases(root, root / manifest, set()):
            seen.setdefault(case.name, case)
    return tuple(seen.values())


def iri_of(path: Path) -> str:
    """The published address of a file of the tests."""
    root = folder()
    assert root
    return BASE + path.relative_to(root).as_posix()


class _Manifest:
    """The statements of one manifest."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.load(
            path=str(path), format=ox.RdfFormat.TURTLE, base_iri=iri_of(path)
        )

    def values(self, subject: Term | None, predicate: str) -> list[Term]:
        assert not isinstance(subject, ox.Literal)
        node = ox.NamedNode(predicate)
        return [
            quad.object for quad in self.store.quads_for_pattern(subject, node, None)
        ]

    def value(self, subject: Term, predicate: str) -> Term | None:
        return next(iter(self.values(subject, predicate)), None)

    def members(self, collection: Term) -> Iterator[Term]:
        while collection != ox.NamedNode(_RDF + "nil"):
            first = self.value(collection, _RDF + "first")
            rest = self.value(collection, _RDF + "rest")
            assert first
            assert rest
            yield first
            collection = rest


def _cases(root: Path, path: Path, read: set[Path]) -> Iterator[Case]:
    if path in read:
        return
    read.add(path)
    manifest = _Manifest(path)
    for included in manifest.values(None, _MF + "include"):
        for each in manifest.members(included):
            assert isinstance(each, ox.NamedNode)
            yield from _cases(root, root / each.value.removeprefix(BASE), read)
    for entries in manifest.values(None, _MF + "entries"):
        for entry in manifest.members(entries):
            if case := _case(root, path, manifest, entry):
                yield case


def _case(root: Path, path: Path, manifest: _Manifest, entry: Term) -> Case | None:
    place = path.parent.relative_to(root).as_posix()
    kind = manifest.value(entry, _RDF + "type")
    assert isinstance(kind, ox.NamedNode)
    assert isinstance(entry, ox.NamedNode)
    kind_name = kind.value.rpartition("#")[2]
    if not re.search("Syntax|Evaluation|CSV", kind_name):
        return None  # a test of a protocol

    def path_of(term: Term | None) -> Path:
        assert isinstance(term, ox.NamedNode)
        return root / term.value.removeprefix(BASE)

    def graphs_of(node: Term, prefix: str) -> Iterator[tuple[str, Path]]:
        for graph in manifest.values(node, prefix + "graphData"):
            if isinstance(graph, ox.NamedNode):
                yield graph.value, path_of(graph)
            else:
                label = manifest.value(graph, _RDFS + "label")
                assert isinstance(label, ox.Literal)
                yield label.value, path_of(manifest.value(graph, prefix + "graph"))

    action = manifest.value(entry, _MF + "action")
    result = manifest.value(entry, _MF + "result")
    assert action
    if manifest.values(action, _QT + "serviceData") or "/entailment" in place:
        return None
    is_update = "Update" in kind_name
    prefix = _UT if is_update else _QT
    aim = Aim.SYNTAX
    file, data, expected = action, list[Term](), result
    if "Syntax" not in kind_name:
        aim = Aim.CHANGE if is_update else Aim.ANSWER
        wanted = manifest.value(action, prefix + ("request" if is_update else "query"))
        assert wanted
        assert result
        file, data = wanted, manifest.values(action, prefix + "data")
        if is_update:
            expected = manifest.value(result, _UT + "data")
    return Case(
        name=f"{place}#{re.split('[#/]', entry.value)[-1]}",
        suite=f"1.{place[len('sparql1')]} {aim}",
        aim=aim,
        is_update=is_update,
        must_fail=kind_name.startswith("Negative"),
        file=path_of(file),
        data=tuple(map(path_of, data)),
        graphs=tuple(graphs_of(action, prefix)),
        expected=path_of(expected) if expected else None,
        expected_graphs=tuple(graphs_of(result, _UT)) if result and is_update else (),
        is_lax=manifest.value(entry, _MF + "resultCardinality")
        == ox.NamedNode(_MF + "LaxCardinality"),
    )


def _quads(
    data: Collection[Path], graphs: Collection[tuple[str, Path]]
) -> list[ox.Quad]:
    found = [quad for path in data for quad in _parsed(path)]
    for name, path in graphs:
        graph = ox.NamedNode(name)
        found += [
            ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in _parsed(path)
        ]
    return found


def _parsed(path: Path) -> Iterator[ox.Quad]:
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    assert form
    # Each file has blank nodes of its own, whatever they are called.
    yield from ox.parse(
        path=str(path), format=form, base_iri=iri_of(path), rename_blank_nodes=True
    )


def _is_read(case: Case, ask: Callable[[Case], Outcome]) -> bool:
    try:
        ask(case)
    except (QuerySyntaxError, SyntaxError):
        return False
    except (QueryError, OSError, RuntimeError, ValueError):
        return True  # it was read, and then could not be done
    return True


def _answer_in(path: Path) -> tuple[Result, bool]:
    """The answer in a file, and whether it has an order."""
    if path.suffix in (".srx", ".srj", ".tsv"):
        form = ox.QueryResultsFormat.from_extension(path.suffix.removeprefix("."))
        read = ox.parse_query_results(path=str(path), format=form)
        if isinstance(read, ox.QueryBoolean):
            return bool(read), False
        variables = tuple(variable.value for variable in read.variables)
        return Rows(variables, tuple(tuple(row) for row in read)), False
    quads = list(_parsed(path))
    if any(quad.object == ox.NamedNode(_RS + "ResultSet") for quad in quads):
        return _result_set(quads)
    return Triples.of(quad.triple for quad in quads), False


def _result_set(quads: list[ox.Quad]) -> tuple[Result, bool]:
    """An answer in the vocabulary that the first tests were written with."""
    about: dict[tuple[Subject, str], list[Term]] = {}
    for quad in quads:
        key = quad.subject, quad.predicate.value.removeprefix(_RS)
        about.setdefault(key, []).append(quad.object)
    subjects = {subject for subject, _ in about}
    for subject in subjects:
        if truth := about.get((subject, "boolean")):
            return truth == [ox.Literal(True)], False

    def only(subject: Term, predicate: str) -> Term:
        assert not isinstance(subject, ox.Literal)
        return about[subject, predicate][0]

    rows: list[tuple[int, Mapping[str, Term]]] = []
    names: set[str] = set()
    is_ordered = False
    for subject in subjects:
        for variable in about.get((subject, "resultVariable"), ()):
            assert isinstance(variable, ox.Literal)
            names.add(variable.value)
        for solution in about.get((subject, "solution"), ()):
            assert isinstance(solution, ox.NamedNode | ox.BlankNode)
            row: dict[str, Term] = {}
            for binding in about.get((solution, "binding"), ()):
                variable = only(binding, "variable")
                assert isinstance(variable, ox.Literal)
                row[variable.value] = only(binding, "value")
            index = about.get((solution, "index"))
            is_ordered |= index is not None
            place = index[0] if index else ox.Literal(0)
            assert isinstance(place, ox.Literal)
            rows.append((int(place.value), row))
    rows.sort(key=lambda row: row[0])
    return Rows.of(sorted(names), [row for _, row in rows]), is_ordered


def _same_csv(rows: Rows, path: Path) -> bool:
    """Whether rows look as in a file of CSV, whose columns have any order and blank nodes any label."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)

    def shown(term: Term | None) -> str:
        if term is None:
            return ""
        return "_:" if isinstance(term, ox.BlankNode) else _value(term)

    def hidden(cell: str) -> str:
        return "_:" if cell.startswith("_:") else cell

    places = [header.index(name) for name in rows.variables]
    found = Counter(tuple(map(shown, row)) for row in rows)
    wanted = Counter(tuple(hidden(row[place]) for place in places) for row in expected)
    return len(places) == len(header) and found == wanted


def _value(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
