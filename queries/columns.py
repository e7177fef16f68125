"""Rows as typed columns: Arrow and Parquet, with the extra `arrow`.

A column of one kind of literal gets its type, anything else is text: IRIs, mixtures, and whole columns in
which some value is not what its datatype promises. An unbound cell is null.
"""

import importlib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import pyoxigraph as ox

from simpul.ontology import XSD

from .documents import plain
from .errors import MissingExtra
from .results import Rows, Term

_LARGEST: Final = 2**63 - 1
_WIDEST_DECIMAL: Final = 76  # digits of decimal256
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


def arrow_table(rows: Rows) -> Any:
    """A `pyarrow.Table`: int64, decimal, double, date32, bool or string by column.

    Any, as pyarrow has no types of its own.

    Raises: MissingExtra without pyarrow.
    """
    pa = _library("pyarrow")
    arrays = [_array(pa, rows.column(name)) for name in rows.variables]
    return pa.Table.from_arrays(arrays, names=list(rows.variables))


def arrow_of(rows: Rows) -> bytes:
    """An Arrow IPC file."""
    table, out = arrow_table(rows), BytesIO()
    with _library("pyarrow").ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def parquet_of(rows: Rows) -> bytes:
    """A Parquet file."""
    table, out = arrow_table(rows), BytesIO()
    _library("pyarrow.parquet").write_table(table, out)
    return out.getvalue()


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtra("pyarrow", "arrow") from None


def _array(pa: Any, terms: tuple[Term | None, ...]) -> Any:
    try:
        values, type_ = _typed(pa, terms)
    except (ValueError, ArithmeticError, KeyError):
        values, type_ = None, None
    if type_ is None:
        values, type_ = (
            [None if term is None else plain(term) for term in terms],
            pa.string(),
        )
    return pa.array(values, type=type_)


def _typed(pa: Any, terms: tuple[Term | None, ...]) -> tuple[list[Any] | None, Any]:
    """The values and type of a column of literals; None where text is the only type that holds them all.

    Raises: ValueError, ArithmeticError or KeyError if a value is not what its datatype says.
    """
    kinds = {
        term.datatype.value if isinstance(term, ox.Literal) else ""
        for term in terms
        if term is not None
    }
    if kinds == {XSD.integer, XSD.decimal}:
        kinds = {XSD.decimal}
    if len(kinds) != 1 or (kind := kinds.pop()) not in _READERS:
        return None, None
    read = _READERS[kind]
    values = [
        read(term.value) if isinstance(term, ox.Literal) else None for term in terms
    ]
    return values, _type(pa, kind, [value for value in values if value is not None])


def _type(pa: Any, kind: str, values: list[Any]) -> Any:
    if kind == XSD.decimal:
        return _decimal_type(pa, values)
    if kind == XSD.integer:
        fits = all(-_LARGEST <= value <= _LARGEST for value in values)
        return pa.int64() if fits else None
    return {XSD.boolean: pa.bool_, XSD.date: pa.date32, XSD.double: pa.float64}[kind]()


def _decimal_type(pa: Any, values: list[Decimal]) -> Any:
    parts = [value.as_tuple() for value in values]
    scale = max(max(-int(part.exponent), 0) for part in parts)
    whole = max(max(len(part.digits) + int(part.exponent), 1) for part in parts)
    digits = whole + scale
    if digits > _WIDEST_DECIMAL:
        return None
    return (
        pa.decimal128(digits, scale) if digits <= 38 else pa.decimal256(digits, scale)
    )


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError("a decimal is finite")
    return number


def _boolean(text: str) -> bool:
    return _BOOLEANS[text]


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    XSD.boolean: _boolean,
    XSD.date: date.fromisoformat,
    XSD.decimal: _finite,
    XSD.double: float,
    XSD.integer: int,
}
