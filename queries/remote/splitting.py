"""The graphs of a version as files of N-Triples, so that none has to fit into memory to be sent."""

import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from ..errors import NoGraph

PIECE = 1 << 16
AT_ONCE = 20_000
"""How many statements go to a server that cannot take more at once."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a graph to be sent at once; `sent` is called with how many bytes of the graph went so far."""

    file: IO[bytes]
    start: int
    end: int
    sent: Callable[[int], None] | None

    def __len__(self) -> int:
        return self.end - self.start

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the start on."""
        done = self.start
        while done < self.end:
            self.file.seek(done)
            read = self.file.read(min(PIECE, self.end - done))
            yield read
            done += len(read)
            if self.sent:
                self.sent(done)


class GraphFile:
    """One graph as a file of N-Triples."""

    def __init__(self, file: IO[bytes]) -> None:
        self.statements = 0
        self.size = 0
        self._file = file
        self._ends = [0]

    def add(self, triple: ox.Triple) -> None:
        """Add a statement."""
        self.size += self._file.write(f"{triple} .\n".encode())
        self.statements += 1
        if self.statements % AT_ONCE == 0:
            self._ends.append(self.size)

    def whole(self, sent: Callable[[int], None] | None) -> list[Piece]:
        """All of it as one piece."""
        return [Piece(self._file, 0, self.size, sent)]

    def in_pieces(self, sent: Callable[[int], None] | None) -> list[Piece]:
        """Pieces of `AT_ONCE` statements, in their order."""
        ends = [*self._ends, self.size]
        return [
            Piece(self._file, start, end, sent)
            for start, end in pairwise(ends)
            if start < end
        ]


@contextmanager
def graph_files(path: Path, prefix: str | None) -> Generator[dict[str, GraphFile]]:
    """The graphs of an N-Quads file by their names, sorted; with a prefix, it takes the place of their own.

    Raises: NoGraph if the file is not there, is no N-Quads, or has statements in no graph or in several
    that would get one name.
    """
    with ExitStack() as open_files:
        files: dict[str, GraphFile] = {}
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
                if not isinstance(quad.graph_name, ox.NamedNode):
                    raise NoGraph(path, "has statements in a graph without a name")
                name = quad.graph_name.value
                if name not in files:
                    file = open_files.enter_context(tempfile.TemporaryFile())
                    files[name] = GraphFile(file)
                files[name].add(quad.triple)
        except (OSError, SyntaxError) as error:
            raise NoGraph(path, f"cannot be read: {error}") from error
        if not files:
            raise NoGraph(path, "holds no statement")
        named = {_renamed(name, prefix): files[name] for name in sorted(files)}
        if len(named) < len(files):
            raise NoGraph(path, f"has several graphs that would be one under {prefix}")
        yield named


def _renamed(name: str, prefix: str | None) -> str:
    """A name that begins with `prefix` up to its last part.

    >>> _renamed("https://w3id.org/simpul/graph/claims", "https://e.org/2026/")
    'https://e.org/2026/claims'
    """
    return name if prefix is None else prefix + name.rpartition("/")[2]
