"""What the things of a graph are called: their sort, a name that a person knows, and their key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import category

import pyoxigraph as ox

from simpul.ontology import (
    BASE,
    DCTERMS,
    FOAF,
    ORG,
    RDF,
    RDFS,
    SIMPUL,
    SKOS,
    Language,
    Wording,
    code_lists,
)

from .belonging import objects
from .graph import Graph
from .reasons import texts
from .results import Term
from .tables import shown

_CONCEPTS = f"{BASE}concept/"

PARTIES_NAMED = 4
CHARACTERS = 120

_SORTS = {
    SIMPUL.Tie: "tie",
    SIMPUL.Event: "event",
    SIMPUL.Observation: "observation",
    SIMPUL.Breakdown: "breakdown",
    SIMPUL.NameRecord: "name",
    SIMPUL.SiteOccupancy: "occupancy",
    SIMPUL.Tenure: "tenure",
    SIMPUL.OrganizationChange: "organization-change",
    SIMPUL.Discrepancy: "discrepancy",
    SIMPUL.Evidence: "evidence",
    SIMPUL.Document: "source",
    SIMPUL.ReleaseFamily: "release",
    SIMPUL.ActorGroup: "group",
    SIMPUL.UnnamedAgent: "unnamed",
    SIMPUL.AdministrativeUnit: "place",
    SIMPUL.Programme: "programme",
    SIMPUL.Indicator: "indicator",
    SIMPUL.Ecosystem: "ecosystem",
    DCTERMS.Location: "place",
    ORG.Site: "place",
    ORG.Post: "post",
    FOAF.Person: "person",
    FOAF.Agent: "publisher",
    SKOS.Concept: "topic",
}
_NAMES = (SKOS.prefLabel, FOAF.name, DCTERMS.title, SIMPUL.name, RDFS.label)
# What a claim without a name of its own is called by: the things that these lead to, in order.
_MADE_OF = {
    "occupancy": (SIMPUL.occupant, SIMPUL.site, SIMPUL.siteWithin),
    "tenure": (ORG.member, SIMPUL.post),
    "organization-change": (
        SIMPUL.changeType,
        ORG.originalOrganization,
        ORG.resultingOrganization,
    ),
    "breakdown": (SIMPUL.total,),
    "discrepancy": (SIMPUL.discrepancyType,),
    "evidence": (SIMPUL.sourceDocument,),
}


@dataclass(slots=True)
class Naming:
    """Names things in one language, by the first of several graphs that knows them."""

    graphs: Sequence[Graph]
    language: Language
    words: Wording
    _names: dict[str, str] = field(default_factory=dict[str, str])

    def thing(self, iri: str) -> str:
        """A thing by its sort, name and key."""
        sort = self.words.say(f"sort-{self.sort(iri)}", self.language)
        name, key = self.name(iri), shown(ox.NamedNode(iri))
        code = "thing" if name != key else "thing-of-key"
        return self.words.say(code, self.language, sort=sort, name=name, key=key)

    def sort(self, iri: str) -> str:
        """The sort of a thing, a code of the wording."""
        classes = {c for graph in self.graphs for c in objects(graph, iri, RDF.type)}
        found = (sort for cls, sort in _SORTS.items() if cls in classes)
        # The classes of an institution are those of its kind; that it has a kind is sure.
        kind = any(objects(graph, iri, ORG.classification) for graph in self.graphs)
        return "institution" if kind else next(found, "thing")

    def name(self, iri: str) -> str:
        """The name of a thing; its key where it has none."""
        if iri not in self._names:
            self._names[iri] = shown(
                ox.NamedNode(iri)
            )  # should one be called by itself
            self._names[iri] = _on_one_line(self._found(iri)) or self._names[iri]
        return self._names[iri]

    def value(self, term: Term) -> str:
        """A term in a sentence: a thing by name, a long text cut short."""
        text = _on_one_line(shown(term))
        if isinstance(term, ox.NamedNode):
            text = self.name(term.value)
        return text if len(text) <= CHARACTERS else f"{text[: CHARACTERS - 1]}…"

    def _found(self, iri: str) -> str:
        if iri.startswith(_CONCEPTS):
            scheme, _, code = iri.removeprefix(_CONCEPTS).rpartition("/")
            concept = code_lists().find(scheme, code)
            if concept:
                return concept.labels[self.language]
        for graph in self.graphs:
            for way in _NAMES:
                quads = graph.quads(ox.NamedNode(iri), ox.NamedNode(way))
                values = [q.object for q in quads if isinstance(q.object, ox.Literal)]
                # The language that is spoken comes first, and one that is tagged before one that is not.
                values.sort(key=lambda v: (v.language != self.language, str(v)))
                if values:
                    return values[0].value
            made = self._made_up(graph, iri)
            if made:
                return made
        return ""

    def _made_up(self, graph: Graph, iri: str) -> str:
        sort = self.sort(iri)
        if sort == "tie":
            return self._tie(graph, iri)
        if sort == "observation":
            return self._observation(graph, iri)
        parts = [c for way in _MADE_OF.get(sort, ()) for c in objects(graph, iri, way)]
        return ", ".join(map(self.name, parts))

    def _tie(self, graph: Graph, iri: str) -> str:
        kinds = [self.name(kind) for kind in objects(graph, iri, SIMPUL.tieType)]
        roles = sorted(
            (role, party)
            for part in objects(graph, iri, SIMPUL.participation)
            for role in objects(graph, part, SIMPUL.role)
            for party in objects(graph, part, SIMPUL.participant)
        )
        parties = [self._short(graph, party) for _, party in roles]
        if len(parties) > PARTIES_NAMED:
            parties = [*parties[: PARTIES_NAMED - 1], "…"]
        return ": ".join(filter(None, (*kinds, " – ".join(parties))))

    def _observation(self, graph: Graph, iri: str) -> str:
        counted = [self.name(one) for one in objects(graph, iri, SIMPUL.indicator)]
        return " ".join([*counted, *texts(graph, iri, SIMPUL.printedValue)[:1]])

    def _short(self, graph: Graph, iri: str) -> str:
        return next(iter(texts(graph, iri, SIMPUL.acronym)), "") or self.name(iri)


def _on_one_line(text: str) -> str:
    """Text fit for a sentence: no line breaks, nothing that steers a terminal or turns a line around."""
    return "".join(
        "\ufffd" if category(character) in {"Cc", "Cf", "Cs"} else character
        for character in " ".join(text.split())
    )
