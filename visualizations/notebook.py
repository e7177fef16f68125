"""The page of a network inside a notebook."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

_HEIGHT = 720  # CSS pixels: the map with its panel beside it


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A page that shows itself where a notebook shows values, and can be written to a file.

    The page runs in a frame without access to the notebook around it.
    """

    page: str
    height: int = _HEIGHT

    def write(self, path: Path | str) -> None:
        """Write the page as one UTF-8 file."""
        Path(path).write_text(self.page, encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.page)}" title="Simpul" loading="lazy"'
            ' sandbox="allow-scripts allow-downloads allow-popups"'
            f' style="width:100%;height:{int(self.height)}px;border:0"></iframe>'
        )
