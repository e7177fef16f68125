"""catalog.py and the files in catalog/: each says what it is, answers the same everywhere, in a total order.

Expected answers are in tests/golden/queries: `competency.yaml` was made by hand from the sources; the `.tsv`
files hold all rows on seed, extended and good graph together, and were read over by hand. To write them anew
after a change, run with SIMPUL_WRITE_GOLDEN=1 and review the difference like code.
"""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib.plugins.sparql import prepareQuery

from seed_graphs import load
from simpul.graph_builder import build_ecosystem, current_version, derive
from simpul.ontology import BASE, LANGUAGES, Language
from simpul.queries import (
    BadParameter,
    BadQueryFile,
    Format,
    GraphStore,
    MissingParameter,
    Question,
    Rows,
    Term,
    UnknownQuery,
    answer,
    catalog,
    read_question,
    shown,
    tokens,
    write,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "queries"
GRAPHS = {
    "seed": ("seed-graph",),
    "extended": ("seed-graph", "extended-example"),
    "whole": ("seed-graph", "extended-example", "good-graph"),
}
QUESTIONS = [pytest.param(question, id=question.name) for question in catalog()]


@cache
def world(name: str) -> GraphStore:
    """One of the sample graphs, derived anew."""
    store = load(*GRAPHS[name])
    for _ in derive(store):
        pass
    return GraphStore(store)


@cache
def rdflib_world(name: str) -> rdflib.Graph:
    """The same graph for rdflib, its named graphs merged."""
    merged = rdflib.Graph()
    for subject, predicate, value, _ in world(name).as_rdflib().quads():
        merged.add((subject, predicate, value))
    return merged


def rows_on(name: str, text: str) -> Rows:
    rows = world(name).query(text)
    assert isinstance(rows, Rows)
    return rows


def rows_by_rdflib(name: str, text: str) -> Rows:
    result = rdflib_world(name).query(text)
    variables = tuple(str(variable) for variable in result.vars or ())
    rows = tuple(
        tuple(map(_oxigraph_term, row)) for row in result if isinstance(row, tuple)
    )
    return Rows(variables, rows)


def _oxigraph_term(term: object) -> Term | None:
    """A term of rdflib as Oxigraph holds it: numbers in their canonical form."""
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.datatype is None:
        return ox.Literal(str(term), language=term.language)
    text = str(term)
    if str(term.datatype).endswith("#decimal") and "." in text:
        text = text.rstrip("0").rstrip(".")
    return ox.Literal(text, datatype=ox.NamedNode(str(term.datatype)))


@dataclass(frozen=True, slots=True)
class Expected:
    """What one competency question must answer."""

    id: str
    query: str
    graph: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def of(self, found: Rows) -> set[tuple[str | None, ...]]:
        """The named columns of found rows, written as the expected ones are."""
        chosen = [found.column(name) for name in self.columns]
        return {
            tuple(None if t is None else shown(t) for t in row)
            for row in zip(*chosen, strict=True)
        }


def competency() -> list[Expected]:
    text = (GOLDEN / "competency.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return [
        Expected(
            entry["id"],
            entry["query"],
            entry["graph"],
            tuple(entry["columns"]),
            tuple(map(tuple, entry["rows"])),
        )
        for entry in entries
    ]


COMPETENCY = [pytest.param(expected, id=expected.id) for expected in competency()]


# ---- what a file says of itself


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_query_parses_in_both_engines(question: Question) -> None:
    assert isinstance(GraphStore.from_quads([]).query(question.text), Rows)
    assert prepareQuery(question.text).algebra.name == "SelectQuery"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_header_agrees_with_the_select_line(question: Question) -> None:
    rows = GraphStore.from_quads([]).query(question.text)
    assert isinstance(rows, Rows)
    assert tuple(column.name for column in question.columns) == rows.variables


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_header_is_complete_in_both_languages(question: Question) -> None:
    assert re.fullmatch(r"(CQ|SQ)\d\d", question.id)
    assert {question.title(lang) for lang in LANGUAGES}.isdisjoint({"", question.name})
    assert question.title("id") != question.title("en")
    for lang in LANGUAGES:
        assert question.asks(lang).endswith("?")
        assert "{" not in question.asks(lang)
    for parameter in question.parameters:
        assert parameter.explained("id") != parameter.explained("en")
        assert parameter.default is not None, (
            "a query of the catalogue runs as it stands"
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sentence_names_parameters_and_names_them_in_both_languages(
    question: Question,
) -> None:
    slots = [
        {
            field
            for _, field, _, _ in Formatter().parse(question.sentences[lang])
            if field
        }
        for lang in LANGUAGES
    ]
    assert slots[0] == slots[1]
    spoken = {parameter.name for parameter in question.parameters if parameter.spoken}
    assert slots[0] <= spoken


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_header_line_is_given_for_each_row_of_one_value(question: Question) -> None:
    inferred = read_question(re.sub(r"(?m)^#\+.*\n", "", question.text), question.name)
    assert {each.name for each in inferred.parameters} == {
        each.name for each in question.parameters
    }
    defaults = {each.name: each.default for each in question.parameters}
    for parameter in question.parameters:
        term = defaults[parameter.name]
        assert isinstance(term, ox.NamedNode | ox.Literal)
        assert parameter.type.term(term) == term


def test_names_and_ids_are_given_once() -> None:
    ids = [question.id for question in catalog()]
    assert len(set(ids)) == len(ids) == len(catalog())
    assert [question.name for question in catalog()] == sorted(catalog().questions)


# ---- order


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_order_covers_every_column(question: Question) -> None:
    ordered = ordering(question.text)
    assert set(ordered) == {column.name for column in question.columns}
    named = re.findall(r"\?(\w+)", question.order)
    assert ordered[: len(named)] == named
    assert named == ordered or len(named) < len(ordered)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_two_rows_are_equal(question: Question) -> None:
    rows = rows_on("whole", question.text)
    assert len({tuple(map(str, row)) for row in rows}) == len(rows)
    assert re.search(r"(?m)^(SELECT DISTINCT|GROUP BY|SELECT \(COUNT)", question.text)


def ordering(text: str) -> list[str]:
    """The variables of the last ORDER BY."""
    read = [token.text for token in tokens(text)]
    start = max(place for place, word in enumerate(read) if word.upper() == "ORDER")
    return [word[1:] for word in read[start:] if word.startswith("?")]


# ---- answers


@pytest.mark.parametrize("expected", COMPETENCY)
def test_a_competency_question_has_its_answer(expected: Expected) -> None:
    question = catalog().find(expected.id)
    assert question.name == expected.query
    assert expected.of(rows_on(expected.graph, question.text)) == set(expected.rows)


@pytest.mark.parametrize("expected", COMPETENCY)
def test_a_competency_question_has_its_answer_by_rdflib(expected: Expected) -> None:
    rows = rows_by_rdflib(expected.graph, catalog().find(expected.query).text)
    assert expected.of(rows) == set(expected.rows)


def test_every_competency_question_is_asked() -> None:
    asked = {expected.id for expected in competency()}
    assert asked == {
        question.id for question in catalog() if question.id.startswith("CQ")
    }
    assert len(asked) == 28


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_rows_equal_the_golden_file(question: Question) -> None:
    path = GOLDEN / f"{question.name}.tsv"
    rows = rows_on("whole", question.text)
    assert len(rows) > 0, "an empty answer tests nothing"
    if os.environ.get("SIMPUL_WRITE_GOLDEN"):
        path.write_bytes(write(rows, Format.TSV))
    assert write(rows, Format.TSV).decode("utf-8") == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_query() -> None:
    assert {path.stem for path in GOLDEN.glob("*.tsv")} == set(catalog().questions)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_rdflib_gives_the_same_rows_in_the_same_order(question: Question) -> None:
    assert rows_by_rdflib("extended", question.text) == rows_on(
        "extended", question.text
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_query_answers_nothing_of_an_empty_graph(question: Question) -> None:
    rows = GraphStore.from_quads([]).query(question.text)
    assert isinstance(rows, Rows)
    zero = ox.Literal(0)
    assert all(set(row) == {zero} for row in rows)


@pytest.mark.parametrize("question", QUESTIONS)
def test_english_names_the_same_things(question: Question) -> None:
    found = {lang: answer(world("whole"), question, lang=lang) for lang in LANGUAGES}
    things = {
        lang: sorted(
            str([term for term in row if isinstance(term, ox.NamedNode)])
            for row in rows
        )
        for lang, rows in found.items()
        if isinstance(rows, Rows)
    }
    assert things["id"] == things["en"]


@pytest.mark.parametrize(
    ("lang", "name"),
    [("id", "Kementerian Perindustrian"), ("en", "Ministry of Industry")],
)
def test_names_come_in_the_language_asked_for(lang: Language, name: str) -> None:
    rows = answer(world("seed"), "founders", lang=lang)
    assert isinstance(rows, Rows)
    assert name in [shown(term) for term in rows.column("name")]


def test_a_thing_without_an_english_name_keeps_its_indonesian_one() -> None:
    rows = answer(
        world("whole"), "sites-over-time", {"body": "pemerintah-utopia"}, lang="en"
    )
    assert isinstance(rows, Rows)
    assert [shown(term) for term in rows.column("name")] == ["Kota Utopia"]


# ---- asking about something else


def test_a_question_is_asked_about_another_body() -> None:
    rows = answer(world("extended"), "founders", {"body": "ifsc"})
    assert isinstance(rows, Rows)
    assert "org/pemerintah-italia" in [shown(term) for term in rows.column("founder")]


def test_a_period_leaves_out_what_ended_before_and_began_after() -> None:
    def partners(first: str = "1900-01-01", last: str = "2099-12-31") -> set[str]:
        values = {"body": "bpipi", "from": first, "until": last}
        rows = answer(world("extended"), "partners", values)
        assert isinstance(rows, Rows)
        return {shown(term) for term in rows.column("partner")}

    # The only cooperation of this body is an event of 4 August 2020.
    everybody = {"org/aprisindo", "org/apki", "org/ditjen-ikma"}
    assert partners() == everybody
    assert partners("2020-08-04", "2020-08-04") == everybody
    assert partners(first="2020-08-05") == set()
    assert partners(last="2020-08-03") == set()


def test_a_day_is_asked_about() -> None:
    rows = answer(world("extended"), "claims-held-on", {"day": "2020-01-01"})
    assert isinstance(rows, Rows)
    assert [shown(term) for term in rows.column("claim")] == ["name/bpipi-1"]


def test_a_number_narrows_an_answer() -> None:
    families = [
        answer(world("whole"), "release-families", {"at_least": n})
        for n in ("1", "2", "99")
    ]
    sizes = [len(rows) for rows in families if isinstance(rows, Rows)]
    assert sizes[0] > sizes[1] > sizes[2] == 0


def test_a_slip_of_the_keyboard_is_no_empty_answer() -> None:
    with pytest.raises(BadParameter, match="did you mean 'aprisindo'") as error:
        answer(world("seed"), "founders", {"body": "aprisndo"})
    assert error.value.parameter == "body"
    with pytest.raises(BadParameter, match="is not in this graph; no https:"):
        answer(world("seed"), "founders", {"body": "person/xyz"})


def test_a_default_that_is_not_in_the_graph_must_be_chosen() -> None:
    with pytest.raises(MissingParameter, match="-p tie=") as error:
        answer(GraphStore.from_quads([]), "support-of-tie")
    assert error.value.absent == BASE + "id/tie/founding-bpipi-1"


def test_a_question_is_found_by_name_file_or_id() -> None:
    founders = catalog().find("founders")
    assert catalog().find("founders.rq") is founders
    assert catalog().find("cq09") is founders
    assert catalog().find("CQ09") is founders


def test_an_unknown_question_offers_the_near_one() -> None:
    with pytest.raises(UnknownQuery, match="did you mean 'founders'") as error:
        catalog().find("founder")
    assert error.value.near == "founders"
    with pytest.raises(UnknownQuery, match="simpul queries"):
        catalog().find("zzz")


def test_a_sentence_takes_what_was_chosen() -> None:
    founders = catalog().find("founders")
    assert founders.asks("en") == "Which parties set BPIPI up together?"
    assert (
        founders.asks("id", body="IFSC")
        == "Pihak mana saja yang bersama-sama mendirikan IFSC?"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#+ given: ?x xsd:string\nASK {}", "has no row VALUES"),
        (
            "#+ given: x a string\nASK { VALUES ?x { 1 } }",
            "cannot read the header line",
        ),
        ("#+ given: ?x xsd:duration\nASK { VALUES ?x { 1 } }", "unknown type"),
        ("#+ gives: something\nASK {}", "cannot read 'something'"),
        ("ASK { VALUES ?x { ex:unknown } }", "holds no term"),
    ],
)
def test_a_header_that_the_text_does_not_bear_out_is_refused(
    text: str, problem: str
) -> None:
    with pytest.raises(BadQueryFile, match=problem):
        read_question(text, "mine")


def test_a_long_header_line_goes_on_indented() -> None:
    question = read_question("#+ asks.en: Who is\n#+   there?\nASK {}", "mine")
    assert question.asks("en") == "Who is there?"
    assert question.title("en") == "mine"


# ---- a graph that was built


@pytest.fixture(scope="module")
def built_seed(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    out = tmp_path_factory.mktemp("seed")
    build_ecosystem("seed", out)
    return GraphStore.open(current_version(out).path)


@pytest.mark.parametrize(
    "expected",
    [each for each in competency() if each.graph == "seed"],
    ids=lambda e: e.id,
)
def test_the_built_seed_answers_as_the_hand_written_graph_does(
    expected: Expected, built_seed: GraphStore
) -> None:
    rows = answer(built_seed, expected.query)
    assert isinstance(rows, Rows)
    assert expected.of(rows) == set(expected.rows)
