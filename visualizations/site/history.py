"""The history of a body: what it was called, where it sat, who led it, under whom; each from when to when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simpul.ontology import ORG, SIMPUL, ClaimStatus, ParticipantRole

from .claims import Chip, status_chip
from .dates import span_words
from .rows import Statements, ThingRows, Weight, first_iri, first_text, iris
from .speaking import Part, Speaker

_ABOVE, _BELOW = ParticipantRole.SUPERIOR.iri, ParticipantRole.SUBORDINATE.iri
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a span of time lies, and where its evidence, in hundredths of the whole."""

    start: float
    width: float
    seen_start: float
    seen_width: float


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that held for a time."""

    value: Part
    when: str
    seen: str
    origins: str
    chip: Chip | None
    claim: Part | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Aspect:
    """A post, or what else is told of, with what held of it over time."""

    label: str
    rows: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All aspects, and the first and last year that any of them touches."""

    aspects: tuple[Aspect, ...]
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What one claim adds to a history."""

    aspect: str
    value: Part
    claim: str
    begun: str | None
    ended: str | None
    weight: Weight


def history_of(speaker: Speaker, rows: ThingRows) -> History:
    """What was so of a thing for a time, by aspect and in the order of its days.

    The same claims as the question `history-of-body` gives, for any sort of thing that has them.
    """
    told = sorted(
        _told(speaker, rows),
        key=lambda one: (
            one.aspect,
            one.begun or "9",
            one.weight.first or "9",
            one.value.text,
        ),
    )
    years = [year for one in told for year in _years(*_dates(one))]
    first, last = (min(years), max(years)) if years else (0.0, 0.0)
    aspects: dict[str, list[HistoryRow]] = {}
    for one in told:
        row = _row(speaker, rows, one, first, last)
        aspects.setdefault(one.aspect, []).append(row)
    return History(
        tuple(Aspect(label, tuple(of_it)) for label, of_it in aspects.items()),
        int(first) if years else None,
        int(last) if years else None,
    )


def _told(speaker: Speaker, rows: ThingRows) -> Iterator[_Told]:
    for claim in dict.fromkeys(subject for _, subject in rows.pointing):
        about = rows.details.get(claim, {})
        # A form in print is no name yet.
        if first_iri(about, SIMPUL.status) in (None, ClaimStatus.CANDIDATE.iri):
            continue
        weight = rows.weights.get(claim, {}).get(SIMPUL.supports, Weight(0, 0))
        begun = first_text(about, SIMPUL.validFrom)
        begun = begun or first_text(about, SIMPUL.occurredOn)
        ended = first_text(about, SIMPUL.validUntil)
        for aspect, value in _values(speaker, rows, claim, about):
            yield _Told(aspect, value, claim, begun, ended, weight)


def _values(
    speaker: Speaker, rows: ThingRows, claim: str, about: Statements
) -> Iterator[tuple[str, Part]]:
    """What a claim says of the thing, each with what it is an instance of."""
    thing = rows.iri
    if thing in iris(about.get(SIMPUL.nameOf, ())):
        for name in about.get(SIMPUL.name, ()):
            yield speaker.aspect(SIMPUL.name), speaker.part(name)
    if thing in iris(about.get(SIMPUL.occupant, ())):
        for way in (SIMPUL.site, SIMPUL.siteWithin):
            for place in iris(about.get(way, ())):
                yield speaker.aspect(way), speaker.link(place)
    if thing in iris(about.get(ORG.organization, ())):
        for post in iris(about.get(SIMPUL.post, ())):
            for person in iris(about.get(ORG.member, ())):
                yield speaker.name(post), speaker.link(person)
    bodies = [
        body
        for way in (ORG.originalOrganization, ORG.resultingOrganization)
        for body in iris(about.get(way, ()))
    ]
    if thing in bodies:
        others = [body for body in bodies if body != thing] or [thing]
        for type_ in iris(about.get(SIMPUL.changeType, ())):
            for other in others:
                yield speaker.name(type_), speaker.link(other)
    parties = rows.parties.get(claim, ())
    if any(p.party == thing and p.role == _BELOW for p in parties):
        for party in parties:
            if party.role == _ABOVE:
                yield speaker.name(_ABOVE), speaker.link(party.party)


def _row(
    speaker: Speaker, rows: ThingRows, one: _Told, first: float, last: float
) -> HistoryRow:
    seen = filter(None, (one.weight.first, one.weight.last))
    status = first_iri(rows.details.get(one.claim, {}), SIMPUL.status)
    return HistoryRow(
        one.value,
        span_words(None, one.begun, one.ended, speaker.language),
        " – ".join(speaker.frame.date(day) for day in dict.fromkeys(seen)),
        speaker.frame.counted("origins", one.weight.origins),
        status_chip(speaker, status),
        Part(speaker.frame.say("claim-link"), speaker.frame.href_of(one.claim)),
        _bar(one, first, last),
    )


def _bar(one: _Told, first: float, last: float) -> Bar | None:
    begun, ended = _years(one.begun), _years(one.ended)
    seen = _years(one.weight.first, one.weight.last)
    known = [*begun, *ended, *seen]
    if not known or last <= first:
        return None
    reach = last - first + 1 / 12
    start, end = min(begun, default=min(known)), max(ended, default=max(known))
    low, high = min(seen, default=start), max(seen, default=end)
    return Bar(
        round(100 * (start - first) / reach, 1),
        round(max(1.5, 100 * (max(end, start) - start) / reach), 1),
        round(100 * (low - first) / reach, 1),
        round(max(1.5, 100 * (high - low) / reach), 1),
    )


def _dates(one: _Told) -> tuple[str | None, ...]:
    return one.begun, one.ended, one.weight.first, one.weight.last


def _years(*written: str | None) -> list[float]:
    """The years that dates name, with months as parts of a year."""
    return [
        int(match[1]) + (int(match[2]) - 1) / 12 if match[2] else float(match[1])
        for date in written
        for match in _YEAR.finditer(date or "")
    ]
