"""Which parties a trigger joins, and on which side, by its voice.

meN- has its agent before and its patient after; di- the other way round, with or without `oleh`, also
where the verb opens the clause (`Digandeng X, Y …`); nouns of a deed take `oleh`, `antara … dan …`,
`dengan` or a light verb (`melakukan pembinaan kepada …`). Each reading names its rule and how far
it is to be trusted.
"""

from collections.abc import Callable, Mapping, Sequence

from .clauses import clauses
from .parties import Chain, Scene
from .partners import read_mutual, read_origin, read_together, read_together_passive
from .subjects import (
    Place,
    Reading,
    agent_of,
    chain_after,
    chain_by,
    chain_toward,
    subject_of,
)
from .triggers import Trigger, trigger_lexicon

_OBJECT_GAP = 7
_OLEH, _DARI = frozenset({"oleh"}), frozenset({"dari", "oleh"})


def read_voice(scene: Scene, found: Sequence[Trigger], at: int) -> Reading | None:
    """The reading of the trigger `found[at]` of a scene; None if it joins nobody."""
    trigger = found[at]
    return _READERS[trigger.form](Place(scene, found, at, trigger.first, trigger.last))


def _active(place: Place) -> Reading | None:
    subject = subject_of(place)
    refused = (
        (clauses().no_patient - {"dengan"})
        if place.trigger.frame.type in {"conflict", "cooperation"}
        else clauses().no_patient
    )
    patient = chain_after(place, _OBJECT_GAP, refused) or chain_toward(place)
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"active-{subject.rule}", subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def _passive(place: Place) -> Reading | None:
    words = place.scene.words
    agent = agent_of(place)
    if agent is None:
        return None
    subject = subject_of(place)
    if subject.parties and subject.chain is not agent:
        return Reading(
            agent.parties,
            subject.parties,
            f"passive-{subject.rule}",
            subject.score,
            place.clause_start(),
        )
    if place.first - place.clause_start() > 2:
        return None
    # Fronted: the patient follows the agent after a comma.
    rest = [each for each in place.scene.chains if each.first > agent.last]
    if (
        rest
        and rest[0].first - agent.last <= 3
        and "," in words[agent.last : rest[0].first + 1]
    ):
        return Reading(
            agent.parties,
            rest[0].parties,
            "passive-fronted",
            0.85,
            place.clause_start(),
        )
    return None


def _noun(place: Place) -> Reading | None:
    words, known = place.scene.words, trigger_lexicon()
    for at in range(place.first - 1, max(place.first - 5, -1), -1):
        word = words[at]
        if word in known.receiving:
            subject = subject_of(place.moved(at, place.last))
            agent = chain_by(place, _DARI, 8)
            if subject.parties and agent:
                return Reading(
                    agent.parties,
                    subject.parties,
                    "receives",
                    0.9 * subject.score,
                    place.clause_start(),
                )
            return None
        if word in known.light or (word in {"mengawal", "berupa"}):
            return _light(place, at)
        if word in {",", ";", "yang"}:
            break
    agent = chain_by(place, _OLEH) or chain_by(place, _DARI, 3)
    if agent is None:
        for at in range(place.last + 1, min(place.last + 8, len(words))):
            if words[at] in known.light_passive:
                agent = agent_of(place.moved(place.first, at))
                break
    if agent is None:
        return None
    patient = chain_after(place, 4, clauses().no_patient) or chain_toward(place)
    if patient is None or patient is agent:
        patient = chain_toward(place, agent.last)
    if patient is None or patient is agent:
        return None
    return Reading(
        agent.parties, patient.parties, "noun-by", 0.85, place.clause_start()
    )


def _light(place: Place, verb: int) -> Reading | None:
    subject = subject_of(place.moved(verb, place.last))
    patient = chain_toward(place) or chain_after(place, 4, clauses().no_patient)
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"light-{subject.rule}", 0.95 * subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def _state(place: Place) -> Reading | None:
    words = place.scene.words
    upper = chain_after(place, 2, clauses().not_above)
    if upper is None:
        return None
    lower = _namely(place, upper)
    rule, score = "state-namely", 0.95
    if lower is None:
        start = place.clause_start()
        before = [
            each
            for each in place.scene.chains
            if start <= each.first and each.last < place.first
        ]
        relative = before and any(
            word == "yang" for word in words[before[-1].last + 1 : place.first]
        )
        subject = subject_of(place)
        if before and (relative or place.first - before[-1].last <= 4):
            lower, rule = before[-1], "state-beside"
            score = 1.0 if place.first - before[-1].last <= 5 else 0.8
        elif subject.chain is not None:
            lower, rule, score = subject.chain, "state-subject", 0.68 * subject.score
    if lower is None or lower is upper:
        return None
    return Reading(lower.parties, upper.parties[:1], rule, score, place.clause_start())


def _namely(place: Place, after: Chain) -> Chain | None:
    words, small = place.scene.words, clauses()
    for at in range(after.last + 1, min(after.last + 6, len(words))):
        if words[at] in small.namely:
            return next(
                (each for each in place.scene.chains if 0 <= each.first - at <= 2), None
            )
    return None


def _state_back(place: Place) -> Reading | None:
    made = _active(place)
    if made is None:
        return None
    return Reading(
        made.patients, made.agents[:1], f"state-{made.rule}", made.score, made.start
    )


def _passive_state(place: Place) -> Reading | None:
    made = _passive(place)
    if made is None:
        return None
    return Reading(
        made.patients, made.agents[:1], f"state-{made.rule}", made.score, made.start
    )


def _statement(place: Place) -> Reading | None:
    subject = subject_of(place)
    return (
        Reading((), subject.parties, "hoped-of", subject.score, place.first)
        if subject.parties
        else None
    )


_READERS: Mapping[str, Callable[[Place], Reading | None]] = {
    "active": _active,
    "passive": _passive,
    "noun": _noun,
    "mutual": read_mutual,
    "state": _state,
    "state_back": _state_back,
    "passive_state": _passive_state,
    "origin": read_origin,
    "statement": _statement,
    "together": read_together,
    "together_passive": read_together_passive,
}
