"""Names of the terms that Simpul takes from other vocabularies, and the prefixes they are written with.

Only terms that code of ours names stand here; the files in Turtle may use more.
"""

# ruff: noqa: N815 - the names are those of the vocabularies.

from typing import Final

BASE: Final = "https://w3id.org/simpul/"

EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
"""The datatype of EDTF dates."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_ORG: Final = "http://www.w3.org/ns/org#"
_PROV: Final = "http://www.w3.org/ns/prov#"
_OA: Final = "http://www.w3.org/ns/oa#"
_CV: Final = "http://data.europa.eu/m8g/"
_ROV: Final = "http://www.w3.org/ns/regorg#"
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_SCHEMA: Final = "https://schema.org/"
_SH: Final = "http://www.w3.org/ns/shacl#"

PREFIXES: Final[dict[str, str]] = {
    "cv": _CV,
    "dcterms": _DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": _FOAF,
    "geo": _GEO,
    "oa": _OA,
    "org": _ORG,
    "owl": _OWL,
    "prov": _PROV,
    "rdf": _RDF,
    "rdfs": _RDFS,
    "rov": _ROV,
    "schema": _SCHEMA,
    "sh": _SH,
    "simpul": BASE + "ontology#",
    "skos": _SKOS,
    "xsd": _XSD,
}
"""Prefix to namespace, for Turtle, for queries and for shortening IRIs; code lists are under BASE concept/."""


class RDF:
    """RDF itself."""

    first: Final = _RDF + "first"
    langString: Final = _RDF + "langString"
    nil: Final = _RDF + "nil"
    rest: Final = _RDF + "rest"
    type: Final = _RDF + "type"


class RDFS:
    """RDF Schema."""

    comment: Final = _RDFS + "comment"
    domain: Final = _RDFS + "domain"
    isDefinedBy: Final = _RDFS + "isDefinedBy"
    label: Final = _RDFS + "label"
    range: Final = _RDFS + "range"
    seeAlso: Final = _RDFS + "seeAlso"
    subClassOf: Final = _RDFS + "subClassOf"
    subPropertyOf: Final = _RDFS + "subPropertyOf"


class XSD:
    """Datatypes of XML Schema."""

    anyURI: Final = _XSD + "anyURI"
    boolean: Final = _XSD + "boolean"
    date: Final = _XSD + "date"
    dateTime: Final = _XSD + "dateTime"
    decimal: Final = _XSD + "decimal"
    double: Final = _XSD + "double"
    gYear: Final = _XSD + "gYear"
    integer: Final = _XSD + "integer"
    nonNegativeInteger: Final = _XSD + "nonNegativeInteger"
    string: Final = _XSD + "string"


class OWL:
    """OWL, as far as the model uses it."""

    AnnotationProperty: Final = _OWL + "AnnotationProperty"
    Class: Final = _OWL + "Class"
    DatatypeProperty: Final = _OWL + "DatatypeProperty"
    ObjectProperty: Final = _OWL + "ObjectProperty"
    Ontology: Final = _OWL + "Ontology"
    SymmetricProperty: Final = _OWL + "SymmetricProperty"
    deprecated: Final = _OWL + "deprecated"
    differentFrom: Final = _OWL + "differentFrom"
    inverseOf: Final = _OWL + "inverseOf"
    sameAs: Final = _OWL + "sameAs"
    versionIRI: Final = _OWL + "versionIRI"
    versionInfo: Final = _OWL + "versionInfo"


class SKOS:
    """Labels and code lists."""

    Collection: Final = _SKOS + "Collection"
    Concept: Final = _SKOS + "Concept"
    ConceptScheme: Final = _SKOS + "ConceptScheme"
    altLabel: Final = _SKOS + "altLabel"
    broader: Final = _SKOS + "broader"
    closeMatch: Final = _SKOS + "closeMatch"
    definition: Final = _SKOS + "definition"
    example: Final = _SKOS + "example"
    hiddenLabel: Final = _SKOS + "hiddenLabel"
    inScheme: Final = _SKOS + "inScheme"
    member: Final = _SKOS + "member"
    narrower: Final = _SKOS + "narrower"
    notation: Final = _SKOS + "notation"
    note: Final = _SKOS + "note"
    prefLabel: Final = _SKOS + "prefLabel"
    scopeNote: Final = _SKOS + "scopeNote"
    topConceptOf: Final = _SKOS + "topConceptOf"


class DCTERMS:
    """Dublin Core terms."""

    Location: Final = _DCTERMS + "Location"
    created: Final = _DCTERMS + "created"
    creator: Final = _DCTERMS + "creator"
    description: Final = _DCTERMS + "description"
    identifier: Final = _DCTERMS + "identifier"
    isReplacedBy: Final = _DCTERMS + "isReplacedBy"
    issued: Final = _DCTERMS + "issued"
    language: Final = _DCTERMS + "language"
    license: Final = _DCTERMS + "license"
    modified: Final = _DCTERMS + "modified"
    publisher: Final = _DCTERMS + "publisher"
    references: Final = _DCTERMS + "references"
    replaces: Final = _DCTERMS + "replaces"
    source: Final = _DCTERMS + "source"
    spatial: Final = _DCTERMS + "spatial"
    subject: Final = _DCTERMS + "subject"
    temporal: Final = _DCTERMS + "temporal"
    title: Final = _DCTERMS + "title"
    type: Final = _DCTERMS + "type"


class FOAF:
    """People, groups and pages."""

    Agent: Final = _FOAF + "Agent"
    Document: Final = _FOAF + "Document"
    Group: Final = _FOAF + "Group"
    Person: Final = _FOAF + "Person"
    homepage: Final = _FOAF + "homepage"
    name: Final = _FOAF + "name"
    page: Final = _FOAF + "page"


class ORG:
    """The W3C organization ontology."""

    ChangeEvent: Final = _ORG + "ChangeEvent"
    FormalOrganization: Final = _ORG + "FormalOrganization"
    Membership: Final = _ORG + "Membership"
    Organization: Final = _ORG + "Organization"
    OrganizationalUnit: Final = _ORG + "OrganizationalUnit"
    Post: Final = _ORG + "Post"
    Site: Final = _ORG + "Site"
    classification: Final = _ORG + "classification"
    hasSite: Final = _ORG + "hasSite"
    heldBy: Final = _ORG + "heldBy"
    holds: Final = _ORG + "holds"
    identifier: Final = _ORG + "identifier"
    member: Final = _ORG + "member"
    memberOf: Final = _ORG + "memberOf"
    organization: Final = _ORG + "organization"
    originalOrganization: Final = _ORG + "originalOrganization"
    postIn: Final = _ORG + "postIn"
    resultingOrganization: Final = _ORG + "resultingOrganization"
    subOrganizationOf: Final = _ORG + "subOrganizationOf"


class PROV:
    """Provenance."""

    Activity: Final = _PROV + "Activity"
    Agent: Final = _PROV + "Agent"
    Entity: Final = _PROV + "Entity"
    generatedAtTime: Final = _PROV + "generatedAtTime"
    hadPrimarySource: Final = _PROV + "hadPrimarySource"
    used: Final = _PROV + "used"
    wasAssociatedWith: Final = _PROV + "wasAssociatedWith"
    wasAttributedTo: Final = _PROV + "wasAttributedTo"
    wasDerivedFrom: Final = _PROV + "wasDerivedFrom"
    wasGeneratedBy: Final = _PROV + "wasGeneratedBy"
    wasRevisionOf: Final = _PROV + "wasRevisionOf"


class OA:
    """Web Annotation."""

    SpecificResource: Final = _OA + "SpecificResource"
    TextPositionSelector: Final = _OA + "TextPositionSelector"
    TextQuoteSelector: Final = _OA + "TextQuoteSelector"
    end: Final = _OA + "end"
    exact: Final = _OA + "exact"
    hasSelector: Final = _OA + "hasSelector"
    hasSource: Final = _OA + "hasSource"
    start: Final = _OA + "start"


class CV:
    """The European core vocabularies of public organizations and events."""

    AdminUnit: Final = _CV + "AdminUnit"
    Participation: Final = _CV + "Participation"
    PublicOrganisation: Final = _CV + "PublicOrganisation"
    hasParticipant: Final = _CV + "hasParticipant"
    hasParticipation: Final = _CV + "hasParticipation"
    role: Final = _CV + "role"


class ROV:
    """Registered organizations."""

    RegisteredOrganization: Final = _ROV + "RegisteredOrganization"


class GEO:
    """GeoSPARQL."""

    Feature: Final = _GEO + "Feature"
    Geometry: Final = _GEO + "Geometry"
    asWKT: Final = _GEO + "asWKT"
    hasGeometry: Final = _GEO + "hasGeometry"
    sfWithin: Final = _GEO + "sfWithin"


class SCHEMA:
    """Schema.org."""

    Dataset: Final = _SCHEMA + "Dataset"
    Event: Final = _SCHEMA + "Event"
    url: Final = _SCHEMA + "url"


class SH:
    """SHACL."""

    Info: Final = _SH + "Info"
    NodeShape: Final = _SH + "NodeShape"
    PropertyShape: Final = _SH + "PropertyShape"
    SPARQLConstraint: Final = _SH + "SPARQLConstraint"
    Shape: Final = _SH + "Shape"
    ValidationReport: Final = _SH + "ValidationReport"
    ValidationResult: Final = _SH + "ValidationResult"
    Violation: Final = _SH + "Violation"
    Warning: Final = _SH + "Warning"
    conforms: Final = _SH + "conforms"
    deactivated: Final = _SH + "deactivated"
    declare: Final = _SH + "declare"
    focusNode: Final = _SH + "focusNode"
    message: Final = _SH + "message"
    namespace: Final = _SH + "namespace"
    path: Final = _SH + "path"
    prefix: Final = _SH + "prefix"
    prefixes: Final = _SH + "prefixes"
    property: Final = _SH + "property"
    result: Final = _SH + "result"
    resultMessage: Final = _SH + "resultMessage"
    resultPath: Final = _SH + "resultPath"
    resultSeverity: Final = _SH + "resultSeverity"
    select: Final = _SH + "select"
    severity: Final = _SH + "severity"
    sourceConstraint: Final = _SH + "sourceConstraint"
    sourceConstraintComponent: Final = _SH + "sourceConstraintComponent"
    sourceShape: Final = _SH + "sourceShape"
    sparql: Final = _SH + "sparql"
    targetClass: Final = _SH + "targetClass"
    targetNode: Final = _SH + "targetNode"
    targetObjectsOf: Final = _SH + "targetObjectsOf"
    targetSubjectsOf: Final = _SH + "targetSubjectsOf"
    value: Final = _SH + "value"
