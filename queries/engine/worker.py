"""A process that answers queries on one graph until its input ends, and that can be ended at any moment.

    python worker.py STORE_DIR [--memory-bytes N] [--time-s N]
    python worker.py --quads   [--memory-bytes N] [--time-s N]

The first opens the indexed graph of a version for reading. The second reads N-Quads from its input before
the first request, in pieces with their lengths before them, until a piece of length 0.
`frames` says what goes in and out. Nobody can stop a query of the engine but by ending its process.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

import pyoxigraph as ox

if not __package__:
    # Started by its path: the room around this folder would take longer to load than all else together.
    __package__ = "engine"
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from . import confinement
from .counting import RowCounter, row_counter
from .frames import (
    FrameKind,
    Head,
    Request,
    frame,
    problem,
    read_with_length,
)

_PIECE = 65_536


class Options(NamedTuple):
    """How a worker is started; no folder means that the graph comes by the input."""

    folder: str | None
    memory_bytes: int | None = None
    time_s: float | None = None

    def command(self) -> list[str]:
        """The command that starts such a worker."""
        line = [sys.executable, os.path.abspath(__file__)]  # noqa: PTH100
        line.append("--quads" if self.folder is None else os.path.abspath(self.folder))  # noqa: PTH100
        if self.memory_bytes is not None:
            line += ["--memory-bytes", str(self.memory_bytes)]
        if self.time_s is not None:
            line += ["--time-s", str(self.time_s)]
        return line

    @classmethod
    def read(cls, line: list[str]) -> "Options":
        """Read what `command` writes after the name of the program."""
        folder, *rest = line
        given = dict(zip(rest[::2], rest[1::2], strict=True))
        memory, seconds = given.get("--memory-bytes"), given.get("--time-s")
        return cls(
            None if folder == "--quads" else folder,
            None if memory is None else int(memory),
            None if seconds is None else float(seconds),
        )


class _Stop(Exception):
    """An answer has become larger than was allowed."""

    def __init__(self, kind: FrameKind) -> None:
        self.kind = kind


class _Sink:
    """Takes an answer as the engine writes it, counts it, and sends it on in pieces."""

    __slots__ = ("_counter", "_output", "_pieces", "_request", "_total", "_waiting")

    def __init__(self, request: Request, output: IO[bytes]) -> None:
        self._request = request
        self._output = output
        self._counter: RowCounter | None = None
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._total = 0

    def count_rows(self, media_type: str) -> None:
        """Hold the answer to the limit of rows, which only its written form tells."""
        self._counter = row_counter(media_type)

    def write(self, piece: bytes) -> int:
        self._total += len(piece)
        most = self._request.max_bytes
        if most is not None and self._total > most:
            raise _Stop(FrameKind.TOO_MANY_BYTES)
        most = self._request.max_rows
        if self._counter and most is not None and self._counter.feed(piece) > most:
            raise _Stop(FrameKind.TOO_MANY_ROWS)
        self._pieces.append(bytes(piece))
        self._waiting += len(piece)
        if self._waiting >= _PIECE:
            self.send()
            self._output.flush()
        return len(piece)

    def flush(self) -> None:
        """Nothing: a piece is sent when it is worth it."""

    def send(self) -> None:
        """Send what waits."""
        if self._pieces:
            self._output.write(frame(FrameKind.DATA, b"".join(self._pieces)))
            self._pieces.clear()
            self._waiting = 0


def answer(store: ox.Store, request: Request, output: IO[bytes]) -> None:
    """Write the frames that answer one request; the last of them tells whether the answer is whole."""
    try:
        found = _ask(store, request)
        _write(found, request, output)
    except _Stop as stop:
        output.write(problem(stop.kind, "the answer is larger than was allowed"))
    except SyntaxError as error:
        output.write(problem(FrameKind.SYNTAX, str(error)))
    except MemoryError:
        output.write(problem(FrameKind.OUT_OF_MEMORY, "the memory ran out"))
    except BrokenPipeError:
        raise
    except (_Unfit, TypeError) as error:
        output.write(problem(FrameKind.REFUSED, str(error)))
    except (OSError, RuntimeError, ValueError) as error:
        output.write(problem(FrameKind.FAILED, str(error)))


class _Unfit(Exception):
    """A request asks for what there is not."""


def _ask(
    store: ox.Store, request: Request
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    default, named = request.default_graphs, request.named_graphs
    if default is None and named is None:
        return store.query(
            request.query,
            base_iri=request.base,
            use_default_graph_as_union=request.union,
        )
    try:
        of_default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
        of_default = [ox.NamedNode(iri) for iri in default or ()]
        of_named: list[ox.NamedNode | ox.BlankNode]
        of_named = [ox.NamedNode(iri) for iri in named or ()]
    except ValueError as error:
        raise _Unfit(f"a graph is named by an IRI: {error}") from error
    return store.query(
        request.query,
        base_iri=request.base,
        default_graph=of_default,
        named_graphs=of_named,
    )


def _write(
    found: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean,
    request: Request,
    output: IO[bytes],
) -> None:
    sink: Any = _Sink(request, output)  # the stub of the engine wants a whole file
    if isinstance(found, ox.QueryTriples):
        form = ox.RdfFormat.from_media_type(request.triples_format)
        if form is None:
            raise _Unfit(f"triples cannot be written as {request.triples_format}")
        output.write(frame(FrameKind.HEAD, Head("triples", form.media_type).encoded()))
        if request.max_rows is None and not request.prefixes:
            found.serialize(sink, form)
        else:
            triples = _at_most(found, request.max_rows)
            ox.serialize(triples, sink, form, prefixes=request.prefixes)
    else:
        rows_form = ox.QueryResultsFormat.from_media_type(request.rows_format)
        if rows_form is None:
            raise _Unfit(f"rows cannot be written as {request.rows_format}")
        media_type = rows_form.media_type
        is_rows = isinstance(found, ox.QuerySolutions)
        head = Head("rows" if is_rows else "boolean", media_type)
        output.write(frame(FrameKind.HEAD, head.encoded()))
        if is_rows and request.max_rows is not None:
            sink.count_rows(media_type)
        found.serialize(sink, rows_form)
    sink.send()
    output.write(frame(FrameKind.END))


def _at_most(triples: Iterable[ox.Triple], most: int | None) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples, 1):
        if most is not None and count > most:
            raise _Stop(FrameKind.TOO_MANY_ROWS)
        yield triple


class _Pieces:
    """The pieces of N-Quads at the beginning of the input, as one file."""

    __slots__ = ("_has_ended", "_input", "_piece")

    def __init__(self, source: IO[bytes]) -> None:
        self._input = source
        self._piece = b""
        self._has_ended = False

    def read(self, size: int = -1) -> bytes:
        # Who reads a file may ask again at its end, where requests follow here.
        if not self._piece and not self._has_ended:
            self._piece = read_with_length(self._input) or b""
            self._has_ended = not self._piece
        given = self._piece if size < 0 else self._piece[:size]
        self._piece = self._piece[len(given) :]
        return given


def _opened(options: Options, source: IO[bytes]) -> ox.Store:
    if options.folder is not None:
        confinement.allow_many_files()
        return ox.Store.read_only(options.folder)
    store = ox.Store()
    pieces: Any = _Pieces(source)
    # Parsed here, as loading would give blank nodes other labels.
    store.bulk_extend(ox.parse(pieces, ox.RdfFormat.N_QUADS))
    return store


def main() -> None:
    """Open the graph, give up what is not needed, and answer until the input ends."""
    options = Options.read(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one ends it
    source = os.fdopen(0, "rb", closefd=False)
    output = os.fdopen(os.dup(1), "wb", _PIECE)
    os.dup2(2, 1)  # whatever else is printed must not come between frames
    try:
        store = _opened(options, source)
    except (OSError, SyntaxError) as error:
        output.write(problem(FrameKind.FAILED, f"no graph can be opened: {error}"))
        output.flush()
        return
    confinement.leave_no_core()
    confinement.end_with(0)
    holds = options.memory_bytes is not None and confinement.limit_memory(
        options.memory_bytes
    )
    confinement.refuse_sockets()
    confinement.open_nothing_more(
        confinement.files_to_open(options.folder) if options.folder else 0
    )
    output.write(frame(FrameKind.READY, b'{"memory":%s}' % str(holds).lower().encode()))
    output.flush()
    while (payload := read_with_length(source)) is not None:
        try:
            request = Request.decoded(payload)
        except ValueError as error:
            output.write(problem(FrameKind.REFUSED, str(error)))
        else:
            seconds = options.time_s if request.time_s is None else request.time_s
            if seconds is not None:
                confinement.limit_processor_time(seconds)
            answer(store, request, output)
        output.flush()


if __name__ == "__main__":
    main()
