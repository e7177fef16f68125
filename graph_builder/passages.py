"""Evidence: which passage of which document bears on which claim, and how."""

from collections.abc import Iterable, Mapping

from simpul.ontology import (
    DCTERMS,
    FOAF,
    OA,
    PROV,
    RDF,
    SIMPUL,
    SKOS,
    Explicitness,
)

from .edtf import parse as parse_edtf
from .keys import digest, slug
from .mapping import Mapper, bears_on_stance
from .nquads import GraphName, text_term, typed_term
from .records import Evidence, EvidenceItem, Note, Source

EVIDENCE = GraphName.EVIDENCE


def map_source(mapper: Mapper, source: Source) -> None:
    """State a document, its publisher, and what it was copied from."""
    say, keys = mapper.statements, mapper.keys
    document = keys.iri("source", source.id)
    say.type(EVIDENCE, document, SIMPUL.Document)
    mapper.terms(EVIDENCE, document, source)
    say.add(EVIDENCE, document, DCTERMS.title, text_term(source.title, source.language))
    if source.published_by:
        say.link(EVIDENCE, document, DCTERMS.publisher, keys.party(source.published_by))
        say.add(EVIDENCE, document, SIMPUL.publisherText, text_term(source.publisher))
    else:
        publisher = f"{keys.base}id/publisher/{slug(source.publisher)}"
        say.link(EVIDENCE, document, DCTERMS.publisher, publisher)
        say.type(GraphName.ENTITIES, publisher, FOAF.Agent)
        say.add(
            GraphName.ENTITIES, publisher, SKOS.prefLabel, text_term(source.publisher)
        )
    if source.release:
        family = f"{keys.base}id/release/{source.release}"
        say.type(EVIDENCE, family, SIMPUL.ReleaseFamily)
        say.add(EVIDENCE, family, DCTERMS.identifier, text_term(source.release))
        say.link(EVIDENCE, document, PROV.wasDerivedFrom, family)
    if source.derived_from:
        say.link(
            EVIDENCE,
            document,
            PROV.wasDerivedFrom,
            keys.iri("source", source.derived_from),
        )


def map_evidence(mapper: Mapper, record: Evidence) -> None:
    """State a passage written in a file of its own, with everything it bears on."""
    say, keys = mapper.statements, mapper.keys
    iri = keys.iri("evidence", f"{record.source}/{record.id}")
    passage_of(mapper, iri, record.source, attested_on=record.attested_on)
    mapper.terms(EVIDENCE, iri, record)
    for stance, claims in (
        ("supports", record.supports),
        ("contradicts", record.disputes),
        ("mentions", record.mentions),
    ):
        iris = [keys.claim(reference) for reference in claims]
        say.link(EVIDENCE, iri, bears_on_stance(stance), *iris)
        if stance == "contradicts":
            mapper.dispute(iris)
    if record.voice:
        say.link(EVIDENCE, iri, SIMPUL.voice, keys.party(record.voice))
    if record.primary_source:
        say.link(
            EVIDENCE,
            iri,
            PROV.hadPrimarySource,
            keys.iri("source", record.primary_source),
        )
    document = keys.iri("source", record.source)
    for at in record.selectors:
        span = f"{record.source}/{at.start}-{at.end}"
        passage, selector = keys.iri("passage", span), keys.iri("selector", span)
        say.link(EVIDENCE, iri, SIMPUL.locator, passage)
        say.type(EVIDENCE, passage, OA.SpecificResource)
        say.link(EVIDENCE, passage, OA.hasSource, document)
        say.link(EVIDENCE, passage, OA.hasSelector, selector)
        say.add(EVIDENCE, passage, SIMPUL.spanDigest, text_term(at.digest))
        if at.prefix_digest and at.suffix_digest:
            before, after = text_term(at.prefix_digest), text_term(at.suffix_digest)
            length = typed_term(str(at.context), "integer")
            say.add(EVIDENCE, passage, SIMPUL.prefixDigest, before)
            say.add(EVIDENCE, passage, SIMPUL.suffixDigest, after)
            say.add(EVIDENCE, passage, SIMPUL.contextLength, length)
        say.type(EVIDENCE, selector, OA.TextPositionSelector)
        say.add(EVIDENCE, selector, OA.start, typed_term(str(at.start), "integer"))
        say.add(EVIDENCE, selector, OA.end, typed_term(str(at.end), "integer"))


def map_items(
    mapper: Mapper,
    anchor: str,
    items: Iterable[EvidenceItem],
    bears_on: Mapping[str, Iterable[str]],
    *,
    explicitness: Explicitness = Explicitness.STATED,
    interpretation: Note | None = None,
) -> None:
    """State evidence written inside a record.

    `anchor` is the key of the record, for the key of the evidence; `bears_on` maps a field of the
    record to the claims it became, "" to those of an item that names no field. An item whose
    `bears_on` names fields speaks of those alone, and so is stated, not of the whole record.
    """
    for item in items:
        fields: tuple[str, ...] = getattr(item, "bears_on", ())
        claims = [iri for name in fields or ("",) for iri in bears_on.get(name, ())]
        how = item.explicitness or (Explicitness.STATED if fields else explicitness)
        iri = passage_iri(mapper, anchor, item, claims)
        passage_of(mapper, iri, item.source)
        say = mapper.statements
        say.link(EVIDENCE, iri, bears_on_stance(item.stance), *claims)
        say.link(EVIDENCE, iri, SIMPUL.explicitness, how.iri)
        if item.locator:
            say.add(EVIDENCE, iri, SIMPUL.locatorText, text_term(item.locator))
        if item.asserted_by:
            say.link(EVIDENCE, iri, SIMPUL.voice, mapper.keys.party(item.asserted_by))
        if item.note:
            mapper.say(EVIDENCE, iri, SIMPUL.note, item.note)
        if interpretation and how is Explicitness.IMPLIED:
            mapper.say(EVIDENCE, iri, SIMPUL.interpretationNote, interpretation)
        if item.stance == "contradicts":
            mapper.dispute(claims)


def passage_iri(
    mapper: Mapper, anchor: str, item: EvidenceItem, claims: Iterable[str]
) -> str:
    """The IRI of a nested item: its document, its record, and what tells it from its neighbours."""
    mark = digest(item.stance, item.locator, *sorted(claims))
    return mapper.keys.iri("evidence", f"{item.source}/{anchor}.{mark}")


def passage_of(
    mapper: Mapper, iri: str, source: str, *, attested_on: str | None = None
) -> None:
    """State that a piece of evidence is a passage of a document, and the day it attests.

    That day is the latest the document can have appeared on; without a date there is none.
    """
    say = mapper.statements
    say.add(EVIDENCE, iri, RDF.type, f"<{SIMPUL.Evidence}>")
    say.link(EVIDENCE, iri, SIMPUL.sourceDocument, mapper.keys.iri("source", source))
    published = mapper.source(source).published
    latest = parse_edtf(published).latest if published else None
    day = attested_on or (latest.isoformat() if latest else None)
    if day:
        say.add(EVIDENCE, iri, SIMPUL.attestedOn, typed_term(day, "date"))
