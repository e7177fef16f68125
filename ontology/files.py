"""The ontology, code lists, shapes and rules as texts, read from the files shipped in this folder."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_HERE = files("simpul.ontology")


@dataclass(frozen=True, slots=True)
class Rule:
    """One derivation rule: a CONSTRUCT query, named after its file without the ending."""

    name: str
    text: str


@cache
def ontology_turtle() -> str:
    """The terms, with the axioms repeated from reused vocabularies, as Turtle."""
    return _HERE.joinpath("ontology.ttl").read_text(encoding="utf-8")


@cache
def concepts_turtle() -> str:
    """All code lists as one Turtle text, in the order of their files' names.

    Each file declares its own prefixes; Turtle allows them to be declared again.
    """
    return "\n".join(
        entry.read_text(encoding="utf-8")
        for entry in _sorted(_HERE.joinpath("concepts"), ".ttl")
    )


@cache
def shapes_turtle() -> str:
    """The SHACL shapes as Turtle. They are no part of a version."""
    return _HERE.joinpath("shapes.ttl").read_text(encoding="utf-8")


@cache
def rules() -> tuple[Rule, ...]:
    """The derivation rules in the order in which they have to run."""
    return tuple(
        Rule(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8"))
        for entry in _sorted(_HERE.joinpath("rules"), ".rq")
    )


def _sorted(folder: Traversable, ending: str) -> list[Traversable]:
    found = [entry for entry in folder.iterdir() if entry.name.endswith(ending)]
    return sorted(found, key=lambda entry: entry.name)
