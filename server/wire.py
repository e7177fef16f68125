"""What passes between a client and the parts of the site: headers, bodies, tags, whole responses, refusals."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from .cache import Headers
from .negotiation import accepts_gzip
from .pool import ClientGone
from .problems import written
from .protocol import Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODY_S = 30
"""How long a client may take to send a body, or to read a piece of ours."""

COMMON: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]


@dataclass(slots=True)
class Said:
    """What the headers of a request say, as far as it matters here."""

    accept: str | None = None
    gzip: bool = False
    if_none_match: bytes | None = None
    content_type: str | None = None
    content_length: int | None = None
    authorization: bytes | None = None
    host: bytes = b""


def read_headers(scope: Scope) -> Said:
    """Read the headers that matter; several Accept headers are one."""
    said = Said()
    for name, value in scope["headers"]:
        match name:
            case b"accept":
                text = value.decode("latin-1")
                said.accept = f"{said.accept},{text}" if said.accept else text
            case b"accept-encoding":
                said.gzip = accepts_gzip(value.decode("latin-1"))
            case b"if-none-match":
                said.if_none_match = value
            case b"content-type":
                said.content_type = value.decode("latin-1")
            case b"content-length":
                said.content_length = int(value) if value.isdigit() else None
            case b"authorization":
                said.authorization = value
            case b"host":
                said.host = value
            case _:
                pass
    return said


def tag_of(digest: str, suffix: str, gzip: bool) -> bytes:
    """The ETag of a form of an answer: of the graph and the form, as the address holds the question.

    >>> tag_of("4a5b", "csv", True)
    b'"4a5b-csv-gz"'
    """
    return f'"{digest}-{suffix}{"-gz" if gzip else ""}"'.encode()


def held_of(if_none_match: bytes, tags: list[bytes]) -> bytes | None:
    """The one of these that a client has already, if it has one.

    >>> held_of(b'W/"a-json", "b"', [b'"a-json"', b'"a-json-gz"'])
    b'"a-json"'
    """
    if if_none_match.strip() == b"*":
        return tags[0]
    held = {part.strip().removeprefix(b"W/") for part in if_none_match.split(b",")}
    return next((tag for tag in tags if tag in held), None)


async def read_body(receive: Receive, length: int | None, most: int) -> bytes:
    """The body of a request.

    Raises: Refusal: 413 if it is longer than `most`, 408 if it does not come; ClientGone.
    """
    too_large = Refusal(413, f"a request may hold {most:,} bytes")
    if length is not None and length > most:
        raise too_large
    pieces: list[bytes] = []
    total = 0
    try:
        async with asyncio.timeout(BODY_S):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                piece: bytes = message.get("body", b"")
                total += len(piece)
                if total > most:
                    raise too_large
                pieces.append(piece)
                if not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError:
        raise Refusal(408, f"the request was not here after {BODY_S} s") from None


async def send_whole(
    send: Send,
    status: int,
    headers: Headers,
    body: bytes,
    method: str = "GET",
) -> None:
    """Send a whole response; to HEAD its headers alone."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send(
        {"type": "http.response.body", "body": b"" if method == "HEAD" else body}
    )


async def refuse(refusal: Refusal, accept: str | None, method: str, send: Send) -> None:
    """Send a refusal, as JSON or text."""
    media_type, body = written(refusal, accept)
    headers = [
        *COMMON,
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.encode(), value.encode()) for name, value in refusal.headers.items()),
    ]
    await send_whole(send, refusal.status, headers, body, method)
