"""`simpul network null`, `compare` and `sensitivity`: what chance would do, what changed, what hangs on one origin."""

from math import ceil
from typing import Any

import click
import numpy as np
import pyoxigraph as ox

from simpul.analysis import Dyads, Joining
from simpul.analysis.nulls import (
    ALPHA,
    By,
    Change,
    Tested,
    adjusted,
    backbone,
    brokerage_test,
    brokerage_tests,
    compare_windows,
    draws_needed,
    incidence,
    mixing_test,
    modularity_test,
    say_together,
)
from simpul.analysis.uncertainty import USUAL_INTERVALS, sensitivity
from simpul.graph_builder import Days
from simpul.queries import Row, Rows

from .network_options import (
    NetworkLine,
    draws_option,
    format_option,
    network_options,
    network_without_time,
    rows_option,
    seed_option,
)
from .network_tables import called, called_by_iri, number, print_rows
from .opening import window
from .session import Session
from .spoken import SpokenCommand

TESTS = ("mixing", "brokerage", "backbone", "modularity")
_SHOWN = 10  # bodies whose partners changed most
GROUPINGS = ("strand", "sector", "kind")


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network null --test mixing --by strand",
        "simpul network null --test brokerage --by strand --draws 500 --format csv",
        "simpul network null --test backbone --null sdsm --correction none",
        "simpul network null --test modularity --draws 100 --lang id",
    ),
)
@click.option("--test", "test_name", type=click.Choice(TESTS), default="mixing")
@click.option("--by", "group_by", type=click.Choice(GROUPINGS), default="strand")
@click.option("--null", "margins", type=click.Choice(["fdsm", "sdsm"]), default="fdsm")
@click.option("--alpha", type=click.FloatRange(0, 1, True, True), default=ALPHA)
@click.option(
    "--correction",
    type=click.Choice(["none", "bonferroni", "holm", "fdr"]),
    default="fdr",
)
@draws_option
@seed_option
@rows_option
@format_option
@network_options
@click.pass_obj
def null(
    session: Session,
    /,
    test_name: str,
    group_by: By,
    margins: Any,  # click has checked these two against their choices
    correction: Any,
    alpha: float,
    draws: int,
    seed: int,
    row_count: int | None,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Hold figures of the network against what chance alone would bring about."""
    two_mode = {"dyads": Joining.TWO_MODE} if test_name == "backbone" else {}
    dyads = line.dyads(session, **two_mode)
    with session.working("testing", draws=draws):
        if test_name == "backbone":
            nodes, table = incidence(dyads)
            found = backbone(
                nodes,
                table,
                margins,
                alpha=alpha,
                correction=correction,
                n=draws,
                seed=seed,
            )
            names = called_by_iri(session, dyads)
            place_of = {iri: at for at, iri in enumerate(nodes)}
            pairs: list[Row] = [
                (
                    ox.Literal(names[a]),
                    ox.Literal(names[b]),
                    ox.Literal(int(found.meetings[place_of[a], place_of[b]])),
                    number(float(found.p[place_of[a], place_of[b]])),
                )
                for a, b in found.pairs
            ]
            rows = Rows(("body", "other", "meetings", "p"), tuple(pairs))
            told = [
                session.say(
                    f"backbone-{margins}",
                    pairs=len(pairs),
                    bodies=len(nodes),
                    alpha=alpha,
                    correction=correction,
                    draws=draws,
                    seed=seed,
                )
            ]
            tested = int((np.triu(found.meetings, 1) > 0).sum())
            raised_by = 1 if correction == "none" else tested
            needed = ceil(raised_by / alpha) - 1
            if margins == "fdsm" and draws < needed:
                told.append(
                    session.say(
                        "backbone-too-few",
                        draws=draws,
                        least=f"{1 / (1 + draws):.3g}",
                        correction=correction,
                        tests=tested,
                        alpha=alpha,
                        needed=needed,
                    )
                )
        elif test_name == "brokerage":
            rows, told = _brokerage(
                session, dyads, group_by, (draws, seed), (alpha, correction)
            )
        else:
            tests = (
                mixing_test(dyads, group_by, draws, seed)
                if test_name == "mixing"
                else (modularity_test(dyads, draws, seed),)
            )
            rows = _test_rows(tests)
            told = [each.say(session.lang) for each in tests]
    shown = Rows(rows.variables, tuple(rows)[:row_count])
    print_rows(shown, table_format, draws=draws, seed=seed, told=told)
    # That brokerage has too few draws was said before they were made.
    for sentence in told[:1] if test_name == "brokerage" else told:
        click.echo(sentence, err=True)
    click.echo(dyads.describe(session.lang), err=True)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network compare --from 2012 --to 2024 --attested-only",
        "simpul network compare --from 2001/2017 --to 2018/2025 --draws 500 --lang id",
    ),
)
@click.option("--from", "window_before", metavar="DATE", required=True, callback=window)
@click.option("--to", "window_after", metavar="DATE", required=True, callback=window)
@draws_option
@seed_option
@format_option
@network_without_time
@click.pass_obj
def compare(
    session: Session,
    /,
    window_before: Days,
    window_after: Days,
    draws: int,
    seed: int,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Tell what changed between two windows of time, and whether that is more than chance."""
    if window_before.first > window_after.first:
        raise click.UsageError(session.say("windows-turned"))
    rules = line.rules(session, when=window_before)
    network = line.network(session)
    with session.working("testing", draws=draws):
        found = compare_windows(
            network, window_before, window_after, rules, draws, seed
        )
    windows = session.say(
        "windows-compared" if found.tests else "windows-untested",
        before=window_before,
        after=window_after,
        before_only=found.before_only,
        after_only=found.after_only,
        both=found.both,
    )
    told = [windows, *say_together(found.tests.values(), session.lang)]
    rows, said = _compared_rows(session, found), list(told)
    if not found.tests:  # before the table, whose p are empty
        click.echo(told.pop(0), err=True)
    print_rows(rows, table_format, draws=draws, seed=seed, told=said)
    for sentence in told:
        click.echo(sentence, err=True)
    windows_said = rules.describe(session.lang, window_before, window_after)
    click.echo(windows_said, err=True)


@click.command(
    "sensitivity",
    cls=SpokenCommand,
    examples=(
        "simpul network sensitivity",
        "simpul network sensitivity --measure degree --format csv",
    ),
)
@click.option(
    "--measure", "ranked_by", type=click.Choice(USUAL_INTERVALS), default="betweenness"
)
@rows_option
@format_option
@network_options
@click.pass_obj
def sensitive(
    session: Session,
    /,
    ranked_by: str,
    row_count: int | None,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Tell what becomes of a ranking when each origin is left out in turn."""
    dyads = line.dyads(session)
    with session.working("dropping"):
        found = sensitivity(dyads, ranked_by)
    rows: list[Row] = []
    for each in found.dropped[:row_count]:
        moved = sorted(each.moved, key=lambda move: (min(move[1], move[2]), move[1]))
        shown = moved[0] if moved else None
        rows.append(
            (
                ox.Literal(each.family.key),
                ox.Literal(len(each.lost)),
                ox.Literal(len(each.moved)),
                ox.Literal(called(session, shown[0])) if shown else None,
                ox.Literal(shown[1]) if shown else None,
                ox.Literal(shown[2]) if shown else None,
                ox.Literal(each.survives),
            )
        )
    columns = ("origin", "ties_lost", "moved", "highest", "rank", "then", "survives")
    told = [found.say(session.lang), session.say("sensitivity-means")]
    print_rows(Rows(columns, tuple(rows)), table_format, told=told)
    for sentence in told:
        click.echo(sentence, err=True)
    click.echo(dyads.describe(session.lang), err=True)


def _compared_rows(session: Session, found: Change) -> Rows:
    """Figures of the network, then the bodies whose degree changed most; p is raised for the number of each kind."""
    tests = found.tests
    rows: list[Row] = []
    raised = adjusted([each.p for each in tests.values()], "fdr").tolist()
    of_figure = dict(zip(tests, raised, strict=True))
    for name, (before, after) in found.values.items():
        test = tests.get(name)
        shift = (number(before), number(after), number(after - before))
        rows.append((ox.Literal(name), *shift, *_chance(test, of_figure.get(name))))
    bodies = [change.test.p for change in found.bodies if change.test]
    of_body: list[float | None] = [*adjusted(bodies, "fdr").tolist()]
    of_body = of_body or [None] * len(found.bodies)
    for change, p in list(zip(found.bodies, of_body, strict=True))[:_SHOWN]:
        rows.append(
            (
                ox.Literal(called(session, change.body)),
                ox.Literal(change.before),
                ox.Literal(change.after),
                ox.Literal(change.after - change.before),
                *_chance(change.test, p),
            )
        )
    columns = ("figure", "before", "after", "difference", "expected", "p", "p_raised")
    return Rows(columns, tuple(rows))


def _chance(test: Tested | None, raised: float | None) -> Row:
    if test is None or raised is None:
        return (None, None, None)
    return (number(test.mean), number(test.p), number(raised))


def _brokerage(
    session: Session,
    dyads: Dyads,
    by: By,
    drawn: tuple[int, int],
    decided: tuple[float, str],
) -> tuple[Rows, list[str]]:
    """Every body and role, those that stand out first; p is raised for their number."""
    names = called_by_iri(session, dyads)
    tests = brokerage_tests(dyads, by)
    needed = draws_needed(decided[0], 1 if decided[1] == "none" else tests)
    few = session.say("brokerage-too-few", draws=drawn[0], needed=needed)
    if drawn[0] < needed:  # before the draws, which take their time
        click.echo(few, err=True)
    found = brokerage_test(dyads, by, *drawn)
    raised = adjusted([each.p for each in found.values()], decided[1]).tolist()
    rows = sorted(
        zip(found.items(), raised, strict=True),
        key=lambda row: (row[1], -row[0][1].observed, row[0][0]),
    )
    made = tuple(
        (
            ox.Literal(names[body]),
            ox.Literal(role),
            ox.Literal(int(each.observed)),
            number(each.mean),
            number(each.z),
            number(each.p),
            number(p),
        )
        for ((body, role), each), p in rows
        if each.observed or p <= decided[0]
    )
    columns = ("body", "role", "paths", "expected", "z", "p", "p_raised")
    said = session.say(
        "brokerage-tested",
        tests=len(found),
        stand_out=sum(p <= decided[0] for p in raised),
        alpha=decided[0],
        correction=decided[1],
        draws=drawn[0],
        seed=drawn[1],
    )
    if not dyads.rules.directed:
        said = f"{said} {session.say('brokerage-mirrored')}"
    return Rows(columns, made), [said, *([few] if drawn[0] < needed else [])]


def _test_rows(tests: tuple[Tested, ...]) -> Rows:
    return Rows(
        ("statistic", "observed", "expected", "sd", "z", "p"),
        tuple(
            (
                ox.Literal(each.statistic),
                number(each.observed),
                number(each.mean),
                number(each.sd),
                number(each.z),
                number(each.p),
            )
            for each in tests
        ),
    )
