"""The errors of Simpul, all under one root, in the one room that every other room sees.

Each keeps its facts as attributes, so that a caller can sort or translate them, and says where, what and
the way out in its message.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class SimpulError(Exception):
    """Whatever Simpul itself finds wrong; catch this to catch all of ours and nothing else."""


class SourceError(SimpulError):
    """The input cannot be true as it stands.

    `row` counts from 1 as a person would in the file; `key` is the id of the record where it has one.

    >>> print(SourceError("ties.csv", 41, "ends before it starts", remedy="swap the dates"))
    ties.csv row 41: ends before it starts; swap the dates
    >>> print(SourceError("ties.yaml", None, "unknown place 'sidarjo'", key="t-1", field="place"))
    ties.yaml t-1, place: unknown place 'sidarjo'
    """

    def __init__(
        self,
        file: str,
        row: int | None,
        problem: str,
        *,
        key: str | None = None,
        field: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.file = file
        self.row = row
        self.problem = problem
        self.key = key
        self.field = field
        self.remedy = remedy
        where = [file]
        if row is not None:
            where.append(f"row {row}")
        if key is not None:
            where.append(key)
        place = " ".join(where) + (f", {field}" if field else "")
        super().__init__(f"{place}: {problem}" + (f"; {remedy}" if remedy else ""))


class VocabularyError(SimpulError):
    """Our own ontology, code lists, shapes or wordings are wrong, or lack what was asked of them."""

    def __init__(self, term: str, problem: str) -> None:
        self.term = term
        self.problem = problem
        super().__init__(f"{term}: {problem}")


class QueryError(SimpulError):
    """A query cannot be answered as it was asked."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"{name}: {problem}")


class ViewError(SimpulError):
    """A view or figure cannot be drawn from what it was given."""

    def __init__(self, view: str, problem: str) -> None:
        self.view = view
        self.problem = problem
        super().__init__(f"{view}: {problem}")


def near_miss(word: str, names: Iterable[str]) -> str | None:
    """The name that `word` was most likely meant to be, or None where nothing comes close.

    >>> near_miss("bridge", ["bridges", "founders"])
    'bridges'
    >>> near_miss("xyz", ["bridges", "founders"]) is None
    True
    """
    # Sorted, so that a tie between two names falls the same way however they were given.
    found = get_close_matches(word, sorted(names), n=1, cutoff=0.6)
    return found[0] if found else None
