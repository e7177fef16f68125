"""The site in a real browser: nothing but the site itself is asked, keyboards suffice, and nothing evil runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from page_worlds import EVIL_NAMES, footwear, with_evil
from sites import RunningSite, running_site

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "institution": "/id/org/bpipi",
    "tie": "/id/tie/t-bpipi-founding",
    "evil tie": "/id/tie/t-evil",
    "source": "/id/doc/dialeksis-2024-groundbreaking",
    "figure": "/id/observation/o-adis-majalengka",
    "place": "/id/place/35.15",
    "search": "/search?q=bpipi",
    "questions": "/questions",
    "answer": "/questions/partners?body=bpipi",
    "ask": "/ask?q=Siapa+pendiri+BPIPI%3F",
    "terms": "/ontology",
    "missing": "/id/org/nobody",
}
DARK = frozenset(list(PAGES)[::2])
"""The pages that are checked on a dark ground; the others are on a light one."""


@dataclass
class Visit:
    """A page that is open, and what it asked of others and complained of since."""

    page: Page
    address: str
    asked_elsewhere: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def go(self, path: str) -> None:
        """Open a page of the site, and wait for its script."""
        self.page.goto(self.address.rstrip("/") + path)
        if not path.startswith("/explorer"):
            self.page.wait_for_selector("html[data-ready]", state="attached")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("footwear")
    place = with_evil(footwear(folder / "built"), folder / "evil")
    with running_site(place, workers=2) as running:
        yield running


def open_site(
    browser: Browser, server: RunningSite, *, width: int = 1280, dark: bool = False
) -> Visit:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        locale="id-ID",
        reduced_motion="reduce",
    )
    page = context.new_page()
    visit = Visit(page, server.address)
    host = urlsplit(server.address).netloc

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            visit.asked_elsewhere.append(url)

    page.on("request", lambda request: asked(request.url))
    page.on(
        "console",
        lambda message: (
            visit.complaints.append(message.text)
            if message.type in ("error", "warning") and "404" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@pytest.fixture
def visit(browser: Browser, server: RunningSite) -> Iterator[Visit]:
    """A visit in which nothing else is asked, and nothing complains, whatever a test does."""
    opened = open_site(browser, server)
    yield opened
    assert opened.asked_elsewhere == []
    assert opened.complaints == []
    assert opened.page.title() != "ran"
    opened.page.context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_asks_nobody_else_and_runs_nothing_evil(visit: Visit, path: str) -> None:
    visit.go(path)
    assert visit.page.locator("img").count() == 0
    assert visit.page.evaluate("Object.prototype.polluted") is None


@pytest.mark.parametrize("path", [*PAGES.values(), "/sparql"], ids=[*PAGES, "editor"])
def test_a_narrow_phone_does_not_scroll_sideways(
    browser: Browser, server: RunningSite, path: str
) -> None:
    opened = open_site(browser, server, width=360)
    opened.go(path)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (opened.asked_elsewhere, opened.complaints) == ([], [])
    opened.page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(
    browser: Browser, server: RunningSite, axe: str, name: str
) -> None:
    opened = open_site(browser, server, dark=name in DARK)
    opened.go(PAGES[name])
    opened.page.evaluate(axe)  # past the policy of the page, as a console is
    found = opened.page.evaluate(
        """async () => (await axe.run()).violations.map((violation) => [
          violation.impact, violation.id, violation.nodes.slice(0, 3).map((node) => node.html),
        ])"""
    )
    opened.page.context.close()
    assert [each for each in found if each[0] in ("serious", "critical")] == []


def test_the_first_thing_a_keyboard_reaches_skips_to_the_content(visit: Visit) -> None:
    visit.go("/id/org/bpipi")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"


def test_a_suggestion_is_taken_by_keyboard_alone(visit: Visit) -> None:
    visit.go("/")
    visit.page.focus("#find")
    visit.page.keyboard.type("bpip")
    options = visit.page.locator(".suggestions [role=option]")
    options.first.wait_for()
    assert visit.page.get_attribute("#find", "aria-expanded") == "true"
    assert "saran" in visit.page.locator("form[role=search] [role=status]").inner_text()
    visit.page.keyboard.press("ArrowDown")
    marked = visit.page.get_attribute("#find", "aria-activedescendant")
    assert marked == options.first.get_attribute("id")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/id/org/bpipi")


def test_escape_closes_the_suggestions_and_enter_searches(visit: Visit) -> None:
    visit.go("/")
    visit.page.fill("#find", "kementerian")
    visit.page.locator(".suggestions [role=option]").first.wait_for()
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator(".suggestions").first.is_visible()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search?q=kementerian")


def test_an_evil_name_is_suggested_as_text(visit: Visit) -> None:
    visit.go("/")
    visit.page.fill("#find", "img src")
    visit.page.locator(".suggestions [role=option]").first.wait_for()
    shown = visit.page.locator(".suggestions").inner_text()
    assert EVIL_NAMES["image"] in shown
    assert visit.page.locator("img").count() == 0


def test_a_suggestion_fills_a_field_of_a_question(visit: Visit) -> None:
    visit.go("/questions/partners")
    visit.page.fill("#field-body", "aprisindo")
    visit.page.locator(".suggestions [role=option]").first.wait_for()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    assert visit.page.input_value("#field-body") == "Asosiasi Persepatuan Indonesia"
    visit.page.click("form.asked button")
    visit.page.wait_for_url("**/questions/partners?body=Asosiasi*")
    assert "APRISINDO" in visit.page.locator(".lead").inner_text()


def test_everything_but_the_editor_works_without_scripts(
    browser: Browser, server: RunningSite
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(server.address)
    page.fill("#find", "bpipi")
    page.click("form[role=search] button")
    page.click("text=Balai Pemberdayaan Industri Persepatuan Indonesia")
    assert urlsplit(page.url).path == "/id/org/bpipi"
    page.click("a.language")
    assert page.get_attribute("html", "lang") == "en"
    page.click("nav >> text=Questions")
    assert page.get_attribute("html", "lang") == "en"
    page.goto(server.address + "sparql")
    assert page.locator("noscript p").is_visible()
    context.close()


def test_the_editor_answers_from_the_site_and_from_nowhere_else(visit: Visit) -> None:
    visit.go("/sparql")
    visit.page.wait_for_selector("html[data-editor]", state="attached")
    visit.page.click(".yasqe_queryButton >> visible=true")
    visit.page.locator(".yasr table tbody tr").first.wait_for()
    assert visit.page.locator(".yasr table tbody tr").count() == 20


def test_an_example_comes_into_the_editor_by_a_click(visit: Visit) -> None:
    visit.go("/sparql")
    visit.page.wait_for_selector("html[data-editor]", state="attached")
    visit.page.fill("#examples-filter", "mitra kerja")
    shown = visit.page.locator("#examples button >> visible=true")
    assert shown.count() == 1
    shown.click()
    text = "() => simpulEditor.getTab().getQuery()"
    assert "VALUES ?from" in visit.page.evaluate(text)
    visit.page.click(".yasqe_queryButton >> visible=true")
    visit.page.locator(".yasr table tbody tr >> visible=true").first.wait_for()


def test_classes_are_completed_from_our_ontology(visit: Visit) -> None:
    visit.go("/sparql")
    visit.page.wait_for_selector("html[data-editor]", state="attached")
    visit.page.evaluate(
        """() => {
          const editor = simpulEditor.getTab().getYasqe();
          editor.setValue("PREFIX simpul: <https://w3id.org/simpul/ontology#>\\nSELECT * { ?t a simpul:Rel");
          editor.focus();
          editor.setCursor(1, 28);
          editor.autocomplete();
        }"""
    )
    hints = visit.page.locator(".CodeMirror-hints li")
    hints.first.wait_for()
    assert "simpul:ReleaseFamily" in hints.all_inner_texts()


def test_a_link_can_carry_a_query_to_the_editor(visit: Visit) -> None:
    visit.go("/questions/partners?body=bpipi")
    visit.page.locator("details", has_text="SELECT").last.locator("summary").click()
    visit.page.click("text=Buka di halaman SPARQL")
    visit.page.wait_for_selector("html[data-editor]", state="attached")
    carried = visit.page.evaluate("() => simpulEditor.getTab().getQuery()")
    assert "<https://w3id.org/simpul/id/org/bpipi>" in carried


def test_the_map_opens_and_leads_back(visit: Visit) -> None:
    visit.go("/explorer?focus=org/bpipi")
    visit.page.wait_for_selector("#map[data-ready]")
    assert "BPIPI" in visit.page.locator("#details h2").inner_text()
    visit.page.click("a[rel=home]")
    visit.page.wait_for_selector(".hero")


def test_the_map_opens_on_a_second_visit_too(visit: Visit) -> None:
    for _ in range(2):
        visit.go("/explorer?lang=id")
        visit.page.wait_for_selector("#map[data-ready]")
        styled = "getComputedStyle(document.querySelector('#map')).position"
        assert visit.page.evaluate(styled) != "static"
        visit.go("/?lang=id")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_says_what_is_wrong_in_the_language_of_the_page(
    browser: Browser, server: RunningSite, width: int
) -> None:
    opened = open_site(browser, server, width=width)
    for language, said in (
        ("id", "Kueri tidak dapat dibaca"),
        ("en", "cannot be read"),
    ):
        opened.go(f"/sparql?lang={language}")
        opened.page.wait_for_selector("html[data-editor]", state="attached")
        opened.page.evaluate(
            """() => { simpulEditor.getTab().setQuery("SELECT * { ?a ?b"); }"""
        )
        opened.page.click(".yasqe_queryButton >> visible=true")
        refusal = opened.page.locator(".refusal")
        refusal.wait_for()
        assert said in refusal.inner_text()
        assert "17" in refusal.locator("p").inner_text()
        assert "about:blank" not in refusal.inner_text()
        wide = "e => e.scrollWidth - e.clientWidth"
        assert refusal.locator("pre").evaluate(wide) <= 0
        # What is typed there comes back on the next visit; begin anew.
        opened.page.evaluate("localStorage.clear()")
    opened.page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_button_of_the_editor_covers_the_query(
    browser: Browser, server: RunningSite, width: int
) -> None:
    opened = open_site(browser, server, width=width)
    opened.go("/sparql?lang=en")
    opened.page.wait_for_selector("html[data-editor]", state="attached")
    opened.page.evaluate(
        """() => { simpulEditor.getTab().setQuery(("# " + "long ".repeat(60) + String.fromCharCode(10)).repeat(3)); }"""
    )
    covered = """() => {
      const buttons = document.querySelector(".yasqe_buttons").getBoundingClientRect();
      const text = document.createRange();
      return [...document.querySelectorAll("pre.CodeMirror-line")].some((line) => {
        text.selectNodeContents(line);
        return [...text.getClientRects()].some((r) => r.width > 0 && r.right > buttons.left
          && r.left < buttons.right && r.top < buttons.bottom && r.bottom > buttons.top);
      });
    }"""
    assert not opened.page.evaluate(covered)
    opened.page.context.close()


def test_the_query_to_begin_with_follows_the_language_until_it_is_changed(
    visit: Visit,
) -> None:
    text = "() => simpulEditor.getTab().getQuery()"
    for language in ("id", "en"):
        visit.go(f"/sparql?lang={language}")
        visit.page.wait_for_selector("html[data-editor]", state="attached")
        assert f'"{language}"' in visit.page.evaluate(text)


def test_paper_shows_the_article_without_the_site_around_it(visit: Visit) -> None:
    visit.go("/id/tie/t-bpipi-founding")
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("header.site nav").is_visible()
    assert not visit.page.locator(".finder").is_visible()
    assert visit.page.locator("h1").is_visible()
    assert visit.page.locator(".evidence li").first.is_visible()
