"""The network as one HTML file that needs nothing else: no server, no network, no other file.

It opens from an e-mail attachment. Its policy allows no script or style but those it holds, each
by its hash, and no request at all; data enters as one block of JSON and is shown as text only.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simpul.analysis import Names, Network, Timelines, UnknownBody
from simpul.ontology import LANGUAGES, Language, ViewError, Wording

from .console import NEEDS, Console, console_parts
from .json_block import json_block
from .packing import Json, packed
from .page_data import PageData, local_id, page_data, pair
from .palette import Palette, palette
from .placing import Place
from .policy import content_policy
from .story import Story, story_data

Renderer = Literal["auto", "vis", "sigma"]
"""What draws the map: vis-network on a canvas, sigma by WebGL, or whichever suits the size."""

_ROOM = files("simpul.visualizations")
_LIBRARIES = {
    "vis": ("vis-network.min.js",),
    "sigma": ("graphology.umd.min.js", "sigma.min.js"),
}
_MAPS = {"vis": ("labels", "map"), "sigma": ("map_sigma",)}
_BEFORE = ("elements", "unpack", "model", "time", "hint")
_AFTER = (
    *("details", "body_card", "scope", "filters", "search", "slider", "history"),
    *("table", "export", "picture", "hash", "main"),
)
"""The files of page/, in the order in which they build on each other; the map stands between."""

_SMOOTH_BODIES = 1_000
_SMOOTH_LINKS = 3_000  # past either, vis-network is slow to follow the pointer


def write_view(
    network: Network,
    path: Path,
    *,
    lang: Language,
    seed: int,
    title: str | Names,
    focus: str | None = None,
    console: Console | None = None,
    story: Story | None = None,
    timelines: Timelines | None = None,
    renderer: Renderer = "auto",
    pinned: Mapping[str, Place] | None = None,
) -> None:
    """Write the interactive page of a network to `path`; see `view_page`."""
    page = view_page(
        network,
        lang=lang,
        seed=seed,
        title=title,
        focus=focus,
        console=console,
        story=story,
        timelines=timelines,
        renderer=renderer,
        pinned=pinned,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")


def view_page(
    network: Network,
    *,
    lang: Language,
    seed: int,
    title: str | Names,
    focus: str | None = None,
    console: Console | None = None,
    story: Story | None = None,
    timelines: Timelines | None = None,
    renderer: Renderer = "auto",
    pinned: Mapping[str, Place] | None = None,
) -> str:
    """Draw a network as one interactive page of HTML.

    It shows every body and every tie, whatever its standing, and opens in `lang`; readers can
    switch. With `focus`, the IRI, key or name of a body, it shows that body, its partners and the
    ties among them. The same network, seed and words give the same page, byte for byte.
    Bodies that `pinned` names, by IRI, stand where it says, as `read_places` reads it from a page.

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
    data = page_data(network, look, seed=seed, timelines=timelines, pinned=pinned)
    drawn_by = chosen_renderer(network, renderer)

    def render(nodes: list[Json], edges: list[Json]) -> str:
        drawn = replace(data, bodies=nodes, lines=edges)
        return _render(drawn, look, names, lang, centre, console, story, drawn_by)

    drawing = NetworkMap(render, heading=names.say(lang))
    for body in data.bodies:
        drawing.add_node(body["id"], **{key: body[key] for key in body if key != "id"})
    for line in data.lines:
        others = {key: line[key] for key in line if key not in ("from", "to")}
        drawing.add_edge(line["from"], line["to"], **others)
    return drawing.generate_html()


def _render(
    data: PageData,
    look: Palette,
    title: Names,
    lang: Language,
    centre: str | None,
    console: Console | None,
    story: Story | None,
    drawn_by: str,
) -> str:
    own = (*_BEFORE, *_MAPS[drawn_by], *_AFTER)
    scripts = [_library(name) for name in _LIBRARIES[drawn_by]]
    scripts += [_read("page", f"{name}.js") for name in own]
    style = _read("page", "view.css")
    if drawn_by == "sigma":
        style += _read("page", "map_sigma.css")
    if story:
        scripts.append(_read("page", "story.js"))
        style += _read("page", "story.css")
    if console:
        scripts.append(_read("page", "console.js"))
        style += _read("page", "console.css")
    environment = Environment(
        loader=PackageLoader("simpul.visualizations", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    words = Wording.load("simpul.visualizations", "words.toml").sentences
    block = {
        "nodes": packed(data.bodies),
        "edges": packed(data.lines),
        "ties": packed(data.ties),
        "parties": packed(data.parties),
        "evidence": packed(data.evidence),
        "facts": packed(data.facts),
        "sources": packed(data.sources),
        "codes": data.codes,
        "groups": data.groups,
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
            {
                "code": k.code,
                "name": pair(k.name),
                "dash": k.dash,
                "width": k.width,
                "against": k.is_against,
            }
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
        policy=content_policy(
            style,
            scripts,
            script_sources=[NEEDS] if console else [],
            more=["worker-src blob:"] if console else [],
        ),
        console=console_parts(console) if console else None,
        story=Markup(json_block(story_data(story))) if story else None,
        # These three are ours, or escaped by us; escaping them again would change their hashes.
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        data=Markup(json_block(block)),
    )


def chosen_renderer(network: Network, asked: Renderer) -> Literal["vis", "sigma"]:
    """What draws this network: as asked, or by its size where that is left to us."""
    if asked != "auto":
        return asked
    small = (
        len(network.bodies) <= _SMOOTH_BODIES and len(network.links) <= _SMOOTH_LINKS
    )
    return "vis" if small else "sigma"


def _library(name: str) -> str:
    """A library, without the address of a source map that no reader has."""
    try:
        text = _read("assets", name)
    except FileNotFoundError as missing:
        raise ViewError(
            "map",
            f"{name} is missing from the assets; run visualizations/fetch_assets.py",
        ) from missing
    text = text.partition("//# sourceMappingURL=")[0]
    return text.replace("</script", "<\\/script")


def _read(folder: str, name: str) -> str:
    text = _ROOM.joinpath(folder, name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # as a checkout on Windows may have it
