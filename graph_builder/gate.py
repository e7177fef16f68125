"""The SHACL gate: what the finished graph must look like before it becomes a version.

Core constraints run in a SHACL engine, over the whole graph or, where an earlier graph was judged,
over what changed. `sh:sparql` constraints run once each, for all focus nodes together, as queries on
the store: an engine would parse and run them once per node, at a thousand times the cost. Every shape
is written so that both ways find the same (tested).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Literal, cast

import pyoxigraph as ox

from simpul.ontology import SH, Language, shapes_turtle

from .findings import (
    SEVERITIES,
    Finding,
    Findings,
    Severity,
    Term,
    by_language,
    findings_of,
    node_of,
    shape_name,
    text_of,
)
from .touched import aimed_at, statements_seen, touched_nodes
from .trails import Trail, Untraceable, trails_of

Engine = Literal["auto", "pyshacl", "pyshifty"]
"""Who judges core constraints: the reference, the fast one, or the fast one where it is installed."""


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier graph, and what its core constraints found; `lines` are its N-Quads."""

    lines: frozenset[str]
    core: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SetQuery:
    """One `sh:sparql` constraint as a query over all its focus nodes."""

    shape: str
    severity: Severity
    messages: Mapping[Language, str]
    text: str


def validate(store: ox.Store, engine: Engine = "auto") -> Findings:
    """Everything the shapes find in the union of a store's graphs."""
    core = _core_findings(_triples(store), _triples(core_shapes()), engine)
    return Findings.of(core, _set_findings(store))


def validate_change(
    store: ox.Store, lines: Iterable[str], known: Known, engine: Engine = "auto"
) -> Findings:
    """What `validate` finds, from what is known of an earlier graph and the nodes that a change can matter to.

    `lines` are the N-Quads that the store holds.
    """
    change = known.lines.symmetric_difference(lines)
    changed = ox.Store()
    changed.bulk_load("".join(change).encode(), format=ox.RdfFormat.N_QUADS)
    try:
        trails = _trails()
        touched = touched_nodes(trails, (store, changed), changed)
    except Untraceable:
        return validate(store, engine)
    aimed, focus = aimed_at(core_shapes(), store, touched)
    if any(isinstance(node, ox.BlankNode) for node in focus):
        # An engine would take it for another node than the one of the same name in the shapes.
        return validate(store, engine)
    names = {text_of(node) for node in touched}
    core = [found for found in known.core if found.focus not in names]
    if focus:
        seen = statements_seen(trails, store, focus)
        core.extend(_core_findings(seen, aimed, engine))
    return Findings.of(core, _set_findings(store))


def _core_findings(
    data: Iterable[ox.Triple], shapes: Iterable[ox.Triple], engine: Engine
) -> Iterable[Finding]:
    """What core constraints find in one merged graph.

    Named graphs checked one by one would break every shape that looks across them.
    """
    if engine == "auto":
        engine = "pyshifty" if find_spec("shifty") else "pyshacl"
    run = _by_pyshifty if engine == "pyshifty" else _by_pyshacl
    found = ox.Store()
    found.load(run(_ntriples(data), _ntriples(shapes)), format=ox.RdfFormat.N_TRIPLES)
    return findings_of(found)


# Each engine is imported late: these cost more to import than most commands take.


def _by_pyshacl(data: bytes, shapes: bytes) -> bytes:
    import pyshacl
    from rdflib import Graph

    # pySHACL changes the shapes graph it is given, so each run parses its own.
    graphs = [Graph().parse(data=text, format="nt") for text in (data, shapes)]
    # pySHACL leaves its return type partly open.
    run = cast("Callable[..., tuple[bool, Graph, str]]", pyshacl.validate)  # pyright: ignore[reportUnknownMemberType]
    report = run(graphs[0], shacl_graph=graphs[1], inplace=True)[1]
    return report.serialize(format="nt", encoding="utf-8")


def _by_pyshifty(data: bytes, shapes: bytes) -> bytes:
    import shifty

    # Its default mode would add the shapes to the data.
    report = shifty.validate(data, shapes, infer=False, graph_mode="data")[1]
    return report.serialize(format="nt", encoding="utf-8")


def _triples(store: ox.Store) -> set[ox.Triple]:
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store}


def _ntriples(triples: Iterable[ox.Triple]) -> bytes:
    made = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert made is not None
    return made


def _set_findings(store: ox.Store) -> Iterable[Finding]:
    for query in set_queries():
        solutions = store.query(query.text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = {
                name: _short(text_of(term))
                for name in names
                if (term := solution[name]) is not None
            }
            yield Finding(
                shape=query.shape,
                severity=query.severity,
                focus=text_of(node_of(solution["this"])),
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
    shapes = ox.Store()
    shapes.load(shapes_turtle(), format=ox.RdfFormat.TURTLE)
    prefixes = "".join(
        f"PREFIX {_value(shapes, quad.object, SH.prefix)}: "
        f"<{_value(shapes, quad.object, SH.namespace)}>\n"
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH.declare), None)
    )
    return tuple(
        SetQuery(
            shape=shape_name(text_of(quad.subject)),
            severity=SEVERITIES[
                _value(shapes, quad.subject, SH.severity) or SH.Violation
            ],
            messages=by_language(_objects(shapes, quad.object, SH.message)),
            text=prefixes
            + (_value(shapes, quad.object, SH.select) or "").replace("$this", "?this"),
        )
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH.sparql), None)
    )


@cache
def _trails() -> frozenset[Trail]:
    return trails_of(core_shapes())


@cache
def core_shapes() -> ox.Store:
    """The shapes without their `sh:sparql` constraints."""
    core = ox.Store()
    core.load(shapes_turtle(), format=ox.RdfFormat.TURTLE)
    for quad in list(core.quads_for_pattern(None, ox.NamedNode(SH.sparql), None)):
        core.remove(quad)
    return core


def _objects(store: ox.Store, subject: object, predicate: str) -> list[Term]:
    quads = store.quads_for_pattern(node_of(subject), ox.NamedNode(predicate), None)
    return [quad.object for quad in quads]


def _value(store: ox.Store, subject: object, predicate: str) -> str | None:
    found = _objects(store, subject, predicate)
    return text_of(found[0]) if found else None


def _short(text: str) -> str:
    """An IRI of ours without its base, as messages show it.

    >>> _short("https://w3id.org/simpul/id/org/bpipi")
    'org/bpipi'
    """
    return re.sub(r"^https?://\S*?/(?:id|concept)/", "", text)
