"""The ties that an article states: type, participants with their roles, modality, sign, time and passage.

One tie holds all that a sentence joins (n-ary). Every suggestion names its rule and has a score; from
`WORTH_ACCEPTING` on it is meant to be right nearly always, below it is for a person to judge.
Opinions and hopes are statements of their speakers, never cooperation.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from .clauses import clauses
from .coreference import Reference
from .dates import WrittenDate
from .document import Document, Sentence
from .mentions import Entity, Mention
from .modality import modality_of
from .parties import Party, Scene, scene_of
from .quotes import Quote, speaker_at
from .sign import sign_of
from .subjects import Reading
from .triggers import Frame, Trigger, find_triggers
from .voice import read_voice

WORTH_ACCEPTING = 0.6
"""The score from which a tie is proposed for acceptance."""

_LONGEST_SENTENCE = (
    2_000  # what is longer was not written as a sentence: a table, or bait
)
_Placed = TypeVar("_Placed", Mention, Reference, WrittenDate)
_SPEECH = {"statement", "assessment", "advocacy", "expectation", "announcement"}


@dataclass(frozen=True, slots=True)
class Participant:
    """A party of a tie with the code of its role; without an entity it is a group known by `surface`."""

    entity: Entity | None
    role: str
    surface: str
    person: Entity | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as the text states it; `type`, roles, `modality` and `sign` are codes of the ontology.

    `start` and `end` bound the sentence in the clean text, `when` is EDTF, `trigger` the words that
    say it.
    """

    type: str
    participants: tuple[Participant, ...]
    modality: str
    sign: str
    when: str | None
    start: int
    end: int
    trigger: str
    rule: str
    score: float

    @property
    def is_worth_accepting(self) -> bool:
        """Whether its score reaches the threshold."""
        return self.score >= WORTH_ACCEPTING


def find_ties(
    document: Document,
    mentions: Sequence[Mention],
    references: Sequence[Reference] = (),
    quotes: Sequence[Quote] = (),
    dates: Sequence[WrittenDate] = (),
) -> tuple[Tie, ...]:
    """The ties of a document in the order of the text, each once.

    `mentions`, `references`, `quotes` and `dates` are in the order of the text.
    """
    found = list[Tie]()
    last = list[Tie]()
    for sentence in document.sentences:
        if sentence.end - sentence.start > _LONGEST_SENTENCE:
            continue
        scene = scene_of(
            sentence, _inside(mentions, sentence), _inside(references, sentence)
        )
        here = list(_ties_of(scene, quotes, _inside(dates, sentence)))
        here += _continued(scene, last or found[-3:], document)
        here += _hopes(scene, found, quotes)
        here += _ratings(scene, quotes)
        here = _most_specific(here)
        found += here
        last = here
    found += _nested(document, mentions)
    return _each_once(found)


def _inside(things: "Sequence[_Placed]", sentence: Sentence) -> "Sequence[_Placed]":
    first = bisect_left(things, sentence.start, key=lambda each: each.start)
    last = bisect_left(things, sentence.end, key=lambda each: each.start)
    return things[first:last]


def _ties_of(
    scene: Scene, quotes: Sequence[Quote], dates: Sequence[WrittenDate]
) -> Iterator[Tie]:
    found = tuple(find_triggers(scene.tokens))
    for at, trigger in enumerate(found):
        reading = read_voice(scene, found, at)
        if reading is None:
            continue
        tie = _tie(
            scene, trigger, reading, quotes, _of_trigger(scene, found, at, dates)
        )
        if tie is not None:
            yield tie


def _tie(
    scene: Scene,
    trigger: Trigger,
    reading: Reading,
    quotes: Sequence[Quote],
    dates: Sequence[WrittenDate],
) -> Tie | None:
    frame = trigger.frame
    participants = _participants(frame, trigger, reading, scene, quotes)
    if participants is None:
        return None
    modality = modality_of(scene.words, reading.start, trigger.first, trigger.last)
    if trigger.form == "statement":
        modality = "realised"
    elif reading.purpose and modality == "realised":
        modality = "planned"
    score = frame.score * reading.score
    if any(each.entity is None and each.person is None for each in participants):
        score -= 0.05
    if all(each.entity is None for each in participants):
        score = min(score, 0.5)
    if reading.purpose or any(
        each.entity is each.person is not None for each in participants
    ):
        score = min(score, 0.58)  # a private person is rarely the party that counts
    first, last = scene.tokens[trigger.first], scene.tokens[trigger.last]
    return Tie(
        frame.type, participants, modality, sign_of(frame, scene.words, trigger.first, trigger.last),
        _when(scene, first.start, dates), scene.sentence.start, scene.sentence.end,
        scene.sentence.text[first.start - scene.sentence.start : last.end - scene.sentence.start],
        f"{frame.name}-{reading.rule}", round(max(score, 0.05), 3),
    )  # fmt: skip


def _participants(
    frame: Frame,
    trigger: Trigger,
    reading: Reading,
    scene: Scene,
    quotes: Sequence[Quote],
) -> tuple[Participant, ...] | None:
    agents, patients = reading.agents, reading.patients
    if trigger.form == "statement":
        speaker = speaker_at(quotes, scene.tokens[trigger.first].start)
        if speaker is None:
            return None
        agents = (_speaker(speaker),)
    if not frame.people and any(each.person is not None for each in patients):
        return None  # accompanying a guest is not mentoring
    roles = [
        *(
            (each, frame.shared if reading.shape == "shared" else frame.agent)
            for each in agents
        ),
        *((each, frame.patient) for each in patients),
    ]
    if reading.through and frame.agent == "provider":
        roles = [
            *((each, "principal") for each in agents),
            *((each, "provider") for each in reading.through),
            *((each, frame.patient) for each in patients),
        ]
    found = list[Participant]()
    for party, role in roles:
        entity = party.entity
        if entity is None and party.person is not None and frame.type not in _SPEECH:
            entity = party.person
        made = Participant(entity, role, party.surface, party.person)
        if all(_identity(made) != _identity(each) for each in found):
            found.append(made)
    return tuple(found) if len(found) > 1 else None


def _speaker(speaker: Entity) -> Party:
    body = speaker if speaker.kind == "institution" else speaker.institution
    person = speaker if speaker.kind == "person" else None
    return Party(-1, -1, speaker.name, body, person, 0.9)


def _identity(participant: Participant) -> object:
    return (
        id(participant.entity or participant.person)
        if participant.entity or participant.person
        else participant.surface.casefold()
    )


def _of_trigger(
    scene: Scene, found: Sequence[Trigger], at: int, dates: Sequence[WrittenDate]
) -> list[WrittenDate]:
    """The dates that a trigger may own: those before all triggers, and those after it and before the next."""
    starts = [scene.tokens[each.first].start for each in found]
    following = starts[at + 1] if at + 1 < len(starts) else scene.sentence.end
    return [
        each
        for each in dates
        if each.start < starts[0]
        or starts[at] < each.start < following
        or len(starts) == 1
    ]


def _when(scene: Scene, place: int, dates: Sequence[WrittenDate]) -> str | None:
    """The date nearest to the trigger that does not date a statement."""
    best: WrittenDate | None = None
    for each in dates:
        head = scene.sentence.text[
            max(0, each.start - scene.sentence.start - 70) : each.start
            - scene.sentence.start
        ].casefold()
        if any(
            f"{verb}" in head
            for verb in (
                " kata",
                " ujar",
                "keterangan",
                " ungkap",
                " jelas",
                " tutur",
                " tegas",
                " papar",
                " ucap",
                " siaran",
            )
        ):
            continue
        if best is None or abs(each.start - place) < abs(best.start - place):
            best = each
    return best.edtf if best else None


def _continued(scene: Scene, before: Sequence[Tie], document: Document) -> list[Tie]:
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


def _hopes(scene: Scene, found: Sequence[Tie], quotes: Sequence[Quote]) -> list[Tie]:
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
        party = _speaker(speaker)
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


def _ratings(scene: Scene, quotes: Sequence[Quote]) -> list[Tie]:
    """What a speaker says of how a party does: an assessment, for a person to judge."""
    small, sentence = clauses(), scene.sentence
    text = sentence.text.casefold()
    for sign, phrases in small.ratings.items():
        phrase = next((each for each in phrases if f" {each}" in text), None)
        if phrase is None:
            continue
        place = sentence.start + text.index(f" {phrase}") + 1
        speaker = speaker_at(quotes, place)
        if speaker is None:
            continue
        party = _speaker(speaker)
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


def _nested(document: Document, mentions: Sequence[Mention]) -> list[Tie]:
    """A directorate general belongs to a ministry: the one that stands right after it, or the only one named."""
    units = {
        id(each.entity): each
        for each in reversed(mentions)
        if each.entity.type == "directorate-general"
    }
    ministries = {
        id(each.entity): each.entity
        for each in mentions
        if each.entity.type == "ministry"
    }
    above: dict[int, Entity] = {}
    for each, following in pairwise(mentions):
        if following.entity.type == "ministry" and 0 <= following.start - each.end <= 2:
            above.setdefault(id(each.entity), following.entity)
    found = list[Tie]()
    for unit in units.values():
        upper, rule, score = above.get(id(unit.entity)), "unit-of-ministry", 0.85
        if upper is None and len(ministries) == 1:
            upper, rule, score = next(iter(ministries.values())), "only-ministry", 0.65
        if upper is None:
            continue
        sentence = document.sentence_at(unit.start)
        if sentence is None:
            continue
        found.append(
            Tie("hierarchy", (
                Participant(unit.entity, "subordinate", unit.surface), Participant(upper, "superior", upper.name),
            ), "realised", "neutral", None, sentence.start, sentence.end, unit.surface, rule, score)
        )  # fmt: skip
    return found


_WIDER = {"agreement": {"cooperation"}, "joint-research": {"cooperation"}, "cooperation": {"co-organization"}, "founding": {"cooperation"},
          "training": {"capacity-building", "co-organization"}, "mentoring": {"capacity-building"}}  # fmt: skip


def _most_specific(ties: Sequence[Tie]) -> list[Tie]:
    """Of two ties of one sentence and the same parties, the narrower."""

    def parties(tie: Tie) -> frozenset[object]:
        return frozenset(map(_identity, tie.participants))

    return [
        each
        for each in ties
        if not any(
            each.type in _WIDER.get(other.type, ()) and parties(each) <= parties(other)
            for other in ties
        )
    ]


def _each_once(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """One suggestion for what is said twice: the one that names most, with the best score."""
    best: dict[object, Tie] = {}
    for each in ties:
        key = (
            each.type,
            each.modality,
            each.sign,
            frozenset((_identity(one), one.role) for one in each.participants),
        )
        known = best.get(key)
        if known is None or each.score > known.score:
            best[key] = (
                each if known is None else replace(each, when=each.when or known.when)
            )
        elif known.when is None:
            best[key] = replace(known, when=each.when)
    return tuple(sorted(best.values(), key=lambda each: (each.start, each.rule)))
