"""The query of an entry with further conditions on its rows, as one query that runs as it stands."""

from collections.abc import Iterable

import pyoxigraph as ox

from simpul.ontology import XSD

from ..catalog import Question
from ..tokens import Kind, Token, is_word, significant
from .filling import Narrowing
from .own_queries import own_query


def narrowed(question: Question, bound: str, narrowings: Iterable[Narrowing]) -> str:
    """A query whose rows are those of `bound` that meet every condition, in the same order.

    The header is left out. Each condition is a sub-select that shares one column with the entry.
    """
    text, read = _without_header(bound)
    conditions = [_condition(narrowing) for narrowing in narrowings]
    if not conditions:
        return text
    select, order = _parts(read)
    prologue = text[: read[select].start].splitlines()
    for lines, _ in conditions:
        prologue += [line for line in lines if line not in prologue]
    inner = text[read[select].start : read[order].start]
    blocks = [inner, *(block for _, block in conditions)]
    columns = " ".join(f"?{column.name}" for column in question.columns)
    return "\n".join(
        [
            *filter(None, map(str.rstrip, prologue)),
            "",
            f"SELECT DISTINCT {columns}",
            "WHERE {",
            *(f"  {{\n{_indented(block)}\n  }}" for block in blocks),
            "}",
            text[read[order].start :].strip() + "\n",
        ]
    )


def _condition(narrowing: Narrowing) -> tuple[list[str], str]:
    """The prologue and the sub-select of a condition, its variable named like the column."""
    value: ox.NamedNode | ox.Literal = (
        ox.NamedNode(narrowing.value)
        if (narrowing.way != "titled")
        else ox.Literal(narrowing.value.casefold(), datatype=ox.NamedNode(XSD.string))
    )
    question = own_query(f"narrowing/{narrowing.way}")
    text, read = _without_header(question.bind({"value": value}))
    select, order = _parts(read)
    start, end = read[select].start, read[order].start
    pieces: list[str] = []
    done = start
    for token in read:
        if token.kind is Kind.VARIABLE and start <= token.start < end:
            name = token.text[1:]
            # The others are renamed too, lest the column has the name of one of them.
            renamed = narrowing.column if name == "thing" else f"by_{name}"
            pieces += [text[done : token.start], f"?{renamed}"]
            done = token.start + len(token.text)
    pieces.append(text[done:end])
    return text[:start].splitlines(), "".join(pieces)


def _without_header(text: str) -> tuple[str, list[Token]]:
    plain = text[significant(text)[0].start :]
    return plain, significant(plain)


def _parts(read: list[Token]) -> tuple[int, int]:
    """Where the SELECT begins and where the last ORDER does."""
    select = next(i for i, token in enumerate(read) if is_word(token, "SELECT"))
    order = max(i for i, token in enumerate(read) if is_word(token, "ORDER"))
    return select, order


def _indented(block: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in block.strip().splitlines())
