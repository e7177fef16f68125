"""What a query may not do to the machine that answers it: call other machines, or nest until the process dies.

Oxigraph has no switch for `SERVICE`, which makes requests from this process, and its parser overflows the
stack on deep nesting, which no Python code can catch. So both are refused before it sees the text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .errors import NestedTooDeep, OutboundRequest
from .tokens import Kind, Token, is_word, line_and_column, tokens

DEEPEST_NESTING = 64
"""Open brackets at one time. Ours use at most 8; the engine dies at 872 of the worst kind."""

MOST_OPERATORS = 1000
"""Characters of operators in a row, as in `1+1+1` or `!!!?x`, along one branch of the brackets. Each operand lies
one deeper than the one before: the engine dies at 7,062 of `+`, `-`, `*` or `/`, 9,500 of `!`, `&&` or `||`, and
11,000 of the `|` of a path. Lists of IN, of arguments, of VALUES and of predicates do not nest, whatever their
length."""

MOST_CLAUSES = 400
"""Groups, FILTER, BIND and expressions with AS in a row, counted likewise, and conditions of HAVING, ORDER BY and
GROUP BY. The engine dies at 2,750 of MINUS, BIND, AS or things to DESCRIBE, and 6,687 of UNION or OPTIONAL."""

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


_FROM = re.compile(rf"from{_GAP}(?:named{_GAP})?(?:<|[^\s<>{{}}()]*:)")
_LONGEST_KEPT = 65_536
_OPERATORS = "!+-*/|&"
_OF_PATHS = "/|!"
"""Those that nest outside of round brackets; elsewhere a sign belongs to a number, and `^^` to a literal."""
_THINGS = frozenset((Kind.NAME, Kind.VARIABLE))


class Seen(NamedTuple):
    """What the guard has seen in a query that may reach the engine."""

    says_from: bool
    """Whether it says FROM, by which it chooses its graphs itself."""


def refuse_unsafe(text: str) -> None:
    """Pass a query that can be given to the engine in this process.

    Raises: OutboundRequest for `SERVICE` and `LOAD`; NestedTooDeep.
    """
    see(text)


def see(text: str, *, outbound: bool = False) -> Seen:
    """Read a query or an update before the engine does; what was read once is known the next time.

    With `outbound` it may call other machines, as whoever wrote it is trusted.

    Raises: OutboundRequest for `SERVICE` and `LOAD`; NestedTooDeep.
    """
    if len(text) > _LONGEST_KEPT:
        return _seen(text, outbound)
    return _seen_before(text, outbound)


def _seen(text: str, outbound: bool) -> Seen:
    lower = text.lower()
    has_points = "\\u" in lower
    if (
        not has_points
        and (outbound or ("service" not in lower and "load" not in lower))
        and sum(map(text.count, "{[(")) <= DEEPEST_NESTING
        and sum(map(text.count, _OPERATORS)) <= MOST_OPERATORS
        and "describe" not in lower
    ):
        # No reading of such a text can call anyone or nest too deep, so only FROM is left to look for: each
        # clause but a thing to describe has a bracket.
        return Seen("from" in lower and bool(_FROM.search(lower)) and _says_from(text))
    says_from = False
    for reading in {text: None, _decoded(text): None}:
        read = list(tokens(reading))
        if not outbound:
            _refuse_outbound(reading, read)
        _refuse_depth(reading, read)
        if reading is text:
            says_from = "from" in lower and any(map(_is_from, read))
    return Seen(says_from)


_seen_before = lru_cache(maxsize=256)(_seen)


def _says_from(text: str) -> bool:
    # The engine reads FROM where a word merely ends in it: `ASKFROM<g>{}`.
    return any(map(_is_from, tokens(text)))


def _is_from(token: Token) -> bool:
    return token.kind is Kind.WORD and "FROM" in token.text.upper()


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


class _Level:
    """What is open since a bracket: how many links of each kind are in a row there, counted from the outermost on."""

    __slots__ = ("bracket", "clauses", "counts_all", "is_data", "operators", "start")

    def __init__(self, bracket: str, before: "_Level | None", *, is_data: bool) -> None:
        self.bracket = bracket
        self.clauses: int = before.clauses if before else 0
        self.operators: int = before.operators if before else 0
        self.start = self.operators
        self.counts_all = False
        """Whether all that stands here is in a row: what to describe, group or order by, or which conditions hold."""
        self.is_data = is_data


def _refuse_depth(text: str, read: list[Token]) -> None:
    """Refuse what nests too deep: by brackets, or by links in a row."""
    levels = [_Level("", None, is_data=False)]
    before = Token(Kind.OTHER, "", 0)
    for token in read:
        kind = token.kind
        if kind is Kind.SPACE or kind is Kind.COMMENT:
            continue
        level = levels[-1]
        if kind is Kind.OTHER:
            if token.text in "{[(":
                _count_group(level, token.text)
                is_data = level.is_data or (
                    before.kind is Kind.WORD and before.text.upper().endswith("DATA")
                )
                levels.append(_Level(token.text, level, is_data=is_data))
                if len(levels) > DEEPEST_NESTING + 1:
                    line, column = line_and_column(text, token.start)
                    raise NestedTooDeep(DEEPEST_NESTING, line, column)
            elif token.text in "}])":
                if len(levels) > 1:
                    levels.pop()
            elif token.text in (",;" if level.bracket == "(" else ",;."):
                # Between round brackets a point may be one of `1.e0`.
                level.operators = level.start
            elif token.text in (_OPERATORS if level.bracket == "(" else _OF_PATHS):
                level.operators += 1
        elif kind is Kind.WORD:
            _count_word(levels, token.text.upper())
        elif kind is Kind.IRI:
            _count_iri(text, token, levels)
        elif level.counts_all and kind in _THINGS:
            level.clauses += 1
        before = token
        level = levels[-1]
        if level.operators > MOST_OPERATORS or level.clauses > MOST_CLAUSES:
            most = MOST_CLAUSES if level.clauses > MOST_CLAUSES else MOST_OPERATORS
            line, column = line_and_column(text, token.start)
            raise NestedTooDeep(most, line, column, links=True)


def _count_group(level: _Level, bracket: str) -> None:
    # The groups of data are told one by one, and nest in nothing.
    is_group = bracket == "{" and level.bracket == "{" and not level.is_data
    if is_group or (level.counts_all and bracket == "("):
        level.clauses += 1


def _count_word(levels: list[_Level], word: str) -> None:
    # The engine knows no ends of words, so one that merely ends or begins like a keyword counts as it.
    level = levels[-1]
    if word.endswith("AS"):
        # `(1 AS ?x)` is one more of those beside its bracket.
        (levels[-2] if len(levels) > 1 else level).clauses += 1
    elif "FILTER" in word:
        level.clauses += 1
    elif word.endswith(("HAVING", "BY", "DESCRIBE")):
        level.counts_all = True
    elif word.endswith(("WHERE", "LIMIT", "OFFSET", "SELECT", "VALUES")):
        level.counts_all = False


def _count_iri(text: str, token: Token, levels: list[_Level]) -> None:
    level = levels[-1]
    if level.counts_all:
        level.clauses += 1
    # Where an expression goes on the engine takes the `<` for an operator, and reads what we took for an IRI.
    if level.bracket == "(" and _PLAIN_IRI.match(token.text) is None:
        level.operators += sum(map(token.text.count, _OPERATORS))
        if token.text.count("(") + len(levels) > DEEPEST_NESTING + 1:
            raise NestedTooDeep(DEEPEST_NESTING, *line_and_column(text, token.start))
