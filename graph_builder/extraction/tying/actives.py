"""Who does what to whom where the verb is active: meN- has its agent before and its patient after."""

from collections.abc import Mapping

from ..reading import clauses
from .frames import trigger_lexicon
from .parties import Chain, Party
from .subjects import (
    Place,
    Reading,
    agent_of,
    chain_after,
    chain_by,
    chain_toward,
    joined_to,
    subject_of,
)

_OBJECT_GAP = 7
_JUDGED_NEAR = 6
_ALLOWED: Mapping[str, frozenset[str]] = {
    "conflict": frozenset({"dengan"}), "cooperation": frozenset({"dengan"}), "advocacy": frozenset({"agar"}),
    "training": frozenset({"dari"}), "mentoring": frozenset({"dari"}), "funding": frozenset({"di"}),
}  # fmt: skip
"""Prepositions that may yet lead to the patient, by the kind of tie: `melatih pencicip dari A`."""
_SIDE = frozenset({"pihak", "para", "manajemen", "delegasi", "rombongan", "tim", "perwakilan", "fakultas", "direksi", "jajaran", "pengurus"})  # fmt: skip


def read_active(place: Place) -> Reading | None:
    """meN-: the agent before, the patient after."""
    subject = subject_of(place)
    allowed = _ALLOWED.get(place.trigger.frame.type, frozenset[str]())
    refused = clauses().no_patient - allowed
    patient = chain_after(place, _OBJECT_GAP, refused)
    if patient is None or patient.parties[0].is_group:
        patient = chain_toward(place) or patient
    if patient is None and place.trigger.frame.type == "event-participation":
        patient = host_of_event(place)
    if patient is not None and not subject.parties:
        return _fronted_subject(place, patient) or _involved(place, patient)
    if patient is None:
        return None
    patients, helpers = _helped(place, patient)
    agents = (*subject.parties, *helpers)
    return Reading(
        agents, patients, f"active-{subject.rule}", subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def read_touch(place: Place) -> Reading | None:
    """A verb that says something only of the body right behind it: `mendukung A`, `membantu pihak A`."""
    subject, patient = (
        subject_of(place),
        chain_after(place, 0) or chain_by(place, _SIDE, 1),
    )
    if not subject.parties or patient is None or patient.parties[0].is_group:
        return None
    return Reading(
        subject.parties, patient.parties, f"touch-{subject.rule}", 0.95 * subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def read_hope(place: Place) -> Reading | None:
    """`A berharap B …`: of B something is expected."""
    subject = subject_of(place)
    patient = chain_after(place, 1, clauses().no_patient - {"agar"})
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"hope-{subject.rule}", subject.score, place.first
    )  # fmt: skip


def read_judge(place: Place) -> Reading | None:
    """`A menilai program B sudah tepat`: A judges B."""
    subject = subject_of(place)
    judged = chain_after(place, _JUDGED_NEAR)
    if not subject.parties or judged is None or judged.parties[0].is_group:
        return None
    return Reading(
        subject.parties, judged.parties[:1], f"judge-{subject.rule}", 0.95 * subject.score, place.first
    )  # fmt: skip


def _fronted_subject(place: Place, patient: Chain) -> Reading | None:
    """`Menggandeng B, A membuka …`: the subject follows what the clause begins with."""
    start = place.clause_start()
    if place.first - start > 1:
        return None
    rest = [each for each in place.scene.chains if each.first > patient.last]
    if not rest or place.scene.words[patient.last + 1 : rest[0].first] != [","]:
        return None
    return Reading(rest[0].parties, patient.parties, "active-fronted", 0.9, start)


def _involved(place: Place, patient: Chain) -> Reading | None:
    """`Program itu melibatkan A, B, dan C`: they work with one another."""
    parties = patient.parties
    if place.scene.words[place.last] in {"mempertentangkan", "mempertemukan"}:
        other = joined_to(place, patient)
        parties = (*parties, *(other.parties if other else ()))
    elif place.trigger.frame.type != "cooperation":
        return None
    if len(parties) < 2:
        return None
    start = place.clause_start()
    return Reading(parties, (), "active-involved", 0.85, start, "shared")


def host_of_event(place: Place) -> Chain | None:
    """`menghadiri pameran yang digelar B`: B holds what A attends."""
    words, known = place.scene.words, trigger_lexicon()
    for at in range(place.last + 1, min(place.last + 8, len(words))):
        if words[at] in known.light_passive:
            return agent_of(place.moved(place.first, at))
    return None


def _helped(
    place: Place, patient: Chain
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The patients of a verb and who does it too: `A mendirikan B bersama C`."""
    words, parties = place.scene.words, patient.parties
    for at in range(1, len(parties)):
        if "bersama" in words[parties[at - 1].last + 1 : parties[at].first]:
            return parties[:at], parties[at:]
    for each in place.scene.chains:
        if each.first > patient.last:
            between = words[patient.last + 1 : each.first]
            joined = between[:1] == ["bersama"] and len(between) <= 3
            near = joined and each.first < place.clause_end()
            return parties, each.parties if near else ()
    return parties, ()
