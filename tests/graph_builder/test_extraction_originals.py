"""Originals: what is said of a text is said of the page that it was taken from."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder.extraction import (
    Opened,
    Piece,
    article_record,
    composed,
    document_of,
    national_lexicon,
    open_article,
    read_one,
    understand,
    web_places,
)

SENTENCE = (
    "Pemkab Jepara menggandeng <a href='/x'>Kementerian&nbsp;Perindustrian</a> &amp; "
    "Koperasi &quot;Ukir Lestari&quot; untuk melatih para\n perajin mebel. "
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Pelatihan</title>"
    "<script>var a = '<p>Pemkab Jepara';</script></head><body><nav>Beranda Ekonomi</nav>"
    f"<article><h1>Pelatihan perajin</h1><!-- Pemkab Jepara --><p>{SENTENCE * 3}</p>"
    "<p>&ldquo;Kami senang bekerja sama dengan Bank Jateng,&rdquo; kata Bupati Jepara "
    "Sari Wulandari. Nilainya 5 < 6.</p></article></body></html>"
)


def plain(page: str) -> str:
    """What a stretch of the page above shows."""
    shown = page.replace("<a href='/x'>", "").replace("</a>", "")
    return " ".join(html.unescape(shown).split())


def test_each_span_of_a_web_page_points_at_the_page_itself() -> None:
    understood = read_one(("a.html", PAGE.encode()), national_lexicon())
    assert not isinstance(understood, Exception)
    record = article_record("a", understood)
    assert record["places_in"] == "file"
    mentions = [
        mention
        for kind in ("institutions", "people")
        for each in record[kind]
        for mention in each["mentions"]
    ]
    assert len(mentions) > 6
    for mention in mentions:
        assert plain(PAGE[mention["start"] : mention["end"]]) == mention["text"]
    passages = {
        PAGE[tie["passage"]["start"] : tie["passage"]["end"]] for tie in record["ties"]
    }
    assert SENTENCE.strip() in passages
    for quote in record["quotes"]:
        shown = PAGE[quote["start"] : quote["end"]]
        assert shown == "Kami senang bekerja sama dengan Bank Jateng,"


def test_a_span_does_not_end_within_an_entity() -> None:
    page = "<p>Koperasi &quot;Ukir&quot; dibuka.</p>"
    text = 'Koperasi "Ukir" dibuka.'
    document = document_of(Opened(text, None, "html", page))
    start, end = document.original_span(0, 15)
    assert page[start:end] == "Koperasi &quot;Ukir&quot;"


def test_a_text_that_is_not_in_its_page_keeps_its_own_places_and_says_so() -> None:
    opened = Opened("Bank Jateng dibuka.", None, "html", "<p>Bank Jateng ditutup.</p>")
    document = document_of(opened)
    assert document.places_in == "text"
    assert document.original == opened.text


def test_noise_of_a_page_points_at_the_page() -> None:
    page = "<p>SOLO, KABAR.COM - Bank Jateng dibuka.</p><p>Baca juga: <b>Harga</b> gula</p>"
    text = "SOLO, KABAR.COM - Bank Jateng dibuka.\nBaca juga: Harga gula"
    document = document_of(Opened(text, None, "html", page))
    cut = [page[noise.start : noise.end] for noise in document.noise]
    assert any("<b>Harga</b> gula" in each for each in cut)


@given(
    st.lists(
        st.text(st.sampled_from("ab &<>\"'é“"), min_size=1, max_size=12), max_size=6
    )
)
@settings(max_examples=100, deadline=None)
def test_what_is_written_as_html_is_found_letter_by_letter(lines: list[str]) -> None:
    page = "".join(f"<p class='a'>{html.escape(line)}</p>\n" for line in lines)
    pieces = web_places("\n".join(lines), page)
    assert pieces is not None
    text = "\n".join(lines)
    for piece in pieces:
        for offset in range(piece.length):
            letter, there = text[piece.start + offset], page[piece.original + offset]
            assert letter == there or there == "&"


def test_pieces_of_pieces_lead_to_the_page() -> None:
    inner = [Piece(0, 4, 6), Piece(7, 20, 2)]
    outer = [Piece(0, 100, 8), Piece(8, 208, 14)]
    assert composed(inner, outer) == (
        Piece(0, 104, 4),
        Piece(4, 208, 2),
        Piece(7, 220, 2),
    )


@pytest.mark.parametrize("piece", ["<", "<!--", "<script>", "&", "<a ", "</"])
def test_time_grows_with_the_length_of_a_hostile_page(piece: str) -> None:
    page = piece * 200_000
    began = time.process_time()
    web_places("Bank Jateng", page)
    assert time.process_time() - began < 5


def test_a_page_of_a_pdf_begins_where_it_is_said_to(pdf_of: bytes) -> None:
    opened = open_article(pdf_of, "a.pdf")
    assert len(opened.pages) == 2
    assert opened.text[opened.pages[1] :].startswith("Koperasi Ukir")
    record = article_record("a", understand(document_of(opened)))
    assert record["places_in"] == "text"


@pytest.fixture
def pdf_of() -> bytes:
    """A PDF of two pages with a sentence on each, written by hand."""
    lines = (
        "Pemkab Jepara menggandeng Bank Jateng.",
        "Koperasi Ukir Lestari dibuka di Jepara.",
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
    ]
    for number, line in enumerate(lines):
        stream = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET"
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
                f"/Contents {4 + 2 * number} 0 R /Resources << /Font << /F1 7 0 R >> >> >>"
            ),
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    body, places = "%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body.encode()
