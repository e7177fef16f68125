"""`simpul report`: the folder that goes with a paper."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from simpul.analysis import (
    Joining,
    Names,
    Parallel,
    Rules,
    UnusableRules,
    label_of,
    read_attendance,
    read_boundary,
    read_heard,
    read_network,
    read_sites,
    read_timelines,
)
from simpul.graph_builder import BadEdtf, Days, Unread, read_date
from simpul.ontology import Standing
from simpul.queries import catalog
from simpul.visualizations.report import (
    About,
    Settings,
    make_report,
    refuse_taken,
    write_report,
)

from .elsewhere import Elsewhere, endpoint_options
from .network_options import rule_options
from .opening import (
    moment_in_words,
    open_slice,
    time_options,
    version_folder,
    version_options,
)
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand, session_of


def _window(
    ctx: click.Context, parameter: click.Parameter, text: str | None
) -> Days | None:
    if text is None:
        return None
    try:
        return Days.of(read_date(text))
    except (Unread, BadEdtf):
        reason = session_of(ctx).say("no-days", text=text)
        raise click.BadParameter(reason, ctx, parameter) from None


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul report --out footwear-report --from 2001/2017 --to 2018/2025",
        "simpul report --ecosystem seed --out seed-report --draws 200 --lang id",
        "simpul report --ecosystem seed --as-of 2024-09-11 --out seed-on-a-day --draws 200",
        "simpul report --layer collaboration --standing corroborated --dyads hub --out sure-ties",
    ),
)
@click.option("--out", "report_folder", metavar="DIR", type=NewFolder(), required=True)
@click.option("--replace", "report_replace", is_flag=True)
@click.option("--from", "report_before", metavar="DATE", callback=_window)
@click.option("--to", "report_after", metavar="DATE", callback=_window)
@click.option("--draws", type=click.IntRange(1, 100_000), metavar="N", default=1000)
@click.option("--seed", type=click.IntRange(min=0), default=1)
@click.option(
    "--standing",
    "standings",
    type=click.Choice([each.value for each in Standing]),
    metavar="CODE",
    multiple=True,
)
@rule_options
@time_options
@version_options
@endpoint_options
@click.pass_obj
def report(
    session: Session,
    /,
    report_folder: Path,
    report_replace: bool,
    report_before: Days | None,
    report_after: Days | None,
    draws: int,
    seed: int,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    **chosen: Any,
) -> None:
    """Write a report of the network: tables, figures, methods and what is needed to check them."""
    windows = (report_before, report_after)
    if any(windows) and not all(windows):
        raise click.UsageError(session.say("both-windows"))
    if any(windows) and as_of:
        raise click.UsageError(session.say("slice-or-windows"))
    settings = Settings(
        session.lang,
        draws,
        seed,
        _rules(session, as_of, **chosen),
        (report_before, report_after) if report_before and report_after else None,
    )
    refuse_taken(report_folder, replace=report_replace)
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    about = About(
        label_of(graph).title,
        elsewhere.url if elsewhere else version_folder(ecosystem, version_dir).name,
        version("simpul"),
        Names(
            moment_in_words(as_of, known_at, "id"),
            moment_in_words(as_of, known_at, "en"),
        ),
        read_boundary(graph),
        {question.name: question.text for question in catalog()},
    )
    with session.working("reporting", draws=draws):
        made = make_report(
            read_network(graph),
            about,
            settings,
            heard=read_heard(graph),
            timelines=read_timelines(graph),
            sites=read_sites(graph),
            attendance=read_attendance(graph),
        )
        write_report(made, report_folder, replace=report_replace)
    click.echo(report_folder / "report.html")
    session.tell("reported", files=len(made), folder=report_folder)


def _rules(
    session: Session,
    as_of: Days | None,
    *,
    layers: Sequence[str],
    tie_types: Sequence[str],
    standings: Sequence[str],
    dyads: str,
    parallel: str,
    directed: bool,
    attested_only: bool,
) -> Rules:
    """The rules that a line asks for.

    Raises: UsageError where two cannot both hold, or a report cannot be had by them.
    """
    if dyads == Joining.TWO_MODE:
        raise click.UsageError(session.say("report-two-mode"))
    try:
        return Rules(
            layers=frozenset(layers) or None,
            tie_types=frozenset(tie_types) or None,
            when=as_of,
            attested_only=attested_only,
            standings=frozenset(standings) or None,
            dyads=Joining(dyads),
            parallel=Parallel(parallel),
            directed=directed,
        )
    except UnusableRules as unusable:
        raise click.UsageError(session.say(f"rules-{unusable.reason}")) from unusable
