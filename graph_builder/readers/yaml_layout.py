"""Record files in YAML: one list of records per file, all files of one ecosystem in one folder.

Only the plain part of YAML is read. Every scalar is text, so `NO`, `0123` and `13.000` stay as
written; anchors, aliases, tags and merge keys are refused, which leaves nothing that could grow
while it is read. The tree is built from PyYAML's events without recursion, because its own
loaders overwrite duplicate keys and overflow the stack on deep nesting.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import yaml

from ..problems import Fact, FieldPath, Problem, nearest, written_path

Value = str | None | list["Value"] | dict[str, "Value"]

MAX_BYTES = 10_000_000
MAX_DEPTH = 30
MAX_PROBLEMS = 200
"""So many problems of one file are told; a file made to be wrong must not fill the memory."""

_PARSER: type = getattr(yaml, "CLoader", yaml.Loader)
_PLAIN_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NOT_IN_YAML = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as written: texts, None, lists and mappings.

    `line` counts from 1. `lines` maps a field path such as ("evidence", 0, "source") to its line.
    """

    file: str
    line: int
    data: Mapping[str, Value]
    lines: Mapping[FieldPath, int]


def read_folder(
    folder: Path, kinds: Iterable[str]
) -> tuple[dict[str, list[RawRecord]], list[Problem]]:
    """Read the record files of a folder: {kind: records in the order of the file}, and problems.

    `kinds` are the names of record files without `.yaml`; files that are not there have no entry.
    Nothing is raised for what is wrong with the folder or a file, and one bad file hides no other.
    Reads nothing outside the folder, no matter what links in it say.
    """
    records: dict[str, list[RawRecord]] = {}
    problems: list[Problem] = []
    stems = tuple(kinds)
    names = tuple(f"{kind}.yaml" for kind in stems)
    if not folder.is_dir():
        return records, [Problem("folder-missing", str(folder))]
    home = folder.resolve()
    for path in sorted(folder.iterdir()):
        # Names with a dot before them are the leavings of editors and file managers.
        if path.suffix.lower() not in {".yaml", ".yml"} or path.name.startswith("."):
            continue
        if path.name not in names:
            facts: dict[str, Fact] = {
                "expected": names,
                # By stem, since the ending makes any two names alike.
                "nearest": tuple(f"{kind}.yaml" for kind in nearest(path.stem, stems)),
            }
            problems.append(Problem("unknown-file", path.name, facts=facts))
            continue
        text = _read_text(path, home)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        tree = _Tree(path.name)
        records[path.stem] = list(tree.read(text))
        problems.extend(tree.problems)
    if not any(records.values()) and not problems:
        problems.append(Problem("no-records", str(folder), facts={"expected": names}))
    return records, problems


def _read_text(path: Path, home: Path) -> str | Problem:
    """The text of a file, or why it cannot be had."""
    try:
        if not path.resolve().is_relative_to(home):
            return Problem("outside-folder", path.name)
        # A pipe or a device would block or never end.
        if not path.is_file():
            return _unreadable(path, "not a plain file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except (
        OSError,
        RuntimeError,
    ) as error:  # RuntimeError: a link that leads to itself
        reason = error.strerror if isinstance(error, OSError) else None
        return _unreadable(path, reason or "a link that leads to itself")
    if len(content) > MAX_BYTES:
        return Problem("too-large", path.name, facts={"size": size, "limit": MAX_BYTES})
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong: dict[str, Fact] = {
            "byte": f"0x{content[error.start]:02x}",
            "offset": error.start,
        }
        return Problem("not-utf8", path.name, line, facts=wrong)
    if not text.strip():
        return Problem("empty-file", path.name)
    found = _NOT_IN_YAML.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return Problem(
            "control-character",
            path.name,
            line,
            facts={"character": f"U+{ord(found[0]):04X}"},
        )
    return text


def _unreadable(path: Path, detail: str) -> Problem:
    return Problem("unreadable-file", path.name, facts={"detail": detail})


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
