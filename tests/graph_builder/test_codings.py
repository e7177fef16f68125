"""What one coder wrote, and of which document."""

from pathlib import Path

import pytest

from simpul.graph_builder import UNNAMED, CodedThing, Coding, Place, read_coding
from worlds import RATTAN, copy_of_rattan


def tie(coding: Coding, key: str) -> CodedThing:
    return next(tie for tie in coding.ties if tie.key == key)


@pytest.fixture(scope="module")
def rattan() -> Coding:
    return read_coding(RATTAN)


def test_a_coding_goes_by_the_name_of_its_folder(rattan: Coding) -> None:
    assert rattan.name == "rattan"
    assert rattan.documents == rattan.cited
    assert rattan.documents == {"koran-a-2023", "koran-b-2023", "laporan-2024"}


def test_a_tie_has_its_values_with_their_places(rattan: Coding) -> None:
    found = tie(rattan, "kerja-sama-rotan")
    lines = (RATTAN / "ties.yaml").read_text("utf-8").splitlines()
    sign = found.fields["sign"]
    assert sign.values == ("positive",)
    assert sign.written.line is not None
    assert lines[sign.written.line - 1] == "  sign: positive"
    assert found.fields["occurred"].values == ()
    assert found.roles["dinas-contoh"].values == ("supporter",)


def test_a_party_that_is_not_named_stands_for_nobody(rattan: Coding) -> None:
    assert set(tie(rattan, "latih-perajin").roles) == {"balai-rotan", UNNAMED}


def test_unit_of_is_a_line_of_command(rattan: Coding) -> None:
    found = tie(rattan, "unit-of.balai-rotan")
    assert found.fields["type"].values == ("hierarchy",)
    assert {party: role.values for party, role in found.roles.items()} == {
        "balai-rotan": ("subordinate",),
        "dinas-contoh": ("superior",),
    }
    # The report speaks of the founding alone.
    assert found.documents == {"koran-a-2023"}


def test_how_explicit_evidence_is_follows_the_record_where_it_does_not_say(
    rattan: Coding,
) -> None:
    stated = tie(rattan, "kerja-sama-rotan").sightings["koran-a-2023"]
    implied = tie(rattan, "sengketa-bengkel").sightings["koran-a-2023"]
    assert stated.explicitness.values == ("stated",)
    assert implied.explicitness.values == ("implied",)
    body = next(body for body in rattan.institutions if body.key == "asosiasi-rotan")
    assert body.sightings["koran-b-2023"].explicitness.values == ("whole-record",)


def test_an_institution_is_read_in_the_documents_of_its_ties(rattan: Coding) -> None:
    body = next(body for body in rattan.institutions if body.key == "asosiasi-rotan")
    assert set(body.sightings) == {"koran-b-2023"}
    assert body.documents == {"koran-a-2023", "koran-b-2023", "laporan-2024"}


def test_evidence_in_a_file_of_its_own_is_read() -> None:
    found = tie(read_coding("seed"), "founding-bpipi-1")
    (sighting,) = found.sightings.values()
    assert sighting.stance.written.file == "evidence.yaml"


def test_parties_go_by_the_record_they_were_merged_into(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    line = (
        '{"action": "merge", "kind": "institution", "record": "asosiasi-rotan", '
        '"into": "dinas-contoh", "when": "2025-01-01", "who": "Uji", "why": "Uji."}\n'
    )
    (folder / "decisions.jsonl").write_text(line, "utf-8")
    found = tie(read_coding(folder), "rencana-pameran")
    assert set(found.roles) == {"dinas-contoh", "perajin-rotan"}


def test_record_files_without_settings_are_a_coding_too(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    (folder / "ecosystem.toml").unlink()
    coding = read_coding(folder, "ani")
    assert coding.name == "ani"
    assert coding.ties[0].written == Place("ties.yaml", coding.ties[0].written.line)
