"""Versions on disk: written beside the last one, made current by one atomic replacement.

    <out>/current               a text file with the id of the current version
    <out>/versions/<id>/        graph.nq, graph.trig, store/, report.html, manifest.json

A crash at any point leaves the previous version current. `current` is a file and not a link, since
Windows lets few people make links.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from filelock import FileLock

from simpul.ontology import SimpulError

CURRENT = "current"
KEPT = 3
"""How many versions stay on disk, the current one included."""

_BUILDING = ".build-"


class NoVersion(SimpulError):
    """There is no whole version to open: none was built, or the current one is damaged."""

    def __init__(self, out: Path, problem: str, remedy: str) -> None:
        self.out = out
        super().__init__(f"{out}: {problem}; {remedy}")


@dataclass(frozen=True, slots=True)
class Version:
    """One published graph: its folder and what its manifest says."""

    id: str
    path: Path
    manifest: Mapping[str, object]

    @property
    def store_path(self) -> Path:
        """The folder of the read-only Oxigraph store."""
        return self.path / "store"


def publish(
    out: Path,
    *,
    nquads: Iterable[str],
    trig: bytes,
    manifest: Mapping[str, object],
    report: str,
) -> Version:
    """Write a version and make it current; the id is the start of the SHA-256 of its N-Quads.

    `nquads` are canonical lines. Publishing what is already there and whole changes nothing.
    One publisher at a time; the lock goes with the process that holds it, however that ends.

    Raises: OSError if the disk refuses, with the previous version still current.
    """
    graph = "".join(nquads).encode()
    key = hashlib.sha256(graph).hexdigest()[:16]
    versions = out / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        for leftover in out.glob(f"{_BUILDING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        target = versions / key
        if not _is_whole(target) or _manifest(target).get("inputs") != manifest.get(
            "inputs"
        ):
            building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=out))
            try:
                _write(building, graph, trig, manifest, report)
                if target.exists():
                    shutil.rmtree(target)
                building.rename(target)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            _sync_folder(versions)
        _make_current(out, key)
        _forget_old(out, key)
    return Version(key, target, _manifest(target))


def current_version(out: Path) -> Version:
    """The current version, after holding its files against its manifest.

    Raises: NoVersion if there is none or it is damaged, naming the way out.
    """
    pointer = out / CURRENT
    if not pointer.is_file():
        raise NoVersion(out, "no version was built here", "run `simpul build`")
    key = pointer.read_text(encoding="utf-8").strip()
    path = out / "versions" / key
    if not key.isalnum() or not _is_whole(path):
        whole = [p.name for p in sorted((out / "versions").glob("*")) if _is_whole(p)]
        older = (
            f"the version {whole[-1]} is whole: write its name into {pointer}, or "
            if whole
            else ""
        )
        raise NoVersion(
            out, f"the current version {key} is damaged", f"{older}run `simpul build`"
        )
    return Version(key, path, _manifest(path))


def _write(
    folder: Path,
    graph: bytes,
    trig: bytes,
    manifest: Mapping[str, object],
    report: str,
) -> None:
    (folder / "graph.nq").write_bytes(graph)
    (folder / "graph.trig").write_bytes(trig)
    (folder / "report.html").write_bytes(report.encode())
    store = ox.Store(folder / "store")
    store.bulk_load(graph, format=ox.RdfFormat.N_QUADS)
    # A write-ahead log that goes missing is the one loss the engine does not notice, so leave none.
    store.flush()
    store.optimize()
    del store
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("graph.nq", "graph.trig", "report.html")
    }
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in sorted((folder / "store").rglob("*"))
        if path.is_file() and path.suffix == ".sst"
    }
    text = json.dumps(
        {**manifest, "files": digests, "store": sizes},
        ensure_ascii=False,
        indent=2,
        sort_keys=True,
    )
    (folder / "manifest.json").write_bytes(text.encode() + b"\n")
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _is_whole(folder: Path) -> bool:
    try:
        manifest = _manifest(folder)
        digests = cast("Mapping[str, str]", manifest["files"])
        sizes = cast("Mapping[str, int]", manifest["store"])
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in digests.items()
        ) and all(
            (folder / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False


def _manifest(folder: Path) -> Mapping[str, object]:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    return cast("Mapping[str, object]", json.loads(text))


def _make_current(out: Path, key: str) -> None:
    fresh = out / f"{_BUILDING}{CURRENT}"
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{key}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(out / CURRENT)
    _sync_folder(out)


def _forget_old(out: Path, key: str) -> None:
    others = [p for p in (out / "versions").iterdir() if p.name != key]
    newest_first = sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT - 1 :]:
        # A reader on Windows may hold it open; the next build forgets it then.
        shutil.rmtree(path, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
