"""columns.py, dataframes.py and notebook.py: rows keep their types and values in every kind of table."""

import importlib
import re
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from simpul.ontology import BASE, EDTF, XSD
from simpul.queries import (
    ColumnKind,
    GraphStore,
    MissingExtra,
    NoGraph,
    QueryFailed,
    Rows,
    Term,
    Triples,
    column_kinds,
)

# Any, as pandas and IPython have no types of their own.
pd: Any = importlib.import_module("pandas")


def literal(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(kind))


def one_column(*terms: Term | None) -> Rows:
    return Rows(("x",), tuple((term,) for term in terms))


ZONED = datetime(2024, 9, 11, 3, 30, tzinfo=UTC)
CASES = [
    pytest.param(
        [literal("5", XSD.integer), None, literal("-7", XSD.integer)],
        ColumnKind.INTEGER,
        [5, None, -7],
        ("Int64", pl.Int64),
        id="integer",
    ),
    pytest.param(
        [literal("1.50", XSD.decimal), literal("300", XSD.integer)],
        ColumnKind.DECIMAL,
        [Decimal("1.50"), Decimal(300)],
        ("object", pl.Decimal(38, 2)),
        id="decimal and integer",
    ),
    pytest.param(
        [literal("1.5e2", XSD.double), literal("-INF", XSD.double)],
        ColumnKind.DOUBLE,
        [150.0, float("-inf")],
        ("Float64", pl.Float64),
        id="double",
    ),
    pytest.param(
        [literal("true", XSD.boolean), None, literal("0", XSD.boolean)],
        ColumnKind.BOOLEAN,
        [True, None, False],
        ("boolean", pl.Boolean),
        id="boolean",
    ),
    pytest.param(
        [literal("2024-09-11", XSD.date), None],
        ColumnKind.DATE,
        [date(2024, 9, 11), None],
        ("datetime64[s]", pl.Date),
        id="date",
    ),
    pytest.param(
        [literal("2024-09-11T10:30:00.5", XSD.dateTime), None],
        ColumnKind.DATETIME,
        [datetime(2024, 9, 11, 10, 30, 0, 500_000), None],  # noqa: DTZ001 - it has none
        ("datetime64[us]", pl.Datetime("us")),
        id="dateTime without a zone",
    ),
    pytest.param(
        [
            literal("2024-09-11T10:30:00+07:00", XSD.dateTime),
            literal("2024-09-11T03:30:00Z", XSD.dateTime),
        ],
        ColumnKind.MOMENT,
        [ZONED, ZONED],
        ("datetime64[us, UTC]", pl.Datetime("us", "UTC")),
        id="dateTime with a zone",
    ),
    pytest.param(
        [literal("2024-09?", EDTF), literal("1985", EDTF)],
        ColumnKind.TEXT,
        ["2024-09?", "1985"],
        ("str", pl.String),
        id="EDTF",
    ),
    pytest.param(
        [ox.Literal("alas kaki", language="id"), ox.Literal("footwear")],
        ColumnKind.TEXT,
        ["alas kaki", "footwear"],
        ("str", pl.String),
        id="texts with and without a language",
    ),
    pytest.param(
        [ox.NamedNode(BASE + "id/org/bpipi"), None],
        ColumnKind.IRI,
        [BASE + "id/org/bpipi", None],
        ("str", pl.String),
        id="IRI",
    ),
    pytest.param(
        [literal("5", XSD.integer), ox.Literal("five")],
        ColumnKind.MIXED,
        ["5", "five"],
        ("str", pl.String),
        id="mixed",
    ),
    pytest.param([None], ColumnKind.EMPTY, [None], ("str", pl.String), id="unbound"),
]


@pytest.mark.parametrize(("terms", "kind", "values", "types"), CASES)
def test_a_column_has_its_type_in_every_kind_of_table(
    terms: list[Term | None],
    kind: ColumnKind,
    values: list[object],
    types: tuple[str, object],
) -> None:
    rows = one_column(*terms)
    assert column_kinds(rows) == {"x": kind}
    assert rows.to_arrow().column("x").to_pylist() == values
    assert rows.to_polars()["x"].dtype == types[1]
    assert rows.to_polars()["x"].to_list() == values
    frame = rows.to_pandas()
    assert str(frame["x"].dtype) == types[0] or types[0] == "str"
    assert frame.attrs["kinds"] == {"x": kind.value}
    told = [None if pd.isna(value) else value for value in frame["x"]]
    if kind is ColumnKind.DATE:
        told = [value and value.date() for value in told]
    assert told == values


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("1_000", XSD.integer),
        (" 5", XSD.integer),
        ("٣", XSD.integer),
        ("1e3", XSD.decimal),
        ("NaN", XSD.decimal),
        ("infinity", XSD.double),
        ("20240911", XSD.date),
        ("2024-W37-3", XSD.date),
        ("2024-02-30", XSD.date),
        ("2024-09-11Z", XSD.date),
        ("2024-09-11", XSD.dateTime),
        ("2024-09-11T10:30:00.1234567", XSD.dateTime),
        ("TRUE", XSD.boolean),
    ],
)
def test_what_python_reads_but_the_datatype_does_not_allow_is_text(
    value: str, kind: str
) -> None:
    rows = one_column(literal(value, kind))
    assert column_kinds(rows) == {"x": ColumnKind.MIXED}
    assert rows.to_polars()["x"].to_list() == [value]


def test_moments_of_which_some_lack_a_zone_are_text() -> None:
    texts = ["2024-09-11T10:30:00Z", "2024-09-11T10:30:00"]
    rows = one_column(*(literal(text, XSD.dateTime) for text in texts))
    assert rows.to_polars()["x"].to_list() == texts


def test_numbers_too_large_for_a_table_are_text() -> None:
    wide = one_column(literal("1" * 50, XSD.decimal), literal("2.5", XSD.decimal))
    assert wide.to_polars()["x"].to_list() == ["1" * 50, "2.5"]
    assert wide.to_pandas()["x"].sum() == Decimal("1" * 50) + Decimal("2.5")
    large = one_column(literal(str(2**63), XSD.integer))
    assert large.to_pandas()["x"].to_list() == [str(2**63)]


def test_decimals_become_doubles_on_request() -> None:
    rows = one_column(literal("1.50", XSD.decimal), None)
    assert rows.to_arrow(exact=False).column("x").to_pylist() == [1.5, None]
    assert rows.to_polars(exact=False)["x"].to_list() == [1.5, None]
    assert str(rows.to_pandas(exact=False)["x"].dtype) == "Float64"


def test_iris_are_shortened_on_request() -> None:
    rows = one_column(ox.NamedNode(BASE + "id/org/bpipi"))
    assert rows.to_polars(shorten=True)["x"].to_list() == ["org/bpipi"]
    assert rows.to_pandas(shorten=True)["x"].to_list() == ["org/bpipi"]
    assert rows.to_arrow(shorten=True).column("x").to_pylist() == ["org/bpipi"]


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15).map(lambda n: literal(str(n), XSD.integer)),
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map(
        lambda n: literal(format(n, "f"), XSD.decimal)
    ),
)


@given(st.lists(NUMBERS, max_size=6))
def test_every_kind_of_table_holds_the_same_numbers(terms: list[Term | None]) -> None:
    rows = one_column(*terms)
    expected = [
        Decimal(term.value) if isinstance(term, ox.Literal) else None for term in terms
    ]
    for values in (
        rows.to_arrow().column("x").to_pylist(),
        rows.to_polars()["x"].to_list(),
        [None if pd.isna(value) else value for value in rows.to_pandas()["x"]],
    ):
        assert [v if v is None else Decimal(str(v)) for v in values] == expected


def test_no_rows_and_no_columns_are_tables_too() -> None:
    assert Rows(("a", "b"), ()).to_pandas().columns.to_list() == ["a", "b"]
    assert Rows(("a", "b"), ()).to_polars().shape == (0, 2)
    assert Rows((), ((), ())).to_pandas().shape == (2, 0)


@pytest.mark.parametrize(
    ("module", "method"),
    [("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow")],
)
def test_without_the_library_the_error_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, module: str, method: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    extra = method.removeprefix("to_")
    with pytest.raises(MissingExtra, match=rf"simpul\[{extra}\]"):
        getattr(one_column(None), method)()


# ---- rdflib


TURTLE = f"""
    <{BASE}id/org/a> <urn:p> "é"@id, "1.5"^^<{XSD.decimal}>, true, <urn:b> .
    _:one <urn:p> "x" .
"""


def test_triples_are_a_graph_of_rdflib_with_the_same_literals() -> None:
    found = GraphStore.from_text(TURTLE, ox.RdfFormat.TURTLE).query(
        "CONSTRUCT WHERE { <https://w3id.org/simpul/id/org/a> ?p ?o }"
    )
    assert isinstance(found, Triples)
    graph = found.to_rdflib()
    expected = rdflib.Graph().parse(data=TURTLE, format="turtle")
    assert set(graph.objects()) == set(
        expected.objects(rdflib.URIRef(BASE + "id/org/a"))
    )


def test_a_dataset_goes_to_rdflib_and_comes_back_the_same() -> None:
    quads = [
        ox.Quad(
            ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), term, ox.NamedNode("urn:g")
        )
        for term in (
            ox.NamedNode("urn:b"),
            ox.Literal("é", language="id"),
            literal("2024-09-11", XSD.date),
            literal("not a number", XSD.integer),
        )
    ]
    quads.append(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x")))
    store = GraphStore.from_quads(quads)
    again = GraphStore.from_rdflib(store.as_rdflib())
    assert set(map(str, again.quads())) == set(map(str, quads))


def test_a_graph_of_rdflib_is_read_into_the_default_graph() -> None:
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    store = GraphStore.from_rdflib(graph)
    assert len(store) == len(graph) == 5
    assert {str(quad.graph_name) for quad in store.quads()} == {"DEFAULT"}


def test_what_rdf_does_not_allow_is_refused_on_either_side() -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.Literal("x"), rdflib.URIRef("urn:p"), rdflib.Literal("y")))
    with pytest.raises(NoGraph, match="a statement is about a thing"):
        GraphStore.from_rdflib(graph)
    inner = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))
    nested = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), inner)
    with pytest.raises(QueryFailed, match=r"RDF 1\.2"):
        Triples.of([nested]).to_rdflib()


# ---- in a notebook


class Page(HTMLParser):
    """The tags, texts and addresses of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def html(value: Rows | Triples) -> str:
    """What IPython's display formatter makes of a value."""
    formatters: Any = importlib.import_module("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(value)
    assert set(data) == {"text/plain", "text/html"}
    source: str = data["text/html"]
    return source


def test_a_notebook_shows_a_table_and_says_how_many_rows_there_are() -> None:
    page = Page(html(one_column(*[literal(str(n), XSD.integer) for n in range(60)])))
    assert page.tags.count("tr") == 51
    assert "rows: 50 of 60" in page.text
    short = Page(html(one_column(None)))
    assert "rows: 1" in short.text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "a\u202eb\x1b[2J",
    "x" * 5000,
]


@given(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"])))
def test_what_a_graph_says_is_text_in_a_notebook(text: str) -> None:
    page = Page(one_column(ox.Literal(text))._repr_html_())  # pyright: ignore[reportPrivateUsage]
    assert set(page.tags) <= {"div", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.attributes <= {"style", "dir"}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", page.text)
    assert len(page.text) < 1000


@pytest.mark.parametrize(
    ("term", "address"),
    [
        (ox.NamedNode("https://a.id/é?b=c&d"), "https://a.id/é?b=c&d"),
        (literal("http://a.id/", XSD.anyURI), "http://a.id/"),
        (ox.NamedNode("javascript:alert(1)"), None),
        (ox.NamedNode("data:text/html,x"), None),
        (ox.NamedNode("https://good.id@evil.id/"), None),
        (ox.Literal("https://a.id/"), None),
    ],
)
def test_only_pages_of_the_web_are_links(term: Term, address: str | None) -> None:
    source = html(one_column(term))
    assert Page(source).addresses == ([address] if address else [])
    assert ("noopener" in source) == bool(address)


def test_it_sets_no_colour_so_that_a_dark_notebook_stays_dark() -> None:
    source = html(one_column(ox.NamedNode("https://a.id/"), ox.Literal("x")))
    assert "color" not in source
    assert "background" not in source


def test_triples_are_shown_as_rows_and_repr_is_short() -> None:
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("<b>"))
    assert "&lt;b&gt;" in html(Triples.of([triple]))
    assert repr(Triples.of([triple])) == "<Triples: 1>"
    assert repr(one_column(None, None)) == "<Rows: 2 of (x)>"


def test_a_column_as_plain_values_needs_no_library() -> None:
    rows = Rows(
        ("thing", "name", "n"),
        (
            (ox.NamedNode("urn:a"), ox.Literal("satu", language="id"), ox.Literal(1)),
            (ox.NamedNode("urn:b"), None, ox.Literal(2)),
        ),
    )
    assert rows.values("thing") == ["urn:a", "urn:b"]
    assert rows.values("name") == ["satu", None]
    assert rows.values("n") == [1, 2]
    with pytest.raises(ValueError, match="tuple"):
        rows.values("other")
