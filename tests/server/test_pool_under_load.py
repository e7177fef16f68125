"""Many clients at once, some of which leave, while workers are killed: each gets its own answer, whole."""

import asyncio
import random
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.server import Overloaded, Waiting
from sites import RunningSite, numbers, running_site, version_of

STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
CLIENTS = 24
QUESTIONS = 60


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return version_of(tmp_path_factory.mktemp("numbers"), numbers(1000))


def test_nobody_gets_the_answer_of_another(graph: Path, tmp_path: Path) -> None:
    statuses: list[int] = []
    right = wrong = 0

    async def ask_much(server: RunningSite, seed: int) -> None:
        nonlocal right, wrong
        rng = random.Random(seed)
        async with httpx.AsyncClient(timeout=30) as client:
            for turn in range(QUESTIONS):
                number = rng.randrange(1000)
                query = f"SELECT ?v {{ <urn:n:{number}> <urn:p:value> ?v }} # {turn}"
                answer = await client.get(server.sparql, params={"query": query})
                statuses.append(answer.status_code)
                if answer.status_code == 200:
                    (row,) = answer.json()["results"]["bindings"]
                    is_right = row["v"]["value"] == str(number)
                    right, wrong = right + is_right, wrong + (not is_right)

    async def leave_early(server: RunningSite, seed: int) -> None:
        rng = random.Random(seed)
        for _ in range(8):
            query = rng.choice((STREAM, SLOW))
            try:
                async with (
                    httpx.AsyncClient(timeout=rng.uniform(0.05, 0.6)) as client,
                    client.stream("GET", server.sparql, params={"query": query}) as it,
                ):
                    await it.aiter_raw().__anext__()
            except httpx.TimeoutException:
                continue

    async def kill_now_and_then(server: RunningSite) -> None:
        for _ in range(4):
            await asyncio.sleep(0.4)
            workers = server.workers()
            if workers:
                workers[0].kill()

    async def all_at_once(server: RunningSite) -> None:
        await asyncio.gather(
            *(ask_much(server, seed) for seed in range(CLIENTS)),
            *(leave_early(server, seed) for seed in range(2)),
            kill_now_and_then(server),
        )

    limits = {"time_s": 10}
    with running_site(graph, tmp_path / "log", limits=limits, cache_bytes=0) as server:
        asyncio.run(all_at_once(server))
        assert wrong == 0
        assert set(statuses) <= {200, 503}
        assert right > 0.9 * CLIENTS * QUESTIONS
        metrics = httpx.get(f"{server.address}metrics").text
        assert "simpul_queries_waiting 0.0" in metrics
        said = (tmp_path / "log").read_text("utf-8")
        assert "Traceback" not in said, said


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=30))
def test_each_client_has_its_turn_and_its_order(asked: list[tuple[str, int]]) -> None:
    line: Waiting[tuple[str, int]] = Waiting(1000, 1)
    for client, thing in asked:
        line.add(client, (client, thing))
    assert len(line) == len(asked)
    served: list[tuple[str, int]] = []
    while (found := line.next(lambda client: True)) is not None:
        served.append(found)
    assert sorted(served) == sorted(asked)
    for client in "abc":
        mine = [thing for thing in asked if thing[0] == client]
        assert [thing for thing in served if thing[0] == client] == mine
    # Nobody is served twice before each who waits was served once.
    waiting = {client for client, _ in asked}
    assert {client for client, _ in served[: len(waiting)]} == waiting


def test_one_client_fills_half_of_the_places_and_others_the_rest() -> None:
    line: Waiting[int] = Waiting(4, 7)
    line.add("a", 1)
    line.add("a", 2)
    with pytest.raises(Overloaded) as own:
        line.add("a", 3)
    line.add("b", 4)
    line.add("c", 5)
    with pytest.raises(Overloaded) as full:
        line.add("d", 6)
    assert (own.value.own, full.value.own) == (True, False)
    assert full.value.retry_after_s == 7
    assert line.next(lambda client: client != "a") == 4
    assert line.remove("a", 1)
    assert not line.remove("a", 1)
    assert list(line) == [2, 5]
