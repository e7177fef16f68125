"""Understanding: a document in; its institutions, people, places, dates, numbers, quotations and ties out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from .counting import Observation, WrittenDate, find_dates, find_observations
from .naming import (
    Body,
    Entity,
    KnownBody,
    Lexicon,
    Mention,
    NameModel,
    Place,
    Reading,
    Seen,
    Somebody,
    Spot,
    find_institutions,
    find_people,
    find_places,
    full_name,
    government_aliases,
    kind_governed,
    national_lexicon,
    parent_name,
    with_learned,
)
from .reading import Document, prepare
from .tying import Quote, Tie, find_quotes, find_references, find_ties


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a document, each list in the order of the text.

    `published` is the day that relative dates count from: the one given, or else that of the dateline.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    dates: tuple[WrittenDate, ...] = ()
    observations: tuple[Observation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    ties: tuple[Tie, ...] = ()
    published: date | None = None

    def entities(self, kind: str) -> tuple[Entity, ...]:
        """The entities of a kind, in the order of their first mention."""
        return tuple(dict.fromkeys(m.entity for m in self.mentions if m.kind == kind))


def understand(
    text: str | Document,
    lexicon: Lexicon | None = None,
    published: date | None = None,
    model: NameModel | None = None,
) -> Understanding:
    """What an article says: whom it names, where, and how they are tied.

    `lexicon` holds the names that are known before; without one, those of the country. A `model`
    adds names where the rules found none.
    """
    document = text if isinstance(text, Document) else prepare(text, published)
    known = lexicon or _country()
    mentions = find_mentions(document, known)
    if model is not None:
        mentions = with_learned(document, mentions, model)
    day = document.published or _day_of_dateline(document)
    dates = find_dates(document.text, day)
    quotes = find_quotes(document, mentions)
    references = find_references(document, mentions, quotes)
    return Understanding(
        document,
        mentions,
        dates,
        find_observations(document, mentions, dates),
        quotes,
        find_ties(document, mentions, references, quotes, dates),
        day,
    )


@cache
def _country() -> Lexicon:
    return national_lexicon()


def _day_of_dateline(document: Document) -> date | None:
    """The day that a dateline states in full: "Jakarta, 11 September 2024 -"."""
    for each in find_dates(document.dateline or ""):
        try:
            return date.fromisoformat(each.edtf)
        except ValueError:
            continue
    return None


def find_mentions(document: Document, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of institutions, people and places in a document, in its order."""
    readings = [Reading.of(each, document.text) for each in document.sentences]
    places = find_institutions(document, readings, lexicon)
    people = find_people(readings, places, lexicon)
    entities = _Entities(places)
    taken: dict[int, set[int]] = {}
    covered = [(each.sentence, each.first, each.last) for each in places]
    covered += [(each.sentence, each.first, each.last) for each in people]
    for sentence, first, last in covered:
        taken.setdefault(sentence, set()).update(range(first, last))
    spots = find_places(readings, taken)
    mentions = [
        *map(entities.of_body_mention, places),
        *map(entities.of_person_mention, people),
        *map(entities.of_place_mention, spots),
    ]
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


class _Entities:
    """The entities of one document, each made once."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._bodies: dict[Body, Entity] = {}
        self._people: dict[Somebody, Entity] = {}
        self._spots: dict[str, Entity] = {}
        self._implied: dict[str, Entity] = {}
        for place in places:
            self._body(place.body)

    def of_body_mention(self, place: Place) -> Mention:
        """A mention of an institution."""
        body = self._body(place.body)
        return Mention(
            place.start,
            place.end,
            place.surface,
            "institution",
            body,
            place.rule,
            place.score,
        )

    def of_person_mention(self, seen: Seen) -> Mention:
        """A mention of a person."""
        person = self._person(seen.person)
        return Mention(
            seen.start, seen.end, seen.surface, "person", person, seen.rule, seen.score
        )

    def of_place_mention(self, spot: Spot) -> Mention:
        """A mention of a place."""
        score = 0.95 if spot.settled else 0.7
        return Mention(
            spot.start,
            spot.end,
            spot.surface,
            "place",
            self._place(spot),
            "gazetteer",
            score,
        )

    def _body(self, body: Body) -> Entity:
        if body not in self._bodies:
            self._bodies[body] = entity_of(body)
        return self._bodies[body]

    def _person(self, person: Somebody) -> Entity:
        if person not in self._people:
            institution = None
            if person.place is not None:
                institution = self._body(person.place.body)
            # "Direktur Jenderal X Kementerian Y" heads the directorate, not the ministry.
            if person.implied is not None:
                institution = self._implied_body(person.implied)
            if institution is None and person.post:
                institution = self._governed(person.post)
            self._people[person] = Entity(
                "person",
                person.name,
                person.key,
                aliases=tuple(each for each in person.names if each != person.name),
                post=person.post,
                institution=institution,
                former=person.former,
            )
        return self._people[person]

    def _governed(self, post: str) -> Entity | None:
        """The one government that the document names or implies, of which an office such as Bupati can be."""
        kind = kind_governed(post)
        known = dict.fromkeys((*self._bodies.values(), *self._implied.values()))
        found = [each for each in known if kind and each.type == kind]
        return found[0] if len(found) == 1 else None

    def _implied_body(self, known: KnownBody) -> Entity:
        """The body that a post implies: one the document names, if it does, or one of its own."""
        names = {name.casefold() for name in (known.name, *known.others)}
        for body, entity in self._bodies.items():
            if body.known is not None and body.known.name == known.name:
                return entity
            if names & {name.casefold() for name in (entity.name, *entity.aliases)}:
                return entity
        if known.name not in self._implied:
            self._implied[known.name] = Entity(
                "institution", known.name, known.key, known.type, known.others
            )
        return self._implied[known.name]

    def _place(self, spot: Spot) -> Entity:
        name = full_name(spot)
        settled = spot.settled
        identity = settled.code if settled else name.casefold()
        if identity not in self._spots:
            self._spots[identity] = Entity(
                "place",
                name,
                type=settled.level if settled else spot.level,
                aliases=(spot.surface,) if spot.surface != name else (),
                code=settled.code if settled else None,
                candidates=tuple(each.code for each in spot.candidates[:20])
                if not settled
                else (),
                parent=parent_name(settled) if settled else None,
            )
        return self._spots[identity]


def entity_of(body: Body) -> Entity:
    """The entity that a body of the document is."""
    aliases = [*body.names, *body.short_forms]
    if body.known:
        aliases += [body.known.name, *body.known.others]
    if body.government:
        aliases += government_aliases(*body.government)
    name = body.name
    unique = tuple(each for each in dict.fromkeys(aliases) if each != name)
    key = body.known.key if body.known else None
    return Entity("institution", name, key, body.type, unique)
