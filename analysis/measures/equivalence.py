"""Bodies with the same partners: blocks by CONCOR, and the blockmodel that shows who deals with whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dyads import Dyads, Indices
from .case import Case
from .communities import numbered
from .measure import Asked, Parted

Matrix = NDArray[np.float64]

_ROUNDS = 200
_LARGEST = 3_000  # correlations of all pairs take memory with the square


@dataclass(frozen=True)
class Blockmodel:
    """The density of ties within and between blocks, and its image: 1 where the density is at least `cut`.

    A block of one node has no pair inside it: its own density is nan, its own image 0.
    """

    sizes: Indices
    density: Matrix
    image: Indices
    cut: float


def structural_blocks(case: Case, asked: Asked) -> Parted:
    """Part the nodes in up to four blocks of similar partners by CONCOR, splitting twice in two.

    The profile of a node is its row of weights, and its column too where there is direction. Profiles are correlated, the
    correlations correlated, and so on until all are 1 or -1. Nodes whose profile is constant, isolates among
    them, have no correlation and are one block of their own. Facts: `blocks`.
    Source: Breiger, Boorman and Arabie 1975, Journal of Mathematical Psychology 12, 328-383.
    """
    if case.n > _LARGEST:
        nobody = np.zeros(case.n, dtype=np.int64)
        return Parted(nobody, {"blocks": float("nan")})
    matrix = np.asarray(case.adjacency.toarray(), dtype=np.float64)
    profiles = np.hstack([matrix, matrix.T]) if case.directed else matrix
    groups = numbered(concor(profiles, depth=2))
    return Parted(groups, {"blocks": float(len(np.unique(groups)))})


def concor(profiles: Matrix, depth: int = 2) -> Indices:
    """Give each row its block after `depth` splits in two, numbered in no particular order.

    A block of one row, or of rows that are all alike, is not split. Constant rows are a block of their own.
    Source: Breiger, Boorman and Arabie 1975, Journal of Mathematical Psychology 12, 328-383.
    """
    blocks = np.zeros(len(profiles), dtype=np.int64)
    if not len(profiles):
        return blocks
    constant = np.isclose(profiles.min(axis=1), profiles.max(axis=1))
    blocks[constant] = 1
    for _ in range(depth):
        for block in np.unique(blocks[~constant]).tolist():
            rows = np.flatnonzero((blocks == block) & ~constant)
            if len(rows) > 1:
                apart = _split(profiles[rows])
                blocks[rows[apart]] = blocks.max() + 1
    return blocks


def blockmodel(dyads: Dyads, groups: Indices, cut: float | None = None) -> Blockmodel:
    """Give the density of ties between blocks, and the image matrix at a cut: by default the overall density.

    Any tie counts 1; ordered pairs, so that without direction both matrices are symmetric.
    Source: White, Boorman and Breiger 1976, American Journal of Sociology 81, 730-780; the cut at the overall
    density (the alpha criterion) Arabie, Boorman and Levitt 1978.
    """
    case = Case(dyads)
    source, target = case.edges.source, case.edges.target
    if not case.directed:
        source, target = (
            np.concatenate([source, target]),
            np.concatenate([target, source]),
        )
    count = int(groups.max()) + 1 if len(groups) else 0
    flat = groups[source] * count + groups[target]
    tied = np.bincount(flat, minlength=count * count).reshape(count, count)
    sizes = np.bincount(groups, minlength=count)
    possible = np.outer(sizes, sizes)
    np.fill_diagonal(possible, sizes * (sizes - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        density = tied / possible
    overall = float(tied.sum() / possible.sum()) if possible.sum() else 0.0
    threshold = overall if cut is None else cut
    filled = np.nan_to_num(density)
    image = ((filled >= threshold) & (filled > 0)).astype(np.int64)
    return Blockmodel(sizes.astype(np.int64), density, image, threshold)


def _split(profiles: Matrix) -> NDArray[np.bool_]:
    """Which rows are apart from the first one when the correlations of correlations have settled."""
    alike = _correlate(profiles)
    for _ in range(_ROUNDS):
        after = _correlate(alike)
        if np.allclose(np.abs(after), 1, atol=1e-9):
            alike = after
            break
        alike = after
    return np.asarray(alike[0] < 0)


def _correlate(rows: Matrix) -> Matrix:
    """Pearson's r of each two rows; two rows without variance are wholly alike."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    size = np.sqrt((centred**2).sum(axis=1))
    flat = size < 1e-12
    size[flat] = 1
    found = centred @ centred.T / np.outer(size, size)
    found[np.ix_(flat, flat)] = 1.0
    return np.asarray(np.clip(found, -1, 1))
