"""Adding sources to an ecosystem, and taking them back: first its folder, then its graph.

A packet is copied beside the others under a hidden name, checked together with all the rest, and
put in its place by one rename when nothing can refuse it any more. What is cut short leaves each
packet either in or out, each decision taken or not, and the last version current.
"""

import secrets
import shutil
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from filelock import FileLock

from simpul.ontology import SimpulError

from .build import (
    Build,
    build_ecosystem,
    build_settled,
    check_settled,
    input_digests,
)
from .check import check_records
from .decisions import (
    LOG,
    Decision,
    Restore,
    Withdraw,
    read_decisions,
    record_decision,
    standing_decisions,
)
from .ecosystem import SETTINGS, Ecosystem
from .fields import KEY
from .keys import Keys, slug
from .lasting import sync_folder, sync_tree
from .making import (
    BuildRefused,
    Progress,
    silent,
)
from .packets import ADDED, Read, packet_folders, read_with_packets
from .problems import Problem, nearest
from .readers import RecordFolder, record_files
from .readers.folder import refused
from .reading import MODELS, Loaded, read_files
from .settling import settled_records
from .versions import NoVersion, current_version
from .withdrawal import Outcome, withdrawal_of

_COMING = ".adding-"


class UnknownSource(SimpulError):
    """No source of an ecosystem has this key."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        self.near = nearest(key, known)
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else ""
        super().__init__(f"no source {key!r}{hint}")


@dataclass(frozen=True, slots=True)
class Growth:
    """What came of adding or removing sources.

    `outcomes` tell of what rests on the sources that are new, or that went. `same` are the sources
    of which all was so already. `build` is None where nothing was built, be it that one only looked
    or that nothing is new and the current version holds it all.
    """

    outcomes: tuple[Outcome, ...] = ()
    build: Build | None = None
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Packet:
    """A packet on its way in: the name it is to have, the folder it lies in, and its sources."""

    name: str
    folder: Path
    sources: tuple[str, ...]


def sources_of(
    ecosystem: Ecosystem, read: Read = read_files
) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the sources that count, and of those that are withdrawn."""
    withdrawn = standing_decisions(read_decisions(ecosystem.folder)[0]).withdrawn
    raws = read_with_packets(ecosystem.folder, read, MODELS)[0].get("sources", ())
    known = frozenset(raw.key for raw in raws if raw.key)
    return known - withdrawn, known & withdrawn


def remove_sources(
    ecosystem: Ecosystem,
    keys: Collection[str],
    decide: Callable[[str], Withdraw],
    out: Path,
    progress: Progress = silent,
    *,
    dry_run: bool = False,
) -> Growth:
    """Withdraw sources, and build what does not rest on them alone; or only tell what would go.

    `decide` signs the decision on one source.

    Raises: UnknownSource; BuildRefused; BuildRunning; OSError. Nothing has changed then. NotBuilt
    if the disk refuses the version of what is decided by then.
    """
    read = cache(read_files)
    with _alone(ecosystem.folder):
        counting, withdrawn = sources_of(ecosystem, read)
        for key in keys:
            if key not in counting | withdrawn:
                raise UnknownSource(key, counting | withdrawn)
        same = tuple(key for key in keys if key in withdrawn)
        decisions = [decide(key) for key in dict.fromkeys(keys) if key in counting]
        if not decisions:
            build = _caught_up(ecosystem, out, progress, dry_run)
            return Growth(build=build, same=same)
        progress("read")
        before = settled_records(ecosystem, read=read)
        after = settled_records(ecosystem, decisions, read=read)
        commit = partial(_take, ecosystem.folder, decisions)
        build = _carried_out(ecosystem, after, out, progress, commit, dry_run)
        gone = {decision.source for decision in decisions}
        return Growth(withdrawal_of(before, after, gone), build, same)


def add_sources(
    ecosystem: Ecosystem,
    paths: Sequence[Path],
    keys: Collection[str],
    decide: Callable[[str], Restore],
    out: Path,
    progress: Progress = silent,
    *,
    dry_run: bool = False,
) -> Growth:
    """Add packets and restore withdrawn sources, and build all of it; or only tell what would come.

    `paths` are packets, each a folder or one file; `keys` are withdrawn sources. A packet that is
    there already has its sources restored where they are withdrawn. `decide` signs the decision to
    restore one source. Several packets come in the order given, none of which may need a later one.

    Raises: UnknownSource; BuildRefused; BuildRunning; OSError. Nothing has changed then. NotBuilt
    if the disk refuses the version of what is in its place by then.
    """
    read = cache(read_files)
    with _alone(ecosystem.folder), _coming(ecosystem.folder, paths) as packets:
        counting, withdrawn = sources_of(ecosystem, read)
        for key in keys:
            if key not in counting | withdrawn:
                raise UnknownSource(key, counting | withdrawn)
        there = packet_folders(ecosystem.folder)[0]
        for packet in packets:
            if packet.name in there and not _equal(packet.folder, there[packet.name]):
                name = f"{ADDED}/{packet.name}"
                raise BuildRefused((Problem("packet-exists", name),))
        new: dict[str, Path] = {}
        for packet in packets:
            if packet.name not in there:
                first = new.setdefault(packet.name, packet.folder)
                if not _equal(packet.folder, first):
                    name = f"{ADDED}/{packet.name}"
                    raise BuildRefused((Problem("packet-twice", name),))
        named = [*keys, *(key for packet in packets for key in packet.sources)]
        restored = [key for key in dict.fromkeys(named) if key in withdrawn]
        came = {
            *restored,
            *(key for p in packets if p.name in new for key in p.sources),
        }
        same = tuple(key for key in dict.fromkeys(named) if key not in came)
        if not (new or restored):
            build = _caught_up(ecosystem, out, progress, dry_run)
            return Growth(build=build, same=same)
        decisions = [decide(key) for key in restored]
        progress("read")
        before = settled_records(ecosystem, read=read)
        for count in range(1, len(new)):
            earlier = dict(list(new.items())[:count])
            _refuse_errors(ecosystem, settled_records(ecosystem, (), earlier, read))
        after = settled_records(ecosystem, decisions, new, read)
        commit = partial(_take, ecosystem.folder, decisions, new)
        build = _carried_out(ecosystem, after, out, progress, commit, dry_run)
        return Growth(withdrawal_of(after, before, came), build, same)


def _carried_out(
    ecosystem: Ecosystem,
    after: Loaded,
    out: Path,
    progress: Progress,
    commit: Callable[[], None],
    dry_run: bool,
) -> Build | None:
    if not dry_run:
        return build_settled(ecosystem, after, out, progress, commit=commit)
    report = check_settled(ecosystem, after, progress)
    if report.errors:
        raise BuildRefused(report.problems)
    return None


def _caught_up(
    ecosystem: Ecosystem, out: Path, progress: Progress, dry_run: bool
) -> Build | None:
    """Build what was decided before and never was built, as after a crash; None if nothing was."""
    try:
        inputs = current_version(out).manifest.get("inputs")
    except NoVersion:
        inputs = None
    if dry_run or inputs == input_digests(ecosystem.folder):
        return None
    return build_ecosystem(ecosystem.folder, out, progress)


def _refuse_errors(ecosystem: Ecosystem, loaded: Loaded) -> None:
    problems = check_records(loaded, Keys(ecosystem.base, loaded.records))
    if any(problem.severity == "error" for problem in problems):
        raise BuildRefused(tuple(problems))


def _take(
    folder: Path, decisions: Iterable[Decision], packets: dict[str, Path] | None = None
) -> None:
    """Put packets in their place, and take decisions; what fails on the way is undone."""
    placed: list[tuple[Path, Path]] = []
    try:
        for name, coming in (packets or {}).items():
            place = folder / ADDED / name
            place.parent.mkdir(exist_ok=True)
            coming.rename(place)
            placed.append((place, coming))
            sync_folder(place.parent)
            sync_folder(folder)
        record_decision(folder, *decisions)
    except (OSError, SimpulError):
        for place, coming in placed:
            place.rename(coming)
        raise


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """Keep others from adding or removing meanwhile, and sweep what a killed one left."""
    with FileLock(folder / ".growing.lock"):
        for leftover in folder.glob(f"{_COMING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


@contextmanager
def _coming(folder: Path, paths: Iterable[Path]) -> Generator[list[_Packet]]:
    """Copy packets into the folder of an ecosystem, where nobody reads them yet."""
    copies: list[Path] = []
    try:
        packets: list[_Packet] = []
        for path in paths:
            copies.append(folder / f"{_COMING}{secrets.token_hex(4)}")
            copies[-1].mkdir()
            for file in _files_of(path):
                shutil.copyfile(file, copies[-1] / file.name)
            sync_tree(copies[-1])
            packets.append(_packet(copies[-1], path))
        yield packets
    finally:
        for copy in copies:
            shutil.rmtree(copy, ignore_errors=True)


def _files_of(path: Path) -> list[Path]:
    """The files that come along of a packet: its records, and what introduces them.

    Other files, such as articles that may not be passed on, stay behind. Those that look like
    records and cannot be read come along, to be told.

    Raises: BuildRefused where one leads out of the packet, or is no plain file.
    """
    if not path.is_dir():
        return [path]
    files = [
        file
        for file in sorted(path.iterdir())
        if _is_brought(file.name) and not file.is_dir()
    ]
    wrong = [refused(file, path.resolve()) for file in files]
    if problems := tuple(problem for problem in wrong if problem):
        raise BuildRefused(problems)
    with RecordFolder(path, MODELS) as opened:
        records = {problem.file for problem in opened.problems}
    records.update(file.name for file in record_files(path))
    return [
        file
        for file in files
        if file.name in records or file.name.lower().startswith("readme")
    ]


def _packet(folder: Path, path: Path) -> _Packet:
    """Name a packet by its first source; one without goes by its own name, until it is refused."""
    raws = read_files(folder)[0].get("sources", [])
    sources = tuple(raw.key for raw in raws if raw.key and KEY.fullmatch(raw.key))
    return _Packet(next(iter(sources), slug(path.stem)), folder, sources)


def _equal(one: Path, other: Path) -> bool:
    return _contents(one) == _contents(other)


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in _files_of(folder)}


def _is_brought(name: str) -> bool:
    """Whether a file comes along: settings and decisions are those of the ecosystem."""
    return not name.startswith(".") and name not in (SETTINGS, LOG)
