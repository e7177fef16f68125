"""What it costs to open a large network and to move about in it, beside stock pyvis.

    PYTHONPATH=tests python benchmarks/views.py [--sizes 1000,10000,50000] [--wait 60]

Each page opens in a Chromium of its own without a network. Its cost is the processor time (user and
system) of the browser's whole process tree until the first useful picture; then the map is dragged.
Prints the table of `views.md`.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# pyvis has no types.

import argparse
import tempfile
import time
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import psutil
from playwright.sync_api import Error, Page, sync_playwright
from pyvis.network import Network as PyvisNetwork  # type: ignore[import-untyped]

from chromium import find_chromium
from large_networks import large_network
from simpul.analysis import Network
from simpul.visualizations import place_bodies, view_page

FRAMES = 12
READY = "#map[data-ready=true], #mynetwork[data-ready=true]"
SETTLED = (
    "network.once('{event}', () => requestAnimationFrame(() => {{"
    " container.dataset.ready = 'true'; }}));"
)
# With physics, stock pyvis hides its map behind a bar until they have settled.


def stock(network: Network, *, physics: bool) -> str:
    """The page that pyvis writes by itself, with its copy of vis-network inside so that it opens offline."""
    drawing = PyvisNetwork(cdn_resources="in_line", directed=False)
    places = place_bodies(network, seed=1) if not physics else {}
    drawing.nodes = [
        {
            "id": body.iri,
            "label": body.name.say("en"),
            "shape": "dot",
            "color": "#97c2fc",
            **({"x": places[body.iri][0], "y": places[body.iri][1]} if places else {}),
        }
        for body in network.bodies
    ]
    # Set at once: its own add_edge looks at all edges for each new one.
    drawing.edges = [{"from": link.source, "to": link.target} for link in network.links]
    drawing.toggle_physics(physics)
    page: str = drawing.generate_html()
    event = "stabilizationIterationsDone" if physics else "afterDrawing"
    start = "network = new vis.Network(container, data, options);"
    return page.replace(start, start + SETTLED.format(event=event))


def seconds(process: psutil.Process) -> float:
    """The processor time of a process and of all that it has started."""
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            spent = each.cpu_times()
            total += spent.user + spent.system
    return total


def drag(page: Page) -> None:
    """Drag the map by its corner, where no body stands, a little at a time."""
    page.mouse.move(400, 180)
    page.mouse.down()
    for step in range(FRAMES):
        page.mouse.move(400 + 8 * step, 180 + 5 * step)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
    page.mouse.up()


def measure(file: Path, wait: float) -> tuple[str, str, str]:
    """Processor seconds to the first useful picture, wall seconds, and processor ms for a frame of a drag."""
    with sync_playwright() as playwright:
        before = set(psutil.Process().children(recursive=True))
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
        )
        started = [
            each
            for each in psutil.Process().children(recursive=True)
            if each not in before
        ]
        root = min(started, key=lambda each: each.create_time())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.route("http*://**", lambda route: route.abort())
        page.set_default_timeout(wait * 1000)
        begun, spent = time.monotonic(), seconds(root)
        try:
            page.goto(file.as_uri(), wait_until="commit")
            page.wait_for_selector(READY)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
        except Error:
            cost = seconds(root) - spent
            with suppress(Error):
                browser.close()
            return f"> {cost:.1f}", f"> {time.monotonic() - begun:.0f}", "-"
        opened, wall = seconds(root) - spent, time.monotonic() - begun
        spent = seconds(root)
        try:
            drag(page)
            pan = f"{(seconds(root) - spent) * 1000 / FRAMES:.0f}"
        except Error:
            pan = "-"
        with suppress(Error):
            browser.close()
    return f"{opened:.1f}", f"{wall:.1f}", pan


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument(
        "--wait", type=float, default=60, help="seconds for a page to open"
    )
    asked = parser.parse_args()
    own = sum(
        len(files("simpul.visualizations").joinpath("assets", name).read_bytes())
        for name in ("sigma.min.js", "graphology.umd.min.js")
    )
    print(f"sigma and graphology: {own / 1000:.0f} KB\n")
    print(
        "| bodies | page | writing, CPU s | MB | first picture, CPU s | wall s | drag, CPU ms a frame |"
    )
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, asked.sizes.split(",")):
            network = large_network(size, 3 * size, seed=1)
            spent = time.process_time()
            place_bodies(network, seed=1)
            print(
                f"| {size} | layout alone | {time.process_time() - spent:.1f} | | | | |",
                flush=True,
            )
            for kind in ("ours", "pyvis, no physics", "pyvis"):
                spent = time.process_time()
                text = (
                    view_page(network, lang="en", seed=1, title="Large")
                    if kind == "ours"
                    else stock(network, physics=kind == "pyvis")
                )
                spent = time.process_time() - spent
                file = Path(folder) / "page.html"
                file.write_text(text, encoding="utf-8", newline="\n")
                cells = measure(file, asked.wait)
                megabytes = len(text.encode()) / 1e6
                print(
                    f"| {size} | {kind} | {spent:.1f} | {megabytes:.2f} | {' | '.join(cells)} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
