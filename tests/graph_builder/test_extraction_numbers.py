"""Numbers of articles become observations with comparator, unit and time."""

import itertools
from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder.extraction import (
    Document,
    Entity,
    Mention,
    Observation,
    Sentence,
    find_dates,
    find_numbers,
    find_observations,
    prepare,
)


def observations_of(text: str, body: str = "Koperasi Maju") -> tuple[Observation, ...]:
    """The observations of one sentence in which one body may be named."""
    document = Document(
        text, date(2025, 9, 17), text, sentences=(Sentence(0, len(text), text, 0),)
    )
    place = text.find(body)
    entity = Entity("institution", body)
    mentions = (
        [Mention(place, place + len(body), body, "institution", entity, "test", 1.0)]
        if place >= 0
        else []
    )
    return find_observations(document, mentions, find_dates(text, document.published))


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit"),
    [
        ("lebih dari 13.000 orang", "13000", "more-than", "person"),
        ("tumbuh 5,20 persen", "5.20", "exact", "percent"),
        ("naik 5,4%", "5.4", "exact", "percent"),
        ("sekitar Rp3,33 miliar", "3330000000", "about", "rupiah"),
        ("Rp 5.000.000,- saja", "5000000", "exact", "rupiah"),
        ("US$ 20 juta", "20000000", "exact", "us-dollar"),
        ("100 ribu dolar AS", "100000", "exact", "us-dollar"),
        ("setidaknya 25 hektare", "25", "at-least", "hektare"),
        ("tidak kurang dari 25 hektare", "25", "at-least", "hektare"),
        ("kurang dari 40 ton", "40", "less-than", "ton"),
        ("maksimal 10 unit", "10", "at-most", "unit"),
        ("hampir mencapai 2 juta orang", "2000000", "about", "person"),
        ("mencapai 250 pasang", "250", "exact", "pair"),
        ("300-an petani", "300", "about", "person"),
        ("3,2 juta bayi", "3200000", "exact", "person"),
        ("2.000 hektare lebih", "2000", "more-than", "hektare"),
        ("sebanyak lima perusahaan", "5", "exact", "company"),
        ("dua belas IKM", "12", "exact", "business-unit"),
        ("dua puluh lima orang", "25", "exact", "person"),
        ("seratus dua puluh orang", "120", "exact", "person"),
        ("lebih dari seribu hektare", "1000", "more-than", "hektare"),
        ("tujuh ribu liter susu", "7000", "exact", "liter"),
        ("tiga setengah juta ton", "3500000", "exact", "ton"),
        ("Rp6,9 T untuk pabrik", "6900000000000", "exact", "rupiah"),
        ("nilai 10,3 miliar.", "10300000000", "exact", "rupiah"),
        ("Rp15.000/kg", "15000", "exact", "rupiah"),
        ("Rp100.000,-/hari", "100000", "exact", "rupiah"),
        ("Rp5 juta per bulan", "5000000", "exact", "rupiah-per-month"),
        ("500 pasang sepatu per hari", "500", "exact", "pair-per-day"),
        ("85 persennya", "85", "exact", "percent"),
        ("73,27%dari ekspor", "73.27", "exact", "percent"),
        ("126,57 miliar dollar AS", "126570000000", "exact", "us-dollar"),
        ("hingga 3 juta ton", "3000000", "at-most", "ton"),
        ("menembus hingga 126 ton", "126", "exact", "ton"),
        ("± 300 orang", "300", "about", "person"),
        ("20 ton ke atas", "20", "at-least", "ton"),
        ("240 pengukir", "240", "exact", "person"),
        ("8.000 pekerjanya", "8000", "exact", "person"),
        ("15 unit mesin jahit", "15", "exact", "machine"),
        ("sedikitnya 500 botol tiap bulan", "500", "at-least", "botol"),
        ("sebelas studio", "11", "exact", "studio"),
        ("upah minimum Rp2.305.825 per bulan", "2305825", "exact", "rupiah-per-month"),
        ("25 kWp", "25", "exact", "kilowatt peak"),
        ("paling tinggi 42 persen", "42", "at-most", "percent"),
        ("12 gerbong datar", "12", "exact", "unit"),
    ],
)
def test_a_number_is_read_with_its_comparator_and_unit(
    text: str, value: str, qualifier: str, unit: str
) -> None:
    found = [each for each in find_numbers(f"Ada {text}.") if each.unit]
    assert [(each.value, each.qualifier, each.unit) for each in found] == [
        (Decimal(value), qualifier, unit)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Acara pukul 14.30 WIB di RT 05 RW 02",
        "Hubungi telepon 081234567890",
        "Pasal 5 ayat 2 berlaku",
        "Ia berusia 30 tahun",
        "Kegiatan itu selama 3 hari",
        "Pada tahun 2024 dan 2025",
        "Peringkat ke-5",
        "Ratusan orang dan puluhan ribu orang",
        "Ukurannya 3 x 4 meter",
        "Lahan warga dua kampung",
        "Dua anggota AISN bertemu",
        "Ada 14 skema dan 3 tahap",
        "Dari 24 diminta datang",
        "Ada 12 perangkat dan 5 hewan",
    ],
)
def test_what_counts_nothing_is_no_observation(text: str) -> None:
    assert observations_of(text) == ()


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("sekitar 400-500 orang", (400, 500), "person"),
        ("sekitar Rp 25-60 juta", (25_000_000, 60_000_000), "rupiah"),
        ("antara lima sampai sepuluh orang", (5, 10), "person"),
        ("berkisar 20–25 juta ton", (20_000_000, 25_000_000), "ton"),
        ("Rp4.000 hingga Rp5.000 per kilogram", (4000, 5000), "rupiah"),
    ],
)
def test_a_range_gives_its_two_bounds(
    text: str, bounds: tuple[int, int], unit: str
) -> None:
    low, high = find_numbers(f"Ada {text}.")
    assert (int(low.value), int(high.value)) == bounds
    assert (low.qualifier, high.qualifier) == ("at-least", "at-most")
    assert low.unit == high.unit == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Usaha naik dari 186 menjadi 220 unit usaha", [186, 220]),
        ("Ada 186 unit usaha, turun dari 220.", [186, 220]),
        ("Kelas itu diikuti masing-masing 30 dan 40 orang", [30, 40]),
        ("Jumlah pelamar mencapai 3.200", [3200]),
        ("Mereka melatih 50 orang dari 12 yayasan", [50]),
    ],
)
def test_a_unit_said_once_is_that_of_both_numbers(text: str, values: list[int]) -> None:
    found = observations_of(text)
    assert [each.value for each in found] == values
    assert len({each.unit for each in found}) == 1


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Mesin penyuling berjumlah 8 unit.", "machine"),
        ("Kapal berjumlah 8 unit.", "unit"),
        ("Mereka menjual kulit sapi sebanyak 9.000 lembar.", "hide"),
        ("Kain batik terjual sebanyak 9.000 lembar.", "lembar"),
    ],
)
def test_a_vague_unit_is_that_of_the_thing_named_before(text: str, unit: str) -> None:
    (found,) = observations_of(text)
    assert found.unit == unit


def test_each_number_is_of_the_date_that_is_said_with_it() -> None:
    found = observations_of(
        "Produksi naik dari 21 ton pada 2020 menjadi 23 ton pada 2023."
    )
    assert [each.as_of for each in found] == ["2020", "2023"]


@pytest.mark.parametrize("text", ["Sebanyak 40 orang hadir", "Kini ada 40 orang"])
def test_a_time_or_a_number_is_no_subject(text: str) -> None:
    (found,) = observations_of(text)
    assert (found.about, found.subject) == (None, "")


def test_what_is_said_again_is_one_observation() -> None:
    text = "Balai itu melatih 100 perajin. Ada 100 perajin di sana. Juga 100 orang di Rembang."
    document = prepare(text)
    found = find_observations(document, ())
    assert [document.text[each.start : each.end] for each in found] == [
        "100 perajin",
        "100 orang",
    ]


def test_parts_point_at_their_sum_and_take_its_unit() -> None:
    whole, first, second = observations_of(
        "Hingga 2024, Koperasi Maju melatih lebih dari 900 orang, dengan 300 orang di antaranya pembatik dan 605 adalah penenun."
    )
    assert (whole.value, whole.qualifier, whole.as_of) == (
        Decimal(900),
        "more-than",
        "2024",
    )
    assert (first.part_of, second.part_of) == (0, 0)
    assert second.unit == whole.unit == "person"
    assert whole.about is not None
    assert whole.about.name == "Koperasi Maju"


def test_an_index_has_a_value_without_a_unit_word() -> None:
    (found,) = observations_of(
        "Indeks Kepercayaan Industri subsektor Furnitur pada bulan Agustus berada pada nilai 51,75."
    )
    assert (found.value, found.unit, found.as_of) == (
        Decimal("51.75"),
        "index-point",
        "2025-08",
    )
    assert found.measure.startswith("Indeks Kepercayaan Industri")
    assert found.about is None
    assert found.subject == "subsektor Furnitur"


def test_a_measure_named_before_the_number_is_kept() -> None:
    (found,) = observations_of(
        "Nilai ekspor kopi Koperasi Maju mencapai US$2,5 juta pada 2023."
    )
    assert found.measure.casefold().startswith("nilai ekspor kopi")
    assert found.as_of == "2023"


def test_numbers_inside_names_are_no_observations() -> None:
    text = "SMK Negeri 2 orang tua murid"
    assert find_numbers(text, [(0, 12)]) == ()


@given(st.integers(0, 10**12))
def test_every_whole_number_in_indonesian_notation_is_read_exactly(number: int) -> None:
    written = f"{number:,}".replace(",", ".")
    (found,) = find_numbers(f"sejumlah {written} ton")
    assert found.value == number


@given(st.text(alphabet="0123456789., -Rp%jutamiliarorang()", max_size=80))
def test_any_text_gives_numbers_in_order_without_overlap(text: str) -> None:
    found = find_numbers(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[each.start : each.end] == each.surface for each in found)


@pytest.mark.parametrize(
    "bait", ["1", "1.", "Rp", "1 juta ", "dua puluh ", "lebih dari "]
)
def test_bait_takes_linear_time(bait: str) -> None:
    started = process_time()
    find_numbers(bait * (200_000 // len(bait)))
    assert process_time() - started < 4
