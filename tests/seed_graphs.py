"""The hand-written graphs of tests/data/graphs, and what the rules derive from them.

`seed-graph` is all that one news item supports, `extended-example` adds nine further sources,
`good-graph` shows what these two do not, and `bad-graph` breaks every shape. `seed-derived` is the
derived graph of the seed: written by hand at first, its date bounds are those that code computes.
"""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from simpul.ontology import BASE, concepts_turtle, ontology_turtle, rules

GRAPHS = Path(__file__).parent / "data" / "graphs"
DERIVED = BASE + "graph/derived"
BOUNDS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")


def golden_derived() -> set[str]:
    """The triples of the golden derived graph, as lines of N-Triples."""
    text = (GRAPHS / "seed-derived.nt").read_text(encoding="utf-8")
    return set(text.splitlines())


def golden_bounds() -> str:
    """The date bounds among them: the rules use them but do not make them."""
    return "\n".join(
        sorted(
            line
            for line in golden_derived()
            if any(f"ontology#{bound}>" in line for bound in BOUNDS)
        )
    )


def load(*names: str) -> ox.Store:
    """A store with the ontology, the code lists and the named graphs of tests/data/graphs."""
    store = ox.Store()
    for part, text in [
        ("ontology", ontology_turtle()),
        ("concepts", concepts_turtle()),
    ]:
        graph = ox.NamedNode(f"{BASE}graph/{part}")
        store.load(text, format=ox.RdfFormat.TURTLE, to_graph=graph)
    for name in names:
        store.load(path=str(GRAPHS / f"{name}.trig"), format=ox.RdfFormat.TRIG)
    return store


def derive(store: ox.Store) -> None:
    """Run the rules in order on Oxigraph, adding to the derived graph."""
    graph = ox.NamedNode(DERIVED)
    for rule in rules():
        made = store.query(rule.text, use_default_graph_as_union=True)
        assert isinstance(made, ox.QueryTriples)
        store.extend([ox.Quad(t.subject, t.predicate, t.object, graph) for t in made])


def derive_with_rdflib(store: ox.Store) -> set[str]:
    """The derived triples as rdflib makes them from the same graphs, as lines of N-Triples."""
    data, derived = as_rdflib(store), Graph()
    for rule in rules():
        made = data.query(rule.text).graph
        assert made is not None
        for triple in made:
            data.add(triple)
            derived.add(triple)
    text = derived.serialize(format="nt", encoding="utf-8")
    made_here = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    return derived_lines(store) | _lines(made_here)


def derived_lines(store: ox.Store) -> set[str]:
    """The derived graph of a store, as lines of N-Triples."""
    return _lines(store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED)))


def merged(store: ox.Store) -> str:
    """All graphs of a store as one, in N-Triples."""
    return "\n".join(sorted(_lines(store)))


def as_rdflib(store: ox.Store) -> Graph:
    """All graphs of a store as one graph of rdflib."""
    return Graph().parse(data=merged(store), format="nt")


def _lines(quads: Iterable[ox.Quad]) -> set[str]:
    return {f"{q.subject} {q.predicate} {q.object} ." for q in quads}
