"""The SHACL gate: what the finished graph must look like before it becomes a version.

Core constraints run in a SHACL engine. `sh:sparql` constraints run once each, for all focus nodes
together, as queries on the store: an engine would parse and run them once per node, at a thousand
times the cost. Every shape is written so that both ways find the same (tested).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import pyoxigraph as ox

from simpul.ontology import SH, Language, shapes_turtle

Severity = Literal["error", "warning", "information"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SEVERITIES: Mapping[str, Severity] = {
    SH.Violation: "error",
    SH.Warning: "warning",
    SH.Info: "information",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a shape found: `shape` is its number and name, such as `S12-HierarchyCycle`."""

    shape: str
    severity: Severity
    focus: str
    messages: Mapping[Language, str]

    def message(self, language: Language) -> str:
        """What is wrong, in one language; the other where only that was written."""
        return self.messages.get(language) or next(iter(self.messages.values()), "")


@dataclass(frozen=True, slots=True)
class SetQuery:
    """One `sh:sparql` constraint as a query over all its focus nodes."""

    shape: str
    severity: Severity
    messages: Mapping[Language, str]
    text: str


def validate(store: ox.Store) -> list[Finding]:
    """Everything the shapes find in the union of a store's graphs, each once, sorted by shape and focus."""
    unique = {
        (found.shape, found.focus, *sorted(found.messages.items())): found
        for found in (*_core_findings(store), *_set_findings(store))
    }
    return [unique[key] for key in sorted(unique)]


def _core_findings(store: ox.Store) -> Iterable[Finding]:
    """What the core constraints find, by pySHACL over one merged graph.

    Named graphs checked one by one would break every shape that looks across them.
    """
    # Late: these cost more to import than most commands take.
    import pyshacl
    from rdflib import Graph

    data, shapes = Graph(), Graph()
    triples = (
        ox.Triple(q.subject, q.predicate, q.object)
        for q in store.quads_for_pattern(None, None, None)
    )
    data.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    # pySHACL changes the shapes graph it is given, so each run parses its own.
    shapes.parse(data=core_shapes(), format="nt")
    # pySHACL leaves its return type partly open.
    validate_core = cast("Callable[..., tuple[bool, Graph, str]]", pyshacl.validate)  # pyright: ignore[reportUnknownMemberType]
    report = validate_core(data, shacl_graph=shapes, inplace=True)[1]
    found = ox.Store()
    found.load(
        report.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES
    )
    return findings_of(found)


def findings_of(report: ox.Store) -> Iterable[Finding]:
    """The results of a SHACL report, named by the shape they come from.

    A result inside another (`sh:detail`) has no `sh:result` of its own and is left out.
    """
    for quad in report.quads_for_pattern(None, ox.NamedNode(SH.result), None):
        facts: dict[str, list[Term]] = {}
        for fact in report.quads_for_pattern(_node(quad.object), None, None):
            facts.setdefault(fact.predicate.value, []).append(fact.object)
        (source,) = facts[SH.sourceShape]
        (focus,) = facts[SH.focusNode]
        (severity,) = facts[SH.resultSeverity]
        yield Finding(
            shape=shape_name(_text(source)),
            severity=_SEVERITIES[_text(severity)],
            focus=_text(focus),
            messages=_messages(facts.get(SH.resultMessage, ())),
        )


def _set_findings(store: ox.Store) -> Iterable[Finding]:
    for query in set_queries():
        solutions = store.query(query.text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = {
                name: _short(_text(term))
                for name in names
                if (term := solution[name]) is not None
            }
            yield Finding(
                shape=query.shape,
                severity=query.severity,
                focus=_text(_node(solution["this"])),
                messages={
                    language: _filled(message, bound)
                    for language, message in query.messages.items()
                },
            )


def _filled(message: str, bound: Mapping[str, str]) -> str:
    """A message with its `{?variable}` replaced by what the query bound it to."""
    return re.sub(r"\{[?$](\w+)\}", lambda m: bound.get(m[1], m[0]), message)


@cache
def set_queries() -> tuple[SetQuery, ...]:
    """Every `sh:sparql` constraint of the shapes, ready to run on a store."""
    shapes = _shapes()
    prefixes = "".join(
        f"PREFIX {_value(shapes, quad.object, SH.prefix)}: "
        f"<{_value(shapes, quad.object, SH.namespace)}>\n"
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH.declare), None)
    )
    return tuple(
        SetQuery(
            shape=shape_name(_text(quad.subject)),
            severity=_SEVERITIES[
                _value(shapes, quad.subject, SH.severity) or SH.Violation
            ],
            messages=_messages(_objects(shapes, quad.object, SH.message)),
            text=prefixes
            + (_value(shapes, quad.object, SH.select) or "").replace("$this", "?this"),
        )
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH.sparql), None)
    )


@cache
def core_shapes() -> bytes:
    """The shapes without their `sh:sparql` constraints, as N-Triples."""
    sparql = ox.NamedNode(SH.sparql)
    triples = (
        ox.Triple(q.subject, q.predicate, q.object)
        for q in _shapes().quads_for_pattern(None, None, None)
        if q.predicate != sparql
    )
    made = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert made is not None
    return made


@cache
def _shapes() -> ox.Store:
    store = ox.Store()
    store.load(shapes_turtle(), format=ox.RdfFormat.TURTLE)
    return store


def shape_name(iri: str) -> str:
    """The number and name of the shape that a shape, or one of its property shapes, belongs to.

    >>> shape_name("https://w3id.org/simpul/shapes#S01-IndonesianName-present")
    'S01-IndonesianName'
    """
    name = iri.rpartition("#")[2]
    found = re.match(r"S\d+[a-z]?-[A-Za-z]+", name)
    return found[0] if found else name


def _messages(literals: Iterable[Term]) -> Mapping[Language, str]:
    """Messages by language; one without a tag serves English."""
    found: dict[Language, str] = {}
    for literal in literals:
        if isinstance(literal, ox.Literal):
            found["id" if literal.language == "id" else "en"] = literal.value
    return found


def _objects(store: ox.Store, subject: object, predicate: str) -> list[Term]:
    quads = store.quads_for_pattern(_node(subject), ox.NamedNode(predicate), None)
    return [quad.object for quad in quads]


def _value(store: ox.Store, subject: object, predicate: str) -> str | None:
    found = _objects(store, subject, predicate)
    return _text(found[0]) if found else None


def _node(term: object) -> ox.NamedNode | ox.BlankNode:
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return term


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return term.value


def _short(text: str) -> str:
    """An IRI of ours without its base, as messages show it.

    >>> _short("https://w3id.org/simpul/id/org/bpipi")
    'org/bpipi'
    """
    return re.sub(r"^https?://\S*?/(?:id|concept)/", "", text)
