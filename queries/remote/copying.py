"""A graph copied whole from a server, and counted, since servers leave out what is too much for them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from ..dataset import DatasetChoice
from ..results import Rows, Triples
from ..store import GraphStore
from .asked import own
from .errors import BrokenAnswer, CopyTooLarge

_NAME = "copy"


class AskForRows(Protocol):
    """Asks a server for the rows of a query, of these columns."""

    def __call__(
        self, text: str, name: str, columns: tuple[str, ...], dataset: DatasetChoice, /
    ) -> Rows:
        """The whole of them."""
        ...


class AskForTriples(Protocol):
    """Asks a server for the triples of a query."""

    def __call__(self, text: str, name: str, dataset: DatasetChoice, /) -> Triples:
        """The whole of them."""
        ...


@dataclass(frozen=True, slots=True)
class Copier:
    """Counts and copies the graphs of the server at `url`."""

    url: str
    rows: AskForRows
    triples: AskForTriples

    def copy(
        self,
        graphs: Iterable[str],
        most: int,
        told: Callable[[int], None] | None = None,
    ) -> GraphStore:
        """All statements of some graphs, or where there are none of the graph without a name.

        `told` is called with how many there are before they are fetched.

        Raises: CopyTooLarge before anything is fetched; BrokenAnswer if not everything came.
        """
        chosen = [DatasetChoice((graph,)) for graph in graphs] or [DatasetChoice()]
        counts = [self.count(dataset) for dataset in chosen]
        if sum(counts) > most:
            raise CopyTooLarge(_NAME, self.url, sum(counts), most)
        if told:
            told(sum(counts))
        store = ox.Store()
        for dataset, count in zip(chosen, counts, strict=True):
            store.extend(self._quads(dataset, count))
        return GraphStore(store)

    def count(self, dataset: DatasetChoice) -> int:
        """How many statements the server counts in some graphs."""
        rows = self.rows(own("count"), "count", ("count",), dataset)
        counts = [getattr(term, "value", "") for (term,) in rows]
        if len(counts) != 1 or not (counts[0].isascii() and counts[0].isdecimal()):
            raise BrokenAnswer("count", self.url, "counts and gives no number")
        return int(counts[0])

    def _quads(self, dataset: DatasetChoice, count: int) -> list[ox.Quad]:
        triples = set(self.triples(own("statements"), _NAME, dataset))
        if 0 < len(triples) < count:
            # Virtuoso cuts at ResultSetMaxRows without a word; a part smaller than that comes whole.
            size = max(1, len(triples) * 9 // 10)
            triples = set(self._in_parts(dataset, count, size))
        if len(triples) != count:
            problem = f"counts {count:,} statements and gives {len(triples):,}"
            raise BrokenAnswer(_NAME, self.url, problem)
        name = next(map(ox.NamedNode, dataset.default_graphs), ox.DefaultGraph())
        return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples]

    def _in_parts(
        self, dataset: DatasetChoice, count: int, size: int
    ) -> Iterator[ox.Triple]:
        """The statements part by part, in the order of the server's index, to which it need not keep.

        Sorting would take it far too long; if the parts overlap, their count tells.
        """
        for start in range(0, count, size):
            part = f"{own('statements')}LIMIT {size} OFFSET {start}"
            for triple in self.triples(part, _NAME, dataset):
                if isinstance(triple.subject, ox.BlankNode) or isinstance(
                    triple.object, ox.BlankNode
                ):
                    # It would be another one in every part.
                    problem = "gives only a part at a time, and that with blank nodes"
                    raise BrokenAnswer(_NAME, self.url, problem)
                yield triple
