"""A pyvis network that keeps every tie and writes Simpul's own page.

The one module that touches pyvis, which has no types. Its class stays the model of nodes and edges
in the form vis-network takes; adding and writing are ours, since those of pyvis drop parallel edges,
reject attributes named `source`, and load scripts from elsewhere.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportIncompatibleMethodOverride=false
# The attributes it inherits are untyped, and its methods' parameters are those we do away with.

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyvis.network import (  # type: ignore[import-untyped]  # pyvis ships no types
    Network as PyvisNetwork,
)

from simpul.ontology import ViewError

Render = Callable[[list[dict[str, Any]], list[dict[str, Any]]], str]
"""Turns nodes and edges, as vis-network takes them, into a page."""


class NetworkMap(PyvisNetwork):  # type: ignore[misc]  # its base is untyped
    """Nodes and edges for vis-network; `render` makes the page out of them."""

    def __init__(self, render: Render, heading: str = "") -> None:
        super().__init__(directed=True, heading=heading, cdn_resources="in_line")
        self.render = render

    def add_node(self, n_id: str, /, **options: Any) -> None:
        """Add a node once; a second call for the same id changes nothing, as in pyvis."""
        if n_id not in self.node_map:
            node = {"id": n_id, **options}
            self.nodes.append(node)
            self.node_ids.append(n_id)
            self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, /, **options: Any) -> None:
        """Add an edge, however many there are between the two already.

        Raises: ViewError if one of the two is no node of the map.
        """
        for end in (source, to):
            if end not in self.node_map:
                raise ViewError("map", f"no node {end!r} for an edge to end at")
        self.edges.append({"from": source, "to": to, **options})

    def generate_html(
        self, name: str = "", local: bool = True, notebook: bool = False
    ) -> str:
        """The page. The parameters are those of pyvis and change nothing: the page is whole in itself."""
        del name, local, notebook
        self.html: str = self.render(self.nodes, self.edges)
        return self.html

    def write_html(
        self,
        name: str | Path,
        local: bool = True,
        notebook: bool = False,
        open_browser: bool = False,
    ) -> None:
        """Write the page as one UTF-8 file with line feeds, on every system alike."""
        del local, notebook, open_browser
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")
