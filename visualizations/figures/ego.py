"""The ego figure: one body, its partners around it by sector, and the ties among them."""

from math import cos, pi, sin

from simpul.analysis import Body

from .marks import draw_body, draw_pairs, joined_pairs, mark_focus, radius_of
from .scene import (
    Drawing,
    Scene,
    draw_legend,
    legend_height,
    nothing_to_draw,
    row_height,
)
from .sheet import FAINT, PAPER, Box, Point, Sheet, plain, shortened, text_size

_SIZE = 6.0
_CORE = 3.2


def draw_ego(scene: Scene) -> Drawing:
    """Draw the body in focus in the middle; its partners stand on a circle, those of a sector side by side.

    Ties of the centre are straight lines to the middle, ties among partners are arcs within the circle.
    """
    centre = scene.centre()
    network = scene.network
    partners = scene.partners()
    around = partners[centre.iri]
    if not around:
        return nothing_to_draw(scene, "no-partners", name=scene.name(centre))
    pairs = joined_pairs(network)
    order = {family.code: place for place, family in enumerate(scene.look.families)}
    ring = sorted(
        (body for body in network.bodies if body.iri in around),
        key=lambda body: (
            order[scene.look.family(body).code],
            -len(pairs[_pair(centre, body)]),
            body.iri,
        ),
    )
    longest = scene.width * 0.24
    names = {body.iri: shortened(scene.short(body), longest, _SIZE) for body in ring}
    reach = max(text_size(name, _SIZE)[0] for name in names.values()) + 3.5
    radius = scene.width / 2 - reach - 1
    # Labels stand along the spokes, so the circle must leave each the height of a line.
    most = int(2 * pi * radius / (row_height(_SIZE) * 0.86))
    kept = ring
    if len(ring) > most:
        ranked = sorted(
            ring, key=lambda body: (-len(pairs[_pair(centre, body)]), body.iri)
        )
        chosen = {body.iri for body in ranked[:most]}
        kept = [body for body in ring if body.iri in chosen]
    middle = scene.width / 2
    angles = {
        body.iri: 2 * pi * place / len(kept) - pi / 2 for place, body in enumerate(kept)
    }
    ends = {
        iri: sin(angle) * (radius + 3 + text_size(names[iri], _SIZE)[0])
        for iri, angle in angles.items()
    }
    down = max(_CORE + 2, -min(ends.values())) + 2
    height = down + max(_CORE + 7, *ends.values()) + 2
    places = {centre.iri: (middle, down)}
    for iri, angle in angles.items():
        places[iri] = (middle + radius * cos(angle), down + radius * sin(angle))
    shown = {pair: ties for pair, ties in pairs.items() if set(pair) <= set(places)}
    ties = {tie.iri: tie for found in shown.values() for tie in found}
    drawn = [centre, *kept]
    sheet = Sheet(scene.width, height + legend_height(scene, drawn, ties.values()))
    among = {pair: ties for pair, ties in shown.items() if centre.iri not in pair}
    for low, high in among:
        start, end = places[low], places[high]
        pulled = (
            middle + 0.5 * ((start[0] + end[0]) / 2 - middle),
            down + 0.5 * ((start[1] + end[1]) / 2 - down),
        )
        sheet.curve(start, pulled, end, colour=FAINT, width=0.6)
    own = {pair: ties for pair, ties in shown.items() if centre.iri in pair}
    draw_pairs(sheet, scene, own, places)
    for body in kept:
        draw_body(
            sheet,
            scene,
            body,
            places[body.iri],
            radius_of(len(pairs[_pair(centre, body)])),
        )
        angle = angles[body.iri]
        turned = cos(angle) < -1e-9
        sheet.text(
            middle + (radius + 2.6) * cos(angle),
            down + (radius + 2.6) * sin(angle),
            names[body.iri],
            size=_SIZE,
            across="right" if turned else "left",
            angle=180 - angle * 180 / pi if turned else -angle * 180 / pi,
        )
    mark_focus(sheet, places[centre.iri], _CORE)
    draw_body(sheet, scene, centre, places[centre.iri], _CORE)
    _name_centre(sheet, scene, centre, (middle, down))
    draw_legend(sheet, scene, drawn, ties.values(), height)
    drawing = Drawing(sheet, len(drawn), len(ties))
    drawing.notes.append(
        (
            "note-ego",
            {
                "name": plain(scene.name(centre)),
                "partners": len(ring),
                "among": len(among),
            },
        )
    )
    if len(kept) < len(ring):
        drawing.notes.append(("note-ego-cut", {"left": len(ring) - len(kept)}))
    return drawing


def _pair(one: Body, other: Body) -> tuple[str, str]:
    low, high = sorted((one.iri, other.iri))
    return low, high


def _name_centre(sheet: Sheet, scene: Scene, centre: Body, at: Point) -> None:
    text = shortened(scene.short(centre), scene.width * 0.3, 7)
    width, height = text_size(text, 7)
    width *= 1.12
    middle, y = at[0], at[1] + _CORE + 3.4
    sheet.block(
        Box(middle - width / 2 - 0.6, y - height / 2 - 0.5, width + 1.2, height + 1),
        fill=PAPER,
    )
    sheet.text(middle, y, text, size=7, across="center", bold=True)
