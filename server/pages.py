"""The pages that people read: the first one, one for each thing, search, questions, the map, and the SPARQL page."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from simpul.ontology import BASE, PREFIXES, RDF, RDFS, SKOS, SimpulError, ViewError
from simpul.queries import (
    Format,
    Question,
    Rows,
    UnknownFormat,
    UnknownQuery,
    catalog,
    read_question,
    shown,
    write,
)
from simpul.queries.asking import Reply
from simpul.queries.lookup import Match
from simpul.visualizations.site import (
    PATH,
    Answered,
    Entry,
    Frame,
    Speaker,
    asset,
    entry_of,
    home_view,
    in_language,
    render,
)

from .page_asking import (
    DOWNLOADS,
    Filled,
    ask_filled,
    asked_view,
    fill_in,
    spoken_defaults,
)
from .page_frame import (
    OWN,
    Overview,
    bare_frame,
    frame_of,
    overview,
    send_page,
    site_of,
)
from .page_map import NoMap, draw_ahead, map_page
from .page_reading import everyday, own_query
from .page_reply import answered_view
from .page_things import FORMS, LONGEST, hits, not_found, thing
from .site import Site
from .suggesting import suggested

FILES: Final = ("nq", "trig")
"""The endings of the files of a version that can be had whole."""

_EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The editor brings styles in attributes; no script of the page is inline, and nothing comes from elsewhere.


async def home(request: Request) -> Response:
    """The first page."""
    site = site_of(request)

    async def make(frame: Frame) -> str:
        about = await overview(site)
        speaker = Speaker(frame, about.names)
        view = home_view(
            frame,
            speaker,
            about.about,
            about.counts,
            about.often,
            _everyday(frame, about),
            len(catalog()),
            FILES if _has_files(site) else (),
        )
        return render(frame, "home", {"home": view})

    return await send_page(request, make)


async def search(request: Request) -> Response:
    """What is called like the text that was typed; works without any script."""
    text = request.query_params.get("q", "").strip()[:LONGEST]

    async def make(frame: Frame) -> str:
        index = site_of(request).generation.names
        found = (
            await asyncio.to_thread(index.find, text, limit=40, language=frame.language)
            if text
            else ()
        )
        return render(frame, "search", {"asked": text, "hits": hits(frame, found)})

    return await send_page(request, make)


async def suggest(request: Request) -> Response:
    """Names that begin with what was typed or resemble it, as JSON for the search fields of the pages."""
    text = request.query_params.get("q", "").strip()[:LONGEST]
    kinds = [each for each in request.query_params.get("kinds", "").split(",") if each]
    frame = bare_frame(request)
    index = site_of(request).generation.names
    found: Sequence[Match] = ()
    if text:
        found = await asyncio.to_thread(
            suggested, index, text, kinds=kinds or None, language=frame.language
        )
    shown = [asdict(hit) for hit in hits(frame, found)]
    return JSONResponse({"hits": shown}, headers={"cache-control": "no-cache"})


async def questions(request: Request) -> Response:
    """All questions of the catalogue."""

    async def make(frame: Frame) -> str:
        entries = _entries(frame, await overview(site_of(request)))
        heading = frame.say("questions-title")
        return render(frame, "questions", {"heading": heading, "questions": entries})

    return await send_page(request, make)


async def question(request: Request) -> Response:
    """A question as a form, with its answer as a table; as a file where `format` says so."""
    try:
        asked = catalog().find(request.path_params["name"])
    except UnknownQuery as unknown:
        raise HTTPException(404, str(unknown)) from None
    if asked.name != request.path_params["name"]:
        return RedirectResponse(
            site_of(request).url(request, f"/questions/{asked.name}")
            + (f"?{request.url.query}" if request.url.query else ""),
            308,
        )
    given = {
        name: value[:LONGEST]
        for name, value in request.query_params.items()
        if name not in OWN
    }
    form = request.query_params.get("format")
    if form:
        return await _download(request, asked, given, form)
    site = site_of(request)

    async def make(frame: Frame) -> str:
        held = (await overview(site)).defaults

        def view() -> str:
            filled = _filled(site, asked, given, frame, held)
            values = {"asked": asked_view(site.graph, filled, frame)}
            return render(frame, "question", values)

        return await asyncio.to_thread(view)

    return await send_page(request, make)


async def _download(
    request: Request, asked: Question, given: Mapping[str, str], name: str
) -> Response:
    form = Format.named(name)
    if form not in DOWNLOADS:
        raise UnknownFormat(name, [each.value for each in DOWNLOADS])
    site = site_of(request)
    frame = await frame_of(request)
    held = (await overview(site)).defaults

    def body() -> bytes:
        filled = _filled(site, asked, given, frame, held)
        wrong = next((each for each in filled.fields if each.problem), None)
        if wrong:
            raise HTTPException(400, f"{wrong.name}: {wrong.problem}")
        return write(ask_filled(site.graph, filled, frame), form)

    content = await asyncio.to_thread(body)
    _, media_type, ending = DOWNLOADS[form]
    headers = {
        "content-disposition": f'attachment; filename="{asked.name}.{ending}"',
        "cache-control": "no-cache",
    }
    return Response(content, headers=headers, media_type=media_type)


async def explorer(request: Request) -> Response:
    """The interactive map of the network, or of what lies around one body (`focus`)."""
    site = site_of(request)
    frame = await frame_of(request)
    focus = request.query_params.get("focus", "").strip()[:LONGEST] or None
    if focus and not await _is_held(site, f"{frame.base}id/{focus}"):
        return await not_found(request, focus)
    try:
        drawn = await map_page(site, frame, focus)
    except NoMap as problem:
        if problem.is_unknown and focus:
            return await not_found(request, focus)
        reason = frame.say("map-failed", reason=problem)
        return Response(
            render(frame, "sorry", {"reason": reason}), 500, media_type="text/html"
        )
    headers = {
        "etag": drawn.tag,
        "cache-control": "no-cache",
        "vary": "Accept-Language, Accept-Encoding",
        # A browser takes the policy of a page that it kept from the answer that says so.
        "content-security-policy": drawn.policy,
    }
    if drawn.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(drawn.page, headers=headers, media_type="text/html")


async def sparql_page(request: Request) -> Response:
    """The SPARQL editor, for a browser that asks the endpoint nothing."""
    site = site_of(request)

    async def make(frame: Frame) -> str:
        about = await overview(site)
        terms = await _terms(site)
        start = read_question(own_query("start"), "start")
        known = {
            "prefixes": PREFIXES,
            "bases": list(dict.fromkeys((frame.base, BASE))),
            "classes": [{"iri": iri} for iri, sort, *_ in terms if sort == "class"],
            "properties": [
                {"iri": iri}
                for iri in dict.fromkeys(
                    [
                        *(iri for iri, sort, *_ in terms if sort == "property"),
                        *_WELL_KNOWN,
                    ]
                )
            ],
        }
        values = {
            "terms": json.dumps(known, separators=(",", ":")),
            "starts": json.dumps(
                [
                    in_language(start, each)
                    for each in (frame.language, frame.other_language)
                ]
            ),
            "errors": json.dumps(
                {each: frame.say(f"sparql-error-{each}") for each in _REFUSALS}
                | {
                    "place": frame.say(
                        "sparql-error-place", line="{line}", column="{column}"
                    )
                }
            ),
            "examples": _entries(frame, about),
        }
        return render(frame, "sparql", values)

    headers = {"content-security-policy": _EDITOR_POLICY}
    return await send_page(request, make, headers=headers)


async def ontology(request: Request) -> Response:
    """The terms of the ontology with their definitions."""
    site = site_of(request)

    async def make(frame: Frame) -> str:
        groups: dict[str, list[dict[str, str | None]]] = {"class": [], "property": []}
        for iri, sort, language, label, definition in await _terms(site):
            start, hash_sign, name = iri.rpartition("#")
            if language != frame.language:
                continue
            is_ours = f"{start}{hash_sign}" == f"{BASE}ontology#"
            groups[sort].append(
                {
                    "anchor": name if is_ours else iri,
                    "name": f"simpul:{name}" if is_ours else _short(iri),
                    "label": label,
                    "definition": definition,
                    "href": None if is_ours else iri,
                }
            )
        named_groups = [
            (frame.say("terms-classes"), groups["class"]),
            (frame.say("terms-properties"), groups["property"]),
        ]
        return render(frame, "terms", {"groups": named_groups})

    return await send_page(request, make)


async def whole_graph(request: Request) -> Response:
    """The file of the version that holds the whole graph."""
    site = site_of(request)
    ending = request.url.path.rpartition(".")[2]
    file = site.generation.path / f"graph.{ending}"
    if not _has_files(site):
        raise HTTPException(
            404, "the graph has changed since it was built; read it at /graphs?default"
        )
    name = f"simpul-{site.generation.digest[:12]}.{ending}"
    headers = {"cache-control": "no-cache"}
    return FileResponse(file, 200, headers, FORMS[ending].header, filename=name)


async def site_file(request: Request) -> Response:
    """A style, a script or a picture that pages load."""
    try:
        found = asset(request.path_params["name"])
    except ViewError as missing:
        raise HTTPException(404, str(missing)) from None
    is_this = request.path_params["digest"] == found.digest
    kept = "public, max-age=31536000, immutable" if is_this else "no-cache"
    headers = {"cache-control": kept, "content-type": found.media_type}
    return Response(found.body, headers=headers)


async def ask_page(request: Request, reply: Reply | None = None) -> Response:
    """The form for a question in everyday words, with the reply to one if there is any."""
    site = site_of(request)

    async def make(frame: Frame) -> str:
        about = await overview(site)
        view = Answered("")
        if reply is not None:
            view = await asyncio.to_thread(answered_view, site.graph, reply, frame)
        asked = frame.href("/ask")
        mark = "&" if "?" in asked else "?"
        view = replace(
            view,
            examples=tuple(
                Entry("", q.sentence, f"{asked}{mark}{urlencode({'q': q.sentence})}")
                for q in _everyday(frame, about)
                if "…" not in q.sentence
            ),
        )
        return render(frame, "ask", {"reply": view})

    return await send_page(request, make, is_kept=False)  # "last year" moves on


async def error_page(request: Request, status: int, problem: str) -> Response:
    """A page that says what went wrong; it asks the graph nothing."""
    try:
        frame = bare_frame(request)
    except SimpulError:  # before there is a graph
        return Response(problem, status, media_type="text/plain")
    if status == 404:
        values = {"asked": request.url.path, "hits": ()}
        return Response(render(frame, "not-found", values), 404, media_type="text/html")
    return Response(
        render(frame, "sorry", {"reason": problem}), status, media_type="text/html"
    )


def _entries(frame: Frame, about: Overview) -> tuple[Entry, ...]:
    """All questions; a default that this graph does not hold is not named."""
    speaker = Speaker(frame, about.names)
    return tuple(
        entry_of(frame, asked, spoken_defaults(asked, speaker, about.defaults))
        for asked in catalog()
    )


def _everyday(frame: Frame, about: Overview) -> tuple[Entry, ...]:
    """The questions to begin with. One about a body that this graph does not hold is about the one it speaks of most."""
    speaker = Speaker(frame, about.names)
    found: list[Entry] = []
    for asked in (
        each for name in everyday() for each in catalog() if each.name == name
    ):
        spoken = spoken_defaults(asked, speaker, about.defaults)
        given: dict[str, str] = {}
        for parameter in asked.parameters:
            is_body = parameter.type.kind == "org"
            if is_body and spoken.get(parameter.name) == "…" and about.often:
                spoken[parameter.name] = speaker.short(about.often[0])
                given[parameter.name] = shown(ox.NamedNode(about.often[0]))
        entry = entry_of(frame, asked, spoken)
        href = frame.href(f"/questions/{asked.name}", **given)
        found.append(replace(entry, href=href))
    return tuple(found)


def _filled(
    site: Site,
    asked: Question,
    given: Mapping[str, str],
    frame: Frame,
    held: frozenset[str],
) -> Filled:
    return fill_in(site.graph, site.generation.names, asked, given, frame, held)


async def _terms(site: Site) -> list[tuple[str, str, str, str, str]]:
    """The terms of the ontology: IRI, sort, language, label, definition."""
    key = ("pages", "terms", site.generation.digest)
    if key not in site.memory:
        rows = await site.query(own_query("terms"), name="terms")
        site.memory[key] = [
            tuple("" if term is None else getattr(term, "value", "") for term in row)
            for row in (rows if isinstance(rows, Rows) else ())
        ]
    return site.memory[key]  # type: ignore[return-value]


async def _is_held(site: Site, iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return await asyncio.to_thread(site.graph.mentions, iri)


def _has_files(site: Site) -> bool:
    return not site.settings.allow_update and all(
        (site.generation.path / f"graph.{ending}").is_file() for ending in FILES
    )


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


_REFUSALS: Final = ("syntax", "time", "memory", "size", "busy", "other")
_WELL_KNOWN: Final = (
    *(RDF.type, RDFS.label, RDFS.comment),
    *(SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.broader, SKOS.inScheme),
)

ROUTES: list[BaseRoute] = [
    Route("/", home),
    Route("/id/{path:path}", thing),
    Route("/concept/{path:path}", thing),
    Route("/search", search),
    Route("/suggest", suggest),
    Route("/questions", questions),
    Route("/questions/{name}", question),
    Route("/explorer", explorer),
    Route("/ontology", ontology),
    Route("/graph.nq", whole_graph),
    Route("/graph.trig", whole_graph),
    Route(PATH + "{digest}/{name}", site_file),
]
"""The addresses of the pages; `/sparql` and `/ask` are those of the parts that answer there."""

BESIDE: Final = (draw_ahead,)
"""What is done beside the requests, whenever another graph is served."""
