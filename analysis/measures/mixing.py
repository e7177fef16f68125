"""Who is tied to whom by group: the mixing matrix, the E-I index, assortativity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dyads import Dyads, Indices
from .case import Case
from .groups import Groups, groups_of
from .measure import Asked


@dataclass(frozen=True)
class Mixing:
    """The tied pairs by the groups of their two ends.

    `pairs[g, h]` counts the pairs from group g to group h; without direction it is symmetric and a pair
    inside a group counts once, in the diagonal. `possible` counts the pairs there could be, so
    `density` is the share of these that is tied (nan where there is none). `missing` nodes have no group;
    the `missing_pairs` they are in are left out. `tied` counts by group the nodes that are in some pair.
    """

    groups: Groups
    pairs: Indices
    possible: Indices
    directed: bool
    missing_pairs: int
    tied: Indices

    @property
    def density(self) -> NDArray[np.float64]:
        """The share of possible pairs that is tied, by group."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.pairs / self.possible)

    @property
    def inside(self) -> int:
        """How many pairs are inside one group."""
        return int(np.trace(self.pairs))

    @property
    def across(self) -> int:
        """How many pairs are of two groups."""
        total = int(self.pairs.sum()) - self.inside
        return total if self.directed else total // 2

    @property
    def ei_index(self) -> float:
        """(E - I) / (E + I) for E pairs across groups and I inside: -1 all inside, 1 all across, nan without pairs.

        It depends on the sizes of the groups; compare with `ei_expected`.
        Source: Krackhardt and Stern 1988, Social Psychology Quarterly 51, 123-140.
        """
        return _ei(self.across, self.inside)

    @property
    def ei_expected(self) -> float:
        """The index where the groups of the tied nodes are dealt out at random, each as often as it occurs.

        Exact: 1 - 2 (sum of m_g (m_g - 1)) / (m (m - 1)) for m tied nodes, m_g of them in group g. It is what the draws of
        `nulls.mixing_test` have on average. Nodes without a tie do not count: no tie could be theirs there.
        """
        m = int(self.tied.sum())
        if m < 2:
            return float("nan")
        return 1 - 2 * int((self.tied * (self.tied - 1)).sum()) / (m * (m - 1))

    @property
    def assortativity(self) -> float:
        """(sum of e_gg - sum of a_g b_g) / (1 - sum of a_g b_g): 1 all inside, 0 as by chance.

        e is the share of edge ends from g to h, each pair counted both ways without direction. nan without pairs,
        or where all are in one group. Source: Newman 2003, Phys. Rev. E 67, 026126.
        """
        ends = self.pairs.astype(np.float64)
        if not self.directed:
            ends = ends + np.diag(np.diag(ends))
        if not ends.sum():
            return float("nan")
        e = ends / ends.sum()
        chance = float((e.sum(axis=1) * e.sum(axis=0)).sum())
        if np.isclose(chance, 1):
            return float("nan")
        return float((np.trace(e) - chance) / (1 - chance))

    def ei_of(self, group: int) -> float:
        """The E-I index of one group's own pairs; nan where it has none."""
        inside = int(self.pairs[group, group])
        row = int(self.pairs[group].sum()) - inside
        column = int(self.pairs[:, group].sum()) - inside
        return _ei(row + column if self.directed else row, inside)


def mixing(dyads: Dyads, by: str | Groups = "strand") -> Mixing:
    """Count the tied pairs by the groups of their ends; how many ties a pair has does not matter.

    Source: Newman 2003, Phys. Rev. E 67, 026126.
    """
    return _mixing(Case(dyads), groups_of(dyads, by) if isinstance(by, str) else by)


def ei_index(case: Case, asked: Asked) -> dict[str, float]:
    """Give (E - I) / (E + I) for E tied pairs across groups and I inside: -1 to 1, nan without pairs.

    `expected` is the mean if the groups of tied bodies were dealt out at random. Bodies of no group are left out.
    Source: Krackhardt and Stern 1988, Social Psychology Quarterly 51, 123-140.
    """
    found = _mixing(case, groups_of(case.dyads, asked.by or "strand"))
    return {"ei_index": found.ei_index, "expected": found.ei_expected}


def assortativity(case: Case, asked: Asked) -> dict[str, float]:
    """Give how far ties stay inside groups: 1 always, 0 as by chance, below 0 less than that.

    (sum of e_gg - sum of a_g b_g) / (1 - sum of a_g b_g); nan without pairs or with one group only.
    Source: Newman 2003, Phys. Rev. E 67, 026126.
    """
    found = _mixing(case, groups_of(case.dyads, asked.by or "strand"))
    return {"assortativity": found.assortativity}


def degree_assortativity(case: Case, asked: Asked) -> dict[str, float]:
    """Correlate the numbers of partners at the two ends of tied pairs: -1 to 1.

    Pearson's r over the pairs, each both ways; direction does not count. nan where all ends have one degree.
    Source: Newman 2002, Phys. Rev. Lett. 89, 208701.
    """
    low, high, _ = case.pairs
    ends = case.partners[np.concatenate([low, high])].astype(np.float64)
    others = case.partners[np.concatenate([high, low])].astype(np.float64)
    if not len(ends) or ends.min() == ends.max():
        return {"degree_assortativity": float("nan")}
    return {"degree_assortativity": float(np.corrcoef(ends, others)[0, 1])}


def _mixing(case: Case, groups: Groups) -> Mixing:
    if case.directed:
        source, target = case.edges.source, case.edges.target
    else:
        source, target, _ = case.pairs
    size = len(groups.codes)
    first, second = groups.of[source], groups.of[target]
    known = (first >= 0) & (second >= 0)
    flat = first[known] * size + second[known]
    pairs = np.bincount(flat, minlength=size * size).reshape(size, size)
    ends = np.unique(np.concatenate([source[known], target[known]]))
    tied = np.bincount(groups.of[ends], minlength=size).astype(np.int64)
    sizes = groups.sizes
    possible = np.outer(sizes, sizes)
    own = sizes * (sizes - 1)
    if not case.directed:
        diagonal = np.diag(np.diag(pairs))
        pairs = pairs + pairs.T - diagonal
        own = own // 2
    np.fill_diagonal(possible, own)
    return Mixing(
        groups,
        pairs.astype(np.int64),
        possible.astype(np.int64),
        case.directed,
        int((~known).sum()),
        tied,
    )


def _ei(across: int, inside: int) -> float:
    total = across + inside
    return (across - inside) / total if total else float("nan")
