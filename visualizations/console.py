"""A place to ask SPARQL inside the page: the graph, and the engine that answers, both carried in the file.

The engine is Oxigraph compiled to WebAssembly. It runs in a worker without any network, and a query
that takes too long is ended by ending the worker.
"""

import base64
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from simpul.analysis import Names
from simpul.ontology import LANGUAGES, ViewError, Wording
from simpul.queries import Question

from .json_block import json_block

_ROOM = files("simpul.visualizations")
_ENGINE = "oxigraph_bg.wasm"
_PROGRAM = "oxigraph.js"
_LIMIT_S = 60
_SHOWN_ROWS = 1_000
_LEVEL = 9  # packed once, opened from many an e-mail

NEEDS = "'wasm-unsafe-eval'"
"""What the policy of a page must allow for scripts so that the engine can run; it allows no `eval`."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin from, with its title; `text` is the query, per language of its answer."""

    title: Names
    text: Names


@dataclass(frozen=True, slots=True)
class Console:
    """The graph as N-Quads, and queries to begin from."""

    graph: bytes
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """The parts of a console as they stand in a page: texts that cannot end the element they are in."""

    words: Markup
    program: Markup
    engine: Markup
    graph: Markup


def console_parts(console: Console) -> ConsoleParts:
    """Pack a console for a page. The same graph, examples and engine give the same bytes.

    Raises: ViewError if the engine is missing from the assets.
    """
    said = Wording.load("simpul.visualizations", "console.toml").sentences
    block = {
        "words": {
            code: [text[way] for way in LANGUAGES] for code, text in said.items()
        },
        "examples": [
            {
                "title": [example.title.say(way) for way in LANGUAGES],
                "text": [example.text.say(way) for way in LANGUAGES],
            }
            for example in console.examples
        ],
        "limit_s": _LIMIT_S,
        "shown_rows": _SHOWN_ROWS,
    }
    worker = _ROOM.joinpath("page", "console_worker.js").read_bytes()
    program = b"\n".join((_as_script(_asset(_PROGRAM)), worker.replace(b"\r\n", b"\n")))
    return ConsoleParts(
        Markup(json_block(block)),
        _packed(program),
        _packed(_asset(_ENGINE)),
        _packed(console.graph),
    )


def examples_of(questions: Iterable[Question]) -> tuple[Example, ...]:
    """Questions of the catalogue as queries to begin from, each asking for names in the language it is read in."""
    return tuple(
        Example(
            Names(*(question.title(way) for way in LANGUAGES)),
            Names(*(question.bind(question.in_language(way)) for way in LANGUAGES)),
        )
        for question in questions
    )


def as_nquads(lines: Iterable[str]) -> bytes:
    """N-Quads of statements that are written already, sorted and each once."""
    return "".join(f"{line} .\n" for line in sorted(set(lines))).encode("utf-8")


def _as_script(module: bytes) -> bytes:
    """The engine's module as a plain script: a page opened from a disk may start workers of no other kind."""
    plain = re.sub(rb"^export (?=class |function )", b"", module, flags=re.MULTILINE)
    plain = re.sub(rb"^export \{[^}]*\};?$", b"", plain, flags=re.MULTILINE)
    return plain.replace(b"import.meta.url", b"undefined")


def _packed(content: bytes) -> Markup:
    """Compressed, in base64; without a time of day, so that it stays the same."""
    packed = gzip.compress(content, _LEVEL, mtime=0)
    return Markup(base64.b64encode(packed).decode("ascii"))


def _asset(name: str) -> bytes:
    try:
        return _ROOM.joinpath("assets", name).read_bytes()
    except FileNotFoundError as missing:
        raise ViewError(
            "console",
            f"{name} is missing from the assets; run visualizations/fetch_assets.py",
        ) from missing
