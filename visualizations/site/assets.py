"""The files that pages load from the site itself: styles, scripts, the bundled SPARQL editor."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from simpul.ontology import ViewError

from ..palette import palette

PATH = "/assets/"
"""Where the site serves them."""

_ROOM = files("simpul.visualizations")
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_OURS = (
    *("site.css", "site.js", "sparql.css", "sparql.js"),
    *("review.css", "review.js", "icon.svg"),
)
_FETCHED = ("yasgui.min.css", "yasgui.min.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to serve. `digest` stands in its address, so that it may be kept for ever."""

    name: str
    media_type: str
    body: bytes
    digest: str


@cache
def asset(name: str) -> Asset:
    """The asset of this name.

    Raises: ViewError if there is none, or it has not been fetched.
    """
    body = _body(name)
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(name, _TYPES[name.rpartition(".")[2]], body, digest)


def asset_path(name: str) -> str:
    """The address of an asset, another one for other content."""
    return f"{PATH}{asset(name).digest}/{name}"


def _body(name: str) -> bytes:
    if name in _OURS:
        text = _ROOM.joinpath("site", "files", name).read_text(encoding="utf-8")
        text = text.replace("\r\n", "\n")  # as a checkout on Windows may have it
        if name == "site.css":
            text = _colours() + text
        return text.encode("utf-8")
    if name not in _FETCHED:
        raise ViewError("site", f"has no file {name!r}")
    try:
        body = _ROOM.joinpath("assets", name).read_bytes()
    except FileNotFoundError as missing:
        raise ViewError(
            "site",
            f"{name} is missing from the assets; run visualizations/fetch_assets.py",
        ) from missing
    # Without the address of a source map that no reader has.
    return body.partition(b"//# sourceMappingURL=")[0]


def _colours() -> str:
    """The colours of the families of sectors, for a light page and for a dark one, as classes."""
    families = palette().families
    light = "".join(f".family-{f.code}{{color:{f.light}}}" for f in families)
    dark = "".join(f".family-{f.code}{{color:{f.dark}}}" for f in families)
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n"
