"""What comes back from a question: rows, triples, or yes and no. None of it changes afterwards.

The imports inside methods are those of modules that build on this one, and load large libraries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

if TYPE_CHECKING:
    import polars
    import rdflib

    from .columns import Value

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True, repr=False)
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

    def values(self, variable: str) -> "list[Value]":
        """The values of one variable as Python has them: texts, numbers, days; IRIs are texts, unbound is None.

        Raises: ValueError if there is no such variable.

        >>> Rows(("n", "name"), ((ox.Literal(4), ox.Literal("Petra", language="id")),)).values("name")
        ['Petra']
        """
        from .columns import typed_columns

        cells = tuple((term,) for term in self.column(variable))
        (column,) = typed_columns(Rows((variable,), cells))
        return list(column.values)

    @classmethod
    def of(cls, variables: Iterable[str], rows: Iterable[Mapping[str, Term]]) -> Self:
        """Rows from mappings; what a mapping lacks is unbound."""
        names = tuple(variables)
        return cls(names, tuple(tuple(row.get(name) for name in names) for row in rows))

    def to_arrow(self, *, shorten: bool = False, exact: bool = True) -> Any:
        """The same as a `pyarrow.Table`; see `arrow_table`."""
        from .dataframes import arrow_table

        return arrow_table(self, shorten=shorten, exact=exact)

    def to_pandas(self, *, shorten: bool = False, exact: bool = True) -> Any:
        """The same as a `pandas.DataFrame`; see `pandas_frame`."""
        from .dataframes import pandas_frame

        return pandas_frame(self, shorten=shorten, exact=exact)

    def to_polars(
        self, *, shorten: bool = False, exact: bool = True
    ) -> "polars.DataFrame":
        """The same as a `polars.DataFrame`; see `polars_frame`."""
        from .dataframes import polars_frame

        return polars_frame(self, shorten=shorten, exact=exact)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of ({', '.join(self.variables)})>"

    def _repr_html_(self) -> str:
        """The first rows as a notebook shows them."""
        from .notebook import rows_html

        return rows_html(self)


@dataclass(frozen=True, slots=True, repr=False)
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

    def to_rdflib(self) -> "rdflib.Graph":
        """The same as a Graph of rdflib, literal by literal as it is written.

        Raises: QueryFailed at a triple term or a text with a direction, which rdflib cannot hold.
        """
        from .interchange import graph_of

        return graph_of(self.triples)

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"

    def _repr_html_(self) -> str:
        """The first triples as a notebook shows them."""
        from .notebook import rows_html

        return rows_html(self.as_rows())


Result = Rows | Triples | bool
