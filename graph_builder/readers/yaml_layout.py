"""Record files in YAML: one list of records per file.

Only the plain part of YAML is read. Every scalar is text, so `NO`, `0123` and `13.000` stay as
written; anchors, aliases, tags and merge keys are refused, which leaves nothing that could grow
while it is read. The tree is built from PyYAML's events without recursion, because its own
loaders overwrite duplicate keys and overflow the stack on deep nesting.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import yaml

from ..problems import Fact, FieldPath, Problem, written_path
from .raw import MAX_DEPTH, MAX_PROBLEMS, NOT_IN_TEXT, RawRecord, Value

MAX_BYTES = 10_000_000
_PARSER: type = getattr(yaml, "CLoader", yaml.Loader)
_PLAIN_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(path: Path, name: str) -> Iterator[RawRecord | Problem]:
    """The records of a YAML file, which problems call `name`, and what is wrong with it.

    The file is read whole, so it has a limit.
    """
    text = _read_text(path, name)
    if isinstance(text, Problem):
        yield text
        return
    tree = _Tree(name)
    yield from tree.read(text)
    yield from tree.problems


def _read_text(path: Path, name: str) -> str | Problem:
    """The text of a file, or why it cannot be had."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        return Problem(
            "unreadable-file", name, facts={"detail": error.strerror or str(error)}
        )
    if len(content) > MAX_BYTES:
        return Problem("too-large", name, facts={"size": size, "limit": MAX_BYTES})
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong: dict[str, Fact] = {
            "byte": f"0x{content[error.start]:02x}",
            "offset": error.start,
        }
        return Problem("not-utf8", name, line, facts=wrong)
    if not text.strip():
        return Problem("empty-file", name)
    found = NOT_IN_TEXT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return Problem(
            "control-character",
            name,
            line,
            facts={"character": f"U+{ord(found[0]):04X}"},
        )
    return text


class _Stop(Exception):
    """The rest of the file is not read; the problem that says why is recorded."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open.

    `kept` is False below anything refused: such values are walked over and dropped.
    """

    value: list[Value] | dict[str, Value]
    path: FieldPath
    kept: bool
    key: str | None = None
    key_kept: bool = True
    lines: dict[str, int] = field(default_factory=dict[str, int])


class _Tree:
    """Builds the records of one file from the events of its text."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._frames: list[_Frame] = []
        self._record_line = 0
        self._record_key: str | None = None
        self._lines: dict[FieldPath, int] = {}

    def read(self, text: str) -> Iterator[RawRecord]:
        """The records of a text; what is wrong with it is in `problems` afterwards."""
        try:
            yield from self._records(yaml.parse(text, Loader=_PARSER))
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            detail = ", ".join(part for part in (error.context, error.problem) if part)
            self._note(
                "bad-yaml",
                mark.line + 1 if mark else None,
                column=mark.column + 1 if mark else 1,
                detail=detail,
            )

    def _records(self, events: Iterable[yaml.Event]) -> Iterator[RawRecord]:
        documents = 0
        for event in events:
            match event:
                case yaml.StreamStartEvent() | yaml.DocumentEndEvent():
                    continue
                case yaml.StreamEndEvent():
                    if not documents:
                        self._note("empty-file", None)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._stop("several-documents", _line(event))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    closed = self._frames.pop()
                    if len(self._frames) == 1 and isinstance(closed.value, dict):
                        yield self._record(closed.value)
                case _:
                    assert isinstance(event, yaml.NodeEvent)
                    self._node(event)

    def _record(self, data: dict[str, Value]) -> RawRecord:
        record = RawRecord(self.file, self._record_line, data, self._lines)
        self._lines, self._record_key = {}, None
        return record

    def _node(self, event: yaml.NodeEvent) -> None:
        """Take one value, or the beginning of one, to where it belongs."""
        self._refuse_extras(event)
        if len(self._frames) < 2:
            self._outermost(event)
            return
        parent = self._frames[-1]
        if isinstance(parent.value, dict) and parent.key is None:
            self._take_key(parent, event)
            return
        self._put(parent, event)

    def _outermost(self, event: yaml.NodeEvent) -> None:
        """The list that is the file, and the records in it."""
        line = _line(event)
        if not self._frames:
            if isinstance(event, yaml.ScalarEvent) and _is_null(event):
                self._stop("empty-file", None)
            if not isinstance(event, yaml.SequenceStartEvent):
                self._stop("not-a-list", line)
            self._frames.append(_Frame([], (), kept=True))
            return
        self._record_line = line
        if isinstance(event, yaml.MappingStartEvent):
            self._frames.append(_Frame({}, (), kept=True))
            return
        if not isinstance(event, yaml.AliasEvent):  # an alias has had its problem
            self._note("not-a-record", line)
        if isinstance(event, yaml.SequenceStartEvent):
            self._frames.append(_Frame([], (), kept=False))

    def _take_key(self, parent: _Frame, event: yaml.NodeEvent) -> None:
        assert isinstance(parent.value, dict)
        line = _line(event)
        parent.key, parent.key_kept = "", False
        if not isinstance(event, yaml.ScalarEvent) or _is_null(event):
            self._note("bad-field-name", line, parent.path)
            if isinstance(event, yaml.CollectionStartEvent):
                # The name itself is walked over like a value; its own value comes after it.
                self._open(event, parent.path, kept=False)
            return
        name = parent.key = str(event.value)
        path = (*parent.path, name)
        if name == "<<" and event.implicit[0]:
            self._note("merge-key-refused", line, parent.path)
        elif name in parent.lines:
            self._note("duplicate-field", line, path, first=parent.lines[name])
        else:
            parent.lines[name] = line
            parent.key_kept = True
            if parent.kept:
                self._lines[path] = line

    def _put(self, parent: _Frame, event: yaml.NodeEvent) -> None:
        """Put a value into the list or mapping that is open."""
        if isinstance(parent.value, list):
            path: FieldPath = (*parent.path, len(parent.value))
            kept = parent.kept
            if kept:
                self._lines[path] = _line(event)
        else:
            assert parent.key is not None
            path = (*parent.path, parent.key)
            kept = parent.kept and parent.key_kept
        value: Value = None
        if isinstance(event, yaml.CollectionStartEvent):
            value = self._open(event, path, kept)
        elif isinstance(event, yaml.ScalarEvent) and not _is_null(event):
            value = str(event.value)
        if isinstance(parent.value, list):
            if kept:
                parent.value.append(value)
            return
        assert parent.key is not None
        if kept:
            parent.value[parent.key] = value
            if path == ("id",) and isinstance(value, str):
                self._record_key = value
        parent.key = None

    def _open(
        self, event: yaml.CollectionStartEvent, path: FieldPath, kept: bool
    ) -> Value:
        if len(self._frames) >= MAX_DEPTH:
            self._stop("too-deep", _line(event), limit=MAX_DEPTH)
        value: list[Value] | dict[str, Value] = (
            [] if isinstance(event, yaml.SequenceStartEvent) else {}
        )
        self._frames.append(_Frame(value, path, kept))
        return value

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        line, path = _line(event), self._frames[-1].path if self._frames else ()
        if isinstance(event, yaml.AliasEvent):
            self._note("alias-refused", line, path, name=str(event.anchor))
            return
        if event.anchor is not None:
            self._note("anchor-refused", line, path, name=str(event.anchor))
        if (
            isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            and event.tag is not None
        ):
            self._note("tag-refused", line, path, name=str(event.tag))

    def _note(
        self, code: str, line: int | None, path: FieldPath = (), **facts: Fact
    ) -> None:
        place = written_path(path) or None
        self.problems.append(
            Problem(code, self.file, line, self._record_key, place, facts)
        )
        if len(self.problems) == MAX_PROBLEMS:
            self._stop("too-many-problems", line, limit=MAX_PROBLEMS)

    def _stop(self, code: str, line: int | None, **facts: Fact) -> NoReturn:
        self.problems.append(
            Problem(code, self.file, line, self._record_key, facts=facts)
        )
        raise _Stop


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None, "events of a parsed text know their place"
    return event.start_mark.line + 1


def _is_null(event: yaml.ScalarEvent) -> bool:
    return bool(event.implicit[0]) and event.value in _PLAIN_NULLS
