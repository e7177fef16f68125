"""Two windows of time compared: what of a difference is more than which tie happened to fall where."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simpul.graph_builder import Days

from ..dyads import Dyads, Indices, Scope, select
from ..measures import libraries
from ..network import Body, Network
from ..rules import Rules
from .tested import DRAWS, SEED, Tested, generator, tested

CHANGES = ("pairs", "tied", "centralisation", "largest", "across")
"""Joined pairs; bodies with a tie; Freeman's centralisation by degree; share of tied bodies in the largest
component; share of pairs between strands. All by distinct pairs, without weights and direction."""


@dataclass(frozen=True, slots=True)
class DegreeChange:
    """A body whose number of partners differs, and the test of that difference if there is one."""

    body: Body
    before: int
    after: int
    test: Tested | None


@dataclass(frozen=True, slots=True)
class Change:
    """Two windows of one network, and for each figure the later less the earlier with its test.

    `before_only`, `after_only` and `both` count ties; the null deals out the first two kinds. `bodies` has
    every body whose degree differs, the greatest difference first; their p are not raised for their number.
    """

    before: Scope
    after: Scope
    before_only: int
    after_only: int
    both: int
    values: Mapping[str, tuple[float, float]]
    tests: Mapping[str, Tested]
    bodies: tuple[DegreeChange, ...]
    draws: int
    seed: int


def compare_windows(
    network: Network,
    before: Days,
    after: Days,
    rules: Rules | None = None,
    n: int = DRAWS,
    seed: int = SEED,
) -> Change:
    """What changed between two windows, against ties dealt out to them at random.

    The null: of the ties that held in one window only, which window that was is chance; how many held in
    each, and those that held in both, stay as they are. It takes ties as independent
    of each other, and does not know that old ties are harder to find than new ones: a difference that
    the sources alone make counts as a difference. A tie whose dates do not settle it may hold in both windows;
    with `attested_only` in the rules only ties count that surely held. Where one window
    has no ties of its own there is nothing to deal out, and `tests` is empty.

    Raises: Untestable for no draws.
    """
    chosen = rules or Rules()
    union = select(network, replace(chosen, when=None, attested_only=False))
    windows = [select(network, replace(chosen, when=days)) for days in (before, after)]
    held = [
        np.isin([tie.iri for tie in union.ties], [each.iri for each in window.ties])
        for window in windows
    ]
    alone = np.flatnonzero(held[0] ^ held[1])
    random = generator("windows", n, seed)
    look = _Look(union)
    figures = [look.figures(each) for each in held]
    early = int(held[0][alone].sum())
    drawn: dict[str, list[float]] = {name: [] for name in CHANGES}
    degrees = np.empty((n, len(union.nodes)), np.int64)
    both = held[0] & held[1]
    can_vary = 0 < early < len(alone)
    for draw in range(n if can_vary else 0):
        order = random.permutation(alone)
        first, second = both.copy(), both.copy()
        first[order[:early]], second[order[early:]] = True, True
        one, two = look.figures(first), look.figures(second)
        for name in CHANGES:
            drawn[name].append(two.values[name] - one.values[name])
        degrees[draw] = two.degree - one.degree
    shift = figures[1].degree - figures[0].degree
    places = np.flatnonzero(shift[: len(union.bodies)])
    changed = sorted(
        places.tolist(), key=lambda place: (-abs(shift[place]), union.nodes[place])
    )
    return Change(
        windows[0].scope,
        windows[1].scope,
        early,
        len(alone) - early,
        int(both.sum()),
        {name: (figures[0].values[name], figures[1].values[name]) for name in CHANGES},
        {
            name: tested(
                name,
                "windows",
                figures[1].values[name] - figures[0].values[name],
                drawn[name],
                seed,
            )
            for name in CHANGES
            if can_vary
            and not np.isnan(figures[1].values[name] - figures[0].values[name])
        },
        tuple(
            DegreeChange(
                union.bodies[place],
                int(figures[0].degree[place]),
                int(figures[1].degree[place]),
                tested(
                    "degree", "windows", float(shift[place]), degrees[:, place], seed
                )
                if can_vary
                else None,
            )
            for place in changed
        ),
        n,
        seed,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    values: Mapping[str, float]
    degree: Indices


class _Look:
    """Figures of the part of a network that some of its ties make."""

    def __init__(self, dyads: Dyads) -> None:
        low = np.minimum(dyads.source, dyads.target)
        high = np.maximum(dyads.source, dyads.target)
        self.size = len(dyads.nodes)
        self.tie = dyads.tie
        self.pair = low * max(self.size, 1) + high
        strand = [body.strand.code if body.strand else "" for body in dyads.bodies]
        strand += [""] * (self.size - len(strand))
        self.strand = np.array(strand)

    def figures(self, held: NDArray[np.bool_]) -> _Figures:
        pairs = np.unique(self.pair[held[self.tie]])
        source, target = pairs // max(self.size, 1), pairs % max(self.size, 1)
        degree = np.bincount(
            np.concatenate([source, target]), minlength=self.size
        ).astype(np.int64)
        tied = int((degree > 0).sum())
        most = (self.size - 1) * (self.size - 2)
        central = float((degree.max(initial=0) - degree).sum()) / most if most else 0.0
        largest = float("nan")
        if tied:
            graph = libraries.sparse().coo_array(
                (np.ones(len(pairs)), (source, target)), shape=(self.size, self.size)
            )
            _, part = libraries.paths().connected_components(graph, directed=False)
            largest = int(np.bincount(part[degree > 0]).max()) / tied
        known = (self.strand[source] != "") & (self.strand[target] != "")
        apart = self.strand[source] != self.strand[target]
        across = float(apart[known].mean()) if known.any() else float("nan")
        values = {
            "pairs": float(len(pairs)),
            "tied": float(tied),
            "centralisation": central,
            "largest": largest,
            "across": across,
        }
        return _Figures(values, degree)
