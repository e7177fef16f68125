"""Verbs of giving and taking, where a thing stands between the parties: `menjual X kepada B`, `membeli X dari B`."""

from ..reading import clauses
from .passives import owner_in_subject, read_passive
from .subjects import (
    Place,
    Reading,
    agent_of,
    chain_after,
    chain_by,
    chain_toward,
    subject_of,
)

_PLACED = {"investment": frozenset({"di"})}
_SOLD = frozenset({"dijual", "dititipkan", "dipasarkan"})
_ORDERED = frozenset({"pesanan"})
_SOURCE = frozenset({"dari", "buatan", "produksi", "keluaran", "milik", "hasil"})


def read_give(place: Place) -> Reading | None:
    """`A menjual X kepada B`, `A menyerahkan X untuk B`: the thing stands between."""
    subject = subject_of(place)
    patient = chain_toward(place) or chain_after(place, 0)
    if patient is None:
        patient = chain_by(place, _PLACED.get(place.trigger.frame.type, _ORDERED))
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"give-{subject.rule}", 0.95 * subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def read_given(place: Place) -> Reading | None:
    """`X dipasok A kepada B`, `X dari A dikirim ke B`."""
    agent, start = agent_of(place), place.clause_start()
    if agent is None:
        giver, receiver = owner_in_subject(place), chain_toward(place)
        if receiver is None and place.scene.words[place.last] in _SOLD:
            # `produk A dijual di gerai B`
            giver, receiver = (
                giver or subject_of(place).chain,
                chain_by(place, frozenset({"di"}), 3),
            )
        if giver is None or receiver is None or giver is receiver:
            return None
        return Reading(giver.parties, receiver.parties, "given-from", 0.85, start)
    receiver = chain_toward(place, agent.last)
    if receiver is not None:
        return Reading(agent.parties, receiver.parties, "given-toward", 0.95, start)
    return read_passive(place)


def read_take(place: Place) -> Reading | None:
    """`A membeli X dari B`, `A memakai X buatan B`: A takes what B has."""
    subject = subject_of(place)
    source = (
        chain_by(place, _SOURCE, 16)
        or chain_toward(place)
        or chain_after(place, 2, clauses().no_patient)
    )
    if not subject.parties or source is None or source is subject.chain:
        return None
    return Reading(
        subject.parties, source.parties, f"take-{subject.rule}", 0.95 * subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def read_taken(place: Place) -> Reading | None:
    """`X dibeli A dari B`, `X dari B dibeli A`."""
    agent, start = agent_of(place), place.clause_start()
    if agent is None:
        return _taken_for(place)
    after = place.moved(place.first, agent.last)
    source = chain_by(after, _SOURCE, 6) or chain_by(place, _SOURCE, 3)
    if source is not None:
        return Reading(agent.parties, source.parties, "taken-from", 0.95, start)
    source = owner_in_subject(place)
    if source is not None and source is not agent:
        return Reading(agent.parties, source.parties, "taken-owner", 0.9, start)
    return read_passive(place)


def _taken_for(place: Place) -> Reading | None:
    """`Pasir untuk A didatangkan dari B`."""
    source, start = chain_by(place, _SOURCE, 4), place.clause_start()
    taker = next(
        (
            each
            for each in place.scene.chains
            if start < each.first < place.first
            and place.scene.words[each.first - 1] in {"untuk", "bagi"}
        ),
        None,
    )
    if source is None or taker is None:
        return None
    return Reading(taker.parties, source.parties, "taken-for", 0.85, start)
