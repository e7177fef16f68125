"""Codings of the same documents in; alpha for each variable, the overlap of ties, and what differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import isnan, nan
from typing import cast

import numpy as np

from simpul.graph_builder import Coding

from .distances import Metric, Value
from .matching import Matched, common_documents, match_ties
from .reliability import (
    LEVEL,
    RESAMPLES,
    Alpha,
    Interval,
    alpha_interval,
    krippendorff_alpha,
)
from .variables import (
    Cell,
    Variable,
    called,
    documents_in_common,
    match_institutions,
    variables_of,
)

RELIABLE_FROM = 0.8
TENTATIVE_FROM = 0.667
"""Krippendorff's customary bounds, which are custom and no test.

Source: Krippendorff 2019, Content Analysis, 4th ed., ch. 12.
"""


class Reading(StrEnum):
    """What an alpha is customarily taken to allow."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Measured:
    """How reliable one variable is.

    `firm` tells that its whole interval reads the same, and that every resample had an alpha.
    """

    name: str
    metric: Metric
    alpha: Alpha
    interval: Interval
    reading: Reading
    firm: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many triples two coders share. `f1` is 2 both / (2 both + only one + only the other)."""

    one: str
    other: str
    both: int
    only_one: int
    only_other: int
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that coders who both had the document coded differently, for adjudication."""

    variable: str
    document: str
    of: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Codings held against each other; disagreements go document by document."""

    coders: tuple[str, ...]
    documents: tuple[str, ...]
    measured: tuple[Measured, ...]
    overlaps: tuple[Overlap, ...]
    disagreements: tuple[Disagreement, ...]


def compare_codings(
    codings: Sequence[Coding], *, seed: int = 1, resamples: int = RESAMPLES
) -> Comparison:
    """Hold two codings or more against each other.

    Intervals draw whole documents, since what is read in one document hangs together.
    Time grows with the number of pairs of ties that share a document, and with `resamples`.
    """
    documents = documents_in_common(codings)
    ties = match_ties(codings, documents)
    institutions = match_institutions(codings, documents)
    variables = variables_of(codings, ties, institutions, documents)
    missing = [
        *_missing("tie", [coding.documents for coding in codings], ties, documents),
        *_missing(
            "institution",
            # Who wrote down no institution at all took them from a code book.
            [c.documents if c.institutions else frozenset() for c in codings],
            institutions,
            documents,
        ),
    ]
    return Comparison(
        tuple(coding.name for coding in codings),
        tuple(sorted(documents)),
        tuple(_measured(variable, seed, resamples) for variable in variables),
        tuple(_overlaps(codings, variables[-1], seed, resamples)),
        tuple(sorted([*missing, *_differing(variables)], key=lambda one: one.document)),
    )


def reading_of(alpha: float) -> Reading:
    """What a value of alpha is customarily taken to allow.

    >>> reading_of(0.8), reading_of(0.7), reading_of(0.1)
    (<Reading.RELIABLE: 'reliable'>, <Reading.TENTATIVE: 'tentative'>, <Reading.UNRELIABLE: 'unreliable'>)
    """
    if isnan(alpha):
        return Reading.UNDEFINED
    if alpha >= RELIABLE_FROM:
        return Reading.RELIABLE
    return Reading.TENTATIVE if alpha >= TENTATIVE_FROM else Reading.UNRELIABLE


def _measured(variable: Variable, seed: int, resamples: int) -> Measured:
    table = [[cell and cell.value for cell in unit.cells] for unit in variable.units]
    clusters = [unit.document for unit in variable.units]
    alpha = krippendorff_alpha(table, variable.metric)
    interval = alpha_interval(
        table, variable.metric, seed=seed, clusters=clusters, resamples=resamples
    )
    reading = reading_of(alpha.value)
    ends = {reading_of(interval.low), reading_of(interval.high)}
    firm = ends == {reading} - {Reading.UNDEFINED} and not interval.undefined
    return Measured(variable.name, variable.metric, alpha, interval, reading, firm)


def _overlaps(
    codings: Sequence[Coding], triples: Variable, seed: int, resamples: int
) -> Iterator[Overlap]:
    """The overlap of each two coders over the documents that both have."""
    for i, j in combinations(range(len(codings)), 2):
        pairs = [(unit.cells[i], unit.cells[j]) for unit in triples.units]
        sets = [(_set(a), _set(b)) for a, b in pairs if a and b]
        counts = [(len(a & b), len(a - b), len(b - a)) for a, b in sets]
        yield overlap_of(
            codings[i].name, codings[j].name, counts, seed=seed, resamples=resamples
        )


def overlap_of(
    one: str,
    other: str,
    counts: Sequence[tuple[int, int, int]],
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> Overlap:
    """The overlap of two coders from counts of each document: in both, only in one, only the other.

    F1 takes no account of chance. Its bounds are those of a percentile bootstrap that draws whole
    documents, and of `alpha_interval` where nothing differs; nan where one document or none has a
    triple.
    """
    table = np.array([row for row in counts if any(row)] or [(0, 0, 0)])
    total = table.sum(axis=0)
    both, only_one, only_other = map(int, total)
    size, f1, tail = len(table), _f1(total), (1 - LEVEL) / 2
    low, high = nan, nan
    if f1 == 1:
        low, high = tail ** (1 / size), 1.0
    elif size > 1:
        random = np.random.default_rng(seed)
        drawn = [
            _f1(table[random.integers(size, size=size)].sum(axis=0))
            for _ in range(resamples)
        ]
        low, high = map(float, np.quantile(drawn, (tail, 1 - tail)))
    return Overlap(one, other, both, only_one, only_other, f1, low, high)


def _f1(counts: Iterable[int]) -> float:
    both, one, other = map(int, counts)
    return 2 * both / (2 * both + one + other) if both + one + other else nan


def _differing(variables: Iterable[Variable]) -> Iterator[Disagreement]:
    for variable in variables:
        for unit in variable.units:
            if len({cell.value for cell in unit.cells if cell}) > 1:
                yield Disagreement(variable.name, unit.document, unit.of, unit.cells)


def _missing(
    kind: str,
    read: Sequence[frozenset[str]],
    things: Iterable[Matched],
    documents: frozenset[str],
) -> Iterator[Disagreement]:
    """What some coder has and another, who `read` the document, has not."""
    for thing in things:
        cited = common_documents(thing, documents)
        if any(
            one is None and not theirs.isdisjoint(cited)
            for theirs, one in zip(read, thing, strict=True)
        ):
            cells = tuple(
                Cell(one.key, one.key, one.written) if one else None for one in thing
            )
            yield Disagreement(kind, cited[0], called(thing), cells)


def _set(cell: Cell) -> frozenset[Value]:
    return cast("frozenset[Value]", cell.value)
