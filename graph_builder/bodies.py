"""Bodies, people and places: what exists, and the claims their records hold about them."""

from collections.abc import Iterable

from simpul.ontology import (
    BASE,
    DCTERMS,
    FOAF,
    ORG,
    SIMPUL,
    SKOS,
    AdminLevel,
    ChangeType,
    ClaimStatus,
    Explicitness,
    Modality,
    ParticipantRole,
    Sign,
    TieType,
    code_lists,
)

from .fields import industry_iri
from .keys import (
    name_key,
    occupancy_key,
    place_name,
    post_key,
    tenure_key,
    unit_tie_key,
)
from .mapping import Mapper
from .nquads import GraphName, text_term, typed_term
from .passages import map_items
from .records import (
    Bilingual,
    EvidenceItem,
    Group,
    Institution,
    Location,
    Person,
    Place,
    Topic,
    UnnamedParty,
)
from .support import name_evidence

REGISTRY, ENTITIES, CLAIMS = GraphName.REGISTRY, GraphName.ENTITIES, GraphName.CLAIMS

UNDETERMINED = "und"
"""BCP 47 tag of a name whose language nobody recorded."""


def map_place(mapper: Mapper, place: Place) -> None:
    """State a territory, a foreign place or a site, and its name as a claim if it has evidence."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.place(place.id)
    name = place.name if isinstance(place.name, Bilingual) else None
    graph = ENTITIES if place.kind == "site" else REGISTRY
    if isinstance(place.kind, AdminLevel):
        say.type(
            graph, iri, DCTERMS.Location if place.foreign else SIMPUL.AdministrativeUnit
        )
        say.link(graph, iri, SIMPUL.adminLevel, place.kind.iri)
    else:
        say.type(graph, iri, ORG.Site)
    say.add(graph, iri, DCTERMS.identifier, text_term(place.id))
    if name:
        mapper.say(graph, iri, SKOS.prefLabel, name)
    else:
        say.add(graph, iri, SKOS.prefLabel, text_term(place_name(place), "id"))
    mapper.terms(graph, iri, place)
    if place.within:
        say.link(graph, iri, SIMPUL.within, keys.place(place.within))
    if place.code_source:
        say.link(graph, iri, DCTERMS.source, keys.iri("source", place.code_source))
    if any(item.stance == "supports" for item in place.evidence):
        claim = _name_claim(mapper, place.id, iri, place_name(place), "id")
        map_items(mapper, place.id, place.evidence, {"": [claim]})
    else:
        map_items(mapper, place.id, place.evidence, {"": [iri]})


def map_institution(mapper: Mapper, body: Institution) -> None:
    """State an institution, and its names, parent, sites and beginnings as claims."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.party(body.id)
    lists = code_lists()
    say.type(
        ENTITIES,
        iri,
        *filter(
            None,
            (
                lists.organization_class(body.kind.iri) or ORG.Organization,
                lists.organization_class(body.sector.iri),
            ),
        ),
    )
    say.link(ENTITIES, iri, ORG.classification, body.kind.iri)
    mapper.terms(ENTITIES, iri, body)
    if body.industry:
        say.link(ENTITIES, iri, SIMPUL.industry, industry_iri(body.industry))
    if body.jurisdiction:
        say.link(ENTITIES, iri, SIMPUL.jurisdiction, keys.place(body.jurisdiction))
    claims: dict[str, list[str]] = {}
    if name_evidence(body):
        name = _name_claim(mapper, body.id, iri, body.name.id, "id")
        _span(mapper, name, body.name_since, None)
        claims["name"] = [name]
    if body.unit_of:
        claims["unit_of"] = [_unit_tie(mapper, body, iri)]
    if body.located_in and body.located_in not in {
        at.place for at in body.location_history
    }:
        where = Location(place=body.located_in)
        claims["located_in"] = [_occupancy(mapper, body, iri, where)]
    if body.founded:
        claims["founded"] = [
            _change(
                mapper,
                body,
                ChangeType.FOUNDATION,
                body.founded,
                ORG.resultingOrganization,
            )
        ]
    if body.dissolved:
        claims["dissolved"] = [
            _change(
                mapper,
                body,
                ChangeType.DISSOLUTION,
                body.dissolved,
                ORG.originalOrganization,
            )
        ]
    claims[""] = [claim for made in claims.values() for claim in made]
    map_items(
        mapper, body.id, body.evidence, claims, explicitness=Explicitness.WHOLE_RECORD
    )
    for at in body.location_history:
        claim = _occupancy(mapper, body, iri, at)
        _own_evidence(mapper, body.id, claim, at.source, at.evidence)
    _former_names(mapper, body, iri)
    _printed_forms(mapper, body, iri)


def map_group(mapper: Mapper, group: Group) -> None:
    """State a set of like actors, with its name as a claim if it has evidence."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.party(group.id)
    say.type(ENTITIES, iri, SIMPUL.ActorGroup)
    mapper.terms(ENTITIES, iri, group)
    if group.industry:
        say.link(ENTITIES, iri, SIMPUL.industry, industry_iri(group.industry))
    if group.subgroup_of:
        say.link(ENTITIES, iri, SIMPUL.subgroupOf, keys.party(group.subgroup_of))
    if group.located_in:
        say.link(ENTITIES, iri, DCTERMS.spatial, keys.place(group.located_in))
    if group.evidence:
        claim = _name_claim(mapper, group.id, iri, group.name.id, "id")
        map_items(
            mapper,
            group.id,
            group.evidence,
            {"": [claim], "name": [claim]},
            explicitness=Explicitness.WHOLE_RECORD,
        )


def map_unnamed(mapper: Mapper, party: UnnamedParty) -> None:
    """State a party that a source implies but does not name."""
    iri = mapper.keys.party(party.id)
    mapper.statements.type(ENTITIES, iri, SIMPUL.UnnamedAgent)
    mapper.terms(ENTITIES, iri, party)
    if party.candidate:
        mapper.statements.link(
            ENTITIES, iri, SIMPUL.candidateIdentity, mapper.keys.party(party.candidate)
        )


def map_person(mapper: Mapper, person: Person) -> None:
    """State a person in the public role only: name, posts, and the times they were held."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.party(person.id)
    say.type(ENTITIES, iri, FOAF.Person)
    mapper.terms(ENTITIES, iri, person)
    for held in person.posts:
        body = keys.party(held.institution)
        post = keys.iri("post", post_key(held))
        say.type(ENTITIES, post, ORG.Post)
        mapper.say(ENTITIES, post, SKOS.prefLabel, held.title)
        say.link(ENTITIES, post, ORG.postIn, body)
        if held.single_holder is not None:
            flag = typed_term(str(held.single_holder).lower(), "boolean")
            say.add(ENTITIES, post, SIMPUL.singleHolder, flag)
        tenure = keys.iri("tenure", tenure_key(person, held))
        mapper.claim(tenure, SIMPUL.Tenure)
        say.link(CLAIMS, tenure, ORG.member, iri)
        say.link(CLAIMS, tenure, ORG.organization, body)
        say.link(CLAIMS, tenure, SIMPUL.post, post)
        _span(mapper, tenure, held.from_, held.until)
        if held.note:
            mapper.say(CLAIMS, tenure, SIMPUL.note, held.note)
        map_items(mapper, tenure_key(person, held), held.evidence, {"": [tenure]})


def map_topic(mapper: Mapper, topic: Topic) -> None:
    """State a topic of discourse in the scheme of topics."""
    say = mapper.statements
    iri = topic_iri(mapper, topic.id)
    say.type(REGISTRY, iri, SKOS.Concept)
    say.link(REGISTRY, iri, SKOS.inScheme, f"{BASE}concept/topic")
    mapper.terms(REGISTRY, iri, topic)
    if topic.broader:
        say.link(REGISTRY, iri, SKOS.broader, topic_iri(mapper, topic.broader))


def topic_iri(mapper: Mapper, key: str) -> str:
    """The IRI of a topic, a concept of the ecosystem."""
    return f"{mapper.keys.base}concept/topic/{key}"


def _span(mapper: Mapper, claim: str, start: str | None, end: str | None) -> None:
    for predicate, value in ((SIMPUL.validFrom, start), (SIMPUL.validUntil, end)):
        if value:
            mapper.statements.add(CLAIMS, claim, predicate, typed_term(value, "edtf"))


def _name_claim(
    mapper: Mapper,
    owner_key: str,
    owner: str,
    name: str,
    language: str,
    *,
    key: str | None = None,
    status: ClaimStatus | None = None,
) -> str:
    claim = mapper.keys.iri("name", key or name_key(owner_key, name))
    mapper.claim(claim, SIMPUL.NameRecord, status)
    mapper.statements.link(CLAIMS, claim, SIMPUL.nameOf, owner)
    mapper.statements.add(CLAIMS, claim, SIMPUL.name, text_term(name, language))
    return claim


def _former_names(mapper: Mapper, body: Institution, iri: str) -> None:
    for former in body.former_names:
        claim = _name_claim(
            mapper, body.id, iri, former.name, UNDETERMINED, key=former.id
        )
        _span(mapper, claim, former.from_, former.until)
        if former.note:
            mapper.say(CLAIMS, claim, SIMPUL.note, former.note)
        _own_evidence(mapper, body.id, claim, former.source, former.evidence)


def _printed_forms(mapper: Mapper, body: Institution, iri: str) -> None:
    """A form seen in print is a name only once an editor says so; until then a candidate."""
    borne = {former.name: former.id for former in body.former_names}
    for form in body.name_forms:
        if form.form == body.name.id and name_evidence(body):
            claim = mapper.keys.iri("name", name_key(body.id, form.form))
        elif form.form in borne:
            key = borne[form.form] or name_key(body.id, form.form)
            claim = mapper.keys.iri("name", key)
        else:
            claim = _name_claim(
                mapper,
                body.id,
                iri,
                form.form,
                UNDETERMINED,
                status=ClaimStatus.CANDIDATE,
            )
        items = [
            EvidenceItem(source=source, stance="supports", note=form.note)
            for source in form.sources
        ]
        map_items(mapper, body.id, items, {"": [claim]})


def _own_evidence(
    mapper: Mapper,
    anchor: str,
    claim: str,
    source: str | None,
    evidence: Iterable[EvidenceItem],
) -> None:
    items = list(evidence)
    if source:
        items.append(EvidenceItem(source=source, stance="supports"))
    map_items(mapper, anchor, items, {"": [claim]})


def _unit_tie(mapper: Mapper, body: Institution, iri: str) -> str:
    say, keys = mapper.statements, mapper.keys
    assert body.unit_of is not None
    key = unit_tie_key(body)
    tie = keys.iri("tie", key)
    mapper.claim(tie, SIMPUL.Tie)
    say.link(CLAIMS, tie, SIMPUL.tieType, TieType.HIERARCHY.iri)
    say.link(CLAIMS, tie, SIMPUL.modality, Modality.REALISED.iri)
    say.link(CLAIMS, tie, SIMPUL.sign, Sign.NEUTRAL.iri)
    for role, party in (
        (ParticipantRole.SUPERIOR, keys.party(body.unit_of)),
        (ParticipantRole.SUBORDINATE, iri),
    ):
        part = keys.iri("participation", f"{key}/{role}")
        say.link(CLAIMS, tie, SIMPUL.participation, part)
        say.type(CLAIMS, part, SIMPUL.Participation)
        say.link(CLAIMS, part, SIMPUL.participant, party)
        say.link(CLAIMS, part, SIMPUL.role, role.iri)
    return tie


def _occupancy(mapper: Mapper, body: Institution, iri: str, at: Location) -> str:
    say, keys = mapper.statements, mapper.keys
    claim = keys.iri("occupancy", occupancy_key(body, at.place))
    mapper.claim(claim, SIMPUL.SiteOccupancy, at.status)
    say.link(CLAIMS, claim, SIMPUL.occupant, iri)
    place = keys.records["place"][at.place]
    assert isinstance(place, Place)
    where = SIMPUL.site if place.kind == "site" else SIMPUL.siteWithin
    say.link(CLAIMS, claim, where, keys.place(at.place))
    if at.basis:
        say.link(CLAIMS, claim, SIMPUL.occupancyBasis, at.basis.iri)
    _span(mapper, claim, at.from_, at.until)
    if at.note:
        mapper.say(CLAIMS, claim, SIMPUL.note, at.note)
    return claim


def _change(
    mapper: Mapper, body: Institution, kind: ChangeType, when: str, side: str
) -> str:
    claim = mapper.keys.iri("change", f"{body.id}.{kind}")
    mapper.claim(claim, SIMPUL.OrganizationChange)
    mapper.statements.link(CLAIMS, claim, SIMPUL.changeType, kind.iri)
    mapper.statements.link(CLAIMS, claim, side, mapper.keys.party(body.id))
    mapper.statements.add(CLAIMS, claim, SIMPUL.occurredOn, typed_term(when, "edtf"))
    return claim
