"""Measures of networks whose ties have a direction, and how dense any network is."""

from typing import Any

from . import libraries
from .case import Case
from .measure import Asked

_TRIADS = [
    "003",
    "012",
    "102",
    "021D",
    "021U",
    "021C",
    "111D",
    "111U",
    "030T",
    "030C",
    "201",
    "120D",
    "120U",
    "120C",
    "210",
    "300",
]


def density(case: Case, asked: Asked) -> dict[str, float]:
    """Give the share of all possible pairs that is tied, isolates among them; ordered pairs with direction.

    nan where there is no pair. In a two-mode network a pair is a body and a tie.
    Source: Wasserman and Faust 1994, Social Network Analysis, ch. 4.
    """
    n, bodies = case.n, len(case.dyads.bodies)
    possible = n * (n - 1) if case.directed else n * (n - 1) / 2
    if n > bodies:
        possible = bodies * (n - bodies)
    found = len(case.edges.source)
    return {"density": found / possible if possible else float("nan")}


def reciprocity(case: Case, asked: Asked) -> dict[str, float]:
    """Give the share of directed edges that run both ways, 0 to 1; nan without edges.

    Source: Wasserman and Faust 1994, ch. 13; Newman, Forrest and Balthrop 2002, Phys. Rev. E 66, 035101.
    """
    edges = len(case.edges.source)
    both = edges - len(case.pairs[0])  # each mutual pair is two edges, and one pair
    return {"reciprocity": 2 * both / edges if edges else float("nan")}


def triads(case: Case, asked: Asked) -> dict[str, float]:
    """Count the triples of nodes by which of their six directed edges there are: 16 types.

    The name has the numbers of mutual, one-way and absent pairs, then how the edges run (down, up, transitive,
    cyclic). Isolates are in the triples. All types add up to n(n-1)(n-2)/6.
    Source: Holland and Leinhardt 1970, American Journal of Sociology 76, 492-513; algorithm of Batagelj and Mrvar 2001.
    """
    if case.n < 3:
        return dict.fromkeys(_TRIADS, 0.0)
    found: Any = libraries.networkx().triadic_census(case.graph, **asked.options())
    return {name: float(found[name]) for name in _TRIADS}


def fast_triads(case: Case, asked: Asked) -> dict[str, float]:
    """The same by igraph."""
    if case.n < 3:
        return dict.fromkeys(_TRIADS, 0.0)
    found = case.fast.triad_census()
    return {name: float(getattr(found, f"t{name}")) for name in _TRIADS}
