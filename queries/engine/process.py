"""Queries with limits, each answered by a process that is ended when it goes past one.

For callers that wait. A process is started for the first query and kept for the next, so that only the first
one and the one after a stop wait for a start.
"""

import os
import subprocess
import sys
import threading
import warnings
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, NamedTuple, Self

from simpul.ontology import QueryError

from ..errors import QueryFailed, TimeExceeded
from ..exchange import error_of, error_of_death
from ..limits import Limits
from .frames import (
    HEADER,
    FrameKind,
    Head,
    Request,
    framed_request,
    message_of,
    read_header,
    with_length,
)
from .worker import Options

_PIECE = 1 << 20
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

Dump = Callable[[IO[bytes]], object]
"""Writes the quads of a graph as N-Quads."""


class Written(NamedTuple):
    """A whole answer as a worker has written it."""

    head: Head
    data: bytes


class _Gone(Exception):
    """The process is no longer there."""


class Worker:
    """One process, and the pipes to it."""

    def __init__(
        self, folder: str | None, dump: Dump | None, memory_bytes: int | None
    ) -> None:
        self.memory_bytes = memory_bytes
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            Options(folder, memory_bytes).command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._input: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout

    @classmethod
    def started(
        cls, folder: str | None, dump: Dump | None, memory_bytes: int | None
    ) -> Self:
        """Start one, and wait until it has opened its graph.

        Raises: QueryFailed if it cannot.
        """
        worker = cls(folder, dump, memory_bytes)
        try:
            if dump:
                worker._hand_over(dump)
            kind, payload = worker._read()
            if kind is not FrameKind.READY:
                raise QueryFailed("query", message_of(payload))
        except (_Gone, OSError):
            code = worker.end()
            problem = f"no process could be started for it (exit code {code})"
            raise QueryFailed("query", problem) from None
        except BaseException:
            worker.end()
            raise
        if memory_bytes is not None and payload != b'{"memory":true}':
            warnings.warn(
                f"the memory of a query cannot be limited on {sys.platform}",
                RuntimeWarning,
                stacklevel=2,
            )
        return worker

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, request: Request, limits: Limits, name: str) -> Written:
        """The whole answer to a request; the process is ended at the end of the time.

        Raises: what `error_of` and `error_of_death` tell.
        """
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(limits.time_s, stop) if limits.time_s else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            return self._exchange(request, limits, name)
        except _Gone:
            code = self.end()
            if late.is_set() and limits.time_s:
                raise TimeExceeded(name, limits.time_s) from None
            raise error_of_death(code, limits, name) from None
        finally:
            if timer:
                timer.cancel()
                timer.join()

    def end(self) -> int:
        """End the process, and say by which code it ended."""
        if self.owner == os.getpid():
            self._process.kill()
            code = self._process.wait()
        else:  # after a fork it is the process of another
            code = self._process.returncode = 0
        for pipe in (self._input, self._output):
            with suppress(OSError):  # what was not sent cannot be sent any more
                pipe.close()
        return code

    def _exchange(self, request: Request, limits: Limits, name: str) -> Written:
        try:
            self._input.write(framed_request(request))
            self._input.flush()
        except OSError:
            raise _Gone from None
        head = Head("boolean", "")
        data: list[bytes] = []
        while True:
            kind, payload = self._read()
            if kind is FrameKind.DATA:
                data.append(payload)
            elif kind is FrameKind.HEAD:
                head = Head.decoded(payload)
            elif kind is FrameKind.END:
                return Written(head, b"".join(data))
            else:
                raise error_of(kind, payload, request, limits, name)

    def _read(self) -> tuple[FrameKind, bytes]:
        header = self._output.read(HEADER.size)
        if len(header) < HEADER.size:
            raise _Gone
        length, kind = read_header(header)
        payload = self._output.read(length)
        if len(payload) < length:
            raise _Gone
        return kind, payload

    def _hand_over(self, dump: Dump) -> None:
        pieces: Any = _Pieces(self._input)  # the stub of the engine wants a whole file
        dump(pieces)
        pieces.send()
        self._input.write(with_length(b""))
        self._input.flush()


class _Pieces:
    """Takes N-Quads as they are written, and sends them in pieces."""

    __slots__ = ("_output", "_pieces", "_waiting")

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._pieces: list[bytes] = []
        self._waiting = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self._waiting += len(piece)
        if self._waiting >= _PIECE:
            self.send()
        return len(piece)

    def flush(self) -> None:
        """Nothing: a piece is sent when it is worth it."""

    def send(self) -> None:
        """Send what waits; an empty piece would be the end."""
        if self._pieces:
            self._output.write(with_length(b"".join(self._pieces)))
            self._pieces.clear()
            self._waiting = 0


class Workers:
    """Answers queries of one graph with limits, as many at a time as are asked; one process is kept for later.

    The graph is a folder, or without one what `dump` writes, as it is when a process starts.
    """

    def __init__(self, folder: str | None, dump: Dump | None = None) -> None:
        self._folder = folder
        self._dump = None if folder else dump
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        # Bound to the list and not to this object, which would then live for ever.
        self._closing = weakref.finalize(self, _end_all, self._idle)

    def answer(self, request: Request, limits: Limits, name: str) -> Written:
        """The whole answer to a request.

        Raises: the errors of queries; QueryFailed if no process can be started.
        """
        worker = self._taken(limits.memory_bytes)
        try:
            written = worker.ask(request, limits, name)
        except QueryError:
            if worker.is_alive:
                self._put_back(worker)
            else:
                worker.end()
            raise
        except BaseException:
            worker.end()
            raise
        self._put_back(worker)
        return written

    def close(self) -> None:
        """End the process that waits. A later query starts another."""
        with self._lock:
            _end_all(self._idle)

    def _taken(self, memory_bytes: int | None) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                is_fit = worker.memory_bytes == memory_bytes
                if is_fit and worker.owner == os.getpid() and worker.is_alive:
                    return worker
                worker.end()
        return Worker.started(self._folder, self._dump, memory_bytes)

    def _put_back(self, worker: Worker) -> None:
        with self._lock:
            if not self._idle and self._closing.alive:
                self._idle.append(worker)
                return
        worker.end()


def _end_all(workers: list[Worker]) -> None:
    while workers:
        workers.pop().end()
