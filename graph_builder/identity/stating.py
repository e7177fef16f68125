"""What the graph is told of decisions on identity: what was replaced by what, and what is not the same."""

from simpul.ontology import DCTERMS, OWL, SKOS

from ..keys import place_name
from ..mapping import Mapper
from ..nquads import GraphName, text_term, typed_term
from ..reading import Loaded
from ..records import Place, Record

ENTITIES = GraphName.ENTITIES


def state_identity(mapper: Mapper, loaded: Loaded) -> None:
    """State that merged records are replaced, and which pairs were decided to be two things.

    A merged record keeps its IRI, which says by which it is replaced and nothing else; it has no
    class, so that no question counts it. The name of a merged place is another of the one that
    stays, since places have no aliases.
    """
    say, records = mapper.statements, loaded.records
    for record, into in loaded.replaced:
        if into not in records[record.kind_name]:
            continue
        old, new = _iri(mapper, record), _iri(mapper, records[record.kind_name][into])
        if old != new:
            say.add(ENTITIES, old, OWL.deprecated, typed_term("true", "boolean"))
            say.link(ENTITIES, old, DCTERMS.isReplacedBy, new)
        if isinstance(record, Place):
            say.add(ENTITIES, new, SKOS.altLabel, text_term(place_name(record), "id"))
    for kind, key, other in sorted(loaded.distinct):
        of_kind = records.get(kind, {})
        if key in of_kind and other in of_kind:
            one, two = _iri(mapper, of_kind[key]), _iri(mapper, of_kind[other])
            say.link(ENTITIES, one, OWL.differentFrom, two)


def _iri(mapper: Mapper, record: Record) -> str:
    """The IRI of a record, whether or not it is still among those of the graph."""
    if isinstance(record, Place):
        kind = "site" if record.kind == "site" else "place"
        return mapper.keys.iri(kind, record.kemendagri_code or record.id)
    return mapper.keys.iri(record.kind_name, record.id)
