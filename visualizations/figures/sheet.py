"""A sheet to draw on, measured in millimetres from its upper left corner, and what is saved of it.

Every figure is drawn on one pair of axes that covers the whole sheet, so that a distance on the sheet
is a distance in print. Nothing of the global state of matplotlib is used or changed, and nothing of
the machine gets in: the fonts are those that matplotlib carries, and no file holds a date.
"""

import re
import unicodedata
import warnings
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text

MM_PER_INCH = 25.4
POINT = MM_PER_INCH / 72  # in millimetres
INK = "#1A1D21"
SOFT = "#5B626C"
FAINT = "#C9CED6"
PAPER = "#FFFFFF"

Format = Literal["svg", "pdf", "png"]
Point = tuple[float, float]

_SETTLED: ContextVar[bool] = ContextVar("settled", default=False)
_LONGEST = 400  # characters of one text; no figure has room for more
# Marks that only order or hide text would act on what stands beside them.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_OUTLINES = {
    "dot": "o",
    "square": "s",
    "diamond": "D",
    "hexagon": "h",
    "triangle": "^",
    "triangleDown": "v",
    "star": "*",
}
_SCALE = {"diamond": 0.82, "square": 0.88, "star": 1.35, "triangle": 1.1}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet: left and top edge, width and height."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the two share area, or come closer than `gap`."""
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )


def plain(text: str) -> str:
    """The text as one line that can be drawn: no control characters, no marks of direction.

    >>> plain("PT\\nA\\u202e  B")
    'PT A B'
    """
    kept = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c
        for c in _INVISIBLE.sub("", text)
        if unicodedata.category(c) not in ("Cs", "Cn", "Co")
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def shortened(text: str, width: float, size: float) -> str:
    """The text, cut where it would be wider than so many millimetres."""
    text = plain(text)
    if text_size(text, size)[0] <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_size(text[:middle].rstrip() + "…", size)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


@lru_cache(maxsize=16_384)
def text_size(text: str, size: float) -> tuple[float, float]:
    """The width and height in millimetres of a text in points, its lines as the sheet sets them."""
    from matplotlib.text import Text

    with house_settings():
        written = Text(0, 0, text, fontsize=size, linespacing=1.05)
        figure, renderer = _ruler()
        written.set_figure(figure)
        extent = written.get_window_extent(renderer)
    scale = MM_PER_INCH / figure.dpi
    return float(extent.width * scale), float(extent.height * scale)


@lru_cache(maxsize=1)
def _ruler() -> tuple[Any, "RendererAgg"]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1, 1), dpi=288)
    canvas: Any = FigureCanvasAgg(figure)  # its stub leaves the renderer untyped
    return figure, canvas.get_renderer()


@contextmanager
def house_settings() -> Generator[None]:
    """Set what every figure is drawn with, whatever the machine or the caller has set; once is enough."""
    if _SETTLED.get():
        yield
        return
    import matplotlib

    library: Any = matplotlib  # the types of its settings list every name there is
    defaults = library.rcParamsDefault

    settings: dict[str, Any] = {
        name: defaults[name]
        for name in defaults
        if not name.startswith(("backend", "webagg", "tk", "savefig.directory"))
    }
    settings |= {
        "font.family": ["sans-serif"],
        "font.sans-serif": ["DejaVu Sans"],
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "simpul",
        "pdf.fonttype": 42,
        # Widths that do not depend on the resolution, or what was measured would not be what is drawn.
        "text.hinting": "no_hinting",
        "axes.unicode_minus": False,
        "path.simplify": False,
    }
    token = _SETTLED.set(True)
    try:
        with library.rc_context(rc=settings), warnings.catch_warnings():
            # A script that the font lacks is drawn as boxes; that is no reason to fail or to chatter.
            warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
            warnings.filterwarnings("ignore", message=".*findfont.*")
            yield
    finally:
        _SETTLED.reset(token)


class Sheet:
    """An empty sheet of so many millimetres; what is drawn last lies on top."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure as Page

        self.width, self.height = width, height
        with house_settings():
            # Any here and below: its stubs leave the further arguments of methods untyped.
            drawn: Any = Page(
                figsize=(width / MM_PER_INCH, height / MM_PER_INCH), facecolor=PAPER
            )
            axes: Axes = drawn.add_axes((0, 0, 1, 1))
        self.drawn: Figure = drawn
        self.axes = axes
        self.axes.set_axis_off()
        self.axes.set_autoscale_on(False)
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.texts: list[Text] = []
        self._rank = 0.0

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 7,
        across: Literal["left", "center", "right"] = "left",
        up: Literal["top", "center", "bottom", "baseline"] = "center",
        colour: str = INK,
        bold: bool = False,
        angle: float = 0,
    ) -> None:
        """Write a text as it stands, anchored at a point; `angle` is in degrees, anticlockwise."""
        if not text:
            return
        axes: Any = self.axes
        with house_settings():
            written: Text = axes.text(
                x,
                y,
                text,
                fontsize=size,
                ha=across,
                va=up,
                color=colour,
                fontweight="bold" if bold else "normal",
                rotation=angle,
                rotation_mode="anchor",
                linespacing=1.05,
                zorder=self._next(),
            )
        self.texts.append(written)

    def line(
        self,
        points: Sequence[Point],
        *,
        colour: str = INK,
        width: float = 0.6,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw a line through points; its width and its dashes are in points of print."""
        from matplotlib.lines import Line2D

        with house_settings():
            drawn = Line2D(
                [x for x, _ in points],
                [y for _, y in points],
                color=colour,
                linewidth=width,
                alpha=opacity,
                zorder=self._next(),
                solid_capstyle="butt",
                dash_capstyle="butt",
            )
            if dash:
                drawn.set_linestyle(
                    (0, [max(each, 0.5) / max(width, 0.1) for each in dash])
                )
            self.axes.add_line(drawn)

    def curve(
        self, start: Point, middle: Point, end: Point, *, colour: str, width: float
    ) -> None:
        """Draw a line that is pulled towards a middle point."""
        steps = [step / 24 for step in range(25)]
        self.line(
            [
                (
                    (1 - t) ** 2 * start[0]
                    + 2 * t * (1 - t) * middle[0]
                    + t * t * end[0],
                    (1 - t) ** 2 * start[1]
                    + 2 * t * (1 - t) * middle[1]
                    + t * t * end[1],
                )
                for t in steps
            ],
            colour=colour,
            width=width,
        )

    def mark(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        colour: str,
        shape: str = "dot",
        hollow: str = "",
    ) -> None:
        """Draw the mark of a body; a hollow one is an outline, solid or dashed."""
        from matplotlib.lines import Line2D

        scale = _SCALE.get(shape, 1.0) * 2 * radius / POINT
        with house_settings():
            self.axes.add_line(
                Line2D(
                    [x],
                    [y],
                    linestyle="none",
                    marker=_OUTLINES.get(shape, "o"),
                    markersize=scale,
                    markerfacecolor=PAPER if hollow else colour,
                    markeredgecolor=colour if hollow else PAPER,
                    markeredgewidth=0.9 if hollow else 0.4,
                    fillstyle="full",
                    zorder=self._next(),
                )
            )
        if hollow == "dashed":
            self.line([(x - radius / 2, y), (x + radius / 2, y)], colour=colour)

    def block(
        self,
        box: Box,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 0.5,
        opacity: float = 1.0,
    ) -> None:
        """Draw a rectangle, filled or outlined."""
        from matplotlib.patches import Rectangle

        with house_settings():
            self.axes.add_patch(
                Rectangle(
                    (box.x, box.y),
                    box.width,
                    box.height,
                    facecolor=fill or "none",
                    edgecolor=edge or "none",
                    linewidth=width if edge else 0,
                    alpha=opacity,
                    zorder=self._next(),
                )
            )

    def area(
        self, points: Sequence[Point], *, fill: str, edge: str, width: float
    ) -> None:
        """Draw a filled outline."""
        from matplotlib.patches import Polygon

        with house_settings():
            self.axes.add_patch(
                Polygon(
                    points,
                    closed=True,
                    facecolor=fill,
                    edgecolor=edge,
                    linewidth=width,
                    zorder=self._next(),
                )
            )

    def saved(self, file_format: Format, dpi: int, about: Mapping[str, str]) -> bytes:
        """The sheet as the bytes of a file; the same sheet gives the same bytes."""
        own: dict[str, dict[str, str | None]] = {
            "svg": {"Date": None, "Creator": "Simpul"},
            "pdf": {"CreationDate": None, "Creator": "Simpul", "Producer": "Simpul"},
            "png": {"Software": "Simpul"},
        }
        metadata = {**about, **own[file_format]}
        stream = BytesIO()
        drawn: Any = self.drawn
        with house_settings():
            drawn.savefig(
                stream, format=file_format, dpi=dpi, metadata=metadata, facecolor=PAPER
            )
        return stream.getvalue()

    def _next(self) -> float:
        self._rank += 1
        return self._rank
