"""`simpul network null`, `compare` and `sensitivity`: what chance would do, what changed, what hangs on one origin."""

import json
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from simpul.analysis import Dyads, Joining, Parallel, Rules, read_network
from simpul.analysis.nulls import (
    ALPHA,
    DRAWS,
    SEED,
    By,
    Tested,
    adjusted,
    backbone,
    brokerage_test,
    compare_windows,
    draws_needed,
    incidence,
    mixing_test,
    modularity_test,
)
from simpul.analysis.uncertainty import USUAL_INTERVALS, sensitivity
from simpul.graph_builder import BadEdtf, Days, Unread, read_date
from simpul.ontology import XSD
from simpul.queries import Format, Row, Rows, Term

from .asking import print_result
from .elsewhere import Elsewhere, endpoint_options
from .measuring import FORMATS, number, open_dyads, rule_options
from .opening import open_slice, time_options, version_options
from .session import Session
from .spoken import SpokenCommand, session_of

TESTS = ("mixing", "brokerage", "backbone", "modularity")
GROUPINGS = ("strand", "sector", "kind")

_draws = click.option(
    "--draws", type=click.IntRange(1, 100_000), metavar="N", default=DRAWS
)
_seed = click.option("--seed", type=click.IntRange(min=0), default=SEED)
_form = click.option(
    "--format", "table_format", type=click.Choice(FORMATS), default="table"
)


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
@_draws
@_seed
@_form
@rule_options
@time_options
@version_options
@endpoint_options
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
    table_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    **rules: Any,
) -> None:
    """Hold figures of the network against what chance alone would bring about."""
    if test_name == "backbone":
        rules |= {"dyads": Joining.TWO_MODE}
    place = (ecosystem, version_dir, elsewhere, as_of, known_at)
    dyads = open_dyads(session, *place, **rules)
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
            place_of = {iri: at for at, iri in enumerate(nodes)}
            pairs: list[Row] = [
                (
                    ox.Literal(_name(session, dyads, a)),
                    ox.Literal(_name(session, dyads, b)),
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
    _print(rows, table_format, draws=draws, seed=seed, told=told)
    for sentence in told:
        click.echo(sentence, err=True)
    click.echo(dyads.describe(session.lang), err=True)


def _window(ctx: click.Context, parameter: click.Parameter, text: str) -> Days:
    try:
        return Days.of(read_date(text))
    except (Unread, BadEdtf):
        reason = session_of(ctx).say("no-days", text=text)
        raise click.BadParameter(reason, ctx, parameter) from None


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network compare --from 2012 --to 2024 --attested-only",
        "simpul network compare --from 2001/2017 --to 2018/2025 --draws 500 --lang id",
    ),
)
@click.option(
    "--from", "window_before", metavar="DATE", required=True, callback=_window
)
@click.option("--to", "window_after", metavar="DATE", required=True, callback=_window)
@_draws
@_seed
@_form
@rule_options
@version_options
@endpoint_options
@click.pass_obj
def compare(
    session: Session,
    /,
    window_before: Days,
    window_after: Days,
    draws: int,
    seed: int,
    table_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    layers: tuple[str, ...],
    tie_types: tuple[str, ...],
    dyads: str,
    parallel: str,
    directed: bool,
    attested_only: bool,
) -> None:
    """Tell what changed between two windows of time, and whether that is more than chance."""
    rules = Rules(
        layers=frozenset(layers) or None,
        tie_types=frozenset(tie_types) or None,
        when=window_before,
        attested_only=attested_only,
        dyads=Joining(dyads),
        parallel=Parallel(parallel),
        directed=directed,
    )
    graph = open_slice(session, ecosystem, version_dir, None, None, elsewhere)
    network = read_network(graph)
    with session.working("testing", draws=draws):
        found = compare_windows(
            network, window_before, window_after, rules, draws, seed
        )
    tests = found.tests
    rows = Rows(
        ("figure", "before", "after", "difference", "expected", "p"),
        tuple(
            (
                ox.Literal(name),
                number(before),
                number(after),
                number(after - before),
                number(tests[name].mean) if name in tests else None,
                number(tests[name].p) if name in tests else None,
            )
            for name, (before, after) in found.values.items()
        )
        + tuple(
            (
                ox.Literal(change.body.acronym or change.body.name.say(session.lang)),
                ox.Literal(change.before),
                ox.Literal(change.after),
                ox.Literal(change.after - change.before),
                number(change.test.mean) if change.test else None,
                number(change.test.p) if change.test else None,
            )
            for change in found.bodies[:10]
        ),
    )
    told = [each.say(session.lang) for each in tests.values()]
    told.append(
        session.say(
            "windows-compared" if tests else "windows-untested",
            before=window_before,
            after=window_after,
            before_only=found.before_only,
            after_only=found.after_only,
            both=found.both,
        )
    )
    _print(rows, table_format, draws=draws, seed=seed, told=told)
    for sentence in told:
        click.echo(sentence, err=True)
    click.echo(rules.describe(session.lang), err=True)


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
@_form
@rule_options
@time_options
@version_options
@endpoint_options
@click.pass_obj
def sensitive(
    session: Session,
    /,
    ranked_by: str,
    table_format: str,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
    as_of: Days | None,
    known_at: Days | None,
    **rules: Any,
) -> None:
    """Tell what becomes of a ranking when each origin is left out in turn."""
    place = (ecosystem, version_dir, elsewhere, as_of, known_at)
    dyads = open_dyads(session, *place, **rules)
    with session.working("dropping"):
        found = sensitivity(dyads, ranked_by)
    rows: list[Row] = []
    for each in found.dropped:
        moved = sorted(each.moved, key=lambda move: (min(move[1], move[2]), move[1]))
        shown = moved[0] if moved else None
        rows.append(
            (
                ox.Literal(each.family.key),
                ox.Literal(len(each.lost)),
                ox.Literal(len(each.moved)),
                ox.Literal(_name(session, dyads, shown[0].iri)) if shown else None,
                ox.Literal(shown[1]) if shown else None,
                ox.Literal(shown[2]) if shown else None,
                ox.Literal(each.survives),
            )
        )
    columns = ("origin", "ties_lost", "moved", "highest", "rank", "then", "survives")
    told = [found.say(session.lang)]
    _print(Rows(columns, tuple(rows)), table_format, told=told)
    click.echo(told[0], err=True)
    click.echo(dyads.describe(session.lang), err=True)


def _brokerage(
    session: Session,
    dyads: Dyads,
    by: By,
    drawn: tuple[int, int],
    decided: tuple[float, str],
) -> tuple[Rows, list[str]]:
    """Every body and role, those that stand out first; p is raised for their number."""
    found = brokerage_test(dyads, by, *drawn)
    raised = adjusted([each.p for each in found.values()], decided[1]).tolist()
    rows = sorted(
        zip(found.items(), raised, strict=True),
        key=lambda row: (row[1], -row[0][1].observed, row[0][0]),
    )
    made = tuple(
        (
            ox.Literal(_name(session, dyads, body)),
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
    needed = draws_needed(decided[0], 1 if decided[1] == "none" else len(found))
    if drawn[0] >= needed:
        return Rows(columns, made), [said]
    few = session.say("brokerage-too-few", draws=drawn[0], needed=needed)
    return Rows(columns, made), [said, few]


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


def _print(rows: Rows, table_format: str, **facts: object) -> None:
    if table_format != "json":
        print_result(rows, Format.named(table_format), None)
        return
    table = [
        {
            name: None if cell is None else _plain(cell)
            for name, cell in zip(rows.variables, row, strict=True)
        }
        for row in rows
    ]
    click.echo(json.dumps({**facts, "rows": table}, ensure_ascii=False, indent=2))


def _plain(cell: Term) -> object:
    if not isinstance(cell, ox.Literal):
        return str(cell)
    kind = cell.datatype.value
    if kind == XSD.integer:
        return int(cell.value)
    if kind == XSD.decimal:
        return float(cell.value)
    return cell.value == "true" if kind == XSD.boolean else cell.value


def _name(session: Session, dyads: Dyads, iri: str) -> str:
    body = next(body for body in dyads.bodies if body.iri == iri)
    return body.acronym or body.name.say(session.lang) or body.key
