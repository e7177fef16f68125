"""Lexicon: what the words of Indonesian names stand for, read once from `lexicon.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they do in a name; every word is written as `folded` writes it.

    `short` maps a word to the words it stands for, `phrases` words to the one they are known by,
    `heads` and `syllables` are the parts that names like Disperindag are put together from.
    """

    titles_before: frozenset[str]
    titles_after: frozenset[str]
    legal_forms: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, ...], str]
    heads: Mapping[str, str]
    syllables: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    small: frozenset[str]
    remarks: tuple[str, ...]
    ranks: Mapping[tuple[str, ...], str]
    levels: frozenset[str]
    branches: frozenset[str]
    provinces: frozenset[tuple[str, ...]]
    given_names: Mapping[str, str]
    look_alikes: Mapping[int, str]


def bare(title: str) -> str:
    """A title without dots and in small letters, as titles are looked up.

    >>> bare("S.Kom.")
    'skom'
    """
    return re.sub(r"[^a-z]", "", title.casefold())


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with Simpul."""
    table = _read("lexicon.toml")
    common, territories = table["common"], table["territories"]
    return Lexicon(
        titles_before=frozenset(map(bare, table["titles"]["before"])),
        titles_after=frozenset(map(bare, table["titles"]["after"])),
        legal_forms=table["legal_forms"],
        short={
            word: tuple(text.split()) for word, text in table["abbreviations"].items()
        },
        phrases={tuple(text.split()): word for text, word in table["phrases"].items()},
        heads=table["heads"],
        syllables={
            part: tuple(text.split()) for part, text in table["syllables"].items()
        },
        common=frozenset(common["words"]),
        small=frozenset(common["small"]),
        remarks=tuple(common["remarks"]),
        ranks={tuple(text.split()): rank for text, rank in table["ranks"].items()},
        levels=frozenset(territories["levels"]),
        branches=frozenset(territories["branches"]),
        provinces=frozenset(tuple(text.split()) for text in territories["provinces"]),
        given_names=table["given_names"],
        look_alikes={
            ord(character): letter
            for letter, characters in _read("confusables.toml").items()
            for character in characters
        },
    )


def _read(
    name: str,
) -> dict[str, Any]:  # TOML of our own, whose tables the tests read whole
    place = files("simpul.graph_builder").joinpath("identity", name)
    return tomllib.loads(place.read_text(encoding="utf-8"))
