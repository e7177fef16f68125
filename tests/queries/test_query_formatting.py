"""formatting.py and folding.py: tidied queries are the same queries, and tables keep keys whole."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.ontology import BASE
from simpul.queries import (
    Format,
    GraphStore,
    Kind,
    Question,
    Rows,
    catalog,
    read_question,
    tidy,
    tokens,
    write,
)

PIECES = st.sampled_from(
    [
        *"{}[]().;,*?<>=!|/^&@:#\\\"'",
        "{|",
        "|}",
        "<<",
        ">>",
        "<<(",
        ")>>",
        "?x",
        "$y",
        "a",
        "ex:a.b",
        "ex:a\\-b",
        "_:b1",
        "<urn:a#b>",
        "<?x>",
        "5",
        "5.",
        "1.5",
        "1.e5",
        ".5",
        "-7",
        '"text"',
        "'''long\n  text'''",
        '"""a "quoted" #text"""',
        "@id-ID",
        "^^xsd:date",
        "# a comment",
        "#+ title: x",
        "SELECT",
        "select",
        "WHERE",
        "PREFIX ex: <urn:ex:>",
        "BASE <urn:b>",
        "OPTIONAL",
        "FILTER",
        "VALUES",
        "UNION",
        "ORDER BY",
        "GROUP BY",
        "GROUP_CONCAT",
        "NOT EXISTS",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n\n",
        "\r\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
WHOLE = {
    "long": "PREFIX a: <urn:a>PREFIX b:<urn:b>select distinct ?x(count(?y)as ?n)where{?x a:p ?y;a:q ?z,?w.optional{?x a ?k filter(?k!=a:x)}{?x a:r 5.}union{?x a:s 1.e5 .?q ?r ?t}values(?x ?y){(1 2)(3 undef)}}group by ?x order by ?x",
    "comments": "#+ title.en: x\n#+   more\n\nASK { # here\n\n\n ?s ?p 1.5 # there\n . ?s ?q 'a#b' }# end",
    "annotation": "SELECT * { ?s ?p ?o {| <urn:by> ?who |} . <<( ?s ?p ?o )>> ?q ?r }",
    "template": 'CONSTRUCT{?s ?p [a ?c]}{?s ?p (1 2 "three"@en),?o;^<urn:q>/!(a|^<urn:r>)* ?z filter(?o<?z&&?z>-5)}',
    "nested": 'SELECT ?x { { SELECT ?x (GROUP_CONCAT(?y; separator=", ") AS ?all) { ?x ?p ?y FILTER NOT EXISTS { ?y a ?t . ?t a ?u . ?u a ?very_long_name_of_a_variable } } GROUP BY ?x HAVING(COUNT(?y) > 2) } }',
    "exists": "ASK { ?s ?p ?o FILTER(EXISTS { ?s a ?k . ?k a ?m . ?m a ?n } && ?o > 1) }",
}


def told(text: str) -> list[str]:
    """The tokens and comments of a text, without what may stand between them."""
    return [
        token.text.rstrip() if token.kind is Kind.COMMENT else token.text
        for token in tokens(text)
        if token.kind is not Kind.SPACE
    ]


@cache
def seed() -> GraphStore:
    graphs = Path(__file__).parent.parent / "data" / "graphs"
    return GraphStore.from_files(graphs / "seed-graph.trig")


def parses(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    return True


@given(TEXTS)
@settings(max_examples=400)
def test_only_blanks_change_whatever_the_text(text: str) -> None:
    assert told(tidy(text)) == told(text)


@given(TEXTS)
@settings(max_examples=400)
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once


@given(TEXTS)
@settings(max_examples=400)
def test_the_engine_reads_both_or_neither(text: str) -> None:
    assert parses(tidy(text)) == parses(text)


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_whole_queries_stay_the_same_queries(text: str) -> None:
    tidied = tidy(text)
    assert parses(text)
    assert parses(tidied)
    assert told(tidied) == told(text)
    assert tidy(tidied) == tidied
    assert not any(line.endswith(" ") for line in tidied.splitlines())


def test_a_query_on_one_line_is_laid_out_by_its_braces() -> None:
    assert tidy(WHOLE["long"]).splitlines() == [
        "PREFIX a: <urn:a>",
        "PREFIX b: <urn:b>",
        "select distinct ?x (count(?y) as ?n) where {",
        "  ?x a:p ?y ; a:q ?z, ?w .",
        "  optional { ?x a ?k filter(?k!=a:x) }",
        "  { ?x a:r 5. } union { ?x a:s 1.e5 . ?q ?r ?t }",
        "  values(?x ?y) { (1 2) (3 undef) }",
        "}",
        "group by ?x order by ?x",
    ]


def test_comments_and_the_header_stay_where_they_are() -> None:
    assert tidy(WHOLE["comments"]).splitlines() == [
        "#+ title.en: x",
        "#+   more",
        "",
        "ASK { # here",
        "",
        "  ?s ?p 1.5 # there",
        "  .",
        "  ?s ?q 'a#b'",
        "} # end",
    ]


@pytest.mark.parametrize("question", [pytest.param(q, id=q.name) for q in catalog()])
def test_a_tidied_question_of_the_catalogue_answers_the_same(
    question: Question,
) -> None:
    tidied = tidy(question.text)
    assert told(tidied) == told(question.text)
    assert seed().query(tidied) == seed().query(question.text)
    assert read_question(tidied, "x").titles == question.titles


# ---- tables


def table(width: int, *rows: tuple[str, ...]) -> list[str]:
    names = tuple(f"c{place}" for place in range(len(rows[0])))
    cells = tuple(tuple(map(ox.Literal, row)) for row in rows)
    return write(Rows(names, cells), Format.TABLE, width=width).decode().splitlines()


def test_a_key_stays_whole_beside_a_long_text() -> None:
    key, text = "tie/t-kemenkop-visit-garut-2024", "kata " * 60
    lines = table(100, (key, "pasokan", "diperselisihkan", text))
    assert any(line.split()[0] == key for line in lines if line.split())
    assert max(map(len, lines)) <= 100


def test_a_key_that_does_not_fit_is_folded_after_a_mark() -> None:
    lines = table(40, ("t-kemenkop-visit-garut-2024", "t-bpipi-matchmaking-2023"))
    cells = [line.split() for line in lines[2:]]
    assert "".join(cell[0] for cell in cells) == "t-kemenkop-visit-garut-2024"
    assert all(cell[0].endswith(("-", "2024")) for cell in cells)


@given(
    st.lists(
        st.tuples(*[st.text("ab-/ x字", min_size=1, max_size=40)] * 3),
        min_size=1,
        max_size=4,
    ),
    st.integers(30, 120),
)
def test_nothing_is_cut_off_and_no_line_is_too_wide(
    rows: list[tuple[str, ...]], width: int
) -> None:
    lines = table(width, *rows)
    shown = sorted("".join(lines[2:]).replace(" ", ""))
    assert shown == sorted("".join("".join(row) for row in rows).replace(" ", ""))
    assert all(len(line) + line.count("字") <= width for line in lines)


def test_names_of_things_are_as_short_as_before() -> None:
    rows = Rows(("body",), ((ox.NamedNode(BASE + "id/org/bpipi"),),))
    assert write(rows, Format.TABLE, width=80).decode().split() == [
        "body",
        "─────────",
        "org/bpipi",
    ]
