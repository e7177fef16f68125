"""What the evidence of a network lacks: ties on one origin, old evidence, silent years, bodies never heard.

Each list is a place to look for a further source, not a finding about the bodies in it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from simpul.graph_builder import BadEdtf, bounds
from simpul.ontology import ParticipantRole, Standing

from .network import Body, BodyClass, Network, Stance, Tie
from .reading import AnsweringGraph


@dataclass(frozen=True, slots=True)
class WeakTie:
    """A tie with the origins behind it and the year of its latest evidence, None where no source is dated."""

    tie: Tie
    origins: int
    documents: int
    latest: int | None


@dataclass(frozen=True, slots=True)
class UnheardBody:
    """A body that ties name and for which nobody speaks in any of their passages."""

    body: Body
    ties: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps in the evidence of a network.

    `single_origin`: realised ties that rest on one origin, those with the oldest evidence first.
    `oldest`: all realised ties by the year of their latest supporting document, oldest first; undated ones lead.
    `per_year`: how many supporting documents came out in each year, from the first year to the last.
    `silent`: runs of years in between without any document, each (first, last).
    `unheard`: named organizations in ties, for whom no passage gives a voice, those in most ties first.
    """

    single_origin: tuple[WeakTie, ...]
    oldest: tuple[WeakTie, ...]
    per_year: Mapping[int, int]
    silent: tuple[tuple[int, int], ...]
    unheard: tuple[UnheardBody, ...]


def read_heard(graph: AnsweringGraph) -> frozenset[str]:
    """The IRIs of the bodies for which somebody speaks: they themselves, or a person who held a post there."""
    query = files("simpul.analysis").joinpath("heard.rq").read_text(encoding="utf-8")
    answers = graph.query(query)
    rows: Any = getattr(answers, "rows", answers)
    return frozenset(str(term.value) for (term,) in rows)


def gaps_of(network: Network, heard: Collection[str] = ()) -> Gaps:
    """List what the evidence of a network lacks; equal ones stand in the order of their keys.

    `heard` are the bodies for which somebody speaks, see `read_heard`; those that make a statement on
    record are heard too.

    Disputed, planned and hoped-for ties are no part of the first two lists, as what they lack is
    not a second source for having come about.
    """
    weighed = sorted(
        (_weighed(tie) for tie in network.ties if tie.is_realised),
        key=lambda weak: (weak.latest or 0, weak.tie.key),
    )
    issued = {
        item.document: _year(item.issued)
        for tie in network.ties
        for item in tie.evidence
    }
    counted = Counter(year for year in issued.values() if year is not None)
    per_year = (
        {year: counted[year] for year in range(min(counted), max(counted) + 1)}
        if counted
        else {}
    )
    return Gaps(
        tuple(
            weak
            for weak in weighed
            if weak.tie.standing is not None
            and weak.tie.standing.code == Standing.SINGLE_ORIGIN
        ),
        tuple(weighed),
        per_year,
        tuple(_runs(year for year, documents in per_year.items() if not documents)),
        _unheard(network, heard),
    )


def _weighed(tie: Tie) -> WeakTie:
    years = [
        year
        for item in tie.evidence
        if item.stance is Stance.SUPPORTS and (year := _year(item.issued)) is not None
    ]
    return WeakTie(tie, tie.origins(), tie.documents(), max(years, default=None))


def _year(written: str | None) -> int | None:
    """The year in which something surely had come out: that of the last day a date allows."""
    if written is None:
        return None
    try:
        last = bounds(occurred=written).latest_end
    except BadEdtf:
        return None
    return last.year if last is not None else None


def _runs(years: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Runs of years in a row.

    >>> list(_runs([2003, 2004, 2007]))
    [(2003, 2004), (2007, 2007)]
    """
    first = last = None
    for year in years:
        if first is not None and last is not None and year != last + 1:
            yield first, last
            first = None
        first, last = year if first is None else first, year
    if first is not None and last is not None:
        yield first, last


def _unheard(network: Network, heard: Collection[str]) -> tuple[UnheardBody, ...]:
    ties = Counter(
        iri
        for tie in network.ties
        for iri in {participant.body for participant in tie.participants}
    )
    speaking = {
        participant.body
        for tie in network.ties
        for participant in tie.participants
        if participant.role.code == ParticipantRole.SPEAKER
    }
    unheard = (
        UnheardBody(body, ties[body.iri])
        for body in network.bodies
        if body.body_class is BodyClass.ORGANIZATION
        and ties[body.iri]
        and body.iri not in speaking
        and body.iri not in heard
    )
    return tuple(sorted(unheard, key=lambda each: (-each.ties, each.body.key)))
