"""Where the territories of Indonesia lie, by their official codes, and the outline of the land.

Positions are those of the town that bears the name of a regency or city; `positions.json` names their
source. The outline is that of Natural Earth, and is left out where its file was not laid.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

OUTLINE = "land-50m.json"
Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees."""


@dataclass(frozen=True, slots=True)
class Position:
    """The town that stands for a territory, and where it lies."""

    town: str
    latitude: float
    longitude: float


@cache
def positions() -> Mapping[str, Position]:
    """All positions that are known, by code."""
    text = files(__package__ or "").joinpath("positions.json").read_text("utf-8")
    found = cast(dict[str, list[Any]], json.loads(text)["positions"])
    return {
        code: Position(str(town), float(latitude), float(longitude))
        for code, (town, latitude, longitude) in found.items()
    }


def position_of(code: str) -> tuple[str, Position] | None:
    """The position of a territory with its code, or of the regency around it; None where it is not known.

    >>> position_of("35.15.06")[0]
    '35.15'
    """
    for known in (code[:5], code[:2] if len(code) == 2 else ""):
        if known in positions():
            return known, positions()[known]
    return None


@cache
def land() -> tuple[Ring, ...]:
    """The outlines of the land, each a ring; none where the file is missing."""
    path = files("simpul.visualizations").joinpath("assets", OUTLINE)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    return tuple(_rings(json.loads(text)))


def _rings(topology: Any) -> Iterator[Ring]:
    """The outer rings of a TopoJSON topology. Source: the TopoJSON Format Specification 1.0."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[tuple[float, float]] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((left + x * scale_x, bottom + y * scale_y))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        found = geometry["arcs"]
        polygons: list[list[list[int]]] = (
            [found] if geometry["type"] == "Polygon" else found
        )
        for polygon in polygons:
            ring: list[tuple[float, float]] = []
            for number in polygon[0]:
                # A negative number is the arc of its complement, run backwards.
                part = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring.extend(part[1:] if ring else part)
            yield tuple(ring)
