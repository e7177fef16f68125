"""Queries that take too much, clients that ask too much or leave, and workers that die: the others are served."""

import asyncio
import json
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from sites import RunningSite, numbers, running_site, version_of

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
GREEDY = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b ?d DESC(?f)"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
CHEAP = "SELECT ?v { <urn:n:7> <urn:p:value> ?v }"
TIME_S = 2


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return version_of(tmp_path_factory.mktemp("numbers"), numbers(2000))


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[RunningSite]:
    limits = {"time_s": TIME_S}
    with running_site(graph, limits=limits, workers=2, cache_bytes=0) as server:
        yield server


def is_served(server: RunningSite) -> bool:
    answer = server.ask(CHEAP)
    return answer.status_code == 200 and "7" in answer.text


def test_the_end_of_the_time_is_504_and_comes_in_time(server: RunningSite) -> None:
    began = time.monotonic()
    answer = server.ask(ENDLESS, accept="application/json")
    assert answer.status_code == 504
    assert TIME_S <= time.monotonic() - began < TIME_S + 1.5
    assert answer.headers["content-type"] == "application/problem+json"
    assert "2 s" in answer.json()["detail"]
    assert is_served(server)


@pytest.mark.skipif(sys.platform != "linux", reason="a limit that Linux has")
def test_the_end_of_the_memory_is_507(graph: Path, tmp_path: Path) -> None:
    limits = {"time_s": 60, "memory_bytes": 64 << 20}
    with running_site(graph, tmp_path / "log", limits=limits) as server:
        answer = server.ask(GREEDY)
        assert answer.status_code == 507
        assert "67,108,864 bytes" in answer.text
        assert is_served(server)


def test_others_are_served_while_slow_queries_hold_all_workers(
    server: RunningSite,
) -> None:
    async def ask() -> tuple[list[httpx.Response], list[float], list[httpx.Response]]:
        async with httpx.AsyncClient(timeout=60) as client:

            async def slow() -> httpx.Response:
                return await client.get(server.sparql, params={"query": ENDLESS})

            slow_ones = [asyncio.create_task(slow()) for _ in range(2)]
            await asyncio.sleep(0.6)
            took: list[float] = []
            cheap: list[httpx.Response] = []
            # Another client: one behind the same address would wait with those that fill it.
            local = httpx.AsyncHTTPTransport(local_address="127.0.0.2")
            async with httpx.AsyncClient(transport=local, timeout=60) as other:
                for _ in range(5):
                    began = time.monotonic()
                    cheap.append(
                        await other.get(server.sparql, params={"query": CHEAP})
                    )
                    took.append(time.monotonic() - began)
            return list(await asyncio.gather(*slow_ones)), took, cheap

    slow_ones, took, cheap = asyncio.run(ask())
    assert [answer.status_code for answer in slow_ones] == [504, 504]
    assert [answer.status_code for answer in cheap] == [200] * 5
    assert max(took) < TIME_S


def test_a_stream_that_runs_out_of_time_is_cut_and_seen_to_be(
    server: RunningSite,
) -> None:
    with (
        server.client() as client,
        client.stream("GET", "sparql", params={"query": STREAM}) as answer,
    ):
        assert answer.status_code == 200
        sizes: list[int] = []
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            sizes.extend(len(piece) for piece in answer.iter_bytes())
    assert sum(sizes) >= 1 << 20
    assert is_served(server)


def test_a_compressed_stream_is_cut_too(server: RunningSite) -> None:
    headers = {"accept-encoding": "gzip", "accept": "text/csv"}
    with (
        server.client() as client,
        client.stream(
            "GET", "sparql", params={"query": STREAM}, headers=headers
        ) as answer,
    ):
        assert answer.headers["content-encoding"] == "gzip"
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            all(answer.iter_bytes())
    assert is_served(server)


def busy(server: RunningSite) -> list[psutil.Process]:
    """The workers that work."""
    found: list[psutil.Process] = []
    for worker in server.workers():
        try:
            worker.cpu_percent()
            time.sleep(0.15)
            if worker.cpu_percent() > 20:
                found.append(worker)
        except psutil.Error:
            continue
    return found


def test_a_client_that_leaves_frees_its_worker(graph: Path, tmp_path: Path) -> None:
    limits = {"time_s": 60}
    with running_site(graph, tmp_path / "log", limits=limits, workers=1) as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(server.sparql, params={"query": ENDLESS}, timeout=0.7)
        began = time.monotonic()
        assert is_served(server)
        while busy(server):
            assert time.monotonic() - began < 5


def test_a_client_that_does_not_read_holds_no_memory(
    graph: Path, tmp_path: Path
) -> None:
    limits = {"time_s": 4}
    with running_site(graph, tmp_path / "log", limits=limits, workers=1) as server:
        host, port = server.address.removeprefix("http://").strip("/").split(":")
        with socket.create_connection((host, int(port))) as deaf:
            query = httpx.QueryParams({"query": STREAM})
            deaf.sendall(
                f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
            )
            before = server.process.memory_info().rss
            time.sleep(3)
            grown = server.process.memory_info().rss - before
            assert grown < 100 << 20
        assert is_served(server)


def test_a_killed_worker_is_replaced_and_its_query_answered_by_another(
    server: RunningSite,
) -> None:
    before = {worker.pid for worker in server.workers()}
    assert len(before) == 3
    victims = server.workers()[:2]
    for victim in victims:
        victim.kill()
    assert is_served(server)
    deadline = time.monotonic() + 5
    while len(server.workers()) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert not {victim.pid for victim in victims} & {w.pid for w in server.workers()}


def test_a_worker_killed_in_the_middle_of_an_answer_is_seen_as_a_cut(
    server: RunningSite,
) -> None:
    with (
        server.client() as client,
        client.stream("GET", "sparql", params={"query": STREAM}) as answer,
    ):
        assert answer.status_code == 200
        for worker in busy(server):
            worker.kill()
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            all(answer.iter_bytes())
    assert is_served(server)


def test_a_full_house_is_told_to_come_back(graph: Path, tmp_path: Path) -> None:
    settings = {
        "limits": {"time_s": 3},
        "workers": 1,
        "waiting": 4,
        "wait_s": 1.5,
        "cache_bytes": 0,
    }

    async def crowd(server: RunningSite) -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=60) as client:
            asked = (
                client.get(server.sparql, params={"query": ENDLESS}) for _ in range(8)
            )
            return list(await asyncio.gather(*asked))

    with running_site(graph, tmp_path / "log", **settings) as server:
        answers = asyncio.run(crowd(server))
        statuses = sorted(answer.status_code for answer in answers)
        # One is answered, half of the places are for one client, and nobody waits longer than 1.5 s.
        assert statuses == [429] * 5 + [503] * 2 + [504]
        for answer in answers:
            if answer.status_code != 504:
                assert int(answer.headers["retry-after"]) >= 1
        assert is_served(server)


def test_rows_and_bytes_have_limits_and_no_part_is_sent(
    graph: Path, tmp_path: Path
) -> None:
    limits = {"time_s": 5, "rows": 100}
    with running_site(graph, tmp_path / "log", limits=limits) as server:
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 100").status_code == 200
        answer = server.ask("SELECT * { ?s ?p ?o } LIMIT 101")
        assert answer.status_code == 422
        assert "100 rows" in answer.text
        construct = server.ask("CONSTRUCT WHERE { ?s ?p ?o }")
        assert construct.status_code == 422
    limits = {"time_s": 5, "bytes": 10_000}
    with running_site(graph, tmp_path / "log", limits=limits) as server:
        assert server.ask("SELECT * { ?s ?p ?o }").status_code == 422
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 9").status_code == 200


def test_who_asks_after_a_stop_waits_for_no_new_process(server: RunningSite) -> None:
    server.ask(ENDLESS)
    took: list[float] = []
    for _ in range(5):
        began = time.monotonic()
        assert is_served(server)
        took.append(time.monotonic() - began)
    assert took[0] < 0.1 + 10 * max(took[1:])


def test_the_log_holds_no_query_and_no_traceback(server: RunningSite) -> None:
    server.ask("SELECT * { ?s <urn:secret> ?o }")
    said = server.log.read_text("utf-8")
    assert "urn:secret" not in said
    assert "Traceback" not in said, said
    assert json.dumps(said)
