"""What a shape found: its name, its focus node and what it says; read from a SHACL report, kept in a version."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

import pyoxigraph as ox
from pydantic import TypeAdapter

from simpul.ontology import SH, Language

Severity = Literal["error", "warning", "information"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SEVERITIES: Mapping[str, Severity] = {
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
class Findings:
    """What the gate found: by core constraints, and by `sh:sparql` constraints; each once and in order.

    Kept apart, since a later build asks the second anew and takes over what it can of the first.
    """

    core: tuple[Finding, ...]
    sparql: tuple[Finding, ...]

    @classmethod
    def of(cls, core: Iterable[Finding], sparql: Iterable[Finding]) -> "Findings":
        """Sort findings by shape, focus and message, and keep each once."""
        return cls(in_order(core), in_order(sparql))

    @property
    def all(self) -> tuple[Finding, ...]:
        """Every finding once, sorted by shape, focus and message."""
        return in_order((*self.core, *self.sparql))

    def as_json(self) -> bytes:
        """Write them down: `findings.json` of a version. Equal findings give equal bytes."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        return text.encode() + b"\n"

    @classmethod
    def from_json(cls, content: bytes) -> "Findings":
        """Read what `as_json` wrote. Raises: ValueError on anything else."""
        return TypeAdapter(cls).validate_json(content)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by shape, focus and message, and keep each once."""
    unique = {
        (found.shape, found.focus, *sorted(found.messages.items())): found
        for found in findings
    }
    return tuple(unique[key] for key in sorted(unique))


def findings_of(report: ox.Store) -> Iterable[Finding]:
    """The results of a SHACL report, named by the shape they come from.

    A result inside another (`sh:detail`) has no `sh:result` of its own and is left out.
    """
    for quad in report.quads_for_pattern(None, ox.NamedNode(SH.result), None):
        facts: dict[str, list[Term]] = {}
        for fact in report.quads_for_pattern(node_of(quad.object), None, None):
            facts.setdefault(fact.predicate.value, []).append(fact.object)
        (source,) = facts[SH.sourceShape]
        (focus,) = facts[SH.focusNode]
        (severity,) = facts[SH.resultSeverity]
        yield Finding(
            shape=shape_name(text_of(source)),
            severity=SEVERITIES[text_of(severity)],
            focus=text_of(focus),
            messages=by_language(facts.get(SH.resultMessage, ())),
        )


def shape_name(iri: str) -> str:
    """The number and name of the shape that a shape, or one of its property shapes, belongs to.

    >>> shape_name("https://w3id.org/simpul/shapes#S01-IndonesianName-present")
    'S01-IndonesianName'
    """
    name = iri.rpartition("#")[2]
    found = re.match(r"S\d+[a-z]?-[A-Za-z]+", name)
    return found[0] if found else name


def by_language(literals: Iterable[Term]) -> Mapping[Language, str]:
    """Messages by language; one without a tag serves English."""
    found: dict[Language, str] = {}
    for literal in literals:
        if isinstance(literal, ox.Literal):
            found["id" if literal.language == "id" else "en"] = literal.value
    return found


def node_of(term: object) -> ox.NamedNode | ox.BlankNode:
    """A term that can only be a node. Raises: AssertionError if our own files are wrong."""
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return term


def text_of(term: object) -> str:
    """The IRI of a node or the form of a literal. Raises: AssertionError on a triple."""
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return term.value
