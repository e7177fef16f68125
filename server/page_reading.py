"""Read what the page of a thing needs, by the queries in `pages/`; it waits for answers, so call it from a thread.

In three steps, each with all that the one before has found: the thing and what points to it, the details of
those, and the names of all of them. No query walks more of the graph than lies around the thing.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from simpul.ontology import BASE, RDF, SIMPUL, Language
from simpul.queries import (
    Explainer,
    Explanation,
    Graph,
    GraphStore,
    Row,
    Rows,
    Term,
    Triples,
    UnknownClaim,
    explain,
    values_rows,
)
from simpul.visualizations.site import PartyRow, Statements, ThingRows, Weight

POINTING = 2000
"""The most rows that `pointing.rq` gives."""
_NAMED_ONLY = frozenset(
    ("org", "group", "unnamed", "person", "post", "place", "site", "publisher")
)
"""Kinds of things that a page of another thing only names."""
_LEADING = (
    *(SIMPUL.supports, SIMPUL.disputes, SIMPUL.mentions),
    *(SIMPUL.sourceDocument, SIMPUL.involves, SIMPUL.total),
)
"""What leads from something near to something that it is told with: its claims, its document."""
_GRAPH = ox.NamedNode("urn:simpul:names")


def read_thing(
    graph: Graph, iri: str, language: Language, base: str = BASE
) -> ThingRows | None:
    """All that the page of a thing shows, or None if the graph says nothing of it."""
    about = statements(rows_of(graph, "about", {"thing": [iri]}))
    pointing = tuple(
        (_value(property_), _value(subject))
        for property_, subject in rows_of(graph, "pointing", {"thing": [iri]})
        if isinstance(subject, ox.NamedNode)
    )
    if not about and not pointing:
        return None
    explanation = _explanation(graph, iri) if SIMPUL.status in about else None
    is_copied = _kind(iri, base) in ("doc", "release")
    family = _family(graph, iri) if is_copied else {}

    near = dict.fromkeys(subject for _, subject in pointing)
    near.update(dict.fromkeys(_things(about.get(SIMPUL.involves, ()), base)))
    near.update(dict.fromkeys(doc for docs in family.values() for doc in docs))
    named_only = {one for one in near if _kind(one, base) in _NAMED_ONLY}
    details = several(graph, (one for one in near if one not in named_only))
    further = [iri for way in _LEADING for iri in _values(details, way, base)]
    if explanation:
        further += [iri for one in explanation.disagreements for iri in one.others]
    details |= several(graph, [iri for iri in further if iri not in details])
    claims = _claims(details)
    parties = _parties(
        graph, [*claims, iri] if SIMPUL.participation in about else claims
    )
    weights = _weights(
        graph, [one for one, of_it in details.items() if SIMPUL.status in of_it]
    )
    involved = rows_of(graph, "disagreements", {"claim": list(weights)})
    discrepancies = tuple(
        (_value(row[0]), _value(row[1]), _value(row[2]) == "true") for row in involved
    )
    for one, _, _, type_ in involved:
        if isinstance(type_, ox.NamedNode):
            details.setdefault(_value(one), {SIMPUL.discrepancyType: (type_,)})

    names = _names(
        graph, {**details, iri: about}, parties, explanation, {*family, *named_only}
    )
    return ThingRows(
        iri,
        about,
        names,
        pointing,
        len(pointing) >= POINTING,
        details,
        {claim: tuple(row for _, row in of_it) for claim, of_it in parties.items()},
        weights,
        discrepancies,
        family,
        explanation,
        tuple(Explainer(names, language).sections(explanation)) if explanation else (),
    )


def read_description(graph: Graph, iri: str) -> Triples:
    """The description of a thing: its statements, those that point to it, and its participations."""
    triples = graph.query(bound("description", {"thing": [iri]}), name="description")
    return triples if isinstance(triples, Triples) else Triples(())


def named(graph: Graph, things: Iterable[str]) -> GraphStore:
    """A small graph that knows what some things are called."""
    details = several(graph, dict.fromkeys(things))
    return _names(graph, details, _parties(graph, _claims(details)), None, ())


def rows_of(
    graph: Graph, name: str, things: Mapping[str, Iterable[str]]
) -> tuple[Row, ...]:
    """The rows of one of the queries, asked about these things; none if it would ask about nothing."""
    if things and not all(any(True for _ in of_it) for of_it in things.values()):
        return ()
    rows = graph.query(bound(name, things), name=name)
    return rows.rows if isinstance(rows, Rows) else ()


def bound(name: str, things: Mapping[str, Iterable[str]]) -> str:
    """One of the queries with these things in its rows of VALUES, as terms and never as raw text."""
    text = own_query(name)
    pieces: list[str] = []
    done = 0
    for row in values_rows(text):
        if row.variable in things:
            terms = " ".join(str(ox.NamedNode(iri)) for iri in things[row.variable])
            pieces += [text[done : row.start], f" {terms} "]
            done = row.end
    return "".join([*pieces, text[done:]])


def statements(rows: Iterable[Row]) -> Statements:
    """Values by property, from rows of the two."""
    found: dict[str, list[Term]] = {}
    for property_, value in rows:
        if value is not None:
            found.setdefault(_value(property_), []).append(value)
    return {property_: tuple(values) for property_, values in found.items()}


def several(graph: Graph, things: Iterable[str]) -> dict[str, Statements]:
    """The statements of several things, each by property."""
    rows: dict[str, list[Row]] = {}
    for thing, *of_it in rows_of(graph, "details", {"thing": list(things)}):
        rows.setdefault(_value(thing), []).append(tuple(of_it))
    return {
        thing: {
            way: tuple(sorted(terms, key=str))
            for way, terms in statements(of_it).items()
        }
        for thing, of_it in rows.items()
    }


@cache
def own_query(name: str) -> str:
    """The text of a query of the pages."""
    place = files("simpul.server").joinpath("pages", f"{name}.rq")
    return place.read_text(encoding="utf-8")


@cache
def everyday() -> tuple[str, ...]:
    """The names of the questions to begin with."""
    place = files("simpul.server").joinpath("pages", "everyday.toml")
    return tuple(tomllib.loads(place.read_text(encoding="utf-8"))["questions"])


def _explanation(graph: Graph, iri: str) -> Explanation | None:
    try:
        return explain(graph, iri)
    except UnknownClaim:
        return None


def _family(graph: Graph, iri: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for root, document in rows_of(graph, "family", {"thing": [iri]}):
        found.setdefault(_value(root), []).append(_value(document))
    return {root: tuple(documents) for root, documents in found.items()}


def _parties(
    graph: Graph, claims: Iterable[str]
) -> dict[str, list[tuple[str, PartyRow]]]:
    """The parties of each claim, each with the participation it stands in."""
    found: dict[str, list[tuple[str, PartyRow]]] = {}
    for claim, part, role, party, behalf, capacity in rows_of(
        graph, "parties", {"claim": list(claims)}
    ):
        row = PartyRow(
            _value(role),
            _value(party),
            _value(behalf) or None,
            _value(capacity) or None,
        )
        found.setdefault(_value(claim), []).append((_value(part), row))
    return found


def _weights(graph: Graph, claims: Iterable[str]) -> dict[str, dict[str, Weight]]:
    wanted = list(claims)
    found: dict[str, dict[str, Weight]] = {claim: {} for claim in wanted}
    for claim, stance, *counted in rows_of(graph, "weights", {"claim": wanted}):
        documents, origins, first, last = map(_value, counted)
        found[_value(claim)][_value(stance)] = Weight(
            int(documents), int(origins), first or None, last or None
        )
    return found


def _kind(iri: str, base: str) -> str:
    return iri.removeprefix(f"{base}id/").partition("/")[0]


def _claims(details: Mapping[str, Statements]) -> list[str]:
    return [iri for iri, of_it in details.items() if SIMPUL.participation in of_it]


def _names(
    graph: Graph,
    details: Mapping[str, Statements],
    parties: Mapping[str, list[tuple[str, PartyRow]]],
    explanation: Explanation | None,
    others: Iterable[str],
) -> GraphStore:
    """What all of them are called, those that they are named after, and whatever else the page may name."""
    quads: set[ox.Quad] = set()
    wanted = set(others)
    for iri, of_it in details.items():
        for way, values in of_it.items():
            for value in values:
                quads.add(_quad(iri, way, value))
                if isinstance(value, ox.NamedNode) and way != RDF.type:
                    wanted.add(value.value)
    for of_claim in parties.values():
        for part, row in of_claim:
            quads.add(_quad(part, SIMPUL.role, ox.NamedNode(row.role)))
            quads.add(_quad(part, SIMPUL.participant, ox.NamedNode(row.party)))
            wanted.update(filter(None, (row.role, row.party, row.behalf, row.capacity)))
    if explanation:
        wanted.update(_mentioned(explanation))
    # In two steps, since a claim is called by what it is about.
    first = _labels(graph, wanted - details.keys())
    quads |= set(first)
    wanted |= details.keys()
    further = {
        quad.object.value
        for quad in first
        if isinstance(quad.object, ox.NamedNode) and quad.predicate.value != RDF.type
    }
    quads |= set(_labels(graph, further - wanted))
    return GraphStore.from_quads(quads)


def _labels(graph: Graph, things: Iterable[str]) -> list[ox.Quad]:
    wanted = sorted(iri for iri in things if "://" in iri)
    return [
        _quad(_value(thing), _value(way), value)
        for thing, way, value in rows_of(graph, "names", {"thing": wanted})
        if value is not None
    ]


def _mentioned(explanation: Explanation) -> Iterator[str]:
    """The IRIs that an explanation speaks of."""
    for party in explanation.parties:
        yield from filter(None, (party.party, party.role, party.capacity, party.behalf))
    for passage in explanation.passages:
        yield passage.document
        yield from (*passage.roots, *passage.publishers)
        yield from filter(None, (passage.voice, passage.explicitness))
    for one in explanation.disagreements:
        yield one.discrepancy
        yield from (*one.others, *filter(None, [one.type]))


def _values(details: Mapping[str, Statements], way: str, base: str) -> list[str]:
    found = (
        iri for of_it in details.values() for iri in _things(of_it.get(way, ()), base)
    )
    return list(dict.fromkeys(found))


def _things(terms: Iterable[Term], base: str) -> Iterator[str]:
    for term in terms:
        if isinstance(term, ox.NamedNode) and term.value.startswith(base):
            yield term.value


def _quad(subject: str, way: str, value: Term) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(way), value, _GRAPH)


def _value(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value
