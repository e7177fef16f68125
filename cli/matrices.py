"""`simpul network qap`: matrices of one set of bodies compared by permuting the bodies."""

from typing import Any

import click
import numpy as np
import pyoxigraph as ox

from simpul.analysis import Dyads, Joining, Network, select
from simpul.analysis.measures import ATTRIBUTES, Case, groups_of
from simpul.analysis.nulls import mrqap, qap_correlation
from simpul.ontology import near_miss
from simpul.queries import Row, Rows

from .network_options import (
    NetworkLine,
    draws_option,
    format_option,
    network_options,
    seed_option,
)
from .network_tables import number, print_rows, tell_basis
from .session import Session
from .spoken import SpokenCommand

_SAME = "same:"


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul network qap --response collaboration --with same:strand",
        "simpul network qap --response collaboration --with membership --with same:sector --draws 500",
        "simpul network qap --response collaboration --with same:strand --method y --lang id",
    ),
)
@click.option(
    "--response", "qap_response", metavar="CODE|same:ATTRIBUTE", required=True
)
@click.option(
    "--with",
    "qap_predictors",
    metavar="CODE|same:ATTRIBUTE",
    multiple=True,
    required=True,
)
@click.option("--method", "qap_method", type=click.Choice(["dsp", "y"]), default="dsp")
@draws_option
@seed_option
@format_option
@network_options
@click.pass_obj
def qap(
    session: Session,
    /,
    qap_response: str,
    qap_predictors: tuple[str, ...],
    qap_method: Any,  # click has checked it against its choices
    draws: int,
    seed: int,
    table_format: str,
    line: NetworkLine,
) -> None:
    """Correlate two matrices of ties, or regress one on several, against permutations of the bodies."""
    network = line.network(session)
    names = tuple(dict.fromkeys((qap_response, *qap_predictors)))
    if len(names) < 2:
        raise click.UsageError(session.say("qap-one-matrix"))
    # A layer that is named counts, talk and conflict too; of attributes alone the usual ones say who is tied.
    entering = {
        tie.layer.code
        for tie in network.ties
        if tie.layer.code in names or tie.type.code in names
    }
    layers = line.asked["layers"] or entering
    dyads = select(network, line.rules(session, layers=layers))
    if dyads.rules.dyads is Joining.TWO_MODE:
        raise click.UsageError(session.say("qap-two-mode"))
    bodies, matrices = _matrices(session, network, dyads, names)
    response, *predictors = names
    for name in names:
        cells = matrices[name][~np.eye(len(bodies), dtype=np.bool_)]
        if not len(cells) or cells.min() == cells.max():
            reason = session.say("qap-constant", name=name, bodies=len(bodies))
            raise click.BadParameter(reason, param_hint="--response / --with")
    directed = dyads.rules.directed
    told: list[str] = []
    with session.working("testing", draws=draws):
        if len(predictors) == 1:
            one = qap_correlation(
                matrices[response],
                matrices[predictors[0]],
                draws,
                seed,
                directed=directed,
            )
            told_of = (one.observed, one.mean, one.sd, one.p)
            rows: list[Row] = [(ox.Literal(predictors[0]), *map(number, told_of))]
            columns: tuple[str, ...] = ("with", "r", "expected", "sd", "p")
            told.append(one.say(session.lang))
        else:
            found = mrqap(
                matrices[response],
                {name: matrices[name] for name in predictors},
                draws,
                seed,
                directed=directed,
                method=qap_method,
            )
            columns = ("with", "coefficient", "t", "p")
            rows = [
                (ox.Literal(each.name), *map(number, (each.value, each.t, each.test.p)))
                for each in found.coefficients
            ]
            rows.insert(
                0, (ox.Literal("(intercept)"), number(found.intercept), None, None)
            )
            told.append(
                session.say(
                    f"qap-regressed-{found.method}",
                    response=response,
                    r_squared=f"{found.r_squared:.3f}",
                    cells=found.cells,
                    draws=draws,
                    seed=seed,
                )
            )
    told.append(session.say("qap-bodies", bodies=len(bodies)))
    print_rows(
        Rows(columns, tuple(rows)),
        table_format,
        rules=dyads.describe(session.lang),
        response=response,
        bodies=len(bodies),
        draws=draws,
        seed=seed,
        told=told,
    )
    for sentence in told:
        click.echo(sentence, err=True)
    tell_basis(session, dyads)


def _matrices(
    session: Session, network: Network, dyads: Dyads, names: tuple[str, ...]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The bodies that some of the named layers or types joins and all named attributes know, and the matrices of these.

    Raises: BadParameter for what is neither a layer or type of the network nor an attribute.
    """
    codes = {code for tie in network.ties for code in (tie.layer.code, tie.type.code)}
    known = (*sorted(codes), *(f"{_SAME}{each}" for each in ATTRIBUTES))
    whole: dict[str, np.ndarray] = {}
    counted = np.ones(len(dyads.nodes), np.bool_)
    joined = np.zeros(len(dyads.nodes), np.bool_)
    for name in names:
        if name not in known:
            near = near_miss(name, known)
            hint = f" ({session.say('did-you-mean', near=near)})" if near else ""
            reason = session.say(
                "no-matrix", name=name, near=hint, known=", ".join(known)
            )
            raise click.BadParameter(reason, param_hint="--response / --with")
        if name.startswith(_SAME):
            of = groups_of(dyads, name.removeprefix(_SAME)).of
            counted &= of >= 0
            whole[name] = (of[:, None] == of[None, :]).astype(np.float64)
        else:
            part = dyads.keeping(
                lambda tie, name=name: name in (tie.layer.code, tie.type.code)  # type: ignore[misc]
            )
            joined[np.concatenate([part.source, part.target])] = True
            whole[name] = np.asarray(Case(part).adjacency.toarray(), np.float64)
    # Where only attributes are compared every body with these counts.
    counted &= joined if joined.any() else True
    places = np.flatnonzero(counted)
    return places, {name: each[np.ix_(places, places)] for name, each in whole.items()}
