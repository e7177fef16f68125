"""How bodies and ties look: colour by family of sectors, shape by kind, line by what is known of a tie."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from simpul.analysis import Body, BodyClass, Names, Tie
from simpul.ontology import ClaimStatus, Holding, Modality, Standing


@dataclass(frozen=True, slots=True)
class Family:
    """Sectors that share a colour, one for a light page and one for a dark one."""

    code: str
    name: Names
    sectors: frozenset[str]
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Kinds of institution that share a shape; `hollow` is "", or how the outline is drawn."""

    code: str
    name: Names
    kinds: frozenset[str]
    shape: str
    hollow: str


@dataclass(frozen=True, slots=True)
class Look:
    """One way to draw a tie: dash lengths (none: an unbroken line) and width, in pixels."""

    code: str
    name: Names
    dash: tuple[float, ...]
    width: float

    @property
    def is_against(self) -> bool:
        """Whether the line has the colour of dissent: sources deny the tie, or disagree on it."""
        return self.code in (Standing.DENIED, Standing.CONTESTED)


@dataclass(frozen=True, slots=True)
class Palette:
    """All families, shapes and looks, in the order of the legend."""

    families: tuple[Family, ...]
    shapes: tuple[Shape, ...]
    looks: tuple[Look, ...]

    def family(self, body: Body) -> Family:
        """The colour of a body: of its sector, else of the strand above it, else "unstated"."""
        for concept in (body.sector, body.strand):
            for family in self.families:
                if concept and concept.code in family.sectors:
                    return family
        return self._family("unstated")

    def shape(self, body: Body) -> Shape:
        """The shape of a body: of its class where it is no organization, else of its kind."""
        if body.body_class is not BodyClass.ORGANIZATION:
            return self._shape(body.body_class.value)
        kind = body.kind.code if body.kind else ""
        fitting = (shape for shape in self.shapes if kind in shape.kinds)
        return next(fitting, self._shape("other"))

    def look(self, tie: Tie) -> Look:
        """The line of a tie. A doubt goes before a rank: what is denied is not shown as well attested."""
        standing = tie.standing.code if tie.standing else ""
        modality = tie.modality.code if tie.modality else ""
        status = tie.status.code if tie.status else ""
        if standing in (Standing.DENIED, Standing.CONTESTED, Standing.PLANNED):
            return self._look(standing)
        if modality == Modality.REPORTED:
            return self._look("told")
        if status != ClaimStatus.ACCEPTED:
            return self._look("unaccepted")
        if tie.holding is not None and tie.holding.code == Holding.POSSIBLE:
            return self._look(Holding.POSSIBLE)
        if standing in (Standing.LAPSED, Standing.CORROBORATED):
            return self._look(standing)
        return self._look(Standing.SINGLE_ORIGIN)

    def _family(self, code: str) -> Family:
        return next(family for family in self.families if family.code == code)

    def _shape(self, code: str) -> Shape:
        return next(shape for shape in self.shapes if shape.code == code)

    def _look(self, code: str) -> Look:
        return next(look for look in self.looks if look.code == code)


@cache
def palette() -> Palette:
    """The palette shipped as palette.toml."""
    text = files("simpul.visualizations").joinpath("palette.toml").read_text("utf-8")
    tables = cast(dict[str, list[dict[str, Any]]], tomllib.loads(text))
    return Palette(
        families=tuple(
            Family(
                entry["code"],
                _name(entry),
                frozenset(entry["sectors"]),
                entry["light"],
                entry["dark"],
            )
            for entry in tables["families"]
        ),
        shapes=tuple(
            Shape(
                entry["code"],
                _name(entry),
                frozenset(entry["kinds"]),
                entry["shape"],
                entry.get("hollow", ""),
            )
            for entry in tables["shapes"]
        ),
        looks=tuple(
            Look(entry["code"], _name(entry), tuple(entry["dash"]), entry["width"])
            for entry in tables["looks"]
        ),
    )


def _name(entry: dict[str, Any]) -> Names:
    return Names(entry["id"], entry["en"])
