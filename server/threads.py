"""Threads beside the one that serves, kept apart by what they do, so that no kind of work can stop another.

Whoever waits for an answer of the graph does so in the threads of the event loop (`asyncio.to_thread`). What those
answers need in turn, and what computes for long, has threads of its own here: else those that wait would hold every
thread that could end their waiting.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from .errors import Overloaded

T = TypeVar("T")


class Threads:
    """A few threads for one kind of work; with `waiting`, so many pieces of it may lie there and no more."""

    def __init__(self, name: str, count: int, waiting: int | None = None) -> None:
        self._executor = ThreadPoolExecutor(count, thread_name_prefix=f"simpul-{name}")
        self._waiting = waiting
        self._here = 0

    async def run(self, work: Callable[[], T]) -> T:
        """What a function returns that is called in one of the threads.

        Raises: Overloaded if too much waits already; what the function raises.
        """
        if self._waiting is not None and self._here >= self._waiting:
            raise Overloaded(1)
        self._here += 1
        future = asyncio.get_running_loop().run_in_executor(self._executor, work)
        # Counted until it is done: a client that leaves does not end the work.
        future.add_done_callback(self._count_out)
        return await asyncio.shield(future)

    def close(self) -> None:
        """Take no more work, and wait for none."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _count_out(self, future: "asyncio.Future[T]") -> None:
        self._here -= 1
        if not future.cancelled():
            future.exception()  # told to whoever waits, if anybody does
