"""Parquet: a column a field, in types of its own or as text; lists and parts may nest.

Rows come in batches, so memory stays small however many there are. A text that many rows repeat
stands in a file once, and pages may compress to nothing: so what rows will take is reckoned up
before they are unpacked, and rows that would take too much are not. Needs the extra `arrow`.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from ..problems import Fact, Problem
from .cells import BadCell
from .parquet_pages import Chunk, chunks_of, pages_of
from .plan import Cell
from .raw import RawRecord
from .tabular import Row, Table, records_of

BATCH = 2_000
MAX_BATCH_BYTES = 100_000_000
"""The most that so many rows may take once unpacked."""
MAX_BYTES = 250_000_000
MAX_RATIO = 500
"""The most that all rows may take, and how many times the size of a file beyond that; tables of ties
take a hundred times theirs."""
ROW_BYTES, VALUE_BYTES = 400, 64
"""What a record takes beside its values, and a value beside its own bytes."""
_NUMBER_BYTES = 16


def read_parquet(path: Path, table: Table) -> Iterator[RawRecord | Problem]:
    """The records of a Parquet file, with their problems, one at a time; the columns are row 1."""
    return records_of(_rows(path, table), table)


class _TooLarge(Exception):
    """Rows would take more than they may."""

    def __init__(self, size: int, limit: int) -> None:
        self.facts: Mapping[str, Fact] = {"size": size, "limit": limit}
        super().__init__(size)


def _rows(path: Path, table: Table) -> Iterator[Row | Problem]:
    try:
        # Late: it costs more to import than most commands take. Any: it has no types of its own.
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
        compute: Any = import_module("pyarrow.compute")
    except ImportError:
        yield table.problem("needs-arrow")
        return
    number, taken = 1, 0
    try:
        most = max(MAX_BYTES, MAX_RATIO * path.stat().st_size)
        metadata = parquet.read_metadata(path)
        yield 1, list(metadata.schema.to_arrow_schema().names)
        for batch in _batches(path, parquet, metadata, most):
            size = ROW_BYTES * int(batch.num_rows)
            size += sum(_size(column, arrow, compute) for column in batch.columns)
            taken += size
            if size > MAX_BATCH_BYTES:
                raise _TooLarge(size, MAX_BATCH_BYTES)
            if taken > most:
                raise _TooLarge(taken, most)
            columns = [_cells(column, arrow) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, list(cells)
    except _TooLarge as large:
        yield table.problem("rows-too-large", number, large.facts)
    except (arrow.ArrowException, OSError, ValueError) as error:
        detail = " ".join(str(error).split())[:200]
        yield table.problem("bad-parquet", number, {"detail": detail})


# ------------------------------------------------------------------ before rows are unpacked


def _batches(path: Path, parquet: Any, metadata: Any, most: int) -> Iterator[Any]:
    """The rows, so many at a time as may be, with texts by number. Raises: _TooLarge; ValueError."""
    leaves = [metadata.schema.column(n) for n in range(metadata.num_columns)]
    with path.open("rb") as raw:
        # pyarrow would tell the same, but of a damaged file in a way that ends the process.
        groups = chunks_of(raw)
        texts = frozenset(
            leaf.path
            for leaf, *chunks in zip(leaves, *groups, strict=True)
            if leaf.physical_type == "BYTE_ARRAY"
            and leaf.logical_type.type in {"STRING", "NONE", "ENUM"}
            and not any(chunk.delta for chunk in chunks)
        )
        with parquet.ParquetFile(
            path, metadata=metadata, read_dictionary=sorted(texts)
        ) as file:
            for group, chunks in enumerate(groups):
                rows = _rows_at_once(leaves, chunks, texts, raw, most)
                yield from file.iter_batches(rows, row_groups=[group])


def _rows_at_once(
    leaves: Sequence[Any],
    chunks: Sequence[Chunk],
    texts: frozenset[str],
    raw: BinaryIO,
    most: int,
) -> int:
    """How many rows of a group may be unpacked at a time. Raises: _TooLarge; ValueError."""
    unpacked = one_row = 0
    for leaf, chunk in zip(leaves, chunks, strict=True):
        pages = pages_of(raw, chunk)
        unpacked += pages.unpacked
        value = _NUMBER_BYTES
        if leaf.physical_type == "FIXED_LEN_BYTE_ARRAY":
            value = leaf.length
        elif leaf.physical_type == "BYTE_ARRAY" and leaf.path not in texts:
            value = pages.largest if pages.repeating else _NUMBER_BYTES
        if leaf.max_repetition_level:  # all of them may stand in one row
            unpacked += pages.values * value
        else:
            one_row += value
    if max(unpacked, one_row) > most:
        raise _TooLarge(max(unpacked, one_row), most)
    return max(1, min(BATCH, MAX_BATCH_BYTES // max(1, one_row)))


# ------------------------------------------------------------------ once they are


def _size(column: Any, arrow: Any, compute: Any) -> int:
    """What the values of a column take once each stands for itself."""
    kind = column.type
    own = VALUE_BYTES * int(len(column) - column.null_count)
    if arrow.types.is_dictionary(kind):
        each = compute.binary_length(column.dictionary)
        return own + int(compute.sum(each.take(column.indices)).as_py() or 0)
    inner: list[Any] = []
    if isinstance(kind, arrow.BaseExtensionType):
        inner = [column.storage]
    elif arrow.types.is_struct(kind):
        inner = column.flatten()
    elif arrow.types.is_map(kind):
        first, last = column.offsets[0].as_py(), column.offsets[-1].as_py()
        inner = [part[first:last] for part in (column.keys, column.items)]
    elif arrow.types.is_nested(kind):
        inner = [column.flatten()]
    else:
        own += int(column.nbytes)
    return own + sum(_size(part, arrow, compute) for part in inner)


# Where pytz is installed Arrow asks it for time zones, and it has an error of its own: a KeyError.
_UNHELD = (OverflowError, ValueError, KeyError)


def _cells(column: Any, arrow: Any) -> list[Cell]:
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    # Arrow would make these moments of pandas where that is installed, which keep what Python's cannot.
    if not _is_in_nanoseconds(column.type):
        try:
            found: list[Cell] = column.to_pylist()
        except _UNHELD:
            pass
        else:
            return found
    return [_cell(scalar, arrow) for scalar in column]


def _cell(scalar: Any, arrow: Any) -> Cell:
    """One value, or why Python cannot hold it."""
    kind, types = scalar.type, arrow.types
    try:
        if _is_in_nanoseconds(kind) and scalar.is_valid:
            if types.is_nested(kind):
                raise ValueError("its parts are told one by one")
            scalar = scalar.cast(_microseconds(kind, arrow))
        value: Cell = scalar.as_py()
    except _UNHELD as error:
        if types.is_struct(kind):
            names = [part.name for part in kind]
            if len(set(names)) < len(names):
                raise
            return {name: _cell(scalar[name], arrow) for name in names}
        if types.is_list(kind) or types.is_fixed_size_list(kind):
            return [_cell(item, arrow) for item in scalar.values]
        if types.is_date(kind) or types.is_timestamp(kind):
            return BadCell("bad-edtf", value=_shown(scalar), reason="edtf-form")
        if types.is_temporal(kind):
            return BadCell("time-for-text", value=_shown(scalar))
        if isinstance(error, UnicodeDecodeError):
            byte = f"0x{error.object[error.start]:02x}"
            return BadCell("not-utf8", byte=byte, offset=error.start)
        return BadCell("one-value-expected")
    return value


def _is_in_nanoseconds(kind: Any) -> bool:
    """Whether a type, or a part of it, has moments or spans of nanoseconds."""
    return "[ns" in str(kind)


def _microseconds(kind: Any, arrow: Any) -> Any:
    """The same kind of moment or span in what Python holds."""
    if arrow.types.is_timestamp(kind):
        return arrow.timestamp("us", kind.tz)
    return arrow.duration("us") if arrow.types.is_duration(kind) else arrow.time64("us")


def _shown(scalar: Any) -> str:
    """A moment as Arrow has it."""
    try:
        return str(scalar.cast("string").as_py())
    except _UNHELD:  # in a time zone that nobody knows
        return str(scalar.value)
