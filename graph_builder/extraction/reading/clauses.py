"""The small words of clauses, read once from clauses.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast


@dataclass(frozen=True, slots=True)
class Clauses:
    """The lists of clauses.toml under their names there."""

    boundaries: frozenset[str]
    purpose: frozenset[str]
    skipped: frozenset[str]
    oblique: frozenset[str]
    joining: frozenset[str]
    conjunctions: frozenset[str]
    accompanying: frozenset[str]
    toward: frozenset[str]
    namely: frozenset[str]
    through: frozenset[str]
    no_patient: frozenset[str]
    no_agent: frozenset[str]
    not_above: frozenset[str]
    groups: frozenset[str]
    group_stop: frozenset[str]
    posts: frozenset[str]
    kinds: frozenset[str]
    modality: Mapping[str, frozenset[str]]
    sign: Mapping[str, frozenset[str]]
    ratings: Mapping[str, tuple[str, ...]]
    continuing: Mapping[str, frozenset[str]]


@cache
def clauses() -> Clauses:
    """The one copy of the small words."""
    path = files("simpul.graph_builder.extraction") / "words" / "clauses.toml"
    tables = cast(
        "Mapping[str, object]", tomllib.loads(path.read_text(encoding="utf-8"))
    )

    def words(name: str) -> frozenset[str]:
        return frozenset(map(str.casefold, cast("Sequence[str]", tables[name])))

    def lists(name: str) -> Mapping[str, frozenset[str]]:
        table = cast("Mapping[str, Sequence[str]]", tables[name])
        return {key: frozenset(listed) for key, listed in table.items()}

    return Clauses(
        boundaries=words("boundaries"),
        purpose=words("purpose"),
        skipped=words("skipped"),
        oblique=words("oblique"),
        joining=words("joining"),
        conjunctions=words("conjunctions"),
        accompanying=words("with"),
        toward=words("toward"),
        namely=words("namely"),
        through=words("through"),
        no_patient=words("no_patient"),
        no_agent=words("no_agent"),
        not_above=words("not_above"),
        groups=words("groups"),
        group_stop=words("group_stop"),
        posts=words("posts"),
        kinds=words("kinds"),
        modality=lists("modality"),
        sign=lists("sign"),
        ratings={
            key: tuple(sorted(listed)) for key, listed in lists("ratings").items()
        },
        continuing=lists("continuing"),
    )
