"""Which entry of the catalogue a question means: every one is scored, and each point of a score says what it is for.

Two things tell: the signs that the frame of an entry asks for, and how much the question resembles others that
asked it (`resembling`). Both are weighed against each other in `weighing`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from simpul.ontology import Language

from ..catalog import Catalog, Question
from .features import RELATION, Features
from .filling import Filled, fill
from .frames import Frame, frames
from .lexicon import Lexicon, lexicon
from .linking import SORT, STRANGER
from .reading import Reading
from .resembling import NOT_ASKED, Resemblance, masked, phrasings
from .weighing import Against, Weighed, chances
from .words import Word, plain, words_of

NEEDED, MISSED = 2.0, -2.5
MORE_EXACT = 0.5
HELPED, HELPED_BY_A_QUESTION_WORD = 0.6, 0.3
BARRED = -3.0
STRAY = -1.2
FILLED, UNFILLED, UNKNOWN_SLOT = 1.0, -2.0, -0.3
NARROWED = 0.0
ASKED_WEAKLY = 0.5
NEEDED_THING = 1.5
UNUSED: Mapping[str, float] = {
    "institution": -1.5,
    "person": -1.5,
    "group": -1.5,
    "post": -0.4,
    "place": -0.8,
    STRANGER: -6.0,
    SORT: -0.6,
}
UNUSED_OTHER = -1.0
UNKNOWN, UNKNOWN_BESIDE, UNKNOWN_NAME, LOOSE = -3.2, -1.5, -3.5, -1.8

ECHO, ECHOED, HEARD = 7.0, 0.6, 0.3
"""Points for the words of the entry itself, and the shares of them from which it counts as asked or as alike."""

ENOUGH = 2.0
"""The least points of signs that are sure of an entry."""
CLEAR = 0.2
"""How far ahead of the next they must be."""
SURE_OF_SIGNS = 0.64
"""The least share of points in favour."""
SURE = 0.4
"""The least chance of an answer."""
ALIKE, NOTED = 10.0, 0.05
"""The points of a question that is wholly like others, and the share from which it is told."""

_WEAK: Mapping[str, float] = {
    "who": -0.3,
    "what": -0.1,
    "which": -0.1,
    "where": -0.9,
    "when": -0.8,
    "howmany": -0.4,
    "howsure": -0.6,
    "yesno": -0.2,
    "institution": 0.0,
    "each": -0.2,
    "most": -0.5,
    "held": -0.2,
    "open": -0.4,
    "name": -0.6,
    "role": -0.3,
    "overtime": -0.5,
    "why": -2.5,
    "profile": -0.1,
    "office": -0.4,
}

_PARTIES = ("institution", "person", "group")
_NO_SIGNS = frozenset(("unanswerable", RELATION, "moment", "at-least", "who-is"))
_ASKING = frozenset(("who", "what", "which", "howmany", "profile", "when", "where"))
_SLOT = re.compile(r"\{\w+\}")
_ANYWHERE = frozenset(
    ("who", "what", "which", "howmany", "yesno", "institution", "each", "moment")
)
"""Signs that so many questions have that they hardly tell one from another."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Points for or against an entry: `code` is what they are for, `about` the words that gave them."""

    points: float
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its slots filled and the points it has."""

    filled: Filled
    reasons: tuple[Reason, ...]
    fits: bool
    chance: float = 0.0

    @property
    def name(self) -> str:
        """The entry."""
        return self.filled.question.name

    @property
    def score(self) -> float:
        """The sum of its points."""
        return round(sum(reason.points for reason in self.reasons), 3)


@dataclass(frozen=True, slots=True)
class Choice:
    """All entries by score, and how sure the first one is, from 0 to 1."""

    candidates: tuple[Candidate, ...]
    sureness: float
    doubts: tuple[Reason, ...]

    @property
    def best(self) -> Candidate:
        """The entry most likely meant."""
        return self.candidates[0]

    @property
    def is_sure(self) -> bool:
        """Whether the first one is to be answered."""
        return not self.best.filled.missing and self.sureness >= SURE


def choose(features: Features, catalog: Catalog, lang: Language, today: date) -> Choice:
    """Score every entry that has a frame, and tell how likely each of them is meant."""
    found = [
        _candidate(fill(catalog.find(name), frame, features, lang, today), features)
        for name, frame in frames().items()
        if name in catalog.questions
    ]
    found.sort(key=lambda each: (not each.fits, -each.score, each.name))
    doubts = tuple(_unknown(features.reading))
    reading = features.reading
    alike = phrasings().compare(masked(reading))
    of_signs = _sureness(found, doubts, reading.language)
    first = found[0]
    sure = (
        first.fits
        and not first.filled.missing
        and first.score >= ENOUGH
        and of_signs >= SURE_OF_SIGNS
    )
    weighed = [
        Weighed(
            each.score,
            each.fits,
            sure and each is first,
            alike.of(each.name),
            len(each.filled.missing),
            sum(mention.kind in _PARTIES for mention in each.filled.unused),
        )
        for each in found
    ]
    told = chances(weighed, _against(features, alike))
    both = [
        replace(each, reasons=(*each.reasons, *_alike(each.name, alike)), chance=chance)
        for each, chance in zip(found, told, strict=True)
    ]
    both.sort(key=lambda each: (-each.chance, not each.fits, -each.score, each.name))
    unasked = alike.of(NOT_ASKED)
    if unasked >= NOTED:
        about = alike.nearest.get(NOT_ASKED, "")
        doubts += (Reason(round(-ALIKE * unasked, 2), "not-asked", about),)
    return Choice(tuple(both), both[0].chance, doubts)


def _alike(name: str, alike: Resemblance) -> Iterator[Reason]:
    share = alike.of(name)
    if share >= NOTED:
        yield Reason(round(ALIKE * share, 2), "alike", alike.nearest.get(name, ""))


def _against(features: Features, alike: Resemblance) -> Against:
    """What tells that a question means no entry."""
    reading = features.reading
    names = [word for word in reading.unknown if _is_name(word)]
    others = [word for word in reading.unknown if not _is_name(word)]
    loose = [word for word in others if word.plain in phrasings().knows]
    return Against(
        share=alike.of(NOT_ASKED),
        most=alike.most,
        names=len(names),
        strange=len(others) - len(loose),
        loose=len(loose),
        keys=sum(mention.kind == STRANGER for mention in reading.mentions),
        dangling=len(reading.dangling),
        unanswerable=int("unanswerable" in features),
    )


def _sureness(
    found: list[Candidate], doubts: tuple[Reason, ...], language: Language
) -> float:
    """The share of points in favour of the best, halved where another is as good."""
    best = found[0]
    own = _own_words(best.filled.question, language)
    given = {*best.filled.values.values()}
    told = [
        doubt
        for doubt in doubts
        if plain(doubt.about) not in own and doubt.about not in given
    ]
    points = [reason.points for reason in (*best.reasons, *told)]
    favour = sum(p for p in points if p > 0)
    against = -sum(p for p in points if p < 0)
    share = favour / (favour + against) if favour else 0.0
    rivals = [other.score for other in found[1:] if other.fits]
    if rivals and best.score - max(rivals) < CLEAR:
        share *= 0.5
    return round(share, 3)


def _candidate(filled: Filled, features: Features) -> Candidate:
    frame = filled.frame
    alike = _likeness(filled, features.reading)
    reasons = [
        *([Reason(frame.prior, "prior")] if frame.prior else ()),
        *_needs(frame, features),
        *_signs(frame, features),
        *_slots(filled, features),
    ]
    if alike >= ECHOED:
        reasons.append(Reason(ECHO, "echo", f"{alike:.0%}"))
    elif alike >= HEARD:
        reasons.append(Reason(round(alike, 1), "echo", f"{alike:.0%}"))
    fits = all(
        any(name in features for name in group) for group in frame.needs
    ) and not any(bar in features for bar in frame.bars)
    fits = fits or alike >= ECHOED
    return Candidate(filled, tuple(reasons), fits)


def _likeness(filled: Filled, reading: Reading) -> float:
    """How much a question has the words of the sentence in which the entry asks, its names and days left out."""
    own = _own_words(filled.question, reading.language)
    said = frozenset(
        word.plain
        for place, word in enumerate(reading.words)
        if not any(span.holds(place) for span in reading.named)
    )
    return len(own & said) / len(own | said) if own and said else 0.0


@lru_cache(maxsize=512)
def _own_words_of(sentence: str) -> frozenset[str]:
    return frozenset(w.plain for w in words_of(_SLOT.sub(" ", sentence)))


def _own_words(question: Question, lang: Language) -> frozenset[str]:
    return _own_words_of(question.sentences.get(lang, ""))


def _needs(frame: Frame, features: Features) -> Iterator[Reason]:
    told: set[str] = set()
    for group in frame.needs:
        met = [name for name in group if name in features]
        if met:
            best = max(met, key=lambda name: name.count(":"))
            exact = best.count(":") if best.startswith(RELATION) else 0
            points = NEEDED_THING if best.startswith("mention:") else NEEDED
            points += MORE_EXACT * exact
            weak = best in _ANYWHERE or best in told
            told.add(best)
            yield Reason(ASKED_WEAKLY if weak else points, "need", features.signs[best])
        else:
            yield Reason(MISSED, "missed", group[0])


def _signs(frame: Frame, features: Features) -> Iterator[Reason]:
    """What else the sentence says: what fits the entry, and what it does not account for."""
    needed = {name for group in frame.needs for name in group}
    for name, written in features.signs.items():
        if name in frame.bars:
            yield Reason(BARRED, "bar", written)
        elif name in needed or name == "key" or name.startswith("mention:"):
            continue
        elif name in frame.helps:
            points = HELPED_BY_A_QUESTION_WORD if name in _WEAK else HELPED
            yield Reason(points, "help", written)
        elif name in _WEAK:
            if _WEAK[name]:
                yield Reason(_WEAK[name], "stray", written)
        elif name in _NO_SIGNS or name.count(":") == 2:
            continue  # told by the relation that it belongs to
        elif name.startswith(RELATION):
            if not _accounts_for(name, needed | frame.helps, frame):
                yield Reason(STRAY, "stray", written)
        else:
            yield Reason(STRAY, "stray", written)


def _accounts_for(name: str, told: set[str], frame: Frame) -> bool:
    """Whether a frame has a use for a relation: by itself, by whom it asks for, or by any relation."""
    return (
        name in told
        or any(each.startswith(f"{name}:") for each in told)
        or RELATION in told
        or bool({"type", "role"} & {frame.name})
    )


def _slots(filled: Filled, features: Features) -> Iterator[Reason]:
    for name, mention in filled.named.items():
        yield Reason(FILLED, "slot", f"{name}: {mention.written}")
    for name in ("type", "role", "acronym"):
        if name in filled.values and name not in filled.named:
            relation = features.relation
            written = relation.sign.written if relation else filled.values[name]
            yield Reason(FILLED, "slot", f"{name}: {written}")
    if filled.described and filled.described not in filled.named:
        yield Reason(FILLED, "described", filled.described)
    reading = features.reading
    strangers = [w for w in reading.unknown if _is_name(w)] + list(reading.dangling)
    for name in filled.missing:
        # A name that is not known, or a pronoun, may well be what was meant for it.
        meant = bool(strangers)
        strangers = strangers[1:]
        yield Reason(UNKNOWN_SLOT if meant else UNFILLED, "missing", name)
    for narrowing in filled.narrowings:
        yield Reason(NARROWED, "narrowed", narrowing.spoken)
    for mention in filled.unused:
        if f"mention:{mention.kind}" in filled.frame.helps:
            continue
        points = UNUSED.get(mention.kind, UNUSED_OTHER)
        yield Reason(points, "unused", mention.written)


def _unknown(reading: Reading) -> Iterator[Reason]:
    """Words that carry something and were not understood; names weigh more."""
    shouts = all(
        word.written.isupper() for word in reading.words if len(word.plain) > 1
    )
    spoken = lexicon(reading.language)
    for word in reading.dangling:
        yield Reason(UNKNOWN, "unknown", word.written)
    for word in reading.unknown:
        points = UNKNOWN if _is_asked_for(word, reading, spoken) else UNKNOWN_BESIDE
        if spoken.known(word.plain) in spoken.vocabulary:
            points = max(points, LOOSE)  # it is part of some phrase that is not there
        elif _is_name(word) and not shouts:
            points = UNKNOWN_NAME
        yield Reason(points, "unknown", word.written)


def _is_asked_for(word: Word, reading: Reading, spoken: Lexicon) -> bool:
    """Whether a word is likely the very thing asked for.

    That is one that opens the sentence or follows a question word, other small words between; in a
    question for yes or no it can be any.
    """
    if reading.says("yesno"):
        return True
    place = reading.words.index(word)
    asking = {
        p
        for sign in reading.signs
        if sign.cue.name in _ASKING
        for p in range(sign.span.first, sign.span.end)
    }
    while place and place - 1 not in asking:
        place -= 1
        if reading.words[place].plain not in spoken.stop:
            return False
    return True


def _is_name(word: Word) -> bool:
    """Whether a word is likely a name: it begins with a capital where no sentence begins."""
    return word.is_capital and word.start > 0
