"""checking.py, headers.py and complaints.py: what is wrong is found where it is, and nothing else is."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seed_graphs import load
from simpul.graph_builder import (
    NoVersion,
    UnknownEcosystem,
    current_version,
    derive,
    find_ecosystem,
)
from simpul.ontology import BASE, LANGUAGES, SimpulError
from simpul.queries import (
    BytesExceeded,
    Finding,
    Format,
    GraphStore,
    MemoryExceeded,
    MissingExtra,
    MissingParameter,
    NameTaken,
    QueryFailed,
    Question,
    RowsExceeded,
    Severity,
    TimeExceeded,
    answer,
    catalog,
    check_query,
    complaint,
    read_question,
    save_query,
    unknown_terms,
)

QUESTIONS = [pytest.param(question, id=question.name) for question in catalog()]
SIMPUL = "PREFIX simpul: <https://w3id.org/simpul/ontology#>\n"
SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"


@cache
def graph() -> GraphStore:
    """The sample graphs together, derived anew."""
    store = load("seed-graph", "extended-example", "good-graph")
    for _ in derive(store):
        pass
    return GraphStore(store)


def codes(text: str, where: GraphStore | None = None) -> list[str]:
    return [finding.code for finding in check_query(text, "q", where)]


def only(text: str, where: GraphStore | None = None) -> Finding:
    (finding,) = check_query(text, "q", where)
    return finding


# ---- no false alarms


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_found_in_a_question_of_the_catalogue(question: Question) -> None:
    assert check_query(question.text, question.name) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_with_a_graph_there_are_notes_at_most(question: Question) -> None:
    found = check_query(question.text, question.name, graph())
    assert {finding.severity for finding in found} <= {Severity.NOTE}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "ASK { ?a a ?b . ?b a ?c }",
        "DESCRIBE <urn:x>",
        "SELECT ?x { ?x <urn:p>/<urn:q>* _:b . _:b <urn:r> [ <urn:s> ?y ] }",
        "SELECT ?x { { ?x a <urn:A> } UNION { ?x a <urn:B> } }",
        "SELECT ?x ?y { ?x a <urn:A> OPTIONAL { ?x <urn:p> ?y } FILTER(!BOUND(?y)) }",
        "SELECT ?x { ?x a <urn:A> MINUS { ?x <urn:p> ?z FILTER(?z > 1) } }",
        "SELECT ?x { ?x a <urn:A> FILTER NOT EXISTS { ?x <urn:p> ?z FILTER(?z > ?x) } }",
        "SELECT ?x (SUM(?n) AS ?all) { ?x <urn:p> ?n } GROUP BY ?x HAVING(?all > 1) ORDER BY ?all",
        "SELECT ?k (COUNT(*) AS ?n) { ?x <urn:p> ?y } GROUP BY (STR(?y) AS ?k)",
        "SELECT ?g ?x { GRAPH ?g { ?x a <urn:A> } }",
        "SELECT ?a ?b { VALUES (?a ?b) { (1 2) } }",
        "SELECT ?a { ?s <urn:p> ?o } VALUES ?a { 1 2 }",
        "SELECT ?x ?y { ?x a <urn:A> . ?y a <urn:B> FILTER(?x = ?y) }",
        "SELECT ?x ?y { ?x <urn:p> <urn:a> . <urn:b> <urn:q> ?y }",
        "SELECT ?x { ?x a <urn:A> { SELECT ?x (COUNT(?y) AS ?n) { ?x <urn:p> ?y } GROUP BY ?x } FILTER(?n > 1) }",
        "SELECT ?s { ?s ?p ?o {| <urn:by> ?who |} FILTER(?who != ?s) }",
        "CONSTRUCT { ?a <urn:p> ?b } { ?a <urn:q> ?b }",
        "CONSTRUCT WHERE { ?a <urn:q> ?b }",
        "SELECT ?x { ?x <urn:p> ?n BIND(IF(BOUND(?n), ?n, ?nothing) AS ?m) FILTER(?m > 1) }",
        "PREFIX ex: <urn:ex:>\nSELECT ?x { ?x ex:p 'a, b ; c . { ?never'@en . # ?never\n }",
        "SELECT ?role ?roles { ?role <urn:p> ?x . ?x <urn:q> ?role, ?roles }",
    ],
)
def test_nothing_is_found_in_a_sound_query(text: str) -> None:
    assert check_query(text) == []


@given(st.text(max_size=60) | st.text("{}()[]?$ab:.;,<>\"'#@ ", max_size=60))
@settings(max_examples=300)
def test_whatever_the_text_it_is_read_and_placed_within_it(text: str) -> None:
    lines = text.split("\n")
    for finding in check_query(text):
        assert 1 <= finding.line <= len(lines) + 1
        assert finding.column >= 1
        assert all(finding.message(lang) for lang in LANGUAGES)


# ---- what is found


@pytest.mark.parametrize(
    ("text", "code", "place", "near"),
    [
        ("SELECT ?x {\n  ?x a", "check-syntax", (2, 7), None),
        (
            "ASK { SERVICE <http://localhost/> { ?s ?p ?o } }",
            "check-outbound",
            (1, 7),
            None,
        ),
        ("ASK " + "{" * 70, "check-depth", (1, 69), None),
        ("ASK {\n ?s a org:Organization }", "check-prefix", (2, 7), "org:"),
        (SIMPUL + "ASK { ?s simpl:tieType ?o }", "check-prefix", (2, 10), "simpul:"),
        (
            "PREFIX schema: <http://schema.org/>\nASK { ?s schema:url ?o }",
            "check-namespace",
            (1, 16),
            None,
        ),
        (
            SIMPUL + "ASK { ?s a simpul:Tei }",
            "check-term",
            (2, 12),
            "simpul:Tie",
        ),
        (
            "ASK { ?s ?p <https://w3id.org/simpul/concept/sector/goverment> }",
            "check-code",
            (1, 13),
            "<https://w3id.org/simpul/concept/sector/government>",
        ),
        ("SELECT ?nmae { ?s ?p ?name }", "check-never-given", (1, 8), "?name"),
        (
            "SELECT ?s { ?s ?p ?value FILTER(?vlaue > 1) }",
            "check-unbound",
            (1, 33),
            "?value",
        ),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?day", "check-unbound", (1, 33), None),
        ("CONSTRUCT { ?a ?p ?c } { ?a ?p ?b }", "check-unbound", (1, 19), None),
        ("SELECT ?s { ?s ?p ?o BIND(STR(?o) AS ?text) }", "check-idle", (1, 38), None),
        (
            "SELECT ?body { ?body ?p ?x . ?boddy ?q ?x }",
            "check-once",
            (1, 30),
            "?body",
        ),
        (
            "SELECT * { ?a a <urn:A> . ?b a <urn:B> }",
            "check-product",
            (1, 27),
            None,
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(
    text: str, code: str, place: tuple[int, int], near: str | None
) -> None:
    finding = only(text)
    assert (finding.code, (finding.line, finding.column)) == (code, place)
    assert finding.near == near
    for lang in LANGUAGES:
        sentence = finding.sentence(lang, "q")
        assert sentence.startswith("q ")
        assert "{" not in sentence.replace("{" * 70, "") or code == "check-syntax"
        if near:
            assert near in sentence or "PREFIX" in sentence


def test_everything_that_is_wrong_is_found_at_once() -> None:
    text = "SELECT ?nam {\n  ?x a simpul:Tie ; foaf:name ?name ; ex:p ?y\n  FILTER(?z > 1)\n  ?y a }"
    assert codes(text) == [
        "check-prefix",
        "check-prefix",
        "check-prefix",
        "check-syntax",
    ]
    mended = text.replace("?y a }", "?y a ?z2 }")
    assert codes(mended) == [
        "check-never-given",
        "check-prefix",
        "check-prefix",
        "check-prefix",
        "check-unbound",
    ]


def test_a_known_prefix_comes_with_the_line_to_add() -> None:
    message = only("ASK { ?s skos:prefLabel ?o }").message("id")
    assert message.endswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>")


def test_a_prefix_that_is_not_declared_does_not_hide_a_slip_in_its_terms() -> None:
    text = "ASK { ?s a simpul:Tei ; simpul:tieType tt:hostng }"
    found = check_query(text)
    assert [(each.code, each.column) for each in found] == [
        ("check-prefix", 12),
        ("check-term", 12),
        ("check-prefix", 40),
        ("check-code", 40),
    ]
    assert "concept/tie-type/>" in found[2].message("en")


def test_with_a_graph_the_terms_of_others_are_looked_up_without_their_prefix() -> None:
    found = check_query("ASK { ?s skos:prefLable ?o }", graph=graph())
    assert [each.near for each in found] == ["skos:", "skos:prefLabel"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ?o\n OPTIONAL { ?o ?q ?r }", "a } is missing: the { of line 1"),
        ("SELECT * {\n ?s ?p ?o FILTER(STR(?o) = '}' }", "a ) is missing: the ( of line 2"),
        ("SELECT * { ?s simpul:p ?o\n FILTER(?o > 1 }", "a ) is missing: the ( of line 2"),
        ("SELECT * { ?s ?p ?o }\n }", "this } closes nothing"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is an update, and updates are refused"),
        ("BASE <urn:b>\ninsert data { <a> <b> <c> }", "INSERT is an update"),
    ],
)  # fmt: skip
def test_what_is_missing_or_refused_is_said_plainly(text: str, said: str) -> None:
    found = [each for each in check_query(text) if each.code == "check-syntax"]
    assert [said in each.message("en") for each in found] == [True]
    assert found[0].message("id") != found[0].message("en")


def test_only_misspelt_terms_explain_an_empty_answer() -> None:
    text = SIMPUL + "SELECT * { ?s simpul:tieTyp ?o ; simpul:siteWithin ?x }"
    assert [each.near for each in unknown_terms(text, graph())] == ["simpul:tieType"]


def test_a_query_is_not_run_to_be_checked() -> None:
    many = " ".join(map(str, range(1000)))
    values = " ".join(f"VALUES ?v{place} {{ {many} }}" for place in range(4))
    assert codes(f"SELECT (COUNT(*) AS ?n) {{ {values} }} ORDER BY ?n") == []


def test_with_a_graph_terms_that_it_lacks_are_found() -> None:
    slip = only(SKOS + "ASK { ?s skos:prefLable ?o }", graph())
    assert (slip.code, slip.severity, slip.near) == (
        "check-absent",
        Severity.WARNING,
        "skos:prefLabel",
    )
    other = only(SKOS + "ASK { ?s skos:historyNote ?o }", graph())
    assert (other.code, other.severity) == ("check-absent", Severity.NOTE)
    body = "<https://w3id.org/simpul/id/org/bpip>"
    thing = only(f"ASK {{ ?s ?p {body} }}", graph())
    assert thing.near == "<https://w3id.org/simpul/id/org/bpipi>"
    assert codes(SKOS + "ASK { ?s skos:prefLable ?o }") == []


def test_datatypes_functions_and_names_of_graphs_are_no_terms_of_the_graph() -> None:
    text = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nPREFIX edtf: <http://id.loc.gov/datatypes/edtf/>\n"
        'ASK { GRAPH <urn:none> { ?s ?p "1985"^^edtf:EDTF } FILTER(xsd:integer(?p) = 1) }'
    )
    assert codes(text, graph()) == []


# ---- headers

HEADER = """\
#+ title.id: Judul
#+ title.en: Title
#+ asks.id: Siapa di {body}?
#+ asks.en: Who is at {body}?
#+ given: ?body IRI of org (BPIPI), the body
#+ gives: ?who IRI
#+ order: ?who
BASE <https://w3id.org/simpul/id/>
SELECT ?who { VALUES ?body { <org/bpipi> } ?who <http://www.w3.org/ns/org#memberOf> ?body } ORDER BY ?who
"""


def test_a_header_that_fits_is_sound() -> None:
    assert check_query(HEADER) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("#+ title.en", "#+ tittle.en", "check-header-key", 2),
        ("#+ asks.en: Who", "#+ Asks: Who", "check-header-line", 4),
        ("{body}?\n#+ given", "{boddy}?\n#+ given", "check-header-slot", 4),
        ("{body}?\n#+ given", "{body?\n#+ given", "check-header", 4),
        ("?body IRI of org", "?boddy IRI of org", "check-header", 5),
        ("?body IRI of org", "?body IRI off org", "check-header", 5),
        ("gives: ?who", "gives: ?whom", "check-header-columns", 6),
        ("} ORDER BY ?who", "}", "check-header-order", 7),
    ],
)
def test_a_header_that_does_not_fit_is_found_at_its_line(
    old: str, new: str, code: str, line: int
) -> None:
    assert HEADER.count(old) == 1
    found = check_query(HEADER.replace(old, new))
    assert (code, line) in [(finding.code, finding.line) for finding in found]
    assert all(finding.message("id") for finding in found)


def test_a_text_without_a_header_needs_none() -> None:
    assert codes("SELECT * { ?s ?p ?o }") == []


# ---- errors in both languages


def errors(folder: Path) -> list[SimpulError]:
    """One error of each sort that a person can run into, and some more of those with two endings."""

    def attempts() -> list[object]:
        given = read_question("SELECT ?x { VALUES ?x { } }", "given")
        return [
            lambda: catalog().find("partnrs"),
            lambda: catalog().find("xyzzy"),
            lambda: Format.named("docx"),
            lambda: Format.named("markdwn"),
            lambda: answer(graph(), given),
            lambda: answer(graph(), "partners", {"boddy": "bpipi"}),
            lambda: answer(graph(), "partners", {"zzz": "bpipi"}),
            lambda: answer(graph(), "corroborated-ties", {"zzz": "bpipi"}),
            lambda: answer(graph(), "partners", {"body": "bpip"}),
            lambda: answer(graph(), "partners", {"body": "zzzzzz"}),
            lambda: answer(graph(), "partners", {"from": "yesterday"}),
            lambda: answer(graph(), "claims-held-on", {"day": "2024"}),
            lambda: answer(graph(), "ties-of-type", {"type": "zzzzzz"}),
            lambda: answer(graph(), "partners", {"language": "fr"}),
            lambda: answer(graph(), "partners", {"body": ""}),
            lambda: answer(graph(), "bridges", {"at_least": "many"}),
            lambda: answer(GraphStore.from_quads([]), "partners"),
            lambda: graph().query("SELECT * {"),
            lambda: graph().query("SELECT * { } }"),
            lambda: graph().query("CLEAR ALL"),
            lambda: graph().query("SELECT * WHERE"),
            lambda: graph().query("LOAD <http://localhost/>"),
            lambda: graph().query("ASK " + "{" * 70),
            lambda: GraphStore.open(folder),
            lambda: current_version(folder),
            lambda: find_ecosystem("footwaer"),
            lambda: find_ecosystem("zzz"),
            lambda: save_query("ASK {}", "founders", folder),
            lambda: save_query("ASK {}", "../x", folder),
        ]

    found: list[SimpulError] = [
        TimeExceeded("q", 2.5),
        MemoryExceeded("q", 10**6),
        RowsExceeded("q", 1000),
        BytesExceeded("q", 1000),
        MissingExtra("pandas", "pandas"),
        NameTaken("q", folder / "q.rq", is_shipped=False),
    ]
    for attempt in attempts():
        assert callable(attempt)
        with pytest.raises(SimpulError) as raised:
            attempt()
        found.append(raised.value)
    return found


def test_errors_say_the_same_in_english_and_something_else_in_indonesian(
    tmp_path: Path,
) -> None:
    for error in errors(tmp_path):
        assert complaint(error, "en") == str(error)
        assert complaint(error, "id") != str(error)


def test_an_undeclared_prefix_is_said_without_what_the_engine_expected() -> None:
    with pytest.raises(SimpulError) as raised:
        graph().query("ASK { ?s a foo:x }")
    assert "awalan foo: belum dinyatakan" in complaint(raised.value, "id")
    assert "engine" not in complaint(raised.value, "en")


def test_an_error_without_a_sentence_stays_as_it_is() -> None:
    error = QueryFailed("q", "the engine gave up")
    assert complaint(error, "id") == str(error)


def test_a_default_of_another_graph_is_told_with_keys_of_this_one() -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"{BASE}id/{key}"), ox.NamedNode("urn:p"), ox.Literal("x"))
        for key in ("tie/t-bpipi-founding", "tie/t-other", "org/bpipi")
    ]
    with pytest.raises(MissingParameter) as raised:
        answer(GraphStore.from_quads(quads), "evidence-of-tie")
    assert raised.value.examples == ("t-bpipi-founding", "t-other")
    for lang in LANGUAGES:
        assert "t-bpipi-founding, t-other" in complaint(raised.value, lang)


def test_the_kinds_of_missing_versions_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NoVersion) as raised:
        current_version(tmp_path)
    assert "belum ada versi" in complaint(raised.value, "id")
    (tmp_path / "versions").mkdir()
    (tmp_path / "current").write_text("what", "utf-8")
    with pytest.raises(NoVersion) as damaged:
        current_version(tmp_path)
    assert complaint(damaged.value, "id") == str(damaged.value)
    assert isinstance(UnknownEcosystem("x", ["seed"]), SimpulError)
