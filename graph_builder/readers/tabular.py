"""Tables: a row of headings, then one record a row, whatever kind of file they come from.

A column is a field, as `headings` says, and an empty cell says nothing. A plain list may stand in
one cell with `;` between its items, or in numbered columns, which also hold items with a `;` in
them. A row is a comment if its first cell begins with `#` and is the only one that is filled, or
begins with `# ` where an id belongs.

The items of a list may stand in a table of their own, `ties.participants`: one item a row, in
order, with a column `of` that holds the id of their record (`source/id` for a passage of evidence).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pydantic import BaseModel

from ..problems import Fact, FieldPath, Problem
from .plan import Cell, Draft, Plan, plan_of
from .raw import RawRecord

MAX_COLUMNS = 1000
MAX_ROWS = 20_000_000

Row = tuple[int, list[Cell]]
"""The number of a row, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the file and sheet it stands in, and what a row of it is.

    `child` is a table of parts. `nested` cells may hold lists and parts, `lettered` columns have
    the letters of a spreadsheet.
    """

    file: str
    model: type[BaseModel]
    child: bool = False
    sheet: str | None = None
    nested: bool = False
    lettered: bool = True

    @property
    def key(self) -> str:
        """The heading without which a table says nothing."""
        return "of" if self.child else "id"

    def problem(
        self,
        code: str,
        row: int | None = None,
        facts: Mapping[str, Fact] | None = None,
        column: str | None = None,
    ) -> Problem:
        """A problem of the table itself."""
        return Problem(
            code, self.file, row, facts=facts or {}, sheet=self.sheet, column=column
        )

    def label(self, headings: Sequence[str], number: int) -> str:
        """How a column is named to a person: `peran (C)`."""
        heading = headings[number] if number < len(headings) else ""
        if not self.lettered:
            return heading
        return f"{heading} ({letters(number)})" if heading else letters(number)


def letters(number: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(2), letters(26), letters(16383)
    ('C', 'AA', 'XFD')
    """
    text = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def records_of(
    rows: Iterator[Row | Problem], table: Table
) -> Iterator[RawRecord | Problem]:
    """The records of a table, and every problem of its headings and cells.

    A record with a problem in one of its cells carries it. Rows are taken one at a time.
    """
    headings: list[str] = []
    top = 0
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        if not _is_comment(row[1], of_key=True):
            top, headings = row[0], _heading_texts(row[1])
            if any(headings):
                break
    if not any(headings):
        return
    if len(headings) > MAX_COLUMNS:
        facts: dict[str, Fact] = {"count": len(headings), "limit": MAX_COLUMNS}
        yield table.problem("too-many-columns", top, facts)
        return
    plan = plan_of(table.model, tuple(headings), table.child, not table.nested)
    if not any(plan.paths):
        value = next(filter(None, headings))
        yield table.problem("no-headings", top, {"value": value})
        return
    for number, fault in plan.faults:
        label = table.label(headings, number)
        yield table.problem(fault.code, top, fault.facts, label)
    if (table.key,) not in plan.paths:
        yield table.problem("missing-heading", top, {"heading": table.key})
        return
    yield from _Rows(table, headings, plan).read(rows)


def _is_comment(cells: Sequence[Cell], of_key: bool) -> bool:
    """Whether a row is a comment; `of_key` says that its first column holds the key."""
    first = cells[0] if cells else None
    if type(first) is not str or not first.startswith("#"):
        return False
    return (of_key and first.startswith("# ")) or not any(map(_filled, cells[1:]))


def _heading_texts(cells: Sequence[Cell]) -> list[str]:
    texts = ["" if cell is None else str(cell).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


class _Rows:
    """Turns the rows below some headings into records."""

    def __init__(self, table: Table, headings: Sequence[str], plan: Plan) -> None:
        self._table = table
        self._headings = headings
        self._plan = plan
        self._of_key = plan.paths[0] == (table.key,)
        self._blank = [i for i, heading in enumerate(headings) if not heading]
        self._columns: Mapping[FieldPath, str] = {
            path: table.label(headings, number)
            for number, path in enumerate(plan.paths)
            if path is not None
        }

    def read(self, rows: Iterator[Row | Problem]) -> Iterator[RawRecord | Problem]:
        table, width = self._table, len(self._headings)
        lines: Mapping[FieldPath, int] = {}
        for row in rows:
            if isinstance(row, Problem):
                yield row
                continue
            number, cells = row
            if number > MAX_ROWS:
                yield table.problem("too-many-rows", number, {"limit": MAX_ROWS})
                return
            if _is_comment(cells, self._of_key):
                continue
            if len(cells) < width:
                cells = [*cells, *[None] * (width - len(cells))]
            draft = self._plan.read(cells)
            raw = RawRecord(
                table.file, number, draft.data, lines, table.sheet, self._columns
            )
            stray = self._stray(cells)
            if draft.faults or draft.closed_up or stray:
                raw = self._with_problems(raw, draft, cells, stray)
            if draft.data or raw.problems:
                yield raw

    def _stray(self, cells: Sequence[Cell]) -> list[int]:
        """The columns without a heading in which something stands."""
        if not self._blank and len(cells) == len(self._headings):
            return []
        places = chain(self._blank, range(len(self._headings), len(cells)))
        return [i for i in places if _filled(cells[i])]

    def _with_problems(
        self, raw: RawRecord, draft: Draft, cells: Sequence[Cell], stray: list[int]
    ) -> RawRecord:
        key = raw.data.get(self._table.key)
        key = key if isinstance(key, str) else ""
        problems = [raw.problem(f.code, f.path, f.facts, key) for f in draft.faults]
        problems += [
            replace(
                raw.problem("cell-without-heading", (), {"value": str(cells[i])}, key),
                column=self._table.label(self._headings, i),
            )
            for i in stray
        ]
        columns = {
            _closed_up(path, draft.closed_up): label
            for path, label in self._columns.items()
        }
        return replace(raw, columns=columns, problems=tuple(problems))


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _closed_up(
    path: FieldPath, closed_up: Mapping[FieldPath, Mapping[int, int]]
) -> FieldPath:
    """Where a column's field is once the empty positions of its lists have closed up.

    A column that gave nothing has no such place; its path then begins with a mark of its own.
    """
    steps = list(path)
    for place, written in closed_up.items():
        at = len(place)
        if path[:at] == place and len(path) > at:
            now = [position for position, old in written.items() if old == path[at]]
            steps[at] = now[0] if now else f"({path[at]})"
    return tuple(steps)
