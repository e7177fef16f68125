"""A reply says no more than the records do: who does what to whom, when, how sure, and what was not used."""

from datetime import date

import pytest

from simpul.graph_builder import Days, build_ecosystem, time_slice
from simpul.ontology import LANGUAGES, SIMPUL, Holding, Language
from simpul.queries import GraphStore, shown
from simpul.queries.asking import (
    COUNTED,
    Asker,
    Reply,
    ReplyKind,
    fill_template,
    once_in_words,
    reply_data,
    reply_words,
    span_in_words,
)
from simpul.queries.lookup import NameIndex

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    out = tmp_path_factory.mktemp("footwear")
    return GraphStore.open(build_ecosystem("footwear", out).path)


@pytest.fixture(scope="module")
def asker(graph: GraphStore) -> Asker:
    return Asker(graph, NameIndex.from_store(graph), today=TODAY)


@pytest.fixture(scope="module")
def alone(graph: GraphStore, asker: Asker) -> Asker:
    """Asks without time slices, as a server does."""
    return Asker(graph, asker.index, today=TODAY, can_slice=False)


def possible_part(reply: Reply) -> tuple[str, str]:
    """What is said as attested, and what as possible."""
    mark = "Mungkin" if reply.lang == "id" else "Possibly"
    sure, _, possible = reply.sentence.partition(mark)
    return sure, possible


# ---- who does what to whom


@pytest.mark.parametrize(
    "text",
    [
        "Did APRISINDO found BPIPI?",
        "Was BPIPI founded by APRISINDO?",
        "Is APRISINDO a founder of BPIPI?",
        "Apakah Kemenperin mendirikan BPIPI?",
        "Apakah BPIPI didirikan oleh Kemenperin?",
        "Apakah BPIPI didirikan Kemenperin?",
        "Did PT Panarub supply Adidas?",
    ],
)
def test_yes_is_said_where_the_roles_are_those_asked(asker: Asker, text: str) -> None:
    reply = asker.ask(text)
    assert reply.sentence.startswith(("Ya, ", "Yes, ")), reply.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Did BPIPI found APRISINDO?",
        "Was APRISINDO founded by BPIPI?",
        "Is BPIPI a founder of APRISINDO?",
        "Was BPIPI the one who founded Kemenperin?",
        "Apakah BPIPI mendirikan Kemenperin?",
        "Apakah Kemenperin didirikan oleh BPIPI?",
        "Apakah yang mendirikan Kemenperin BPIPI?",
        "Apakah Nike memasok Adidas?",
        "Apakah Adidas memasok Nike?",
        "Did Adidas supply PT Panarub?",
        "Does PT Panarub have the supplier Adidas?",
    ],
)
def test_yes_is_never_said_where_they_are_others(asker: Asker, text: str) -> None:
    reply = asker.ask(text)
    assert not reply.sentence.startswith(("Ya,", "Yes,")), reply.sentence


def test_the_tie_is_told_with_the_role_of_each(asker: Asker) -> None:
    reply = asker.ask("Did BPIPI found APRISINDO?")
    assert "BPIPI (founded body), APRISINDO (founder)" in reply.sentence
    reply = asker.ask("Apakah Nike memasok Adidas?")
    assert "Nike (pembeli), Adidas (pembeli)" in reply.sentence


def test_a_mutual_tie_is_a_yes_both_ways(asker: Asker) -> None:
    for text in (
        "Does BPIPI cooperate with UK Petra?",
        "Does UK Petra cooperate with BPIPI?",
    ):
        assert asker.ask(text).sentence.startswith("Yes, ")


# ---- days


@pytest.mark.parametrize("way", ["sliced", "alone"])
def test_what_is_attested_on_the_day_is_told_apart_from_what_is_possible(
    asker: Asker, alone: Asker, way: str
) -> None:
    text = "Siapa bekerja sama dengan BPIPI pada 2024?"
    reply = (asker if way == "sliced" else alone).ask(text)
    sure, possible = possible_part(reply)
    assert "Kementerian Perindustrian" in sure
    assert "Universitas Kristen Petra" in possible
    assert "2024" in possible
    assert reply.rows is not None
    held = dict(
        zip(map(shown, reply.rows.column("partner")), reply.holdings, strict=True)
    )
    assert held["org/kemenperin"] == "attested"
    assert held["org/uk-petra"] == "possible"


def test_ties_of_a_dated_question_hold_as_the_slice_of_the_days_says(
    asker: Asker, graph: GraphStore
) -> None:
    reply = asker.ask("Siapa pemasok Adidas pada 2019?")
    assert reply.question == "parties-in-role"
    assert reply.rows is not None
    assert len(reply.rows)
    then = GraphStore(time_slice(graph.quads(), as_of=Days.of("2019")))
    for tie, holding in zip(reply.rows.column("tie"), reply.holdings, strict=True):
        sure = f"ASK {{ {tie} <{SIMPUL.holding}> <{Holding.ATTESTED.iri}> }}"
        assert then.query(sure) == (holding == "attested")


@pytest.mark.parametrize("way", ["sliced", "alone"])
def test_the_minister_of_a_year_comes_first_and_each_person_once(
    asker: Asker, alone: Asker, way: str
) -> None:
    text = "Siapa Menteri Perindustrian pada 2020?"
    reply = (asker if way == "sliced" else alone).ask(text)
    sure, possible = possible_part(reply)
    assert "Agus Gumiwang" in sure
    assert "Airlangga" in possible
    assert reply.sentence.count("Hidayat") == 1
    assert reply.left_out == 0


def test_nothing_attested_is_said_as_such(asker: Asker) -> None:
    reply = asker.ask("Siapa bekerja sama dengan BPIPI pada 1990?")
    assert "1990" in reply.sentence or reply.kind is ReplyKind.NOTHING
    assert not reply.sentence.startswith("Menurut sumber")


def test_without_days_nothing_is_called_possible(asker: Asker) -> None:
    reply = asker.ask("Siapa bekerja sama dengan BPIPI?")
    assert "ungkin" not in reply.sentence
    assert reply.holdings == ()


def test_yes_on_a_day_needs_a_tie_attested_then(asker: Asker) -> None:
    now = asker.ask("Does BPIPI cooperate with UK Petra?")
    then = asker.ask("Did BPIPI cooperate with UK Petra in 2025?")
    assert now.sentence.startswith("Yes")
    assert then.sentence.startswith("Possibly"), then.sentence


# ---- when


@pytest.mark.parametrize(
    ("row", "lang", "said"),
    [
        ({"from": "2021-03/2022-10"}, "en", "beginning between March 2021 and October 2022"),
        ({"from": "2021-03/2022-10"}, "id", "mulai antara Maret 2021 dan Oktober 2022"),
        ({"until": "2021-03/2022-10"}, "en", "ending between March 2021 and October 2022"),
        ({"begun": "../2002"}, "id", "mulai paling lambat 2002"),
        ({"from": "2019/.."}, "en", "beginning no earlier than 2019"),
        ({"from": "2003"}, "en", "since 2003"),
        ({"from": "2018", "until": "2020"}, "id", "2018 sampai 2020"),
    ],
)  # fmt: skip
def test_a_vague_start_is_no_term(
    row: dict[str, str], lang: Language, said: str
) -> None:
    assert span_in_words(row, lang, reply_words()) == said


def test_the_head_of_a_body_is_said_to_begin_between(asker: Asker) -> None:
    sentence = asker.ask("Siapa Kepala BPIPI?").sentence
    assert "Syukur Idayati, Kepala BPIPI (mulai antara Maret 2021" in sentence


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2023", "in 2023"),
        ("2023-08-12", "on 12 August 2023"),
        ("2023-04-22/2023-04-28", "between 22 April 2023 and 28 April 2023"),
    ],
)
def test_what_happened_once_is_not_since_then(day: str, said: str) -> None:
    assert once_in_words(day, "en", reply_words()) == said


# ---- denial


@pytest.mark.parametrize(
    "text",
    [
        "Who did not found BPIPI?",
        "Who didn't found BPIPI?",
        "Siapa yang tidak bekerja sama dengan BPIPI?",
        "Siapa yg gak bekerja sama dgn BPIPI?",
        "Lembaga mana yang bukan pendiri BPIPI?",
        "Siapa pendiri BPIPI selain Kemenperin?",
        "Who cooperates with BPIPI other than ITS?",
        "Who never cooperated with BPIPI?",
        "Which ties are not contested?",
    ],
)
def test_a_question_that_denies_is_not_answered(asker: Asker, text: str) -> None:
    reply = asker.ask(text)
    assert reply.kind is ReplyKind.UNSURE
    assert reply.rows is None
    assert len(reply.alternatives) == 3
    assert "mengingkari" in reply.sentence or "denies" in reply.sentence


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Simpul mana yang tidak terwujud?", "planned-ties"),
        ("Rencana apa yang belum terlaksana?", "planned-ties"),
        ("Which ties were never realised?", "planned-ties"),
        ("Unsur heliks apa yang tidak muncul dalam simpul?", "absent-strands"),
        ("Figures whose period is not fully printed?", "interpreted-periods"),
        ("Apakah Kemenperin mendirikan BPIPI atau tidak?", "ties-between"),
    ],
)
def test_a_denial_that_an_entry_is_about_is_answered(
    asker: Asker, text: str, query: str
) -> None:
    assert asker.ask(text).question == query


# ---- how many, and what was not used


def test_how_many_says_what_is_counted(asker: Asker) -> None:
    reply = asker.ask("How many SMEs does BPIPI coach?")
    assert "Number of parties on record: " in reply.sentence
    assert "A group counts as one" in reply.sentence
    assert any("Figures on record about BPIPI" in note for note in reply.notes)


def test_how_many_firms_is_never_a_number_of_ties_alone(asker: Asker) -> None:
    reply = asker.ask("Berapa jumlah IKM alas kaki yang dibina BPIPI?")
    assert "Jumlahnya" not in reply.sentence
    if reply.kind is ReplyKind.ANSWER:
        assert any(unit in reply.sentence for unit in ("pihak", "ikatan yang tercatat"))
        assert any("Angka yang tercatat" in note for note in reply.notes)
    else:
        assert reply.kind is ReplyKind.UNSURE


def test_no_source_is_never_said_where_something_named_was_left_out(
    asker: Asker,
) -> None:
    reply = asker.ask("Apakah BPIPI bekerja sama dengan Petra?")
    assert reply.kind is ReplyKind.UNSURE
    assert "“Petra”" in reply.sentence
    assert "Universitas Kristen Petra" in reply.sentence


# ---- what did not come about


def test_what_was_only_told_or_planned_stands_apart(asker: Asker) -> None:
    reply = asker.ask("Siapa pemasok Nike?")
    facts, mark, others = reply.sentence.partition("Belum dinyatakan terlaksana")
    assert mark
    assert "PT Hardases Abadi Indonesia" not in facts
    assert "PT Hardases Abadi Indonesia (pasokan) [diharapkan]" in others or (
        "PT Hardases Abadi Indonesia (pasokan) [direncanakan]" in others
    )


def test_plans_are_no_yes(asker: Asker) -> None:
    reply = asker.ask("Does PT Hardases Abadi Indonesia supply Nike?")
    assert reply.sentence.startswith("Only planned or hoped for")


# ---- how it is said


def test_contested_ties_are_told_with_their_parties(asker: Asker) -> None:
    reply = asker.ask("Which ties are contested?")
    assert "Government of Italy (funder)" in reply.sentence
    assert "1 pieces" not in reply.sentence
    assert "1 piece of evidence" in reply.sentence


@pytest.mark.parametrize(("number", "said"), [("1", "1 piece"), ("2", "2 pieces")])
def test_a_number_names_what_it_counts(number: str, said: str) -> None:
    assert fill_template("{n:piece|pieces}", {"n": number}) == said


def test_what_a_sentence_leaves_out_is_counted(asker: Asker) -> None:
    reply = asker.ask("Siapa mitra BPIPI?")
    assert reply.rows is not None
    assert reply.left_out == len(reply.rows) - 5
    data = reply_data(reply)
    assert data["left_out"] == reply.left_out
    assert data["holdings"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_that_is_counted_has_a_word(lang: Language) -> None:
    for column in COUNTED:
        assert reply_words().say(f"unit-{column}", lang)
