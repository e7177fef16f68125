"""Parquet: a column a field, in types of its own or as text; lists and parts may nest.

Rows come in batches, so memory stays small however many there are. Needs the extra `arrow`.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from ..problems import Fact, Problem
from .raw import RawRecord
from .tabular import Row, Table, records_of

BATCH = 2_000
MAX_BATCH_BYTES = 256_000_000
"""The most that so many rows may hold once unpacked."""


def read_parquet(path: Path, table: Table) -> Iterator[RawRecord | Problem]:
    """The records of a Parquet file, with their problems, one at a time; the columns are row 1."""
    return records_of(_rows(path, table), table)


def _rows(path: Path, table: Table) -> Iterator[Row | Problem]:
    try:
        # Late: it costs more to import than most commands take. Any: it has no types of its own.
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        yield table.problem("needs-arrow")
        return
    number = 1
    try:
        with parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            yield 1, list(names)
            for batch in file.iter_batches(BATCH):
                if batch.nbytes > MAX_BATCH_BYTES:
                    facts: dict[str, Fact] = {
                        "size": batch.nbytes,
                        "limit": MAX_BATCH_BYTES,
                    }
                    yield table.problem("rows-too-large", number, facts)
                    return
                columns: list[list[Any]] = [
                    column.to_pylist() for column in batch.columns
                ]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, list(cells)
    except (arrow.ArrowException, OSError, ValueError) as error:
        detail = " ".join(str(error).split())[:200]
        yield table.problem("bad-parquet", number, {"detail": detail})
