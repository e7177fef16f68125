"""A process that answers queries, and the answer that comes from it piece by piece."""

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import cast

from simpul.ontology import SimpulError
from simpul.queries import Limits, WorkerOptions, error_of, error_of_death
from simpul.queries.engine import HEADER, FrameKind, Head, Request

from .errors import NoWorker, WorkerLost

START_S = 60
"""How long a worker may take to open its graph."""

_WINDOW = 1 << 20
"""How much of an answer may lie here unread before the worker has to wait."""
_SAID = 2000
_STDERR = 2
_SIGKILL = 9


class Reply:
    """An answer on its way: first whether there is one, then its pieces.

    It is one of three things: still coming, `ended` and whole, or without an answer for the reason in `problem`.
    `encoded` is the framed request; `made_of` names the graph that answers.
    """

    __slots__ = (
        "_enough",
        "_pieces",
        "_waiter",
        "began",
        "client",
        "encoded",
        "ended",
        "head",
        "is_slow",
        "limits",
        "made_of",
        "name",
        "on_slow",
        "problem",
        "request",
        "size",
        "worker",
    )

    def __init__(
        self,
        request: Request,
        encoded: bytes,
        limits: Limits,
        *,
        name: str = "query",
        client: str = "",
        on_slow: "Callable[[Reply], None] | None" = None,
    ) -> None:
        self.request = request
        self.encoded = encoded
        self.limits = limits
        self.name = name
        self.client = client
        self.on_slow = on_slow
        self.made_of = ""
        self.head: Head | None = None
        self.ended = False
        self.is_slow = False
        self.problem: BaseException | None = None
        self.size = 0
        self.began = 0.0
        """When its worker took it up, or when it began to wait for one."""
        self.worker: Worker | None = None
        self._pieces: list[bytes] = []
        self._enough = 0
        self._waiter: asyncio.Future[None] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will come."""
        return self.ended or self.problem is not None

    @property
    def is_full(self) -> bool:
        """Whether its worker has to wait until some of it is taken: never for what its reader waits for whole."""
        return self.size >= max(_WINDOW, self._enough)

    def stand_in(self) -> "Reply":
        """One that takes the place of this one at a worker, for an answer that nobody waits for there."""
        other = Reply(
            self.request, b"", self.limits, name=self.name, client=self.client
        )
        other.problem = WorkerLost(None)
        other.worker = self.worker
        return other

    async def settle(self, enough: int) -> None:
        """Wait until the answer is whole, or this many bytes of it are here.

        Raises: whatever keeps it from being answered.
        """
        while not (self.ended or self.problem or self.size >= enough):
            self._enough = enough
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if self.problem:
            raise self.problem

    def take(self) -> bytes:
        """What has come since the last time."""
        taken = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        if self.worker:
            self.worker.go_on()
        return taken

    def feed(self, kind: FrameKind, payload: bytes) -> None:
        """Take the next frame."""
        if self.problem:
            return
        if kind is FrameKind.DATA:
            self._pieces.append(payload)
            self.size += len(payload)
            if self.size >= self._enough:
                self._wake()
        elif kind is FrameKind.HEAD:
            self.head = Head.decoded(payload)
        elif kind is FrameKind.END:
            self.ended = True
            self._wake()
        else:
            self.fail(error_of(kind, payload, self.request, self.limits, self.name))

    def fail(self, problem: BaseException) -> None:
        """There is no answer, for this reason; the first one counts."""
        if not self.is_settled:
            self.problem = problem
            self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class Worker(asyncio.SubprocessProtocol):
    """A process on one graph, which answers one query after another until it is closed or killed.

    `released` is called with each reply that is done, `lost` once when the process has ended.
    """

    def __init__(
        self,
        released: "Callable[[Worker, Reply], None]",
        lost: "Callable[[Worker], None]",
    ) -> None:
        self._released = released
        self._lost = lost
        self._buffer = b""
        self._input: asyncio.WriteTransport | None = None
        self._output: asyncio.ReadTransport | None = None
        self._transport: asyncio.SubprocessTransport | None = None
        self._is_paused = False
        self._said = b""
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._unsent: list[bytes] = []
        self.replies: deque[Reply] = deque()
        """What it was asked and has not answered; it works on the first."""
        self.stopped_for: BaseException | None = None
        """Why it was killed, if we did it."""
        self.is_alive = True

    @classmethod
    async def start(
        cls,
        options: WorkerOptions,
        released: "Callable[[Worker, Reply], None]",
        lost: "Callable[[Worker], None]",
    ) -> "Worker":
        """Start a process and wait until it has opened its graph.

        Raises: NoWorker.
        """
        store = Path(options.folder or "")
        loop = asyncio.get_running_loop()
        try:
            _, protocol = await loop.subprocess_exec(
                lambda: cls(released, lost), *options.command()
            )
        except OSError as error:
            raise NoWorker(store, str(error)) from error
        worker = protocol
        try:
            await asyncio.wait_for(asyncio.shield(worker._ready), START_S)
        except TimeoutError:
            worker.kill(WorkerLost(None))
            raise NoWorker(store, f"it took more than {START_S} s") from None
        except WorkerLost as error:
            raise NoWorker(store, error.said or f"it ended with {error.code}") from None
        except asyncio.CancelledError:
            worker.kill(WorkerLost(None))
            raise
        return worker

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._transport
        return self._transport.get_pid() or 0

    def ask(self, reply: Reply, *, at_once: bool = False) -> None:
        """Send a query, to be taken up after those before it; its answer comes to `reply`.

        `at_once` is for one that comes alone: nothing is gained by waiting for others to go with it.
        """
        self.replies.append(reply)
        reply.worker = self
        if at_once and self._input and not self._unsent:
            self._input.write(reply.encoded)
            return
        if not self._unsent:
            # What is asked in one turn of the loop goes out together, which saves calls of the system.
            asyncio.get_running_loop().call_soon(self._send)
        self._unsent.append(reply.encoded)

    def go_on(self) -> None:
        """Read on, after the reader of the answer has caught up."""
        if self._is_paused and self._output:
            self._is_paused = False
            self._output.resume_reading()

    def kill(self, why: BaseException) -> None:
        """End the process at once; whoever waits for it is told why."""
        self.stopped_for = self.stopped_for or why
        if self._transport and self.is_alive:
            try:
                self._transport.kill()
            except ProcessLookupError:
                return
        self.go_on()

    def close(self) -> None:
        """Let the process end by itself, as it does when its input ends."""
        if self._input and self.is_alive:
            self._input.close()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep both ends of the process."""
        self._transport = cast(asyncio.SubprocessTransport, transport)
        pipes = [self._transport.get_pipe_transport(number) for number in (0, 1)]
        self._input = cast(asyncio.WriteTransport, pipes[0])
        self._output = cast(asyncio.ReadTransport, pipes[1])

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Cut what has come into frames."""
        if fd == _STDERR:
            self._said = (self._said + data)[-_SAID:]
            return
        if self._buffer:
            data = self._buffer + data
        start, total = 0, len(data)
        while total - start >= HEADER.size:
            length, number = HEADER.unpack_from(data, start)
            end = start + HEADER.size + length
            if end > total:
                break
            self._take(FrameKind(number), data[start + HEADER.size : end])
            start = end
        self._buffer = data[start:] if start < total else b""

    def process_exited(self) -> None:
        """Tell whoever waits."""
        self.is_alive = False
        assert self._transport
        code = self._transport.get_returncode()
        said = self._said.decode("utf-8", "replace").strip()
        if self.replies:
            first = self.replies[0]
            first.fail(self.stopped_for or _why_it_ended(code, said, first))
        if not self._ready.done():
            self._ready.set_exception(WorkerLost(code, said))
            # Read or not: nobody may be waiting any more.
            self._ready.exception()
        self._transport.close()
        self._lost(self)

    def _send(self) -> None:
        unsent, self._unsent = self._unsent, []
        if self._input and self.is_alive:
            self._input.write(b"".join(unsent))

    def _take(self, kind: FrameKind, payload: bytes) -> None:
        if kind is FrameKind.READY:
            if not self._ready.done():
                self._ready.set_result(None)
            return
        if not self.replies:
            return
        reply = self.replies[0]
        reply.feed(kind, payload)
        # Free only after its last frame: one whose answer nobody wants any more still sends it.
        if kind is FrameKind.END or kind.is_problem:
            self.replies.popleft()
            reply.worker = None
            self._released(self, reply)
        elif reply.is_full and self._output and not self._is_paused:
            self._is_paused = True
            self._output.pause_reading()


def _why_it_ended(code: int | None, said: str, reply: Reply) -> SimpulError:
    """Why a process that nobody here ended has ended over a query."""
    if code is None or code == -_SIGKILL:
        return WorkerLost(code, said)
    return error_of_death(code, reply.limits, reply.name)
