"""Bodies and links as they stand in every node-link figure."""

from collections import defaultdict
from collections.abc import Mapping
from math import hypot, sqrt

from simpul.analysis import Body, Link, Network, Tie

from .scene import NEGATIVE, Scene, dashes, is_negative, line_width
from .sheet import SOFT, Point, Sheet

_LINE = "#7A828D"
_BEND = 0.16


def radius_of(partners: int) -> float:
    """The radius of a mark in millimetres: its area grows with the number of partners."""
    return 0.75 + 0.27 * sqrt(partners)


def joined_pairs(network: Network) -> Mapping[tuple[str, str], list[Tie]]:
    """The ties of each linked pair, the lower IRI first; a tie once, whatever its edge rules."""
    found: dict[tuple[str, str], dict[str, Link]] = defaultdict(dict)
    for link in network.links:
        low, high = sorted((link.source, link.target))
        found[low, high].setdefault(link.tie, link)
    return {
        pair: [network.tie_by_iri[tie] for tie in sorted(links)]
        for pair, links in sorted(found.items())
    }


def draw_pairs(
    sheet: Sheet,
    scene: Scene,
    pairs: Mapping[tuple[str, str], list[Tie]],
    places: Mapping[str, Point],
) -> None:
    """Draw one line for each tie of each pair; parallel ones are bent apart."""
    for (low, high), ties in pairs.items():
        start, end = places[low], places[high]
        length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
        across = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
        for place, tie in enumerate(ties):
            look = scene.look.look(tie)
            share = (place - (len(ties) - 1) / 2) * min(_BEND, 0.6 / len(ties))
            bend = share * min(length, 30.0)
            points = [start, end]
            if bend:
                points = [
                    (
                        start[0]
                        + t * (end[0] - start[0])
                        + across[0] * bend * 4 * t * (1 - t),
                        start[1]
                        + t * (end[1] - start[1])
                        + across[1] * bend * 4 * t * (1 - t),
                    )
                    for t in (step / 12 for step in range(13))
                ]
            sheet.line(
                points,
                colour=NEGATIVE if is_negative(tie) else _LINE,
                width=line_width(look.width),
                dash=dashes(look.dash),
            )


def draw_body(sheet: Sheet, scene: Scene, body: Body, at: Point, radius: float) -> None:
    """Draw the mark of a body, by its sector and kind."""
    shape = scene.look.shape(body)
    sheet.mark(
        *at, radius, colour=scene.colour(body), shape=shape.shape, hollow=shape.hollow
    )


def mark_focus(sheet: Sheet, at: Point, radius: float) -> None:
    """Draw a ring around the body in focus."""
    sheet.mark(*at, radius + 0.9, colour=SOFT, hollow="solid")
