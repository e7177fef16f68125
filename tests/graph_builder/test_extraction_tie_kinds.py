"""Each kind of tie in the ways that Indonesian says it, and ties that only the sentences before make plain."""

from pathlib import Path

import pytest

from marked_articles import ties_of, told

SENTENCES = [
    tuple(line.split(": ", 1))
    for line in (Path(__file__).parents[1] / "data" / "sentences-of-ties.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(
    ("kind", "sentence"), SENTENCES, ids=[each[1] for each in SENTENCES]
)
def test_a_sentence_states_one_tie_of_its_kind(kind: str, sentence: str) -> None:
    found = [
        tie.type
        for tie in ties_of(sentence)
        if sum(each.entity is not None for each in tie.participants) > 1
    ]
    assert found == [kind]


def test_most_kinds_of_tie_have_sentences() -> None:
    assert len({kind for kind, _ in SENTENCES}) > 25


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "[PT Baja] membeli bijih dari [PT Nikel].",
            "supply: buyer PT Baja, supplier PT Nikel",
        ),
        (
            "Bijih dari [PT Nikel] dibeli [PT Baja].",
            "supply: buyer PT Baja, supplier PT Nikel",
        ),
        (
            "Bijih dipasok [PT Nikel] kepada [PT Baja].",
            "supply: supplier PT Nikel, buyer PT Baja",
        ),
        (
            "[Koperasi Maju] berutang kepada [Bank Riau].",
            "funding: funded Koperasi Maju, funder Bank Riau",
        ),
        (
            "[PT Baja] melalui anak usahanya, [PT Kawat], membangun pabrik.",
            "hierarchy: subordinate PT Kawat, superior PT Baja",
        ),
        (
            "Lahan disediakan lewat anak usaha [PT Baja], [PT Kawat].",
            "hierarchy: subordinate PT Kawat, superior PT Baja",
        ),
        (
            "[Badan Karantina] [Kementerian Pertanian] memeriksa kapal.",
            "hierarchy: subordinate Badan Karantina, superior Kementerian Pertanian",
        ),
        (
            "[PT Baja] mendirikan [Akademi Logam] bersama [Yayasan Api].",
            "founding: founder PT Baja, founder Yayasan Api, founded Akademi Logam",
        ),
        (
            "[BBKB] melatih 60 perajin anggota [Koperasi Batik].",
            "training: provider BBKB, beneficiary Koperasi Batik",
        ),
        (
            "[PT Kopi] menggandeng perusahaan asal Jepang, [Kohi Co], tahun ini.",
            "cooperation: lead-partner PT Kopi, counterpart Kohi Co",
        ),
        (
            "[Dinas Pasar] meneken MoU dengan beberapa toko daring, seperti [Lapak], [Kios], dan [Gerai].",
            "agreement: lead-partner Dinas Pasar, counterpart Lapak, counterpart Kios, counterpart Gerai",
        ),
        (
            "[PT Kopi] menunjuk [PT Gula] sebagai pemasok utama.",
            "supply: buyer PT Kopi, supplier PT Gula",
        ),
        (
            "[Dinas Pasar] bersama [Bank Riau] dan [PT Kopi] melepas ekspor.",
            "cooperation: partner Dinas Pasar, partner Bank Riau, partner PT Kopi",
        ),
        (
            "Dua anggota [Himpunan Sepeda], [PT Gowes] dan [PT Roda], berbeda pendapat.",
            "membership: member PT Gowes, member PT Roda, body Himpunan Sepeda",
        ),
        (
            "[PT Kopi] melepas saham [PT Gula] kepada [PT Baja].",
            "investment: funder PT Baja, funded PT Gula",
        ),
        (
            "[PT Kopi] merupakan anak usaha [PT Gula], [PT Baja], dan [PT Nikel].",
            "hierarchy: subordinate PT Kopi, superior PT Nikel",
        ),
        (
            "Kerja samanya dijalin [PT Kopi], unit bisnis [PT Gula], dengan [PT Baja].",
            "cooperation: lead-partner PT Kopi, counterpart PT Baja",
        ),
        (
            "[PT Kopi] membuka kedai dengan dukungan [PT Gula].",
            "cooperation: lead-partner PT Gula, counterpart PT Kopi",
        ),
        (
            "Pertemuan itu dihadiri [PT Kopi] (kedai), utusan dari [PT Gula] selaku pemasok, dan [PT Baja].",
            "event-participation: attendee PT Kopi, attendee PT Gula, attendee PT Baja",
        ),
        (
            "Dana itu diterima [PT Kopi]. Penanam modalnya [PT Gula].",
            "investment: funder PT Gula, funded PT Kopi",
        ),
        (
            "[Koperasi Maju] berharap [BRIN] memberikan pelatihan.",
            "training: provider BRIN, beneficiary Koperasi Maju",
        ),
    ],
)
def test_the_parties_have_their_roles(article: str, expected: str) -> None:
    assert expected in {told(tie) for tie in ties_of(article)}


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "[Unhas] dan [PT Laut] meneliti bersama bibit rumput laut. Riset tersebut dibiayai [BRIN].",
            "funding: funder BRIN, funded Unhas, funded PT Laut",
        ),
        (
            "[Dinas Kerja] dan [Poltek Batu] menyelenggarakan bursa kerja. Acara itu dihadiri [PT Bor] dan [PT Las].",
            "event-participation: attendee PT Bor, attendee PT Las, attendee Dinas Kerja, attendee Poltek Batu",
        ),
        (
            "[PT Laut] dan [Unhas] meneken perjanjian. Hadir pula [Dinas Ikan].",
            "agreement: partner PT Laut, partner Unhas, attendee Dinas Ikan",
        ),
        (
            "[Dinas Ikan] meninjau tambak. [PT Laut], [PT Garam], dan [CV Pukat] hadir. Ikan dijual [Koperasi Maju] kepada ketiga perusahaan itu.",
            "supply: supplier Koperasi Maju, buyer PT Laut, buyer PT Garam, buyer CV Pukat",
        ),
        (
            "[PT Laut] membangun pabrik. Mesinnya dipasok [PT Garam].",
            "supply: supplier PT Garam, buyer PT Laut",
        ),
        (
            "[Koperasi Maju] menjual kopi. Pembelinya [PT Garam].",
            "supply: buyer PT Garam, supplier Koperasi Maju",
        ),
        (
            "[Dinas Kerja] membuka rapat. Tamunya antara lain peneliti utama bidang gizi dan pangan {Budi|PT Bor} dan utusan [PT Las].",
            "event-participation: attendee Dinas Kerja, attendee PT Bor, attendee PT Las",
        ),
        (
            "Rapat itu dihadiri [PT Bor], Karang Taruna, dan [PT Las].",
            "event-participation: attendee PT Bor, attendee PT Las",
        ),
        (
            "Kawasan bekas [PT Laut] luas. Rapat dihadiri [PT Bor] dan [PT Las].",
            "event-participation: attendee PT Bor, attendee PT Las",
        ),
        (
            "[Jaringan Petani Kopi] berunjuk rasa. Pada 2009, jaringan itu bersengketa dengan [PT Bor].",
            "conflict: party Jaringan Petani Kopi, party PT Bor",
        ),
        (
            "[Dinas Kerja] menyelenggarakan pelatihan. Datang pula [PT Bor] serta wakil dari [PT Las].",
            "event-participation: attendee Dinas Kerja, attendee PT Bor, attendee PT Las",
        ),
        (
            "[Bank Riau] melakukan pembinaan kepada [PT Bor]. Pembinaan itu ditujukan kepada [PT Las] dan [PT Cat].",
            "capacity-building: provider Bank Riau, beneficiary PT Las, beneficiary PT Cat",
        ),
        (
            "[Unhas] menyerahkan mesin kepada [Koperasi Maju]. Mesin berjumlah dua unit itu dibiayai [Bank Riau].",
            "funding: funder Bank Riau, funded Koperasi Maju",
        ),
        (
            "[LSM Rimba] menggugat tiga perusahaan nikel. Ketiganya ialah [PT Satu], [PT Dua], dan [PT Tiga].",
            "conflict: party LSM Rimba, party PT Satu, party PT Dua, party PT Tiga",
        ),
        (
            "[Otorita Danau] akan menggandeng [Unhas]. Kerja sama dengan [Alpen AG] masih jauh.",
            "cooperation: lead-partner Otorita Danau, counterpart Alpen AG",
        ),
        (
            "Bijih dibeli [PT Baja] dari [Koperasi Maju]. Kerja sama keduanya berjalan lama.",
            "cooperation: partner PT Baja, partner Koperasi Maju",
        ),
        (
            "[Koperasi Maju] dan [PT Sawit] berunding. Perundingan yang difasilitasi [DPRD Kalbar] itu dihadiri [Dinas Kebun].",
            "event-participation: attendee Dinas Kebun, attendee Koperasi Maju, attendee PT Sawit, attendee DPRD Kalbar",
        ),
        (
            "[PT Baja] membangun pabrik. Pabrik itu mengantongi sertifikat dari [BPOM].",
            "certification: certifier BPOM, certified PT Baja",
        ),
    ],
)
def test_words_that_come_back_to_a_deed_bring_its_parties_in(
    article: str, expected: str
) -> None:
    assert expected in {told(tie) for tie in ties_of(article)}


@pytest.mark.parametrize(
    "article",
    [
        "[PT Baja] menjual besi. Selama ini [PT Nikel] untung.",
        "[PT Baja] mempekerjakan warga di sekitar kantor [Pemkab Gresik].",
        "Warga diminta menghubungi [Dinas Pasar].",
        "[BPS] mencatat impor naik, sedangkan [PT Baja] mencatat laba.",
        "[PT Baja] melepas izin ekspor lama, kata [PT Nikel].",
        "Pelatihan digelar [PT Baja]. [PT Nikel] menyarankan agar pelatihan itu diulang.",
    ],
)
def test_bodies_that_only_stand_near_one_another_are_not_tied(article: str) -> None:
    assert [told(tie) for tie in ties_of(article)] == []


def test_what_is_hoped_for_is_not_told_twice() -> None:
    (tie,) = ties_of("[PT Baja] berharap [Bank Riau] mendanai [Koperasi Maju].")
    assert (tie.type, tie.modality) == ("funding", "hoped")
    (tie,) = ties_of("[PT Baja] berharap [Bank Riau] membuka cabang.")
    assert tie.type == "expectation"


def test_a_judgement_has_the_sign_of_its_first_word_of_praise_or_blame() -> None:
    article = "[LSM Rimba] menilai program [Dinas Hutan] sudah tepat, hanya terlambat."
    assert (
        next(tie.sign for tie in ties_of(article) if tie.type == "assessment")
        == "positive"
    )
    article = "[LSM Rimba] menilai program [Dinas Hutan] merugikan petani."
    assert (
        next(tie.sign for tie in ties_of(article) if tie.type == "assessment")
        == "negative"
    )


def test_a_public_sentence_of_headline_verbs_is_read() -> None:
    found = {
        told(tie) for tie in ties_of("[Bank Riau] Salurkan KUR ke [Koperasi Maju]")
    }
    assert "funding: funder Bank Riau, funded Koperasi Maju" in found


@pytest.mark.parametrize(
    "article",
    [
        "Panen di tambak [PT Laut] yang luas di desa itu hasil kemitraan [PT Garam] dan [CV Pukat].",
        "Hasilnya laku, kata {Ani|PT Laut}, asalkan memenuhi standar [BPOM].",
        "Pelatihan digelar [PT Laut] atas dukungan dari [PT Garam].",
    ],
)
def test_what_is_said_of_something_else_founds_rules_and_trains_nobody(
    article: str,
) -> None:
    assert not {"founding", "regulation", "training"} & {
        tie.type for tie in ties_of(article)
    }


@pytest.mark.parametrize(
    "article",
    [
        "[PT Laut] dan [PT Garam] sama-sama mencatat kenaikan laba.",
        "[KPK] dan [Kejaksaan Agung] menangani perkara itu.",
        "Peserta berasal dari [PT Laut], [PT Garam], dan [CV Pukat].",
        "Biasanya beras dibeli [PT Laut].",
    ],
)
def test_bodies_named_beside_one_another_are_not_yet_tied(article: str) -> None:
    assert not ties_of(article)
