"""What is wrong with a query, or odd about it, before it is asked: each finding with its line and column.

An error means that it cannot be answered, or never as it was meant; a warning that it most likely says something
else than was meant; a note what may be so on purpose. Nothing is run.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

import pyoxigraph as ox
from rapidfuzz.distance import OSA

from simpul.ontology import PREFIXES, Language, Wording, near_miss

from .binding import values_rows
from .catalog import catalog
from .complaints import complaint_words
from .errors import NestedTooDeep, OutboundRequest, QuerySyntaxError
from .graph import Graph
from .guard import refuse_unsafe
from .headers import has_header, header_faults
from .named_terms import (
    CONCEPT,
    Prologue,
    is_always_known,
    is_in,
    is_ours,
    known_terms,
    near_term,
    short,
)
from .scopes import Scope, name_of, scopes
from .syntax import syntax_error
from .tokens import Kind, Token, is_word, line_and_column, significant


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a query. Lines and columns count from 1; `near` is what was most likely meant."""

    code: str
    severity: Severity
    line: int
    column: int
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    near: str | None = None

    @property
    def is_unreadable(self) -> bool:
        """Whether it keeps the engine from reading the text at all; an undeclared prefix is soon added."""
        return self.code in ("check-syntax", "check-depth")

    def message(self, lang: Language) -> str:
        """What it is, and what was most likely meant."""
        hint = ""
        if "namespace" in self.facts and self.code == "check-prefix":
            hint = _words().say("hint-declare", lang, **self.facts)
        elif self.near:
            hint = _words().say("hint-near", lang, near=self.near)
        facts = {**self.facts, "hint": hint}
        if isinstance(reason := facts.pop("reason", None), str):
            facts["detail"] = complaint_words().say(reason, lang, **facts)
        return _words().say(self.code, lang, **facts)

    def sentence(self, lang: Language, name: str) -> str:
        """Place, severity and message on one line; `name` is that of the query."""
        severity = _words().say(f"severity-{self.severity}", lang)
        return _words().say(
            "finding",
            lang,
            name=name,
            line=self.line,
            column=self.column,
            severity=severity,
            message=self.message(lang),
        )


def check_query(
    text: str, name: str = "query", graph: Graph | None = None
) -> list[Finding]:
    """The findings in a query, in the order of its text; with a graph, also what is not in that.

    >>> for found in check_query("SELECT ?body { ?boddy a org:Organization }"):
    ...     print(found.sentence("en", "query"))
    query line 1, column 8: error: ?body is asked for and never gets a value; did you mean ?boddy?
    query line 1, column 25: error: the prefix org: is not declared; add PREFIX org: <http://www.w3.org/ns/org#>
    """
    try:
        refuse_unsafe(text)
    except OutboundRequest as error:
        return [_unsafe("check-outbound", error, {"keyword": error.keyword})]
    except NestedTooDeep as error:
        return [_unsafe("check-depth", error, {"deepest": error.deepest})]
    read = significant(text)
    prologue = Prologue.of(read)
    found = [*_prefixes(text, prologue), *_syntax(text, name, prologue)]
    if all(finding.code != "check-syntax" for finding in found):
        parts = scopes(prologue.body)
        found += _variables(text, parts)
        found += _terms(text, _with_usual(prologue), graph)
        selected = [] if parts[0].gives_all else [name_of(t) for t in parts[0].given]
        if has_header(text):
            found += _header(text, name, selected, read)
    return sorted(found, key=lambda finding: (finding.line, finding.column))


def unknown_terms(text: str, graph: Graph) -> list[Finding]:
    """What a query names that neither the ontology nor the graph has, where it was most likely meant otherwise.

    It is what may explain an answer without rows; a term that this graph merely does not use is left out.
    """
    prologue = _with_usual(Prologue.of(significant(text)))
    found = _terms(text, prologue, graph)
    return [each for each in found if each.severity is not Severity.NOTE]


def _unsafe(
    code: str, error: OutboundRequest | NestedTooDeep, facts: Mapping[str, object]
) -> Finding:
    return Finding(code, Severity.ERROR, error.line, error.column, facts)


def _at(
    code: str,
    severity: Severity,
    text: str,
    token: Token,
    facts: Mapping[str, object],
    near: str | None = None,
) -> Finding:
    line, column = line_and_column(text, token.start)
    return Finding(code, severity, line, column, facts, near)


def _prefixes(text: str, prologue: Prologue) -> Iterator[Finding]:
    for prefix, token in _undeclared(prologue).items():
        facts: dict[str, object] = {"prefix": prefix}
        if prefix in _usual():
            facts["namespace"] = _usual()[prefix]
        near = near_miss(prefix, {*prologue.prefixes, *_usual()})
        near = f"{near}:" if near else None
        yield _at("check-prefix", Severity.ERROR, text, token, facts, near)
    for prefix, namespace in prologue.prefixes.items():
        usual = PREFIXES.get(prefix)
        # Another namespace under a known prefix may be meant; one that differs by a slip is not.
        if usual and namespace != usual and near_miss(namespace, [usual]):
            facts = {"prefix": prefix, "namespace": namespace, "usual": usual}
            token = prologue.declared[prefix]
            yield _at("check-namespace", Severity.WARNING, text, token, facts)


@cache
def _usual() -> Mapping[str, str]:
    """The prefixes that people know: those of the ontology and those of the catalogue."""
    usual: dict[str, str] = {}
    for question in catalog():
        usual |= Prologue.of(significant(question.text)).prefixes
    return {**usual, **PREFIXES}


def _with_usual(prologue: Prologue) -> Prologue:
    """The prologue as if every usual prefix that is not declared were."""
    return replace(prologue, prefixes={**_usual(), **prologue.prefixes})


def _undeclared(prologue: Prologue) -> dict[str, Token]:
    """The prefixes that no PREFIX line declares, where each is first used."""
    undeclared: dict[str, Token] = {}
    for token in prologue.body:
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and prefix not in {"_", *prologue.prefixes}:
            undeclared.setdefault(prefix, token)
    return undeclared


def _syntax(text: str, name: str, prologue: Prologue) -> Iterator[Finding]:
    # Prefixes that are missing have their own findings, so they are declared before the rest is read.
    declared = "".join(f"PREFIX {each}: <urn:x>\n" for each in _undeclared(prologue))
    error = _syntax_error(declared + text, name)
    if error is not None:
        before = declared.count("\n")
        line = max(error.line - before, 1)
        facts = {"detail": error.detail, **error.facts, "reason": error.code}
        if isinstance(opened := facts.get("opened"), int):
            facts["opened"] = opened - before
        yield Finding("check-syntax", Severity.ERROR, line, error.column, facts)


def _syntax_error(text: str, name: str) -> QuerySyntaxError | None:
    """What the engine cannot read. It has no call that only parses, so it is made to find nothing at once."""
    own = significant(text)
    depth = 0
    ends_in_values = False
    for token in own:
        if token.kind is Kind.OTHER and token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
        ends_in_values |= depth == 0 and is_word(token, "VALUES")
    try:
        if not ends_in_values:
            ox.Store().query(text + "\nVALUES ?simpul_nothing { }")
            return None
    except (SyntaxError, ValueError):
        pass  # the text alone says it better
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        return syntax_error(name, text, str(error))
    return None


def _variables(text: str, parts: Sequence[Scope]) -> Iterator[Finding]:
    seen: set[int] = set()
    for scope in parts:
        bound, counts = scope.bound_names(), scope.counts()
        for code, tokens in (
            ("check-never-given", scope.given),
            ("check-unbound", scope.needed),
        ):
            for token in tokens:
                name = name_of(token)
                if name not in bound and token.start not in seen:
                    seen.add(token.start)
                    near = near_miss(name, bound)
                    yield _variable(code, Severity.ERROR, text, token, near)
        if not scope.gives_all:
            for token in scope.assigned:
                if counts[name_of(token)] == 1:
                    yield _variable("check-idle", Severity.WARNING, text, token, None)
        for token in scope.bound:
            if near := _slip(name_of(token), counts):
                yield _variable("check-once", Severity.WARNING, text, token, near)
        for one, other in scope.products:
            facts = {"one": one.text.lstrip("?$"), "other": other.text.lstrip("?$")}
            yield _at("check-product", Severity.WARNING, text, other, facts)


def _variable(
    code: str, severity: Severity, text: str, token: Token, near: str | None
) -> Finding:
    facts = {"variable": name_of(token)}
    return _at(code, severity, text, token, facts, f"?{near}" if near else None)


def _slip(name: str, counts: Mapping[str, int]) -> str | None:
    """The variable that one named once was most likely meant to be: one letter off, and not a plural."""
    if counts[name] != 1 or len(name) < 4:
        return None
    for other in sorted(counts):
        letters = re.sub(r"[0-9]", "", name) != re.sub(r"[0-9]", "", other)
        plural = name == f"{other}s" or other == f"{name}s"
        is_near = letters and not plural and OSA.distance(name, other) == 1
        if is_near and counts[other] > 1:
            return other
    return None


def _terms(text: str, prologue: Prologue, graph: Graph | None) -> Iterator[Finding]:
    rows = [(row.start, row.end) for row in values_rows(text)]
    judged: set[str] = set()
    for token, iri in prologue.terms():
        if iri in judged:
            continue
        judged.add(iri)
        # The default of a parameter may be of another graph; who asks will be told.
        is_default = any(start <= token.start < end for start, end in rows)
        here = graph is not None and is_in(graph, iri)
        if here or is_always_known(iri):
            continue
        facts = {"term": short(iri)}
        if is_ours(iri):
            if iri not in known_terms():
                code = "check-code" if iri.startswith(CONCEPT) else "check-term"
                near = near_term(iri, graph)
                yield _at(code, Severity.ERROR, text, token, facts, near)
            elif graph is not None and not is_default:
                yield _at("check-unused-here", Severity.NOTE, text, token, facts)
        elif graph is not None and not is_default:
            near = near_term(iri, graph)
            severity = Severity.WARNING if near else Severity.NOTE
            yield _at("check-absent", severity, text, token, facts, near)


def _header(
    text: str, name: str, selected: Sequence[str], read: Sequence[Token]
) -> Iterator[Finding]:
    for fault in header_faults(text, name, selected, read):
        severity = Severity.NOTE if fault.is_note else Severity.WARNING
        severity = Severity.ERROR if fault.is_error else severity
        facts = dict(fault.facts)
        near = facts.pop("near", None)
        near = str(near) if near else None
        yield Finding(f"check-header{fault.code}", severity, fault.line, 1, facts, near)


@cache
def _words() -> Wording:
    return Wording.load("simpul.queries", "checking.toml")
