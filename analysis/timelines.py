"""What held of each body for a time: its names, sites, posts with their holders, and figures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from simpul.ontology import ClaimStatus

from .network import Names
from .reading import AnsweringGraph


class TimedAspect(StrEnum):
    """What a timed fact is about."""

    NAME = "name"
    SITE = "site"
    POST = "post"
    FIGURE = "figure"


_NONE = Names()


@dataclass(frozen=True, slots=True)
class TimedFact:
    """One claim about a body and its time, as EDTF.

    `value` is the name, the site, the holder of the post, or the figure as printed; `of` is the
    post or the indicator, and `unit` what the figure counts.
    """

    claim: str
    body: str
    aspect: TimedAspect
    value: Names
    of: Names = _NONE
    unit: Names = _NONE
    status: str = ""
    start: str | None = None
    end: str | None = None
    occurred: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the claim is accepted; a claim without a status is."""
        return self.status in ("", ClaimStatus.ACCEPTED)


Timelines = Mapping[str, tuple[TimedFact, ...]]
"""The timed facts of each body by its IRI, in the order of their aspect and claim."""

_TEXTS = (("text", "language"), ("of", "of_language"), ("unit", "unit_language"))


def read_timelines(graph: AnsweringGraph) -> Timelines:
    """Read what held of each body and when; candidates and rejected claims are left out."""
    rows = _rows(graph)
    words: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[str, dict[str, str | None]] = {}
    for row in rows:
        claim = str(row["claim"])
        first.setdefault(claim, row)
        for text, language in _TEXTS:
            if said := row[text]:
                words[claim][text].setdefault(row[language] or "", said)
    found: dict[str, list[TimedFact]] = defaultdict(list)
    for claim, row in first.items():
        status = (row["status"] or "").rpartition("/")[2]
        if status in (ClaimStatus.CANDIDATE, ClaimStatus.REJECTED):
            continue
        body = str(row["body"])
        found[body].append(
            TimedFact(
                claim=claim,
                body=body,
                aspect=TimedAspect(str(row["aspect"])),
                value=_names(words[claim]["text"]),
                of=_names(words[claim]["of"]),
                unit=_names(words[claim]["unit"]),
                status=status,
                start=row["start"],
                end=row["end"],
                occurred=row["occurred"],
            )
        )
    return {body: tuple(facts) for body, facts in found.items()}


def _names(written: Mapping[str, str]) -> Names:
    """Sort texts by language; one in neither of ours, as a name in print often is, serves both."""
    either = next((written[tag] for tag in sorted(written)), "")
    if "id" in written or "en" in written:
        return Names(written.get("id", ""), written.get("en", ""))
    return Names(either, either)


def _rows(graph: AnsweringGraph) -> list[dict[str, str | None]]:
    answers = graph.query(_query())
    columns = [str(variable).removeprefix("?") for variable in answers.variables]
    rows: Any = getattr(answers, "rows", answers)
    return [
        {
            column: None if term is None else str(term.value)
            for column, term in zip(columns, row, strict=True)
        }
        for row in rows
    ]


@cache
def _query() -> str:
    path = files("simpul.analysis").joinpath("timelines.rq")
    return path.read_text(encoding="utf-8")
