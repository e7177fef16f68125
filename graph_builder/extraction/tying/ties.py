"""The ties that an article states: type, participants with their roles, modality, sign, time and passage.

One tie holds all that a sentence joins (n-ary). Every suggestion names its rule and has a score; from
`WORTH_ACCEPTING` on it is meant to be right nearly always, below it is for a person to judge.
Opinions and hopes are statements of their speakers, never cooperation.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ..counting import WrittenDate
from ..naming import Mention
from ..reading import Document, Sentence
from .continuations import attended, continued, directed, hopes
from .coreference import Reference
from .deeds import DeedsInMind, deed_nouns
from .doubles import each_once, most_specific
from .frames import Frame, trigger_lexicon
from .joint_actions import joint_actions
from .listing import entities_listed, named_later
from .modality import modality_of
from .participants import Participant, Tie, identity_of, speaking_party
from .parties import Party, Scene, scene_of
from .quotes import Quote, speaker_at
from .ratings import ratings
from .sign import sign_of
from .subjects import Reading
from .triggers import Trigger, find_triggers, inner_trigger, narrowed
from .units import nested_units
from .voice import read_voice

_LONGEST_SENTENCE = (
    2_000  # what is longer was not written as a sentence: a table, or bait
)
_MEETINGS = frozenset({"rapat", "pertemuan", "audiensi", "dialog", "mediasi", "diskusi", "rdp", "perundingan"})  # fmt: skip
_AGREED_ON = frozenset({"noun", "thing", "mutual"})
_Placed = TypeVar("_Placed", Mention, Reference, WrittenDate)
_SPEECH = {"statement", "assessment", "advocacy", "expectation", "announcement"}


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
    before: Scene | None = None
    deeds = DeedsInMind()
    for sentence in document.sentences:
        if sentence.end - sentence.start > _LONGEST_SENTENCE:
            continue
        scene = scene_of(
            sentence,
            _inside(mentions, sentence),
            _inside(references, sentence),
            deeds.parties_of,
            _elided(sentence, quotes, deeds),
        )
        here = list(_ties_of(scene, quotes, _inside(dates, sentence)))
        here += _named_later(scene, before, quotes)
        before = scene
        here += joint_actions(scene, here, deeds)
        here += attended(scene, deeds)
        here += directed(scene, deeds)
        here += continued(scene, last or found[-3:])
        here += hopes(scene, found, quotes)
        here += ratings(scene, quotes)
        here = most_specific(here)
        deeds.remember(scene, here, _doer(scene))
        found += here
        last = here
    found += nested_units(document, mentions)
    return each_once(found)


def _named_later(
    scene: Scene, before: Scene | None, quotes: Sequence[Quote]
) -> Iterator[Tie]:
    """The ties of the sentence before with the bodies that this one names."""
    whole, listed = named_later(scene, before), entities_listed(scene)
    if whole is None:
        return
    for tie in _ties_of(whole, quotes, ()):
        if any(each.entity in listed for each in tie.participants):
            yield replace(tie, end=scene.sentence.end)


def _elided(
    sentence: Sentence, quotes: Sequence[Quote], deeds: DeedsInMind
) -> tuple[Party, ...]:
    speaker = speaker_at(quotes, sentence.start + min(3, len(sentence.text) - 1))
    if speaker is not None:
        party = speaking_party(speaker)
        return (party,) if party.entity is not None else ()
    return deeds.doers_in(sentence.paragraph)


def _doer(scene: Scene) -> tuple[Party, ...]:
    """Who does what a sentence tells: the body that `oleh` names, else the first one."""
    named = [
        each
        for each in scene.chains
        if not each.parties[0].is_group
        and scene.words[each.first - 1 : each.first] not in (["bekas"], ["eks"])
    ]
    by = [
        each for each in named if each.first and scene.words[each.first - 1] == "oleh"
    ]
    return (by or named)[0].parties if named else ()


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
        if reading is None and trigger.form == "origin":
            # "Program ini hasil kerja sama A dan B" founds nothing, yet A and B cooperate.
            trigger = inner_trigger(trigger, scene.tokens)
            found = (*found[:at], trigger, *found[at + 1 :])
            reading = read_voice(scene, found, at)
        if reading is None:
            continue
        for each in _apart(trigger, reading):
            tie = _tie(
                scene, trigger, each, quotes, _of_trigger(scene, found, at, dates)
            )
            if tie is not None:
                yield tie


def _apart(trigger: Trigger, reading: Reading) -> tuple[Reading, ...]:
    """One reading for each body that another stands under: `A merupakan anak usaha B, C, dan D`."""
    if trigger.form != "state" or len(reading.patients) < 2:
        return (reading,)
    return tuple(replace(reading, patients=(each,)) for each in reading.patients)


def _tie(
    scene: Scene,
    trigger: Trigger,
    reading: Reading,
    quotes: Sequence[Quote],
    dates: Sequence[WrittenDate],
) -> Tie | None:
    frame = narrowed(trigger, scene.words)
    if frame.name == "cooperation" and _is_event(reading, scene):
        frame = trigger_lexicon().frames["co-organization"]
    if frame.name == "co-organization" and _MEETINGS & {
        *scene.words[trigger.last + 1 : trigger.last + 3]
    }:
        frame = trigger_lexicon().frames["attendance"]  # a meeting has guests
    if frame.name == "mentoring" and _is_company(reading):
        frame = trigger_lexicon().frames["attendance"]
    participants = _participants(frame, trigger, reading, scene, quotes)
    if participants is None:
        return None
    modality = modality_of(scene.words, reading.start, trigger.first, trigger.last)
    if trigger.form == "statement":
        modality = "realised"
    elif reading.purpose and modality == "realised":
        modality = "planned"
    elif frame.name == "break-off" and modality == "realised":
        modality = "denied"
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
        frame.type, participants, modality, sign_of(frame, scene.words, trigger.first, trigger.last, modality),
        _when(scene, first.start, dates), scene.sentence.start, scene.sentence.end,
        scene.sentence.text[first.start - scene.sentence.start : last.end - scene.sentence.start],
        f"{frame.name}-{reading.rule}", round(max(score, 0.05), 3),
    )  # fmt: skip


def _is_event(reading: Reading, scene: Scene) -> bool:
    """Whether what is supported is an event told of before: `acara itu didukung A`."""
    if not reading.rule.startswith("passive") or len(reading.patients) < 2:
        return False
    first = scene.words[reading.patients[0].first]
    noun = deed_nouns().get(first)
    return noun is not None and noun.is_event


def _is_company(reading: Reading) -> bool:
    """Whether guests come with one another: `Menteri X didampingi Rektor Y`."""
    parties = (*reading.agents, *reading.patients)
    return all(each.person is not None or each.is_group for each in parties) and any(
        each.person is not None for each in reading.patients
    )


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
        agents = (speaking_party(speaker),)
    if frame.type in _SPEECH and any(each.of_deed for each in patients):
        return None  # a programme is not spoken to
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
        if all(identity_of(made) != identity_of(each) for each in found):
            found.append(made)
    return tuple(found) if len(found) > 1 else None


def _of_trigger(
    scene: Scene, found: Sequence[Trigger], at: int, dates: Sequence[WrittenDate]
) -> list[WrittenDate]:
    """The dates that a trigger may own: those before all triggers, and those after it and before the next."""
    starts = [scene.tokens[each.first].start for each in found]
    # What is agreed on does not take the date from the signing.
    passed = _AGREED_ON if found[at].frame.type == "agreement" else frozenset[str]()
    following = next(
        (
            start
            for start, each in zip(starts[at + 1 :], found[at + 1 :], strict=True)
            if each.form not in passed
        ),
        scene.sentence.end,
    )
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
