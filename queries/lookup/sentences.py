"""Which known things a sentence names, and where. Time grows with the words of the sentence, and no more."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simpul.ontology import Language

from .matches import Match, Mention, match_of, order
from .spelling import Word, is_of_company, words_of
from .things import KINDS
from .variants import Form
from .vocabulary import slips_allowed

if TYPE_CHECKING:
    from .index import NameIndex

SAID = frozenset(KINDS) - {"unnamed", "release"}
"""The kinds of things that are looked for unless told otherwise: those that bear names; codes are words."""

_OF_SEVERAL_WORDS = frozenset(("post", "indicator", "topic"))
"""Kinds whose names, if of one word, are words: Ketua, karyawan."""
_WORDS = 400
_LONGEST_NAME = 14
"""Words of a name that is recognised."""
_MENDED = 60
"""Words of a sentence that are searched for slips."""
_WAYS = 3
_SHORTEST_SLIP = 5
_SHORTEST_PART = 4
_BEARERS = 12
"""A part of a name that is in more names names none of them."""
_PART = 85.0
_PART_OF_SEVERAL = 70.0

Stretch = tuple[int, int, tuple[Match, ...]]
"""The place of the first word, that after the last, and what they name."""


def mentions(
    index: "NameIndex", text: str, kinds: frozenset[str], language: Language
) -> list[Mention]:
    """The things of some kinds that a sentence names, in order and without overlaps."""
    words = words_of(text, _WORDS)
    sentence = _Sentence(index, text, words, kinds, language)
    taken = [False] * len(words)
    chosen: list[Stretch] = []
    for look in (sentence.named, sentence.parts):
        found = sorted(
            look(taken),
            key=lambda each: (each[0] - each[1], order(each[2][0]), each[0]),
        )
        for first, end, matches in found:
            if not any(taken[first:end]):
                taken[first:end] = [True] * (end - first)
                chosen.append((first, end, matches))
    return [
        Mention(words[first].start, words[end - 1].end, matches[0], matches[1:])
        for first, end, matches in sorted(chosen, key=lambda each: each[0])
    ]


class _Sentence:
    """A sentence, and the index that its words are looked up in."""

    def __init__(
        self,
        index: "NameIndex",
        text: str,
        words: Sequence[Word],
        kinds: frozenset[str],
        language: Language,
    ) -> None:
        self._index = index
        self._text = text
        self._words = words
        self._kinds = kinds
        self._language: Language = language
        self._is_ordinary = [index.is_ordinary(word.plain) for word in words]

    def named(self, taken: Sequence[bool]) -> Iterator[Stretch]:
        """Stretches that are names, as they are or once slips are mended; each word is mended in a few ways."""
        yield from self._named([word.plain for word in self._words], taken)
        ways: dict[int, list[tuple[str, float]]] = {}
        for place, word in enumerate(self._words):
            if not taken[place] and self._may_be_slip(place) and len(ways) < _MENDED:
                near = [
                    n for n in self._index.near(word.plain) if n[0][0] == word.plain[0]
                ]
                if near:
                    ways[place] = near[:_WAYS]
        for way in range(max(map(len, ways.values()), default=0)):
            mended = {
                place: near[min(way, len(near) - 1)] for place, near in ways.items()
            }
            plain = [
                mended[p][0] if p in mended else w.plain
                for p, w in enumerate(self._words)
            ]
            likely = {place: likeness for place, (_, likeness) in mended.items()}
            yield from self._named(plain, taken, likely)

    def parts(self, taken: Sequence[bool]) -> Iterator[Stretch]:
        """Stretches that are part of the name of a person, or begin that of a company: Khofifah, Nikomas."""
        for first, word in enumerate(self._words):
            is_short = len(word.plain) < _SHORTEST_PART
            if taken[first] or self._is_ordinary[first] or is_short:
                continue
            forms = list(self._index.forms_with(word.plain, _BEARERS))
            end, text = first + 1, word.plain
            while end < len(self._words) and not taken[end]:
                longer = f"{text} {self._words[end].plain}"
                if not any(self._is_part(longer, form) for form in forms):
                    break
                end, text = end + 1, longer
            bearers = {f.thing: f for f in forms if self._is_part(text, f)}
            if bearers:
                score = _PART if len(bearers) == 1 else _PART_OF_SEVERAL
                told = [(form, "part", score) for form in bearers.values()]
                yield first, end, self._matches(told)

    def _is_part(self, text: str, form: Form) -> bool:
        """Whether a text is a part of a name that stands for all of it."""
        kind = self._kind(form)
        if kind not in self._kinds or form.text == text:
            return False
        if kind == "person":
            return f" {text} " in f" {form.text} "
        # What follows PT is a name; what a ministry is called is made of words.
        is_company = kind == "institution" and is_of_company(form.name.text)
        return is_company and form.text.startswith(f"{text} ")

    def _named(
        self,
        plain: Sequence[str],
        taken: Sequence[bool],
        likely: dict[int, float] | None = None,
    ) -> Iterator[Stretch]:
        """Stretches that are names; with `likely`, only those with a word that was mended."""
        for first in range(len(plain)):
            text = ""
            for end in range(first + 1, min(first + _LONGEST_NAME, len(plain)) + 1):
                if taken[end - 1]:
                    break
                text = f"{text} {plain[end - 1]}" if text else plain[end - 1]
                forms = self._index.forms(text)
                if not forms or (
                    likely is not None
                    and not any(p in likely for p in range(first, end))
                ):
                    continue
                fitting = [
                    f
                    for f in forms
                    if self._is_meant(f, first, end, likely is not None)
                ]
                if fitting:
                    sure = _likeness(plain[first:end], first, likely)
                    told = [
                        (f, "typo" if sure < 1 else f.how, f.score * sure)
                        for f in fitting
                    ]
                    yield first, end, self._matches(told)

    def _is_meant(self, form: Form, first: int, end: int, is_mended: bool) -> bool:
        """Whether words that are a name are likely to mean it."""
        if not form.is_said or self._kind(form) not in self._kinds:
            return False
        if end - first > 1:
            return (
                not all(self._is_ordinary[first:end])
                or len(form.text) > 12
                or self._as_written(form, first, end)
            )
        if self._kind(form) in _OF_SEVERAL_WORDS or (
            is_mended and form.name.text.islower()
        ):
            return False
        if self._as_written(form, first, end):
            return True
        return not self._is_ordinary[first] and not self._is_in_key(first)

    def _is_in_key(self, place: int) -> bool:
        """Whether a word stands between two hyphens, as in a key such as t-bpipi-founding."""
        word = self._words[place]
        text, start, end = self._text, word.start, word.end
        return text[max(start - 1, 0) : start] == "-" == text[end : end + 1]

    def _as_written(self, form: Form, first: int, end: int) -> bool:
        """Whether words stand in the sentence as the graph has them, in capitals."""
        written = self._text[self._words[first].start : self._words[end - 1].end]
        return written in form.name.text and sum(c.isupper() for c in written) > 1

    def _may_be_slip(self, place: int) -> bool:
        word = self._words[place].plain
        return (
            len(word) >= _SHORTEST_SLIP
            and not self._is_ordinary[place]
            and bool(slips_allowed(word))
        )

    def _kind(self, form: Form) -> str:
        return self._index.thing_at(form.thing).kind

    def _matches(self, told: Sequence[tuple[Form, str, float]]) -> tuple[Match, ...]:
        """What a stretch names, each thing once, the likeliest first."""
        best: dict[str, Match] = {}
        for form, how, score in told:
            thing = self._index.thing_at(form.thing)
            match = match_of(thing, form, how, score, self._language)
            known = best.get(thing.iri)
            if known is None or match.score > known.score:
                best[thing.iri] = match
        return tuple(sorted(best.values(), key=order))


def _likeness(
    plain: Sequence[str], first: int, likely: dict[int, float] | None
) -> float:
    """How like words are to those that were mended, by letters."""
    if not likely:
        return 1.0
    letters = sum(map(len, plain))
    return (
        sum(
            len(word) * likely.get(first + place, 1.0)
            for place, word in enumerate(plain)
        )
        / letters
    )
