"""Institutions: names bounded, joined to their short forms, and told apart from territories."""

import pytest

from simpul.graph_builder.extraction import (
    KnownBody,
    Understanding,
    lexicon_of,
    national_lexicon,
    understand,
)
from simpul.ontology import InstitutionKind

LEXICON = national_lexicon()


def read(text: str) -> Understanding:
    return understand(text, LEXICON)


def names(text: str) -> list[str]:
    return [body.name for body in read(text).entities("institution")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Acara itu dihadiri Direktorat Jenderal Industri Kecil, Menengah, dan Aneka kemarin.",
            ["Direktorat Jenderal Industri Kecil, Menengah, dan Aneka"],
        ),
        (
            "Dinas Koperasi, Usaha Mikro, dan Perdagangan Kota Solok membuka kelas.",
            ["Dinas Koperasi, Usaha Mikro, dan Perdagangan Kota Solok"],
        ),
        (
            "Kementerian Perindustrian dan Kementerian Perdagangan hadir.",
            ["Kementerian Perindustrian", "Kementerian Perdagangan"],
        ),
        (
            "Bantuan datang dari PT Laut Biru Tbk dan CV Pasir Putih.",
            ["PT Laut Biru Tbk", "CV Pasir Putih"],
        ),
        (
            "Kemudian SMK Negeri 3 Kupang bermitra dengan Politeknik Negeri Kupang.",
            ["SMK Negeri 3 Kupang", "Politeknik Negeri Kupang"],
        ),
        (
            "Ia bekerja di Institute for Coastal Studies sejak lama.",
            ["Institute for Coastal Studies"],
        ),
        ("Kadin Jawa Tengah mendukung rencana itu.", ["Kadin Jawa Tengah"]),
        (
            "Mesin dibeli dari Hanadori Filter Co., Ltd. di Osaka dan Nordhaven A/S.",
            ["Hanadori Filter Co., Ltd", "Nordhaven A/S"],
        ),
        (
            "Dinas Perkebunan Mempawah dan Koperasi Tani Harapan hadir.",
            ["Dinas Perkebunan Mempawah", "Koperasi Tani Harapan"],
        ),
        (
            "Dewan Adat Imekko dan Paguyuban Perajin Gerabah Plered hadir.",
            ["Dewan Adat Imekko", "Paguyuban Perajin Gerabah Plered"],
        ),
        (
            "Pasien dirujuk ke RSUP Prof. Kandou dan RSUD Dr. Soetomo kemarin.",
            ["RSUP Prof. Kandou", "RSUD Dr. Soetomo"],
        ),
        (
            "Kapal itu milik PLN Nusantara Power dan PT Pelindo Jasa Maritim.",
            ["PLN Nusantara Power", "PT Pelindo Jasa Maritim"],
        ),
        (
            "Balai Besar POM di Palembang menguji produk itu.",
            ["Balai Besar POM di Palembang"],
        ),
        (
            "Kemenperin bekerja sama dengan HIMKI, Sinarloka Indonesia, dan Asmindo.",
            [
                "Kemenperin",
                "HIMKI",
                "Sinarloka Indonesia",
                "Asmindo",
            ],
        ),
        (
            "Institut Seni Indonesia (ISI) Yogyakarta dan Bank Pembangunan Daerah (BPD) Bali hadir.",
            [
                "Institut Seni Indonesia (ISI) Yogyakarta",
                "Bank Pembangunan Daerah (BPD) Bali",
            ],
        ),
        (
            "Adapun Halala Trade Corporation Sdn. Bhd. dan Unilever Tea Rotterdam B.V. tertarik.",
            ["Halala Trade Corporation Sdn. Bhd", "Unilever Tea Rotterdam B.V."],
        ),
        (
            "Sengketa itu dibawa ke Pengadilan Tata Usaha Negara bila gagal.",
            ["Pengadilan Tata Usaha Negara"],
        ),
        (
            "Diskopnakerin Jepara melatih perajin bersama Solo Technopark.",
            ["Diskopnakerin Jepara", "Solo Technopark"],
        ),
        (
            "Mereka diperiksa Balai Penegakan Hukum KLHK Wilayah Sumatera kemarin.",
            ["Balai Penegakan Hukum KLHK Wilayah Sumatera"],
        ),
        (
            "Perkumpulan Penggosok Intan Banjar dan Jaringan Madu Hutan Sumbawa hadir.",
            ["Perkumpulan Penggosok Intan Banjar", "Jaringan Madu Hutan Sumbawa"],
        ),
        (
            "Limbah itu dibuang PT Restu Ibu Abadi ke sungai.",
            ["PT Restu Ibu Abadi"],
        ),
        (
            "Gula itu diakuisisi Sinergi Gula Nusawana (SGN) tahun lalu.",
            ["Sinergi Gula Nusawana"],
        ),
        (
            "Pemerintah Provinsi (Pemprov) Jawa Barat dan Kementerian Perdagangan Tiongkok hadir.",
            [
                "Pemerintah Provinsi (Pemprov) Jawa Barat",
                "Kementerian Perdagangan Tiongkok",
            ],
        ),
        (
            "Kodim 0713/Brebes dan Baznas Kabupaten Garut menyalurkan bantuan.",
            ["Kodim 0713/Brebes", "Baznas Kabupaten Garut"],
        ),
        (
            "Federasi Serikat Pekerja Tekstil menolak upah itu.",
            ["Federasi Serikat Pekerja Tekstil"],
        ),
    ],
)
def test_a_name_ends_where_the_body_ends(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kementerian itu mendukung balai tersebut.",
        "Dinas setempat dan lembaga lain hadir.",
        "Pemerintah daerah memberi bantuan.",
        "Mereka tinggal di Kabupaten Sidoarjo.",
        "Ia lulus program Toyota Kejuruan Award tahun lalu.",
        "Mereka tinggal di Kelurahan Goto.",
    ],
)
def test_common_nouns_and_territories_are_no_names_of_bodies(text: str) -> None:
    assert names(text) == []


def test_one_head_gives_two_governments() -> None:
    found = read(
        "Pemerintah Provinsi Jawa Timur dan Kabupaten Sidoarjo membiayai balai itu."
    )
    kinds = [(body.name, body.type) for body in found.entities("institution")]
    assert kinds == [
        ("Pemerintah Provinsi Jawa Timur", "provincial-government"),
        ("Pemerintah Kabupaten Sidoarjo", "regency-government"),
    ]


def test_a_territory_is_a_body_where_it_cooperates_and_a_place_where_things_are() -> (
    None
):
    found = read(
        "Balai Batik menjalin kerja sama dengan Kabupaten Pekalongan di Kabupaten Batang."
    )
    assert [body.name for body in found.entities("institution")] == [
        "Balai Batik",
        "Pemerintah Kabupaten Pekalongan",
    ]
    assert [place.name for place in found.entities("place")] == ["Kabupaten Batang"]


def test_short_forms_and_full_names_are_one_body() -> None:
    text = (
        "Balai Pengembangan Serat Alam (BPSA) melatih perajin. Pemkab Jepara mendukung BPSA. "
        "Pemerintah Kabupaten Jepara juga memuji Balai Pengembangan Serat Alam."
    )
    found = read(text)
    assert names(text) == [
        "Balai Pengembangan Serat Alam",
        "Pemerintah Kabupaten Jepara",
    ]
    assert len(found.mentions) == 6


@pytest.mark.parametrize(
    "text",
    [
        "Dinas Perindustrian (Disperin) Provinsi Riau hadir. Disperin memuji. Dinas Perindustrian Provinsi Riau juga.",
        "PT Stardusta Nikel (STN) untung. PT STN mengolah bijih. STN besar.",
        "PT Pelindo Marina Jasa atau Pelindo Marinas untung. Kapal Pelindo Marinas tiba.",
        "Koperasi Unit Desa (KUD) Jaya Utama untung. KUD Jaya Utama besar.",
        "Koperasi Produsen Ikan Arumbai untung. Menurut warga, Koperasi Arumbai besar.",
        "DPRD Kabupaten Jepara (DPRD Jepara) rapat. Anggota DPRD setuju.",
        "Kemudian Bappeda Kabupaten Temanggung rapat. Selanjutnya Bappeda memfasilitasi.",
        "Kantor Perwakilan Bank Indonesia (BI) Provinsi NTB hadir. Perwakilan Bank Indonesia (BI) Provinsi NTB memuji.",
        "Lembaga Amil Zakat Muhammadiyah (Lazisma) membantu. Lazisma juga melatih.",
        "Hanadori Glass Corporation membangun pabrik. Pabrik Hanadori Glass besar.",
    ],
)
def test_a_body_called_in_two_ways_is_one(text: str) -> None:
    assert len(names(text)) == 1


def test_a_company_is_known_without_its_legal_form_once_it_was_named() -> None:
    assert names("PT Kapal Nusa Tbk untung. Laba Kapal Nusa naik.") == [
        "PT Kapal Nusa Tbk"
    ]


def test_an_ecosystems_own_name_comes_with_its_key() -> None:
    lexicon = lexicon_of(
        [KnownBody("Balai Rotan", "technical-unit", ("BRT",), "balai-rotan")]
    )
    (body,) = understand("BRT melatih perajin.", lexicon).entities("institution")
    assert (body.name, body.key) == ("Balai Rotan", "balai-rotan")


def test_kinds_are_codes_of_the_ontology() -> None:
    known = {str(kind.value) for kind in InstitutionKind}
    text = "PT Satu, Bank Dua, Yayasan Tiga, Dinas Perikanan, Balai Kopi, dan Koperasi Empat hadir."
    assert {body.type for body in read(text).entities("institution")} <= known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pameran digelar Kantor Pengawasan dan Pelayanan Bea dan Cukai Jepara kemarin.",
            ["Kantor Pengawasan dan Pelayanan Bea dan Cukai Jepara"],
        ),
        ("Ketua Komisi B, Rudi Hartanto, hadir.", []),
        ("Fund III ditutup kemarin.", []),
        (
            "Pemerintah Kabupaten Pati, Jawa Tengah, menanam tebu.",
            ["Pemerintah Kabupaten Pati"],
        ),
        (
            "Pemerintah Provinsi Kalimantan Tengah (Kalteng) hadir. Udang Kalteng laku.",
            ["Pemerintah Provinsi Kalimantan Tengah"],
        ),
    ],
)
def test_kinds_numbers_and_territories_are_no_bodies_of_their_own(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


def test_the_short_form_of_a_territory_is_no_mention_of_its_government() -> None:
    text = "Pemerintah Provinsi Kalimantan Tengah (Kalteng) hadir. Udang Kalteng laku."
    mentions = [m.surface for m in read(text).mentions if m.kind == "institution"]
    assert mentions == ["Pemerintah Provinsi Kalimantan Tengah"]


@pytest.mark.parametrize(
    "text",
    [
        "Holding Perkebunan Nusantara PTPN III (Persero) hadir. Kebun Holding Perkebunan luas.",
        "PT Kapal Timur atau Orient Ship Company (OSC) hadir. OSC adalah perusahaan baru.",
        "Kementerian Laut, Pantai, dan Pesisir (LPP) hadir. Sekjen Kementerian LPP Rudi Hartanto berbicara.",
        "Dinas Perikanan dan Kelautan (DPK) Provinsi Lampung hadir. DPK Lampung membina petambak.",
        "Perhimpunan Petani Wilayah (P4W) Lampung panen. Ketua P4W Lampung, Rudi Hartanto, hadir.",
    ],
)
def test_a_second_name_or_a_short_form_in_a_longer_one_is_no_second_body(
    text: str,
) -> None:
    assert len(names(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aduan diterima Komnas HAM Perwakilan Sulawesi Tengah.",
            ["Komnas HAM Perwakilan Sulawesi Tengah"],
        ),
        (
            "PT Bank Pembangunan Daerah (BPD) Bali untung. Laba PT BPD Bali naik.",
            ["PT Bank Pembangunan Daerah (BPD) Bali"],
        ),
        (
            "PT Perkebunan Nusantara XII panen. Kebun PTPN XII luas.",
            ["PT Perkebunan Nusantara XII"],
        ),
        ("Pelindo III Cabang Gresik ramai.", ["Pelindo III"]),
        ("Pemodalnya Tirta Global Investment.", ["Tirta Global Investment"]),
        ("Panen dihadiri DKP Kabupaten Tulangbawang.", ["DKP Kabupaten Tulangbawang"]),
    ],
)
def test_branches_numbers_and_places_are_of_the_name_that_has_them(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected
