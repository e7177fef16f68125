"""Of which graphs a query is asked, as a caller or a protocol says it beside the query."""

from dataclasses import dataclass

import pyoxigraph as ox

from .errors import BadParameter


@dataclass(frozen=True, slots=True)
class DatasetChoice:
    """The graphs that a query is asked of. What is named here takes the place of what the query says FROM.

    `default_graphs` are merged into the default graph, `named_graphs` are what GRAPH finds; where one is given
    and the other is not, the other is empty, as in the SPARQL Protocol, 2.1.4. With neither, the query decides,
    and if it says nothing, its default graph is the union of all graphs, or with `union=False` the graph
    that has no name.

    Raises: BadParameter for a graph that is named by no absolute IRI.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True

    def __post_init__(self) -> None:
        given = {
            "default-graph-uri": self.default_graphs,
            "named-graph-uri": self.named_graphs,
        }
        for parameter, graphs in given.items():
            for graph in graphs:
                try:
                    ox.NamedNode(graph)
                except ValueError as error:
                    problem = f"is no absolute IRI: {error}"
                    raise BadParameter("query", parameter, graph, problem) from None

    @property
    def names_graphs(self) -> bool:
        """Whether it names any graph."""
        return bool(self.default_graphs or self.named_graphs)


UNION = DatasetChoice()
"""All graphs, the default graph being their union."""
