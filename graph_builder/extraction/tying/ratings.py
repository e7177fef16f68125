"""What a speaker says of how a party does."""

from collections.abc import Sequence

from ..reading import clauses
from .participants import Participant, Tie, speaking_party
from .parties import Scene
from .quotes import Quote, speaker_at


def ratings(scene: Scene, quotes: Sequence[Quote]) -> list[Tie]:
    """What a speaker says of how a party does: an assessment, for a person to judge."""
    small, sentence = clauses(), scene.sentence
    text = sentence.text.casefold()
    for sign in ("positive", "negative"):
        phrases = small.ratings[sign]
        phrase = next((each for each in phrases if f" {each}" in text), None)
        if phrase is None:
            continue
        place = sentence.start + text.index(f" {phrase}") + 1
        speaker = speaker_at(quotes, place)
        if speaker is None:
            continue
        party = speaking_party(speaker)
        rated = [
            each.parties[0]
            for each in scene.chains
            if scene.tokens[each.last].end <= place
            and speaker_at(quotes, scene.tokens[each.first].start) is speaker
        ]  # fmt: skip
        if rated:
            subject = rated[0]
            if subject.entity is not None and subject.entity is party.entity:
                continue
            return [
                Tie("assessment", (
                    Participant(party.entity, "speaker", party.surface, party.person),
                    Participant(subject.entity, "subject", subject.surface, subject.person),
                ), "realised", sign, None, sentence.start, sentence.end, phrase, "rating", 0.45)
            ]  # fmt: skip
    return []
