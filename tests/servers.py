"""Real SPARQL servers for tests, on free ports of this machine, and false ones that do what a test says."""

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from string import Template

START_S = 60
"""How long a server may take to start, on a machine that is busy."""

NO_OXIGRAPH = "no oxigraph: pip install oxigraph"


@dataclass(frozen=True, slots=True)
class Running:
    """A server: its root, the address that a person would give, and its process."""

    root: str
    endpoint: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


def find_oxigraph() -> str | None:
    """The program of the Oxigraph server, which pip puts beside Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("oxigraph", path=beside) or shutil.which("oxigraph")


@contextmanager
def oxigraph(*options: str) -> Generator[Running]:
    """An empty Oxigraph server that keeps its graph in memory."""
    program = find_oxigraph()
    assert program is not None, NO_OXIGRAPH
    port = free_port()
    command = [program, "serve", "--bind", f"127.0.0.1:{port}", *options]
    root = f"http://127.0.0.1:{port}"
    with _running(command, None, port) as process:
        yield Running(root, root, process)


@contextmanager
def virtuoso(
    program: str, folder: Path, *, most_rows: int = 100_000
) -> Generator[Running]:
    """A new Virtuoso server with its files in a folder; its user is dba, with the password dba."""
    port, sql_port = free_port(), free_port()
    template = Path(__file__).parent / "data" / "virtuoso.ini"
    settings = Template(template.read_text("utf-8")).substitute(
        http_port=port, sql_port=sql_port, most_rows=most_rows
    )
    (folder / "virtuoso.ini").write_text(settings, "utf-8")
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    root = f"http://127.0.0.1:{port}"
    with _running(command, folder, port) as process:
        yield Running(root, f"{root}/sparql", process)


@contextmanager
def _running(
    command: list[str], folder: Path | None, port: int
) -> Generator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet
    ) as process:
        try:
            _wait_for(process, port)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(START_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once with {process.returncode}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start in {START_S} s")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Asked:
    """What an impostor was asked."""

    line: str
    headers: dict[str, str]
    body: bytes


Reply = Callable[[Asked, socket.socket], None]
"""Answers a request by what it writes, and when it returns the connection is closed."""


@dataclass(frozen=True, slots=True)
class Impostor:
    """A server that is none: where it is, and what it was asked."""

    root: str
    asked: list[Asked]


@contextmanager
def impostor(reply: Reply) -> Generator[Impostor]:
    """A server that answers every request by a function, byte for byte, right or wrong."""
    asked: list[Asked] = []
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        threads: list[threading.Thread] = []

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    continue
                thread = threading.Thread(target=serve, args=(connection,))
                thread.start()
                threads.append(thread)

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(START_S)
                request = _read_request(connection)
                if request is not None:
                    asked.append(request)
                    reply(request, connection)

        listening = threading.Thread(target=listen)
        listening.start()
        try:
            yield Impostor(f"http://127.0.0.1:{listener.getsockname()[1]}", asked)
        finally:
            over.set()
            listening.join()
            for thread in threads:
                thread.join()


def _read_request(connection: socket.socket) -> Asked | None:
    with connection.makefile("rb") as file:
        line = file.readline().decode("latin-1").strip()
        headers: dict[str, str] = {}
        while text := file.readline().decode("latin-1").strip():
            key, _, value = text.partition(":")
            headers[key.lower()] = value.strip()
        body = file.read(int(headers.get("content-length", "0")))
    return Asked(line, headers, body) if line else None


def answered(
    body: bytes,
    media_type: str = "application/sparql-results+json",
    status: str = "200 OK",
    *more: str,
) -> bytes:
    """A whole and well-formed HTTP answer."""
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body
