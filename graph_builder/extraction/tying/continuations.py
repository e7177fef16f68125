"""Ties that go on from the sentence before: a deed done through a body, a hope about what was just told."""

from collections.abc import Sequence
from dataclasses import replace

from ..reading import clauses
from .deeds import DeedsInMind, nouns_in
from .frames import trigger_lexicon
from .modality import modality_of
from .participants import Participant, Tie, speaking_party
from .parties import Scene
from .quotes import Quote, speaker_at

_GUEST_NEAR = 6
_TITLED_NEAR = 9
_FIRST_WORDS = 2
_GUESTS = frozenset({"tamunya", "pesertanya", "undangannya", "hadirinnya"})
_ATTENDED = frozenset({"agreement", "training", "mentoring", "investment", "hosting"})
"""Kinds of tie at whose making others may be present."""


def continued(scene: Scene, before: Sequence[Tie]) -> list[Tie]:
    """`…yang dilakukan melalui X`: whoever did the deed of the sentence before does it through X."""
    words, small = scene.words, clauses()
    deeds = [
        each
        for each in before
        if each.participants[0].role in {"provider", "principal"}
        and each.end <= scene.sentence.start
    ]
    for at in range(1, len(words)):
        if not deeds:
            break
        if (
            words[at] not in small.through
            or words[at - 1] not in small.continuing["verbs"]
        ):
            continue
        deed = deeds[-1]
        after = [each for each in scene.chains if each.first > at]
        namely = next(
            (at for at in range(at, len(words)) if words[at] in small.namely), None
        )
        chosen = next(
            (each for each in after if namely is not None and each.first > namely),
            after[0] if after else None,
        )
        if chosen is None or chosen.parties[0].entity is None:
            break
        groups = [
            each.parties[0]
            for each in scene.chains
            if each.last < at and each.parties[0].is_group
        ]
        beneficiary = (
            [Participant(None, "beneficiary", groups[-1].surface)]
            if groups
            else [each for each in deed.participants if each.role == "beneficiary"]
        )
        agent = replace(deed.participants[0], role="principal")
        provider = Participant(
            chosen.parties[0].entity, "provider", chosen.parties[0].surface
        )
        if agent.entity is provider.entity:
            break
        sentence = scene.sentence
        return [
            Tie(deed.type, (agent, provider, *beneficiary), deed.modality, deed.sign, None, sentence.start, sentence.end,
                " ".join(words[at - 1 : at + 1]), "continued-through", 0.65)
        ]  # fmt: skip
    return []


def hopes(scene: Scene, found: Sequence[Tie], quotes: Sequence[Quote]) -> list[Tie]:
    """`Kami berharap kerja sama ini …`: a hope of the speaker about the partners of the tie just told."""
    words, small = scene.words, clauses()
    for at, word in enumerate(words):
        if word not in small.continuing["hopes"] or not any(
            each in small.continuing["nouns"] for each in words[at + 1 : at + 4]
        ):
            continue
        speaker = speaker_at(quotes, scene.tokens[at].start)
        told = next(
            (
                each
                for each in reversed(found)
                if each.type in {"cooperation", "agreement"}
            ),
            None,
        )
        if speaker is None or told is None:
            return []
        party = speaking_party(speaker)
        subjects = [
            replace(each, role="subject")
            for each in told.participants
            if each.entity is not party.entity or each.entity is None
        ]
        agent = Participant(party.entity, "speaker", party.surface, party.person)
        if not subjects:
            return []
        sentence = scene.sentence
        return [
            Tie("expectation", (agent, *subjects), "realised", "positive", None, sentence.start, sentence.end, word,
                "hope-about-tie", 0.5)
        ]  # fmt: skip
    return []


def _brings_guests(words: Sequence[str], at: int) -> bool:
    """Whether guests are named behind or before a word: `hadir`, `datang pula A`, `tamunya antara lain A`."""
    after = words[at + 1 : at + 2]
    return (
        words[at] == "hadir"
        or (words[at] == "datang" and after in (["pula"], ["juga"]))
        or (words[at] == "ikut" and at < _FIRST_WORDS and after == ["dalam"])
        or (words[at] in _GUESTS and at < _FIRST_WORDS)
    )


def attended(scene: Scene, deeds: DeedsInMind) -> list[Tie]:
    """`Hadir pula A dan B`: they attended what was told just before."""
    words, deed = scene.words, deeds.last
    at = next((at for at in range(len(words)) if _brings_guests(words, at)), None)
    if at is None or "tidak" in words[max(0, at - 3) : at]:
        return []
    after = [each for each in scene.chains if each.first > at]
    reach = _TITLED_NEAR if words[at] in _GUESTS else _GUEST_NEAR
    near = after and after[0].first - at <= reach
    guests = after if near else [each for each in scene.chains if each.last < at]
    several = near and len(after[0].parties) > 1
    if deed is None and not several and not any(nouns_in(words)):
        return []  # no event is told of
    tie = deed.ties[-1] if deed is not None and deed.ties else None
    known = [*(tie.participants if tie else deed.doers if deed else ())]
    attends = tie is not None and tie.type in _ATTENDED
    for chain in guests:
        for each in chain.parties:
            if each.entity is None or any(one.entity is each.entity for one in known):
                continue
            known.append(
                Participant(each.entity, "attendee", each.surface, each.person)
            )
    if not attends:
        known = [replace(each, role="attendee") for each in known if each.entity]
    if len(known) < 2 or (tie is not None and len(known) == len(tie.participants)):
        return []
    sentence = scene.sentence
    kind = tie.type if tie is not None and attends else "event-participation"
    sign = tie.sign if tie is not None and attends else "neutral"
    return [
        Tie(kind, tuple(known), "realised", sign, tie.when if tie else None, sentence.start, sentence.end,
            words[at], "attended", 0.6)
    ]  # fmt: skip


def directed(scene: Scene, deeds: DeedsInMind) -> list[Tie]:
    """`Pembinaan itu ditujukan kepada A dan B`: whom the deed told before reaches."""
    words, small = scene.words, clauses()
    for first, last, noun in nouns_in(words):
        frame = trigger_lexicon().noun_frame(noun)
        if frame is None or frame.agent != "provider" or last + 1 >= len(words):
            continue
        verb = next(
            (
                at
                for at in range(last + 1, min(last + 5, len(words)))
                if words[at] in small.continuing["directed"]
            ),
            None,
        )
        if verb is None:
            continue
        reached = next((each for each in scene.chains if each.first > verb), None)
        agents = [each for each in deeds.meant(noun) if each.entity is not None]
        if reached is None or reached.first - verb > 4 or not agents:
            continue
        if "oleh" in words[verb : reached.first]:
            continue
        parties = (
            *(replace(each, role="provider") for each in agents),
            *(
                Participant(each.entity, "beneficiary", each.surface, each.person)
                for each in reached.parties
                if all(each.entity is not one.entity for one in agents)
            ),
        )
        if len(parties) <= len(agents):
            continue
        sentence = scene.sentence
        return [
            Tie(frame.type, parties, modality_of(words, first, verb, verb), frame.sign, None, sentence.start, sentence.end,
                words[verb], "directed", 0.65)
        ]  # fmt: skip
    return []
