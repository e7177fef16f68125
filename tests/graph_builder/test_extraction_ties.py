"""Ties are read by trigger, voice and participants, with the roles that the ontology allows."""

from time import process_time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_articles import marked, ties_of, told
from simpul.graph_builder.extraction import (
    TRIGGER_FORMS,
    Document,
    Mention,
    ModalityCode,
    Sentence,
    SignCode,
    find_ties,
    trigger_lexicon,
)
from simpul.ontology import code_lists


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "[Kadin Bali] bekerja sama dengan [Pemkab Badung].",
            "cooperation: lead-partner Kadin Bali, counterpart Pemkab Badung",
        ),
        (
            "Kerja sama antara [Pelindo], [ITS], serta [Pemprov Riau] dimulai tahun lalu.",
            "cooperation: partner Pelindo, partner ITS, partner Pemprov Riau",
        ),
        (
            "Sinergi [Kementan] dengan [TNI AD] membuahkan hasil.",
            "cooperation: lead-partner Kementan, counterpart TNI AD",
        ),
        (
            "Digandeng [PT Roda], [SMK Klaten] membuka kelas industri.",
            "cooperation: lead-partner PT Roda, counterpart SMK Klaten",
        ),
        (
            "Bekerja sama dengan [JICA], [Pemprov Papua] membuka sekolah.",
            "cooperation: lead-partner Pemprov Papua, counterpart JICA",
        ),
        (
            "[PT Baja] menandatangani MoU dengan [ITB], [UI], serta [UGM].",
            "agreement: lead-partner PT Baja, counterpart ITB, counterpart UI, counterpart UGM",
        ),
        (
            "MoU ditandatangani oleh [PT Baja] dan [ITB].",
            "agreement: partner PT Baja, partner ITB",
        ),
        (
            "[Balai Kulit], unit kerja di bawah [Ditjen Aneka], pindah.",
            "hierarchy: subordinate Balai Kulit, superior Ditjen Aneka",
        ),
        (
            "Layanan itu diberikan unit teknis di bawah [Ditjen Aneka], yaitu [Balai Kulit].",
            "hierarchy: subordinate Balai Kulit, superior Ditjen Aneka",
        ),
        (
            "[Kementerian ESDM] menaungi [Badan Geologi].",
            "hierarchy: subordinate Badan Geologi, superior Kementerian ESDM",
        ),
        (
            "[Balai Tenun] semula merupakan hasil kolaborasi antara [Pemprov NTB], [Kadin] dan [Bank NTB].",
            "founding: founder Pemprov NTB, founder Kadin, founder Bank NTB, founded Balai Tenun",
        ),
        (
            "[Yayasan Laut] didirikan oleh [PT Ikan] dan [PT Garam] pada 2010.",
            "founding: founder PT Ikan, founder PT Garam, founded Yayasan Laut",
        ),
        (
            "[Koperasi Rasa] menerima hibah dari [Bank Jambi].",
            "funding: funder Bank Jambi, funded Koperasi Rasa",
        ),
        (
            "[Kemenperin] melalui [Balai Batik] membina perajin batik.",
            "capacity-building: principal Kemenperin, provider Balai Batik, beneficiary (perajin batik)",
        ),
        (
            "[Dinas Pasar] melakukan pembinaan kepada [Koperasi Rasa].",
            "capacity-building: provider Dinas Pasar, beneficiary Koperasi Rasa",
        ),
        (
            "Sebanyak 40 perajin dilatih [BBKB] di Yogyakarta.",
            "training: provider BBKB, beneficiary (perajin)",
        ),
        (
            "[PT Semen] memasok [PT Beton].",
            "supply: supplier PT Semen, buyer PT Beton",
        ),
        (
            "[PT Nikel] mengakuisisi [PT Kobalt].",
            "investment: funder PT Nikel, funded PT Kobalt",
        ),
        (
            "[PT Kereta] menyewa lahan milik [Pemkot Solo].",
            "site-lease: occupant PT Kereta, host Pemkot Solo",
        ),
        (
            "[Asosiasi Kopi] tergabung dalam [Kadin].",
            "membership: member Asosiasi Kopi, body Kadin",
        ),
        (
            "[Pemkot Medan] mengusir [Koperasi Pasar].",
            "conflict: party Pemkot Medan, party Koperasi Pasar",
        ),
        (
            "[LSM Hutan] mengkritik [PT Tambang].",
            "assessment: speaker LSM Hutan, subject PT Tambang",
        ),
        (
            "Sertifikat halal diterbitkan [BPJPH] untuk [PT Mi].",
            "certification: certifier BPJPH, certified PT Mi",
        ),
        (
            "[Pemprov Bali] bersama [Bank BPD] dan [Kadin] menggelar pameran.",
            "co-organization: organizer Pemprov Bali, organizer Bank BPD, organizer Kadin",
        ),
        (
            "Pelabuhan itu dibangun [PT Dermaga]. Perusahaan tersebut menggandeng [PT Beton].",
            "cooperation: lead-partner PT Dermaga, counterpart PT Beton",
        ),
        (
            '"Kami bekerja sama dengan [Bank Nagari]," kata {Rina Wati|Dinas Pasar}.',
            "cooperation: lead-partner Dinas Pasar, counterpart Bank Nagari",
        ),
    ],
)
def test_a_tie_is_read_with_its_participants(article: str, expected: str) -> None:
    assert expected in {told(tie) for tie in ties_of(article) if tie.is_worth_accepting}


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "Berkat pendampingan [UMK], [Koperasi Jati] mengekspor meja.",
            "mentoring: provider UMK, beneficiary Koperasi Jati",
        ),
        (
            "[Koperasi Jati] mengekspor meja berkat pendampingan [UMK].",
            "mentoring: provider UMK, beneficiary Koperasi Jati",
        ),
        (
            "Bantuan mesin dari [Dinas Pasar] telah diterima [Koperasi Jati].",
            "technical-assistance: provider Dinas Pasar, beneficiary Koperasi Jati",
        ),
        (
            "[Dinas Pasar] melakukan kunjungan ke [PT Roda].",
            "event-participation: attendee Dinas Pasar, attendee PT Roda",
        ),
        (
            "[PT Roda] menambah penyertaan modal ke [PT Baja].",
            "investment: funder PT Roda, funded PT Baja",
        ),
        (
            "[SMK Klaten] mengirim siswa magang ke [PT Roda].",
            "training: beneficiary SMK Klaten, provider PT Roda",
        ),
        (
            "Kurikulum [SMK Klaten] disusun bersama [PT Roda].",
            "cooperation: lead-partner PT Roda, counterpart SMK Klaten",
        ),
        (
            "[PT Roda] menjadikan [UMK] sebagai mitra riset.",
            "cooperation: lead-partner PT Roda, counterpart UMK",
        ),
        (
            "[PT Roda] menyepakati pembelian kayu dari [Koperasi Jati].",
            "supply: buyer PT Roda, supplier Koperasi Jati",
        ),
        (
            "Berbekal kredit dari [Bank Riau], [Koperasi Jati] membeli oven.",
            "funding: funder Bank Riau, funded Koperasi Jati",
        ),
    ],
)
def test_deeds_told_by_nouns_and_thanks(article: str, expected: str) -> None:
    assert expected in {told(tie) for tie in ties_of(article) if tie.is_worth_accepting}


@pytest.mark.parametrize(
    "article",
    [
        "Melalui program pelatihan, [Bank Riau] membantu petani.",
        "[PT Baja] tumbuh berkat kredit, kata {Rudi|Bank Riau}.",
        "[PT Roda] menjadikan [UMK] tempat pertemuan.",
    ],
)
def test_a_deed_of_nobody_is_thanked_for_nothing(article: str) -> None:
    assert not ties_of(article)


def test_two_passives_of_one_subject_give_two_ties() -> None:
    found = {
        told(tie)
        for tie in ties_of(
            "[Koperasi Maju] didanai [Bank Riau] dan dibina [Dinas Pasar]."
        )
    }
    assert found == {
        "funding: funder Bank Riau, funded Koperasi Maju",
        "capacity-building: provider Dinas Pasar, beneficiary Koperasi Maju",
    }


@pytest.mark.parametrize(
    "article",
    [
        "[Kemenperin] dan [Kadin] hadir di Jakarta.",
        "Kerja sama itu membuat [PT Baja] tumbuh.",
        "Bupati didampingi {Rudi|Dinas Pasar}.",
        "Sentra itu didanai [Bank Riau].",
        "Nilai impor di bawah 5 persen, kata [BPS].",
        "Menurut {Rudi|Dinas Pasar}, kolaborasi itu penting.",
    ],
)
def test_what_joins_nobody_is_no_tie(article: str) -> None:
    assert not [tie for tie in ties_of(article) if tie.is_worth_accepting]


def test_what_a_deed_is_done_for_is_below_the_threshold() -> None:
    found = ties_of("[Pemkab Kudus] menggandeng [UMK] untuk melatih perajin batik.")
    assert {tie.type: tie.is_worth_accepting for tie in found} == {
        "cooperation": True,
        "training": False,
    }


def test_a_hope_is_a_statement_of_its_speaker() -> None:
    found = ties_of(
        '"[Balai Batik] diharapkan menjadi rujukan," ujar {Rina|Kemenperin}.'
    )
    assert [told(tie) for tie in found] == [
        "expectation: speaker Kemenperin, subject Balai Batik"
    ]
    assert not found[0].is_worth_accepting


def test_a_date_belongs_to_the_trigger_before_it() -> None:
    found = ties_of(
        "[PT Ikan], yang didirikan [Yayasan Laut] pada 1990, menggandeng [PT Garam]."
    )
    assert {tie.type: tie.when for tie in found} == {
        "founding": "1990",
        "cooperation": None,
    }


def test_the_date_of_a_statement_is_not_that_of_the_tie() -> None:
    (found,) = ties_of(
        "[PT Ikan] bekerja sama dengan [PT Garam], kata {Rudi|PT Ikan}, Rabu (10/9/2025)."
    )
    assert found.when is None


def test_a_tie_told_twice_is_proposed_once() -> None:
    article = "[PT Ikan] bekerja sama dengan [PT Garam]. Pada 2024 [PT Ikan] bekerja sama dengan [PT Garam]."
    (found,) = ties_of(article)
    assert found.when == "2024"


def test_the_deed_of_one_sentence_is_done_through_the_body_of_the_next() -> None:
    found = ties_of(
        "[Kemenperin] melakukan pembinaan kepada pelaku industri. Pembinaan mebel dilakukan melalui [Balai Kayu]."
    )
    assert (
        "capacity-building: principal Kemenperin, provider Balai Kayu, beneficiary (pelaku industri)"
        in {told(tie) for tie in found}
    )


def test_every_frame_uses_types_and_roles_of_the_ontology() -> None:
    lists = code_lists()
    frames = {
        frame
        for phrases in trigger_lexicon().phrases.values()
        for _, frame, _ in phrases
    }
    assert len(frames) > 20
    for frame in frames:
        rules = lists.tie_type(frame.type)
        allowed = rules.allowed_roles | rules.required_roles
        assert {frame.agent, frame.patient, frame.shared} <= {
            str(role) for role in allowed
        }, frame.name
        assert rules.edge_rules, frame.name


def test_every_form_has_a_reader_and_every_phrase_is_in_small_letters() -> None:
    for phrases in trigger_lexicon().phrases.values():
        for words, _, form in phrases:
            assert form in TRIGGER_FORMS
            assert all(word == word.casefold() for word in words)


WORDS = st.sampled_from(
    [
        "[A]",
        "[B]",
        "{C|A}",
        "dan",
        ",",
        "serta",
        "dengan",
        "antara",
        "oleh",
        "bekerja",
        "sama",
        "menggandeng",
        "dibina",
        "melalui",
        "membina",
        "petani",
        "yang",
        "akan",
        "untuk",
        "hibah",
        "dari",
        ".",
        "di",
        "bawah",
        "yaitu",
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_any_order_of_words_gives_well_formed_ties(words: list[str]) -> None:
    article = " ".join(words)
    document, _ = marked(article)
    lists = code_lists()
    for tie in ties_of(article):
        assert len(tie.participants) > 1
        assert 0 <= tie.start < tie.end <= len(document.text)
        assert 0 < tie.score <= 1
        assert tie.modality in get_args(ModalityCode)
        assert tie.sign in get_args(SignCode)
        rules = lists.tie_type(tie.type)
        roles = {each.role for each in tie.participants}
        assert roles <= {
            str(role) for role in rules.allowed_roles | rules.required_roles
        }


def test_a_long_article_takes_time_in_proportion_to_its_length() -> None:
    line = "[PT Ikan] bekerja sama dengan [PT Garam] dan [Kadin] di Riau pada 2024. "

    def seconds(times: int) -> float:
        document, mentions = marked(line * times)
        started = process_time()
        find_ties(document, mentions)
        return process_time() - started

    seconds(50)
    assert seconds(1600) < 20 * max(seconds(200), 0.01)


def test_one_endless_sentence_is_no_sentence() -> None:
    text = "A membina B dan " * 20_000
    document = Document(text, sentences=(Sentence(0, len(text), text, 0),))
    mentions: tuple[Mention, ...] = ()
    assert find_ties(document, mentions) == ()
