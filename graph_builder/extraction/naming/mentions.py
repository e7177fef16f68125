"""Mentions and entities: where a text speaks of somebody or some place, and whom or what it means."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["institution", "person", "place"]


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A body, a person or a place of one document; every mention of it points at this same value.

    Two entities are never equal by their fields, only by being the same: a document may speak of two
    people of one name.

    `name` is the fullest form in the text, or the name the ecosystem has, with its `key`. `type` is
    the code of a kind of institution, or the level of a place. `post` and `institution` are those of
    a person; `code` is the Home Affairs code of a place, `candidates` the codes it may have where the
    text does not settle it, `parent` the name of the territory around it.
    """

    kind: Kind
    name: str
    key: str | None = None
    type: str | None = None
    aliases: tuple[str, ...] = ()
    post: str | None = None
    institution: "Entity | None" = None
    code: str | None = None
    candidates: tuple[str, ...] = ()
    parent: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the clean text that speaks of an entity.

    `rule` names what found it, `score` from 0 to 1 says how much that rule is to be trusted.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    entity: Entity
    rule: str
    score: float
