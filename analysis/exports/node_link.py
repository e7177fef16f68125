"""Node-link JSON: what `networkx.node_link_graph(data, edges="edges")` reads."""

from .columns import names_for
from .flat import Flat
from .json_text import Cells, Json, json_bytes
from .written import Written

_RESERVED = ("id", "name")
_EDGE_RESERVED = ("source", "target", "key", "type", "directed", "weight")


def write_node_link(flat: Flat, stem: str) -> Written:
    """A multigraph, directed if any edge is; `key` tells parallel edges apart."""
    node_names, node_renamed = names_for(flat.node_columns, _RESERVED)
    edge_names, edge_renamed = names_for(flat.edge_columns, _EDGE_RESERVED)
    cells = Cells()
    nodes: list[Json] = [
        {
            "id": node.id,
            "name": node.label,
            **cells.row(node.values, flat.node_columns, node_names),
        }
        for node in flat.nodes
    ]
    edges: list[Json] = [
        {
            "source": edge.source,
            "target": edge.target,
            "key": edge.id,
            "type": edge.type,
            "directed": edge.directed,
            "weight": edge.weight,
            **cells.row(edge.values, flat.edge_columns, edge_names),
        }
        for edge in flat.edges
    ]
    document: Json = {
        "directed": flat.has_direction,
        "multigraph": True,
        "graph": {},
        "nodes": nodes,
        "edges": edges,
    }
    lost = (*node_renamed, *edge_renamed, *flat.lost_direction(), *cells.lost)
    return Written({f"{stem}.json": json_bytes(document)}, lost)
