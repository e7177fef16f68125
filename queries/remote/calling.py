"""One HTTP client that trusts no server: bounded in time and bytes, never led to another host."""

import socket
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from typing import Any, NamedTuple, Protocol
from urllib.parse import urljoin

import httpx

from ..errors import TimeExceeded
from .credentials import NOBODY, Credentials
from .endpoints import checked, is_loopback, origin_of
from .errors import (
    BadEndpoint,
    BrokenAnswer,
    NotAuthorised,
    RedirectRefused,
    RemoteError,
    RemoteRefused,
    Unreachable,
)
from .logins import Login
from .receiving import Received, receive
from .said import one_line, said_by

HOPS = 3
"""Redirects that are followed, all on one host."""

TRIES = 2
"""How often a server may ask again who asks, as the challenge of a digest grows old."""

CONNECT_S = 20.0
_LEADS_ON = (301, 302, 303, 307, 308)


class Body(Protocol):
    """Bytes to send, of known length; they are read anew for every try."""

    def __len__(self) -> int: ...

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the start on."""
        ...


class Bytes(bytes):
    """A body that is in memory."""

    def pieces(self) -> Iterator[bytes]:
        """All of it."""
        yield bytes(self)


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask of a server; `name` says in errors what it is asked for."""

    name: str
    method: str
    url: str
    headers: Mapping[str, str]
    parameters: Mapping[str, str] | None = None
    body: Body | None = None


class _Bounds(NamedTuple):
    time_s: float
    bytes: int


class Caller:
    """Asks one server, over one connection that is kept.

    `timeout_s` bounds every call from the first to the last byte, `most_bytes` every answer.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials = NOBODY,
        *,
        timeout_s: float,
        most_bytes: int,
    ) -> None:
        self.timeout_s = timeout_s
        self.most_bytes = most_bytes
        self._login = Login(credentials)
        self._stream: Any = None  # httpcore does not say what it is
        self._over = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._client = httpx.Client(
            follow_redirects=False,
            trust_env=not is_loopback(url),  # no proxy leads to this very machine
            limits=httpx.Limits(max_connections=1),
            headers={
                "user-agent": f"simpul/{version('simpul')}",
                "accept-encoding": "gzip",
            },
        )
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.close = self._client.close

    def call(
        self,
        call: Call,
        *,
        timeout_s: float | None = None,
        most_bytes: int | None = None,
    ) -> Received:
        """Ask, and wait for the whole answer.

        Raises: Unreachable; NotAuthorised; RemoteRefused; RedirectRefused; BrokenAnswer; TimeExceeded;
        BytesExceeded.
        """
        time_s = self.timeout_s if timeout_s is None else timeout_s
        most = self.most_bytes if most_bytes is None else most_bytes
        with self._one_at_a_time, self._watched(call, time_s):
            return self._led(call, _Bounds(time_s, most))

    def _led(self, call: Call, bounds: _Bounds) -> Received:
        """Ask, go where that leads on one host, and say who asks where that is wanted."""
        url, hops, tries = call.url, 0, 0
        while True:
            answer = self._once_more(call, url, bounds)
            status = answer.status
            if status in _LEADS_ON and "location" in answer.headers:
                hops += 1
                if hops > HOPS:
                    raise BrokenAnswer(call.name, url, "leads round in a circle")
                url = _led_to(call, url, answer.headers["location"])
                continue
            if status == 401 and tries < TRIES:
                tries += 1
                if self._login.learn(answer.headers, url):
                    continue
            if status in (401, 403):
                problem = self._login.problem(status)
                raise NotAuthorised(call.name, url, status, problem)
            if not 200 <= status < 300:
                said = said_by(answer.body, answer.media_type)
                raise RemoteRefused(call.name, url, status, said)
            return answer

    def _once_more(self, call: Call, url: str, bounds: _Bounds) -> Received:
        try:
            return self._once(call, url, bounds)
        except httpx.RemoteProtocolError as error:
            # A server may close a kept connection just when it is used again.
            if self._over.is_set() or "without sending a response" not in str(error):
                raise
        return self._once(call, url, bounds)

    def _once(self, call: Call, url: str, bounds: _Bounds) -> Received:
        headers = dict(call.headers)
        if call.body is not None:
            headers["content-length"] = str(len(call.body))
        request = self._client.build_request(
            call.method,
            url,
            params=call.parameters,
            headers=headers,
            content=None if call.body is None else call.body.pieces(),
            timeout=httpx.Timeout(bounds.time_s, connect=min(bounds.time_s, CONNECT_S)),
            extensions={"trace": self._trace},
        )
        self._login.sign(request, call.name)
        response = self._client.send(request, stream=True)
        try:
            return receive(response, url, call.name, bounds.bytes)
        finally:
            response.close()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]

    @contextmanager
    def _watched(self, call: Call, time_s: float) -> Generator[None]:
        """Break the connection off when the time is over, and say what went wrong in our words.

        The timeouts of the client begin anew with every byte, so that a server could drip for ever.
        """
        over = self._over = threading.Event()

        def stop() -> None:
            over.set()
            _break(self._stream)

        timer = threading.Timer(time_s, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
            if over.is_set():  # what we broke off ourselves can look like an end
                raise TimeExceeded(call.name, time_s)
        except (httpx.HTTPError, httpx.StreamError, BrokenAnswer) as error:
            late = isinstance(error, httpx.TimeoutException) and (
                time_s <= CONNECT_S or not isinstance(error, httpx.ConnectTimeout)
            )
            if over.is_set() or late:
                raise TimeExceeded(call.name, time_s) from None
            if isinstance(error, BrokenAnswer):
                raise
            raise _failure(call, error) from None
        finally:
            timer.cancel()


def _led_to(call: Call, url: str, location: str) -> str:
    """Where a redirect leads, if that may be followed."""
    try:
        target = urljoin(url, location)
        checked(target)
    except (ValueError, BadEndpoint):
        raise RedirectRefused(call.name, url, one_line(location)) from None
    before, after = origin_of(url), origin_of(target)
    # Two ports of one host may belong to two people, but http leads to https where it should.
    to_tls = before == ("http", before[1], 80) and after == ("https", before[1], 443)
    if before != after and not to_tls:
        raise RedirectRefused(call.name, url, one_line(target))
    return target.partition("?")[0] if call.parameters else target


def _break(stream: Any) -> None:
    """End a connection that another thread waits for."""
    connection = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(connection, socket.socket):
        with suppress(OSError):
            # Beneath TLS, which two threads may not use at once.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _failure(call: Call, error: Exception) -> RemoteError:
    said = one_line(str(error)) or type(error).__name__
    if isinstance(error, httpx.ConnectTimeout):
        return Unreachable(call.name, call.url, f"does not answer in {CONNECT_S:g} s")
    if isinstance(error, httpx.ConnectError):
        problem = "cannot be reached"
        if "CERTIFICATE_VERIFY_FAILED" in said:
            problem = "shows a certificate that does not hold"
        return Unreachable(call.name, call.url, f"{problem}: {said}")
    if isinstance(
        error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError
    ):
        return BrokenAnswer(call.name, call.url, f"broke off: {said}")
    return Unreachable(call.name, call.url, f"cannot be asked: {said}")
