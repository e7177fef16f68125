"""Suggestions: what was understood of one article, one thing at a time, for a person to decide on.

A suggestion is known by a digest of what it says and of the words that say so, not by its number or place: a decision
holds for as long as the same is suggested of the same words, whatever else an extractor finds beside it, and the log of
decisions needs no words of the article.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from ...evidence.articles import normalised, sha256
from ..naming import Lexicon, NameModel
from ..output import article_record
from ..pipeline import understand
from ..reading import Document, Opened, prepare, way_to_file

SuggestedKind = Literal["institution", "person", "tie", "observation"]
KINDS: tuple[SuggestedKind, ...] = get_args(SuggestedKind)
_LISTS: dict[SuggestedKind, str] = {
    "institution": "institutions",
    "person": "people",
    "tie": "ties",
    "observation": "observations",
}
_SAID: dict[SuggestedKind, tuple[str, ...]] = {
    "institution": ("type",),
    "person": ("post",),
    "tie": ("type", "sign", "modality", "when"),
    "observation": ("measure", "value", "unit", "qualifier", "as_of"),
}
"""What a suggestion says besides whom it speaks of: where this changes, it is another suggestion."""

_AROUND = 600
"""So many characters are shown on each side of a passage at the most."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that an article may say: its fields as `simpul extract` writes them, and its passage.

    `start` and `end` count in the original, `shown` in the text that one reads.
    """

    kind: SuggestedKind
    ident: str
    fields: dict[str, Any]  # JSON
    start: int
    end: int
    score: float
    shown: Span


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions of an article, institutions first.

    `text` is the original that places count in, and `digest` its digest; `reading` is the text that one reads, which
    is another where the original is a web page. `pages` are where the pages of a PDF begin.
    """

    text: str
    digest: str
    published: str | None
    found: tuple[Suggestion, ...]
    reading: str
    form: Literal["text", "html", "pdf"] = "text"
    pages: tuple[int, ...] = ()
    way: Document | None = field(default=None, repr=False)

    def place(self, shown: Span) -> Span:
        """Where a span of the text that one reads stands in the original."""
        return self.way.original_span(*shown) if self.way else shown

    def in_context(self, each: Suggestion) -> tuple[str, str, str]:
        """The passage of a suggestion, and what stands before and after it in its paragraph."""
        start, end = each.shown
        first = self.reading.rfind("\n", 0, start) + 1
        last = self.reading.find("\n", end)
        last = len(self.reading) if last < 0 else last
        first, last = max(first, start - _AROUND), min(last, end + _AROUND)
        return (
            self.reading[first:start],
            self.reading[start:end],
            self.reading[end:last],
        )

    def find(self, ident: str) -> Suggestion | None:
        """The suggestion of this name."""
        return next((each for each in self.found if each.ident == ident), None)


def suggestions_of(
    opened: Opened,
    lexicon: Lexicon,
    published: date | None = None,
    model: NameModel | None = None,
) -> Suggestions:
    """What an article suggests, with places in its original."""
    reading = normalised(opened.text)
    document = prepare(reading, published or opened.published)
    understood = understand(document, lexicon, model=model)
    record = article_record("", understood, implied=True)
    way = way_to_file(opened, reading)
    names = _first_words(record)
    found: list[Suggestion] = []
    seen: Counter[str] = Counter()
    for kind in KINDS:
        for fields in record[_LISTS[kind]]:
            shown = _span(kind, fields, record)
            if shown is None:
                continue
            ident = _ident(kind, fields, names, reading[slice(*shown)])
            seen[ident] += 1
            if seen[ident] > 1:
                ident = f"{ident}-{seen[ident]}"
            start, end = way.original_span(*shown) if way else shown
            score = fields["score"]
            found.append(Suggestion(kind, ident, fields, start, end, score, shown))
    text = way.original if way else reading
    return Suggestions(
        text,
        sha256(text),
        record["published"],
        tuple(found),
        reading,
        opened.form,
        opened.pages,
        way,
    )


def party_name(participant: Mapping[str, Any]) -> str:
    """Who takes part in a tie: a body, else a person, else a group without a name of its own."""
    named = (participant.get(each) for each in ("institution", "person", "group"))
    return next(filter(None, named), "")


def _first_words(record: Mapping[str, Any]) -> dict[str, str]:
    """How the article first writes each name, which no name that becomes known later changes."""
    return {
        each["name"]: each["mentions"][0]["text"]
        for each in (*record["people"], *record["institutions"])
        if each["mentions"]
    }


def _ident(
    kind: SuggestedKind, fields: Mapping[str, Any], names: Mapping[str, str], words: str
) -> str:
    parties = [
        (one["role"], names.get(party_name(one), party_name(one)))
        for one in fields.get("participants", ())
    ]
    named = fields.get("name") or fields.get("about")
    # The words around a name are no part of what is said of it.
    passage = "" if kind in {"institution", "person"} else " ".join(words.split())
    said = [
        *(kind, names.get(named, named) if named else None),
        *(fields[each] for each in _SAID[kind]),
        *(sorted(parties), passage),
    ]
    return f"{kind}-{sha256(json.dumps(said))[:12]}"


def _span(
    kind: SuggestedKind, fields: Mapping[str, Any], record: Mapping[str, Any]
) -> Span | None:
    """The passage of a suggestion; of a body that is only implied, that of what implies it."""
    if kind == "tie":
        return fields["passage"]["start"], fields["passage"]["end"]
    if kind == "observation":
        return fields["start"], fields["end"]
    for mention in fields["mentions"]:
        return mention["start"], mention["end"]
    for person in record["people"]:
        if person["institution"] == fields["name"] and person["mentions"]:
            first = person["mentions"][0]
            return first["start"], first["end"]
    for tie in record["ties"]:
        if any(one["institution"] == fields["name"] for one in tie["participants"]):
            return tie["passage"]["start"], tie["passage"]["end"]
    return None
