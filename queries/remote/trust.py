"""What a query is, before it is sent away: of which form, and whether the server is known to answer it wrongly.

Measured on Virtuoso 7.2.5: paths of any length leave out or repeat what lies at their own end, BIND loses rows
where its value is a boolean or unbound, and CONSTRUCT and DESCRIBE are cut at ResultSetMaxRows without a word.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ..errors import QuerySyntaxError
from ..guard import see
from ..tokens import Kind, Token, is_word, line_and_column, significant
from .endpoints import Server


class Form(StrEnum):
    """The four forms of a query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_triples(self) -> bool:
        """Whether triples come back, and not rows."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of a query from its text alone. `doubts` are servers that may answer it wrongly."""

    form: Form
    says_from: bool
    doubts: frozenset[Server]


_UPDATES = frozenset(
    ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "DEFINE")
)
_PROLOGUE = {"BASE": 2, "PREFIX": 3, "VERSION": 2}
_BEFORE_PATH = (Kind.NAME, Kind.IRI)


def read_query(text: str, name: str) -> Sent:
    """Pass a query that may be sent to a server.

    Raises: OutboundRequest; NestedTooDeep; QuerySyntaxError for what is no query, such as an update, which
    a server might carry out.
    """
    says_from = see(text).says_from
    read = significant(text)
    place = 0
    while place < len(read) and read[place].text.upper() in _PROLOGUE:
        place += _PROLOGUE[read[place].text.upper()]
    form = read[place].text.upper() if place < len(read) else ""
    if form not in set(Form) or read[place].kind is not Kind.WORD:
        where = read[min(place, len(read) - 1)].start if read else 0
        raise _no_query(name, text, where, "is no SELECT, ASK, CONSTRUCT or DESCRIBE")
    for token in read[place:]:
        if token.kind is Kind.WORD and token.text.upper() in _UPDATES:
            problem = f"{token.text} belongs to an update, and only queries are sent"
            raise _no_query(name, text, token.start, problem)
    doubtful = Form(form).gives_triples or any(map(_doubted, pairwise(read)))
    doubts = frozenset((Server.VIRTUOSO,)) if doubtful else frozenset[Server]()
    return Sent(Form(form), says_from, doubts)


def _doubted(pair: tuple[Token, Token]) -> bool:
    before, token = pair
    if is_word(token, "BIND"):
        return True
    if is_word(token, "EXISTS"):
        # As a value it is a boolean; as a condition it is answered rightly.
        return not (is_word(before, "FILTER") or is_word(before, "NOT"))
    if token.kind is Kind.OTHER and token.text in "*+?":
        path = before.kind in _BEFORE_PATH or is_word(before, "A")
        return path or before.text == ")"
    return is_word(token, "TRUE") or is_word(token, "FALSE")


def _no_query(name: str, text: str, start: int, problem: str) -> QuerySyntaxError:
    line, column = line_and_column(text, start)
    source = text.split("\n")[line - 1] if text else ""
    return QuerySyntaxError(name, line, column, source.replace("\t", " "), problem)
