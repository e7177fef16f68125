"""Lexicon: names that are known before an article is read: of the country, and of an ecosystem.

Names are matched word by word, the longest first. Words of a name need their capital in the text;
short forms of up to four letters need all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...reading import Loaded
from ...records import Institution, Person
from ..reading import Token, Words, table_of, tokenize, vocabulary

_SHORT = 4


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body with a name of its own: its fullest name, kind, other names, and its key if it has one."""

    name: str
    type: str | None
    others: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of an ecosystem."""

    name: str
    key: str
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Lexicon:
    """Names to look for, by their first word; bodies added later come before those added earlier."""

    people: tuple[KnownPerson, ...] = ()
    _by_first: dict[str, list[tuple[Words, str, KnownBody]]] = field(
        default_factory=dict[str, list[tuple[Words, str, KnownBody]]]
    )
    _by_name: dict[str, KnownBody] = field(default_factory=dict[str, KnownBody])

    def add(self, body: KnownBody) -> None:
        """Take in a body under all its names; a name that is there already now means this one."""
        for name in (body.name, *body.others):
            words = tuple(token.text.casefold() for token in tokenize(name))
            if not words:
                continue
            self._by_name[" ".join(words)] = body
            entries = self._by_first.setdefault(words[0], [])
            entries[:] = [entry for entry in entries if entry[0] != words]
            entries.append((words, name, body))
            entries.sort(key=lambda entry: -len(entry[0]))

    def named(self, name: str) -> KnownBody | None:
        """The body that has a name, whatever its capitals."""
        return self._by_name.get(" ".join(t.text.casefold() for t in tokenize(name)))

    def at(
        self, tokens: Sequence[Token], folded: Sequence[str], start: int
    ) -> tuple[int, KnownBody, str] | None:
        """The longest known name that begins at a token: how many tokens, whose, and as known."""
        for words, name, body in self._by_first.get(folded[start], ()):
            end = start + len(words)
            if tuple(folded[start:end]) == words and _capitals_fit(
                name, tokens[start:end]
            ):
                return len(words), body, name
        return None


@cache
def _country() -> tuple[KnownBody, ...]:
    table: dict[str, dict[str, list[str]]] = table_of("bodies.toml")
    return tuple(
        KnownBody(name, kind, tuple(others))
        for kind, bodies in table.items()
        for name, others in bodies.items()
    )


@cache
def ministry_short_forms() -> frozenset[str]:
    """The short forms of ministries in one word, in small letters: kemenperin, kemendag."""
    return frozenset(
        name.casefold()
        for body in _country()
        if body.type == "ministry"
        for name in body.others
        if name.isalpha() and name.startswith("Ke")
    )


def national_lexicon() -> Lexicon:
    """A new lexicon with the bodies that the whole country speaks of."""
    return lexicon_of(())


def lexicon_of(
    bodies: Iterable[KnownBody], people: Iterable[KnownPerson] = ()
) -> Lexicon:
    """The lexicon of the country with bodies and people of one's own, whose names come first."""
    made = Lexicon(tuple(people))
    for body in _country():
        made.add(body)
    for body in bodies:
        known = made.named(body.name)
        others = (*body.others, *((known.name, *known.others) if known else ()))
        made.add(
            KnownBody(
                body.name,
                body.type or (known.type if known else None),
                others,
                body.key,
            )
        )
    return made


def ecosystem_lexicon(loaded: Loaded) -> Lexicon:
    """The lexicon of the country with the names of an ecosystem's records, and their keys."""
    bodies: list[KnownBody] = []
    people: list[KnownPerson] = []
    for record in loaded.records.get("institution", {}).values():
        if isinstance(record, Institution):
            short = (record.short_name,) if record.short_name else ()
            names = (record.name.id, record.name.en, *short, *record.aliases)
            name, *others = dict.fromkeys(each for each in names if each)
            bodies.append(KnownBody(name, record.kind.value, tuple(others), record.id))
    for record in loaded.records.get("person", {}).values():
        if isinstance(record, Person):
            people.append(KnownPerson(record.name, record.id, record.aliases))
    return lexicon_of(bodies, people)


def _capitals_fit(name: str, tokens: Sequence[Token]) -> bool:
    """Whether words have the capitals that a name asks for."""
    if len(tokens) == 1 and len(name) <= _SHORT and name.isupper():
        return tokens[0].text == name
    if len(tokens) == 1 and len(name) <= _SHORT and not name.istitle():
        return tokens[0].text == name or tokens[0].text.isupper()
    if name[0].islower():
        return True
    known = vocabulary().sets["connectives"]
    return all(
        token.is_capital or not token.text[0].isalpha() or token.text in known
        for token in tokens
    )
