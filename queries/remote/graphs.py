"""Which graphs of a server are meant, and how they are named in a question.

The default graph of a server is what its makers wanted: the union of all graphs for Virtuoso, a graph without a
name for Oxigraph. So every question names its graphs, and the answer is the same everywhere.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from simpul.graph_builder import GraphName

from ..dataset import DatasetChoice

LISTED = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } LIMIT "
MOST_GRAPHS = 500
"""So many are named in one question; servers refuse longer ones."""

_OWN = (
    "http://www.openlinksw.com/schemas/",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:",
    "urn:core:services:",
)
"""What the names of the graphs begin with that Virtuoso makes for itself."""

_PARTS = frozenset(GraphName)


def prefixes(names: Iterable[str]) -> tuple[str, ...]:
    """What the names begin with of the versions that a server holds, by the graphs of their claims.

    >>> prefixes(["urn:a", "https://e.org/graph/claims", "https://e.org/graph/derived"])
    ('https://e.org/graph/',)
    """
    starts = {start for start, part in map(_parted, names) if part == GraphName.CLAIMS}
    return tuple(sorted(starts))


def meant(names: Iterable[str], prefix: str | None) -> tuple[str, ...]:
    """The graphs that a question is about: those of a prefix, else those of the one version, else all.

    A server's own graphs are never meant.

    >>> meant(["urn:b", "urn:a", "http://localuriqaserver/sparql"], None)
    ('urn:a', 'urn:b')
    >>> meant(["urn:a", "https://e.org/graph/claims", "https://e.org/graph/derived"], None)
    ('https://e.org/graph/claims', 'https://e.org/graph/derived')
    """
    found = sorted(name for name in names if not name.startswith(_OWN))
    if prefix is not None:
        return tuple(name for name in found if name.startswith(prefix))
    for start in prefixes(found):
        return tuple(
            n for n in found if _parted(n)[0] == start and _parted(n)[1] in _PARTS
        )
    return tuple(found)


def encoded(query: str, dataset: DatasetChoice) -> bytes:
    """A question as the fields of a form, its graphs among them."""
    fields = [("query", query)]
    fields += [("default-graph-uri", graph) for graph in dataset.default_graphs]
    fields += [("named-graph-uri", graph) for graph in dataset.named_graphs]
    return urlencode(fields).encode("ascii")


def _parted(name: str) -> tuple[str, str]:
    start, slash, part = name.rpartition("/")
    return start + slash, part
