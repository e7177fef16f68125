"""What every page needs to know first: the language, what the graph says of itself, and how it is sent."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from simpul.ontology import LANGUAGES, Language, SimpulError
from simpul.queries import GraphStore, Rows, catalog
from simpul.visualizations.site import Frame, Statements

from .page_reading import named, own_query, rows_of, statements
from .site import Site

OWN = frozenset(("lang", "format"))
"""Parts of an address that are the site's, not a question's."""

_LONGEST_HEADER = 500
_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*"
)
_KIN: dict[str, Language] = {"id": "id", "ms": "id", "jv": "id", "su": "id", "en": "en"}


@dataclass(frozen=True, slots=True)
class Overview:
    """What the graph says of itself: its ecosystem, what it holds, whom it often speaks of, its youngest evidence.

    `names` can name those and `defaults`, which are the things that questions are asked about unless told otherwise, and that the graph holds.
    """

    about: Statements
    counts: Mapping[str, int]
    often: tuple[str, ...]
    names: GraphStore
    newest: str | None
    defaults: frozenset[str]


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    return cast(Site, request.app.state.site)


async def overview(site: Site) -> Overview:
    """The overview of the graph that is served, read once for each."""
    generation = site.generation
    key = ("pages", "overview", generation.digest)
    kept = site.memory.get(key)
    if kept is None:
        kept = site.memory[key] = asyncio.create_task(
            asyncio.to_thread(_overview, site)
        )
    task = cast("asyncio.Task[Overview]", kept)
    try:
        return await asyncio.shield(task)
    except SimpulError:
        site.memory.pop(key, None)  # the next request tries again
        raise


def language_of(request: Request) -> tuple[Language, bool]:
    """The language of a page, and whether the address says so; else the one the browser asks for first."""
    said = request.query_params.get("lang")
    if said in LANGUAGES:
        return said, True
    return preferred_language(request.headers.get("accept-language", "")), False


def preferred_language(header: str) -> Language:
    """The language of ours that a header Accept-Language wants most; Indonesian if it wants neither.

    >>> preferred_language("fr, en-GB;q=0.8, id;q=0.5"), preferred_language("")
    ('en', 'id')
    """
    best: tuple[float, Language] = (0.0, LANGUAGES[0])
    for part in header[:_LONGEST_HEADER].split(","):
        match = _RANGE.fullmatch(part)
        language = _KIN.get(match[1].lower()) if match else None
        weight = float(match[2] or 1) if match else 0.0
        if language and weight > best[0]:
            best = (weight, language)
    return best[1]


async def frame_of(request: Request) -> Frame:
    """The frame of the page that a request is for."""
    site = site_of(request)
    about = await overview(site)
    return bare_frame(request, about.newest)


def bare_frame(request: Request, newest: str | None = None) -> Frame:
    """The frame of a page that asks the graph nothing."""
    generation = site_of(request).generation
    language, is_chosen = language_of(request)
    query = tuple(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name != "lang"
    )
    return Frame(
        generation.label.title,
        language,
        is_chosen,
        str(request.scope["path"]),  # decoded, unlike that of the URL
        query,
        generation.digest,
        newest,
        generation.label.base,
    )


async def send_page(
    request: Request,
    make: Callable[[Frame], Awaitable[str] | str],
    *,
    headers: Mapping[str, str] | None = None,
    is_kept: bool = True,
) -> Response:
    """A page by its frame; a browser that has this very page already is told so, without making it again.

    A page that depends on more than its address and the graph is not kept.
    """
    frame = await frame_of(request)
    tag = f'W/"{frame.digest}-{frame.language}-{release()}"'
    sent = {
        "etag": tag,
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Language, Accept-Encoding",
        "content-language": frame.language,
        **(headers or {}),
    }
    if not is_kept:
        del sent["etag"]
        sent["cache-control"] = "no-store"
    elif tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=sent)
    made = make(frame)
    body = made if isinstance(made, str) else await made
    return Response(body, headers=sent, media_type="text/html")


@cache
def release() -> str:
    """A digest of the pages themselves: another release of the software makes other pages of the same graph."""
    digest = hashlib.sha256()
    root = files("simpul.visualizations").joinpath("site")
    for folder in ("templates", "words", "files"):
        for file in sorted(root.joinpath(folder).iterdir(), key=lambda file: file.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _overview(site: Site) -> Overview:
    graph = site.graph
    rows = graph.query(own_query("ecosystem"), name="ecosystem")
    told = rows.rows if isinstance(rows, Rows) else ()
    about = statements((row[1], row[2]) for row in told)
    newest = next((row[3] for row in rows), None) if isinstance(rows, Rows) else None
    counts = {
        _text(what): int(_text(count)) for what, count in rows_of(graph, "counts", {})
    }
    often = tuple(_text(row[0]) for row in rows_of(graph, "often", {}))
    defaults = {
        parameter.default.value
        for question in catalog()
        for parameter in question.parameters
        if isinstance(parameter.default, ox.NamedNode)
    }
    held = {
        _text(row[0]) for row in rows_of(graph, "details", {"thing": sorted(defaults)})
    }
    return Overview(
        about,
        counts,
        often,
        named(graph, (*often, *sorted(held))),
        _text(newest) or None,
        frozenset(held),
    )


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
