"""Who is next: a queue in which each client has its turn, however much the others ask."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from .errors import Overloaded

T = TypeVar("T")


class Waiting(Generic[T]):
    """At most `places` things that wait, of which one client may have half."""

    __slots__ = ("_length", "_places", "_retry_after_s", "_turns")

    def __init__(self, places: int, retry_after_s: int) -> None:
        self._places = places
        self._retry_after_s = retry_after_s
        self._turns: OrderedDict[str, deque[T]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, client: str, thing: T) -> None:
        """Put a thing at the end of its client's line.

        Raises: Overloaded if all places are taken, or half of them by this client.
        """
        if self._length >= self._places:
            raise Overloaded(self._retry_after_s)
        line = self._turns.get(client)
        if line is None:
            line = self._turns[client] = deque()
        elif len(line) >= max(1, self._places // 2):
            raise Overloaded(self._retry_after_s, own=True)
        line.append(thing)
        self._length += 1

    def put_back(self, client: str, thing: T) -> None:
        """Put a thing that had its turn in vain at the head of its client's line, full or not."""
        line = self._turns.setdefault(client, deque())
        line.appendleft(thing)
        self._turns.move_to_end(client, last=False)
        self._length += 1

    def __iter__(self) -> Iterator[T]:
        return (thing for line in self._turns.values() for thing in line)

    def next(self, may_go: Callable[[str], bool]) -> T | None:
        """Take the first thing of the client whose turn it is, passing over those that may not go."""
        for client in list(self._turns):
            if not may_go(client):
                continue
            line = self._turns[client]
            thing = line.popleft()
            self._length -= 1
            if line:
                self._turns.move_to_end(client)
            else:
                del self._turns[client]
            return thing
        return None

    def remove(self, client: str, thing: T) -> bool:
        """Take a thing out of the queue; whether it was there."""
        line = self._turns.get(client)
        if line is None or thing not in line:
            return False
        line.remove(thing)
        self._length -= 1
        if not line:
            del self._turns[client]
        return True
