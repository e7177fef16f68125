"""What hangs on how sure sources are assumed to be: who leads when they err more, or by rates taken from the records."""

from collections.abc import Iterator

from simpul.analysis import Dyads
from simpul.analysis.uncertainty import (
    Believed,
    Model,
    NothingToEstimate,
    Prior,
    believed,
    intervals_of,
    sample,
)

from .drawn import Drawn
from .ranks import RANKED_BY
from .section import Section, called
from .settings import Settings
from .table import Cell, Table

_DOUBTFUL = Prior(false_rate=0.3)
"""Origins that support a tie that is not real three times as often as they are assumed to."""


def assumption_section(dyads: Dyads, spans: Drawn, settings: Settings) -> Section:
    """The first body on record, and the body most often first over the draws, by each model of how sources err.

    Raises: UnusableDraw for no draws.
    """
    lang = settings.lang
    rows: list[tuple[Cell, ...]] = []
    for belief in _beliefs(dyads):
        if belief.prior == Prior() and belief.model is Model.ORIGINS:
            found = spans.ranks
        else:
            drawn = sample(
                dyads, settings.draws, settings.seed, probability=belief.probability
            )
            found = intervals_of(drawn, RANKED_BY)
        for name in RANKED_BY:
            if not found.rows[name]:
                continue
            leader = found.rows[name][0]
            likely = max(found.rows[name], key=lambda row: row.first)
            rates = belief.estimate or belief.prior
            rows.append(
                (
                    *(name, belief.model.value),
                    *(round(rates.true_rate, 4), round(rates.false_rate, 4)),
                    called(leader.body, lang),
                    *(leader.rank_low, leader.rank_high, leader.first),
                    *(called(likely.body, lang), likely.first, leader.verdict.value),
                )
            )
    columns = (
        *("measure", "model", "true_rate", "false_rate"),
        *("recorded", "rank_low", "rank_high", "leads"),
        *("likely", "likely_leads", "verdict"),
    )
    rows.sort(key=lambda row: RANKED_BY.index(str(row[0])))
    return Section("assumptions", (), (Table("assumptions", columns, tuple(rows)),))


def _beliefs(dyads: Dyads) -> Iterator[Believed]:
    yield believed(dyads)
    yield believed(dyads, prior=_DOUBTFUL)
    try:
        yield believed(dyads, Model.NEWMAN)
    except NothingToEstimate:
        return
