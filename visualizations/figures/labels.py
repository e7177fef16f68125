"""Labels that cover neither each other nor what is drawn: each in the nearest free place, or in none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from textwrap import wrap

from .sheet import INK, PAPER, SOFT, Box, Point, Sheet, plain, text_size

WRAP = 18  # characters to a line
LINES = 3
_RINGS = (0.0, 1.2, 2.6, 4.2, 6.2, 8.6, 11.5, 15.0, 19.0)  # millimetres from the mark
_TURNS = 16
_GAP = 0.35
_LEADER_FROM = 1.0  # a label further off than this is joined to its mark by a line


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that should stand beside a mark of this radius."""

    x: float
    y: float
    radius: float
    text: str
    bold: bool = False
    tail: str = ""  # follows the text, and is never cut
    lines: tuple[Point, ...] = ()  # where the lines from the mark lead


def wrapped(text: str) -> str:
    """The text in lines of at most `WRAP` characters, and no more than `LINES` of them.

    >>> wrapped("Balai Pemberdayaan Industri Persepatuan Indonesia")
    'Balai Pemberdayaan\\nIndustri\\nPersepatuan…'
    """
    lines = wrap(plain(text), WRAP, break_long_words=True)
    if len(lines) <= LINES:
        return "\n".join(lines)
    last = lines[LINES - 1]
    return "\n".join([*lines[: LINES - 1], last[: WRAP - 1].rstrip() + "…"])


def place_labels(
    sheet: Sheet,
    wanted: Sequence[Wanted],
    bounds: Box,
    *,
    size: float = 6,
    furthest: float = 9.0,
) -> list[str]:
    """Write the labels, the first ones first, and return the texts that found no place.

    A place is taken if it lies within `bounds` and free of every mark and of every label placed so far,
    and no more than `furthest` millimetres from its mark.
    """
    marks = [
        Box(
            each.x - each.radius, each.y - each.radius, 2 * each.radius, 2 * each.radius
        )
        for each in wanted
    ]
    taken = _Cells()
    for mark in marks:
        taken.add(mark)
    dropped: list[str] = []
    for each in wanted:
        text = wrapped(each.text) + each.tail
        width, height = text_size(text, size)
        if each.bold:
            width *= 1.12  # the bold face is wider by about as much
        free = _free(each, width, height, bounds, taken, furthest)
        if free is None:
            dropped.append(plain(each.text))
            continue
        taken.add(free)
        _write(sheet, each, text, free, size)
    return dropped


def _free(
    each: Wanted,
    width: float,
    height: float,
    bounds: Box,
    taken: "_Cells",
    furthest: float,
) -> Box | None:
    """The nearest free place, one off the lines of the mark if there is one near enough."""
    second: Box | None = None
    for number, box in enumerate(_candidates(each, width, height, furthest)):
        if not _inside(box, bounds) or taken.meets(box, _GAP):
            continue
        if not _crossed(each, box):
            return box
        second = second or box
        if number >= _TURNS * 3:
            return second
    return second


def _crossed(each: Wanted, box: Box) -> bool:
    for x, y in each.lines:
        away = hypot(x - each.x, y - each.y) or 1.0
        reach = min(away, each.radius + box.width + box.height)
        for step in range(1, 13):
            share = reach * step / 12 / away
            at_x, at_y = each.x + (x - each.x) * share, each.y + (y - each.y) * share
            if (
                box.x <= at_x <= box.x + box.width
                and box.y <= at_y <= box.y + box.height
            ):
                return True
    return False


def _candidates(
    each: Wanted, width: float, height: float, furthest: float
) -> Iterable[Box]:
    for ring in (ring for ring in _RINGS if ring <= furthest):
        for turn in range(_TURNS):
            angle = turn * 2 * pi / _TURNS
            reach = each.radius + 0.5 + ring
            x, y = each.x + reach * cos(angle), each.y + reach * sin(angle)
            # The side of the label that faces the mark is the one that is anchored.
            left = x - width * (1 - cos(angle)) / 2
            top = y - height * (1 - sin(angle)) / 2
            yield Box(left, top, width, height)


def _inside(box: Box, bounds: Box) -> bool:
    return (
        box.x >= bounds.x
        and box.y >= bounds.y
        and box.x + box.width <= bounds.x + bounds.width
        and box.y + box.height <= bounds.y + bounds.height
    )


def _write(sheet: Sheet, each: Wanted, text: str, box: Box, size: float) -> None:
    near_x = min(max(each.x, box.x), box.x + box.width)
    near_y = min(max(each.y, box.y), box.y + box.height)
    away = hypot(near_x - each.x, near_y - each.y)
    if away - each.radius > _LEADER_FROM:
        share = each.radius / away
        start = (each.x + (near_x - each.x) * share, each.y + (near_y - each.y) * share)
        sheet.line([start, (near_x, near_y)], colour=SOFT, width=0.35)
    # Lines that pass below a label must not strike it out.
    sheet.block(box, fill=PAPER, opacity=0.72)
    sheet.text(
        box.x + box.width / 2,
        box.y + box.height / 2,
        text,
        size=size,
        across="center",
        up="center",
        colour=INK,
        bold=each.bold,
    )


class _Cells:
    """Boxes by the squares of a grid that they touch, so that few have to be compared."""

    SIDE = 8.0

    def __init__(self) -> None:
        self._boxes: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in self._touched(box, 0):
            self._boxes.setdefault(cell, []).append(box)

    def meets(self, box: Box, gap: float) -> bool:
        return any(
            box.overlaps(other, gap)
            for cell in self._touched(box, gap)
            for other in self._boxes.get(cell, ())
        )

    def _touched(self, box: Box, gap: float) -> Iterable[tuple[int, int]]:
        across = range(
            int((box.x - gap) // self.SIDE),
            int((box.x + box.width + gap) // self.SIDE) + 1,
        )
        down = range(
            int((box.y - gap) // self.SIDE),
            int((box.y + box.height + gap) // self.SIDE) + 1,
        )
        return ((x, y) for x in across for y in down)
