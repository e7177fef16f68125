"""What every part of the site shares: the graph that is served, and a way to ask it that stops in time."""

import asyncio
import functools
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request as WebRequest

from simpul.analysis import Label, label_query
from simpul.ontology import Language, QueryError, SimpulError
from simpul.queries import (
    DatasetChoice,
    Limits,
    Question,
    Result,
    Rows,
    Value,
    WorkerOptions,
    answer,
    guarded_request,
    result_of,
)
from simpul.queries.engine import Head, Request, framed_request
from simpul.queries.lookup import NAMES_QUERY, NameIndex

from .asking import PooledGraph
from .cache import Cache
from .errors import GraphUnread, NotReady, WorkerLost
from .generations import Generation, Source, find_source, stamp_of
from .pool import ClientGone, Pool
from .settings import Settings
from .texts import Readings
from .threads import Threads
from .workers import Reply, Worker

if TYPE_CHECKING:
    from .updates import Updates

LOG = logging.getLogger("simpul.server")

WHOLE = 1 << 62
"""More bytes than any answer has: wait for all of it."""

CLIENT: ContextVar[str] = ContextVar("client", default="")
"""Whose request is being served; in the pool each client has its turn."""


class Site:
    """The graph, the workers that answer from it, and what was answered before.

    One for each server; a handler finds it as `request.app.state.site`.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = Pool(settings)
        self.cache = Cache(settings.cache_bytes)
        self.readings = Readings()
        self.packing = Threads("packing", 2)
        """For what an answer needs on its way: reading long texts, decoding, compressing."""
        self.matching = Threads("matching", 2, waiting=_MATCHING)
        """For what computes for long at the wish of a client."""
        self.updates: Updates | None = None
        self._generation: Generation | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._changing = asyncio.Lock()
        self._graph: PooledGraph | None = None
        self.memory: dict[object, object] = {}
        """What parts of the site have worked out about the graph; emptied when another one is served."""
        self.beside: list[Callable[[Site], Coroutine[None, None, None]]] = []
        """What parts of the site do beside the requests, begun whenever another graph is served."""

    @property
    def generation(self) -> Generation:
        """The graph that is served now.

        Raises: NotReady before the first one is.
        """
        if self._generation is None:
            raise NotReady("the graph")
        return self._generation

    @property
    def graph(self) -> PooledGraph:
        """The same graph for code that waits: call it from a thread (`asyncio.to_thread`), never from a handler.

        Raises: NotReady before the site is open.
        """
        if self._graph is None:
            raise NotReady("the graph")
        return self._graph

    async def open(self) -> None:
        """Start the workers and read what the graph is called.

        Raises: NoVersion, NoGraph if there is no graph to serve; NoWorker; GraphUnread.
        """
        self._graph = PooledGraph(self, asyncio.get_running_loop())
        stamp = stamp_of(self.settings.place)
        source = await self._first_source()
        await self.change(source)
        if self.updates is None:
            self._begin(self._watch(stamp))

    async def close(self) -> None:
        """End all workers."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.updates:
            await self.updates.close()
        await self.pool.close()
        self.packing.close()
        self.matching.close()

    async def change(self, source: Source) -> asyncio.Event:
        """Serve another graph, once all is ready for it; what is being answered ends on the one before.

        Returns: what is set when nobody reads the one before any more.
        Raises: NoWorker, GraphUnread, in which case nothing changes.
        """
        async with self._changing:
            told = asyncio.ensure_future(self._told(source))
            try:
                crew = await self.pool.prepare(source.store, source.digest)
            except BaseException:
                await _cancelled(told)
                raise
            try:
                generation = await told
            except BaseException:
                await _cancelled(told)
                self.pool.dismiss(crew)
                raise
            # Together, in one turn of the loop: no answer is taken for one of the other graph.
            gone = self.pool.serve(crew)
            self._generation = generation
            self.memory.clear()
            self.cache.clear()
        LOG.info("serving %s from %s", source.digest, source.path)
        for work in self.beside:
            self._begin(work(self))
        return gone

    async def query(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
    ) -> Result:
        """Answer a query in a worker: Rows, Triples, or a bool. `limits` may narrow rows and bytes.

        Raises: what `GraphStore.query` raises; Overloaded; WorkerLost.
        """
        head, data = await self.written(text, name=name, dataset=dataset, limits=limits)
        if len(data) < _LARGE:
            return result_of(head, data)
        return await self.packing.run(functools.partial(result_of, head, data))

    async def written(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
    ) -> tuple[Head, bytes]:
        """The same answer as the worker has written it, for `result_of`.

        Raises: as `query`.
        """
        held = limits or self.settings.limits
        request = guarded_request(text, dataset=dataset, limits=held)
        reply = await self.settled(request, framed_request(request), WHOLE, name=name)
        assert reply.head
        return reply.head, reply.take()

    async def answer(
        self,
        question: Question | str,
        values: Mapping[str, Value] | None = None,
        lang: Language | None = None,
    ) -> Result:
        """Answer a question of the catalogue, or one like them, as `simpul.queries.answer` does.

        Raises: as that, and as `query`.
        """
        base = self.generation.label.base
        return await asyncio.to_thread(
            answer, self.graph, question, values, lang=lang, base=base
        )

    async def settled(
        self,
        request: Request,
        encoded: bytes,
        enough: int,
        *,
        name: str = "query",
        on_slow: Callable[[Reply], None] | None = None,
    ) -> Reply:
        """A reply of which `enough` bytes are here, or all of it. If it has not ended, abandon it in the end.

        A worker that was ended from outside is replaced by another, once.

        Raises: QueryError; Overloaded; WorkerLost.
        """
        client = CLIENT.get()
        for is_last in (False, True):
            reply = Reply(
                request, encoded, self.settings.limits, name=name, client=client
            )
            reply.on_slow = on_slow
            self.pool.ask(reply)
            try:
                await reply.settle(enough)
            except WorkerLost:
                if is_last:
                    raise
            except asyncio.CancelledError:
                self.pool.abandon(reply)
                raise
            else:
                return reply
        raise ClientGone  # not reached: the last turn returns or raises

    def url(self, request: WebRequest, path: str = "/") -> str:
        """The address of a path of this site as others can reach it."""
        public = self.settings.public_url
        root = (
            public.rstrip("/") if public else f"{request.url.scheme}://{_host(request)}"
        )
        return root + quote(path, safe="/%~:@!$&'()*+,;=?#")

    # What goes on beside the requests.

    async def _first_source(self) -> Source:
        if not self.settings.allow_update:
            return await asyncio.to_thread(find_source, self.settings.place)
        from .updates import Updates  # most servers have none

        self.updates = Updates(self)
        return await self.updates.begin()

    async def _told(self, source: Source) -> Generation:
        """What a graph is called, and the names in it, before it is served.

        A process of its own is asked, without the limits of those who ask us: it waits behind nobody, and a
        site without names would find nothing and say so of things that are there.

        Raises: NoWorker; GraphUnread.
        """
        options = WorkerOptions(str(source.store))
        worker = await Worker.start(options, _nothing, _nothing)
        try:
            label = Label.of(await self._read(worker, "label", label_query()))
            rows = await self._read(worker, "names", NAMES_QUERY)
            index = functools.partial(NameIndex.from_rows, rows)
            return Generation(source, label, await self.packing.run(index))
        except (QueryError, WorkerLost) as error:
            raise GraphUnread(source.path, str(error)) from error
        finally:
            worker.kill(ClientGone())

    async def _read(self, worker: Worker, name: str, text: str) -> Rows:
        request = guarded_request(text)
        reply = Reply(request, framed_request(request), Limits(), name=name)
        worker.ask(reply)
        await reply.settle(WHOLE)
        assert reply.head
        read = functools.partial(result_of, reply.head, reply.take())
        rows = await self.packing.run(read)
        assert isinstance(rows, Rows)
        return rows

    async def _watch(self, stamp: tuple[int, int, int] | None) -> None:
        """Follow what is current. A version that cannot be opened changes nothing, and is tried again, ever later."""
        pause = self.settings.watch_s
        while True:
            await asyncio.sleep(pause)
            now = stamp_of(self.settings.place)
            if now is None or now == stamp:
                continue
            try:
                source = await asyncio.to_thread(find_source, self.settings.place)
                if source.digest != self.generation.digest:
                    await self.change(source)
            except (SimpulError, OSError) as error:
                LOG.warning("the new version is not served: %s", error)
                pause = min(pause * 2, max(_LONGEST_PAUSE_S, self.settings.watch_s))
            else:
                stamp, pause = now, self.settings.watch_s

    def _begin(self, work: "Coroutine[None, None, None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


_LARGE = 1 << 18
_MATCHING = 16
_LONGEST_PAUSE_S = 60


async def _cancelled(task: "asyncio.Future[Generation]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _nothing(*_: object) -> None:
    """Nothing is done when a process has answered, or ended, that works for us alone."""


def _host(request: WebRequest) -> str:
    return request.headers.get("host", "localhost")
