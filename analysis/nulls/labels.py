"""Mixing and brokerage by groups, tested by handing the labels of bodies out anew.

The null: who is tied to whom stays as it is, and so does how many bodies of each group there are; which of
the tied bodies is in which group is chance. Bodies without a label or a tie take no part.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from ..dyads import Dyads, Indices, Weights
from .tested import DRAWS, SEED, Tested, Untestable, generator, tested

By = Literal["sector", "strand", "kind"]
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""The roles of Gould and Fernandez 1989, Sociological Methodology 19, 89-126.

Of a path from a over b to c without a step from a to c, b is coordinator if all are of one group, itinerant if
a and c are and b is not, representative if a and b are, gatekeeper if b and c are, liaison if no two are.
"""


def mixing_test(
    dyads: Dyads, by: By = "strand", n: int = DRAWS, seed: int = SEED
) -> tuple[Tested, Tested]:
    """The E-I index and the assortativity of groups, each against labels handed out anew.

    E-I: pairs across groups less pairs within, by all pairs (Krackhardt and Stern 1988). Assortativity: (sum of
    e_ii - sum of a_i b_i) / (1 - sum of a_i b_i) (Newman 2003, Physical Review E 67, 026126), both
    over distinct pairs without weights.

    Raises: Untestable if fewer than two groups have ties.
    """
    source, target, labels = labelled(dyads, by)
    draws = _dealt(labels, n, seed)
    observed = labels[None, :]
    return (
        tested(
            "ei",
            "labels",
            float(_ei(observed, source, target)[0]),
            _ei(draws, source, target),
            seed,
        ),
        tested(
            "assortativity",
            "labels",
            float(_assortativity(observed, source, target)[0]),
            _assortativity(draws, source, target),
            seed,
        ),
    )


def brokerage_test(
    dyads: Dyads, by: By = "strand", n: int = DRAWS, seed: int = SEED
) -> Mapping[tuple[str, str], Tested]:
    """How often each body brokers in each role, against labels handed out anew, by (body, role).

    Without direction a path counts both ways, so representative and gatekeeper are equal and only gatekeeper is
    tested. Only bodies that broker at all are given; as many tests as there are bodies and roles call for a
    correction of their p.

    Raises: Untestable if fewer than two groups have ties.
    """
    source, target, labels = labelled(dyads, by)
    nodes = _nodes(dyads, by)
    paths = open_paths(source, target, len(labels), directed=dyads.rules.directed)
    counts = role_counts(labels[None, :], paths)[0]
    dealt = _dealt(labels, n, seed)
    # A hundred deals at a time, so that paths x deals stay in bounds.
    drawn = np.concatenate(
        [role_counts(dealt[at : at + 100], paths) for at in range(0, n, 100)]
    )
    return {
        (nodes[body], role): tested(
            "brokerage",
            "labels",
            float(counts[body, number]),
            drawn[:, body, number],
            seed,
        )
        for body in np.unique(paths[:, 1]).tolist()
        for number, role in enumerate(ROLES)
        if dyads.rules.directed or role != "representative"
    }


def brokerage_tests(dyads: Dyads, by: By = "strand") -> int:
    """How many tests `brokerage_test` makes: the draws to ask for rest on it.

    Raises: Untestable if fewer than two groups have ties.
    """
    source, target, labels = labelled(dyads, by)
    directed = dyads.rules.directed
    paths = open_paths(source, target, len(labels), directed=directed)
    return len(np.unique(paths[:, 1])) * (len(ROLES) - (not directed))


def labelled(dyads: Dyads, by: By) -> tuple[Indices, Indices, Indices]:
    """The distinct pairs between bodies that have a label, and the labels, as small numbers.

    Raises: Untestable if fewer than two groups have ties.
    """
    nodes = _nodes(dyads, by)
    place = {iri: index for index, iri in enumerate(nodes)}
    code = {
        body.iri: found.code
        for body in dyads.bodies
        if (
            found := {"sector": body.sector, "strand": body.strand, "kind": body.kind}[
                by
            ]
        )
    }
    codes = sorted({code[iri] for iri in nodes})
    if len(codes) < 2:
        raise Untestable(
            "groups",
            f"fewer than two groups by {by} have ties; choose another grouping",
        )
    pairs = [
        (place[a], place[b]) for a, b in _pairs(dyads) if a in place and b in place
    ]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    labels = np.array([codes.index(code[iri]) for iri in nodes], np.int64)
    return ends[:, 0], ends[:, 1], labels


def open_paths(
    source: Indices, target: Indices, nodes: int, *, directed: bool
) -> Indices:
    """Rows (a, b, c): a is tied to b and b to c, a is not c and not tied to c."""
    steps = set(zip(source.tolist(), target.tolist(), strict=True))
    if not directed:
        steps |= {(b, a) for a, b in steps}
    after: dict[int, list[int]] = {}
    for a, b in sorted(steps):
        after.setdefault(a, []).append(b)
    rows = [
        (a, b, c)
        for a, b in sorted(steps)
        for c in after.get(b, ())
        if c != a and (a, c) not in steps
    ]
    return np.array(rows, np.int64).reshape(-1, 3)


def role_counts(labels: Indices, paths: Indices) -> Indices:
    """Counts by deal of labels, body and role, from deals down and bodies across."""
    a, b, c = labels[:, paths[:, 0]], labels[:, paths[:, 1]], labels[:, paths[:, 2]]
    role = np.select(
        [(a == b) & (b == c), a == c, a == b, b == c], [0, 1, 2, 3], default=4
    )
    deals, nodes = labels.shape
    deal: Indices = np.arange(deals, dtype=np.int64)[:, None]
    brokers: Indices = deal * nodes + paths[:, 1]
    cells: Indices = brokers * len(ROLES) + np.asarray(role, np.int64)
    size = deals * nodes * len(ROLES)
    found = np.bincount(cells.reshape(-1), minlength=size)
    return found.reshape(deals, nodes, len(ROLES)).astype(np.int64)


def _pairs(dyads: Dyads) -> list[tuple[str, str]]:
    edges = dyads.edges
    return [
        (dyads.nodes[a], dyads.nodes[b])
        for a, b in zip(edges.source.tolist(), edges.target.tolist(), strict=True)
    ]


def _nodes(dyads: Dyads, by: By) -> tuple[str, ...]:
    known = {
        body.iri
        for body in dyads.bodies
        if {"sector": body.sector, "strand": body.strand, "kind": body.kind}[by]
    }
    both = [pair for pair in _pairs(dyads) if set(pair) <= known]
    return tuple(sorted({end for pair in both for end in pair}))


def _dealt(labels: Indices, n: int, seed: int) -> Indices:
    random = generator("labels", n, seed)
    return random.permuted(np.tile(labels, (n, 1)), axis=1)


def _ei(labels: Indices, source: Indices, target: Indices) -> Weights:
    across = (labels[:, source] != labels[:, target]).mean(axis=1)
    return np.asarray(2 * across - 1, np.float64)


def _assortativity(labels: Indices, source: Indices, target: Indices) -> Weights:
    within = (labels[:, source] == labels[:, target]).mean(axis=1)
    groups = int(labels.max()) + 1
    ends = np.bincount(
        np.concatenate([source, target]), minlength=labels.shape[1]
    ).astype(np.float64)
    shares = np.stack([(labels == group) @ ends for group in range(groups)], axis=1)
    chance = ((shares / ends.sum()) ** 2).sum(axis=1)
    found: Weights = np.divide(
        within - chance, 1 - chance, out=np.full_like(chance, np.nan), where=chance < 1
    )
    return found
