"""Modality and sign of ties follow the words beside their triggers."""

import pytest

from marked_articles import ties_of


@pytest.mark.parametrize(
    ("article", "modality"),
    [
        ("[A] telah bekerja sama dengan [B].", "realised"),
        ("Belum lama ini [A] bekerja sama dengan [B].", "realised"),
        ("[A] tidak hanya bekerja sama dengan [B].", "realised"),
        ("Keberhasilan itu tidak terlepas dari kerja sama [A] dengan [B].", "realised"),
        ("[A] akan menggandeng [B].", "planned"),
        ("[A] berencana mengakuisisi [B].", "planned"),
        ("[A] tengah menjajaki kerja sama dengan [B].", "hoped"),
        ("Rencananya, [A] akan memasok [B].", "planned"),
        ("Gubernur berharap [A] dapat bekerja sama dengan [B].", "hoped"),
        ("{Rudi|C} berharap agar [A] mendanai [B].", "hoped"),
        ("[A] belum bekerja sama dengan [B].", "denied"),
        ("[A] batal mengakuisisi [B].", "denied"),
        ("[A] tidak pernah mendanai [B].", "denied"),
        ("{Rudi|A} membantah kabar bahwa [A] mengakuisisi [B].", "denied"),
        ("[A] dikabarkan mengakuisisi [B].", "reported"),
        ("[A] berkomitmen membeli susu dari [B].", "planned"),
        ("MoU [A] dengan [B] dibatalkan.", "denied"),
        ("[A] berhenti membeli susu dari [B].", "denied"),
        ("[A] menghentikan pengadaan botol dari [B].", "denied"),
        ("Meski merger gagal, benang dipasok [A] kepada [B].", "realised"),
        ("Kerja sama [A] dengan [B] masih sebatas harapan.", "hoped"),
        ("[A] disebut-sebut menggandeng [B].", "reported"),
        ("[A] yang disebut terakhir adalah anak usaha [B].", "realised"),
    ],
)
def test_the_modality_is_that_of_the_words_before(article: str, modality: str) -> None:
    assert [tie.modality for tie in ties_of(article)] == [modality]


@pytest.mark.parametrize(
    ("article", "sign"),
    [
        ("[A] bekerja sama dengan [B].", "positive"),
        ("[A] mengakhiri kerja sama dengan [B].", "negative"),
        ("[A] memutus kemitraan dengan [B].", "negative"),
        ("[A] menggugat [B].", "negative"),
        ("[A] mengkritik [B].", "negative"),
        ("[A] mengapresiasi [B].", "positive"),
        ("[A] mengawasi [B].", "neutral"),
        ("[A] tidak mendanai [B].", "neutral"),
        ("[A] batal mendanai [B].", "negative"),
        ("[A] membantah menggugat [B].", "neutral"),
        ("[A] menyegel pabrik [B].", "negative"),
        ("Izin usaha [A] dicabut [B].", "negative"),
        ("[A] adalah anak usaha [B].", "neutral"),
    ],
)
def test_the_sign_is_that_of_the_kind_unless_words_undo_it(
    article: str, sign: str
) -> None:
    assert [tie.sign for tie in ties_of(article)] == [sign]
