"""Two records of one thing as one: the lists of both, and the single facts of the one that stays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from simpul.ontology import Explicitness

from ..keys import post_key, tenure_key
from ..records import (
    EvidenceItem,
    FormerName,
    Group,
    Institution,
    InstitutionEvidence,
    Location,
    Model,
    NameForm,
    Participant,
    Person,
    Place,
    PostHeld,
    Record,
)
from ..support import field_claims

M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=Record)
B = TypeVar("B", Institution, Group)
Part = TypeVar("Part", bound=FormerName | Location | PostHeld)

SINGLE: Mapping[type[Record], tuple[str, ...]] = {
    Institution: (
        "short_name",
        "kind_text",
        "industry",
        "located_in",
        "note",
        "jurisdiction",
        "unit_of",
        "founded",
        "dissolved",
        "website",
    ),
    Group: (
        "short_name",
        "kind_text",
        "industry",
        "located_in",
        "note",
        "sector",
        "subgroup_of",
    ),
    Person: ("note",),
    Place: ("note", "within", "kemendagri_code", "code_source"),
}
"""The fields that hold one fact, which the record that goes may fill in where the other is silent."""


def joined(stays: Record, goes: Record) -> Record:
    """The record that stays, with what the one that goes adds to it; both of one kind.

    Its names become aliases. Evidence keeps to what it spoke of: that of a fact which is not that
    of the record that stays is left out, and that of another name supports that name.
    """
    match stays, goes:
        case Institution(), Institution():
            return _institution(stays, goes)
        case Group(), Group():
            with_names = _body(stays, goes)
            told = _of_the_name(stays.evidence, goes.evidence, stays.name == goes.name)
            return _with(with_names, evidence=told)
        case Person(), Person():
            return _person(stays, goes)
        case Place(), Place():
            told = _of_the_name(stays.evidence, goes.evidence, stays.name == goes.name)
            return _with(_filled(stays, goes), evidence=told)
        case _:
            raise TypeError(f"{stays.kind_name} and {goes.kind_name}")


def joined_participants(
    before: Sequence[Participant], after: Sequence[Participant]
) -> tuple[Participant, ...]:
    """Participants after a merge, each party once in a role that it now has twice.

    What was there twice before, or says twice that nobody is named, is a fault of the record: it
    stays for the checks to find.
    """
    joined: list[Participant] = []
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for old, item in zip(before, after, strict=True):
        assert (old.party is None) == (item.party is None)
        if item.party is None or old.party is None or item.id is not None:
            joined.append(item)
            continue
        at, as_before = first.setdefault(
            (item.role, item.party), (len(joined), old.party)
        )
        if at == len(joined) or old.party == as_before:
            joined.append(item)
        else:
            fields = ("role_text", "mentioned_as", "in_capacity_of", "on_behalf_of")
            joined[at] = _filled_fields(joined[at], item, fields)
    return tuple(joined)


def _institution(stays: Institution, goes: Institution) -> Institution:
    forms = list(stays.name_forms)
    forms += [form for form in goes.name_forms if form not in forms]
    printed = [
        item.source
        for item in goes.evidence
        if item.stance == "supports" and (not item.bears_on or "name" in item.bears_on)
    ]
    if printed and goes.name.id != stays.name.id:
        sources = tuple(dict.fromkeys(printed))
        forms.append(NameForm(form=goes.name.id, sources=sources))
    whole = _with(
        _body(stays, goes),
        hidden_labels=_union(stays.hidden_labels, goes.hidden_labels),
        location_history=_parts(
            (*stays.location_history, *_seat(stays, goes)),
            (*goes.location_history, *_seat(goes, stays)),
            lambda at: at.place,
        ),
        former_names=_parts(
            stays.former_names, goes.former_names, lambda former: former.name
        ),
        name_forms=tuple(forms),
    )
    own = tuple(field_claims(stays))
    evidence = stays.evidence
    if set(field_claims(whole)) - set(own):
        # What it says of the whole record it says of what stood there before.
        evidence = tuple(_narrowed(item, own) for item in evidence)
    return _with(whole, evidence=(*evidence, *_evidence(whole, goes)))


def _seat(body: Institution, other: Institution) -> tuple[Location, ...]:
    """Where a body is, with its evidence, if that is one of the sites in the history of the other."""
    place = body.located_in
    if "located_in" not in field_claims(body) or place is None:
        return ()
    if place not in {at.place for at in other.location_history}:
        return ()
    told = (
        EvidenceItem(
            **item.model_dump(exclude={"bears_on", "explicitness", "note"}),
            explicitness=_how(item),
            note=item.note,
        )
        for item in body.evidence
        if not item.bears_on or "located_in" in item.bears_on
    )
    return (Location(place=place, evidence=tuple(told)),)


def _narrowed(item: InstitutionEvidence, fields: Iterable[str]) -> InstitutionEvidence:
    """Evidence that speaks of these fields, if it spoke of the whole record."""
    if item.bears_on:
        return item
    return _with(item, bears_on=tuple(fields), explicitness=_how(item))


def _how(item: InstitutionEvidence) -> Explicitness:
    """How evidence says what it says, where that follows from how much it speaks of."""
    if item.explicitness:
        return item.explicitness
    return Explicitness.STATED if item.bears_on else Explicitness.WHOLE_RECORD


def _evidence(whole: Institution, goes: Institution) -> Iterable[InstitutionEvidence]:
    """The evidence of the record that goes, as far as it speaks of what holds of the whole."""
    claims = field_claims(whole)
    for item in goes.evidence:
        spoken = item.bears_on or field_claims(goes)
        kept = [
            name
            for name in spoken
            if (name in claims and getattr(whole, name) == getattr(goes, name))
            or (name == "name" and whole.name.id == goes.name.id)
        ]
        if kept:
            yield _with(item, bears_on=tuple(kept), explicitness=_how(item))


def _of_the_name(
    stays: tuple[Any, ...], goes: tuple[Any, ...], same_name: bool
) -> tuple[Any, ...]:
    """The evidence of two records that speaks of their names alone, as that of groups and places.

    What supports another name does not support this one: it mentions the thing.
    """
    if same_name:
        return _union(stays, goes)
    if not any(item.stance == "supports" for item in stays):
        return stays
    mentions = [
        _with(item, stance="mentions") for item in goes if item.stance != "contradicts"
    ]
    return _union(stays, mentions)


def _body(stays: B, goes: B) -> B:
    names = [
        goes.name.id,
        goes.name.en,
        *filter(None, [goes.short_name]),
        *goes.aliases,
    ]
    filled = _filled(stays, goes)
    borne = {filled.name.id, filled.name.en, filled.short_name}
    aliases = _union(stays.aliases, (name for name in names if name not in borne))
    return _with(filled, aliases=aliases)


def _person(stays: Person, goes: Person) -> Person:
    names = (name for name in (goes.name, *goes.aliases) if name != stays.name)
    return _with(
        _filled(stays, goes),
        aliases=_union(stays.aliases, names),
        posts=_posts(stays, goes),
    )


def _posts(stays: Person, goes: Person) -> tuple[PostHeld, ...]:
    """The posts of both; a post that both held at one time, as far as is known, is one."""
    posts = list(stays.posts)
    for held in goes.posts:
        same = [at for at, own in enumerate(posts) if post_key(own) == post_key(held)]
        joint = next((at for at in same if _one_time(posts[at], held)), None)
        if joint is not None:
            posts[joint] = _part(posts[joint], held)
        elif same:
            # Two times in one post are two tenures, and each needs a key of its own.
            posts.append(_with(held, id=tenure_key(goes, held)))
        else:
            posts.append(held)
    return tuple(posts)


def _one_time(one: PostHeld, other: PostHeld) -> bool:
    ends = ((one.from_, other.from_), (one.until, other.until))
    return all(None in pair or pair[0] == pair[1] for pair in ends)


def _parts(
    stays: Sequence[Part], goes: Sequence[Part], what: Callable[[Part], str]
) -> tuple[Part, ...]:
    """The parts of both, those that are about one thing as one."""
    parts = {what(part): part for part in stays}
    if len(parts) < len(stays):  # told apart by keys of their own; leave them be
        return (*stays, *(part for part in goes if what(part) not in parts))
    for part in goes:
        known = parts.get(what(part))
        parts[what(part)] = _part(known, part) if known else part
    return tuple(parts.values())


def _part(stays: Part, goes: Part) -> Part:
    names = set(type(stays).model_fields) - {"evidence", "id", "source"}
    filled = _filled_fields(stays, goes, names)
    evidence = list(_union(stays.evidence, goes.evidence))
    source = getattr(goes, "source", None)
    if source and source != getattr(stays, "source", None):
        evidence.append(EvidenceItem(source=source, stance="supports"))
    return _with(filled, evidence=tuple(evidence))


def _filled(stays: R, goes: R) -> R:
    return _filled_fields(stays, goes, SINGLE[type(stays)])


def _filled_fields(stays: M, goes: M, names: Iterable[str]) -> M:
    update = {
        name: getattr(goes, name) for name in names if getattr(stays, name) is None
    }
    return _with(stays, **{k: v for k, v in update.items() if v is not None})


def _union(stays: Iterable[Any], goes: Iterable[Any]) -> tuple[Any, ...]:
    kept = list(stays)
    kept += [item for item in dict.fromkeys(goes) if item not in kept]
    return tuple(kept)


def _with(model: M, **changes: Any) -> M:
    return model.model_copy(update=changes) if changes else model
