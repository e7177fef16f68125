"""Matrices of one set of bodies compared: QAP correlation and MRQAP regression.

p is the share of permutations whose statistic is at least as large in size, |stat*| >= |stat|, as in
Dekker, Krackhardt and Snijders 2007 and in `sna` for R.

The null: the two networks have nothing to do with each other; each keeps its shape, and which body of
the one is which of the other is chance. Rows and columns are permuted together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..dyads import Weights
from .tested import DRAWS, SEED, Tested, Untestable, generator, tested

Method = Literal["dsp", "y"]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of a regression on matrices, its t as usual, and the test of that t."""

    name: str
    value: float
    t: float
    test: Tested


@dataclass(frozen=True, slots=True)
class Regression:
    """A regression on the off-diagonal cells. The intercept has no test, as a permutation cannot move it."""

    intercept: float
    coefficients: tuple[Coefficient, ...]
    r_squared: float
    cells: int
    method: Method


def qap_correlation(
    x: ArrayLike,
    y: ArrayLike,
    n: int = DRAWS,
    seed: int = SEED,
    *,
    directed: bool = False,
) -> Tested:
    """Pearson's r of two matrices off their diagonals, against permutations of the bodies of the second.

    Source: Hubert and Schultz 1976; Krackhardt 1987, Social Networks 9, 171-186.

    Raises: Untestable if the matrices do not fit or one is constant.
    """
    first, second = _square("qap", x), _square("qap", y)
    if first.shape != second.shape:
        raise Untestable("qap", "both matrices need the same bodies in the same order")
    cells = _cells(len(first), directed)
    a = _standard(first[cells])
    _standard(second[cells])
    random = generator("qap", n, seed)
    drawn = np.empty(n)
    b = second[cells]
    mean, spread = b.mean(), b.std()
    for draw in range(n):
        order = random.permutation(len(second))
        moved = second[np.ix_(order, order)][cells]
        drawn[draw] = a @ (moved - mean) / (spread * len(a))
    observed = float(a @ _standard(b) / len(a))
    return tested("qap", "bodies", observed, drawn, seed, by_size=True)


def mrqap(
    y: ArrayLike,
    x: Mapping[str, ArrayLike],
    n: int = DRAWS,
    seed: int = SEED,
    *,
    directed: bool = False,
    method: Method = "dsp",
) -> Regression:
    """Least squares of one matrix on others, each coefficient's t against permutations.

    "dsp", double semi-partialing: what a predictor has beyond the others is permuted, which holds up when
    predictors are correlated (Dekker, Krackhardt and Snijders 2007, Psychometrika 72, 563-581).
    "y": the response is permuted, for all coefficients at once (Krackhardt 1988).

    Raises: Untestable if matrices do not fit, or if a predictor follows from the others.
    """
    response = _square("mrqap", y)
    names = tuple(x)
    given = [_square("mrqap", x[name]) for name in names]
    if not given or any(each.shape != response.shape for each in given):
        raise Untestable(
            "mrqap", "every matrix needs the same bodies in the same order"
        )
    cells = _cells(len(response), directed)
    target = response[cells]
    design = np.column_stack([np.ones(len(target)), *(each[cells] for each in given)])
    if (
        len(target) <= design.shape[1]
        or np.linalg.matrix_rank(design) < design.shape[1]
    ):
        raise Untestable("mrqap", "a predictor is constant or follows from the others")
    values, ts = _fit(design, target)
    random = generator("mrqap", n, seed)
    drawn = np.empty((n, len(names)))
    size = len(response)
    beyond = [] if method == "y" else _beyond(design, size, cells, directed=directed)
    for draw in range(n):
        order = random.permutation(size)
        if method == "y":
            drawn[draw] = _fit(design, response[np.ix_(order, order)][cells])[1][1:]
            continue
        for number, residual in enumerate(beyond):
            moved = design.copy()
            moved[:, number + 1] = residual[np.ix_(order, order)][cells]
            drawn[draw, number] = _fit(moved, target)[1][number + 1]
    rest = target - design @ values
    around = target - target.mean()
    return Regression(
        float(values[0]),
        tuple(
            Coefficient(
                name,
                float(values[number + 1]),
                float(ts[number + 1]),
                tested(
                    "mrqap",
                    "bodies" if method == "y" else "residuals",
                    float(ts[number + 1]),
                    drawn[:, number],
                    seed,
                    by_size=True,
                ),
            )
            for number, name in enumerate(names)
        ),
        float(1 - (rest @ rest) / (around @ around)),
        len(target),
        method,
    )


def _fit(design: Weights, target: Weights) -> tuple[Weights, Weights]:
    inverse = np.linalg.pinv(design.T @ design)
    values = inverse @ design.T @ target
    rest = target - design @ values
    free = len(target) - design.shape[1]
    error = np.sqrt(np.maximum(np.diag(inverse) * (rest @ rest) / free, 1e-300))
    return values, values / error


def _beyond(
    design: Weights, size: int, cells: NDArray[np.bool_], *, directed: bool
) -> list[Weights]:
    found: list[Weights] = []
    for number in range(1, design.shape[1]):
        others = np.delete(design, number, axis=1)
        column = design[:, number]
        rest = column - others @ np.linalg.lstsq(others, column, rcond=None)[0]
        matrix = np.zeros((size, size))
        matrix[cells] = rest
        found.append(matrix if directed else matrix + matrix.T)
    return found


def _cells(size: int, directed: bool) -> NDArray[np.bool_]:
    every = np.ones((size, size), np.bool_)
    return ~np.eye(size, dtype=np.bool_) if directed else np.triu(every, 1)


def _square(test: str, matrix: ArrayLike) -> Weights:
    values = np.asarray(matrix, np.float64)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or len(values) < 3:
        raise Untestable(test, "give square matrices of three bodies or more")
    if not np.isfinite(values).all():
        raise Untestable(test, "every cell needs a finite number")
    return values


def _standard(values: Weights) -> Weights:
    spread = values.std()
    if spread == 0:
        raise Untestable(
            "qap", "a matrix whose cells are all equal correlates with none"
        )
    return np.asarray((values - values.mean()) / spread)
