"""One build: records to claims to derived graph to SHACL gate to version.

Equal records, ontology and software give equal bytes: no clock, no counter, no random number.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from io import StringIO
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from simpul.ontology import (
    DCTERMS,
    PREFIXES,
    SIMPUL,
    SimpulError,
    concepts_turtle,
    ontology_turtle,
    rules,
    shapes_turtle,
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
from .check import check_records
from .claims import map_discrepancy, map_event, map_observation, map_tie
from .decisions import LOG
from .derive import derive
from .ecosystem import SETTINGS, Ecosystem, find_ecosystem
from .findings import Finding, Findings
from .gate import Known, validate, validate_change
from .identity.stating import state_identity
from .keys import Keys
from .mapping import Mapper
from .nquads import GraphName, Statements, iri_term, text_term, typed_term
from .packets import packet_folders
from .passages import map_evidence, map_source
from .problems import Problem
from .readers import record_files
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
from .report import render_report
from .settling import settled_records
from .versions import (
    DamagedVersion,
    NoVersion,
    Version,
    current_version,
    holding,
    publish,
)

Step = Literal["read", "check", "map", "derive", "validate", "write"]
STEPS: tuple[Step, ...] = ("read", "check", "map", "derive", "validate", "write")
Progress = Callable[[Step], None]


def silent(_: Step) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: every problem, and how many records of each kind there are."""

    ecosystem: Ecosystem
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep a graph from being published."""
        return tuple(p for p in self.problems if p.severity == "error")


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


@dataclass(frozen=True, slots=True)
class Build:
    """A build that was published. `path` is the folder of its version."""

    ecosystem: Ecosystem
    version: Version
    digest: str
    account: tuple[AccountLine, ...]
    statements: Mapping[str, int]
    problems: tuple[Problem, ...]

    @property
    def path(self) -> Path:
        """The folder of the version."""
        return self.version.path


class BuildRefused(SimpulError):
    """The records cannot become a graph as they stand; the last version stays as it was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.line_text("en") for problem in problems))


class NotBuilt(SimpulError):
    """What was decided or added is in its place, but no version could be written of it."""

    def __init__(self, out: Path, error: OSError) -> None:
        self.out = out
        self.reason = error.strerror or str(error)
        super().__init__(f"{out}: {self.reason}; nothing was built; run `simpul build`")


def check_ecosystem(
    where: str | Path | None = None, progress: Progress = silent
) -> CheckReport:
    """Find everything that is wrong with an ecosystem, shapes included, and write nothing.

    The graph is only made, and the gate only run, when the records themselves are sound.

    Raises: UnknownEcosystem; SourceError if the settings cannot be read.
    """
    ecosystem = find_ecosystem(where)
    progress("read")
    return check_settled(ecosystem, settled_records(ecosystem), progress)


def check_settled(
    ecosystem: Ecosystem, loaded: Loaded, progress: Progress = silent
) -> CheckReport:
    """Check records that were read and settled, as `check_ecosystem` does."""
    progress("check")
    problems = _problems(ecosystem, loaded)
    if not _errors(problems):
        try:
            problems += make_graph(ecosystem, loaded, progress).problems
        except BuildRefused as refused:
            problems += refused.problems
    counts = {kind: len(records) for kind, records in loaded.records.items() if records}
    return CheckReport(ecosystem, problems, counts)


def build_ecosystem(
    where: str | Path | None,
    out: Path,
    progress: Progress = silent,
    *,
    full: bool = False,
) -> Build:
    """Build an ecosystem and publish it as the current version of the folder `out`.

    Where the version before was made by the same software and ontology, the gate looks at what
    changed since; `full` makes it look at everything. The bytes that are written are the same.

    Raises: BuildRefused with every problem, in which case nothing in `out` changes;
    UnknownEcosystem; SourceError if the settings cannot be read.
    """
    ecosystem = find_ecosystem(where)
    progress("read")
    loaded = settled_records(ecosystem)
    return build_settled(ecosystem, loaded, out, progress, full=full)


def build_settled(
    ecosystem: Ecosystem,
    loaded: Loaded,
    out: Path,
    progress: Progress = silent,
    *,
    full: bool = False,
    commit: Callable[[], None] | None = None,
) -> Build:
    """Build records that were read and settled, as `build_ecosystem` does.

    `commit` makes what these records hold lasting, where that is not yet what lies in the folder:
    it is called once nothing can refuse them any more, before the version is written.

    Raises: BuildRefused, BuildRunning, or OSError where `out` cannot be had, before `commit` is
    called; NotBuilt if the disk refuses the version after that.
    """
    progress("check")
    problems = _problems(ecosystem, loaded)
    if _errors(problems):
        raise BuildRefused(problems)
    ontology = _ontology_digests()
    software = {"simpul": installed_version("simpul")}
    known = None if full else _known(out, ontology, software)
    graph = make_graph(ecosystem, loaded, progress, known)
    progress("write")
    problems += graph.problems
    statements = _statements_by_graph(graph)
    trig = readable(graph)
    manifest: dict[str, object] = {
        "ecosystem": ecosystem.key,
        "title": dict(ecosystem.title),
        "licence": ecosystem.licence,
        "base": ecosystem.base,
        "software": software,
        "ontology": ontology,
        "records": {line.file: line.records for line in graph.account},
        "statements": statements,
    }
    report = render_report(ecosystem, graph.account, statements, problems, graph.digest)
    with holding(out):
        if commit:
            commit()
        try:
            version = publish(
                out,
                nquads=graph.lines,
                trig=trig,
                findings=graph.findings.as_json(),
                manifest=manifest | {"inputs": input_digests(ecosystem.folder)},
                report=report,
            )
        except OSError as error:
            if commit is None:
                raise
            raise NotBuilt(out, error) from error
    return Build(ecosystem, version, graph.digest, graph.account, statements, problems)


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
    if _errors(problems):
        raise BuildRefused(problems)
    return Graph(
        ecosystem, lines, store, account(loaded.records, mapper.made), findings
    )


def _known(
    out: Path, ontology: Mapping[str, str], software: Mapping[str, str]
) -> Known | None:
    """What is known of the graph of the current version, if the same gate judged it."""
    try:
        version = current_version(out)
        if (version.manifest.get("ontology"), version.manifest.get("software")) != (
            ontology,
            software,
        ):
            return None
        lines = StringIO(version.read("graph.nq").decode(), newline="\n")
        findings = Findings.from_json(version.read("findings.json"))
    except (NoVersion, DamagedVersion, ValueError):
        return None
    return Known(frozenset(lines), findings.core)


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


def _problems(ecosystem: Ecosystem, loaded: Loaded) -> tuple[Problem, ...]:
    return tuple(check_records(loaded, Keys(ecosystem.base, loaded.records)))


def _errors(problems: tuple[Problem, ...]) -> bool:
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


def _statements_by_graph(graph: Graph) -> dict[str, int]:
    prefix = f"<{graph.ecosystem.base}graph/"
    counts = Counter(
        line.rpartition(prefix)[2].removesuffix("> .\n") for line in graph.lines
    )
    return dict(sorted(counts.items()))


def input_digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that a build of an ecosystem reads, by its way from the folder."""
    files = [folder / SETTINGS, *record_files(folder)]
    for packet in packet_folders(folder).values():
        files += record_files(packet)
    log = folder / LOG
    files += [log] if log.is_file() else []
    return {
        path.relative_to(folder).as_posix(): _file_digest(path)
        for path in sorted(files)
    }


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ontology_digests() -> dict[str, str]:
    texts = {
        "ontology": ontology_turtle(),
        "concepts": concepts_turtle(),
        "shapes": shapes_turtle(),
        "rules": "\n".join(rule.text for rule in rules()),
    }
    return {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()
    }
