"""Speed: linear in the length of a text, whatever the text is made of."""

import time

import pytest

from simpul.graph_builder.extraction import national_lexicon, prepare, understand

LEXICON = national_lexicon()
SENTENCE = "Kepala Dinas Perindustrian Kabupaten Jepara Budi Santoso menggandeng PT Maju Jaya Tbk pada Senin (3/3/2025). "


def cpu_of(text: str) -> float:
    start = time.process_time()
    understand(text, LEXICON)
    return time.process_time() - start


def test_an_article_of_3000_characters_takes_few_milliseconds() -> None:
    text = SENTENCE * 28
    cpu_of(text)
    assert min(cpu_of(text) for _ in range(3)) < 0.1


@pytest.mark.parametrize(
    "bait",
    [
        "(",
        "A.",
        '"',
        "Kementerian ",
        "dan ",
        ", Industri",
        "a",
        "1.",
        "BACA JUGA ",
        "Dinas (",
        "Desa Jepara, ",
        "PT. ",
        "- ",
    ],
)
def test_bait_takes_linear_time(bait: str) -> None:
    short, long = bait * (10_000 // len(bait)), bait * (40_000 // len(bait))
    # The first of two may wait for lexicons and caches, or for another process.
    once = max(min(cpu_of(short), cpu_of(short)), 0.02)
    assert min(cpu_of(long), cpu_of(long)) < 12 * once


def test_a_line_of_a_megabyte_is_cleaned_in_seconds() -> None:
    start = time.process_time()
    document = prepare("Harga gula naik di pasar itu. " * 34_000)
    assert len(document.sentences) == 34_000
    assert time.process_time() - start < 15
