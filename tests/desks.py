"""A folder to grow in: the base of an ecosystem, packets beside it, and the graphs made of them."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packets import cut
from simpul.graph_builder import (
    Graph,
    Growth,
    Restore,
    Withdraw,
    add_sources,
    find_ecosystem,
    make_graph,
    remove_sources,
    settled_records,
)


def restore(key: str) -> Restore:
    return Restore(source=key, when="2026-11-24", who="Sari", why="diperiksa lagi")


def take_out(key: str) -> Withdraw:
    return Withdraw(source=key, when="2026-11-24", who="Sari", why="dicabut")


@dataclass(frozen=True)
class Desk:
    """A folder to work in: the base of an ecosystem, its graphs, and packets beside it."""

    home: Path
    packets: dict[str, Path]

    @property
    def base(self) -> Path:
        return self.home / "base"

    @property
    def out(self) -> Path:
        return self.home / "out"

    def add(
        self, *paths: Path, keys: Iterable[str] = (), dry_run: bool = False
    ) -> Growth:
        ecosystem = find_ecosystem(self.base)
        return add_sources(
            ecosystem, paths, tuple(keys), restore, self.out, dry_run=dry_run
        )

    def remove(self, *keys: str, dry_run: bool = False) -> Growth:
        ecosystem = find_ecosystem(self.base)
        return remove_sources(ecosystem, keys, take_out, self.out, dry_run=dry_run)

    def added(self) -> set[str]:
        folder = self.base / "added"
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def digest(self) -> str:
        """The digest of the graph that a fresh build of the folder gives."""
        return graph_of(self.base).digest

    def digest_of(self, active: Iterable[str]) -> str:
        """The digest of a folder that only ever held these packets."""
        other = self.home / "other"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(
            self.base, other, ignore=shutil.ignore_patterns("added", "*.jsonl")
        )
        for key in active:
            shutil.copytree(self.packets[key], other / "added" / key)
        return graph_of(other).digest


def graph_of(folder: Path) -> Graph:
    ecosystem = find_ecosystem(folder)
    return make_graph(ecosystem, settled_records(ecosystem))


def desk_of(where: str | Path, sources: Iterable[str], home: Path) -> Desk:
    return Desk(home, cut(find_ecosystem(where), tuple(sources), home))


def snapshot(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, save for the locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def packet(folder: Path, **files: str) -> Path:
    """A packet with these record files; one source `koran-c` unless told otherwise."""
    folder.mkdir()
    source = "- {id: koran-c, title: Koran C, publisher: Koran C, kind: news-report}\n"
    for name, text in {"sources": source, **files}.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder
