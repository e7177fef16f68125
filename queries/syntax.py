"""Where a query breaks the grammar, from what the engine says of it and what people can read."""

import re
from itertools import pairwise
from typing import Final

from .complaints import complaint_words
from .errors import QuerySyntaxError
from .named_terms import Prologue
from .tokens import Kind, Token, is_word, line_and_column, significant

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MANY_CHARACTERS = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")

_LONGEST_EXPLAINED: Final = 16_384
_UPDATES: Final = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "MOVE", "WITH")  # fmt: skip
_CLOSING: Final = {"{": "}", "(": ")", "[": "]"}


def syntax_error(
    name: str, text: str, said: str, *, is_update: bool = False
) -> QuerySyntaxError:
    """The error of a query, or an update, that the engine cannot read, and of which it `said` this."""
    match = _PLACE.match(said)
    if match is None:
        return QuerySyntaxError(name, 1, 1, "", said)
    line, column, detail = int(match[1]), int(match[2]), _readable(match[3])
    prefix, code = None, None
    facts: dict[str, object] = {}
    # What the engine says of an unknown prefix depends on what else could have stood there.
    if len(text) > _LONGEST_EXPLAINED:
        pass  # it costs more than it tells: the engine's own words have to do
    elif unknown := _undeclared(text):
        line, column = line_and_column(text, unknown.start)
        prefix = unknown.text.partition(":")[0]
        detail = f"the prefix {prefix}: is not declared (the engine says: {detail})"
    elif plainer := (None if is_update else _update(text)) or _bracket(text):
        code, token, facts = plainer
        if token is not None:
            line, column = line_and_column(text, token.start)
        detail = complaint_words().say(code, "en", **facts)
    lines = text.split("\n")
    source = lines[line - 1] if line <= len(lines) else ""
    source = source.replace("\t", " ")
    return QuerySyntaxError(name, line, column, source, detail, prefix, code, facts)


def _update(text: str) -> tuple[str, Token, dict[str, object]] | None:
    """Why a query is refused that begins as an update does."""
    body = Prologue.of(significant(text)).body
    if body and any(is_word(body[0], word) for word in _UPDATES):
        return "syntax-update", body[0], {"keyword": body[0].text.upper()}
    return None


def _bracket(text: str) -> tuple[str, Token | None, dict[str, object]] | None:
    """Which bracket is missing, or too many; the place of one that is missing is where the engine gave up."""
    waiting: list[Token] = []
    for token in significant(text):
        if token.kind is not Kind.OTHER:
            continue
        if token.text in _CLOSING:
            waiting.append(token)
        elif token.text in _CLOSING.values():
            if not waiting:
                return "syntax-closes-nothing", token, {"bracket": token.text}
            if _CLOSING[waiting[-1].text] != token.text:
                return _missing(text, waiting[-1])
            waiting.pop()
    return _missing(text, waiting[-1]) if waiting else None


def _missing(text: str, opened: Token) -> tuple[str, None, dict[str, object]]:
    line, _ = line_and_column(text, opened.start)
    missing = _CLOSING[opened.text]
    facts: dict[str, object] = {"missing": missing, "bracket": opened.text}
    facts["opened"] = line
    return "syntax-unclosed", None, facts


def _undeclared(text: str) -> Token | None:
    """The first name whose prefix no PREFIX line declares."""
    read = significant(text)
    declared = {"_"}
    for before, token in pairwise([*read[:1], *read]):
        if token.kind is not Kind.NAME:
            continue
        prefix = token.text.partition(":")[0]
        if is_word(before, "PREFIX"):
            declared.add(prefix)
        elif prefix not in declared:
            return token
    return None


def _readable(expected: str) -> str:
    """What the engine expected, without the classes of characters that it lists one by one.

    >>> _readable("expected one of Prefix not found, ['%'], ['.'], '+', [_]")
    'Prefix not found'
    """
    flat = " ".join(expected.split())
    body = flat.removeprefix("expected one of ").removeprefix("expected ")
    words = [part.strip() for part in _MANY_CHARACTERS.sub("", body).split(",")]
    sentences = [part for part in words if " " in part and "|" not in part]
    return "; ".join(sentences) or flat
