"""The wire between a worker and whoever asks it.

A request is its length in 4 bytes, the most significant first, and as many bytes of JSON. A frame of the answer
is the length of its payload in 4 bytes, its kind in 1, and the payload. A worker says READY once. Then each
request is answered by HEAD, any number of DATA, and END; or at any point, in place of what would follow, by
one frame that says why there is no answer. Without END an answer is not whole, whatever it looks like.
"""

import json
import struct
from enum import IntEnum
from typing import IO, Any, Literal, NamedTuple, Self, cast

HEADER = struct.Struct(">IB")
"""What stands before a payload: its length and the kind of the frame."""

_LENGTH = struct.Struct(">I")

Answer = Literal["rows", "triples", "boolean"]
"""What a query is answered by: SELECT, CONSTRUCT and DESCRIBE, ASK."""


class FrameKind(IntEnum):
    """What a frame holds."""

    READY = 0
    """The worker has opened its graph. The payload is JSON: `memory`, whether a limit of memory holds here."""
    HEAD = 1
    """What comes: a `Head`."""
    DATA = 2
    """A piece of the written answer."""
    END = 3
    """The answer is whole."""
    SYNTAX = 4
    """The engine cannot read the query; JSON with what it said as `message`, as in all that follow."""
    REFUSED = 5
    """The request asks for what there is not: an unknown format, a graph named by no IRI."""
    FAILED = 6
    """The engine gave up on the query."""
    TOO_MANY_ROWS = 7
    """The answer has more rows or triples than were allowed."""
    TOO_MANY_BYTES = 8
    """The written answer is longer than was allowed."""
    OUT_OF_MEMORY = 9
    """The memory ran out in a place where the worker lives on; elsewhere it dies of it."""

    @property
    def is_problem(self) -> bool:
        """Whether nothing follows it, and what came before it is no answer."""
        return self >= FrameKind.SYNTAX


class Request(NamedTuple):
    """A query to answer, which the guard has seen.

    With `default_graphs` or `named_graphs` the query is asked of these graphs alone, whatever it says FROM; one
    of them that is None while the other is not stands for no graph. With neither, the default graph is the union
    of all graphs if `union` holds, in which case the engine ignores FROM.
    """

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    union: bool = True
    rows_format: str = "application/sparql-results+json"
    triples_format: str = "text/turtle"
    max_rows: int | None = None
    max_bytes: int | None = None
    time_s: float | None = None
    """How long the worker may work on it, should nobody have ended it by then."""
    prefixes: dict[str, str] | None = None
    """For writing triples where the format has prefixes."""
    base: str | None = None
    """What the relative IRIs of the query are relative to, if it does not say."""

    def encoded(self) -> bytes:
        """The JSON of it."""
        return json.dumps(self._asdict()).encode()

    @classmethod
    def decoded(cls, payload: bytes) -> Self:
        """Read the JSON of it; a field that is missing has its default.

        Raises: ValueError if it is something else.
        """
        fields: dict[str, Any] = json.loads(payload)
        try:
            return cls(**fields)
        except TypeError as error:
            raise ValueError(f"no request: {error}") from error


class Head(NamedTuple):
    """What kind of answer comes, and as what it is written."""

    answer: Answer
    media_type: str

    def encoded(self) -> bytes:
        """The payload of a HEAD frame: the two words, with a space between them."""
        return f"{self.answer} {self.media_type}".encode()

    @classmethod
    def decoded(cls, payload: bytes) -> Self:
        """Read the payload of a HEAD frame."""
        answer, _, media_type = payload.decode().partition(" ")
        return cls(cast(Answer, answer), media_type)


def framed_request(request: Request) -> bytes:
    """A request as it is sent."""
    return with_length(request.encoded())


def with_length(payload: bytes) -> bytes:
    """Bytes with their length before them."""
    return _LENGTH.pack(len(payload)) + payload


def read_with_length(source: IO[bytes]) -> bytes | None:
    """Take what `with_length` wrote, or None at the end of the input."""
    prefix = source.read(_LENGTH.size)
    if len(prefix) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(prefix)
    return source.read(length)


def frame(kind: FrameKind, payload: bytes = b"") -> bytes:
    """A frame as it is sent."""
    return HEADER.pack(len(payload), kind) + payload


def problem(kind: FrameKind, message: str) -> bytes:
    """A frame that says why there is no answer."""
    return frame(kind, json.dumps({"message": message}).encode())


def read_header(header: bytes) -> tuple[int, FrameKind]:
    """The length of the payload that follows, and the kind of the frame.

    Raises: ValueError if there is no such kind.
    """
    length, kind = HEADER.unpack(header)
    return length, FrameKind(kind)


def message_of(payload: bytes) -> str:
    """What a frame about a problem says."""
    return str(json.loads(payload)["message"])
