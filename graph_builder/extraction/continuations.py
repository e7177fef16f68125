"""Ties that go on from the sentence before: a deed done through a body, a hope about what was just told."""

from collections.abc import Sequence
from dataclasses import replace

from .clauses import clauses
from .participants import Participant, Tie, speaking_party
from .parties import Scene
from .quotes import Quote, speaker_at


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
