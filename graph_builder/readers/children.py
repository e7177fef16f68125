"""Items of lists that stand in a table of their own, kept until their records come by."""

import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace

from simpul.ontology import LANGUAGES

from ..problems import Fact, FieldPath, Problem
from .raw import RawRecord, Value

MAX_SHARED = 50
"""So many descriptions of columns are kept apart from rows; most rows of a table share one."""


class Children:
    """The rows of all tables of parts of one kind of record.

    They wait in a private database, which SQLite keeps in memory while it is small and in a
    temporary file once it is not. `close` gives it up.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute(
            "CREATE TABLE part (of TEXT, list TEXT, row BLOB, met INT DEFAULT 0)"
        )
        self._columns: list[Mapping[FieldPath, str]] = []
        self.lists: list[str] = []

    def close(self) -> None:
        """Drop all rows."""
        self._base.close()

    def add(self, name: str, row: RawRecord) -> None:
        """Keep a row of the table of a list; rows of one record keep their order."""
        if name not in self.lists:
            self.lists.append(name)
        number = self._number_of(row.columns)
        slim = row if number is None else replace(row, columns={})
        of = row.data.get("of")
        self._base.execute(
            "INSERT INTO part (of, list, row) VALUES (?, ?, ?)",
            (of if isinstance(of, str) else None, name, pickle.dumps((number, slim))),
        )

    def ready(self) -> None:
        """Say that all rows are there."""
        self._base.execute("CREATE INDEX by_record ON part (of, list)")

    def joined(self, record: RawRecord) -> RawRecord:
        """The record with its items from other tables."""
        data: dict[str, Value] = dict(record.data)
        parts = dict(record.parts)
        problems = list(record.problems)
        for name in self.lists:
            rows = list(self._rows_of(_key(record), name))
            if not rows:
                continue
            if name in record.data:
                place = rows[0].place()
                other: Fact = {lang: place.text(lang) for lang in LANGUAGES}
                problems.append(
                    record.problem("parts-in-two-places", (name,), {"other": other})
                )
                continue
            data[name] = [
                {field: value for field, value in row.data.items() if field != "of"}
                for row in rows
            ]
            for position, row in enumerate(rows):
                parts[name, position] = row
                problems.extend(row.problems)
        if len(data) == len(record.data) and len(problems) == len(record.problems):
            return record
        return replace(record, data=data, parts=parts, problems=tuple(problems))

    def left_over(self) -> Iterator[Problem]:
        """The rows that no record took."""
        rows = self._base.execute(
            "SELECT of, row FROM part WHERE NOT met ORDER BY rowid"
        )
        for of, stored in rows:
            row = self._whole(stored)
            yield from row.problems
            if of is None:
                yield row.problem("missing-field", ("of",))
            else:
                yield row.problem("part-without-record", ("of",), {"of": of}, of)

    def _rows_of(self, key: str | None, name: str) -> Iterator[RawRecord]:
        found = self._base.execute(
            "SELECT rowid, row FROM part WHERE of = ? AND list = ? ORDER BY rowid",
            (key, name),
        ).fetchall()
        for number, stored in found:
            self._base.execute("UPDATE part SET met = 1 WHERE rowid = ?", (number,))
            yield self._whole(stored)

    def _number_of(self, columns: Mapping[FieldPath, str]) -> int | None:
        """The number of a description of columns that is kept once; None for one too many."""
        for number, known in enumerate(self._columns):
            if known is columns:
                return number
        if len(self._columns) >= MAX_SHARED:
            return None
        self._columns.append(columns)
        return len(self._columns) - 1

    def _whole(self, stored: bytes) -> RawRecord:
        # Nobody else wrote it.
        number, row = pickle.loads(stored)
        assert isinstance(row, RawRecord)
        return row if number is None else replace(row, columns=self._columns[number])


def _key(record: RawRecord) -> str | None:
    """What `of` says for a record: its id, and for a passage of evidence its source as well."""
    source = record.data.get("source")
    return f"{source}/{record.key}" if isinstance(source, str) else record.key
