"""Error rates of sources estimated from the records themselves, by expectation and maximisation.

Source: Newman 2018, "Network structure from rich but noisy data", Nature Physics 14, 542-545, with the
model of independent pairs and identical, independent measurements; here the number of measurements
may differ from pair to pair, which changes N into N_i in each sum.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from simpul.ontology import SimpulError

from ..dyads import Dyads, Weights
from ..network import Stance, Tie
from ..rules import Joining

_SMALLEST = 1e-9


class NothingToEstimate(SimpulError):
    """No pair was looked at twice, or what was seen cannot have been."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}; use probabilities with a stated prior instead")


@dataclass(frozen=True)
class Estimate:
    """Rates that fit what was seen, and the probability of each pair given them.

    `true_rate`, `false_rate` and `density` are the alpha, beta and rho of the source. `log_likelihood` has one
    value for each round and never falls. `settled` says whether the rates stopped moving.
    """

    true_rate: float
    false_rate: float
    density: float
    probability: Weights
    log_likelihood: tuple[float, ...]
    settled: bool

    @property
    def rounds(self) -> int:
        """How many rounds were made."""
        return len(self.log_likelihood)


def estimate_rates(
    seen: ArrayLike, looked: ArrayLike, *, rounds: int = 2000, tolerance: float = 1e-9
) -> Estimate:
    """Error rates and tie probabilities of pairs that were `seen` tied in so many of `looked` looks.

    E step: Q_i = r a^E_i (1-a)^(N_i-E_i) / [that + (1-r) b^E_i (1-b)^(N_i-E_i)].
    M step: a = sum E_i Q_i / sum N_i Q_i;  b = sum E_i (1-Q_i) / sum N_i (1-Q_i);  r = mean Q_i.
    The names of the two kinds are settled by a > b. Where no pair was looked at more than
    once the rates cannot be told apart from the density, and there is no estimate.

    Raises: NothingToEstimate.
    """
    e, n = np.asarray(seen, np.float64), np.asarray(looked, np.float64)
    if e.shape != n.shape or e.ndim != 1 or not ((e >= 0) & (e <= n)).all():
        raise NothingToEstimate("every pair needs 0 <= seen <= looked")
    if not len(n) or n.max() < 2:
        raise NothingToEstimate("no pair was looked at more than once")
    # Begun apart, so that the first kind becomes the tied one.
    rate = float(np.clip(e.sum() / n.sum(), 0.05, 0.95))
    a, b, r = (1 + rate) / 2, rate / 2, rate
    heights: list[float] = []
    q = np.full(len(e), r)
    settled = False
    for _ in range(rounds):
        tied = np.log(r) + e * np.log(a) + (n - e) * np.log1p(-a)
        untied = np.log1p(-r) + e * np.log(b) + (n - e) * np.log1p(-b)
        total = np.logaddexp(tied, untied)
        heights.append(float(total.sum()))
        q = np.exp(tied - total)
        before = (a, b, r)
        a = _inside((e * q).sum() / max((n * q).sum(), _SMALLEST))
        b = _inside((e * (1 - q)).sum() / max((n * (1 - q)).sum(), _SMALLEST))
        r = _inside(q.mean())
        if (
            max(abs(was - now) for was, now in zip(before, (a, b, r), strict=True))
            < tolerance
        ):
            settled = True
            break
    if a < b:
        a, b, r, q = b, a, 1 - r, 1 - q
    return Estimate(a, b, r, q, tuple(heights), settled)


def estimated_probabilities(dyads: Dyads) -> tuple[Weights, Estimate]:
    """The probability of each tie of a network by rates estimated from its own records.

    An origin looks at two bodies if it names both, in whatever ties; it sees a tie that it supports. Pairs that
    were named together and have no tie are what the false rate is learnt from. Named together
    is a weak sign of having been looked at, so the rates are those of these records and no others.

    Raises: NothingToEstimate.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for tie in dyads.ties:
        for origin in _origins(tie):
            named[origin] |= {party.body for party in tie.participants}
    looks: Counter[tuple[str, str]] = Counter(
        pair for bodies in named.values() for pair in combinations(sorted(bodies), 2)
    )
    pairs: dict[int, set[tuple[str, str]]] = defaultdict(set)
    if (
        dyads.rules.dyads is Joining.TWO_MODE
    ):  # a tie there joins no two bodies by itself
        for number, tie in enumerate(dyads.ties):
            parties = sorted({party.body for party in tie.participants})
            pairs[number] |= set(combinations(parties, 2))
    numbers: list[int] = dyads.tie.tolist()
    sources: list[int] = dyads.source.tolist()
    targets: list[int] = dyads.target.tolist()
    for number, source, target in zip(numbers, sources, targets, strict=True):
        ends = dyads.nodes[source], dyads.nodes[target]
        pairs[number].add((min(ends), max(ends)))
    tied = {pair for found in pairs.values() for pair in found}
    seen = [len(_origins(tie)) for tie in dyads.ties]
    looked = [
        max([seen[number], *(looks[pair] for pair in pairs[number])])
        for number in range(len(dyads.ties))
    ]
    empty = [looks[pair] for pair in sorted(looks) if pair not in tied]
    found = estimate_rates(seen + [0] * len(empty), looked + empty)
    return found.probability[: len(seen)], found


def _origins(tie: Tie) -> set[str]:
    return {
        item.root or item.document
        for item in tie.evidence
        if item.stance is Stance.SUPPORTS
    }


def _inside(rate: float) -> float:
    return float(np.clip(rate, _SMALLEST, 1 - _SMALLEST))
