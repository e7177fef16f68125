"""`simpul push`, and `--endpoint` for whatever asks a graph."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_lines import run
from servers import NO_OXIGRAPH, Running, find_oxigraph, free_port, oxigraph, virtuoso

pytestmark = pytest.mark.skipif(find_oxigraph() is None, reason=NO_OXIGRAPH)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    out: Path,
) -> Iterator[Running]:
    """A server that the seed graph was pushed to, by a line."""
    if request.param == "oxigraph":
        running = oxigraph()
    else:
        program: str = request.getfixturevalue("virtuoso_program")
        running = virtuoso(program, tmp_path_factory.mktemp("virtuoso"))
    with running as started, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SIMPUL_ENDPOINT_USER", "dba")
        environment.setenv("SIMPUL_ENDPOINT_PASSWORD", "dba")
        line = run("push", started.endpoint, "--version-dir", out, "--format", "csv")
        assert line.exit_code == 0, line.stderr
        rows = [text.split(",") for text in line.stdout.splitlines()[1:]]
        assert len(rows) == 7
        total = sum(int(count) for _, count, _ in rows)
        assert f"{total} statements in 7 graphs" in line.stderr
        yield started


@pytest.mark.parametrize(
    "line",
    [
        ("query", "founders", "--format", "json"),
        ("query", "names-over-time", "--format", "csv"),
        ("query", "partners", "-p", "body=bpipi", "--as-of", "2024", "--format", "csv"),
        ("query", "founders", "--known-at", "2020", "--format", "csv"),
        ("find", "kemenprin"),
        ("history", "bpipi"),
        ("history", "bpipi", "--as-of", "2024-09-11", "--format", "tsv"),
        ("explain", "t-bpipi-founding"),
        ("explain", "t-bpipi-founding", "--format", "json"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_line_prints_the_same_of_a_graph_elsewhere(
    server: Running, out: Path, line: tuple[str, ...], lang: str
) -> None:
    here = run(*line, "--version-dir", out, lang=lang)
    there = run(*line, "--endpoint", server.endpoint, lang=lang)
    assert there.exit_code == here.exit_code, there.stderr
    assert there.stdout == here.stdout
    assert server.endpoint in there.stderr


def test_a_view_is_the_same_of_a_graph_elsewhere(
    server: Running, out: Path, tmp_path: Path
) -> None:
    pages = [tmp_path / "here.html", tmp_path / "there.html"]
    here = run("view", "--out", pages[0], "--version-dir", out)
    there = run("view", "--out", pages[1], "--endpoint", server.endpoint)
    assert (here.exit_code, there.exit_code) == (0, 0), there.stderr
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_report_has_the_same_tables_of_a_graph_elsewhere(
    server: Running, out: Path, tmp_path: Path
) -> None:
    folders = [tmp_path / "here", tmp_path / "there"]
    line = ("report", "--draws", "5", "--out")
    here = run(*line, folders[0], "--version-dir", out)
    there = run(*line, folders[1], "--endpoint", server.endpoint)
    assert (here.exit_code, there.exit_code) == (0, 0), there.stderr
    tables = sorted(path.name for path in (folders[0] / "tables").iterdir())
    assert "dyads.csv" in tables
    for name in tables:
        made = [(folder / "tables" / name).read_bytes() for folder in folders]
        assert made[0] == made[1], name
    told = json.loads((folders[1] / "parameters.json").read_text("utf-8"))
    assert told["version"] == server.endpoint


@pytest.mark.parametrize("answers", ["auto", "server", "copy"])
def test_who_answers_is_said(server: Running, answers: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    options = ("--endpoint", server.endpoint, "--answers", answers)
    line = run("query", "-", *options, "--format", "csv", given=text)
    assert line.exit_code == 0, line.stderr
    assert int(line.stdout.split()[1]) > 1000
    assert ("copying" in line.stderr) is (answers == "copy")


def test_what_is_there_is_replaced_only_when_told(server: Running, out: Path) -> None:
    known = {"SIMPUL_ENDPOINT_USER": "dba", "SIMPUL_ENDPOINT_PASSWORD": "dba"}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in known.items():
            environment.setenv(name, value)
        line = ("push", server.endpoint, "--version-dir", out)
        refused = run(*line)
        assert refused.exit_code == 2
        assert "--replace" in refused.stderr
        assert refused.stdout == ""
        rehearsed = run(*line, "--replace", "--dry-run", lang="id")
        assert rehearsed.exit_code == 0
        assert "belum ada yang ditulis" in rehearsed.stderr
        assert run(*line, "--replace").exit_code == 0


def test_a_wrong_password_is_told_and_not_repeated(server: Running, out: Path) -> None:
    if not server.endpoint.endswith("sparql"):
        pytest.skip("this server lets everyone write")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SIMPUL_ENDPOINT_USER", "dba")
        environment.setenv("SIMPUL_ENDPOINT_PASSWORD", "5ecret")
        line = run("push", server.endpoint, "--version-dir", out, "--replace")
    assert line.exit_code == 2
    assert "does not accept this user" in line.stderr
    assert "5ecret" not in line.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--endpoint", "http://127.0.0.1:{port}"), "cannot be reached"),
        (("--endpoint", "nowhere"), "is no address of a server"),
        (("--endpoint", "http://u:5ecret@127.0.0.1/"), "must not hold a user"),
        (("--graph-prefix", "urn:x/"), "--endpoint is missing"),
        (("--answers", "copy"), "--endpoint is missing"),
        (("--endpoint", "http://127.0.0.1:{port}", "--ecosystem", "seed"), "leave out --ecosystem"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(options: tuple[str, ...], said: str) -> None:
    port = free_port()
    line = run("query", "founders", *(text.format(port=port) for text in options))
    assert line.exit_code == 2
    assert said in line.stderr
    assert line.stdout == ""
    assert "5ecret" not in line.output


def test_push_needs_a_version(tmp_path: Path) -> None:
    with oxigraph() as running:
        line = run("push", running.root, "--version-dir", tmp_path)
    assert line.exit_code == 2
    assert line.stdout == ""
