"""What a request over HTTP costs: ours, `oxigraph serve-read-only`, and rdflib-endpoint, on the same queries and data.

    python benchmarks/serving.py [--triples 100000] [--seconds 4] [--clients 1,8,32] [--servers ours,oxigraph,…]

The data is generated, in two named graphs; every server takes the union as the default graph. Five cheap queries
come in turn, each about many bodies. The client is a process of its own on raw sockets with keep-alive. Cost is
the processor time, user and system, of the whole process tree of a server. Prints the tables of `serving.md`.
"""

import argparse
import contextlib
import dataclasses
import json
import random
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import psutil
import pyoxigraph as ox

BASE = "https://bench.example/"
JSON = "application/sparql-results+json"
TEXTS = 200
"""How many texts come in turn, a fifth of them of each query."""

QUERIES = {
    "lookup": "SELECT ?p ?o WHERE {{ <{base}org/{n}> ?p ?o }}",
    "code": 'PREFIX v: <{base}v#> SELECT ?org ?label WHERE {{ ?org v:code "C{n}" ; v:label ?label }}',
    "partners": (
        "PREFIX v: <{base}v#> SELECT DISTINCT ?other ?label WHERE "
        "{{ ?tie v:party <{base}org/{n}>, ?other . ?other v:label ?label FILTER(?other != <{base}org/{n}>) }}"
    ),
    "evidence": (
        "PREFIX v: <{base}v#> SELECT ?tie ?kind ?start ?doc ?end WHERE {{ ?tie v:party <{base}org/{n}> ; "
        "v:kind ?kind ; v:start ?start ; v:evidence ?doc OPTIONAL {{ ?tie v:end ?end }} }}"
    ),
    "above": "PREFIX v: <{base}v#> SELECT ?above WHERE {{ <{base}org/{n}> v:parent+ ?above }}",
}

STARTED = "simpul_workers_started_total "

SERVE_OURS = """
import sys
from pathlib import Path
from simpul.queries import Limits
from simpul.server import Settings, serve
serve(
    Settings(
        Path(sys.argv[1]),
        port=int(sys.argv[2]),
        workers=int(sys.argv[4]),
        cache_bytes=int(sys.argv[3]),
        limits=Limits(time_s=10, memory_bytes=1 << 30),
    ),
    lambda address: None,
)
"""


def quads(triples: int) -> Iterator[ox.Quad]:
    """About so many statements: bodies in a tree, ties with kind, days and evidence."""
    rng = random.Random(4)
    v, claims, ties = (ox.NamedNode(BASE + name) for name in ("v#", "claims", "ties"))

    def term(name: str) -> ox.NamedNode:
        return ox.NamedNode(v.value + name)

    names = ("label", "code", "parent", "sector", "party", "kind", "start", "end")
    label, code, parent, sector, party, kind, start, end = map(term, names)
    evidence = term("evidence")
    day = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    bodies = [ox.NamedNode(f"{BASE}org/{n}") for n in range(max(10, triples // 40))]
    written = 0
    for n, body in enumerate(bodies):
        yield ox.Quad(
            body, label, ox.Literal(f"Body number {n}", language="en"), claims
        )
        yield ox.Quad(body, code, ox.Literal(f"C{n}"), claims)
        yield ox.Quad(body, sector, ox.Literal(f"sector {n % 9}"), claims)
        if n:
            yield ox.Quad(body, parent, bodies[rng.randrange(n) // 2], claims)
        written += 4
    number = 0
    while written < triples:
        tie = ox.NamedNode(f"{BASE}tie/{number}")
        number += 1
        year = rng.randrange(1990, 2026)
        for member in rng.sample(bodies, 2):
            yield ox.Quad(tie, party, member, ties)
        yield ox.Quad(tie, kind, ox.Literal(f"kind {rng.randrange(12)}"), ties)
        yield ox.Quad(tie, start, ox.Literal(f"{year}-03-01", datatype=day), ties)
        if rng.random() < 0.4:
            yield ox.Quad(tie, end, ox.Literal(f"{year + 2}-03-01", datatype=day), ties)
            written += 1
        for _ in range(rng.randrange(1, 3)):
            document = ox.NamedNode(f"{BASE}doc/{rng.randrange(triples // 20)}")
            yield ox.Quad(tie, evidence, document, ties)
            written += 1
        written += 4


def texts(triples: int) -> list[str]:
    """The queries that come in turn."""
    rng = random.Random(5)
    most = max(10, triples // 40)
    found: list[str] = []
    for _ in range(TEXTS // len(QUERIES)):
        for query in QUERIES.values():
            found.append(query.format(base=BASE, n=rng.randrange(most)))
    return found


# The client, as a process of its own.


class Connection:
    """One client: it sends a request, reads the answer, sends the next."""

    def __init__(self, port: int, number: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = number
        self.buffer = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        """Send the next request."""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def has_answer(self) -> bool:
        """Read what is there; whether that ends an answer.

        Raises: ConnectionError if it is no whole answer with the status 200.
        """
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server hung up")
        self.buffer += piece
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return False
        head = self.buffer[:head_end].lower()
        if not head.startswith(b"http/1.1 200"):
            raise ConnectionError(self.buffer[:500])
        place = head.find(b"content-length:")
        if place >= 0:
            length = int(head[place + 15 :].split(b"\r\n", 1)[0])
            done = len(self.buffer) >= head_end + 4 + length
        else:
            done = self.buffer.endswith(b"\r\n0\r\n\r\n")
        if done:
            self.buffer = b""
        return done


def ask_for_a_while(
    port: int, clients: int, seconds: float, path: str, triples: int, fresh: bool
) -> dict[str, object]:
    """Ask with so many clients at once; how many answers came, and how long they took."""
    asked = texts(triples)
    head = f"HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {JSON}\r\n\r\n"
    requests = [f"GET {path}?query={quote(text)} {head}".encode() for text in asked]
    count = 0

    def request(number: int) -> bytes:
        if not fresh:
            return requests[number % len(requests)]
        text = f"{asked[number % len(asked)]} #{number}"
        return f"GET {path}?query={quote(text)} {head}".encode()

    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        connections = [Connection(port, n * 7) for n in range(clients)]
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request(connection.number))
        began = time.perf_counter()
        end = began + seconds
        while (now := time.perf_counter()) < end:
            for key, _ in selector.select(end - now):
                connection = key.data
                if connection.has_answer():
                    count += 1
                    took.append(time.perf_counter() - connection.sent_at)
                    connection.number += clients if fresh else 1
                    connection.send(request(connection.number))
        lasted = time.perf_counter() - began
        for connection in connections:
            connection.socket.close()
    took.sort()
    return {
        "count": count,
        "rate": count / lasted,
        "p50": took[len(took) // 2] * 1000,
        "p99": took[int(len(took) * 0.99)] * 1000,
    }


# The servers.


@dataclasses.dataclass(frozen=True)
class Server:
    """How a server is started on a folder, and where it answers."""

    name: str
    command: tuple[str, ...]
    path: str
    fresh: bool = False


def servers(folder: Path, workers: int) -> list[Server]:
    """All that can be compared."""
    ours = (sys.executable, "-c", SERVE_OURS, str(folder), "PORT")
    beside = Path(sys.executable).parent
    oxigraph = (
        *(str(beside / "oxigraph"), "serve-read-only", "--union-default-graph"),
        *("--location", str(folder / "store"), "--bind", "127.0.0.1:PORT"),
    )
    rdflib = (
        *(str(beside / "rdflib-endpoint"), "serve", "--host", "127.0.0.1"),
        *("--port", "PORT", str(folder / "graph.trig"), "--store"),
    )
    many = str(workers)
    return [
        Server("oxigraph", oxigraph, "/query"),
        Server("ours", (*ours, "0", many), "/sparql"),
        Server("ours, new texts", (*ours, "0", many), "/sparql", fresh=True),
        Server("ours, kept answers", (*ours, str(64 << 20), many), "/sparql"),
        Server("rdflib-endpoint (oxigraph)", (*rdflib, "oxigraph"), "/"),
        Server("rdflib-endpoint (rdflib)", (*rdflib, "default"), "/"),
    ]


@contextlib.contextmanager
def running(server: Server) -> Generator[tuple[psutil.Process, int]]:
    """Start a server, wait until it answers, and end it and all its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [part.replace("PORT", str(port)) for part in server.command]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        process = psutil.Process(started.pid)
        try:
            for _ in range(1200):
                with (
                    contextlib.suppress(OSError),
                    socket.create_connection(("127.0.0.1", port), 1),
                ):
                    break
                time.sleep(0.1)
                if started.poll() is not None:
                    raise SystemExit(f"{server.name} ended by itself")
            time.sleep(1)
            yield process, port
        finally:
            started.terminate()


def processor_seconds(process: psutil.Process) -> float:
    """The processor time of a process and all that it started and that still run."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            times = each.cpu_times()
            total += times.user + times.system
    return total


def memory(process: psutil.Process) -> float:
    """The proportional memory of the tree, in MiB."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            full = each.memory_full_info()
            total += getattr(full, "pss", full.rss)
    return total / (1 << 20)


def measure(server: Server, options: argparse.Namespace) -> list[dict[str, float]]:
    """Ask one server with each number of clients."""
    found: list[dict[str, float]] = []
    with running(server) as (process, port):
        arguments = [server.path, str(options.triples), str(int(server.fresh))]
        for clients in (2, *map(int, options.clients.split(","))):
            seconds = 1 if not found and clients == 2 else options.seconds
            before = processor_seconds(process)
            line = [sys.executable, __file__, "--ask", str(port), str(clients)]
            done = subprocess.run(
                [*line, str(seconds), *arguments],
                check=True,
                capture_output=True,
                text=True,
            )
            figures = json.loads(done.stdout)
            spent = processor_seconds(process) - before
            figures |= {"ms": spent * 1000 / figures["count"], "clients": clients}
            figures["memory"] = memory(process)
            found.append(figures)
    return found[1:]  # the first was to get warm


def replacing(server: Server, times: int = 10) -> list[float]:
    """Kill one worker of ours after another; the milliseconds until another has opened the graph."""
    found: list[float] = []
    with running(server) as (process, port):

        def started() -> int:
            with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                text: str = answer.read().decode()
            line = next(x for x in text.splitlines() if x.startswith(STARTED))
            return int(float(line.split()[1]))

        for _ in range(times):
            before = started()
            process.children()[0].kill()
            began = time.perf_counter()
            while started() == before:
                time.sleep(0.002)
            found.append((time.perf_counter() - began) * 1000)
            time.sleep(0.1)
    return sorted(found)


def store_of(folder: Path, triples: int, with_text: bool) -> None:
    """Write the generated graph as a store, and as text for those that read none."""
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads(triples))
    store.flush()
    store.optimize()
    if with_text:
        with (folder / "graph.trig").open("wb") as file:
            store.dump(file, ox.RdfFormat.TRIG)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument(
        "--servers", default="", help="how their names begin, with commas"
    )
    options = parser.parse_args()
    wanted = [part for part in options.servers.split(",") if part]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [
            server
            for server in servers(folder, options.workers)
            if not wanted or server.name.startswith(tuple(wanted))
        ]
        needs_text = any("graph.trig" in " ".join(s.command) for s in chosen)
        store_of(folder, options.triples, needs_text)
        print(f"{options.triples:,} triples, {options.seconds:g} s each\n")
        print(
            "| server | clients | CPU ms a request | requests a second | p50 ms | p99 ms | MiB | CPU, oxigraph = 1 |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for _ in range(options.rounds):
            base: dict[float, float] = {}
            for server in chosen:
                for row in measure(server, options):
                    if server.name == "oxigraph":
                        base[row["clients"]] = row["ms"]
                    ratio = row["ms"] / base.get(row["clients"], row["ms"])
                    print(
                        f"| {server.name} | {row['clients']} | {row['ms']:.3f} | {row['rate']:.0f} "
                        f"| {row['p50']:.1f} | {row['p99']:.1f} | {row['memory']:.0f} | {ratio:.2f} |",
                        flush=True,
                    )
        for server in chosen:
            if server.name == "ours":
                took = replacing(server)
                middle, most = took[len(took) // 2], took[-1]
                print(
                    f"\nA worker is replaced in {middle:.0f} ms (median), {most:.0f} ms at most."
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        port, clients, seconds, path, triples, fresh = sys.argv[2:]
        print(
            json.dumps(
                ask_for_a_while(
                    int(port),
                    int(clients),
                    float(seconds),
                    path,
                    int(triples),
                    fresh == "1",
                )
            )
        )
    else:
        main()
