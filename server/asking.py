"""The served graph as an object that waits for its answers, for code that knows nothing of the server."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from simpul.queries import DatasetChoice, Limits, Result, Rows, Term, result_of

if TYPE_CHECKING:
    from .site import Site

T = TypeVar("T")


class PooledGraph:
    """Asks the workers and waits: for threads beside the one that serves, which it would bring to a halt."""

    def __init__(self, site: "Site", loop: asyncio.AbstractEventLoop) -> None:
        self._site = site
        self._loop = loop

    def query(
        self,
        text: str,
        *,
        name: str = "query",
        dataset: DatasetChoice | None = None,
        limits: Limits | None = None,
    ) -> Result:
        """As `Site.query`. The answer is read in the thread that asked, which has nothing else to do."""
        work = self._site.written(text, name=name, dataset=dataset, limits=limits)
        return result_of(*self._wait(work))

    def mentions(self, iri: str) -> bool:
        """Whether the graph says anything about a thing."""
        node = ox.NamedNode(iri)
        return (
            self.query(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} }}") is True
        )

    def things_under(self, start: str) -> list[str]:
        """The IRIs that begin with `start` and that the graph says something about, sorted."""
        condition = f"ISIRI(?thing) && STRSTARTS(STR(?thing), {ox.Literal(start)})"
        found = self.query(
            f"SELECT DISTINCT ?thing {{ ?thing ?p ?o FILTER({condition}) }} ORDER BY ?thing"
        )
        assert isinstance(found, Rows)
        return sorted(term.value for (term,) in found if isinstance(term, ox.NamedNode))

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """The statements that fit a pattern, in no stated order; None fits everything."""
        terms = {"s": subject, "p": predicate, "o": value}
        pattern = " ".join(str(term or f"?{name}") for name, term in terms.items())
        found = self.query(f"SELECT * {{ GRAPH ?g {{ {pattern} }} }}")
        assert isinstance(found, Rows)
        for row in found.dicts():
            s, p, o = (terms[name] or row[name] for name in "spo")
            graph = row["g"]
            assert isinstance(s, ox.NamedNode | ox.BlankNode)
            assert isinstance(p, ox.NamedNode)
            assert isinstance(graph, ox.NamedNode | ox.BlankNode)
            assert o is not None
            yield ox.Quad(s, p, o, graph)

    def _wait(self, work: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
