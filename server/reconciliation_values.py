"""What the graph says of things, as values that a list can be compared with or extended by."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from simpul.ontology import EDTF, XSD
from simpul.queries import Graph, Row, Rows, Term, values_rows
from simpul.queries.lookup import Thing, Use

from .reconciliation_schema import Property, Schema, own_text

Values = Mapping[str, Mapping[str, tuple[Term, ...]]]
"""By thing, then by the id of a property."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = frozenset((XSD.date, EDTF))
_WHOLE = frozenset((XSD.integer,))
_NUMBERS = frozenset((XSD.decimal, XSD.double))
_FORMER = "former"


def read_values(
    graph: Graph, things: Iterable[str], wanted: Iterable[Property]
) -> Values:
    """The values of some properties of several things, each in a stated order; it waits for the answer."""
    properties = [each for each in wanted if each.iris]
    of_iri = {iri: each.id for each in properties for iri in each.iris}
    found: dict[str, dict[str, list[Term]]] = {}
    for thing, property_, value in _rows(
        graph, "values", thing=things, property=of_iri
    ):
        if (
            isinstance(thing, ox.NamedNode)
            and isinstance(property_, ox.NamedNode)
            and value is not None
        ):
            known = found.setdefault(thing.value, {})
            known.setdefault(of_iri[property_.value], []).append(value)
    return {
        thing: {
            name: tuple(sorted(set(values), key=str)) for name, values in of_it.items()
        }
        for thing, of_it in found.items()
    }


def read_around(graph: Graph, places: Iterable[str]) -> dict[str, set[str]]:
    """The territories that several places lie in."""
    found: dict[str, set[str]] = {}
    for place, wider in _rows(graph, "around", place=places):
        if isinstance(place, ox.NamedNode) and isinstance(wider, ox.NamedNode):
            found.setdefault(place.value, set()).add(wider.value)
    return found


def read_having(graph: Graph, property_: Property, values: Iterable[str]) -> list[str]:
    """The things that have one of some values of a property, at most 500."""
    rows = _rows(graph, "having", property=property_.iris, value=values)
    return [thing.value for (thing,) in rows if isinstance(thing, ox.NamedNode)]


def names_of(thing: Thing, property_: Property) -> tuple[Term, ...]:
    """The values of a property that the index of names knows."""
    found: dict[Term, None] = {}
    labels = {name.text for name in thing.names if name.use is Use.LABEL}
    for name in thing.names:
        is_former = name.use is Use.RECORD and bool(name.until)
        use = _FORMER if is_former else name.use.value
        if use == Use.RECORD and name.text in labels:
            continue
        if use in property_.names:
            term = (
                ox.Literal(name.text, language=name.language)
                if name.language
                else ox.Literal(name.text)
            )
            found.setdefault(term)
    return tuple(found)


def said(
    terms: Iterable[Term], schema: Schema, *, only_names: bool = False
) -> list[dict[str, object]]:
    """Values as the API writes them: those in the language of the service, where there are some."""
    wanted = list(terms)
    tongues = {
        term.language
        for term in wanted
        if isinstance(term, ox.Literal) and term.language
    }
    if schema.language in tongues:
        wanted = [
            t
            for t in wanted
            if not isinstance(t, ox.Literal) or t.language in (None, schema.language)
        ]
    cells = [_cell(term, schema, only_names) for term in wanted]
    return list({str(cell): cell for cell in cells}.values())


def _cell(term: Term, schema: Schema, only_names: bool) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        thing = schema.index.thing(term.value)
        if thing is None:
            return {"str": term.value}
        name = thing.name(schema.language)
        if only_names:
            return {"str": name}
        return {
            "id": schema.id_of(thing.iri),
            "name": name,
            "description": schema.about(thing),
        }
    if not isinstance(term, ox.Literal):
        return {"str": str(term)}
    datatype = term.datatype.value
    if datatype in _DATES and _DAY.fullmatch(term.value):
        return {"date": f"{term.value}T00:00:00Z"}
    if datatype in _WHOLE and len(term.value) <= 18:
        return {"int": int(term.value)}
    if datatype in _NUMBERS and (number := _number(term.value)) is not None:
        return {"float": float(number)}
    return {"str": term.value}


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 300 else None


def _rows(graph: Graph, name: str, **things: Iterable[str]) -> tuple[Row, ...]:
    """The rows of a query asked about these things; none if it would ask about nothing."""
    given = {variable: list(iris) for variable, iris in things.items()}
    if not all(given.values()):
        return ()
    text = own_text(f"{name}.rq")
    pieces: list[str] = []
    done = 0
    for row in values_rows(text):
        if row.variable in given:
            # As terms, never as raw text.
            terms = " ".join(str(ox.NamedNode(iri)) for iri in given[row.variable])
            pieces += [text[done : row.start], f" {terms} "]
            done = row.end
    rows = graph.query("".join([*pieces, text[done:]]), name=name)
    return rows.rows if isinstance(rows, Rows) else ()
