"""Keys: the records of one ecosystem by kind and key, and the IRI each becomes.

IRIs are pure functions of the record and are never parsed; `id/{kind}/{key}` below the base.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from .records import (
    Institution,
    Observation,
    Person,
    Place,
    PostHeld,
    Record,
)

R = TypeVar("R", bound=Record)

_SEGMENT = {"institution": "org", "source": "doc"}


def slug(text: str) -> str:
    """A readable ASCII key for a text.

    >>> slug("Ketua Komisi VI DPR RI")
    'ketua-komisi-vi-dpr-ri'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80] or digest(text)


def digest(*parts: str | None) -> str:
    """Eight hexadecimal digits that stand for some texts: equal texts, equal digits.

    >>> digest("a", None) == digest("a", "")
    False
    """
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.blake2b(joined.encode(), digest_size=4).hexdigest()


def post_key(held: PostHeld) -> str:
    """The key of the post a person holds: given, or the body and the Indonesian title."""
    return held.post or f"{held.institution}.{slug(held.title.id)}"


def tenure_key(person: Person, held: PostHeld) -> str:
    """The key of the time one person holds one post."""
    return held.id or f"{person.id}.{post_key(held)}"


def name_key(owner: str, name: str) -> str:
    """The key of one name that a body, group or place bears or bore."""
    return f"{owner}.{digest(name)}"


def unit_tie_key(institution: Institution) -> str:
    """The key of the hierarchy tie that `unit_of` states."""
    return f"unit-of.{institution.id}"


def occupancy_key(institution: Institution, place: str) -> str:
    """The key of the claim that a body is at a place."""
    given = {item.place: item.id for item in institution.location_history}
    return given.get(place) or f"{institution.id}.{place}"


def breakdown_key(total: Observation) -> str:
    """The key of the breakdown of a total."""
    return (total.breakdown and total.breakdown.id) or total.id


class Keys:
    """What exists in an ecosystem, for resolving references.

    `kinds` maps a kind to its records or derived things by key.
    """

    def __init__(self, base: str, records: Mapping[str, Mapping[str, Record]]) -> None:
        self.base = base
        self.records = records
        self._derived = {
            "post": {post_key(held) for _, held in self.posts_held()},
            "tenure": {tenure_key(person, held) for person, held in self.posts_held()},
            "breakdown": {
                breakdown_key(item)
                for item in self.of(Observation)
                if item.breakdown is not None
            },
            "occupancy": set(self._occupancies()),
            "name": set(self._names()),
            "tie": {
                *self.records.get("tie", {}),
                *(unit_tie_key(item) for item in self.of(Institution) if item.unit_of),
            },
            "change": {
                key
                for item in self.of(Institution)
                for key in (f"{item.id}.foundation", f"{item.id}.dissolution")
            },
        }

    def of(self, model: type[R]) -> Iterator[R]:
        """The records of one kind, in the order they were read."""
        for record in self.records.get(model.kind_name, {}).values():
            assert isinstance(record, model)
            yield record

    def posts_held(self) -> Iterator[tuple[Person, PostHeld]]:
        """Every post in every person record."""
        for person in self.of(Person):
            for held in person.posts:
                yield person, held

    def _occupancies(self) -> Iterator[str]:
        for item in self.of(Institution):
            for place in [*(at.place for at in item.location_history), item.located_in]:
                if place is not None:
                    yield occupancy_key(item, place)

    def _names(self) -> Iterator[str]:
        for item in self.of(Institution):
            forms = [form.form for form in item.name_forms]
            for name in [item.name.id, *(n.name for n in item.former_names), *forms]:
                yield name_key(item.id, name)
            yield from (former.id for former in item.former_names if former.id)
        for place in self.of(Place):
            yield name_key(place.id, place_name(place))

    def known(self, kind: str) -> Iterable[str]:
        """The keys that exist of one kind of record or derived thing."""
        return self._derived.get(kind) or self.records.get(kind, {})

    def has(self, kinds: Iterable[str], key: str) -> bool:
        """Whether one of these kinds has the key; a claim reference names its kind itself."""
        kind, _, rest = key.partition("/")
        if rest:
            return kind in kinds and rest in self.known(kind)
        return any(key in self.known(kind) for kind in kinds)

    def near(self, kinds: Iterable[str], key: str) -> list[str]:
        """The keys one may point at, as they would be written, for a near miss."""
        prefixed = "/" in key
        return [
            f"{kind}/{known}" if prefixed else known
            for kind in kinds
            for known in self.known(kind)
        ]

    def iri(self, kind: str, key: str) -> str:
        """The IRI of a thing by kind (as in records or as in IRIs) and key."""
        return f"{self.base}id/{_SEGMENT.get(kind, kind)}/{key}"

    def claim(self, reference: str) -> str:
        """The IRI of a claim written `kind/key`."""
        return f"{self.base}id/{reference}"

    def party(self, key: str) -> str:
        """The IRI of an institution, group, unnamed party or person, whose keys never clash."""
        for kind in ("institution", "group", "unnamed", "person"):
            if key in self.records.get(kind, {}):
                return self.iri(kind, key)
        raise KeyError(key)

    def place(self, key: str) -> str:
        """The IRI of a place: by Home Affairs code where it has one, a site under `site`."""
        place = self.records["place"][key]
        assert isinstance(place, Place)
        kind = "site" if place.kind == "site" else "place"
        return self.iri(kind, place.kemendagri_code or place.id)

    def party_or_place(self, key: str) -> str:
        """The IRI of whatever an observation is about."""
        return (
            self.place(key) if key in self.records.get("place", {}) else self.party(key)
        )


def place_name(place: Place) -> str:
    """The Indonesian name of a place."""
    return place.name if isinstance(place.name, str) else place.name.id
