"""A question read: its cues, the things and moments it names, and the words that were not understood."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from simpul.ontology import BASE, LANGUAGES, Language

from .lexicon import Cue, Lexicon, language_of, lexicon
from .linking import SORT, Mention, Names, measured, mentions_of
from .moments import Moment, Unclear, moments_of
from .phrases import literals
from .words import Span, Word, words_of

_THING = "□"
"""What stands for a name while cues are looked for."""

_QUESTION_WORDS = frozenset(
    ("who", "what", "which", "where", "when", "howmany", "yesno", "institution")
)

_OF_FIGURES = frozenset(("figure", "indicator", "howmany"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue with the words that carry it."""

    cue: Cue
    span: Span
    written: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question says, as far as it was understood.

    `unknown` are words that carry something and were not understood, `dangling` pronouns that stand
    for nothing it names.
    """

    text: str
    language: Language
    words: tuple[Word, ...]
    signs: tuple[Sign, ...]
    mentions: tuple[Mention, ...]
    moments: tuple[Moment, ...]
    unclear: tuple[Unclear, ...] = ()
    at_least: int | None = None
    unknown: tuple[Word, ...] = ()
    dangling: tuple[Word, ...] = ()

    @property
    def named(self) -> tuple[Span, ...]:
        """The words that name things and moments."""
        things = (m.span for m in self.mentions if m.kind != SORT)
        return (*things, *(moment.span for moment in self.moments))

    def says(self, name: str) -> bool:
        """Whether a cue is among its signs."""
        return any(sign.cue.name == name for sign in self.signs)


def read_question_text(
    text: str,
    names: Names,
    *,
    today: date,
    exists: Callable[[str], bool],
    setting: Collection[str] = (),
    asked: Language | None = None,
    base: str = BASE,
) -> Reading:
    """Read a question.

    `setting` are words that the title of the graph has: they say nothing that the graph does not.
    """
    words = words_of(text)
    language = language_of([word.plain for word in words], asked)
    spoken = lexicon(language)
    mentions = mentions_of(text, words, names, spoken, exists, base)
    things = [m.span for m in mentions if m.kind != SORT]
    moments, unclear = moments_of(text, words, spoken, today, things)
    told = [m.span for m in moments] + [u.span for u in unclear]
    open_post = {m.span for m in mentions if m.kind == "post"}
    taken = [span for span in things if span not in open_post]
    line = list(_line(words, taken, spoken))
    signs = list(_signs(text, words, line, language, [*told]))
    settled = [*things, *told, *(m.span for m in mentions)]
    unknown = list(_unknown(words, line, spoken, signs, settled, setting))
    if unknown and any(sign.cue.name in _OF_FIGURES for sign in signs):
        counted = measured(text, words, unknown, settled, names)
        mentions += counted
        spans = [mention.span for mention in counted]
        unknown = [
            word
            for word in unknown
            if not any(span.holds(words.index(word)) for span in spans)
        ]
    dangling = [] if mentions else list(_dangling(words, spoken, signs))
    return Reading(
        text=text,
        language=language,
        words=words,
        signs=tuple(sorted(signs, key=lambda s: (s.span.first, -len(s.span)))),
        mentions=tuple(mentions),
        moments=tuple(moments),
        unclear=tuple(unclear),
        at_least=_amount(line, spoken),
        unknown=tuple(unknown),
        dangling=tuple(dangling),
    )


def _line(
    words: Sequence[Word], taken: Iterable[Span], spoken: Lexicon
) -> Iterator[str]:
    """The words as the lexicon has them, with one mark for each word of a name."""
    spans = list(taken)
    for place, word in enumerate(words):
        if any(span.holds(place) for span in spans):
            yield _THING
        elif word.is_capital and place and not word.written.isupper():
            yield word.plain  # perhaps a name that is not known: a slip is not mended
        else:
            yield spoken.known(word.plain) or word.plain


def _signs(
    text: str,
    words: Sequence[Word],
    line: Sequence[str],
    language: Language,
    told: Sequence[Span],
) -> Iterator[Sign]:
    """The cues of a sentence; of two phrases, one inside the other, the longer counts.

    Words that the language of the sentence leaves over are looked for in the other one, since
    people mix them.
    """
    kept: list[tuple[Cue, Span]] = []
    spoken = lexicon(language)
    for each in (language, *(other for other in LANGUAGES if other != language)):
        found = [
            (cue, span)
            for cue, span, _ in lexicon(each).cues.find(line)
            if not any(span.meets(other) for other in told)
            and not (span.first and cue.name in lexicon(each).opening)
        ]
        if each != language:
            covered = {p for _, span in kept for p in range(span.first, span.end)}
            found = [
                (cue, span)
                for cue, span in found
                if not any(
                    p in covered or line[p] in spoken.stop
                    for p in range(span.first, span.end)
                )
            ]
        kept += found
    for cue, span in kept:
        longer = (
            span.within(other)
            for one, other in kept
            if cue.name not in _QUESTION_WORDS or one.name in _QUESTION_WORDS
        )
        if not any(longer):
            turned = _voiced(cue, span, line, spoken)
            written = text[words[span.first].start : words[span.end - 1].end]
            yield Sign(turned, span, written)


def _voiced(cue: Cue, span: Span, line: Sequence[str], spoken: Lexicon) -> Cue:
    """A participle is active unless a word says that it is passive, in languages that have such words."""
    if cue.variant != "passive" or not spoken.be:
        return cue
    before = set(line[: span.end]) & spoken.be
    after = set(line[span.end : span.end + 2]) & spoken.by
    far = line[-1:] and line[-1] in spoken.by
    return cue if before or after or far else Cue(cue.name, "active")


def _amount(line: Sequence[str], spoken: Lexicon) -> int | None:
    """The smallest number that a question wants counted, if it says one."""
    for name, _, match in spoken.amounts.find(line):
        word = next(filter(None, match.groups()), "")
        number = int(word) if word.isdecimal() else spoken.numbers.get(word)
        if number is not None and number < 1_000_000:
            return number + (name == "more-than")
    return None


def _unknown(
    words: Sequence[Word],
    line: Sequence[str],
    spoken: Lexicon,
    signs: Iterable[Sign],
    settled: Sequence[Span],
    setting: Collection[str],
) -> Iterator[Word]:
    """The words that carry something and were not understood."""
    spans = [sign.span for sign in signs] + list(settled)
    for place, word in enumerate(words):
        read = line[place]
        if read in spoken.stop or word.plain in setting or word.plain in _endings():
            continue
        if word.plain in spoken.numbers:
            continue
        if word.plain.isdecimal() or any(span.holds(place) for span in spans):
            continue
        yield word


def _dangling(
    words: Sequence[Word], spoken: Lexicon, signs: Iterable[Sign]
) -> Iterator[Word]:
    """Pronouns of a sentence that names nothing they could stand for."""
    asked = [sign.span for sign in signs if sign.cue.variant]
    for place, word in enumerate(words):
        clitic = spoken.language == "id" and word.plain.endswith("nya")
        if (asked and word.plain in spoken.pronouns) or (
            clitic and any(span.holds(place) for span in asked)
        ):
            yield word


def _endings() -> frozenset[str]:
    """What is left of a word when it is parted at a hyphen or an apostrophe."""
    return frozenset(literals(("nya s an kah re ll ve t",)))
