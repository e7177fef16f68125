"""Replies that are no answer, and what all replies share: the slots, the points, the nearest entries."""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from simpul.ontology import Language

from ..tables import shown
from .choosing import Candidate, Choice, Reason
from .filling import Filled
from .linking import STRANGER, Mention
from .reading import Reading
from .reply import Alternative, Reply, ReplyKind
from .sentences import quoted, spoken_slots
from .wording import listed, on_one_line, reply_words

NEAREST = 3
"""Entries that are offered where none is sure."""


def shown_slots(values: Mapping[str, str]) -> dict[str, str]:
    """The slots as a line takes them: things by kind and key."""
    return {
        name: _key(value) if "://" in value else value
        for name, value in values.items()
        if name != "language"
    }


def _key(iri: str) -> str:
    text = shown(ox.NamedNode(iri))
    return f"concept/{text}" if "/concept/" in iri else text


def reasons_of(choice: Choice) -> tuple[Reason, ...]:
    """The points of the first entry, and what makes it less sure."""
    rival = choice.candidates[1]
    near = [Reason(0.0, "rival", rival.name)]
    is_near = rival.chance > choice.best.chance / 4
    return (*choice.best.reasons, *choice.doubts, *(near if is_near else []))


def alternatives_of(
    choice: Choice, lang: Language, *, first: int = 0
) -> tuple[Alternative, ...]:
    """The entries nearest to what was asked, with what fills them."""
    ranked = choice.candidates[first : first + NEAREST]
    return tuple(_alternative(each, lang) for each in ranked)


def _alternative(candidate: Candidate, lang: Language) -> Alternative:
    filled = candidate.filled
    spoken = spoken_slots(filled, lang, filled.values)
    return Alternative(
        question=candidate.name,
        asks=filled.question.asks(lang, **spoken),
        slots=shown_slots(filled.values),
        missing=filled.missing,
        score=candidate.score,
    )


def unsure(
    reading: Reading, choice: Choice, lang: Language, near: Sequence[str]
) -> Reply:
    """No entry is sure: the nearest three, and the words that were not understood."""
    say = reply_words().say
    strangers = [m.written for m in reading.mentions if m.kind == STRANGER]
    unknown = [*strangers, *(word.written for word in reading.unknown)]
    if unknown:
        sentence = say("unsure-words", lang, words=quoted(unknown, lang))
    else:
        sentence = say("unsure", lang)
    return _no_answer(
        ReplyKind.UNSURE, reading, choice, lang, _perhaps(sentence, near, lang)
    )


def negated(
    reading: Reading, choice: Choice, lang: Language, words: Sequence[str]
) -> Reply:
    """A question that denies: what sources say does not answer its opposite."""
    sentence = reply_words().say("negated", lang, words=quoted(words, lang))
    return _no_answer(ReplyKind.UNSURE, reading, choice, lang, sentence)


def left_out(
    reading: Reading,
    choice: Choice,
    lang: Language,
    words: Sequence[str],
    near: Sequence[str],
) -> Reply:
    """The entry has no use for something that the question names, without which its answer would be another."""
    title = choice.best.filled.question.title(lang)
    sentence = reply_words().say(
        "left-out", lang, words=quoted(words, lang), title=title
    )
    sentence = _perhaps(sentence, near, lang)
    return _no_answer(ReplyKind.UNSURE, reading, choice, lang, sentence)


def missing(
    reading: Reading, choice: Choice, lang: Language, near: Sequence[str]
) -> Reply:
    """An entry is meant that lacks a slot: which one, and the name that was not known."""
    say, filled = reply_words().say, choice.best.filled
    facts = {
        "slots": listed([_slot(name, lang) for name in filled.missing], lang),
        "title": filled.question.title(lang),
    }
    unknown = [m.written for m in reading.mentions if m.kind == STRANGER]
    unknown += [word.written for word in reading.unknown if word.is_capital]
    if unknown:
        sentence = say("missing-named", lang, words=quoted(unknown, lang), **facts)
    else:
        sentence = say("missing", lang, **facts)
    return _no_answer(
        ReplyKind.MISSING, reading, choice, lang, _perhaps(sentence, near, lang)
    )


def ambiguous(
    reading: Reading, choice: Choice, lang: Language, between: Mention | Sequence[str]
) -> Reply:
    """Words name several things, or a description fits several ties: all of them by name and key."""
    say = reply_words().say
    if isinstance(between, Mention):
        things = [(between.iri, between.name), *between.others]
        names = [f"{name} ({shown(ox.NamedNode(iri))})" for iri, name in things]
        facts = {"written": on_one_line(between.written)}
        sentence = say("ambiguous", lang, names=_or(names), **facts)
    else:
        names = [shown(ox.NamedNode(iri)) for iri in between]
        sentence = say("ambiguous-tie", lang, names=_or(names))
    return _no_answer(ReplyKind.AMBIGUOUS, reading, choice, lang, sentence)


def unclear_day(reading: Reading, choice: Choice, lang: Language) -> Reply:
    """A date has two readings: both of them."""
    unclear = reading.unclear[0]
    sentence = reply_words().say(
        "unclear-day",
        lang,
        written=on_one_line(unclear.written),
        readings=_or(list(unclear.readings)),
    )
    return _no_answer(ReplyKind.AMBIGUOUS, reading, choice, lang, sentence)


def nothing(reading: Reading, choice: Choice, filled: Filled, lang: Language) -> Reply:
    """What was asked about is not in the graph: no source says so, which is no `no`."""
    spoken = spoken_slots(filled, lang, filled.values)
    asks = filled.question.asks(lang, **spoken)
    return Reply(
        kind=ReplyKind.NOTHING,
        text=reading.text,
        lang=lang,
        sentence=reply_words().say("nothing", lang, asks=asks),
        question=filled.question.name,
        asks=asks,
        slots=shown_slots(filled.values),
        sureness=choice.sureness,
        why=reasons_of(choice),
        alternatives=alternatives_of(choice, lang, first=1),
    )


def _no_answer(
    kind: ReplyKind, reading: Reading, choice: Choice, lang: Language, sentence: str
) -> Reply:
    return Reply(
        kind=kind,
        text=reading.text,
        lang=lang,
        sentence=on_one_line(sentence),
        sureness=choice.sureness,
        why=reasons_of(choice),
        alternatives=alternatives_of(choice, lang),
    )


def _perhaps(sentence: str, near: Sequence[str], lang: Language) -> str:
    names = _or(list(dict.fromkeys(near))[:NEAREST])
    return (
        reply_words().say("perhaps", lang, sentence=sentence, names=names)
        if names
        else sentence
    )


def _slot(name: str, lang: Language) -> str:
    code = f"slot-{name}"
    return reply_words().say(code, lang) if code in reply_words().sentences else name


def _or(names: Iterable[str]) -> str:
    return " / ".join(on_one_line(name) for name in names)
