"""CX2, the exchange format of Cytoscape and NDEx.

Source: Cytoscape Exchange Format Specification, version 2.
"""

from collections.abc import Iterable, Mapping

from .columns import Column, Kind, names_for
from .flat import Flat
from .json_text import Cells, Json, json_bytes
from .written import Written

_TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "list_of_string",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.TRUTH: "boolean",
    Kind.DAY: "string",
}
_NODE_OWN = {"name": Kind.TEXT, "represents": Kind.TEXT}
_EDGE_OWN = {
    "name": Kind.TEXT,
    "interaction": Kind.TEXT,
    "directed": Kind.TRUTH,
    "weight": Kind.NUMBER,
}
# Cytoscape names these columns itself.
_RESERVED = ("id", "suid", "shared name", "selected", "shared interaction")


def write_cx2(flat: Flat, stem: str) -> Written:
    """A network of numbered nodes; `represents` holds the IRI of each, `name` its label.

    An edge's `name` is its identifier and its `interaction` its type.
    """
    node_names, node_renamed = names_for(flat.node_columns, (*_RESERVED, *_NODE_OWN))
    edge_names, edge_renamed = names_for(flat.edge_columns, (*_RESERVED, *_EDGE_OWN))
    cells = Cells()
    numbers = {node.id: number for number, node in enumerate(flat.nodes)}
    nodes: list[Json] = [
        {
            "id": numbers[node.id],
            "v": {
                "name": node.label,
                "represents": node.id,
                **cells.row(node.values, flat.node_columns, node_names),
            },
        }
        for node in flat.nodes
    ]
    edges: list[Json] = [
        {
            "id": number,
            "s": numbers[edge.source],
            "t": numbers[edge.target],
            "v": {
                "name": edge.id,
                "interaction": edge.type,
                "directed": edge.directed,
                "weight": edge.weight,
                **cells.row(edge.values, flat.edge_columns, edge_names),
            },
        }
        for number, edge in enumerate(flat.edges)
    ]
    declared: Json = {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": _declared(_NODE_OWN, flat.node_columns, node_names),
        "edges": _declared(_EDGE_OWN, flat.edge_columns, edge_names),
    }
    aspects: dict[str, list[Json]] = {
        "attributeDeclarations": [declared],
        "networkAttributes": [{"name": stem}],
        "nodes": nodes,
        "edges": edges,
    }
    counts: list[Json] = [
        {"name": name, "elementCount": len(rows)} for name, rows in aspects.items()
    ]
    document: list[Json] = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": counts},
    ]
    for name, rows in aspects.items():
        document.append({name: rows})
    document.append({"status": [{"success": True}]})
    lost = (*node_renamed, *edge_renamed, *flat.lost_direction(), *cells.lost)
    return Written({f"{stem}.cx2": json_bytes(document)}, lost)


def _declared(
    own: Mapping[str, Kind], columns: Iterable[Column], names: Mapping[str, str]
) -> dict[str, Json]:
    kinds = {**own, **{names[column.name]: column.kind for column in columns}}
    return {name: {"d": _TYPES[kind]} for name, kind in kinds.items()}
