"""What one client does, or one process that fails, leaves the others served: each once stopped the site."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from simpul.queries import Limits, Rows
from simpul.server import Settings, Site
from sites import TOKEN, RunningSite, numbers, running_site, version_of

ALL = "SELECT * { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
UPDATE = "application/sparql-update"
MANY = 20_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return version_of(tmp_path_factory.mktemp("hardening") / "one", numbers(MANY))


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[RunningSite]:
    log = place.parent / "log"
    limits = {"time_s": 10}
    with running_site(place, log, limits=limits, allow_update=True, token=TOKEN) as it:
        yield it


def count(server: RunningSite) -> int:
    rows = server.ask(COUNT).json()["results"]["bindings"]
    return int(rows[0]["n"]["value"])


def post(server: RunningSite, text: str, **headers: str) -> httpx.Response:
    sent = {"content-type": "application/sparql-query", **headers}
    return httpx.post(server.sparql, content=text, headers=sent, timeout=60)


def test_a_thread_that_waits_needs_no_other_thread(place: Path) -> None:
    async def ask() -> tuple[object, object]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        site = Site(Settings(place, workers=2, limits=Limits(time_s=20)))
        await site.open()
        try:
            waiting = asyncio.to_thread(site.graph.query, ALL)
            return await asyncio.wait_for(
                asyncio.gather(waiting, site.query(ALL)), timeout=15
            )
        finally:
            await site.close()

    for found in asyncio.run(ask()):
        # Two mebibytes and more, of which a worker sends on no more than are taken.
        assert isinstance(found, Rows)
        assert len(found.rows) == MANY


def test_a_long_query_is_refused_at_once_and_stops_nobody(server: RunningSite) -> None:
    long = "SELECT * {" + "{}" * 500_000
    for authorization in ("", "Bearer wrong"):
        began = time.monotonic()
        answer = post(server, long, authorization=authorization)
        assert answer.status_code == 413, answer.text[:200]
        assert "65,536" in answer.text or "1,048,576" in answer.text
        assert time.monotonic() - began < 2
    answer = post(server, "SELECT * {" + " " * 70_000 + "}")
    assert answer.status_code == 413
    assert "65,536" in answer.text
    trusted = post(
        server, "ASK {" + " " * 70_000 + "}", authorization=f"Bearer {TOKEN}"
    )
    assert trusted.status_code == 200


def test_no_error_grows_with_the_query(server: RunningSite) -> None:
    for text in (
        "SELECT * {" + " ?s ?p ?o ." * 5000 + " %",
        "ASK { ?s " + "p" * 60_000 + ":x ?o }",
        "ASK { ?s " + "p" * 10_000 + ":x ?o }",
    ):
        answer = post(server, text)
        assert answer.status_code == 400
        assert len(answer.content) < 2500


def test_a_second_server_leaves_the_working_copy_of_the_first_alone(
    server: RunningSite, place: Path
) -> None:
    folder = place.with_name(f"{place.name}-working")
    held = (folder / "state.json").read_bytes()
    given = {"place": str(place), "allow_update": True, "token": TOKEN}
    program = (
        "import json,sys\nfrom pathlib import Path\nfrom simpul.server import Settings, serve\n"
        "given=json.loads(sys.argv[1])\n"
        "serve(Settings(Path(given.pop('place')),port=0,**given),print)"
    )
    second = subprocess.run(
        [sys.executable, "-c", program, json.dumps(given)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert second.returncode
    assert b"another server may be changing it" in second.stderr
    assert (folder / "state.json").read_bytes() == held
    before = count(server)
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": UPDATE}
    insert = "INSERT DATA { <urn:second> <urn:p> 1 }"
    done = httpx.post(server.sparql, content=insert, headers=headers, timeout=60)
    assert done.status_code == 204
    assert count(server) == before + 1


def test_of_an_unknown_form_the_kept_answer_has_the_type_that_was_asked_for(
    server: RunningSite,
) -> None:
    text = "CONSTRUCTWHERE{<urn:n:1> ?p ?o}"
    accepts = ("text/turtle", "application/n-triples", "application/rdf+xml")
    rows = "application/sparql-results+json"
    for _ in range(2):
        for accept in accepts:
            answer = server.ask(text, accept=f"{accept}, {rows};q=0.9")
            assert answer.headers["content-type"].partition(";")[0] == accept
        assert server.ask(text, accept=rows).status_code == 406
    tag = server.ask(text, accept="text/turtle").headers["etag"]
    again = server.ask(text, accept="text/turtle", **{"if-none-match": tag})
    assert again.status_code == 304


def test_a_page_changes_its_tag_with_each_update(server: RunningSite) -> None:
    path = f"{server.address}?lang=en"
    tag = httpx.get(path, timeout=60).headers["etag"]
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": UPDATE}
    insert = "INSERT DATA { <urn:tag> <urn:p> 1 }"
    done = httpx.post(server.sparql, content=insert, headers=headers, timeout=60)
    assert done.status_code == 204
    again = httpx.get(path, headers={"if-none-match": tag}, timeout=60)
    assert again.status_code == 200


def test_a_batch_of_too_many_values_is_refused(server: RunningSite) -> None:
    properties = [
        {"pid": "place", "v": [f"a{n}-{i}" for i in range(30)]} for n in range(20)
    ]
    queries = {f"q{i}": {"query": "x", "properties": properties} for i in range(2)}
    data = {"queries": json.dumps(queries)}
    answer = httpx.post(f"{server.address}reconcile", data=data, timeout=60)
    assert answer.status_code == 413
    assert "500" in answer.text


def test_two_names_of_the_host_are_refused(server: RunningSite) -> None:
    host = server.address.removeprefix("http://").rstrip("/")
    for second, status in ((None, 200), (host, 400), ("elsewhere.example", 400)):
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.putrequest("GET", "/healthz", skip_host=True)
        for name in filter(None, (host, second)):
            connection.putheader("host", name)
        connection.endheaders()
        assert connection.getresponse().status == status
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal there")
def test_a_worker_whose_stack_is_full_is_422(server: RunningSite) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.ask, endless)
        time.sleep(1)
        busy = max(server.workers(), key=lambda each: each.cpu_times().user)
        os.kill(busy.pid, signal.SIGSEGV)
        answer = asked.result()
    assert answer.status_code == 422
    assert "split the query" in answer.text


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of other systems")
def test_no_process_outlives_a_server_that_was_killed(tmp_path: Path) -> None:
    version = version_of(tmp_path / "one", numbers(10))
    log = tmp_path / "log"
    with running_site(version, log, allow_update=True, token=TOKEN) as server:
        children = server.process.children(recursive=True)
        assert any("writer.py" in part for it in children for part in it.cmdline())
        server.process.kill()
        _, alive = psutil.wait_procs(children, timeout=10)
        assert not alive
