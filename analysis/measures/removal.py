"""In which order nodes are lost where the first by a measure goes first."""

from math import isnan

import numpy as np

from ..centrality import ranks
from ..dyads import Dyads
from .registry import MEASURES, measure


def removal_order(
    dyads: Dyads, name: str, count: int, *, again: bool = True
) -> tuple[str, ...]:
    """The IRIs of the first nodes to go by a measure of nodes; of equals the first by IRI goes first.

    `again`: after each loss the measure is computed anew on what is left, as in Schneider and others 2011, PNAS 108,
    3838-3841; otherwise the order is that of the whole network. Nodes without a value go last.

    Raises: NoSuchMeasure; Unmeasurable.
    """
    if not again:
        return _ordered(dyads, name, set())[:count]
    place = {node: number for number, node in enumerate(dyads.nodes)}
    left = dyads
    gone: list[str] = []
    while len(gone) < min(count, len(dyads.nodes)):
        node = _ordered(left, name, set(gone))[0]
        gone.append(node)
        kept = (left.source != place[node]) & (left.target != place[node])
        left = left.of_rows(np.asarray(kept, np.bool_))
    return tuple(gone)


def _ordered(dyads: Dyads, name: str, gone: set[str]) -> tuple[str, ...]:
    sign = -1 if MEASURES[name].lowest_first else 1
    values = {
        node: float("-inf") if isnan(value) else sign * value
        for node, value in measure(dyads, name).values.items()
        if node not in gone
    }
    return tuple(node for _, _, node in ranks(values))
