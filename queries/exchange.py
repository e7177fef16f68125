"""What a worker is asked, and what its answer means: requests that the guard has seen, results, and errors.

For all who speak to workers, each in a way of its own: the library waits for one, a server for many at a time.
"""

import signal
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from simpul.ontology import QueryError

from .dataset import UNION, DatasetChoice
from .engine.frames import FrameKind, Head, Request, message_of
from .errors import (
    BytesExceeded,
    MemoryExceeded,
    QueryFailed,
    RowsExceeded,
    StackExceeded,
    TimeExceeded,
)
from .guard import see
from .limits import Limits
from .results import Result, Rows, Triples
from .syntax import syntax_error

ROWS_FORMAT: Final = ox.QueryResultsFormat.JSON.media_type
"""How rows travel that become a result here; it loses nothing, and the engine reads it fastest."""
TRIPLES_FORMAT: Final = ox.RdfFormat.N_TRIPLES.media_type
"""How triples travel that become a result here."""

NO_LIMITS: Final = Limits()


def guarded_request(
    text: str,
    *,
    dataset: DatasetChoice | None = None,
    limits: Limits = NO_LIMITS,
    rows_format: str = ROWS_FORMAT,
    triples_format: str = TRIPLES_FORMAT,
    prefixes: Mapping[str, str] | None = None,
) -> Request:
    """The request for a query, once the guard has seen it; `prefixes` are for writing triples.

    Of the limits it carries the rows, the bytes, and the time. A worker holds to the last only as a
    backstop, of its processor: whoever asks ends it in time.

    Raises: OutboundRequest; NestedTooDeep.
    """
    seen = see(text)
    chosen = dataset or UNION
    names = chosen.names_graphs
    return Request(
        text,
        default_graphs=chosen.default_graphs if names else None,
        named_graphs=chosen.named_graphs if names else None,
        # Told to make a union, the engine would ignore FROM.
        union=chosen.union and not seen.says_from,
        rows_format=rows_format,
        triples_format=triples_format,
        max_rows=limits.rows,
        max_bytes=limits.bytes,
        time_s=limits.time_s,
        prefixes=dict(prefixes) if prefixes else None,
    )


def result_of(head: Head, written: bytes) -> Result:
    """The answer that a worker has written as `ROWS_FORMAT` or `TRIPLES_FORMAT`."""
    if head.answer == "triples":
        return Triples.of(quad.triple for quad in ox.parse(written, _TRIPLES))
    read = ox.parse_query_results(written, _ROWS)
    if isinstance(read, ox.QueryBoolean):
        return bool(read)
    variables = tuple(variable.value for variable in read.variables)
    return Rows(variables, tuple(tuple(row) for row in read))


def error_of(
    kind: FrameKind, payload: bytes, request: Request, limits: Limits, name: str
) -> QueryError:
    """The error that a frame about a problem stands for."""
    said = message_of(payload)
    if kind is FrameKind.SYNTAX:
        return syntax_error(name, request.query, said)
    if kind is FrameKind.TOO_MANY_ROWS and limits.rows is not None:
        return RowsExceeded(name, limits.rows)
    if kind is FrameKind.TOO_MANY_BYTES and limits.bytes is not None:
        return BytesExceeded(name, limits.bytes)
    if kind is FrameKind.OUT_OF_MEMORY and limits.memory_bytes is not None:
        return MemoryExceeded(name, limits.memory_bytes)
    return QueryFailed(name, f"the engine gave up: {said}")


def error_of_death(code: int, limits: Limits, name: str) -> QueryError:
    """The error that the exit code of a worker stands for that died over a query, killed by none of ours.

    Memory that cannot be had ends the engine by a signal. So does a fault of it, but far more rarely.
    """
    if code == -_SIGXCPU and limits.time_s is not None:
        return TimeExceeded(name, limits.time_s)
    if code in (-signal.SIGSEGV, -_SIGBUS, _STACK_OVERFLOW):
        return StackExceeded(name)
    if code == -signal.SIGABRT and limits.memory_bytes is not None:
        return MemoryExceeded(name, limits.memory_bytes)
    return QueryFailed(name, f"the engine broke down over it (exit code {code})")


_ROWS = ox.QueryResultsFormat.JSON
_TRIPLES = ox.RdfFormat.N_TRIPLES
_SIGBUS = int(getattr(signal, "SIGBUS", 0)) or 255  # how macOS tells of a full stack
_STACK_OVERFLOW = 0xC00000FD  # how Windows does
_SIGXCPU = int(getattr(signal, "SIGXCPU", 0))  # Windows has none
