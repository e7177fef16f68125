"""The words around numbers, read once from quantities.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast


@dataclass(frozen=True, slots=True)
class Quantities:
    """The tables of quantities.toml, turned round: {word in small letters: its code or its unit}.

    Words that are written in capitals (IKM, MW) also stand here as they are.
    """

    comparators: Mapping[str, str]
    units: Mapping[str, str]
    currencies: Mapping[str, str]
    rates: frozenset[str]
    rated: Mapping[tuple[str, str], str]
    no_doers: frozenset[str]
    unmeasured: frozenset[str]
    measures: tuple[str, ...]
    verbs: Mapping[str, str]
    uncounted_before: frozenset[str]
    uncounted_after: frozenset[str]
    cues: frozenset[str]
    no_subject: frozenset[str]


@cache
def quantities() -> Quantities:
    """The one copy of the words around numbers."""
    path = files("simpul.graph_builder.extraction") / "words" / "quantities.toml"
    tables = cast(
        "Mapping[str, Mapping[str, object]]",
        tomllib.loads(path.read_text(encoding="utf-8")),
    )

    def words(table: str, key: str) -> tuple[str, ...]:
        return tuple(cast("Sequence[str]", tables[table][key]))

    return Quantities(
        comparators=_turned(tables["comparators"]),
        units=_turned(tables["units"]),
        currencies=_turned(tables["currencies"]),
        rates=frozenset(map(str.casefold, words("rates", "words"))),
        rated={
            (unit, rate): code
            for code, (unit, rate) in cast(
                "Mapping[str, tuple[str, str]]", tables["rates"]["units"]
            ).items()
        },
        no_doers=frozenset(words("not_counted", "no_doers")),
        unmeasured=frozenset(words("not_counted", "unmeasured")),
        measures=words("measures", "words"),
        verbs={
            word.casefold(): measure
            for word, measure in cast(
                "Mapping[str, str]", tables["measures"]["verbs"]
            ).items()
        },
        uncounted_before=frozenset(map(str.casefold, words("not_counted", "before"))),
        uncounted_after=frozenset(words("not_counted", "after")),
        cues=frozenset(words("number_words_cued", "before")),
        no_subject=frozenset(words("subjects", "none")),
    )


def _turned(table: Mapping[str, object]) -> Mapping[str, str]:
    return {
        word.casefold(): code
        for code, words in table.items()
        for word in cast("Sequence[str]", words)
    }
