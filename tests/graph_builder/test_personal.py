"""Personal data: told by its form, shown masked only, and not seen where there is none."""

import importlib
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder import (
    BuildRefused,
    build_ecosystem,
    check_ecosystem,
    find_ecosystem,
    load_records,
)
from worlds import copy_of_rattan, edit

inner: Any = importlib.import_module("simpul.graph_builder.personal")

# All of it is invented; numbers follow the form and belong, as far as we know, to nobody.
HELD = {
    # NIK: Sidoarjo is 35.15, its districts begin with 01.
    "NIK 3515064203850001": ("nik", "35••••••••••••01"),
    "NIK3515064203850001": ("nik", "35••••••••••••01"),
    "No.3515061203850001.": ("nik", "35••••••••••••01"),
    "(3515061203850001)": ("nik", "35••••••••••••01"),
    "nik-3515061203850001": ("nik", "35••••••••••••01"),
    "35.15.06.120385.0001": ("nik", "35.••.••.••••••.••01"),
    "351506 120385 0001": ("nik", "35•••• •••••• ••01"),
    "3515-0612-0385-0001": ("nik", "35••-••••-••••-••01"),
    "born on a leap day 3171012902000007": ("nik", "31••••••••••••07"),
    "woman, day and 40: 9471017112990002": ("nik", "94••••••••••••02"),
    "https://data.example/?nik=3515061203850001": ("nik", "35••••••••••••01"),
    # Telephone numbers.
    "HP 081234567890": ("phone", "08••••••••90"),
    "HP: 0812-3456-7890": ("phone", "08••-••••-••90"),
    "WA 0812 3456 7890": ("phone", "08•• •••• ••90"),
    "0812.3456.7890": ("phone", "08••.••••.••90"),
    "(0812) 3456 7890": ("phone", "08••) •••• ••90"),
    "hubungi 085712345678, ya": ("phone", "08••••••••78"),
    "0811234567": ("phone", "08••••••67"),
    "0895 1234 56789": ("phone", "08•• •••• •••89"),
    "+6281234567890": ("phone", "+62•••••••••90"),
    "+62 812-3456-7890": ("phone", "+62 •••-••••-••90"),
    "+62 (0)812 3456 789": ("phone", "+62 (•)••• •••• •89"),
    "006281234567890": ("phone", "00•••••••••••90"),
    "6281234567890": ("phone", "62•••••••••90"),
    "+62 31 8945678": ("phone", "+62 •• •••••78"),
    "+62-21-5255509": ("phone", "+62-••-•••••09"),
    "Telp. 031-8945678": ("phone", "03•-•••••78"),
    "telepon (031) 8945678": ("phone", "(03•) •••••78"),
    "kantor (0358) 321456": ("phone", "(03••) ••••56"),
    "Fax: 0318945678": ("phone", "03••••••78"),
    # E-mail addresses of persons.
    "budi.santoso@mail.example": ("email", "b•••.•••••••@mail.example"),
    "kirim ke siti_aminah99@gmail.com segera": ("email", "s•••_••••••••@gmail.com"),
    "a.rahman@kemenperin.go.id": ("email", "a.••••••@kemenperin.go.id"),
    "budi [at] mail.example": ("email", "b•••"),
    # Addresses of houses.
    "Jl. Melati No. 5": ("address", "Jl. •••••• ••. •"),
    "Jl Raya Kenangan No 12A, Sidoarjo": ("address", "Jl •••• •••••••• •• •••"),
    "Jln. Mawar Blok C-12": ("address", "Jl•. ••••• •••• •-••"),
    "Jalan Anggrek Raya Nomor 7": ("address", "Ja••• ••••••• •••• ••••• •"),
    "tinggal di jalan 17 Agustus no. 45": ("address", "ja••• •• ••••••• ••. ••"),
    "Jl. Kenanga 8, Sidoarjo": ("address", "Jl. ••••••• •"),
    "Gang Buntu No. 3": ("address", "Ga•• ••••• ••. •"),
    "RT 03/RW 02": ("address", "RT ••/•• ••"),
    "RT.003 RW.002": ("address", "RT.••• ••.•••"),
    "RT/RW 03/02": ("address", "RT/•• ••/••"),
    "rt 3/2": ("address", "rt •/•"),
}

FREE = (
    # Numbers, also long ones.
    "13.000 orang, 55,20 persen, Rp3,33 miliar",
    "Rp 3.515.061.203.850.001",
    "3 515 061 203 850 001 rupiah",
    "3515069903850001",  # sixteen digits, but of no such day, month, province or number
    "3515061213850001",
    "3515063202850001",
    "0015061203850001",
    "3515061203850000",
    "35150612038500012",
    "351506120385000",
    "nilai 0,81234567890",
    "081.5 juta pasang",
    "ekspor US$ 628.123.456.789",
    # Codes, dates and times.
    "35.15.06.2016",
    "KBLI 15201 dan 15202",
    "SNI 08-0037-1987",
    "SNI 8877:2023",
    "ISBN 978-602-08-1234-5",
    "ISSN 0854-1234",
    "08-12-2023 sampai 11-12-2023",
    "08/11/2023",
    "08.30-10.00 WIB",
    "08102023-08112023",
    "pasal 08 ayat 12",
    "NPWP 01.234.567.8-901.000",
    # The web.
    "https://www.example.id/berita/20161101121834-92-169330/ekspor",
    "https://example.id/read/081234567890/judul",
    "https://example.id/?p=6281234567890",
    "https://www.example.id/@akun/video/1",
    "@bpipi_official di media sosial",
    "humas@bpipi.example",
    "bpipi@bpipi.example",
    "sekretariat.umum@asosiasi.example",
    "info-pameran@kota.example",
    # Streets, laws and words that are like them.
    "Sentra kulit Jalan Sawo",
    "pengusaha di Jalan Guntur 20 orang",
    "gedung di Jalan Guntur.",
    "Undang-Undang Jalan Nomor 38 Tahun 2004",
    "UU Jalan No. 38/2004",
    "Jalan Tol Nomor 5",
    "Perjalanan No. 5",
    "menjalankan kerja sama sejak 2012",
    "RT 3 dan dua orang lain",
    "Permendagri Nomor 72 Tahun 2019",
    "SMART 03/02",
    # Births are private in records of people only; and years of bodies are nobody's birthday.
    "lahir 12 Maret 1975",
)

BIRTHS = (
    "lahir 12 Maret 1975",
    "Lahir di Sidoarjo, 12 Maret 1975",
    "kelahiran Surabaya 12-3-1975",
    "TTL: Sidoarjo, 01/02/1970",
    "born 12 March 1975",
    "born in Sidoarjo on March 12, 1975",
    "date of birth 1975-03-12",
)

NO_BIRTHS = (
    "kepala sejak 12 Maret 2015",
    "mereknya lahir pada tahun 1995",
    "dilantik 2 Januari 2020",
    "the brand was reborn in 2012",
)


def kinds(text: str, *, of_person: bool = False) -> list[tuple[str, str]]:
    return [
        (find.kind.value.removeprefix("personal-"), find.masked)
        for find in inner.personal_data(text, of_person=of_person)
    ]


@pytest.mark.parametrize("text", HELD)
def test_personal_data_is_told_and_masked(text: str) -> None:
    kind, masked = HELD[text]
    ((found, shown),) = kinds(text)
    assert found == kind
    assert masked in shown


@pytest.mark.parametrize("text", FREE)
def test_what_is_no_personal_data_is_let_pass(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", BIRTHS)
def test_a_birth_date_is_told_in_records_of_people(text: str) -> None:
    ((kind, masked),) = kinds(text, of_person=True)
    assert kind == "birth"
    assert not any(letter.isalnum() for letter in masked)
    assert kinds(text) == []


@pytest.mark.parametrize("text", NO_BIRTHS)
def test_other_dates_of_people_are_let_pass(text: str) -> None:
    assert kinds(text, of_person=True) == []


def test_the_address_of_an_office_is_still_not_that_of_a_person() -> None:
    assert kinds("humas@bpipi.example", of_person=True) == [
        ("email", "h••••@bpipi.example")
    ]


def test_several_finds_come_in_the_order_of_the_text() -> None:
    text = "Jl. Melati No. 5 RT 03/RW 02, HP 081234567890, NIK 3515061203850001"
    assert [kind for kind, _ in kinds(text)] == ["address", "address", "phone", "nik"]


@given(st.text(alphabet="0123456789 .-/,+()@abJlRTW", max_size=80))
def test_finds_lie_in_the_text_apart_from_each_other_and_masked(text: str) -> None:
    finds = inner.personal_data(text, of_person=True)
    ends = [0, *(find.end for find in finds)]
    assert all(end <= find.start for end, find in zip(ends, finds, strict=False))
    for find in finds:
        assert 0 <= find.start < find.end <= len(text)
        assert len(find.masked) == find.end - find.start
        hidden = find.masked.count("•")
        assert hidden >= 1 or find.kind == inner.PersonalKind.EMAIL


SLOW = {
    "digits": "0" * 2000,
    "digits apart": "8 " * 1000,
    "words before no @": "a." * 1000,
    "streets without a number": "Jl. Raya Besar " * 130,
    "neighbourhoods": "RT 01/" * 330,
    "births without a date": "lahir di " * 220,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_a_long_text_made_to_be_slow_is_not(text: str) -> None:
    begun = time.process_time()
    inner.personal_data(text, of_person=True)
    assert time.process_time() - begun < 0.5  # some milliseconds, unless it explodes


@pytest.mark.parametrize("name", ["footwear", "seed"])
def test_the_shipped_records_raise_no_false_alarm(name: str) -> None:
    loaded = load_records(find_ecosystem(name))
    assert list(inner.personal_problems(loaded)) == []


PLANTED = {
    "note of a person": ("people.yaml", "- id: kepala-contoh\n", "- id: kepala-contoh\n  note: NIK 3515061203850001\n", "kepala-contoh", "note"),
    "birth of a person": ("people.yaml", "- id: kepala-contoh\n", "- id: kepala-contoh\n  note: lahir 12 Maret 1975\n", "kepala-contoh", "note"),
    "note of a source": ("sources.yaml", "  note: Annual figures.\n", "  note: ring 0812-3456-7890\n", "laporan-2024", "note"),
    "title of a source": ("sources.yaml", "  title: Laporan tahunan\n", "  title: Laporan Jl. Melati No. 5\n", "laporan-2024", "title"),
    "name of a group": ("groups.yaml", "    en: rattan artisans\n", "    en: rattan artisans, budi@mail.example\n", "perajin-rotan", "name.en"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED.keys())
def test_a_record_with_personal_data_is_refused_and_named_without_it(
    case: tuple[str, str, str, str, str], tmp_path: Path
) -> None:
    file, old, new, key, field = case
    folder = copy_of_rattan(tmp_path)
    edit(folder, file, old, new)
    (problem,) = check_ecosystem(folder).errors
    where = (problem.code, problem.file, problem.key, problem.field)
    assert where == ("personal-data", file, key, field)
    assert problem.line is not None
    planted = ("3515061203850001", "12 Maret", "3456", "Melati", "budi@")
    for language in ("id", "en"):
        assert not any(data in problem.line_text(language) for data in planted)
        assert "•" in problem.message(language)
        assert "website" in problem.remedy(language)
    with pytest.raises(BuildRefused):
        build_ecosystem(folder, tmp_path / "out")


def test_a_key_that_is_personal_data_is_masked_too(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    text = (folder / "people.yaml").read_text("utf-8")
    text = text.replace("- id: kepala-contoh\n", "- id: '3515061203850001'\n")
    (folder / "people.yaml").write_text(text, "utf-8")
    found = [p for p in check_ecosystem(folder).errors if p.code == "personal-data"]
    assert [problem.field for problem in found] == ["id"]
    assert "3515061203850001" not in found[0].line_text("en")


def test_the_website_of_an_institution_may_be_any_address(tmp_path: Path) -> None:
    folder = copy_of_rattan(tmp_path)
    edit(
        folder,
        "institutions.yaml",
        "https://balai-rotan.example/",
        "https://wa.example/6281234567890",
    )
    assert check_ecosystem(folder).errors == ()
