"""Where each body stands: computed here, seeded, so that the same network always gives the same picture.

Parts of the network that no path joins are laid out one by one and packed side by side; bodies
without a link stand in rows below. Left to one force layout, they would fly apart and shrink the rest.
More than CROWDED bodies are laid out group by group, each group as one part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import ceil, sqrt
from typing import TypeAlias

import networkx as nx
import numpy as np

from simpul.analysis import Network, projection

from .groups import CROWDED, communities_of
from .layout_parts import ROOM, SLOW, Points, draw_part, size_of, spread_discs
from .placing import Place, placed_beside

_GAP = 46.0  # between two packed parts
_FEW = 40  # bodies to a group that is still drawn by path lengths, one of hundreds
_ASPECT = 1.05  # width to height of the whole: a screen less the panels beside the map

_Block: TypeAlias = tuple[list[str], Points]


def place_bodies(
    network: Network, *, seed: int, pinned: Mapping[str, Place] | None = None
) -> Mapping[str, Place]:
    """Give every body of the network its place, in order of IRI.

    The seed is for the random start of the layout; the same seed gives the same places. Bodies that
    `pinned` names, by IRI, stay where it says; the others are placed beside those they are linked to.
    """
    graph = projection(network)
    edges = sorted((a, b) if a < b else (b, a) for a, b in graph.edges() if a != b)
    kept = {name: pinned[name] for name in graph if name in pinned} if pinned else {}
    if kept:
        return placed_beside(sorted(graph), edges, kept)
    whole = len(graph) <= CROWDED
    parts = (
        [sorted(part) for part in nx.connected_components(graph)]
        if whole
        else communities_of(sorted(graph), edges, seed)
    )
    parts.sort(key=lambda part: (-len(part), part[0]))
    part_of = {name: number for number, part in enumerate(parts) for name in part}
    inside: dict[int, list[tuple[str, str]]] = defaultdict(list)
    between: set[tuple[int, int]] = set()
    for a, b in edges:
        low, high = sorted((part_of[a], part_of[b]))
        if low == high:
            inside[low].append((a, b))
        else:
            between.add((low, high))
    effort = {"slow": SLOW, "epochs": 500} if whole else {"slow": _FEW, "epochs": 90}
    blocks: list[_Block] = [
        (part, draw_part(part, inside[number], seed, **effort))
        for number, part in enumerate(parts)
        if len(part) > 1
    ]
    alone = [part[0] for part in parts if len(part) == 1]
    if between:
        blocks, alone = _joined(blocks, alone, parts, between, seed)
    if alone:
        width = _width((points for _, points in blocks), len(alone))
        blocks.append((alone, _rows(len(alone), width)))
    places: dict[str, Place] = {}
    for (names, points), (left, top) in zip(blocks, _pack(blocks), strict=True):
        for name, (x, y) in zip(names, points, strict=True):
            places[name] = (round(left + float(x)), round(top + float(y)))
    return _centred(dict(sorted(places.items())))


def _joined(
    blocks: list[_Block],
    alone: list[str],
    parts: list[list[str]],
    between: set[tuple[int, int]],
    seed: int,
) -> tuple[list[_Block], list[str]]:
    """Set blocks that links join around each other as one block each, and leave the rest as it is."""
    drawn: dict[int, _Block] = {
        number: blocks[number] if number < len(blocks) else (part, np.zeros((1, 2)))
        for number, part in enumerate(parts)
    }
    graph: nx.Graph[int] = nx.Graph(sorted(between))
    found: list[_Block] = []
    for component in sorted(map(sorted, nx.connected_components(graph))):
        keys = {number: f"{number:08}" for number in component}
        edges = [(keys[a], keys[b]) for a, b in sorted(graph.edges(component))]
        reaches = np.array(
            [
                0.5 * float(np.hypot(*size_of(drawn[each][1]))) + _GAP
                for each in component
            ]
        )
        centres = draw_part([keys[each] for each in component], edges, seed)
        centres *= 0.8 * sqrt(float((reaches**2).sum()) * 4 / len(component)) / ROOM
        centres = spread_discs(centres, reaches)
        names: list[str] = []
        rows: list[Points] = []
        for centre, number in zip(centres, component, strict=True):
            members, points = drawn[number]
            names += members
            rows.append(points - points.min(axis=0) - size_of(points) / 2 + centre)
        points = np.concatenate(rows)
        found.append((names, points - points.min(axis=0)))
    found += [block for number, block in enumerate(blocks) if number not in graph]
    joined = {name for names, _ in found for name in names}
    return found, [name for name in alone if name not in joined]


def _width(drawn: Iterable[Points], alone: int) -> float:
    widths = [size_of(points)[0] for points in drawn]
    return float(max([*widths, ROOM * sqrt(alone)]))


def _rows(count: int, width: float) -> Points:
    """Rows of bodies without links, no wider than the widest part."""
    across = max(1, min(count, int(width / ROOM) + 1))
    return np.array(
        [[(i % across) * ROOM, (i // across) * ROOM] for i in range(count)],
        dtype=np.float64,
    )


def _pack(blocks: list[_Block]) -> list[tuple[float, float]]:
    """Set blocks on shelves in their order, the largest first; the left top corner of each."""
    sizes = [size_of(points) + _GAP for _, points in blocks]
    area = sum(float(width * height) for width, height in sizes)
    limit = max([sqrt(area * _ASPECT), *(float(width) for width, _ in sizes)])
    corners: list[tuple[float, float]] = []
    left = top = shelf = 0.0
    for width, height in sizes:
        if left + float(width) > limit + 1:
            left, top, shelf = 0.0, top + shelf, 0.0
        corners.append((left, top))
        left, shelf = left + float(width), max(shelf, float(height))
    return corners


def _centred(places: dict[str, Place]) -> dict[str, Place]:
    if not places:
        return places
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    middle = ceil((min(xs) + max(xs)) / 2), ceil((min(ys) + max(ys)) / 2)
    return {name: (x - middle[0], y - middle[1]) for name, (x, y) in places.items()}
