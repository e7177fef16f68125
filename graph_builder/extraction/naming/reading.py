"""Reading: a sentence under the eyes of the rules, and the names of bodies that they find in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..reading import Head, Sentence, Token, is_common, vocabulary
from .gazetteer import level_of, name_at
from .lexicon import KnownBody

_OFFICES = tuple(
    f"{head}{field}"
    for head in ("dis", "din")
    for field in (
        "per",
        "nak",
        "kop",
        "dag",
        "kom",
        "par",
        "bud",
        "hub",
        "tan",
        "kes",
        "sos",
        "dik",
        "lut",
        "kan",
        "bun",
        "hut",
        "kum",
    )
)


@dataclass(slots=True)
class Reading:
    """A sentence under the eyes of the rules: its tokens, and the same in small letters."""

    sentence: Sentence
    text: str
    tokens: Sequence[Token]
    folded: Sequence[str]
    is_title: bool = False

    @classmethod
    def of(cls, sentence: Sentence, text: str) -> "Reading":
        """The reading of a sentence of a clean text."""
        folded = [token.text.casefold() for token in sentence.tokens]
        words = [token for token in sentence.tokens if token.text[0].isalpha()]
        capital = sum(token.is_capital for token in words)
        ends = sentence.text[-1:] in {".", "!", '"', "”", ","}
        title = not ends and len(words) > 2 and 10 * capital >= 7 * len(words)
        return cls(sentence, text, sentence.tokens, folded, title)

    def surface(self, first: int, last: int) -> str:
        """The text from one token up to another."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def is_capital(self, at: int) -> bool:
        """Whether there is a token here that begins with a capital letter."""
        return at < len(self.tokens) and self.tokens[at].is_capital

    def word(self, at: int) -> str:
        """The token here in small letters; an empty text past the ends."""
        return self.folded[at] if 0 <= at < len(self.folded) else ""


@dataclass(frozen=True, slots=True)
class RawName:
    """A name of a body in one sentence: its tokens from `first` up to `last`, and what is known of it.

    `body` is the one of the lexicon that it names, `head` the head word it begins with. `territory`
    is the name of the territory that a government governs, with `level` if the words say it.
    `short` is a short form in brackets that stands inside the name, `plain` the name without it.
    """

    first: int
    last: int
    start: int
    end: int
    surface: str
    type: str | None
    rule: str
    score: float
    body: KnownBody | None = None
    head: Head | None = None
    territory: str | None = None
    level: str | None = None
    short: str | None = None
    plain: str | None = None


def raw_name(
    reading: Reading,
    first: int,
    last: int,
    type: str | None,
    rule: str,
    score: float,
    *,
    body: KnownBody | None = None,
    head: Head | None = None,
    territory: str | None = None,
    level: str | None = None,
) -> RawName:
    """The name that tokens of a sentence are, from `first` up to `last`."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    if last - first > 1 and reading.tokens[last - 1].text == ".":
        end = reading.tokens[last - 2].end  # the dot of Tbk. is passed over, not kept
    surface = reading.text[start:end]
    return RawName(
        first,
        last,
        start,
        end,
        surface,
        type,
        rule,
        score,
        body,
        head,
        territory,
        level,
    )


def head_at(reading: Reading, at: int) -> Head | None:
    """The longest head that begins at a token; its first word needs a capital."""
    if not reading.tokens[at].is_capital:
        return None
    for head in vocabulary().heads.get(reading.folded[at], ()):
        end = at + len(head.words)
        if tuple(reading.folded[at:end]) == head.words:
            return head
    return _regional_office(reading.folded[at])


@lru_cache(maxsize=65_536)
def _regional_office(word: str) -> Head | None:
    """The head that a short form made of the fields of a regional office is: Disnakerperin, Dinkopukm."""
    if len(word) > 6 and word.startswith(_OFFICES) and not is_common(word):
        return Head((word,), "regional-office", "subjects")
    return None


def is_territory(reading: Reading, at: int) -> bool:
    """Whether a territory of Indonesia is named from a token on."""
    start = at + 1 if level_of(reading.word(at)) else at
    return start < len(reading.folded) and bool(name_at(reading.folded, start))


def is_roman(text: str) -> bool:
    """Whether a word may be a Roman number, as in Komisi VII."""
    return len(text) <= 4 and set(text) <= set("IVX")
