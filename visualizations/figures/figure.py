"""A finished figure: its files, and the caption that goes under it."""

import base64
from dataclasses import dataclass
from html import escape

from simpul.analysis import Names
from simpul.ontology import Language

from .sheet import Sheet

_NOTEBOOK_DPI = 110


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure for print. `unlabelled` are the bodies drawn without room for their names.

    The same network, kind and settings give the same bytes, on every machine with the same matplotlib.
    """

    kind: str
    lang: Language
    title: str
    caption: Names
    bodies: int
    ties: int
    unlabelled: tuple[str, ...]
    sheet: Sheet

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in print."""
        return self.sheet.width, self.sheet.height

    def svg(self) -> bytes:
        """The figure as SVG, its text as text in DejaVu Sans."""
        about = {"Title": self.title, "Description": self._said()}
        return self.sheet.saved("svg", 72, about)

    def pdf(self) -> bytes:
        """The figure as PDF, with its fonts inside."""
        about = {"Title": self.title, "Subject": self._said()}
        return self.sheet.saved("pdf", 72, about)

    def png(self, dpi: int = 300) -> bytes:
        """The figure as PNG of so many dots to an inch."""
        about = {"Title": self.title, "Description": self._said()}
        return self.sheet.saved("png", dpi, about)

    def _said(self) -> str:
        return self.caption.say(self.lang)

    def _repr_html_(self) -> str:
        """The figure with its caption, as a notebook shows it.

        A picture rather than SVG in the page: texts of the records cannot become elements of it.
        """
        picture = base64.b64encode(self.png(_NOTEBOOK_DPI)).decode("ascii")
        alt, caption = escape(self.title), escape(self._said())
        return (
            f'<figure><img alt="{alt}" src="data:image/png;base64,{picture}"/>'
            f"<figcaption>{caption}</figcaption></figure>"
        )

    def _repr_svg_(self) -> str:
        """The figure as a notebook keeps it for print."""
        return self.svg().decode("utf-8")
