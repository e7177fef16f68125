"""The code lists with their labels, definitions, hierarchy and rules, read once from the Turtle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from .codes import ParticipantRole
from .errors import VocabularyError, near_miss
from .files import concepts_turtle, ontology_turtle
from .terms import SIMPUL
from .vocabularies import BASE, OWL, RDF, RDFS, SKOS
from .wording import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of one list. `broader` is the IRI of the wider code, where there is one."""

    iri: str
    scheme: str
    code: str
    labels: Mapping[Language, str]
    definitions: Mapping[Language, str]
    broader: str | None


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """One direct edge that a tie yields, from each party of one role to each of another."""

    from_role: ParticipantRole
    edge_property: str
    to_role: ParticipantRole
    symmetric: bool


@dataclass(frozen=True, slots=True)
class TieTypeRules:
    """What a tie type asks of its ties, with all that it inherits from wider types.

    `edge_rules` is empty for a type that only groups others and may not be used directly.
    """

    allowed_roles: frozenset[ParticipantRole]
    required_roles: frozenset[ParticipantRole]
    edge_rules: tuple[EdgeRule, ...]


@dataclass(frozen=True, slots=True)
class UnitScale:
    """One of the unit is `multiplier` of the unit whose code is `base`."""

    base: str
    multiplier: Decimal


class CodeLists:
    """All code lists of the ontology; `code_lists()` gives the one copy."""

    def __init__(self, turtle: Iterable[str]) -> None:
        self._store = ox.Store()
        for text in turtle:
            self._store.load(text, format=ox.RdfFormat.TURTLE)
        self._tie_types: dict[str, TieTypeRules] = {}
        self._concepts = {
            concept.iri: concept
            for concept in sorted(self._read(), key=lambda found: found.iri)
        }

    def concept(self, iri: str) -> Concept:
        """The code with this IRI.

        Raises: VocabularyError if no list has it.
        """
        found = self._concepts.get(iri)
        if found is None:
            near = near_miss(iri, self._concepts)
            raise VocabularyError(
                iri, "is no code" + (f"; did you mean {near}?" if near else "")
            )
        return found

    def find(self, scheme: str, code: str) -> Concept | None:
        """The code of a list, or None where the list has no such code."""
        return self._concepts.get(f"{BASE}concept/{scheme}/{code}")

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """The codes of one list, sorted by code; empty where there is no such list."""
        return tuple(c for c in self._concepts.values() if c.scheme == name)

    def schemes(self) -> tuple[str, ...]:
        """The names of all lists, sorted."""
        return tuple(sorted({concept.scheme for concept in self._concepts.values()}))

    def label(self, iri: str, language: Language) -> str:
        """The label of a code in one language."""
        return self.concept(iri).labels[language]

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """The code itself and every wider one, nearest first."""
        found: list[str] = []
        here: str | None = self.concept(iri).iri
        while here is not None and here not in found:
            found.append(here)
            here = self.concept(here).broader
        return tuple(found)

    def tie_type(self, code: str) -> TieTypeRules:
        """The role and edge rules of a tie type, inherited ones included.

        Raises: VocabularyError if there is no such type.
        """
        if code not in self._tie_types:
            self._tie_types[code] = self._read_tie_type(code)
        return self._tie_types[code]

    def _read_tie_type(self, code: str) -> TieTypeRules:
        line = self.ancestors(f"{BASE}concept/tie-type/{code}")
        required = {
            _role(role) for one in line for role in self._iris(one, SIMPUL.requiredRole)
        }
        allowed = {
            _role(role) for one in line for role in self._iris(one, SIMPUL.allowedRole)
        }
        return TieTypeRules(
            allowed_roles=frozenset(allowed | required),
            required_roles=frozenset(required),
            edge_rules=tuple(
                self._edge_rule(rule)
                for one in line
                for rule in self._iris(one, SIMPUL.edgeRule)
            ),
        )

    def unit(self, code: str) -> UnitScale:
        """The base unit of a unit and how many of it one unit holds; a base unit is its own base.

        Raises: VocabularyError if there is no such unit.

        >>> code_lists().unit("million-us-dollar")
        UnitScale(base='us-dollar', multiplier=Decimal('1000000'))
        """
        concept = self.concept(f"{BASE}concept/unit/{code}")
        stated = self._values(concept.iri, SIMPUL.multiplier)
        if not stated or concept.broader is None:
            return UnitScale(code, Decimal(1))
        return UnitScale(self.concept(concept.broader).code, Decimal(stated[0].value))

    def organization_class(self, iri: str) -> str | None:
        """The class of organizations of this kind or sector, or None where the code names none."""
        found = self._iris(self.concept(iri).iri, SIMPUL.organizationClass)
        return found[0] if found else None

    def code_list_of(self, term: str) -> str | None:
        """The name of the list from which a property takes its values, or None for any other."""
        found = self._iris(term, SIMPUL.codeList)
        return found[0].removeprefix(BASE + "concept/") if found else None

    def term_labels(self, term: str) -> Mapping[Language, str]:
        """The labels of a term of the ontology, such as an edge property; empty for an unknown one."""
        return _by_language(self._values(term, RDFS.label))

    def _read(self) -> Iterable[Concept]:
        in_scheme = ox.NamedNode(SKOS.inScheme)
        for quad in self._store.quads_for_pattern(None, in_scheme, None, None):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            iri = quad.subject.value
            broader = self._iris(iri, SKOS.broader)
            scheme, _, code = iri.removeprefix(BASE + "concept/").rpartition("/")
            yield Concept(
                iri=iri,
                scheme=scheme,
                code=code,
                labels=_by_language(self._values(iri, SKOS.prefLabel)),
                definitions=_by_language(self._values(iri, SKOS.definition)),
                broader=broader[0] if broader else None,
            )

    def _edge_rule(self, rule: str) -> EdgeRule:
        (start,) = self._iris(rule, SIMPUL.fromRole)
        (edge,) = self._iris(rule, SIMPUL.edgeProperty)
        (end,) = self._iris(rule, SIMPUL.toRole)
        return EdgeRule(
            from_role=_role(start),
            edge_property=edge,
            to_role=_role(end),
            symmetric=OWL.SymmetricProperty in self._iris(edge, RDF.type),
        )

    def _iris(self, subject: str, predicate: str) -> list[str]:
        quads = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(predicate), None, None
        )
        return sorted(
            q.object.value for q in quads if isinstance(q.object, ox.NamedNode)
        )

    def _values(self, subject: str, predicate: str) -> list[ox.Literal]:
        quads = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(predicate), None, None
        )
        return [q.object for q in quads if isinstance(q.object, ox.Literal)]


@cache
def code_lists() -> CodeLists:
    """The code lists shipped with Simpul, read once."""
    return CodeLists([ontology_turtle(), concepts_turtle()])


def _role(iri: str) -> ParticipantRole:
    return ParticipantRole(iri.rpartition("/")[2])


def _by_language(literals: Iterable[ox.Literal]) -> Mapping[Language, str]:
    texts = {literal.language: literal.value for literal in literals}
    return MappingProxyType({lang: texts[lang] for lang in LANGUAGES if lang in texts})
