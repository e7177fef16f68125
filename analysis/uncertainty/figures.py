"""Intervals of any figures that a network gives: of the whole, of groups, of pairs of groups, of bodies in roles.

Each drawn network is looked at by itself, so whatever can be computed of a network can have an interval.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from ..dyads import Dyads
from ..measures import Level, brokerage, measurable, measure_all, mixing
from .draws import Draws
from .intervals import LEVEL, UnknownIntervalMeasure

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class FigureInterval:
    """A figure on record, and over the draws: median, and the percentiles that LEVEL of its values lie between.

    `undefined` counts draws that give no such figure, which these leave out.
    """

    value: float
    median: float
    low: float
    high: float
    undefined: int


def figure_intervals(
    draws: Draws, figures_of: Callable[[Dyads], Mapping[Key, float]]
) -> dict[Key, FigureInterval]:
    """The interval of each figure over the drawn networks, in the order of the figures on record.

    Figures that the network on record does not give are left out.
    """
    on_record = figures_of(draws.dyads)
    table = np.full((draws.n, len(on_record)), np.nan)
    for row, dyads in enumerate(draws.one_by_one()):
        found = figures_of(dyads)
        table[row] = [found.get(key, np.nan) for key in on_record]
    tail = (1 - LEVEL) / 2
    made: dict[Key, FigureInterval] = {}
    for column, (key, value) in enumerate(on_record.items()):
        known = table[:, column][~np.isnan(table[:, column])]
        low, median, high = (
            np.quantile(known, (tail, 0.5, 1 - tail)) if len(known) else [np.nan] * 3
        )
        made[key] = FigureInterval(
            float(value), float(median), float(low), float(high), draws.n - len(known)
        )
    return made


def network_intervals(
    draws: Draws, names: tuple[str, ...], by: str | None = None
) -> dict[tuple[str, str], FigureInterval]:
    """Intervals of measures of the network as a whole, by (measure, figure).

    Partitions have intervals of their facts, such as modularity. The bodies of a network stay where ties go, so
    isolates are among its communities.

    Raises: UnknownIntervalMeasure for a measure of bodies, or one that the network cannot have.
    """
    known = measurable(draws.dyads)
    of_whole = [n for n in known if n not in measurable(draws.dyads, Level.NODE)]
    for name in names:
        if name not in of_whole:
            raise UnknownIntervalMeasure(name, of_whole)
    return figure_intervals(
        draws,
        lambda dyads: {
            (each.measure, figure): value
            for each in measure_all(dyads, names, by=by)
            for figure, value in each.values.items()
        },
    )


def brokerage_intervals(
    draws: Draws, by: str = "strand"
) -> dict[tuple[str, str], FigureInterval]:
    """Intervals of how often each body brokers, by its IRI and role; "total" adds up the roles."""

    def counts(dyads: Dyads) -> dict[tuple[str, str], float]:
        found = brokerage(dyads, by)
        columns = {"total": found.total, **{str(r): n for r, n in found.counts.items()}}
        return {
            (node, role): float(count)
            for role, column in columns.items()
            for node, count in zip(dyads.nodes, column.tolist(), strict=True)
        }

    return figure_intervals(draws, counts)


def mixing_intervals(
    draws: Draws, by: str = "strand"
) -> dict[tuple[str, ...], FigureInterval]:
    """Intervals of who is tied to whom, by group.

    ("ei_index",) and ("assortativity",) are of the network, ("ei_index", group) of the pairs of one group, and
    ("pairs", group, group) count those of two.
    """

    def figures(dyads: Dyads) -> dict[tuple[str, ...], float]:
        found = mixing(dyads, by)
        codes = found.groups.codes
        made: dict[tuple[str, ...], float] = {
            ("ei_index",): found.ei_index,
            ("assortativity",): found.assortativity,
        }
        for at, code in enumerate(codes):
            made["ei_index", code] = found.ei_of(at)
            for other, pairs in zip(codes, found.pairs[at].tolist(), strict=True):
                made["pairs", code, other] = float(pairs)
        return made

    return figure_intervals(draws, figures)
