"""What a question must say to mean an entry of the catalogue, and which relation a verb names: read from TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simpul.ontology import BASE


@dataclass(frozen=True, slots=True)
class Frame:
    """The signs of one question; `needs` are groups of which any one must be there.

    `pair` says that it is about two bodies, `people` that a person can stand for a body; `about` is the column that a further thing narrows;
    `claims` are columns that hold claims; where there are none, `backing` is the query that finds
    them and `chain` says that they join any two things of the answer. `prior` are the points that it
    begins with.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    helps: frozenset[str]
    bars: frozenset[str]
    pair: bool
    people: bool
    about: str
    claims: tuple[str, ...]
    backing: str
    chain: bool
    prior: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A type of tie, and the roles of those who act in it and are acted on."""

    name: str
    type: str
    actor: str
    patient: str

    @property
    def is_mutual(self) -> bool:
        """Whether both have the same role."""
        return self.actor == self.patient

    def role(self, asked: str) -> str:
        """The IRI of the role of the party asked about: `actor` or `patient`."""
        code = self.actor if asked == "actor" else self.patient
        return f"{BASE}concept/participant-role/{code}"

    @property
    def type_iri(self) -> str:
        """The IRI of the type of tie."""
        return f"{BASE}concept/tie-type/{self.type}"


@cache
def frames() -> Mapping[str, Frame]:
    """The frame of each question that can be asked in words."""
    return {
        name: Frame(
            name=name,
            needs=tuple(tuple(group.split("|")) for group in told.get("needs", ())),
            helps=frozenset(told.get("helps", ())),
            bars=frozenset(told.get("bars", ())),
            pair=bool(told.get("pair", False)),
            people=bool(told.get("people", False)),
            about=str(told.get("about", "")),
            claims=tuple(told.get("claims", ())),
            backing=str(told.get("backing", "")),
            chain=bool(told.get("chain", False)),
            prior=float(told.get("prior", 0)),
        )
        for name, told in _read("frames.toml").items()
    }


@cache
def relations() -> Mapping[str, Relation]:
    """The relations that words can name."""
    return {
        name: Relation(name, told["type"], told["actor"], told["patient"])
        for name, told in _read("relations.toml").items()
    }


def _read(name: str) -> dict[str, dict[str, Any]]:
    text = files("simpul.queries.asking").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
