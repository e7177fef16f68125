"""The hierarchy figure: bodies under those they are part of, one to a row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simpul.analysis import Body, Network

from .marks import draw_body
from .scene import (
    Drawing,
    Scene,
    draw_legend,
    legend_height,
    nothing_to_draw,
    row_height,
)
from .sheet import SOFT, Sheet, shortened

PART_OF = "subOrganizationOf"
"""The edge from a body to the one that it is part of."""

_SIZE = 6.5
_INDENT = 4.5
_MOST_ROWS = 54  # of a column on a page


@dataclass(frozen=True, slots=True)
class _Row:
    body: Body
    depth: int
    parent: int | None  # the row of the body above
    again: bool  # it stands elsewhere too, with what is below it


def draw_hierarchy(scene: Scene) -> Drawing:
    """Draw the trees of bodies, the largest first; with a focus, what is above it and below it.

    A body under two others stands under each of them, with what is below it only once.
    """
    above, below, ties = _relations(scene.network)
    members = set(above) | set(below)
    if scene.focus is not None:
        if scene.focus.iri not in members:
            return nothing_to_draw(
                scene, "no-hierarchy-of", name=scene.name(scene.focus)
            )
        members = _reached(scene.focus.iri, above) | _reached(scene.focus.iri, below)
    if not members:
        return nothing_to_draw(scene, "no-hierarchy")
    rows = list(_rows(scene.network, members, above, below))
    columns = 2 if len(rows) > _MOST_ROWS and scene.width > 120 else 1
    breaks = _breaks(rows, columns)
    pitch = row_height(_SIZE) + 0.7
    tallest = max(end - start for start, end in breaks)
    bodies = [scene.network.body_by_iri[iri] for iri in sorted(members)]
    height = tallest * pitch + 4
    sheet = Sheet(scene.width, height + legend_height(scene, bodies))
    wide = scene.width / columns
    for column, (start, end) in enumerate(breaks):
        at: dict[int, tuple[float, float]] = {}
        for number in range(start, end):
            row = rows[number]
            x = column * wide + 3 + row.depth * _INDENT
            y = 2 + (number - start + 0.5) * pitch
            at[number] = (x, y)
            if row.parent is not None and row.parent in at:
                px, py = at[row.parent]
                sheet.line(
                    [(px, py + 1.2), (px, y), (x - 1.3, y)], colour=SOFT, width=0.5
                )
        for number, (x, y) in at.items():
            row = rows[number]
            draw_body(sheet, scene, row.body, (x, y), 1.15)
            name = scene.name(row.body)
            if row.body.acronym and row.body.acronym not in name:
                name = f"{name} ({row.body.acronym})"
            if row.again:
                name = f"{name} ↑"
            sheet.text(
                x + 2.2,
                y,
                shortened(name, (column + 1) * wide - x - 4, _SIZE),
                size=_SIZE,
                bold=False,
            )
    draw_legend(sheet, scene, bodies, (), height)
    drawing = Drawing(
        sheet,
        len(members),
        len(
            {
                tie
                for pair, found in ties.items()
                if set(pair) <= members
                for tie in found
            }
        ),
    )
    drawing.notes.append(("note-hierarchy", {}))
    if any(row.again for row in rows):
        drawing.notes.append(("note-again", {}))
    return drawing


def _relations(
    network: Network,
) -> tuple[
    Mapping[str, list[str]], Mapping[str, list[str]], Mapping[tuple[str, str], set[str]]
]:
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    ties: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in network.links:
        if link.edge.code == PART_OF:
            if (link.source, link.target) not in ties:
                above[link.source].append(link.target)
                below[link.target].append(link.source)
            ties[link.source, link.target].add(link.tie)
    return above, below, ties


def _reached(start: str, onward: Mapping[str, list[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in onward.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _rows(
    network: Network,
    members: set[str],
    above: Mapping[str, list[str]],
    below: Mapping[str, list[str]],
) -> Iterator[_Row]:
    def under(iri: str) -> list[str]:
        return sorted(
            (other for other in below.get(iri, ()) if other in members),
            key=lambda other: (not below.get(other), other),
        )

    tops = [iri for iri in members if not set(above.get(iri, ())) & members]
    tops.sort(key=lambda iri: (-len(_reached(iri, below) & members), iri))
    opened: set[str] = set()
    number = 0
    # Where two are above each other there is no top; such bodies come last, each loop once.
    for top in (*tops, *sorted(members)):
        if top in opened:
            continue
        waiting: list[tuple[str, int, int | None]] = [(top, 0, None)]
        while waiting:
            iri, depth, parent = waiting.pop()
            again = iri in opened
            yield _Row(network.body_by_iri[iri], min(depth, 9), parent, again)
            if not again:
                opened.add(iri)
                waiting.extend(
                    (other, depth + 1, number) for other in reversed(under(iri))
                )
            number += 1


def _breaks(rows: list[_Row], columns: int) -> list[tuple[int, int]]:
    """Where columns begin and end; a column begins with a whole tree."""
    if columns == 1:
        return [(0, len(rows))]
    tops = [number for number, row in enumerate(rows) if row.depth == 0]
    middle = min(tops, key=lambda number: abs(number - len(rows) / 2))
    if middle == 0:
        return [(0, len(rows))]
    return [(0, middle), (middle, len(rows))]
