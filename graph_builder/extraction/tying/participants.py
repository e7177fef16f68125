"""A tie as the text states it, and who takes part in it."""

from dataclasses import dataclass

from ..naming import Entity
from .parties import Party

WORTH_ACCEPTING = 0.6
"""The score from which a tie is proposed for acceptance."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A party of a tie with the code of its role; without an entity it is a group known by `surface`."""

    entity: Entity | None
    role: str
    surface: str
    person: Entity | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as the text states it; `type`, roles, `modality` and `sign` are codes of the ontology.

    `start` and `end` bound the sentence in the clean text, `when` is EDTF, `trigger` the words that
    say it.
    """

    type: str
    participants: tuple[Participant, ...]
    modality: str
    sign: str
    when: str | None
    start: int
    end: int
    trigger: str
    rule: str
    score: float

    @property
    def is_worth_accepting(self) -> bool:
        """Whether its score reaches the threshold."""
        return self.score >= WORTH_ACCEPTING


def speaking_party(speaker: Entity) -> Party:
    """A speaker as a party: the body, with the person who speaks for it."""
    body = speaker if speaker.kind == "institution" else speaker.institution
    person = speaker if speaker.kind == "person" else None
    return Party(-1, -1, speaker.name, body, person, 0.9)


def identity_of(participant: Participant) -> object:
    """What tells one participant from another."""
    return (
        id(participant.entity or participant.person)
        if participant.entity or participant.person
        else participant.surface.casefold()
    )
