"""Profiles: what of a record counts when it is held against another of its kind."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from typing import get_args

from ..decisions import MergedKind
from ..reading import Loaded
from ..records import Body, Group, Institution, Person, Place, Record
from .lexicon import lexicon
from .names import (
    BodyName,
    PersonName,
    PlaceName,
    Words,
    body_names,
    person_name,
    place_name,
)

KINDS: tuple[MergedKind, ...] = get_args(MergedKind)
Name = BodyName | PersonName | PlaceName

_FEWEST = 200
_COMMON_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How telling words are among some names, and which territories the names may speak of."""

    frequency: Mapping[str, int] = field(default_factory=dict[str, int])
    size: int = 0
    places: frozenset[Words] = frozenset()

    def weight(self, word: str) -> float:
        """How much a word tells: 1 if one name in all has it, towards 0 if all do.

        The inverse document frequency, scaled; a set of fewer than 200 names counts as 200, and a
        word of the lexicon that is common everywhere as if 15 of 100 names had it.
        Source: Spärck Jones 1972.
        """
        size = max(self.size, _FEWEST)
        floor = _COMMON_SHARE * size if word in lexicon().common else 1.0
        return log((size + 1) / max(self.frequency.get(word, 1), floor)) / log(size + 1)


@dataclass(frozen=True, slots=True)
class Profile:
    """A record as it is compared: its names, the first being its own, and what tells namesakes apart.

    `english` are names in English, which are held against such names only. `seat` is the key of a
    place and `around` those of the places it lies in; `bodies` are the institutions in which a
    person held posts.
    """

    kind: MergedKind
    key: str
    names: tuple[Name, ...]
    english: tuple[BodyName, ...] = ()
    sector: str | None = None
    body_kind: str | None = None
    seat: str | None = None
    around: frozenset[str] = frozenset()
    parent: str | None = None
    code: str | None = None
    bodies: frozenset[str] = frozenset()
    founded: str | None = None
    dissolved: str | None = None

    @property
    def name(self) -> Name:
        """The name the record goes by."""
        return self.names[0]


def vocabulary_of(loaded: Loaded) -> Vocabulary:
    """Count in how many records of an ecosystem each word of a name stands."""
    places = frozenset(
        place_name(name).words
        for record in loaded.records.get("place", {}).values()
        if isinstance(record, Place) and _is_territory(record)
        for name in _place_names(record)
    )
    counts: Counter[str] = Counter()
    size = 0
    for kind in KINDS:
        for record in loaded.records.get(kind, {}).values():
            names = names_of(record, places)
            counts.update({word for name in names for word in name.words})
            size += 1
    return Vocabulary(counts, size, places)


def profiles_of(loaded: Loaded, vocabulary: Vocabulary) -> Iterator[Profile]:
    """The profile of every record that may be merged, kind by kind; none of one without a letter."""
    for kind in KINDS:
        for record in loaded.records.get(kind, {}).values():
            profile = profile_of(loaded, record, vocabulary)
            if profile.names:
                yield profile


def profile_of(loaded: Loaded, record: Record, vocabulary: Vocabulary) -> Profile:
    """The profile of one record; its place is looked up among those of `loaded`.

    Raises: TypeError if it is of a kind that is never merged.
    """
    names = names_of(record, vocabulary.places)
    match record:
        case Institution():
            seat = record.jurisdiction or record.located_in
            return Profile(
                "institution",
                record.id,
                names,
                english=body_names(record.name.en, vocabulary.places)[:1],
                sector=str(record.sector),
                body_kind=str(record.kind),
                seat=seat,
                around=_around(seat, loaded),
                parent=record.unit_of,
                founded=record.founded,
                dissolved=record.dissolved,
            )
        case Group():
            return Profile(
                "group",
                record.id,
                names,
                sector=str(record.sector) if record.sector else None,
                seat=record.located_in,
                around=_around(record.located_in, loaded),
                parent=record.subgroup_of,
            )
        case Person():
            bodies = frozenset(held.institution for held in record.posts)
            return Profile("person", record.id, names, bodies=bodies)
        case Place():
            return Profile(
                "place",
                record.id,
                names,
                body_kind=str(record.kind),
                parent=record.within,
                code=record.kemendagri_code,
            )
        case _:
            raise TypeError(record.kind_name)


def _is_territory(place: Place) -> bool:
    """Whether a name may speak of it: not the country itself, which is in the name of everything."""
    return place.kind != "site" and (place.kind != "country" or place.foreign)


def _around(place: str | None, loaded: Loaded) -> frozenset[str]:
    """A place and all that it lies in; a circle ends where it began."""
    places = loaded.records.get("place", {})
    found: set[str] = set()
    while place is not None and place not in found:
        found.add(place)
        record = places.get(place)
        place = record.within if isinstance(record, Place) else None
    return frozenset(found)


def names_of(
    record: Record, places: frozenset[Words] = frozenset()
) -> tuple[Name, ...]:
    """Every name that a record bears, its own first, each once."""
    match record:
        case Body():
            written = dict.fromkeys(_body_texts(record))
            return _unique(
                name for text in written for name in body_names(text, places)
            )
        case Person():
            return _unique(map(person_name, [record.name, *record.aliases]))
        case Place():
            return _unique(map(place_name, _place_names(record)))
        case _:
            raise TypeError(record.kind_name)


def _unique(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(name for name in names if name.words))


def _body_texts(body: Body) -> Iterator[str]:
    yield body.name.id
    if body.short_name:
        yield body.short_name
    yield from body.aliases
    if isinstance(body, Institution):
        yield from body.hidden_labels
        yield from (former.name for former in body.former_names)
        yield from (form.form for form in body.name_forms)


def _place_names(place: Place) -> list[str]:
    name = place.name
    return [name] if isinstance(name, str) else list(dict.fromkeys([name.id, name.en]))
