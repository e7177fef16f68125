"""Sentences for people, kept in TOML beside the room that says them, in Indonesian and in English.

    [no-such-place]
    id = "tempat {place} tidak dikenal"
    en = "unknown place {place}"

A sentence names its facts in braces, and both languages must name the same ones. English has two forms for
a count: `{ties} {ties:tie|ties}` gives "1 tie" and "2 ties".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Formatter
from typing import Literal, Self, cast

from .errors import VocabularyError, near_miss

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one room, by code and language."""

    source: str
    sentences: Mapping[str, Mapping[Language, str]]

    @classmethod
    def load(cls, package: str, name: str) -> Self:
        """Read the file `name` shipped in `package`, or every file of the folder `name`.

        Raises: VocabularyError if a sentence lacks a language, its languages name different facts,
        or two files of a folder hold a sentence of one code.
        """
        place = files(package).joinpath(name)
        if place.is_file():
            text = place.read_text(encoding="utf-8")
            return cls.parse(text, source=f"{package}/{name}")
        sentences: dict[str, Mapping[Language, str]] = {}
        for file in sorted(place.iterdir(), key=lambda file: file.name):
            source = f"{package}/{name}/{file.name}"
            for code, sentence in cls.load(
                package, f"{name}/{file.name}"
            ).sentences.items():
                if code in sentences:
                    raise VocabularyError(source, f"a second sentence {code!r}")
                sentences[code] = sentence
        return cls(f"{package}/{name}", sentences)

    @classmethod
    def parse(cls, text: str, source: str = "wording") -> Self:
        """Read sentences from TOML text; `source` names them in errors.

        >>> words = Wording.parse('greet = { id = "Halo {name}", en = "Hello {name}" }')
        >>> words.say("greet", "id", name="Ayu")
        'Halo Ayu'
        """
        sentences: dict[str, Mapping[Language, str]] = {}
        for code, entry in tomllib.loads(text).items():
            sentences[code] = _checked(entry, f"{source} {code}")
        return cls(source, sentences)

    def say(self, code: str, language: Language, **facts: object) -> str:
        """The sentence `code` in `language`, with its facts filled in.

        Raises: VocabularyError if there is no such sentence, or it names a fact that was not given.
        """
        if code not in self.sentences:
            near = near_miss(code, self.sentences)
            hint = f"; did you mean {near!r}?" if near else ""
            raise VocabularyError(self.source, f"no sentence {code!r}{hint}")
        try:
            return self.sentences[code][language].format_map(
                {
                    name: _Count(fact) if type(fact) is int else fact
                    for name, fact in facts.items()
                }
            )
        except KeyError as missing:
            raise VocabularyError(
                f"{self.source} {code}", f"the fact {missing} was not given"
            ) from None


class _Count(int):
    """A whole number that chooses between two forms of a word, one for 1 and one for all others."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return super().__format__(spec)
        return one if self == 1 else many


def _checked(entry: object, where: str) -> Mapping[Language, str]:
    if not isinstance(entry, dict):
        raise VocabularyError(where, "needs a table with id and en")
    table = cast(dict[str, object], entry)
    if sorted(table) != sorted(LANGUAGES):
        raise VocabularyError(where, "needs exactly id and en")
    spoken: dict[Language, str] = {}
    for language in LANGUAGES:
        sentence = table[language]
        if not isinstance(sentence, str):
            raise VocabularyError(where, f"{language} is not a text")
        spoken[language] = sentence
    if _facts(spoken["id"]) != _facts(spoken["en"]):
        raise VocabularyError(where, "id and en name different facts")
    return spoken


def _facts(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}
