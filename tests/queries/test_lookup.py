"""Names to things: an index of the shipped footwear graph, of small worlds, and of hostile texts."""

import pickle
import time
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.graph_builder import build_ecosystem
from simpul.queries import GraphStore, Rows
from simpul.queries.lookup import (
    KINDS,
    NAMES_QUERY,
    Match,
    NameIndex,
    Use,
    plain,
    things_of,
)

VARIABLES = ("thing", "use", "value", "from", "until")
ID = "https://w3id.org/simpul/id/"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The names of the footwear graph."""
    out = tmp_path_factory.mktemp("names")
    version = build_ecosystem("footwear", out).version
    assert version is not None
    found = GraphStore.open(version.path).query(NAMES_QUERY)
    assert isinstance(found, Rows)
    return found


@pytest.fixture(scope="module")
def index(rows: Rows) -> NameIndex:
    return NameIndex.from_rows(rows)


def rows_of(*told: tuple[str, str, str]) -> Rows:
    """Rows of thing, use and value; `@` begins the language of a value."""
    return Rows(VARIABLES, tuple(_row(*each) for each in told))


def _row(
    thing: str, use: str, value: str
) -> tuple[ox.NamedNode | ox.Literal | None, ...]:
    text, _, language = value.partition("@")
    literal = ox.Literal(text, language=language) if language else ox.Literal(text)
    return ox.NamedNode(f"urn:{thing}"), ox.Literal(use), literal, None, None


def small(*told: tuple[str, str, str]) -> NameIndex:
    return NameIndex.from_rows(rows_of(*told))


def keys(matches: Iterable[Match]) -> list[str]:
    return [match.iri.removeprefix(ID).removeprefix("urn:") for match in matches]


# What a name finds.


@pytest.mark.parametrize(
    ("text", "key", "how"),
    [
        ("Kementerian Perindustrian", "org/kemenperin", "exact"),
        ("Ministry of Industry", "org/kemenperin", "exact"),
        ("kementerian  PERINDUSTRIAN", "org/kemenperin", "exact"),
        ("Kemenperin", "org/kemenperin", "acronym"),
        ("Kemenperin RI", "org/kemenperin", "exact"),
        ("B.P.I.P.I.", "org/bpipi", "acronym"),
        ("BPIPI Tanggulangin", "org/bpipi", "alias"),
        ("BPIP", "org/bpipi", "alias"),
        ("Departemen Perindustrian", "org/kemenperin", "former"),
        ("Indonesia Footwear Service Center", "org/bpipi", "former"),
        ("Sepatu Bata", "org/sepatu-bata", "exact"),
        ("PT. Sepatu Bata, Tbk.", "org/sepatu-bata", "exact"),
        ("MS Hidayat", "person/ms-hidayat", "exact"),
        ("M. S. Hidayat", "person/ms-hidayat", "exact"),
        ("Dr. Ir. H. Eko S.A. Cahyanto, S.H., LL.M.", "person/eko-cahyanto", "exact"),
        ("Ali Masud", "person/ali-masud", "exact"),
        ("Kabupaten Mojokerto", "place/35.16", "exact"),
        ("Kab. Mojokerto", "place/35.16", "exact"),
        ("Kota Mojokerto", "place/35.76", "exact"),
        ("Mojokerto City", "place/35.76", "alias"),
        ("Mojokerto Regency", "place/35.16", "alias"),
        ("Jatim", "place/35", "alias"),
        ("East Java", "place/35", "alias"),
        ("35.15", "place/35.15", "exact"),
        ("ketua umum aprisindo", "post/aprisindo.ketua-umum", "exact"),
        ("General Chair of APRISINDO", "post/aprisindo.ketua-umum", "exact"),
        ("kemenprin", "org/kemenperin", "typo"),
        ("Ministry of Industri", "org/kemenperin", "typo"),
        ("Balai Pemberdayan Industri Persepatuan Indonesa", "org/bpipi", "typo"),
        ("Khofifah", "person/khofifah", "prefix"),
        ("Parawansa", "person/khofifah", "part"),
        ("K\u0410DIN", "org/kadin", "acronym"),  # a Cyrillic A
        ("\u202eBPIPI\u202c", "org/bpipi", "acronym"),
        (f"{ID}org/bpipi", "org/bpipi", "exact"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(
    index: NameIndex, text: str, key: str, how: str
) -> None:
    best = index.find(text)[0]
    assert (*keys([best]), best.how) == (key, how)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pendanaan", "tie-type/funding"),
        ("funding", "tie-type/funding"),
        ("unit pelaksana teknis", "sector/public-agency"),
        ("public technical agency", "sector/public-agency"),
    ],
)
def test_codes_are_found_by_their_labels_in_both_languages(
    index: NameIndex, text: str, code: str
) -> None:
    kind = code.partition("/")[0]
    assert index.find(text, kinds=[kind])[0].iri.endswith(f"concept/{code}")


def test_a_name_of_two_things_finds_both_and_says_which_they_are(
    index: NameIndex,
) -> None:
    regency, city, government = index.find("Mojokerto")[:3]
    assert {regency.sort, city.sort} == {"regency", "city"}
    assert regency.score == city.score > government.score
    assert government.kind == "institution"


def test_a_regency_is_not_found_as_a_city(index: NameIndex) -> None:
    assert all(match.how == "part" for match in index.find("Kota Sidoarjo"))


def test_a_former_name_tells_until_when_it_was_borne(index: NameIndex) -> None:
    match = index.find("Indonesia Footwear Service Center")[0]
    assert match.until == "2008/2010"
    assert match.name == "Balai Pemberdayaan Industri Persepatuan Indonesia"


def test_names_are_given_in_the_language_asked_for(index: NameIndex) -> None:
    (match,) = index.find("bpipi", limit=1, language="en")
    assert match.name == "Indonesian Footwear Industry Empowerment Centre"


def test_only_the_kinds_asked_for_are_found(index: NameIndex) -> None:
    for look in (index.find, index.suggest):
        assert {match.kind for match in look("indonesia", kinds=["place"])} == {"place"}


def test_numbers_tell_schools_apart(index: NameIndex) -> None:
    assert keys(index.find("SMKN 12 Surabaya"))[0] == "org/smkn-12-surabaya"
    assert "org/smkn-12-surabaya" not in keys(index.find("SMKN 3 Surabaya")[:1])


def test_a_name_goes_before_a_key_of_the_same_letters() -> None:
    index = small(
        ("p", "kind", "place"),
        ("p", "label", "Jawa Timur"),
        ("p", "code", "jawa-timur"),
    )
    (match,) = index.find("jawa timur")
    assert match.matched == "Jawa Timur"
    assert index.in_sentence("di Jawa Timur")


def test_a_thing_without_a_kind_is_left_out() -> None:
    assert len(small(("a", "label", "Alpha"))) == 0


def test_rows_of_another_query_are_refused() -> None:
    with pytest.raises(ValueError, match="thing, use, value"):
        things_of(Rows(("s",), ()))


def test_an_empty_index_finds_nothing() -> None:
    index = small()
    assert not index.find("a")
    assert not index.suggest("a")
    assert not index.in_sentence("a b c")


# While typing.


@pytest.mark.parametrize(
    ("prefix", "key"),
    [
        ("bpi", "org/bpipi"),
        ("balai pemb", "org/bpipi"),
        ("khof", "person/khofifah"),
        ("kementerian perind", "org/kemenperin"),
        ("persepatuan indo", "org/aprisindo"),
        ("bandung city", "place/32.73"),
        ("sidoarjjo", "place/35.15"),
    ],
)
def test_a_beginning_suggests_a_thing(index: NameIndex, prefix: str, key: str) -> None:
    assert key in keys(index.suggest(prefix))[:4]


def test_every_beginning_of_a_label_suggests_its_thing_among_enough(
    index: NameIndex,
) -> None:
    label = "Asosiasi Persepatuan Indonesia"
    for length in range(3, len(label) + 1):
        found = index.suggest(label[:length], kinds=["institution"], limit=60)
        assert "org/aprisindo" in keys(found), label[:length]


# In sentences.


def named(index: NameIndex, sentence: str) -> list[tuple[str, str]]:
    return [
        (sentence[found.start : found.end], keys([found.match])[0])
        for found in index.in_sentence(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Siapa bekerja sama dengan BPIPI pada 2024?", [("BPIPI", "org/bpipi")]),
        (
            "Apa hubungan Kemenprin dan aprisindo?",
            [("Kemenprin", "org/kemenperin"), ("aprisindo", "org/aprisindo")],
        ),
        (
            "Did the Ministry of Industry fund ITS?",
            [("Ministry of Industry", "org/kemenperin"), ("ITS", "org/its")],
        ),
        (
            "Balai Pemberdayan Industri Persepatuan Indonesia di Kabupaten Mojokerto",
            [
                ("Balai Pemberdayan Industri Persepatuan Indonesia", "org/bpipi"),
                ("Kabupaten Mojokerto", "place/35.16"),
            ],
        ),
        (
            "Siapa Ketua Umum APRISINDO?",
            [("Ketua Umum APRISINDO", "post/aprisindo.ketua-umum")],
        ),
        (
            "Apa jabatan Khofifah dan Agus Gumiwang?",
            [
                ("Khofifah", "person/khofifah"),
                ("Agus Gumiwang", "person/agus-gumiwang"),
            ],
        ),
        (
            "dinas perindustrian dan perdagangan jawa timur",
            [
                (
                    "dinas perindustrian dan perdagangan jawa timur",
                    "org/disperindag-jatim",
                )
            ],
        ),
        ("siapa mitra nikomas", [("nikomas", "org/nikomas-gemilang")]),
        (
            "M.S. Hidayat, lalu B.P.I.P.I.",
            [("M.S. Hidayat", "person/ms-hidayat"), ("B.P.I.P.I", "org/bpipi")],
        ),
    ],
)
def test_a_sentence_names_things_by_their_longest_names(
    index: NameIndex, sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert named(index, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "siapa saja yang dan di mana pada tahun itu",
        "who funds its programme, and at which site?",
        "api besar hai kulit sepatu industri pelatihan",
        "what is the source of this data on footwear exports",
        "apa saja lembaga pemerintah dan perusahaan sepatu yang bekerja sama",
        "how many ties began before the year 2020",
        "bukti simpul t-bpipi-founding",
        "berapa karyawan dan peserta, dan siapa ketua atau direktur",
    ],
)
def test_words_of_everyday_language_name_nothing(
    index: NameIndex, sentence: str
) -> None:
    assert named(index, sentence) == []


def test_words_that_name_several_things_give_them_all(index: NameIndex) -> None:
    (found,) = index.in_sentence("Siapa mitra Sidoarjo?")
    assert keys(found.candidates) == ["place/35.15", "org/pemkab-sidoarjo"]
    (found,) = index.in_sentence("di bandung")
    assert {"place/32.73", "place/32.04", "org/pemkot-bandung"} == set(
        keys(found.candidates)
    )


def test_only_the_kinds_asked_for_are_named(index: NameIndex) -> None:
    sentence = "pendanaan Kemenperin di Sidoarjo"
    (found,) = index.in_sentence(sentence, kinds=["tie-type"])
    assert sentence[found.start : found.end] == "pendanaan"


# What holds of every index and text.

NAME = st.text(
    st.sampled_from("abcdeghiknoprstuABKP .-'()/,12é\u0430\u202e\u200b\n"), max_size=24
)
ROW = st.tuples(
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from([use.value for use in Use]),
    NAME.map(lambda text: text.replace("@", "")),
)
KIND = st.sampled_from([*KINDS, "tie-type"])


@st.composite
def worlds(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    """A few things with names, and kinds for most of them."""
    kinds = [(thing, "kind", draw(KIND)) for thing in "abcd" if draw(st.integers(0, 5))]
    return [*kinds, *draw(st.lists(ROW, max_size=12))]


@settings(deadline=None, max_examples=60)
@given(worlds(), st.randoms(use_true_random=False), NAME)
def test_the_order_of_rows_changes_nothing(
    world: list[tuple[str, str, str]], random: object, text: str
) -> None:
    shuffled = list(world)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = small(*world), small(*shuffled)
    assert first.find(text) == second.find(text)
    assert first.suggest(text) == second.suggest(text)
    assert first.in_sentence(text) == second.in_sentence(text)


@settings(deadline=None, max_examples=60)
@given(worlds(), NAME)
def test_what_is_found_is_in_order_within_bounds_and_each_thing_once(
    world: list[tuple[str, str, str]], text: str
) -> None:
    index = small(*world)
    for found in (index.find(text), index.suggest(text), index.find(text, limit=1)):
        scores = [match.score for match in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
        assert len({match.iri for match in found}) == len(found)


@settings(deadline=None, max_examples=60)
@given(worlds())
def test_every_label_finds_its_thing(world: list[tuple[str, str, str]]) -> None:
    index = small(*world)
    for thing in index:
        for name in thing.names:
            if plain(name.text):
                found = index.find(name.text, kinds=[thing.kind])
                assert thing.iri in {match.iri for match in found}, name


@settings(deadline=None, max_examples=60)
@given(worlds(), st.text(max_size=80))
def test_mentions_are_in_order_and_do_not_overlap(
    world: list[tuple[str, str, str]], text: str
) -> None:
    found = small(*world).in_sentence(text)
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        ends.append(mention.end)


HOSTILE = {
    "empty": "",
    "blank": " \t\n ",
    "long": "a" * 10_000,
    "long words": "kementerian " * 2_000,
    "all typos": " ".join(f"persepatuam{i % 7}x kemenprim" for i in range(2_000)),
    "near everything": " ".join(["asosiasj", "indonesja", "industrj"] * 1_000),
    "brackets": "(" * 10_000,
    "initials": "A." * 5_000,
    "syllables": "dis" + "in" * 5_000,
    "right to left": "\u202e\u200f" * 3_000 + "BPIPI",
    "controls": "\x00\x1b[31m\x07" * 2_000,
    "half a pair": "\ud800BPIPI\udfff",
    "one each": "".join(map(chr, range(0x20, 0x3000))),
    "combining": "e" + "\u0301" * 10_000,
    "wide": "\ufdfa" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_long_time(index: NameIndex, name: str) -> None:
    text = HOSTILE[name]
    began = time.process_time()
    index.find(text)
    index.suggest(text)
    index.in_sentence(text)
    assert time.process_time() - began < 0.25


def test_texts_of_clients_do_not_fill_the_memory(rows: Rows) -> None:
    index = NameIndex.from_rows(rows)
    before = len(pickle.dumps(index))
    letters = str.maketrans("0123456789", "qxjzvwkhyf")
    for start in range(0, 6_000, 12):
        words = (
            f"zzq{number:05}".translate(letters) for number in range(start, start + 12)
        )
        index.find(" ".join(words))
    assert len(pickle.dumps(index)) - before < 100_000


# How fast it is: bounds with room for a busy machine; figures are in the benchmarks.


def test_the_index_of_footwear_is_made_at_once(rows: Rows) -> None:
    best = min(_seconds(lambda: NameIndex.from_rows(rows)) for _ in range(3))
    assert best < 0.15


def test_an_answer_takes_a_few_milliseconds(index: NameIndex) -> None:
    def all_of_it() -> None:
        for text in ("kemenprin", "Balai Pemberdayan Industri", "sidoarj", "Bata"):
            index.find(text)

    assert min(_seconds(all_of_it) for _ in range(3)) / 4 < 0.005
    assert min(_seconds(lambda: index.suggest("ke")) for _ in range(3)) < 0.002


def _seconds(work: object) -> float:
    began = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - began


def test_an_index_of_a_graph_is_that_of_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "names.ttl"
    file.write_text(
        """
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <urn:p> a foaf:Person ; foaf:name "Dr. Ani Wijaya, M.Si." .
        """,
        "utf-8",
    )
    index = NameIndex.from_store(GraphStore.from_files(file))
    assert keys(index.find("ani wijaya")) == ["p"]
    assert "urn:p" in index
    assert index.name("urn:p") == "Dr. Ani Wijaya, M.Si."
    assert index.name("urn:other") == "urn:other"
