"""Nouns of deeds and of things that pass: with a verb that says little itself, with `oleh`, or with whose they are."""

from ..reading import clauses
from .actives import host_of_event
from .frames import trigger_lexicon
from .giving import read_given
from .parties import Chain
from .subjects import (
    Place,
    Reading,
    agent_of,
    chain_after,
    chain_by,
    chain_toward,
    subject_of,
)

_HOPING = frozenset({"berharap", "mengharapkan"})
_ATTENDING = frozenset({"mengikuti", "menjalani"})
_SELLING = frozenset({"melepas", "menjual"})
_OLEH = frozenset({"oleh"})
_DARI = frozenset({"dari", "oleh"})
_THANKS = frozenset(
    {"berkat", "dengan", "atas", "berbekal", "lewat", "melalui", "karena"}
)
_RECEIVED = frozenset({"diterima", "dinikmati", "dimanfaatkan", "dirasakan"})
_ABOUT = frozenset({"tentang", "mengenai", "soal", "perihal"})
_GOT = frozenset({"diterima", "diraih", "diperoleh", "didapat", "didapatkan", "dikantongi"})  # fmt: skip
_GOT_WITHIN = 12
_FILLING = frozenset({"adanya", "program", "fasilitas", "skema", "berbagai"})
_SOURCE = frozenset({"dari", "buatan", "produksi", "keluaran", "milik", "hasil"})


def read_noun(place: Place) -> Reading | None:
    """A noun of a deed: with a light verb, with `oleh` or `dari`, or with the body whose deed it is."""
    words, known = place.scene.words, trigger_lexicon()
    if place.first and words[place.first - 1] in {"dengan", "atas", "berkat", "bawah"}:
        thanks = _thanks_to(place)  # `A membuka bengkel dengan dukungan B`
        if thanks is not None:
            return thanks
    for at in range(place.first - 1, _reach_of_noun(place), -1):
        word = words[at]
        if word in _ABOUT:
            break
        if word in known.receiving:
            subject = subject_of(place.moved(at, place.last))
            agent = chain_by(place, _DARI, 8) or host_of_event(place)
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
    return _by_whom(place) or _owned(place) or _thanks_to(place)


def read_thing(place: Place) -> Reading | None:
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
            return read_noun(place)
        if words[at] in {",", ";", "yang"}:
            break
    got = _received(place)
    if got is not None:
        return got
    for at in range(place.last + 1, min(place.last + 9, len(words))):
        if words[at] in known.giving_passive:
            return read_given(place.moved(place.first, at))
        if words[at] in {",", ";"}:
            break
    return None


def read_share(place: Place) -> Reading | None:
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
            buyer = chain_toward(place) if words[at] in _SELLING else None
            if buyer is not None:  # "A melepas saham B kepada C": C has it now
                sold = subject if buyer is owned else owned
                return Reading(
                    buyer.parties, sold.parties, "share-sold", subject.score, start
                )
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
    got = _received(place)
    if got is not None:
        return got
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
        patient = (
            chain_toward(behind) or chain_by(behind, _SOURCE, 6) or _receiver(behind)
        )
    if patient is None or patient is agent or _of_another(place, agent, patient):
        return None
    return Reading(
        agent.parties, patient.parties, "noun-by", 0.85, place.clause_start()
    )


def _received(place: Place) -> Reading | None:
    """`Bantuan dua mesin dari A diterima B`, `Penghargaan itu diraih B dari A`."""
    words = place.scene.words
    for at in range(place.last + 1, min(place.last + _GOT_WITHIN, len(words))):
        if words[at] in {",", ";", "yang"}:
            return None
        if words[at] in _GOT:
            receiver = agent_of(place.moved(at, at))
            if receiver is None:
                return None
            giver = chain_by(place, _DARI, at - place.last) or chain_by(
                place.moved(at, receiver.last), _DARI, 3
            )
            if giver is None or giver is receiver:
                return None
            return Reading(
                giver.parties, receiver.parties, "noun-got", 0.85, place.clause_start()
            )
    return None


def _of_another(place: Place, agent: Chain, patient: Chain) -> bool:
    """Whether a party behind the agent belongs to a deed told after it: `digelar A atas dukungan dari B`."""
    return any(
        agent.last < each.first and each.last < patient.first
        for each in place.found[place.at + 1 :]
        if each.form in {"noun", "mutual"}
    )


def _receiver(place: Place) -> Chain | None:
    """`Bantuan dari A telah diterima B`."""
    words = place.scene.words
    for at in range(place.last + 1, min(place.last + 5, len(words))):
        if words[at] in _RECEIVED:
            return agent_of(place.moved(place.first, at))
        if words[at] in {",", ";", "yang"}:
            break
    return None


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


def _thanks_to(place: Place) -> Reading | None:
    """`Berkat pendampingan A, B …`, `B … dengan dukungan dari A`: whoever acts has had the deed of A."""
    words, at = place.scene.words, place.first - 1
    while at >= 0 and words[at] in _FILLING:
        at -= 1
    if words[max(at - 1, 0) : at + 1] == ["di", "bawah"]:
        at -= 1
    elif at < 0 or words[at] not in _THANKS:
        return None
    agent = chain_after(place, 1, clauses().no_agent | {"oleh"}) or chain_by(
        place, _DARI, 3
    )
    if agent is None:
        return None
    if at == 0:
        behind = agent.last + 1
        for each in place.scene.chains:
            if each.first == behind + 1 and words[behind] == ",":
                return Reading(
                    agent.parties, each.parties, "noun-thanks", 0.85, place.clause_start()
                )  # fmt: skip
        return None
    subject = subject_of(place.moved(at, place.last))
    if not subject.parties or subject.parties == agent.parties:
        return None
    return Reading(
        agent.parties, subject.parties, "noun-thanks", 0.85 * subject.score, place.clause_start()
    )  # fmt: skip


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
