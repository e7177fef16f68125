"""Selectors: where a passage stands in a text that is not stored, and whether it still stands there.

A selector holds positions and hashes, never words, so it can be published; whoever has the text can
check it. Texts change: a site mends a spelling, a cleaner drops a line. `verify` then tells where
the passage is now, or that it cannot be told. It proposes and never changes a record: a passage
taken for another is worse than one that is lost.

The rule, after the one that annotation tools came to (hypothesis/client 7571): a place is accepted
only if the words of the span and those of at least one side are the same, and only if one place in
the text is like that. A hash is no secret: short spans can be guessed from theirs.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from ..reading import Loaded
from ..records import Evidence, Selector
from .articles import normalised, sha256

CONTEXT = 32
"""The characters hashed on each side of a span unless told otherwise."""

BOTH = 2


@dataclass(frozen=True, slots=True)
class Found:
    """The passage stands where the selector says."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The passage stands at one other place, which is only proposed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Orphaned:
    """Where the passage stands cannot be told; `alike` are the places with the same words."""

    alike: tuple[tuple[int, int], ...] = ()


Place = Found | Moved | Orphaned


def anchor(text: str, start: int, end: int, context: int = CONTEXT) -> Selector:
    """Make the selector of a span of a normalised text.

    Raises: ValueError if the span is empty or does not lie in the text.

    >>> anchor("satu dua tiga", 5, 8).context
    32
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span {start}-{end} in a text of {len(text)} characters")
    before, after = _sides(text, start, end, context)
    return Selector(
        start=start,
        end=end,
        digest=sha256(text[start:end]),
        prefix_digest=before,
        suffix_digest=after,
        context=context,
    )


def verify(text: str, selector: Selector) -> Place:
    """Tell whether a passage stands in a normalised text where its selector says.

    A place in the text has the words of the span, and one side of the context or both the same.
    Found: the place of the selector has both; or one, while no other place has both; a selector
    without a context is content with the words. Moved: another place is the only one with both, or
    the only one with one where none has both. Orphaned: anything else, and so every passage that
    left its place and whose selector has no context, however few places have its words.
    For what is not found at once, time grows with the length of the text times that of the span.

    >>> told = anchor("satu dua tiga", 5, 8)
    >>> verify("satu dua tiga", told), verify("nol satu dua tiga", told), verify("satu 2 tiga", told)
    (Found(), Moved(start=9, end=12), Orphaned(alike=()))
    """
    start, length = selector.start, selector.end - selector.start
    here = sha256(text[start : selector.end]) == selector.digest
    if here and (
        selector.context is None or _sides_alike(text, start, selector) == BOTH
    ):
        return Found()
    places = list(_places(text, selector))
    sides = {place: _sides_alike(text, place, selector) for place in places}
    best = max(sides.values(), default=0)
    fit = [place for place in places if best and sides[place] == best]
    if start in fit:
        return Found()
    if len(fit) == 1:
        return Moved(fit[0], fit[0] + length)
    return Orphaned(tuple((place, place + length) for place in places))


@dataclass(frozen=True, slots=True)
class Checked:
    """A selector of a record, and where its passage stands; None where the article is not there.

    `number` counts the selectors of the record from 0.
    """

    record: Evidence
    number: int
    selector: Selector
    place: Place | None


def verify_all(loaded: Loaded, texts: Mapping[str, str]) -> Iterator[Checked]:
    """Check every selector of the records, in their order; no record is changed."""
    for record in loaded.records.get("evidence", {}).values():
        assert isinstance(record, Evidence)
        text = texts.get(record.source)
        for number, selector in enumerate(record.selectors):
            place = None if text is None else verify(text, selector)
            yield Checked(record, number, selector, place)


def spans_of(text: str, words: str) -> list[tuple[int, int]]:
    r"""Every place where some words stand in a normalised text, whatever white space is between them.

    >>> spans_of("satu dua\ntiga", "dua tiga")
    [(5, 13)]
    """
    parts = normalised(words).split()
    if not parts:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    return [match.span() for match in re.finditer(pattern, text)]


def _places(text: str, selector: Selector) -> Iterator[int]:
    """Every place where the words of the span stand, by their hash alone."""
    length = selector.end - selector.start
    data = text.encode()
    at = [0, *accumulate(len(character.encode()) for character in text)]
    wanted = bytes.fromhex(selector.digest)
    for place in range(len(text) - length + 1):
        span = data[at[place] : at[place + length]]
        if hashlib.sha256(span).digest() == wanted:
            yield place


def _sides_alike(text: str, start: int, selector: Selector) -> int:
    """How many sides of a place are those of the selector: 0, 1 or 2."""
    if selector.context is None:
        return 0
    end = start + selector.end - selector.start
    before, after = _sides(text, start, end, selector.context)
    return (before == selector.prefix_digest) + (after == selector.suffix_digest)


def _sides(text: str, start: int, end: int, context: int) -> tuple[str, str]:
    before = text[max(0, start - context) : start]
    return sha256(before), sha256(text[end : end + context])
