"""Selectors: a passage is where it was, at one other place, or lost; never taken for another."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from simpul.graph_builder import (
    check_ecosystem,
    find_ecosystem,
    load_records,
    make_graph,
)
from simpul.graph_builder.evidence import (
    Found,
    Moved,
    Orphaned,
    anchor,
    normalised,
    read_articles,
    spans_of,
    verify,
    verify_all,
)
from worlds import copy_of_rattan

TEXT = (
    "Balai itu berdiri di Desa Kedensari. Balai itu dipindahkan ke Sukodono pada 2012."
)
# Letters of one to four bytes, a mark that joins the letter before it, and few enough to repeat.
LETTERS = st.text(alphabet="aé\u0301 漢😀", max_size=40)


def span_of(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


# ---------------------------------------------------------------- what a selector holds


def test_a_selector_holds_positions_and_hashes_and_no_words() -> None:
    made = anchor(TEXT, *span_of("Desa Kedensari"), context=8)
    assert TEXT[made.start : made.end] == "Desa Kedensari"
    assert made.digest == hashlib.sha256(b"Desa Kedensari").hexdigest()
    assert made.prefix_digest == hashlib.sha256(b"diri di ").hexdigest()
    assert made.suffix_digest == hashlib.sha256(b". Balai ").hexdigest()
    assert not any("Kedensari" in str(value) for value in made.model_dump().values())


def test_at_the_ends_of_a_text_the_context_is_what_there_is() -> None:
    made = anchor("satu dua", 0, 8)
    empty = hashlib.sha256(b"").hexdigest()
    assert (made.prefix_digest, made.suffix_digest) == (empty, empty)


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_a_span_that_is_none_cannot_be_anchored(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        anchor(TEXT, *span)


def test_half_a_context_is_refused() -> None:
    whole = anchor(TEXT, 0, 5).model_dump()
    for name in ("prefix_digest", "suffix_digest", "context"):
        with pytest.raises(ValidationError):
            type(anchor(TEXT, 0, 5)).model_validate({**whole, name: None})


# ---------------------------------------------------------------- where it is now

CASES = {
    "unchanged": (TEXT, "found"),
    "edited before, far away": ("Kemarin. " + TEXT, "moved"),
    "cut before": (TEXT.removeprefix("Balai itu "), "moved"),
    "edited after, far away": (TEXT.replace("2012", "2013"), "found"),
    "edited right before": (TEXT.replace("di Desa", "pada Desa"), "moved"),
    "one letter right after": (TEXT.replace("Kedensari.", "Kedensari,"), "found"),
    "both sides changed in place": (
        TEXT.replace("di Desa", "ke Desa").replace("Kedensari.", "Kedensari,"),
        "orphaned",
    ),
    "edited inside": (TEXT.replace("Kedensari", "Kedansari"), "orphaned"),
    "gone": ("Balai itu dipindahkan ke Sukodono pada 2012.", "orphaned"),
    "nothing left": ("", "orphaned"),
    "the same words twice, once with both sides": (
        "Di Desa Kedensari ada balai. " + TEXT,
        "moved",
    ),
    "the whole twice": (f"{TEXT}\n{TEXT}", "found"),
    "the whole twice, and both moved": (f"Kini. {TEXT}\n{TEXT}", "orphaned"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_where_a_passage_is_in_a_text_that_changed(case: tuple[str, str]) -> None:
    text, outcome = case
    told = anchor(TEXT, *span_of("Desa Kedensari"), context=12)
    place = verify(text, told)
    assert type(place).__name__.lower() == outcome
    if isinstance(place, Moved):
        assert text[place.start : place.end] == "Desa Kedensari"
        # Of two places with these words, it is the one after "berdiri".
        assert "berdiri" in text[: place.start] or "berdiri" not in text


def test_words_repeated_are_told_apart_by_one_side() -> None:
    text = "a: sama. b: sama! c: sama."
    told = anchor(text, *span_of("sama", "a: sama"), context=3)
    # The first two have one side each changed; only one place keeps a side of the first.
    assert verify("x; sama? a: sama! c: sama;", told) == Moved(12, 16)
    assert verify("x; sama? b; sama? c; sama?", told) == Orphaned(
        ((3, 7), (12, 16), (21, 25))
    )


def test_an_old_selector_without_a_context_is_content_with_its_place_only() -> None:
    start, end = span_of("Desa Kedensari")
    old = type(anchor(TEXT, start, end))(
        start=start, end=end, digest=anchor(TEXT, start, end).digest
    )
    assert verify(TEXT, old) == Found()
    shifted = f"Kini. {TEXT}"
    # One place has the words, and still nothing vouches for it; so it is shown, not proposed.
    assert verify(shifted, old) == Orphaned(((start + 6, end + 6),))


# ---------------------------------------------------------------- properties


@st.composite
def anchored(draw: st.DrawFn) -> tuple[str, int, int, int]:
    text = draw(LETTERS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, start, end, draw(st.integers(1, 6))


@given(anchored())
def test_a_passage_is_found_in_the_text_it_was_taken_from(
    drawn: tuple[str, int, int, int],
) -> None:
    text, start, end, context = drawn
    assert verify(text, anchor(text, start, end, context)) == Found()


def letters(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="aé漢", min_size=least, max_size=most)


@given(letters(4, 4), letters(1, 5), letters(4, 4), st.tuples(*[letters(0, 20)] * 4))
def test_edits_beyond_the_context_move_a_passage_or_leave_it_unsure(
    prefix: str, span: str, suffix: str, far: tuple[str, str, str, str]
) -> None:
    around = prefix + span + suffix
    text, changed = far[0] + around + far[1], far[2] + around + far[3]
    start, here = len(far[0]) + 4, len(far[2]) + 4
    told = anchor(text, start, start + len(span), context=4)
    place = verify(changed, told)
    if isinstance(place, Found):
        assert anchor(changed, start, start + len(span), context=4) == told
    if isinstance(place, Moved):
        assert (place.start, place.end) == (here, here + len(span))
    if isinstance(place, Orphaned):
        assert len(place.alike) > 1


@given(anchored(), LETTERS)
def test_a_place_that_is_accepted_has_the_words_and_one_side(
    drawn: tuple[str, int, int, int], other: str
) -> None:
    text, start, end, context = drawn
    told = anchor(text, start, end, context)
    place = verify(other, told)
    if isinstance(place, Orphaned):
        assert all(other[a:b] == text[start:end] for a, b in place.alike)
        return
    at = place.start if isinstance(place, Moved) else start
    again = anchor(other, at, at + end - start, context)
    assert again.digest == told.digest
    assert (
        again.prefix_digest == told.prefix_digest
        or again.suffix_digest == told.suffix_digest
    )


@given(anchored(), st.characters(exclude_categories=["Cs"]))
def test_a_passage_that_was_changed_inside_is_not_found_where_it_was(
    drawn: tuple[str, int, int, int], letter: str
) -> None:
    text, start, end, context = drawn
    assume(text[start] != letter)
    changed = text[:start] + letter + text[start + 1 :]
    place = verify(changed, anchor(text, start, end, context))
    assert not isinstance(place, Found)
    if isinstance(place, Moved):
        assert place.start != start


@given(st.text(max_size=80))
def test_a_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalised(text)
    # A second mark of byte order is a letter like any other, and so is taken only once.
    assume(not once.startswith("\ufeff"))
    assert normalised(once) == once
    assert "\r" not in once


def test_positions_count_in_the_same_text_however_the_file_was_saved() -> None:
    composed = "Jalan Kédensari\nbaris dua"
    saved = (
        composed,
        composed.replace("\n", "\r\n"),
        composed.replace("\n", "\r"),
        "\ufeff" + composed + "\n",
        composed.replace("é", "e\u0301"),
    )
    assert {normalised(text) for text in saved} == {composed}


def test_words_are_found_over_line_ends_and_signs_that_mean_something() -> None:
    text = normalised("Harga (naik)\n10% di pasar. Harga (naik) lagi.")
    assert spans_of(text, "(naik) 10%") == [(6, 16)]
    assert len(spans_of(text, "Harga (naik)")) == 2
    assert spans_of(text, " ") == []
    assert spans_of(text, "tidak ada") == []


# ---------------------------------------------------------------- records and articles

EVIDENCE = """\
- id: e1
  source: laporan-2024
  locator: baris 1
  selectors:
  - start: {start}
    end: {end}
    digest: {digest}
    prefix_digest: {prefix_digest}
    suffix_digest: {suffix_digest}
    context: {context}
  explicitness: stated
  supports:
  - tie/latih-perajin
"""


def world_with_article(to: Path, text: str = TEXT) -> Path:
    """The rattan world with one passage of a report, and the article as it may be by now."""
    folder = copy_of_rattan(to)
    told = anchor(TEXT, *span_of("Desa Kedensari"))
    record = EVIDENCE.format(**told.model_dump())
    (folder / "evidence.yaml").write_text(record, "utf-8")
    (folder / "articles").mkdir()
    (folder / "articles" / "laporan-2024.txt").write_text(text, "utf-8")
    return folder


def test_the_context_of_a_passage_goes_into_the_graph(tmp_path: Path) -> None:
    folder = world_with_article(tmp_path)
    assert check_ecosystem(folder).errors == ()
    ecosystem = find_ecosystem(folder)
    lines = "".join(make_graph(ecosystem, load_records(ecosystem)).lines)
    for name in ("spanDigest", "prefixDigest", "suffixDigest", "contextLength"):
        assert lines.count(f'ontology#{name}> "') == 1
    assert "Kedensari" not in lines


def test_a_passage_is_checked_against_the_private_article(tmp_path: Path) -> None:
    folder = world_with_article(tmp_path, f"Kini. {TEXT}")
    loaded = load_records(find_ecosystem(folder))
    (checked,) = verify_all(loaded, read_articles(folder, loaded).texts)
    start, end = span_of("Desa Kedensari")
    assert checked.place == Moved(start + 6, end + 6)
    (unread,) = verify_all(loaded, {})
    assert unread.place is None


def test_the_seed_has_sixteen_places_to_check_and_no_article() -> None:
    ecosystem = find_ecosystem("seed")
    loaded = load_records(ecosystem)
    articles = read_articles(ecosystem.folder, loaded)
    assert articles.texts == {}
    assert [each.place for each in verify_all(loaded, articles.texts)] == [None] * 16


def problems_of(folder: Path) -> list[tuple[str, str]]:
    loaded = load_records(find_ecosystem(folder))
    return [(p.code, p.file) for p in read_articles(folder, loaded).problems]


def test_an_article_of_no_source_is_not_read_and_the_nearest_is_offered(
    tmp_path: Path,
) -> None:
    folder = world_with_article(tmp_path)
    (folder / "articles" / "laporan-2042.txt").write_text("x", "utf-8")
    loaded = load_records(find_ecosystem(folder))
    articles = read_articles(folder, loaded)
    (problem,) = articles.problems
    assert problem.code == "article-without-source"
    assert "laporan-2024" in problem.remedy("en")
    assert list(articles.texts) == ["laporan-2024"]


def test_an_article_that_is_another_than_the_recorded_one_is_told(
    tmp_path: Path,
) -> None:
    folder = world_with_article(tmp_path)
    sources = folder / "sources.yaml"
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    text = sources.read_text("utf-8")
    sources.write_text(text + f"  text_digest: {digest}\n", "utf-8")
    assert problems_of(folder) == []
    article = folder / "articles" / "laporan-2024.txt"
    article.write_bytes(b"\xef\xbb\xbf" + TEXT.encode() + b"\r\n")
    assert problems_of(folder) == []
    article.write_text(TEXT + " Kini.", "utf-8")
    assert problems_of(folder) == [("article-digest", "articles/laporan-2024.txt")]


def test_an_article_too_large_or_in_another_encoding_is_not_read(
    tmp_path: Path,
) -> None:
    folder = world_with_article(tmp_path)
    (folder / "articles" / "koran-a-2023.txt").write_bytes(b"a" * 2_000_001)
    (folder / "articles" / "koran-b-2023.txt").write_bytes("café".encode("latin-1"))
    assert problems_of(folder) == [
        ("article-too-large", "articles/koran-a-2023.txt"),
        ("not-utf8", "articles/koran-b-2023.txt"),
    ]


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = world_with_article(tmp_path)
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia", "utf-8")
    try:
        (folder / "articles" / "koran-a-2023.txt").symlink_to(secret)
    except OSError:
        pytest.skip("this system makes no links")
    loop = folder / "articles" / "koran-b-2023.txt"
    loop.symlink_to(loop)
    found = problems_of(folder)
    assert found[0] == ("outside-folder", "articles/koran-a-2023.txt")
    assert [code for code, _ in found] == ["outside-folder", "unreadable-file"]
