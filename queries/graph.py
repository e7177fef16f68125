"""What a question needs of a graph, wherever that graph is."""

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph as ox

from .dataset import DatasetChoice
from .limits import Limits
from .results import Result, Term


class Graph(Protocol):
    """A graph to ask: a `GraphStore` on this machine, or a `RemoteGraph` behind a SPARQL endpoint.

    The default graph of a query is the union of all graphs, unless the query or a dataset says otherwise.
    """

    def query(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
    ) -> Result:
        """Answer a query: Rows for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK."""
        ...

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """The statements that fit a pattern, in no stated order; None fits everything."""
        ...

    def mentions(self, iri: str) -> bool:
        """Whether the graph says anything about a thing."""
        ...

    def things_under(self, start: str) -> list[str]:
        """The IRIs that begin with `start` and that the graph says something about, sorted."""
        ...
