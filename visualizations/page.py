"""The network as one HTML file that needs nothing else: no server, no network, no other file.

It opens from an e-mail attachment. Its policy allows no script or style but those it holds, each
by its hash, and no request at all; data enters as one block of JSON and is shown as text only.
"""

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simpul.analysis import Names, Network, UnknownBody
from simpul.ontology import LANGUAGES, Language, ViewError, Wording

from .page_data import Json, PageData, local_id, page_data, pair
from .palette import Palette, palette

_ROOM = files("simpul.visualizations")
_LIBRARY = "vis-network.min.js"
_SCRIPTS = (
    *("elements", "model", "time", "labels", "map"),
    *("details", "filters", "search", "table", "main"),
)
"""The files of page/, in the order in which they build on each other."""


def write_view(
    network: Network,
    path: Path,
    *,
    lang: Language,
    seed: int,
    title: str | Names,
    focus: str | None = None,
) -> None:
    """Write the interactive page of a network to `path`; see `view_page`."""
    page = view_page(network, lang=lang, seed=seed, title=title, focus=focus)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")


def view_page(
    network: Network,
    *,
    lang: Language,
    seed: int,
    title: str | Names,
    focus: str | None = None,
) -> str:
    """Draw a network as one interactive page of HTML.

    It shows every body and every tie, whatever its standing, and opens in `lang`; readers can
    switch. With `focus`, the IRI, key or name of a body, it shows that body, its partners and the
    ties among them. The same network, seed and words give the same page, byte for byte.

    Raises: ViewError if the front-end files are missing, or `focus` names no body.
    """
    # Waits until here because pyvis brings IPython along, which takes longer than all the rest.
    from .pyvis_map import NetworkMap

    centre: str | None = None
    if focus is not None:
        try:
            centre = local_id(network.find_body(focus).iri)
        except UnknownBody as unknown:
            raise ViewError("map", str(unknown)) from unknown
        network = network.around(focus)
    names = Names(title, title) if isinstance(title, str) else title
    look = palette()
    data = page_data(network, look, seed=seed)

    def render(nodes: list[Json], edges: list[Json]) -> str:
        drawn = PageData(nodes, edges, data.ties, data.sources, data.codes)
        return _render(drawn, look, names, lang, centre)

    drawing = NetworkMap(render, heading=names.say(lang))
    for body in data.bodies:
        drawing.add_node(body["id"], **{key: body[key] for key in body if key != "id"})
    for line in data.lines:
        others = {key: line[key] for key in line if key not in ("from", "to")}
        drawing.add_edge(line["from"], line["to"], **others)
    return drawing.generate_html()


def _render(
    data: PageData, look: Palette, title: Names, lang: Language, centre: str | None
) -> str:
    scripts = [_library(), *(_read("page", f"{name}.js") for name in _SCRIPTS)]
    style = _read("page", "view.css")
    environment = Environment(
        loader=PackageLoader("simpul.visualizations", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    words = Wording.load("simpul.visualizations", "words.toml").sentences
    block = {
        "nodes": data.bodies,
        "edges": data.lines,
        "ties": data.ties,
        "sources": data.sources,
        "codes": data.codes,
        "title": pair(title),
        "language": lang,
        "centre": centre,
        "families": [
            {"code": f.code, "name": pair(f.name), "light": f.light, "dark": f.dark}
            for f in look.families
        ],
        "shapes": [
            {"code": s.code, "name": pair(s.name), "shape": s.shape, "hollow": s.hollow}
            for s in look.shapes
        ],
        "looks": [
            {"code": k.code, "name": pair(k.name), "dash": k.dash, "width": k.width}
            for k in look.looks
        ],
        "words": {
            code: [said[way] for way in LANGUAGES] for code, said in words.items()
        },
    }

    def say(code: str) -> str:
        return words[code][lang]

    return environment.get_template("view.html.j2").render(
        language=lang,
        title=title.say(lang),
        say=say,
        policy=_policy(scripts, style),
        # These three are ours, or escaped by us; escaping them again would change their hashes.
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        data=Markup(json_block(block)),
    )


def json_block(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element.

    >>> json_block({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(scripts: list[str], style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _library() -> str:
    """vis-network, without the address of a source map that no reader has."""
    try:
        text = _read("assets", _LIBRARY)
    except FileNotFoundError as missing:
        raise ViewError(
            "map",
            f"{_LIBRARY} is missing from the assets; run visualizations/fetch_assets.py",
        ) from missing
    text = text.partition("//# sourceMappingURL=")[0]
    return text.replace("</script", "<\\/script")


def _read(folder: str, name: str) -> str:
    text = _ROOM.joinpath(folder, name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # as a checkout on Windows may have it
