"""JSON that stays plain: ASCII alone, no number that JSON has no word for."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date

from .columns import Column, Value
from .losses import Loss, LossKind, occurred

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def json_bytes(document: Json) -> bytes:
    """A document, one line for each row of its lists.

    All letters outside ASCII are escaped, the line separators of Unicode among them, which a
    script would stumble over, and so is `<`, which could end one.
    """
    text = json.dumps(document, indent=1, allow_nan=False)
    return (text.replace("<", "\\u003c") + "\n").encode("ascii")


class Cells:
    """Makes values fit for JSON, and counts the numbers that are not."""

    def __init__(self) -> None:
        self._not_numbers = 0

    @property
    def lost(self) -> tuple[Loss, ...]:
        """The numbers left out."""
        return occurred(LossKind.NUMBERS, self._not_numbers)

    def row(
        self,
        values: Mapping[str, Value],
        columns: Iterable[Column],
        names: Mapping[str, str],
    ) -> dict[str, Json]:
        """The values there are, under the names of the file; lists stay lists."""
        row: dict[str, Json] = {}
        for column in columns:
            value = values.get(column.name)
            if isinstance(value, float) and not math.isfinite(value):
                self._not_numbers += 1
            elif value is not None:
                row[names[column.name]] = _plain(value)
        return row


def _plain(value: Value) -> Json:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
