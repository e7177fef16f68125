"""Bars of a timeline: how far something is known to reach, and the legend of their marks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import Span
from .scene import LEGEND, Scene
from .sheet import SOFT, Box, Sheet, text_size

_BAR = 1.7
_FADE = 9.0  # millimetres over which a bar without an end on record fades out
_ROW = 3.4
_SAMPLE = 7.0
_DASH = (2.2, 1.4)

At = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one span. What is in doubt is hollow, and its thin ends are dashed."""

    span: Span
    colour: str
    doubtful: bool = False


def draw_bar(
    sheet: Sheet, bar: Bar, at: At, edges: tuple[float, float], y: float
) -> set[str]:
    """Draw a bar between the edges of the axis, and return the codes of the marks that it used.

    An end that is not on record fades away after the last day that is; only what a source says goes on
    has an arrow.
    """
    span, colour = bar.span, bar.colour
    days = span.days
    started = span.first is not None or span.begun_by is not None
    ended = span.ended_from is not None or span.last is not None
    left, right = at(days[0]), at(days[-1])
    sure_from = at(span.begun_by) if span.begun_by else left
    sure_to = at(span.ended_from) if span.ended_from else right
    used: set[str] = set()
    dash = _DASH if bar.doubtful else ()
    if started and ended and right - left < _BAR:
        hollow = "solid" if bar.doubtful else ""
        sheet.mark(
            (left + right) / 2, y, 0.95, colour=colour, shape="diamond", hollow=hollow
        )
        return {"mark-moment"} | ({"mark-doubtful"} if bar.doubtful else set())
    if right > left:
        sheet.line([(left, y), (right, y)], colour=colour, width=0.8, dash=dash)
    whole = span.begun_by is not None or span.ended_from is not None
    if whole and sure_to > sure_from:
        _block(sheet, sure_from, sure_to, y, bar)
        used.add("mark-sure")
    if (sure_from > left or sure_to < right) or not whole:
        used.add("mark-perhaps")
    if not whole:
        for x, closed in ((left, started), (right, ended)):
            if closed:
                sheet.line(
                    [(x, y - _BAR / 2), (x, y + _BAR / 2)], colour=colour, width=0.8
                )
    if span.goes_on:
        _block(sheet, right, edges[1], y, bar)
        _arrow(sheet, edges[1], y, colour)
        used.add("mark-goes-on")
    elif not ended:
        _fading(sheet, right, min(right + _FADE, edges[1] + 4), y, colour)
        used.add("mark-unknown")
    if not started:
        _fading(sheet, left, max(left - _FADE, edges[0]), y, colour)
        used.add("mark-unknown")
    if bar.doubtful:
        used.add("mark-doubtful")
    return used


def _block(sheet: Sheet, left: float, right: float, y: float, bar: Bar) -> None:
    box = Box(left, y - _BAR / 2, right - left, _BAR)
    if bar.doubtful:
        sheet.block(box, fill="#FFFFFF", edge=bar.colour, width=0.7)
    else:
        sheet.block(box, fill=bar.colour)


def _arrow(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.line(
        [(x - 0.2, y - 0.9), (x + 1.2, y), (x - 0.2, y + 0.9)], colour=colour, width=0.8
    )


def _fading(sheet: Sheet, start: float, end: float, y: float, colour: str) -> None:
    """From the full colour at `start` to none at `end`, which may lie on either side."""
    steps = 18
    width = (end - start) / steps
    for step in range(steps):
        share = step / steps
        parts = [
            round(int(colour[digit : digit + 2], 16) * (1 - share) + 255 * share)
            for digit in (1, 3, 5)
        ]
        fill = "#" + "".join(f"{part:02X}" for part in parts)
        near, far = start + step * width, start + (step + 1) * width
        sheet.block(
            Box(min(near, far), y - _BAR / 2, abs(width) + 0.02, _BAR), fill=fill
        )


_MARKS = (
    "mark-sure",
    "mark-perhaps",
    "mark-moment",
    "mark-unknown",
    "mark-goes-on",
    "mark-doubtful",
)


def marks_height(scene: Scene, used: set[str]) -> float:
    """How many millimetres the legend of these marks takes up."""
    return len(_lines(scene, used)) * _ROW + 2


def draw_marks(sheet: Sheet, scene: Scene, used: set[str], top: float) -> None:
    """Explain each of these marks."""
    for row, line in enumerate(_lines(scene, used)):
        y = top + 1 + (row + 0.5) * _ROW
        for x, code in line:
            _sample(sheet, code, x, y)
            sheet.text(x + _SAMPLE + 1.2, y, scene.say(code), size=LEGEND)


def _lines(scene: Scene, used: set[str]) -> Sequence[Sequence[tuple[float, str]]]:
    lines: list[list[tuple[float, str]]] = [[]]
    x = 2.0
    for code in (code for code in _MARKS if code in used):
        width = _SAMPLE + 1.2 + text_size(scene.say(code), LEGEND)[0]
        if lines[-1] and x + width > scene.width - 1:
            lines.append([])
            x = 2.0
        lines[-1].append((x, code))
        x += width + 4
    return lines


def _sample(sheet: Sheet, code: str, x: float, y: float) -> None:
    bar = Bar(Span(None, None, None, None), SOFT, code == "mark-doubtful")
    middle = x + _SAMPLE / 2
    if code in ("mark-sure", "mark-goes-on"):
        _block(sheet, x, x + _SAMPLE - 1.4, y, bar)
    if code == "mark-goes-on":
        _arrow(sheet, x + _SAMPLE - 1.4, y, SOFT)
    if code == "mark-perhaps":
        sheet.line([(x, y), (x + _SAMPLE, y)], colour=SOFT, width=0.8)
    if code == "mark-moment":
        sheet.mark(middle, y, 0.95, colour=SOFT, shape="diamond")
    if code == "mark-unknown":
        _fading(sheet, x, x + _SAMPLE, y, SOFT)
    if code == "mark-doubtful":
        sheet.line([(x, y), (x + _SAMPLE, y)], colour=SOFT, width=0.8, dash=_DASH)
        _block(sheet, x + 2, x + _SAMPLE, y, bar)
