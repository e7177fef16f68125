"""Names taken apart: what is the same in them however they were printed."""

import importlib
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder.identity import (
    body_names,
    folded,
    person_name,
    place_name,
    skeleton,
)

abbreviates: Any = importlib.import_module(
    "simpul.graph_builder.identity.acronyms"
).abbreviates
alike: Any = importlib.import_module("simpul.graph_builder.identity.alike")
spelling: Any = importlib.import_module("simpul.graph_builder.identity.spelling")
lexicon: Any = importlib.import_module("simpul.graph_builder.identity.lexicon").lexicon

PLACES = frozenset(
    {("sidoarjo",), ("padang", "panjang"), ("yogyakarta",), ("surabaya",)}
)


def words(text: str) -> str:
    return " ".join(body_names(text, PLACES)[0].words)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ｋｅｍｅｎｐｅｒｉｎ", "kemenperin"),
        ("Kemen\u200bper\u00adin", "kemenperin"),
        ("\u202eKADIN\u202c", "kadin"),
        ("Mas'ud Mas’ud", "masud masud"),
        ("Barang/Jasa, Pemerintah.", "barang jasa pemerintah"),
        ("Perés\u00a0 &\tCo", "peres co"),
        ("Cafe\u0301", "cafe"),
        ("STRAẞE", "strasse"),
    ],
)
def test_a_name_is_folded(written: str, expected: str) -> None:
    assert folded(written) == expected


@given(st.text())
def test_folding_again_changes_nothing_and_leaves_nothing_unseen(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in once)
    assert not any(
        unicodedata.category(c) in {"Cc", "Cf"} for c in spelling.visible(text)
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("KADIN", "KАDIN"),  # Cyrillic А
        ("Kemenperin", "Kеmеnpеrin"),  # Cyrillic е
        ("APINDO", "ΑΡΙΝDΟ"),  # Greek capitals
        ("Sepatu Compass", "Sepatu С0mpass"),  # Cyrillic С, a nought
        ("IKMA", "lKMA"),  # a small L
    ],
)
def test_letters_of_other_scripts_look_alike_and_are_not_the_same(
    left: str, right: str
) -> None:
    assert folded(left) != folded(right)
    assert skeleton(left) == skeleton(right)
    assert alike.look_alike(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("KADIN", "Kadin"), ("KADIN", "KA\u200bDIN"), ("KADIN", "KADIS")],
)
def test_names_that_are_the_same_or_look_different_are_no_look_alikes(
    left: str, right: str
) -> None:
    assert not alike.look_alike(left, right)


def test_look_alikes_are_single_letters_of_which_none_is_in_use_twice() -> None:
    table = lexicon().look_alikes
    assert len(table) > 100
    assert all(len(letter) == 1 and letter.isascii() for letter in table.values())
    assert {chr(c) for c in table if c < 128} == {"0", "1", "|", "l", "L"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Kemenperin", "kementerian perindustrian"),
        ("KemenKopUKM", "kementerian koperasi ukm"),
        (
            "Kementerian Koperasi dan Usaha Kecil dan Menengah",
            "kementerian koperasi ukm",
        ),
        ("Departemen Perindustrian RI", "kementerian perindustrian"),
        ("Kemnaker", "kementerian ketenagakerjaan"),
        ("Kementerian Tenaga Kerja", "kementerian ketenagakerjaan"),
        ("Kemenkeu", "kementerian keuangan"),
        ("Ditjen IKMA", "direktorat jenderal ikma"),
        ("Itjen Kemenperin", "inspektorat jenderal kementerian perindustrian"),
        (
            "Direktorat Jenderal Industri Kecil, Menengah, dan Aneka",
            "direktorat jenderal ikma",
        ),
        ("Diskoperindag Kab. Sidoarjo", "dinas koperasi perindustrian perdagangan"),
        ("Diskopukmperindag", "dinas koperasi ukm perindustrian perdagangan"),
        ("Disnakerin", "dinas ketenagakerjaan perindustrian"),
        ("Pemprov Jatim", "pemerintah"),
        ("SMKN 12 Surabaya", "smk negeri"),
        ("Sekolah Menengah Kejuruan Negeri 12", "smk negeri"),
        ("Poltek ATK", "politeknik atk"),
        ("PT. Nikomas Gemilang, Tbk.", "nikomas gemilang"),
        ("PT Bio Farma (Persero)", "bio farma"),
        ("Dinas Koperasi dan UKM Kabupaten Garut", "dinas koperasi ukm"),
        ("PT Garut Makmur Perkasa", "garut makmur perkasa"),
        ("BPIP (erroneous)", "bpip"),
        ("Kabupaten Sidoarjo", "kabupaten sidoarjo"),
    ],
)
def test_short_forms_of_bodies_are_written_out(written: str, expected: str) -> None:
    assert words(written) == expected


@pytest.mark.parametrize("word", ["disway", "dispora9", "kementrian", "kemang", "disk"])
def test_a_word_that_only_begins_like_an_office_is_left_alone(word: str) -> None:
    assert words(word) == word


def test_what_tells_bodies_apart_is_set_aside() -> None:
    (name,) = body_names("Dinas Perindustrian Kab. Sidoarjo", PLACES)
    assert name.places == {"sidoarjo"}
    assert name.levels == {"kabupaten"}
    (name,) = body_names("UPTD Kulit Kota Padangpanjang", PLACES)
    (other,) = body_names("UPTD Kulit Padang Panjang", PLACES)
    assert name.places == other.places == {"padangpanjang"}
    assert body_names("SMKN 12 Surabaya", PLACES)[0].numbers == {"12"}
    assert body_names("Komisi VI DPR RI")[0].numbers == {"vi"}
    assert body_names("CV Grand Shoe")[0].legal_forms == {"partnership"}
    assert body_names("DPD APKI")[0].branch
    assert body_names("Itjen Kemenperin")[0].rank == "inspectorate"
    assert body_names("Pemerintah Kabupaten Antah Berantah")[0].places == {
        "antahberantah"
    }


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Aerostreet (PT ADCO Pakis Mas)", ["aerostreet", "adco pakis mas"]),
        (
            "Asosiasi Produsen Sepatu (Aprisindo)",
            ["asosiasi produsen sepatu", "aprisindo"],
        ),
        ("Bank Indonesia (central bank)", ["bank indonesia"]),
        (
            "Kementerian Ekonomi Kreatif/Badan Ekonomi Kreatif",
            ["kementerian ekonomi kreatif", "badan ekonomi kreatif"],
        ),
        ("Lembaga Pengadaan Barang/Jasa", ["lembaga pengadaan barang jasa"]),
        ("(?)", []),
    ],
)
def test_one_printed_name_may_hold_several(written: str, names: list[str]) -> None:
    assert [" ".join(name.words) for name in body_names(written)] == names


@pytest.mark.parametrize(
    ("written", "expected", "titles"),
    [
        (
            "Dr. H. Zulkifli Hasan, S.E., M.M.",
            "zulkifli hasan",
            ["Dr.", "H.", "S.E.", "M.M."],
        ),
        ("Drajat Irawan ST MT", "drajat irawan", ["ST", "MT"]),
        ("Prof. Ir. Djwantoro Hardjito, M.Eng., Ph.D", "djwantoro hardjito", None),
        ("Hj. Ika Puspitasari, SE", "ika puspitasari", ["Hj.", "SE"]),
        ("M. Rum", "m. rum", []),
        ("Eko S.A. Cahyanto", "eko s. a. cahyanto", []),
        ("Ig. Sigit Murwito", "ig. sigit murwito", []),
        ("Ali Masut (as printed by Madiun Regency)", "ali masut", []),
        ("Dr.", "dr.", []),
        ("Ir. Soekarno", "soekarno", ["Ir."]),
        ("Irma Suryani", "irma suryani", []),
    ],
)
def test_titles_are_taken_off_and_kept(
    written: str, expected: str, titles: list[str] | None
) -> None:
    name = person_name(written)
    assert " ".join(name.words) == expected
    assert titles is None or list(name.titles) == titles


@pytest.mark.parametrize(
    ("written", "expected", "level"),
    [
        ("Kab. Sidoarjo", "sidoarjo", "kabupaten"),
        ("Kota Tangsel", "tangerang selatan", "kota"),
        ("Propinsi Jawa Timur", "jawa timur", "provinsi"),
        ("Prov. Jatim", "jawa timur", "provinsi"),
        ("D.I. Yogyakarta", "yogyakarta", "provinsi"),
        ("Daerah Istimewa Yogyakarta", "yogyakarta", "provinsi"),
        ("DKI Jakarta", "jakarta", None),
        ("Kota", "kota", None),
    ],
)
def test_the_level_of_a_territory_is_set_aside(
    written: str, expected: str, level: str | None
) -> None:
    name = place_name(written)
    assert (" ".join(name.words), name.level) == (expected, level)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("soeharto", "suharto"),
        ("djojohadikoesoemo", "joyohadikusumo"),
        ("tjokroaminoto", "cokroaminoto"),
        ("soerabaja", "surabaya"),
        ("mochammad", "muhammad"),
        ("achmad", "ahmad"),
        ("sugianto", "sugiyanto"),
        ("hariyono", "haryono"),
        ("taufiq", "taufik"),
        ("rizky", "risky"),
    ],
)
def test_two_spellings_of_a_word_are_one(old: str, new: str) -> None:
    assert spelling.respelled(old) == spelling.respelled(new)
    assert alike.word_likeness(old, new) == 0.97


def test_words_of_one_stem_or_sound_are_near() -> None:
    assert spelling.stem("ketenagakerjaan") == "tenagakerja"
    assert alike.word_likeness("kedensari", "kedansari") > 0.8
    assert spelling.sound("kedensari") == spelling.sound("kedansari")
    assert alike.word_likeness("rum", "ram") == 0  # too short for a slip of the pen
    assert alike.word_likeness("m.", "muhammad") == 0.75


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("bpipi", "balai pemberdayaan industri persepatuan indonesia"),
        (
            "bbspjikkp",
            "balai besar standardisasi dan pelayanan jasa industri kulit karet plastik",
        ),
        ("apindo", "asosiasi pengusaha indonesia"),
        ("polnes", "politeknik negeri samarinda"),
        ("itkak", "direktorat industri tekstil kulit dan alas kaki"),
        ("dpmptsp", "dinas penanaman modal dan ptsp"),
        ("intako", "industri tas dan koper"),
    ],
)
def test_an_acronym_stands_for_its_words(short: str, long: str) -> None:
    assert abbreviates(short, tuple(long.split()))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("bpip", "balai pemberdayaan industri persepatuan indonesia"),
        ("ifsc", "international finance corporation"),
        ("a", "asosiasi pengusaha"),
        ("nike", "new islands"),
        ("api", "asosiasi"),
    ],
)
def test_an_acronym_does_not_stand_for_other_words(short: str, long: str) -> None:
    assert not abbreviates(short, tuple(long.split()))


def test_a_name_made_to_be_cut_in_many_ways_takes_no_time() -> None:
    for repeats in (2, 4, 40, 240):
        began = time.process_time()
        body_names("Dis" + "perindag" * repeats + "x")
        assert time.process_time() - began < 1
