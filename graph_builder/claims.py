"""Ties, events, observations and discrepancies: the records that assert something themselves."""

from collections.abc import Iterable

from simpul.ontology import (
    BASE,
    DCTERMS,
    SIMPUL,
    SKOS,
    Basis,
    Explicitness,
    code_lists,
)

from .bodies import topic_iri
from .fields import industry_iri
from .keys import breakdown_key, slug
from .mapping import TEXTS, Mapper
from .nquads import GraphName, text_term, typed_term
from .passages import map_items
from .records import (
    Bilingual,
    Discrepancy,
    Event,
    EvidenceItem,
    Observation,
    Participant,
    Tie,
)
from .support import breakdown_sources

CLAIMS = GraphName.CLAIMS


def map_tie(mapper: Mapper, tie: Tie) -> None:
    """State a tie, who takes part in it and how, and what bears on it."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.iri("tie", tie.id)
    mapper.claim(iri, SIMPUL.Tie, tie.status)
    mapper.terms(CLAIMS, iri, tie)
    _participations(mapper, tie.id, iri, tie.participants)
    if tie.place:
        say.link(CLAIMS, iri, DCTERMS.spatial, keys.place(tie.place))
    if tie.programme:
        programme = keys.iri("programme", slug(tie.programme))
        say.link(CLAIMS, iri, SIMPUL.withinProgramme, programme)
        say.type(GraphName.ENTITIES, programme, SIMPUL.Programme)
        say.add(
            GraphName.ENTITIES,
            programme,
            SKOS.prefLabel,
            text_term(tie.programme, "id"),
        )
    if tie.event:
        say.link(CLAIMS, iri, SIMPUL.atEvent, keys.iri("event", tie.event))
    say.link(CLAIMS, iri, SIMPUL.topic, *(topic_iri(mapper, key) for key in tie.topics))
    say.link(CLAIMS, iri, SIMPUL.aboutClaim, *map(keys.claim, tie.about_claims))
    inferred = tie.basis is Basis.INFERRED
    map_items(
        mapper,
        tie.id,
        tie.evidence,
        {"": [iri]},
        explicitness=Explicitness.IMPLIED if inferred else Explicitness.STATED,
        interpretation=tie.note,
    )


def map_event(mapper: Mapper, event: Event) -> None:
    """State a dated happening and who took part in it."""
    iri = mapper.keys.iri("event", event.id)
    mapper.claim(iri, SIMPUL.Event, event.status)
    mapper.terms(CLAIMS, iri, event)
    _participations(mapper, event.id, iri, event.participants)
    if event.place:
        mapper.statements.link(
            CLAIMS, iri, DCTERMS.spatial, mapper.keys.place(event.place)
        )
    map_items(mapper, event.id, event.evidence, {"": [iri]})


def map_observation(mapper: Mapper, item: Observation) -> None:
    """State a number with its unit, comparator and time, beside the form it was printed in."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.iri("observation", item.id)
    mapper.claim(iri, SIMPUL.Observation, item.status)
    mapper.terms(CLAIMS, iri, item)
    if item.printed is None:
        say.add(CLAIMS, iri, SIMPUL.printedValue, text_term(item.value))
    say.add(CLAIMS, iri, SIMPUL.value, typed_term(item.value, "decimal"))
    say.link(CLAIMS, iri, SIMPUL.indicator, _indicator(mapper, item))
    if item.about:
        say.link(CLAIMS, iri, SIMPUL.about, keys.party_or_place(item.about))
    if item.industry:
        say.link(CLAIMS, iri, SIMPUL.industry, industry_iri(item.industry))
    if item.population:
        say.link(CLAIMS, iri, SIMPUL.population, keys.party(item.population))
    if item.issued_by:
        say.link(CLAIMS, iri, SIMPUL.issuedBy, keys.party(item.issued_by))
    if item.part_of:
        total = keys.records["observation"][item.part_of]
        assert isinstance(total, Observation)
        say.link(CLAIMS, keys.iri("breakdown", breakdown_key(total)), SIMPUL.part, iri)
    map_items(mapper, item.id, item.evidence, {"": [iri]})
    if item.breakdown:
        _breakdown(mapper, item, iri)


def map_discrepancy(mapper: Mapper, record: Discrepancy) -> None:
    """State that some claims cannot all be right, and the decision if there is one."""
    iri = mapper.keys.iri("discrepancy", record.id)
    claims = [mapper.keys.claim(reference) for reference in record.claims]
    mapper.statements.type(CLAIMS, iri, SIMPUL.Discrepancy)
    mapper.terms(CLAIMS, iri, record)
    mapper.statements.link(CLAIMS, iri, SIMPUL.involves, *claims)
    mapper.discrepancy(claims, resolved=record.resolved)


def _participations(
    mapper: Mapper, key: str, claim: str, participants: Iterable[Participant]
) -> None:
    say, keys = mapper.statements, mapper.keys
    for item in participants:
        suffix = item.id or f"{item.role}-{item.party or 'unnamed'}"
        part = keys.iri("participation", f"{key}/{suffix}")
        party = keys.party(item.party) if item.party else _unnamed(mapper, key, item)
        say.link(CLAIMS, claim, SIMPUL.participation, part)
        say.type(CLAIMS, part, SIMPUL.Participation)
        say.link(CLAIMS, part, SIMPUL.participant, party)
        say.link(CLAIMS, part, SIMPUL.role, item.role.iri)
        mapper.terms(CLAIMS, part, item)
        if item.in_capacity_of:
            post = keys.iri("post", item.in_capacity_of)
            say.link(CLAIMS, part, SIMPUL.inCapacityOf, post)
        if item.on_behalf_of:
            say.link(CLAIMS, part, SIMPUL.onBehalfOf, keys.party(item.on_behalf_of))


def _unnamed(mapper: Mapper, key: str, item: Participant) -> str:
    """A party that the kind of tie needs and no source names; it stands for itself alone."""
    party = mapper.keys.iri("unnamed", f"{key}.{item.role}")
    mapper.statements.type(GraphName.ENTITIES, party, SIMPUL.UnnamedAgent)
    labels = code_lists().concept(item.role.iri).labels
    name = (
        item.unnamed
        if isinstance(item.unnamed, Bilingual)
        else Bilingual(
            id=TEXTS.say("unnamed-party", "id", role=labels["id"]),
            en=TEXTS.say("unnamed-party", "en", role=labels["en"]),
        )
    )
    mapper.say(GraphName.ENTITIES, party, SKOS.prefLabel, name)
    return party


def _indicator(mapper: Mapper, item: Observation) -> str:
    """The indicator of the code list, or the measure that the record words itself."""
    if item.indicator:
        return item.indicator.iri
    assert item.measure is not None
    say = mapper.statements
    iri = f"{mapper.keys.base}concept/measure/{slug(item.measure.en)}"
    say.type(GraphName.REGISTRY, iri, SIMPUL.Indicator)
    # The scheme is one of the ontology's own, whatever the base of the ecosystem.
    say.link(GraphName.REGISTRY, iri, SKOS.inScheme, f"{BASE}concept/measure")
    mapper.say(GraphName.REGISTRY, iri, SKOS.prefLabel, item.measure)
    return iri


def _breakdown(mapper: Mapper, total: Observation, iri: str) -> None:
    """State that a total divides into its parts, resting on the sources that print both."""
    assert total.breakdown is not None
    keys = mapper.keys
    key = breakdown_key(total)
    claim = keys.iri("breakdown", key)
    mapper.claim(claim, SIMPUL.Breakdown)
    mapper.statements.link(CLAIMS, claim, SIMPUL.total, iri)
    mapper.terms(CLAIMS, claim, total.breakdown)
    parts = [part for part in keys.of(Observation) if part.part_of == total.id]
    for_total = {e.source: e for e in total.evidence if e.stance == "supports"}
    items = [
        EvidenceItem(
            source=source,
            locator=for_total[source].locator if source in for_total else None,
            stance="supports",
        )
        for source in sorted(breakdown_sources(total, parts))
    ]
    coverage = code_lists().concept(total.breakdown.coverage.iri).labels
    reading = Bilingual(
        id=TEXTS.say("breakdown-read", "id", coverage=coverage["id"]),
        en=TEXTS.say("breakdown-read", "en", coverage=coverage["en"]),
    )
    map_items(
        mapper,
        key,
        items,
        {"": [claim]},
        explicitness=Explicitness.IMPLIED,
        interpretation=reading,
    )
