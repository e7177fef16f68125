"""`simpul network export`."""

import csv
import json
import shlex
from pathlib import Path
from typing import Any

import networkx
import pytest

from command_lines import run
from simpul.analysis.exports import NETWORK_FORMATS, LossKind
from simpul.cli import main
from simpul.ontology import LANGUAGES, Language, Wording


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of the seed graph."""
    folder = tmp_path_factory.mktemp("seed")
    assert run("build", "seed", "--out", folder).exit_code == 0
    return folder


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_every_format_is_written_and_its_files_are_named(
    out: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "new" / f"seed{NETWORK_FORMATS[name].suffix}"
    line = ("network", "export", "--format", name, "--out", file)
    result = run(*line, "--version-dir", out)
    assert result.exit_code == 0, result.stderr
    written = {Path(each) for each in result.stdout.splitlines()}
    assert written == set(file.parent.iterdir())


def test_the_ending_of_the_file_chooses_the_format(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "seed.graphml"
    assert run("network", "export", "--out", file, "--version-dir", out).exit_code == 0
    read: Any = networkx.read_graphml  # what a file holds has no type
    assert len(read(file, force_multigraph=True)) > 2


def test_a_file_takes_the_name_of_its_ecosystem(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("network", "export", "--version-dir", out)
    assert result.stdout == "seed.gexf\n"


def edges(folder: Path, out: Path, *options: str) -> list[dict[str, str]]:
    """The table of edges that a line writes."""
    line = ("network", "export", "--format", "csv", "--out", folder / "x.csv")
    result = run(*line, "--version-dir", out, *options)
    assert result.exit_code == 0, result.stderr
    with (folder / "x-edges.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_the_measured_part_is_written_unless_all_is_asked_for(
    out: Path, tmp_path: Path
) -> None:
    measured, whole = edges(tmp_path, out), edges(tmp_path, out, "--all")
    assert 0 < len(measured) < len(whole)
    assert {row["modality"] for row in measured} <= {"", "realised"}
    assert {row["status"] for row in measured} == {"accepted"}


def test_a_focus_writes_less_than_the_whole(out: Path, tmp_path: Path) -> None:
    whole = edges(tmp_path, out, "--all")
    part = edges(tmp_path, out, "--all", "--focus", "bpipi")
    assert 0 < len(part) < len(whole)


def test_a_day_writes_what_held_then(out: Path, tmp_path: Path) -> None:
    whole = edges(tmp_path, out, "--all")
    then = edges(tmp_path, out, "--all", "--as-of", "2021-12-31")
    assert {row["holding"] for row in then} <= {"attested", "possible"}
    assert len(then) < len(whole)


def test_two_modes_join_bodies_to_their_ties(out: Path, tmp_path: Path) -> None:
    parts = edges(tmp_path, out, "--two-mode")
    assert {row["Target"] for row in parts} == {row["tie"] for row in parts}
    assert all(row["role"] for row in parts)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("id", "tidak dimuat: "), ("en", "left out: ")],
)
def test_what_is_lost_is_told_in_the_language_of_the_line(
    out: Path, tmp_path: Path, lang: str, told: str
) -> None:
    line = ("network", "export", "--out", tmp_path / "x.net", "--format", "pajek")
    result = run(*line, "--version-dir", out, lang=lang)
    assert any(each.startswith(told) for each in result.stderr.splitlines())
    assert "source_roles" in result.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", LossKind)
def test_every_loss_has_a_sentence(kind: LossKind, lang: Language) -> None:
    words = Wording.load("simpul.cli", "words")
    said = words.say(f"lost-{kind}", lang, count=3, names="a → b")
    assert "3" in said or "a → b" in said


@pytest.mark.parametrize("lang", ["id", "en"])
def test_help_names_every_format(lang: str) -> None:
    shown = run("network", "export", "--help", lang=lang).stdout
    assert [name for name in NETWORK_FORMATS if name not in shown] == []
    contents = {"id": "Perintah:", "en": "Commands:"}[lang]
    assert contents in run("network", "--help", lang=lang).stdout


def test_the_language_before_a_group_reaches_its_commands() -> None:
    shown = run("--lang", "id", "network", "export", "--help").stdout
    assert shown.startswith("Pemakaian:")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(("--format", "gefx"), "did you mean gexf?", id="format"),
        pytest.param(("--focus", "bpipy"), "did you mean 'bpipi'?", id="focus"),
        pytest.param(("--as-of", "kemarin"), "no clear day", id="day"),
    ],
)
def test_a_wrong_request_gives_2_and_writes_nothing(
    out: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    file = tmp_path / "x.gexf"
    line = ("network", "export", "--out", file, "--version-dir", out)
    result = run(*line, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not file.exists()


def test_every_line_of_its_help_works(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands: Any = main.commands["network"]  # a group, which only its class knows
    lines = commands.commands["export"].examples
    for line in lines:
        result = run(*shlex.split(line)[1:], "--version-dir", out)
        assert result.exit_code == 0, result.stderr
    assert len(list(tmp_path.iterdir())) > len(lines)


def test_json_is_node_link_unless_kumu_is_asked_for(out: Path, tmp_path: Path) -> None:
    for name, key in (("", "nodes"), ("kumu", "elements")):
        file = tmp_path / f"{name}x.json"
        line = ("network", "export", "--out", file, "--version-dir", out)
        chosen = ("--format", name) if name else ()
        assert run(*line, *chosen).exit_code == 0
        assert key in json.loads(file.read_text("utf-8"))


def test_an_ending_that_no_format_has_is_refused_with_those_there_are(
    out: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.xyz"
    line = ("network", "export", "--out", file, "--version-dir", out)
    result = run(*line)
    assert result.exit_code == 2
    assert ".graphml (graphml)" in result.stderr
    assert not file.exists()
    assert run(*line, "--format", "gexf").stdout.strip() == str(file)


def test_a_stroke_at_the_end_is_a_folder_for_the_files(
    out: Path, tmp_path: Path
) -> None:
    line = ("network", "export", "--format", "ucinet", "--version-dir", out, "--out")
    for _ in range(2):  # the second time it is there
        result = run(*line, f"{tmp_path}/ucinet/")
        assert result.exit_code == 0, result.stderr
        written = {Path(each) for each in result.stdout.splitlines()}
        assert written == set((tmp_path / "ucinet").iterdir())
        assert tmp_path / "ucinet" / "seed.dl" in written
    missing = run(*line, f"{tmp_path}/no/ucinet/")
    assert missing.exit_code == 2
    assert "there is no folder" in missing.stderr
    assert not (tmp_path / "no").exists()


def test_networkx_reads_a_gexf_without_directions_and_the_other_is_told_of(
    out: Path, tmp_path: Path
) -> None:
    read: Any = networkx.read_gexf  # what a file holds has no type
    line = ("network", "export", "--all", "--version-dir", out, "--out")
    mixed = run(*line, tmp_path / "mixed.gexf")
    assert "networkx refuses it; --undirected" in mixed.stderr
    with pytest.raises(networkx.NetworkXError):
        read(tmp_path / "mixed.gexf")
    plain = run(*line, tmp_path / "plain.gexf", "--undirected")
    assert "networkx" not in plain.stderr
    assert "direction left out, as asked" in plain.stderr
    graph = read(tmp_path / "plain.gexf")
    assert not graph.is_directed()
    assert graph.number_of_edges() == len(edges(tmp_path, out, "--all"))


def test_two_formats_do_not_share_a_name_and_what_is_replaced_is_told(
    out: Path, tmp_path: Path
) -> None:
    line = ("network", "export", "--version-dir", out, "--out", f"{tmp_path}/")
    written = [
        run(*line, "--format", name) for name in ("kumu", "node-link", "csv", "kumu")
    ]
    assert [each.exit_code for each in written] == [0] * 4
    names = {each.stdout for each in written[:2]}
    assert len(names) == 2
    assert not any("replaced" in each.stderr for each in written[:3])
    assert "were replaced: seed-kumu.json" in written[3].stderr
