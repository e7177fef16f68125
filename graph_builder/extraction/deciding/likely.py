"""Likely records: which recorded bodies and people a suggested one may be, and whether two are unlike."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...identity import (
    LEAST_SCORE,
    Profile,
    Vocabulary,
    body_names,
    compare,
    person_name,
    vocabulary_of,
)
from ...identity.profiles import profiles_of
from ...problems import nearest
from ...reading import Loaded
from ...records import Institution, Person, Tie
from .suggestions import SuggestedKind, Suggestion

_MOST = 3
_MOST_LISTED = 5
_LEAST_LIKE = 0.4
"""Below this two names have next to nothing in common."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that something may be: its key and its name."""

    key: str
    name: str


class LikelyRecords:
    """The bodies and people of an ecosystem, held against what an article suggests."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._vocabulary: Vocabulary | None = None
        self._profiles: tuple[Profile, ...] = ()

    def near(self, each: Suggestion) -> tuple[Likely, ...]:
        """The records that a suggested body or person may be, the most alike first."""
        profile = self._suggested(each)
        if profile is None or each.fields["key"]:
            return ()
        assert self._vocabulary
        scored: list[tuple[float, Likely]] = []
        for other in self._profiles:
            if other.kind != profile.kind:
                continue
            found = compare(profile, other, self._vocabulary)
            if found.veto is None and found.score >= LEAST_SCORE:
                scored.append((-found.score, Likely(other.key, other.name.written)))
        scored.sort(key=lambda pair: (pair[0], pair[1].key))
        return tuple(likely for _, likely in scored[:_MOST])

    def kind_and_name(self, kind: SuggestedKind, key: str) -> tuple[str, str] | None:
        """The code of the kind of a record, empty where its kind has none, and its name; None if there is none."""
        match self._loaded.records.get(kind, {}).get(key):
            case Institution() as body:
                return body.kind.value, body.name.id
            case Person() as person:
                return "", person.name
            case Tie() as tie:
                return tie.type.value, ""
            case _:
                return None

    def is_unlike(self, one: Suggestion, key: str, other: Suggestion | None) -> bool:
        """Whether the names of a suggestion and a record, or another suggestion, have next to nothing in common."""
        profile = self._suggested(one)
        assert self._vocabulary or profile is None
        known = self._suggested(other) if other else None
        if known is None:
            found = (each for each in self._profiles if each.key == key)
            known = next(found, None)
        if profile is None or known is None or profile.kind != known.kind:
            return False
        assert self._vocabulary
        return compare(profile, known, self._vocabulary).score < _LEAST_LIKE

    def called(self, kind: SuggestedKind, name: str) -> tuple[Likely, ...]:
        """The records of this very name; where there are none, those whose names come near."""
        names = [*self._names(kind)]
        folded = name.casefold()
        same = [each for each in names if each.name.casefold() == folded]
        if same:
            return _each_once(same)
        within = [each for each in names if folded in each.name.casefold()]
        close = nearest(name, {each.name for each in names})
        return _each_once([*within, *(each for each in names if each.name in close)])

    def _names(self, kind: SuggestedKind) -> Iterable[Likely]:
        for record in self._loaded.records.get(kind, {}).values():
            if isinstance(record, Institution):
                texts = (record.name.id, record.name.en, record.short_name)
                for text in (*texts, *record.aliases):
                    if text:
                        yield Likely(record.id, text)
            elif isinstance(record, Person):
                for text in (record.name, *record.aliases):
                    yield Likely(record.id, text)

    def _suggested(self, each: Suggestion) -> Profile | None:
        """A suggestion as records are compared; None if it has no name that can be."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary_of(self._loaded)
            self._profiles = tuple(
                profile
                for profile in profiles_of(self._loaded, self._vocabulary)
                if profile.kind in {"institution", "person"}
            )
        if each.kind == "institution":
            texts = (each.fields["name"], *each.fields["aliases"])
            names = tuple(
                dict.fromkeys(
                    name
                    for text in texts
                    for name in body_names(text, self._vocabulary.places)
                    if name.words
                )
            )
            kind = each.fields["type"]
            return Profile("institution", "", names, body_kind=kind) if names else None
        if each.kind == "person":
            written = person_name(each.fields["name"])
            return Profile("person", "", (written,)) if written.words else None
        return None


def _each_once(found: Iterable[Likely]) -> tuple[Likely, ...]:
    by_key = {each.key: each for each in reversed([*found])}
    return tuple(reversed([*by_key.values()]))[:_MOST_LISTED]
