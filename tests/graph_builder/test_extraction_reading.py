"""Articles opened and cleaned: what is noise goes, and every span leads back to the original."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from simpul.graph_builder.extraction import (
    UnreadableArticle,
    national_lexicon,
    open_article,
    prepare,
    read_one,
)

ARTICLE = (
    "JEPARA, HARIAN.ID -- Balai itu lahir dari kerja sama Pemprov Jawa Tengah,\n"
    "BACA JUGA:Harga Kayu Naik\n"
    "Pemkab Jepara, serta asosiasi perajin yang ada di sana.\n"
    "Foto: Humas\n"
    "Penulis: Sari\n"
)


def test_a_sentence_that_a_link_line_parts_is_read_as_one() -> None:
    document = prepare(ARTICLE)
    assert [sentence.text for sentence in document.sentences] == [
        (
            "Balai itu lahir dari kerja sama Pemprov Jawa Tengah, Pemkab Jepara, "
            "serta asosiasi perajin yang ada di sana."
        )
    ]


def test_noise_is_reported_with_its_place_in_the_original() -> None:
    document = prepare(ARTICLE)
    kinds = [noise.kind for noise in document.noise]
    assert kinds == ["dateline", "related", "caption", "byline"]
    for noise in document.noise:
        assert document.original[noise.start : noise.end].strip() == noise.text


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta (ANTARA) - ",
        "KOMPAS.com – ",
        "Bisnis.com, JAKARTA — ",
        "SURABAYA - ",
        "TRIBUNNEWS.COM, JAKARTA - ",
        "KONTAN.CO.ID - JAKARTA. ",
        "Sidoarjo, 11 September 2024 – ",
        "REPUBLIKA.CO.ID, JAKARTA -- ",
    ],
)
def test_a_dateline_is_cut_off_the_first_sentence(line: str) -> None:
    body = "Dinas setempat membuka pelatihan bagi para perajin di desa itu."
    assert prepare(line + body).text == body


@pytest.mark.parametrize(
    "line",
    [
        "Penulis Wirna Kusdali",
        "Translator : Wirna Kusdali",
        "2024 © PT Kabar Loka",
        "Lulus Verifikasi Dewan Pers No.126/DP/2017",
        "Ketua HIMKI melihat kursi. Foto: Humas Kemenperin",
        "[Gambas:Video 20detik]",
    ],
)
def test_who_wrote_took_or_owns_is_no_part_of_the_report(line: str) -> None:
    assert prepare(f"Pabrik kursi dibuka.\n{line}\nPekerja datang.").text == (
        "Pabrik kursi dibuka.\nPekerja datang."
    )


def test_a_title_before_a_name_ends_no_sentence() -> None:
    assert len(prepare("Rektor itu, Prof. Hari Kusdali, hadir.").sentences) == 1


def test_a_dash_inside_a_sentence_is_no_dateline() -> None:
    text = "Kerja sama PT A - PT B itu adalah yang pertama dan terus berjalan."
    assert prepare(text).text == text


@given(st.text(alphabet='ab AB.,\n:-()"BCJUGaca juga', max_size=300))
@settings(max_examples=150, deadline=None)
def test_every_character_of_the_clean_text_leads_back_to_itself(text: str) -> None:
    document = prepare(text)
    for piece in document.pieces:
        clean = document.text[piece.start : piece.start + piece.length]
        start, end = document.original_span(piece.start, piece.start + piece.length)
        assert document.original[start:end] == clean
        assert document.clean_place(piece.original) == piece.start


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"%PDF-1.4 nothing more", "broken"),
        (b"harga gula naik " * 650_000, "too-large"),
        (b"<html><body></body></html>", "no-text"),
    ],
)
def test_what_holds_no_article_is_refused_with_the_reason(
    content: bytes, trouble: str
) -> None:
    with pytest.raises(UnreadableArticle) as caught:
        open_article(content, "a.txt")
    assert caught.value.trouble == trouble


def test_another_language_is_refused_by_its_name() -> None:
    text = "The minister opened a new factory in the city on Monday and met the workers there."
    with pytest.raises(UnreadableArticle) as caught:
        open_article(text.encode(), "a.txt")
    assert caught.value.language == "en"


def test_indonesian_with_few_of_its_common_words_is_not_another_language() -> None:
    text = (
        "Politeknik Mebel Kendal melatih perajin Kabupaten Jepara selama satu pekan. "
    )
    assert open_article((text * 4).encode(), "a.txt").text


def test_lines_of_two_encodings_are_both_read() -> None:
    content = "Café itu dibuka di kota.\n".encode() + "Café itu ramai.".encode("cp1252")
    assert (
        open_article(content, "a.txt").text
        == "Café itu dibuka di kota.\nCafé itu ramai."
    )


def test_the_main_text_and_the_day_of_a_page_are_read() -> None:
    sentence = "Pemkab Jepara menggandeng balai latihan kerja untuk melatih para perajin mebel. "
    page = (
        '<!DOCTYPE html><html><head><meta property="article:published_time" '
        'content="2025-03-04T10:00:00+07:00"></head><body><nav>Beranda Ekonomi</nav>'
        f"<article><h1>Pelatihan</h1><p>{sentence * 4}</p><p>{sentence * 3}</p></article></body></html>"
    )
    opened = open_article(page.encode(), "a.html")
    assert sentence.strip() in opened.text
    assert "Beranda" not in opened.text
    assert str(opened.published) == "2025-03-04"


def test_a_pdf_without_text_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    content = io.BytesIO()
    writer.write(content)
    writer.close()
    with pytest.raises(UnreadableArticle) as caught:
        open_article(content.getvalue(), "a.pdf")
    assert caught.value.trouble == "no-text"


@given(st.binary(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_one(("a", content), national_lexicon())
