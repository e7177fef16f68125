"""What the page shows, as plain JSON values: bodies with places, lines, ties with their evidence, sources.

Texts come in pairs, Indonesian then English, so that the page can change language by itself. Things
that recur (codes, sources) stand once in a table of their own and are pointed to.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from simpul.analysis import (
    Body,
    EvidenceItem,
    NamedCode,
    Names,
    Network,
    Participant,
    Tie,
    TimedFact,
    Timelines,
)
from simpul.graph_builder import BadEdtf, bounds

from .groups import groups_of
from .layout import place_bodies
from .packing import Json
from .palette import Palette
from .placing import Place

Pair = tuple[str, str]

_BEND = (
    0.22  # how far parallel lines are bent apart, in vis-network's measure of roundness
)
_MOST_BENT = 0.9


@dataclass(slots=True)
class PageData:
    """Bodies and lines, and the tables that they point to or that point to them.

    Parties and evidence name their tie by its number, facts their body by its id.
    """

    bodies: list[Json] = field(default_factory=list[Json])
    lines: list[Json] = field(default_factory=list[Json])
    ties: list[Json] = field(default_factory=list[Json])
    parties: list[Json] = field(default_factory=list[Json])
    evidence: list[Json] = field(default_factory=list[Json])
    facts: list[Json] = field(default_factory=list[Json])
    sources: list[Json] = field(default_factory=list[Json])
    codes: dict[str, Pair] = field(default_factory=dict[str, Pair])
    groups: list[int] | None = None  # of each body, where there are too many bodies


def page_data(
    network: Network,
    look: Palette,
    *,
    seed: int,
    timelines: Timelines | None = None,
    pinned: Mapping[str, Place] | None = None,
) -> PageData:
    """Turn a network into what its page shows; every tie, and a line for each pair that it joins."""
    data = PageData()
    places = place_bodies(network, seed=seed, pinned=pinned)
    partners = _partners(network)
    for body in network.bodies:
        data.bodies.append(
            _body(body, look, data, places[body.iri], len(partners[body.iri]))
        )
    documents = sorted(
        {item.document: item for tie in network.ties for item in tie.evidence}.items()
    )
    number_of = {iri: number for number, (iri, _) in enumerate(documents)}
    data.sources.extend(_source(item, data) for _, item in documents)
    for number, tie in enumerate(network.ties):
        data.ties.append(_tie(tie, look, data))
        data.parties.extend(
            {"tie": number, **_party(participant, data)}
            for participant in tie.participants
        )
        data.evidence.extend(
            {"tie": number, **_evidence(item, data, number_of)} for item in tie.evidence
        )
    for body in network.bodies:
        data.facts.extend(map(_fact, (timelines or {}).get(body.iri, ())))
    data.lines.extend(_lines(network, data))
    data.groups = groups_of(network, seed=seed)
    return data


def local_id(iri: str) -> str:
    """The part of a thing's IRI that tells it apart on the page.

    >>> local_id("https://w3id.org/simpul/id/org/bpipi")
    'org/bpipi'
    """
    return "/".join(iri.split("/")[-2:])


def safe_url(url: str | None) -> str | None:
    """The address if it is one of the web, else None: `javascript:` and its like are no sources.

    >>> safe_url("https://example.org/berita"), safe_url("javascript:alert(1)")
    ('https://example.org/berita', None)
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def pair(names: Names) -> Pair:
    """The text in both languages, each standing in for the other where that is missing."""
    return names.say("id"), names.say("en")


def _partners(network: Network) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in network.links:
        found[link.source].add(link.target)
        found[link.target].add(link.source)
    return found


def _body(
    body: Body, look: Palette, data: PageData, place: tuple[int, int], partners: int
) -> Json:
    return {
        "id": local_id(body.iri),
        "iri": body.iri,
        "name": pair(body.name),
        "short": body.acronym,
        "others": list(body.other_names),
        "class": body.body_class.value,
        "sector": _code(body.sector, data),
        "kind": _code(body.kind, data),
        "family": look.family(body).code,
        "look": look.shape(body).code,
        "partners": partners,
        "x": place[0],
        "y": place[1],
    }


def _tie(tie: Tie, look: Palette, data: PageData) -> Json:
    first, last = _span(tie.start, tie.end, tie.occurred)
    return {
        "id": tie.key,
        "iri": tie.iri,
        "type": _code(tie.type, data),
        "layer": _code(tie.layer, data),
        "look": look.look(tie).code,
        "status": _code(tie.status, data),
        "confidence": _code(tie.confidence, data),
        "standing": _code(tie.standing, data),
        "holding": _code(tie.holding, data),
        "modality": _code(tie.modality, data),
        "sign": _code(tie.sign, data),
        "basis": _code(tie.basis, data),
        "negative": tie.sign is not None and tie.sign.code == "negative",
        "start": tie.start,
        "end": tie.end,
        "occurred": tie.occurred,
        "first": first,
        "last": last,
        "place": _text(tie.place),
        "placeKey": _listed("place", tie.place, data),
        "programme": _text(tie.programme),
        "event": _text(tie.event),
        "claim": _text(tie.claim),
        "note": _text(tie.note),
    }


def _span(
    start: str | None, end: str | None, occurred: str | None
) -> tuple[str | None, str | None]:
    """The first and the last day on which it may have been so; None for no bound, or none that can be read."""
    try:
        known = bounds(start, end, occurred)
    except BadEdtf:
        return None, None
    first, last = known.earliest_start or known.latest_start, known.latest_end
    return (
        first.isoformat() if first else None,
        last.isoformat() if last else None,
    )


def _fact(fact: TimedFact) -> Json:
    first, last = _span(fact.start, fact.end, fact.occurred)
    return {
        "body": local_id(fact.body),
        "aspect": fact.aspect.value,
        "value": _text(fact.value),
        "of": _text(fact.of),
        "unit": _text(fact.unit),
        "accepted": fact.is_accepted,
        "start": fact.start,
        "end": fact.end,
        "occurred": fact.occurred,
        "first": first,
        "last": last,
    }


def _party(participant: Participant, data: PageData) -> Json:
    acts_for_other = participant.body != participant.party
    return {
        "body": local_id(participant.body),
        "name": pair(participant.party_name),
        "acts": acts_for_other,
        "role": _code(participant.role, data),
        "roleText": participant.role_text,
        "mentionedAs": participant.mentioned_as,
        "post": _text(participant.post),
    }


def _evidence(item: EvidenceItem, data: PageData, number_of: Mapping[str, int]) -> Json:
    copied = item.root is not None and item.root != item.document
    return {
        "stance": item.stance.value,
        "source": number_of[item.document],
        "root": _origin(item, data),
        "locator": item.locator,
        "voice": _text(item.voice),
        "explicitness": _code(item.explicitness, data),
        "paraphrase": _text(item.paraphrase),
        "note": _text(item.note),
        "origin": pair(item.root_name) if copied and item.root_name else None,
    }


def _origin(item: EvidenceItem, data: PageData) -> str:
    """The id of what the passage goes back to; its name goes into the table of codes."""
    known = local_id(item.root or item.document)
    data.codes[known] = pair(item.root_name or item.title)
    return known


def _source(item: EvidenceItem, data: PageData) -> Json:
    return {
        "title": pair(item.title),
        "publisher": _text(item.publisher),
        "publisherKey": _listed("publisher", item.publisher, data),
        "issued": item.issued,
        "url": safe_url(item.url),
    }


def _lines(network: Network, data: PageData) -> Iterator[Json]:
    """One line for each tie and pair of bodies; lines between the same two are bent apart.

    Two edge rules of one tie that join the same pair are one line with two names.
    """
    number_of = {tie.iri: number for number, tie in enumerate(network.ties)}
    merged: dict[tuple[int, str, str], Json] = {}
    for link in network.links:
        low, high = sorted((link.source, link.target))
        where = (number_of[link.tie], low, high)
        line = merged.setdefault(
            where,
            {
                "from": local_id(link.source),
                "to": local_id(link.target),
                "tie": where[0],
                "edges": [],
                "directed": link.directed,
            },
        )
        if link.edge.name:  # terms of other vocabularies may have none here
            line["edges"].append(_code(link.edge, data))
    beside: dict[tuple[str, ...], list[Json]] = defaultdict(list)
    for where in sorted(merged):
        line = merged[where]
        beside[tuple(sorted((line["from"], line["to"])))].append(line)
    for lines in beside.values():
        for place, line in enumerate(lines):
            bend = (place - (len(lines) - 1) / 2) * min(
                _BEND, 2 * _MOST_BENT / len(lines)
            )
            # vis-network bends to the left of the way the line runs, so turn with the way.
            turned = bend if line["from"] < line["to"] else -bend
            yield {**line, "bend": round(turned, 3)}


def _code(concept: NamedCode | None, data: PageData) -> str | None:
    """The code's name on the page; its names go into the table of codes."""
    if concept is None:
        return None
    known = local_id(concept.iri.replace("#", "/"))
    data.codes[known] = (
        pair(concept.name) if concept.name else (concept.code, concept.code)
    )
    return known


def _listed(sort: str, names: Names, data: PageData) -> str | None:
    """A key for a thing known by its name alone; the name goes into the table of codes."""
    if not names:
        return None
    known = f"{sort}/{names.say('id')}"
    data.codes[known] = pair(names)
    return known


def _text(names: Names) -> Pair | None:
    return pair(names) if names else None
