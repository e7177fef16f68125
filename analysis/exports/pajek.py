"""Pajek: a project for Pajek itself, and a network that other readers of the format take too.

The project has each tie type as a relation and the years of each line; the network leaves both
out, since igraph and networkx stumble over them. Partitions and vectors are files of their own as well.

Source: Pajek's reference manual, and the page "Pajek format" of its wiki.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from .columns import Kind, Value, written_number
from .flat import Edge, Flat
from .losses import LossKind, occurred
from .short_labels import short_labels
from .spells import Spell
from .tables import tables_beside
from .written import Written

# Pajek takes a file for UTF-8 by this mark; inside a comment it disturbs no other reader.
_MARK = "\ufeff% UTF-8"
_PARTITIONS = ("strand", "sector", "kind", "body_class", "mode")
_NO_VALUE = "999999998"  # Pajek's own number for a missing value
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONGEST_FILE_NAME = 60


def write_pajek(flat: Flat, stem: str) -> Written:
    """A project, a network, a partition for each grouping, a vector for each number, and two tables.

    A label holds no quotation mark, `\\` or line break, and no two labels are the same. A line is
    labelled with the identifier of its edge. Class 0 of a partition means "not stated"; the table
    of nodes says what the other classes are.
    """
    labels = _labels(flat)
    names = [column.name for column in flat.node_columns if column.name in _PARTITIONS]
    classes = {name: _classes(flat, name) for name in names}
    vectors = {
        column.name: _vector(flat, column.name)
        for column in flat.node_columns
        if column.kind in (Kind.NUMBER, Kind.INTEGER) and column.name != "bipartite"
    }
    name = short_labels([stem], _LONGEST_FILE_NAME)[0]
    network = [f"*Network {name}", *_vertices(flat, labels), *_plain_lines(flat)]
    files = {
        f"{stem}.paj": _bytes(_project(flat, name, labels, classes, vectors)),
        f"{stem}.net": _bytes(network),
    }
    for name, members in classes.items():
        files[f"{stem}-{name}.clu"] = _bytes(_numbered(flat, map(str, members)))
    endings = short_labels(vectors, _LONGEST_FILE_NAME)
    for ending, cells in zip(endings, vectors.values(), strict=True):
        files[f"{stem}-{ending}.vec"] = _bytes(_numbered(flat, cells))
    beside = tables_beside(
        flat,
        stem,
        [
            ("Vertex", [str(place) for place in range(1, len(labels) + 1)]),
            ("VertexLabel", labels),
            *(
                (f"{name}_class", list(map(str, members)))
                for name, members in classes.items()
            ),
        ],
    )
    kept = {*classes, *vectors}
    aside = [
        column.name
        for column in (*flat.node_columns, *flat.edge_columns)
        if column.name not in kept
    ]
    changed = sum(
        label != node.label for label, node in zip(labels, flat.nodes, strict=True)
    )
    lost = (
        *occurred(LossKind.LABELS, changed),
        *occurred(LossKind.YEARS, sum(map(_is_finer_than_years, flat.edges))),
        *occurred(LossKind.ASIDE, len(aside), aside),
        *beside.lost,
    )
    return Written({**files, **beside.files}, lost)


def _project(
    flat: Flat,
    name: str,
    labels: Sequence[str],
    classes: Mapping[str, Sequence[int]],
    vectors: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    yield f"*Network {name}"
    yield from _vertices(flat, labels, _first_year(flat))
    yield from _relations(flat)
    for title, members in classes.items():
        yield f"*Partition {title}"
        yield from _numbered(flat, map(str, members))
    for title, cells in zip(
        short_labels(vectors, _LONGEST_FILE_NAME), vectors.values(), strict=True
    ):
        yield f"*Vector {title}"
        yield from _numbered(flat, cells)


def _vertices(
    flat: Flat, labels: Sequence[str], year: int | None = None
) -> Iterator[str]:
    """The vertices; those of the first mode are counted apart in a two-mode network.

    With a year, as in a network with times, each is there from that year on.
    """
    modes = f" {flat.bodies}" if flat.two_mode else ""
    yield f"*Vertices {len(labels)}{modes}"
    time = f" [{year}-*]" if year else ""
    for place, label in enumerate(labels, start=1):
        yield f'{place} "{label}"{time}'


def _plain_lines(flat: Flat) -> Iterator[str]:
    for head, directed in (("*Arcs", True), ("*Edges", False)):
        lines = [edge for edge in flat.edges if edge.directed is directed]
        if lines:
            yield head
            yield from _lines(flat, lines)


def _relations(flat: Flat) -> Iterator[str]:
    """The lines of each type under its number and name, with the years in which they held."""

    def order(edge: Edge) -> tuple[str, bool]:
        return edge.type, not edge.directed

    types = sorted({edge.type for edge in flat.edges})
    year = _first_year(flat)
    for (title, undirected), found in groupby(sorted(flat.edges, key=order), order):
        head = "*Edges" if undirected else "*Arcs"
        yield f'{head} :{types.index(title) + 1} "{_clean(title)}"'
        yield from _lines(flat, list(found), year)


def _lines(flat: Flat, edges: Iterable[Edge], year: int | None = None) -> Iterator[str]:
    numbers = {node.id: place for place, node in enumerate(flat.nodes, start=1)}
    for edge in edges:
        ends = f"{numbers[edge.source]} {numbers[edge.target]}"
        line = f'{ends} {written_number(edge.weight)} l "{_clean(edge.id)}"'
        yield f"{line} [{_years(edge.spells, year)}]" if year else line


def _years(spells: Sequence[Spell], year: int) -> str:
    times = [
        f"{spell.first.year if spell.first else year}-{spell.last.year if spell.last else '*'}"
        for spell in spells
    ]
    return ",".join(times) or f"{year}-*"


def _first_year(flat: Flat) -> int | None:
    """The year in which the network begins; None where no line has a time."""
    days = (
        day
        for edge in flat.edges
        for spell in edge.spells
        for day in (spell.first, spell.last)
        if day
    )
    return min((day.year for day in days), default=None)


def _is_finer_than_years(edge: Edge) -> bool:
    firsts = {
        (spell.first.month, spell.first.day) for spell in edge.spells if spell.first
    }
    lasts = {(spell.last.month, spell.last.day) for spell in edge.spells if spell.last}
    return not (firsts <= {(1, 1)} and lasts <= {(12, 31)})


def _numbered(flat: Flat, cells: Iterable[str]) -> Iterator[str]:
    yield f"*Vertices {len(flat.nodes)}"
    yield from cells


def _classes(flat: Flat, name: str) -> list[int]:
    codes = sorted(
        {str(node.values[name]) for node in flat.nodes if name in node.values}
    )
    numbers = {code: number for number, code in enumerate(codes, start=1)}
    return [numbers.get(str(node.values.get(name)), 0) for node in flat.nodes]


def _vector(flat: Flat, name: str) -> list[str]:
    return [_number(node.values.get(name)) for node in flat.nodes]


def _number(value: Value | None) -> str:
    if isinstance(value, int | float) and math.isfinite(value):
        return written_number(float(value))
    return _NO_VALUE


def _labels(flat: Flat) -> list[str]:
    """A label for each node: its own as far as Pajek can hold it, with its key where it would repeat."""
    labels: list[str] = []
    taken: set[str] = set()
    for place, node in enumerate(flat.nodes, start=1):
        plain = _clean(node.label) or f"n{place}"
        label = plain
        if label in taken:
            label = f"{plain} ({_clean(str(node.values['key']))})"
        number = 2
        while label in taken:
            label, number = f"{plain} ({number})", number + 1
        taken.add(label)
        labels.append(label)
    return labels


def _clean(text: str) -> str:
    """A text without what ends a label in Pajek: quotation marks, line breaks, and `\\n` for one."""
    plain = _BREAKS.sub(" ", text).replace('"', "'").replace("\\", "/")
    return plain.strip()


def _bytes(lines: Iterable[str]) -> bytes:
    return ("\n".join((_MARK, *lines)) + "\n").encode("utf-8")
