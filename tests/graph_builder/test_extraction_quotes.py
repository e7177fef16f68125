"""Quotations are found with who speaks."""

from time import process_time

import pytest

from marked_articles import quotes_of
from simpul.graph_builder.extraction import Document, find_quotes, speaker_at


@pytest.mark.parametrize(
    ("article", "kind", "speaker", "words"),
    [
        (
            '"Produksi kami naik tahun ini," kata {Rina Wati|Dinas Pasar}.',
            "direct",
            "Rina Wati",
            "Produksi kami",
        ),
        (
            "“Produksi kami naik tahun ini,” ujar Kepala Dinas {Rina Wati|Dinas Pasar}.",
            "direct",
            "Rina Wati",
            "Produksi",
        ),
        (
            '{Rina Wati|Dinas Pasar} mengatakan, "Produksi kami naik tahun ini."',
            "direct",
            "Rina Wati",
            "Produksi",
        ),
        (
            '"Harga gula sudah turun," tulis [Bulog] dalam keterangannya.',
            "direct",
            "Bulog",
            "Harga gula",
        ),
        (
            "Menurut {Rina Wati|Dinas Pasar}, produksi naik.",
            "indirect",
            "Rina Wati",
            "produksi naik",
        ),
        ("Menurut [BPS], produksi naik.", "indirect", "BPS", "produksi naik"),
        (
            "{Rina Wati|Dinas Pasar} menyatakan bahwa produksi naik.",
            "indirect",
            "Rina Wati",
            "bahwa produksi",
        ),
    ],
)
def test_a_quotation_has_its_speaker(
    article: str, kind: str, speaker: str, words: str
) -> None:
    document, (found,) = quotes_of(article)
    assert found.kind == kind
    assert found.speaker is not None
    assert found.speaker.name == speaker
    assert document.text[found.start : found.end].strip().startswith(words)


def test_a_quotation_in_two_parts_has_one_speaker() -> None:
    _, found = quotes_of(
        '"Produksi kami naik tahun ini," kata {Rina|Dinas Pasar}. "Tahun depan akan naik lagi."'
    )
    assert [each.speaker and each.speaker.name for each in found] == ["Rina", "Rina"]


def test_a_pronoun_means_the_last_speaker() -> None:
    _, found = quotes_of(
        '{Rina|Dinas Pasar} membuka acara itu.\n"Produksi kami naik tahun ini," ujarnya.'
    )
    assert [each.speaker and each.speaker.name for each in found] == ["Rina"]


@pytest.mark.parametrize(
    "article",
    [
        'Program "Desa Maju" dibuka.',
        'Ia memakai istilah "hilir".',
        '"Tanpa tutup kata Rina',
    ],
)
def test_a_marked_term_is_no_quotation(article: str) -> None:
    assert quotes_of(article)[1] == ()


def test_the_speaker_at_a_place_is_that_of_the_quotation_around_it() -> None:
    document, found = quotes_of(
        '[A] tumbuh. "Produksi kami naik tahun ini," kata {Rina|A}.'
    )
    inside = speaker_at(found, document.text.index("kami"))
    assert inside is not None
    assert inside.name == "Rina"
    assert speaker_at(found, 2) is None


@pytest.mark.parametrize("bait", ['"', "“", '"a b c d e ', "kata ", "menurut "])
def test_bait_takes_linear_time(bait: str) -> None:
    started = process_time()
    find_quotes(Document(bait * (200_000 // len(bait))), ())
    assert process_time() - started < 4
