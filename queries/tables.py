"""Rows for people: a table in a terminal, in Markdown, in a spreadsheet."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

import pyoxigraph as ox
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simpul.ontology import BASE, PREFIXES, XSD

from .documents import plain
from .results import Rows, Term

_NUMERIC = frozenset({XSD.integer, XSD.decimal, XSD.double})
# Codes that move a terminal's cursor, and marks that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@/])")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"


def shown(term: Term | None) -> str:
    """A term as a person reads it: things by kind and key, terms by prefix, texts without their type.

    >>> shown(ox.NamedNode(BASE + "id/org/bpipi")), shown(ox.NamedNode(BASE + "concept/tie-type/founding"))
    ('org/bpipi', 'tie-type/founding')
    """
    if not isinstance(term, ox.NamedNode):
        return plain(term)
    for start in (f"{BASE}id/", f"{BASE}concept/"):
        if term.value.startswith(start):
            return term.value.removeprefix(start)
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


def table_of(rows: Rows, width: int = 120) -> bytes:
    """A table of at most `width` characters; long cells are folded, nothing is cut off.

    Characters that steer a terminal are shown as `�`.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    numeric = _numeric_columns(rows)
    for name in rows.variables:
        table.add_column(
            Text(_safe(name)),
            justify="right" if name in numeric else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(_safe(shown(term))) for term in row))
    out = StringIO(newline="")
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(table)
    lines = (line.rstrip() for line in out.getvalue().split("\n"))
    return ("\n".join(lines).strip("\n") + "\n").encode("utf-8")


def _safe(text: str) -> str:
    return _UNSEEN.sub("\ufffd", " ".join(re.split(r"\r\n|\r|\n|\t", text)))


def markdown_of(rows: Rows) -> bytes:
    """A Markdown table whose cells hold text alone: whatever would be markup or HTML is escaped."""
    numeric = _numeric_columns(rows)
    rule = ["---:" if name in numeric else "---" for name in rows.variables]
    lines = [_line(map(_escaped, rows.variables)), _line(rule)]
    lines += [_line(_escaped(shown(term)) for term in row) for row in rows]
    return "".join(lines).encode("utf-8")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _escaped(text: str) -> str:
    return "<br>".join(
        _MARKDOWN.sub(r"\\\1", _UNSEEN.sub("\ufffd", line.replace("\t", " ")))
        for line in re.split(r"\r\n|\r|\n", text)
    )


def spreadsheet_of(rows: Rows) -> bytes:
    """CSV that a spreadsheet opens as text and numbers, and never as formulas.

    Text that begins like a formula gets an apostrophe before it; numbers, -5 among them, stay numbers.
    The byte order mark tells Excel that it is UTF-8.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows.variables)
    writer.writerows([_guarded(term) for term in row] for row in rows)
    return (_BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def _guarded(term: Term | None) -> str:
    text = plain(term)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(term) else text


def _is_number(term: Term | None) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMERIC:
        return False
    return re.fullmatch(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?", term.value) is not None


def _numeric_columns(rows: Rows) -> set[str]:
    """The columns that hold numbers and nothing else."""
    found: set[str] = set()
    for place, name in enumerate(rows.variables):
        bound = [row[place] for row in rows if row[place] is not None]
        if bound and all(_is_number(term) for term in bound):
            found.add(name)
    return found
