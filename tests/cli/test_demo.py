"""`simpul demo`: everything once, and without a network."""

import re
import socket
from pathlib import Path

import pytest
from click.testing import Result

from command_lines import run
from simpul.queries import catalog

pytestmark = pytest.mark.slow
QUESTIONS = (
    "founders",
    "founding-sources",
    "hosts",
    "names-over-time",
    "sums-and-totals",
)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("the demo opened a socket")


@pytest.fixture(scope="module", params=["en", "id"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Result]:
    """The language, the folder and the outcome of a demo on a machine without sockets."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(socket, "socket", refuse)
        return request.param, folder, run("demo", lang=request.param)


def test_the_demo_succeeds_and_says_nothing_on_standard_error(
    demo: tuple[str, Path, Result],
) -> None:
    _, _, result = demo
    assert result.exit_code == 0
    assert result.stderr == ""


def test_the_demo_answers_five_questions_each_with_sources(
    demo: tuple[str, Path, Result],
) -> None:
    lang, _, result = demo
    _, *answers = re.split(r"\n\n  (?=\S.*\?\n)", result.stdout)
    assert len(answers) == len(QUESTIONS)
    for answer in answers:
        assert re.search(r"^    → \S", answer, re.MULTILINE)
        assert re.search(r"^      · .*https?://", answer, re.MULTILINE)
    title = catalog().find("sums-and-totals").asks("id" if lang == "id" else "en")
    assert title in result.stdout
    for name in QUESTIONS:
        assert catalog().find(name).id.startswith("CQ")


def test_the_demo_ranks_ten_bodies_or_more_where_a_rank_is_shared(
    demo: tuple[str, Path, Result],
) -> None:
    _, _, result = demo
    table = result.stdout.partition("\n3. ")[2].partition("\n4. ")[0]
    ranks = re.findall(r"^ *(\d+)(=?) {2,}\S", table, re.MULTILINE)
    assert len(ranks) >= 10
    assert all(int(rank) <= 10 for rank, _ in ranks)


def test_every_file_the_demo_names_is_there(demo: tuple[str, Path, Result]) -> None:
    _, folder, result = demo
    named = re.findall(r"simpul-out[\w./\\-]+", result.stdout)
    assert len(named) == 4
    assert [name for name in named if not (folder / name).is_file()] == []


def test_the_demo_times_each_of_its_four_steps(
    demo: tuple[str, Path, Result],
) -> None:
    lang, _, result = demo
    words = {
        "en": r"\d+\.\d s of processor time",
        "id": r"waktu prosesor \d+\.\d detik",
    }
    assert len(re.findall(words[lang], result.stdout)) == 4


def test_the_demo_prints_the_hash_of_the_graph_that_it_wrote(
    demo: tuple[str, Path, Result],
) -> None:
    _, folder, result = demo
    (graph,) = folder.rglob("graph.nq")
    (digest,) = re.findall(r"\b[0-9a-f]{64}\b", result.stdout)
    assert graph.parent.name == digest[:16]
