"""`/ask`: a question in everyday words, answered as JSON, or as a page for a browser."""

import asyncio
import json
from datetime import UTC, datetime
from importlib import import_module
from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from simpul.ontology import LANGUAGES, Language
from simpul.queries.asking import Asker, Reply, reply_data

from .negotiation import prefers_html
from .protocol import Refusal
from .site import Site

LONGEST = 1_000
"""Characters of a question that is read; a longer text is refused."""
_HEADERS = {
    "cache-control": "no-store",  # "last year" is another year tomorrow
    "vary": "Accept",
    "access-control-allow-origin": "*",
}


async def asked(request: Request) -> Response:
    """Answer `q`, in the language `lang` if it is given, else in that of the question."""
    is_for_reading = prefers_html(request.headers.get("accept"))
    text = " ".join(request.query_params.getlist("q")).strip()
    lang = request.query_params.get("lang")
    reply = await _reply(request, text, lang) if text else None
    if is_for_reading:
        pages = import_module(".pages", __package__)  # which asks this module too
        return cast("Response", await pages.ask_page(request, reply))
    if reply is None:
        raise Refusal(400, "nothing was asked; give a question as ?q=…")
    body = json.dumps(reply_data(reply), ensure_ascii=False)
    return Response(body, media_type="application/json", headers=_HEADERS)


async def _reply(request: Request, text: str, lang: str | None) -> Reply:
    """Ask in a thread, which waits for the workers that answer.

    Raises: Refusal; SimpulError.
    """
    if len(text) > LONGEST:
        raise Refusal(414, f"the question is longer than {LONGEST} characters")
    spoken: dict[str, Language] = {known: known for known in LANGUAGES}
    language = spoken.get(lang or "")
    if lang and language is None:
        raise Refusal(400, f"lang must be one of {', '.join(LANGUAGES)}")
    site = cast("Site", request.app.state.site)
    today = datetime.now(UTC).astimezone().date()

    def ask() -> Reply:
        generation = site.generation
        asker = Asker(
            site.graph,
            generation.names,
            today=today,
            base=generation.label.base,
            can_slice=False,  # a slice takes a copy of the whole graph
        )
        return asker.ask(text, language)

    return await asyncio.to_thread(ask)


ROUTES: list[BaseRoute] = [Route("/ask", asked, methods=["GET", "HEAD"])]
