"""Records: what people write down, one model per record file.

A field that becomes one statement about its record names the term of the ontology it is written
with (`Term`); a field that points at another record says at which kind (`Refers`). Fields with
neither are structure, which `mapping` turns into claims of their own.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from simpul.ontology import (
    DCTERMS,
    FOAF,
    SCHEMA,
    SIMPUL,
    SKOS,
    AdminLevel,
    Basis,
    ClaimStatus,
    Comparator,
    Coverage,
    DiscrepancyType,
    DocumentType,
    EventKind,
    Explicitness,
    Indicator,
    InstitutionKind,
    Modality,
    OccupancyBasis,
    ParticipantRole,
    Sector,
    Sign,
    TieType,
    TitleBasis,
    Unit,
    ValueMode,
)

from .fields import (
    PARTY,
    ClaimRef,
    DayText,
    EdtfText,
    IndustryText,
    InstitutionRef,
    Key,
    LongText,
    NumberText,
    PartyRef,
    PlaceRef,
    Refers,
    SourceRef,
    Term,
    WebAddress,
    fits_unit,
    printed_dates,
    printed_number,
)


class Model(BaseModel):
    """What all record models share: nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Model):
    """One text in Indonesian and in English."""

    id: LongText
    en: LongText


Note = LongText | Bilingual
PrintedDate = Annotated[LongText | None, Term(SIMPUL.printedDate, "string")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Record(Model):
    """A record with a key of its own."""

    kind_name: ClassVar[str]
    file_name: ClassVar[str]

    id: Key
    note: Annotated[Note | None, Term(SIMPUL.note)] = None


class EvidenceItem(Model):
    """A passage of one source, written inside the record it bears on."""

    source: SourceRef
    locator: LongText | None = None
    stance: Literal["supports", "contradicts", "mentions"]
    asserted_by: PartyRef | None = None
    explicitness: Explicitness | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def _contradiction_says_what(self) -> Self:
        if self.stance == "contradicts" and self.note is None:
            raise PydanticCustomError(
                "contradiction_without_note", "contradiction without note"
            )
        return self


class InstitutionEvidence(EvidenceItem):
    """Evidence of an institution record; `bears_on` names the fields it speaks of, if known."""

    bears_on: tuple[
        Literal["name", "unit_of", "located_in", "founded", "dissolved"], ...
    ] = ()

    @model_validator(mode="after")
    def _contradiction_has_an_object(self) -> Self:
        if self.stance == "contradicts" and not self.bears_on:
            raise PydanticCustomError(
                "bad_value",
                "contradicts nothing in particular",
                {"expected": "expected-bears-on"},
            )
        return self


class Source(Record):
    """A published document, held or known only from elsewhere."""

    kind_name = "source"
    file_name = "sources.yaml"

    title: LongText
    title_basis: Annotated[TitleBasis | None, Term(SIMPUL.titleBasis)] = None
    publisher: LongText
    published_by: InstitutionRef | None = None
    published: Annotated[EdtfText | None, Term(DCTERMS.issued, "edtf")] = None
    printed_date: PrintedDate = Field(default_factory=printed_dates)
    language: Annotated[
        Literal["id", "en"] | None, Term(DCTERMS.language, "string")
    ] = None
    kind: Annotated[DocumentType, Term(SIMPUL.documentType)]
    url: Annotated[WebAddress | None, Term(SCHEMA.url, "iri")] = None
    release: Key | None = None
    derived_from: SourceRef | None = None
    held: Annotated[bool, Term(SIMPUL.held, "boolean")] = False
    text_digest: Annotated[
        Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None,
        Term(SIMPUL.textDigest, "string"),
    ] = None
    interpretation: Annotated[Bilingual | None, Term(SIMPUL.interpretationNote)] = None
    seen: Annotated[
        Literal["full_text", "excerpt"] | None, Term(SIMPUL.seen, "string")
    ] = None


class Place(Record):
    """A territory, a foreign place or a site."""

    kind_name = "place"
    file_name = "places.yaml"

    name: str | Bilingual
    kind: AdminLevel | Literal["site"]
    foreign: bool = False
    within: PlaceRef | None = None
    kemendagri_code: Annotated[
        Annotated[str, Field(pattern=r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")] | None,
        Term(SIMPUL.kemendagriCode, "string"),
    ] = None
    code_source: SourceRef | None = None
    evidence: tuple[EvidenceItem, ...] = ()


class NameForm(Model):
    """A form of a name as some sources print it."""

    form: LongText
    sources: tuple[SourceRef, ...] = Field(min_length=1)
    note: Note | None = None


class FormerName(Model):
    """A name borne before the present one, and from when to when."""

    id: Key | None = None
    name: LongText
    from_: EdtfText | None = Field(default=None, alias="from")
    until: EdtfText | None = None
    source: SourceRef | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    note: Note | None = None


class Location(Model):
    """A place where a body is or was, and from when to when."""

    id: Key | None = None
    place: PlaceRef
    from_: EdtfText | None = Field(default=None, alias="from")
    until: EdtfText | None = None
    basis: OccupancyBasis | None = None
    status: ClaimStatus | None = None
    source: SourceRef | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    note: Note | None = None


class Body(Record):
    """What an institution and a group have in common."""

    name: Annotated[Bilingual, Term(SKOS.prefLabel)]
    short_name: Annotated[LongText | None, Term(SIMPUL.acronym, "string")] = None
    aliases: Annotated[tuple[LongText, ...], Term(SKOS.altLabel, "string")] = ()
    kind_text: Annotated[LongText | None, Term(SIMPUL.kindText, "string")] = None
    industry: IndustryText | None = None
    located_in: PlaceRef | None = None
    evidence: tuple[InstitutionEvidence, ...] = ()


class Institution(Body):
    """An organization, with what its record says of its names, parent and sites."""

    kind_name = "institution"
    file_name = "institutions.yaml"

    sector: Annotated[Sector, Term(SIMPUL.sector)]
    kind: InstitutionKind
    hidden_labels: Annotated[
        tuple[LongText, ...], Term(SKOS.hiddenLabel, "string")
    ] = ()
    name_since: EdtfText | None = None
    jurisdiction: PlaceRef | None = None
    unit_of: InstitutionRef | None = None
    location_history: tuple[Location, ...] = ()
    founded: EdtfText | None = None
    dissolved: EdtfText | None = None
    former_names: tuple[FormerName, ...] = ()
    name_forms: tuple[NameForm, ...] = ()
    website: Annotated[WebAddress | None, Term(FOAF.homepage, "iri")] = None


class Group(Body):
    """A set of like actors without a legal form of their own."""

    kind_name = "group"
    file_name = "groups.yaml"

    sector: Annotated[Sector | None, Term(SIMPUL.sector)] = None
    subgroup_of: Annotated[Key, Refers(("group",))] | None = None


class UnnamedParty(Record):
    """A party that a source clearly implies and does not name."""

    kind_name = "unnamed"
    file_name = "unnamed.yaml"

    name: Annotated[Bilingual, Term(SKOS.prefLabel)]
    sector: Annotated[Sector | None, Term(SIMPUL.sector)] = None
    candidate: PartyRef | None = None


class PostHeld(Model):
    """A post a person holds or held."""

    id: Key | None = None
    post: Key | None = None
    institution: InstitutionRef
    title: Bilingual
    from_: EdtfText | None = Field(default=None, alias="from")
    until: EdtfText | None = None
    single_holder: bool | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    note: Note | None = None


class Person(Record):
    """A person in public roles."""

    kind_name = "person"
    file_name = "people.yaml"

    name: Annotated[LongText, Term(FOAF.name, "string")]
    aliases: Annotated[tuple[LongText, ...], Term(SKOS.altLabel, "string")] = ()
    posts: tuple[PostHeld, ...] = Field(min_length=1)


class Participant(Model):
    """One party in one role; `unnamed` where the sources name nobody."""

    id: Key | None = None
    party: PartyRef | None = None
    unnamed: bool | Bilingual | None = None
    role: ParticipantRole
    role_text: Annotated[LongText | None, Term(SIMPUL.roleText, "string")] = None
    mentioned_as: Annotated[
        Annotated[str, Field(max_length=80)] | None, Term(SIMPUL.mentionedAs, "string")
    ] = None
    in_capacity_of: Annotated[Key, Refers(("post",))] | None = None
    on_behalf_of: InstitutionRef | None = None

    @model_validator(mode="after")
    def _one_party(self) -> Self:
        if (self.party is None) == (self.unnamed in (None, False)):
            raise PydanticCustomError(
                "bad_value",
                "neither a party nor an unnamed one",
                {"expected": "expected-party"},
            )
        return self


class Claim(Record):
    """A record that asserts something itself, and so needs evidence."""

    evidence: tuple[EvidenceItem, ...] = ()
    status: ClaimStatus | None = None


class Tie(Claim):
    """Two or more parties in one kind of relationship."""

    kind_name = "tie"
    file_name = "ties.yaml"

    type: Annotated[TieType, Term(SIMPUL.tieType)]
    type_text: Annotated[LongText | None, Term(SIMPUL.typeText, "string")] = None
    participants: tuple[Participant, ...]
    start: Annotated[EdtfText | None, Term(SIMPUL.validFrom, "edtf")] = None
    end: Annotated[EdtfText | None, Term(SIMPUL.validUntil, "edtf")] = None
    occurred: Annotated[EdtfText | None, Term(SIMPUL.occurredOn, "edtf")] = None
    printed_date: PrintedDate = Field(default_factory=printed_dates)
    place: PlaceRef | None = None
    programme: LongText | None = None
    event: Annotated[Key, Refers(("event",))] | None = None
    claim: Annotated[Bilingual | None, Term(SIMPUL.claimText)] = None
    topics: tuple[Annotated[Key, Refers(("topic",))], ...] = ()
    about_claims: tuple[ClaimRef, ...] = ()
    basis: Annotated[Basis | None, Term(SIMPUL.basis)] = None
    modality: Annotated[Modality, Term(SIMPUL.modality)]
    sign: Annotated[Sign, Term(SIMPUL.sign)]

    @model_validator(mode="after")
    def _inference_explains_itself(self) -> Self:
        if self.basis is Basis.INFERRED and self.note is None:
            raise PydanticCustomError("inferred_without_note", "inferred without note")
        return self


class Event(Claim):
    """A dated happening and who took part."""

    kind_name = "event"
    file_name = "events.yaml"

    name: Annotated[Bilingual, Term(SKOS.prefLabel)]
    kind: Annotated[EventKind, Term(SIMPUL.eventKind)]
    date: Annotated[EdtfText, Term(SIMPUL.occurredOn, "edtf")]
    printed_date: PrintedDate = Field(default_factory=printed_dates)
    place: PlaceRef | None = None
    participants: tuple[Participant, ...] = ()


class BreakdownOf(Model):
    """How the parts of a total relate to it; written on the total."""

    id: Key | None = None
    coverage: Annotated[Coverage, Term(SIMPUL.coverage)]
    dimension: Annotated[Bilingual | None, Term(SIMPUL.dimension)] = None
    note: Annotated[Note | None, Term(SIMPUL.note)] = None


class Observation(Claim):
    """One number: of what, about whom, when, and in which printed form."""

    kind_name = "observation"
    file_name = "observations.yaml"

    about: Annotated[Key, Refers((*PARTY, "place"))] | None = None
    industry: IndustryText | None = None
    measure: Bilingual | None = None
    indicator: Indicator | None = None
    value: NumberText
    printed: Annotated[LongText | None, Term(SIMPUL.printedValue, "string")] = Field(
        default_factory=printed_number
    )
    comparator: Annotated[Comparator, Term(SIMPUL.comparator)]
    unit: Annotated[Unit, Term(SIMPUL.unit)]
    unit_text: Annotated[LongText | None, Term(SIMPUL.printedUnit, "string")] = None
    mode: Annotated[ValueMode | None, Term(SIMPUL.valueMode)] = None
    reading: Annotated[Indicator | None, Term(SIMPUL.reading)] = None
    population: Annotated[Key, Refers(("group",))] | None = None
    as_of: Annotated[EdtfText | None, Term(SIMPUL.asOf, "edtf")] = None
    period: Annotated[EdtfText | None, Term(SIMPUL.period, "edtf")] = None
    printed_date: PrintedDate = Field(default_factory=printed_dates)
    part_of: Annotated[Key, Refers(("observation",))] | None = None
    breakdown: BreakdownOf | None = None
    issued_by: PartyRef | None = None

    @field_validator("unit")
    @classmethod
    def _unit_fits_value(cls, unit: Unit, info: ValidationInfo) -> Unit:
        fits_unit(info.data.get("value"), unit)
        return unit

    @model_validator(mode="after")
    def _measures_something(self) -> Self:
        if (self.measure is None) == (self.indicator is None):
            raise PydanticCustomError(
                "bad_value",
                "measures nothing",
                {"expected": "expected-measure"},
            )
        if self.unit is Unit.OTHER and self.unit_text is None:
            raise PydanticCustomError(
                "bad_value",
                "another unit without its name",
                {"expected": "expected-unit-text"},
            )
        if self.about is None and self.industry is None:
            raise PydanticCustomError(
                "bad_value",
                "about nothing",
                {"expected": "expected-about"},
            )
        return self


class Discrepancy(Record):
    """Claims that cannot all be right, and the decision if there is one."""

    kind_name = "discrepancy"
    file_name = "discrepancies.yaml"

    type: Annotated[DiscrepancyType, Term(SIMPUL.discrepancyType)]
    claims: tuple[ClaimRef, ...] = Field(min_length=2)
    resolved: Annotated[bool, Term(SIMPUL.resolved, "boolean")]
    reasons: Annotated[Bilingual | None, Term(SIMPUL.resolutionNote)] = None


class Topic(Record):
    """What statements are about."""

    kind_name = "topic"
    file_name = "topics.yaml"

    name: Annotated[Bilingual, Term(SKOS.prefLabel)]
    broader: Annotated[Key, Refers(("topic",))] | None = None


class Selector(Model):
    """A span of a text by character positions, with its SHA-256 and that of what stands around it.

    The context is the `context` characters before the span and those after it, or as many as there
    are; where it was hashed, a span that has moved can be told from the same words elsewhere.
    """

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    digest: Digest
    prefix_digest: Digest | None = None
    suffix_digest: Digest | None = None
    context: int | None = Field(default=None, ge=1, le=1000)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.start >= self.end:
            raise PydanticCustomError(
                "bad_value",
                "ends before it starts",
                {"expected": "expected-end-after-start"},
            )
        given = (self.prefix_digest, self.suffix_digest, self.context)
        if None in given and given != (None, None, None):
            raise PydanticCustomError(
                "bad_value",
                "half a context",
                {"expected": "expected-whole-context"},
            )
        return self


class Evidence(Record):
    """A passage that bears on several claims, written once in a file of its own."""

    kind_name = "evidence"
    file_name = "evidence.yaml"

    source: SourceRef
    locator: Annotated[LongText | None, Term(SIMPUL.locatorText, "string")] = None
    selectors: tuple[Selector, ...] = ()
    voice: PartyRef | None = None
    explicitness: Annotated[Explicitness, Term(SIMPUL.explicitness)]
    attested_on: DayText | None = None
    primary_source: SourceRef | None = None
    paraphrase: Annotated[Bilingual | None, Term(SIMPUL.paraphrase)] = None
    interpretation: Annotated[Bilingual | None, Term(SIMPUL.interpretationNote)] = None
    supports: tuple[ClaimRef, ...] = ()
    disputes: tuple[ClaimRef, ...] = ()
    mentions: tuple[ClaimRef, ...] = ()


RECORD_KINDS: tuple[type[Record], ...] = (
    Source,
    Place,
    Institution,
    Group,
    UnnamedParty,
    Person,
    Topic,
    Event,
    Tie,
    Observation,
    Discrepancy,
    Evidence,
)
