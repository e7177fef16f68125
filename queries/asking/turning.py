"""Words that turn a question round: what denies, and what has instead of is."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simpul.ontology import LANGUAGES, Language

from ..catalog import Question
from .lexicon import lexicon
from .phrases import Phrases
from .reading import Reading
from .words import Word, words_of

_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Turns:
    """The words of one language."""

    negations: Phrases[str]
    harmless: Phrases[str]
    having: frozenset[str]


def negations_in(reading: Reading, question: Question) -> list[Word]:
    """The words that deny what a question asks, in order.

    One inside a phrase that is itself a sign does not count (`never realised`), nor one that the entry
    has in its own sentence, nor one in a name.
    """
    own = {
        word.plain
        for lang in LANGUAGES
        for word in words_of(_SLOT.sub(" ", question.sentences.get(lang, "")))
    }
    words = turns()[reading.language]
    read = [_read(word, reading.language) for word in reading.words]
    told = [*(sign.span for sign in reading.signs), *reading.named]
    told += [span for _, span, _ in words.harmless.find(read)]
    return [
        reading.words[span.first]
        for _, span, _ in words.negations.find(read)
        if read[span.first] not in own
        and (
            span.end < len(read) or not span.first
        )  # at the end it only asks: … or not
        and not any(other.holds(span.first) for other in told)
    ]


def _read(word: Word, language: Language) -> str:
    """A word as it is spelled in full, without -kah; a slip is not mended, lest it denies."""
    spelled = lexicon(language).spellings.get(word.plain, word.plain)
    return spelled.removesuffix("kah") if language == "id" else spelled


@cache
def turns() -> Mapping[Language, Turns]:
    """The words of every language."""
    place = files("simpul.queries.asking").joinpath("turns.toml")
    told: dict[str, dict[str, Any]] = tomllib.loads(place.read_text(encoding="utf-8"))
    return {
        language: Turns(
            Phrases[str].of(
                {"": [w.replace("-", " ") for w in told[language]["negations"].split()]}
            ),
            Phrases[str].of({"harmless": told[language]["harmless"]}),
            frozenset(told[language]["having"].split()),
        )
        for language in LANGUAGES
    }
