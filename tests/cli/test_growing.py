import csv
import io
import json
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from command_lines import run
from packets import cut
from simpul.cli import main
from simpul.graph_builder import find_ecosystem, shipped_ecosystems
from worlds import RATTAN, copy_of_rattan

SOURCE = "- {id: koran-c, title: Koran C, publisher: Koran C, kind: news-report}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with rattan whole in `rotan`, cut in `base` and `packets`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIMPUL_BY", "Sari")
    copy_of_rattan(tmp_path).rename("rotan")
    cut(find_ecosystem(RATTAN), ("koran-b-2023", "laporan-2024"), tmp_path)
    return tmp_path


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def remove(*arguments: str, lang: str = "en") -> Result:
    why = ("--why", "Withdrawn by its publisher.")
    return run("remove", *arguments, *why, "--format", "csv", lang=lang)


def test_removing_tells_what_went_and_what_others_keep(desk: Path) -> None:
    result = remove("laporan-2024", "--from", "rotan")
    told = {row["key"]: row for row in rows(result)}
    assert told["rencana-pameran"]["outcome"] == "withdrawn"
    assert told["rencana-pameran"]["why"] == "nothing supports it any more"
    assert told["kerja-sama-rotan"]["outcome"] == "kept"
    assert told["kerja-sama-rotan"]["by"] == "koran-a-2023, koran-b-2023"
    assert told["kerja-sama-rotan"]["name"].startswith("The centre and the association")
    assert "version" in result.stderr
    (decision,) = (desk / "rotan/decisions.jsonl").read_text("utf-8").splitlines()
    taken = json.loads(decision)
    assert (taken["who"], taken["source"]) == ("Sari", "laporan-2024")
    assert taken["why"] == "Withdrawn by its publisher."
    assert (desk / "simpul-out/rotan/current").is_file()


@pytest.mark.usefixtures("desk")
def test_it_is_told_in_indonesian_too() -> None:
    result = remove("laporan-2024", "--from", "rotan", lang="id")
    told = {row["key"]: row for row in rows(result)}
    assert told["kerja-sama-rotan"]["outcome"] == "tetap"
    assert told["kerja-sama-rotan"]["why"] == "sumber lain mendukungnya"
    assert told["kerja-sama-rotan"]["name"].startswith("Balai dan asosiasi")


def test_a_look_changes_nothing(desk: Path) -> None:
    result = remove("laporan-2024", "--from", "rotan", "--dry-run")
    assert rows(result)
    assert "nothing has changed" in result.stderr
    assert not (desk / "rotan/decisions.jsonl").exists()
    assert not (desk / "simpul-out").exists()


@pytest.mark.usefixtures("desk")
def test_a_source_comes_back_with_a_reason_only() -> None:
    gone = rows(remove("laporan-2024", "--from", "rotan"))
    again = remove("laporan-2024", "--from", "rotan")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "was withdrawn before" in again.stderr
    line = ("add", "laporan-2024", "--to", "rotan", "--format", "csv")
    unsigned = run(*line)
    assert unsigned.exit_code == 2
    assert "--why" in unsigned.stderr
    back = rows(run(*line, "--why", "It was found."))
    assert [row["key"] for row in back] == [row["key"] for row in gone]
    assert {row["outcome"] for row in back} == {"new", "known"}


def test_a_packet_is_added_once(desk: Path) -> None:
    line = ("add", desk / "packets/laporan-2024", "--to", "base", "--format", "json")
    result = run(*line)
    assert result.exit_code == 0, result.stderr
    assert "rencana-pameran" in result.stdout
    assert (desk / "base/added/laporan-2024/ties.yaml").is_file()
    again = run(*line)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "laporan-2024 is there already" in again.stderr


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_could_not_be_built_is_told_with_the_way_out_which_works(
    lang: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    line = ("remove", "laporan-2024", "--from", "rotan", "--why", "x", "--out", "a b")
    with monkeypatch.context() as patch:
        patch.setattr("simpul.graph_builder.build.publish", full)
        result = run(*line, lang=lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No space left on device" in result.stderr
    way_out = "simpul build rotan --out 'a b'"
    assert f"`{way_out}`" in result.stderr
    assert (desk / "rotan/decisions.jsonl").is_file()
    again = run(*line, lang=lang)
    assert again.exit_code == 0
    said = ("is built now", "nothing changes")
    if lang == "id":
        said = ("kini sudah dibangun", "tidak ada yang berubah")
    assert said[0] in again.stderr
    assert said[1] not in again.stderr
    third = run(*line, lang=lang)
    assert said[0] not in third.stderr
    assert said[1] in third.stderr
    (desk / "a b/current").unlink()
    assert run(*shlex.split(way_out)[1:], lang=lang).exit_code == 0
    assert (desk / "a b/current").is_file()


def test_a_faulty_packet_is_told_and_stays_out(desk: Path) -> None:
    packet = desk / "c"
    packet.mkdir()
    (packet / "sources.yaml").write_text(SOURCE, "utf-8")
    (packet / "ties.yaml").write_text(
        "- {id: kerja-sama-rotan, start: '2018', evidence: [{source: x, stance: supports}]}\n",
        "utf-8",
    )
    for lang, word in (("en", "nothing has changed"), ("id", "tidak ada yang berubah")):
        result = run("add", packet, "--to", "rotan", lang=lang)
        assert result.exit_code == 1
        assert "added/koran-c/ties.yaml" in result.stdout
        assert "2018" in result.stdout
        assert word in result.stderr
    assert not (desk / "rotan/added").exists()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", ["add", "remove"])
def test_an_unknown_source_is_answered_with_a_near_one(command: str) -> None:
    for lang, word in (("en", "did you mean"), ("id", "maksud Anda")):
        line = (command, "laporan-2042", "--ecosystem", "rotan", "--why", "x")
        result = run(*line, lang=lang)
        assert result.exit_code == 2
        assert "laporan-2024" in result.stderr
        assert word in result.stderr


@pytest.mark.parametrize("where", ["footwear", str(shipped_ecosystems()["footwear"])])
def test_what_comes_with_simpul_is_not_changed(where: str) -> None:
    result = run("remove", "clicks-2021-usir", "--from", where, "--why", "x")
    assert result.exit_code == 2
    assert "simpul init DIR --from footwear" in result.stderr


def test_an_empty_reason_is_none(desk: Path) -> None:
    line = ("remove", "laporan-2024", "--from", "rotan", "--why", "  ")
    assert run(*line).exit_code == 2
    assert run(*line[:-2]).exit_code == 2
    assert not (desk / "rotan/decisions.jsonl").exists()


def test_keys_are_completed(desk: Path) -> None:
    rows(remove("laporan-2024", "--from", "rotan"))
    add, remove_ = main.commands["add"], main.commands["remove"]
    for command, option, key, given in (
        (remove_, "--from", "koran-a-2023", "koran-a"),
        (add, "--to", "laporan-2024", "lap"),
    ):
        ctx = command.make_context(command.name, [option, "rotan", "x", "--why", "x"])
        argument = next(p for p in command.params if p.name in ("sources", "packets"))
        found = argument.shell_complete(ctx, given)
        assert key in [item.value for item in found]
        # A folder that is none, or that comes with Simpul, has nothing to offer.
        ctx.params["ecosystem"] = "footwear"
        assert key not in [i.value for i in argument.shell_complete(ctx, given)]


def test_a_copy_of_footwear_keeps_the_founding_of_bpipi_without_one_outlet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped_ecosystems()["footwear"], "mine")
    result = remove("gatranews-2024-groundbreaking", "--from", "mine", "--dry-run")
    told = {row["key"]: row for row in rows(result)}
    assert told["t-bpipi-founding"]["outcome"] == "kept"
    assert told["t-bpipi-founding"]["by"].count("-2024-groundbreaking") == 6
    assert "tie" not in {
        r["kind"] for r in told.values() if r["outcome"] == "withdrawn"
    }
