"""Kumu JSON, a blueprint of elements and connections that a map is made from.

Source: Kumu's documentation, "JSON / Blueprints"; elements are joined by `id`, so that two of them
may share a label.
"""

from .columns import names_for
from .flat import Flat
from .json_text import Cells, Json, json_bytes
from .written import Written

_RESERVED = ("id", "label", "type", "description", "tags", "image", "url", "email")
_EDGE_RESERVED = (*_RESERVED, "from", "to", "direction", "weight")


def write_kumu(flat: Flat, stem: str) -> Written:
    """Elements typed by the widest sector, or as ties, and connections typed as the edges are."""
    node_names, node_renamed = names_for(flat.node_columns, _RESERVED)
    edge_names, edge_renamed = names_for(flat.edge_columns, _EDGE_RESERVED)
    cells = Cells()
    elements: list[Json] = [
        {
            "id": node.id,
            "label": node.label,
            "type": _type(node.values.get("strand"), place < flat.bodies),
            **cells.row(node.values, flat.node_columns, node_names),
        }
        for place, node in enumerate(flat.nodes)
    ]
    connections: list[Json] = [
        {
            "id": edge.id,
            "from": edge.source,
            "to": edge.target,
            "type": edge.type,
            "direction": "directed" if edge.directed else "undirected",
            "weight": edge.weight,
            **cells.row(edge.values, flat.edge_columns, edge_names),
        }
        for edge in flat.edges
    ]
    document: Json = {"elements": elements, "connections": connections}
    lost = (*node_renamed, *edge_renamed, *cells.lost)
    return Written({f"{stem}.json": json_bytes(document)}, lost)


def _type(strand: object, is_body: bool) -> str:
    if not is_body:
        return "tie"
    return str(strand) if strand else "unstated"
