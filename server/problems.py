"""What went wrong, as a status of HTTP and a text that says where, what, and the way out.

Source: RFC 9457 for the JSON form.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus

from simpul.ontology import QueryError, SimpulError
from simpul.queries import (
    BadParameter,
    BytesExceeded,
    MemoryExceeded,
    MissingParameter,
    NestedTooDeep,
    OutboundRequest,
    QueryFailed,
    QuerySyntaxError,
    RowsExceeded,
    StackExceeded,
    TimeExceeded,
    UnfitFormat,
    UnknownFormat,
    UnknownParameter,
    UnknownQuery,
)

from .errors import NotReady, NoWorker, Overloaded, WorkerLost
from .negotiation import wishes
from .protocol import Refusal

_STATUSES: tuple[tuple[type[SimpulError], int], ...] = (
    (QuerySyntaxError, 400),
    (OutboundRequest, 400),
    (NestedTooDeep, 400),
    (BadParameter, 400),
    (MissingParameter, 400),
    (UnknownParameter, 400),
    (UnknownQuery, 404),
    (UnknownFormat, 406),
    (UnfitFormat, 406),
    (TimeExceeded, 504),
    (MemoryExceeded, 507),
    # The answer would be larger than we send: the request can be read and cannot be served.
    (RowsExceeded, 422),
    (BytesExceeded, 422),
    (StackExceeded, 422),
    (QueryFailed, 500),
    (Overloaded, 503),
    (WorkerLost, 503),
    (NoWorker, 503),
    (NotReady, 503),
    (QueryError, 400),
)


def refusal_of(error: SimpulError) -> Refusal:
    """The status and text that an error of ours stands for; what is not foreseen is 500."""
    if isinstance(error, Overloaded):
        headers = {"retry-after": str(error.retry_after_s)}
        return Refusal(429 if error.own else 503, str(error), headers)
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            headers = {"retry-after": "1"} if status == 503 else {}
            return Refusal(status, _said(error), headers)
    return Refusal(500, str(error))


def written(refusal: Refusal, accept: str | None) -> tuple[str, bytes]:
    """A refusal as a media type and a body: JSON for those who read it, else plain text."""
    title = HTTPStatus(refusal.status).phrase
    if any("json" in wish.subtype for wish in wishes(accept or "")):
        document: Mapping[str, object] = {
            "type": "about:blank",
            "title": title,
            "status": refusal.status,
            "detail": refusal.problem,
        }
        text = json.dumps(document, ensure_ascii=False, indent=2)
        return "application/problem+json", text.encode() + b"\n"
    return "text/plain; charset=utf-8", f"{title}: {refusal.problem}\n".encode()


def _said(error: SimpulError) -> str:
    # A place on the disk of the server is nothing for its clients.
    if isinstance(error, NoWorker):
        return "no worker can be started; try again in a second"
    return str(error)
