"""Which bodies took part in which events: the two-mode network of the graph."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .network import Names
from .reading import AnsweringGraph


@dataclass(frozen=True, slots=True)
class Attendance:
    """A body at an event; persons stand for the body they act for. `occurred` is EDTF."""

    event: str
    name: Names
    body: str
    occurred: str | None = None


def read_attendance(graph: AnsweringGraph) -> tuple[Attendance, ...]:
    """Read who took part in events, by the event itself or by a tie made there; each pair once."""
    answers = graph.query(_query())
    columns = [str(variable).removeprefix("?") for variable in answers.variables]
    rows: Any = getattr(answers, "rows", answers)
    said: dict[tuple[str, str], dict[str, str]] = {}
    days: dict[tuple[str, str], str | None] = {}
    for row in rows:
        found = {
            column: None if term is None else str(term.value)
            for column, term in zip(columns, row, strict=True)
        }
        where = str(found["event"]), str(found["body"])
        texts = said.setdefault(where, {})
        texts.setdefault(found["language"] or "", found["text"] or "")
        days.setdefault(where, found["occurred"])
    return tuple(
        Attendance(event, _names(texts), body, days[event, body])
        for (event, body), texts in said.items()
    )


def _names(texts: dict[str, str]) -> Names:
    either = texts.get("") or next(iter(texts.values()), "")
    return Names(texts.get("id", "") or either, texts.get("en", "") or either)


@cache
def _query() -> str:
    path = files("simpul.analysis").joinpath("attendance.rq")
    return path.read_text(encoding="utf-8")
