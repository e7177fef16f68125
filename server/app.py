"""The whole site as one ASGI application: SPARQL by the shortest way, everything else by Starlette."""

import asyncio
import ipaddress
import json
import re
import time
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module, resources
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simpul.ontology import SimpulError

from .description import service_description, void_description, written_as
from .endpoint import AnswerCut, Endpoint
from .graph_store import GraphStoreEndpoint
from .metrics import MEDIA_TYPE, Measures, metrics_page
from .negotiation import TRIPLES, chosen, prefers_html
from .problems import refusal_of, written
from .protocol import Refusal
from .settings import Settings
from .site import CLIENT, LOG, Site
from .wire import (
    BODY_S,
    COMMON,
    Message,
    Receive,
    Scope,
    Send,
    held_of,
    refuse,
    send_whole,
    tag_of,
)

PARTS = ("pages", "reconciliation", "asked")
"""The modules that bring routes of their own, each as `ROUTES`."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load, where its part does not say otherwise: nothing from other machines, nothing inline."""

_HOST = re.compile(
    rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_LOCAL = frozenset((b"localhost", b"127.0.0.1", b"[::1]"))
_KEPT_HOSTS = 64
_SPARQL = ("/sparql", "/sparql/")


class App:
    """The site as an ASGI application. `site` is opened and closed by the lifespan protocol, or by hand."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.site = Site(settings)
        self.site.beside += getattr(_part("pages"), "BESIDE", ())
        self.measures = Measures()
        self._endpoint = Endpoint(self.site, self.measures, self._describe)
        self._graphs = GraphStoreEndpoint(self.site, self._endpoint, self.measures)
        self._rest = _starlette(self.site, self.measures)
        self._hosts: set[bytes] = set()
        self._knows_clients = settings.public_url is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            raise ValueError(f"there is no {scope['type']} here")
        if not self._is_addressed(scope):
            refusal = Refusal(400, "the request is for another host")
            await refuse(refusal, None, scope["method"], send)
            return
        CLIENT.set(self._client(scope))
        path: str = scope["path"]
        try:
            if path in _SPARQL:
                await self._endpoint(scope, receive, send)
            elif path == "/graphs":
                await self._graphs(scope, receive, send)
            else:
                await self._serve_rest(scope, receive, send)
        except AnswerCut:
            raise
        except Exception:
            # The address stays out of it: it holds the query.
            LOG.exception("a request for %s failed", path)
            raise

    async def _serve_rest(self, scope: Scope, receive: Receive, send: Send) -> int:
        began = time.perf_counter()
        status = 500
        if scope["method"] == "OPTIONS":
            await _preflight(send)
            return 204

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": _with_safety(message["headers"])}
            await send(message)

        limited = _limited(receive, self.settings.request_bytes)
        try:
            await self._rest(scope, limited, guarded)
        finally:
            self.measures.note("site", status, time.perf_counter() - began)
        return status

    async def _describe(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answer `/sparql` without a query: with a page for a browser, else with what the service is."""
        accept = _header(scope, b"accept")
        page: Callable[..., Any] | None = getattr(_part("pages"), "sparql_page", None)
        if page and prefers_html(accept):
            # Through Starlette, as any other page.
            return await self._serve_rest({**scope, "path": "/sparql"}, receive, send)
        offer = chosen(accept, TRIPLES)
        if offer is None:
            names = ", ".join(offer.media_type for offer in TRIPLES)
            raise Refusal(406, f"the description can be sent as {names}")
        request = Request({**scope, "app": self._rest}, receive)
        tag = tag_of(self.site.generation.digest, f"sd-{offer.suffix}", False)
        headers = [*COMMON, (b"vary", b"Accept"), (b"cache-control", b"no-cache")]
        held = _header(scope, b"if-none-match")
        if held and held_of(held.encode("latin-1"), [tag]):
            await send_whole(send, 304, [*headers, (b"etag", tag)], b"")
            return 304
        root = self.site.url(request, "")
        triples, is_whole = await service_description(self.site, root)
        body = written_as(triples, offer)
        headers += [
            (b"content-type", offer.header.encode()),
            (b"content-length", str(len(body)).encode()),
            *([(b"etag", tag)] if is_whole else []),
        ]
        await send_whole(send, 200, headers, body, scope["method"])
        return 200

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            try:
                if message["type"] == "lifespan.startup":
                    await self.site.open()
                else:
                    await self.site.close()
            except Exception as error:  # noqa: BLE001 - told to the server, which ends
                LOG.exception("the site did not open")
                await send({"type": f"{message['type']}.failed", "message": str(error)})
                return
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    def _is_addressed(self, scope: Scope) -> bool:
        """Whether the Host header is one that this server goes by.

        A server for this machine alone answers to no other name: a page of another site could otherwise
        let its own name lead here and read what it gets.
        """
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1:
            return False  # whoever stands before us may have looked at another one
        host = hosts[0] if hosts else b""
        if host in self._hosts:
            return True
        if not _HOST.fullmatch(host):
            return False
        if self.settings.is_local:
            name = re.sub(rb":[0-9]+$", b"", host).lower()
            known = {*_LOCAL, self.settings.host.encode()}
            if public := urlsplit(self.settings.public_url or "").hostname:
                known.add(public.encode())
            if name not in known and not name.endswith(b".localhost"):
                return False
        if len(self._hosts) < _KEPT_HOSTS:
            self._hosts.add(host)
        return True

    def _client(self, scope: Scope) -> str:
        """Whose request it is: the address that it comes from, or what our own proxy says of it."""
        peer = scope.get("client")
        address: str = peer[0] if peer else ""
        if self._knows_clients and _is_loopback(address):
            # The last that says so: what a client claims of itself stands before what our proxy adds.
            forwarded = _header(
                {"headers": [*reversed(scope["headers"])]}, b"x-forwarded-for"
            )
            if forwarded:
                address = forwarded.rpartition(",")[2].strip()[:64]
        if ":" in address:
            # One household has a whole /64 of them.
            return ":".join(address.split(":")[:4])
        return address


def make_app(settings: Settings) -> App:
    """The whole site as an ASGI application, for any server that speaks ASGI with its lifespan protocol."""
    return App(settings)


def _starlette(site: Site, measures: Measures) -> Starlette:
    async def healthz(request: Request) -> Response:
        is_well = bool(site.pool.workers)
        document = {
            "status": "ok" if is_well else "no workers",
            "graph": site.generation.digest,
            "workers": len(site.pool.workers),
        }
        headers = {"cache-control": "no-store"}
        return JSONResponse(document, 200 if is_well else 503, headers)

    async def metrics(request: Request) -> Response:
        return Response(metrics_page(site, measures), media_type=MEDIA_TYPE)

    async def void(request: Request) -> Response:
        offer = chosen(request.headers.get("accept"), TRIPLES) or TRIPLES[0]
        tag = tag_of(site.generation.digest, f"void-{offer.suffix}", False)
        # Weak, as it may go out compressed or not.
        headers = {"etag": f"W/{tag.decode()}"}
        headers |= {"cache-control": "no-cache", "vary": "Accept, Accept-Encoding"}
        held = request.headers.get("if-none-match", "").encode("latin-1")
        if held and held_of(held, [tag]):
            return Response(status_code=304, headers=headers)
        triples, is_whole = await void_description(site, site.url(request, ""))
        if not is_whole:
            del headers["etag"]
        headers["content-type"] = offer.header
        return Response(written_as(triples, offer), headers=headers)

    async def openapi(request: Request) -> Response:
        document = {**_openapi(), "servers": [{"url": site.url(request, "")}]}
        return JSONResponse(document)

    routes: list[BaseRoute] = [
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Route("/.well-known/void", void),
        Route("/openapi.json", openapi),
    ]
    pages = _part("pages")
    if page := getattr(pages, "sparql_page", None):
        routes.append(Route("/sparql", page))
    for name in PARTS:
        routes += getattr(_part(name), "ROUTES", ())
    if site.settings.review:
        from .reviewing import ReviewPages  # few servers have it

        routes += ReviewPages(site.settings.review).routes
    app = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)],
        exception_handlers={
            SimpulError: _say_problem,
            Refusal: _say_problem,
            HTTPException: _say_problem,
        },
    )
    app.state.site = site
    return app


async def _say_problem(request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        refusal = error
    elif isinstance(error, HTTPException):
        refusal = Refusal(error.status_code, error.detail, error.headers)
    elif isinstance(error, SimpulError):
        refusal = refusal_of(error)
    else:
        raise error
    headers = {**refusal.headers, "cache-control": "no-store"}
    accept = request.headers.get("accept")
    page = getattr(_part("pages"), "error_page", None)
    if page and prefers_html(accept):
        response: Response = await page(request, refusal.status, refusal.problem)
        response.headers.update(headers)
        return response
    media_type, body = written(refusal, accept)
    return Response(body, refusal.status, headers, media_type)


@cache
def _part(name: str) -> ModuleType | None:
    """A part of the site; None where it is not there."""
    full = f"simpul.server.{name}"
    try:
        return import_module(full)
    except ModuleNotFoundError as error:
        if error.name != full:
            raise
        return None


@cache
def _openapi() -> dict[str, Any]:
    """The description of all that is not SPARQL, each part's paths from a file of its own."""
    folder = resources.files("simpul.server").joinpath("openapi")
    whole: dict[str, Any] = json.loads(folder.joinpath("site.json").read_text("utf-8"))
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name == "site.json" or not file.name.endswith(".json"):
            continue
        part = json.loads(file.read_text("utf-8"))
        whole["paths"] |= part.get("paths", {})
        schemas = whole["components"]["schemas"]
        schemas |= part.get("components", {}).get("schemas", {})
    return whole


def _limited(receive: Receive, most: int) -> Receive:
    """Take a body of so many bytes at the most, and for so long."""
    total = 0
    is_whole = False
    end: float | None = None

    async def receive_limited() -> Message:
        nonlocal total, is_whole, end
        if is_whole:  # from here on it only tells that the client has gone
            return await receive()
        if end is None:
            end = asyncio.get_running_loop().time() + BODY_S
        try:
            async with asyncio.timeout_at(end):
                message = await receive()
        except TimeoutError:
            said = f"the request was not here after {BODY_S} s"
            raise Refusal(408, said) from None
        total += len(message.get("body", b""))
        if total > most:
            raise Refusal(413, f"a request may hold {most:,} bytes")
        is_whole = not message.get("more_body", False)
        return message

    return receive_limited


def _with_safety(
    headers: Iterable[tuple[bytes, bytes]],
) -> list[tuple[bytes, bytes]]:
    """The headers of a response, and those that make it safe where its part did not set them."""
    found = list(headers)
    names = {name.lower() for name, _ in found}
    policy = (b"content-security-policy", PAGE_POLICY.encode())
    usual = (
        *(header for header in COMMON if header[0] != policy[0]),
        policy,
        (b"cross-origin-opener-policy", b"same-origin"),
    )
    return [*found, *(header for header in usual if header[0] not in names)]


async def _preflight(send: Send) -> None:
    headers = [
        *COMMON,
        (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
        (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
        (b"access-control-max-age", b"86400"),
    ]
    await send_whole(send, 204, headers, b"")


def _header(scope: Scope, wanted: bytes) -> str | None:
    for name, value in scope["headers"]:
        if name == wanted:
            text: str = value.decode("latin-1")
            return text
    return None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
