"""What the page shows, as plain JSON values: bodies with places, lines, ties with their evidence, sources.

Texts come in pairs, Indonesian then English, so that the page can change language by itself. Things
that recur (codes, sources) stand once in a table of their own and are pointed to.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from simpul.analysis import (
    Body,
    EvidenceItem,
    NamedCode,
    Names,
    Network,
    Participant,
    Stance,
    Tie,
)

from .layout import place_bodies
from .palette import Palette

Json = dict[str, Any]  # whatever JSON can hold
Pair = tuple[str, str]

_BEND = (
    0.22  # how far parallel lines are bent apart, in vis-network's measure of roundness
)
_MOST_BENT = 0.9


@dataclass(slots=True)
class PageData:
    """Bodies and lines in the form vis-network takes, and the tables that they point to."""

    bodies: list[Json] = field(default_factory=list[Json])
    lines: list[Json] = field(default_factory=list[Json])
    ties: list[Json] = field(default_factory=list[Json])
    sources: list[Json] = field(default_factory=list[Json])
    codes: dict[str, Pair] = field(default_factory=dict[str, Pair])


def page_data(network: Network, look: Palette, *, seed: int) -> PageData:
    """Turn a network into what its page shows; every tie, and a line for each pair that it joins."""
    data = PageData()
    places = place_bodies(network, seed=seed)
    partners = _partners(network)
    for body in network.bodies:
        data.bodies.append(
            _body(body, look, data, places[body.iri], len(partners[body.iri]))
        )
    documents = sorted(
        {item.document: item for tie in network.ties for item in tie.evidence}.items()
    )
    number_of = {iri: number for number, (iri, _) in enumerate(documents)}
    data.sources.extend(_source(item) for _, item in documents)
    data.ties.extend(_tie(tie, look, data, number_of) for tie in network.ties)
    data.lines.extend(_lines(network, data))
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
    shape = look.shape(body)
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
        "look": shape.code,
        "shape": shape.shape,
        "hollow": shape.hollow,
        "partners": partners,
        "size": round(5 + 1.8 * partners**0.5, 1),
        "x": place[0],
        "y": place[1],
    }


def _tie(tie: Tie, look: Palette, data: PageData, number_of: Mapping[str, int]) -> Json:
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
        "place": _text(tie.place),
        "programme": _text(tie.programme),
        "event": _text(tie.event),
        "claim": _text(tie.claim),
        "note": _text(tie.note),
        "parties": [_party(participant, data) for participant in tie.participants],
        "evidence": [_evidence(item, data, number_of) for item in tie.evidence],
        "counts": {
            stance.value: [tie.documents(stance), tie.origins(stance)]
            for stance in Stance
        },
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
        "locator": item.locator,
        "voice": _text(item.voice),
        "explicitness": _code(item.explicitness, data),
        "paraphrase": _text(item.paraphrase),
        "note": _text(item.note),
        "origin": pair(item.root_name) if copied and item.root_name else None,
    }


def _source(item: EvidenceItem) -> Json:
    return {
        "title": pair(item.title),
        "publisher": _text(item.publisher),
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
    number = 0
    for lines in beside.values():
        for place, line in enumerate(lines):
            bend = (place - (len(lines) - 1) / 2) * min(
                _BEND, 2 * _MOST_BENT / len(lines)
            )
            # vis-network bends to the left of the way the line runs, so turn with the way.
            turned = bend if line["from"] < line["to"] else -bend
            yield {"id": number, **line, "bend": round(turned, 3)}
            number += 1


def _code(concept: NamedCode | None, data: PageData) -> str | None:
    """The code's name on the page; its names go into the table of codes."""
    if concept is None:
        return None
    known = local_id(concept.iri.replace("#", "/"))
    data.codes[known] = (
        pair(concept.name) if concept.name else (concept.code, concept.code)
    )
    return known


def _text(names: Names) -> Pair | None:
    return pair(names) if names else None
