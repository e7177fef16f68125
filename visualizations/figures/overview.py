"""The node-link figure: every tied body in its place, with the labels that fit."""

from ..layout import place_bodies
from .labels import Wanted, place_labels
from .marks import draw_body, draw_pairs, joined_pairs, mark_focus, radius_of
from .scene import Drawing, Scene, draw_legend, legend_height, nothing_to_draw
from .sheet import Box, Sheet

_MARGIN = 9.0
_TALLEST = 1.25  # of the width


def draw_overview(scene: Scene) -> Drawing:
    """Draw the tied bodies where the seeded layout puts them; those with most partners are named first."""
    partners = scene.partners()
    tied = {iri for iri, others in partners.items() if others}
    if not tied:
        return nothing_to_draw(scene, "no-ties", bodies=len(scene.network.bodies))
    network = scene.network
    bodies = [body for body in network.bodies if body.iri in tied]
    ties = [
        network.tie_by_iri[iri] for iri in sorted({link.tie for link in network.links})
    ]
    spots = {
        iri: spot
        for iri, spot in place_bodies(network, seed=scene.seed).items()
        if iri in tied
    }
    left = min(x for x, _ in spots.values())
    top = min(y for _, y in spots.values())
    span = max(max(x for x, _ in spots.values()) - left, 1)
    depth = max(max(y for _, y in spots.values()) - top, 1)
    room = scene.width - 2 * _MARGIN
    scale = min(room / span, scene.width * _TALLEST / depth, 0.35)
    height = depth * scale + 2 * _MARGIN
    margin = (scene.width - span * scale) / 2
    places = {
        iri: (margin + (x - left) * scale, _MARGIN + (y - top) * scale)
        for iri, (x, y) in spots.items()
    }
    sheet = Sheet(scene.width, height + legend_height(scene, bodies, ties))
    draw_pairs(sheet, scene, joined_pairs(network), places)
    ranked = sorted(bodies, key=lambda body: (-len(partners[body.iri]), body.iri))
    if scene.focus is not None:
        ranked.sort(key=lambda body: body is not scene.focus)
    for body in reversed(ranked):
        radius = radius_of(len(partners[body.iri]))
        if body is scene.focus:
            mark_focus(sheet, places[body.iri], radius)
        draw_body(sheet, scene, body, places[body.iri], radius)
    dropped = place_labels(
        sheet,
        [
            Wanted(
                *places[body.iri],
                radius_of(len(partners[body.iri])),
                scene.short(body),
                bold=body is scene.focus,
                lines=tuple(places[iri] for iri in sorted(partners[body.iri])),
            )
            for body in ranked
        ],
        Box(0.5, 0.5, scene.width - 1, height - 1),
        size=5 if len(bodies) > 40 else 6,
    )
    draw_legend(sheet, scene, bodies, ties, height)
    drawing = Drawing(sheet, len(bodies), len(ties), unlabelled=dropped)
    drawing.notes.append(("note-overview", {"seed": scene.seed}))
    if alone := len(network.bodies) - len(bodies):
        drawing.notes.append(("note-alone", {"bodies": alone}))
    return drawing
