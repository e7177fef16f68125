"""A thing in a few lines of HTML, for a frame or a tooltip of the client. Every name is escaped; nothing runs."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment

from simpul.queries.lookup import Thing, Use

from .reconciliation_schema import Schema, own_text, words

_NAMES_SHOWN = 6


def page(thing: Thing, schema: Schema, address: str) -> str:
    """The page of a preview, with a link to an address if there is one."""
    html: str = _template().render(
        about={**about(thing, schema), "page": address},
        is_page=True,
        language=schema.language,
        open=words().say("open", schema.language),
        style=_style(),
    )
    return html


def fragment(told: Mapping[str, object]) -> str:
    """What `about` tells, or a name alone, as a piece of HTML."""
    html: str = _template().render(about=told, is_page=False)
    return html.strip()


@cache
def policy() -> str:
    """What the page of a preview may do: stand in any frame, look as it does, and lead to the page of the thing."""
    digest = b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def about(thing: Thing, schema: Schema) -> dict[str, object]:
    """What a preview tells of a thing."""
    name = thing.name(schema.language)
    others: dict[str, None] = {}
    former: dict[str, None] = {}
    for each in thing.names:
        if each.use is Use.RECORD and each.until:
            former.setdefault(f"{each.text} (–{each.until})")
        elif each.use in (Use.LABEL, Use.ALIAS) and each.text != name:
            others.setdefault(each.text)
    lines = [schema.about(thing)]
    for code, names in (("also", others), ("formerly", former)):
        if names:
            shown = "; ".join([*names][:_NAMES_SHOWN])
            lines.append(words().say(code, schema.language, names=shown))
    return {"name": name, "short": thing.short(), "lines": lines}


def _style() -> str:
    return own_text("preview.css").strip()


@cache
def _template() -> Any:  # a template of jinja2, which says nothing of its types
    surroundings = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return surroundings.from_string(own_text("preview.html.j2"))
