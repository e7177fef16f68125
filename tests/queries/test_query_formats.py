"""formats.py and the writers behind it: what is written can be read again, and harms nobody who opens it."""

import csv
import importlib
import json
import re
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from simpul.ontology import BASE, XSD
from simpul.queries import (
    Format,
    MissingExtra,
    Rows,
    Term,
    Triples,
    UnfitFormat,
    UnknownFormat,
    arrow_table,
    shown,
    write,
)

# Any, as pyarrow has no types of its own.
pa: Any = importlib.import_module("pyarrow")
pq: Any = importlib.import_module("pyarrow.parquet")

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        'a "b", c',
        "=1+1",
        "line\r\nline",
        "tab\there",
        "<b>&amp;</b>",
        "a|b",
        "",
        " ",
        "\x1b[31m",
    ]
)


def typed(kind: str, *values: str) -> st.SearchStrategy[ox.Literal]:
    return st.sampled_from(
        [ox.Literal(value, datatype=ox.NamedNode(kind)) for value in values]
    )


TERMS: st.SearchStrategy[Term | None] = st.one_of(
    st.none(),
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["id", "en-gb"])),
    typed(XSD.integer, "5", "-5", "007", "not a number"),
    typed(XSD.decimal, "1.5", "13000", "-0.25"),
    typed(XSD.double, "1e3", "NaN", "1.5E-2"),
    typed(XSD.boolean, "true", "false"),
    typed(XSD.date, "2024-09-11", "soon"),
    st.sampled_from(
        [ox.NamedNode("urn:a"), ox.NamedNode("http://a/é?b=c&d"), ox.BlankNode("b1")]
    ),
)


def tables(terms: st.SearchStrategy[Term | None] = TERMS) -> st.SearchStrategy[Rows]:
    names = st.sampled_from([("a",), ("a", "b"), ("a", "b", "c_1")])
    return names.flatmap(
        lambda chosen: st.builds(
            Rows,
            st.just(chosen),
            st.lists(st.tuples(*[terms] * len(chosen)), max_size=4).map(tuple),
        )
    )


def parsed(content: bytes, form: ox.QueryResultsFormat) -> Rows:
    """Rows as Oxigraph's own parsers read them."""
    answer = ox.parse_query_results(content, format=form)
    assert isinstance(answer, ox.QuerySolutions)
    names = tuple(variable.value for variable in answer.variables)
    return Rows(names, tuple(tuple(row) for row in answer))


@given(tables())
def test_json_is_read_back_as_the_same_rows(rows: Rows) -> None:
    assert parsed(write(rows, Format.JSON), ox.QueryResultsFormat.JSON) == rows


@given(tables())
def test_tsv_is_read_back_as_the_same_rows(rows: Rows) -> None:
    assert parsed(write(rows, Format.TSV), ox.QueryResultsFormat.TSV) == rows


@given(tables())
def test_xml_is_read_back_as_the_same_rows_or_refused(rows: Rows) -> None:
    texts = "".join(str(getattr(term, "value", "")) for row in rows for term in row)
    if NOT_XML.search(texts):
        with pytest.raises(UnfitFormat, match="write json instead"):
            write(rows, Format.XML)
    else:
        assert parsed(write(rows, Format.XML), ox.QueryResultsFormat.XML) == rows


@given(tables())
def test_csv_is_read_back_cell_by_cell_with_nothing_guarded(rows: Rows) -> None:
    text = write(rows, Format.CSV).decode("utf-8")
    read = list(csv.reader(StringIO(text, newline="")))
    assert read == [
        list(rows.variables),
        *([value_of(term) for term in row] for row in rows),
    ]
    assert text.endswith("\r\n")


def value_of(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@given(tables())
def test_a_spreadsheet_never_gets_a_formula(rows: Rows) -> None:
    content = write(rows, Format.SPREADSHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    for written, row in zip(read[1:], rows, strict=True):
        for cell, term in zip(written, row, strict=True):
            number = re.fullmatch(r"-?[0-9.]+([eE]-?[0-9]+)?", cell)
            assert not cell.startswith(tuple("=+-@\t\r")) or number
            assert cell.removeprefix("'") == value_of(term).removeprefix("'")


def test_a_negative_number_stays_a_number_in_a_spreadsheet_and_a_text_does_not() -> (
    None
):
    number = ox.Literal("-5", datatype=ox.NamedNode(XSD.integer))
    rows = Rows(("a", "b", "c"), ((number, ox.Literal("-5"), ox.Literal("=cmd()")),))
    assert write(rows, Format.SPREADSHEET).splitlines()[1] == b"-5,'-5,'=cmd()"
    assert write(rows, Format.CSV).splitlines()[1] == b"-5,-5,=cmd()"


@given(tables())
def test_markdown_is_a_table_of_plain_text(rows: Rows) -> None:
    source = write(rows, Format.MARKDOWN).decode("utf-8")
    read = MarkdownIt("commonmark", {"html": False}).enable("table").parse(source)
    kinds = {token.type for token in read}
    assert kinds <= {
        *(
            "table_open",
            "table_close",
            "thead_open",
            "thead_close",
            "tbody_open",
            "tbody_close",
        ),
        *(
            "tr_open",
            "tr_close",
            "th_open",
            "th_close",
            "td_open",
            "td_close",
            "inline",
        ),
    }
    cells = [token for token in read if token.type == "inline"]
    assert len(cells) == (len(rows) + 1) * len(rows.variables)
    for cell, term in zip(
        cells[len(rows.variables) :], (t for row in rows for t in row), strict=True
    ):
        children = cell.children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        text = "".join(child.content for child in children)
        assert squeezed(text.replace("<br>", " ")) == squeezed(shown(term))


def squeezed(text: str) -> str:
    """What is left when spaces do not count, nor what cannot be seen."""
    steering = re.compile(
        "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\\s]"
    )
    return steering.sub("", text)


@given(tables(), st.integers(20, 200))
def test_a_table_for_people_steers_no_terminal_and_loses_nothing(
    rows: Rows, width: int
) -> None:
    text = write(rows, Format.TABLE, width=width).decode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    for name in rows.variables:
        assert name in text


def test_a_table_for_people_shows_short_names_and_aligns_numbers() -> None:
    count = ox.Literal("12", datatype=ox.NamedNode(XSD.integer))
    rows = Rows(
        ("body", "ties"),
        (
            (ox.NamedNode(BASE + "id/org/bpipi"), count),
            (ox.NamedNode("http://www.w3.org/ns/org#Organization"), None),
        ),
    )
    lines = write(rows, Format.TABLE).decode("utf-8").splitlines()
    assert [line.split() for line in lines if not set(line) <= set(" ─")] == [
        ["body", "ties"],
        ["org/bpipi", "12"],
        ["org:Organization"],
    ]
    assert lines[2].endswith("  12")


def literal(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(kind))


@pytest.mark.parametrize(
    ("terms", "kind", "values"),
    [
        ([literal("5", XSD.integer), None], pa.int64(), [5, None]),
        ([literal(str(2**70), XSD.integer)], pa.string(), [str(2**70)]),
        ([literal("1.50", XSD.decimal)], pa.decimal128(3, 2), [Decimal("1.50")]),
        (
            [literal("1.5", XSD.decimal), literal("300", XSD.integer)],
            pa.decimal128(4, 1),
            [Decimal("1.5"), Decimal(300)],
        ),
        ([literal("1" * 40, XSD.decimal)], pa.decimal256(40, 0), [Decimal("1" * 40)]),
        ([literal("1" * 80, XSD.decimal)], pa.string(), ["1" * 80]),
        ([literal("1.5e2", XSD.double)], pa.float64(), [150.0]),
        ([literal("2024-09-11", XSD.date)], pa.date32(), [date(2024, 9, 11)]),
        ([literal("2024-09-11Z", XSD.date)], pa.string(), ["2024-09-11Z"]),
        ([literal("true", XSD.boolean), None], pa.bool_(), [True, None]),
        ([literal("maybe", XSD.boolean)], pa.string(), ["maybe"]),
        (
            [literal("five", XSD.integer), literal("5", XSD.integer)],
            pa.string(),
            ["five", "5"],
        ),
        ([literal("5", XSD.integer), ox.Literal("five")], pa.string(), ["5", "five"]),
        (
            [ox.NamedNode("urn:a"), literal("5", XSD.integer)],
            pa.string(),
            ["urn:a", "5"],
        ),
        ([ox.Literal("teks", language="id")], pa.string(), ["teks"]),
        ([None], pa.string(), [None]),
        ([], pa.string(), []),
    ],
)
def test_a_column_has_the_type_of_its_literals(
    terms: list[Term | None], kind: object, values: list[object]
) -> None:
    table = arrow_table(Rows(("x",), tuple((term,) for term in terms)))
    assert table.schema.field("x").type == kind
    assert table.column("x").to_pylist() == values


@given(tables())
def test_parquet_and_arrow_are_read_back_as_the_same_columns(rows: Rows) -> None:
    table = arrow_table(rows)
    assert table.num_rows == len(rows)
    for read in (
        pq.read_table(BytesIO(write(rows, Format.PARQUET))),
        pa.ipc.open_file(write(rows, Format.ARROW)).read_all(),
    ):
        assert read.schema.equals(table.schema)
        assert str(read.to_pylist()) == str(table.to_pylist())  # NaN is not itself


def test_without_pyarrow_the_error_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'simpul\[arrow\]'") as error:
        write(Rows((), ()), Format.PARQUET)
    assert error.value.extra == "arrow"


TRIPLES = Triples.of(
    [
        ox.Triple(
            ox.NamedNode(BASE + "id/org/bpipi"),
            ox.NamedNode("urn:p"),
            ox.Literal("é", language="id"),
        ),
        ox.Triple(
            ox.NamedNode(BASE + "id/org/bpipi"),
            ox.NamedNode("urn:p"),
            ox.Literal("a\nb"),
        ),
    ]
)


@pytest.mark.parametrize(
    ("form", "rdf"),
    [
        (Format.TURTLE, ox.RdfFormat.TURTLE),
        (Format.TRIG, ox.RdfFormat.TRIG),
        (Format.NQUADS, ox.RdfFormat.N_QUADS),
        (Format.NTRIPLES, ox.RdfFormat.N_TRIPLES),
        (Format.JSONLD, ox.RdfFormat.JSON_LD),
    ],
)
def test_triples_are_read_back_from_rdf(form: Format, rdf: ox.RdfFormat) -> None:
    read = ox.parse(write(TRIPLES, form), format=rdf)
    assert Triples.of(quad.triple for quad in read) == TRIPLES


def test_triples_can_be_written_as_rows() -> None:
    lines = write(TRIPLES, Format.CSV).decode("utf-8").splitlines()
    assert lines[0] == "subject,predicate,object"
    read = parsed(write(TRIPLES, Format.JSON), ox.QueryResultsFormat.JSON)
    assert read == TRIPLES.as_rows()


def test_a_triple_term_is_written_where_it_can_be() -> None:
    inner = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))
    triples = Triples.of(
        [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), inner)]
    )
    for form, parser in [
        (Format.JSON, ox.QueryResultsFormat.JSON),
        (Format.XML, ox.QueryResultsFormat.XML),
    ]:
        assert parsed(write(triples, form), parser) == triples.as_rows()
    with pytest.raises(UnfitFormat):
        write(triples, Format.JSONLD)


@pytest.mark.parametrize("form", [form for form in Format if form.is_rdf])
def test_rows_are_no_rdf(form: Format) -> None:
    with pytest.raises(UnfitFormat, match="takes the triples of a CONSTRUCT"):
        write(Rows(("a",), ()), form)


@pytest.mark.parametrize("yes", [True, False])
def test_yes_and_no_can_be_written_in_every_format_for_rows(yes: bool) -> None:
    assert json.loads(write(yes, Format.JSON))["boolean"] is yes
    for form in (Format.JSON, Format.XML):
        parser = (
            ox.QueryResultsFormat.JSON
            if form is Format.JSON
            else ox.QueryResultsFormat.XML
        )
        answer = ox.parse_query_results(write(yes, form), format=parser)
        assert isinstance(answer, ox.QueryBoolean)
        assert bool(answer) is yes
    assert write(yes, Format.CSV).split() == [b"answer", str(yes).lower().encode()]
    assert pq.read_table(BytesIO(write(yes, Format.PARQUET))).to_pylist() == [
        {"answer": yes}
    ]


def test_a_format_is_found_by_its_name_or_the_near_one_is_offered() -> None:
    assert Format.named("CSV") is Format.CSV
    with pytest.raises(UnknownFormat, match="did you mean 'markdown'") as error:
        Format.named("markdwn")
    assert error.value.near == "markdown"
    with pytest.raises(UnknownFormat, match="one of arrow, csv, json"):
        Format.named("docx")
