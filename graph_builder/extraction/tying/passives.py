"""Who does what to whom where the verb is passive: di- has its agent after, with or without `oleh`."""

from ..reading import clauses
from .parties import Chain, Party
from .subjects import (
    Place,
    Reading,
    Subject,
    agent_of,
    chain_by,
    chain_toward,
    subject_of,
)

_THEIRS_WITHIN = 4
_ADVERBS = frozenset({"rencananya", "nantinya", "selanjutnya", "sebelumnya", "misalnya", "kabarnya", "biasanya", "akhirnya", "umumnya", "sebaiknya", "seharusnya", "hanya", "tanya", "karenanya", "idealnya", "awalnya"})  # fmt: skip
_WORKED = frozenset({"dikerjakan", "dilakukan", "dilaksanakan", "digarap", "dijalankan", "dikelola", "digelar"})  # fmt: skip


def read_passive(place: Place) -> Reading | None:
    """di-: the agent after, with or without `oleh`, the patient before."""
    words, start = place.scene.words, place.clause_start()
    agent = agent_of(place)
    if agent is None and place.trigger.frame.type == "certification":
        agent = chain_by(place, frozenset({"di"}), 3)  # `diuji di laboratorium A`
    if agent is None:
        return None
    subject = subject_of(place)
    receiver = chain_toward(place, agent.last)
    if receiver is not None and (not subject.parties or subject.parties[0].is_group):
        return Reading(agent.parties, receiver.parties, "passive-toward", 0.9, start)
    if subject.parties and subject.chain is not agent:
        return Reading(
            agent.parties,
            (*subject.parties, *_holders(place, subject)),
            f"passive-{subject.rule}",
            subject.score,
            start,
        )
    worker = _worker(place, agent)
    if worker is not None:
        return Reading(agent.parties, worker.parties, "passive-worker", 0.9, start)
    if place.trigger.frame.type == "event-participation" and len(agent.parties) > 1:
        return Reading(agent.parties, (), "passive-shared", 0.9, start, "shared")
    owner = owner_in_subject(place)
    if owner is not None:
        return Reading(agent.parties, owner.parties, "passive-owner", 0.8, start)
    if words[place.last].startswith("bersama") and place.scene.elided:
        return Reading(place.scene.elided, agent.parties, "passive-elided", 0.8, start)
    if _is_theirs(place) and place.scene.elided:
        # "A membangun pabrik. Mesinnya dipasok B": of whoever was just told of
        return Reading(agent.parties, place.scene.elided[:1], "passive-its", 0.8, start)
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


def _is_theirs(place: Place) -> bool:
    """Whether a sentence begins with a thing of somebody told of before: `Mesinnya dipasok B`."""
    words = place.scene.words
    return (
        words[0].endswith("nya")
        and words[0] not in _ADVERBS
        and 0 < place.first <= _THEIRS_WITHIN
        and "," not in words[: place.first]
    )


def _holders(place: Place, subject: Subject) -> tuple[Party, ...]:
    """`Rapat yang difasilitasi A itu dihadiri B`: A was there too."""
    chain = subject.chain
    if chain is None or place.trigger.frame.type != "event-participation":
        return ()
    return tuple(
        party
        for each in place.scene.chains
        if chain.last < each.first
        and each.last < place.first
        and chain.parties[0].of_deed
        for party in each.parties
        if not party.is_group
    )


def _worker(place: Place, agent: Chain) -> Chain | None:
    """`Riset itu didanai A dan dikerjakan B`: what A pays for is the work of B."""
    words, after = place.scene.words, agent.last + 1
    if (
        place.trigger.frame.type not in {"funding", "technical-assistance"}
        or words[after : after + 1] not in (["dan"], ["serta"])
        or not _WORKED & {*words[after + 1 : after + 2]}
    ):
        return None
    return agent_of(place.moved(place.first, after + 1))


def owner_in_subject(place: Place) -> Chain | None:
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
