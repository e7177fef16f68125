"""What things are called outside: identifiers, types and properties of the reconciliation service."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from simpul.ontology import BASE, Language, Wording, code_lists
from simpul.queries.lookup import NameIndex, Thing

SCHEMA = f"{BASE}ontology#"
_SCHEMES = {
    "institution": "institution-kind",
    "group": "institution-kind",
    "place": "admin-level",
    "event": "event-kind",
}
"""The code list that the finer kind of a thing is from."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property, by its id: where it is found. `kinds` are those it is proposed for; none for all."""

    id: str
    names: frozenset[str] = frozenset()
    iris: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """A type, by its id: institution, or institution/ministry."""

    kind: str
    sort: str = ""

    @property
    def id(self) -> str:
        """How it is named in a query."""
        return f"{self.kind}/{self.sort}" if self.sort else self.kind

    @classmethod
    def of(cls, text: str) -> "Type":
        """Read an id."""
        kind, _, sort = text.partition("/")
        return cls(kind, sort)

    def fits(self, thing: Thing) -> bool:
        """Whether a thing is of this type."""
        return thing.kind == self.kind and self.sort in ("", thing.sort)


@dataclass(frozen=True, slots=True)
class Schema:
    """The identifiers, types and properties of one graph, said in one language."""

    index: NameIndex
    base: str
    language: Language
    types: tuple[Type, ...] = field(default=())

    @classmethod
    def of(cls, index: NameIndex, base: str, language: Language) -> "Schema":
        """Look what types the graph has."""
        found = {type_ for thing in index for type_ in types_of(thing)}
        ranks = {kind: rank for rank, kind in enumerate(index.kinds)}
        ordered = sorted(found, key=lambda each: (ranks[each.kind], each.sort))
        return cls(index, base, language, tuple(ordered))

    def id_of(self, iri: str) -> str:
        """The identifier of a thing: its IRI without the base, or whole if it is from elsewhere."""
        return iri.removeprefix(self.base)

    def thing(self, identifier: str) -> Thing | None:
        """The thing of an identifier, also without `id/`, or as an IRI; None if there is none."""
        ways = (self.base + identifier, f"{self.base}id/{identifier}", identifier)
        found = (self.index.thing(iri) for iri in ways)
        return next((thing for thing in found if thing), None)

    def name(self, iri: str) -> str:
        """What a thing is called; its identifier if it has no name."""
        thing = self.index.thing(iri)
        return thing.name(self.language) if thing else self.id_of(iri)

    def type_name(self, type_: Type) -> str:
        """What a type is called."""
        if type_.sort:
            return sort_name(type_.kind, type_.sort, self.language)
        if said := words().sentences.get(f"type-{type_.kind}"):
            return said[self.language]
        # A code is of the type of its list, which has a name in the graph.
        codes = self.index.thing(f"{BASE}concept/{type_.kind}")
        return codes.name(self.language) if codes else type_.kind.replace("-", " ")

    def described(self, type_: Type) -> dict[str, object]:
        """A type as JSON, with the wider one."""
        told: dict[str, object] = {"id": type_.id, "name": self.type_name(type_)}
        if type_.sort:
            told["broader"] = [self.described(Type(type_.kind))]
        return told

    def property_name(self, property_: Property) -> str:
        """What a property is called."""
        return words().say(f"property-{property_.id}", self.language)

    def about(self, thing: Thing) -> str:
        """A thing in a few words: its finer kind, and what it belongs to."""
        finest = types_of(thing)[0]
        parts = [self.type_name(finest)]
        if thing.within in self.index:
            parts.append(self.name(thing.within))
        return " · ".join(parts)


def types_of(thing: Thing) -> tuple[Type, ...]:
    """The types of a thing, the finer first."""
    wide = Type(thing.kind)
    has_sort = thing.sort and thing.kind in _SCHEMES
    return (Type(thing.kind, thing.sort), wide) if has_sort else (wide,)


def sort_name(kind: str, sort: str, language: Language) -> str:
    """The label of a finer kind; its code if it is of no code list of ours."""
    concept = code_lists().find(_SCHEMES.get(kind, kind), sort)
    return concept.labels[language] if concept else sort.replace("-", " ")


def properties_for(kinds: Collection[str]) -> Iterable[Property]:
    """The properties that things of some kinds have; all, if none is named."""
    for property_ in properties().values():
        if not kinds or not property_.kinds or property_.kinds.intersection(kinds):
            yield property_


@cache
def properties() -> Mapping[str, Property]:
    """The properties by id, in the order of their file."""
    told = tomllib.loads(own_text("properties.toml"))
    return {
        name: Property(
            name,
            frozenset(of_it.get("names", ())),
            tuple(of_it.get("iris", ())),
            frozenset(of_it.get("kinds", ())),
            of_it.get("is_place", False),
        )
        for name, of_it in told.items()
    }


@cache
def words() -> Wording:
    """The words of the service."""
    return Wording.load("simpul.server", "reconciliation/words.toml")


@cache
def own_text(name: str) -> str:
    """A file of the service."""
    return (
        files("simpul.server")
        .joinpath("reconciliation", name)
        .read_text(encoding="utf-8")
    )
