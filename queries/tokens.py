"""SPARQL text as tokens that add up to the text again, whatever it holds.

A tokeniser and not a parser: it knows where strings, IRIs, comments and names begin and end, so that the
guard and the binder never mistake one for another. Anything it cannot read becomes a token of one character.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is; the order is that of reading."""

    SPACE = "space"
    COMMENT = "comment"
    STRING = "string"
    IRI = "iri"
    VARIABLE = "variable"
    LANGUAGE_TAG = "language_tag"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    OTHER = "other"


class Token(NamedTuple):
    """A piece of text, and where it starts, counted in characters from 0."""

    kind: Kind
    text: str
    start: int


# The classes of characters and the escapes are exactly those of the grammar (SPARQL 1.1 Query, 19.8): a
# tokeniser that takes one character more or less than the engine loses its place, and with it what it guards.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = _BASE + "_"
_LATER = _FIRST + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = _LATER + "-"
_POINT = (
    r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|\\U00(?:0[0-9A-Fa-f]|10)(?<!00)[0-9A-Fa-f]{4}"
    r"|\\U0000(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
)
_ESCAPE = rf"""\\[tbnrf\\"']|{_POINT}"""
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_PATTERNS = {
    Kind.SPACE: r"[ \t\r\n]+",
    Kind.COMMENT: r"#[^\r\n]*",
    Kind.STRING: (
        rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+"""'
        rf"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+'''"
        rf'|"(?:[^"\\\n\r]|{_ESCAPE})*+"'
        rf"|'(?:[^'\\\n\r]|{_ESCAPE})*+'"
    ),
    Kind.IRI: rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{_POINT})*+>',
    Kind.VARIABLE: rf"[?$][{_FIRST}0-9][{_LATER}]*",
    Kind.LANGUAGE_TAG: r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    Kind.NAME: (
        rf"(?:_|[{_BASE}](?:\.*[{_CHARS}])*+)?:"
        rf"(?:(?:[{_FIRST}:0-9]|{_LOCAL_ESCAPE})(?:\.*(?:[{_CHARS}:]|{_LOCAL_ESCAPE}))*)?"
    ),
    Kind.WORD: r"[A-Za-z][A-Za-z0-9_]*",
    Kind.NUMBER: r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?",
    Kind.OTHER: r"[\s\S]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{_PATTERNS[kind]})" for kind in Kind))


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order; joined they are the text.

    >>> [token.text for token in tokens("ASK{?s<urn:p>'}'}")]
    ['ASK', '{', '?s', '<urn:p>', "'}'", '}']
    """
    for match in _TOKEN.finditer(text):
        yield Token(Kind(match.lastgroup or Kind.OTHER), match[0], match.start())


def significant(text: str) -> list[Token]:
    """The tokens without spaces and comments."""
    ignored = (Kind.SPACE, Kind.COMMENT)
    return [token for token in tokens(text) if token.kind not in ignored]


def is_word(token: Token, word: str) -> bool:
    """Whether a token is this keyword, which SPARQL lets one write in any case."""
    return token.kind is Kind.WORD and token.text.upper() == word


def line_and_column(text: str, start: int) -> tuple[int, int]:
    r"""The place of a character as people count: from 1, in lines that end in \n.

    >>> line_and_column("ASK\n{ }", 4)
    (2, 1)
    """
    line = text.count("\n", 0, start) + 1
    return line, start - text.rfind("\n", 0, start)
