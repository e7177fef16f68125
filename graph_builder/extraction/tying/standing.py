"""Lasting positions: what stands under what, who is a member of what, whose protégé somebody is."""

from ..reading import clauses
from .actives import read_active
from .parties import Chain
from .passives import read_passive
from .subjects import Place, Reading, chain_after, subject_of

_BEFORE_A_UNIT = frozenset({"melalui", "lewat", "oleh", "dengan", "kepada", "dari", "dan", "salah", "satu", "bersama", "menggandeng"})  # fmt: skip
_LINKS = frozenset({",", "yang", "merupakan", "adalah", "mitra"})
_COPULAS = frozenset({"adalah", "merupakan", "juga", "ialah", "masih", "sebagai"})
_COUNTS = frozenset({"dua", "tiga", "empat", "lima", "beberapa", "sejumlah"})
_APPOSED = ([","], [")", ","])


def read_state(place: Place) -> Reading | None:
    """A lasting position: `A di bawah B`, `anak usaha A, yaitu B`."""
    words = place.scene.words
    if words[place.last].endswith("nya"):
        return _of_the_one_before(place)
    upper = chain_after(place, 2, clauses().not_above)
    if upper is None or (words[place.first] == "milik" and not _is_defined(place)):
        return None
    if place.trigger.frame.type == "representation" and any(
        each.frame.type == "event-participation" for each in place.found[: place.at]
    ):
        return None  # "dihadiri A, utusan B, dan C": the envoy comes beside A
    lower = _namely(place, upper) or _apposed(place, upper)
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
    uppers = upper.parties if _is_defined(place) else upper.parties[:1]
    return Reading(lower.parties, uppers, rule, score, place.clause_start())


def read_state_back(place: Place) -> Reading | None:
    """The same from above: `B menaungi A`."""
    made = read_active(place)
    if made is None:
        return None
    return Reading(
        made.patients, made.agents[:1], f"state-{made.rule}", made.score, made.start
    )


def read_passive_state(place: Place) -> Reading | None:
    """The same in the passive: `A dinaungi B`."""
    made = read_passive(place)
    if made is None:
        return None
    return Reading(
        made.patients, made.agents[:1], f"state-{made.rule}", made.score, made.start
    )


def read_members(place: Place) -> Reading | None:
    """`Dua anggota A, B dan C, …`, `B juga anggota A`."""
    words, body = place.scene.words, chain_after(place, 0)
    if body is None:
        return None
    if len(body.parties) > 2 and words[place.first - 1] in _COUNTS:
        # "Dua anggota A, B dan C": the list begins with the body that they are members of.
        return Reading(
            body.parties[1:], body.parties[:1], "members", 0.9, place.clause_start()
        )
    behind = next(
        (
            each
            for each in place.scene.chains
            if each.first > body.last and words[body.last + 1 : each.first] == [","]
        ),
        None,
    )
    start = place.clause_start()
    if behind is not None and len(behind.parties) > 1:
        return Reading(behind.parties, body.parties[:1], "members", 0.95, start)
    before = [
        each
        for each in place.scene.chains
        if 0 < place.first - each.last <= 5 and each.first >= start
    ]
    if before and _COPULAS & {*words[before[-1].last + 1 : place.first]}:
        return Reading(before[-1].parties, body.parties[:1], "member", 0.95, start)
    return None


def read_adjunct(place: Place) -> Reading | None:
    """`A binaan B`: B did it to A."""
    agent = chain_after(place, 1, clauses().no_agent)
    patient = next(
        (
            each
            for each in place.scene.chains
            if 0 < place.first - each.last <= 3
            and all(
                word in _LINKS
                for word in place.scene.words[each.last + 1 : place.first]
            )
        ),
        None,
    )
    if agent is None or patient is None:
        return None
    return Reading(agent.parties, patient.parties[-1:], "adjunct", 0.95, place.first)


def _is_defined(place: Place) -> bool:
    """Whether a sentence says what a body is, as in `A merupakan unit milik B`, and not whose thing something is."""
    before = [each for each in place.scene.chains if each.last < place.first]
    return bool(before) and bool(
        {"merupakan", "adalah", "ialah"}
        & {*place.scene.words[before[-1].last + 1 : place.first]}
    )


def _of_the_one_before(place: Place) -> Reading | None:
    """`A melalui anak usahanya, B`: B stands under A."""
    start = place.clause_start()
    upper = [
        each
        for each in place.scene.chains
        if start <= each.first and each.last < place.first
    ]
    lower = chain_after(place, 2, clauses().no_patient - {","})
    if not upper and place.first == 0 and place.scene.elided and lower is not None:
        # "… diterima A. Penanam modalnya B": of whoever was just told of
        return Reading(
            lower.parties[:1], place.scene.elided[:1], "state-elided", 0.85, start
        )
    if not upper or lower is None:
        return None
    return Reading(
        lower.parties, upper[-1].parties[:1], "state-possessive", 0.95, start
    )


def _apposed(place: Place, upper: Chain) -> Chain | None:
    """`melalui anak usaha A, B`: after a preposition the name follows the word for what it is."""
    words = place.scene.words
    if place.first == 0 or words[place.first - 1] not in _BEFORE_A_UNIT:
        return None
    return next(
        (
            each
            for each in place.scene.chains
            if each.first > upper.last
            and words[upper.last + 1 : each.first] in _APPOSED
        ),
        None,
    )


def _namely(place: Place, after: Chain) -> Chain | None:
    words, small = place.scene.words, clauses()
    opens = place.first == place.clause_start()
    for at in range(after.last + 1, min(after.last + 6, len(words))):
        if words[at] in small.namely or (
            opens and words[at] in {"adalah", "merupakan"}
        ):
            return next(
                (each for each in place.scene.chains if 0 <= each.first - at <= 2), None
            )
    return None
