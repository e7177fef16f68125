"""An answer as it arrives: bounded in bytes, unpacked no further than that, and whole or nothing."""

import zlib
from dataclasses import dataclass
from email.message import Message

import httpx

from ..errors import BytesExceeded
from .errors import BrokenAnswer
from .said import one_line

PIECE = 1 << 16
ERROR_BYTES = 1 << 16
"""How much of an error is read; no more of it is ever shown."""


@dataclass(frozen=True, slots=True)
class Received:
    """A whole answer. `is_framed` says that its end was marked, so that nothing can be missing."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    is_framed: bool

    @property
    def media_type(self) -> str:
        """What the body is said to be, without parameters; empty if that is not said."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        return message.get_content_type() if message["content-type"] else ""


def receive(response: httpx.Response, url: str, name: str, most: int) -> Received:
    """Read an answer to its end, an error only as far as it is shown.

    Raises: BytesExceeded; BrokenAnswer if it cannot be unpacked.
    """
    good = response.status_code < 300
    body = _read(response, url, name, most) if good else _beginning(response)
    headers = response.headers
    framed = "content-length" in headers or "transfer-encoding" in headers
    return Received(url, response.status_code, headers, body, framed)


def _read(response: httpx.Response, url: str, name: str, most: int) -> bytes:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise BrokenAnswer(name, url, f"answers in the coding {one_line(coding)}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
    pieces: list[bytes] = []
    size = 0
    for raw in response.iter_raw(PIECE):
        try:
            # A packed piece may be a thousand times as large unpacked.
            piece = unpacker.decompress(raw, most + 1 - size) if unpacker else raw
        except zlib.error as error:
            problem = f"answers what cannot be unpacked: {error}"
            raise BrokenAnswer(name, url, problem) from None
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise BytesExceeded(name, most)
    if unpacker and not unpacker.eof:
        raise BrokenAnswer(name, url, "broke off: what it packed does not end")
    return b"".join(pieces)


def _beginning(response: httpx.Response) -> bytes:
    found = b""
    try:
        for piece in response.iter_bytes(PIECE):
            found += piece
            if len(found) >= ERROR_BYTES:
                break
    except httpx.DecodingError:
        pass  # the status says enough
    return found[:ERROR_BYTES]
