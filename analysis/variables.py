"""Variables: what coders gave values to, arranged as units that can be compared.

Documents are compared that two coders or more have, and that one of them at least drew something
from: a document that nobody found anything in says nothing of how well the coders agree on what
is there. A coder who has a document and found no tie in it coded the empty set.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from simpul.graph_builder import CodedThing, CodedValue, Coding, Place

from .distances import Metric, Value
from .matching import Matched, common_documents

T = TypeVar("T")

TIE_FIELDS = ("type", "modality", "sign", "start", "end", "occurred")
INSTITUTION_FIELDS = ("sector", "kind")
TRIPLES = "triples"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one coder wrote: the value that is compared, what a person reads, and where it stands."""

    value: Value
    shown: str
    written: Place | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that coders gave a value; None where one did not.

    `document` is the first of those that it was read in.
    """

    document: str
    of: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """The units of one variable, and the metric its values are compared by."""

    name: str
    metric: Metric
    units: tuple[Unit, ...]


def variables_of(
    codings: Sequence[Coding],
    ties: Sequence[Matched],
    institutions: Sequence[Matched],
    documents: frozenset[str],
) -> tuple[Variable, ...]:
    """Every variable that coders can agree or differ on, the triples last."""
    return (
        *_tie_variables(ties, documents),
        *_institution_variables(institutions, documents),
        *_evidence_variables([*ties, *institutions], documents),
        _triples(codings, documents),
    )


def documents_in_common(codings: Sequence[Coding]) -> frozenset[str]:
    """The documents that two coders or more have and that at least one of them cites."""
    cited = frozenset[str]().union(*(coding.cited for coding in codings))
    return frozenset(
        document
        for document in cited
        if sum(document in coding.documents for coding in codings) > 1
    )


def match_institutions(
    codings: Sequence[Coding], documents: frozenset[str]
) -> tuple[Matched, ...]:
    """Bring institutions together by key; those that nobody read in `documents` are left out."""
    coded = [{body.key: body for body in coding.institutions} for coding in codings]
    found = [
        tuple(bodies.get(key) for bodies in coded)
        for key in sorted(frozenset[str]().union(*coded))
    ]
    return tuple(
        body
        for body in found
        if any(one and not documents.isdisjoint(one.documents) for one in body)
    )


def triples_of(tie: CodedThing) -> frozenset[str]:
    """The pairs of parties that a tie joins, each with the type and both roles.

    A pair is written from the role that comes first in the alphabet, so that it reads the same
    in whatever order the record names the parties.
    """
    (kind,) = tie.fields["type"].values
    parts = sorted(
        (role, party) for party, given in tie.roles.items() for role in given.values
    )
    return frozenset(
        f"{party} —{kind} ({role}, {other_role})→ {other}"
        for (role, party), (other_role, other) in combinations(parts, 2)
        if party != other
    )


def _tie_variables(
    ties: Sequence[Matched], documents: frozenset[str]
) -> Iterator[Variable]:
    for name in TIE_FIELDS:
        units = tuple(_field_unit(tie, name, documents) for tie in ties)
        yield Variable(f"tie-{name}", Metric.NOMINAL, units)
    parties: list[Unit] = []
    roles: list[Unit] = []
    for tie in ties:
        document, name = common_documents(tie, documents)[0], called(tie)
        parties.append(Unit(document, name, _each(tie, _parties)))
        for party in sorted({p for one in tie if one for p in one.roles}):
            given = [one.roles.get(party) if one else None for one in tie]
            roles.append(Unit(document, f"{name}, {party}", _each(given, _cell)))
    yield Variable("tie-parties", Metric.MASI, tuple(parties))
    yield Variable("tie-role", Metric.NOMINAL, tuple(roles))


def _field_unit(thing: Matched, field: str, documents: frozenset[str]) -> Unit:
    return Unit(
        common_documents(thing, documents)[0],
        called(thing),
        _each(thing, lambda one: _cell(one.fields[field])),
    )


def _institution_variables(
    institutions: Sequence[Matched], documents: frozenset[str]
) -> Iterator[Variable]:
    for name in INSTITUTION_FIELDS:
        yield Variable(
            f"institution-{name}",
            Metric.NOMINAL,
            tuple(_field_unit(body, name, documents) for body in institutions),
        )


def _evidence_variables(
    things: Sequence[Matched], documents: frozenset[str]
) -> Iterator[Variable]:
    """How each document bears on each tie and institution that it is cited for."""
    stances: list[Unit] = []
    explicit: list[Unit] = []
    for thing in things:
        cited = {document for one in thing if one for document in one.sightings}
        for document in sorted(documents & cited):
            seen = [one.sightings.get(document) if one else None for one in thing]
            where = (document, called(thing))
            stances.append(Unit(*where, _each(seen, lambda one: _cell(one.stance))))
            explicit.append(
                Unit(*where, _each(seen, lambda one: _cell(one.explicitness)))
            )
    yield Variable("evidence-stance", Metric.NOMINAL, tuple(stances))
    yield Variable("evidence-explicitness", Metric.NOMINAL, tuple(explicit))


def _triples(codings: Sequence[Coding], documents: frozenset[str]) -> Variable:
    """For each document and coder the triples of the ties that it supports.

    What a person reads are those that not every coder has.
    """
    found = [_triples_by_document(coding) for coding in codings]
    units: list[Unit] = []
    for document in sorted(documents):
        read = [
            of_coder.get(document, _Triples()) if document in coding.documents else None
            for coding, of_coder in zip(codings, found, strict=True)
        ]
        first, *others = (one.triples for one in read if one)
        agreed = first.intersection(*others)
        cells = tuple(None if one is None else one.cell(agreed) for one in read)
        units.append(Unit(document, "", cells))
    return Variable(TRIPLES, Metric.MASI, tuple(units))


@dataclass(frozen=True, slots=True)
class _Triples:
    """The triples of one document, and where the first of their ties is written."""

    triples: frozenset[str] = frozenset()
    written: Place | None = None

    def cell(self, agreed: frozenset[str]) -> Cell:
        rest = "; ".join(sorted(self.triples - agreed))
        return Cell(self.triples, rest, self.written)


def _triples_by_document(coding: Coding) -> dict[str, _Triples]:
    found: dict[str, _Triples] = {}
    for tie in coding.ties:
        for document, sighting in tie.sightings.items():
            if "supports" in sighting.stance.values:
                before = found.get(document, _Triples(written=tie.written))
                more = before.triples | triples_of(tie)
                found[document] = _Triples(more, before.written)
    return found


def _each(
    things: Iterable[T | None], make: Callable[[T], Cell]
) -> tuple[Cell | None, ...]:
    return tuple(None if thing is None else make(thing) for thing in things)


def called(thing: Matched) -> str:
    """What a person reads for a thing: its keys, and the parties of a tie."""
    written = [one for one in thing if one]
    keys = "/".join(dict.fromkeys(one.key for one in written))
    parties = sorted({party for one in written for party in one.roles})
    return f"{keys}: {' + '.join(parties)}" if parties else keys


def _cell(coded: CodedValue) -> Cell:
    text = " + ".join(coded.values)
    return Cell(text, text, coded.written)


def _parties(tie: CodedThing) -> Cell:
    first = next(iter(tie.roles.values()), None)
    where = first.written if first else tie.written
    return Cell(frozenset(tie.roles), " + ".join(sorted(tie.roles)), where)
