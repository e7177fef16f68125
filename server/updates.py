"""Updates over HTTP: a working copy of a version, a process that changes it, and a generation for each change.

    <working>/state.json          which version the copy was made of, and how many updates were begun
    <working>/store/              the copy, which one process changes
    <working>/generations/<n>/    the graph after update n, which the workers read

No version is ever changed. The copy outlives the server; remove its folder to begin anew from a version.
"""

import asyncio
import contextlib
import functools
import hmac
import json
import logging
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simpul.ontology import SimpulError
from simpul.queries import (
    QueryFailed,
    TimeExceeded,
    engine,
    error_of_death,
    refuse_unsafe,
    syntax_error,
)

from . import writer
from .errors import NoWorker, ServingError, UpdateUnseen
from .generations import STORE, Source, find_source
from .protocol import Operation, Refusal
from .settings import Settings
from .using import with_using

if TYPE_CHECKING:
    from .site import Site

LOG = logging.getLogger("simpul.server")

STATE = "state.json"
_START_S = 60
_ENDING_S = 5


class WorkingCopyDamaged(ServingError):
    """The folder of the working copy does not hold one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"{folder}: this is no whole working copy; remove the folder to begin anew from the current version"
        )


def allow(settings: Settings, authorization: bytes | None) -> None:
    """Let a client update that shows the token.

    Raises: Refusal: 403 where nobody may, 401 for another token or none.
    """
    if not settings.allow_update or not settings.token:
        raise Refusal(403, "this server takes no updates")
    scheme, _, shown = (authorization or b"").partition(b" ")
    # In constant time, so that nobody can feel their way to the token byte by byte.
    same = hmac.compare_digest(shown.strip(), settings.token.encode())
    if scheme.lower() != b"bearer" or not same:
        raise Refusal(
            401,
            "an update needs the header Authorization: Bearer TOKEN",
            {"www-authenticate": 'Bearer realm="update"'},
        )


def is_allowed(settings: Settings, authorization: bytes | None) -> bool:
    """Whether a client shows the token with which it may update."""
    if authorization is None or not settings.allow_update:
        return False
    try:
        allow(settings, authorization)
    except Refusal:
        return False
    return True


class Updates:
    """The working copy of a site."""

    def __init__(self, site: "Site") -> None:
        self._site = site
        self._folder = working_folder(site.settings)
        self._process: asyncio.subprocess.Process | None = None
        self._alone = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._base = ""
        self._born = ""
        self._count = 0

    @property
    def folder(self) -> Path:
        """Where the working copy is."""
        return self._folder

    @property
    def base(self) -> str:
        """The version that the working copy was made of."""
        return self._base

    async def begin(self) -> Source:
        """Open the working copy, made of the current version where there is none, and its first generation.

        Raises: NoVersion; NoGraph; WorkingCopyDamaged; NoWorker if another server has it.
        """
        await asyncio.to_thread(self._find)
        try:
            # First of all: whoever has the store open has all of the folder, and nobody else may touch it.
            await self._start()
            await asyncio.to_thread(self._clear)
            await self._ask(None)
        except BaseException:
            await self._end()
            raise
        return self._source()

    async def apply(self, operation: Operation, base: str) -> None:
        """Do an update, and serve what comes of it; when this returns every answer is of the new graph.

        Its relative IRIs are relative to `base`.

        Raises: Refusal; QuerySyntaxError; OutboundRequest; NestedTooDeep; QueryFailed; TimeExceeded;
            MemoryExceeded; NoWorker; UpdateUnseen where the update stands nevertheless.
        """
        text = operation.text
        await self._site.packing.run(functools.partial(refuse_unsafe, text))
        if operation.default_graphs or operation.named_graphs:
            text = with_using(
                text, operation.default_graphs or (), operation.named_graphs or ()
            )
        async with self._alone:
            await self._ask(text, base)
            before, source = self._site.generation.path, self._source()
            try:
                gone = await self._site.change(source)
            except SimpulError as error:
                LOG.error("an update is done and not served: %s", error)
                await asyncio.to_thread(_remove, source.path)
                raise UpdateUnseen(str(error)) from error
            except BaseException:
                await asyncio.to_thread(_remove, source.path)
                raise
        task = asyncio.get_running_loop().create_task(_forget(before, gone))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End the process that writes."""
        for task in list(self._tasks):
            task.cancel()
        await self._end()

    def _find(self) -> None:
        if not self._folder.exists():
            _copy(find_source(self._site.settings.place), self._folder)
        self._read_state()
        if not (self._folder / STORE / "CURRENT").is_file():
            raise WorkingCopyDamaged(self._folder)

    def _read_state(self) -> None:
        try:
            known = json.loads((self._folder / STATE).read_text("utf-8"))
            self._base, self._born = str(known["base"]), str(known["born"])
            self._count = int(known["count"])
        except (OSError, ValueError, KeyError, TypeError):
            raise WorkingCopyDamaged(self._folder) from None

    def _clear(self) -> None:
        _remove(self._folder / "generations")
        (self._folder / "generations").mkdir(exist_ok=True)

    def _source(self) -> Source:
        digest = f"{self._base}-{self._born}-{self._count}"
        return Source(self._generation(), digest)

    def _generation(self) -> Path:
        return self._folder / "generations" / str(self._count)

    async def _ask(self, text: str | None, base: str | None = None) -> None:
        if self._process is None:
            await self._start()
        self._count += 1
        # Counted before anything happens: no two graphs may go by the same number.
        _write_state(self._folder, self._base, self._born, self._count)
        generation = self._generation()
        generation.mkdir(parents=True)
        try:
            await self._done(text, base, generation)
        except BaseException:
            await asyncio.to_thread(_remove, generation)
            raise

    async def _done(self, text: str | None, base: str | None, generation: Path) -> None:
        """Have an update done, and the graph after it put into a folder."""
        request = {
            "update": text,
            "base": base,
            "generation": str((generation / STORE).absolute()),
        }
        limits = self._site.settings.limits
        process = self._process
        assert process
        assert process.stdin
        stands = False
        problem: SimpulError
        try:
            async with asyncio.timeout(limits.time_s):
                process.stdin.write(writer.framed(request))
                await process.stdin.drain()
                answer = await _read(process)
                if not answer["problem"]:
                    stands = text is not None
                    answer = await _read(process)
        except TimeoutError:
            await self._end()
            problem = TimeExceeded("update", limits.time_s or 0)
        except (asyncio.IncompleteReadError, OSError):
            problem = error_of_death(await self._ended(), limits, "update")
        except BaseException:
            await self._end()  # its answer would be taken for that to the next update
            raise
        else:
            if not answer["problem"]:
                return
            said = answer["message"] or ""
            problem = QueryFailed("update", f"the engine gave up: {said}")
            if answer["problem"] == "syntax":
                problem = syntax_error("update", text or "", said, is_update=True)
        if stands:
            LOG.error("an update is done and not served: %s", problem)
            raise UpdateUnseen(str(problem))
        raise problem

    async def _start(self) -> None:
        store = self._folder / STORE
        memory = self._site.settings.limits.memory_bytes
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(Path(writer.__file__).absolute()),
            str(store.absolute()),
            str(Path(engine.__file__).absolute().parent.parent),
            *([str(memory)] if memory is not None else []),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_START_S):
                await _read(process)
        except (TimeoutError, asyncio.IncompleteReadError):
            await self._end()
            problem = "another server may be changing it"
            raise NoWorker(store, problem) from None
        # Another server may have counted on, while nobody had the store open.
        await asyncio.to_thread(self._read_state)

    async def _ended(self) -> int:
        """The code by which the process ended whose output has ended."""
        assert self._process
        try:
            async with asyncio.timeout(_ENDING_S):
                return await self._process.wait()
        except TimeoutError:
            return 1
        finally:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()


def working_folder(settings: Settings) -> Path:
    """Where the working copy of what is served lies."""
    place = settings.place
    if (place / STORE).is_dir():
        return place.with_name(f"{place.name}-working")
    return place / "working"


def _copy(source: Source, folder: Path) -> None:
    building = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        shutil.copytree(source.store, building / STORE)
        _write_state(building, source.digest, secrets.token_hex(4), 0)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write_state(folder: Path, base: str, born: str, count: int) -> None:
    state = json.dumps({"base": base, "born": born, "count": count}) + "\n"
    beside = folder / f"{STATE}.next"
    beside.write_text(state, "utf-8")
    beside.replace(folder / STATE)


async def _read(process: asyncio.subprocess.Process) -> dict[str, str | None]:
    assert process.stdout
    prefix = await process.stdout.readexactly(writer.LENGTH.size)
    (length,) = writer.LENGTH.unpack(prefix)
    answer: dict[str, str | None] = json.loads(await process.stdout.readexactly(length))
    return answer


async def _forget(generation: Path, gone: asyncio.Event) -> None:
    """Remove a generation once nobody reads it."""
    await gone.wait()
    await asyncio.to_thread(_remove, generation)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
