"""The SPARQL endpoint: a request in, an answer from a worker out, with as little between as can be.

The status goes out when the answer is whole or its first mebibyte is here, so that what fails by then has a
true status. What fails later breaks the connection, so that nobody takes the part for the whole.
"""

import asyncio
import functools
import time
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from simpul.ontology import PREFIXES, SimpulError
from simpul.queries import DatasetChoice, guarded_request
from simpul.queries.engine import Request, framed_request

from .cache import Answer, Headers
from .metrics import Measures
from .negotiation import ROWS, TRIPLES, Offer, chosen
from .pool import ClientGone
from .problems import refusal_of
from .protocol import Operation, Refusal, read_get, read_post
from .site import LOG, Site
from .texts import Reading, read
from .updates import allow, is_allowed
from .wire import (
    BODY_S,
    COMMON,
    Receive,
    Said,
    Scope,
    Send,
    held_of,
    read_body,
    read_headers,
    refuse,
    send_whole,
    tag_of,
)
from .workers import Reply

Describe = Callable[[Scope, Receive, Send], Awaitable[int]]
"""Answers a request that asks for nothing but what the service is; the status it sent."""

HELD_BACK = 1 << 20
"""Bytes of an answer that are here before its status goes out."""

KEPT_PLANS = 1024
LONGEST_KEPT = 16_384
LONGEST_READ_HERE = 4096
"""Characters of a text that is read at once; a longer one would keep all others waiting."""
_WORTH_COMPRESSING = 1024
_LARGE = 1 << 16

_DATA: Headers = [
    *COMMON,
    (b"vary", b"Accept, Accept-Encoding"),
    (b"cache-control", b"no-cache"),  # ask again each time: an ETag makes that cheap
]
_CHANGING: Headers = [
    *COMMON,
    (b"vary", b"Accept, Accept-Encoding"),
    (b"cache-control", b"no-store"),
]
_METHODS = b"GET, HEAD, POST, OPTIONS"


class AnswerCut(Exception):
    """An answer could not be sent to its end; raised to break the connection."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to answer a query: what the worker is asked, and as what the answer is sent.

    One of the offers may be None where the client takes no form of that kind.
    """

    request: Request
    encoded: bytes
    rows: Offer | None
    triples: Offer | None
    is_changing: bool
    suffix: str | None
    """That of the form it is answered in; None where only the answer tells which of the two that is."""
    key: Hashable

    def offer(self, answer: str) -> Offer | None:
        """The form for an answer of this kind."""
        return self.triples if answer == "triples" else self.rows


class Endpoint:
    """Answers SPARQL over HTTP. An ASGI application."""

    def __init__(self, site: Site, measures: Measures, describe: Describe) -> None:
        self._site = site
        self._measures = measures
        self._describe = describe
        self._plans: OrderedDict[Hashable, Plan] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request for a query, an update, or the description of the service."""
        began = time.perf_counter()
        method: str = scope["method"]
        said = read_headers(scope)
        status = 499
        try:
            if method in ("GET", "HEAD"):
                status = await self._get(scope, said, method, receive, send)
            elif method == "POST":
                status = await self._post(scope, said, receive, send)
            elif method == "OPTIONS":
                status = await self._preflight(send)
            else:
                headers = {"allow": _METHODS.decode()}
                raise Refusal(405, f"there is no {method} here", headers)
        except Refusal as refusal:
            status = refusal.status
            await refuse(refusal, said.accept, method, send)
        except SimpulError as error:
            problem = refusal_of(error)
            status = problem.status
            if status == 500:
                LOG.warning("a query failed: %s", error)
            await refuse(problem, said.accept, method, send)
        except ClientGone:
            return
        finally:
            self._measures.note("sparql", status, time.perf_counter() - began)

    async def _get(
        self, scope: Scope, said: Said, method: str, receive: Receive, send: Send
    ) -> int:
        key = (scope["query_string"], said.accept, said.host)
        plan = self._plans.get(key)
        if plan is None:
            operation = read_get(scope["query_string"])
            if operation.kind == "description":
                return await self._describe(scope, receive, send)
            plan = await self.planned(operation, said)
            if len(scope["query_string"]) <= LONGEST_KEPT:
                self._plans[key] = plan
                if len(self._plans) > KEPT_PLANS:
                    self._plans.popitem(last=False)
        return await self.respond(plan, said, method, receive, send)

    async def _post(
        self, scope: Scope, said: Said, receive: Receive, send: Send
    ) -> int:
        settings = self._site.settings
        if "update" in (said.content_type or ""):
            allow(settings, said.authorization)
        trusted = is_allowed(settings, said.authorization)
        most = settings.update_bytes if trusted else settings.request_bytes
        body = await read_body(receive, said.content_length, most)
        operation = read_post(scope["query_string"], said.content_type, body)
        if operation.kind == "update":
            allow(settings, said.authorization)
            assert self._site.updates
            await self._site.updates.apply(operation, self._base(said))
            await send_whole(send, 204, [*COMMON, (b"cache-control", b"no-store")], b"")
            return 204
        plan = await self.planned(operation, said)
        return await self.respond(plan, said, "POST", receive, send)

    async def _preflight(self, send: Send) -> int:
        headers = [
            *COMMON,
            (b"allow", _METHODS),
            (b"access-control-allow-methods", _METHODS),
            (
                b"access-control-allow-headers",
                b"Accept, Authorization, Content-Type, If-None-Match",
            ),
            (b"access-control-max-age", b"86400"),
        ]
        await send_whole(send, 204, headers, b"")
        return 204

    # From a request to a plan.

    async def planned(self, operation: Operation, said: Said) -> Plan:
        """Decide how a query is answered; a long one is read in a thread beside this one.

        Raises: Refusal: 406 if the client takes none of the forms there are, 413 if the text is too long for one
            who shows no token; what the guard raises.
        """
        settings, text = self._site.settings, operation.text
        if len(text) > settings.query_bytes or len(text) > LONGEST_READ_HERE:
            size = len(text.encode("utf-8", "replace"))
            trusted = is_allowed(settings, said.authorization)
            if size > settings.query_bytes and not trusted:
                raise Refusal(
                    413,
                    f"a query may hold {settings.query_bytes:,} bytes, and this one holds {size:,}; "
                    "ask in parts, with fewer values in each",
                )
            if text not in self._site.readings:
                reading = await self._site.packing.run(functools.partial(read, text))
                self._site.readings.keep(text, reading)
                return self._plan(operation, said, reading)
        return self._plan(operation, said, self._site.readings.of(text))

    def _plan(self, operation: Operation, said: Said, reading: Reading) -> Plan:
        if reading.refused:
            # One error stands for all who ask this: without this its traceback would grow with each.
            raise reading.refused.with_traceback(None)
        rows, triples = chosen(said.accept, ROWS), chosen(said.accept, TRIPLES)
        fitting = {"rows": rows, "boolean": rows, "triples": triples}
        offer = fitting.get(reading.form, rows or triples)
        if offer is None:
            raise _unacceptable(reading.form)
        settings = self._site.settings
        is_pretty = triples is not None and triples.suffix in ("ttl", "trig")
        request = guarded_request(
            operation.text,
            dataset=DatasetChoice(
                operation.default_graphs or (),
                operation.named_graphs or (),
                settings.union,
            ),
            limits=settings.limits,
            rows_format=(rows or ROWS[0]).form,
            triples_format=(triples or TRIPLES[0]).form,
            prefixes=PREFIXES if is_pretty and reading.form == "triples" else None,
        )
        if reading.is_relative:
            request = request._replace(base=self._base(said))
        return Plan(
            request,
            framed_request(request),
            rows,
            triples,
            reading.is_changing,
            None if reading.form == "unknown" else offer.suffix,
            (
                request.query,
                request.base,
                request.default_graphs,
                request.named_graphs,
                rows and rows.suffix,
                triples and triples.suffix,
            ),
        )

    def _base(self, said: Said) -> str:
        """What relative IRIs are relative to: the address of the endpoint, as the protocol has it (2.1.5)."""
        public = self._site.settings.public_url
        root = public.rstrip("/") if public else f"http://{said.host.decode('latin-1')}"
        return f"{root}/sparql"

    # From a plan to an answer.

    async def respond(
        self, plan: Plan, said: Said, method: str, receive: Receive, send: Send
    ) -> int:
        """Answer by a plan, from memory if it can be; the status that was sent.

        Raises: Refusal; SimpulError; ClientGone; AnswerCut to break the connection.
        """
        digest = self._site.generation.digest
        held = said.if_none_match if method != "POST" else None
        if not plan.is_changing:
            if held and plan.suffix and (tag := _held(held, digest, plan.suffix)):
                return await _not_modified(tag, send)
            # What is kept under this key was sent to one who takes the same two forms.
            kept = self._site.cache.get((digest, plan.key, said.gzip))
            if kept:
                if held and (tag := held_of(held, [_tag_in(kept.headers)])):
                    return await _not_modified(tag, send)
                await send_whole(send, 200, kept.headers, kept.body, method)
                return 200

        def watch(reply: Reply) -> None:
            watchers.append(asyncio.ensure_future(self._watch(receive, reply)))

        watchers: list[asyncio.Future[None]] = []
        reply: Reply | None = None
        try:
            reply = await self._site.settled(
                plan.request, plan.encoded, HELD_BACK, on_slow=watch
            )
            assert reply.head
            offer = plan.offer(reply.head.answer)
            if offer is None:
                raise _unacceptable(reply.head.answer)
            is_open = held and not plan.suffix and not plan.is_changing
            if is_open and (tag := _held(held or b"", reply.made_of, offer.suffix)):
                return await _not_modified(tag, send)
            if reply.ended:
                await self._send_whole(plan, offer, reply, said, method, send)
            else:
                if not watchers:
                    watch(reply)
                await self._stream(plan, offer, reply, said, method, send)
        finally:
            for watcher in watchers:
                watcher.cancel()
            if reply:
                self._site.pool.abandon(reply)
        return 200

    async def _send_whole(
        self,
        plan: Plan,
        offer: Offer,
        reply: Reply,
        said: Said,
        method: str,
        send: Send,
    ) -> None:
        body = reply.take()
        common = _CHANGING if plan.is_changing else _DATA
        headers = [*common, (b"content-type", offer.header.encode())]
        gzipped = said.gzip and len(body) >= _WORTH_COMPRESSING
        if gzipped:
            body = await self._compressed(body)
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(body)).encode()))
        if not plan.is_changing:
            headers.append((b"etag", tag_of(reply.made_of, offer.suffix, gzipped)))
            self._site.cache.put(
                (reply.made_of, plan.key, said.gzip), Answer(headers, body)
            )
        await send_whole(send, 200, headers, body, method)

    async def _stream(
        self,
        plan: Plan,
        offer: Offer,
        reply: Reply,
        said: Said,
        method: str,
        send: Send,
    ) -> None:
        common = _CHANGING if plan.is_changing else _DATA
        headers = [*common, (b"content-type", offer.header.encode())]
        if not plan.is_changing:
            headers.append((b"etag", tag_of(reply.made_of, offer.suffix, said.gzip)))
        packer = zlib.compressobj(5, zlib.DEFLATED, 31) if said.gzip else None
        if packer:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            is_last = False
            while not is_last:
                await reply.settle(1)
                is_last, piece = reply.ended, reply.take()
                if packer:
                    pack = functools.partial(packer.compress, piece)
                    piece = await self._site.packing.run(pack)
                    if is_last:
                        piece += packer.flush()
                # A client that does not read is not waited for any longer.
                async with asyncio.timeout(BODY_S):
                    await send(
                        {
                            "type": "http.response.body",
                            "body": piece,
                            "more_body": not is_last,
                        }
                    )
        except TimeoutError:
            raise AnswerCut("the client does not read") from None
        except SimpulError as error:
            raise AnswerCut(str(error)) from None

    async def _compressed(self, body: bytes) -> bytes:
        """A body in gzip; a large one in a thread beside this one."""
        if len(body) < _LARGE:
            return _gzip(body)
        return await self._site.packing.run(functools.partial(_gzip, body))

    async def _watch(self, receive: Receive, reply: Reply) -> None:
        """Free the worker as soon as the client has gone."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self._site.pool.abandon(reply)
                return


def _unacceptable(form: str) -> Refusal:
    offers = {"triples": TRIPLES, "unknown": (*ROWS, *TRIPLES)}.get(form, ROWS)
    names = ", ".join(offer.media_type for offer in offers)
    return Refusal(406, f"this answer can be sent as {names}")


def _held(if_none_match: bytes, digest: str, suffix: str) -> bytes | None:
    """The tag of a form of an answer that a client has already, if it has it."""
    tags = [tag_of(digest, suffix, gzip) for gzip in (False, True)]
    return held_of(if_none_match, tags)


def _tag_in(headers: Headers) -> bytes:
    return next(value for name, value in headers if name == b"etag")


async def _not_modified(tag: bytes, send: Send) -> int:
    await send_whole(send, 304, [*_DATA, (b"etag", tag)], b"")
    return 304


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(5, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()
