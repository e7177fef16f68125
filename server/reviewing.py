"""The review: pages on which one person, on this machine, decides on what articles suggest.

The articles are private and the decisions change the records, so these pages answer no other site: a form carries a
secret that only they know, and no other origin may read them.
"""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from simpul.graph_builder import settled_records
from simpul.graph_builder.extraction import (
    Desk,
    Signature,
    UnfitDecision,
    VerdictWord,
    correctable,
    desk_of,
    unfit_words,
    written_day,
)
from simpul.ontology import SimpulError
from simpul.queries import complaint
from simpul.visualizations.site import Frame, render, review_view

from .page_frame import bare_frame, send_page, site_of
from .settings import Reviewing

_LONGEST_REASON = 500


class ReviewPages:
    """The pages of a review, one for each article or release; one decision is taken at a time."""

    def __init__(self, reviewing: Reviewing) -> None:
        self._reviewing = reviewing
        self._token = secrets.token_urlsafe(24)
        self._desks: dict[int, Desk] = {}
        self._alone = asyncio.Lock()
        self.routes: list[BaseRoute] = [
            Route("/review", self.first),
            Route("/review/{number:int}", self.page),
            Route("/review/{number:int}", self.decide, methods=["POST"]),
        ]

    async def first(self, request: Request) -> Response:
        """To the first article that is not done."""
        async with self._alone:
            number = await asyncio.to_thread(self._first_open)
        address = bare_frame(request).href(f"/review/{number}")
        return RedirectResponse(address, 303, headers=_private(request))

    async def page(self, request: Request) -> Response:
        """A suggestion, or what there is when none is open."""
        return await self._send(request, request.query_params.get("s"))

    async def decide(self, request: Request) -> Response:
        """Take the decision that a form brings, and go to what is open next."""
        body = (await request.body()).decode("utf-8", "replace")
        given = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=100))
        frame = bare_frame(request)
        if not self._is_ours(request, given):
            raise HTTPException(403, frame.say("review-forged"))
        number = self._number(request)
        try:
            async with self._alone:
                following = await asyncio.to_thread(self._take, number, given, frame)
        except SimpulError as error:
            unfit = isinstance(error, UnfitDecision)
            fault = (
                unfit_words(error, frame.language)
                if isinstance(error, UnfitDecision)
                else complaint(error, frame.language)
            )
            status = 422 if unfit else 409
            if isinstance(error, UnfitDecision) and error.code == "unlike":
                given["unlike"] = "yes"
            return await self._send(
                request, given.get("ident"), fault=fault, given=given, status=status
            )
        address = frame.href(f"/review/{number}", s=following)
        return RedirectResponse(address, 303, headers=_private(request))

    async def _send(
        self,
        request: Request,
        asked: str | None,
        *,
        fault: str | None = None,
        given: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        number = self._number(request)

        def made(frame: Frame) -> str:
            view = review_view(
                self._desk(number),
                frame,
                token=self._token,
                number=number,
                asked=asked,
                others=self._others(frame),
                fault=fault,
                given=given,
            )
            return render(frame, "review", {"view": view})

        async def make(frame: Frame) -> str:
            async with self._alone:
                return await asyncio.to_thread(made, frame)

        headers = _private(request)
        response = await send_page(request, make, headers=headers, is_kept=False)
        response.status_code = status
        return response

    def _take(self, number: int, given: Mapping[str, str], frame: Frame) -> str:
        """Do what a form asks for; the name of the suggestion to show then, empty for any that is open."""
        desk = self._desk(number)
        signed = self._signed(given, frame)
        action = given.get("do", "")
        ident = given.get("ident", "")
        of_all = action in {"undo", "finish"}
        shown = given.get("all" if of_all else "seen", "")
        is_there = of_all or desk.article.find(ident) is not None
        # An old page must not overturn what was decided on another.
        if is_there and shown != desk.seen(None if of_all else ident):
            raise UnfitDecision("decided-elsewhere")
        if action == "undo":
            back = desk.undo(signed)
            return back.ident if back else ""
        if action == "finish":
            self._finish(desk, number, given, signed)
            return ""
        if action not in {"accept", "reject", "edit", "merge"}:
            raise HTTPException(400, action)
        verdict = cast(VerdictWord, action)
        fields = _edited(desk, ident, given) if verdict == "edit" else {}
        into, sure = given.get("into", "").strip(), "sure" in given
        desk.decide(ident, verdict, signed, fields, into, sure=sure)
        return _after(desk, ident)

    def _finish(
        self, desk: Desk, number: int, given: Mapping[str, str], signed: Signature
    ) -> None:
        about = desk.about
        title = given.get("title", "").strip() or about.title
        publisher = given.get("publisher", "").strip() or about.publisher
        published = given.get("published", about.published or "").strip()
        published = written_day("published", published)
        changed = (title, publisher) != (about.title, about.publisher)
        if changed or published != (about.published or ""):
            key = about.key
            desk.titled(title, publisher, published or None)
            if title == about.title:  # two articles may be called alike
                desk.about = replace(desk.about, key=key)
        desk.finish(signed, self._reviewing.out, keep_texts="keep" in given)
        # The others are read anew: what was added is known by now.
        self._desks = {number: desk}

    def _signed(self, given: Mapping[str, str], frame: Frame) -> Signature:
        why = given.get("why", "").strip()[:_LONGEST_REASON]
        today = datetime.now(UTC).astimezone().date()
        return Signature(self._reviewing.who, today, why or frame.say("review-reason"))

    def _desk(self, number: int) -> Desk:
        if number not in self._desks:
            what = self._reviewing
            loaded = settled_records(what.ecosystem)
            family = what.families[number - 1]
            self._desks[number] = desk_of(
                what.ecosystem, loaded, family, what.published
            )
        return self._desks[number]

    def _first_open(self) -> int:
        for number in range(1, len(self._reviewing.families) + 1):
            if not self._desk(number).added_as:
                return number
        return 1

    def _others(self, frame: Frame) -> list[tuple[str, str]]:
        families = self._reviewing.families
        if len(families) < 2:
            return []
        return [
            (family.names[0], frame.href(f"/review/{number}"))
            for number, family in enumerate(families, start=1)
        ]

    def _number(self, request: Request) -> int:
        number: int = request.path_params["number"]
        if not 1 <= number <= len(self._reviewing.families):
            raise HTTPException(404, f"/review/{number}")
        return number

    def _is_ours(self, request: Request, given: Mapping[str, str]) -> bool:
        """Whether a form comes from a page of ours: it has the secret, and no browser says otherwise."""
        headers = request.headers
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        origin = headers.get("origin", "null")  # null where a page tells no referrer
        if origin != "null" and urlsplit(origin).netloc != headers.get("host"):
            return False
        token = given.get("token", "").encode()
        return secrets.compare_digest(token, self._token.encode())


def _private(request: Request) -> dict[str, str]:
    """Headers that keep other sites from reading a page."""
    return {
        "access-control-allow-origin": site_of(request).url(request, ""),
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }


def _edited(desk: Desk, ident: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that are not as they were suggested."""
    each = desk.article.find(ident)
    if each is None:
        return {}
    before = {one.name: one.value for one in correctable(each)}
    fields = {
        name.removeprefix("f-"): value.strip()
        for name, value in given.items()
        if name.startswith("f-")
    }
    return {
        name: value for name, value in fields.items() if value != before.get(name, "")
    }


def _after(desk: Desk, ident: str) -> str:
    """The next suggestion that is open, from one on and then from the start."""
    names = [each.ident for each in desk.article.found]
    at = names.index(ident) + 1 if ident in names else 0
    still = {each.ident for each in desk.open()}
    turned = [*names[at:], *names[:at]]
    return next((name for name in turned if name in still), "")
