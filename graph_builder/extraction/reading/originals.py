"""Originals: a document whose places count in the file that its text was taken from.

The text of a web page is found again in it letter by letter, past tags, comments and entities, so that what is said of
a span of the text is said of a span of the page. White space is not compared: pages break their lines anywhere. A PDF
holds drawn letters and no text; its places count in the text that is taken from it.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from .cleaning import prepare
from .document import Document, Piece
from .opening import Opened

_HIDING = re.compile(r"<(script|style|template|noscript)\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
)
_BULLET = re.compile(r"[-*•]\s+")


def document_of(
    opened: Opened, published: date | None = None, origin: str = ""
) -> Document:
    """The document of an article that was opened, with places in its file if they can be told."""
    document = prepare(opened.text, published or opened.published, origin)
    way = way_to_file(opened, document.original)
    if way is None:
        return document
    if way.places_in == "text":
        return replace(document, places_in="text")
    noise = tuple(
        replace(each, start=start, end=end)
        for each in document.noise
        for start, end in [way.original_span(each.start, each.end)]
    )
    pieces = composed(document.pieces, way.pieces)
    return replace(document, original=way.original, pieces=pieces, noise=noise)


def way_to_file(opened: Opened, text: str) -> Document | None:
    """The normalised text of an article as a document that leads to its file; None if the text is the file."""
    if opened.form == "text":
        return None
    pieces = web_places(text, opened.page) if opened.form == "html" else None
    if pieces is None:
        return Document(text, original=text, places_in="text")
    return Document(text, original=opened.page, pieces=pieces)


def web_places(text: str, page: str) -> tuple[Piece, ...] | None:
    """The stretches of a text that stand in a page as they are, in the order of the text.

    None if a line of the text cannot be found there, for then no place is sure.

    >>> web_places("Balai Pemkab", "<p>Balai <b>Pemkab</b></p>")
    (Piece(start=0, original=3, length=5), Piece(start=6, original=12, length=6))
    """
    letters, places = _letters(page)
    pieces: list[Piece] = []
    at = start = 0
    for line in text.split("\n"):
        found = _line_places(line, letters, places, at)
        if found is None:
            return None
        taken, at = found
        for offset, place in taken:
            _extend(pieces, start + offset, place)
        start += len(line) + 1
    return tuple(pieces)


def composed(inner: Sequence[Piece], outer: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces of a clean text in a text, said of the page that the text was taken from.

    >>> composed([Piece(0, 6, 8)], [Piece(0, 3, 7), Piece(8, 18, 6)])
    (Piece(start=0, original=9, length=1), Piece(start=2, original=18, length=6))
    """
    made: list[Piece] = []
    starts = [each.start for each in outer]
    for piece in inner:
        end = piece.original + piece.length
        at = max(bisect_right(starts, piece.original) - 1, 0)
        while at < len(outer) and outer[at].start < end:
            each = outer[at]
            first = max(each.start, piece.original)
            last = min(each.start + each.length, end)
            if first < last:
                made.append(
                    Piece(
                        piece.start + first - piece.original,
                        each.original + first - each.start,
                        last - first,
                    )
                )
            at += 1
    return tuple(made)


def _letters(page: str) -> tuple[str, list[int]]:
    """What a page shows, without white space, and the place of each character."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in _unseen(page):
        _add_letters(page, at, start, letters, places)
        at = end
    _add_letters(page, at, len(page), letters, places)
    return "".join(letters), places


def _unseen(page: str) -> Iterator[tuple[int, int]]:
    """The spans of a page that are not shown: tags, comments, scripts. Linear: what does not end hides the rest."""
    lower = page.lower() if len(page.lower()) == len(page) else page
    at = page.find("<")
    while at >= 0:
        if page.startswith("<!--", at):
            close, length = page.find("-->", at + 4), 3
        elif hiding := _HIDING.match(page, at):
            close = lower.find(f"</{hiding[1].lower()}", at)
            close, length = (lower.find(">", close) if close >= 0 else -1), 1
        elif page[at + 1 : at + 2].isalpha() or page[at + 1 : at + 2] in {
            "/",
            "!",
            "?",
        }:
            close, length = page.find(">", at), 1
        else:  # a sign of the text
            close, length = at, 0
        end = close + length if close >= 0 else len(page)
        if length or close < 0:
            yield at, end
        at = page.find("<", max(end, at + 1))


def _add_letters(
    page: str, start: int, end: int, letters: list[str], places: list[int]
) -> None:
    at = start
    while at < end:
        if page[at] == "&" and (found := _ENTITY.match(page, at, end)):
            shown, following = html.unescape(found[0]), found.end()
        else:
            shown, following = page[at], at + 1
        for letter in shown:
            if not letter.isspace() and unicodedata.category(letter) != "Cf":
                letters.append(letter)
                places.append(at)
        at = following


def _line_places(
    line: str, letters: str, places: list[int], at: int
) -> tuple[list[tuple[int, int]], int] | None:
    """The place in the page of each letter of a line, and where to look for the next line."""
    bullet = _BULLET.match(line)
    for skipped in (0, bullet.end()) if bullet else (0,):
        offsets = [
            offset
            for offset, letter in enumerate(line)
            if offset >= skipped
            and not letter.isspace()
            and unicodedata.category(letter) != "Cf"
        ]
        if not offsets:
            return [], at
        wanted = "".join(line[offset] for offset in offsets)
        found = letters.find(wanted, at)
        # A summary or a title may stand before what it is the title of.
        found = letters.find(wanted) if found < 0 else found
        if found >= 0:
            end = found + len(wanted)
            return list(zip(offsets, places[found:end], strict=True)), end
    return None


def _extend(pieces: list[Piece], start: int, place: int) -> None:
    last = pieces[-1] if pieces else None
    if (
        last is not None
        and start == last.start + last.length
        and place == last.original + last.length
    ):
        pieces[-1] = Piece(last.start, last.original, last.length + 1)
    else:
        pieces.append(Piece(start, place, 1))
