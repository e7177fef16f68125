"""Copy drift: what a copy changed, who printed which, from texts and from records."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies import copies_world, texts
from simpul.graph_builder import find_ecosystem, load_records
from simpul.graph_builder.evidence import (
    ChangeKind,
    Difference,
    Drift,
    DriftKind,
    align,
    drift_of,
    find_families,
    read_articles,
    regroup,
)
from worlds import RATTAN, copy_of_rattan

RELEASE = (
    "Balai Rotan meresmikan bengkel di Desa Kedensari pada Rabu 11 September 2024.\n"
    '"Sebanyak 13.000 orang dan 18.687 usaha sudah kami dampingi," kata M. Rum.\n'
    "Dana bengkel itu Rp4,75 miliar menurut Ratna Wulandari."
)
CHANGED = {
    "a village": ("Kedensari", "Kedansari", ChangeKind.NAME),
    "a name of a person": ("Wulandari", "Wulansari", ChangeKind.NAME),
    "a total": ("18.687", "18.657", ChangeKind.NUMBER),
    "digits that changed places": ("4,75", "4,57", ChangeKind.NUMBER),
    "a number in place of another form": ("13.000", "belasan ribu", ChangeKind.NUMBER),
    "a day": ("11 September", "12 September", ChangeKind.DATE),
    "a month": ("11 September", "11 Oktober", ChangeKind.DATE),
    "a weekday": ("Rabu", "Selasa", ChangeKind.DATE),
    "a common word": ("dampingi", "bina", ChangeKind.WORD),
}


@pytest.mark.parametrize("case", CHANGED.values(), ids=CHANGED.keys())
def test_a_change_is_told_with_its_kind(case: tuple[str, str, ChangeKind]) -> None:
    old, new, kind = case
    (change,) = align(RELEASE, RELEASE.replace(old, new)).changes
    assert change.kind is kind
    assert change.words in old
    assert change.printed in new


def test_a_copy_that_changed_nothing_has_no_change() -> None:
    told = align(RELEASE, RELEASE)
    assert (told.changes, told.dropped, told.added, told.reworded) == ((), 0, 0, 0)


def test_case_and_marks_are_no_change() -> None:
    copy = RELEASE.upper().replace('"', "“").replace(",", "")
    assert align(RELEASE.replace(",", ""), copy).changes == ()


def test_sentences_in_another_order_still_find_their_fellows() -> None:
    lines = RELEASE.splitlines()
    told = align(RELEASE, "\n".join(reversed(lines)).replace("13.000", "12.000"))
    assert [change.printed for change in told.changes] == ["12.000"]
    assert (told.dropped, told.added) == (0, 0)


def test_what_a_copy_leaves_out_and_adds_is_counted() -> None:
    copy = RELEASE.splitlines()[0] + "\nHujan turun sejak pagi di sana."
    told = align(RELEASE, copy)
    assert (told.sentences, told.dropped, told.added) == (3, 2, 1)


def test_a_short_form_of_a_name_ends_no_sentence() -> None:
    assert align("Kata M. Rum di PT. Rotan Tbk. Cirebon itu baik.", "").sentences == 1
    assert align("Itu baik. Ia pergi! Kapan? Kini.", "").sentences == 4


def test_links_of_the_site_are_no_sentences() -> None:
    said = texts()
    told = align(said["release"], said["copy-whole"])
    assert (told.changes, told.added) == ((), 0)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_laid_side_by_side(one: str, other: str) -> None:
    told = align(one, other)
    assert 0 <= told.dropped <= told.sentences
    assert all(change.first < change.last for change in told.changes)
    assert align(one, one).changes == ()


# ---------------------------------------------------------------- texts of a family


def family_drift(folder: Path) -> Drift:
    loaded = load_records(find_ecosystem(folder))
    said = read_articles(folder, loaded).texts
    found = find_families(loaded, said)
    (family,) = (each for each in found if "release" in each.documents)
    return drift_of(loaded, family, said)


def forms(difference: Difference) -> dict[object, tuple[str, ...]]:
    return {printed.form: printed.inside for printed in difference.forms}


def test_the_fullest_text_serves_as_the_release_and_each_form_has_its_printers(
    tmp_path: Path,
) -> None:
    told = family_drift(copies_world(tmp_path))
    assert told.beside == "release"
    assert set(told.alignments) == set(told.family.documents) - {"release"}
    by_form = {
        form: (difference.kind, forms(difference))
        for difference in told.differences
        for form in forms(difference)
    }
    kind, printers = by_form["Plumbun"]
    assert kind is DriftKind.NAME
    assert printers == {
        "Plumbon": ("copy-reworded", "copy-short", "copy-whole", "release"),
        "Plumbun": ("copy-drifted",),
    }
    kind, printers = by_form["430"]
    assert kind is DriftKind.NUMBER
    assert printers["403"] == ("copy-short", "copy-whole", "release")
    assert by_form["3"][0] is DriftKind.DATE
    assert by_form["4,57"][0] is DriftKind.NUMBER


def test_the_text_of_the_origin_comes_before_a_fuller_one(tmp_path: Path) -> None:
    folder = copies_world(tmp_path)
    loaded = load_records(find_ecosystem(folder))
    joined = regroup(loaded, {"copy-whole": "copy-short", "release": "copy-short"})
    (family,) = (each for each in find_families(joined, {}) if each.key == "copy-short")
    assert drift_of(joined, family, texts()).beside == "copy-short"


# ---------------------------------------------------------------- records of a family


def recorded_drift(ecosystem: str, member: str) -> Mapping[str, list[Difference]]:
    loaded = load_records(find_ecosystem(ecosystem))
    found = find_families(loaded, {})
    (family,) = (each for each in found if member in each.documents)
    told: dict[str, list[Difference]] = {}
    for difference in drift_of(loaded, family, {}).differences:
        told.setdefault(difference.about, []).append(difference)
    return told


def test_one_copy_of_the_2024_release_misspells_the_village() -> None:
    told = recorded_drift("footwear", "disway-2024-groundbreaking")
    (village,) = told["place/desa-kedensari"]
    assert village.kind is DriftKind.CONTRADICTION
    kedensari, kedansari = village.forms
    assert kedensari.form == "spelling Kedensari"
    assert kedensari.inside == (
        "disway-2024-groundbreaking",
        "tribunnews-2024-groundbreaking",
    )
    assert kedensari.outside == ("suryakabar-2020-ifn",)
    assert kedansari.form == "spelling Kedansari"
    assert kedansari.inside == ("industry-2024-groundbreaking",)
    assert kedansari.stance == "contradicts"


def test_copies_of_the_2024_release_put_the_building_in_two_places() -> None:
    told = recorded_drift("footwear", "disway-2024-groundbreaking")
    (event,) = told["event/e-groundbreaking-2024"]
    printers = {printed.stance: printed.inside for printed in event.forms[1:]}
    assert ("validnews-2024-groundbreaking",) in printers.values()


def test_the_two_totals_of_2019_are_told_with_who_prints_which() -> None:
    told = recorded_drift("footwear", "antara-2019-ifcc-en")
    (totals,) = told["discrepancy/footwear-units-2019"]
    assert totals.kind is DriftKind.DISCREPANCY
    printers = {
        str(printed.form).split()[0]: (printed.inside, printed.outside)
        for printed in totals.forms
    }
    assert printers["18687"] == (("antara-2019-ifcc-en",), ())
    assert printers["18657"] == ((), ("antarajatim-2019-ifcc",))
    assert printers["144"][0] == ("antara-2019-ifcc-en",)
    assert printers["411"][1] == ("antarajatim-2019-ifcc",)


def test_a_copy_that_reworded_by_machine_is_told_by_its_figure() -> None:
    told = recorded_drift("footwear", "wildbedouin-2024-copy")
    (units,) = told["observation/o-mlb-units-2024"]
    assert [printed.inside for printed in units.forms] == [
        ("tribunnews-2024-indonesiamelangkah",),
        ("wildbedouin-2024-copy",),
    ]


def rattan_drift(folder: Path) -> tuple[Difference, ...]:
    loaded = load_records(find_ecosystem(folder))
    (family,) = find_families(loaded, {})
    return drift_of(loaded, family, {}).differences


def test_forms_of_a_name_that_two_copies_print() -> None:
    (names,) = (d for d in rattan_drift(RATTAN) if d.kind is DriftKind.NAME)
    assert names.about == "institution/balai-rotan"
    assert forms(names) == {
        "Balai Rotang Contoh": ("koran-a-2023",),
        "Balai Rotan Contoh": ("koran-b-2023",),
    }


def test_a_form_that_only_others_print_is_no_drift(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    path = folder / "institutions.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("    - koran-b-2023\n", "    - laporan-2024\n"), "utf-8"
    )
    assert not any(d.kind is DriftKind.NAME for d in rattan_drift(folder))


def test_names_that_copies_call_a_party_by(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    ties = folder / "ties.yaml"
    made = "".join(
        f"- id: sebut-{paper}\n  type: cooperation\n  participants:\n"
        f"  - party: balai-rotan\n    role: partner\n    mentioned_as: {name}\n"
        f"  - party: dinas-contoh\n    role: partner\n"
        f"  evidence:\n  - source: {paper}\n    stance: supports\n"
        f"  modality: realised\n  sign: positive\n"
        for paper, name in (("koran-a-2023", "balai itu"), ("koran-b-2023", "BR"))
    )
    ties.write_text(ties.read_text("utf-8") + made, "utf-8")
    (names,) = (d for d in rattan_drift(folder) if d.about == "party/balai-rotan")
    assert forms(names) == {"balai itu": ("koran-a-2023",), "BR": ("koran-b-2023",)}


def test_one_figure_that_copies_print_with_two_values(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    observations = folder / "observations.yaml"
    made = "".join(
        f"- id: mesin-{paper}\n  about: balai-rotan\n"
        f"  measure:\n    id: mesin\n    en: machines\n"
        f"  value: '{value}'\n  comparator: exact\n  unit: person\n  as_of: '2023'\n"
        f"  evidence:\n  - source: {paper}\n    stance: supports\n"
        for paper, value in (("koran-a-2023", 18), ("koran-b-2023", 81))
    )
    observations.write_text(observations.read_text("utf-8") + made, "utf-8")
    (figures,) = (d for d in rattan_drift(folder) if d.kind is DriftKind.NUMBER)
    printed = {str(form).split()[0]: keys for form, keys in forms(figures).items()}
    assert printed == {"18": ("koran-a-2023",), "81": ("koran-b-2023",)}


def test_a_family_without_a_difference_has_none(tmp_path: Path) -> None:
    told = recorded_drift("seed", "disway-2024-09-11")
    assert told == {}
