"""parameters.py and binding.py: a value becomes a term, and no value changes the shape of a query."""

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.ontology import BASE, XSD
from simpul.queries import (
    BadParameter,
    GraphStore,
    Kind,
    MissingParameter,
    ParameterType,
    Question,
    Rows,
    Token,
    UnknownParameter,
    Value,
    catalog,
    read_question,
    tokens,
    values_rows,
)

ECHO = """#+ id: T1
#+ title.id: Gema
#+ title.en: Echo
#+ asks.id: Apa {text}?
#+ asks.en: What is {text}?
#+ given: ?text xsd:string (a word), anything
#+ given: ?thing IRI of org
#+ given: ?day xsd:date
#+ given: ?count xsd:integer
#+ given: ?size xsd:decimal
#+ given: ?sure xsd:boolean
#+ given: ?language language
#+ gives: ?text string
#+ order: ?text
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://w3id.org/simpul/id/>
SELECT ?text ?thing ?day ?count ?size ?sure ?language
WHERE { # VALUES ?text { "a comment" }
  VALUES ?text { "a } in a string" }
  VALUES ?thing { <org/bpipi> } VALUES ?day { "2024-01-01"^^xsd:date }
  VALUES ?count { -5 } VALUES ?size { 1.5 } VALUES ?sure { true }
  values ?language{"id"}
  VALUES ?pair { 1 2 } VALUES (?one ?two) { (1 2) }
}
ORDER BY ?text
"""
EMPTY = GraphStore.from_quads([])
HOSTILE = st.text() | st.lists(
    st.sampled_from(
        [
            *(
                '"',
                "'",
                '"""',
                "\\",
                "\\u0022",
                "}",
                "{",
                " . ",
                "\n",
                "\r",
                "#",
                "<",
                ">",
                "^^",
                "@id",
            ),
            *(
                "UNION",
                "SERVICE <urn:x> {",
                "DROP ALL",
                "?text",
                "UNDEF",
                "\x00",
                "\ud800",
                "org/",
                "é",
            ),
        ]
    )
).map("".join)


def echo() -> Question:
    return read_question(ECHO, "echo")


def skeleton(text: str) -> list[str]:
    """The tokens of a query outside its rows, and one mark for each row."""
    rows = list(values_rows(text))

    def inside(token: Token) -> bool:
        return any(row.start <= token.start < row.end for row in rows)

    return [token.text for token in tokens(text) if not inside(token)]


def answered(text: str) -> dict[str, str | None]:
    rows = EMPTY.query(text)
    assert isinstance(rows, Rows)
    row = next(rows.dicts())
    return {
        name: None if term is None else getattr(term, "value", "")
        for name, term in row.items()
    }


@given(HOSTILE)
def test_no_text_changes_the_shape_of_a_query(text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        with pytest.raises(BadParameter, match="half of a surrogate pair"):
            echo().bind({"text": text})
        return
    bound = echo().bind({"text": text})
    assert skeleton(bound) == skeleton(ECHO)
    if (
        "SERVICE" not in text
    ):  # which the guard may refuse where backslashes cloud the view
        rows = EMPTY.query(bound)
        assert isinstance(rows, Rows)
        assert rows.column("text") == (ox.Literal(text),) * len(rows)
        assert len(rows) == 2  # one for each value of ?pair


@given(HOSTILE)
def test_no_key_changes_the_shape_of_a_query(text: str) -> None:
    try:
        bound = echo().bind({"thing": text})
    except BadParameter:
        return
    assert skeleton(bound) == skeleton(ECHO)
    inside = next(row.inside for row in values_rows(bound) if row.variable == "thing")
    assert [token.kind for token in tokens(inside.strip())] == [Kind.IRI]


@given(
    st.dates(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
def test_typed_values_come_back_as_they_went_in(
    day: date, count: int, size: Decimal, sure: bool
) -> None:
    bound = echo().bind({"day": day, "count": count, "size": size, "sure": sure})
    found = {row.variable: row.inside.strip() for row in values_rows(bound)}
    assert found["day"] == f'"{day.isoformat()}"^^<{XSD.date}>'
    assert found["count"] == f'"{count}"^^<{XSD.integer}>'
    assert Decimal(found["size"].split('"')[1]) == size
    assert found["sure"] == f'"{str(sure).lower()}"^^<{XSD.boolean}>'


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        ("aprisindo", "id/org/aprisindo"),
        ("org/aprisindo", "id/org/aprisindo"),
        ("org:aprisindo", "id/org/aprisindo"),
        ("group/sdm-alas-kaki", "id/group/sdm-alas-kaki"),
        ("place/35.15.06", "id/place/35.15.06"),
        ("evidence/disway-2024-09-11/e01", "id/evidence/disway-2024-09-11/e01"),
        ("concept/tie-type/founding", "concept/tie-type/founding"),
        ("https://w3id.org/simpul/id/org/aprisindo", "id/org/aprisindo"),
        (ox.NamedNode(BASE + "id/org/aprisindo"), "id/org/aprisindo"),
    ],
)
def test_a_thing_is_found_by_key_kind_and_key_or_iri(value: Value, iri: str) -> None:
    assert answered(echo().bind({"thing": value}))["thing"] == BASE + iri


def test_another_ecosystem_has_things_of_its_own() -> None:
    bound = echo().bind({"thing": "kayu"}, base="https://example.org/rotan/")
    assert answered(bound)["thing"] == "https://example.org/rotan/id/org/kayu"


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("thing", "two words", "is no IRI"),
        ("thing", "https://a/<b>", "is no IRI"),
        ("thing", "", "is empty"),
        ("thing", ox.Literal("bpipi"), "is not of the type IRI of org"),
        ("text", ox.NamedNode("urn:x"), "is not of the type xsd:string"),
        ("text", ox.Literal("x", language="id"), "is not of the type xsd:string"),
        ("text", "\udc80", "half of a surrogate pair"),
        ("day", "2024-02-30", "write it as 2024-09-11"),
        ("day", "20240911", "write it as 2024-09-11"),
        ("day", "2024", "write it as 2024-09-11"),
        ("count", "3.0", "no whole number"),
        ("count", "٣", "no whole number"),
        ("count", "1_000", "no whole number"),
        ("size", "1e5", "no number"),
        ("size", "NaN", "no number"),
        ("sure", "yes", "neither true nor false"),
        ("language", "nl", "one of id, en"),
    ],
)
def test_a_value_that_does_not_fit_says_why(
    name: str, value: Value, problem: str
) -> None:
    with pytest.raises(BadParameter, match=problem) as error:
        echo().bind({name: value})
    assert (error.value.name, error.value.parameter, error.value.value) == (
        "echo",
        name,
        value,
    )


def test_a_parameter_of_another_name_offers_the_near_one() -> None:
    with pytest.raises(UnknownParameter, match="did you mean 'count'") as error:
        echo().bind({"counts": "1"})
    assert error.value.near == "count"
    with pytest.raises(UnknownParameter, match="it has none"):
        read_question("ASK {}", "bare").bind({"x": "1"})


def test_an_empty_row_waits_for_a_value() -> None:
    question = read_question("SELECT ?x { VALUES ?x { } }", "waiting")
    assert question.parameters[0].is_required
    with pytest.raises(MissingParameter, match="-p x="):
        question.bind({})
    assert answered(question.bind({"x": "here"})) == {"x": "here"}


def test_an_undefined_row_takes_anything_until_it_is_bound() -> None:
    question = read_question("SELECT ?x { VALUES ?x { UNDEF } }", "any")
    assert (question.parameters[0].default, question.parameters[0].is_required) == (
        None,
        False,
    )
    assert answered(question.bind({})) == {"x": None}
    assert answered(question.bind({"x": "here"})) == {"x": "here"}


def test_a_query_without_a_header_has_the_parameters_of_its_rows() -> None:
    text = (
        "PREFIX o: <https://w3id.org/simpul/id/org/>\n"
        'SELECT * { VALUES ?who { o:bpipi } VALUES ?n { 5 } VALUES ?on { "2024-01-01"^^'
        "<http://www.w3.org/2001/XMLSchema#date> } VALUES ?kind { <https://w3id.org/simpul/concept/sector/media> }"
        ' VALUES ?tag { "x"@id } VALUES ?many { 1 2 } VALUES (?a ?b) { (1 2) } }'
    )
    found = {
        each.name: each.type.written for each in read_question(text, "mine").parameters
    }
    assert found == {
        "who": "IRI of org",
        "n": "xsd:integer",
        "on": "xsd:date",
        "kind": "IRI of concept/sector",
        "tag": "xsd:string",
    }


def test_all_rows_of_a_variable_are_bound() -> None:
    text = "SELECT ?x { { VALUES ?x { 1 } } UNION { VALUES ?x { 1 } } }"
    rows = EMPTY.query(read_question(text, "twice").bind({"x": 7}))
    assert isinstance(rows, Rows)
    assert [getattr(row[0], "value", None) for row in rows] == ["7", "7"]


@pytest.mark.parametrize("written", ["xsd:duration", "xsd:", "text"])
def test_a_type_we_do_not_read_is_not_known(written: str) -> None:
    assert not ParameterType(written).is_known


SPAN = """\
#+ given: ?from first xsd:date, the first day
#+ given: ?until last xsd:date, the last day
#+ given: ?day xsd:date, a day
SELECT ?from ?until ?day {
  VALUES ?from { "1900-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?until { "2099-12-31"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?day { "2022-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
}"""


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-03", "2020-02-03", "2020-02-03"),
        ("2019/2020-02", "2019-01-01", "2020-02-29"),
    ],
)
def test_the_header_says_which_day_of_a_year_or_month_is_meant(
    written: str, first: str, last: str
) -> None:
    question = read_question(SPAN, "span")
    bound = answered(question.bind({"from": written, "until": written}))
    assert bound == {"from": first, "until": last, "day": "2022-01-01"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("day", "2020"), ("from", "kemarin"), ("from", "2020/.."), ("until", "2020-13")],
)
def test_what_is_no_day_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadParameter, match="is no day"):
        read_question(SPAN, "span").bind({name: value})


def test_every_period_of_the_catalogue_says_which_days_it_means() -> None:
    sides = {
        (each.name, each.type.side)
        for question in catalog()
        for each in question.parameters
        if each.name in ("from", "until")
    }
    assert sides == {("from", "first"), ("until", "last")}
