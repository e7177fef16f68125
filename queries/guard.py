"""What a query may not do to the machine that answers it: call other machines, or nest until the process dies.

Oxigraph has no switch for `SERVICE`, which makes requests from this process, and its parser overflows the
stack on deep nesting, which no Python code can catch. So both are refused before it sees the text.
"""

import re

from .errors import NestedTooDeep, OutboundRequest
from .tokens import Kind, Token, is_word, line_and_column, tokens

DEEPEST_NESTING = 64
"""Open brackets at one time. Ours use at most 8; the engine dies at 872 of the worst kind."""

_GAP = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
_CLAUSE = re.compile(
    rf"service{_GAP}(?:silent{_GAP})?(?:<[^<>]*+>|[?$][^\s{{<#]*+|[^\s{{<#:]*+:[^\s{{#]*+){_GAP}\{{",
    re.IGNORECASE,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# An IRI that no reading can take for `<` and an expression: nothing starts with `scheme://` or `word/`.
_PLAIN_IRI = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]*://|(?!true|false)[A-Za-z][A-Za-z0-9_-]*/)",
    re.IGNORECASE,
)


def refuse_unsafe(text: str) -> None:
    """Pass a query that can be given to the engine in this process.

    Raises: OutboundRequest for `SERVICE` and `LOAD`; NestedTooDeep.
    """
    readings = {text: None, _decoded(text): None}
    for reading in readings:
        read = list(tokens(reading))
        _refuse_outbound(reading, read)
        _refuse_depth(reading, read)


def _refuse_outbound(text: str, read: list[Token]) -> None:
    for token in read:
        if keyword := _keyword(token):
            raise OutboundRequest(keyword, *line_and_column(text, token.start))
    if any(map(_doubtful, read)) and (clause := _CLAUSE.search(text)):
        raise OutboundRequest("SERVICE", *line_and_column(text, clause.start()))


def _keyword(token: Token) -> str | None:
    """The keyword that a token is, or could be read as.

    The engine's grammar knows no ends of words: it reads `trueSERVICE<…>` as two words, and `SERVICE:x`
    as a keyword and a name. So a word or a prefix that merely contains it is refused.
    """
    if is_word(token, "LOAD"):
        return "LOAD"
    if token.kind is Kind.WORD:
        suspect = token.text
    elif token.kind is Kind.NAME:
        suspect = token.text.partition(":")[0]
    else:
        return None
    return "SERVICE" if "service" in suspect.lower() else None


def _doubtful(token: Token) -> bool:
    """Whether the engine might see another token here, and then lose step with us.

    It reads by what it expects: `<` is an operator where an expression goes on, so `?a<?b#>` holds a
    comment for it and an IRI for us. With a backslash, a string that is broken for it may be whole for us.
    In a text with such a token, even a string or a comment may not hold what looks like a SERVICE clause.
    """
    if token.kind is Kind.IRI:
        return _PLAIN_IRI.match(token.text) is None
    return "\\" in token.text or (token.kind is Kind.OTHER and token.text in "\"'")


def _decoded(text: str) -> str:
    r"""The text as an engine reads it that follows section 19.2 to the letter, \u0053 being S anywhere."""

    def character(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        return chr(point) if point < 0x110000 else match[0]

    return _CODE_POINT.sub(character, text)


def _refuse_depth(text: str, read: list[Token]) -> None:
    depth = 0
    for token in read:
        if token.kind is not Kind.OTHER:
            continue
        if token.text in "{[(":
            depth += 1
        elif token.text in "}])":
            depth -= 1
        if depth > DEEPEST_NESTING:
            line, column = line_and_column(text, token.start)
            raise NestedTooDeep(DEEPEST_NESTING, line, column)
