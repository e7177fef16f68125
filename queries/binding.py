"""The VALUES rows of a query: where its parameters are, and how one is swapped for another term.

Only the inside of a row is rewritten, by the written form of a term and never by raw text, so that no value can
change the shape of a query.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from .results import Term
from .tokens import Kind, Token, is_word, significant

UNDEF = "UNDEF"
_LONGEST_KEPT = 65_536


@dataclass(frozen=True, slots=True)
class ValuesRow:
    """`VALUES ?variable { … }` with at most one term, whose text begins at `start` and ends at `end`."""

    variable: str
    start: int
    end: int
    inside: str

    @property
    def is_empty(self) -> bool:
        """Whether it waits for a value."""
        return not self.inside.strip()

    @property
    def takes_anything(self) -> bool:
        """Whether it says UNDEF."""
        return self.inside.strip().upper() == UNDEF


def values_rows(text: str) -> Iterator[ValuesRow]:
    """The rows of one variable and at most one term, in the order of the text."""
    # Read once for a text, which is asked again and again with other values.
    return iter(_rows_in(text)) if len(text) <= _LONGEST_KEPT else _read_rows(text)


@lru_cache(maxsize=256)
def _rows_in(text: str) -> tuple[ValuesRow, ...]:
    return tuple(_read_rows(text))


def _read_rows(text: str) -> Iterator[ValuesRow]:
    read = significant(text)
    for place, token in enumerate(read):
        if not is_word(token, "VALUES"):
            continue
        after = read[place + 1 : place + 8]
        if len(after) < 3 or after[0].kind is not Kind.VARIABLE or after[1].text != "{":
            continue
        close = next((i for i, later in enumerate(after) if later.text == "}"), None)
        if close is not None and _terms(after[2:close]) <= 1:
            start, end = after[1].start + 1, after[close].start
            yield ValuesRow(after[0].text[1:], start, end, text[start:end])


def swap(text: str, terms: Mapping[str, Term]) -> str:
    """The query with the rows of these variables holding these terms."""
    pieces: list[str] = []
    done = 0
    for row in values_rows(text):
        if row.variable in terms:
            pieces += [text[done : row.start], f" {terms[row.variable]} "]
            done = row.end
    return "".join([*pieces, text[done:]])


def default_term(text: str, row: ValuesRow) -> Term | None:
    """The term in a row, its prefixes and relative IRIs resolved; None if it is empty or takes anything.

    Raises: SyntaxError if it holds no term.
    """
    query = f"{_prologue(text)} SELECT ?x {{ VALUES ?x {{ {row.inside} }} }}"
    answer = ox.Store().query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return next((solution["x"] for solution in answer), None)


def _terms(inside: list[Token]) -> int:
    """Count terms: `"5"^^xsd:integer` is one, as are `"satu"@id` and `-5`."""
    joined = sum(token.text == "^" for token in inside) // 2
    glued = sum(
        token.kind is Kind.LANGUAGE_TAG or token.text in "^+-" for token in inside
    )
    return len(inside) - joined - glued


def _prologue(text: str) -> str:
    """The BASE and PREFIX lines."""
    pieces: list[str] = []
    read = iter(significant(text))
    for token in read:
        if is_word(token, "BASE"):
            pieces += [token.text, next(read).text]
        elif is_word(token, "PREFIX"):
            pieces += [token.text, next(read).text, next(read).text]
        else:
            break
    return " ".join(pieces)
