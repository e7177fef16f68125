"""The adjacency figure: who is tied with whom as a matrix, the bodies ordered by community."""

from typing import Any

from simpul.analysis import Body, projection

from .marks import joined_pairs
from .scene import Drawing, Scene, draw_legend, legend_height, nothing_to_draw
from .shades import shade
from .sheet import FAINT, INK, POINT, Box, Sheet, shortened

_SMALLEST_TEXT = 5.0  # points; smaller ones are not read in print
_STRIP = 1.6


def draw_adjacency(scene: Scene) -> Drawing:
    """Draw the matrix of tied bodies; a darker cell has more ties, and boxes mark the communities.

    Communities are those of the Louvain method at resolution 1, weighted by the strength of links, with
    the seed of the figure; within one, bodies stand by their number of partners. Where rows are too low
    for all names, each that is written stands at its own row, those of most partners before others.
    """
    network = scene.network
    partners = scene.partners()
    groups = _communities(scene)
    order = [body for group in groups for body in group]
    if not order:
        return nothing_to_draw(scene, "no-ties", bodies=len(network.bodies))
    lead = scene.width * 0.24
    side = scene.width - lead - _STRIP - 3
    cell = min(side / len(order), 5.0)
    top = _STRIP + 2
    left = lead + _STRIP + 0.4
    extent = cell * len(order)
    height = top + extent + 2
    sheet = Sheet(scene.width, height + legend_height(scene, order, shapes=False))
    pairs = joined_pairs(network)
    most = max(len(ties) for ties in pairs.values())
    rank = {body.iri: place for place, body in enumerate(order)}
    sheet.block(Box(left, top, extent, extent), edge=FAINT)
    for (low, high), ties in pairs.items():
        for row, column in ((rank[low], rank[high]), (rank[high], rank[low])):
            sheet.block(
                Box(left + column * cell, top + row * cell, cell, cell),
                fill=shade(0.15 * most + 0.85 * len(ties), most),
            )
    for place, body in enumerate(order):
        colour = scene.colour(body)
        sheet.block(
            Box(left - _STRIP - 0.4, top + place * cell, _STRIP, cell), fill=colour
        )
        sheet.block(
            Box(left + place * cell, top - _STRIP - 0.4, cell, _STRIP), fill=colour
        )
    start = 0
    for group in groups:
        at, size = start * cell, len(group) * cell
        sheet.block(Box(left + at, top + at, size, size), edge=INK, width=0.7)
        start += len(group)
    ranked = sorted(order, key=lambda body: (-len(partners[body.iri]), body.iri))
    if scene.focus is not None:
        ranked.sort(key=lambda body: body is not scene.focus)
    dropped = _name_rows(sheet, scene, order, ranked, top, cell, lead)
    draw_legend(sheet, scene, order, (), height, shapes=False)
    tied = {link.tie for link in network.links}
    drawing = Drawing(sheet, len(order), len(tied), unlabelled=dropped)
    drawing.notes.append(
        (
            "note-adjacency",
            {"communities": len(groups), "seed": scene.seed, "most": most},
        )
    )
    if alone := len(network.bodies) - len(order):
        drawing.notes.append(("note-alone", {"bodies": alone}))
    return drawing


def _communities(scene: Scene) -> list[list[Body]]:
    import networkx as nx

    graph: Any = projection(scene.network)
    alone = [iri for iri in graph if graph.degree(iri) == 0]
    graph.remove_nodes_from(alone)
    if not len(graph):
        return []
    partners = scene.partners()
    found: Any = nx.community.louvain_communities(
        graph, weight="strength", seed=scene.seed
    )
    groups = [
        sorted(
            (scene.network.body_by_iri[iri] for iri in group),
            key=lambda body: (-len(partners[body.iri]), body.iri),
        )
        for group in found
    ]
    return sorted(groups, key=lambda group: (-len(group), group[0].iri))


def _name_rows(
    sheet: Sheet,
    scene: Scene,
    order: list[Body],
    ranked: list[Body],
    top: float,
    cell: float,
    lead: float,
) -> list[str]:
    """Write names left of their rows; where these are too low, the first ranked take the room there is."""
    size = max(_SMALLEST_TEXT, min(6.5, cell / POINT / 1.15))
    pitch = size * POINT * 1.15
    middles = {body.iri: top + (place + 0.5) * cell for place, body in enumerate(order)}
    taken: list[float] = []
    dropped: list[str] = []
    for body in ranked:
        y = middles[body.iri]
        if any(abs(y - other) < pitch - 0.01 for other in taken):
            dropped.append(scene.name(body))
            continue
        taken.append(y)
        text = shortened(scene.short(body), lead - 2.3, size)
        sheet.text(lead - 0.8, y, text, size=size, across="right")
    return dropped
