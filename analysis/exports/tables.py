"""Two tables, one of nodes and one of edges: as CSV for any tool, or as Parquet.

Their first columns have the heads that Gephi looks for; igraph's `graph_from_data_frame` takes the
two tables as they are, since it looks at the place of those columns only.
"""

import importlib
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from simpul.queries import MissingExtra, csv_line, guarded

from .columns import Column, Kind, Value, cells_of, names_for, written
from .flat import Flat
from .losses import Loss, LossKind, occurred
from .written import Written

_NODE_OWN = (Column("Id", Kind.TEXT), Column("Label", Kind.TEXT))
_EDGE_OWN = (
    Column("Source", Kind.TEXT),
    Column("Target", Kind.TEXT),
    Column("Type", Kind.TEXT),
    Column("Id", Kind.TEXT),
    Column("Label", Kind.TEXT),
    Column("Weight", Kind.NUMBER),
)
# What Gephi takes for its own, and igraph for the name of a vertex.
_RESERVED = ("id", "label", "interval", "timestamp", "timeset", "name")
_EDGE_RESERVED = (*_RESERVED, "source", "target", "type", "weight", "kind")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Row = Sequence[Value | None]


def write_csv(flat: Flat, stem: str) -> Written:
    """`STEM-nodes.csv` and `STEM-edges.csv`, in UTF-8 with a comma between cells.

    Text that begins like a formula gets an apostrophe before it, so that no spreadsheet runs it;
    so does text in which that follows on apostrophes, so that taking one away gives back every cell.
    """
    cells = _Cells()
    tables, lost = _tables(flat)
    files = {
        f"{stem}-{name}.csv": csv_of(columns, rows, cells)
        for name, (columns, rows) in tables.items()
    }
    return Written(files, (*lost, *cells.lost))


def tables_beside(
    flat: Flat, stem: str, labels: Sequence[tuple[str, Sequence[Value]]]
) -> Written:
    """The tables of CSV to lie beside a file that holds less, nodes with further columns in front.

    `labels` are these columns: what each node is called in the file, and in which class it is.
    """
    cells = _Cells()
    tables, _ = _tables(flat)
    columns, rows = tables["nodes"]
    columns = (*(Column(name, Kind.TEXT) for name, _ in labels), *columns)
    front = zip(*(values for _, values in labels), strict=True)
    wider: list[Row] = [(*first, *row) for first, row in zip(front, rows, strict=True)]
    tables["nodes"] = columns, wider
    files = {
        f"{stem}-{name}.csv": csv_of(columns, rows, cells)
        for name, (columns, rows) in tables.items()
    }
    return Written(files, cells.lost)


def write_parquet(flat: Flat, stem: str) -> Written:
    """`STEM-nodes.parquet` and `STEM-edges.parquet`, with lists, days and numbers as such.

    Raises: MissingExtra without pyarrow.
    """
    pa, pq = _pyarrow("pyarrow"), _pyarrow("pyarrow.parquet")
    tables, lost = _tables(flat)
    files: dict[str, bytes] = {}
    for name, (columns, rows) in tables.items():
        out = BytesIO()
        pq.write_table(_arrow_of(pa, columns, rows), out)
        files[f"{stem}-{name}.parquet"] = out.getvalue()
    return Written(files, lost)


def csv_of(columns: Iterable[Column], rows: Iterable[Row], cells: "_Cells") -> bytes:
    """A table as CSV, with what had to be changed in it counted."""
    lines = [[cells.text(column.name) for column in columns]]
    lines += [[cells.cell(value) for value in row] for row in rows]
    return "".join(map(csv_line, lines)).encode("utf-8")


class _Cells:
    """Writes cells, and counts those that a spreadsheet or a reader would take amiss."""

    def __init__(self) -> None:
        self._guarded = 0
        self._replaced = 0

    @property
    def lost(self) -> tuple[Loss, ...]:
        """What was changed."""
        return (
            *occurred(LossKind.GUARDED, self._guarded),
            *occurred(LossKind.CHARACTERS, self._replaced),
        )

    def cell(self, value: Value | None) -> str:
        """A value as it stands in a cell; numbers are left alone, -5 among them."""
        if isinstance(value, str | tuple):
            return self.text(written(value))
        return "" if value is None else written(value)

    def text(self, text: str) -> str:
        """A text that neither ends a reader's string nor runs."""
        fit, changed = _UNSEEN.subn("\ufffd", text)
        self._replaced += bool(changed)
        cell = guarded(fit)
        self._guarded += cell != fit
        return cell


def _tables(
    flat: Flat,
) -> tuple[dict[str, tuple[tuple[Column, ...], list[Row]]], tuple[Loss, ...]]:
    node_columns, node_renamed = _named(flat.node_columns, _RESERVED)
    edge_columns, edge_renamed = _named(flat.edge_columns, _EDGE_RESERVED)
    nodes: list[Row] = [
        (node.id, node.label, *cells_of(node.values, flat.node_columns))
        for node in flat.nodes
    ]
    edges: list[Row] = [
        (
            edge.source,
            edge.target,
            "Directed" if edge.directed else "Undirected",
            edge.id,
            edge.type,
            edge.weight,
            *cells_of(edge.values, flat.edge_columns),
        )
        for edge in flat.edges
    ]
    tables = {
        "nodes": ((*_NODE_OWN, *node_columns), nodes),
        "edges": ((*_EDGE_OWN, *edge_columns), edges),
    }
    return tables, (*node_renamed, *edge_renamed)


def _named(
    columns: Sequence[Column], reserved: Sequence[str]
) -> tuple[tuple[Column, ...], tuple[Loss, ...]]:
    names, renamed = names_for(columns, reserved)
    return tuple(Column(names[each.name], each.kind) for each in columns), renamed


def _pyarrow(name: str) -> Any:  # it has no types of its own
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtra("pyarrow", "arrow") from None


def _arrow_of(pa: Any, columns: Sequence[Column], rows: Sequence[Row]) -> Any:
    types = {
        Kind.TEXT: pa.string(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.TRUTH: pa.bool_(),
        Kind.DAY: pa.date32(),
    }
    arrays = [
        pa.array([row[place] for row in rows], types[column.kind])
        for place, column in enumerate(columns)
    ]
    return pa.Table.from_arrays(arrays, [column.name for column in columns])
