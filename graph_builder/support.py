"""What each claim rests on: the sources whose evidence bears on it, read from records alone.

The graph says the same once it is built (tested): this is for whoever must know before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

from .keys import (
    breakdown_key,
    name_key,
    occupancy_key,
    place_name,
    tenure_key,
    unit_tie_key,
)
from .records import (
    Bilingual,
    Claim,
    Discrepancy,
    Evidence,
    EvidenceItem,
    Group,
    Institution,
    InstitutionEvidence,
    Observation,
    Person,
    Place,
    Record,
)

Records = Mapping[str, Mapping[str, Record]]
R = TypeVar("R", bound=Record)
Stance = Literal["supports", "contradicts", "mentions"]
Said = Iterator[tuple[str, Iterable[str]]]


def bearing_sources(
    records: Records, stance: Stance = "supports"
) -> dict[str, frozenset[str]]:
    """Every claim that records make, written `kind/key`, and the sources that bear on it so.

    Claims come in the order of the records; one that nothing bears on has an empty set.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    parts = parts_by_total(records)
    for group in records.values():
        for record in group.values():
            for claim, sources in _claims_of(record, parts, stance):
                found[claim].update(sources)
    for item in of_kind(records, Evidence):
        for claim in _passage_claims(item, stance):
            # A passage may bear on what is no claim, such as a name that nobody has evidence for.
            if claim in found:
                found[claim].add(item.source)
    return {claim: frozenset(sources) for claim, sources in found.items()}


def own_claims(record: Record) -> list[str]:
    """The claims that one record makes, breakdowns included."""
    return [claim for claim, _ in _claims_of(record, {}, "supports")]


def of_kind(records: Records, model: type[R]) -> Iterator[R]:
    """The records of one kind, in the order they were read."""
    for record in records.get(model.kind_name, {}).values():
        assert isinstance(record, model)
        yield record


def parts_by_total(records: Records) -> dict[str, list[Observation]]:
    """The observations that are parts of each total, by the key of the total."""
    parts: defaultdict[str, list[Observation]] = defaultdict(list)
    for item in of_kind(records, Observation):
        if item.part_of:
            parts[item.part_of].append(item)
    return dict(parts)


def breakdown_sources(total: Observation, parts: Iterable[Observation]) -> set[str]:
    """The sources that print a total and all its parts, or else those that print any part."""
    for_parts = [_sources(part.evidence, "supports") for part in parts]
    common = _sources(total.evidence, "supports").intersection(*for_parts)
    return common or set[str]().union(*for_parts)


def name_evidence(body: Institution | Group) -> list[InstitutionEvidence]:
    """The evidence of a body that speaks of its name, be it of everything or of the name alone."""
    return [e for e in body.evidence if not e.bears_on or "name" in e.bears_on]


def named_claim(body: Institution, name: str) -> str:
    """The claim that a printed name of a body belongs to: a former name, the present one, or its own."""
    given = {former.name: former.id for former in body.former_names if former.id}
    is_own = name == body.name.id and name_evidence(body)
    key = None if is_own else given.get(name)
    return f"name/{key or name_key(body.id, name)}"


def discrepancy_ref(record: Discrepancy) -> str:
    """A discrepancy in the way claims are written; it is none, and rests on its claims."""
    return f"discrepancy/{record.id}"


def names_in(records: Records) -> dict[str, Bilingual | str]:
    """What records and their claims are called, by `kind/key`: their name, title or what they say."""
    return {
        at: name
        for group in records.values()
        for key, record in group.items()
        for at, name in _names_of(key, record)
    }


def _names_of(key: str, record: Record) -> Iterator[tuple[str, Bilingual | str]]:
    fields = ("name", "title", "claim", "measure", "note")
    found = next(filter(None, (getattr(record, f, None) for f in fields)), "")
    yield f"{record.kind_name}/{key}", found
    for claim in own_claims(record):
        yield claim, found
    if isinstance(record, Institution):
        for former in record.former_names:
            yield f"name/{former.id or name_key(record.id, former.name)}", former.name
        for form in record.name_forms:
            yield named_claim(record, form.form), form.form


def _claims_of(
    record: Record, parts: Mapping[str, list[Observation]], stance: Stance
) -> Said:
    match record:
        case Claim():
            own = _sources(record.evidence, stance)
            yield f"{record.kind_name}/{record.id}", own
            if isinstance(record, Observation) and record.breakdown:
                printed = breakdown_sources(record, parts.get(record.id, ()))
                told = printed if stance == "supports" else ()
                yield f"breakdown/{breakdown_key(record)}", told
        case Person():
            for held in record.posts:
                tenure = f"tenure/{tenure_key(record, held)}"
                yield tenure, _sources(held.evidence, stance)
        case Institution():
            yield from _claims_of_institution(record, stance)
        case Group():
            if record.evidence:
                name = f"name/{name_key(record.id, record.name.id)}"
                yield name, _sources(record.evidence, stance)
        case Place():
            if _sources(record.evidence, "supports"):
                name = f"name/{name_key(record.id, place_name(record))}"
                yield name, _sources(record.evidence, stance)
        case _:
            return


def _claims_of_institution(body: Institution, stance: Stance) -> Said:
    for field, claim in field_claims(body).items():
        items = [e for e in body.evidence if not e.bears_on or field in e.bears_on]
        yield claim, _sources(items, stance)
    printed = stance == "supports"
    for at in body.location_history:
        given = {at.source} if at.source and printed else set[str]()
        claim = f"occupancy/{occupancy_key(body, at.place)}"
        yield claim, given | _sources(at.evidence, stance)
    for former in body.former_names:
        given = {former.source} if former.source and printed else set[str]()
        claim = f"name/{former.id or name_key(body.id, former.name)}"
        yield claim, given | _sources(former.evidence, stance)
    for form in body.name_forms:
        yield named_claim(body, form.form), form.sources if printed else ()


def field_claims(body: Institution) -> dict[str, str]:
    """The claims that single fields of an institution make, by the field, as `bears_on` names it."""
    sites = {at.place for at in body.location_history}
    here = body.located_in
    made = {
        "name": f"name/{name_key(body.id, body.name.id)}"
        if name_evidence(body)
        else None,
        "unit_of": f"tie/{unit_tie_key(body)}" if body.unit_of else None,
        "located_in": f"occupancy/{occupancy_key(body, here)}"
        if here and here not in sites
        else None,
        "founded": f"change/{body.id}.foundation" if body.founded else None,
        "dissolved": f"change/{body.id}.dissolution" if body.dissolved else None,
    }
    return {field: claim for field, claim in made.items() if claim}


def _passage_claims(item: Evidence, stance: Stance) -> Iterable[str]:
    return {
        "supports": item.supports,
        "contradicts": item.disputes,
        "mentions": item.mentions,
    }[stance]


def _sources(items: Iterable[EvidenceItem], stance: Stance) -> set[str]:
    return {item.source for item in items if item.stance == stance}
