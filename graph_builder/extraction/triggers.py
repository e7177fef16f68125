"""The words that say that a tie exists, read once from triggers.toml, and where they stand in a sentence."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from .document import Token, lemma

_BARE_FORMS = frozenset({"active", "give", "take", "touch"})
TRIGGER_FORMS = (
    "active", "passive", "noun", "mutual", "state", "state_back", "passive_state", "origin", "statement",
    "give", "given", "take", "taken", "thing", "touch", "hope", "adjunct", "share", "together", "together_passive",
)  # fmt: skip


_FIELD = 16
_MONEY = re.compile(r"(?:rp|usd|us\$|\$)[\d.,]*")


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of tie as words express it: codes of the ontology, and the roles by side.

    `shared` is the role of every party where none leads. `people` tells whether a person may be the
    patient.
    """

    name: str
    type: str
    sign: str
    agent: str
    patient: str
    shared: str
    people: bool
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a sentence: its frame, its form, and its first and last token, both included."""

    frame: Frame
    form: str
    first: int
    last: int


_Entry = tuple[tuple[str, ...], Frame, str]


@dataclass(frozen=True, slots=True)
class Triggers:
    """All triggers, by their first word; phrases of a word stand from the longest to the shortest."""

    phrases: Mapping[str, Sequence[_Entry]]
    light: frozenset[str]
    light_passive: frozenset[str]
    receiving: frozenset[str]
    giving: frozenset[str]
    giving_passive: frozenset[str]
    owning: frozenset[str]
    owning_passive: frozenset[str]
    research: frozenset[str]
    research_verbs: frozenset[str]
    fields: frozenset[str]
    research_frame: Frame

    def noun_frame(self, noun: str) -> Frame | None:
        """The frame that has the noun of a deed; None if none has it."""
        words = tuple(noun.split())
        return next(
            (
                frame
                for phrase, frame, form in self.phrases.get(words[0], ())
                if phrase == words and form == "noun"
            ),
            None,
        )


@cache
def trigger_lexicon() -> Triggers:
    """The one copy of the triggers."""
    path = files("simpul.graph_builder.extraction") / "triggers.toml"
    tables = cast(
        "Mapping[str, object]", tomllib.loads(path.read_text(encoding="utf-8"))
    )
    phrases: dict[str, list[_Entry]] = {}
    for table in cast("Sequence[Mapping[str, object]]", tables["frame"]):
        frame = Frame(
            name=str(table["id"]),
            type=str(table["type"]),
            sign=str(table["sign"]),
            agent=str(table["agent"]),
            patient=str(table["patient"]),
            shared=str(table.get("all", table["agent"])),
            people=bool(table.get("people", True)),
            score=float(cast("float", table["score"])),
        )
        if frame.type == "joint-research":
            research_frame = frame
        for form in TRIGGER_FORMS:
            for phrase in cast("Sequence[str]", table.get(form, ())):
                words = tuple(phrase.split(" "))
                phrases.setdefault(words[0], []).append((words, frame, form))
    for stem, entry in _stems(phrases):
        phrases.setdefault(stem, []).append(entry)
    for each in phrases.values():
        each.sort(key=lambda found: -len(found[0]))

    def listed(name: str) -> frozenset[str]:
        return frozenset(cast("Sequence[str]", tables[name]))

    return Triggers(
        phrases,
        listed("light"),
        listed("light_passive"),
        listed("receiving"),
        listed("giving"),
        listed("giving_passive"),
        listed("owning"),
        listed("owning_passive"),
        listed("research"),
        listed("research_verbs"),
        listed("fields"),
        research_frame,
    )


def _stems(phrases: Mapping[str, Sequence[_Entry]]) -> list[tuple[str, _Entry]]:
    """Verbs without meN-, as headlines and `kami salurkan` have them: only those in -kan and -i, which are no nouns."""
    made: dict[tuple[str, ...], tuple[str, _Entry]] = {}
    for verb, entries in phrases.items():
        if not verb.startswith("me") or not verb.endswith(("kan", "i")):
            continue
        for words, frame, form in entries:
            if form not in _BARE_FORMS:
                continue
            for stem in _without_prefix(verb):
                if stem not in phrases:
                    made.setdefault(
                        (stem, *words[1:]), (stem, ((stem, *words[1:]), frame, form))
                    )
    return [*made.values()]


def _without_prefix(verb: str) -> list[str]:
    """What may stand before meN- made the verb of it: `mengucurkan` is of kucurkan or of ucurkan.

    >>> _without_prefix("menyalurkan")
    ['salurkan']
    """
    vowels = "aeiou"
    for prefix, first in (("meny", "s"), ("meng", "k"), ("mem", "p"), ("men", "t")):
        rest = verb.removeprefix(prefix)
        if rest == verb:
            continue
        if rest[0] not in vowels:
            return [rest]
        return [first + rest, rest] if prefix == "meng" else [first + rest]
    return [verb.removeprefix("me")]


def find_triggers(tokens: Sequence[Token]) -> Iterator[Trigger]:
    """The triggers of a sentence in their order, the longest phrase first and none inside another.

    A word also matches with `-nya`, and a verb that is not listed by its lemma where the lemma is.
    """
    known = trigger_lexicon().phrases
    words = [token.text.casefold() for token in tokens]
    at = 0
    while at < len(words):
        found = _match(words, at, known)
        if found is None:
            at += 1
            continue
        length, frame, form = found
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
    """The frame of a trigger; of a cooperation in research, that of joint research."""
    if trigger.frame.type != "cooperation":
        return trigger.frame
    known = trigger_lexicon()
    for at in range(trigger.last + 1, min(trigger.last + _FIELD, len(words))):
        if words[at] in known.research_verbs or (
            words[at] in known.research and words[at - 1] in known.fields
        ):
            return known.research_frame
    return trigger.frame


def _match(
    words: Sequence[str],
    at: int,
    known: Mapping[str, Sequence[_Entry]],
) -> tuple[int, Frame, str] | None:
    first = words[at]
    candidates = known.get("rp" if _MONEY.fullmatch(first) else first)
    if candidates is None and first.endswith("nya"):
        candidates = known.get(first := first.removesuffix("nya"))
    if candidates is None:
        return _by_lemma(words[at])
    for phrase, frame, form in candidates:
        length = len(phrase)
        here = [
            phrase[0] if _MONEY.fullmatch(first) else first,
            *words[at + 1 : at + length],
        ]
        if here == [*phrase] or (
            len(here) == length > 1
            and here[:-1] == [*phrase[:-1]]
            and here[-1] == f"{phrase[-1]}nya"
        ):
            return length, frame, form
    return None


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
