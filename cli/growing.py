"""`simpul add` and `simpul remove`: one more source with its records, or one less."""

import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import click
import pyoxigraph as ox
from click.shell_completion import CompletionItem

from simpul.graph_builder import (
    BuildRefused,
    Growth,
    NotBuilt,
    Outcome,
    Restore,
    Step,
    UnknownSource,
    Withdraw,
    add_sources,
    remove_sources,
    sources_of,
)
from simpul.ontology import SimpulError
from simpul.queries import Format, Rows

from .asking import FORMAT, print_result
from .deciding import (
    decision_options,
    own_ecosystem,
    possible_decision_options,
    today,
)
from .opening import out_folder
from .places import NewFolder
from .records import print_problems, tell_severities
from .session import Session
from .spoken import SpokenCommand, session_of

Callback = Callable[..., Any]  # click looks at what a command takes; types cannot
Way = Literal["add", "remove"]
COLUMNS = ("outcome", "kind", "key", "name", "why", "by")


def _counting(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    del parameter
    return _keys(ctx, incomplete)[0]


def _packets_and_withdrawn(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del parameter
    withdrawn = map(CompletionItem, _keys(ctx, incomplete)[1])
    return [*withdrawn, CompletionItem(incomplete, type="file")]


def _keys(ctx: click.Context, incomplete: str) -> tuple[list[str], list[str]]:
    try:
        counting, withdrawn = sources_of(own_ecosystem(ctx.params.get("ecosystem")))
    except SimpulError:
        return [], []
    return (
        sorted(key for key in counting if key.startswith(incomplete)),
        sorted(key for key in withdrawn if key.startswith(incomplete)),
    )


def _growing_options(command: Callback) -> Callback:
    """Give a command what both have: the ecosystem, where to build, and only to look."""
    dry_run = click.option("--dry-run", is_flag=True)
    out = click.option("--out", metavar="DIR", type=NewFolder())
    return dry_run(FORMAT(out(command)))


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul init karpet && simpul init berita --from seed",
        "simpul add berita --to karpet --dry-run",
        "simpul add berita --to karpet",
    ),
)
@click.argument(
    "packets",
    metavar="PATH|SOURCE…",
    nargs=-1,
    required=True,
    shell_complete=_packets_and_withdrawn,
)
@click.option("--to", "--ecosystem", "ecosystem", metavar="DIR")
@possible_decision_options
@_growing_options
@click.pass_context
def add(
    ctx: click.Context,
    packets: tuple[str, ...],
    ecosystem: str | None,
    why: str | None,
    by: str | None,
    format: Format,
    out: Path | None,
    dry_run: bool,
) -> int:
    """Add packets of sources, or restore withdrawn sources, and build."""
    home = own_ecosystem(ecosystem)
    paths = [Path(given) for given in packets if Path(given).exists()]
    keys = [given for given in packets if not Path(given).exists()]

    def restore(key: str) -> Restore:
        if why is None or by is None:
            reason = session_of(ctx).say("signature-wanted", key=key)
            raise click.UsageError(reason, ctx)
        return Restore(source=key, when=today().isoformat(), who=by, why=why)

    folder = out or out_folder(ecosystem)
    return _grow(
        session_of(ctx),
        "add",
        format,
        _build_line(ecosystem, out),
        lambda step: add_sources(
            home, paths, keys, restore, folder, step, dry_run=dry_run
        ),
    )


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul init sepatu --from footwear",
        'simpul remove gatranews-2024-groundbreaking --from sepatu --why "Retracted." --dry-run',
        'simpul remove clicks-2021-usir --from sepatu --why "Nobody else saw the letter."',
        'simpul add clicks-2021-usir --to sepatu --why "The letter was found."',
    ),
)
@click.argument(
    "sources", metavar="SOURCE…", nargs=-1, required=True, shell_complete=_counting
)
@click.option("--from", "--ecosystem", "ecosystem", metavar="DIR")
@decision_options
@_growing_options
@click.pass_obj
def remove(
    session: Session,
    sources: tuple[str, ...],
    ecosystem: str | None,
    why: str,
    by: str,
    format: Format,
    out: Path | None,
    dry_run: bool,
) -> int:
    """Withdraw sources and what rests on them alone, and build."""
    home = own_ecosystem(ecosystem)

    def withdraw(key: str) -> Withdraw:
        return Withdraw(source=key, when=today().isoformat(), who=by, why=why)

    folder = out or out_folder(ecosystem)
    return _grow(
        session,
        "remove",
        format,
        _build_line(ecosystem, out),
        lambda step: remove_sources(
            home, sources, withdraw, folder, step, dry_run=dry_run
        ),
    )


def _build_line(ecosystem: str | None, out: Path | None) -> str:
    """The line that builds what is in place."""
    where = [ecosystem] if ecosystem else []
    to = ["--out", str(out)] if out else []
    return shlex.join(["simpul", "build", *where, *to])


def _grow(
    session: Session,
    way: Way,
    format: Format,
    build_line: str,
    grow: Callable[[Callable[[Step], None]], Growth],
) -> int:
    """Carry it out, and print what came of it. `build_line` is the way out where it is not built.

    Returns: 1 where the records would have an error, 2 where there is no such source or no version
    could be written.
    """
    try:
        with session.steps() as step:
            growth = grow(step)
    except BuildRefused as refused:
        print_problems(session, refused.problems)
        tell_severities(session, refused.problems)
        session.tell("growth-refused")
        return 1
    except NotBuilt as error:
        facts = {"out": error.out, "reason": error.reason, "line": build_line}
        session.tell("growth-not-built", **facts)
        return 2
    except UnknownSource as unknown:
        near = " / ".join(unknown.near)
        message = session.say(f"{way}-unknown", key=unknown.key)
        if near:
            message += f"; {session.say('did-you-mean', near=near)}"
        session.tell("failed", message=message)
        return 2
    for name in growth.same:
        session.tell(f"{way}-same", name=name)
    if growth.outcomes:
        print_result(outcome_rows(session, way, growth.outcomes), format, None)
        kept = sum(outcome.kept for outcome in growth.outcomes)
        session.tell(f"{way}-told", gone=len(growth.outcomes) - kept, kept=kept)
        if growth.build is None:
            session.tell("only-looked")
    elif growth.build:
        session.tell("caught-up")
    else:
        session.tell("nothing-new")
    if build := growth.build:
        total = sum(build.statements.values())
        session.tell("built", id=build.version.id, total=total, digest=build.digest)
    return 0


def outcome_rows(session: Session, way: Way, outcomes: Iterable[Outcome]) -> Rows:
    """Say each outcome on a row: what became of what, what it is called, why, and by whom."""
    rows = [
        (
            session.say(f"{way}-{'kept' if outcome.kept else 'gone'}"),
            outcome.kind,
            outcome.key,
            outcome.called(session.lang),
            session.say(f"{way}-{outcome.why}"),
            ", ".join(outcome.by),
        )
        for outcome in outcomes
    ]
    return Rows(COLUMNS, tuple(tuple(map(ox.Literal, row)) for row in rows))
