"""Which known things a sentence names: by the names of the graph, by key, and by sort of institution."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from simpul.ontology import BASE

from .lexicon import Lexicon
from .words import Span, Word, span_of

SORT = "sort"
"""The kind of a mention of a sector or of a kind of institution."""

STRANGER = "stranger"
"""The kind of a mention of a key that the graph does not have."""

SLOTS: dict[str, str] = {
    "institution": "org",
    "group": "org",
    "unnamed": "org",
    "person": "person",
    "post": "post",
    "place": "place",
    "site": "place",
    "indicator": "concept/indicator",
    "release": "doc",
    "source": "doc",
    "document": "doc",
    "event": "event",
    "programme": "programme",
    "tie": "tie",
    SORT: "concept/sector",
}
"""The type of a parameter that takes a thing of each kind."""

_KEY = re.compile(r"(?<![\w/])(?:[a-z]+/)?[a-z0-9]+(?:-[a-z0-9]+)+(?![\w/-])")
_GENITIVE = re.compile(r"['’]s\b")
_LIKE_A_KEY = re.compile(r"^t-|[a-z]/|^[a-z]+-.*-")
"""What no word of a language looks like, though it has hyphens too."""
_KEYED = ("tie", "doc", "release", "observation", "event", "org", "person")
_LIKELY = 82.0
"""The least score of an indicator that is named in part."""
_BEGUN = 80.0
"""The least score of a body or person of whose name only the beginning is written."""
_SURE = frozenset(("exact", "alias", "acronym", "former"))


class Match(Protocol):
    """A thing that a name fits, as an index of names gives it."""

    @property
    def iri(self) -> str:
        """The thing."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def matched(self) -> str:
        """The one of its names that fits."""
        ...

    @property
    def kind(self) -> str:
        """The kind of thing: institution, person, place …"""
        ...

    @property
    def how(self) -> str:
        """In which way the name fits: exact, alias, acronym, former, prefix, typo, part."""
        ...

    @property
    def score(self) -> float:
        """How well, from 0 to 100."""
        ...


class Found(Protocol):
    """A stretch of a sentence that names a thing."""

    @property
    def start(self) -> int:
        """The first character."""
        ...

    @property
    def end(self) -> int:
        """The character after the last."""
        ...

    @property
    def match(self) -> Match:
        """The thing it names, the likeliest if there are several."""
        ...

    @property
    def others(self) -> Sequence[Match]:
        """The other things that the same words name as well."""
        ...


class Names(Protocol):
    """What linking needs of an index of names; `NameIndex` has it."""

    def find(
        self, text: str, *, kinds: Collection[str] | None = None, limit: int = 10
    ) -> Sequence[Match]:
        """The things that a name fits, best first."""
        ...

    def in_sentence(self, text: str) -> Sequence[Found]:
        """The things that a sentence names, without overlaps."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a thing, or one of several: `others` are those that they name as well."""

    span: Span
    written: str
    iri: str
    name: str
    kind: str
    how: str
    others: tuple[tuple[str, str], ...] = ()

    @property
    def slot(self) -> str:
        """The type of parameter it can fill."""
        return SLOTS.get(self.kind, self.kind)


def mentions_of(
    text: str,
    words: Sequence[Word],
    names: Names,
    spoken: Lexicon,
    exists: Callable[[str], bool],
    base: str = BASE,
) -> list[Mention]:
    """The things that a sentence names, in order: keys first, then names, then sorts of institutions.

    A name that is a word of everyday language counts only as it is written in the graph: `its` is
    not ITS.
    """
    found = list(_keys(text, words, exists, base))
    # A genitive is no part of a name; blanks keep the places of the rest.
    for stretch in names.in_sentence(_GENITIVE.sub("  ", text)):
        span = span_of(words, stretch.start, stretch.end)
        if span is None or any(span.meets(other.span) for other in found):
            continue
        written = text[stretch.start : stretch.end]
        if _is_meant(stretch.match, written, words[span.first : span.end], spoken):
            mention = _mention(span, written, stretch.match, stretch.others)
            found += _parted(mention, words, text, names)
    found = _joined(found, words, text)
    found += list(_titled(words, found, names, spoken))
    found += list(_shortened(text, words, found, names, spoken))
    sorts = spoken.sorts.find(word.plain for word in words)
    for code, span, _ in sorted(sorts, key=lambda sort: -len(sort[1])):
        if not any(span.meets(other.span) for other in found):
            written = text[words[span.first].start : words[span.end - 1].end]
            iri = f"{BASE}concept/{code}"
            found.append(Mention(span, written, iri, written, SORT, "exact"))
    return sorted(found, key=lambda mention: mention.span.first)


def _joined(found: list[Mention], words: Sequence[Word], text: str) -> list[Mention]:
    """The mentions, with one in place of several in a row that name the same thing."""
    joined: list[Mention] = []
    for mention in sorted(found, key=lambda each: each.span.first):
        last = joined[-1] if joined else None
        if last and last.iri == mention.iri and last.span.end == mention.span.first:
            span = Span(last.span.first, mention.span.end)
            written = text[words[span.first].start : words[span.end - 1].end]
            joined[-1] = replace(last, span=span, written=written)
        else:
            joined.append(mention)
    return joined


def _titled(
    words: Sequence[Word], found: Sequence[Mention], names: Names, spoken: Lexicon
) -> Iterator[Mention]:
    """Posts that a short title beside a body names, as `Dirjen IKMA`."""
    for body in found:
        first = body.span.first - 1
        title = spoken.titles.get(words[first].plain) if first >= 0 else None
        if title is None or any(other.span.holds(first) for other in found):
            continue
        for text in (f"{title} {body.written}", f"{title} {body.name}"):
            best = next(iter(names.find(text, kinds=("post",), limit=1)), None)
            if best and best.how in _SURE:
                written = words[first].written
                yield _mention(Span(first, first + 1), written, best)
                break


def _shortened(
    text: str,
    words: Sequence[Word],
    found: Sequence[Mention],
    names: Names,
    spoken: Lexicon,
) -> Iterator[Mention]:
    """Bodies and people that words in capitals are the beginning of the name of, and of no other's."""
    run: list[int] = []
    for place in range(len(words) + 1):
        is_part = (
            place < len(words)
            and words[place].is_capital
            and (place > 0 or spoken.known(words[place].plain) is None)
            and not any(mention.span.holds(place) for mention in found)
        )
        if is_part:
            run.append(place)
            continue
        if run:
            span = Span(run[0], run[-1] + 1)
            written = text[words[span.first].start : words[run[-1]].end]
            run = []
            near = names.find(written, kinds=("institution", "person"), limit=2)
            likely = [m for m in near if m.how == "prefix" and m.score >= _BEGUN]
            if len(likely) == 1 and likely[0] is near[0]:
                yield _mention(span, written, likely[0])


def _keys(
    text: str, words: Sequence[Word], exists: Callable[[str], bool], base: str
) -> Iterable[Mention]:
    for match in _KEY.finditer(text):
        span = span_of(words, match.start(), match.end())
        kind, _, key = match[0].rpartition("/")
        kinds = [kind] if kind else list(_KEYED)
        iris = {each: f"{base}id/{each}/{key}" for each in kinds if each in _KEYED}
        known = next((each for each, iri in iris.items() if exists(iri)), None)
        if span and known:
            sort = {"doc": "source", "org": "institution"}.get(known, known)
            yield Mention(span, match[0], iris[known], match[0], sort, "key")
        elif span and _LIKE_A_KEY.search(match[0]):
            yield Mention(span, match[0], "", match[0], STRANGER, "key")


def _is_meant(
    match: Match, written: str, words: Sequence[Word], spoken: Lexicon
) -> bool:
    """Whether words are likely to name the thing, rather than to be words of the language."""
    if match.kind not in SLOTS:
        return False
    if match.how == "typo" and len(words) == 1 and not words[0].is_capital:
        return spoken.known(words[0].plain) is None  # a slip in a word, not in a name
    everyday = all(
        word.plain in spoken.vocabulary or word.plain in spoken.stop for word in words
    )
    return not everyday or len(words) > 1 or written == match.matched


def _parted(
    mention: Mention, words: Sequence[Word], text: str, names: Names
) -> Iterator[Mention]:
    """A post that is named with its body, as in `Kepala BPIPI`, as both of them."""
    span = mention.span
    if mention.kind == "post":
        for first in range(span.first + 1, span.end):
            rest = text[words[first].start : words[span.end - 1].end]
            best = next(iter(names.find(rest, kinds=("institution",), limit=1)), None)
            if best and best.how in _SURE:
                title = text[words[span.first].start : words[first - 1].end]
                yield replace(mention, span=Span(span.first, first), written=title)
                yield _mention(Span(first, span.end), rest, best)
                return
    yield mention


def _mention(
    span: Span, written: str, match: Match, others: Iterable[Match] = ()
) -> Mention:
    """A mention with the other things of its kind that the same words name equally well."""
    equal = tuple(
        (other.iri, other.name)
        for other in others
        if other.kind == match.kind
        and other.how == match.how
        and other.score >= match.score
    )
    return Mention(span, written, match.iri, match.name, match.kind, match.how, equal)


def measured(
    text: str,
    words: Sequence[Word],
    unknown: Sequence[Word],
    settled: Sequence[Span],
    names: Names,
) -> list[Mention]:
    """The indicator that words which nothing else explains are part of the name of."""
    best: tuple[float, int, Mention] | None = None
    places = [place for place, word in enumerate(words) if word in unknown]
    for first in range(max(0, places[0] - 2), places[0] + 1):
        for end in range(places[-1] + 1, min(len(words), places[-1] + 4) + 1):
            span = Span(first, end)
            if any(span.meets(other) for other in settled):
                continue
            written = text[words[first].start : words[end - 1].end]
            for match in names.find(written, kinds=("indicator",), limit=1):
                if match.score >= _LIKELY and (not best or match.score > best[0]):
                    best = match.score, len(span), _mention(span, written, match)
    return [best[2]] if best else []
