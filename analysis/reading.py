"""Read the network out of a graph: one SPARQL file for each kind of row, joined here by IRI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

from simpul.ontology import DCTERMS, FOAF, ORG, RDFS, SIMPUL, SKOS

from .network import (
    Body,
    BodyClass,
    EvidenceItem,
    Link,
    NamedCode,
    Names,
    Network,
    Participant,
    Stance,
    Tie,
)

Row = Mapping[str, str | None]
"""One answer: the IRI or the written form of each variable, None where it is unbound."""

_CLASSES = {
    SIMPUL.UnnamedAgent: BodyClass.UNNAMED,
    SIMPUL.ActorGroup: BodyClass.GROUP,
    ORG.Organization: BodyClass.ORGANIZATION,
    FOAF.Person: BodyClass.PERSON,
}
_NAMING = (SKOS.prefLabel, FOAF.name, DCTERMS.title, RDFS.label, SIMPUL.publisherText)


class AnsweringGraph(Protocol):
    """A graph that answers SPARQL over the union of its named graphs."""

    def query(self, text: str, /) -> Any:
        """Rows that know their `variables`; Any, since engines differ in how rows are held."""
        ...


def read_network(graph: AnsweringGraph) -> Network:
    """Make the network of a graph: every body and tie in it, whatever their standing.

    Persons stand for the body they act for; a person who takes part for nobody is a body,
    and one who takes part in nothing is left out. The graph must hold the ontology and
    the code lists too, as every version does.
    """
    words = _Words.read(graph)
    participants = _participants(_select(graph, "participants"), words)
    evidence = _evidence(_select(graph, "evidence"), words)
    ties = tuple(
        _tie(row, words, participants[tie], evidence[tie])
        for tie, row in _first(_select(graph, "ties"), "tie").items()
    )
    active = {
        participant.body for parties in participants.values() for participant in parties
    }
    bodies = tuple(_bodies(graph, words, active))
    known = {body.iri for body in bodies}
    links = tuple(
        link
        for link in _links(_select(graph, "links"), words)
        if link.source in known and link.target in known
    )
    return Network(bodies, ties, links)


@dataclass(frozen=True, slots=True)
class _Words:
    """All names and sentences of the graph, and the order of its concepts."""

    texts: Mapping[tuple[str, str], Names]
    broader: Mapping[str, str]

    @classmethod
    def read(cls, graph: AnsweringGraph) -> "_Words":
        spoken: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in _select(graph, "texts"):
            written = spoken[_bound(row, "thing"), _bound(row, "property")]
            written.setdefault(row["language"] or "", _bound(row, "text"))
        texts = {where: _names(written) for where, written in spoken.items()}
        broader: dict[str, str] = {}
        for row in _select(graph, "broader"):
            broader.setdefault(_bound(row, "concept"), _bound(row, "broader"))
        return cls(texts, broader)

    def text(self, thing: str | None, property_: str) -> Names:
        return self.texts.get((thing, property_), Names()) if thing else Names()

    def name(self, thing: str | None) -> Names:
        return next(filter(None, (self.text(thing, way) for way in _NAMING)), Names())

    def code(self, concept: str | None) -> NamedCode | None:
        return self.named(concept) if concept else None

    def named(self, concept: str) -> NamedCode:
        return NamedCode(concept, _key(concept), self.name(concept))

    def widest(self, concept: str) -> str:
        seen = {concept}
        while (
            wider := self.broader.get(concept)
        ) and wider not in seen:  # a cycle ends
            seen.add(wider)
            concept = wider
        return concept


def _bodies(graph: AnsweringGraph, words: _Words, active: set[str]) -> Iterator[Body]:
    others: dict[str, list[str]] = defaultdict(list)
    for row in _select(graph, "other_names"):
        others[_bound(row, "body")].append(_bound(row, "name"))
    rows = _select(graph, "bodies")
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        classes[_bound(row, "body")].add(_bound(row, "class"))
    for iri, row in _first(rows, "body").items():
        body_class = next(_CLASSES[name] for name in _CLASSES if name in classes[iri])
        if body_class is BodyClass.PERSON and iri not in active:
            continue
        sector = row["sector"]
        yield Body(
            iri=iri,
            key=_key(iri),
            body_class=body_class,
            name=words.name(iri) or _keyed(iri),
            acronym=row["acronym"],
            other_names=tuple(others[iri]),
            sector=words.code(sector),
            strand=words.named(words.widest(sector)) if sector else None,
            kind=words.code(row["kind"]),
        )


def _tie(
    row: Row,
    words: _Words,
    participants: Iterable[Participant],
    evidence: Iterable[EvidenceItem],
) -> Tie:
    iri, type_ = _bound(row, "tie"), _bound(row, "type")
    return Tie(
        iri=iri,
        key=_key(iri),
        type=words.named(type_),
        layer=words.named(words.widest(type_)),
        status=words.code(row["status"]),
        confidence=words.code(row["confidence"]),
        standing=words.code(row["standing"]),
        holding=words.code(row["holding"]),
        modality=words.code(row["modality"]),
        sign=words.code(row["sign"]),
        basis=words.code(row["basis"]),
        start=row["start"],
        end=row["end"],
        occurred=row["occurred"],
        place=words.name(row["place"]),
        programme=words.name(row["programme"]),
        event=words.name(row["event"]),
        claim=words.text(iri, SIMPUL.claimText),
        note=words.text(iri, SIMPUL.note),
        participants=tuple(participants),
        evidence=tuple(evidence),
    )


def _participants(
    rows: Iterable[Row], words: _Words
) -> Mapping[str, list[Participant]]:
    found: dict[str, list[Participant]] = defaultdict(list)
    for participation, row in _first(rows, "participation").items():
        del participation
        party = _bound(row, "party")
        found[_bound(row, "tie")].append(
            Participant(
                party=party,
                party_name=words.name(party) or _keyed(party),
                body=_bound(row, "body"),
                role=words.named(_bound(row, "role")),
                role_text=row["role_text"],
                mentioned_as=row["mentioned_as"],
                post=words.name(row["post"]),
            )
        )
    return found


def _evidence(rows: Iterable[Row], words: _Words) -> Mapping[str, list[EvidenceItem]]:
    found: dict[str, list[EvidenceItem]] = defaultdict(list)
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        tie, iri, document = (
            _bound(row, name) for name in ("tie", "evidence", "document")
        )
        stance = Stance(_bound(row, "stance"))
        if (tie, stance, iri) in seen:
            continue
        seen.add((tie, stance, iri))
        note = words.text(iri, SIMPUL.interpretationNote) or words.text(
            iri, SIMPUL.note
        )
        printed = words.text(document, SIMPUL.publisherText)
        found[tie].append(
            EvidenceItem(
                iri=iri,
                stance=stance,
                document=document,
                title=words.name(document) or _keyed(document),
                publisher=printed or words.name(row["publisher"]),
                issued=row["issued"],
                url=row["url"],
                locator=row["locator"],
                voice=words.name(row["voice"]),
                explicitness=words.code(row["explicitness"]),
                paraphrase=words.text(iri, SIMPUL.paraphrase),
                note=note,
                root=row["root"],
                root_name=words.name(row["root"]) or _keyed(row["root"]),
            )
        )
    return found


def _links(rows: Iterable[Row], words: _Words) -> Iterator[Link]:
    """Make one link of each pair, the two directions of a pair without direction being one.

    A clique counts the distinct bodies in its role rather than its participations, so that
    a ministry that sits there by two officials counts once and weights still sum to 1.
    """
    pairs: dict[tuple[str, str, str, str], set[tuple[str, str]]] = defaultdict(set)
    undirected: set[str] = set()
    for row in rows:
        edge, role, other = (_bound(row, name) for name in ("edge", "from", "to"))
        if role == other or row["symmetric"] == "true":
            undirected.add(edge)
        pairs[_bound(row, "tie"), edge, role, other].add(
            (_bound(row, "a"), _bound(row, "b"))
        )
    weights: dict[tuple[str, str, str, str], float] = {}
    for (tie, edge, role, other), found in pairs.items():
        clique = len({body for pair in found for body in pair}) if role == other else 2
        for pair in found:
            source, target = sorted(pair) if edge in undirected else pair
            # Two rules may give the same edge to one pair; it is one link, at its stronger weight.
            where = (tie, edge, source, target)
            weights[where] = max(weights.get(where, 0.0), 1 / (clique - 1))
    for (tie, edge, source, target), weight in sorted(weights.items()):
        yield Link(
            tie, words.named(edge), source, target, edge not in undirected, weight
        )


def _select(graph: AnsweringGraph, name: str) -> list[Row]:
    """Run one of the files in sparql/ and give its rows as plain texts."""
    path = files("simpul.analysis").joinpath("sparql", f"{name}.rq")
    answers = graph.query(path.read_text(encoding="utf-8"))
    columns = [str(variable).removeprefix("?") for variable in answers.variables]
    rows: Iterable[Iterable[Any]] = getattr(answers, "rows", answers)
    return [
        {
            column: None if term is None else str(term.value)
            for column, term in zip(columns, row, strict=True)
        }
        for row in rows
    ]


def _first(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """The first row for each value of a column; a second value of some property makes no second thing."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(_bound(row, column), row)
    return found


def _bound(row: Row, column: str) -> str:
    value = row[column]
    if value is None:
        raise KeyError(f"the query left ?{column} unbound")
    return value


def _names(written: Mapping[str, str]) -> Names:
    """Sort texts by language; a text without one, or in a third language, serves both."""
    anywhere = written.get("") or next(iter(sorted(written.items())), ("", ""))[1]
    if "id" in written or "en" in written:
        return Names(written.get("id", ""), written.get("en", ""))
    return Names(anywhere, anywhere)


def _keyed(iri: str | None) -> Names:
    """The key of a thing in the place of a name that it does not have."""
    return Names(_key(iri), _key(iri)) if iri else Names()


def _key(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
