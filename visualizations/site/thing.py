"""The page of one thing: a heading, what there is to know at a glance, and sections made for its sort."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simpul.ontology import (
    DCTERMS,
    FOAF,
    ORG,
    RDF,
    SCHEMA,
    SIMPUL,
    SKOS,
)
from simpul.queries import Explanation

from ..page_data import safe_url
from .claims import (
    Chip,
    PartyView,
    chips_of,
    claim_card,
    evidence_views,
    figure_row,
    newest_first,
    passage_views,
)
from .frame import Frame, render
from .history import history_of
from .rows import ThingRows, first_iri, first_text, iris
from .speaking import NOT_TOLD, Fact, Part, Sign, Speaker, is_claim

CARDS = 150
"""So many ties or events stand on one page, the latest; the questions have them all."""
VALUES = 12
"""So many values of one property are shown at once; the rest folds away."""

RDF_FORMS = ("ttl", "jsonld", "nt", "rdf")
"""The endings under which a thing is described as RDF."""

_BODIES = frozenset({"institution", "group", "unnamed", "person"})
_IN_TITLE = (SKOS.prefLabel, DCTERMS.title, SIMPUL.acronym, SIMPUL.claimText)
_FIRST = (
    *(ORG.classification, SIMPUL.sector, ORG.subOrganizationOf, SIMPUL.locatedIn),
    *(ORG.hasSite, SIMPUL.within, FOAF.homepage, DCTERMS.issued, DCTERMS.publisher),
    *(SIMPUL.documentType, SIMPUL.tieType, SIMPUL.eventKind, SIMPUL.occurredOn),
    *(SIMPUL.validFrom, SIMPUL.validUntil, DCTERMS.spatial, SIMPUL.indicator),
    *(SIMPUL.printedValue, SIMPUL.printedUnit, SIMPUL.asOf, SIMPUL.period),
)
_HISTORY = frozenset({"name", "occupancy", "organization-change", "tenure"})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. `kind` names the way it is drawn, `content` is what that takes."""

    code: str
    heading: str
    kind: str
    content: (
        Any  # each kind takes something else; the template and the builders agree on it
    )
    lead: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ThingView:
    """All that the page of a thing shows."""

    iri: str
    path: str
    title: str
    short: str | None
    kind: str
    sort: str
    sign: Sign | None
    lead: Part | None
    chips: tuple[Chip, ...]
    weight: str
    when: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    outside: Part | None
    map_href: str | None


def thing_page(frame: Frame, rows: ThingRows, forms: dict[str, str]) -> str:
    """The page of a thing as HTML. `forms` are the addresses of its description as RDF, by ending."""
    return render(frame, "thing", {"thing": thing_view(frame, rows), "forms": forms})


def thing_view(frame: Frame, rows: ThingRows) -> ThingView:
    """What the page of a thing shows, in the language of the frame."""
    speaker = Speaker(frame, rows.names)
    sort = speaker.sort(rows.iri)
    title = speaker.name(rows.iri)
    short = first_text(rows.about, SIMPUL.acronym)
    built = _Sections(speaker, rows, sort)
    url = safe_url(first_iri(rows.about, SCHEMA.url))
    key = "/".join(rows.iri.split("/")[-2:])
    return ThingView(
        rows.iri,
        frame.path,
        title,
        short if short != title else None,
        built.kind(),
        sort,
        speaker.sign(rows.iri),
        speaker.text(
            rows.about, SIMPUL.claimText, SKOS.definition, DCTERMS.description
        ),
        chips_of(speaker, rows.about) if is_claim(rows.about) else (),
        built.weight(),
        speaker.when(rows.about) if is_claim(rows.about) else "",
        tuple(built.facts()),
        tuple(section for section in built.sections() if section.content),
        Part(frame.say("read-there"), url, is_web=True) if url else None,
        frame.href("/explorer", focus=key)
        if sort in _BODIES and any(rows.parties.values())
        else None,
    )


class _Sections:
    """Builds the sections of one page."""

    def __init__(self, speaker: Speaker, rows: ThingRows, sort: str) -> None:
        self._speaker = speaker
        self._frame = speaker.frame
        self._say = speaker.frame.say
        self._rows = rows
        self._sort = sort
        self._by_sort: dict[str, list[str]] = {}
        for _, subject in rows.pointing:
            of_it = self._by_sort.setdefault(speaker.sort(subject), [])
            if subject not in of_it:
                of_it.append(subject)

    def kind(self) -> str:
        """What the thing is, with its type where it has one."""
        about = self._rows.about
        kind = self._speaker.kind(self._rows.iri)
        for way in (
            *(SIMPUL.tieType, SIMPUL.eventKind, SIMPUL.documentType, SIMPUL.changeType),
            *(ORG.classification, SIMPUL.adminLevel, SIMPUL.discrepancyType),
        ):
            if type_ := first_iri(about, way):
                return f"{kind} · {self._speaker.name(type_)}"
        return kind

    def weight(self) -> str:
        """How much there is: articles and origins of a claim, ties and parties of a body."""
        counted = self._frame.counted
        if explanation := self._rows.explanation:
            support = [p for p in explanation.passages if p.stance == SIMPUL.supports]
            told = [
                counted("articles", len({p.document for p in support})),
                counted("origins", len(explanation.origins)),
            ]
            if against := explanation.grounds.disputing:
                told.append(counted("against", against))
            return ", ".join(told)
        ties = self._by_sort.get("tie", [])
        if self._sort in _BODIES and ties:
            iri = self._rows.iri
            others = {
                party.behalf or party.party
                for tie in ties
                for party in self._rows.parties.get(tie, ())
                if iri not in (party.party, party.behalf)
            }
            return ", ".join(
                (counted("ties", len(ties)), counted("partners", len(others)))
            )
        return ""

    def facts(self) -> Iterator[Fact]:
        """What is stated of it that no section tells."""
        told = {*NOT_TOLD, *_IN_TITLE, SCHEMA.url, SKOS.definition, DCTERMS.description}
        if self._rows.explanation:
            told |= {SIMPUL.status, SIMPUL.confidenceLevel, SIMPUL.standing}
        about = self._rows.about
        ordered = [way for way in _FIRST if way in about]
        ordered += [way for way in about if way not in (*_FIRST, SKOS.altLabel)]
        for property_ in ordered:
            if property_ in told or self._is_relation(property_):
                continue
            if parts := self._speaker.parts(about[property_]):
                yield Fact(self._speaker.aspect(property_), parts)
        if alternatives := self._other_labels():
            yield Fact(self._speaker.aspect(SKOS.altLabel), alternatives)

    def sections(self) -> Iterator[Section]:
        """All sections, those that say most first; some may be empty."""
        rows = self._rows
        if rows.explanation:
            yield from self._of_claim(rows.explanation)
        if self._sort == "discrepancy":
            claims = iris(rows.about.get(SIMPUL.involves, ()))
            yield self._cards("involved", claims)
        yield self._family()
        yield self._cards("ties", self._by_sort.get("tie", ()))
        yield self._relations()
        yield self._history()
        yield self._tenures()
        yield self._cards("events", self._by_sort.get("event", ()))
        yield self._figures()
        yield self._passages()
        yield self._published()
        yield self._discrepancies()
        yield self._pointing()

    # A claim: who, the evidence, and why it is as sure as it is.

    def _of_claim(self, explanation: Explanation) -> Iterator[Section]:
        speaker = self._speaker
        parties = tuple(
            PartyView(
                speaker.link(party.party, sign=True),
                speaker.name(party.role),
                speaker.link(party.behalf) if party.behalf else None,
                speaker.link(party.capacity) if party.capacity else None,
                party.mention,
                party.named,
            )
            for party in explanation.parties
        )
        yield self._section("parties", "parties", parties)
        views = passage_views(speaker, explanation)
        yield self._section("evidence", "evidence", views, lead=self.weight())
        disagreements = tuple(
            (
                speaker.link(one.discrepancy),
                one.resolved,
                speaker.parts(one.says),
                speaker.links(one.others),
            )
            for one in explanation.disagreements
        )
        yield self._section("discrepancies", "disagreements", disagreements)
        for told in self._rows.told:
            if told.code in ("confidence", "standing", "prospects"):
                yield Section(told.code, told.heading, "sentences", told.sentences)

    def _family(self) -> Section:
        speaker = self._speaker
        content = tuple(
            (
                speaker.link(root) if root != self._rows.iri else None,
                self._say(
                    "family-one-origin",
                    articles=self._frame.counted("articles", len(documents)),
                ),
                tuple(self._document(document) for document in documents),
            )
            for root, documents in self._rows.family.items()
            if len(documents) > 1 or root != self._rows.iri
        )
        return self._section("family", "family", content)

    def _document(
        self, document: str
    ) -> tuple[Part, tuple[Part, ...], str, str | None]:
        about = self._rows.details.get(document, {})
        issued = first_text(about, DCTERMS.issued)
        return (
            self._speaker.link(document),
            self._speaker.links(
                house
                for house in iris(about.get(DCTERMS.publisher, ()))
                if house != self._rows.iri
            ),
            self._frame.date(issued) if issued else self._say("undated"),
            safe_url(first_iri(about, SCHEMA.url)),
        )

    # A body, a place, a person.

    def _cards(self, code: str, claims: tuple[str, ...] | list[str]) -> Section:
        ordered = newest_first(self._rows, claims)
        cards = tuple(
            claim_card(self._speaker, self._rows, claim) for claim in ordered[:CARDS]
        )
        cut = (
            self._say("ties-shown", shown=CARDS, all=len(ordered))
            if len(ordered) > CARDS
            else ""
        )
        return self._section(code, "cards", cards, lead=cut, count=len(ordered))

    def _relations(self) -> Section:
        facts = tuple(
            Fact(
                self._speaker.aspect(property_),
                self._speaker.links(iris(values), sign=True),
            )
            for property_, values in self._rows.about.items()
            if self._is_relation(property_)
        )
        return self._section("relations", "facts", facts)

    def _is_relation(self, property_: str) -> bool:
        """Whether a property of this body leads to other bodies."""
        values = iris(self._rows.about.get(property_, ()))
        return (
            self._sort in _BODIES
            and bool(values)
            and all(self._speaker.sort(value) in _BODIES for value in values)
        )

    def _history(self) -> Section:
        history = history_of(self._speaker, self._rows)
        return self._section("history", "history", history if history.aspects else None)

    def _tenures(self) -> Section:
        if self._sort == "institution":  # there they are part of the history
            return self._section("tenures", "tenures", ())
        content: list[tuple[Part, tuple[Part, ...], tuple[Part, ...], str]] = []
        for tenure in newest_first(self._rows, self._by_sort.get("tenure", ())):
            about = self._rows.details.get(tenure, {})
            people = iris(about.get(ORG.member, ()))
            posts = iris(about.get(SIMPUL.post, ()))
            bodies = iris(about.get(ORG.organization, ()))
            others = [*people, *posts]
            name, *rest = [iri for iri in others if iri != self._rows.iri] or [tenure]
            content.append(
                (
                    Part(self._speaker.name(name), self._frame.href_of(tenure)),
                    self._speaker.links(rest),
                    self._speaker.links(iri for iri in bodies if iri != self._rows.iri),
                    self._speaker.when(about),
                )
            )
        return self._section("tenures", "tenures", tuple(content))

    def _figures(self) -> Section:
        claims = newest_first(self._rows, self._by_sort.get("observation", ()))
        figures = tuple(
            figure_row(self._speaker, self._rows, claim) for claim in claims[:CARDS]
        )
        return self._section("numbers", "figures", figures, count=len(claims))

    def _passages(self) -> Section:
        if self._rows.explanation or self._sort == "evidence":
            return self._section("stated", "evidence", ())
        views = evidence_views(
            self._speaker, self._rows, self._by_sort.get("evidence", ())
        )
        code = "stated" if self._sort == "source" else "said"
        return self._section(code, "evidence", views, count=len(views))

    def _published(self) -> Section:
        if self._rows.family:
            return self._section("published", "documents", ())
        documents = tuple(
            self._document(document) for document in self._by_sort.get("source", ())
        )
        by_date = tuple(sorted(documents, key=lambda each: each[0].text.casefold()))
        return self._section("published", "documents", by_date, count=len(by_date))

    def _discrepancies(self) -> Section:
        if self._rows.explanation:
            return self._section("discrepancies", "disagreements", ())
        claims: dict[tuple[str, bool], list[str]] = {}
        for discrepancy, claim, resolved in self._rows.discrepancies:
            if discrepancy == self._rows.iri:
                continue
            claims.setdefault((discrepancy, resolved), []).append(claim)
        content = tuple(
            (self._speaker.link(one), resolved, (), self._speaker.links(of_it))
            for (one, resolved), of_it in claims.items()
        )
        return self._section("discrepancies", "disagreements", content)

    def _pointing(self) -> Section:
        """What no other section shows, by property."""
        shown: set[str] = {"tie", "event", "observation", "evidence", "source"}
        shown |= {"discrepancy"}
        shown |= _HISTORY
        there = {
            (property_, value)
            for property_, values in self._rows.about.items()
            for value in iris(values)
        }
        groups: dict[str, list[str]] = {}
        for property_, subject in self._rows.pointing:
            if property_ == RDF.type or (property_, subject) in there:
                continue
            if self._speaker.sort(subject) not in shown:
                groups.setdefault(property_, []).append(subject)
        facts = tuple(
            Fact(
                self._say("points-here", aspect=self._speaker.aspect(property_)),
                self._speaker.links(subjects, sign=True),
            )
            for property_, subjects in groups.items()
        )
        lead = self._say("pointing-shown") if self._rows.is_cut else ""
        return self._section("pointing", "facts", facts, lead=lead)

    def _other_labels(self) -> tuple[Part, ...]:
        about = self._rows.about
        labels = (*about.get(SKOS.prefLabel, ()), *about.get(SKOS.altLabel, ()))
        title = self._speaker.name(self._rows.iri)
        found = {part.text: part for part in map(self._speaker.part, labels)}
        return tuple(p for text, p in found.items() if _plain(text) != _plain(title))

    def _section(
        self,
        code: str,
        kind: str,
        content: Any,
        lead: str = "",
        count: int | None = None,
    ) -> Section:
        heading = self._say(f"section-{code}")
        return Section(code, heading, kind, content, lead, count)


def _plain(text: str) -> str:
    """What can be seen of a text, and of what stands for the unseen in a name."""
    return "".join(c for c in text if c.isprintable() and c not in " \ufffd")
