"""Things of the graph as a page speaks of them: by name, with a link, a sign, and dates in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from simpul.analysis import Body, BodyClass, NamedCode, Names, Tie
from simpul.ontology import (
    DCTERMS,
    EDTF,
    FOAF,
    ORG,
    RDF,
    RDFS,
    SCHEMA,
    SIMPUL,
    SKOS,
    XSD,
    Language,
    code_lists,
)
from simpul.queries import GraphStore, Teller, Term, shown

from ..palette import Family, Look, Shape, palette
from .dates import span_words
from .frame import Frame, is_web
from .rows import Statements, first_iri, first_text
from .words import has, remarked

_OTHERS = (FOAF, ORG, SCHEMA, SKOS)
_OWN_PROPERTIES = {
    iri: f"property-{name}"
    for vocabulary in _OTHERS
    for name, iri in vars(vocabulary).items()
    if has(f"property-{name}")
}
"""Terms of other vocabularies that our ontology gives no label."""
_LONGEST = 4000
_NAMES = (SKOS.prefLabel, FOAF.name, DCTERMS.title, SIMPUL.name, RDFS.label)


@dataclass(frozen=True, slots=True)
class Sign:
    """How the map draws a body: its shape, and the family of its sector."""

    shape: Shape
    family: Family


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, with the address it links to; `is_web` says that this is another site."""

    text: str
    href: str | None = None
    is_web: bool = False
    language: str | None = None
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A property and its values."""

    label: str
    values: tuple[Part, ...]


class Speaker:
    """Speaks of the things of one graph on one page. `names` is a graph that knows what they are called."""

    def __init__(self, frame: Frame, names: GraphStore) -> None:
        self.frame = frame
        self.language: Language = frame.language
        self._graph = names
        self._teller = Teller(names, names, frame.language)
        self.sort = cache(self._teller.naming.sort)
        self.name = cache(self._name)

    def _name(self, iri: str) -> str:
        """What a thing is called; `name` remembers it, since a page names the same things again and again."""
        name = self._teller.naming.name(iri)
        sort = self.sort(iri) if name == shown(ox.NamedNode(iri)) else ""
        if sort == "release":
            return f"{self.frame.say('release-untitled')} ({name.rpartition('/')[2]})"
        if type_ := self._first(iri, SIMPUL.discrepancyType):
            return self.frame.say("discrepancy-of", type=self.name(type_))
        return remarked(name, self.language)

    def kind(self, iri: str) -> str:
        """What sort of thing it is, in a word."""
        code = f"kind-{self.sort(iri)}"
        return self.frame.say(code if has(code) else "kind-thing")

    def aspect(self, property_: str) -> str:
        """What a property is called."""
        if property_ in _OWN_PROPERTIES:
            return self.frame.say(_OWN_PROPERTIES[property_])
        return self._teller.aspect(property_)

    def link(self, iri: str, *, sign: bool = False, brief: bool = False) -> Part:
        """A thing by name, or by its acronym where `brief`, with the address of its page."""
        href = self.frame.href_of(iri)
        return Part(
            self.short(iri) if brief else self.name(iri),
            href,
            href is not None and is_web(href),
            sign=self.sign(iri) if sign else None,
        )

    def links(
        self, things: Iterable[str], *, sign: bool = False, brief: bool = False
    ) -> tuple[Part, ...]:
        """Several things, in the order of their names."""
        unique = dict.fromkeys(things)
        parts = [self.link(iri, sign=sign, brief=brief) for iri in unique]
        return tuple(sorted(parts, key=lambda part: part.text.casefold()))

    def short(self, iri: str) -> str:
        """The acronym of a thing, or its name."""
        quads = self._graph.quads(ox.NamedNode(iri), ox.NamedNode(SIMPUL.acronym))
        acronyms = sorted(
            q.object.value for q in quads if isinstance(q.object, ox.Literal)
        )
        return acronyms[0] if acronyms else self.name(iri)

    def is_called(self, iri: str, text: str) -> bool:
        """Whether a text is a name of a thing, in any language."""
        names = (
            quad.object.value
            for way in _NAMES
            for quad in self._graph.quads(ox.NamedNode(iri), ox.NamedNode(way))
            if isinstance(quad.object, ox.Literal)
        )
        return text in names or remarked(text, self.language) == self.name(iri)

    def part(self, term: Term) -> Part:
        """A term: a thing by name, a date in words, a text as it is."""
        if isinstance(term, ox.NamedNode):
            return self.link(term.value)
        if not isinstance(term, ox.Literal):
            return Part(shown(term))
        if term.language:
            other = term.language if term.language != self.language else None
            return Part(_cut(remarked(term.value, self.language)), language=other)
        if term.datatype.value in (EDTF, XSD.date):
            return Part(self.frame.date(term.value))
        if term.datatype.value == XSD.boolean:
            return Part(self.frame.say("yes" if term.value == "true" else "no"))
        return Part(_cut(remarked(term.value, self.language)))

    def parts(self, terms: Iterable[Term]) -> tuple[Part, ...]:
        """Several terms; of a text in several languages the one of the page, where there is one."""
        every = list(terms)
        tagged = [t for t in every if isinstance(t, ox.Literal) and t.language]
        ours = [t for t in tagged if t.language == self.language]
        kept = [t for t in every if t not in tagged or t in ours] if ours else every
        return tuple(self.part(term) for term in kept)

    def text(self, statements: Statements, *properties: str) -> Part | None:
        """The first text that one of these properties leads to, in the language of the page if there is one."""
        for property_ in properties:
            if found := self.parts(statements.get(property_, ())):
                return found[0]
        return None

    def code(self, iri: str | None) -> str:
        """The label of a code; "" for none."""
        return self.name(iri) if iri else ""

    def when(self, statements: Statements) -> str:
        """When a claim came about, or from when to when it held; "" where no source says."""
        return span_words(
            first_text(statements, SIMPUL.occurredOn)
            or first_text(statements, SIMPUL.period)
            or first_text(statements, SIMPUL.asOf),
            first_text(statements, SIMPUL.validFrom),
            first_text(statements, SIMPUL.validUntil),
            self.language,
        )

    def sign(self, iri: str) -> Sign | None:
        """How the map draws it, if it is a body."""
        sort = self.sort(iri)
        if sort not in _BODIES:
            return None
        kind, sector = (
            _named_code(self._first(iri, way))
            for way in (ORG.classification, SIMPUL.sector)
        )
        strand = (
            _named_code(code_lists().ancestors(sector.iri)[-1])
            if sector and _is_known(sector.iri)
            else None
        )
        body = Body(
            iri, iri, _BODIES[sort], Names(), sector=sector, strand=strand, kind=kind
        )
        return Sign(palette().shape(body), palette().family(body))

    def _first(self, iri: str, way: str) -> str | None:
        quads = self._graph.quads(ox.NamedNode(iri), ox.NamedNode(way))
        found = sorted(
            q.object.value for q in quads if isinstance(q.object, ox.NamedNode)
        )
        return found[0] if found else None


_BODIES = {
    "institution": BodyClass.ORGANIZATION,
    "group": BodyClass.GROUP,
    "unnamed": BodyClass.UNNAMED,
    "person": BodyClass.PERSON,
}


def look_of(statements: Statements) -> Look:
    """The line that the map draws for a tie."""
    standing, modality, status, holding = (
        _named_code(first_iri(statements, way))
        for way in (SIMPUL.standing, SIMPUL.modality, SIMPUL.status, SIMPUL.holding)
    )
    unsaid = NamedCode("", "", Names())
    tie = Tie(
        "", "", unsaid, unsaid,
        standing=standing, modality=modality, status=status, holding=holding,
    )  # fmt: skip
    return palette().look(tie)


def is_claim(statements: Statements) -> bool:
    """Whether evidence can speak for it or against it."""
    return SIMPUL.status in statements


@cache
def _is_known(iri: str) -> bool:
    return any(
        concept.iri == iri
        for scheme in code_lists().schemes()
        for concept in code_lists().scheme(scheme)
    )


def _named_code(iri: str | None) -> NamedCode | None:
    return NamedCode(iri, iri.rpartition("/")[2], Names()) if iri else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


NOT_TOLD = frozenset(
    {
        RDF.type,
        SIMPUL.participation,
        SIMPUL.earliestStart,
        SIMPUL.latestStart,
        SIMPUL.earliestEnd,
        SIMPUL.latestEnd,
        DCTERMS.identifier,
    }
)
"""Properties that are told elsewhere on the page, or that only queries need."""
