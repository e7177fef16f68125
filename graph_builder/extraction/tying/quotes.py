"""Quotations, direct and indirect, each with its speaker.

Direct: text in quotation marks with a verb of speech beside it (`"…," kata X`, `X mengatakan, "…"`),
and a second part of the same paragraph that goes on after the verb. Indirect: `menurut X, …` and
`X menyatakan (bahwa) …`. Marks around single terms are no quotation.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..naming import Entity, Mention
from ..reading import Document, Sentence

_MARKED = re.compile(r"\"([^\"\n]{1,3000})\"|“([^“”\n]{1,3000})”")
_TAG = (
    "kata|ujar|ungkap|jelas|tutur|tegas|papar|ucap|terang|imbuh|tambah|sebut|urai|beber|tukas|tandas|pungkas"
    "|lanjut|sambung|cetus|tulis|kutip|harap|aku|jawab|pesan|klaim|simpul"
)
_REPORTS = (
    "mengatakan|menyatakan|menyebut|menyebutkan|menjelaskan|menuturkan|menegaskan|memaparkan|mengungkapkan|menambahkan"
    "|menerangkan|menyampaikan|menilai|mengaku|mengakui|membantah|menguraikan|membeberkan|menekankan|mengklaim|berharap|berpendapat|mengingatkan"
)
_AFTER_MARK = re.compile(
    rf"[ ,]{{0,2}}\b(?P<verb>{_TAG})(?P<nya>nya)?\b", re.IGNORECASE
)
_REPORT = re.compile(rf"\b(?:{_REPORTS})\b", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\b(?:menurut|dikatakan|diungkapkan|disampaikan)(?P<nya>nya)?\b(?: oleh)?",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\W{0,3}(?:ia|dia|beliau|nya|mereka)\b", re.IGNORECASE)
_FAR = 140


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is reported to have said. `start` and `end` bound the words said, without marks.

    `speaker` is a person, or a body that speaks for itself; None if the text does not say who.
    """

    start: int
    end: int
    kind: Literal["direct", "indirect"]
    speaker: Entity | None
    rule: str
    score: float


def find_quotes(document: Document, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """The quotations of a document in their order."""
    speakers = [each for each in mentions if each.kind != "place"]
    direct = _direct(document, speakers)
    return tuple(
        sorted(
            [*direct, *_indirect(document, speakers, direct)],
            key=lambda each: each.start,
        )
    )


def _direct(document: Document, speakers: Sequence[Mention]) -> list[Quote]:
    text, found = document.text, list[Quote]()
    last_paragraph = -1
    for match in _MARKED.finditer(text):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        if text.count(" ", start, end) < 2 or (
            text.count(" ", start, end) < 4 and not text[start].isupper()
        ):
            continue
        sentence = document.sentence_at(match.start())
        paragraph = sentence.paragraph if sentence else -1
        speaker, rule, score = _beside(text, match.start(), match.end(), speakers)
        if rule == "pronoun" or (not rule and paragraph == last_paragraph and found):
            previous = _last_speaker(found, speakers, match.start())
            speaker, score = previous, 0.7 if previous else 0.3
            rule = rule or "goes-on"
        if not rule:
            rule, score = "unattributed", 0.3
        found.append(Quote(start, end, "direct", speaker, rule, score))
        last_paragraph = paragraph
    return found


def _beside(
    text: str, start: int, end: int, speakers: Sequence[Mention]
) -> tuple[Entity | None, str, float]:
    """Who a verb of speech beside the marks names: the speaker, the rule, the score."""
    tag = _AFTER_MARK.match(text, end)
    if tag:
        if tag["nya"] or _PRONOUN.match(text, tag.end()):
            return None, "pronoun", 0.7
        speaker = _next(text, tag.end(), speakers)
        if speaker:
            return (
                speaker.entity,
                "said-after",
                0.95 if speaker.kind == "person" else 0.8,
            )
        return None, "pronoun", 0.5
    head = text[max(0, start - _FAR) : start]
    line = head[head.rfind("\n") + 1 :]
    verbs = [*_REPORT.finditer(line)]
    verb = verbs[-1] if verbs else None
    if verb and len(line) - verb.end() < 60:
        place = start - len(line) + verb.start()
        previous = [
            each for each in _until(speakers, place) if each.start >= start - len(line)
        ]
        if previous:
            person = next(
                (each for each in reversed(previous) if each.kind == "person"),
                previous[-1],
            )
            return person.entity, "said-before", 0.9
        return None, "pronoun", 0.6
    return None, "", 0.0


def _next(text: str, place: int, speakers: Sequence[Mention]) -> Mention | None:
    """The person named after a verb of speech; a body only where no person stands before the clause ends."""
    stop = min(place + _FAR, len(text))
    line = text.find("\n", place, stop)
    mark = text.find('"', place, stop)
    stop = min(each for each in (stop, line, mark) if each >= 0)
    at = bisect_left(speakers, place, key=lambda each: each.start)
    near = [each for each in speakers[at : at + 20] if each.start < stop]
    person = next((each for each in near if each.kind == "person"), None)
    return person or next((each for each in near if each.start - place < 12), None)


def _until(speakers: Sequence[Mention], place: int) -> Sequence[Mention]:
    """The last speakers named before a place."""
    at = bisect_right(speakers, place, key=lambda each: each.end)
    return speakers[max(0, at - 40) : at]


def _last_speaker(
    found: Sequence[Quote], speakers: Sequence[Mention], place: int
) -> Entity | None:
    people = [each for each in _until(speakers, place) if each.kind == "person"]
    said = next((each.speaker for each in reversed(found) if each.speaker), None)
    if said and said.kind == "person":
        return said
    return people[-1].entity if people else said


def _indirect(
    document: Document, speakers: Sequence[Mention], direct: Sequence[Quote]
) -> list[Quote]:
    found = list[Quote]()
    inside = [(each.start - 1, each.end + 1) for each in direct]
    last: Entity | None = None
    at = 0
    for sentence in document.sentences:
        while at < len(speakers) and speakers[at].end <= sentence.start:
            if speakers[at].kind == "person":
                last = speakers[at].entity
            at += 1
        near = bisect_left(inside, (sentence.end, 0))
        if near and inside[near - 1][1] > sentence.start:
            continue
        here = list[Mention]()
        for each in speakers[at : at + 40]:
            if each.start >= sentence.end:
                break
            here.append(each)
        made = _according(sentence, here, last) or _reported(sentence, here, last)
        if made:
            found.append(made)
    return found


def _according(
    sentence: Sentence, here: Sequence[Mention], last: Entity | None
) -> Quote | None:
    match = _ACCORDING.search(sentence.text)
    if match is None:
        return None
    place = sentence.start + match.end()
    if match["nya"]:
        return _whole(sentence, last, "according-to", 0.65) if last else None
    near = [each for each in here if 0 <= each.start - place < 90]
    speaker = next(
        (each for each in near if each.kind == "person"), near[0] if near else None
    )
    if speaker is None:
        if last and _PRONOUN.match(sentence.text, match.end()):
            return _whole(sentence, last, "according-to", 0.65)
        return None
    comma = sentence.text.find(",", speaker.end - sentence.start)
    start = speaker.end if comma < 0 else sentence.start + comma + 1
    if match.start() > 20:  # "…, menurut X." says it before
        return Quote(
            sentence.start,
            sentence.start + match.start(),
            "indirect",
            speaker.entity,
            "according-to",
            0.8,
        )
    return Quote(
        min(start, sentence.end),
        sentence.end,
        "indirect",
        speaker.entity,
        "according-to",
        0.85,
    )


def _reported(
    sentence: Sentence, here: Sequence[Mention], last: Entity | None
) -> Quote | None:
    verb = _REPORT.search(sentence.text)
    if verb is None:
        return None
    place = sentence.start + verb.start()
    before = [each for each in here if each.end <= place]
    people = [each for each in before if each.kind == "person"]
    start = sentence.start + verb.end()
    if people or before:
        speaker = people[-1] if people else before[-1]
        score = 0.85 if place - speaker.end < 60 else 0.6
        return Quote(start, sentence.end, "indirect", speaker.entity, "reported", score)
    if last and _PRONOUN.match(sentence.text):
        return Quote(start, sentence.end, "indirect", last, "reported", 0.65)
    return None


def _whole(sentence: Sentence, speaker: Entity, rule: str, score: float) -> Quote:
    return Quote(sentence.start, sentence.end, "indirect", speaker, rule, score)


def speaker_at(quotes: Sequence[Quote], place: int) -> Entity | None:
    """Who speaks the words at a place; None outside of quotations."""
    at = bisect_right(quotes, place, key=lambda each: each.start)
    for each in reversed(quotes[max(0, at - 2) : at]):
        if place < each.end:
            return each.speaker
    return None
