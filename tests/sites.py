"""Our own server for tests: a process of its own on a free port, ended with all that it started."""

import json
import signal
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pyoxigraph as ox

TOKEN = "a-token-for-tests-alone"
PATIENCE_S = 60

_PROGRAM = """
import json, logging, sys
from pathlib import Path
from simpul.queries import Limits
from simpul.server import Settings, serve
logging.basicConfig(level=logging.INFO)
given = json.loads(sys.argv[1])
limits = Limits(**given.pop("limits", {"time_s": 20}))
place = Path(given.pop("place"))
serve(Settings(place, port=0, limits=limits, **given), lambda address: print(address, flush=True))
"""


@dataclass(frozen=True)
class RunningSite:
    """A server that runs: its address, its process, and the file of its log."""

    address: str
    process: psutil.Process
    log: Path

    @property
    def sparql(self) -> str:
        """The address of the endpoint."""
        return f"{self.address}sparql"

    def workers(self) -> list[psutil.Process]:
        """The processes that answer queries."""
        return [
            child
            for child in self.process.children()
            if any("worker.py" in part for part in _command(child))
        ]

    def client(self) -> httpx.Client:
        """A client of it; close it."""
        return httpx.Client(base_url=self.address, timeout=PATIENCE_S)

    def ask(self, text: str, **headers: str) -> httpx.Response:
        """The response to a query by GET."""
        return httpx.get(
            self.sparql, params={"query": text}, headers=headers, timeout=PATIENCE_S
        )

    def end(self) -> int:
        """Tell it to end, and wait; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S) or 0


@contextmanager
def running_site(
    place: Path, log: Path | None = None, **settings: object
) -> Generator[RunningSite]:
    """A server on a folder of versions, or on one version, with these `Settings`; `limits` is a mapping."""
    log = log or place / "server.log"
    given = json.dumps({"place": str(place), **settings})
    with log.open("ab") as said:
        started = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, given], stdout=subprocess.PIPE, stderr=said
        )
    try:
        assert started.stdout
        address = started.stdout.readline().decode().strip()
        assert address, log.read_text("utf-8")
        yield RunningSite(address, psutil.Process(started.pid), log)
    finally:
        started.terminate()
        try:
            started.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
        if started.stdout:
            started.stdout.close()


def version_of(folder: Path, quads: Iterable[ox.Quad]) -> Path:
    """The folder of something like a version, which holds these quads."""
    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads)
    store.flush()
    store.optimize()
    return folder


def numbers(count: int, graph: str = "urn:g") -> Iterable[ox.Quad]:
    """So many things with a number each: what is joined with itself takes long."""
    value, name = ox.NamedNode("urn:p:value"), ox.NamedNode(graph)
    for number in range(count):
        yield ox.Quad(ox.NamedNode(f"urn:n:{number}"), value, ox.Literal(number), name)


def _command(child: psutil.Process) -> list[str]:
    """The command line of a process; empty for one that has ended, whether or not its end was read."""
    try:
        return child.cmdline()
    except psutil.NoSuchProcess:  # a zombie too
        return []
