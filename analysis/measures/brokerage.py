"""Who stands between whom: the five roles of Gould and Fernandez."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..dyads import Dyads, Indices
from .case import Case
from .groups import Groups, groups_of


class Role(StrEnum):
    """What the broker b of a path a -> b -> c is, by the groups of the three.

    COORDINATOR: all in one group. ITINERANT: a and c in one group, b in another. GATEKEEPER: b with c,
    a outside. REPRESENTATIVE: b with a, c outside. LIAISON: three groups.
    """

    COORDINATOR = "coordinator"
    ITINERANT = "itinerant"
    GATEKEEPER = "gatekeeper"
    REPRESENTATIVE = "representative"
    LIAISON = "liaison"


@dataclass(frozen=True)
class Brokerage:
    """How often each node brokers in each role, and how often it would by chance.

    `counts[role]` and `expected[role]` have a number for each node. `total` adds up the roles. `missing` nodes
    have no group and are left out, as brokers and as those brokered.
    """

    by: str
    nodes: tuple[str, ...]
    counts: Mapping[Role, Indices]
    expected: Mapping[Role, NDArray[np.float64]]
    missing: int

    @property
    def total(self) -> Indices:
        """How many open pairs each node stands between, in any role."""
        return sum(self.counts.values(), np.zeros(len(self.nodes), dtype=np.int64))


def brokerage(dyads: Dyads, by: str | Groups = "strand") -> Brokerage:
    """Count the paths a -> b -> c that each b closes no triangle on: a is not tied to c.

    Each ordered pair (a, c) counts 1 for each broker it has, so in a network without direction each pair counts
    twice and gatekeeper equals representative. Weights do not count. Isolates broker nothing. The expected number
    is exact for groups dealt out at random over the nodes, with the same sizes and the same ties:
    the total times the share that the role has among ordered triples of distinct nodes.
    Source: Gould and Fernandez 1989, Sociological Methodology 19, 89-126.
    """
    groups = groups_of(dyads, by) if isinstance(by, str) else by
    case = Case(dyads)
    counts = _counts(case, groups)
    total = sum(counts.values(), np.zeros(case.n, dtype=np.int64))
    shares = _shares(groups.sizes)
    expected = {role: (total * shares[role]).astype(np.float64) for role in Role}
    return Brokerage(groups.by, dyads.nodes, counts, expected, groups.missing)


def _counts(case: Case, groups: Groups) -> Mapping[Role, Indices]:
    ties = case.adjacency.copy().tocsr()
    known = groups.of >= 0
    out: list[set[int]] = [
        {int(c) for c in ties.indices[ties.indptr[v] : ties.indptr[v + 1]] if known[c]}
        for v in range(case.n)
    ]
    into: list[set[int]] = [set() for _ in range(case.n)]
    for source, targets in enumerate(out):
        if known[source]:
            for target in targets:
                into[target].add(source)
    counts = {role: np.zeros(case.n, dtype=np.int64) for role in Role}
    for broker in np.flatnonzero(known).tolist():
        for role, number in _roles(broker, into[broker], out, groups.of).items():
            counts[role][broker] = number
    return counts


def _roles(
    broker: int, senders: set[int], out: list[set[int]], of: Indices
) -> Mapping[Role, int]:
    receivers = out[broker]
    own = int(of[broker])
    counts = dict.fromkeys(Role, 0)
    by_group: dict[int, int] = {}
    for receiver in receivers:
        group = int(of[receiver])
        by_group[group] = by_group.get(group, 0) + 1
    everyone = sum(by_group.values())
    for sender in senders:
        # Of all receivers: not the sender itself, and none that it is tied to anyway.
        closed = receivers & out[sender]
        closed.discard(sender)
        met = closed | ({sender} & receivers)
        left, group = dict(by_group), int(of[sender])
        for receiver in met:
            left[int(of[receiver])] -= 1
        open_pairs = everyone - len(met)
        with_own, with_sender = left.get(own, 0), left.get(group, 0)
        if group == own:
            counts[Role.COORDINATOR] += with_own
            counts[Role.REPRESENTATIVE] += open_pairs - with_own
        else:
            counts[Role.ITINERANT] += with_sender
            counts[Role.GATEKEEPER] += with_own
            counts[Role.LIAISON] += open_pairs - with_own - with_sender
    return counts


def _shares(sizes: Indices) -> Mapping[Role, float]:
    n = float(sizes.sum())
    triples = n * (n - 1) * (n - 2)
    if not triples:
        return dict.fromkeys(Role, 0.0)
    size = sizes.astype(np.float64)
    one = float((size * (size - 1) * (size - 2)).sum()) / triples
    two = float((size * (size - 1) * (n - size)).sum()) / triples
    return {
        Role.COORDINATOR: one,
        Role.ITINERANT: two,
        Role.GATEKEEPER: two,
        Role.REPRESENTATIVE: two,
        Role.LIAISON: 1 - one - 3 * two,
    }
