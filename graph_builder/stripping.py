"""A record without what goes with some sources: their evidence, and the claims that rested on it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from simpul.ontology import Explicitness

from .keys import name_key, occupancy_key, place_name, tenure_key
from .losses import Losses
from .records import (
    Claim,
    Discrepancy,
    Event,
    Evidence,
    EvidenceItem,
    FormerName,
    Group,
    Institution,
    InstitutionEvidence,
    Location,
    NameForm,
    Observation,
    Person,
    Place,
    PostHeld,
    Record,
    Source,
    Tie,
    UnnamedParty,
)
from .support import discrepancy_ref, field_claims, named_claim

Item = TypeVar("Item", bound=EvidenceItem)
Part = TypeVar("Part", FormerName, Location, PostHeld)
Happening = TypeVar("Happening", Tie, Event)


def strip(record: Record, lost: Losses) -> Record | None:
    """Return a record without what is lost; None if it goes as a whole.

    Bodies, people and places are left, be it with nothing but their name: whether something still
    refers to them is not for one record to know.
    """
    match record:
        case Source():
            return None if record.id in lost.sources else record
        case Claim():
            return _claim(record, lost)
        case Discrepancy():
            left = _left(record.claims, lost)
            gone = discrepancy_ref(record) in lost.claims
            return None if gone else record.model_copy(update={"claims": left})
        case Evidence():
            return _passage(record, lost)
        case Person():
            posts = [
                _part(held, f"tenure/{tenure_key(record, held)}", lost)
                for held in record.posts
            ]
            return record.model_copy(update={"posts": tuple(filter(None, posts))})
        case Institution():
            return _institution(record, lost)
        case Group():
            return _group(record, lost)
        case Place():
            return _place(record, lost)
        case UnnamedParty():
            if record.id in lost.nobody:
                return None
            candidate = _somebody(record.candidate, lost)
            return record.model_copy(update={"candidate": candidate})
        case _:
            return record


def known_by_reference(source: Source) -> Source:
    """Return a withdrawn document as one that is only known from those which derive from it."""
    return source.model_copy(update={"held": False, "text_digest": None, "seen": None})


def _claim(record: Claim, lost: Losses) -> Claim | None:
    if f"{record.kind_name}/{record.id}" in lost.claims:
        return None
    record = record.model_copy(update={"evidence": _items(record.evidence, lost)})
    match record:
        case Tie():
            event = None if f"event/{record.event}" in lost.claims else record.event
            about = _left(record.about_claims, lost)
            tie = record.model_copy(update={"event": event, "about_claims": about})
            return _capacities(tie, lost)
        case Event():
            return _capacities(record, lost)
        case Observation():
            divides = record.id not in lost.totals
            update = {
                "about": _somebody(record.about, lost),
                "issued_by": _somebody(record.issued_by, lost),
                "part_of": None if record.part_of in lost.totals else record.part_of,
                "breakdown": record.breakdown if divides else None,
            }
            return record.model_copy(update=update)
        case _:
            return record


def _capacities(record: Happening, lost: Losses) -> Happening:
    participants = (
        item.model_copy(update={"in_capacity_of": None})
        if item.in_capacity_of in lost.posts
        else item
        for item in record.participants
    )
    return record.model_copy(update={"participants": tuple(participants)})


def _passage(record: Evidence, lost: Losses) -> Evidence | None:
    before = (record.supports, record.disputes, record.mentions)
    supports, disputes, mentions = after = [_left(claims, lost) for claims in before]
    if record.source in lost.sources or (any(before) and not any(after)):
        return None
    update = {
        "supports": supports,
        "disputes": disputes,
        "mentions": mentions,
        "voice": _somebody(record.voice, lost),
    }
    return record.model_copy(update=update)


def _institution(body: Institution, lost: Losses) -> Institution:
    made = field_claims(body)
    kept = {field for field, claim in made.items() if claim not in lost.claims}
    history = [
        _part(at, f"occupancy/{occupancy_key(body, at.place)}", lost)
        for at in body.location_history
    ]
    sites = {at.place for at in filter(None, history)}
    stated = "located_in" in kept or body.located_in in sites
    former = [
        _part(
            name,
            f"name/{name.id or name_key(body.id, name.name)}",
            lost,
            _printed(body, name.name, lost),
        )
        for name in body.former_names
    ]
    update = {
        "evidence": _institution_items(body, made, kept, lost),
        "name_since": body.name_since if "name" in kept else None,
        "unit_of": body.unit_of if "unit_of" in kept else None,
        "located_in": body.located_in if stated else None,
        "founded": body.founded if "founded" in kept else None,
        "dissolved": body.dissolved if "dissolved" in kept else None,
        "location_history": tuple(filter(None, history)),
        "former_names": tuple(filter(None, former)),
        "name_forms": tuple(_forms(body, lost)),
    }
    return body.model_copy(update=update)


def _institution_items(
    body: Institution, made: Mapping[str, str], kept: set[str], lost: Losses
) -> tuple[InstitutionEvidence, ...]:
    """Evidence of an institution, each item speaking of nothing but claims that are left."""
    left: list[InstitutionEvidence] = []
    for item in _items(body.evidence, lost):
        fields = tuple(name for name in item.bears_on if name in kept)
        if item.bears_on and fields:
            left.append(item.model_copy(update={"bears_on": fields}))
        elif not item.bears_on and "name" in kept:
            left.append(item)
        elif not item.bears_on and kept:
            # Without its name an institution has no evidence that speaks of everything.
            how = item.explicitness or Explicitness.WHOLE_RECORD
            rest = tuple(name for name in made if name in kept)
            left.append(item.model_copy(update={"bears_on": rest, "explicitness": how}))
    if "name" in kept:
        named = [item for item in left if not item.bears_on or "name" in item.bears_on]
        printed = _printed(body, body.name.id, lost)
        more = _support_elsewhere(made["name"], named, printed, lost)
        left += [_of_name(item) for item in more]
    return tuple(left)


def _group(group: Group, lost: Losses) -> Group:
    claim = f"name/{name_key(group.id, group.name.id)}"
    if claim in lost.claims or not group.evidence:
        return group.model_copy(update={"evidence": ()})
    items = list(_items(group.evidence, lost))
    items += map(_of_name, _support_elsewhere(claim, items, (), lost))
    return group.model_copy(update={"evidence": tuple(items)})


def _place(place: Place, lost: Losses) -> Place:
    claim = f"name/{name_key(place.id, place_name(place))}"
    items: list[EvidenceItem] = []
    if claim not in lost.claims:
        items += _items(place.evidence, lost)
        if any(item.stance == "supports" for item in place.evidence):
            items += _support_elsewhere(claim, items, (), lost)
    code_source = None if place.code_source in lost.sources else place.code_source
    update = {"evidence": tuple(items), "code_source": code_source}
    return place.model_copy(update=update)


def _part(
    part: Part, claim: str, lost: Losses, printed: Iterable[EvidenceItem] = ()
) -> Part | None:
    """A former name, a location or a post without what is lost; None if nothing supports it.

    `printed` is support that stands elsewhere in the record, and is written here if it is the last.
    """
    if claim in lost.claims:
        return None
    source = None if isinstance(part, PostHeld) else part.source
    kept = None if source in lost.sources else source
    items: tuple[EvidenceItem, ...] = _items(part.evidence, lost)
    had = bool(source) or _supported(part.evidence)
    if had and not (kept or _supported(items) or claim in lost.told):
        items = (*items, *printed)
        if not _supported(items):
            return None
    update: dict[str, object] = {"evidence": items}
    if source:
        update["source"] = kept
    return part.model_copy(update=update)


def _forms(body: Institution, lost: Losses) -> Iterator[NameForm]:
    for form in body.name_forms:
        sources = tuple(key for key in form.sources if key not in lost.sources)
        claim = named_claim(body, form.form)
        if sources or (claim in lost.told and claim not in lost.claims):
            yield form.model_copy(update={"sources": sources})


def _printed(body: Institution, name: str, lost: Losses) -> list[EvidenceItem]:
    """The sources left that print a name, as evidence of it: the same statements in the graph."""
    return [
        EvidenceItem(source=source, stance="supports", note=form.note)
        for form in _forms(body, lost)
        for source in form.sources
        if form.form == name
    ]


def _support_elsewhere(
    claim: str,
    items: Iterable[EvidenceItem],
    printed: Iterable[EvidenceItem],
    lost: Losses,
) -> list[EvidenceItem]:
    """Support of a name that stands elsewhere, if no item left supports it.

    A name is a claim only where its own record has evidence of it.
    """
    if _supported(items):
        return []
    passages = (
        EvidenceItem(
            source=passage.source,
            locator=passage.locator,
            stance="supports",
            explicitness=passage.explicitness,
        )
        for passage in lost.told.get(claim, ())
    )
    return [*printed, *passages]


def _of_name(item: EvidenceItem) -> InstitutionEvidence:
    return InstitutionEvidence.model_validate({**dict(item), "bears_on": ("name",)})


def _items(items: Iterable[Item], lost: Losses) -> tuple[Item, ...]:
    return tuple(
        item.model_copy(update={"asserted_by": _somebody(item.asserted_by, lost)})
        for item in items
        if item.source not in lost.sources
    )


def _supported(items: Iterable[EvidenceItem]) -> bool:
    return any(item.stance == "supports" for item in items)


def _left(claims: Iterable[str], lost: Losses) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim not in lost.claims)


def _somebody(party: str | None, lost: Losses) -> str | None:
    return None if party in lost.nobody else party
