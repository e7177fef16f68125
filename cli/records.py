"""`simpul check` and `simpul build`: from records to a version of the graph."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from simpul.graph_builder import (
    BuildRefused,
    Ecosystem,
    Problem,
    Severity,
    build_ecosystem,
    check_ecosystem,
    check_stream,
    find_ecosystem,
    is_large,
)

from .opening import out_folder
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information")


@click.command(
    cls=SpokenCommand,
    examples=("simpul check footwear", "simpul check seed --stream"),
)
@click.argument("ecosystem", required=False)
@click.option("--stream/--whole", default=None)
@click.pass_obj
def check(session: Session, ecosystem: str | None, stream: bool | None) -> int:
    """Print every problem of the records; 1 if one of them is an error."""
    opened = find_ecosystem(ecosystem)
    if is_large(opened.folder) if stream is None else stream:
        return _check_stream(session, opened)
    with session.steps() as step:
        report = check_ecosystem(ecosystem, step)
    print_problems(session, report.problems)
    counts = [f"{kind} {count}" for kind, count in report.counts.items()]
    session.tell("checked", name=report.ecosystem.key, counts=", ".join(counts))
    tell_severities(session, report.problems)
    return 1 if report.errors else 0


def _check_stream(session: Session, ecosystem: Ecosystem) -> int:
    with session.working("streaming", kind="", count=0) as show:
        report = check_stream(
            ecosystem, lambda kind, count: show(kind=kind, count=count)
        )
    print_problems(session, report.problems)
    for file, count in report.untold.items():
        session.tell("untold", file=file, count=count)
    counts = [
        f"{kind} {report.sound[kind]}/{count}" for kind, count in report.read.items()
    ]
    session.tell("streamed", name=ecosystem.key, counts=", ".join(counts))
    tell_severities(session, report.problems)
    if report.packets:
        session.tell("packets-left", count=report.packets)
    session.tell("shapes-left")
    return 1 if report.errors else 0


@click.command(
    cls=SpokenCommand,
    examples=("simpul build footwear", "simpul build seed --out graphs/seed"),
)
@click.argument("ecosystem", required=False)
@click.option("--out", metavar="DIR", type=NewFolder())
@click.option("--full", is_flag=True)
@click.pass_obj
def build(session: Session, ecosystem: str | None, out: Path | None, full: bool) -> int:
    """Build a version; 1, and nothing written, if the records have an error."""
    folder = out or out_folder(ecosystem)
    try:
        with session.steps() as step:
            built = build_ecosystem(ecosystem, folder, step, full=full)
    except BuildRefused as refused:
        print_problems(session, refused.problems)
        tell_severities(session, refused.problems)
        session.tell("refused", out=folder)
        return 1
    tell_severities(session, built.problems)
    total = sum(built.statements.values())
    session.tell("built", id=built.version.id, total=total, digest=built.digest)
    click.echo(built.path)
    return 0


def print_problems(session: Session, problems: Iterable[Problem]) -> None:
    """Print each problem on a line of its own, to standard output: they are the rows."""
    for problem in problems:
        severity = session.say(problem.severity)
        click.echo(f"{severity}: {problem.line_text(session.lang)}")


def tell_severities(session: Session, problems: Iterable[Problem]) -> None:
    """Say how many problems of each severity there are."""
    counts = Counter(problem.severity for problem in problems)
    named = [f"{session.say(kind)} {counts[kind]}" for kind in SEVERITIES]
    session.tell("found", counts=", ".join(named))
