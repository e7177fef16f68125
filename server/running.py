"""A server from its first to its last moment: the address taken, the site opened, signals heeded, all ended."""

import asyncio
import contextlib
import errno
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from typing import Any

from granian._granian import SocketHolder  # its one public door has no type
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from .app import App, make_app
from .errors import NoSuchAddress, PortTaken
from .settings import Settings

BACKLOG = 1024
PATIENCE_S = 5
"""How long what is being answered may go on after the server was told to end."""

_HEADER_TIMEOUT_MS = 10_000
_HEADER_BYTES = 65_536


def serve(
    settings: Settings,
    announce: Callable[[str], None],
    *,
    open_browser: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is given the address once requests are answered.

    Raises: PortTaken, NoSuchAddress; NoVersion, NoGraph if there is no graph; NoWorker.
    """
    with listening(settings.host, settings.port) as sock:
        asyncio.run(_serve(settings, sock, announce, open_browser))


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at an address; port 0 is any that is free.

    Raises: PortTaken; NoSuchAddress.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from None
        problem = error.strerror or str(error)
        raise NoSuchAddress(host, port, problem) from None


def address_of(settings: Settings, sock: socket.socket) -> str:
    """The address at which a browser on this machine finds the site."""
    host, port = sock.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class _Listening(Server):
    """Granian's server within this process, on a socket that we opened.

    It opens one itself otherwise, in a way that lets a second server take the same port unnoticed.
    """

    def __init__(self, app: App, sock: socket.socket) -> None:
        super().__init__(
            app,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=_HEADER_TIMEOUT_MS, max_buffer_size=_HEADER_BYTES
            ),
            websockets=False,
            backlog=BACKLOG,
            log_enabled=False,
        )
        self._sock = sock

    def _init_shared_socket(self) -> None:
        this: Any = self  # untyped there
        holder: Any = SocketHolder  # its stub has no constructor
        descriptor = self._sock.detach()
        if sys.platform == "win32":
            this._shd = holder(descriptor)
        else:
            this._shd = holder(descriptor, False, BACKLOG)
        this._sfd = descriptor
        this._ssp = None


async def _serve(
    settings: Settings,
    sock: socket.socket,
    announce: Callable[[str], None],
    open_browser: bool,
) -> None:
    app = make_app(settings)
    loop = asyncio.get_running_loop()
    address = address_of(settings, sock)
    stopping = asyncio.Event()
    _on_signals(loop, stopping.set)
    opening = asyncio.ensure_future(app.site.open())
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait((opening, stop), return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            return
        opening.result()
        server = _Listening(app, sock)
        serving = asyncio.ensure_future(server.serve())
        announce(address)
        if open_browser:
            loop.run_in_executor(None, webbrowser.open, address)
        await asyncio.wait((serving, stop), return_when=asyncio.FIRST_COMPLETED)
        stop_server: Callable[[], None] = server.stop  # untyped there
        stop_server()
        await asyncio.wait((serving,), timeout=PATIENCE_S)
        await app.site.pool.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(serving, PATIENCE_S)
    finally:
        stop.cancel()
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await app.site.close()


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    def heed(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(stop)

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, heed)
