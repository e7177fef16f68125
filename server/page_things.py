"""The page of a thing, and its description as RDF.

The page of a thing has the path of its IRI, and so have its descriptions as RDF. Which of them is sent is agreed
by the Accept header, or said by an ending such as `.ttl`. The answer comes at once, with status 200 and a
Content-Location that names the form sent, rather than by way of a redirection (303): the IRI of a thing is as a
rule the address of another host, which redirects here already, and one more round trip would tell nobody more.
That the thing is not its page is said by a Link header with the relation `describes`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from simpul.ontology import BASE
from simpul.queries.lookup import Match
from simpul.visualizations.site import (
    Frame,
    Hit,
    local_path,
    remarked,
    render,
    thing_page,
)

from .cache import Answer
from .description import written_as
from .negotiation import HTML, TRIPLES, Offer, chosen
from .page_frame import bare_frame, frame_of, send_page, site_of
from .page_reading import read_description, read_thing

FORMS: Final = {
    offer.suffix: offer for offer in (HTML, *TRIPLES) if "-" not in offer.suffix
}
"""The forms of a description by their ending."""
LINKED: Final = ("ttl", "jsonld", "nt", "rdf")
"""The forms that a page links to."""
LONGEST: Final = 500
"""Characters of a search or question that are looked at."""


async def thing(request: Request) -> Response:
    """The page of a thing, or its description as RDF."""
    path: str = request.path_params["path"]
    start = str(request.scope["path"]).split("/")[1]
    key, ending = _split(path)
    if ending:
        offer: Offer | None = FORMS[ending]
    else:
        offer = chosen(request.headers.get("accept"), (HTML, *TRIPLES))
    if offer is None:
        names = ", ".join(each.media_type for each in (HTML, *TRIPLES))
        raise HTTPException(406, f"a thing is described as {names}")
    iris = _iris(request, start, key)
    if offer is HTML:
        return await _thing_page(request, iris, start, key)
    return await _description(request, iris, start, key, offer)


async def _thing_page(
    request: Request, iris: list[str], start: str, key: str
) -> Response:
    site = site_of(request)
    address = f"/{start}/{quote(key)}"
    forms = {form: f"{address}.{form}" for form in LINKED}

    async def make(frame: Frame) -> str:
        known = (
            *("pages", frame.digest, frame.path),
            *(frame.language, frame.is_chosen),
        )
        if not frame.query and (kept := site.cache.get(known)):
            return kept.body.decode("utf-8")
        for iri in iris:
            rows = await asyncio.to_thread(
                read_thing, site.graph, iri, frame.language, frame.base
            )
            if rows is not None:
                made = await asyncio.to_thread(thing_page, frame, rows, forms)
                if not frame.query and frame.digest == site.generation.digest:
                    site.cache.put(known, Answer([], made.encode("utf-8")))
                return made
        raise _NoThing(f"{start}/{key}".removeprefix("id/"))

    language = bare_frame(request).language
    headers = {
        "content-location": f"{address}.html?lang={language}",
        "link": _links(iris[0], forms),
    }
    try:
        return await send_page(request, make, headers=headers)
    except _NoThing as missing:
        return await not_found(request, missing.key)


async def _description(
    request: Request, iris: list[str], start: str, key: str, offer: Offer
) -> Response:
    site = site_of(request)
    form = offer.suffix.partition("-")[0]
    address = f"/{start}/{quote(key)}"
    tag = f'W/"{site.generation.digest}-{form}"'
    headers = {
        "etag": tag,
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Encoding",
        "content-location": f"{address}.{form}",
        "link": _links(iris[0], {}),
        "content-type": offer.header,
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    for iri in iris:
        triples = await asyncio.to_thread(read_description, site.graph, iri)
        if len(triples):
            return Response(written_as(list(triples), offer), headers=headers)
    raise HTTPException(404, f"this graph holds nothing about {iris[0]}")


class _NoThing(Exception):
    """The graph says nothing of what was asked for."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


async def not_found(request: Request, key: str) -> Response:
    """A page that says that the graph has nothing of this key, and what is called alike."""
    frame = await frame_of(request)
    site = site_of(request)
    last = key.rpartition("/")[2].replace("-", " ").replace(".", " ")
    found = site.generation.names.find(last[:LONGEST], limit=8, language=frame.language)
    values = {"asked": key, "hits": hits(frame, found)}
    body = render(frame, "not-found", values)
    return Response(body, 404, {"cache-control": "no-store"}, "text/html")


def hits(frame: Frame, found: Sequence[Match]) -> list[Hit]:
    """What was found by its name, as a page or a field shows it."""
    shown: list[Hit] = []
    for match in found:
        path = local_path(match.iri, frame.base)
        if path is None:
            continue
        code = f"search-how-{match.how}"
        by_other = match.matched and match.matched != match.name
        matched = remarked(match.matched, frame.language)
        shown.append(
            Hit(
                remarked(match.name, frame.language),
                frame.href(path),
                frame.kind_word(match.kind),
                frame.say(code, matched=matched) if by_other else "",
                path.removeprefix("/id/").removeprefix("/"),
            )
        )
    return shown


def _split(path: str) -> tuple[str, str]:
    """A key and the ending that says in which form its description is wanted; "" for none.

    >>> _split("org/bpipi.ttl"), _split("post/bpipi.kepala-bpipi")
    (('org/bpipi', 'ttl'), ('post/bpipi.kepala-bpipi', ''))
    """
    key, dot, ending = path.rpartition(".")
    return (key, ending) if dot and key and ending in FORMS else (path, "")


def _iris(request: Request, start: str, key: str) -> list[str]:
    """The IRIs that a path may stand for: under the base of the graph and under ours, decoded or as sent.

    Raises: HTTPException if none of them is an IRI.
    """
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace")
    sent = _split(raw.partition(f"/{start}/")[2])[0]
    base = site_of(request).generation.label.base
    found: list[str] = []
    for each in dict.fromkeys((base, BASE)):
        for way in dict.fromkeys((key, sent, unquote(key))):
            iri = f"{each}{start}/{way}"
            try:
                ox.NamedNode(iri)
            except ValueError:
                continue
            found.append(iri)
    if not found:
        raise HTTPException(404, "this is the address of nothing")
    return list(dict.fromkeys(found))


def _links(iri: str, forms: Mapping[str, str]) -> str:
    described = quote(iri, safe=":/#?&=@!$'()*+,;%~")
    links = [f'<{described}>; rel="describes"']
    links += [
        f'<{address}>; rel="alternate"; type="{FORMS[form].media_type}"'
        for form, address in forms.items()
    ]
    return ", ".join(links)
