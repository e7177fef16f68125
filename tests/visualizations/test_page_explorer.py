"""The explorer in a real browser: finding, narrowing, time, ways, undo, the address, and files to take along."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, sync_playwright

from networks import SCRIPT, body, code, evidence, network, tie
from page_visits import Visit, open_page
from simpul.analysis import Names, Network, Stance, TimedAspect, TimedFact, Timelines

pytestmark = pytest.mark.browser

FORMULA = "=HYPERLINK(1)"
AWKWARD = {
    "tutup": SCRIPT,
    "baris": "satu\u2028dua\u2029tiga",
    "balik": "PT \u202egnilaM\u202c",
    "panjang": "A" * 10_000,
    "__proto__": "__proto__",
    "constructor": "constructor",
    "kutip": "\"'><b onclick=alert(1)>`${1}`",
    "rumus": FORMULA,
    "kosong": " ",
    "nol": "a\u0001b\ud83d\ude00",
}


def world() -> tuple[Network, Timelines]:
    """A chain balai - dinas - asosiasi - pabrik, a pair apart, and the history of the first."""
    balai = body(
        "balai",
        name=Names("Balai Pemberdayaan Industri", "Industry Empowerment Centre"),
        acronym="BPI",
        other_names=("Pusat Layanan",),
    )
    dinas, asosiasi, pabrik, jauh, sana = (
        body(key) for key in ("dinas", "asosiasi", "pabrik", "jauh", "sana")
    )
    garut = Names("Garut", "Garut")
    made = [
        tie("t-1", [balai, dinas], start="2004", end="2010", place=garut),
        tie("t-2", [dinas, asosiasi], occurred="2018-05-01"),
        tie(
            "t-3",
            [asosiasi, pabrik],
            type=code("tie-type", "supply"),
            evidence=(
                evidence("d-1", Stance.SUPPORTS),
                evidence("d-2", Stance.DISPUTES),
            ),
        ),
        tie("t-4", [jauh, sana], start="2020"),
    ]

    def fact(aspect: TimedAspect, value: str, **changes: Any) -> TimedFact:
        made = TimedFact(
            claim=f"https://example.org/{value}",
            body=balai.iri,
            aspect=aspect,
            value=Names(value, value),
            status="accepted",
        )
        return replace(made, **changes)

    history = (
        fact(TimedAspect.NAME, "Pusat Layanan", start="2003", end="2009"),
        fact(TimedAspect.NAME, "Balai Baru", start="2010"),
        fact(
            TimedAspect.POST,
            "Sari",
            of=Names("Kepala", "Head"),
            start="2003",
            end="2008",
        ),
        fact(TimedAspect.SITE, "Gedung Lama", start="2003"),
        fact(
            TimedAspect.FIGURE, "13000", of=Names("Peserta", "Pupils"), occurred="2007"
        ),
    )
    bodies = [balai, dinas, asosiasi, pabrik, jauh, sana]
    return network(bodies, made), {balai.iri: history}


def awkward() -> Network:
    """Bodies whose names and keys try to break out, in one tie each with the first."""
    bodies = [body(key, name=Names(name, name)) for key, name in AWKWARD.items()]
    hub = body("hub")
    ties = [
        tie(f"t-{number}", [hub, each], claim=Names(each.name.id, ""))
        for number, each in enumerate(bodies)
    ]
    return network([hub, *bodies], ties)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def opened(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    drawn, history = world()
    visit = open_page(
        browser, tmp_path_factory.mktemp("explorer"), drawn, timelines=history
    )
    yield visit
    visit.page.context.close()


@pytest.fixture
def explorer(opened: Visit) -> Iterator[Visit]:
    """The page as it first was; whatever a test does, it stays silent."""
    opened.page.evaluate("simpul.restore({language: 'id', theme: 'light'})")
    yield opened
    assert opened.requests == []
    assert opened.complaints == []


def shown(visit: Visit) -> set[str]:
    """The keys of the bodies that are shown."""
    ids = visit.page.evaluate("simpul.shownBodies().map((body) => body.id)")
    return {each.removeprefix("org/") for each in ids}


def ties_shown(visit: Visit) -> list[str]:
    keys = visit.page.eval_on_selector_all(
        "#table tbody tr", "rows => rows.map(row => row.dataset.tie)"
    )
    return [str(key) for key in keys]


def until(visit: Visit, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the waiting that Playwright would put into it."""
    for _ in range(100):
        if visit.page.evaluate(condition):
            return
        visit.page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


def saved(visit: Visit, choice: str) -> str:
    """The text of a file that the page hands over."""
    with visit.page.expect_download() as download:
        visit.page.click("#save summary")
        visit.page.click(f"[data-save={choice}]")
    return download.value.path().read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize(
    "asked",
    ["BPI", "pemberdayan", "Pusat Layana", "balai industri", "emporwerment"],
    ids=["acronym", "a letter short", "former name", "two words", "letters turned"],
)
def test_the_search_finds_what_was_meant(explorer: Visit, asked: str) -> None:
    explorer.page.fill("#search", asked)
    assert explorer.fits("#hits [role=option] >> nth=0", "Balai Pemberdayaan")
    explorer.page.fill("#search", "")


def test_the_search_brings_back_a_body_that_was_put_away(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.set({hidden: new Set(['org/balai'])})")
    explorer.page.fill("#search", "BPI")
    explorer.page.keyboard.press("Enter")
    assert "balai" in shown(explorer)
    assert explorer.fits("#details h2", "Balai Pemberdayaan")


def test_a_filter_counts_what_would_come_back(explorer: Visit) -> None:
    explorer.page.click("[data-facet=types] summary")
    box = explorer.page.locator("input[data-filter=types][value='tie-type/supply']")
    box.uncheck()
    assert ties_shown(explorer) == ["t-1", "t-2", "t-4"]
    count = box.locator("xpath=..").locator(".count")
    assert count.inner_text() == "1"
    assert explorer.fits("[data-facet=types] .some", "1/2")
    head = explorer.page.locator("input[data-layer]")
    assert head.evaluate("box => box.indeterminate")
    head.check()
    assert len(ties_shown(explorer)) == 4


@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [
        ("places", "place/Garut", ["t-2", "t-3", "t-4"]),
        ("publishers", "publisher/Penerbit d-1", ["t-1", "t-2", "t-3", "t-4"]),
        ("origins", "doc/t-4", ["t-1", "t-2", "t-3"]),
    ],
)
def test_ties_are_told_apart_by_place_publisher_and_origin(
    explorer: Visit, facet: str, value: str, left: list[str]
) -> None:
    if not explorer.page.locator(f"[data-facet={facet}][open]").count():
        explorer.page.click(f"[data-facet={facet}] summary")
    explorer.page.uncheck(f'input[data-filter={facet}][value="{value}"]')
    assert ties_shown(explorer) == left


def test_a_page_without_ties_left_says_so_and_can_be_reset(explorer: Visit) -> None:
    explorer.page.click("[data-all=looks-none]")
    assert explorer.fits("#empty", "Tidak ada ikatan yang lolos saringan")
    assert ties_shown(explorer) == []
    explorer.page.click("#reset")
    assert explorer.page.locator("#empty").is_hidden()
    assert len(ties_shown(explorer)) == 4


def test_a_day_changes_ties_names_and_holders(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.set({asOf: '2007-06-30'}, 'time')")
    until(explorer, "document.querySelectorAll('#table tbody tr').length === 2")
    assert ties_shown(explorer) == ["t-1", "t-3"]  # t-3 has no date
    explorer.page.click("#undated")
    until(explorer, "document.querySelectorAll('#table tbody tr').length === 1")
    explorer.page.evaluate("simpul.selectBody('org/balai')")
    assert explorer.fits("#details h2", "Pusat Layanan")
    assert explorer.fits("#details", "kini Balai Pemberdayaan Industri")
    marked = explorer.page.locator("#details li.now").all_text_contents()
    assert any("Sari" in text for text in marked)
    assert any("Gedung Lama" in text for text in marked)
    assert not any("Balai Baru" in text for text in marked)


def test_the_years_before_a_day_can_count_too(explorer: Visit) -> None:
    look = (
        "([day, years]) => simpul.restore({asOf: day, window: years, undated: false})"
    )
    explorer.page.evaluate(look, ["2019-06-30", 0])
    assert ties_shown(explorer) == []
    explorer.page.evaluate(look, ["2019-06-30", 3])
    assert ties_shown(explorer) == ["t-2"]


def test_time_moves_by_keyboard_and_plays(explorer: Visit) -> None:
    explorer.page.focus("#as-of")
    explorer.page.keyboard.press("ArrowLeft")
    day = explorer.page.evaluate("simpul.state.asOf")
    assert day
    assert explorer.page.get_attribute("#as-of", "aria-valuetext") != "semua masa"
    explorer.page.evaluate("simpul.set({asOf: '2005-01-31'}, 'time')")
    explorer.page.focus("#play")
    explorer.page.keyboard.press("Space")
    until(explorer, "simpul.state.asOf > '2005-02'")
    explorer.page.keyboard.press("Space")
    assert not explorer.page.evaluate("simpul.playing()")
    explorer.page.click("#always")
    assert explorer.page.evaluate("simpul.state.asOf") is None


def test_a_focus_shows_one_step_then_two(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.selectBody('org/balai')")
    explorer.page.click("[data-act=around]")
    assert shown(explorer) == {"balai", "dinas"}
    explorer.page.click("[data-steps='2']")
    assert shown(explorer) == {"balai", "dinas", "asosiasi"}
    assert ties_shown(explorer) == ["t-1", "t-2"]
    explorer.page.click("[data-clear=focus]")
    assert len(shown(explorer)) == 6


def test_the_way_between_two_bodies_is_the_shortest(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.selectBody('org/balai')")
    explorer.page.click("[data-act=path-from]")
    explorer.page.keyboard.type("pabrik")
    explorer.page.keyboard.press("Enter")
    assert explorer.fits("#scope", "3 langkah: BPI → Lembaga dinas")
    hidden = explorer.page.evaluate(
        "Object.values(simpul.network.body.edges).map((edge) => edge.options.hidden)"
    )
    assert sorted(hidden) == [False, False, False, True]
    explorer.page.evaluate("simpul.set({path: ['org/balai', 'org/sana']})")
    assert explorer.fits("#scope", "Tidak ada jalur antara")
    explorer.page.click("[data-clear=path]")
    assert explorer.page.locator("#scope").is_hidden()


def test_what_was_put_away_comes_back_by_undo_and_goes_by_redo(
    explorer: Visit,
) -> None:
    explorer.page.evaluate("simpul.selectBody('org/jauh')")
    explorer.page.click("[data-act=hide]")
    assert "jauh" not in shown(explorer)
    assert explorer.fits("#scope", "1 lembaga disembunyikan")
    explorer.page.keyboard.press("Control+z")
    assert "jauh" in shown(explorer)
    explorer.page.click("[data-tool=redo]")
    assert "jauh" not in shown(explorer)


def test_a_dragged_body_stays_where_it_was_put(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.fitMap()")
    before = explorer.at("org/pabrik")
    explorer.page.mouse.move(*before)
    explorer.page.mouse.down()
    explorer.page.mouse.move(before[0] - 30, before[1] - 25, steps=4)
    explorer.page.mouse.up()
    pinned = explorer.page.evaluate("simpul.snapshot().pins")
    assert list(pinned) == ["org/pabrik"]
    place = explorer.page.evaluate("simpul.placeOf('org/pabrik')")
    assert pinned["org/pabrik"] == pytest.approx([place["x"], place["y"]], abs=1)
    explorer.page.keyboard.press("Control+z")
    assert "pins" not in explorer.page.evaluate("simpul.snapshot()")


STATE = {
    "language": "en",
    "theme": "dark",
    "body": "org/dinas",
    "focus": "org/dinas",
    "steps": 2,
    "asOf": "2019-02-28",
    "window": 5,
    "undated": False,
    "path": ["org/dinas", "org/pabrik"],
    "hidden": ["org/jauh"],
    "pins": {"org/balai": [12, -7]},
    "off": {"types": ["tie-type/supply"]},
}


def test_the_address_holds_the_whole_state(explorer: Visit) -> None:
    round_trip = """(state) => {
      simpul.restore(state);
      const hash = simpul.toHash(simpul.snapshot());
      simpul.restore({});
      simpul.restore(simpul.fromHash(hash));
      return simpul.snapshot();
    }"""
    assert explorer.page.evaluate(round_trip, STATE) == STATE


@pytest.mark.parametrize(
    "hash_",
    [
        "#b=org/nobody&f=__proto__&t=constructor",
        '#x={"__proto__":["a"],"families":"industry","no-filter":[1]}',
        '#m={"org/balai":["1e999",null],"__proto__":[1,2]}',
        "#d=2020-99-99&n=9&w=-1&l=fr&th=<b>",
        '#p=["org/balai"]&h={"a":1}',
        "#x=%7B%22looks%22",
        f"#b={SCRIPT}",
        "#" + "b=a&" * 30_000,
        "#%%%",
    ],
)
def test_a_hostile_address_changes_nothing(explorer: Visit, hash_: str) -> None:
    state = "JSON.stringify((({language, theme, ...rest}) => rest)(simpul.snapshot()))"
    plain = explorer.page.evaluate(state)
    explorer.page.evaluate("(hash) => simpul.restore(simpul.fromHash(hash))", hash_)
    assert explorer.page.evaluate(state) == plain
    assert explorer.page.evaluate("({}).families === undefined")


def test_a_view_opens_from_its_address(browser: Browser, tmp_path: Path) -> None:
    drawn, history = world()
    at = "#l=en&f=org/balai&b=org/balai"
    visit = open_page(browser, tmp_path, drawn, timelines=history, at=at)
    assert shown(visit) == {"balai", "dinas"}
    assert visit.fits("[data-tool=whole]", "Whole map")
    visit.page.evaluate("location.hash = '#l=en&b=org/sana'")
    until(visit, "simpul.state.body === 'org/sana'")
    assert len(shown(visit)) == 6
    assert visit.complaints == []
    visit.page.context.close()


def test_a_tie_card_puts_the_dissent_first_and_gives_the_reason(
    explorer: Visit,
) -> None:
    explorer.page.evaluate("simpul.selectTie(simpul.tieNumbers.get('t-3'))")
    stances = explorer.page.locator("#details .evidence > li").all_inner_texts()
    assert "membantah" in stances[0]
    assert "mendukung" in stances[1]
    assert explorer.fits("#details", "1 artikel mendukung, 1 artikel membantah")
    assert explorer.fits("#details a.outside", "↗")


def test_a_hover_tells_direction_role_and_how_many_lie_beside(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.hintLine(simpul.lines[0], 50, 50)")
    said = explorer.page.locator("#hint").inner_text()
    assert "bekerja sama dengan" in said
    assert "partner (id)" in said
    explorer.page.evaluate("simpul.hintNothing()")


def test_a_table_sorts_up_and_down(explorer: Visit) -> None:
    head = explorer.page.locator("#table [data-sort=time]")
    head.click()
    assert ties_shown(explorer) == ["t-3", "t-1", "t-2", "t-4"]
    explorer.page.keyboard.press("Enter")
    assert ties_shown(explorer) == ["t-4", "t-2", "t-1", "t-3"]
    cell = explorer.page.locator(
        "#table th", has=explorer.page.locator("[data-sort=time]")
    )
    assert cell.get_attribute("aria-sort") == "descending"
    assert explorer.page.locator("#body-table tbody tr").count() == 6


def test_the_graphml_holds_what_is_shown(explorer: Visit) -> None:
    explorer.page.evaluate("simpul.set({hidden: new Set(['org/jauh'])})")
    graph = nx.parse_graphml(saved(explorer, "graphml"), force_multigraph=True)
    assert set(graph) == {f"org/{key}" for key in shown(explorer)}
    assert graph.number_of_edges() == 3
    assert graph.nodes["org/balai"]["acronym"] == "BPI"
    assert {data["origins"] for *_, data in graph.edges(data=True)} == {1}


def test_the_svg_holds_every_body_and_line_shown(explorer: Visit) -> None:
    root = ET.fromstring(saved(explorer, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    dots = [each for each in root.iter() if each.find(f"{space}title") is not None]
    assert len(dots) - 1 == 6  # the picture has a title itself
    lines = [each for each in root.iter(f"{space}path") if each.get("fill") == "none"]
    assert len(lines) == 4
    assert any("BPI" in (each.text or "") for each in root.iter(f"{space}text"))


@pytest.fixture(scope="module")
def hard(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """The page of names that try to break out."""
    visit = open_page(browser, tmp_path_factory.mktemp("hard"), awkward())
    yield visit
    assert visit.requests == []
    assert visit.complaints == []
    assert visit.page.title() != "ran"
    visit.page.context.close()


def test_awkward_names_are_all_there_and_none_runs(hard: Visit) -> None:
    assert len(shown(hard)) == len(AWKWARD) + 1
    for key in AWKWARD:
        hard.page.evaluate("(id) => simpul.selectBody(id)", f"org/{key}")
        assert hard.page.evaluate("simpul.state.body") == f"org/{key}"
        assert hard.page.locator("#details .tie").count() == 1
    assert hard.page.evaluate("document.documentElement.scrollWidth") <= 1300


def test_awkward_names_come_out_of_every_file_as_they_went_in(hard: Visit) -> None:
    graph = nx.parse_graphml(saved(hard, "graphml"), force_multigraph=True)
    assert graph.nodes["org/tutup"]["name"] == SCRIPT
    assert graph.nodes["org/nol"]["name"] == "a\ufffdb\ud83d\ude00".encode(
        "utf-16", "surrogatepass"
    ).decode("utf-16")
    ET.fromstring(saved(hard, "svg"))
    rows = list(csv.reader(io.StringIO(saved(hard, "csv-bodies"))))
    names = {row[0] for row in rows}
    assert f"'{FORMULA}" in names
    assert FORMULA not in names
    assert SCRIPT in names


@pytest.mark.parametrize("count", [0, 1], ids=["no body", "one body"])
def test_a_page_of_next_to_nothing_works(
    browser: Browser, tmp_path: Path, count: int
) -> None:
    alone = network([body(f"b-{number}") for number in range(count)], [])
    visit = open_page(browser, tmp_path, alone)
    visit.page.click("[data-tool=whole]")
    ET.fromstring(saved(visit, "svg"))
    nx.parse_graphml(saved(visit, "graphml"))
    visit.page.focus("#map")
    for key in ("ArrowDown", "1", "Delete", "0", "Control+z"):
        visit.page.keyboard.press(key)
    assert visit.page.locator("#slider").is_hidden()
    assert (visit.requests, visit.complaints) == ([], [])
    visit.page.context.close()


@pytest.mark.parametrize(
    ("width", "dark"), [(1300, False), (390, True)], ids=["desk", "phone in the dark"]
)
def test_axe_finds_nothing_serious_in_the_explorer(
    browser: Browser, tmp_path: Path, axe: str, width: int, dark: bool
) -> None:
    drawn, history = world()
    at = "#b=org/balai&f=org/balai&d=2007-06-30"
    visit = open_page(
        browser, tmp_path, drawn, width=width, dark=dark, timelines=history, at=at
    )
    visit.page.evaluate(axe)  # past the policy of the page, as a console is
    found = visit.page.evaluate(
        """async () => (await axe.run()).violations
          .filter((each) => ["serious", "critical"].includes(each.impact))
          .map((each) => [each.id, each.nodes.map((node) => node.html).slice(0, 3)])"""
    )
    assert found == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.page.context.close()


def test_print_drops_the_controls_and_keeps_map_card_and_tables(
    explorer: Visit,
) -> None:
    explorer.page.evaluate("simpul.selectBody('org/balai')")
    explorer.page.emulate_media(media="print")
    for part, visible in (
        ("#tools", False),
        ("#slider", False),
        ("#map", True),
        ("#details h2", True),
        ("#table table", True),
    ):
        assert explorer.page.locator(part).is_visible() is visible, part
    explorer.page.emulate_media(media="screen")
