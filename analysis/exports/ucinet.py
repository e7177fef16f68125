"""UCINET DL: a matrix for each tie type, and one file with all of them.

Labels are at most 18 characters, and UCINET turns them into capitals, so a table beside the matrices
says which body is meant by which label.

Source: UCINET help, "DL language" and "Data > Export > DL".
"""

from collections import defaultdict
from collections.abc import Sequence

from .columns import written_number
from .flat import Edge, Flat
from .losses import LossKind, occurred
from .short_labels import short_labels
from .tables import tables_beside
from .written import Written

LONGEST_LABEL = 18
MOST_CELLS = 4_000_000
"""Cells of the file of all matrices; more than this is left to the files of one type each."""

_Matrix = dict[tuple[int, int], float]


def write_ucinet(flat: Flat, stem: str) -> Written:
    """Files in DL and two tables: what is called how, and all that a matrix cannot say.

    A cell adds up the weights of the edges of its type. An edge without direction is in both its
    cells. The two-mode variant is one matrix of bodies by ties.
    """
    labels = _labels(flat)
    beside = tables_beside(flat, stem, [("DlLabel", labels)])
    lost = (
        *occurred(LossKind.MERGED, _merged(flat)),
        *occurred(LossKind.LABELS, len(labels)),
        *occurred(
            LossKind.ASIDE,
            len(flat.node_columns) + len(flat.edge_columns),
            [column.name for column in (*flat.node_columns, *flat.edge_columns)],
        ),
        *beside.lost,
    )
    if flat.two_mode:
        files = {f"{stem}.dl": _two_mode(flat, labels)}
        return Written(files | dict(beside.files), lost)
    matrices = _matrices(flat)
    names = short_labels(matrices, LONGEST_LABEL)
    files = {
        f"{stem}-{name}.dl": _edge_list(labels, matrix)
        for name, matrix in zip(names, matrices.values(), strict=True)
    }
    cells = len(labels) ** 2 * len(matrices)
    if 0 < cells <= MOST_CELLS:
        stacked = _stacked(labels, names, list(matrices.values()))
        files = {f"{stem}.dl": stacked} | files
    elif cells:
        lost += occurred(LossKind.MATRIX, cells)
    if not files:
        files[f"{stem}.dl"] = _edge_list(labels, {})
    return Written(files | dict(beside.files), lost)


def _labels(flat: Flat) -> list[str]:
    names = [
        str(node.values.get("acronym") or node.values["key"]) for node in flat.nodes
    ]
    rows = short_labels(names[: flat.bodies], LONGEST_LABEL)
    # Rows and columns of a matrix are labelled apart, so a body and a tie may share a label.
    return rows + short_labels(names[flat.bodies :], LONGEST_LABEL)


def _matrices(flat: Flat) -> dict[str, _Matrix]:
    numbers = {node.id: number for number, node in enumerate(flat.nodes)}
    matrices: dict[str, _Matrix] = defaultdict(lambda: defaultdict(float))
    for edge in sorted(flat.edges, key=lambda edge: edge.type):
        source, target = numbers[edge.source], numbers[edge.target]
        matrix = matrices[edge.type]
        matrix[source, target] += edge.weight
        if not edge.directed and source != target:
            matrix[target, source] += edge.weight
    return dict(matrices)


def _merged(flat: Flat) -> int:
    cells = {_cell(edge, flat.two_mode) for edge in flat.edges}
    return len(flat.edges) - len(cells)


def _cell(edge: Edge, two_mode: bool) -> tuple[str, str, str, bool]:
    low, high = sorted((edge.source, edge.target))
    ends = (edge.source, edge.target) if edge.directed else (low, high)
    return ("" if two_mode else edge.type, *ends, edge.directed)


def _edge_list(labels: Sequence[str], matrix: _Matrix) -> bytes:
    head = [f"dl n={len(labels)}", "format = edgelist1", "labels:", *labels, "data:"]
    return _lines([*head, *_cells(matrix)])


def _stacked(
    labels: Sequence[str], names: Sequence[str], matrices: Sequence[_Matrix]
) -> bytes:
    lines = [f"dl n={len(labels)} nm={len(matrices)}", "format = fullmatrix"]
    lines += ["labels:", *labels, "matrix labels:", *names, "data:"]
    for matrix in matrices:
        for row in range(len(labels)):
            cells = (matrix.get((row, column), 0) for column in range(len(labels)))
            lines.append(" ".join(_number(cell) for cell in cells))
    return _lines(lines)


def _two_mode(flat: Flat, labels: Sequence[str]) -> bytes:
    bodies = flat.bodies
    numbers = {node.id: place for place, node in enumerate(flat.nodes)}
    matrix: _Matrix = defaultdict(float)
    for edge in flat.edges:
        matrix[numbers[edge.source], numbers[edge.target] - bodies] += edge.weight
    lines = [f"dl nr={bodies} nc={len(labels) - bodies}", "format = edgelist2"]
    lines += ["row labels:", *labels[:bodies], "column labels:", *labels[bodies:]]
    return _lines([*lines, "data:", *_cells(matrix)])


def _cells(matrix: _Matrix) -> list[str]:
    return [
        f"{row + 1} {column + 1} {_number(cell)}"
        for (row, column), cell in sorted(matrix.items())
    ]


def _number(cell: float) -> str:
    return str(int(cell)) if cell == int(cell) else written_number(cell)


def _lines(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("ascii")
