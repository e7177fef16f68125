"""What the tables of a report become over drawn networks: intervals of ranks, roles, mixing and the whole network."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor

from simpul.analysis import Dyads
from simpul.analysis.measures import Level, measurable
from simpul.analysis.uncertainty import (
    FigureInterval,
    Intervals,
    brokerage_intervals,
    intervals_of,
    mixing_intervals,
    network_intervals,
    sample,
)

from .settings import Settings


@dataclass(frozen=True)
class Drawn:
    """Intervals of bodies by measure, of roles, of pairs of groups and of figures; keys as in the library.

    Brokerage and mixing are by the widest sector.
    """

    ranks: Intervals
    brokerage: Mapping[tuple[str, str], FigureInterval]
    mixing: Mapping[tuple[str, ...], FigureInterval]
    network: Mapping[tuple[str, str], FigureInterval]


def drawn(dyads: Dyads, settings: Settings) -> Drawn:
    """Measure the networks that `Settings.seed` draws, all tables over the same ones.

    Raises: UnusableDraw for no draws.
    """
    draws = sample(dyads, settings.draws, settings.seed)
    return Drawn(
        intervals_of(draws),
        brokerage_intervals(draws, "strand"),
        mixing_intervals(draws, "strand"),
        network_intervals(draws, measurable(dyads, Level.NETWORK), "strand"),
    )


def whole_span(count: FigureInterval) -> tuple[int, int]:
    """The interval of a count in whole numbers, as for ranks widened rather than narrowed."""
    return floor(count.low), ceil(count.high)
