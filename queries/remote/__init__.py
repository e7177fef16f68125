"""The address of a SPARQL server in; the same answers as from a graph on this machine out.

`RemoteGraph` asks over the SPARQL 1.1 Protocol, `push` writes a version over the Graph Store Protocol. Apart
from the room, as the HTTP client takes long to load and few lines need it.
"""

from .answering import Answers, RemoteGraph
from .credentials import Credentials, credentials_for
from .endpoints import Endpoint, Server, endpoints_at
from .errors import (
    BadEndpoint,
    BrokenAnswer,
    CopyTooLarge,
    CutAnswer,
    GraphsThere,
    NoSuchGraphs,
    NotAuthorised,
    PushFailed,
    RedirectRefused,
    RemoteError,
    RemoteRefused,
    SeveralVersions,
    TooManyGraphs,
    Unreachable,
)
from .pushing import Part, Pushed, push

__all__ = [
    "Answers",
    "BadEndpoint",
    "BrokenAnswer",
    "CopyTooLarge",
    "Credentials",
    "CutAnswer",
    "Endpoint",
    "GraphsThere",
    "NoSuchGraphs",
    "NotAuthorised",
    "Part",
    "PushFailed",
    "Pushed",
    "RedirectRefused",
    "RemoteError",
    "RemoteGraph",
    "RemoteRefused",
    "Server",
    "SeveralVersions",
    "TooManyGraphs",
    "Unreachable",
    "credentials_for",
    "endpoints_at",
    "push",
]
