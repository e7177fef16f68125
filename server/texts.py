"""What the guard and a look at its words tell of a query, kept for the texts that are asked again and again."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simpul.ontology import QueryError
from simpul.queries import Kind, Token, refuse_unsafe, significant

KEPT_TEXTS = 1024
MOST_CHARACTERS = 4 << 20
"""So many characters of texts are kept at the most."""

Form = Literal["rows", "boolean", "triples", "unknown"]
_FORMS: dict[str, Form] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "triples",
    "DESCRIBE": "triples",
}
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_CHANGING = ("NOW", "RAND", "UUID")
_PLAIN = re.compile(
    r"(?:\s|#[^\r\n]*+|PREFIX\s+[^\s<>:]*+:\s*+<[^<>\s]*+>|BASE\s*+<[^<>\s]*+>)*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
# What only tokens can tell: a function whose value changes, an escape, what may be a relative IRI.
_DOUBTFUL = re.compile(
    r"now|rand|uuid|\\u|<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s\"{}|^`\\]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a text may be asked, and what its answer depends on.

    `form` is what it is answered by, `is_changing` whether the answer may differ the next time, `is_relative`
    whether it names a thing in relation to the address that it is sent to.
    """

    form: Form
    is_changing: bool
    is_relative: bool
    refused: QueryError | None = None


class Readings:
    """The readings of the texts that came last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._characters = 0

    def __contains__(self, text: str) -> bool:
        return text in self._kept

    def of(self, text: str) -> Reading:
        """Read a text, or remember how it was read."""
        kept = self._kept.get(text)
        if kept is not None:
            self._kept.move_to_end(text)
            return kept
        reading = read(text)
        self.keep(text, reading)
        return reading

    def keep(self, text: str, reading: Reading) -> None:
        """Remember how a text was read."""
        if text in self._kept or len(text) > MOST_CHARACTERS // 16:
            return
        self._kept[text] = reading
        self._characters += len(text)
        while len(self._kept) > KEPT_TEXTS or self._characters > MOST_CHARACTERS:
            oldest, _ = self._kept.popitem(last=False)
            self._characters -= len(oldest)


def read(text: str) -> Reading:
    """Read a text: guard first, then its words.

    >>> read("PREFIX : <urn:x:> SELECT (NOW() AS ?t) {}")
    Reading(form='rows', is_changing=True, is_relative=False, refused=None)
    """
    try:
        refuse_unsafe(text)
    except QueryError as refused:
        return Reading("unknown", True, False, refused)
    plain = _PLAIN.match(text)
    if plain and not _DOUBTFUL.search(text):
        return Reading(_FORMS[plain[1].upper()], False, False)
    read_tokens = significant(text)
    words = {token.text.upper() for token in read_tokens if token.kind is Kind.WORD}
    return Reading(
        form_of(read_tokens),
        # An engine reads `NOW()` out of longer words too, and an escape may hide one.
        any(word.endswith(_CHANGING) for word in words) or "\\u" in text.lower(),
        any(
            token.kind is Kind.IRI and not _ABSOLUTE.match(token.text)
            for token in read_tokens
        ),
    )


def form_of(read_tokens: Sequence[Token]) -> Form:
    """What a query is answered by: its first word after the prologue says."""
    place = 0
    while place < len(read_tokens) and read_tokens[place].kind is Kind.WORD:
        word = read_tokens[place].text.upper()
        if word == "PREFIX":
            place += 3
        elif word in ("BASE", "VERSION"):
            place += 2
        else:
            return _FORMS.get(word, "unknown")
    return "unknown"
