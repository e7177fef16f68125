"""Answers that were given before, for as long as the graph that gave them is served."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: the headers that it goes with, and its body."""

    headers: Headers
    body: bytes


class Cache:
    """The answers asked for last, at most `size` bytes of them; 0 keeps none."""

    __slots__ = ("_held", "_kept", "_size", "hits", "misses")

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._held = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def held(self) -> int:
        """How many bytes it holds."""
        return self._held

    def get(self, key: Hashable) -> Answer | None:
        """The answer to a question that was asked before."""
        answer = self._kept.get(key)
        if answer is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, unless it would fill a good part of the cache alone."""
        weight = _weight(answer)
        if weight > self._size // 16:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self._held -= _weight(before)
        self._kept[key] = answer
        self._held += weight
        while self._held > self._size:
            _, oldest = self._kept.popitem(last=False)
            self._held -= _weight(oldest)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._held = 0


def _weight(answer: Answer) -> int:
    return len(answer.body) + 2048  # its key and headers, about
