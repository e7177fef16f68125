"""A version written to a server, one named graph at a time, over the Graph Store Protocol."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from .answering import Answers, RemoteGraph
from .calling import Call, Caller
from .credentials import Credentials, credentials_for
from .endpoints import Endpoint, Server
from .errors import BadEndpoint, GraphsThere, PushFailed, RemoteRefused
from .splitting import GraphFile, graph_files

FILE = "graph.nq"
"""The file of a version that is pushed."""

TIMEOUT_S = 900.0
"""How long a server may take over one graph."""

_NAME = "push"
_ANSWER_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """A graph to write: its name there, its statements, and how many of them or others stand there already."""

    graph: str
    statements: int
    before: int


Told = Callable[[Part, int, int], None]
"""Called as a graph is sent, with how many of its bytes went, and of how many."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was written, or in a dry run would be, to which server."""

    endpoint: Endpoint
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All statements."""
        return sum(part.statements for part in self.parts)


def push(
    version: Path,
    url: str,
    *,
    store_url: str | None = None,
    credentials: Credentials | None = None,
    graph_prefix: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    timeout_s: float = TIMEOUT_S,
    told: Told | None = None,
) -> Pushed:
    """Write the graphs of a version to a server, each by a PUT, and count what stands there afterwards.

    A graph keeps its name, or with `graph_prefix` begins with that. Nothing but these graphs is written,
    and never the graph without a name. A PUT replaces a graph whole, so after an interruption the same
    push with `replace` completes it. Virtuoso gets what is large in pieces, the rest after the first by POST.

    Raises: GraphsThere if they hold something already and `replace` is not given; PushFailed if the
    counts do not agree afterwards; NoGraph if the version holds no graph; BadEndpoint if the address or
    the prefix cannot be used, or that of the store is not known; otherwise as `RemoteGraph.query`.
    """
    _check_prefix(url, graph_prefix)
    remote = RemoteGraph(
        url,
        store_url=store_url,
        credentials=credentials,
        answers=Answers.SERVER,
        timeout_s=timeout_s,
    )
    with closing(remote), graph_files(version / FILE, graph_prefix) as files:
        if not remote.endpoint.store:
            raise _storeless(remote.endpoint)
        parts = tuple(
            Part(name, file.statements, remote.count(name))
            for name, file in files.items()
        )
        endpoint = _writable(remote, sure=store_url is not None)
        there = {part.graph: part.before for part in parts if part.before}
        if there and not replace and not dry_run:
            raise GraphsThere(_NAME, endpoint.query, there)
        if not dry_run:
            known = credentials or credentials_for(endpoint.store, os.environ)
            _write(endpoint, known, parts, files, timeout_s, told)
            _check(remote, parts)
        return Pushed(endpoint, parts)


def _check_prefix(url: str, prefix: str | None) -> None:
    if prefix is not None:
        try:
            ox.NamedNode(f"{prefix}claims")
        except ValueError as error:
            problem = f"gets no graph whose name begins with {prefix!r}: {error}"
            raise BadEndpoint(_NAME, url, problem) from None


def _writable(remote: RemoteGraph, *, sure: bool) -> Endpoint:
    """Where a server takes graphs; a guess is dropped if it says that it is of another kind."""
    endpoint = remote.endpoint
    wrong = endpoint.kind is Server.VIRTUOSO and remote.answered_as is not endpoint.kind
    if wrong and not sure:
        raise _storeless(endpoint)
    return endpoint


def _storeless(endpoint: Endpoint) -> BadEndpoint:
    problem = "does not tell where it takes graphs; say so with --store-url"
    return BadEndpoint(_NAME, endpoint.query, problem)


def _write(
    endpoint: Endpoint,
    credentials: Credentials,
    parts: Sequence[Part],
    files: Mapping[str, GraphFile],
    timeout_s: float,
    told: Told | None,
) -> None:
    caller = Caller(
        endpoint.store, credentials, timeout_s=timeout_s, most_bytes=_ANSWER_BYTES
    )
    headers = {"content-type": "application/n-triples"}
    with closing(caller):
        for part in parts:
            url, parameters = endpoint.store_of(part.graph)
            if part is parts[0]:
                # A server that wants to know who asks says so before a whole graph is sent in vain. Oxigraph
                # answers a HEAD with a body, which would be taken for the next answer.
                alone = {"connection": "close"}
                with suppress(RemoteRefused):
                    caller.call(Call(_NAME, "HEAD", url, alone, parameters))
            file = files[part.graph]
            sent = partial(_tell, told, part, file.size) if told else None
            # Virtuoso takes 60,000 statements in 3 s and 300,000 not in 2 minutes, but these in 20 pieces in 9 s.
            slow = endpoint.kind is Server.VIRTUOSO
            method = "PUT"
            for piece in file.in_pieces(sent) if slow else file.whole(sent):
                caller.call(Call(_NAME, method, url, headers, parameters, piece))
                method = "POST"


def _tell(told: Told, part: Part, size: int, sent: int) -> None:
    told(part, sent, size)


def _check(remote: RemoteGraph, parts: Sequence[Part]) -> None:
    for part in parts:
        found = remote.count(part.graph)
        if found != part.statements:
            url = remote.endpoint.query
            raise PushFailed(_NAME, url, part.graph, part.statements, found)
