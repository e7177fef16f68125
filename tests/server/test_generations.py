"""A server from start to end: a new version under load, a clean end, no orphans, and an address that is taken."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from simpul.graph_builder import build_ecosystem
from simpul.server import PortTaken, listening
from sites import RunningSite, numbers, running_site, version_of
from worlds import copy_of_rattan

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SIMPUL = [sys.executable, "-c", "import simpul.cli; simpul.cli.main()"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(scope="module")
def rattan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rattan world, to change."""
    return copy_of_rattan(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def built(rattan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its versions."""
    out = tmp_path_factory.mktemp("out")
    build_ecosystem(rattan, out)
    return out


@pytest.fixture
def server(built: Path, tmp_path: Path) -> Iterator[RunningSite]:
    with running_site(built, tmp_path / "log", watch_s=0.1) as server:
        yield server


def graph_of(server: RunningSite) -> str:
    return str(httpx.get(f"{server.address}healthz").json()["graph"])


def test_a_new_version_is_taken_up_and_nobody_is_dropped(
    server: RunningSite, rattan: Path, built: Path
) -> None:
    before = graph_of(server)
    old_workers = server.workers()
    title = (rattan / "ecosystem.toml").read_text("utf-8")

    async def load() -> tuple[list[int], set[tuple[str, str]]]:
        statuses: list[int] = []
        seen: set[tuple[str, str]] = set()
        done = False

        async def ask(client: httpx.AsyncClient, number: int) -> None:
            count = 0
            while not done:
                count += 1
                # Each text is new, so that nothing comes from memory.
                query = f"{COUNT} # {number} {count}"
                answer = await client.get(server.sparql, params={"query": query})
                statuses.append(answer.status_code)
                rows = answer.json()["results"]["bindings"]
                seen.add((answer.headers["etag"], rows[0]["n"]["value"]))

        async with httpx.AsyncClient(timeout=60) as client:
            asking = [asyncio.create_task(ask(client, number)) for number in range(6)]
            await asyncio.sleep(0.3)
            await asyncio.to_thread(build_ecosystem, rattan, built)
            for _ in range(200):
                health = await client.get(f"{server.address}healthz")
                if health.json()["graph"] != before:
                    break
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.3)
            done = True
            await asyncio.gather(*asking)
        return statuses, seen

    changed = title.replace("title", "title", 1)
    first = next(line for line in title.splitlines() if line.startswith("period"))
    changed = title.replace(first, 'period = "1990/2030"')
    assert changed != title
    (rattan / "ecosystem.toml").write_text(changed, "utf-8")
    statuses, seen = asyncio.run(load())
    assert set(statuses) == {200}
    assert graph_of(server) != before
    # What is said to be of one graph is of that graph: each tag goes with one count.
    assert len({tag for tag, _ in seen}) == 2
    assert len(seen) == 2
    deadline = time.monotonic() + 10
    while any(worker.is_running() for worker in old_workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_version_that_is_damaged_changes_nothing(
    server: RunningSite, built: Path
) -> None:
    before = graph_of(server)
    current = (built / "current").read_bytes()
    try:
        (built / "current").write_text("0123456789abcdef\n")
        time.sleep(0.6)
        assert graph_of(server) == before
        assert server.ask(COUNT).status_code == 200
    finally:
        (built / "current").write_bytes(current)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_and_takes_its_workers_along(
    server: RunningSite, number: signal.Signals
) -> None:
    workers = server.workers()
    began = time.monotonic()
    server.process.send_signal(number)
    assert server.process.wait(10) in (0, None)
    assert time.monotonic() - began < 3
    assert not any(worker.is_running() for worker in workers)
    assert "Traceback" not in server.log.read_text("utf-8")


@POSIX
def test_it_ends_in_time_although_a_query_runs(tmp_path: Path) -> None:
    place = version_of(tmp_path, numbers(2000))
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    with running_site(place, limits={"time_s": 300}) as server:
        with socket.create_connection(address_of(server)) as connection:
            query = httpx.QueryParams({"query": endless})
            connection.sendall(
                f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            time.sleep(0.5)
            workers = server.workers()
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(15)
        psutil.wait_procs(workers, 5)
        assert not any(worker.is_running() for worker in workers)


@POSIX
def test_no_worker_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    place = version_of(tmp_path, numbers(2000))
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    with running_site(place, limits={"time_s": 300}) as server:
        with socket.create_connection(address_of(server)) as connection:
            query = httpx.QueryParams({"query": endless})
            connection.sendall(
                f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            time.sleep(0.5)
            workers = server.workers()
            assert workers
            server.process.kill()
        gone, alive = psutil.wait_procs(workers, 5)
        assert not alive, gone


def address_of(server: RunningSite) -> tuple[str, int]:
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    return host, int(port)


def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match="--port") as error:
            listening("127.0.0.1", port)
    assert error.value.port == port


def test_the_line_builds_first_where_nothing_is_built(
    rattan: Path, tmp_path: Path
) -> None:
    shutil.copytree(rattan, tmp_path / "rattan")
    line = [*SIMPUL, "serve", "--ecosystem", "rattan"]
    with subprocess.Popen(
        [*line, "--port", "0", "--lang", "id"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as started:
        try:
            assert started.stdout
            assert started.stderr
            address = started.stdout.readline().strip()
            assert "belum ada versi" in started.stderr.readline()
            answer = httpx.get(f"{address}sparql", params={"query": COUNT})
            assert answer.status_code == 200
        finally:
            started.terminate()
            started.communicate()
    assert (tmp_path / "simpul-out" / "rattan" / "current").is_file()


def test_updates_without_a_token_do_not_begin(tmp_path: Path) -> None:
    line = [*SIMPUL, "serve", "--allow-update", "--port", "0"]
    environment = {
        key: text for key, text in os.environ.items() if key != "SIMPUL_TOKEN"
    }
    ended = subprocess.run(
        line,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 2
    assert "SIMPUL_TOKEN" in ended.stderr
