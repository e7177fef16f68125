"""The page answers SPARQL by itself: no network, a strict policy, and a query can be ended."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from networks import hostile_world
from simpul.analysis import Names
from simpul.ontology import BASE
from simpul.queries import GraphStore, catalog
from simpul.visualizations import Console, Example, as_nquads, write_view

pytestmark = pytest.mark.browser

_A, _B, _SAYS = f"<{BASE}id/org/dinas>", f"<{BASE}id/org/pabrik>", f"<{BASE}says>"
EVIL = "=1+1</script><img src=x onerror=document.title='ran'>"
GRAPH = as_nquads(
    [
        f"{_A} {_SAYS} {_B} <{BASE}graph/one>",
        f'{_A} {_SAYS} "{EVIL}" <{BASE}graph/one>',
        *(f'{_B} {_SAYS} "{n}" <{BASE}graph/two>' for n in range(1_500)),
    ]
)
EXAMPLES = tuple(
    Example(
        Names(question.title("id"), question.title("en")),
        Names(question.text, question.text),
    )
    for question in catalog()
)


@pytest.fixture(scope="module")
def page(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("console") / "map.html"
    write_view(
        hostile_world(),
        path,
        lang="en",
        seed=1,
        title="Console",
        console=Console(GRAPH, EXAMPLES),
    )
    asked: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.goto(path.as_uri())
        page.wait_for_selector("#map[data-ready]")
        page.click("#console-title")
        yield page
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert complaints == []


def ask(page: Page, query: str) -> str:
    """Run a query to its end; what the console says of it."""
    page.fill("#console-text", query)
    page.click("#console-run")
    page.wait_for_selector("#console-run:enabled")
    return page.inner_text("#console-said")


def test_rows_are_those_that_the_library_gives(page: Page) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    assert ask(page, query).startswith("Rows: 2")
    shown = page.locator("#console-answer tbody td").all_inner_texts()
    found = GraphStore.from_text(GRAPH.decode("utf-8")).query(query)
    assert not isinstance(found, bool)
    assert shown == [f"{BASE}graph/one", "2", f"{BASE}graph/two", "1500"]
    assert len(found) == 2


def test_the_default_graph_is_the_union_of_all(page: Page) -> None:
    ask(page, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert page.inner_text("#console-answer tbody") == "1502"


def test_a_term_that_is_markup_is_shown_as_text(page: Page) -> None:
    ask(page, f"SELECT ?o WHERE {{ {_A} ?p ?o FILTER(isLiteral(?o)) }}")
    assert page.inner_text("#console-answer td") == EVIL
    assert page.title() == "Console"


def test_a_body_of_the_map_is_selected_from_an_answer(page: Page) -> None:
    ask(page, f"SELECT ?o WHERE {{ {_A} {_SAYS} ?o FILTER(isIRI(?o)) }}")
    page.click("#console-answer .console-body")
    assert "Factory" in page.inner_text("#details")


def test_yes_and_no_and_statements_are_answers_too(page: Page) -> None:
    ask(page, f"ASK {{ {_A} {_SAYS} {_B} }}")
    assert page.inner_text("#console-answer") == "Yes"
    ask(page, f"CONSTRUCT WHERE {{ {_A} {_SAYS} {_B} }}")
    assert _B in page.inner_text("#console-answer")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC ?s", "error at 1:"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ervice"),
        ("LOAD <http://127.0.0.1:9/>", "error at 1:"),
    ],
)
def test_what_cannot_be_answered_is_said(page: Page, query: str, said: str) -> None:
    assert said in ask(page, query)
    assert page.inner_text("#console-answer") == ""


def test_a_query_can_be_ended_and_the_next_one_runs(page: Page) -> None:
    page.fill(
        "#console-text",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    )
    page.click("#console-run")
    page.click("#console-stop")
    page.wait_for_selector("#console-run:enabled")
    assert page.inner_text("#console-said") == "Stopped."
    assert ask(page, "ASK { ?s ?p ?o }").startswith("Done")


def test_the_csv_holds_every_row_and_no_formula(page: Page) -> None:
    said = ask(page, f"SELECT ?o WHERE {{ ?s {_SAYS} ?o FILTER(isLiteral(?o)) }}")
    assert "Rows: 1501" in said
    assert "first 1000" in said
    with page.expect_download() as download:
        page.click("#console-csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = [row[0] for row in csv.reader(io.StringIO(text))]
    assert len(rows) == 1_502
    assert f"'{EVIL}" in rows


def test_every_question_of_the_catalogue_is_an_example_that_runs(page: Page) -> None:
    said: dict[str, str] = {}
    for place, question in enumerate(catalog()):
        page.select_option("#console-example", str(place))
        page.click("#console-run")
        page.wait_for_selector("#console-run:enabled")
        said[question.name] = page.inner_text("#console-said")
    assert {
        name: text for name, text in said.items() if not text.startswith("Rows")
    } == {}


def test_axe_finds_nothing_serious_in_the_console(page: Page, axe: str) -> None:
    ask(page, "SELECT * WHERE { ?s ?p ?o } LIMIT 3")
    page.evaluate(axe)  # past the policy of the page, as the tools of a browser are
    found = page.evaluate(
        """async () => (await axe.run("#console")).violations
          .filter((each) => ["serious", "critical"].includes(each.impact))
          .map((each) => [each.id, each.nodes.map((node) => node.html).slice(0, 3)])"""
    )
    assert found == []


def test_the_link_in_the_header_opens_the_console(page: Page) -> None:
    page.click("#console-title")
    assert not page.is_visible("#console-text")
    page.click("#to-console")
    assert page.locator("#console-text:focus").is_visible()


def test_the_page_without_a_console_has_neither_engine_nor_leave_to_run_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "map.html"
    write_view(hostile_world(), path, lang="en", seed=1, title="Plain")
    text = path.read_text(encoding="utf-8")
    assert "wasm" not in text
    assert "worker-src" not in text
    assert "console-engine" not in text
