"""Figures for papers: a network or rows in, SVG, PDF or PNG with its caption out."""

from .drawing import (
    NARROW_MM,
    WIDE_MM,
    FigureKind,
    Part,
    Subject,
    about_kind,
    draw_figure,
)
from .figure import Figure
from .labels import Wanted, place_labels
from .positions import Position, land, position_of, positions
from .sheet import Box, Sheet, plain

__all__ = [
    "NARROW_MM",
    "WIDE_MM",
    "Box",
    "Figure",
    "FigureKind",
    "Part",
    "Position",
    "Sheet",
    "Subject",
    "Wanted",
    "about_kind",
    "draw_figure",
    "land",
    "place_labels",
    "plain",
    "position_of",
    "positions",
]
