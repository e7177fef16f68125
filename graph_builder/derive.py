"""The derived graph: what rules and dates make of the claims, thrown away and made anew.

Nothing here is typed by hand: root sources, confidence, direct edges, shortcuts, standing and
date bounds all follow from the other graphs.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from simpul.ontology import BASE, DCTERMS, SIMPUL, XSD, Rule, rules

from .edtf import bounds, parse
from .nquads import GraphName

STANDING = "standing"
"""The rule that looks at date bounds, and so runs after them."""


def derive(store: ox.Store, base: str = BASE) -> Iterator[str]:
    """Add the derived graph to a store of all other graphs; yield its lines.

    Rules run in the order of their numbers, each over everything before it. The order of lines
    is not stated: they are sorted with the rest.
    """
    graph = ox.NamedNode(f"{base}graph/{GraphName.DERIVED}")
    before, after = _around_dates(rules())
    for rule in before:
        yield from _keep(store, graph, apply_rule(store, rule))
    yield from _keep(store, graph, date_bounds(store))
    for rule in after:
        yield from _keep(store, graph, apply_rule(store, rule))


def _around_dates(
    ordered: tuple[Rule, ...],
) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    cut = next(i for i, rule in enumerate(ordered) if STANDING in rule.name)
    return ordered[:cut], ordered[cut:]


def apply_rule(store: ox.Store, rule: Rule) -> list[ox.Triple]:
    """What one CONSTRUCT rule yields over the union of all named graphs."""
    result = store.query(rule.text, use_default_graph_as_union=True)
    assert isinstance(result, ox.QueryTriples)
    return list(result)


def _keep(
    store: ox.Store, graph: ox.NamedNode, triples: Iterable[ox.Triple]
) -> Iterator[str]:
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    store.extend(quads)
    for quad in quads:
        yield f"{quad} .\n"


def date_bounds(store: ox.Store) -> Iterator[ox.Triple]:
    """The days between which claims began and ended, and evidence was first said.

    SPARQL cannot order EDTF, so these are dates of the calendar.
    """
    yield from _claim_bounds(store)
    issued = _values(store, DCTERMS.issued)
    for quad in store.quads_for_pattern(
        None, ox.NamedNode(SIMPUL.sourceDocument), None
    ):
        document = quad.object
        attested = list(
            store.quads_for_pattern(quad.subject, ox.NamedNode(SIMPUL.attestedOn), None)
        )
        if not attested or document not in issued:
            continue
        earliest = parse(issued[document]).earliest
        if earliest:
            yield _day(quad.subject, SIMPUL.attestedNotBefore, earliest.isoformat())


def _claim_bounds(store: ox.Store) -> Iterator[ox.Triple]:
    starts = _values(store, SIMPUL.validFrom)
    ends = _values(store, SIMPUL.validUntil)
    spans = (
        _values(store, SIMPUL.asOf)
        | _values(store, SIMPUL.period)
        | _values(store, SIMPUL.occurredOn)
    )
    for claim in sorted(starts.keys() | ends.keys() | spans.keys(), key=str):
        found = bounds(starts.get(claim), ends.get(claim), spans.get(claim))
        for predicate, day in (
            (SIMPUL.earliestStart, found.earliest_start),
            (SIMPUL.latestStart, found.latest_start),
            (SIMPUL.earliestEnd, found.earliest_end),
            (SIMPUL.latestEnd, found.latest_end),
        ):
            if day:
                yield _day(claim, predicate, day.isoformat())


Subject = ox.NamedNode | ox.BlankNode | ox.Triple


def _values(store: ox.Store, predicate: str) -> dict[object, str]:
    return {
        quad.subject: quad.object.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None)
        if isinstance(quad.object, ox.Literal)
    }


def _day(subject: object, predicate: str, day: str) -> ox.Triple:
    assert isinstance(subject, ox.NamedNode)
    literal = ox.Literal(day, datatype=ox.NamedNode(XSD.date))
    return ox.Triple(subject, ox.NamedNode(predicate), literal)
