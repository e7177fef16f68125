"""The interactive map of the network as a page of the site: drawn once for each graph, beside the serving."""

import asyncio
import hashlib
import logging
import os
import re
import sys
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, cast

from simpul.ontology import LANGUAGES, SimpulError
from simpul.visualizations.site import Frame, render

from .errors import Overloaded
from .map_process import UNKNOWN
from .page_frame import overview
from .site import Site

KEPT = 24
"""So many maps are kept: the whole network in each language, and those around bodies asked for last."""
AHEAD: Final = 2000
"""A network of so many ties at the most is drawn before anybody asks.

Drawing takes about a second for every hundred ties and each language: this is a third of a minute, and for a larger
network a processor would be taken from the queries for longer, perhaps for nobody.
"""
LOG = logging.getLogger("simpul.server")
_FIRST_S = 3  # the pages that a visitor opens at once go before
_CALM, _USUAL = 15, 0  # how far a process steps back behind others, as `nice` counts
_TIME_S = 120
_MOST_DRAWING, _RETRY_S = 8, 10
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_HEADER = "<header>"


_Maps = OrderedDict[tuple[str, str, str], "asyncio.Task[tuple[str, str]]"]


class NoMap(SimpulError):
    """The map could not be drawn; `is_unknown` says that the network does not hold the body asked for."""

    def __init__(self, problem: str, *, is_unknown: bool = False) -> None:
        self.is_unknown = is_unknown
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class MapPage:
    """The page of the map with a way back to the site, the policy that its own scripts need, and its tag."""

    page: str
    policy: str
    tag: str


async def map_page(site: Site, frame: Frame, focus: str | None) -> MapPage:
    """The map of the whole network or of what lies around a body.

    Raises: NoMap; Overloaded.
    """
    drawn, digest = await _map(site, frame, focus)
    back = render(frame, "back", {})
    policy = _POLICY.search(drawn)
    held = policy[1].replace("&#39;", "'") if policy else "default-src 'none'"
    tag = hashlib.sha256(f"{digest}{back}".encode()).hexdigest()[:24]
    return MapPage(
        drawn.replace(_HEADER, f"{_HEADER}\n{back}", 1),
        f"{held}; frame-ancestors 'none'",
        f'W/"{tag}"',
    )


async def draw_ahead(site: Site) -> None:
    """Draw the map of the network in each language for those who will ask for it, if the graph is not large.

    A graph that takes updates changes too often for that.
    """
    if site.settings.allow_update:
        return
    await asyncio.sleep(_FIRST_S)
    generation = site.generation
    try:
        ties = (await overview(site)).counts.get("ties", 0)
        if ties > AHEAD:
            LOG.info("the map of %d ties is drawn when it is asked for", ties)
            return
        for language in LANGUAGES:
            if site.generation is not generation:
                return
            label = generation.label
            frame = Frame(
                label.title, language, digest=generation.digest, base=label.base
            )
            await _map(site, frame, None, is_ahead=True)
    except (SimpulError, OSError) as error:
        LOG.warning("the map is not drawn yet: %s", error)


async def _map(
    site: Site, frame: Frame, focus: str | None, *, is_ahead: bool = False
) -> tuple[str, str]:
    """A map as it was drawn, and its digest."""
    kept = _maps(site)
    wanted = (site.generation.digest, frame.language, focus or "")
    task = kept.get(wanted)
    if task is None:
        if sum(not each.done() for each in kept.values()) >= _MOST_DRAWING:
            raise Overloaded(_RETRY_S)
        drawing = _ahead(site, frame) if is_ahead else _drawn(site, frame, focus)
        task = kept[wanted] = asyncio.create_task(drawing)
        while len(kept) > KEPT:
            kept.popitem(last=False)
    kept.move_to_end(wanted)
    try:
        return await asyncio.shield(task)
    except NoMap:
        kept.pop(wanted, None)  # the next request tries again
        raise


def _maps(site: Site) -> _Maps:
    made: _Maps = OrderedDict()
    return cast(_Maps, site.memory.setdefault(("pages", "maps"), made))


def _drawing(site: Site) -> asyncio.Semaphore:
    """One map is drawn at a time; the processors are for the queries."""
    key = ("pages", "drawing")
    return cast(asyncio.Semaphore, site.memory.setdefault(key, asyncio.Semaphore(1)))


async def _drawn(site: Site, frame: Frame, focus: str | None) -> tuple[str, str]:
    async with _drawing(site):
        return await _in_process(site, frame, focus, _USUAL)


async def _ahead(site: Site, frame: Frame) -> tuple[str, str]:
    # Who asks for the map around a body meanwhile does not wait for this one.
    return await _in_process(site, frame, None, _CALM)


async def _in_process(
    site: Site, frame: Frame, focus: str | None, calm: int
) -> tuple[str, str]:
    title = frame.title
    command = [
        *(sys.executable, "-m", "simpul.server.map_process", str(calm)),
        *(str(site.generation.path), frame.language, title.say("id"), title.say("en")),
        *([focus] if focus else []),
    ]
    # Whose end it sees is this process: nothing is ever written to it.
    source, ours = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=source,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(source)
    try:
        page, said = await asyncio.wait_for(process.communicate(), _TIME_S)
    except TimeoutError:
        raise NoMap(f"it took more than {_TIME_S} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(ours)
    if process.returncode:
        problem = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if process.returncode == UNKNOWN:
            raise NoMap(problem, is_unknown=True)
        LOG.warning("the map could not be drawn: %s", problem)
        raise NoMap("the map could not be drawn")
    return page.decode("utf-8"), hashlib.sha256(page).hexdigest()
