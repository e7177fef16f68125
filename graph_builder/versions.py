"""Versions on disk: written beside the last one, made current by one atomic replacement.

    <out>/current               a text file with the id of the current version
    <out>/versions/<id>/        graph.nq, store/, store.json, graph.trig, report.html, findings.json,
                                manifest.json

A crash at any point leaves the previous version current. `current` is a file and not a link, since
Windows lets few people make links. The manifest is the same for equal inputs; what differs between
two stores of one graph (RocksDB writes the time into its files) is kept apart, in `store.json`.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from filelock import FileLock, Timeout

from simpul.ontology import SimpulError

from .lasting import replace, sync_folder, sync_tree, write_synced

CURRENT = "current"
KEPT = 3
"""How many versions stay on disk, the current one included."""

_BUILDING = ".build-"
_MANIFEST = "manifest.json"
_NEXT_MANIFEST = "manifest.next.json"
_ID = re.compile(r"[0-9a-f]{16}")


class NoVersion(SimpulError):
    """There is no whole version to open: none was built, or the current one is damaged.

    `older` is the id of the newest whole version that is not current, if there is one.
    """

    def __init__(self, out: Path, problem: str, older: str | None = None) -> None:
        self.out = out
        self.problem = problem
        self.older = older
        self.remedy = "run `simpul build`"
        if older:
            self.remedy += f", or write {older}, an older whole version, into {CURRENT}"
        super().__init__(f"{out}: {problem}; {self.remedy}")


class BuildRunning(SimpulError):
    """Another build holds the output folder and did not end in time."""

    def __init__(self, out: Path, waited_s: float) -> None:
        self.out = out
        super().__init__(
            f"{out}: another build still ran after {waited_s:g} s; "
            "wait for it, end it, or build into another folder"
        )


class DamagedVersion(SimpulError):
    """The files of a version are not those that were published."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class Version:
    """One published graph: its folder and what its manifest says."""

    id: str
    path: Path
    manifest: Mapping[str, object]

    @property
    def store_path(self) -> Path:
        """The folder of the Oxigraph store; open it read-only."""
        return self.path / "store"

    def read(self, name: str) -> bytes:
        """One file of the version, as the manifest describes it.

        Raises: DamagedVersion if there is none of that name or it is another one by now.
        """
        try:
            content = (self.path / name).read_bytes()
        except OSError as error:
            raise DamagedVersion(self.path, f"{name}: {error.strerror}") from error
        published = _file_digests(self.manifest).get(name)
        if hashlib.sha256(content).hexdigest() != published:
            raise DamagedVersion(
                self.path, f"{name} is not the file that was published"
            )
        return content


def publish(
    out: Path,
    *,
    nquads: Iterable[str],
    trig: bytes,
    manifest: Mapping[str, object],
    report: str,
    findings: bytes = b"",
    wait_s: float = 600,
) -> Version:
    """Write a version and make it current; the id is the start of the SHA-256 of its N-Quads.

    `nquads` are canonical lines, `findings` what the gate found in them. A graph that is already
    there and whole is not written again; only what goes with it follows what is given. One publisher at a time: the others
    wait, and the lock goes with the process that holds it, however that ends.

    Raises: BuildRunning after `wait_s` seconds; OSError if the disk refuses. Either way the
    previous version is still current.
    """
    with holding(out, wait_s):
        return _publish_alone(
            out,
            nquads,
            manifest,
            {
                "graph.trig": trig,
                "report.html": report.encode(),
                "findings.json": findings,
            },
        )


@contextmanager
def holding(out: Path, wait_s: float = 600) -> Generator[None]:
    """Keep other publishers off the folder `out`, which is made if need be; `publish` may follow.

    Raises: BuildRunning after `wait_s` seconds; OSError if there can be no such folder.
    """
    (out / "versions").mkdir(parents=True, exist_ok=True)
    # A singleton, so that whoever holds it can go on to publish.
    lock = FileLock(out / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise BuildRunning(out, wait_s) from error
    try:
        yield
    finally:
        lock.release()


def current_version(out: Path, *, thorough: bool = False) -> Version:
    """The current version, after holding its files against its manifest.

    Files are compared by digest, those of the store by size; `thorough` compares these by digest
    too, which reads them whole.

    Raises: NoVersion if there is none or it is damaged, naming the way out.
    """
    try:
        key = (out / CURRENT).read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        older = _newest_whole(out)
        problem = (
            f"the file {CURRENT} is gone" if older else "no version was built here"
        )
        raise NoVersion(out, problem, older) from None
    if not _ID.fullmatch(key):
        problem = f"the file {CURRENT} does not hold the id of a version"
        raise NoVersion(out, problem, _newest_whole(out))
    path = out / "versions" / key
    try:
        return _open(path, thorough)
    except DamagedVersion as error:
        problem = f"the current version {key} is damaged: {error.problem}"
        raise NoVersion(out, problem, _newest_whole(out, key)) from error


def kept_versions(out: Path) -> tuple[Path, ...]:
    """The folders of the versions that are kept, whole or not; the one written last comes first."""
    return tuple(_newest_first(out))


def _publish_alone(
    out: Path,
    nquads: Iterable[str],
    manifest: Mapping[str, object],
    renderings: Mapping[str, bytes],
) -> Version:
    for leftover in out.glob(f"{_BUILDING}*"):
        _remove(leftover)
    building = out / f"{_BUILDING}{secrets.token_hex(4)}"
    building.mkdir()
    try:
        digest = _write_lines(building / "graph.nq", nquads)
        key = digest[:16]
        target = out / "versions" / key
        described = _described(manifest, digest, renderings)
        try:
            there = _open(target, thorough=True)
        except DamagedVersion:
            _write_store(building)
            _write_renderings(building, renderings, described)
            sync_tree(building)
            if target.exists():
                # Nobody could use it as it was; out of the way first, since a folder replaces none.
                target.rename(out / f"{_BUILDING}{secrets.token_hex(4)}-damaged")
            building.rename(target)
            sync_folder(target.parent)
        else:
            if (target / _NEXT_MANIFEST).exists():
                there = _settle(there)
            if there.manifest != described:
                _write_renderings(target, renderings, described)
    finally:
        _remove(building)
    replace(out / CURRENT, f"{key}\n".encode())
    _forget_old(out, key)
    return Version(key, target, described)


def _described(
    manifest: Mapping[str, object], digest: str, renderings: Mapping[str, bytes]
) -> dict[str, object]:
    """The whole manifest: what is given, the digests of the files, and a digest of itself."""
    files = {"graph.nq": digest} | {
        name: hashlib.sha256(content).hexdigest()
        for name, content in renderings.items()
    }
    whole: dict[str, object] = {**manifest, "files": files}
    # Through JSON and back, so that it equals what is read later (tuples become lists).
    whole = json.loads(json.dumps(whole))
    whole["digest"] = _own_digest(whole)
    return whole


def _own_digest(manifest: Mapping[str, object]) -> str:
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _write_lines(path: Path, lines: Iterable[str]) -> str:
    """Write a text line by line; its SHA-256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for line in lines:
            content = line.encode()
            digest.update(content)
            file.write(content)
    return digest.hexdigest()


def _write_store(folder: Path) -> None:
    store = ox.Store(folder / "store")
    store.bulk_load(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
    # A write-ahead log that goes missing is the one loss the engine does not notice, so leave none.
    store.flush()
    store.optimize()
    del store
    listed = {
        path.name: {"bytes": path.stat().st_size, "sha256": _digest(path)}
        for path in sorted((folder / "store").glob("*.sst"))
    }
    (folder / "store.json").write_bytes(_json(listed))


def _write_renderings(
    folder: Path, renderings: Mapping[str, bytes], manifest: Mapping[str, object]
) -> None:
    """Write what can be made again from the graph, each file at once.

    The new manifest lies beside the old one while the others change, so that a version is whole
    at every moment: each file is the one that either manifest describes.
    """
    write_synced(folder / _NEXT_MANIFEST, _json(manifest))
    sync_folder(folder)
    for name, content in renderings.items():
        replace(folder / name, content)
    (folder / _NEXT_MANIFEST).replace(folder / _MANIFEST)
    sync_folder(folder)


def _settle(version: Version) -> Version:
    """End a renewal that was cut short: the manifest now describes the files as they lie there.

    A second renewal could not begin otherwise without a moment at which neither manifest fits.
    """
    files = {
        name: _digest(version.path / name) for name in _file_digests(version.manifest)
    }
    manifest: dict[str, object] = {**version.manifest, "files": files}
    manifest["digest"] = _own_digest(manifest)
    replace(version.path / _MANIFEST, _json(manifest))
    (version.path / _NEXT_MANIFEST).unlink()
    return Version(version.id, version.path, manifest)


def _json(value: Mapping[str, object]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode() + b"\n"


def _open(path: Path, thorough: bool) -> Version:
    """A version whose files are what was published. Raises: DamagedVersion."""
    manifest_path = path / _MANIFEST
    while True:
        described = _bytes_or_none(manifest_path)
        try:
            return _open_once(path, thorough)
        except DamagedVersion:
            # A build may have renewed the report between our looking at two files.
            if _bytes_or_none(manifest_path) == described:
                raise


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _open_once(path: Path, thorough: bool) -> Version:
    try:
        manifest = _read_json(path / _MANIFEST)
        if manifest.get("digest") != _own_digest(manifest):
            raise DamagedVersion(path, f"{_MANIFEST} was changed")
        if not _file_digests(manifest)["graph.nq"].startswith(path.name):
            raise DamagedVersion(path, "its graph is that of another version")
        for name in _file_digests(manifest):
            if not _is_published(path, name, manifest):
                raise DamagedVersion(path, f"{name} is not the file that was published")
        _check_store(path, thorough)
    except OSError as error:
        name = Path(str(error.filename or path)).name
        raise DamagedVersion(path, f"{name}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedVersion(path, "what describes its files is broken") from error
    return Version(path.name, path, manifest)


def _is_published(path: Path, name: str, manifest: Mapping[str, object]) -> bool:
    """Whether a file is as the manifest says, or a rendering as the one to follow says."""
    found = _digest(path / name)
    if found == _file_digests(manifest)[name]:
        return True
    following = path / _NEXT_MANIFEST
    return (
        name != "graph.nq"
        and following.is_file()
        and found == _file_digests(_read_json(following))[name]
    )


def _file_digests(manifest: Mapping[str, object]) -> Mapping[str, str]:
    return cast("Mapping[str, str]", manifest["files"])


def _check_store(path: Path, thorough: bool) -> None:
    listed = cast("Mapping[str, Mapping[str, object]]", _read_json(path / "store.json"))
    if not listed:
        raise DamagedVersion(path, "store.json lists no file")
    for name, kept in listed.items():
        file = path / "store" / name
        same = file.stat().st_size == kept["bytes"]
        if not same or (thorough and _digest(file) != kept["sha256"]):
            raise DamagedVersion(
                path, f"store/{name} is not the file that was published"
            )
    # RocksDB checks its own catalogue when it opens; a read-only engine only needs it to be there.
    catalogue = (path / "store" / "CURRENT").read_bytes().decode("ascii").strip()
    (path / "store" / catalogue).stat()


def _read_json(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(path.read_bytes()))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _newest_first(out: Path) -> list[Path]:
    folders = [p for p in (out / "versions").glob("*") if _ID.fullmatch(p.name)]
    return sorted(folders, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)


def _newest_whole(out: Path, but: str | None = None) -> str | None:
    for path in _newest_first(out):
        if path.name != but:
            try:
                return _open(path, thorough=False).id
            except DamagedVersion:
                continue
    return None


def _forget_old(out: Path, key: str) -> None:
    others = [path for path in _newest_first(out) if path.name != key]
    for path in others[KEPT - 1 :]:
        doomed = out / f"{_BUILDING}{path.name}-old"
        try:
            # Under its new name a removal that is cut short is finished by the next build.
            path.rename(doomed)
        except OSError:
            continue  # a reader on Windows holds it open; the next build forgets it
        _remove(doomed)


def _remove(path: Path) -> None:
    """Remove a file or folder as far as possible; what stays is swept by the next build."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
