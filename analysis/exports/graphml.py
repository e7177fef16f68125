"""GraphML: read by Gephi, yEd, Cytoscape, visone, igraph and networkx."""

from collections.abc import Iterable, Mapping

from .columns import Column, Kind, Value, cells_of, names_for, written
from .flat import Flat
from .losses import LossKind, occurred
from .written import Written
from .xml_text import Xml

_TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "string",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.TRUTH: "boolean",
    Kind.DAY: "string",
}
_LABEL = Column("label", Kind.TEXT)
_OWN = (
    Column("type", Kind.TEXT),
    Column("weight", Kind.NUMBER),
    Column("directed", Kind.TRUTH),
)
_RESERVED = ("id", "label", "name")
_EDGE_RESERVED = ("id", "key", "source", "target", "type", "weight", "directed")


def write_graphml(flat: Flat, stem: str) -> Written:
    """One graph, directed if any edge is; readers refuse a graph with both.

    `type`, `weight` and `directed` are attributes of each edge, `label` of each node.
    """
    node_names, node_renamed = names_for(flat.node_columns, _RESERVED)
    edge_names, edge_renamed = names_for(flat.edge_columns, _EDGE_RESERVED)
    xml = Xml()
    edge_default = "directed" if flat.has_direction else "undirected"
    with xml.element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        _declare(xml, "node", (_LABEL,), flat.node_columns, node_names)
        _declare(xml, "edge", _OWN, flat.edge_columns, edge_names)
        with xml.element("graph", {"id": "G", "edgedefault": edge_default}):
            for node in flat.nodes:
                with xml.element("node", {"id": node.id}):
                    cells = [node.label, *cells_of(node.values, flat.node_columns)]
                    _write(xml, "n", cells)
            for edge in flat.edges:
                ends = {"id": edge.id, "source": edge.source, "target": edge.target}
                own: list[Value | None] = [edge.type, edge.weight, edge.directed]
                with xml.element("edge", ends):
                    _write(xml, "e", [*own, *cells_of(edge.values, flat.edge_columns)])
    lost = (
        *node_renamed,
        *edge_renamed,
        *flat.lost_direction(),
        *occurred(LossKind.CHARACTERS, xml.replaced),
    )
    return Written({f"{stem}.graphml": xml.to_bytes()}, lost)


def _declare(
    xml: Xml,
    where: str,
    own: Iterable[Column],
    columns: Iterable[Column],
    names: Mapping[str, str],
) -> None:
    named = [(column.name, column.kind) for column in own]
    named += [(names[column.name], column.kind) for column in columns]
    for number, (name, kind) in enumerate(named):
        declared = {
            "id": f"{where[0]}{number}",
            "for": where,
            "attr.name": name,
            "attr.type": _TYPES[kind],
        }
        xml.line("key", declared)


def _write(xml: Xml, letter: str, cells: Iterable[Value | None]) -> None:
    for number, cell in enumerate(cells):
        if cell is not None:
            xml.line("data", {"key": f"{letter}{number}"}, written(cell))
