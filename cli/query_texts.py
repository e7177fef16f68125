"""The text of a question, apart from its answer: where it is, whether it is sound, tidied, kept."""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from simpul.graph_builder import (
    NoVersion,
    find_ecosystem,
    shipped_ecosystems,
)
from simpul.ontology import QueryError, SourceError
from simpul.queries import (
    Finding,
    Graph,
    GraphStore,
    NoGraph,
    Question,
    Severity,
    catalog,
    check_query,
    named_question,
    read_question,
    save_query,
    saved_queries,
    tidy,
    unknown_terms,
)

from .elsewhere import Elsewhere
from .opening import open_graph
from .places import write_out
from .session import Session

SPARQL_FILES = (".rq", ".sparql")


@dataclass(frozen=True, slots=True)
class QueryText:
    """A query as it is written, and what it goes by."""

    name: str
    text: str

    def question(self) -> Question:
        """Read it as a question.

        Raises: BadQueryFile.
        """
        return read_question(self.text, self.name)


def text_named(named: str, folder: Path) -> QueryText:
    """Read the text that a line names: in the catalogue, kept in a folder, in a file, or from a pipe.

    Raises: UnknownQuery; NameTaken; QueryError if the text is not UTF-8; OSError.
    """
    path = Path(named)
    if named == "-":
        return _read(sys.stdin.buffer.read(), "-")
    if path.suffix in SPARQL_FILES and (path.is_file() or "/" in named):
        return _read(path.read_bytes(), path.stem)
    found = named_question(named, folder)
    if isinstance(found, Path):
        return _read(found.read_bytes(), found.stem)
    return QueryText(found.name, found.text)


def folder_of_queries(ecosystem: str | None) -> Path:
    """Return the folder whose `queries/` a line means: that of the ecosystem it names, else the one it stands in.

    What comes with Simpul is not written to, so a shipped ecosystem stands for the folder one is in.

    Raises: UnknownEcosystem; SourceError if the settings of the one it names are wrong.
    """
    try:
        folder = find_ecosystem(ecosystem).folder
    except SourceError:
        if ecosystem:
            raise
        return Path()
    shipped = {path.resolve() for path in shipped_ecosystems().values()}
    return Path() if folder.resolve() in shipped else folder


def check_text(
    session: Session,
    query: QueryText,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> int:
    """Print what is wrong with a query, or odd about it; 1 if something is an error."""
    graph = (
        elsewhere.open(session) if elsewhere else _graph_if_any(ecosystem, version_dir)
    )
    if graph is None:
        session.tell("checked-without-graph")
    found = check_query(query.text, query.name, graph)
    for finding in found:
        click.echo(finding.sentence(session.lang, query.name))
    return _verdict(session, found)


def tell_unknown_terms(session: Session, query: QueryText, graph: Graph) -> None:
    """Say which terms of a query without an answer are most likely misspelt."""
    for finding in unknown_terms(query.text, graph):
        click.echo(finding.sentence(session.lang, query.name), err=True)


def tidy_text(session: Session, query: QueryText, out: Path | None) -> int:
    """Print a query tidied, or write it to a file; 1, and nothing written, if the engine cannot read it."""
    unread = [
        each for each in check_query(query.text, query.name) if each.is_unreadable
    ]
    for finding in unread:
        click.echo(finding.sentence(session.lang, query.name), err=True)
    if unread:
        return 1
    content = tidy(query.text).encode("utf-8")
    write_out(content, out)
    return 0


def save_text(session: Session, query: QueryText, name: str, folder: Path) -> int:
    """Keep a query that has no error under a name, and print where; 1 if it has one."""
    found = check_query(query.text, query.name)
    errors = [each for each in found if each.severity is Severity.ERROR]
    for finding in errors:
        click.echo(finding.sentence(session.lang, query.name), err=True)
    if errors:
        session.tell("not-saved", name=name)
        return 1
    click.echo(save_query(query.text, name, folder))
    return 0


def kept_questions(session: Session, folder: Path) -> list[tuple[Path, Question]]:
    """Read the questions kept in a folder; those that cannot be read or asked by name are told of."""
    kept: list[tuple[Path, Question]] = []
    for name, path in saved_queries(folder).items():
        try:
            named_question(name, folder)
            kept.append((path, _read(path.read_bytes(), name).question()))
        except QueryError as error:
            session.complain(error)
    return kept


def question_names() -> list[str]:
    """Name every question that can be asked by name from where one stands."""
    return [*catalog().questions, *saved_queries(Path())]


def _graph_if_any(ecosystem: str | None, version_dir: Path | None) -> GraphStore | None:
    try:
        return open_graph(ecosystem, version_dir)
    except (NoVersion, NoGraph):
        if ecosystem or version_dir:
            raise
        return None


def _verdict(session: Session, found: list[Finding]) -> int:
    counts = Counter(finding.severity for finding in found)
    session.tell(
        "query-checked",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
    )
    return 1 if counts[Severity.ERROR] else 0


def _read(content: bytes, name: str) -> QueryText:
    try:
        return QueryText(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QueryError(name, f"is not UTF-8 text: {error}") from error
