"""How far layers or types of ties join the same pairs of bodies."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from ..dyads import Dyads


@dataclass(frozen=True, slots=True)
class Overlapping:
    """The pairs tied in each of two layers or types, and in both of them."""

    first: str
    second: str
    pairs: tuple[int, int]
    both: int

    @property
    def jaccard(self) -> float:
        """The share of pairs tied in either that is tied in both: 0 to 1."""
        return self.both / (sum(self.pairs) - self.both)


def multiplex_overlap(
    dyads: Dyads, by: Literal["layer", "type"] = "layer"
) -> tuple[Overlapping, ...]:
    """Compare each two layers, or tie types, by the pairs of nodes that they join, in order of code.

    |A and B| / |A or B|; parallel ties of a pair in one layer count once. Layers that join no pair are not there.
    Ordered pairs where the rules keep direction.
    Source: Jaccard 1901; as link overlap Battiston, Nicosia and Latora 2014, Phys. Rev. E 89, 032804.
    """
    joined = pairs_by(dyads, by)
    return tuple(
        Overlapping(
            first,
            second,
            (len(joined[first]), len(joined[second])),
            len(joined[first] & joined[second]),
        )
        for first, second in combinations(joined, 2)
    )


def pairs_by(dyads: Dyads, by: Literal["layer", "type"]) -> Mapping[str, set[int]]:
    """The pairs that each layer or type joins, in order of code; a pair is source times nodes plus target."""
    found: dict[str, set[int]] = {}
    pairs = dyads.source * max(len(dyads.nodes), 1) + dyads.target
    codes = [(tie.layer if by == "layer" else tie.type).code for tie in dyads.ties]
    of_row = (
        np.array(codes, dtype=np.str_)[dyads.tie] if codes else np.array([], np.str_)
    )
    for code in np.unique(of_row).tolist():
        found[code] = set(pairs[of_row == code].tolist())
    return found
