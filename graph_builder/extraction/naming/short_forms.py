"""Short forms: those that a text itself explains, in brackets or in words."""

from collections.abc import Sequence

from ...identity.acronyms import abbreviates
from ...identity.spelling import folded
from ..reading import Document, Token, is_common, vocabulary
from .reading import RawName, Reading

_LONGEST_SHORT_FORM = 5
_REMARKS = {"persero", "tbk", "perseroda"}
_LINKS = {"atau", "disingkat", "singkatan"}


def defined_forms(document: Document) -> frozenset[str]:
    """Words that stand alone in brackets somewhere: short forms that the text explains."""
    found: set[str] = set()
    for sentence in document.sentences:
        tokens = sentence.tokens
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if before.text == "(" and after.text in {")", "/"} and token.is_capital:
                found.add(token.text)
    return frozenset(found)


def short_forms_after(reading: Reading, name: RawName) -> list[str]:
    """The short forms that brackets after a name give."""
    at = name.last
    if reading.word(at) in {'"', "”", "RI"}:
        at += 1
    if reading.word(at) in _LINKS:
        while reading.word(at) in {
            "atau",
            "disingkat",
            "biasa",
            "disebut",
            "singkatan",
            "dikenal",
            "dengan",
            "sebutan",
        }:
            at += 1
        return _other_name(reading, name, at)
    if reading.word(at) != "(":
        return []
    end = at + 1
    while (
        end < len(reading.tokens)
        and reading.tokens[end].text != ")"
        and end - at <= _LONGEST_SHORT_FORM + 1
    ):
        end += 1
    if end >= len(reading.tokens) or reading.tokens[end].text != ")" or end == at + 1:
        return []
    inner = list(reading.tokens[at + 1 : end])
    if not _is_short_form(inner):
        return []
    text = reading.text[inner[0].start : inner[-1].end]
    return [text] if "/" not in text else [text, *filter(str.isalnum, text.split("/"))]


def _other_name(reading: Reading, name: RawName, at: int) -> list[str]:
    """The other name that "atau" gives: a short form, or one that begins with the same word."""
    if not reading.is_capital(at):
        return []
    text = reading.tokens[at].text
    words = folded(name.surface).split()
    capitals = sum(letter.isupper() for letter in text)
    if abbreviates(reading.folded[at], tuple(words)) or (
        capitals > 1 and text[0].casefold() == words[0][0] and len(words) > 1
    ):
        return [text]
    last = at
    while reading.is_capital(last) and last - at < 3:
        last += 1
    begins = words[1] if words[0] in {"pt", "cv"} and len(words) > 1 else words[0]
    same = reading.folded[at] == begins and last - at > 1
    # "PT Kapal Timur atau East Ship Company (ESC)": the brackets close one name of one body.
    closed = (
        last - at > 1
        and reading.word(last) == "("
        and reading.word(last + 2) == ")"
        and abbreviates(reading.folded[last + 1], tuple(reading.folded[at:last]))
    )
    if closed:
        return [reading.surface(at, last), reading.tokens[last + 1].text]
    return [reading.surface(at, last)] if same else []


def _is_short_form(inner: Sequence[Token]) -> bool:
    first = inner[0].text
    if (
        not first[0].isalpha()
        or first.casefold() in _REMARKS
        or first.casefold() in vocabulary().sets["stops"]
        or first.casefold() in vocabulary().posts
    ):
        return False
    letters = [token.text for token in inner if token.text[0].isalpha()]
    capital = sum(any(letter.isupper() for letter in text) for text in letters)
    if len(letters) > 1 and all(
        is_common(text) and not text.isupper() for text in letters
    ):
        return False
    return capital == len(letters) and len(first) > 1
