"""Updates over HTTP: only with the token, on a working copy, and seen by all once the answer is there."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from simpul.server import Settings
from sites import TOKEN, RunningSite, numbers, running_site, version_of

UPDATE = "application/sparql-update"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return version_of(tmp_path_factory.mktemp("updates") / "one", numbers(10))


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[RunningSite]:
    limits = {"time_s": 3}
    log = place.parent / "log"
    with running_site(place, log, limits=limits, allow_update=True, token=TOKEN) as it:
        yield it


def update(
    server: RunningSite, text: str, token: str | None = TOKEN, **fields: str
) -> httpx.Response:
    headers = {"content-type": UPDATE}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    return httpx.post(
        server.sparql, content=text, headers=headers, params=fields, timeout=60
    )


def count(server: RunningSite) -> int:
    rows = server.ask(COUNT).json()["results"]["bindings"]
    return int(rows[0]["n"]["value"])


def digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def test_an_update_is_seen_at_once_and_the_version_stays(
    server: RunningSite, place: Path
) -> None:
    before, held = digest_of(place), count(server)
    tag = server.ask(COUNT).headers["etag"]
    answer = update(server, "INSERT DATA { <urn:new> <urn:p> 1 , 2 }")
    assert (answer.status_code, answer.content) == (204, b"")
    assert count(server) == held + 2
    assert server.ask(COUNT, **{"if-none-match": tag}).status_code == 200
    assert update(server, "DELETE WHERE { <urn:new> ?p ?o }").status_code == 204
    assert count(server) == held
    assert digest_of(place) == before


def test_an_update_comes_as_a_form_too(server: RunningSite) -> None:
    held = count(server)
    headers = {"authorization": f"bearer {TOKEN}"}
    data = {"update": "INSERT DATA { <urn:form> <urn:p> 1 }"}
    assert httpx.post(server.sparql, data=data, headers=headers).status_code == 204
    assert count(server) == held + 1
    assert httpx.post(server.sparql, data=data).status_code == 401


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], f"{TOKEN}x", "é"])
def test_without_the_token_nothing_changes(
    server: RunningSite, token: str | None
) -> None:
    held = count(server)
    headers = {b"content-type": UPDATE.encode()}
    if token is not None:
        headers[b"authorization"] = f"Bearer {token}".strip().encode()
    answer = httpx.post(server.sparql, content="CLEAR ALL", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert count(server) == held


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <urn:x> <urn:y> }", 400),
        ("LOAD <http://127.0.0.1:9/>", 400),
        ("LOAD SILENT <file:///etc/passwd>", 400),
        (
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            400,
        ),
        ("SELECT * {}", 400),
    ],
)
def test_an_update_that_cannot_be_done_changes_nothing(
    server: RunningSite, text: str, status: int
) -> None:
    held = count(server)
    assert update(server, text).status_code == status
    assert count(server) == held


def test_an_update_that_takes_too_long_changes_nothing(server: RunningSite) -> None:
    held = count(server)
    many = " ".join(f"?a{n} ?p{n} ?o{n} ." for n in range(9))
    answer = update(
        server, f"INSERT {{ <urn:x> <urn:y> ?o1 }} USING <urn:g> WHERE {{ {many} }}"
    )
    assert answer.status_code == 504
    assert count(server) == held
    assert update(server, "INSERT DATA { <urn:after> <urn:p> 1 }").status_code == 204
    assert count(server) == held + 1


def test_the_graphs_of_the_request_are_those_of_the_update(server: RunningSite) -> None:
    text = "INSERT { GRAPH <urn:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(server, text, **{"using-graph-uri": "urn:g"}).status_code == 204
    found = server.ask("SELECT (COUNT(*) AS ?n) FROM <urn:out> { ?s ?p ?o }").json()
    assert found["results"]["bindings"][0]["n"]["value"] == "10"
    text = "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert update(server, text, **{"using-graph-uri": "urn:g"}).status_code == 400


def test_updates_at_once_are_done_one_after_the_other(server: RunningSite) -> None:
    held = count(server)
    statuses: list[int] = []

    def insert(number: int) -> None:
        text = f"INSERT DATA {{ <urn:at-once:{number}> <urn:p> {number} }}"
        statuses.append(update(server, text).status_code)

    threads = [threading.Thread(target=insert, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 4
    assert count(server) == held + 4


def test_generations_that_nobody_reads_are_removed(
    server: RunningSite, place: Path
) -> None:
    update(server, "INSERT DATA { <urn:last> <urn:p> 1 }")
    generations = place.with_name(f"{place.name}-working") / "generations"
    for _ in range(100):
        if len(list(generations.iterdir())) == 1:
            return
        threading.Event().wait(0.05)
    pytest.fail(str(list(generations.iterdir())))


def test_the_working_copy_outlives_the_server(tmp_path: Path) -> None:
    place = version_of(tmp_path / "one", numbers(3))
    settings = {"allow_update": True, "token": TOKEN}
    with running_site(place, tmp_path / "log", **settings) as server:
        assert update(server, "INSERT DATA { <urn:x> <urn:p> 1 }").status_code == 204
        tag = server.ask(COUNT).headers["etag"]
    with running_site(place, tmp_path / "log", **settings) as server:
        assert count(server) == 4
        assert server.ask(COUNT).headers["etag"] != tag
    with running_site(place, tmp_path / "log") as server:
        assert count(server) == 3


def test_the_token_is_told_to_nobody(server: RunningSite) -> None:
    update(server, "nonsense", token=f"{TOKEN}x")
    assert TOKEN not in server.log.read_text("utf-8")
    settings = Settings(Path(), allow_update=True, token=TOKEN)
    assert TOKEN not in repr(settings)
    for path in ("sparql", "metrics", "openapi.json", "healthz"):
        assert TOKEN not in httpx.get(server.address + path).text
