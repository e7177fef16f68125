"""`simpul query` and `simpul queries`."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from command_lines import run
from simpul.queries import catalog

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a version of the seed graph."""
    out = tmp_path_factory.mktemp("seed")
    return Path(run("build", "seed", "--out", out).stdout.strip())


def ask(version: Path, *arguments: str | Path, **how: str) -> str:
    result = run("query", *arguments, "--version-dir", version, **how)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def piped(
    version: Path, *arguments: str, given: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a line in a process of its own, with real pipes."""
    program = [sys.executable, "-c", "from simpul.cli import main; main()"]
    line = [*program, "query", *arguments, "--version-dir", str(version)]
    environment = {**os.environ, "SIMPUL_LANG": "en", **variables}
    return subprocess.run(
        line, input=given, env=environment, capture_output=True, check=False
    )


def test_rows_go_to_standard_output_and_words_to_standard_error(version: Path) -> None:
    result = run("query", "founders", "--format", "csv", "--version-dir", version)
    rows = list(csv.reader(StringIO(result.stdout)))
    assert rows[0] == ["founder", "name"]
    assert len(rows) == 5
    assert "Which parties set BPIPI up together?" in result.stderr
    assert "rows: 4" in result.stderr


def test_names_come_in_the_language_of_the_line(version: Path) -> None:
    assert "Ministry of Industry" in ask(version, "founders")
    assert "Kementerian Perindustrian" in ask(version, "founders", lang="id")


def test_the_question_is_said_with_the_names_of_what_was_chosen(version: Path) -> None:
    chosen = ("founders", "-p", "body=bpipi", "--version-dir", str(version))
    assert "mendirikan BPIPI?" in run("query", *chosen, lang="id").stderr


def test_a_query_may_come_from_a_file(version: Path, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    file.write_text(COUNT, "utf-8")
    answer = json.loads(ask(version, file, "--format", "json"))
    assert int(answer["results"]["bindings"][0]["n"]["value"]) > 1000


def test_a_query_may_come_from_a_pipe(version: Path) -> None:
    process = piped(version, "-", "--format", "tsv", given=COUNT.encode())
    assert process.returncode == 0
    head, count = process.stdout.splitlines()
    assert head == b"?n"
    assert int(count) > 1000


def test_the_folder_that_build_wrote_to_stands_for_its_current_version(
    version: Path,
) -> None:
    assert ask(version.parent.parent, "founders") == ask(version, "founders")


def test_triples_are_written_as_turtle(version: Path) -> None:
    text = "CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 3"
    turtle = ask(version, "-", "--format", "turtle", given=text)
    assert "@prefix simpul:" in turtle


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("SELECT ?x {", b"line 1, column 12", id="syntax"),
        pytest.param("\xff", b"is not UTF-8", id="encoding"),
        pytest.param(
            "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
            b"SERVICE is refused",
            id="outbound",
        ),
    ],
)
def test_a_query_that_cannot_be_answered_gives_2_and_no_traceback(
    version: Path, given: str, message: bytes
) -> None:
    process = piped(version, "-", given=given.encode("latin-1"))
    assert process.returncode == 2
    assert process.stdout == b""
    assert message in process.stderr
    assert b"Traceback" not in process.stderr


def test_any_letter_can_be_written_to_a_pipe_of_an_old_code_page(version: Path) -> None:
    text = 'SELECT ("→ \u0101" AS ?x) {}'.encode()
    process = piped(version, "-", given=text, PYTHONIOENCODING="cp1252")
    assert process.returncode == 0
    assert "→ \u0101" in process.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_reader_that_leaves_early_is_no_error(version: Path) -> None:
    line = (
        f'"{sys.executable}" -c "from simpul.cli import main; main()" query -'
        f' --format csv --version-dir "{version}" | head -n 1; echo "${{PIPESTATUS[0]}}"'
    )
    process = subprocess.run(
        ["bash", "-c", line],
        input=b"SELECT ?s ?p ?o { ?s ?p ?o }",
        capture_output=True,
        check=True,
    )
    assert process.stdout.split() == [b"s,p,o", b"0"]
    assert process.stderr.count(b"\n") <= 1


def test_bytes_go_to_a_file_when_asked(version: Path, tmp_path: Path) -> None:
    target = tmp_path / "founders.csv"
    assert ask(version, "founders", "--format", "csv", "--out", target) == ""
    assert target.read_bytes().startswith(b"founder,name\r\n")


def test_the_catalogue_lists_every_question_in_words() -> None:
    result = run("queries", "--format", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert [row["name"] for row in rows] == [question.name for question in catalog()]
    assert all(row["asks"].endswith("?") for row in rows)


def test_a_named_question_is_printed_as_it_stands() -> None:
    result = run("queries", "founders")
    assert result.stdout == catalog().find("founders").text
    assert "-p body=" in result.stderr
