"""The map of a large network in a real browser: drawn by WebGL, with groups first where bodies are too many."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from large_networks import large_network
from networks import hostile_world
from simpul.visualizations import view_page

pytestmark = pytest.mark.browser
CROWD = 10_050


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(chromium: str, driver: Playwright) -> Iterator[Browser]:
    started = driver.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
    )
    yield started
    started.close()


@pytest.fixture(scope="module")
def crowd() -> str:
    """The page of more bodies than can be told apart."""
    made = large_network(CROWD, CROWD, seed=1)
    return view_page(made, lang="en", seed=1, title="A crowd")


@pytest.fixture(scope="module")
def few() -> str:
    """A page that is small, and drawn by WebGL all the same."""
    return view_page(
        large_network(60, 120, seed=1), lang="en", seed=1, title="Few", renderer="sigma"
    )


def opened(browser: Browser, folder: Path, text: str) -> Iterator[Page]:
    """The page, open from a file; it makes no request and no complaint."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8", newline="\n")
    page = browser.new_context(offline=True).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on(
        "console",
        lambda said: problems.append(said.text) if said.type == "error" else None,
    )
    page.on(
        "request",
        lambda sent: problems.append(sent.url) if sent.url.startswith("http") else None,
    )
    page.goto(file.as_uri())
    page.wait_for_selector("#map[data-ready=true]")
    yield page
    assert problems == []
    page.context.close()


@pytest.fixture
def few_open(browser: Browser, tmp_path: Path, few: str) -> Iterator[Page]:
    yield from opened(browser, tmp_path, few)


@pytest.fixture
def crowd_open(browser: Browser, tmp_path: Path, crowd: str) -> Iterator[Page]:
    yield from opened(browser, tmp_path, crowd)


def drawn(page: Page) -> int:
    """How many dots the map holds."""
    return int(page.evaluate("simpul.sigma.getGraph().order"))


def test_a_crowd_is_shown_as_groups_and_a_group_opens_and_closes(
    crowd_open: Page,
) -> None:
    page = crowd_open
    groups = drawn(page)
    assert 5 < groups < 400
    page.evaluate("simpul.openGroup(0)")
    members = page.evaluate("simpul.data.groups.filter((each) => each === 0).length")
    assert drawn(page) == members
    page.click("#all-groups")
    assert drawn(page) == groups


def test_a_press_on_a_group_opens_it(crowd_open: Page) -> None:
    spot = crowd_open.evaluate(
        """() => {
          const { sigma } = simpul;
          const found = sigma.graphToViewport(sigma.getGraph().getNodeAttributes("group 0"));
          const box = document.getElementById("map").getBoundingClientRect();
          return [box.x + found.x, box.y + found.y];
        }"""
    )
    crowd_open.mouse.move(*spot)
    crowd_open.mouse.click(*spot)
    crowd_open.wait_for_selector("#all-groups:not([hidden])")


def test_a_body_selected_in_a_crowd_is_drawn_with_its_partners(
    crowd_open: Page,
) -> None:
    page = crowd_open
    page.evaluate("simpul.selectBody('org/000003'); simpul.showBody('org/000003')")
    assert page.evaluate(
        """[...simpul.partnersOf('org/000003'), 'org/000003']
          .every((id) => simpul.sigma.getGraph().hasNode(id))"""
    )


def test_the_page_names_a_group_for_each_body_and_most_ties_stay_in_one(
    crowd: str,
) -> None:
    block = crowd.partition('id="data">')[2].partition("</script>")[0]
    groups = json.loads(block)["groups"]
    assert len(groups) == CROWD
    made = large_network(CROWD, CROWD, seed=1)
    group_of = dict(zip((body.iri for body in made.bodies), groups, strict=True))
    within = [group_of[link.source] == group_of[link.target] for link in made.links]
    assert sum(within) > 0.6 * len(within)


def test_filters_and_selection_reach_the_map(few_open: Page) -> None:
    page = few_open
    assert drawn(page) == 60
    hidden = """() => simpul.sigma.getGraph().nodes()
      .filter((id) => simpul.sigma.getNodeDisplayData(id).hidden).length"""
    assert page.evaluate(hidden) == 0
    page.uncheck("#legend input[data-filter=families] >> nth=0")
    assert page.evaluate(hidden) > 0
    page.evaluate("simpul.selectBody('org/000001')")
    assert page.evaluate(
        "simpul.sigma.getNodeDisplayData('org/000001').forceLabel === true"
    )


def test_a_dragged_body_stays_where_it_was_put(few_open: Page) -> None:
    page = few_open
    box = page.locator("#map").bounding_box()
    assert box is not None
    spot = page.evaluate(
        """() => {
          const { x, y } = simpul.sigma.getGraph().getNodeAttributes("org/000000");
          return simpul.sigma.graphToViewport({ x, y });
        }"""
    )
    x, y = box["x"] + spot["x"], box["y"] + spot["y"]
    before = page.evaluate("simpul.placeOf('org/000000')")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    page.mouse.up()
    after = page.evaluate("simpul.placeOf('org/000000')")
    assert (after["x"], after["y"]) != (before["x"], before["y"])
    assert page.evaluate("simpul.state.pins.has('org/000000')")


def test_the_map_can_be_kept_as_a_picture(few_open: Page) -> None:
    with few_open.expect_download() as saved:
        few_open.evaluate("simpul.savePicture()")
    assert saved.value.suggested_filename.endswith(".png")


def test_names_that_are_markup_run_nothing_in_webgl_either(
    browser: Browser, tmp_path: Path
) -> None:
    text = view_page(hostile_world(), lang="en", seed=1, title="Test", renderer="sigma")
    for page in opened(browser, tmp_path, text):
        assert page.title() != "ran"
        assert page.locator("img").count() == 0


def test_without_webgl_the_page_says_so_and_keeps_its_table(
    chromium: str, driver: Playwright, tmp_path: Path, few: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(few, encoding="utf-8", newline="\n")
    blind = driver.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"],
    )
    page = blind.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("#map[data-ready=true]")
    assert "WebGL" in page.locator("#map-note").inner_text()
    assert page.locator("#table tbody tr").count() > 0
    page.evaluate("simpul.selectBody('org/000000')")
    blind.close()
