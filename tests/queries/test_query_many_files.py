"""A graph whose index has more files than the engine opens at first is answered whole, and opens no socket."""

import socket
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from simpul.queries import GraphStore, Limits, Rows, WorkerOptions
from simpul.queries.engine import Request, framed_request

ENOUGH = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version with a file for each little thing that was written into it."""
    made = tmp_path_factory.mktemp("made")
    store = ox.Store(str(made / "store"))
    for number in range(16):
        store.update(
            f"INSERT DATA {{ GRAPH <urn:g:{number}> {{ <urn:s> <urn:p> {number} }} }}"
        )
        store.flush()
    copy = tmp_path_factory.mktemp("copy")
    store.backup(str(copy / "store"))
    return copy


def test_every_file_of_a_graph_can_be_read_under_limits(folder: Path) -> None:
    assert len(list((folder / "store").glob("*.sst"))) > ENOUGH
    graph = GraphStore.open(folder)
    for query in (
        "SELECT ?o { ?s ?p ?o }",
        "SELECT ?o { <urn:s> ?p ?o }",
        "SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } }",
    ):
        rows = graph.query(query, limits=Limits(time_s=20))
        assert isinstance(rows, Rows)
        assert len(rows) == 16


@pytest.mark.skipif(sys.platform != "linux", reason="a filter that Linux has")
def test_the_descriptors_left_for_files_are_none_for_sockets(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        request = Request(f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}")
        command = WorkerOptions(str(folder / "store")).command()
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        ) as worker:
            assert worker.stdin
            assert worker.stdout
            worker.stdin.write(framed_request(request))
            said = b""
            while b"Permission denied" not in said:
                piece = worker.stdout.read(4096)
                assert piece, said
                said += piece
        with pytest.raises(TimeoutError):
            listener.accept()
