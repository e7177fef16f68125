"""One network year by year: which ties it had, and what measures say of each year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from simpul.graph_builder import Days

from ..dyads import Dyads, select
from ..network import Network
from ..rules import Rules
from .measure import Engine, Figures
from .registry import measure


@dataclass(frozen=True)
class Year:
    """The network of one year with its measures, and how many pairs are new and gone since the year before.

    `attested` counts the ties that surely held, `possible` those that may have; the first year has no
    new or gone pairs.
    """

    year: int
    attested: int
    possible: int
    pairs: int
    new: int
    gone: int
    figures: tuple[Figures, ...]


def by_year(
    network: Network,
    years: Iterable[int],
    measures: Iterable[str] = ("degree", "betweenness", "density"),
    rules: Rules | None = None,
    *,
    engine: Engine = Engine.AUTO,
    attested_only: bool = False,
) -> tuple[Year, ...]:
    """Measure the network of each year: ties that held on some day of it, by the other rules given.

    Ties of which this is only possible count unless `attested_only`, here or in the rules. Every body is a node in each
    year, so that normalised figures can be compared. New and gone pairs are told from the year before in the
    order given, not from the calendar.
    """
    given, names = rules or Rules(), tuple(measures)
    found: list[Year] = []
    before: set[tuple[int, int]] | None = None
    for year in years:
        days = Days(date(year, 1, 1), date(year, 12, 31))
        sure = attested_only or given.attested_only
        dyads = select(network, replace(given, when=days, attested_only=sure))
        surely = select(network, replace(given, when=days, attested_only=True))
        pairs = _pairs(dyads)
        earlier = pairs if before is None else before
        figures = tuple(measure(dyads, name, engine=engine) for name in names)
        found.append(
            Year(
                year,
                attested=surely.scope.used,
                possible=dyads.scope.used - surely.scope.used,
                pairs=len(pairs),
                new=len(pairs - earlier),
                gone=len(earlier - pairs),
                figures=figures,
            )
        )
        before = pairs
    return tuple(found)


def _pairs(dyads: Dyads) -> set[tuple[int, int]]:
    edges = dyads.edges
    return set(zip(edges.source.tolist(), edges.target.tolist(), strict=True))
