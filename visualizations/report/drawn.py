"""What the tables of a report become over drawn networks: intervals for roles, mixing and the whole network."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simpul.analysis import Dyads
from simpul.analysis.measures import (
    Level,
    Role,
    brokerage,
    measurable,
    measure_all,
    mixing,
)
from simpul.analysis.uncertainty import LEVEL, UnusableDraw, sample

from .settings import Settings

_Numbers = NDArray[np.float64]
Span = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """The middle LEVEL of drawn networks: for each body and role ("total" among them), each pair of groups, each figure.

    Brokerage and mixing are by the widest sector.
    """

    brokerage: Mapping[tuple[str, str], Span]
    mixing: Mapping[tuple[str, str], Span]
    network: Mapping[tuple[str, str], Span]


def drawn(dyads: Dyads, settings: Settings) -> Drawn | None:
    """Measure the networks that `Settings.seed` draws, the same as for ranks; None where none can be drawn.

    Raises: UnusableDraw for no draws.
    """
    try:
        draws = sample(dyads, settings.draws, settings.seed)
    except UnusableDraw:
        if settings.rules.directed:
            return None
        raise
    names = measurable(dyads, Level.NETWORK)
    rows: dict[tuple[str, str, str], list[float]] = {}
    for present in draws.present:
        network = dyads.of_rows(present[dyads.tie])
        roles = brokerage(network, "strand")
        columns = {"total": roles.total} | {
            str(role): roles.counts[role] for role in Role
        }
        for role, column in columns.items():
            for node, count in zip(roles.nodes, column.tolist(), strict=True):
                rows.setdefault(("brokerage", node, role), []).append(count)
        found = mixing(network, "strand")
        for at, group in enumerate(found.groups.codes):
            for to, other in enumerate(found.groups.codes):
                pairs = float(found.pairs[at, to])
                rows.setdefault(("mixing", group, other), []).append(pairs)
        for each in measure_all(network, names, by="strand", seed=settings.seed):
            for name, value in each.values.items():
                rows.setdefault(("network", each.measure, name), []).append(value)
    spans: dict[str, dict[tuple[str, str], Span]] = {
        name: {} for name in Drawn.__dataclass_fields__
    }
    for (table, first, second), values in rows.items():
        spans[table][first, second] = _span(np.array(values, dtype=np.float64))
    return Drawn(**spans)


def _span(values: _Numbers) -> Span:
    """What LEVEL of the values lie between, those that are not defined left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, (tail, 1 - tail)).tolist()
    return low, high
