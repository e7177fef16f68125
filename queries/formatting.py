"""A query in tidy lines: the same tokens and comments in the same order, only the blanks between them differ.

Lines that are there stay, each two blanks further in for every bracket that is open; a group that is long, or
was written over several lines, has lines of its own. What has been tidied stays as it is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .tokens import Kind, Token, is_word, tokens

_INLINE: Final = 150
"""Characters that a group on one line may have, if it stands in another one."""
_OUTER_INLINE: Final = 40
_STEP: Final = "  "
_OPENING: Final = frozenset("{[(")
_CLOSING: Final = frozenset("}])")
_PARTS: Final = frozenset(
    ("BIND", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "SERVICE", "VALUES")
)
_STARTS: Final = frozenset((Kind.WORD, Kind.VARIABLE, Kind.NAME, Kind.IRI))


def tidy(text: str) -> str:
    """The query, tidied. It is not parsed: what the engine cannot read is tidied as far as it goes.

    >>> print(tidy("select*{?s ?p ?o.filter(?o>1)filter(?o<9)}limit 5"), end="")
    select * {
      ?s ?p ?o .
      filter(?o>1)
      filter(?o<9)
    }
    limit 5
    """
    return _Tidying(text).text()


class _Tidying:
    """One pass over the tokens of a text; a place is that of a token, counted without blanks."""

    def __init__(self, text: str) -> None:
        self.read = [token for token in tokens(text) if token.kind is not Kind.SPACE]
        self.blanks = ["", *(_blank(text, *pair) for pair in pairwise(self.read))]
        self.pairs = _pairs(self.read)
        self.broken: set[int] = set()  # brackets over several lines, by both places
        self.long: set[int] = set()  # those of them that are on one line so far
        depth = 0
        for place, token in enumerate(self.read):
            if _is(token, _CLOSING):
                depth = max(depth - 1, 0)
            elif _is(token, _OPENING):
                depth += 1
                self._measure(place, self.pairs.get(place, len(self.read) - 1), depth)

    def _measure(self, start: int, end: int, depth: int) -> None:
        if any("\n" in blank for blank in self.blanks[start + 1 : end + 1]):
            self.broken |= {start, end}
        elif self.read[start].text == "{":
            # An upper bound of the length, since it must be the same of the tidied text.
            length = sum(len(token.text) + 1 for token in self.read[start:end])
            if length > (_OUTER_INLINE if depth == 1 else _INLINE):
                self.broken |= {start, end}
                self.long.add(start)

    def text(self) -> str:
        """The tokens and what is now between them."""
        pieces: list[str] = []
        groups: list[int] = []
        for place, token in enumerate(self.read):
            gap = self._gap(place, groups) if place else ""
            if _is(token, _CLOSING) and groups:
                groups.pop()
            if gap.startswith("\n"):
                gap += _STEP * (len(groups) + self._goes_on(place, groups))
            if _is(token, _OPENING):
                groups.append(place)
            comment = token.kind is Kind.COMMENT
            pieces += [gap, token.text.rstrip() if comment else token.text]
        return "".join([*pieces, "\n" if pieces else ""])

    def _gap(self, place: int, groups: Sequence[int]) -> str:
        """What stands before a token: nothing, a blank, the end of a line, or an empty line."""
        before, token, blank = (
            self.read[place - 1],
            self.read[place],
            self.blanks[place],
        )
        if before.text == "{" or _is(token, _CLOSING):
            blank = blank.replace("\n\n", "\n")
        if token.kind is Kind.COMMENT:
            return blank or " "
        if "\n" in blank:
            return blank
        if self._begins_line(place, groups):
            return "\n"
        in_parentheses = bool(groups) and self.read[groups[-1]].text == "("
        if before.text == "(" or token.text in (")", ","):
            return ""
        if token.text == ";" and in_parentheses:  # GROUP_CONCAT(?x; separator=", ")
            return ""
        return blank or (" " if self._needs_blank(place) else "")

    def _begins_line(self, place: int, groups: Sequence[int]) -> bool:
        before, token = self.read[place - 1], self.read[place]
        if not groups:
            if self._is_prologue(place - 1):
                return token.kind is Kind.WORD
            return before.text == "}" and place - 1 in self.broken
        if not set(groups) <= self.broken or self.read[groups[-1]].text != "{":
            return False
        if _is_bar(before) or _is_bar(token):  # {| and |} are of one piece
            return False
        if before.text == "{" or token.text == "}" or self._is_dot(place - 1):
            return True
        if before.text == "}" and (place - 1 in self.broken or groups[-1] in self.long):
            starts = token.kind in _STARTS or token.text == "{"
            return starts and not is_word(token, "UNION")
        part = token.kind is Kind.WORD and token.text.upper() in _PARTS
        return part and groups[-1] in self.long

    def _needs_blank(self, place: int) -> bool:
        before, token = self.read[place - 1], self.read[place]
        if _is_bar(before) or _is_bar(token):
            return False
        if before.text in ("{", "}", ";", ",") or token.text in ("{", "}", ";"):
            return not (before.text == "{" and token.text == "}")
        if token.text == "(":
            return before.kind is Kind.VARIABLE or before.text == ")"
        if is_word(before, "SELECT") or self._is_prologue(place):
            return True
        if before.text == ")" and token.kind in _STARTS:
            return True
        return self._is_dot(place) or self._is_dot(place - 1)

    def _is_prologue(self, place: int) -> bool:
        """Whether a token is the IRI that ends a BASE or PREFIX line."""
        first = self.read[max(place - 2, 0)]
        ends = is_word(first, "PREFIX") or is_word(self.read[place - 1], "BASE")
        return self.read[place].kind is Kind.IRI and ends

    def _is_dot(self, place: int) -> bool:
        """Whether a token ends a statement, and is no part of a number such as 1.e5."""
        if self.read[place].text != ".":
            return False
        return self.read[place - 1].kind is not Kind.NUMBER or bool(self.blanks[place])

    def _goes_on(self, place: int, groups: Sequence[int]) -> bool:
        """Whether a line goes on with the subject, or the list of variables, of the line before."""
        if not groups:
            return (
                self.read[place].kind is Kind.VARIABLE or self.read[place].text == "("
            )
        if self.read[groups[-1]].text == "(":
            return False
        earlier = (t for t in self.read[:place][::-1] if t.kind is not Kind.COMMENT)
        last = next(earlier, None)
        return last is not None and last.text in (";", ",")


def _blank(text: str, before: Token, token: Token) -> str:
    """What is between two tokens: nothing, a blank, the end of a line, or an empty line."""
    between = text[before.start + len(before.text) : token.start]
    ends = len(re.findall(r"\r\n|\r|\n", between))
    return "\n\n" if ends > 1 else "\n" if ends else " " if between else ""


def _pairs(read: Sequence[Token]) -> dict[int, int]:
    """The place of the bracket that closes each one."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(read):
        if _is(token, _OPENING):
            waiting.append(place)
        elif _is(token, _CLOSING) and waiting:
            pairs[waiting.pop()] = place
    return pairs


def _is(token: Token, marks: frozenset[str]) -> bool:
    return token.kind is Kind.OTHER and token.text in marks


def _is_bar(token: Token) -> bool:
    return token.text == "|"
