"""JSON: one list of records in a file, or JSON Lines, one record on each line.

Names may be headings in either language, and parts may stand as such or flat, as in a table:
`{"participants": [{"party": ...}]}` is `{"participants.1.party": ...}`. Digits stay as typed.
A name given twice, NaN and deep nesting are refused. JSON Lines are read one line at a time; a list
is read whole, so it has a limit.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..problems import Fact, Problem
from .plan import Cell, Fault, read_object
from .raw import MAX_DEPTH, MAX_PROBLEMS, RawRecord
from .tabular import Table

MAX_BYTES = 50_000_000
"""The most bytes of a list; JSON Lines have no such limit."""
MAX_RECORD = 2_000_000
"""The most bytes of one line."""

_SPACE = re.compile(r"[ \t\n\r]*")
_TEXT_OR_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)


class _Bad(Exception):
    """A value, or a whole file, that cannot be read; `code` and `facts` are those of a message."""

    def __init__(self, code: str, line: int | None = None, **facts: Fact) -> None:
        self.code = code
        self.line = line
        self.facts: Mapping[str, Fact] = facts
        super().__init__(code)


def read_json(path: Path, table: Table) -> Iterator[RawRecord | Problem]:
    """The records of a JSON file, which holds one list of them, with their problems."""
    decoder = _Decoder()
    return _records(_list_values(path, decoder), decoder, table)


def read_json_lines(path: Path, table: Table) -> Iterator[RawRecord | Problem]:
    """The records of a JSON Lines file, with their problems, one at a time."""
    decoder = _Decoder()
    return _records(_line_values(path, decoder), decoder, table)


def _records(
    values: Iterator[tuple[int, Cell | _Bad]], decoder: "_Decoder", table: Table
) -> Iterator[RawRecord | Problem]:
    told = 0
    try:
        for line, value in values:
            if isinstance(value, _Bad):
                yield table.problem(value.code, value.line or line, value.facts)
                continue
            if not isinstance(value, dict):
                yield table.problem("json-not-a-record", line)
                continue
            # Names that resemble an unknown one are looked for while somebody would read them.
            offer = told < MAX_PROBLEMS
            draft = read_object(value, table.model, offer, table.child)
            faults = [*decoder.faults, *draft.faults]
            told += len(faults)
            raw = RawRecord(table.file, line, draft.data)
            if faults:
                key = draft.data.get(table.key)
                key = key if isinstance(key, str) else ""
                found = (raw.problem(f.code, f.path, f.facts, key) for f in faults)
                raw = replace(raw, problems=tuple(found))
            yield raw
    except _Bad as bad:
        yield table.problem(bad.code, bad.line, bad.facts)
    except OSError as error:
        detail = error.strerror or str(error)
        yield table.problem("unreadable-file", None, {"detail": detail})


def _line_values(path: Path, decoder: "_Decoder") -> Iterator[tuple[int, Cell | _Bad]]:
    """The value on each line that is not empty, or why it cannot be had."""
    offset = number = 0
    with path.open("rb") as file:
        while line := file.readline(MAX_RECORD + 1):
            number += 1
            if len(line) > MAX_RECORD:
                raise _Bad("record-too-long", number, limit=MAX_RECORD)
            text = _text(line, number, offset).rstrip()
            offset += len(line)
            start = _past_space(text, 0)
            if start >= len(text):
                continue
            try:
                value, end = decoder.decode(text, start, number)
            except _Bad as bad:
                yield number, bad
                continue
            if _past_space(text, end) < len(text):
                yield number, _Bad("json-more-on-line", number)
            else:
                yield number, value


def _list_values(path: Path, decoder: "_Decoder") -> Iterator[tuple[int, Cell]]:
    """The values in the one list of a file, each with the line on which it begins."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        size = path.stat().st_size
        raise _Bad("json-too-large", size=size, limit=MAX_BYTES)
    text = _text(content, 1, 0)
    del content
    at, line = _past_space(text, 0), 1
    if at == len(text):
        raise _Bad("empty-file")
    if text[at] != "[":
        raise _Bad("json-not-a-list", 1 + text.count("\n", 0, at))
    mark, counted = "[", 0
    while mark != "]":
        at = _past_space(text, at + 1)
        line += text.count("\n", counted, at)
        counted = at
        if mark == "[" and text[at : at + 1] == "]":
            break
        value, end = decoder.decode(text, at, line)
        yield line, value
        at = _past_space(text, end)
        mark = text[at : at + 1]
        if mark not in (",", "]"):
            line += text.count("\n", counted, at)
            raise _Bad("bad-json", line, detail="expecting , or ] after a record")
    more = _past_space(text, at + 1)
    if more < len(text):
        raise _Bad("json-more-after-list", line + text.count("\n", counted, more))


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _text(data: bytes, line: int, offset: int) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line += data.count(b"\n", 0, error.start)
        byte = f"0x{data[error.start]:02x}"
        raise _Bad("not-utf8", line, byte=byte, offset=offset + error.start) from error


class _Decoder:
    """Decodes JSON exactly; what it had to leave out of the last value is in `faults`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._number,
            parse_int=self._number,
            parse_constant=self._no_number,
        )

    def decode(self, text: str, at: int, line: int) -> tuple[Cell, int]:
        """The value that begins at a place in a text, on a line, and where it ends.

        Raises: _Bad.
        """
        self.faults = []
        try:
            value, end = self._json.raw_decode(text, at)
        except json.JSONDecodeError as error:
            line += text.count("\n", at, error.pos)
            raise _Bad("bad-json", line, detail=error.msg) from error
        except RecursionError:
            raise _Bad("too-deep", line, limit=MAX_DEPTH) from None
        if _too_deep(text, at, end):
            self.faults.append(Fault("too-deep", (), {"limit": MAX_DEPTH}))
            return {}, end
        return value, end

    def _object(self, pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = Counter(name for name, _ in pairs)
            twice = next(name for name, count in names.items() if count > 1)
            self.faults.append(Fault("duplicate-name", (), {"name": twice}))
        return found

    def _number(self, text: str) -> Decimal | None:
        try:
            return Decimal(text)
        except InvalidOperation:  # an exponent of twenty digits
            self._no_number(text[:40])
            return None

    def _no_number(self, name: str) -> None:
        self.faults.append(Fault("no-number", (), {"value": name}))


def _too_deep(text: str, at: int, end: int) -> bool:
    if text.count("{", at, end) + text.count("[", at, end) <= MAX_DEPTH:
        return False
    depth = deepest = 0
    for found in _TEXT_OR_BRACKET.finditer(text, at, end):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH
