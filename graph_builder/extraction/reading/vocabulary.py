"""Vocabulary: words by what they do around names, and heads of names, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

Words = tuple[str, ...]
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Head:
    """The first words of a name: what kind of body they make, and what may follow them."""

    words: Words
    type: str
    grow: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of words in small letters; `posts` and `heads` are by their first word, longest first.

    `post_ends` are the last words of posts.
    """

    sets: Mapping[str, frozenset[str]]
    posts: Mapping[str, tuple[Words, ...]]
    heads: Mapping[str, tuple[Head, ...]]
    post_ends: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        """Whether a set holds a word, in any letters."""
        return word.casefold() in self.sets[name]


def table_of(
    name: str,
) -> dict[str, Any]:  # TOML of our own, which the tests read whole
    """A table of this room, parsed."""
    place = files("simpul.graph_builder").joinpath("extraction", "words", name)
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with Simpul."""
    table = table_of("vocabulary.toml")
    posts = [
        tuple(post.split())
        for post in table.pop("posts").replace("\n", "").split("|")
        if post.strip()
    ]
    heads = [
        Head(tuple(words.split()), each["type"], each["grow"])
        for each in table_of("heads.toml")["head"]
        for words in each["words"]
    ]
    weak = frozenset(table.pop("weak").split())
    sets = {name: frozenset(text.split()) for name, text in table.items()}
    return Vocabulary(
        {**sets, "weak": weak},
        _by_first({words: words for words in posts}),
        _by_first({head.words: head for head in heads}),
        frozenset(words[-1] for words in posts),
    )


def _by_first(entries: Mapping[Words, _Entry]) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[tuple[Words, _Entry]]] = {}
    for words, entry in entries.items():
        found.setdefault(words[0], []).append((words, entry))
    return {
        first: tuple(
            entry for _, entry in sorted(pairs, key=lambda pair: -len(pair[0]))
        )
        for first, pairs in found.items()
    }


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Whether a word is one of the dictionary or of a field of work, and so no name by itself.

    >>> is_common("Perindustrian"), is_common("Yanita")
    (True, False)
    """
    import simplemma  # its dictionaries take a moment

    plain = word.casefold()
    known = vocabulary().sets
    if plain in known["given"]:
        return False
    if plain in known["subjects"] or simplemma.is_known(plain, lang="id"):
        return True
    return len(plain) > 7 and (
        (plain.startswith(("pe", "ke")) and plain.endswith("an"))
        or plain.endswith(("isasi", "logi", "ika"))
    )
