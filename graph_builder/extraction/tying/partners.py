"""Ties whose parties stand side by side: kerja sama, MoU, sengketa, joint founding and joint events."""

from dataclasses import replace

from ..reading import clauses
from .frames import trigger_lexicon
from .parties import Chain
from .subjects import (
    Place,
    Reading,
    agent_of,
    chain_after,
    chain_by,
    joined_to,
    subject_of,
)

_VERB_WITHIN = 15
_OLEH = frozenset({"oleh"})
_APPOSED = ([","], [")", ","])
_SAID_OF = frozenset(
    {"adalah", "merupakan", "ialah", "yang", "sebagai", "lahir", "berdiri"}
)
_ANTARA = frozenset({"antara"})


def read_mutual(place: Place) -> Reading | None:
    """`Kerja sama antara A, B dan C`, `A bekerja sama dengan B`, `kerja sama A dengan B`, `A dan B bersengketa`."""
    scene, words, small = place.scene, place.scene.words, clauses()
    start, stop = place.clause_start(), place.clause_end()
    light = place.first
    for at in range(place.first - 1, max(place.first - 6, -1), -1):
        if words[at] in trigger_lexicon().light or words[at] in small.sign["negative"]:
            light = at
            break
    for at in range(place.last + 1, min(stop, place.last + 6)):
        if words[at] == "antara":
            first = chain_after(place, 2, frozenset(), at)
            if first is None:
                return None
            second = joined_to(place, first)
            parties = (*first.parties, *(second.parties if second else ()))
            return Reading(parties, (), "between", 1.0, start, "shared")
    owner = chain_after(
        place, 1, small.accompanying | small.oblique | {",", "yang", "di", "dan"}
    )
    if owner is not None and words[light] not in {"menjalin"}:
        partner = joined_to(place, owner)
        if partner is not None:
            return Reading(owner.parties, partner.parties, "owned", 1.0, start)
        if len(owner.parties) > 1 and place.trigger.first == light:
            return Reading(owner.parties, (), "owned", 0.85, start, "shared")
    signed = chain_by(place, _OLEH, 4)
    if signed is not None:
        second = joined_to(place, signed)
        parties = (*signed.parties, *(second.parties if second else ()))
        if len(parties) > 1:
            return Reading(parties, (), "signed-by", 0.95, start, "shared")
    for at in range(place.last + 1, min(stop, place.last + _VERB_WITHIN)):
        if words[at] == "," or (words[at] == "yang" and at > place.last + 5):
            break
        if words[at] in trigger_lexicon().light_passive:
            agent = agent_of(place.moved(place.first, at))
            second = joined_to(place, agent) if agent else None
            if agent and second is None and owner is None:
                second = _accompanying(place, at)
            parties = (
                (*agent.parties, *(second.parties if second else ())) if agent else ()
            )
            return (
                Reading(parties, (), "signed-by", 0.95, start, "shared")
                if len(parties) > 1
                else None
            )
    partner = None
    for at in range(place.last + 1, min(stop, place.last + 9)):
        if words[at] in small.accompanying:
            partner = chain_after(place, 4, frozenset({",", "untuk", "yang"}), at)
            break
        if words[at] in {",", "itu", "tersebut"}:
            break
    between = _between_before(place)
    if between is not None:
        return between
    subject = subject_of(place.moved(light, place.last))
    if partner is not None:
        if not subject.parties:
            return _fronted_partner(place, partner) or _elided(place, partner)
        return Reading(
            subject.parties,
            partner.parties,
            f"with-{subject.rule}",
            subject.score,
            start,
            purpose=subject.purpose,
        )
    if (
        len(subject.parties) > 1
        and place.first - (subject.chain.last if subject.chain else 0) <= 8
    ):
        return Reading(
            subject.parties, (), "together", 0.95 * subject.score, start, "shared"
        )
    pair = [each for each in scene.chains if start <= each.first and each.last < light]
    if len(pair) >= 2 and subject.chain is pair[0] and light - pair[1].last <= 3:
        within = words[pair[0].last + 1 : pair[1].first]
        if any(word in small.accompanying for word in within) and len(within) <= 3:
            return Reading(pair[0].parties, pair[1].parties, "beside", 0.9, start)
    return None


def _accompanying(place: Place, stop: int) -> Chain | None:
    """The chain after `dengan` between a noun and its verb: `Perjanjian dengan B diteken A`."""
    words = place.scene.words
    for at in range(place.last + 1, stop):
        if words[at] in clauses().accompanying:
            found = chain_after(place, 1, None, at)
            return found if found is not None and found.last < stop else None
    return None


def _between_before(place: Place) -> Reading | None:
    """`Antara A dan B terjalin kerja sama`."""
    words, start = place.scene.words, place.clause_start()
    for each in place.scene.chains:
        if (
            start < each.first
            and each.last < place.first
            and words[each.first - 1] == "antara"
        ):
            second = joined_to(place, each)
            parties = (*each.parties, *(second.parties if second else ()))
            if len(parties) > 1:
                return Reading(parties, (), "between-before", 0.95, start, "shared")
    return None


def _elided(place: Place, partner: Chain) -> Reading | None:
    """`Kerja sama dengan X …`: with whoever speaks, or acted just before."""
    scene, start = place.scene, place.clause_start()
    others = [each for each in scene.chains if start <= each.first < place.first]
    if others or not scene.elided:
        return None
    return Reading(scene.elided, partner.parties, "with-elided", 0.75, start)


def _fronted_partner(place: Place, partner: Chain) -> Reading | None:
    """`Bekerja sama dengan X, Y menggelar …`: the subject follows."""
    words = place.scene.words
    if place.first - place.clause_start() > 3:
        return None
    for each in place.scene.chains:
        if each.first > partner.last:
            if (
                "," in words[partner.last + 1 : each.first]
                and each.first - partner.last <= 3
            ):
                return Reading(
                    each.parties,
                    partner.parties,
                    "with-fronted",
                    0.9,
                    place.clause_start(),
                )
            return None
    return None


def read_origin(place: Place) -> Reading | None:
    """`X merupakan hasil kolaborasi antara A, B dan C`: the partners founded X."""
    words, small = place.scene.words, clauses()
    opener = next(
        (at for at in range(place.last + 1, min(place.last + 5, len(words))) if words[at] in _ANTARA or words[at] in small.accompanying),
        place.last,
    )  # fmt: skip
    founders = chain_after(place, 3, None, opener)
    subject = subject_of(place)
    beside = next(
        (
            each
            for each in place.scene.chains
            if words[each.last + 1 : place.first] in _APPOSED
        ),
        None,
    )
    if beside is not None:  # "dibangun A, perusahaan patungan B dan C"
        subject = replace(subject, parties=beside.parties[-1:], chain=beside)
    if beside is None and subject.chain is not None:
        between = words[subject.chain.last + 1 : place.first]
        if not _SAID_OF & {*between} and len(between) > 4:
            return None  # what came of it is not the body named before
    if (
        founders is None
        or not subject.parties
        or place.first - place.clause_start() > 30
    ):
        return None
    second = joined_to(place, founders)
    parties = (*founders.parties, *(second.parties if second else ()))
    if len(parties) < 2:
        return None
    return Reading(parties, subject.parties[:1], "origin", 0.95, place.clause_start())


def read_together(place: Place) -> Reading | None:
    """`A dan B menggelar …`, `A menggelar … bersama B`."""
    subject = subject_of(place)
    subject = replace(subject, parties=(*subject.parties, *subject.through))
    partner = _together_with(place)
    if len(subject.parties) > 1:
        return Reading(
            (*subject.parties, *(partner.parties if partner else ())),
            (),
            "together",
            0.95 * subject.score,
            place.clause_start(),
            "shared",
        )
    if not subject.parties or partner is None:
        return None
    return Reading(
        (*subject.parties, *partner.parties),
        (),
        "together-with",
        0.9,
        place.clause_start(),
        "shared",
    )


def _together_with(place: Place) -> Chain | None:
    """The chain after `bersama`, or right after `dengan`, behind a verb."""
    words = place.scene.words
    for at in range(place.last + 1, min(place.clause_end(), place.last + 14)):
        if words[at] in {"bersama", "dengan"}:
            near = 2 if words[at] == "bersama" else 0
            partner = chain_after(place, near, frozenset({","}), at)
            if partner:
                return partner
    return None


def read_together_passive(place: Place) -> Reading | None:
    """`… digelar oleh A dan B`."""
    agent = agent_of(place)
    if agent is None:
        return None
    second = joined_to(place, agent)
    parties = (*agent.parties, *(second.parties if second else ()))
    if len(parties) < 2:
        return None
    return Reading(parties, (), "together-by", 0.95, place.clause_start(), "shared")
