"""The whole way: an article in, the JSON of `simpul extract` out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.cli import main
from simpul.graph_builder.extraction import (
    FamilyTexts,
    UnreadableArticle,
    article_record,
    names_apart,
    national_lexicon,
    read_many,
    understand,
)

LEXICON = national_lexicon()
ARTICLE = (
    "JEPARA - Bupati Jepara Wahid Pranoto menggandeng Balai Pengembangan Serat Alam (BPSA) pada 4 Maret 2025.\n"
    '"Kami melatih 120 perajin," kata Wahid.\n'
    "BACA JUGA: Harga Kayu Naik\n"
    "BPSA menandatangani nota kesepahaman dengan PT Laut Biru Tbk.\n"
)
FIELDS = {
    "institutions",
    "people",
    "places",
    "dates",
    "ties",
    "observations",
    "quotes",
    "noise",
}


def test_the_record_has_the_fields_that_are_promised() -> None:
    record = article_record("a", understand(ARTICLE, LEXICON))
    assert set(record) >= FIELDS
    assert {"name", "type", "mentions", "key"} <= set(record["institutions"][0])
    assert {"name", "post", "institution"} <= set(record["people"][0])
    json.dumps(record)


def test_every_mention_stands_in_the_original_where_it_says() -> None:
    understood = understand(ARTICLE, LEXICON)
    original = understood.document.original
    record = article_record("a", understood)
    mentions = [
        m
        for kind in ("institutions", "people", "places")
        for each in record[kind]
        for m in each["mentions"]
    ]
    assert mentions
    for mention in mentions:
        assert original[mention["start"] : mention["end"]] == mention["text"]


def test_copies_of_one_release_are_one_family() -> None:
    words = [f"kata{number}" for number in range(60)]
    release = "Balai itu membuka kelas baru bagi perajin. " + " ".join(words) + "."
    texts = FamilyTexts()
    texts.add("one", release, None)
    texts.add("two", "SOLO - " + release, None)
    texts.add("other", "Harga gula naik. " + " ".join(reversed(words)) + ".", None)
    assert texts.families() == [["one", "two"]]


def test_families_tell_how_many_articles_were_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("simpul.graph_builder.extraction.output.MOST_COMPARED", 2)
    texts = FamilyTexts()
    for number in range(5):
        texts.add(f"a{number}", ARTICLE, None)
    assert texts.left_out == 3


def test_articles_come_out_in_the_order_they_went_in() -> None:
    articles = [(f"a{number}", ARTICLE.encode()) for number in range(5)]
    found = list(read_many([*articles, ("bad", b"")], LEXICON))
    assert [name for name, _ in found] == [*(name for name, _ in articles), "bad"]


def test_two_processes_read_what_one_reads() -> None:
    texts = [f"{ARTICLE}Sebanyak {number} orang hadir." for number in range(20)]
    articles = [(f"a{at}", text.encode()) for at, text in enumerate(texts)]
    articles.insert(7, ("bad", b""))
    alone = list(read_many(articles, LEXICON))
    for (name, one), (also, other) in zip(
        alone, read_many(articles, LEXICON, processes=2), strict=True
    ):
        assert name == also
        assert (name == "bad") == isinstance(one, UnreadableArticle)
        assert one == other or str(one) == str(other)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_understood_without_failing(text: str) -> None:
    article_record("a", understand(text, LEXICON))


@given(
    st.lists(
        st.sampled_from(
            [
                "Kementerian",
                "Dinas",
                "Balai",
                "PT",
                "Tbk",
                ".",
                ",",
                "(",
                ")",
                "dan",
                "Perindustrian",
                "Kabupaten",
                "Jepara",
                "Bupati",
                "Budi",
                "S.T.",
                "kata",
                '"',
                "oleh",
                "12",
                "Dr.",
                "Pemkab",
                "Desa",
                "di",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_mentions_are_in_bounds_and_apart_by_kind(words: list[str]) -> None:
    understood = understand(" ".join(words), LEXICON)
    text = understood.document.text
    for kind in ("institution", "person"):
        end = 0
        for mention in understood.mentions:
            if mention.kind == kind:
                assert mention.start >= end
                assert text[mention.start : mention.end] == mention.surface
                end = mention.end


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_line_reads_a_folder_and_says_what_it_could_not_read(
    tmp_path: Path, form: str
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01" * 100)
    out = tmp_path / "out"
    result = CliRunner().invoke(
        main,
        ["extract", str(tmp_path), "--format", form, "--out", str(out), "--lang", "en"],
    )
    assert result.exit_code == 1
    assert "b.txt: is no text" in result.stderr
    assert "Balai Pengembangan Serat Alam" in out.read_text("utf-8")


def test_a_file_that_is_not_there_is_the_fault_of_the_request() -> None:
    result = CliRunner().invoke(main, ["extract", "nowhere.txt", "--lang", "id"])
    assert result.exit_code == 2
    assert "nowhere.txt" in result.stderr


def test_an_unnamed_group_takes_part_without_being_an_institution() -> None:
    record = article_record(
        "a", understand("Kementerian Perindustrian melatih perajin ukir di Jepara.")
    )
    (tie,) = record["ties"]
    assert tie["participants"] == [
        {"institution": "Kementerian Perindustrian", "role": "provider"},
        {"institution": None, "role": "beneficiary", "group": "perajin ukir"},
    ]


def test_a_body_that_only_a_post_implies_is_told_with_the_person_alone() -> None:
    text = "Wakil Bupati Jepara Dani Wicaksana tersenyum. PT Sari Ombak untung."
    record = article_record("a", understand(text, LEXICON))
    assert [body["name"] for body in record["institutions"]] == ["PT Sari Ombak"]
    assert record["people"][0]["institution"] == "Pemerintah Kabupaten Jepara"
    told = article_record("a", understand(text, LEXICON), implied=True)
    assert "Pemerintah Kabupaten Jepara" in [
        body["name"] for body in told["institutions"]
    ]


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-3", "b-2"])))
def test_names_of_articles_are_apart_and_kept_where_they_were(names: list[str]) -> None:
    apart = names_apart(names)
    assert len(set(apart)) == len(names)
    first = {name: names.index(name) for name in names}
    assert all(apart[at] == name for name, at in first.items())
