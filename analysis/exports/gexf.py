"""GEXF 1.3, the format of Gephi: spells for its timeline, types for its edges, colours by sector.

Source: the schema of GEXF 1.3, http://gexf.net/1.3/gexf.xsd.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .columns import Column, Kind, Value, cells_of, names_for, written, written_number
from .flat import Edge, Flat, Node
from .losses import LossKind, occurred
from .spells import Spell
from .written import Written
from .xml_text import Xml

_TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "liststring",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.TRUTH: "boolean",
    Kind.DAY: "string",
}
# What Gephi or a reader of the format keeps for itself.
_RESERVED = ("id", "label", "start", "end", "spells", "viz", "pid", "timeset")
_EDGE_RESERVED = (*_RESERVED, "source", "target", "type", "kind", "weight")
# Okabe and Ito 2008: told apart by people who see few colours.
_COLOURS = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
_UNSTATED = (153, 153, 153)


def write_gexf(flat: Flat, stem: str, *, colours: bool = True) -> Written:
    """A dynamic graph, each edge in its own direction and with the days of its tie.

    Parallel edges differ in `kind`, without which Gephi makes one of them: their tie type, with
    a number from the second one on. Lists are written as JSON writes them.
    """
    node_names, node_renamed = names_for(flat.node_columns, _RESERVED)
    edge_names, edge_renamed = names_for(flat.edge_columns, _EDGE_RESERVED)
    xml = Xml()
    root = {
        "xmlns": "http://gexf.net/1.3",
        "xmlns:viz": "http://gexf.net/1.3/viz",
        "version": "1.3",
    }
    graph = {
        "mode": "dynamic",
        "defaultedgetype": "directed" if flat.has_direction else "undirected",
        "timeformat": "date",
        "timerepresentation": "interval",
    }
    painted = _painted(flat) if colours else {}
    with xml.element("gexf", root):
        with xml.element("meta"):
            xml.line("creator", {}, "Simpul")
        with xml.element("graph", graph):
            _declare(xml, "node", flat.node_columns, node_names)
            _declare(xml, "edge", flat.edge_columns, edge_names)
            with xml.element("nodes", {"count": str(len(flat.nodes))}):
                for node in flat.nodes:
                    _write_node(xml, node, flat.node_columns, painted)
            with xml.element("edges", {"count": str(len(flat.edges))}):
                for edge, kind in zip(flat.edges, _kinds(flat.edges), strict=True):
                    _write_edge(xml, edge, kind, flat.edge_columns)
    timed: Sequence[Node | Edge] = (*flat.nodes[flat.bodies :], *flat.edges)
    untimed = sum(not each.spells for each in timed)
    widened = sum(not all(spell.exact for spell in each.spells) for each in timed)
    undirected = sum(not edge.directed for edge in flat.edges)
    lost = (
        *node_renamed,
        *edge_renamed,
        *occurred(LossKind.UNTIMED, untimed),
        *occurred(LossKind.WIDENED, widened),
        *occurred(LossKind.MIXED, undirected if flat.has_direction else 0),
        *occurred(LossKind.CHARACTERS, xml.replaced),
    )
    return Written({f"{stem}.gexf": xml.to_bytes()}, lost)


def _declare(
    xml: Xml, where: str, columns: Iterable[Column], names: Mapping[str, str]
) -> None:
    with xml.element("attributes", {"class": where, "mode": "static"}):
        for number, column in enumerate(columns):
            declared = {
                "id": str(number),
                "title": names[column.name],
                "type": _TYPES[column.kind],
            }
            xml.line("attribute", declared)


def _write_node(
    xml: Xml,
    node: Node,
    columns: Sequence[Column],
    painted: Mapping[str, tuple[int, int, int]],
) -> None:
    named = {"id": node.id, "label": node.label, **_only_spell(node.spells)}
    with xml.element("node", named):
        _write_values(xml, node.values, columns)
        _write_spells(xml, node.spells)
        if node.id in painted:
            colour = zip("rgb", map(str, painted[node.id]), strict=True)
            xml.line("viz:color", dict(colour))


def _write_edge(xml: Xml, edge: Edge, kind: str, columns: Sequence[Column]) -> None:
    named = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "type": "directed" if edge.directed else "undirected",
        "kind": kind,
        "label": kind,
        "weight": written_number(edge.weight),
        **_only_spell(edge.spells),
    }
    with xml.element("edge", named):
        _write_values(xml, edge.values, columns)
        _write_spells(xml, edge.spells)


def _write_values(
    xml: Xml, values: Mapping[str, Value], columns: Sequence[Column]
) -> None:
    with xml.element("attvalues"):
        for number, cell in enumerate(cells_of(values, columns)):
            if cell is not None:
                xml.line("attvalue", {"for": str(number), "value": _text(cell)})


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return written(value)


def _only_spell(spells: Sequence[Spell]) -> dict[str, str]:
    return _days(spells[0]) if len(spells) == 1 else {}


def _write_spells(xml: Xml, spells: Sequence[Spell]) -> None:
    if len(spells) > 1:
        with xml.element("spells"):
            for spell in spells:
                xml.line("spell", _days(spell))


def _days(spell: Spell) -> dict[str, str]:
    ends = {"start": spell.first, "end": spell.last}
    return {name: day.isoformat() for name, day in ends.items() if day}


def _kinds(edges: Iterable[Edge]) -> list[str]:
    """A kind for each edge, so that no two between the same nodes have the same."""
    seen: Counter[tuple[str, str, str]] = Counter()
    kinds: list[str] = []
    for edge in edges:
        low, high = sorted((edge.source, edge.target))
        seen[edge.type, low, high] += 1
        number = seen[edge.type, low, high]
        kinds.append(edge.type if number == 1 else f"{edge.type} {number}")
    return kinds


def _painted(flat: Flat) -> dict[str, tuple[int, int, int]]:
    """The colour of each body: of the widest sector above its own, grey where none is stated."""
    strands = sorted(
        {str(node.values["strand"]) for node in flat.nodes if "strand" in node.values}
    )
    colours = {
        strand: _COLOURS[place % len(_COLOURS)] for place, strand in enumerate(strands)
    }
    return {
        node.id: colours.get(str(node.values.get("strand")), _UNSTATED)
        for node in flat.nodes[: flat.bodies]
    }
