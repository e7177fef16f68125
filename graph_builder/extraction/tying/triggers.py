"""Where the words that say that a tie exists stand in a sentence, and which frame they call up there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..reading import Token, lemma
from .frames import Entry, Frame, trigger_lexicon

_FIELD = 16
_NEEDED_NEAR = 14
_MONEY = re.compile(r"(?:rp|usd|us\$|\$)[\d.,]*")
_VALUED = frozenset({"senilai", "seharga", "sebesar", "bernilai"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a sentence: its frame, its form, and its first and last token, both included."""

    frame: Frame
    form: str
    first: int
    last: int


def find_triggers(tokens: Sequence[Token]) -> Iterator[Trigger]:
    """The triggers of a sentence in their order, the longest phrase first and none inside another.

    A word also matches with `-nya`, and a verb that is not listed by its lemma where the lemma is.
    Where a phrase is of two frames, both stand at its place.
    """
    known = trigger_lexicon().phrases
    words = [token.text.casefold() for token in tokens]
    at = 0
    while at < len(words):
        length = 1
        for length, frame, form in _match(words, at, known):
            yield Trigger(frame, form, at, at + length - 1)
        at += length


def inner_trigger(trigger: Trigger, tokens: Sequence[Token]) -> Trigger:
    """The trigger that ends a longer one, `kerja sama` in `hasil kerja sama`; the same if none does."""
    for start in range(trigger.first + 1, trigger.last + 1):
        for inner in find_triggers(tokens[start : trigger.last + 1]):
            return Trigger(
                inner.frame, inner.form, start + inner.first, start + inner.last
            )
    return trigger


def narrowed(trigger: Trigger, words: Sequence[str]) -> Frame:
    """The frame of a trigger, or the one that the words behind it make of it.

    A cooperation in research is joint research, one to hold an event is its organization, and an
    appointment is what somebody is appointed as.
    """
    frame, known = trigger.frame, trigger_lexicon()
    if frame.type != "cooperation" or trigger.form == "touch":
        return frame
    for at in range(trigger.last + 1, min(trigger.last + _FIELD, len(words))):
        word = words[at]
        if word in known.research_verbs or (
            word in known.research and words[at - 1] in known.fields
        ):
            return known.frames["joint-research"]
        if frame.name == "appointment" and word in known.appointed:
            return known.frames[known.appointed[word]]
        if word in known.organizing and words[at - 1] not in {"untuk", "guna", "yang"}:
            return known.frames["co-organization"]
    return frame


def _match(
    words: Sequence[str],
    at: int,
    known: Mapping[str, Sequence[Entry]],
) -> list[tuple[int, Frame, str]]:
    first = words[at]
    if _MONEY.fullmatch(first):
        if at and words[at - 1] in _VALUED:
            return []  # the value of a thing is not what is given
        first = "rp"
    candidates = known.get(first)
    if candidates is None and first.endswith("nya"):
        candidates = known.get(first := first.removesuffix("nya"))
    if candidates is None:
        found = _by_lemma(words[at])
        return [found] if found else []
    made = list[tuple[int, Frame, str]]()
    for phrase, frame, form in candidates:
        length = len(phrase)
        if made and length < made[0][0]:
            break
        here = [first, *words[at + 1 : at + length]]
        if (
            here == [*phrase]
            or (
                len(here) == length > 1
                and here[:-1] == [*phrase[:-1]]
                and here[-1] == f"{phrase[-1]}nya"
            )
        ) and (
            not frame.needs
            or frame.needs & {*words[at + length : at + length + _NEEDED_NEAR]}
        ):
            made.append((length, frame, form))
    return made


@cache
def _by_lemmas() -> Mapping[tuple[str, str], tuple[Frame, str]]:
    """{(lemma, its voice): the frame and form of the one listed verb that has it}."""
    found: dict[tuple[str, str], tuple[Frame, str] | None] = {}
    for phrases in trigger_lexicon().phrases.values():
        for phrase, frame, form in phrases:
            if len(phrase) != 1 or form not in {"active", "passive"}:
                continue
            key = (lemma("".join(phrase)), form)
            known = found.get(key, (frame, form))
            # Where two kinds of tie share the root, neither is taken.
            found[key] = known if known and known[0] is frame else None
    return {key: frame for key, frame in found.items() if frame is not None}


def _by_lemma(word: str) -> tuple[int, Frame, str] | None:
    """A verb with another ending than the listed one: menggandengnya, dibinanya."""
    form = (
        "active"
        if word.startswith("me")
        else "passive"
        if word.startswith("di")
        else None
    )
    if form is None or len(word) < 6 or not word.endswith(("nya", "kannya")):
        return None
    found = _by_lemmas().get((lemma(word.removesuffix("nya")), form))
    return (1, *found) if found else None
