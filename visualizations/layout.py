"""Where each body stands: computed here, seeded, so that the same network always gives the same picture.

Parts of the network that no path joins are laid out one by one and packed side by side; bodies
without a link stand in rows below. Left to one force layout, they would fly apart and shrink the rest.
"""

from collections.abc import Iterable, Mapping
from math import ceil, sqrt
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from simpul.analysis import Network, projection

Place = tuple[int, int]
"""Pixels from the middle of the picture at natural size, y downwards."""

_Graph: TypeAlias = "nx.Graph[str]"
_Points: TypeAlias = NDArray[np.float64]

_ROOM = 58.0  # the side of the square that one body takes up on average
_APART = 36.0  # the least distance of two bodies
_GAP = 46.0  # between two packed parts
_ASPECT = 1.05  # width to height of the whole: a screen less the panels beside the map
_EVENING = 0.6  # 0 leaves a layout as it is, 1 spreads it over its whole box
_SLOW = 400  # from so many bodies on, a layout by path lengths takes too long


def place_bodies(network: Network, *, seed: int) -> Mapping[str, Place]:
    """Give every body of the network its place, in order of IRI.

    The seed is for the random start of the force layout; the same seed gives the same places.
    """
    graph = projection(network)
    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), part[0]),
    )
    connected = [part for part in parts if len(part) > 1]
    alone = [part[0] for part in parts if len(part) == 1]
    drawn = [_draw(graph.subgraph(part), part, seed) for part in connected]
    blocks = [
        (list(part), points) for part, points in zip(connected, drawn, strict=True)
    ]
    if alone:
        blocks.append((alone, _rows(len(alone), _width(drawn, len(alone)))))
    places: dict[str, Place] = {}
    for (names, points), (left, top) in zip(blocks, _pack(blocks), strict=True):
        for name, (x, y) in zip(names, points, strict=True):
            places[name] = (round(left + float(x)), round(top + float(y)))
    return _centred(dict(sorted(places.items())))


def _draw(part: Any, order: list[str], seed: int) -> _Points:
    """Lay out one connected part: first by path lengths, then by forces, then apart; from (0, 0) on."""
    graph: _Graph = nx.Graph()  # of its own, since a view keeps the order of the whole
    graph.add_nodes_from(order)
    graph.add_edges_from(sorted(part.edges()))
    start: dict[str, Any] = {**nx.random_layout(graph, seed=seed)}
    if len(order) <= _SLOW:
        start = nx.kamada_kawai_layout(graph, pos=start)
    found = nx.spring_layout(
        graph, pos=start, seed=seed, iterations=60, k=1.6 / sqrt(len(order))
    )
    points = np.array([found[name] for name in order], dtype=np.float64)
    points = _evened(_upright(points))
    width, height = _size(points)
    # A part that lies in one line still takes up a strip, or its length would have no bound.
    area = float(width) * max(float(height), 0.6 * float(width))
    points *= _ROOM * sqrt(len(order) / area)
    points = _spread(points)
    return np.asarray(points - points.min(axis=0))


def _upright(points: _Points) -> _Points:
    """Turn the points so that their longest direction lies flat, and make that no more than _ASPECT."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes *= np.sign(
        axes[:, [0]] + 1e-12
    )  # the sign of an axis is left to chance otherwise
    turned: _Points = centred @ axes.T
    width, height = _size(turned)
    if width > _ASPECT * height > 0:
        turned[:, 1] *= min(width / (_ASPECT * height), 1.8)
    return turned


def _evened(points: _Points) -> _Points:
    """Move each coordinate part of the way to its rank, so that a crowded middle takes more room.

    Left and right, above and below stay as they were. Small parts are not crowded and stay.
    """
    if len(points) < 20:
        return points
    low, size = points.min(axis=0), _size(points)
    shares = (points - low) / size
    order = points.argsort(axis=0, kind="stable")
    ranks = order.argsort(axis=0, kind="stable") / (len(points) - 1)
    return np.asarray(low + size * ((1 - _EVENING) * shares + _EVENING * ranks))


def _spread(points: _Points) -> _Points:
    """Push apart whatever stands closer than _APART, a little at a time."""
    for _ in range(120):
        offsets = points[:, None, :] - points[None, :, :]
        distances = np.sqrt((offsets**2).sum(axis=2))
        np.fill_diagonal(distances, np.inf)
        lacking = np.clip(_APART - distances, 0, None)
        if lacking.max() < 1:
            break
        with np.errstate(invalid="ignore", divide="ignore"):
            ways = np.where(
                distances[..., None] > 1e-9, offsets / distances[..., None], 0.0
            )
        points = points + 0.5 * (ways * lacking[..., None]).sum(axis=1)
    return points


def _width(drawn: Iterable[_Points], alone: int) -> float:
    widths = [_size(points)[0] for points in drawn]
    return float(max([*widths, _ROOM * sqrt(alone)]))


def _rows(count: int, width: float) -> _Points:
    """Rows of bodies without links, no wider than the widest part."""
    across = max(1, min(count, int(width / _ROOM) + 1))
    return np.array(
        [[(i % across) * _ROOM, (i // across) * _ROOM] for i in range(count)],
        dtype=np.float64,
    )


def _pack(blocks: list[tuple[list[str], _Points]]) -> list[tuple[float, float]]:
    """Set blocks on shelves in their order, the largest first; the left top corner of each."""
    sizes = [_size(points) + _GAP for _, points in blocks]
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


def _size(points: _Points) -> _Points:
    return np.asarray(points.max(axis=0) - points.min(axis=0))


def _centred(places: dict[str, Place]) -> dict[str, Place]:
    if not places:
        return places
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    middle = ceil((min(xs) + max(xs)) / 2), ceil((min(ys) + max(ys)) / 2)
    return {name: (x - middle[0], y - middle[1]) for name, (x, y) in places.items()}
