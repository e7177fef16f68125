"""The mixing figure: how many ties run within and between groups of sectors."""

from collections import Counter, defaultdict

from .labels import wrapped
from .marks import joined_pairs
from .scene import Drawing, Scene, nothing_to_draw
from .shades import ink_on, shade
from .sheet import INK, SOFT, Box, Sheet, text_size

_SIZE = 6.5
_LARGEST = 20.5  # millimetres of a cell


def draw_mixing(scene: Scene) -> Drawing:
    """Draw a matrix of the groups of sectors; a cell counts the ties that join two bodies of its groups.

    A tie counts once in a cell, however many pairs it joins there, so that large tables do not swamp it.
    The numbers of bodies in brackets are those of the tied bodies, and add up to the bodies shown.
    """
    network = scene.network
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (low, high), ties in joined_pairs(network).items():
        pair = [scene.look.family(network.body_by_iri[iri]).code for iri in (low, high)]
        for tie in ties:
            cells[pair[0], pair[1]].add(tie.iri)
            cells[pair[1], pair[0]].add(tie.iri)
    if not cells:
        return nothing_to_draw(scene, "no-ties", bodies=len(network.bodies))
    used = {code for pair in cells for code in pair}
    families = [family for family in scene.look.families if family.code in used]
    tied = {iri for link in network.links for iri in (link.source, link.target)}
    members = Counter(
        scene.look.family(network.body_by_iri[iri]).code for iri in sorted(tied)
    )
    names = {
        family.code: wrapped(f"{family.name.say(scene.lang)} ({members[family.code]})")
        for family in families
    }
    lead = max(text_size(name, _SIZE)[0] for name in names.values()) + 6
    side = min((scene.width - lead - 3) / len(families), _LARGEST)
    head = max(text_size(name, _SIZE)[0] for name in names.values()) + 6
    if all(text_size(name, _SIZE)[0] < side - 0.5 for name in names.values()):
        head = max(text_size(name, _SIZE)[1] for name in names.values()) + 6
    upright = head > 14
    sheet = Sheet(scene.width, head + side * len(families) + 3)
    most = max(len(found) for found in cells.values())
    for row, family in enumerate(families):
        y = head + row * side
        sheet.block(Box(lead - 2.4, y, 1.6, side), fill=family.light)
        sheet.text(
            lead - 3.4, y + side / 2, names[family.code], size=_SIZE, across="right"
        )
        x = lead + row * side
        sheet.block(Box(x, head - 2.4, side, 1.6), fill=family.light)
        if upright:
            sheet.text(
                x + side / 2, head - 3.4, names[family.code], size=_SIZE, angle=90
            )
        else:
            sheet.text(
                x + side / 2,
                head - 3.2,
                names[family.code],
                size=_SIZE,
                across="center",
                up="bottom",
            )
        for column, other in enumerate(families):
            count = len(cells.get((family.code, other.code), ()))
            box = Box(lead + column * side, y, side, side)
            sheet.block(box, fill=shade(count, most), edge="#FFFFFF", width=0.8)
            sheet.text(
                box.x + side / 2,
                y + side / 2,
                str(count) if count else "·",
                size=7,
                across="center",
                colour=ink_on(count, most) if count else SOFT,
            )
    for place in range(len(families)):
        box = Box(lead + place * side, head + place * side, side, side)
        sheet.block(box, edge=INK, width=0.9)
    drawing = Drawing(
        sheet, len(tied), len({tie for found in cells.values() for tie in found})
    )
    drawing.notes.append(("note-mixing", {"bodies": len(tied)}))
    if alone := len(network.bodies) - len(tied):
        drawing.notes.append(("note-mixing-alone", {"bodies": alone}))
    return drawing
