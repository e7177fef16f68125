"""Output: what was understood of articles, as the JSON that `simpul extract` writes.

All spans are places in the original: the text of the file, or, where `places_in` is "text", the text taken from it.
Each suggestion keeps its own rule, span and score; a field that the text does not settle is null.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..evidence.reuse import Span, releases
from .counting import Observation
from .naming import Entity, Mention
from .pipeline import Understanding
from .reading import Document
from .tying import Participant, Quote, Tie

MOST_COMPARED = 5_000
"""So many articles are compared with one another: memory stays flat however many are read."""

Record = dict[str, Any]  # JSON: texts, numbers, lists and tables within tables


def article_record(
    name: str, understood: Understanding, *, implied: bool = False
) -> Record:
    """One article as a table of plain values, its lists in the order of the text.

    With `implied`, the bodies that only a post tells of are listed too, as a person's record needs them.
    """
    document = understood.document
    mentions = _mentions_of(understood)
    return {
        "article": name,
        "published": understood.published.isoformat() if understood.published else None,
        "places_in": document.places_in,
        "institutions": _institutions(understood, mentions, implied=implied),
        "people": [
            _person(document, person, mentions[id(person)])
            for person in understood.entities("person")
        ],
        "places": [
            _place(document, place, mentions[id(place)])
            for place in understood.entities("place")
        ],
        "dates": [
            {
                "text": each.surface,
                "edtf": each.edtf,
                **_span(document, each.start, each.end),
                "rule": each.rule,
                "score": each.score,
            }
            for each in understood.dates
        ],
        "ties": [_tie(document, tie) for tie in understood.ties],
        "observations": [
            _observation(document, each) for each in understood.observations
        ],
        "quotes": [_quote(document, each) for each in understood.quotes],
        "noise": [
            {"kind": each.kind, "start": each.start, "end": each.end}
            for each in document.noise
        ],
    }


class FamilyTexts:
    """The texts of articles, gathered to tell which were made from one release."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._days: dict[str, Span] = {}
        self.left_out = 0
        """How many articles came after the most that are compared."""

    def add(self, name: str, text: str, published: date | None) -> None:
        """Keep the clean text of an article; past `MOST_COMPARED` no more are kept."""
        if len(self._texts) < MOST_COMPARED:
            self._texts[name] = text
            self._days[name] = (published, published)
        else:
            self.left_out += 1

    def families(self) -> list[list[str]]:
        """The articles of one release, as lists of names; an article alone is in none."""
        groups = releases(self._texts, self._days)
        return sorted(sorted(group) for group in groups if len(group) > 1)


def families_of(articles: Mapping[str, Understanding]) -> list[list[str]]:
    """The articles that were made from one release, as lists of names; an article alone is in none."""
    texts = FamilyTexts()
    for name, understood in articles.items():
        texts.add(name, understood.document.text, understood.published)
    return texts.families()


_Mentions = Mapping[int, Sequence[Mention]]


def _mentions_of(understood: Understanding) -> _Mentions:
    """The mentions of each entity by its identity, in the order of the text."""
    found: dict[int, list[Mention]] = {}
    for mention in understood.mentions:
        found.setdefault(id(mention.entity), []).append(mention)
    return found


def _institutions(
    understood: Understanding, mentions: _Mentions, *, implied: bool
) -> list[Record]:
    named = understood.entities("institution")
    tied = [
        participant.entity
        for tie in understood.ties
        for participant in tie.participants
        if participant.entity is not None and participant.entity.kind == "institution"
    ]
    posts = [
        person.institution
        for person in understood.entities("person")
        if implied and person.institution
    ]
    return [
        _institution(understood.document, body, mentions.get(id(body), ()))
        for body in dict.fromkeys((*named, *tied, *posts))
    ]


def _institution(
    document: Document, body: Entity, mentions: Sequence[Mention]
) -> Record:
    return {
        "name": body.name,
        "type": body.type,
        "key": body.key,
        "aliases": list(body.aliases),
        "mentions": [_mention(document, mention) for mention in mentions],
        "rule": mentions[0].rule if mentions else "post",
        "score": max((mention.score for mention in mentions), default=0.8),
    }


def _mention(document: Document, mention: Mention) -> Record:
    return {"text": mention.surface, **_span(document, mention.start, mention.end)}


def _person(document: Document, person: Entity, mentions: Sequence[Mention]) -> Record:
    return {
        "name": person.name,
        "post": person.post,
        "institution": person.institution.name if person.institution else None,
        "former": person.former,
        "key": person.key,
        "mentions": [_mention(document, mention) for mention in mentions],
        "rule": mentions[0].rule,
        "score": max(mention.score for mention in mentions),
    }


def _place(document: Document, place: Entity, mentions: Sequence[Mention]) -> Record:
    return {
        "name": place.name,
        "level": place.type,
        "code": place.code,
        "candidates": list(place.candidates),
        "parent": place.parent,
        "mentions": [_mention(document, mention) for mention in mentions],
        "rule": mentions[0].rule,
        "score": max(mention.score for mention in mentions),
    }


def _tie(document: Document, tie: Tie) -> Record:
    return {
        "type": tie.type,
        "participants": [_participant(each) for each in tie.participants],
        "sign": tie.sign,
        "modality": tie.modality,
        "when": tie.when,
        "passage": _span(document, tie.start, tie.end),
        "trigger": tie.trigger,
        "rule": tie.rule,
        "score": tie.score,
    }


def _participant(participant: Participant) -> Record:
    """A body, or, with no institution, the person or the unnamed group that takes part."""
    entity, person = participant.entity, participant.person
    body = entity if entity is not None and entity.kind == "institution" else None
    record: Record = {
        "institution": body.name if body else None,
        "role": participant.role,
    }
    if person is not None:
        record["person"] = person.name
    elif body is None:
        record["group"] = participant.surface
    return record


def _observation(document: Document, each: Observation) -> Record:
    return {
        "about": each.about.name if each.about else each.subject or None,
        "measure": each.measure,
        "value": _number(each.value),
        "qualifier": each.qualifier,
        "unit": each.unit,
        "as_of": each.as_of,
        "part_of": each.part_of,
        **_span(document, each.start, each.end),
        "rule": each.rule,
        "score": each.score,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quote(document: Document, quote: Quote) -> Record:
    return {
        "speaker": quote.speaker.name if quote.speaker else None,
        "kind": quote.kind,
        **_span(document, quote.start, quote.end),
        "rule": quote.rule,
        "score": quote.score,
    }


def _span(document: Document, start: int, end: int) -> Record:
    first, last = document.original_span(start, end)
    return {"start": first, "end": last}


def names_apart(names: Sequence[str]) -> list[str]:
    """Names of articles made different where two are alike, by the first number from 2 on that makes a new name."""
    given = set(names)
    made: dict[str, None] = {}
    for name in names:
        apart, number = name, 1
        while apart in made or (number > 1 and apart in given):
            number += 1
            apart = f"{name}-{number}"
        made[apart] = None
    return list(made)
