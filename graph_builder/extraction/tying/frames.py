"""The words that say that a tie exists and the frames that they call up, read once from triggers.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

_BARE_FORMS = frozenset({"active", "give", "take", "touch"})
TRIGGER_FORMS = (
    "active", "passive", "noun", "mutual", "state", "state_back", "passive_state", "origin", "statement",
    "give", "given", "take", "taken", "thing", "touch", "hope", "adjunct", "share", "members", "judge", "together", "together_passive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of tie as words express it: codes of the ontology, and the roles by side.

    `shared` is the role of every party where none leads. `people` tells whether a person may be the
    patient; of `needs`, where there are any, one word must follow the trigger.
    """

    name: str
    type: str
    sign: str
    agent: str
    patient: str
    shared: str
    people: bool
    score: float
    needs: frozenset[str] = frozenset()


Entry = tuple[tuple[str, ...], Frame, str]


@dataclass(frozen=True, slots=True)
class Triggers:
    """All triggers, by their first word; phrases of a word stand from the longest to the shortest."""

    phrases: Mapping[str, Sequence[Entry]]
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
    organizing: frozenset[str]
    appointed: Mapping[str, str]
    frames: Mapping[str, Frame]

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
    path = files("simpul.graph_builder.extraction") / "words" / "triggers.toml"
    tables = cast(
        "Mapping[str, object]", tomllib.loads(path.read_text(encoding="utf-8"))
    )
    phrases: dict[str, list[Entry]] = {}
    frames: dict[str, Frame] = {}
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
            needs=frozenset(cast("Sequence[str]", table.get("needs", ()))),
        )
        frames[frame.name] = frame
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
        listed("organizing"),
        cast("Mapping[str, str]", tables["appointed"]),
        frames,
    )


def _stems(phrases: Mapping[str, Sequence[Entry]]) -> list[tuple[str, Entry]]:
    """Verbs without meN-, as headlines and `kami salurkan` have them: only those in -kan and -i, which are no nouns."""
    made: dict[tuple[str, ...], tuple[str, Entry]] = {}
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
