"""Where a measure of each body may lie, given how sure the ties are, and what that lets one say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

import numpy as np

from simpul.ontology import Language, SimpulError, Wording, near_miss

from ..dyads import Dyads, Indices, Weights
from ..network import Body
from .batched import BATCHED, values_of
from .belief import Prior
from .draws import DRAWS, SEED, Draws, sample

LEVEL = 0.95
NEAR_TOP = 5
"""A body whose rank is at most this in LEVEL of the draws is told by its rank; of others the data say none."""
# Sums of fractions in another order differ in the last digits; equal bodies must stay equal.
_DIGITS = 10
_LOWEST_FIRST = frozenset({"constraint"})


class UnknownIntervalMeasure(SimpulError):
    """No measure with intervals has this name."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        near = near_miss(asked, BATCHED)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(BATCHED)}"
        super().__init__(f"no measure {asked!r} with intervals; {hint}")


class Verdict(StrEnum):
    """What the draws allow to say of a rank.

    FIRST: first, alone or with equals, in LEVEL of the draws or more. NEAR_TOP: the rank interval ends at NEAR_TOP
    or before. CANNOT_TELL: neither.
    """

    FIRST = "first"
    NEAR_TOP = "near-top"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class BodyInterval:
    """One body by one measure: on record, and over the draws.

    `low` and `high` are the 2.5th and 97.5th percentile of its values, `rank_low` and `rank_high` of its ranks
    (whole numbers, widened rather than narrowed). `first` is the share of draws it leads; k equal leaders
    get 1/k each. `leads` counts such draws in full. `undefined` counts draws without a value for it, which
    its values leave out and in which it ranks last.
    """

    body: Body
    value: float
    rank: int
    median: float
    low: float
    high: float
    rank_low: int
    rank_high: int
    first: float
    leads: float
    undefined: int

    @property
    def verdict(self) -> Verdict:
        """What may be said of its rank."""
        if self.leads >= LEVEL:
            return Verdict.FIRST
        if self.rank_high <= NEAR_TOP:
            return Verdict.NEAR_TOP
        return Verdict.CANNOT_TELL

    def say(self, measure: str, language: Language) -> str:
        """One sentence on its rank, which says so where the data cannot tell.

        The rank is named only if the verdict is FIRST or NEAR_TOP.
        """
        words = _words()
        return words.say(
            f"rank-{self.verdict}",
            language,
            body=self.body.acronym or self.body.name.say(language) or self.body.key,
            measure=words.say(f"measure-{measure}", language),
            low=self.rank_low,
            high=self.rank_high,
            share=f"{self.leads:.0%}",
            level=f"{LEVEL:.0%}",
        )


@dataclass(frozen=True)
class Intervals:
    """Intervals by measure, each in order of rank on record and then IRI, and what they rest on.

    Nodes of a two-mode network that are ties have none.
    """

    draws: int
    seed: int
    level: float
    certain: int
    ties: int
    rows: dict[str, tuple[BodyInterval, ...]]

    def say(self, language: Language) -> str:
        """How the intervals were made, in a sentence that belongs beside every table of them."""
        facts = {name: getattr(self, name) for name in ("draws", "seed", "certain")}
        level = f"{self.level:.0%}"
        return _words().say(
            "basis", language, **facts, ties=self.ties, level=level, near_top=NEAR_TOP
        )

    def conclusion(self, measure: str, language: Language) -> str:
        """What the data say of the first place, and of those near it, in a sentence or a few."""
        rows = self.rows[measure]
        told = [row for row in rows if row.verdict is not Verdict.CANNOT_TELL]
        if told:
            return " ".join(row.say(measure, language) for row in told[:NEAR_TOP])
        words = _words()
        name = words.say(f"measure-{measure}", language)
        likely = max(rows, key=lambda row: row.first, default=None)
        if likely is None or likely.first == 0:
            return words.say("nobody", language, measure=name)
        body = likely.body
        return words.say(
            "cannot-tell-first",
            language,
            measure=name,
            body=body.acronym or body.name.say(language) or body.key,
            share=f"{likely.first:.0%}",
        )


def intervals(
    dyads: Dyads,
    measures: Sequence[str] = BATCHED,
    n: int = DRAWS,
    seed: int = SEED,
    *,
    prior: Prior | None = None,
    probability: Weights | None = None,
) -> Intervals:
    """Intervals of every body by each measure over n drawn networks.

    Ranks descend with the value, equal bodies sharing the better one; by constraint the least
    constrained is first. A body without a tie in a draw has no constraint there and ranks last. The intervals speak of
    unsure ties only: not of ties nobody recorded, nor of choices that the rules make.

    Raises: UnknownIntervalMeasure; UnusableDraw.
    """
    return intervals_of(
        sample(dyads, n, seed, prior=prior, probability=probability), measures
    )


def intervals_of(draws: Draws, measures: Sequence[str] = BATCHED) -> Intervals:
    """Intervals of every body by each measure over networks that are drawn already.

    Raises: UnknownIntervalMeasure.
    """
    for name in measures:
        if name not in BATCHED:
            raise UnknownIntervalMeasure(name)
    names = tuple(measures)
    found = [values_of(batch, names) for batch in draws.batches()]
    observed = values_of(draws.observed(), names)
    rows = {
        name: _rows(
            draws, name, observed[name], np.concatenate([each[name] for each in found])
        )
        for name in names
    }
    certain = int((draws.probability >= 1).sum())
    return Intervals(draws.n, draws.seed, LEVEL, certain, len(draws.dyads.ties), rows)


def ranks_of(table: Weights, *, lowest_first: bool = False) -> Indices:
    """The rank of each column in each row: 1, 2, 2, 4 from the greatest on, values without a number last.

    >>> ranks_of(np.array([[2.0, 3.0, 2.0, 0.0]])).tolist()
    [[2, 1, 2, 4]]
    """
    rankdata: Any = import_module("scipy.stats").rankdata
    key = np.round(table, _DIGITS) * (1 if lowest_first else -1)
    key = np.where(np.isnan(key), np.inf, key)
    return np.asarray(rankdata(key, method="min", axis=1)).astype(np.int64)


def _rows(
    draws: Draws, name: str, observed: Weights, drawn: Weights
) -> tuple[BodyInterval, ...]:
    bodies = draws.dyads.bodies
    places: Indices = draws.active[draws.active < len(bodies)]
    columns = np.arange(len(places))
    isolated = np.nan if name in ("constraint", "effective_size", "efficiency") else 0.0
    if name == "pagerank":
        # What the walker's jumps alone give; the same for every body without a tie.
        isolated = float("nan")
    # All bodies take part in the ranks, those that no tie reaches too.
    values = np.full((draws.n, len(bodies)), isolated)
    values[:, places] = drawn[:, columns]
    on_record = np.full((1, len(bodies)), isolated)
    on_record[:, places] = observed[:, columns]
    lowest_first = name in _LOWEST_FIRST
    ranks = ranks_of(values, lowest_first=lowest_first)
    rank = ranks_of(on_record, lowest_first=lowest_first)[0]
    leads = (ranks == 1) & ~np.isnan(values)
    if not lowest_first:
        leads &= values > 0
    shares = leads / np.maximum(leads.sum(axis=1, keepdims=True), 1)
    tail = (1 - LEVEL) / 2
    made: list[BodyInterval] = []
    numbers: list[int] = places.tolist()
    for place in numbers:
        column = values[:, place]
        known = column[~np.isnan(column)]
        low, median, high = (
            np.quantile(known, (tail, 0.5, 1 - tail)) if len(known) else [np.nan] * 3
        )
        own = ranks[:, place]
        made.append(
            BodyInterval(
                body=bodies[place],
                value=float(on_record[0, place]),
                rank=int(rank[place]),
                median=float(median),
                low=float(low),
                high=float(high),
                rank_low=int(np.quantile(own, tail, method="lower")),
                rank_high=int(np.quantile(own, 1 - tail, method="higher")),
                first=float(shares[:, place].mean()),
                leads=float(leads[:, place].mean()),
                undefined=draws.n - len(known),
            )
        )
    return tuple(sorted(made, key=lambda row: (row.rank, row.body.iri)))


def _words() -> Wording:
    return Wording.load("simpul.analysis.uncertainty", "words.toml")
