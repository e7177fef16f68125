"""Numbers and dates as people write them: tables by hand, Babel as a second opinion, properties."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    parse_decimal,
)
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from simpul.graph_builder import (
    Ambiguous,
    Notation,
    Unread,
    find_ecosystem,
    load_records,
    read_date,
    read_number,
)
from simpul.ontology import SourceError
from worlds import copy_of_rattan, edit

NOTATIONS: tuple[Notation, ...] = ("id", "en")

# ---------------------------------------------------------------- numbers, by hand

# As Indonesian newspapers and statistical offices print them; the values are worked out by hand.
PRINTED = {
    "0": "0", "7": "7", "19": "19", "600": "600", "3.608": "3608", "9.396": "9396",
    "13.000": "13000", "18.657": "18657", "18.687": "18687", "795.000": "795000",
    "7.986.000": "7986000", "1.234.567.890": "1234567890", "0,5": "0.5", "5,1": "5.1",
    "55,2": "55.2", "55,20": "55.20", "7,125": "7.125", "429,80": "429.80",
    "3.858,06": "3858.06", "1.250.000,75": "1250000.75", "0,001": "0.001",
    "1234": "1234", "1234,5": "1234.5", "0,0625": "0.0625", "100,000": "100.000",
}  # fmt: skip
# What may stand around a number: by how much it multiplies, and the unit it states.
AROUND = {
    "{}": (1, None),
    " {} ": (1, None),
    "-{}": (-1, None),
    "−{}": (-1, None),
    "+{}": (1, None),
    "{}%": (1, "percent"),
    "{} %": (1, "percent"),
    "{} persen": (1, "percent"),
    "{} ribu": (1_000, None),
    "{} rb": (1_000, None),
    "{} juta": (1_000_000, None),
    "{} Miliar": (1_000_000_000, None),
    "{} milyar": (1_000_000_000, None),
    "Rp{} miliar": (1_000_000_000, "rupiah"),
    "Rp {} juta": (1_000_000, "rupiah"),
    "Rp\xa0{} triliun": (1_000_000_000_000, "rupiah"),
    "US$ {} juta": (1_000_000, "us-dollar"),
}


@pytest.mark.parametrize("around", AROUND, ids=lambda form: form.format("13.000"))
@pytest.mark.parametrize("printed", PRINTED)
def test_an_indonesian_number_is_read_as_printed(printed: str, around: str) -> None:
    factor, unit = AROUND[around]
    figure = read_number(around.format(printed), "id")
    with localcontext(prec=60):
        assert Decimal(figure) == Decimal(PRINTED[printed]) * factor
    assert figure.unit == unit
    assert figure.written == around.format(printed).strip()


def test_the_table_of_indonesian_forms_is_long_enough() -> None:
    assert len(PRINTED) * len(AROUND) >= 300


def always(value: str) -> tuple[str, str, str]:
    return value, value, value


# What each notation makes of a text: none declared, id, en; None where it is refused.
READINGS: dict[str, tuple[str | None, str | None, str | None]] = {
    "13.000": (None, "13000", "13.000"),
    "13,000": (None, "13.000", "13000"),
    "3,330": (None, "3.330", "3330"),
    "-13.000": (None, "-13000", "-13.000"),
    "13.000%": (None, "13000", "13.000"),
    "US$ 13.000": (None, "13000", "13.000"),
    # The rest has one reading whatever is declared.
    "13000": always("13000"),
    "55,20": always("55.20"),
    "55.20": always("55.20"),
    "1.50": always("1.50"),
    "1,50": always("1.50"),
    "0.555": always("0.555"),
    "0,555": always("0.555"),
    "1234.567": always("1234.567"),
    "1.234,5": always("1234.5"),
    "1,234.5": always("1234.5"),
    "1.234.567": always("1234567"),
    "1,234,567": always("1234567"),
    "60 ribu": always("60000"),
    "60 thousand": always("60000"),
    # A magnitude is a word of one language, and settles the notation.
    "3.330 juta": always("3330000000"),
    "3,330 juta": always("3330000"),
    "3.330 million": always("3330000"),
    "3,330 million": always("3330000000"),
    "Rp3.33 billion": always("3330000000"),
    "13.000 persen": always("13000"),
    # Rp makes a text Indonesian unless that would state thousandths of a rupiah.
    "Rp13.000": ("13000", "13000", None),
    "Rp13,000": (None, None, "13000"),
    "Rp1.234,50": always("1234.50"),
    "Rp. 3.000,-": always("3000"),
    "3.000,-": always("3000"),
    "IDR 13.000": ("13000", "13000", None),
}  # fmt: skip


@pytest.mark.parametrize("text", READINGS)
def test_a_text_is_read_by_its_words_by_the_notation_or_not_at_all(text: str) -> None:
    read = [reading_or_none(text, notation) for notation in (None, *NOTATIONS)]
    assert read == list(READINGS[text])


def test_an_ambiguous_number_names_both_readings_in_forms_that_are_not() -> None:
    with pytest.raises(Ambiguous) as refusal:
        read_number("13.125")
    assert refusal.value.readings == ("13125", "13.1250")
    assert [read_number(text) for text in refusal.value.readings] == [
        "13125",
        "13.1250",
    ]
    with pytest.raises(Ambiguous) as refusal:
        read_number("-7.125")
    assert refusal.value.readings == ("-7125", "-7.1250")


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "Rp", "ribu", "1.23.456", "12,34,567", "1.234.56", "1,234,56", "5,", ",5", ".5",
        "007", "00.5", "0.123.456", "1e3", "NaN", "inf", "0x1F", "1_000", "１２", "١٢", "½", "13 000",
        "13'000", "(5)", "5-6 juta", "60 – 70 ribu", "lebih dari 13.000", "sekitar 60 ribu",
        "13.000 orang", "seribu", "setengah juta", "5 M", "5 T", "ribuan", "60 ribu juta",
        "1 juta 200 ribu", "Rp Rp5", "$5", "3,000,-", "--5", "5%%", "1" * 31, "0," + "1" * 31,
        "1\n2", "=1+1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("notation", [None, *NOTATIONS])
def test_what_is_no_number_is_refused(text: str, notation: Notation | None) -> None:
    with pytest.raises(Unread, match="bad-number"):
        read_number(text, notation)


# ---------------------------------------------------------------- numbers, properties

WHOLE = st.integers(min_value=-(10**24), max_value=10**24)


def decimal(whole: int, places: int) -> Decimal:
    return Decimal(whole).scaleb(-places)


NUMBERS = st.builds(decimal, WHOLE, st.integers(0, 6))


def printed(value: Decimal, notation: Notation, grouped: bool) -> str:
    """The number as Babel prints it, with every digit it has."""
    form = "#,##0." if grouped else "0."
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    with localcontext(prec=60):
        return format_decimal(value, f"{form}{'0' * -exponent}".rstrip("."), notation)


@settings(max_examples=400, deadline=None)
@given(NUMBERS, st.sampled_from(NOTATIONS), st.booleans())
@example(Decimal(13000), "id", True)
@example(Decimal("-0.125"), "en", True)
@example(Decimal("55.20"), "id", False)
def test_what_babel_prints_is_read_back_with_every_digit_or_refused(
    value: Decimal, notation: Notation, grouped: bool
) -> None:
    text = printed(value, notation, grouped)
    assert Decimal(read_number(text, notation)).as_tuple() == value.as_tuple()
    undeclared = reading_or_none(text, None)
    assert undeclared is None or Decimal(undeclared) == value


@settings(max_examples=300, deadline=None)
@given(
    NUMBERS,
    st.sampled_from([("id", "ribu", 3), ("id", "miliar", 9), ("en", "thousand", 3), ("en", "trillion", 12)]),
    st.sampled_from([None, *NOTATIONS]),
)  # fmt: skip
def test_a_magnitude_settles_the_notation_and_multiplies_exactly(
    value: Decimal,
    magnitude: tuple[Notation, str, int],
    declared: Notation | None,
) -> None:
    language, word, power = magnitude
    figure = read_number(f"{printed(value, language, True)} {word}", declared)
    with localcontext(prec=60):
        assert Decimal(figure) == value.scaleb(power)


@settings(max_examples=300, deadline=None)
@given(WHOLE, st.sampled_from(NOTATIONS), st.sampled_from([None, *NOTATIONS]))
def test_an_amount_in_rupiah_is_never_another_amount(
    cents: int, notation: Notation, declared: Notation | None
) -> None:
    with localcontext(prec=60):
        amount = Decimal(cents).scaleb(-2)
        with_cents = format_currency(amount, "IDR", locale=notation).replace(
            "IDR", "Rp"
        )
        without = format_currency(cents, "IDR", "¤#,##0", notation, False).replace(
            "IDR", "Rp"
        )
    assert Decimal(read_number(with_cents, declared)) == amount
    assert reading_or_none(without, declared) in {None, str(cents)}


@settings(max_examples=300, deadline=None)
@given(NUMBERS, st.sampled_from(NOTATIONS))
def test_thousandths_of_a_rupiah_are_refused_rather_than_taken_for_thousands(
    value: Decimal, notation: Notation
) -> None:
    text = f"Rp{printed(abs(value), notation, True)}"
    read = reading_or_none(text, notation)
    assert read is None or Decimal(read) == abs(value)


@settings(max_examples=1000, deadline=None)
@given(st.text("0123456789.,", min_size=1, max_size=14), st.sampled_from(NOTATIONS))
@example("1.23.456", "id")
@example("0.555", "id")
def test_no_notation_reads_what_babel_reads_otherwise(
    text: str, notation: Notation
) -> None:
    """Babel reads some forms that nobody writes; what both read, they read alike."""
    other = NOTATIONS[1 - NOTATIONS.index(notation)]
    by_babel = babel_reading(text, notation), babel_reading(text, other)
    read = reading_or_none(text, notation)
    assume(read is not None)
    assert read is not None
    assert Decimal(read) in by_babel
    if by_babel[0] is not None:
        assert Decimal(read) == by_babel[0]


# ---------------------------------------------------------------- dates, by hand

DATES = {
    "2024": "2024",
    "2024-09-11": "2024-09-11",
    "198X": "198X",
    "2008/2010": "2008/2010",
    "../2019-10~": "../2019-10~",
    "Rabu 11 September 2024": "2024-09-11",
    "Rabu, 11 September 2024": "2024-09-11",
    "RABU, 11 SEPTEMBER 2024": "2024-09-11",
    "Rabu (11/9/2024)": "2024-09-11",
    "Jum’at, 13 September 2024": "2024-09-13",
    "Jum'at 13 Sep 2024": "2024-09-13",
    "Ahad, 15 September 2024": "2024-09-15",
    "Wednesday, September 11, 2024": "2024-09-11",
    "Wed, 11 Sept. 2024": "2024-09-11",
    "Wednesday 11/9/2024": "2024-09-11",
    "11 September 2024": "2024-09-11",
    "11 September, 2024": "2024-09-11",
    "11-Sep-2024": "2024-09-11",
    "1 Agt 2024": "2024-08-01",
    "1 Agustus 2024": "2024-08-01",
    "10 Nopember 2010": "2010-11-10",
    "7 Pebruari 2012": "2012-02-07",
    "September 11, 2024": "2024-09-11",
    "September 11th, 2024": "2024-09-11",
    "11th of September 2024": "2024-09-11",
    "29 Februari 2024": "2024-02-29",
    "tanggal 11 September 2024": "2024-09-11",
    "September 2024": "2024-09",
    "bulan Agustus 2024": "2024-08",
    "Sep-2024": "2024-09",
    "9/2024": "2024-09",
    "tahun 2024": "2024",
    "13/9/2024": "2024-09-13",
    "9/13/2024": "2024-09-13",
    "9-9-2024": "2024-09-09",
    "2024/9/11": "2024-09-11",
    "2024.09.11": "2024-09-11",
    "2024-9-1": "2024-09-01",
    "2024-09-11 00:00:00": "2024-09-11",
    "2024-09-11T00:00": "2024-09-11",
    "11–12 September 2024": "2024-09-11/2024-09-12",
    "11-12 September 2024": "2024-09-11/2024-09-12",
    "11 s.d. 12 September 2024": "2024-09-11/2024-09-12",
    "30 September–2 Oktober 2024": "2024-09-30/2024-10-02",
    "30 Desember 2023 - 2 Januari 2024": "2023-12-30/2024-01-02",
    "Rabu 11 – Kamis 12 September 2024": "2024-09-11/2024-09-12",
    "September 11–12, 2024": "2024-09-11/2024-09-12",
    "September hingga Desember 2024": "2024-09/2024-12",
    "2008–2010": "2008/2010",
    "2008 sampai 2010": "2008/2010",
    # What is refused, and does not become some other date.
    "11/9/2024": None,
    "11-9-2024": None,
    "11.9.2024": None,
    "10/9/2024 - 11/9/2024": None,
    "11/9/24": None,
    "11-09-24": None,
    "11 September 24": None,
    "Sep '24": None,
    "Kamis, 11 September 2024": None,
    "Kamis (11/9/2024)": None,
    "Rabu, September 2024": None,
    "Rabu–Kamis, 11–12 September 2024": None,
    "Kamis 11 – Kamis 12 September 2024": None,
    "30 Februari 2024": None,
    "31/9/2024": None,
    "13/13/2024": None,
    "0/9/2024": None,
    "12–11 September 2024": None,
    "11 September 2024 pukul 10.00 WIB": None,
    "2024-09-11 10:30": None,
    "Mei lalu": None,
    "Hingga tahun 2024": None,
    "11 September": None,
    "11 Septembre 2024": None,
    "2024/09": None,
    "45546": None,
    "١١/٩/٢٠٢٤": None,
    "": None,
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read_where_it_has_one_reading(text: str) -> None:
    assert date_or_none(text, None) == DATES[text]


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("11/9/2024", "2024-09-11", "2024-11-09"),
        ("11-09-2024", "2024-09-11", "2024-11-09"),
        ("11.9.2024", "2024-09-11", "2024-11-09"),
        ("1/2/2024 - 3/2/2024", "2024-02-01/2024-02-03", "2024-01-02/2024-03-02"),
        ("Rabu 11/9/2024", "2024-09-11", "2024-09-11"),
    ],
)
def test_numeric_dates_follow_the_notation(
    text: str, day_first: str, month_first: str
) -> None:
    assert read_date(text, "id") == day_first
    assert read_date(text, "en") == month_first


@pytest.mark.parametrize(
    ("text", "notation", "other"),
    [("9/25/2024", "id", "en"), ("13/9/2024", "en", "id")],
)
def test_a_date_that_fits_only_the_other_notation_is_refused(
    text: str, notation: Notation, other: Notation
) -> None:
    with pytest.raises(Unread, match="date-other-notation"):
        read_date(text, notation)
    assert read_date(text, other) == read_date(text)


def test_a_weekday_that_is_not_that_of_the_day_is_refused_with_the_right_one() -> None:
    with pytest.raises(Unread) as refusal:
        read_date("Kamis, 11 September 2024")
    assert refusal.value.code == "wrong-weekday"
    assert refusal.value.facts["weekday"] == {"id": "Rabu", "en": "Wednesday"}


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2023-24", ("2023/2024", "2023-12/2024-02")),
        ("2020-21?", ("2020/2021", "2020-12/2021-02")),
    ],
)
def test_two_years_that_are_also_a_season_are_not_guessed(
    text: str, readings: tuple[str, str]
) -> None:
    for notation in (None, *NOTATIONS):
        with pytest.raises(Ambiguous, match="ambiguous-years") as refusal:
            read_date(text, notation)
        assert refusal.value.readings == readings
    assert all(str(read_date(reading)) == reading for reading in readings)
    assert str(read_date("2023-22")) == "2023-22"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("11/9/24", "date-two-digit-year"),
        ("Rabu 31 – Jumat 2 Februari 2024", "edtf-calendar"),
        ("Rabu September – Rabu 2 Oktober 2024", "edtf-calendar"),
        ("11 September 2024 pukul 10.00 WIB", "date-time"),
        ("31/9/2024", "edtf-calendar"),
        ("2023-02-29", "edtf-calendar"),
        ("12–11 September 2024", "edtf-reversed"),
    ],
)
def test_a_refused_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unread) as refusal:
        read_date(text)
    assert refusal.value.facts["reason"] == reason


# ---------------------------------------------------------------- dates, properties

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2399, 12, 31))
WORDED = ("full", "long", "d MMM y", "EEE, d MMMM y", "d MMMM y", "MMMM d, y")


@settings(max_examples=400, deadline=None)
@given(DAYS, st.sampled_from(WORDED), st.sampled_from(NOTATIONS), st.sampled_from([None, *NOTATIONS]))  # fmt: skip
def test_every_worded_date_of_babel_is_read_back(
    day: date, form: str, language: Notation, declared: Notation | None
) -> None:
    text = format_date(day, form, locale=language)
    assert read_date(text, declared) == day.isoformat()


@settings(max_examples=300, deadline=None)
@given(
    DAYS,
    st.sampled_from(["d{0}M{0}y", "dd{0}MM{0}y", "M{0}d{0}y"]),
    st.sampled_from("/-."),
)
def test_every_numeric_date_is_read_by_its_notation_and_never_otherwise(
    day: date, form: str, separator: str
) -> None:
    text = format_date(day, form.format(separator), locale="id")
    notation: Notation = "en" if form.startswith("M") else "id"
    assert read_date(text, notation) == day.isoformat()
    assert date_or_none(text, None) in {None, day.isoformat()}


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 6), st.sampled_from(NOTATIONS))
def test_every_wrong_weekday_is_refused(
    day: date, off: int, language: Notation
) -> None:
    weekday = format_date(day + timedelta(off), "EEEE", locale=language)
    with pytest.raises(Unread, match="wrong-weekday"):
        read_date(f"{weekday}, {format_date(day, 'long', locale=language)}")


@settings(max_examples=200, deadline=None)
@given(DAYS, st.sampled_from(NOTATIONS), st.sampled_from([None, *NOTATIONS]))
def test_two_digit_years_are_never_read(
    day: date, language: Notation, declared: Notation | None
) -> None:
    assert date_or_none(format_date(day, "short", locale=language), declared) is None
    assert date_or_none(format_date(day, "d MMM yy", locale=language), declared) is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    reading_or_none(text, "id")
    date_or_none(text, "en")


# ---------------------------------------------------------------- in records


def test_a_number_keeps_the_form_it_was_written_in(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "observations.yaml", "value: '403'", "value: 60 ribu")
    edit(
        folder,
        "observations.yaml",
        "'1000'\n  printed: '1.000'",
        "1 ribu\n  printed: 1rb",
    )
    forms = {
        key: (record["value"], record["printed"])
        for key, record in loaded(folder, "observation").items()
    }
    assert forms == {
        "perajin-total": ("1000", "1rb"),
        "perajin-pria": ("601", None),
        "perajin-wanita": ("60000", "60 ribu"),
    }


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        ("Rp3,33 miliar", "person", "value-in-other-unit"),
        ("Rp3,33 miliar", "us-dollar", "value-in-other-unit"),
        ("Rp3,33 miliar", "billion-rupiah", "value-counted-twice"),
        ("3,33 miliar", "billion-rupiah", "value-counted-twice"),
        ("12%", "index-point", "value-in-other-unit"),
        ("Rp3,33 miliar", "rupiah", None),
        ("Rp5 juta", "rupiah-per-month", None),
        ("3,33", "billion-rupiah", None),
        ("12 persen", "percent", None),
        ("3 juta", "pair", None),
    ],
)
def test_a_number_and_the_unit_beside_it_must_agree(
    value: str, unit: str, code: str | None, tmp_path: Path
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "observations.yaml", "value: '403'", f"value: {value}")
    edit(
        folder,
        "observations.yaml",
        f"{value}\n  comparator: exact\n  unit: person",
        f"{value}\n  comparator: exact\n  unit: {unit}",
    )
    found = [
        (problem.code, problem.key, problem.field)
        for problem in load_records(find_ecosystem(folder)).problems
    ]
    assert found == ([(code, "perajin-wanita", "unit")] if code else [])


def test_thousands_in_yaml_are_refused_until_the_ecosystem_says_its_notation(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(
        folder, "observations.yaml", "value: '1000'\n  printed: '1.000'", "value: 1.000"
    )
    (problem,) = load_records(find_ecosystem(folder)).problems
    assert problem.code == "ambiguous-number"
    assert problem.line_text("en") == (
        'observations.yaml line 6, perajin-total, value: "1.000" is 1000 in Indonesian notation '
        'and 1 in English notation; write 1000 or 1, or set notation = "id" or "en" in '
        "ecosystem.toml"
    )
    edit(folder, "ecosystem.toml", 'key = "rattan"', 'key = "rattan"\nnotation = "id"')
    total = loaded(folder, "observation")["perajin-total"]
    assert (total["value"], total["printed"]) == ("1000", "1.000")


def test_a_record_keeps_the_forms_its_dates_were_printed_in(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "start: '2023-05'", "start: Mei 2023")
    edit(folder, "ties.yaml", "  printed_date: Mei lalu\n", "")
    edit(folder, "sources.yaml", "2023-05-02", "Selasa 2 Mei 2023")
    tie = loaded(folder, "tie")["latih-perajin"]
    assert (tie["start"], tie["printed_date"]) == ("2023-05", "Mei 2023")
    source = loaded(folder, "source")["koran-a-2023"]
    assert source["published"] == "2023-05-02"
    assert source["printed_date"] == "Selasa, 2 Mei 2023"  # as its record says


def test_a_bad_date_is_not_reported_a_second_time_as_a_missing_printed_form(
    tmp_path: Path,
) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ties.yaml", "start: '2023-05'", "start: 11/9/2023")
    found = load_records(find_ecosystem(folder)).problems
    assert [(p.code, p.field) for p in found] == [("ambiguous-date", "start")]
    assert "2023-09-11" in found[0].remedy("id")


def test_an_unknown_notation_is_refused(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(folder, "ecosystem.toml", 'key = "rattan"', 'key = "rattan"\nnotation = "de"')
    with pytest.raises(SourceError, match="there is no notation 'de'"):
        find_ecosystem(folder)


# ---------------------------------------------------------------- readings compared


def loaded(folder: Path, kind: str) -> dict[str, dict[str, Any]]:
    """The sound records of one kind, as plain fields."""
    read = load_records(find_ecosystem(folder))
    assert read.problems == []
    return {key: record.model_dump() for key, record in read.records[kind].items()}


def reading_or_none(text: str, notation: Notation | None) -> str | None:
    return _or_none(read_number, text, notation)


def date_or_none(text: str, notation: Notation | None) -> str | None:
    return _or_none(read_date, text, notation)


def _or_none(
    read: Callable[[str, Notation | None], str], text: str, notation: Notation | None
) -> str | None:
    try:
        return str(read(text, notation))
    except Unread:
        return None


def babel_reading(text: str, locale: Notation) -> Decimal | None:
    try:
        return parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return None
