"""Rows as tables of pandas, polars and Arrow, each with the extra of its name, and as Parquet.

Whole numbers, decimals, doubles, booleans, days and moments keep their types; the rest is text, a column that
mixes kinds among it. What each column came to be is what `column_kinds` tells. Unbound cells are null.
"""

import importlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .columns import ColumnKind, TypedColumn, typed_columns
from .documents import plain
from .errors import MissingExtra
from .results import Rows, Term
from .tables import shown

if TYPE_CHECKING:
    import polars

_WIDEST_ARROW: Final = 76  # digits of decimal256
_WIDEST_POLARS: Final = 38


def column_kinds(rows: Rows) -> dict[str, ColumnKind]:
    """What the cells of each column are: a type, or why they are given as text.

    >>> column_kinds(Rows(("x",), ((None,),)))
    {'x': <ColumnKind.EMPTY: 'empty'>}
    """
    return {column.name: column.kind for column in typed_columns(rows)}


def arrow_table(rows: Rows, *, shorten: bool = False, exact: bool = True) -> Any:
    """A `pyarrow.Table`: int64, decimal, double, bool, date32, timestamp or string by column.

    `shorten` writes IRIs as tables show them, `org/bpipi`; without `exact`, decimals become doubles.
    A moment with a time zone is given in UTC. Any, as pyarrow has no types of its own.

    Raises: MissingExtra without pyarrow.
    """
    pa = _library("pyarrow", "arrow")
    columns = _columns(rows, shorten=shorten, exact=exact)
    arrays = [_arrow_array(pa, column) for column in columns]
    return pa.Table.from_arrays(arrays, names=list(rows.variables))


def pandas_frame(rows: Rows, *, shorten: bool = False, exact: bool = True) -> Any:
    """A `pandas.DataFrame`: Int64, Float64, boolean, datetime64 or text; `exact` decimals are Python's.

    Otherwise as `arrow_table`. Its `attrs["kinds"]` says what each column is. Any, as pandas has no
    types of its own.

    Raises: MissingExtra without pandas.
    """
    pd = _library("pandas", "pandas")
    columns = _columns(rows, shorten=shorten, exact=exact)
    series = {column.name: _pandas_array(pd, column) for column in columns}
    frame = pd.DataFrame(series, index=pd.RangeIndex(len(rows)))
    frame.attrs["kinds"] = {column.name: column.kind.value for column in columns}
    return frame


def polars_frame(
    rows: Rows, *, shorten: bool = False, exact: bool = True
) -> "polars.DataFrame":
    """A `polars.DataFrame`: Int64, Decimal, Float64, Boolean, Date, Datetime or String.

    Otherwise as `arrow_table`; decimals of more than 38 digits are text.

    Raises: MissingExtra without polars.
    """
    pl = _library("polars", "polars")
    columns = _columns(rows, shorten=shorten, exact=exact)
    frame: polars.DataFrame = pl.DataFrame(
        [_polars_series(pl, column) for column in columns]
    )
    return frame


def arrow_of(rows: Rows) -> bytes:
    """An Arrow IPC file."""
    table, out = arrow_table(rows), BytesIO()
    with _library("pyarrow", "arrow").ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def parquet_of(rows: Rows) -> bytes:
    """A Parquet file."""
    table, out = arrow_table(rows), BytesIO()
    _library("pyarrow.parquet", "arrow").write_table(table, out)
    return out.getvalue()


def _library(name: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtra(name.partition(".")[0], extra) from None


def _columns(rows: Rows, *, shorten: bool, exact: bool) -> list[TypedColumn]:
    written: Callable[[Term], str] = shown if shorten else plain
    columns = typed_columns(rows, written)
    return columns if exact else [_inexact(column) for column in columns]


def _inexact(column: TypedColumn) -> TypedColumn:
    if column.kind is not ColumnKind.DECIMAL:
        return column
    values = [None if text is None else float(text) for text in column.texts]
    return TypedColumn(column.name, ColumnKind.DOUBLE, values, column.texts)


def _arrow_array(pa: Any, column: TypedColumn) -> Any:
    if column.kind is ColumnKind.DECIMAL:
        digits, scale = _digits_and_scale(column.texts)
        if digits > _WIDEST_ARROW:
            return pa.array(column.texts, type=pa.string())
        width = pa.decimal128 if digits <= 38 else pa.decimal256
        return pa.array(column.values, type=width(digits, scale))
    types = {
        ColumnKind.BOOLEAN: pa.bool_(),
        ColumnKind.DATE: pa.date32(),
        ColumnKind.DATETIME: pa.timestamp("us"),
        ColumnKind.DOUBLE: pa.float64(),
        ColumnKind.INTEGER: pa.int64(),
        ColumnKind.MOMENT: pa.timestamp("us", tz="UTC"),
    }
    return pa.array(column.values, type=types.get(column.kind, pa.string()))


def _pandas_array(pd: Any, column: TypedColumn) -> Any:
    values = column.values
    unbound = np.array([value is None for value in values], dtype=bool)
    match column.kind:
        case ColumnKind.INTEGER:
            numbers = np.array([v or 0 for v in values], dtype=np.int64)
            return pd.arrays.IntegerArray(numbers, unbound)
        case ColumnKind.DOUBLE:
            numbers = np.array([0.0 if v is None else v for v in values], dtype=float)
            return pd.arrays.FloatingArray(numbers, unbound)
        case ColumnKind.BOOLEAN:
            return pd.arrays.BooleanArray(np.array([bool(v) for v in values]), unbound)
        case ColumnKind.DATE | ColumnKind.DATETIME | ColumnKind.MOMENT:
            return _pandas_dates(pd, column)
        case ColumnKind.DECIMAL:
            return pd.Series(values, dtype=object)
        case _:
            return pd.Series(values, dtype=_text_type(pd))


def _pandas_dates(pd: Any, column: TypedColumn) -> Any:
    # From text, which numpy reads far faster than Python's days; it knows no time zone.
    if column.kind is ColumnKind.DATE:
        texts = ["NaT" if text is None else text for text in column.texts]
        return pd.Series(np.array(texts, dtype="datetime64[s]"))
    texts = ["NaT" if v is None else str(v).partition("+")[0] for v in column.values]
    dates = pd.Series(np.array(texts, dtype="datetime64[us]"))
    return dates.dt.tz_localize("UTC") if column.kind is ColumnKind.MOMENT else dates


def _text_type(pd: Any) -> Any:
    """The type that pandas itself gives to text: `str` since its release 3, `object` before."""
    return pd.Series(["text"]).dtype


def _polars_series(pl: Any, column: TypedColumn) -> Any:
    if column.kind is ColumnKind.DECIMAL:
        digits, scale = _digits_and_scale(column.texts)
        if digits > _WIDEST_POLARS:
            return pl.Series(column.name, column.texts, dtype=pl.String)
        # From text, which it reads far faster than Python's decimals.
        kind = pl.Decimal(_WIDEST_POLARS, scale)
        return pl.Series(column.name, column.texts, dtype=pl.String).cast(kind)
    types = {
        ColumnKind.BOOLEAN: pl.Boolean,
        ColumnKind.DATE: pl.Date,
        ColumnKind.DATETIME: pl.Datetime("us"),
        ColumnKind.DOUBLE: pl.Float64,
        ColumnKind.INTEGER: pl.Int64,
        ColumnKind.MOMENT: pl.Datetime("us", "UTC"),
    }
    return pl.Series(
        column.name, column.values, dtype=types.get(column.kind, pl.String)
    )


def _digits_and_scale(texts: Sequence[str | None]) -> tuple[int, int]:
    """How many digits a type needs for all these decimals, and how many of them after the point."""
    parts = [text.lstrip("+-").partition(".") for text in texts if text is not None]
    scale = max(len(fraction) for _, _, fraction in parts)
    whole = max(len(digits.lstrip("0")) for digits, _, _ in parts)
    return max(whole + scale, 1), scale
