"""Dates of articles become EDTF, counted from the day of publication."""

import itertools
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import parse_edtf
from simpul.graph_builder.extraction import find_dates

PUBLISHED = date(2025, 9, 17)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Rabu (11/9/2024)", "2024-09-11"),
        ("Selasa (16/09/25)", "2025-09-16"),
        ("Rabu (10/9)", "2025-09-10"),
        ("pada 11 September 2024", "2024-09-11"),
        ("Jumat, 13-15 Juni 2025", "2025-06-13/2025-06-15"),
        ("30 September-2 Oktober 2024", "2024-09-30/2024-10-02"),
        ("September 2024", "2024-09"),
        ("pada bulan Agustus", "2025-08"),
        ("akhir Desember mendatang", "2025-12"),
        ("Januari–Agustus 2025", "2025-01/2025-08"),
        ("tahun 2024", "2024"),
        ("awal 2024", "2024"),
        ("periode 2020-2024", "2020/2024"),
        ("sejak 2019", "2019/.."),
        ("hingga 2024", "/2024"),
        ("triwulan II 2025", "2025-04/2025-06"),
        ("kuartal ketiga", "2025-07/2025-09"),
        ("semester I", "2025-01/2025-06"),
        ("kemarin", "2025-09-16"),
        ("Kamis pekan lalu", "2025-09-11"),
        ("Selasa lalu", "2025-09-16"),
        ("pekan depan", "2025-09-22/2025-09-28"),
        ("tahun lalu", "2024"),
        ("bulan depan", "2025-10"),
        ("dua tahun lalu", "2023"),
        ("tiga hari yang lalu", "2025-09-14"),
        ("triwulan I/2024", "2024-01/2024-03"),
        ("triwulan II dan III 2024", "2024-04/2024-09"),
        ("semester II/2023", "2023-07/2023-12"),
        ("Januari-Maret tahun ini", "2025-01/2025-03"),
        ("antara Maret dan Mei 2024", "2024-03/2024-05"),
        ("Maret tahun lalu", "2024-03"),
        ("tahun ajaran 2023/2024", "2023/2024"),
        ("tahun 1990-an", "199X"),
        ("2025-09-17", "2025-09-17"),
        ("17.09.2025", "2025-09-17"),
        ("Rabu (6/11)", "2024-11-06"),
        ("Minggu pagi", "2025-09-14"),
        ("mulai 1 Oktober", "2025-10-01/.."),
        ("sampai dengan 10 Maret 2025", "/2025-03-10"),
    ],
)
def test_a_written_date_is_read_to_edtf(text: str, edtf: str) -> None:
    assert [each.edtf for each in find_dates(f"Acara itu {text}.", PUBLISHED)] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "Peraturan Nomor 7 Tahun 2014 mengatur hal itu",
        "sebanyak 2000 orang hadir",
        "Rp2020 per lembar",
        "tanggal 31/4/2025",
        "rasio 3/4 dari modal",
        "Mei Lestari menjadi ketua",
        "nilai 55,20 dan 20.245 unit",
        "beberapa tahun lalu",
        "tiga tahun mendatang",
        "versi 1.2.2024.5",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


def test_the_point_of_a_sentence_is_no_part_of_a_date() -> None:
    (end, inside) = find_dates("Acara itu 5 September. Lalu 5 Sept. 2024.", PUBLISHED)
    assert (end.surface, inside.surface) == ("5 September", "5 Sept. 2024")


def test_without_a_day_of_publication_the_first_whole_date_is_the_base() -> None:
    found = find_dates("Pada bulan Agustus naik, katanya Rabu 11 September 2024.")
    assert [each.edtf for each in found] == ["2024-08", "2024-09-11"]


def test_without_any_base_relative_dates_are_left_out() -> None:
    assert find_dates("Kemarin dan tahun lalu harga naik.") == ()


def test_a_weekday_that_is_not_that_of_its_day_is_trusted_less() -> None:
    right, wrong = (
        find_dates("Rabu (11/9/2024) dan Jumat (13/9/2024)"),
        find_dates("Selasa (11/9/2024)"),
    )
    assert wrong[0].score < min(each.score for each in right)


def test_spans_cover_the_words_of_the_date() -> None:
    text = "Hingga tahun 2024, dan sejak Maret 2021 juga Rabu (11/9/2024)."
    for each in find_dates(text, PUBLISHED):
        assert text[each.start : each.end] == each.surface


@given(
    st.text(
        alphabet="0123456789/-–. ()JanuariSeptember2024tahunlaluhingga", max_size=120
    )
)
def test_any_text_gives_valid_dates_in_order_without_overlap(text: str) -> None:
    found = find_dates(text, PUBLISHED)
    for each in found:
        parse_edtf(each.edtf)
        assert text[each.start : each.end] == each.surface
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_written_in_numbers_is_that_day(day: date) -> None:
    found = find_dates(f"pada ({day.day}/{day.month}/{day.year})", PUBLISHED)
    assert [each.edtf for each in found] == [day.isoformat()]


@pytest.mark.parametrize(
    "bait", ["1 ", "1-", "2024-", "hingga ", "(", "Januari-", "sejak 2"]
)
def test_bait_takes_linear_time(bait: str) -> None:
    started = process_time()
    find_dates(bait * (200_000 // len(bait)), PUBLISHED)
    assert process_time() - started < 4
