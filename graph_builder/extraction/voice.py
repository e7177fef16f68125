"""Which parties a trigger joins, and on which side, by its voice.

meN- has its agent before and its patient after; di- the other way round, with or without `oleh`, also
where the verb opens the clause (`Digandeng X, Y …`); nouns of a deed take `oleh`, `antara … dan …`,
`dengan` or a light verb (`melakukan pembinaan kepada …`). Each reading names its rule and how far
it is to be trusted.
"""

from collections.abc import Callable, Mapping, Sequence

from .clauses import clauses
from .frames import trigger_lexicon
from .parties import Chain, Party, Scene
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
from .triggers import Trigger

_OBJECT_GAP = 7
_HOPING = frozenset({"berharap", "mengharapkan"})
_BEFORE_A_UNIT = frozenset({"melalui", "lewat", "oleh", "dengan", "kepada", "dari", "dan", "salah", "satu", "bersama", "menggandeng"})  # fmt: skip
_LINKS = frozenset({",", "yang", "merupakan", "adalah", "mitra"})
_ATTENDING = frozenset({"mengikuti", "menjalani"})
_COPULAS = frozenset({"adalah", "merupakan", "juga", "ialah", "masih", "sebagai"})
_COUNTS = frozenset({"dua", "tiga", "empat", "lima", "beberapa", "sejumlah"})
_JUDGED_NEAR = 6
_PLACED = {"investment": frozenset({"di"})}
_ORDERED = frozenset({"pesanan"})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "conflict": frozenset({"dengan"}), "cooperation": frozenset({"dengan"}), "advocacy": frozenset({"agar"}),
    "training": frozenset({"dari"}), "mentoring": frozenset({"dari"}), "funding": frozenset({"di"}),
}  # fmt: skip
"""Prepositions that may yet lead to the patient, by the kind of tie: `melatih pencicip dari A`."""
_APPOSED = ([","], [")", ","])
_SIDE = frozenset({"pihak", "para", "manajemen"})
_OLEH, _DARI = frozenset({"oleh"}), frozenset({"dari", "oleh"})
_SOURCE = frozenset({"dari", "buatan", "produksi", "keluaran", "milik", "hasil"})


def read_voice(scene: Scene, found: Sequence[Trigger], at: int) -> Reading | None:
    """The reading of the trigger `found[at]` of a scene; None if it joins nobody."""
    trigger = found[at]
    return _READERS[trigger.form](Place(scene, found, at, trigger.first, trigger.last))


def _active(place: Place) -> Reading | None:
    subject = subject_of(place)
    allowed = _ALLOWED.get(place.trigger.frame.type, frozenset[str]())
    refused = clauses().no_patient - allowed
    patient = chain_after(place, _OBJECT_GAP, refused)
    if patient is None or patient.parties[0].is_group:
        patient = chain_toward(place) or patient
    if patient is None and place.trigger.frame.type == "event-participation":
        patient = _host_of_event(place)
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
    if place.trigger.frame.type != "cooperation" or len(patient.parties) < 2:
        return None
    start = place.clause_start()
    return Reading(patient.parties, (), "active-involved", 0.85, start, "shared")


def _members(place: Place) -> Reading | None:
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


def _judge(place: Place) -> Reading | None:
    """`A menilai program B sudah tepat`: A judges B."""
    subject = subject_of(place)
    judged = chain_after(place, _JUDGED_NEAR)
    if not subject.parties or judged is None or judged.parties[0].is_group:
        return None
    return Reading(
        subject.parties, judged.parties[:1], f"judge-{subject.rule}", 0.95 * subject.score, place.first
    )  # fmt: skip


def _host_of_event(place: Place) -> Chain | None:
    """`menghadiri pameran yang digelar B`: B holds what A attends."""
    words, known = place.scene.words, trigger_lexicon()
    for at in range(place.last + 1, min(place.last + 8, len(words))):
        if words[at] in known.light_passive:
            return agent_of(place.moved(place.first, at))
    return None


def _share(place: Place) -> Reading | None:
    """`A menguasai 40 persen saham B`, `saham B dikuasai A`."""
    words, known = place.scene.words, trigger_lexicon()
    start = place.clause_start()
    owned = chain_after(place, 1)
    if owned is None:
        return None
    for at in range(place.first - 1, max(place.first - 7, -1), -1):
        if words[at] in known.owning:
            subject = subject_of(place.moved(at, place.last))
            if not subject.parties:
                return None
            return Reading(
                subject.parties, owned.parties, f"share-{subject.rule}", subject.score, start
            )  # fmt: skip
    for at in range(owned.last + 1, min(owned.last + 4, len(words))):
        if words[at] in known.owning_passive:
            agent = agent_of(place.moved(place.first, at))
            if agent is not None and agent is not owned:
                return Reading(
                    agent.parties, owned.parties, "share-passive", 0.95, start
                )
    return None


def _touch(place: Place) -> Reading | None:
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


def _adjunct(place: Place) -> Reading | None:
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


def _hope(place: Place) -> Reading | None:
    """`A berharap B …`: of B something is expected."""
    subject = subject_of(place)
    patient = chain_after(place, 1, clauses().no_patient - {"agar"})
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"hope-{subject.rule}", subject.score, place.first
    )  # fmt: skip


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


def _passive(place: Place) -> Reading | None:
    words, start = place.scene.words, place.clause_start()
    agent = agent_of(place)
    if agent is None:
        return None
    subject = subject_of(place)
    receiver = chain_toward(place, agent.last)
    if receiver is not None and (not subject.parties or subject.parties[0].is_group):
        return Reading(agent.parties, receiver.parties, "passive-toward", 0.9, start)
    if subject.parties and subject.chain is not agent:
        return Reading(
            agent.parties,
            subject.parties,
            f"passive-{subject.rule}",
            subject.score,
            start,
        )
    if place.trigger.frame.type == "event-participation" and len(agent.parties) > 1:
        return Reading(agent.parties, (), "passive-shared", 0.9, start, "shared")
    owner = _owner_in_subject(place)
    if owner is not None:
        return Reading(agent.parties, owner.parties, "passive-owner", 0.8, start)
    if words[place.last].startswith("bersama") and place.scene.elided:
        return Reading(place.scene.elided, agent.parties, "passive-elided", 0.8, start)
    if place.first - start > 2:
        return None
    # Fronted: the patient follows the agent after a comma.
    rest = [each for each in place.scene.chains if each.first > agent.last]
    if (
        rest
        and rest[0].first - agent.last <= 3
        and "," in words[agent.last : rest[0].first + 1]
    ):
        return Reading(agent.parties, rest[0].parties, "passive-fronted", 0.85, start)
    return None


def _owner_in_subject(place: Place) -> Chain | None:
    """`Riset PT X dibiayai …`, `Produk dari Y dipasarkan …`: the body whose thing the subject is."""
    start, words = place.clause_start(), place.scene.words
    before = [
        each
        for each in place.scene.chains
        if start <= each.first and each.last < place.first
    ]
    if len(before) != 1 or before[0].parties[0].is_group:
        return None
    chain = before[0]
    owned = chain.first > start and words[chain.first - 1] not in clauses().skipped
    return chain if owned and place.first - chain.last <= 8 else None


def _give(place: Place) -> Reading | None:
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


def _given(place: Place) -> Reading | None:
    """`X dipasok A kepada B`, `X dari A dikirim ke B`."""
    agent, start = agent_of(place), place.clause_start()
    if agent is None:
        giver, receiver = _owner_in_subject(place), chain_toward(place)
        if giver is None or receiver is None or giver is receiver:
            return None
        return Reading(giver.parties, receiver.parties, "given-from", 0.85, start)
    receiver = chain_toward(place, agent.last)
    if receiver is not None:
        return Reading(agent.parties, receiver.parties, "given-toward", 0.95, start)
    return _passive(place)


def _take(place: Place) -> Reading | None:
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


def _taken(place: Place) -> Reading | None:
    """`X dibeli A dari B`, `X dari B dibeli A`."""
    agent, start = agent_of(place), place.clause_start()
    if agent is None:
        return _taken_for(place)
    after = place.moved(place.first, agent.last)
    source = chain_by(after, _SOURCE, 6) or chain_by(place, _SOURCE, 3)
    if source is not None:
        return Reading(agent.parties, source.parties, "taken-from", 0.95, start)
    source = _owner_in_subject(place)
    if source is not None and source is not agent:
        return Reading(agent.parties, source.parties, "taken-owner", 0.9, start)
    return _passive(place)


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


def _noun(place: Place) -> Reading | None:
    words, known = place.scene.words, trigger_lexicon()
    for at in range(place.first - 1, _reach_of_noun(place), -1):
        word = words[at]
        if word in known.receiving:
            subject = subject_of(place.moved(at, place.last))
            agent = chain_by(place, _DARI, 8) or _host_of_event(place)
            if agent is None and word in _ATTENDING:
                agent = chain_by(place, frozenset({"di"}), 4)
            agent = agent or chain_after(place, 0)
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
    return _by_whom(place) or _owned(place)


def _reach_of_noun(place: Place) -> int:
    """How far before a noun its verb may stand: four words, or the noun that `dan` joins it to."""
    words, start = place.scene.words, place.first - 1
    earlier = [
        each for each in place.found[: place.at] if each.form in {"noun", "thing"}
    ]
    if start > 0 and words[start] in {"dan", "serta"} and earlier:
        return max(earlier[-1].first - 5, -1)
    return max(place.first - 5, -1)


def _by_whom(place: Place) -> Reading | None:
    """`Hibah dari A untuk B`, `Pelatihan bagi B diberikan A`."""
    words, known = place.scene.words, trigger_lexicon()
    agent = chain_by(place, _OLEH) or chain_by(place, _DARI, 3)
    if agent is None:
        for at in range(place.last + 1, min(place.last + 12, len(words))):
            if words[at] in known.light_passive:
                agent = agent_of(place.moved(place.first, at))
                break
    if agent is None:
        return None
    patient = chain_after(place, 4, clauses().no_patient) or chain_toward(place)
    if patient is None or patient is agent:
        behind = place.moved(place.first, agent.last)
        patient = chain_toward(behind) or chain_by(behind, _SOURCE, 6)
    if patient is None or patient is agent:
        return None
    return Reading(
        agent.parties, patient.parties, "noun-by", 0.85, place.clause_start()
    )


def _owned(place: Place) -> Reading | None:
    """`Hibah A untuk B`, `Investasi A pada B`, `bantuan bagi B dari A`."""
    agent = chain_after(place, 1, clauses().no_agent | {"oleh"})
    if agent is not None:
        patient = chain_toward(place, agent.last)
        near = patient is not None and patient.first - agent.last <= 6
        if patient is None or patient is agent or not near:
            return None
        return Reading(
            agent.parties, patient.parties, "noun-owned", 0.85, place.clause_start()
        )
    patient = chain_toward(place)
    if patient is None or patient.first - place.last > 6:
        return None
    agent = chain_by(place.moved(place.first, patient.last), _DARI, 3)
    if agent is None or agent is patient:
        return None
    return Reading(
        agent.parties, patient.parties, "noun-from", 0.8, place.clause_start()
    )


def _thing(place: Place) -> Reading | None:
    """A thing that is given: no deed of its own without a verb that gives it, before or after."""
    words, known = place.scene.words, trigger_lexicon()
    things = [
        each
        for each in place.found[: place.at]
        if each.form in {"noun", "thing", "mutual", "share"}
    ]
    for at in range(place.first - 1, max(place.first - 7, -1), -1):
        if any(other.first <= at <= other.last for other in things):
            return None
        if words[at] in known.giving:
            return _light(place, at)
        if words[at] in known.receiving:
            return _noun(place)
        if words[at] in {",", ";", "yang"}:
            break
    for at in range(place.last + 1, min(place.last + 9, len(words))):
        if words[at] in known.giving_passive:
            return _given(place.moved(place.first, at))
        if words[at] in {",", ";"}:
            break
    return None


def _light(place: Place, verb: int) -> Reading | None:
    subject = subject_of(place.moved(verb, place.last))
    patient = (
        chain_toward(place)
        or chain_after(place, 4, clauses().no_patient)
        or _hoper(place, verb)
    )
    if patient is None and place.trigger.frame.type == "procurement":
        patient = chain_by(place, _SOURCE)
    if patient is None and place.trigger.frame.type == "standard-setting":
        partner = chain_by(place, frozenset({"bersama", "dengan"}))
        if partner is not None and subject.parties:
            return Reading(
                (*subject.parties, *partner.parties), (), f"light-{subject.rule}", 0.9, place.clause_start(), "shared"
            )  # fmt: skip
    if not subject.parties or patient is None:
        return None
    return Reading(
        subject.parties, patient.parties, f"light-{subject.rule}", 0.95 * subject.score, place.clause_start(),
        through=subject.through, purpose=subject.purpose,
    )  # fmt: skip


def _hoper(place: Place, verb: int) -> Chain | None:
    """`A berharap B memberikan bantuan`: whoever hopes is to have it."""
    words, start = place.scene.words, place.clause_start()
    hope = next((at for at in range(verb - 1, start, -1) if words[at] in _HOPING), None)
    before = [
        each
        for each in place.scene.chains
        if start <= each.first and hope is not None and each.last < hope
    ]
    return before[0] if before else None


def _state(place: Place) -> Reading | None:
    words = place.scene.words
    if words[place.last].endswith("nya"):
        return _of_the_one_before(place)
    upper = chain_after(place, 2, clauses().not_above)
    if upper is None or (words[place.first] == "milik" and not _is_defined(place)):
        return None
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
    return Reading(lower.parties, upper.parties[:1], rule, score, place.clause_start())


def _is_defined(place: Place) -> bool:
    """Whether `milik` says what a body is, as in `A merupakan unit milik B`, and not whose thing something is."""
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
    "give": _give,
    "given": _given,
    "touch": _touch,
    "share": _share,
    "members": _members,
    "judge": _judge,
    "hope": _hope,
    "adjunct": _adjunct,
    "take": _take,
    "taken": _taken,
    "thing": _thing,
    "together": read_together,
    "together_passive": read_together_passive,
}
