"""One check or build of an ecosystem: its records read, checked, made a graph and a version.

Equal records, ontology and software give equal bytes: no clock, no counter, no random number.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from io import StringIO
from pathlib import Path

from simpul.ontology import (
    SimpulError,
    concepts_turtle,
    ontology_turtle,
    rules,
    shapes_turtle,
)

from .account import AccountLine
from .check import check_records
from .decisions import LOG
from .ecosystem import SETTINGS, Ecosystem, find_ecosystem
from .findings import Findings
from .gate import Known
from .keys import Keys
from .making import (
    BuildRefused,
    Graph,
    Progress,
    has_errors,
    make_graph,
    readable,
    silent,
)
from .packets import packet_folders
from .problems import Problem
from .readers import record_files
from .readers.folder import refused
from .reading import Loaded
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
    if not has_errors(problems):
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
    inputs = input_digests(ecosystem.folder)
    loaded = settled_records(ecosystem)
    return build_settled(ecosystem, loaded, out, progress, full=full, inputs=inputs)


def build_settled(
    ecosystem: Ecosystem,
    loaded: Loaded,
    out: Path,
    progress: Progress = silent,
    *,
    full: bool = False,
    inputs: Mapping[str, str] | None = None,
    commit: Callable[[], None] | None = None,
) -> Build:
    """Build records that were read and settled, as `build_ecosystem` does.

    `commit` makes what these records hold lasting, where that is not yet what lies in the folder:
    it is called once nothing can refuse them any more, before the version is written. `inputs` are
    the digests of the files they were read from, taken before, so that a version never passes for
    one of what was written meanwhile; where there are none, they are taken after `commit`.

    Raises: BuildRefused, BuildRunning, or OSError where `out` cannot be had, before `commit` is
    called; what `commit` raises; NotBuilt if the disk refuses the version after that.
    """
    progress("check")
    problems = _problems(ecosystem, loaded)
    if has_errors(problems):
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
                manifest=manifest
                | {"inputs": inputs or input_digests(ecosystem.folder)},
                report=report,
            )
        except OSError as error:
            if commit is None:
                raise
            raise NotBuilt(out, error) from error
    return Build(ecosystem, version, graph.digest, graph.account, statements, problems)


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


def _problems(ecosystem: Ecosystem, loaded: Loaded) -> tuple[Problem, ...]:
    return tuple(check_records(loaded, Keys(ecosystem.base, loaded.records)))


def _statements_by_graph(graph: Graph) -> dict[str, int]:
    prefix = f"<{graph.ecosystem.base}graph/"
    counts = Counter(
        line.rpartition(prefix)[2].removesuffix("> .\n") for line in graph.lines
    )
    return dict(sorted(counts.items()))


def input_digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that a build of an ecosystem reads, by its way from the folder.

    It is empty where a file cannot be read, or must not be; no records are sound then.
    """
    files = [folder / SETTINGS, *record_files(folder)]
    for packet in packet_folders(folder)[0].values():
        files += record_files(packet)
    log = folder / LOG
    files += [log] if log.exists() or log.is_symlink() else []
    return {
        path.relative_to(folder).as_posix(): _file_digest(path, folder.resolve())
        for path in sorted(files)
    }


def _file_digest(path: Path, home: Path) -> str:
    if refused(path, home):
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


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
