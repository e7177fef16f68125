"""What comes back from a question: rows, triples, or yes and no. None of it changes afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: variables in the order of its SELECT line, None where one is unbound."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.variables) for row in self.rows):
            raise ValueError("a row and the variables differ in length")

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Term | None]]:
        """Each row by variable."""
        for row in self.rows:
            yield dict(zip(self.variables, row, strict=True))

    def column(self, variable: str) -> tuple[Term | None, ...]:
        """The values of one variable, one for each row.

        Raises: ValueError if there is no such variable.
        """
        place = self.variables.index(variable)
        return tuple(row[place] for row in self.rows)

    @classmethod
    def of(cls, variables: Iterable[str], rows: Iterable[Mapping[str, Term]]) -> Self:
        """Rows from mappings; what a mapping lacks is unbound."""
        names = tuple(variables)
        return cls(names, tuple(tuple(row.get(name) for name in names) for row in rows))


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, each once, sorted by their N-Triples form."""

    triples: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Self:
        """Sort triples, and drop what comes twice."""
        return cls(tuple(sorted(set(triples), key=str)))

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def as_rows(self) -> Rows:
        """The same as rows of subject, predicate and object."""
        rows = tuple((t.subject, t.predicate, t.object) for t in self.triples)
        return Rows(("subject", "predicate", "object"), rows)


Result = Rows | Triples | bool
