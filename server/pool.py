"""The workers on one graph after another: who gets one, who waits, who is ended, and what replaces it.

There is always one process more than may work at a time. It stands in for one that had to be killed, and it
lets a new client be served while slow queries of others hold all the rest. While queries are quick, several lie
at one worker, which then need not wait for us between them.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simpul.queries import TimeExceeded, WorkerOptions

from .errors import NoWorker, Overloaded
from .settings import Settings
from .waiting import Waiting
from .workers import Reply, Worker

SLOW_S = 0.25
"""A query that takes longer is slow: it counts against its client, and its client is watched."""

DEEPEST = 8
"""How many queries may lie at one worker."""

AHEAD_S = 0.005
"""How much work may lie at one worker, by what queries took of late."""

_TICK_S = 0.05
_GRACE_S = 0.05
_NEWEST = 0.05
"""What share the latest query has in how long queries take."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 10.0


class ClientGone(Exception):
    """Whoever asked does not wait for the answer any more."""


@dataclass(eq=False, slots=True)
class Crew:
    """The processes on one store. One that is `leaving` takes no more queries."""

    options: WorkerOptions
    digest: str
    idle: list[Worker] = field(default_factory=list[Worker])
    all: set[Worker] = field(default_factory=set[Worker])
    starting: int = 0
    is_leaving: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Counts:
    """What has happened since the server began."""

    asked: int = 0
    timed_out: int = 0
    refused: int = 0
    killed: int = 0
    lost: int = 0
    started: int = 0


class Pool:
    """Gives each query a worker, one client after another, and ends what takes too long."""

    def __init__(self, settings: Settings) -> None:
        self._size = settings.workers
        self._time_s = settings.limits.time_s
        self._wait_s = settings.wait_s
        self._retry_after_s = max(1, round(settings.wait_s / 2))
        self._memory_bytes = settings.limits.memory_bytes
        self._crew: Crew | None = None
        self._old: set[Crew] = set()
        self._waiting: Waiting[Reply] = Waiting(settings.waiting, self._retry_after_s)
        self._held: Counter[str] = Counter()
        self._slow: Counter[str] = Counter()
        self._busy: set[Worker] = set()
        self._usual_s = SLOW_S
        self._ticks = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._pause_s = _FIRST_PAUSE_S
        self.counts = Counts()

    @property
    def running(self) -> int:
        """How many queries lie at workers."""
        return sum(len(worker.replies) for worker in self._busy)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self._waiting)

    @property
    def workers(self) -> list[Worker]:
        """All processes on the current graph."""
        return list(self._crew.all) if self._crew else []

    async def prepare(self, store: Path, digest: str) -> Crew:
        """A whole crew that is ready on a store and is not asked yet: `serve` it, or `dismiss` it.

        `digest` names the graph, and goes with each answer.

        Raises: NoWorker.
        """
        crew = Crew(WorkerOptions(str(store), self._memory_bytes), digest)
        try:
            # The first shows whether it can be done at all.
            await self._start_one(crew)
            more = (self._start_one(crew) for _ in range(self._size))
            await asyncio.gather(*more)
        except BaseException:
            self.dismiss(crew)
            raise
        return crew

    def serve(self, crew: Crew) -> asyncio.Event:
        """Answer by this crew from now on; what runs on the store before ends there.

        Returns: what is set when the last process on the store before has ended.
        """
        before, self._crew = self._crew, crew
        self._dispatch()
        if before is None:
            gone = asyncio.Event()
            gone.set()
            return gone
        self._old.add(before)
        self.dismiss(before)
        return before.gone

    def dismiss(self, crew: Crew) -> None:
        """Let a crew end as soon as it has answered what lies there."""
        crew.is_leaving = True
        for worker in crew.idle:
            worker.close()
        crew.idle.clear()
        self._note_gone(crew)

    def ask(self, reply: Reply) -> None:
        """Have a query answered as soon as it is its client's turn.

        Raises: Overloaded if it may not even wait.
        """
        self.counts.asked += 1
        if not len(self._waiting) and (worker := self._place_for(reply.client)):
            self._give(worker, reply)
        else:
            try:
                self._waiting.add(reply.client, reply)
            except Overloaded:
                self.counts.refused += 1
                raise
            reply.began = asyncio.get_running_loop().time()
            self._dispatch()
        if not self._ticks:
            self._ticks = True
            asyncio.get_running_loop().call_later(_TICK_S, self._tick)

    def abandon(self, reply: Reply) -> None:
        """The answer is not wanted any more: the work on it ends soon, unless it is as good as done."""
        if reply.is_settled:
            return
        reply.fail(ClientGone())
        if reply.worker is None:
            self._waiting.remove(reply.client, reply)
        else:
            reply.take()

    async def close(self) -> None:
        """End all processes."""
        for task in list(self._tasks):
            task.cancel()
        crews = [crew for crew in (self._crew, *self._old) if crew]
        self._crew = None
        for reply in list(self._waiting):
            self.abandon(reply)
        for crew in crews:
            self.dismiss(crew)
            for worker in list(crew.all):
                worker.kill(ClientGone())
        for crew in crews:
            await crew.gone.wait()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Who is next.

    def _place_for(self, client: str) -> Worker | None:
        """The worker that a query of this client may be given to now."""
        crew = self._crew
        if crew is None:
            return None
        if crew.idle and self._may_have_one(client):
            return crew.idle[-1]
        depth = min(DEEPEST, int(AHEAD_S / self._usual_s))
        best, least = None, depth
        for worker in self._busy:
            replies = worker.replies
            if len(replies) < least and self._takes_more(worker, crew):
                best, least = worker, len(replies)
        return best

    def _may_have_one(self, client: str) -> bool:
        busy = len(self._busy)
        if busy < self._size:
            # The last worker is kept from a client whose slow queries hold the others.
            return self._slow[client] < max(1, self._size - 1)
        return (
            busy == self._size and not self._held[client] and self._slow.total() == busy
        )

    def _takes_more(self, worker: Worker, crew: Crew) -> bool:
        first = worker.replies[0]
        is_sound = not first.is_slow and first.problem is None
        return is_sound and worker.stopped_for is None and worker in crew.all

    def _dispatch(self) -> None:
        while len(self._waiting):
            reply = self._waiting.next(
                lambda client: self._place_for(client) is not None
            )
            if reply is None:
                return
            worker = self._place_for(reply.client)
            assert worker
            self._give(worker, reply)

    def _give(self, worker: Worker, reply: Reply) -> None:
        crew = self._crew
        assert crew
        if not worker.replies:
            crew.idle.remove(worker)
            self._busy.add(worker)
            reply.began = asyncio.get_running_loop().time()
        is_alone = len(self._busy) == 1 and not worker.replies
        reply.made_of = crew.digest
        self._held[reply.client] += 1
        worker.ask(reply, at_once=is_alone)

    def _take_back(self, reply: Reply) -> None:
        """Let a query wait again that lay at a worker in vain."""
        if reply.problem is None:
            reply.began = asyncio.get_running_loop().time()
            self._waiting.put_back(reply.client, reply)

    def _settle(self, reply: Reply) -> None:
        """Count a reply out that lay at a worker."""
        reply.worker = None
        _less(self._held, reply.client)
        if reply.is_slow:
            _less(self._slow, reply.client)

    # What is looked after while anything goes on.

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        for worker in list(self._busy):
            self._look_after(worker, now)
        for reply in list(self._waiting):
            self._look_at_waiting(reply, now)
        if self._busy or len(self._waiting):
            loop.call_later(_TICK_S, self._tick)
        else:
            self._ticks = False

    def _look_after(self, worker: Worker, now: float) -> None:
        reply = worker.replies[0]
        took = now - reply.began
        if worker.stopped_for:
            return
        if reply.problem:
            if took > _GRACE_S:
                self._kill(worker, reply.problem)
        elif self._time_s is not None and took >= self._time_s:
            self.counts.timed_out += 1
            why = TimeExceeded(reply.name, self._time_s)
            reply.fail(why)  # told at once, not when the process is gone
            self._kill(worker, why)
        elif took >= SLOW_S and not reply.is_slow:
            reply.is_slow = True
            self._slow[reply.client] += 1
            self._leave_alone(worker)
            _tell_slow(reply)
            self._dispatch()

    def _leave_alone(self, worker: Worker) -> None:
        """Take back what lies behind a slow query. The worker may still answer it later, to nobody."""
        first, *others = worker.replies
        worker.replies.clear()
        worker.replies.append(first)
        for reply in reversed(others):
            worker.replies.insert(1, reply.stand_in())
            self._held[reply.client] += (
                1  # the one that stands in is counted out in its turn
            )
            self._settle(reply)
            self._take_back(reply)

    def _look_at_waiting(self, reply: Reply, now: float) -> None:
        waited = now - reply.began
        if waited >= self._wait_s:
            self._waiting.remove(reply.client, reply)
            self.counts.refused += 1
            reply.fail(Overloaded(self._retry_after_s))
        elif waited >= SLOW_S:
            _tell_slow(reply)

    def _kill(self, worker: Worker, why: BaseException) -> None:
        self.counts.killed += 1
        worker.kill(why)

    # Processes that come and go.

    async def _start_one(self, crew: Crew) -> None:
        crew.starting += 1
        try:
            worker = await Worker.start(
                crew.options, self._released_to(crew), self._lost_from(crew)
            )
        finally:
            crew.starting -= 1
            self._note_gone(crew)
        self.counts.started += 1
        if not worker.is_alive:
            raise NoWorker(Path(crew.options.folder or ""), "it ended at once")
        crew.all.add(worker)
        if crew.is_leaving:
            worker.close()
        else:
            crew.idle.append(worker)

    def _released_to(self, crew: Crew) -> Callable[[Worker, Reply], None]:
        loop = asyncio.get_running_loop()

        def released(worker: Worker, reply: Reply) -> None:
            now = loop.time()
            took = min(now - reply.began, SLOW_S)
            self._usual_s += (took - self._usual_s) * _NEWEST
            self._settle(reply)
            if worker.replies:
                worker.replies[0].began = now
            else:
                self._busy.discard(worker)
                if worker.stopped_for is None:
                    if crew.is_leaving:
                        worker.close()
                    else:
                        crew.idle.append(worker)
            if len(self._waiting):
                self._dispatch()

        return released

    def _lost_from(self, crew: Crew) -> Callable[[Worker], None]:
        def lost(worker: Worker) -> None:
            if worker in crew.idle:
                crew.idle.remove(worker)
            known = worker in crew.all
            crew.all.discard(worker)
            self._busy.discard(worker)
            replies = list(worker.replies)
            worker.replies.clear()
            for reply in reversed(replies):
                self._settle(reply)
                self._take_back(reply)
            if crew.is_leaving:
                self._note_gone(crew)
            elif known:
                if worker.stopped_for is None:
                    self.counts.lost += 1
                self._replace(crew)
            self._dispatch()

        return lost

    def _replace(self, crew: Crew) -> None:
        task = asyncio.get_running_loop().create_task(self._fill(crew))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fill(self, crew: Crew) -> None:
        while not crew.is_leaving and len(crew.all) + crew.starting < self._size + 1:
            try:
                await self._start_one(crew)
            except NoWorker:
                await asyncio.sleep(self._pause_s)
                self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)
            else:
                self._pause_s = _FIRST_PAUSE_S
                self._dispatch()

    def _note_gone(self, crew: Crew) -> None:
        if crew.is_leaving and not crew.all and not crew.starting:
            crew.gone.set()
            self._old.discard(crew)


def _less(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]


def _tell_slow(reply: Reply) -> None:
    tell, reply.on_slow = reply.on_slow, None
    if tell:
        tell(reply)
