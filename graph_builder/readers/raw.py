"""Raw records: what was written, and where each part of it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..problems import Fact, FieldPath, Place, Problem, written_path

Value = str | None | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 30
"""So deep a record may nest; none of ours comes near."""
MAX_PROBLEMS = 200
"""So many problems of one file are told where its records are kept in memory, which a file made to be
wrong must not fill; a check in one pass counts them all."""
NOT_IN_TEXT = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters and halves of characters, which no record may hold (as YAML has it)."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as written: texts, None, lists and mappings.

    `line` counts from 1; in a table it is the row, the headings being row 1. `lines` maps a field
    path such as ("evidence", 0, "source") to its line where that differs, `columns` to the heading
    of its column. `parts` are items that stand in a table of their own, by their path. `problems`
    are those of single values, which are left out of `data`.
    """

    file: str
    line: int
    data: Mapping[str, Value]
    lines: Mapping[FieldPath, int] = field(default_factory=dict[FieldPath, int])
    sheet: str | None = None
    columns: Mapping[FieldPath, str] = field(default_factory=dict[FieldPath, str])
    parts: Mapping[FieldPath, "RawRecord"] = field(
        default_factory=dict[FieldPath, "RawRecord"]
    )
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str | None:
        """The id of the record, where it has one."""
        key = self.data.get("id")
        return key if isinstance(key, str) else None

    def place(self, path: FieldPath = ()) -> Place:
        """Where a field stands, or the nearest field around it that has a place."""
        line, column = self.line, None
        for length in range(len(path), 0, -1):
            here = path[:length]
            if here in self.parts:
                return self.parts[here].place(path[length:])
            if here in self.lines or here in self.columns:
                line = self.lines.get(here, line)
                column = self.columns.get(here)
                break
        return Place(self.file, line, self.sheet, column)

    def problem(
        self,
        code: str,
        path: FieldPath = (),
        facts: Mapping[str, Fact] | None = None,
        key: str | None = None,
    ) -> Problem:
        """A problem of one field of this record, with its place."""
        key = self.key if key is None else key
        field = written_path(path) or None
        return Problem.at(self.place(path), code, key, field, facts)
