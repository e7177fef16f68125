"""Suggestions: what was understood of one article, one thing at a time, for a person to decide on.

A suggestion is known by its kind and its place in the normalised text, so that a decision on it holds for as long as the
text is the same, and the log of decisions needs no words of the article.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from ..evidence.articles import normalised, sha256
from .cleaning import prepare
from .lexicon import Lexicon
from .name_model import NameModel
from .output import article_record
from .pipeline import understand

SuggestedKind = Literal["institution", "person", "tie", "observation"]
KINDS: tuple[SuggestedKind, ...] = get_args(SuggestedKind)
_LISTS: dict[SuggestedKind, str] = {
    "institution": "institutions",
    "person": "people",
    "tie": "ties",
    "observation": "observations",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that an article may say: its fields as `simpul extract` writes them, and its passage."""

    kind: SuggestedKind
    ident: str
    fields: dict[str, Any]  # JSON
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions of an article, institutions first; `digest` is that of its normalised text."""

    text: str
    digest: str
    published: str | None
    found: tuple[Suggestion, ...]


def suggestions_of(
    article: str,
    lexicon: Lexicon,
    published: date | None = None,
    model: NameModel | None = None,
) -> Suggestions:
    """What an article suggests, with places in its normalised text."""
    text = normalised(article)
    record = article_record(
        "", understand(prepare(text, published), lexicon, model=model)
    )
    found: list[Suggestion] = []
    for kind in KINDS:
        for number, fields in enumerate(record[_LISTS[kind]]):
            start, end = _span(kind, fields)
            # What has no place in the text, such as a body that only a post implies, cannot be evidenced.
            if start < end:
                ident = f"{kind}-{number + 1}-{start}-{end}"
                found.append(
                    Suggestion(kind, ident, fields, start, end, fields["score"])
                )
    return Suggestions(text, sha256(text), record["published"], tuple(found))


def _span(kind: SuggestedKind, fields: dict[str, Any]) -> tuple[int, int]:
    if kind == "tie":
        return fields["passage"]["start"], fields["passage"]["end"]
    if kind == "observation":
        return fields["start"], fields["end"]
    mentions = fields["mentions"]
    return (mentions[0]["start"], mentions[0]["end"]) if mentions else (0, 0)
