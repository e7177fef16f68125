"""A part of a report, and how what it says of bodies and tests is worded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simpul.analysis import Body
from simpul.ontology import Language

from .table import Table, in_notation


@dataclass(frozen=True)
class Section:
    """A part of a report: sentences, tables, and the kinds of figures that belong to it."""

    code: str
    told: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


def called(body: Body, language: Language) -> str:
    """A body for short."""
    return body.acronym or body.name.say(language) or body.key


def noted(told: Iterable[str], language: Language) -> tuple[str, ...]:
    """Sentences of measures and tests, their numbers as the language writes them."""
    return tuple(in_notation(line, language) for line in told)
