"""Places kept from an earlier picture, and room found beside them for what is new."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin, sqrt
from pathlib import Path
from typing import Any, TypeAlias, cast

from simpul.ontology import ViewError

Place: TypeAlias = tuple[int, int]
"""Pixels from the middle of the picture at natural size, y downwards."""

_ROOM = 58
_APART = 36
_MANY = 1_000_000  # bodies; a column of one value says not how many
_FARTHEST = 10_000_000  # a place beyond is none of ours
_BLOCK = re.compile(
    r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL
)


def read_places(path: Path) -> Mapping[str, Place]:
    """The place of each body, by IRI, in a page that was written before.

    Raises: ViewError if the file cannot be read or holds no such places.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ViewError("map", f"{path} cannot be read: {problem}") from problem
    block = _BLOCK.search(text)
    try:
        columns: dict[str, Any] = json.loads(block[1])["nodes"]["c"] if block else {}
        found = [_column(columns.get(key), path) for key in ("iri", "x", "y")]
    except (ValueError, LookupError, TypeError, RecursionError) as problem:
        raise _no_places(path) from problem
    return {
        iri: (round(x), round(y))
        for iri, x, y in zip(*found, strict=False)
        if isinstance(iri, str) and _is_place(x) and _is_place(y)
    }


def placed_beside(
    names: Sequence[str],
    edges: Sequence[tuple[str, str]],
    kept: Mapping[str, Place],
) -> Mapping[str, Place]:
    """Places of all names: those kept as they are, each other one in free room near its partners.

    The ones with most partners in place come first; names without any stand below the picture.
    """
    partners: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        partners[a].add(b)
        partners[b].add(a)
    places = dict(kept)
    taken = _Taken()
    for place in sorted(kept.values()):
        taken.add(place)
    waiting = {name for name in names if name not in kept}
    while waiting:
        known = {name: partners[name] & places.keys() for name in waiting}
        most = max(map(len, known.values()))
        if not most:
            break
        # One wave at a time, so that the time grows with the waves and not with the names.
        wave = [name for name in waiting if known[name]]
        for name in sorted(wave, key=lambda name: (-len(known[name]), name)):
            near = [places[each] for each in known[name]]
            middle = (
                sum(x for x, _ in near) / len(near),
                sum(y for _, y in near) / len(near),
            )
            places[name] = taken.room_near(middle)
        waiting -= set(wave)
    left = min(x for x, _ in places.values())
    right = max(x for x, _ in places.values())
    below = max(y for _, y in places.values()) + 2 * _ROOM
    across = max(1, (right - left) // _ROOM + 1, round(sqrt(len(waiting))))
    for number, name in enumerate(sorted(waiting)):
        row, column = divmod(number, across)
        places[name] = (left + column * _ROOM, below + row * _ROOM)
    return dict(sorted(places.items()))


def _column(written: Any, path: Path) -> list[Any]:
    """The values of a column, as packing.py writes them."""
    if isinstance(written, dict):
        known = cast("dict[str, list[Any]]", written)
        if "o" in known:
            return [known["o"]] * _MANY
        return [known["v"][number] for number in known["i"]]
    if not isinstance(written, list):
        raise _no_places(path)
    return cast("list[Any]", written)  # type: ignore[redundant-cast]  # for pyright alone


def _no_places(path: Path) -> ViewError:
    return ViewError(
        "map", f"{path} holds no places; name a page that `simpul view` wrote"
    )


def _is_place(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) < _FARTHEST


class _Taken:
    """Places in cells as wide as two bodies must be apart, so that a look at nine cells is enough."""

    def __init__(self) -> None:
        self.cells: dict[Place, list[Place]] = defaultdict(list)
        self.reached: dict[Place, int] = {}

    def add(self, place: Place) -> None:
        self.cells[self._cell(place)].append(place)

    def room_near(self, middle: tuple[float, float]) -> Place:
        """The first free place on widening rings; it is taken from now on."""
        start = (round(middle[0]), round(middle[1]))
        for place in self._rings(start):
            if self._is_free(place):
                self.add(place)
                return place
        raise AssertionError("rings widen without end")

    def _rings(self, start: Place) -> Iterator[Place]:
        cell = self._cell(start)
        # Where many look for room near one place, the full rings are not tried again.
        ring = self.reached.get(cell, 0)
        while True:
            self.reached[cell] = max(0, ring - 1)
            steps = max(1, round(2 * pi * ring))
            for step in range(steps):
                turn = 2 * pi * step / steps
                radius = ring * (_APART + 1)
                yield (
                    start[0] + round(radius * cos(turn)),
                    start[1] + round(radius * sin(turn)),
                )
            ring += 1

    def _is_free(self, place: Place) -> bool:
        column, row = self._cell(place)
        return all(
            (x - place[0]) ** 2 + (y - place[1]) ** 2 >= _APART**2
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for x, y in self.cells.get((column + across, row + down), ())
        )

    @staticmethod
    def _cell(place: Place) -> Place:
        return place[0] // _APART, place[1] // _APART
