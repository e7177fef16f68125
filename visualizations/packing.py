"""Rows with the same keys as columns, which are shorter to write; the page turns them back into rows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]  # whatever JSON can hold

_WORTH = 0.5  # a column of values that recur this much is written as a list of them and numbers


def packed(rows: Sequence[Mapping[str, Any]]) -> Json:
    """The rows by columns: `n` is how many there are, `c` their columns.

    A column is `{"o": value}` where all rows agree, `{"v": values, "i": numbers}` where
    values recur, and a plain list otherwise. All rows must have the keys of the first.

    >>> packed([{"a": 1, "b": "x"}, {"a": 2, "b": "x"}])
    {'n': 2, 'c': {'a': [1, 2], 'b': {'o': 'x'}}}
    """
    keys = list(rows[0]) if rows else []
    return {
        "n": len(rows),
        "c": {key: _column([row[key] for row in rows]) for key in keys},
    }


def _column(values: list[Any]) -> Any:
    written = [_written(value) for value in values]
    distinct = dict.fromkeys(written)
    if len(distinct) == 1:
        return {"o": values[0]}
    if len(distinct) > _WORTH * len(values) or _cheap(values):
        return values
    number_of = {text: number for number, text in enumerate(distinct)}
    first = dict(zip(reversed(written), reversed(values), strict=True))
    return {
        "v": [first[text] for text in distinct],
        "i": [number_of[text] for text in written],
    }


def _written(value: Any) -> Any:
    """A stand-in for the value that can be a key; `True` and `1` stay apart."""
    if value is None or isinstance(value, str):
        return value
    return (type(value).__name__, json.dumps(value))


def _cheap(values: Iterable[Any]) -> bool:
    return all(isinstance(value, int) and -1000 < value < 10_000 for value in values)
