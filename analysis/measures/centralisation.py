"""How far a network as a whole is built around one body."""

import numpy as np

from ..dyads import Weights
from .case import Case
from .measure import Asked
from .nodes import degree
from .paths import betweenness, closeness, fast_betweenness, fast_closeness


def centralisation(case: Case, asked: Asked) -> dict[str, float]:
    """Give the sum of differences to the most central node, over the largest there can be: 0 to 1.

    By degree over (n-1)(n-2), by betweenness over n-1, by closeness over (n-1)(n-2)/(2n-3): 1 for a star, 0 where all
    are equal. Isolates are among the n. nan where n < 3. Direction does not count for degree; the largest
    differences are those of networks without direction, so with direction only degree is given.
    Source: Freeman 1978, Social Networks 1, 215-239.
    """
    return _centralisation(case, betweenness(case, asked), closeness(case, asked))


def fast_centralisation(case: Case, asked: Asked) -> dict[str, float]:
    """The same by igraph."""
    between, near = fast_betweenness(case, asked), fast_closeness(case, asked)
    return _centralisation(case, between, near)


def _centralisation(case: Case, between: Weights, near: Weights) -> dict[str, float]:
    n = case.n
    if n < 3:
        return dict.fromkeys(("degree", "betweenness", "closeness"), float("nan"))
    ends = degree(case, Asked())
    found = {"degree": _spread(ends) / ((n - 1) * (n - 2))}
    if not case.directed:
        found["betweenness"] = _spread(between) / (n - 1)
        found["closeness"] = _spread(near) / ((n - 1) * (n - 2) / (2 * n - 3))
    return found


def _spread(values: Weights) -> float:
    return float(np.sum(values.max() - values))
