"""What is there to choose by: the signs of a reading as names that frames can ask for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .frames import Relation, relations
from .linking import STRANGER, Mention
from .reading import Reading, Sign

RELATION = "relation"
_PARTIES = frozenset(("institution", "group", "person", "unnamed"))
_KINDS = {"source": "release", "document": "release", "site": "place"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A relation that a sentence names. `asked` is whom it asks for: `actor`, `patient`, or nobody in particular."""

    relation: Relation
    asked: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Features:
    """The names of all signs of a reading, each with the words that carry it."""

    reading: Reading
    signs: Mapping[str, str]
    relations: tuple[Asked, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.signs

    @property
    def relation(self) -> Asked | None:
        """The relation that says most: one that asks for somebody before one that does not."""
        ranked = sorted(self.relations, key=lambda each: each.asked == "")
        return ranked[0] if ranked else None


def features_of(reading: Reading) -> Features:
    """Collect the signs of a reading."""
    asked = tuple(_relations(reading))
    signs: dict[str, str] = {}
    for name, written in (*_cues(reading), *_related(asked), *_things(reading)):
        signs.setdefault(name, written)
    return Features(reading, signs, asked)


def _cues(reading: Reading) -> Iterator[tuple[str, str]]:
    for sign in reading.signs:
        if not sign.cue.variant:
            yield sign.cue.name, sign.written


def _related(asked: Iterable[Asked]) -> Iterator[tuple[str, str]]:
    for each in asked:
        name = f"{RELATION}:{each.relation.name}"
        yield RELATION, each.sign.written
        yield name, each.sign.written
        if each.asked:
            yield f"{name}:{each.asked}", each.sign.written


def _things(reading: Reading) -> Iterator[tuple[str, str]]:
    for mention in reading.mentions:
        if mention.kind == STRANGER:
            continue
        kind = _KINDS.get(mention.kind, mention.kind)
        yield f"mention:{kind}", mention.written
        if mention.how == "key":
            yield "key", mention.written
    for moment in reading.moments:
        yield "moment", moment.written
    if reading.at_least is not None:
        yield "at-least", str(reading.at_least)
    yield from _who_is(reading)


def _who_is(reading: Reading) -> Iterator[tuple[str, str]]:
    """Whether a word for who stands right beside a person, with no verb between: who is X."""
    people = [m.span for m in reading.mentions if m.kind == "person"]
    for sign in reading.signs:
        for span in people if sign.cue.name == "who" else ():
            if sign.span.end == span.first or span.end == sign.span.first:
                yield "who-is", sign.written


def _relations(reading: Reading) -> Iterator[Asked]:
    bodies = [m for m in reading.mentions if m.kind in _PARTIES]
    for sign in reading.signs:
        if sign.cue.variant:
            relation = relations()[sign.cue.name]
            yield Asked(relation, _asked(sign, relation, bodies), sign)


def _asked(sign: Sign, relation: Relation, bodies: list[Mention]) -> str:
    """Whom a relation asks for.

    An active verb asks for who acts, unless the body stands before it alone: who funds X, whom does
    X fund. A passive one the other way round: by whom is X funded, who is funded by X. So do words
    like `under`.
    """
    variant = sign.cue.variant
    if variant in ("actor", "patient"):
        return variant
    if relation.is_mutual or variant not in ("active", "passive", "under"):
        return ""
    after = any(m.span.first >= sign.span.end for m in bodies)
    before = any(m.span.end <= sign.span.first for m in bodies)
    acts = after or not before
    if variant != "active":
        acts = before or not after
    return "actor" if acts else "patient"
