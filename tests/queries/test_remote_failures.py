"""queries/remote against a real server that is slow, gives up, or dies in the middle of an answer."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from servers import NO_OXIGRAPH, find_oxigraph, oxigraph
from simpul.graph_builder import build_ecosystem, current_version
from simpul.queries import Limits, TimeExceeded
from simpul.queries.remote import (
    BrokenAnswer,
    RemoteError,
    RemoteGraph,
    Unreachable,
    push,
)
from worlds import RATTAN

pytestmark = pytest.mark.skipif(find_oxigraph() is None, reason=NO_OXIGRAPH)

ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small version."""
    out = tmp_path_factory.mktemp("rattan")
    build_ecosystem(str(RATTAN), out)
    return current_version(out).path


def test_a_server_that_takes_too_long_is_left(version: Path) -> None:
    with oxigraph() as running:
        push(version, running.endpoint)
        with closing(RemoteGraph(running.endpoint)) as graph:
            graph.graphs()
            begun = time.monotonic()
            with pytest.raises(TimeExceeded):
                graph.query(CROSS, limits=Limits(time_s=0.5))
            assert time.monotonic() - begun < 10
        running.kill()


def test_half_an_answer_with_a_good_status_is_an_error(
    version: Path,
) -> None:
    with oxigraph("--timeout-s", "1") as running:
        push(version, running.endpoint)
        with closing(RemoteGraph(running.endpoint)) as graph:
            with pytest.raises(BrokenAnswer, match="breaks off"):
                graph.query(CROSS)
            with pytest.raises(BrokenAnswer, match="breaks off"):
                graph.query(f"CONSTRUCT {{ <urn:s> <urn:p> ?n }} {{ {{ {CROSS} }} }}")
        running.kill()


def test_a_server_that_dies_in_the_middle_is_an_error(
    version: Path,
) -> None:
    with oxigraph() as running:
        push(version, running.endpoint)
        with closing(RemoteGraph(running.endpoint)) as graph:
            graph.graphs()
            timer = threading.Timer(1, running.kill)
            timer.start()
            with pytest.raises(RemoteError, match=r"broke off|cannot be"):
                graph.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
            timer.join()
            with pytest.raises(Unreachable):
                graph.query(ALL)
