"""The most central bodies: four measures, each with its definition and source, and shared ranks.

All of them look at pairs of bodies, whichever way a tie runs. A normalised value states its share
of the largest possible one among all n bodies, those without a tie included: leaving these out
would raise every value.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum

import networkx as nx

from simpul.ontology import SimpulError, near_miss

from .dyads import Scope, select
from .graphs import Graph, projection
from .network import Body, Network

Values = Mapping[str, float]
"""A value for each body, by IRI."""

# Betweenness adds up many fractions; bodies that are alike may differ in the sixteenth digit.
_DIGITS = 10


class UnknownMeasure(SimpulError):
    """There is no measure of this name."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        near = near_miss(asked, MEASURES)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(MEASURES)}"
        super().__init__(f"no measure {asked!r}; {hint}")


def degree(graph: Graph) -> Values:
    """Count the distinct partners of each body.

    Source: Freeman 1978, "Centrality in social networks", Social Networks 1, 215-239.
    """
    return {body: float(partners) for body, partners in graph.degree()}


def strength(graph: Graph) -> Values:
    """Add up the weights of each body's ties, over all partners.

    A tie of two weighs 1; in a tie of n equal parties each pair weighs 1/(n-1), so the tie gives
    each of them 1 in all.
    Source: Barrat and others 2004, PNAS 101, 3747-3752; weights of Newman 2001, Phys. Rev. E 64, 016132.
    """
    return {
        body: fsum(data["strength"] for data in graph.adj[body].values())
        for body in graph
    }


def betweenness(graph: Graph) -> Values:
    """Give the share of shortest paths among all other pairs that run through each body, 0 to 1.

    Every step from partner to partner counts the same. Two bodies that no path joins count as
    a pair none of whose paths runs through anybody.
    Source: Freeman 1977, Sociometry 40, 35-41; algorithm of Brandes 2001.
    """
    return dict(nx.betweenness_centrality(graph, normalized=True))


def betweenness_by_strength(graph: Graph) -> Values:
    """Give the share of shortest paths, where a strong pair is close: a step is 1/strength long.

    A pair with three ties between two bodies is thus three times as close as one with a single tie.
    Source: Newman 2001, Phys. Rev. E 64, 016132; Opsahl and others 2010, Social Networks 32, 245-251
    (with alpha 1); algorithm of Brandes 2001.
    """
    return dict(nx.betweenness_centrality(graph, normalized=True, weight="distance"))


MEASURES: Mapping[str, Callable[[Graph], Values]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "betweenness_by_strength": betweenness_by_strength,
}
"""The measures by name, in the order in which tables show them."""


@dataclass(frozen=True, slots=True)
class RankedBody:
    """A body with its rank; `shared` tells that others have the same rank. `values` has every measure."""

    rank: int
    shared: bool
    body: Body
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most central bodies by one measure, and what that rests on."""

    by: str
    scope: Scope
    rows: tuple[RankedBody, ...]


def most_central(network: Network, n: int = 10, *, by: str = "degree") -> Ranking:
    """Rank the n most central bodies of a network by one measure.

    Only its measured part counts: accepted and realised, without talk, conflict and parties
    that no source names. Equal bodies
    share the better rank and the next one skips (1, 2, 2, 4); where the last rank is shared, all
    who share it are given, so there may be more than n rows. Bodies whose value is 0 are left out.

    Raises: UnknownMeasure.
    """
    if by not in MEASURES:
        raise UnknownMeasure(by)
    measured = network.measured()
    graph = projection(measured)
    values = {name: measure(graph) for name, measure in MEASURES.items()}
    ranked = [
        RankedBody(rank, shared, network.body_by_iri[iri], _of(values, iri))
        for rank, shared, iri in ranks(values[by])
        if rank <= n and values[by][iri] > 0
    ]
    return Ranking(by, select(network).scope, tuple(ranked))


def ranks(values: Values) -> Iterable[tuple[int, bool, str]]:
    """Rank bodies by descending value: rank, whether it is shared, body; equals in order of IRI.

    >>> list(ranks({"a": 2.0, "b": 3.0, "c": 2.0, "d": 0.0}))
    [(1, False, 'b'), (2, True, 'a'), (2, True, 'c'), (4, False, 'd')]
    """
    rounded = {body: round(value, _DIGITS) for body, value in values.items()}
    ordered = sorted(rounded, key=lambda body: (-rounded[body], body))
    bodies = Counter(rounded.values())
    rank = 0
    previous: float | None = None
    for place, body in enumerate(ordered, start=1):
        if rounded[body] != previous:
            rank, previous = place, rounded[body]
        yield rank, bodies[rounded[body]] > 1, body


def _of(values: Mapping[str, Values], iri: str) -> Mapping[str, float]:
    return {name: found[iri] for name, found in values.items()}
