"""The tour of the shipped story, and the page inside a notebook, in a real browser without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from simpul.analysis import Network, read_network
from simpul.graph_builder import build_ecosystem
from simpul.queries import GraphStore
from simpul.visualizations import NetworkView, read_story, view_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Network:
    built = build_ecosystem("seed", tmp_path_factory.mktemp("seed"))
    return read_network(GraphStore.open(built.path))


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def opened(browser: Browser, path: Path, end: str = "") -> tuple[Page, list[str]]:
    """A page opened from its file without a network, and what it complains of."""
    page = browser.new_context(
        viewport={"width": 1300, "height": 900}, offline=True, reduced_motion="reduce"
    ).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type == "error" else None
        ),
    )
    page.goto(path.as_uri() + end)
    return page, complaints


def test_the_tour_of_the_shipped_story_shows_each_step_in_turn(
    browser: Browser, seed: Network, tmp_path: Path
) -> None:
    story = read_story("seed", seed)
    path = tmp_path / "tour.html"
    path.write_text(
        view_page(seed, lang="id", seed=1, title="Tur", story=story), "utf-8"
    )
    page, complaints = opened(browser, path)
    for number, step in enumerate(story.steps, start=1):
        page.wait_for_selector(f"#story >> text={number} dari {len(story.steps)}")
        assert page.inner_text("#story h2") == step.title.id
        assert page.inner_text("#story .story-text") == step.text.id
        if "tie" in step.state:
            names = {p.party_name.id for t in seed.ties if t.key == step.state["tie"] for p in t.participants}  # fmt: skip
            shown = page.inner_text("#details")
            assert all(name in shown for name in names)
        if number < len(story.steps):
            page.click("[data-story=next]")
    assert page.locator("[data-story=next]").count() == 0
    page.click("[data-tool=to-language]")
    assert page.inner_text("#story h2") == story.steps[-1].title.en
    page.click("[data-story=finish]")
    assert page.inner_text("#story button") == "Start the tour"
    assert complaints == []


def test_the_page_runs_in_the_frame_of_a_notebook(
    browser: Browser, seed: Network, tmp_path: Path
) -> None:
    view = NetworkView(view_page(seed, lang="en", seed=1, title='A "title" & more'))
    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><p id=own>ours</p>{view._repr_html_()}",  # pyright: ignore[reportPrivateUsage]
        "utf-8",
    )
    page, complaints = opened(browser, path)
    frame = page.frame_locator("iframe")
    frame.locator("#map[data-ready]").wait_for()
    assert frame.locator("#title").inner_text() == 'A "title" & more'
    frame.locator("#search").fill("bpipi")
    frame.locator("#search").press("Enter")
    assert "BPIPI" in frame.locator("#details").inner_text()
    assert complaints == []
