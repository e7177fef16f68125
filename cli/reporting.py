"""`simpul report`: the folder that goes with a paper."""

from importlib.metadata import version
from pathlib import Path

import click

from simpul.analysis import (
    Joining,
    label_of,
    read_attendance,
    read_boundary,
    read_heard,
    read_network,
    read_sites,
    read_timelines,
)
from simpul.graph_builder import Days
from simpul.ontology import Standing
from simpul.queries import catalog
from simpul.visualizations.report import (
    About,
    Settings,
    make_report,
    refuse_taken,
    write_report,
)

from .network_options import NetworkLine, draws_option, network_options, seed_option
from .opening import window
from .places import NewFolder
from .session import Session
from .spoken import SpokenCommand


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
@click.option("--from", "report_before", metavar="DATE", callback=window)
@click.option("--to", "report_after", metavar="DATE", callback=window)
@draws_option
@seed_option
@click.option(
    "--standing",
    "standings",
    type=click.Choice([each.value for each in Standing]),
    metavar="CODE",
    multiple=True,
)
@network_options
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
    standings: tuple[str, ...],
    line: NetworkLine,
) -> None:
    """Write a report of the network: tables, figures, methods and what is needed to check them."""
    windows = (report_before, report_after)
    if any(windows) and not all(windows):
        raise click.UsageError(session.say("both-windows"))
    if any(windows) and line.as_of:
        raise click.UsageError(session.say("slice-or-windows"))
    if line.asked["dyads"] == Joining.TWO_MODE:
        raise click.UsageError(session.say("report-two-mode"))
    settings = Settings(
        session.lang,
        draws,
        seed,
        line.rules(session, standings=standings),
        (report_before, report_after) if report_before and report_after else None,
    )
    refuse_taken(report_folder, replace=report_replace)
    graph = line.graph(session)
    about = About(
        label_of(graph).title,
        line.elsewhere.url if line.elsewhere else line.version,
        version("simpul"),
        line.moment,
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
