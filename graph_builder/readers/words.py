"""What tables may call record kinds, fields and fixed values: `words.toml`, in both languages."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import cast

from pydantic import BaseModel

from simpul.ontology import LANGUAGES, Language

Words = Mapping[Language, tuple[str, ...]]


def _read(section: str) -> dict[str, Words]:
    text = files("simpul.graph_builder.readers").joinpath("words.toml").read_bytes()
    tables = tomllib.loads(text.decode("utf-8"))
    entries = cast("dict[str, dict[Language, list[str]]]", tables[section])
    return {
        name: {language: tuple(entry[language]) for language in LANGUAGES}
        for name, entry in entries.items()
    }


KINDS = _read("kinds")
VALUES = _read("values")
_FIELDS = _read("fields")
_ASIDE = _read("aside")


def folded(text: str) -> str:
    """A heading, name or label as it is compared: letters and digits only, without case.

    >>> folded("Kode Kemendagri"), folded("kode_kemendagri")
    ('kodekemendagri', 'kodekemendagri')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


ASIDE = frozenset(folded(word) for words in _ASIDE["sheets"].values() for word in words)
"""Sheets of a workbook that hold no records and are meant to, folded."""


def word_for(model: type[BaseModel], field: str, language: Language) -> str:
    """The word that Simpul writes for a field of a model."""
    return _words(model, field)[language][0]


def words_for(model: type[BaseModel], field: str) -> Iterator[str]:
    """Every word for a field of a model, its own name first, each folded and once."""
    known = _words(model, field)
    words = [field, *(word for language in LANGUAGES for word in known[language])]
    yield from dict.fromkeys(map(folded, words))


def _words(model: type[BaseModel], field: str) -> Words:
    known = _FIELDS.get(f"{model.__name__}.{field}") or _FIELDS.get(field)
    return known or dict.fromkeys(LANGUAGES, (field,))
