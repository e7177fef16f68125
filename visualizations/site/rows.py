"""What the graph says of one thing, as rows; whoever reads the graph fills this in, and pages are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from simpul.queries import Explanation, GraphStore, Section, Term

Statements = Mapping[str, tuple[Term, ...]]
"""The values of one thing by property."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Somebody who takes part in a claim; all are IRIs."""

    role: str
    party: str
    behalf: str | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """How many documents take a stance towards a claim, from how many origins, and the days they attest it."""

    documents: int
    origins: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class ThingRows:
    """One thing, what points to it, and what is needed to speak of both.

    `pointing` are pairs of a property and a subject; a claim stands in the place of its participations.
    `details` are the statements of the things that point here, or that this one rests on, by IRI.
    `weights` are by claim and by the property that leads from evidence to it. `family` are the documents
    that share an origin with this one, by origin. `names` is a small graph that can name all of them.
    """

    iri: str
    about: Statements
    names: GraphStore
    pointing: tuple[tuple[str, str], ...] = ()
    is_cut: bool = False
    details: Mapping[str, Statements] = field(default_factory=dict[str, Statements])
    parties: Mapping[str, tuple[PartyRow, ...]] = field(
        default_factory=dict[str, tuple[PartyRow, ...]]
    )
    weights: Mapping[str, Mapping[str, Weight]] = field(
        default_factory=dict[str, Mapping[str, Weight]]
    )
    discrepancies: tuple[tuple[str, str, bool], ...] = ()
    family: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]]
    )
    explanation: Explanation | None = None
    told: tuple[Section, ...] = ()


def iris(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The IRIs among some terms."""
    return tuple(term.value for term in terms if isinstance(term, ox.NamedNode))


def first_iri(statements: Statements, property_: str) -> str | None:
    """The first IRI that a property leads to."""
    return next(iter(iris(statements.get(property_, ()))), None)


def first_text(statements: Statements, property_: str) -> str | None:
    """The first text that a property leads to, whatever its language."""
    for term in statements.get(property_, ()):
        if isinstance(term, ox.Literal):
            return term.value
    return None
