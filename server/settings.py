"""What one server is told: what it serves, where, and within which limits."""

import os
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from simpul.graph_builder import Ecosystem
from simpul.graph_builder.extraction import Family
from simpul.queries import Limits

MEBIBYTE = 1 << 20
LEAST_MEMORY = 16 * MEBIBYTE
"""What a worker may take for a query at the least, beyond what it needs to open the graph."""


USUAL_LIMITS = Limits(time_s=30, memory_bytes=2048 * MEBIBYTE)


def usual_workers() -> int:
    """One worker for each processor, and two at least: one slow query should not stop the others."""
    return max(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What is reviewed: articles for an ecosystem, who decides, and where its versions go."""

    ecosystem: Ecosystem
    families: tuple[Family, ...]
    who: str
    out: Path
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a server.

    `place` is the folder that `simpul build` writes versions to, whose current version is followed, or the
    folder of one version. Times are in seconds, sizes in bytes. `token` is what lets a client update.
    """

    place: Path
    host: str = "127.0.0.1"
    port: int = 8090
    public_url: str | None = None
    workers: int = field(default_factory=usual_workers)
    limits: Limits = USUAL_LIMITS
    waiting: int = 128
    """How many queries may wait for a worker; one client may fill half of these places."""
    wait_s: float = 10
    cache_bytes: int = 64 * MEBIBYTE
    request_bytes: int = MEBIBYTE
    query_bytes: int = 64 << 10
    """What the text of a query may hold; for those who may update, `update_bytes` is the limit."""
    update_bytes: int = 16 * MEBIBYTE
    watch_s: float = 1
    union: bool = True
    """Whether the default graph is the union of all graphs where a query does not say."""
    allow_update: bool = False
    token: str | None = field(default=None, repr=False)
    review: Reviewing | None = None
    """What may be decided on in pages, on this machine alone."""

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError("a server needs a worker")
        if self.allow_update and not self.token:
            raise ValueError("updates need a token")
        if (self.limits.memory_bytes or LEAST_MEMORY) < LEAST_MEMORY:
            raise ValueError(f"a worker needs {LEAST_MEMORY // MEBIBYTE} MiB")
        if self.review and not self.is_local:
            raise ValueError("a review is for this machine alone")
        public = urlsplit(self.public_url or "http://localhost")
        if public.scheme not in ("http", "https") or not public.netloc:
            raise ValueError("the public address begins with http:// or https://")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this machine can reach."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
