"""Intervals of figures, from how sure the ties are: `--intervals` of measures, brokerage and mixing."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar

import click
import pyoxigraph as ox

from simpul.analysis import Dyads
from simpul.analysis.uncertainty import (
    DRAWS,
    BadPrior,
    Believed,
    BodyInterval,
    Draws,
    FigureInterval,
    Model,
    Prior,
    believed,
    intervals_of,
    require_node_measures,
    sample,
)
from simpul.ontology import near_miss
from simpul.queries import Row, Rows

from .network_options import stacked
from .network_tables import (
    SHORT,
    called,
    finite,
    number,
    print_document,
    print_rows,
)
from .opening import Callback
from .session import Session
from .spoken import session_of

Key = TypeVar("Key", bound=Hashable)

USUAL_OF_LINE = ("betweenness", "degree", "eigenvector")
_COLUMNS = (
    "rank",
    "body",
    "value",
    "median",
    "low",
    "high",
    "rank_low",
    "rank_high",
    "first",
    "verdict",
)
_RATES = ("real", "not_real", "true_rate", "false_rate")


@dataclass(frozen=True, slots=True)
class Doubt:
    """How networks are to be drawn for intervals."""

    draws: int
    seed: int
    model: Model
    prior: Prior

    def drawn(self, session: Session, dyads: Dyads) -> tuple[Believed, Draws]:
        """Believe the ties of a network by the model, and draw networks from that.

        Raises: NothingToEstimate.
        """
        found = believed(dyads, self.model, self.prior)
        probability = found.probability
        return found, sample(dyads, self.draws, self.seed, probability=probability)


def interval_options(command: Callback) -> Callback:
    """Give a command the options of intervals; it takes them as one, `doubt`, None unless they are asked for."""

    @wraps(command)
    def with_doubt(*rest: Any, seed: int, **given: Any) -> Any:
        asked: bool = given.pop("intervals")
        draws, model = given.pop("interval_draws"), given.pop("model")
        assumed: Mapping[str, float] = given.pop("assumed")
        ctx = click.get_current_context()
        if not asked and (draws or model or assumed):
            raise click.UsageError(session_of(ctx).say("needs-intervals"))
        doubt = Doubt(
            draws or DRAWS,
            seed,
            Model(model or Model.ORIGINS),
            _prior(ctx, assumed),
        )
        return command(*rest, seed=seed, doubt=doubt if asked else None, **given)

    options = (
        click.option("--intervals", is_flag=True),
        click.option(
            "--draws", "interval_draws", type=click.IntRange(1, 100_000), metavar="N"
        ),
        click.option("--seed", type=click.IntRange(min=0), default=1),
        click.option("--model", type=click.Choice([each.value for each in Model])),
        click.option(
            "--assume",
            "assumed",
            metavar="NAME=NUMBER",
            multiple=True,
            callback=_assumed,
        ),
    )
    return stacked(with_doubt, options)


def print_intervals(
    session: Session,
    dyads: Dyads,
    measures: Sequence[str],
    doubt: Doubt,
    *,
    top: int | None,
    table_format: str,
) -> None:
    """Print a table of intervals for each measure of bodies, and say what the data can and cannot tell.

    Raises: UnknownIntervalMeasure; NothingToEstimate.
    """
    names = tuple(measures) or USUAL_OF_LINE
    require_node_measures(dyads, names)
    with session.working("drawing-networks", draws=doubt.draws):
        belief, draws = doubt.drawn(session, dyads)
        found = intervals_of(draws, names)
    rows = {
        name: tuple(row for row in found.rows[name] if not top or row.rank <= top)
        for name in names
    }
    if table_format == "json":
        print_document(
            {
                "rules": dyads.describe(session.lang),
                "model": belief.describe(session.lang),
                "draws": found.draws,
                "seed": found.seed,
                "level": found.level,
                "measures": {
                    name: {
                        "conclusion": found.conclusion(name, session.lang),
                        "bodies": [_document(row) for row in rows[name]],
                    }
                    for name in names
                },
            }
        )
    else:
        cells = tuple(
            (ox.Literal(name), *_cells(session, row))
            for name in names
            for row in rows[name]
        )
        print_rows(Rows(("measure", *_COLUMNS), cells), table_format)
    for name in names:
        click.echo(found.conclusion(name, session.lang), err=True)
    click.echo(found.say(session.lang), err=True)
    click.echo(belief.describe(session.lang), err=True)
    click.echo(dyads.describe(session.lang), err=True)


def print_figure_intervals(
    session: Session,
    dyads: Dyads,
    doubt: Doubt,
    compute: Callable[[Draws], Mapping[Key, FigureInterval]],
    table: Callable[[Mapping[Key, FigureInterval]], Rows],
    table_format: str,
) -> None:
    """Print intervals of figures that are not ranks of bodies, and what they rest on.

    Raises: as `Doubt.drawn` and `compute`.
    """
    with session.working("drawing-networks", draws=doubt.draws):
        belief, draws = doubt.drawn(session, dyads)
        found = compute(draws)
    print_rows(
        table(found),
        table_format,
        rules=dyads.describe(session.lang),
        model=belief.describe(session.lang),
        draws=draws.n,
        seed=draws.seed,
    )
    session.tell(
        "figure-intervals", draws=draws.n, seed=draws.seed, ties=len(dyads.ties)
    )
    click.echo(belief.describe(session.lang), err=True)
    click.echo(dyads.describe(session.lang), err=True)


def _assumed(
    ctx: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> dict[str, float]:
    known = (*_RATES, *Prior().came_about)
    found: dict[str, float] = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name] = float(value)
        except ValueError:
            reason = session_of(ctx).say("no-assumption", text=text)
            raise click.BadParameter(reason, ctx, parameter) from None
        if name not in known:
            session = session_of(ctx)
            near = near_miss(name, known)
            hint = f" ({session.say('did-you-mean', near=near)})" if near else ""
            reason = session.say(
                "unknown-assumption", name=name, near=hint, known=", ".join(known)
            )
            raise click.BadParameter(reason, ctx, parameter)
    return found


def _prior(ctx: click.Context, assumed: Mapping[str, float]) -> Prior:
    rates: dict[str, Any] = {n: v for n, v in assumed.items() if n in _RATES}
    shares = {name: v for name, v in assumed.items() if name not in _RATES}
    try:
        return replace(Prior(**rates), came_about={**Prior().came_about, **shares})
    except BadPrior as bad:
        raise click.BadParameter(str(bad), ctx, param_hint="--assume") from bad


def _cells(session: Session, row: BodyInterval) -> Row:
    return (
        ox.Literal(row.rank),
        ox.Literal(called(session, row.body)),
        number(row.value, SHORT),
        number(row.median, SHORT),
        number(row.low, SHORT),
        number(row.high, SHORT),
        ox.Literal(row.rank_low),
        ox.Literal(row.rank_high),
        number(row.first, SHORT),
        ox.Literal(str(row.verdict)),
    )


def _document(row: BodyInterval) -> dict[str, object]:
    figures = {
        name: finite(float(getattr(row, name)))
        for name in ("value", "median", "low", "high", "first")
    }
    return {
        "body": row.body.iri,
        "rank": row.rank,
        **figures,
        "rank_low": row.rank_low,
        "rank_high": row.rank_high,
        "undefined": row.undefined,
        "verdict": str(row.verdict),
    }
