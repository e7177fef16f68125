"""Where bodies have their sites: the territories on record, by their official codes."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .network import Names
from .reading import AnsweringGraph


@dataclass(frozen=True, slots=True)
class Site:
    """A place that a body is at. `code` is that of the narrowest territory around it that has one."""

    body: str
    place: str
    name: Names
    code: str | None = None


def read_sites(graph: AnsweringGraph) -> tuple[Site, ...]:
    """Read the places of bodies that are accepted, in the order of body and place; each pair once."""
    answers = graph.query(_query())
    columns = [str(variable).removeprefix("?") for variable in answers.variables]
    rows: Any = getattr(answers, "rows", answers)
    said: dict[tuple[str, str], dict[str, str]] = {}
    codes: dict[tuple[str, str], str] = {}
    for row in rows:
        found = {
            column: None if term is None else str(term.value)
            for column, term in zip(columns, row, strict=True)
        }
        where = str(found["body"]), str(found["place"])
        texts = said.setdefault(where, {})
        texts.setdefault(found["language"] or "", found["text"] or "")
        if code := found["code"]:
            # The longest code is that of the narrowest territory.
            codes[where] = max(codes.get(where, ""), code, key=lambda c: (len(c), c))
    return tuple(
        Site(body, place, _names(texts), codes.get((body, place)))
        for (body, place), texts in said.items()
    )


def _names(texts: dict[str, str]) -> Names:
    either = texts.get("") or next(iter(texts.values()), "")
    return Names(texts.get("id", "") or either, texts.get("en", "") or either)


@cache
def _query() -> str:
    return files("simpul.analysis").joinpath("sites.rq").read_text(encoding="utf-8")
