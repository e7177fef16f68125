"""Sound records to a whole graph in memory: stated, derived, and held against the shapes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from simpul.ontology import (
    DCTERMS,
    PREFIXES,
    SIMPUL,
    SimpulError,
    concepts_turtle,
    ontology_turtle,
)

from .account import AccountLine, account
from .bodies import (
    map_group,
    map_institution,
    map_person,
    map_place,
    map_topic,
    map_unnamed,
)
from .claims import map_discrepancy, map_event, map_observation, map_tie
from .derive import derive
from .ecosystem import Ecosystem
from .findings import Finding, Findings
from .gate import Known, validate, validate_change
from .identity.stating import state_identity
from .keys import Keys
from .mapping import Mapper
from .nquads import GraphName, Statements, iri_term, text_term, typed_term
from .passages import map_evidence, map_source
from .problems import Problem
from .reading import Loaded
from .records import (
    Discrepancy,
    Event,
    Evidence,
    Group,
    Institution,
    Observation,
    Person,
    Place,
    Source,
    Tie,
    Topic,
    UnnamedParty,
)

Step = Literal["read", "check", "map", "derive", "validate", "write"]
STEPS: tuple[Step, ...] = ("read", "check", "map", "derive", "validate", "write")
Progress = Callable[[Step], None]


def silent(_: Step) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole graph before it becomes a version.

    `store` holds `lines` with the union of named graphs to query; `findings` are what the gate
    found, none of them an error.
    """

    ecosystem: Ecosystem
    lines: tuple[str, ...]
    store: ox.Store
    account: tuple[AccountLine, ...]
    findings: Findings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the gate found, as problems of the graph."""
        return _as_problems(self.findings)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical N-Quads."""
        return hashlib.sha256("".join(self.lines).encode()).hexdigest()


class BuildRefused(SimpulError):
    """The records cannot become a graph as they stand; the last version stays as it was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.line_text("en") for problem in problems))


def make_graph(
    ecosystem: Ecosystem,
    loaded: Loaded,
    progress: Progress = silent,
    known: Known | None = None,
) -> Graph:
    """Make the whole graph of sound records, in memory.

    With what is `known` of an earlier graph, the gate only looks at what changed since.

    Raises: BuildRefused if the finished graph breaks a shape.
    """
    progress("map")
    mapper = map_records(ecosystem, loaded)
    statements = mapper.statements
    statements.extend(_vocabulary(ecosystem.base))
    store = ox.Store()
    store.bulk_load("".join(statements).encode(), format=ox.RdfFormat.N_QUADS)
    progress("derive")
    statements.extend(derive(store, ecosystem.base))
    progress("validate")
    lines = tuple(statements)
    findings = validate_change(store, lines, known) if known else validate(store)
    problems = _as_problems(findings)
    if has_errors(problems):
        raise BuildRefused(problems)
    return Graph(
        ecosystem, lines, store, account(loaded.records, mapper.made), findings
    )


def map_records(ecosystem: Ecosystem, loaded: Loaded) -> Mapper:
    """State what every record says; sources first, statuses when all evidence is known."""
    keys = Keys(ecosystem.base, loaded.records)
    mapper = Mapper(ecosystem, keys, Statements(ecosystem.base))
    _map_settings(mapper)
    for kind, records in loaded.records.items():
        for key, record in records.items():
            with mapper.of_record(kind, key):
                _map_record(mapper, record)
    state_identity(mapper, loaded)
    mapper.settle_statuses()
    return mapper


def _map_record(mapper: Mapper, record: object) -> None:
    match record:
        case Source():
            map_source(mapper, record)
        case Place():
            map_place(mapper, record)
        case Institution():
            map_institution(mapper, record)
        case Group():
            map_group(mapper, record)
        case UnnamedParty():
            map_unnamed(mapper, record)
        case Person():
            map_person(mapper, record)
        case Topic():
            map_topic(mapper, record)
        case Event():
            map_event(mapper, record)
        case Tie():
            map_tie(mapper, record)
        case Observation():
            map_observation(mapper, record)
        case Discrepancy():
            map_discrepancy(mapper, record)
        case Evidence():
            map_evidence(mapper, record)
        case _:
            raise AssertionError(type(record))


def _map_settings(mapper: Mapper) -> None:
    settings, say = mapper.ecosystem, mapper.statements
    iri = f"{settings.base}id/ecosystem/{settings.key}"
    graph = GraphName.REGISTRY
    say.type(graph, iri, SIMPUL.Ecosystem)
    for predicate, texts in (
        (DCTERMS.title, settings.title),
        (DCTERMS.description, settings.description),
        (SIMPUL.inclusionRule, settings.inclusion),
    ):
        for language, text in texts.items():
            say.add(graph, iri, predicate, text_term(text, language))
    say.add(graph, iri, DCTERMS.license, iri_term(settings.licence))
    if settings.period:
        say.add(graph, iri, SIMPUL.period, typed_term(settings.period, "edtf"))


def _vocabulary(base: str) -> list[str]:
    """The ontology and the code lists, so that a version explains itself."""
    store = (
        ox.Store()
    )  # not a parser: the store gives literals the form it will give them back in
    for name, turtle in (
        (GraphName.ONTOLOGY, ontology_turtle()),
        (GraphName.CONCEPTS, concepts_turtle()),
    ):
        graph = ox.NamedNode(f"{base}graph/{name}")
        store.load(turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return [f"{quad} .\n" for quad in store]


def readable(graph: Graph) -> bytes:
    """The graph as TriG with prefixes, in canonical order: `graph.trig`."""
    quads = ox.parse("".join(graph.lines).encode(), format=ox.RdfFormat.N_QUADS)
    in_order = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    made = ox.serialize(in_order, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    assert made is not None
    return made


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether one of these problems keeps a graph from being published."""
    return any(problem.severity == "error" for problem in problems)


def _as_problems(findings: Findings) -> tuple[Problem, ...]:
    return tuple(_as_problem(finding) for finding in findings.all)


def _as_problem(finding: Finding) -> Problem:
    return Problem(
        "shape-violation",
        file="graph",
        key=finding.focus,
        facts={
            "shape": finding.shape,
            "message": {"id": finding.message("id"), "en": finding.message("en")},
        },
        severity=finding.severity,
    )
