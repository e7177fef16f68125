"""Bad records: each is named with its file, key and field, and none becomes a graph."""

from pathlib import Path

import pytest

from simpul.graph_builder import (
    BuildRefused,
    UnknownEcosystem,
    build_ecosystem,
    check_ecosystem,
    current_version,
)
from simpul.ontology import SourceError
from worlds import RATTAN, copy_of_rattan, edit

CASES = {
    "unknown role": ("ties.yaml", "role: provider", "role: teacher", "unknown-code", "latih-perajin", "participants[0].role"),
    "unknown tie type": ("ties.yaml", "type: training", "type: trainig", "unknown-code", "latih-perajin", "type"),
    "role of another type": ("ties.yaml", "role: provider", "role: funded", "role-not-allowed", "latih-perajin", "participants[0].role"),
    "required role unfilled": ("ties.yaml", "  - unnamed: true\n    role: beneficiary\n", "  - party: asosiasi-rotan\n    role: principal\n", "role-required", "latih-perajin", "participants"),
    "one party alone": ("ties.yaml", "  - party: balai-rotan\n    role: party\n  - party: dinas-contoh\n    role: party\n", "  - party: balai-rotan\n    role: party\n", "too-few-participants", "sengketa-bengkel", "participants"),
    "participant who does not exist": ("ties.yaml", "  - party: dinas-contoh\n    role: supporter", "  - party: dinas-contho\n    role: supporter", "unknown-reference", "kerja-sama-rotan", "participants[2].party"),
    "source that does not exist": ("events.yaml", "source: koran-a-2023", "source: koran-x-2023", "unknown-reference", "pelatihan-rotan-2023", "evidence[0].source"),
    "missing evidence": ("events.yaml", "  evidence:\n  - source: koran-a-2023\n    stance: supports\n", "", "missing-evidence", "pelatihan-rotan-2023", "evidence"),
    "only a mention": ("events.yaml", "stance: supports", "stance: mentions", "missing-evidence", "pelatihan-rotan-2023", "evidence"),
    "stance of no kind": ("events.yaml", "stance: supports", "stance: agrees", "bad-value", "pelatihan-rotan-2023", "evidence[0].stance"),
    "contradiction without a note": ("ties.yaml", "    stance: contradicts\n    note: says there never was a quarrel\n", "    stance: contradicts\n", "contradiction-without-note", "sengketa-bengkel", "evidence[1]"),
    "inference without a note": ("ties.yaml", "  note: Read from the order of events.\n", "", "inferred-without-note", "sengketa-bengkel", None),
    "cycle in the hierarchy": ("institutions.yaml", "  kind: regional-office\n", "  kind: regional-office\n  unit_of: balai-rotan\n", "hierarchy-cycle", "balai-rotan", "unit_of"),
    "cycle of places": ("places.yaml", "  kind: country\n", "  kind: country\n  within: kabupaten-cirebon\n", "place-cycle", "indonesia", "within"),
    "end before start": ("ties.yaml", "  end: 2020/2021\n", "  end: 2018\n", "end-before-start", "kerja-sama-rotan", None),
    "no EDTF": ("ties.yaml", "start: '2023-05'", "start: Mei lalu", "bad-edtf", "latih-perajin", "start"),
    "no such day": ("events.yaml", "2023-05-02", "2023-05-32", "bad-edtf", "pelatihan-rotan-2023", "date"),
    "part sum against its total": ("observations.yaml", "value: '403'", "value: '303'", "part-sum", "perajin-total", "breakdown"),
    "part in another unit": ("observations.yaml", "  unit: person\n  period", "  unit: pair\n  period", "unit-mismatch", "perajin-pria", "unit"),
    "part without a breakdown": ("observations.yaml", "  breakdown:\n    coverage: exhaustive\n", "", "missing-field", "perajin-total", "breakdown"),
    "number with letters": ("observations.yaml", "value: '403'", "value: 4o3", "bad-number", "perajin-wanita", "value"),
    "Indonesian thousands as a value": ("observations.yaml", "value: '1000'", "value: '1.000'", "ambiguous-number", "perajin-total", "value"),
    "duplicate key": ("places.yaml", "- id: bengkel-rotan", "- id: jawa-barat", "duplicate-key", "jawa-barat", "id"),
    "one key for a body and a place": ("groups.yaml", "- id: perajin-rotan", "- id: jawa-barat", "duplicate-key-across-kinds", "jawa-barat", "id"),
    "unknown field": ("people.yaml", "    single_holder: true\n", "    single_holer: true\n", "unknown-field", "kepala-contoh", "posts[0].single_holer"),
    "missing field": ("events.yaml", "  kind: training\n", "", "missing-field", "pelatihan-rotan-2023", "kind"),
    "English name missing": ("groups.yaml", "    en: rattan artisans\n", "", "missing-field", "perajin-rotan", "name.en"),
    "address that is none": ("institutions.yaml", "https://balai-rotan.example/", "javascript:alert(1)", "invalid-iri", "balai-rotan", "website"),
    "key that is none": ("groups.yaml", "- id: perajin-rotan", "- id: Perajin Rotan", "bad-value", "Perajin Rotan", "id"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_bad_record_is_named_with_its_file_key_and_field(
    case: tuple[str, str, str, str, str, str | None], tmp_path: Path
) -> None:
    file, old, new, code, key, field = case
    folder = copy_of_rattan(tmp_path)
    edit(folder, file, old, new)
    found = [p for p in check_ecosystem(folder).problems if p.code == code]
    assert [(p.key, p.field) for p in found] == [(key, field)]
    (problem,) = found
    assert problem.severity == "error"
    assert problem.line is not None
    for language in ("id", "en"):
        text = problem.line_text(language)
        assert key in text
        assert problem.remedy(language)
        assert "{" not in text
    with pytest.raises(BuildRefused):
        build_ecosystem(folder, tmp_path / "out")
    assert not list((tmp_path / "out").glob("current"))


def test_the_world_the_cases_spoil_is_sound() -> None:
    assert check_ecosystem(RATTAN).errors == ()


def test_problems_of_many_files_come_in_one_go(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "type: training", "type: trainig")
    edit(folder, "events.yaml", "2023-05-02", "2023-05-32")
    edit(folder, "groups.yaml", "    en: rattan artisans\n", "")
    files = {problem.file for problem in check_ecosystem(folder).errors}
    assert files >= {"ties.yaml", "events.yaml", "groups.yaml"}


def test_a_refused_record_is_told_once_and_not_by_all_that_name_it(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    sources = (folder / "sources.yaml").read_text(encoding="utf-8")
    key = sources.split("- id: ")[1].split()[0]
    spoiled = sources.replace(f"- id: {key}\n", f"- id: {key}\n  colour: blue\n")
    (folder / "sources.yaml").write_text(spoiled, encoding="utf-8")
    report = check_ecosystem(folder)
    assert [(p.code, p.key) for p in report.errors] == [("unknown-field", key)]
    (folder / "sources.yaml").write_text(
        sources.replace(f"- id: {key}\n", "- id: other\n"), encoding="utf-8"
    )
    named = [p for p in check_ecosystem(folder).errors if p.facts.get("value") == key]
    assert {p.code for p in named} == {"unknown-reference"}


def test_a_near_miss_is_offered(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "type: training", "type: trainig")
    (problem,) = check_ecosystem(folder).errors
    assert "training" in problem.remedy("en")


def test_where_nothing_comes_near_the_codes_are_listed(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "role: provider", "role: teacher")
    (problem,) = check_ecosystem(folder).errors
    assert '"beneficiary", "body"' in problem.remedy("en")
    assert '"beneficiary", "body"' in problem.remedy("id")


def test_a_discrepancy_excuses_a_part_sum(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "observations.yaml", "value: '403'", "value: '303'")
    (folder / "discrepancies.yaml").write_text(
        "- id: perajin\n  type: value\n  claims:\n  - breakdown/perajin-total\n"
        "  - observation/perajin-total\n  resolved: false\n",
        encoding="utf-8",
    )
    assert check_ecosystem(folder).errors == ()


def test_a_refused_build_leaves_the_last_version_as_it_was(tmp_path: Path) -> None:
    folder, out = copy_of_rattan(tmp_path), tmp_path / "out"
    build_ecosystem(folder, out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    edit(folder, "ties.yaml", "type: training", "type: trainig")
    with pytest.raises(BuildRefused):
        build_ecosystem(folder, out)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


BOMB = "- &a [x, x]\n" + "".join(
    f"- &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
FILES = {
    "not UTF-8": (b"- id: a\n  name: caf\xe9\n", "not-utf8"),
    "alias bomb": (BOMB.encode(), "anchor-refused"),
    "empty": (b"", "empty-file"),
    "blank": (b"\n# nothing\n", "empty-file"),
    "too deep": (b"- id: " + b"[" * 100_000, "too-deep"),
    "not a list": (b"id: a\n", "not-a-list"),
    "key twice": (b"- id: a\n  id: b\n", "duplicate-field"),
    "tag": (b"- id: !!python/object:os.system a\n", "tag-refused"),
    "broken": (b"- id: 'a\n", "bad-yaml"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES.keys())
def test_a_hostile_file_is_refused_by_name_and_the_last_version_stays(
    content: bytes, code: str, tmp_path: Path
) -> None:
    folder, out = copy_of_rattan(tmp_path), tmp_path / "out"
    before = build_ecosystem(folder, out).version
    (folder / "groups.yaml").write_bytes(content)
    found = [p for p in check_ecosystem(folder).errors if p.file == "groups.yaml"]
    assert code in {problem.code for problem in found}
    with pytest.raises(BuildRefused):
        build_ecosystem(folder, out)
    assert current_version(out) == before


def test_a_warning_of_the_records_is_told_beside_what_the_gate_found(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    plain = check_ecosystem(folder)
    decision = '{"when": "2026-11-24", "who": "Sari", "why": "x", "action": "split", "source": "nobody"}'
    (folder / "decisions.jsonl").write_text(decision, encoding="utf-8")
    report = check_ecosystem(folder)
    (told,) = [p for p in report.problems if p not in plain.problems]
    assert (told.severity, told.file) == ("warning", "decisions.jsonl")
    built = build_ecosystem(folder, tmp_path / "out")
    assert built.problems == report.problems
    page = (built.path / "report.html").read_text(encoding="utf-8")
    assert "decisions.jsonl" in page


def test_a_missing_folder_and_an_unknown_name_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnknownEcosystem, match="did you mean footwear"):
        check_ecosystem("footware")
    with pytest.raises(UnknownEcosystem):
        check_ecosystem(tmp_path / "nothing-here")
    with pytest.raises(SourceError, match=r"ecosystem\.toml"):
        check_ecosystem(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    (folder / "groups.yaml").rename(tmp_path / "outside.yaml")
    try:
        (folder / "groups.yaml").symlink_to(tmp_path / "outside.yaml")
    except OSError:
        pytest.skip("this system makes no links")
    assert "outside-folder" in {p.code for p in check_ecosystem(folder).errors}
