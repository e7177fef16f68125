"""People: names without titles, posts with their bodies, later mentions joined."""

import pytest

from simpul.graph_builder.extraction import national_lexicon, understand

LEXICON = national_lexicon()


def people(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            person.name,
            person.post,
            person.institution.name if person.institution else None,
        )
        for person in understand(text, LEXICON).entities("person")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Direktur Jenderal IKMA Kementerian Perindustrian, Rani Sulastri, hadir.",
            (
                "Rani Sulastri",
                "Direktur Jenderal IKMA",
                "Direktorat Jenderal Industri Kecil, Menengah, dan Aneka",
            ),
        ),
        (
            "Bupati Jepara Dr. H. Wahid Pranoto, S.E., M.M. datang.",
            ("Wahid Pranoto", "Bupati Jepara", "Pemerintah Kabupaten Jepara"),
        ),
        (
            "Menteri Perdagangan M. Lukito berpidato.",
            ("M. Lukito", "Menteri Perdagangan", "Kementerian Perdagangan"),
        ),
        (
            "Kepala Dinas Perikanan Kota Ambon Yopi Latumeten hadir.",
            ("Yopi Latumeten", "Kepala", "Dinas Perikanan Kota Ambon"),
        ),
        (
            "Sinta Marpaung, Direktur Utama PT Laut Biru Tbk, optimistis.",
            ("Sinta Marpaung", "Direktur Utama", "PT Laut Biru Tbk"),
        ),
        (
            "Plt. Kepala BPSDMI Yoga Wiratama hadir.",
            ("Yoga Wiratama", "Plt. Kepala", "BPSDMI"),
        ),
        (
            "Pj. Bupati Jepara Wahid Pranoto hadir.",
            ("Wahid Pranoto", "Pj. Bupati Jepara", "Pemerintah Kabupaten Jepara"),
        ),
        (
            "Direktur Utama PT Laut Biru Wirna Kusdali mengatakan hal itu.",
            ("Wirna Kusdali", "Direktur Utama", "PT Laut Biru"),
        ),
        (
            "Rektor Universitas Jember Prof. Wirna Kusdali, M.Si., Ph.D. hadir.",
            ("Wirna Kusdali", "Rektor", "Universitas Jember"),
        ),
        (
            "Dekan Fakultas Pertanian Universitas Jember Wirna Kusdali S.Si hadir.",
            ("Wirna Kusdali", "Dekan Fakultas Pertanian", "Universitas Jember"),
        ),
        (
            "Direktur Utama PT Laut Biru (Persero) Yadi Jaya Kusdali hadir.",
            ("Yadi Jaya Kusdali", "Direktur Utama", "PT Laut Biru (Persero)"),
        ),
        (
            "Ketua Presidium HIMKI, Wirna Kusdali, hadir.",
            (
                "Wirna Kusdali",
                "Ketua Presidium",
                "HIMKI",
            ),
        ),
        (
            "Direktur Program Krealoka, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Direktur Program", "Krealoka"),
        ),
        (
            "Deputi Wakil Rektor Universitas Jember Wirna Kusdali hadir.",
            ("Wirna Kusdali", "Deputi Wakil Rektor", "Universitas Jember"),
        ),
        (
            "Kepala Desa Salakbrojo, Masrukhin, hadir.",
            ("Masrukhin", "Kepala Desa Salakbrojo", None),
        ),
        (
            "Wakil Ketua Umum HIMKI yang juga Ketua Bidang Dagang Apindo, Wirna Kusdali, hadir.",
            (
                "Wirna Kusdali",
                "Wakil Ketua Umum",
                "HIMKI",
            ),
        ),
        (
            "Wirna Kusdali, S.T., M.Si., selaku Direktur Politeknik Negeri Kupang, hadir.",
            ("Wirna Kusdali", "Direktur", "Politeknik Negeri Kupang"),
        ),
        (
            "Pelaksana Tugas Kepala Dinas Perikanan Kota Ambon, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Pelaksana Tugas Kepala", "Dinas Perikanan Kota Ambon"),
        ),
        (
            "Ketua Yayasan Bambu Nusa Ni Luh Kertidewa hadir.",
            ("Ni Luh Kertidewa", "Ketua", "Yayasan Bambu Nusa"),
        ),
        (
            "Bendesa Adat Penglipura I Nengah Monta hadir.",
            ("I Nengah Monta", "Bendesa Adat Penglipura", None),
        ),
        (
            "Ketua Gapoktan Sumber Rejeki, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Ketua", "Gapoktan Sumber Rejeki"),
        ),
        (
            "Direktur Keuangan PT Uap Lestari Meiska Pangali mengungkapkan itu.",
            ("Meiska Pangali", "Direktur Keuangan", "PT Uap Lestari"),
        ),
        (
            "Direktur Produksi SINLOK, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Direktur Produksi", "SINLOK"),
        ),
        (
            "Juru bicara Aliansi Warga Kao Menggugat, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Juru bicara", "Aliansi Warga Kao Menggugat"),
        ),
        (
            "Head of Business PT Laut Biru Wirna Kusdali mengatakan itu.",
            ("Wirna Kusdali", "Head of Business", "PT Laut Biru"),
        ),
        (
            "Ketua DPC HKLI Kabupaten Brebes, Wirna Kusdali, hadir.",
            ("Wirna Kusdali", "Ketua DPC", "HKLI Kabupaten Brebes"),
        ),
        (
            "Menteri Koperasi Budi Kusdali hadir.",
            ("Budi Kusdali", "Menteri Koperasi", "Kementerian Koperasi"),
        ),
        (
            "Hakim Ketua Pengadilan Negeri Sleman Agung Kusdali hadir.",
            ("Agung Kusdali", "Hakim Ketua", "Pengadilan Negeri Sleman"),
        ),
        (
            "Wamenperin Fahri Zulkarnain hadir.",
            ("Fahri Zulkarnain", "Wamenperin", "Kementerian Perindustrian"),
        ),
    ],
)
def test_a_post_is_tied_to_its_body(
    text: str, expected: tuple[str, str, str | None]
) -> None:
    assert people(text) == [expected]


def test_a_body_meant_by_its_kind_is_the_one_named_before() -> None:
    text = "Dinas Perikanan Kota Ambon memeriksa kapal. Kepala dinas tersebut, Wirna Kusdali, menjelaskan."
    assert people(text) == [("Wirna Kusdali", "Kepala", "Dinas Perikanan Kota Ambon")]


@pytest.mark.parametrize(
    "text",
    [
        'Koperasi Tani Makmur protes. "Harga turun," seru ketuanya, Wirna Kusdali.',
        "Koperasi Tani Makmur yang diketuai Wirna Kusdali menolak harga itu.",
    ],
)
def test_a_chair_told_without_the_name_is_of_the_body_before(text: str) -> None:
    assert people(text) == [("Wirna Kusdali", "Ketua", "Koperasi Tani Makmur")]


def test_a_name_elsewhere_in_the_text_tells_where_a_body_ends() -> None:
    text = "PT Piksel Nuswantara tumbuh. CEO PT Piksel Nuswantara Gadang Prasutma mengatakan itu."
    assert people(text) == [("Gadang Prasutma", "CEO", "PT Piksel Nuswantara")]


def test_a_speaker_from_a_body_is_a_person_without_a_post() -> None:
    assert people("Wirna Kusdali dari Balai Batik mengatakan hal itu.") == [
        ("Wirna Kusdali", None, None)
    ]


def test_a_former_post_is_told() -> None:
    (person,) = understand(
        "Mantan Menteri Perdagangan Lutfi Hamzah hadir.", LEXICON
    ).entities("person")
    assert person.former


def test_a_second_mention_by_surname_is_the_same_person() -> None:
    found = understand(
        'Rektor Universitas Jember Iwan Taruna hadir. "Baik," kata Taruna.', LEXICON
    )
    assert [m.surface for m in found.mentions if m.kind == "person"] == [
        "Iwan Taruna",
        "Taruna",
    ]
    assert len(found.entities("person")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ia mengatakan hal itu kemarin.",
        "Sebelumnya, pedagang mengatakan hal itu.",
        "Kata Kementerian Keuangan, harga naik.",
        "Sekretaris API Jawa Barat menyebut itu di Kecamatan Majalaya.",
    ],
)
def test_nobody_is_named_where_no_name_stands(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ketua TP PKK Kota Solok, Bunda Retno Mulyasari, hadir.",
            ("Retno Mulyasari", "Ketua", "TP PKK Kota Solok"),
        ),
        (
            "Rektor Universitas Jember, Prof Dr Ir Iwan Taruna MSEE, hadir.",
            ("Iwan Taruna", "Rektor", "Universitas Jember"),
        ),
        (
            "Kata GM Tirta Capital Denis Ramadhan, dana cukup.",
            ("Denis Ramadhan", "GM", "Tirta Capital"),
        ),
        (
            "Komisioner Komnas HAM, Putu Wardana, hadir.",
            ("Putu Wardana", "Komisioner", "Komnas HAM"),
        ),
    ],
)
def test_names_are_parted_from_titles_degrees_and_english_bodies(
    text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert people(text) == [expected]


def test_members_of_a_list_share_the_post_before_it() -> None:
    text = "Rapat dihadiri anggota Komisi C, Jonas Hutapea dan Aryanto."
    assert [each[:2] for each in people(text)] == [
        ("Jonas Hutapea", "anggota Komisi C"),
        ("Aryanto", "anggota Komisi C"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Laporan dikirim warga Dusun Karang Mulyo, Kabupaten Ketapang, kemarin.",
        "Dinas Ajari Perajin Purun\n\nPelatihan diadakan di Solok, kemarin.",
    ],
)
def test_a_village_or_a_product_after_a_kind_of_people_is_nobody(text: str) -> None:
    assert people(text) == []


def test_a_field_with_non_before_it_is_of_the_post() -> None:
    text = "Hadir Wadir II Bidang Non-Akademik Dr. Ratna Sari, M.M."
    assert [each[:2] for each in people(text)] == [
        ("Ratna Sari", "Wadir II Bidang Non-Akademik")
    ]


def test_the_head_of_a_branch_is_told_with_the_branch() -> None:
    assert people("Manajer Pelindo III Cabang Gresik, Rudi Hartanto, hadir.") == [
        ("Rudi Hartanto", "Manajer Pelindo III Cabang Gresik", "Pelindo III")
    ]


def test_a_body_called_after_the_country_is_nobody() -> None:
    assert people("Rapat dihadiri Karsa Indonesia selaku kuasa hukum warga.") == []
