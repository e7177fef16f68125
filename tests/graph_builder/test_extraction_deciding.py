"""Deciding on suggestions: what holds, what it makes, what it refuses, and that nothing of it is lost."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from command_lines import run
from reviews import (
    ARTICLE,
    PAGE,
    SENTENCES,
    SIGNED,
    accept_all,
    desk_for,
    desks_for,
    ecosystem,
    named,
    tie,
)
from simpul.graph_builder import Judge, read_decisions, settled_records
from simpul.graph_builder.evidence import (
    Found,
    find_families,
    normalised,
    verify_all,
)
from simpul.graph_builder.extraction import (
    Desk,
    ReviewedElsewhere,
    UnfitDecision,
    alone_at_the_desk,
    kind_word,
    national_lexicon,
    open_article,
    prospect_words,
    said_of,
    suggestions_of,
    unfit_words,
)
from simpul.ontology import Language


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new ecosystem."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "ukir").exit_code == 0
    return tmp_path / "ukir"


def added(folder: Path, desk: Desk, file: str) -> list[dict[str, Any]]:
    """The records of a packet."""
    path = folder / "added" / desk.about.key / f"{file}.yaml"
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return rows


def reasons(desk: Desk) -> dict[str, str]:
    """Why suggestions made no record, by what they are about."""
    return {each.suggestion.ident: each.reason for each in desk.made().unmade}


def test_names_of_suggestions_do_not_hang_on_what_else_is_found() -> None:
    lexicon = national_lexicon()
    before = suggestions_of(open_article(ARTICLE.encode(), "a"), lexicon)
    more = "Bank Mandiri bekerja sama dengan Kementerian Pertanian.\n\n" + ARTICLE
    after = suggestions_of(open_article(more.encode(), "a"), lexicon)
    assert {each.ident for each in before.found} < {each.ident for each in after.found}
    assert len({each.ident for each in after.found}) == len(after.found)


def test_a_name_that_becomes_known_makes_no_new_suggestion(folder: Path) -> None:
    desk = desk_for(folder)
    body = named(desk, "Pemerintah Kabupaten Jepara")
    desk.decide(body.ident, "edit", SIGNED, {"name": "Pemkab Jepara Raya"})
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    assert desk_for(folder).open() == ()


@pytest.mark.parametrize("article", [ARTICLE, PAGE], ids=["text", "web page"])
def test_each_selector_of_a_built_record_resolves_to_its_passage(
    folder: Path, article: str
) -> None:
    desk = desk_for(folder, article)
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    loaded = settled_records(ecosystem(folder))
    original = normalised(article)
    checked = [
        each
        for each in verify_all(loaded, {desk.about.key: original})
        if each.record.source == desk.about.key
    ]
    assert len(checked) >= 5
    assert {type(each.place) for each in checked} == {Found}
    passages = {
        original[each.selector.start : each.selector.end]
        .replace("<b>", "")
        .replace("</b>", "")
        for each in checked
    }
    assert set(SENTENCES) <= passages


def test_the_three_ties_are_recorded_without_their_sentences(folder: Path) -> None:
    desk = desk_for(folder)
    accept_all(desk)
    made = desk.finish(SIGNED, folder.parent / "out")
    assert made.sources == ("kabar",)
    parties = {
        row["type"]: [one.get("party") for one in row["participants"]]
        for row in added(folder, desk, "ties")
    }
    assert parties["cooperation"] == [
        "pemerintah-kabupaten-jepara",
        "kementerian-perindustrian",
    ]
    assert sorted(parties["funding"]) == ["bank-jateng", "koperasi-ukir-lestari"]
    assert "agreement" in parties
    sources = added(folder, desk, "sources")
    assert sources[0]["published"] == "2025-03-04"
    for path in folder.rglob("*"):
        text = path.read_text("utf-8") if path.is_file() else ""
        assert not any(sentence[10:60] in text for sentence in SENTENCES)


def test_what_is_accepted_without_a_record_is_told_with_the_reason(
    folder: Path,
) -> None:
    desk = desk_for(folder)
    refused = {"Kementerian Perindustrian", "Dinas Perindustrian Kabupaten Jepara"}
    accept_all(desk, lambda each: each.fields.get("name") in refused)
    told = reasons(desk)
    assert told[tie(desk, "cooperation").ident] == "few-parties"
    assert told[named(desk, "Budi Hartono").ident] == "no-institution"
    rows = desk.made().rows
    assert "cooperation" not in {row["type"] for row in rows["ties"]}


def test_what_is_accepted_is_a_record_or_told_of(folder: Path) -> None:
    desk = desk_for(folder)
    accept_all(desk)
    made = desk.made()
    files = ("institutions", "people", "ties", "observations")
    count = sum(len(made.rows.get(name, ())) for name in files)
    assert count + len(made.unmade) == len(desk.article.found)


def test_an_edit_takes_fields_that_are_there_and_values_they_know(
    folder: Path,
) -> None:
    desk = desk_for(folder)
    deal = tie(desk, "funding")
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "nothing-edited"),
        ({"colour": "red"}, "no-such-field"),
        ({"type": "fundng"}, "no-such-code"),
        ({"when": "last week"}, "unfit-date"),
        ({"when": "31 April 2025"}, "unfit-date"),
        ({"party-1": "Bank Antah"}, "no-such-body"),
        ({"role-9": "funder"}, "no-such-field"),
    ]
    for fields, code in wrong:
        with pytest.raises(UnfitDecision) as caught:
            desk.decide(deal.ident, "edit", SIGNED, fields)
        assert caught.value.code == code
    assert not (folder / "decisions.jsonl").exists()
    fields = {
        "type": "investment",
        "when": "2025-02",
        "modality": "planned",
        "party-1": "Kementerian Perindustrian",
    }
    desk.decide(deal.ident, "edit", SIGNED, fields)
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    row = next(r for r in added(folder, desk, "ties") if r["type"] == "investment")
    assert row["occurred"] == "2025-02"
    assert row["modality"] == "planned"
    assert "kementerian-perindustrian" in str(row["participants"])


def test_an_edit_takes_labels_of_both_languages_and_printed_dates(
    folder: Path,
) -> None:
    desk = desk_for(folder)
    deal = tie(desk, "funding")
    given = {
        "type": "Penanaman modal",
        "modality": "Direncanakan",
        "sign": "positive",
        "when": "11 September 2024",
    }
    labels = {"type": "Investment", "when": "Februari 2025"}
    with pytest.raises(UnfitDecision) as caught:
        desk.decide(deal.ident, "edit", SIGNED, {"type": "investassi"})
    proposed = str(caught.value.facts["known"]).split(", ")
    assert "investment" in proposed
    assert len(proposed) <= 4
    with pytest.raises(UnfitDecision) as caught:
        desk.decide(deal.ident, "edit", SIGNED, {"when": "minggu lalu"})
    assert "2025-03-04" in unfit_words(caught.value, "id")
    fields = desk.decide(deal.ident, "edit", SIGNED, given).fields
    assert (fields["type"], fields["when"]) == ("investment", "2024-09-11")
    fields = desk.decide(deal.ident, "edit", SIGNED, labels).fields
    assert (fields["type"], fields["when"]) == ("investment", "2025-02")


def test_a_number_is_written_so_that_no_notation_misreads_it(folder: Path) -> None:
    desk = desk_for(folder)
    money = next(e for e in desk.article.found if e.fields.get("unit") == "rupiah")
    for wrong in ("1e400", "nan", "satu", "1,5"):
        with pytest.raises(UnfitDecision, match="unfit-value"):
            desk.decide(money.ident, "edit", SIGNED, {"value": wrong})
    desk.decide(money.ident, "edit", SIGNED, {"value": "1.125"})
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    loaded = settled_records(ecosystem(folder))
    values = {
        getattr(each, "value", None) for each in loaded.records["observation"].values()
    }
    assert "1.1250" in values


@pytest.mark.parametrize(
    ("lang", "kind", "word", "number"),
    [
        (
            "id",
            "ikatan",
            "pendanaan: Bank Jateng (pemberi dana)",
            "2.500.000.000 rupiah",
        ),
        ("en", "tie", "funding: Bank Jateng (funder)", "2,500,000,000 rupiah"),
    ],
)
def test_a_suggestion_is_said_in_the_language_of_the_reader(
    folder: Path, lang: Language, kind: str, word: str, number: str
) -> None:
    desk = desk_for(folder)
    deal = tie(desk, "funding")
    assert kind_word("tie", lang) == kind
    assert said_of(deal, lang).startswith(word)
    money = next(e for e in desk.article.found if e.fields.get("unit") == "rupiah")
    assert said_of(money, lang).endswith(number)


def test_a_unit_that_no_list_has_is_kept_as_printed(folder: Path) -> None:
    text = (
        "PT Garam Jaya memproduksi 6,5 ton garam. Pabrik itu menyerap 40 orang. "
        "PT Garam Jaya membina 12 kelompok."
    )
    desk = desk_for(folder, text)
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    rows = added(folder, desk, "observations")
    units = {row["value"]: (row["unit"], row.get("unit_text")) for row in rows}
    assert units["6.5"] == ("tonne", "ton")
    assert units["12"] == ("other", "kelompok")


def test_a_body_merges_into_a_record_or_into_one_of_the_article(folder: Path) -> None:
    desk = desk_for(folder)
    body = named(desk, "Dinas Perindustrian Kabupaten Jepara")
    with pytest.raises(UnfitDecision) as caught:
        desk.decide(body.ident, "merge", SIGNED, into="pemerintah-kabupaten-jepar")
    assert caught.value.code == "no-such-record"
    assert "pemerintah-kabupaten-jepara" in str(caught.value.facts["near"])
    with pytest.raises(UnfitDecision, match="unlike"):
        desk.decide(body.ident, "merge", SIGNED, into="pemerintah-kabupaten-jepara")
    assert not (folder / "decisions.jsonl").exists()
    desk.decide(
        *(body.ident, "merge", SIGNED),
        into="Pemerintah Kabupaten Jepara",
        sure=True,
    )
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    keys = [row["id"] for row in added(folder, desk, "institutions")]
    assert "dinas-perindustrian-kabupaten-jepara" not in keys
    people = {row["name"]: row["posts"] for row in added(folder, desk, "people")}
    assert "pemerintah-kabupaten-jepara" in str(people["Budi Hartono"])


def test_near_names_and_what_is_known_are_told_when_a_body_is_shown(
    folder: Path,
) -> None:
    first = desk_for(folder)
    accept_all(first)
    first.finish(SIGNED, folder.parent / "out")
    text = "Koperasi Ukiran Lestari didanai oleh Bank Jateng sebesar Rp3 miliar."
    desk = desk_for(folder, text, "lain.txt")
    body = named(desk, "Koperasi Ukiran Lestari")
    assert [each.key for each in desk.near(body)] == ["koperasi-ukir-lestari"]
    assert desk.prospect(body) is None
    bank = named(desk, "Bank Jateng")
    assert desk.near(bank) == ()
    known = desk.prospect(bank)
    assert known
    assert (known.reason, known.name) == ("known", "bank-jateng")
    assert prospect_words(known, "en") == "already recorded as bank-jateng"
    with pytest.raises(UnfitDecision) as caught:
        desk.decide(body.ident, "merge", SIGNED, into="koperasi ukir")
    near = str(caught.value.facts["near"])
    assert "koperasi-ukir-lestari (Koperasi Ukir Lestari)" in near
    decided = desk.decide(body.ident, "merge", SIGNED, into="koperasi ukir lestari")
    assert decided.into == "koperasi-ukir-lestari"


def test_a_body_of_a_kind_that_nobody_says_is_recorded_once_its_kind_is_told(
    folder: Path,
) -> None:
    text = (
        "Bank Jateng membiayai Kawasan Industri Terpadu Batang (KITB). "
        "Kepala KITB, Nareswari Palar, hadir dan mengatakan bahwa dana itu untuk jalan."
    )
    desk = desk_for(folder, text)
    body = named(desk, "KITB")
    assert body.fields["type"] is None
    unmade = desk.prospect(body)
    assert unmade
    assert unmade.reason == "no-kind"
    desk.decide(body.ident, "edit", SIGNED, {"type": "state-company"})
    (row,) = [one for one in desk.made().rows["institutions"] if one["id"] == "kitb"]
    assert row["kind"] == "state-company"


def test_what_cannot_become_a_record_is_told_when_it_is_shown(folder: Path) -> None:
    text = "Jumlah perajin ukir mencapai 1.200 orang. Bank Jateng membina 40 orang."
    desk = desk_for(folder, text)
    stray = next(
        e for e in desk.article.found if "perajin" in e.fields.get("about", "")
    )
    unmade = desk.prospect(stray)
    assert unmade
    assert unmade.reason == "no-subject"
    assert prospect_words(unmade, "id").startswith("jika diterima: tidak dicatat")


def test_one_party_in_two_roles_of_a_tie_is_told(folder: Path) -> None:
    desk = desk_for(folder)
    deal = tie(desk, "funding")
    assert desk.twice(deal) is None
    body = named(desk, "Koperasi Ukir Lestari")
    desk.decide(body.ident, "merge", SIGNED, into="bank-jateng", sure=True)
    assert desk.twice(deal) == "bank-jateng"


def test_the_other_names_of_a_body_are_kept(folder: Path) -> None:
    text = (
        "Balai Pengembangan Ukir Jepara (BPUJ) bekerja sama dengan Bank Jateng. "
        "BPUJ melatih 40 perajin."
    )
    desk = desk_for(folder, text)
    body = named(desk, "Balai Pengembangan Ukir Jepara")
    assert body.fields["aliases"] == ["BPUJ"]
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    row = added(folder, desk, "institutions")[0]
    assert row["short_name"] == "BPUJ"
    assert "aliases" not in row
    assert run("check", folder).exit_code == 0


def test_a_body_merged_into_one_that_was_rejected_is_told_of(folder: Path) -> None:
    desk = desk_for(folder)
    body = named(desk, "Dinas Perindustrian Kabupaten Jepara")
    key = "pemerintah-kabupaten-jepara"
    desk.decide(body.ident, "merge", SIGNED, into=key, sure=True)
    accept_all(
        desk, lambda each: each.fields.get("name") == "Pemerintah Kabupaten Jepara"
    )
    assert reasons(desk)[body.ident] == "no-target"


def test_a_tie_of_a_second_article_merges_into_the_first_as_more_evidence(
    folder: Path,
) -> None:
    first = desk_for(folder)
    accept_all(first)
    first.finish(SIGNED, folder.parent / "out")
    kept = f"kabar-{tie(first, 'funding').ident}"
    other = "Bank Jateng mendanai Koperasi Ukir Lestari, ujar warga kemarin."
    second = desk_for(folder, other, "lain.txt")
    deal = tie(second, "funding")
    second.decide(deal.ident, "merge", SIGNED, into=kept)
    accept_all(second)
    second.finish(SIGNED, folder.parent / "out")
    assert [row["supports"] for row in added(folder, second, "evidence")] == [
        [f"tie/{kept}"]
    ]
    told = run("explain", kept, "--ecosystem", "ukir", "--version-dir", "out")
    assert told.exit_code == 0, told.output
    assert "lain" in told.stdout


def test_copies_of_one_release_are_decided_once_and_are_one_origin(
    folder: Path,
) -> None:
    longer = ARTICLE + "\nPelatihan digelar di balai desa selama sepekan penuh."
    desks = desks_for(
        folder,
        [("satu.txt", ARTICLE), ("dua.txt", longer), ("tiga.txt", longer)],
    )
    assert len(desks) == 1
    desk = desks[0]
    # The third is the second; of one day, the first given is the head.
    assert desk.about.key == "satu"
    assert [about.key for _, about in desk.copies] == ["dua"]
    accept_all(desk)
    made = desk.finish(SIGNED, folder.parent / "out")
    assert set(made.sources) == {"satu", "dua"}
    loaded = settled_records(ecosystem(folder))
    families = [
        each
        for each in find_families(loaded, {})
        if set(made.sources) <= set(each.documents)
    ]
    assert [len(each.origins) for each in families] == [1]
    texts = {"satu": normalised(ARTICLE), "dua": normalised(longer)}
    ours = [e for e in verify_all(loaded, texts) if e.record.source in texts]
    assert {each.record.source for each in ours} == {"satu", "dua"}
    assert {type(each.place) for each in ours} == {Found}
    key = f"satu-{tie(desk, 'funding').ident}"
    told = run("explain", key, "--ecosystem", "ukir", "--version-dir", "out")
    assert told.exit_code == 0, told.output


def test_a_copy_that_is_withdrawn_takes_no_body_or_person_with_it(
    folder: Path,
) -> None:
    longer = ARTICLE + "\nPelatihan digelar di balai desa selama sepekan penuh."
    desk = desks_for(folder, [("satu.txt", ARTICLE), ("dua.txt", longer)])[0]
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    kinds = ("institution", "person", "tie", "observation")

    def recorded() -> set[str]:
        loaded = settled_records(ecosystem(folder))
        return {key for kind in kinds for key in loaded.records[kind]}

    before = recorded()
    for key in ("satu", "dua"):
        line = ("--ecosystem", folder, "--by", "Sari", "--why", "Withdrawn.")
        gone = run("remove", key, *line)
        assert gone.exit_code == 0, gone.output
        assert recorded() == before
        back = run("add", key, "--to", folder, "--by", "Sari", "--why", "Back.")
        assert back.exit_code == 0, back.output


def test_the_earliest_dated_of_a_family_is_its_head(folder: Path) -> None:
    undated = ARTICLE.replace("4 Maret 2025", "Sabtu")
    longer = undated + "\nPelatihan digelar di balai desa selama sepekan penuh."
    desk = desks_for(folder, [("salinan.txt", longer), ("asli.txt", ARTICLE)])[0]
    assert desk.about.key == "asli"
    assert desk.about.release == "rel-asli"
    assert [about.key for _, about in desk.copies] == ["salinan"]


def test_a_withdrawn_article_is_restored_or_becomes_another_source(
    folder: Path,
) -> None:
    first = desk_for(folder)
    accept_all(first)
    first.finish(SIGNED, folder.parent / "out")
    line = ("--ecosystem", folder, "--by", "Sari", "--why", "Withdrawn.")
    assert run("remove", "kabar", *line).exit_code == 0
    again = desk_for(folder)
    assert again.withdrawn_as == "kabar"
    with pytest.raises(UnfitDecision, match="source-withdrawn"):
        again.finish(SIGNED, folder.parent / "out")
    again.titled("Kabar kedua", "Kabar", None)
    assert again.withdrawn_as is None
    assert again.finish(SIGNED, folder.parent / "out").sources == ("kabar-kedua",)


def test_a_copy_that_comes_later_is_of_the_release_of_the_kept_one(
    folder: Path,
) -> None:
    first = desk_for(folder)
    accept_all(first)
    first.finish(SIGNED, folder.parent / "out", keep_texts=True)
    longer = ARTICLE + "\nPelatihan digelar di balai desa selama sepekan penuh."
    second = desk_for(folder, longer, "salinan.txt")
    assert second.kin == ("kabar",)
    deal = tie(second, "funding")
    recorded = f"kabar-{tie(first, 'funding').ident}"
    assert second.alike(deal) == (recorded,)
    second.decide(deal.ident, "merge", SIGNED, into=recorded)
    accept_all(second, lambda each: each.kind in {"tie", "observation"})
    second.finish(SIGNED, folder.parent / "out")
    loaded = settled_records(ecosystem(folder))
    family = next(e for e in find_families(loaded, {}) if "kabar" in e.documents)
    assert {"kabar", "salinan"} <= set(family.documents)
    assert len(family.origins) == 1
    told = run("explain", recorded, "--ecosystem", "ukir", "--version-dir", "out")
    assert told.exit_code == 0, told.output
    assert "salinan" in told.stdout
    assert desk_for(folder, "Bank Jateng dibuka.", "lain.txt").kin == ()


def test_what_is_undone_is_open_again_and_the_log_keeps_both(folder: Path) -> None:
    desk = desk_for(folder)
    assert desk.undo(SIGNED) is None
    first, second = desk.open()[:2]
    desk.decide(first.ident, "accept", SIGNED)
    desk.decide(second.ident, "reject", SIGNED)
    assert desk.undo(SIGNED) == second
    assert desk.undo(SIGNED) == first
    assert desk.undo(SIGNED) is None
    assert desk.open() == desk.article.found
    assert len(read_decisions(folder)[0]) == 4


def test_nothing_is_added_while_something_is_open_or_nothing_accepted(
    folder: Path,
) -> None:
    desk = desk_for(folder)
    with pytest.raises(UnfitDecision, match="still-open"):
        desk.finish(SIGNED, folder.parent / "out")
    accept_all(desk, lambda each: True)
    with pytest.raises(UnfitDecision, match="nothing-accepted"):
        desk.finish(SIGNED, folder.parent / "out")
    assert not (folder / "added").exists()


def test_another_text_under_the_key_of_a_source_is_refused(folder: Path) -> None:
    desk = desk_for(folder)
    accept_all(desk)
    desk.finish(SIGNED, folder.parent / "out")
    assert desk_for(folder).added_as == "kabar"
    other = desk_for(folder, "Bank Mandiri mendanai Koperasi Ukir Lestari.")
    assert other.added_as is None
    accept_all(other)
    with pytest.raises(UnfitDecision, match="source-exists"):
        other.finish(SIGNED, folder.parent / "out")
    other.titled("Dana kedua", "Kabar", None)
    assert other.finish(SIGNED, folder.parent / "out").sources == ("dana-kedua",)


def test_two_cannot_review_at_once_and_a_killed_one_keeps_nobody(
    folder: Path,
) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from simpul.graph_builder import find_ecosystem\n"
        "from simpul.graph_builder.extraction import alone_at_the_desk\n"
        "with alone_at_the_desk(find_ecosystem(Path(sys.argv[1]))):\n"
        "    print('in', flush=True)\n"
        "    time.sleep(60)\n"
    )
    home = ecosystem(folder)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "in\n"
        with pytest.raises(ReviewedElsewhere), alone_at_the_desk(home):
            pass
        other.kill()
    with alone_at_the_desk(home):
        assert home.folder == folder


@given(
    choices=st.lists(
        st.sampled_from(["accept", "reject", "undo"]), min_size=1, max_size=40
    )
)
@settings(max_examples=15, deadline=None)
def test_what_holds_is_what_was_said_last(
    choices: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("eco") / "ukir"
    assert run("init", str(place)).exit_code == 0
    desk = desk_for(place)
    held: list[tuple[str, str]] = []
    for number, choice in enumerate(choices):
        if choice == "undo":
            desk.undo(SIGNED)
            held = held[:-1]
            continue
        ident = desk.article.found[number % 5].ident
        held = [pair for pair in held if pair[0] != ident]
        held.append((ident, choice))
        desk.decide(ident, "accept" if choice == "accept" else "reject", SIGNED)
    told = [(name, each.verdict) for name, each in desk.verdicts().items()]
    assert told == held


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "edit"},
        {"verdict": "merge"},
        {"verdict": "accept", "into": "a"},
        {"verdict": "accept", "fields": {"name": "A"}},
    ],
)
def test_a_judgement_has_what_its_verdict_needs(wrong: dict[str, object]) -> None:
    usual = {
        "text_digest": "0" * 64,
        "suggestion": "tie-1",
        "when": "2025-01-01",
        "who": "A",
        "why": "B",
    }
    with pytest.raises(ValueError, match="nothing else"):
        Judge.model_validate({**usual, **wrong})


def test_a_passage_of_a_pdf_is_told_by_its_page(folder: Path) -> None:
    desk = desk_for(folder)
    article = replace(desk.article, form="pdf", pages=(0, 150))
    again = Desk(desk.ecosystem, settled_records(desk.ecosystem), article, desk.about)
    accept_all(again)
    places = {row["locator"] for row in again.made().rows["evidence"]}
    assert any(place.startswith("page=1 char=") for place in places)
    assert any(place.startswith("page=2 char=") for place in places)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_another_unit_needs_the_word_that_was_printed(folder: Path, lang: str) -> None:
    path = folder / "observations.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"unit: \S+", "unit: other", text, count=1), "utf-8")
    told = run("check", folder, lang=lang)
    assert told.exit_code == 1
    assert "unit_text" in told.output
