"""Packets: sources that were added to an ecosystem, each in a folder of its own with its records.

    <ecosystem>/added/<key of its first source>/     files in any form that the readers know

A packet may write about what stands elsewhere too, in a record with the same key: such records are
put together (`composing`) before they are checked. What is written in packets whose sources are all
withdrawn does not count, save for a record that nobody else writes whole.
"""

from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from pathlib import Path

from .composing import compose, is_whole
from .problems import Fact, FieldPath, Problem, nearest
from .readers import RawRecord, Value
from .records import Record

ADDED = "added"
Read = Callable[[Path], tuple[dict[str, list[RawRecord]], list[Problem]]]
"""Reads the record files of one folder: {name of a file: its records}, and problems."""
Models = Mapping[str, type[Record]]

_CITING = ("source", "code_source", "sources")
_SCOPED = ("sources", "evidence")
"""Records of these files belong to one packet; to write one again is to write it twice."""


def packet_folders(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The packets of an ecosystem's folder, by name, in the order of names.

    One that lies elsewhere, be there a link to it, is none of them but a problem.
    """
    added, home = folder / ADDED, folder.resolve()
    if not added.is_dir():
        return {}, []
    if not added.resolve().is_relative_to(home):
        return {}, [Problem("outside-folder", ADDED)]
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(added.iterdir()):
        # Names with a dot before them are packets on their way in or out.
        if not path.is_dir() or path.name.startswith("."):
            continue
        if path.resolve().is_relative_to(home):
            found[path.name] = path
        else:
            problems.append(Problem("outside-folder", f"{ADDED}/{path.name}"))
    return found, problems


def packet_of(file: str) -> str | None:
    """The packet that a file belongs to, as problems name it; None for one of the base files.

    >>> packet_of("added/koran-c/ties.yaml"), packet_of("ties.yaml")
    ('koran-c', None)
    """
    head, _, rest = file.partition("/")
    return rest.partition("/")[0] if head == ADDED and rest else None


def packets_of(raw: RawRecord) -> set[str | None]:
    """The packets that wrote a record or a part of it; None stands for the base files."""
    return {packet_of(raw.file), *(packet_of(part.file) for part in raw.parts.values())}


def read_with_packets(
    folder: Path,
    read: Read,
    models: Models,
    withdrawn: Collection[str] = (),
    staged: Mapping[str, Path] | None = None,
) -> tuple[dict[str, list[RawRecord]], list[Problem]]:
    """Read the base files of an ecosystem and its packets, and put together what belongs together.

    `withdrawn` are sources that do not count; `staged` are packets not yet in their place, by the
    name they are to have.
    """
    base, told = read(folder)
    there, outside = packet_folders(folder)
    found, problems = dict(base), [*told, *outside]
    folders = dict(sorted((there | dict(staged or {})).items()))
    packets = [_read_packet(name, path, read) for name, path in folders.items()]
    if packets:
        # An ecosystem may consist of packets alone.
        problems = [problem for problem in problems if problem.code != "no-records"]
    for packet in packets:
        problems += [*packet.problems, *packet.own_problems()]
    gone = set(withdrawn)
    idle = {p.name for p in packets if p.sources() and gone.issuperset(p.sources())}
    for file, model in models.items():
        written = [raw for packet in packets for raw in packet.records.get(file, ())]
        if written:
            found[file], more = _put_together(
                file, model, found.get(file, []), written, idle
            )
            problems += more
    return found, problems


@dataclass(frozen=True, slots=True)
class _Packet:
    """What the files of one packet hold."""

    name: str
    records: Mapping[str, list[RawRecord]]
    problems: list[Problem]

    def sources(self) -> list[str]:
        """The keys of its sources, in the order they were written."""
        return [raw.key for raw in self.records.get("sources", ()) if raw.key]

    def own_problems(self) -> Iterator[Problem]:
        """A packet brings a source or more, and says nothing but what these say."""
        own = self.sources()
        if not own and not self.problems:
            yield Problem("packet-without-source", f"{ADDED}/{self.name}")
        for records in self.records.values():
            for raw in records:
                for path, key in _cited(raw.data):
                    if own and key not in own:
                        facts: dict[str, Fact] = {"value": key}
                        facts["nearest"] = nearest(key, own)
                        yield raw.problem("cites-elsewhere", path, facts)


def _read_packet(name: str, path: Path, read: Read) -> _Packet:
    """Read the files of a packet; they are named from the folder of the ecosystem."""
    found, problems = read(path)
    home = f"{ADDED}/{name}/"
    records = {file: [_at(home, raw) for raw in raws] for file, raws in found.items()}
    # What is wrong with a folder as a whole is told of its whole path.
    places = [
        home.rstrip("/") if p.file == str(path) else home + p.file for p in problems
    ]
    told = [replace(p, file=file) for p, file in zip(problems, places, strict=True)]
    return _Packet(name, records, told)


def _at(home: str, raw: RawRecord) -> RawRecord:
    parts = {path: _at(home, part) for path, part in raw.parts.items()}
    own = tuple(replace(p, file=home + p.file) for p in raw.problems)
    return replace(raw, file=home + raw.file, parts=parts, problems=own)


def _cited(
    value: Value | Mapping[str, Value], path: FieldPath = ()
) -> Iterator[tuple[FieldPath, str]]:
    """The sources that a record cites, and where in it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in _CITING:
                keys = inner if isinstance(inner, list) else [inner]
                yield from (
                    ((*path, name), key) for key in keys if isinstance(key, str)
                )
            else:
                yield from _cited(inner, (*path, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _cited(item, (*path, position))


def _put_together(
    file: str,
    model: type[Record],
    base: Sequence[RawRecord],
    written: Iterable[RawRecord],
    idle: Collection[str | None],
) -> tuple[list[RawRecord], list[Problem]]:
    """The records of one kind, those that are written more than once as one each.

    What idle packets write is left out, but for what nobody else writes whole.
    """
    if file in _SCOPED:
        return [*base, *written], []
    found: list[RawRecord] = []
    problems: list[Problem] = []
    again: defaultdict[str | None, list[RawRecord]] = defaultdict(list)
    for raw in written:
        again[raw.key].append(raw)
    # Of two base records with one key the second is told as a duplicate, once all are typed.
    for raw in base:
        others = again.pop(raw.key, []) if raw.key else []
        active = [other for other in others if packet_of(other.file) not in idle]
        whole, more = compose([raw, *active])
        found.append(whole)
        problems += more
    for key, raws in again.items():
        if key is None:
            found += raws
            continue
        active = [raw for raw in raws if packet_of(raw.file) not in idle]
        rest = [raw for raw in raws if packet_of(raw.file) in idle]
        whole, more = compose(active if is_whole(active, model) else [*active, *rest])
        found.append(whole)
        problems += more
    return found, problems
