"""Sentences and tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.graph_builder.extraction import prepare


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ir. H. Budi Santoso, S.T., M.M. datang ke sana.",
        "Kantor PT. Maju Jaya Tbk. di Jl. Merdeka No. 5 ramai.",
        "Nilai ekspor Rp1.250,5 miliar naik 2.5 persen.",
        "Menurut M. Rum, harga naik.",
        "Bagus! serunya kepada para perajin.",
    ],
)
def test_a_dot_that_belongs_to_a_word_ends_no_sentence(text: str) -> None:
    assert [sentence.text for sentence in prepare(text).sentences] == [text]


def test_a_degree_may_end_a_sentence_before_a_word_that_opens_one() -> None:
    text = "Ketuanya ialah Budi, S.T. Ia datang kemarin."
    assert len(prepare(text).sentences) == 2


def test_sentences_of_one_line_share_their_paragraph() -> None:
    sentences = prepare("Satu selesai. Dua selesai.\nTiga selesai.").sentences
    assert [sentence.paragraph for sentence in sentences] == [0, 0, 1]


@given(st.text(alphabet='aB .!?"\n1,S.T', max_size=200))
def test_sentences_are_apart_and_stand_where_they_say(text: str) -> None:
    document = prepare(text)
    end = 0
    for sentence in document.sentences:
        assert end <= sentence.start < sentence.end
        assert document.text[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert document.text[token.start : token.end] == token.text
        end = sentence.end
