"""The check in one pass: it finds what the full check finds, in any number of rows, in little memory."""

import csv
import importlib
import json
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from command_lines import run
from simpul.graph_builder import (
    Keys,
    Problem,
    StreamReport,
    check_records,
    check_stream,
    find_ecosystem,
    is_large,
    load_records,
    shipped_ecosystems,
)
from tables import FORMS
from worlds import RATTAN, copy_of_rattan, edit

streaming: Any = importlib.import_module("simpul.graph_builder.streaming")

HEADINGS = ["id", "jenis", "pihak 1", "peran 1", "pihak 2", "peran 2", "mulai", "akhir", "sumber", "sikap", "modalitas", "tanda"]  # fmt: skip
Row = list[str]
Write = Callable[[Path, list[Row]], None]


def stream(folder: Path) -> StreamReport:
    return check_stream(find_ecosystem(folder))


def stands(problem: Problem) -> tuple[str, str, int | None, str | None, str | None]:
    return (problem.code, problem.file, problem.line, problem.key, problem.field)


@pytest.mark.parametrize(
    "folder", [RATTAN, *shipped_ecosystems().values()], ids=lambda path: path.name
)
def test_sound_records_are_sound_and_all_of_them_are_read(folder: Path) -> None:
    report = stream(folder)
    assert (report.problems, report.untold) == ((), {})
    loaded = load_records(find_ecosystem(folder))
    counts = {kind: len(found) for kind, found in loaded.records.items() if found}
    assert report.read == report.sound == counts


SPOILED = {
    "an unknown role": ("ties.yaml", "role: provider", "role: provder"),
    "an unknown party": ("ties.yaml", "role: provider", "role: provider\n    in_capacity_of: x"),
    "a role that is not allowed": ("ties.yaml", "role: provider", "role: funder"),
    "a date that is none": ("ties.yaml", "start: '2023-05'", "start: '2023-13'"),
    "an end before the start": ("ties.yaml", "start: '2019'", "start: '2022'"),
    "no evidence": ("ties.yaml", "locator: paragraph 4\n    stance: supports", "stance: mentions"),
    "an unknown parent": ("institutions.yaml", "unit_of: dinas-contoh", "unit_of: dinas"),
    "a key twice": ("ties.yaml", "- id: latih-perajin", "- id: kerja-sama-rotan"),
    "a key of two kinds": ("groups.yaml", "- id: ", "- id: balai-rotan\n  old: "),
    "personal data": ("ties.yaml", "programme: Rotan Maju", "programme: HP 0812-3456-7890"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), SPOILED.values(), ids=SPOILED)
def test_what_the_full_check_finds_in_a_record_is_found_at_the_same_place(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    folder = copy_of_rattan(tmp_path)
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    ecosystem = find_ecosystem(folder)
    loaded = load_records(ecosystem)
    full = check_records(loaded, Keys(ecosystem.base, loaded.records))
    assert full
    assert sorted(map(stands, stream(folder).problems)) == sorted(map(stands, full))


def test_a_reference_forward_and_evidence_of_a_later_file_are_known(
    tmp_path: Path,
) -> None:
    """The seed keeps its evidence in a file of its own, read last."""
    folder = Path(shutil.copytree(shipped_ecosystems()["seed"], tmp_path / "seed"))
    assert stream(folder).problems == ()
    (folder / "evidence.yaml").unlink()
    lost = {p.code for p in stream(folder).problems}
    assert lost == {"missing-evidence"}


# ------------------------------------------------------------------ many rows


def rows(count: int) -> Iterator[Row]:
    """Sound ties of the rattan world."""
    for number in range(count):
        month = f"20{number % 20 + 10}-{number % 12 + 1:02d}"
        yield [
            *(f"t-{number}", "kerja sama", "balai-rotan", "mitra", "asosiasi-rotan"),
            *(
                "partner",
                month,
                "",
                "koran-a-2023",
                "mendukung",
                "terlaksana",
                "positif",
            ),
        ]


def as_csv(folder: Path, table: list[Row]) -> None:
    with (folder / "simpul.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, *table])


def as_json_lines(folder: Path, table: list[Row]) -> None:
    lines = (json.dumps(dict(zip(HEADINGS, row, strict=True))) for row in table)
    (folder / "ties.jsonl").write_text("\n" + "\n".join(lines), "utf-8")


def as_parquet(folder: Path, table: list[Row]) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = importlib.import_module("pyarrow.parquet")
    columns = dict(zip(HEADINGS, map(list, zip(*table, strict=True)), strict=True))
    parquet.write_table(arrow.table(columns), folder / "ties.parquet")


def world(folder: Path, write: Write, table: list[Row]) -> Path:
    """The rattan world with its ties in a large table."""
    made = copy_of_rattan(folder)
    (made / "ties.yaml").unlink()
    (made / "discrepancies.yaml").unlink(missing_ok=True)
    write(made, table)
    return made


FAULTS: dict[str, tuple[int, str, str]] = {
    "an unknown type": (1, "kerja", "unknown-code"),
    "an unknown party": (2, "balai-rotn", "unknown-reference"),
    "an unknown role": (3, "mitraa", "unknown-code"),
    "one party only": (4, "balai-rotan", "too-few-participants"),
    "a role of another type": (5, "funder", "role-not-allowed"),
    "no date": (6, "2024-02-30", "bad-edtf"),
    "an end before": (7, "1999", "end-before-start"),
    "an unknown source": (8, "koran-z", "unknown-reference"),
    "no support": (9, "menyinggung", "missing-evidence"),
    "a key twice": (0, "t-0", "duplicate-key"),
    "no key": (0, "", "missing-field"),
    "a bad key": (0, "T 1", "bad-value"),
}


@pytest.mark.parametrize(
    "write", [as_csv, as_json_lines, as_parquet], ids=lambda write: write.__name__
)
def test_every_planted_fault_is_found_in_its_row(write: Write, tmp_path: Path) -> None:
    table = list(rows(20_000))
    planted: set[tuple[int, str]] = set()
    for turn, at in enumerate(range(137, 20_000, 311)):
        column, value, code = list(FAULTS.values())[turn % len(FAULTS)]
        table[at][column] = value
        planted.add((at + 2, code))
        if code == "too-few-participants":  # the same party twice, in one role
            planted.add((at + 2, "duplicate-key"))
    report = stream(world(tmp_path, write, table))
    assert {(p.line, p.code) for p in report.problems} == planted
    assert report.read["tie"] == 20_000
    rejected = {line for line, code in planted if code in REFUSING}
    between = {line for line, code in planted if code == "too-few-participants"}
    assert report.sound["tie"] == 20_000 - len(rejected - between)


REFUSING = {"unknown-code", "bad-edtf", "duplicate-key", "missing-field", "bad-value"}
"""What keeps a record out by itself; the other faults lie between sound records."""


def test_problems_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    table = list(rows(1_000))
    for row in table[:400]:
        row[3] = "mitraa"
    report = stream(world(tmp_path, as_csv, table))
    assert len(report.problems) == streaming.MAX_TOLD
    assert report.untold == {"simpul.csv": 400 - streaming.MAX_TOLD}
    assert report.sound["tie"] == 600
    assert len(report.errors) == streaming.MAX_TOLD


def test_memory_does_not_grow_with_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "CHUNK", 500)

    def peak(count: int) -> int:
        folder = world(tmp_path / str(count), as_csv, list(rows(count)))
        stream(folder)  # what is made once is made
        tracemalloc.start()
        stream(folder)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    few, many = peak(1_000), peak(5_000)
    assert many < 1.2 * few


def test_progress_tells_how_far_it_is(tmp_path: Path) -> None:
    folder = world(tmp_path, as_csv, list(rows(streaming.CHUNK + 1)))
    told: list[tuple[str, int]] = []
    check_stream(find_ecosystem(folder), lambda kind, count: told.append((kind, count)))
    assert ("ties", streaming.CHUNK) in told
    assert ("ties", streaming.CHUNK + 1) in told


def test_keys_used_twice_are_found_across_forms_and_sheets(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    FORMS["workbook"](RATTAN, tmp_path / "book")
    shutil.copy(tmp_path / "book" / "catatan.xlsx", folder)
    report = stream(folder)
    twice = [p for p in report.problems if p.code == "duplicate-key"]
    assert len(twice) == sum(report.sound.values())
    tie = next(p for p in twice if p.key == "latih-perajin")
    assert tie.file == "ties.yaml"
    assert "catatan.xlsx, sheet ikatan, row 3, column id (A)" in tie.message("en")


def test_an_empty_folder_and_a_missing_one_are_told(tmp_path: Path) -> None:
    shutil.copy(RATTAN / "ecosystem.toml", tmp_path)
    assert [p.code for p in stream(tmp_path).problems] == ["no-records"]


def test_what_a_packet_brings_may_be_referred_to(tmp_path: Path) -> None:
    """The packet itself is left to the full check, which puts its records together with others."""
    folder = copy_of_rattan(tmp_path)
    packet = folder / "added" / "koran-c"
    packet.mkdir(parents=True)
    (packet / "sumber.csv").write_text(
        "id;judul;penerbit;jenis\nkoran-c;Rotan;Koran C;news-report\n", "utf-8"
    )
    edit(folder, "groups.yaml", "source: koran-a-2023", "source: koran-c")
    report = stream(folder)
    assert (report.problems, report.packets) == ((), 1)
    result = run("check", folder, "--stream")
    assert "packets below added/ (1)" in result.stderr


# ------------------------------------------------------------------ the command


def test_large_is_a_matter_of_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_rattan(tmp_path)
    size = sum(file.stat().st_size for file in folder.glob("*.yaml"))
    monkeypatch.setattr(streaming, "LARGE", size)
    assert not is_large(folder)
    (folder / "groups.jsonl").write_text("\n")
    assert is_large(folder)
    monkeypatch.setattr(streaming, "LARGE", size + 50)
    (folder / "x.parquet").write_bytes(b"12345")
    assert is_large(folder)


def test_the_shipped_records_are_not_large() -> None:
    assert not any(map(is_large, shipped_ecosystems().values()))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_large_folder_is_checked_in_one_pass_and_says_so(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "role: provider", "role: provder")
    monkeypatch.setattr(streaming, "LARGE", 1)
    result = run("check", folder, lang=lang)
    assert result.exit_code == 1
    assert "ties.yaml" in result.stdout
    assert "provder" in result.stdout
    assert "SHACL" in result.stderr or "shapes" in result.stderr
    assert "--whole" in result.stderr
    whole = run("check", folder, "--whole", lang=lang)
    assert "--whole" not in whole.stderr


def test_sound_records_give_0_and_problems_left_out_are_counted(tmp_path: Path) -> None:
    assert run("check", "seed", "--stream").exit_code == 0
    table = list(rows(300))
    for row in table:
        row[3] = "mitraa"
    result = run("check", world(tmp_path, as_csv, table), "--stream")
    assert len(result.stdout.splitlines()) == streaming.MAX_TOLD
    assert "simpul.csv: 200 more" in result.stderr
    assert "tie 0/300" in result.stderr
