"""The Reconciliation Service API 0.2: lists of names in, the things that they mean out, for OpenRefine and its like.

The service is at `/reconcile`, in Indonesian, and at `/reconcile/en`, in English. There is no JSONP: it would let any
page run what we answer as a program, and every endpoint can be read across origins by CORS. A batch is worked on in a
thread, so that others are served meanwhile.

Source: https://reconciliation-api.github.io/specs/0.2/ (W3C Entity Reconciliation Community Group).
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from simpul.ontology import LANGUAGES, Language, near_miss
from simpul.queries.lookup import Thing, plain

from .protocol import Refusal
from .reconciliation_input import (
    MOST,
    Extension,
    fields_of,
    read_batch,
    read_extension,
    read_number,
)
from .reconciliation_manifest import manifest
from .reconciliation_matching import Candidate, match_batch, matched
from .reconciliation_preview import about, fragment, page, policy
from .reconciliation_schema import (
    Property,
    Schema,
    Type,
    properties,
    properties_for,
    types_of,
    words,
)
from .reconciliation_values import names_of, read_values, said
from .site import Site
from .suggesting import suggested

PATH = "/reconcile"
_SUGGESTED = 10
_MOST_SKIPPED = 1_000
_CORS = {"access-control-allow-origin": "*"}
_FRESH = {**_CORS, "cache-control": "no-cache"}


async def service(request: Request) -> Response:
    """The manifest; or, with a field `queries` or `extend` in the address or a form, the answer to it."""
    body = await request.body() if request.method == "POST" else b""
    fields = fields_of(
        request.scope["query_string"], request.headers.get("content-type"), body
    )
    asked = [name for name in ("queries", "extend") if name in fields]
    if len(asked) > 1:
        raise Refusal(400, "a request holds queries or an extension, not both")
    if "queries" in fields:
        return await _answered_batch(request, fields["queries"])
    if "extend" in fields:
        return await _answered_extension(request, fields["extend"])
    if request.method == "POST":
        raise Refusal(400, "the form has neither a field queries nor a field extend")
    return JSONResponse(_manifest(request), headers=_FRESH)


async def suggest_entity(request: Request) -> Response:
    """The things whose names begin with what was typed, or resemble it where those are few."""
    prefix, skipped, limit = _typed(request)
    schema = _schema(request)
    types = [Type.of(text) for text in request.query_params.getlist("type") if text]
    kinds = {type_.kind for type_ in types} or None
    known = schema.thing(prefix)
    most = skipped + limit if not any(type_.sort for type_ in types) else _MOST_SKIPPED
    found = await asyncio.to_thread(
        suggested,
        schema.index,
        prefix,
        kinds=kinds,
        limit=most,
        language=schema.language,
    )
    things = [known] if known else []
    things += [
        thing
        for match in found
        if (thing := schema.index.thing(match.iri)) and thing is not known
    ]
    fitting = [
        thing
        for thing in things
        if not types or any(type_.fits(thing) for type_ in types)
    ]
    told = [
        _entity(thing, schema, "notable")
        for thing in fitting[skipped : skipped + limit]
    ]
    return JSONResponse({"result": told}, headers=_FRESH)


async def suggest_type(request: Request) -> Response:
    """The types whose names hold a word that begins with what was typed."""
    prefix, skipped, limit = _typed(request)
    schema = _schema(request)
    found = [t for t in schema.types if _begins(prefix, t.id, schema.type_name(t))]
    told = [schema.described(type_) for type_ in found[skipped : skipped + limit]]
    return JSONResponse({"result": told}, headers=_FRESH)


async def suggest_property(request: Request) -> Response:
    """The properties whose names hold a word that begins with what was typed."""
    prefix, skipped, limit = _typed(request)
    schema = _schema(request)
    found = [
        p
        for p in properties().values()
        if _begins(prefix, p.id, schema.property_name(p))
    ]
    told = [_property(each, schema) for each in found[skipped : skipped + limit]]
    return JSONResponse({"result": told}, headers=_FRESH)


async def propose_properties(request: Request) -> Response:
    """The properties that things of a type have."""
    schema = _schema(request)
    asked = request.query_params.get("type", "")
    limit = read_number(request.query_params.get("limit"), "limit", MOST, MOST)
    kinds = {Type.of(asked).kind} if asked else set[str]()
    found = [_property(each, schema) for each in properties_for(kinds)]
    told: dict[str, object] = {
        "properties": found[: limit or MOST],
        "limit": limit or MOST,
    }
    if asked:
        told["type"] = asked
    return JSONResponse(told, headers=_FRESH)


async def flyout(request: Request) -> Response:
    """A small preview of a thing, a type or a property, as HTML in JSON."""
    schema = _schema(request)
    identifier = request.query_params.get("id", "")
    what: str = request.path_params["what"]
    told = _told(what, identifier, schema)
    if told is None:
        raise Refusal(404, words().say("nothing", schema.language))
    answer = {"id": identifier, "html": fragment(told)}
    return JSONResponse(answer, headers=_FRESH)


async def preview(request: Request) -> Response:
    """A small page about a thing, to stand in a frame of the client."""
    schema = _schema(request)
    thing = schema.thing(request.query_params.get("id", ""))
    if thing is None:
        raise Refusal(404, words().say("nothing", schema.language))
    html = page(thing, schema, _page(request, thing, schema))
    headers = {**_FRESH, "content-security-policy": policy()}
    return HTMLResponse(html, headers=headers)


async def view(request: Request) -> Response:
    """Lead to the page of a thing."""
    schema = _schema(request)
    thing = schema.thing(request.query_params.get("id", ""))
    page = _page(request, thing, schema) if thing else ""
    if not page:
        raise Refusal(404, words().say("nothing", schema.language))
    return RedirectResponse(page, 303, headers=_CORS)


async def _answered_batch(request: Request, text: str) -> Response:
    batch = read_batch(text)
    schema = _schema(request)
    site = _site(request)
    time_s = site.settings.limits.time_s
    work = partial(match_batch, batch, schema, site.graph, time_s)
    found = await site.matching.run(work)
    told = {
        key: {"result": _result(candidates, schema)}
        for key, candidates in found.items()
    }
    return JSONResponse(told, headers=_FRESH)


async def _answered_extension(request: Request, text: str) -> Response:
    extension = read_extension(text)
    unknown = [
        each.property
        for each in extension.properties
        if each.property not in properties()
    ]
    if unknown:
        near = near_miss(unknown[0], properties())
        hint = (
            f"; did you mean {near!r}?"
            if near
            else f"; there are {', '.join(properties())}"
        )
        raise Refusal(400, f"there is no property {unknown[0][:80]!r}{hint}")
    schema = _schema(request)
    site = _site(request)
    rows = await site.matching.run(partial(_extended, extension, schema, site))
    meta = [
        _property(properties()[each.property], schema) for each in extension.properties
    ]
    return JSONResponse({"meta": meta, "rows": rows}, headers=_FRESH)


def _extended(
    extension: Extension, schema: Schema, site: Site
) -> dict[str, dict[str, Any]]:
    things = {identifier: schema.thing(identifier) for identifier in extension.ids}
    wanted = {
        each.property: properties()[each.property] for each in extension.properties
    }
    iris = [thing.iri for thing in things.values() if thing]
    values = read_values(site.graph, iris, wanted.values())
    rows: dict[str, dict[str, Any]] = {}
    for identifier, thing in things.items():
        row: dict[str, Any] = {}
        for each in extension.properties:
            property_ = wanted[each.property]
            terms = _terms(thing, property_, values.get(thing.iri, {})) if thing else ()
            cells = said(terms, schema, only_names=each.only_names)
            row[each.property] = cells[: each.limit] if each.limit else cells
        rows[identifier] = row
    return rows


def _terms(thing: Thing, property_: Property, values: Any) -> Iterable[Any]:
    return (
        names_of(thing, property_) if property_.names else values.get(property_.id, ())
    )


def _told(what: str, identifier: str, schema: Schema) -> Mapping[str, object] | None:
    """What a flyout tells of a thing, a type or a property; None if there is none."""
    if what == "entity":
        thing = schema.thing(identifier)
        return about(thing, schema) if thing else None
    if what == "type":
        types = {type_.id: type_ for type_ in schema.types}
        found = types.get(identifier)
        return {"name": schema.type_name(found)} if found else None
    property_ = properties().get(identifier) if what == "property" else None
    return {"name": schema.property_name(property_)} if property_ else None


def _result(candidates: Sequence[Candidate], schema: Schema) -> list[dict[str, object]]:
    sure = matched(candidates)
    return [
        {
            **_entity(each.thing, schema, "type"),
            "score": each.score,
            "match": each is sure,
            "features": _features(each),
        }
        for each in candidates
    ]


def _features(candidate: Candidate) -> list[dict[str, object]]:
    told: list[dict[str, object]] = [{"id": "type", "value": candidate.has_type}]
    if candidate.name:
        told.insert(0, {"id": "name", "value": candidate.name.score})
    if candidate.agreement is not None:
        told.append({"id": "properties", "value": round(100 * candidate.agreement, 1)})
    return told


def _entity(thing: Thing, schema: Schema, types: str) -> dict[str, object]:
    return {
        "id": schema.id_of(thing.iri),
        "name": thing.name(schema.language),
        "description": schema.about(thing),
        types: [{"id": t.id, "name": schema.type_name(t)} for t in types_of(thing)],
    }


def _property(property_: Property, schema: Schema) -> dict[str, object]:
    return {"id": property_.id, "name": schema.property_name(property_)}


def _page(request: Request, thing: Thing, schema: Schema) -> str:
    """The address of the page of a thing on this site; empty if it has none here."""
    path = schema.id_of(thing.iri)
    if not path.startswith(("id/", "concept/")):
        return ""
    return _site(request).url(request, f"/{quote(path)}?lang={schema.language}")


def _manifest(request: Request) -> dict[str, object]:
    site, schema = _site(request), _schema(request)
    title = site.generation.label.title.say(schema.language)
    documentation = site.url(request, "/openapi.json")
    return manifest(schema, title, site.url(request, _path(request)), documentation)


def _typed(request: Request) -> tuple[str, int, int]:
    """What was typed, how many suggestions to skip, and how many to give."""
    given = request.query_params
    return (
        given.get("prefix", "")[:300],
        read_number(given.get("cursor"), "cursor", 0, _MOST_SKIPPED),
        read_number(given.get("limit"), "limit", _SUGGESTED, MOST) or _SUGGESTED,
    )


def _begins(prefix: str, *names: str) -> bool:
    text = plain(prefix)
    return any(f" {plain(name)}".find(f" {text}") >= 0 for name in names)


def _path(request: Request) -> str:
    """The path of the service that a request came to, in the language that it names."""
    path = request.url.path
    said = (f"{PATH}/{language}" for language in LANGUAGES)
    return next((each for each in said if f"{path}/".startswith(f"{each}/")), PATH)


def _schema(request: Request) -> Schema:
    """What the graph has, in the language of the path; worked out once for each graph."""
    site = _site(request)
    language: Language = "en" if _path(request).endswith("/en") else "id"
    generation = site.generation
    key = ("reconciliation", generation.digest, language)
    kept = site.memory.get(key)
    if kept is None:
        kept = Schema.of(generation.names, generation.label.base, language)
        site.memory[key] = kept
    return cast(Schema, kept)


def _site(request: Request) -> Site:
    return cast(Site, request.app.state.site)


def _routes(path: str) -> list[BaseRoute]:
    return [
        Route(path, service, methods=["GET", "POST"]),
        Route(f"{path}/suggest/entity", suggest_entity),
        Route(f"{path}/suggest/type", suggest_type),
        Route(f"{path}/suggest/property", suggest_property),
        Route(f"{path}/flyout/{{what}}", flyout),
        Route(f"{path}/properties", propose_properties),
        Route(f"{path}/preview", preview),
        Route(f"{path}/view", view),
    ]


ROUTES: list[BaseRoute] = [
    route
    for path in (PATH, *(f"{PATH}/{language}" for language in LANGUAGES))
    for route in _routes(path)
]
"""The addresses of the service; those without a language are in Indonesian."""
