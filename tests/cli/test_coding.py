"""`simpul coders`."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from command_lines import run

CODINGS = Path(__file__).parents[1] / "data" / "codings"
PAIR = (CODINGS / "ani", CODINGS / "budi")


def test_the_table_gives_every_variable_with_its_interval_and_reading() -> None:
    result = run("coders", *PAIR)
    assert result.exit_code == 0
    lines = {line[:24].strip(): line.split() for line in result.stdout.splitlines()}
    assert lines["tie: type"][3:7] == ["0.550", "0.000", "1.000", "5"]
    assert "no alpha: all values the same" in " ".join(lines["tie: sign"])
    assert "documents compared: 5; disagreements: 11" in result.stderr
    assert "custom" in result.stderr


def test_the_table_speaks_indonesian() -> None:
    result = run("coders", *PAIR, lang="id")
    assert "ikatan: jenis" in result.stdout
    assert "tidak andal, belum pasti" in result.stdout
    assert "kebiasaan" in result.stderr


def test_csv_holds_codes_for_machines() -> None:
    result = run("coders", *PAIR, "--format", "csv")
    rows = {row["variable"]: row for row in csv.DictReader(StringIO(result.stdout))}
    assert rows["tie-start"]["metric"] == "nominal"
    assert float(rows["tie-start"]["value"]) == pytest.approx(0.769)
    assert rows["tie-sign"]["value"] == ""
    assert rows["triples"]["metric"] == "masi"


def test_json_holds_everything() -> None:
    result = run("coders", *PAIR, "--format", "json")
    found = json.loads(result.stdout)
    assert found["coders"] == ["ani", "budi"]
    sign = next(v for v in found["variables"] if v["variable"] == "tie-sign")
    assert (sign["alpha"], sign["why"]) == (None, "no-variation")
    (overlap,) = found["overlaps"]
    assert overlap["f1"] == pytest.approx(6 / 13)
    assert len(found["disagreements"]) == 11


def test_disagreements_are_written_as_a_sheet_to_decide_in(tmp_path: Path) -> None:
    sheet = tmp_path / "putusan.csv"
    result = run("coders", *PAIR, "--disagreements", sheet)
    assert result.exit_code == 0
    rows = list(csv.DictReader(StringIO(sheet.read_text("utf-8-sig"))))
    lease = next(
        row
        for row in rows
        if (row["document"], row["variable"]) == ("clicks-2021-usir", "tie-type")
    )
    assert (lease["ani"], lease["budi"]) == ("site-lease", "site-loan")
    assert lease["ani: file"] == lease["budi: file"] == "ties.yaml line 3"
    assert lease["decision"] == ""


def test_disagreements_are_written_as_json_where_the_name_says_so(
    tmp_path: Path,
) -> None:
    path = tmp_path / "putusan.json"
    run("coders", *PAIR, "--disagreements", path)
    rows = json.loads(path.read_text("utf-8"))
    quarrel = next(row for row in rows if row["variable"] == "tie")
    assert quarrel["coded"]["ani"]["value"] == "tenggat-2021"
    assert quarrel["coded"]["ani"]["where"]["line"] == 15
    assert quarrel["coded"]["budi"] is None


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_form_of_the_records_makes_no_difference(tmp_path: Path, form: str) -> None:
    copy = tmp_path / "ani"
    assert run("init", copy, "--from", "seed", "--form", form).exit_code == 0
    result = run("coders", "seed", copy)
    assert result.exit_code == 0
    assert "disagreements: 0" in result.stderr


def test_one_folder_is_too_few() -> None:
    result = run("coders", PAIR[0])
    assert result.exit_code == 2
    assert "two folders" in result.stderr


def test_codings_without_a_common_document_are_not_compared() -> None:
    result = run("coders", "seed", "footwear")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "seed, footwear" in result.stderr


def test_a_broken_coding_prints_its_problems_and_gives_1(tmp_path: Path) -> None:
    broken = tmp_path / "citra"
    broken.mkdir()
    (broken / "ties.yaml").write_text("- id: x\n  type: hierarki\n", "utf-8")
    result = run("coders", PAIR[0], broken)
    assert result.exit_code == 1
    assert "ties.yaml line 2, x, type" in result.stdout
    assert "citra" in result.stderr


def test_a_coding_that_is_not_there_is_the_fault_of_the_request() -> None:
    result = run("coders", PAIR[0], "no-such-folder")
    assert result.exit_code == 2
