"""Deciding: accepted suggestions of one article as records of its sources, never as its sentences.

What was accepted and makes no record all the same is told with the reason: nothing is lost in silence.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...decisions import Decision, Judge
from ...keys import slug
from .making import About, Records, Rows, Unmade
from .suggestions import (
    KINDS,
    SuggestedKind,
    Suggestions,
)

_NOBODY_SAYS = "tidak diketahui"
"""The publisher of an article of which nobody says who published it."""


@dataclass(frozen=True, slots=True)
class Made:
    """The records that decisions make, by the file they belong in, and what makes none."""

    rows: Rows
    unmade: tuple[Unmade, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but sources."""
        return set(self.rows) <= {"sources"}


def source_key(title: str) -> str:
    """The key of a source that is known by its title."""
    return slug(title)


def judged(decisions: Iterable[Decision], digest: str) -> dict[str, Judge]:
    """The decision that holds on each suggestion of an article, by the suggestion's name, oldest first."""
    held: dict[str, Judge] = {}
    for each in decisions:
        if isinstance(each, Judge) and each.text_digest == digest:
            held.pop(each.suggestion, None)
            if each.verdict != "reopen":
                held[each.suggestion] = each
    return held


def records_of(
    suggestions: Suggestions,
    verdicts: Mapping[str, Judge],
    about: About,
    copies: Sequence[tuple[Suggestions, About]] = (),
    taken: Collection[str] = (),
) -> Made:
    """The records that accepted, edited and merged suggestions become.

    `copies` are articles of the same release: they are sources too, and evidence where they have the same words.
    `taken` are keys of parties that other records have.
    """
    made = Records(suggestions, about, copies, taken)
    accepted = [
        (each, verdicts[each.ident])
        for each in suggestions.found
        if each.ident in verdicts and verdicts[each.ident].verdict != "reject"
    ]
    # Bodies before those that are merged into them, and all before who speaks of them.
    accepted.sort(key=lambda pair: (KINDS.index(pair[0].kind), bool(pair[1].into)))
    for each, verdict in accepted:
        made.add(each, verdict)
    articles = ((suggestions, about), *copies)
    return Made(
        {
            "sources": [_source(text, each) for text, each in articles],
            **{name: rows for name, rows in made.rows.items() if rows},
        },
        tuple(made.unmade),
    )


def _source(article: Suggestions, about: About) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": about.key,
        "title": about.title,
        "publisher": about.publisher or _NOBODY_SAYS,
        "language": "id",
        "kind": "news-report",
        "text_digest": article.digest,
    }
    if about.published:
        row["published"] = about.published
    if about.release:
        row["release"] = about.release
    return row


def new_keys(suggestions: Suggestions, kind: SuggestedKind) -> dict[str, str]:
    """The keys that bodies which are suggested would get, by name; other kinds merge into records alone."""
    return {
        each.fields["name"]: slug(each.fields["name"])
        for each in suggestions.found
        if each.kind == kind == "institution" and not each.fields["key"]
    }
