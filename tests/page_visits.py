"""A page of the network, written to a file and opened as an attachment would be: no network, no server."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from simpul.analysis import Names, Network, Timelines
from simpul.visualizations import write_view

TITLE = Names("Peta <b>uji</b>", "Test <b>map</b>")


@dataclass
class Visit:
    """A page that is open, and what it asked for and complained of since."""

    page: Page
    requests: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def fits(self, selector: str, text: str) -> bool:
        """Whether this text comes to stand in what the selector names."""
        self.page.locator(selector, has_text=text).first.wait_for(timeout=5000)
        return True

    def at(self, body: str) -> tuple[float, float]:
        """Where a body stands on the screen."""
        x, y = self.page.evaluate(
            """(id) => {
              const at = simpul.network.canvasToDOM(simpul.network.getPositions([id])[id]);
              const box = document.getElementById("map").getBoundingClientRect();
              return [box.left + at.x, box.top + at.y];
            }""",
            body,
        )
        return float(x), float(y)


def open_page(
    browser: Browser,
    folder: Path,
    network: Network,
    *,
    width: int = 1300,
    dark: bool = False,
    focus: str | None = None,
    timelines: Timelines | None = None,
    at: str = "",
) -> Visit:
    """Write a page, open it as an attachment would be, and wait until it is drawn."""
    path = folder / "map.html"
    write_view(
        network,
        path,
        lang="id",
        seed=5,
        title=TITLE,
        focus=focus,
        timelines=timelines,
    )
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        offline=True,
    )
    visit = Visit(context.new_page())
    address = path.as_uri()
    visit.page.on(
        "request",
        lambda request: (
            visit.requests.append(request.url)
            if not request.url.startswith(address)
            else None
        ),
    )
    visit.page.on(
        "console",
        lambda message: (
            visit.complaints.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.goto(address + at)
    visit.page.wait_for_selector("#map[data-ready]")
    return visit
