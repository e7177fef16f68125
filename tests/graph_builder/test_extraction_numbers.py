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
        ("2.000 hektare lebih", "2000", "more-than", "hektare"),
        ("sebanyak lima perusahaan", "5", "exact", "company"),
        ("dua belas IKM", "12", "exact", "business-unit"),
        ("dua puluh lima orang", "25", "exact", "person"),
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
        "seratus dua puluh orang",
    ],
)
def test_what_counts_nothing_is_no_observation(text: str) -> None:
    assert observations_of(text) == ()


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
