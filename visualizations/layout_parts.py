"""One connected part of a network drawn by itself: small ones by path lengths and forces, large ones by nearness.

Forces alone draw a large network as a ball. UMAP, of igraph, keeps bodies that belong together beside each
other; where igraph is not installed, distances to a few pivots have to do, coarser but within memory.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from .libraries import (
    has_igraph,
    scipy_paths,
    scipy_sparse,
    scipy_spatial,
    seeded_igraph,
)

Edges: TypeAlias = Sequence[tuple[str, str]]
Points: TypeAlias = NDArray[np.float64]

ROOM = 58.0  # the side of the square that one body takes up on average
APART = 36.0  # the least distance of two bodies

_ASPECT = 1.05  # width to height of the whole: a screen less the panels beside the map
_EVENING = 0.6  # 0 leaves a layout as it is, 1 spreads it over its whole box
SLOW = 400  # from so many bodies on, a layout by path lengths takes too long
_FORCED = (
    1500  # likewise for the forces of networkx, whose memory grows with the square
)
_PIVOTS = 60
_STARTING = 12  # pivots are enough for a start
_EPOCHS = 800_000  # of UMAP, times bodies; within 60 and 500 epochs


def draw_part(
    order: list[str], edges: Edges, seed: int, *, slow: int = SLOW, epochs: int = 500
) -> Points:
    """Give the bodies of one connected part, in their order, points from (0, 0) on.

    From `slow` bodies on it does without path lengths, in at most so many epochs; both can be
    lower where many parts are to be drawn.
    """
    if len(order) <= slow:
        points = _by_forces(order, edges, seed, exact=True)
    elif has_igraph():
        points = _by_nearness(order, edges, seed, epochs)
    elif len(order) <= _FORCED:
        points = _by_forces(order, edges, seed, exact=False)
    else:
        points = _by_pivots(order, edges, seed, _PIVOTS)
    points = _evened(_upright(points))
    width, height = size_of(points)
    # A part that lies in one line still takes up a strip, or its length would have no bound.
    area = float(width) * max(float(height), 0.6 * float(width))
    points *= ROOM * sqrt(len(order) / area)
    points = spread(points)
    return np.asarray(points - points.min(axis=0))


def size_of(points: Points) -> Points:
    """The width and the height that points take up."""
    return np.asarray(points.max(axis=0) - points.min(axis=0))


def spread(points: Points) -> Points:
    """Push apart whatever stands closer than APART, a little at a time."""
    tree = scipy_spatial().cKDTree
    rounds = 120 if len(points) <= SLOW else 60
    for _ in range(rounds):
        pairs: NDArray[np.intp] = tree(points).query_pairs(APART, output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]  # sums in one order
        offsets = points[pairs[:, 0]] - points[pairs[:, 1]]
        distances = np.sqrt((offsets**2).sum(axis=1))
        lacking = APART - distances
        if not len(pairs) or lacking.max() < 1:
            break
        # Two bodies in one place go apart along a way of their own.
        angles = pairs[:, 0] * 2.399963  # the golden angle, so that ways differ
        chance = np.column_stack((np.cos(angles), np.sin(angles)))
        known = distances[:, None] > 1e-9
        ways = np.where(known, offsets / np.maximum(distances, 1e-9)[:, None], chance)
        pushes = 0.5 * ways * lacking[:, None]
        moved = np.zeros_like(points)
        for axis in (0, 1):
            there = np.bincount(pairs[:, 0], pushes[:, axis], len(points))
            back = np.bincount(pairs[:, 1], pushes[:, axis], len(points))
            moved[:, axis] = there - back
        # In a crowd many small pushes add up; unbounded they would throw bodies out of it.
        points = points + np.clip(moved, -APART, APART)
    return points


def spread_discs(centres: Points, reaches: Points) -> Points:
    """Push discs of these radii apart until hardly any two overlap; for some hundred of them."""
    for _ in range(200):
        offsets = centres[:, None, :] - centres[None, :, :]
        distances = np.sqrt((offsets**2).sum(axis=2))
        np.fill_diagonal(distances, np.inf)
        lacking = np.clip(reaches[:, None] + reaches[None, :] - distances, 0, None)
        if lacking.max() < 1:
            break
        ways = offsets / np.maximum(distances, 1e-9)[..., None]
        moved = 0.4 * (ways * lacking[..., None]).sum(axis=1)
        centres = centres + np.clip(moved, -reaches.max(), reaches.max())
    return centres


def _by_forces(order: list[str], edges: Edges, seed: int, *, exact: bool) -> Points:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(order)
    graph.add_edges_from(edges)
    start: dict[str, Any] = {**nx.random_layout(graph, seed=seed)}
    if exact:
        start = nx.kamada_kawai_layout(graph, pos=start)
    found = nx.spring_layout(
        graph, pos=start, seed=seed, iterations=60, k=1.6 / sqrt(len(order))
    )
    return np.array([found[name] for name in order], dtype=np.float64)


def _by_nearness(order: list[str], edges: Edges, seed: int, epochs: int) -> Points:
    """UMAP on the graph itself (McInnes, Healy and Melville 2018), from a start by pivots."""
    number_of = {name: number for number, name in enumerate(order)}
    numbered = [(number_of[a], number_of[b]) for a, b in edges]
    start = _by_pivots(order, edges, seed, _STARTING)
    start = start / max(float(size_of(start).max()), 1e-9) * sqrt(len(order))
    epochs = max(60, min(epochs, _EPOCHS // len(order)))
    with seeded_igraph(seed) as igraph:
        graph = igraph.Graph(n=len(order), edges=numbered)
        found = graph.layout_umap(seed=start.tolist(), min_dist=0.05, epochs=epochs)
    return np.array(found.coords, dtype=np.float64)


def _by_pivots(order: list[str], edges: Edges, seed: int, pivots: int) -> Points:
    """PivotMDS (Brandes and Pich 2007): the two main directions of the distances to a few bodies far apart.

    Bodies at the same distances from all pivots would coincide; a little chance tells them apart.
    """
    dijkstra = scipy_paths().dijkstra
    count = len(order)
    number_of = {name: number for number, name in enumerate(order)}
    ends = np.array([(number_of[a], number_of[b]) for a, b in edges])
    matrix = scipy_sparse().csr_array(
        (np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (count, count)
    )
    nearest = np.full(count, np.inf)
    pivot, columns = 0, list[Points]()
    for _ in range(min(pivots, count)):
        column: Points = dijkstra(
            matrix, directed=False, unweighted=True, indices=pivot
        )
        columns.append(column)
        nearest = np.minimum(nearest, column)
        pivot = int(nearest.argmax())
    # What no path reaches counts as one step beyond the farthest that one does.
    far = np.column_stack(columns)
    far = np.where(np.isfinite(far), far, far[np.isfinite(far)].max() + 1)
    squares = far**2
    centred = -0.5 * (
        squares
        - squares.mean(axis=0)
        - squares.mean(axis=1, keepdims=True)
        + squares.mean()
    )
    _, axes = np.linalg.eigh(centred.T @ centred)
    main = axes[:, -1:-3:-1]
    # The sign of an axis is left to chance otherwise.
    main = main * np.sign(main[np.abs(main).argmax(axis=0), [0, 1]])
    points = np.asarray(centred @ main, dtype=np.float64)
    chance = np.random.default_rng(seed).normal(size=points.shape)
    return np.asarray(points + 0.02 * size_of(points).max() * chance)


def _upright(points: Points) -> Points:
    """Turn the points so that their longest direction lies flat, and make that no more than _ASPECT."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes *= np.sign(
        axes[:, [0]] + 1e-12
    )  # the sign of an axis is left to chance otherwise
    turned: Points = centred @ axes.T
    width, height = size_of(turned)
    if width > _ASPECT * height > 0:
        turned[:, 1] *= min(width / (_ASPECT * height), 1.8)
    return turned


def _evened(points: Points) -> Points:
    """Move each coordinate part of the way to its rank, so that a crowded middle takes more room.

    Left and right, above and below stay as they were. Small parts are not crowded and stay.
    """
    if len(points) < 20:
        return points
    low, size = points.min(axis=0), size_of(points)
    shares = (points - low) / size
    order = points.argsort(axis=0, kind="stable")
    ranks = order.argsort(axis=0, kind="stable") / (len(points) - 1)
    return np.asarray(low + size * ((1 - _EVENING) * shares + _EVENING * ranks))
