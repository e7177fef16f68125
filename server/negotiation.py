"""Which form of an answer a client wants: media types with their weights, and encodings.

Source: RFC 9110, sections 12.4.2, 12.5.1 and 12.5.3.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST_ACCEPT = 4096
"""Characters of a header that are looked at; more than that is no honest wish."""

_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A form we can send: the type as a client asks for it, that of the engine, and the header we send."""

    media_type: str
    form: str
    header: str
    suffix: str
    """What tells it from other forms of the same answer."""


def _offer(suffix: str, media_type: str, form: str = "", charset: str = "") -> Offer:
    header = f"{media_type}; charset={charset}" if charset else media_type
    return Offer(media_type, form or media_type, header, suffix)


_JSON = "application/sparql-results+json"
_XML = "application/sparql-results+xml"

ROWS: Final = (
    _offer("json", _JSON),
    _offer("xml", _XML),
    _offer("csv", "text/csv", charset="utf-8"),
    _offer("tsv", "text/tab-separated-values", charset="utf-8"),
    _offer("json-plain", "application/json", _JSON),
    _offer("xml-plain", "application/xml", _XML),
    _offer("xml-text", "text/xml", _XML, "utf-8"),
)
"""Ways to write the answer of SELECT and ASK, the one we like best first."""

TRIPLES: Final = (
    _offer("ttl", "text/turtle", charset="utf-8"),
    _offer("nt", "application/n-triples"),
    _offer("jsonld", "application/ld+json"),
    _offer("rdf", "application/rdf+xml"),
    _offer("trig", "application/trig", charset="utf-8"),
    _offer("nq", "application/n-quads"),
    _offer("jsonld-plain", "application/json", "application/ld+json"),
    _offer("rdf-plain", "application/xml", "application/rdf+xml"),
    _offer("rdf-text", "text/xml", "application/rdf+xml", "utf-8"),
    _offer("nt-text", "text/plain", "application/n-triples", "utf-8"),
)
"""Ways to write triples, the one we like best first."""

HTML: Final = _offer("html", "text/html", charset="utf-8")


@dataclass(frozen=True, slots=True)
class Wish:
    """One range of an Accept header: `*` stands for anything."""

    type: str
    subtype: str
    weight: float
    has_parameters: bool = False

    def fits(self, media_type: str) -> int:
        """How closely it names a media type: 0 not at all, 3 exactly."""
        first, _, second = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != first:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == second else 0


@lru_cache(maxsize=256)
def wishes(accept: str) -> tuple[Wish, ...]:
    """The ranges of an Accept header; what cannot be read is passed over.

    >>> wishes("text/csv, */*;q=0.1")
    (Wish(type='text', subtype='csv', weight=1.0, has_parameters=False), \
Wish(type='*', subtype='*', weight=0.1, has_parameters=False))
    """
    found: list[Wish] = []
    for part in accept[:LONGEST_ACCEPT].split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        first, slash, second = media_range.lower().partition("/")
        if not (slash and first and second) or (first == "*" and second != "*"):
            continue
        weight, more = _weight(parameters)
        found.append(Wish(first, second, weight, more))
    return tuple(found)


def _weight(parameters: Iterable[str]) -> tuple[float, bool]:
    weight, more = 1.0, False
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            value = value.strip()
            weight = float(value) if _WEIGHT.fullmatch(value) else 0.0
        elif name.strip().lower() != "charset":
            more = True
    return weight, more


def weight_of(media_type: str, wished: Sequence[Wish]) -> float:
    """How much a client wants a media type, from 0 to 1: what the closest range says."""
    closest, weight = 0, 0.0
    for wish in wished:
        if fit := wish.fits(media_type):
            # Parameters that we do not know name something narrower than what we send.
            fit = 2 * fit - wish.has_parameters
            if fit > closest:
                closest, weight = fit, wish.weight
    return weight


@lru_cache(maxsize=1024)
def chosen(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """The form that the client wants most, and we like best among equals; None if it wants none of them.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", ROWS).suffix
    'xml'
    >>> chosen(None, TRIPLES).suffix
    'ttl'
    >>> chosen("text/turtle", ROWS) is None
    True
    """
    if accept is None or not accept.strip():
        return offers[0]
    wished = wishes(accept)
    weights = [weight_of(offer.media_type, wished) for offer in offers]
    most = max(weights)
    return offers[weights.index(most)] if most > 0 else None


def prefers_html(accept: str | None) -> bool:
    """Whether a page is wanted more than any data: what a browser says, and no program."""
    if not accept:
        return False
    wished = wishes(accept)
    named = any(wish.type == "text" and wish.subtype == "html" for wish in wished)
    if not named:
        return False
    html = weight_of(HTML.media_type, wished)
    return html > 0 and all(
        html >= weight_of(offer.media_type, wished) for offer in (*ROWS, *TRIPLES)
    )


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an answer may come compressed.

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0"), accepts_gzip("*")
    (True, False, True)
    """
    anything = False
    for part in accept_encoding[:LONGEST_ACCEPT].split(","):
        coding, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight, _ = _weight(parameters)
        if coding in ("gzip", "x-gzip"):
            return weight > 0
        if coding == "*":
            anything = weight > 0
    return anything
