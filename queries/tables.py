"""Rows for people: a table in a terminal, in Markdown, in a spreadsheet."""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from itertools import zip_longest

import pyoxigraph as ox
from rich.cells import cell_len

from simpul.ontology import BASE, PREFIXES, XSD

from .documents import plain
from .folding import column_widths, folded
from .results import Rows, Term
from .spreadsheets import BYTE_ORDER_MARK, guarded

_NUMERIC = frozenset({XSD.integer, XSD.decimal, XSD.double})
# Codes that move a terminal's cursor, and marks that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@/])")
_GAP = 2  # blanks between two columns


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

    A key is folded only where the table would be too wide otherwise. Characters that steer a
    terminal are shown as `�`.
    """
    numeric = _numeric_columns(rows)
    cells = [[printable(name) for name in rows.variables]]
    cells += [[printable(shown(term)) for term in row] for row in rows]
    columns = [list(column) for column in zip(*cells, strict=True)]
    widths = column_widths(columns, width - _GAP * len(columns))
    is_right = [name in numeric for name in rows.variables]
    lines = [line for row in cells for line in _lines_of(row, widths, is_right)]
    height = len(_lines_of(cells[0], widths, is_right))
    lines.insert(height, " " + "─" * (sum(widths) + _GAP * (len(widths) - 1)))
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode("utf-8")


def _lines_of(row: list[str], widths: list[int], is_right: list[bool]) -> list[str]:
    """The lines of one row, the cells of which are folded."""
    folds = [
        folded(*cell).split("\n") if cell[0] else []
        for cell in zip(row, widths, strict=True)
    ]
    lines: list[str] = []
    for parts in zip_longest(*folds, fillvalue=""):
        padded = [
            " " * (wide - cell_len(part)) + part
            if right
            else part + " " * (wide - cell_len(part))
            for part, wide, right in zip(parts, widths, is_right, strict=True)
        ]
        lines.append(" " + (" " * _GAP).join(padded))
    return lines or [""]


def printable(text: str, keep: str = "") -> str:
    """A text in one line, without what steers a terminal or turns the direction of reading.

    `keep` may hold a line feed, to leave lines as they are.
    """
    lines = re.split(r"\r\n|\r|\n", text.replace("\t", " "))
    return (keep or " ").join(_UNSEEN.sub("\ufffd", line) for line in lines)


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
    writer.writerows([_cell(term) for term in row] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def _cell(term: Term | None) -> str:
    text = plain(term)
    return text if is_number(term) else guarded(text)


def is_number(term: Term | None) -> bool:
    """Whether a term is a number that is written as one."""
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMERIC:
        return False
    return re.fullmatch(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?", term.value) is not None


def _numeric_columns(rows: Rows) -> set[str]:
    """The columns that hold numbers and nothing else."""
    found: set[str] = set()
    for place, name in enumerate(rows.variables):
        bound = [row[place] for row in rows if row[place] is not None]
        if bound and all(is_number(term) for term in bound):
            found.add(name)
    return found
