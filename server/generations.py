"""The graph that is served now: which version it is, what it is called, and when another takes its place."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from simpul.analysis import Label
from simpul.graph_builder import NoVersion, current_version
from simpul.queries import NoGraph
from simpul.queries.lookup import NameIndex

CURRENT = "current"
STORE = "store"


@dataclass(frozen=True, slots=True)
class Source:
    """A graph on disk: the folder of a version, and a digest that is another one for any other graph."""

    path: Path
    digest: str

    @property
    def store(self) -> Path:
        """The folder of the indexed graph."""
        return self.path / STORE


@dataclass(frozen=True, slots=True)
class Generation:
    """A graph that is being served."""

    source: Source
    label: Label
    names: NameIndex
    loaded_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def path(self) -> Path:
        """The folder of the version."""
        return self.source.path

    @property
    def digest(self) -> str:
        """What tells this graph from every other."""
        return self.source.digest


def find_source(place: Path) -> Source:
    """The graph to serve: the one in this folder, or the current version of those that were built to it.

    Raises: NoVersion; NoGraph if there is neither.
    """
    if (place / STORE).is_dir():
        return Source(place, _digest_of_store(place / STORE))
    if not place.is_dir():
        raise NoVersion(place, "no version was built here")
    version = current_version(place)
    return Source(version.path, version.id)


def stamp_of(place: Path) -> tuple[int, int, int] | None:
    """What changes when another version becomes current; cheap enough to look at every second."""
    try:
        status = (place / CURRENT).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def _digest_of_store(store: Path) -> str:
    """A digest of the files of a store, which nobody changes while it is served."""
    digest = hashlib.sha256()
    for path in sorted(store.iterdir()):
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    if not (store / "CURRENT").is_file():
        raise NoGraph(store, "holds no indexed graph; build one with `simpul build`")
    return digest.hexdigest()[:16]
