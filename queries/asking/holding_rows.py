"""What the claims in rows, or behind them, tell of each row: how it held on some days, and whether it came about.

Rows are limited to days without a slice of the whole graph by the dates of these claims.

The same rule decides as in a time slice (`simpul.graph_builder.Times`). What a slice does beyond it, such as
deriving edges anew or calling bodies by the names they bore, is not done.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from simpul.graph_builder import (
    BadEdtf,
    Days,
    Manner,
    Times,
    bounds,
    parse_edtf,
)
from simpul.ontology import ClaimStatus, Holding, Modality

from ..graph import Graph
from ..results import Rows
from .filling import Filled
from .own_queries import solutions_about, value_of
from .sources import claims_by_row

_NEVER = frozenset((ClaimStatus.REJECTED.iri, ClaimStatus.SUPERSEDED.iri))
"""What editors decided against held on no day."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the claims of rows tell of each row, in the order of the rows.

    `holdings` say how it held on the days asked, if some were; one that surely did not held not at all.
    `modalities` and `statuses` are codes by IRI, unless they are that it came about and is accepted;
    `happened` is the date of what did not last.
    """

    holdings: tuple[Holding | None, ...]
    modalities: tuple[str | None, ...]
    statuses: tuple[str | None, ...]
    happened: tuple[str, ...]
    days: Days | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it is told how rows held."""
        return self.days is not None


def told_of(
    graph: Graph,
    filled: Filled,
    rows: Rows,
    days: Days | None,
    held: Mapping[str, str] | None = None,
) -> Told:
    """What claims tell of rows. `held` is how claims held where a slice says so, by IRI; else their dates tell.

    Of rows without a claim in or behind them nothing is told, and days make no difference to them.
    """
    by_row = claims_by_row(graph, filled, rows)
    if not any(by_row):
        none = (None,) * len(rows)
        return Told(none, none, none, ("",) * len(rows))
    said, attested = _said(graph, {claim for claims in by_row for claim in claims})
    holdings: dict[str, Holding] = {}
    for claim, told in said.items():
        if days is None or told.get("status") in _NEVER:
            continue
        if held is not None:
            is_sure = held.get(claim) == Holding.ATTESTED.iri
            holdings[claim] = Holding.ATTESTED if is_sure else Holding.POSSIBLE
        elif (holding := _read(told, attested[claim]).on(days)) is not None:
            holdings[claim] = holding
    of_all = any(c in rows.variables for c in filled.frame.claims)
    found = [_together([holdings.get(c) for c in cs], of_all=of_all) for cs in by_row]
    # What follows from other rows, such as the region around a site, is no surer than they are.
    best = Holding.ATTESTED if Holding.ATTESTED in found else Holding.POSSIBLE
    return Told(
        tuple(
            held if cs or days is None else best
            for held, cs in zip(found, by_row, strict=True)
        ),
        tuple(_code(said, cs, "modality", Modality.REALISED.iri) for cs in by_row),
        tuple(_code(said, cs, "status", ClaimStatus.ACCEPTED.iri) for cs in by_row),
        tuple(said[cs[0]].get("occurred", "") if cs else "" for cs in by_row),
        days,
    )


def _together(held: Sequence[Holding | None], *, of_all: bool) -> Holding | None:
    """How a row held of which every claim has to, or any one."""
    if of_all and None in held:
        return None
    sure = [holding is Holding.ATTESTED for holding in held]
    if (all(sure) if of_all else any(sure)) and held:
        return Holding.ATTESTED
    return Holding.POSSIBLE if any(held) else None


def _code(
    said: Mapping[str, Mapping[str, str]],
    claims: Iterable[str],
    what: str,
    usual: str,
) -> str | None:
    """A code that all claims of a row have and that is not the usual one."""
    codes = [said[claim].get(what, usual) for claim in claims]
    return codes[0] if codes and usual not in codes else None


def rows_on(rows: Rows, told: Told) -> tuple[Rows, Told]:
    """The rows that held on some of the days, with what is told of them."""
    kept = [place for place, holding in enumerate(told.holdings) if holding]
    return (
        replace(rows, rows=tuple(list(rows)[place] for place in kept)),
        Told(
            tuple(told.holdings[place] for place in kept),
            tuple(told.modalities[place] for place in kept),
            tuple(told.statuses[place] for place in kept),
            tuple(told.happened[place] for place in kept),
            told.days,
        ),
    )


def _said(
    graph: Graph, claims: Iterable[str]
) -> tuple[dict[str, dict[str, str]], dict[str, list[Days]]]:
    said: dict[str, dict[str, str]] = defaultdict(dict)
    attested: dict[str, list[Days]] = defaultdict(list)
    for row in solutions_about(graph, "times_of_claims", "claim", sorted(claims)):
        claim, what = value_of(row["claim"]), value_of(row["what"])
        if what == "attested":
            day = _attestation(value_of(row["value"]), value_of(row["issued"]))
            attested[claim].append(day)
        else:
            said[claim][what] = value_of(row["value"])
    return said, attested


def _read(said: dict[str, str], attested: list[Days]) -> Times:
    happened = said.get("occurred") or said.get("as_of")
    covered = said.get("period")
    manner = Manner.COVERS if covered else Manner.LASTS
    if happened:
        manner = Manner.HAPPENS
    found = bounds(said.get("from"), said.get("until"), happened or covered)
    return Times(found, manner, tuple(attested))


def _attestation(text: str, issued: str) -> Days:
    """The days within which a passage was said: a statement can be older than the document that quotes it."""
    last = date.fromisoformat(text)
    try:
        first = parse_edtf(issued).earliest if issued else None
    except BadEdtf:
        first = None
    return Days(min(first or last, last), last)
