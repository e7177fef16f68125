"""The page in a real browser, opened from a file, with no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from networks import hostile_world, network_of
from page_visits import Visit, open_page
from simpul.analysis import Network

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def hostile(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """The hostile world, open; whatever a test does, the page stays silent and whole."""
    visit = open_page(browser, tmp_path, hostile_world())
    yield visit
    assert visit.requests == []
    assert visit.complaints == []
    assert visit.page.title() != "ran"
    visit.page.context.close()


def test_names_that_are_markup_are_shown_as_text(hostile: Visit) -> None:
    hostile.page.click("[data-tool=to-language]")
    assert hostile.fits("#table", "<img src=x onerror=")
    assert hostile.page.locator("img").count() == 0
    assert hostile.page.locator("#title").inner_text() == "Test <b>map</b>"


def test_a_handler_put_in_by_force_does_not_run(hostile: Visit) -> None:
    hostile.page.evaluate(
        """() => {
          const forced = document.createElement("div");
          forced.innerHTML = '<button id="forced" onclick="document.title=\\'ran\\'">x</button>';
          document.body.append(forced);
          document.getElementById("forced").click();
        }"""
    )
    hostile.page.wait_for_timeout(100)
    assert hostile.page.title() != "ran"
    assert any("Content Security Policy" in text for text in hostile.complaints)
    hostile.complaints.clear()


def test_a_script_address_is_no_link(hostile: Visit) -> None:
    hostile.page.click("tr[data-tie=kerja-sama-1] button")
    assert hostile.fits("#details", "Bantahan")
    addresses = hostile.page.eval_on_selector_all(
        "#details a", "links => links.map(link => link.href)"
    )
    assert addresses == ["https://example.org/berita-1", "https://example.org/berita-2"]


def test_all_parallel_ties_are_drawn_apart(hostile: Visit) -> None:
    drawn = hostile.page.evaluate(
        """() => Object.values(simpul.network.body.edges).map((edge) => [
          edge.options.smooth.enabled && edge.options.smooth.type, edge.options.hidden,
        ])"""
    )
    assert len(drawn) == 3
    assert [hidden for _, hidden in drawn] == [False, False, False]
    assert len({str(kind) for kind, _ in drawn}) == 3


def test_lines_tell_planned_contested_and_negative_apart(hostile: Visit) -> None:
    styles = hostile.page.evaluate(
        """() => Object.values(simpul.network.body.edges).map((edge) => [
          String(edge.options.dashes), edge.options.color.color, edge.options.arrows.to.type,
        ])"""
    )
    assert len({dashes for dashes, _, _ in styles}) == 3
    assert [kind for _, _, kind in styles] == ["arrow", "arrow", "bar"]
    assert styles[0][1] != styles[2][1]


def test_a_click_on_a_body_shows_its_ties_with_their_weight(hostile: Visit) -> None:
    hostile.page.mouse.click(*hostile.at("org/pabrik"))
    assert hostile.fits("#details h2", "Pabrik")
    assert hostile.page.locator("#details .tie").count() == 3
    assert hostile.fits(
        "#details .tie summary", "2 artikel, 1 asal, 1 artikel membantah"
    )


def test_a_click_on_a_line_shows_its_evidence(hostile: Visit) -> None:
    ends = [hostile.at(body) for body in ("org/dinas", "org/pabrik")]
    hostile.page.mouse.click(*(sum(axis) / 2 for axis in zip(*ends, strict=True)))
    assert hostile.fits("#details .evidence", "Penerbit kerja-sama-2")
    shown = hostile.page.locator("#details").inner_text()
    for fact in (
        "2024-09-11",
        "mendukung",
        "partner (id)",
        "planned (id)",
        "medium (id)",
    ):
        assert fact in shown
    assert hostile.page.locator("#details .tie").count() == 3


def test_evidence_against_is_told_from_evidence_for(hostile: Visit) -> None:
    hostile.page.click("tr[data-tie=kerja-sama-1] button")
    assert hostile.fits(".evidence .disputes", "membantah Bantahan")
    assert hostile.page.locator(".evidence li.supports").count() == 2
    assert hostile.fits(".evidence", "salinan dari satu asal: Siaran pers")


def test_the_search_finds_a_former_name_by_keyboard_alone(hostile: Visit) -> None:
    hostile.page.keyboard.press("/")
    hostile.page.keyboard.type("nama lama e")
    assert hostile.fits("#hits [role=option]", "Pabrik")
    hostile.page.keyboard.press("ArrowDown")
    assert hostile.page.get_attribute("#search", "aria-activedescendant") == "hit-0"
    hostile.page.keyboard.press("Enter")
    assert hostile.fits("#details h2", "Pabrik")
    assert hostile.page.evaluate("document.activeElement.id") == "map"


def test_the_search_says_so_when_nothing_fits(hostile: Visit) -> None:
    hostile.page.fill("#search", "zzz")
    assert hostile.fits("#hits", "Tidak ada yang cocok")
    hostile.page.keyboard.press("Enter")
    assert hostile.page.evaluate("simpul.state.body") is None


def test_arrow_keys_walk_between_partners_and_escape_lets_go(hostile: Visit) -> None:
    hostile.page.focus("#map")
    hostile.page.keyboard.press("ArrowDown")
    assert hostile.page.evaluate("simpul.state.body") == "org/dinas"
    hostile.page.keyboard.press("ArrowRight")
    assert hostile.page.evaluate("simpul.state.body") == "org/pabrik"
    hostile.page.keyboard.press("Escape")
    assert hostile.page.evaluate("simpul.state.body") is None


def test_the_language_switch_changes_names_and_words(hostile: Visit) -> None:
    assert hostile.page.get_attribute("html", "lang") == "id"
    hostile.page.click("[data-tool=to-language]")
    assert hostile.page.get_attribute("html", "lang") == "en"
    assert hostile.fits("#legend-title", "Legend and filters")
    assert hostile.fits("#table", "Factory")
    assert hostile.fits("#legend", "industry")


def test_a_sector_that_is_switched_off_takes_its_bodies_and_lines_away(
    hostile: Visit,
) -> None:
    box = hostile.page.locator("#legend input[data-filter=families][value=industry]")
    box.uncheck()
    assert hostile.fits("#count", "0 dari 3 pihak, 0 dari 3 ikatan")
    hidden = (
        "() => Object.values(simpul.network.body.edges).every((e) => e.options.hidden)"
    )
    assert hostile.page.evaluate(hidden)
    assert hostile.page.locator("#table tbody tr").count() == 0
    box.check()
    assert hostile.fits("#count", "3 dari 3 pihak, 3 dari 3 ikatan")


def test_a_standing_that_is_switched_off_leaves_the_others(hostile: Visit) -> None:
    hostile.page.uncheck("#legend input[data-filter=looks][value=planned]")
    keys = hostile.page.eval_on_selector_all(
        "#table tbody tr", "rows => rows.map(row => row.dataset.tie)"
    )
    assert keys == ["kerja-sama-1", "konflik-1"]


def test_the_table_holds_every_tie_and_opens_it(hostile: Visit) -> None:
    assert hostile.page.locator("#table tbody tr").count() == 3
    hostile.page.focus("tr[data-tie=konflik-1] button")
    hostile.page.keyboard.press("Enter")
    assert hostile.fits("#details .tie.negative summary", "ikatan bernada negatif")


def test_light_and_dark_differ_and_can_be_switched(hostile: Visit) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    light = hostile.page.evaluate(colour)
    hostile.page.click("[data-tool=dark]")
    assert hostile.page.evaluate(colour) != light
    assert hostile.page.get_attribute("[data-tool=dark]", "aria-pressed") == "true"


def test_the_picture_can_be_saved(hostile: Visit) -> None:
    with hostile.page.expect_download() as download:
        hostile.page.click("#save summary")
        hostile.page.click("[data-save=png]")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_shows_the_page_without_scrolling_sideways(
    browser: Browser, tmp_path: Path, dark: bool
) -> None:
    visit = open_page(browser, tmp_path, hostile_world(), width=400, dark=dark)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 400
    assert not visit.page.locator("#legend").is_visible()
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    assert box["width"] == 400
    assert box["y"] + box["height"] <= 800
    assert (visit.requests, visit.complaints) == ([], [])
    visit.page.context.close()


def test_a_focus_opens_on_its_body_and_says_that_it_is_a_part(
    browser: Browser, tmp_path: Path
) -> None:
    visit = open_page(browser, tmp_path, hostile_world(), focus="pabrik")
    assert visit.fits("#details h2", "Pabrik")
    assert visit.fits("#part", "Bagian di sekitar Pabrik")
    assert visit.complaints == []
    visit.page.context.close()


def test_an_empty_network_says_so(browser: Browser, tmp_path: Path) -> None:
    visit = open_page(browser, tmp_path, Network((), (), ()))
    assert visit.fits("#empty", "tidak berisi lembaga")
    assert (visit.requests, visit.complaints) == ([], [])
    visit.page.context.close()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2024-09-11", "2024-09-11"),
        ("2024~", "sekitar 2024"),
        ("2003?", "2003 (tidak pasti)"),
        ("2003%", "sekitar 2003 (tidak pasti)"),
        ("../2021-03", "paling lambat 2021-03"),
        ("/2024-09-11", "paling lambat 2024-09-11"),
        ("2024/..", "paling awal 2024"),
        ("2021-03/2022-10~", "antara 2021-03 dan sekitar 2022-10"),
        ("198X", "198X"),
    ],
)
def test_dates_are_put_in_words(hostile: Visit, written: str, words: str) -> None:
    assert hostile.page.evaluate("(date) => simpul.dateWords(date)", written) == words


def test_names_on_a_crowded_map_do_not_cover_each_other(
    browser: Browser, tmp_path: Path
) -> None:
    """Sixty bodies round one hub; every name that was drawn, as the canvas got it."""
    crowd = network_of([("pusat", f"lembaga-{number:02}") for number in range(60)])
    visit = open_page(browser, tmp_path, crowd)
    boxes = visit.page.evaluate(
        """() => {
          const boxes = [];
          const proto = CanvasRenderingContext2D.prototype;
          const fill = proto.fillText;
          proto.fillText = function (text, x, y) {
            const half = this.measureText(text).width / 2;
            const high = parseFloat(this.font.match(/([\\d.]+)px/)[1]);
            boxes.push([x - half, y, x + half, y + high]);
            return fill.call(this, text, x, y);
          };
          simpul.network.redraw();
          proto.fillText = fill;
          return boxes;
        }"""
    )
    assert len(boxes) > 20
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                left >= other[2]
                or other[0] >= right
                or top >= other[3]
                or other[1] >= bottom
            )
            assert apart
    visit.page.context.close()
