"""The pages of a Parquet file, and what each says of itself: how much it unpacks to, how written.

This is known before anything is unpacked. The end of a file, which lists the columns of each group of
rows, states sizes too, but whoever makes a file may write any size there; what a page says of itself
is what room is made for. Source: parquet.thrift of Apache Parquet, and the compact protocol of Thrift.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

Struct = dict[tuple[int, int], Any]
"""The fields of a structure by number and type; Any, since their types differ. Texts are left out."""

_I32, _I64, _TEXT, _LIST, _STRUCT = 5, 6, 8, 9, 12
_DATA_PAGES = {(5, _STRUCT): (2, _I32), (8, _STRUCT): (4, _I32)}
"""The two kinds of pages of data, each with the field that says how it is encoded."""
_REPEATING = frozenset({2, 7, 8})
"""Encodings that write a text once for many values: by number, or as the beginning of the next."""
_NOT_DELTA = frozenset({0, 2, 3, 4, 8})
"""Encodings of texts other than by their difference from the text before."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column in one group of rows: where its pages stand, and how many values they hold.

    `delta` says whether texts may be written by their difference from the one before.
    """

    start: int
    end: int
    values: int
    delta: bool


@dataclass(slots=True)
class Pages:
    """The pages of a chunk: bytes once unpacked, those of the largest, and how many values.

    `repeating` says whether a text may stand there once for many values.
    """

    unpacked: int = 0
    largest: int = 0
    values: int = 0
    repeating: bool = False


def chunks_of(file: BinaryIO) -> list[list[Chunk]]:
    """The chunks of each group of rows, in the order of the columns.

    Raises: ValueError if the file is not as it should be; OSError.
    """
    with _odd_files():
        file.seek(-8, 2)
        length = int.from_bytes(file.read(4), "little")
        file.seek(-8 - length, 2)
        groups = _struct(file)[4, _LIST]
        return [[_chunk(column) for column in group[1, _LIST]] for group in groups]


def pages_of(file: BinaryIO, chunk: Chunk) -> Pages:
    """What the pages of a chunk say of themselves. Raises: ValueError as `chunks_of`; OSError."""
    found = Pages()
    at = chunk.start
    with _odd_files():
        while at < chunk.end and found.values < chunk.values:
            file.seek(at)
            header = _struct(file)
            size, packed = header[2, _I32], header[3, _I32]
            if size < 0 or packed < 0:
                raise ValueError("a page of a negative size")
            at = file.tell() + packed
            found.unpacked += size
            found.largest = max(found.largest, size)
            for kind, encoding in _DATA_PAGES.items():
                if page := header.get(kind):
                    found.values += max(0, page[1, _I32])
                    found.repeating |= page[encoding] in _REPEATING
    return found


def _chunk(column: Struct) -> Chunk:
    meta: Struct = column[3, _STRUCT]
    data = meta[9, _I64]
    start = min(data, meta.get((11, _I64)) or data)
    delta = not _NOT_DELTA.issuperset(meta[2, _LIST])
    return Chunk(start, start + meta[7, _I64], meta[5, _I64], delta)


@contextmanager
def _odd_files() -> Generator[None, None, None]:
    """Raises ValueError for whatever comes up where a file is not as it should be."""
    try:
        yield
    except (ArithmeticError, LookupError, RecursionError, TypeError) as error:
        raise ValueError(f"an odd structure ({type(error).__name__})") from error


def _struct(file: BinaryIO) -> Struct:
    found: Struct = {}
    number = 0
    while head := _byte(file):
        step, kind = divmod(head, 16)
        number = number + step if step else _signed(file)
        if (number, kind) in found:
            raise ValueError("a structure with a field twice")
        value = kind if kind in {1, 2} else _value(file, kind)  # yes and no
        if kind != _TEXT:
            found[number, kind] = value
    return found


def _value(file: BinaryIO, kind: int) -> Any:
    if kind in {4, _I32, _I64}:
        return _signed(file)
    if kind == _TEXT:
        return file.seek(_unsigned(file), 1)
    if kind == _LIST:
        size, of = divmod(_byte(file), 16)
        return [_value(file, of) for _ in range(size if size < 15 else _unsigned(file))]
    if kind == _STRUCT:
        return _struct(file)
    if kind == 3:
        return _byte(file)
    if kind == 7:
        return file.seek(8, 1)
    raise ValueError(f"a structure with a value of type {kind}")


def _signed(file: BinaryIO) -> int:
    number = _unsigned(file)
    return (number >> 1) ^ -(number & 1)


def _unsigned(file: BinaryIO) -> int:
    number = 0
    for shift in range(0, 70, 7):
        byte = _byte(file)
        number |= (byte & 127) << shift
        if byte < 128:
            return number
    raise ValueError("a structure with a number too long")


def _byte(file: BinaryIO) -> int:
    return file.read(1)[0]
