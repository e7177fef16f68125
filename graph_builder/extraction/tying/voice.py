"""Which parties a trigger joins, and on which side, by its voice.

meN- has its agent before and its patient after; di- the other way round, with or without `oleh`, also
where the verb opens the clause (`Digandeng X, Y …`); nouns of a deed take `oleh`, `antara … dan …`,
`dengan` or a light verb (`melakukan pembinaan kepada …`). Each reading names its rule and how far
it is to be trusted.
"""

from collections.abc import Callable, Mapping, Sequence

from .actives import read_active, read_hope, read_judge, read_touch
from .giving import read_give, read_given, read_take, read_taken
from .nouns import read_noun, read_share, read_thing
from .parties import Scene
from .partners import read_mutual, read_origin, read_together, read_together_passive
from .passives import read_passive
from .standing import (
    read_adjunct,
    read_members,
    read_passive_state,
    read_state,
    read_state_back,
)
from .subjects import Place, Reading, subject_of
from .triggers import Trigger


def read_voice(scene: Scene, found: Sequence[Trigger], at: int) -> Reading | None:
    """The reading of the trigger `found[at]` of a scene; None if it joins nobody."""
    trigger = found[at]
    return _READERS[trigger.form](Place(scene, found, at, trigger.first, trigger.last))


def _statement(place: Place) -> Reading | None:
    subject = subject_of(place)
    return (
        Reading((), subject.parties, "hoped-of", subject.score, place.first)
        if subject.parties
        else None
    )


_READERS: Mapping[str, Callable[[Place], Reading | None]] = {
    "active": read_active,
    "passive": read_passive,
    "noun": read_noun,
    "mutual": read_mutual,
    "state": read_state,
    "state_back": read_state_back,
    "passive_state": read_passive_state,
    "origin": read_origin,
    "statement": _statement,
    "give": read_give,
    "given": read_given,
    "touch": read_touch,
    "share": read_share,
    "members": read_members,
    "judge": read_judge,
    "hope": read_hope,
    "adjunct": read_adjunct,
    "take": read_take,
    "taken": read_taken,
    "thing": read_thing,
    "together": read_together,
    "together_passive": read_together_passive,
}
