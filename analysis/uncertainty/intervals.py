"""Where a measure of each body may lie, given how sure the ties are, and what that lets one say.

Every measure of bodies can have an interval: many networks at once where `batched` has it, else one network at a
time. Figures of networks as a whole have theirs in `figures`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

import numpy as np

from simpul.ontology import Language, SimpulError, Wording, near_miss

from ..dyads import Dyads, Indices, Weights
from ..measures import MEASURES, Level, Measure, measurable, measure_all
from ..measures import title as title_of
from ..network import Body
from .batched import BATCHED, values_of
from .belief import Prior
from .draws import DRAWS, SEED, Draws, sample

LEVEL = 0.95
NEAR_TOP = 5
"""A body whose rank is at most this in LEVEL of the draws is told by its rank; of others the data say none."""
# Sums of fractions in another order differ in the last digits; equal bodies must stay equal.
_DIGITS = 10
USUAL_INTERVALS = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "harmonic",
    "eigenvector",
    "pagerank",
    "constraint",
    "effective_size",
    "efficiency",
)
"""The measures that have intervals unless others are asked for, in the order of tables."""
_UNDEFINED_ALONE = frozenset({"constraint", "effective_size", "efficiency"})


class UnknownIntervalMeasure(SimpulError):
    """No measure of the bodies of this network has this name."""

    def __init__(self, asked: str, known: Sequence[str]) -> None:
        self.asked = asked
        near = near_miss(asked, known)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(known)}"
        super().__init__(f"no measure {asked!r} of bodies with intervals; {hint}")


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
    (whole numbers, widened rather than narrowed). `first` is the share of draws it leads, alone or with
    equals, so that the shares of all bodies can add up to more than 1. `undefined` counts draws, of `draws`, without a value for it, which
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
    undefined: int
    draws: int

    @property
    def verdict(self) -> Verdict:
        """What may be said of its rank."""
        if self.first >= LEVEL:
            return Verdict.FIRST
        if self.rank_high <= NEAR_TOP:
            return Verdict.NEAR_TOP
        return Verdict.CANNOT_TELL

    def say(self, measure: str, language: Language) -> str:
        """One sentence on its rank, which says so where the data cannot tell.

        The rank is named only if the verdict is FIRST or NEAR_TOP.
        """
        say = _words().say
        low, high = self.rank_low, self.rank_high
        share = _share(self.first, language)
        return say(
            f"rank-{self.verdict}",
            language,
            body=self.body.acronym or self.body.name.say(language) or self.body.key,
            measure=measure_name(measure, language),
            ranks=say(
                "rank-one" if low == high else "rank-span", language, low=low, high=high
            ),
            share=share,
            leads=say("leads", language, share=share)
            if self.first
            else say("never-leads", language, draws=self.draws),
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
        name = measure_name(measure, language)
        likely = max(rows, key=lambda row: row.first, default=None)
        if likely is None or likely.first == 0:
            return words.say("nobody", language, measure=name)
        body = likely.body
        return words.say(
            "cannot-tell-first",
            language,
            measure=name,
            body=body.acronym or body.name.say(language) or body.key,
            share=_share(likely.first, language),
        )


def intervals(
    dyads: Dyads,
    measures: Sequence[str] = USUAL_INTERVALS,
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


def intervals_of(draws: Draws, measures: Sequence[str] = USUAL_INTERVALS) -> Intervals:
    """Intervals of every body by each measure over networks that are drawn already.

    Raises: UnknownIntervalMeasure.
    """
    names = tuple(measures)
    require_node_measures(draws.dyads, names)
    on_record, drawn = observed_values(draws, names), drawn_values(draws, names)
    rows = {
        name: _rows(draws, MEASURES[name], on_record[name], drawn[name])
        for name in names
    }
    certain = int((draws.probability >= 1).sum())
    return Intervals(draws.n, draws.seed, LEVEL, certain, len(draws.dyads.ties), rows)


def require_node_measures(dyads: Dyads, names: Sequence[str]) -> None:
    """Refuse names that are no measures of the nodes of this network.

    Raises: UnknownIntervalMeasure.
    """
    known = measurable(dyads, Level.NODE)
    for name in names:
        if name not in known:
            raise UnknownIntervalMeasure(name, known)


def observed_values(draws: Draws, names: Sequence[str]) -> dict[str, Weights]:
    """Each measure of each body on record, every tie there, as a table of one row."""
    batched = tuple(name for name in names if name in BATCHED)
    found = _batched_values(draws, [values_of(draws.observed(), batched)])
    return found | one_by_one([draws.dyads], [n for n in names if n not in BATCHED])


def drawn_values(draws: Draws, names: Sequence[str]) -> dict[str, Weights]:
    """Each measure of each body in every drawn network: networks down, bodies across."""
    batched = tuple(name for name in names if name in BATCHED)
    found: dict[str, Weights] = {}
    if batched:
        parts = [values_of(batch, batched) for batch in draws.batches()]
        found = _batched_values(draws, parts)
    others = [name for name in names if name not in BATCHED]
    return found | (one_by_one(draws.one_by_one(), others) if others else {})


def one_by_one(networks: Iterable[Dyads], names: Sequence[str]) -> dict[str, Weights]:
    """Measures of the bodies of networks over the same nodes, one network at a time.

    The general way: it is slower than `batched` and gives the same.
    """
    rows: dict[str, list[list[float]]] = {name: [] for name in names}
    for dyads in networks if names else ():
        for figures in measure_all(dyads, names):
            values = figures.values
            rows[figures.measure].append([values[body.iri] for body in dyads.bodies])
    return {name: np.array(table, np.float64) for name, table in rows.items()}


def measure_name(name: str, language: Language) -> str:
    """What people call a measure, and from which end it ranks."""
    called = title_of(name, language)
    if MEASURES[name].lowest_first:
        return f"{called} ({_words().say('least-first', language)})"
    return called


def _batched_values(
    draws: Draws, parts: Sequence[Mapping[str, Weights]]
) -> dict[str, Weights]:
    """Tables of a batch with a column for every body, those that no tie reaches too."""
    bodies = len(draws.dyads.bodies)
    places: Indices = draws.active[draws.active < bodies]
    found: dict[str, Weights] = {}
    for name in parts[0]:
        drawn = np.concatenate([part[name] for part in parts])
        alone = np.full((len(drawn), 1), np.nan if name in _UNDEFINED_ALONE else 0.0)
        if (
            name == "pagerank"
        ):  # what the walker's jumps alone give: equal parts of the rest
            others = len(draws.dyads.nodes) - len(draws.active)
            alone = (1 - drawn.sum(axis=1, keepdims=True)) / max(others, 1)
        found[name] = np.tile(alone, (1, bodies))
        found[name][:, places] = drawn[:, : len(places)]
    return found


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
    draws: Draws, measure: Measure, on_record: Weights, values: Weights
) -> tuple[BodyInterval, ...]:
    bodies = draws.dyads.bodies
    lowest_first = measure.lowest_first
    ranks = ranks_of(values, lowest_first=lowest_first)
    rank = ranks_of(on_record, lowest_first=lowest_first)[0]
    leads = (ranks == 1) & ~np.isnan(values)
    if not lowest_first:
        leads &= values > 0
    tail = (1 - LEVEL) / 2
    made: list[BodyInterval] = []
    numbers: list[int] = draws.active[draws.active < len(bodies)].tolist()
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
                first=float(leads[:, place].mean()),
                undefined=draws.n - len(known),
                draws=draws.n,
            )
        )
    return tuple(sorted(made, key=lambda row: (row.rank, row.body.iri)))


def _share(share: float, language: Language) -> str:
    """A share above 0 in whole percent, none of which is 0 and only that of all is 100."""
    told = f"{share:.0%}"
    if told == "0%":
        return _words().say("share-little", language)
    if told == "100%" and share < 1:
        return _words().say("share-most", language)
    return told


def _words() -> Wording:
    return Wording.load("simpul.analysis.uncertainty", "words.toml")
