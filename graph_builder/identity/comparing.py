"""Whether two records may be one thing: their names, what else is recorded, and what forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..edtf import parse as parse_edtf
from .alike import (
    Likeness,
    Reason,
    alike_bodies,
    alike_people,
    alike_places,
    look_alike,
)
from .names import BodyName, PersonName, PlaceName
from .profiles import Name, Profile, Vocabulary

_ENGLISH = 0.88
_LOOKS_ALIKE = 0.99
_SAME_CONTEXT = 0.03
_OTHER_CONTEXT = 0.06
_ONE_WORD_ELSEWHERE = 0.1
_SHORT_NAME_ALONE = 0.4

BRANCHING = frozenset(
    {"association", "civil-society", "community", "finance", "government-national"}
)
"""Sectors whose bodies have branches that bear the name of the whole and that of a territory."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two records are one thing, 0 to 1, why, and what forbids it.

    With a `veto` they are not proposed, whatever the score. The score orders; it is no probability.
    """

    score: float
    reasons: tuple[Reason, ...]
    veto: str | None = None


def compare(left: Profile, right: Profile, vocabulary: Vocabulary) -> Comparison:
    """Hold two records of one kind against each other.

    The score is that of their two names that are most alike, more or less what else is recorded.
    Time grows with the product of the numbers of their names.
    """
    found = list(_likenesses(left, right, vocabulary))
    allowed = [pair for pair in found if pair[1] is None]
    likeness, veto = max(allowed or found, key=lambda pair: pair[0].score)
    # What the records themselves are called tells them apart even where an alias does not.
    own = _names_forbid(left.name, right.name, left, right, whole=likeness.whole)
    veto = _records_forbid(left, right) or own or veto
    context = tuple(_context(left, right))
    score = likeness.score + (_SAME_CONTEXT if context else 0) - _against(left, right)
    if likeness.reason.code == "acronym" or _rests_on_one_word(likeness, left, right):
        score = min(score, _long_names_allow(left, right, vocabulary))
    return Comparison(
        round(min(max(score, 0.0), 1.0), 3), (likeness.reason, *context), veto
    )


def _likenesses(
    left: Profile, right: Profile, vocabulary: Vocabulary
) -> Iterator[tuple[Likeness, str | None]]:
    """How alike every two names are, and what forbids to take the two for one."""
    for mine in left.names:
        for theirs in right.names:
            if look_alike(mine.written, theirs.written):
                names = {"left": mine.written, "right": theirs.written}
                yield Likeness(_LOOKS_ALIKE, Reason.of("look-alike", **names)), None
            likeness = alike(mine, theirs, vocabulary)
            veto = _names_forbid(mine, theirs, left, right, whole=likeness.whole)
            yield likeness, veto
    for mine in left.english:
        for theirs in right.english:
            likeness = alike(mine, theirs, vocabulary)
            names = dict(likeness.reason.facts)
            reason = Reason.of(
                "english-names", left=names["left"], right=names["right"]
            )
            veto = _names_forbid(mine, theirs, left, right, whole=likeness.whole)
            yield Likeness(_ENGLISH * likeness.score, reason), veto


def alike(left: Name, right: Name, vocabulary: Vocabulary) -> Likeness:
    """How alike two names of one kind are."""
    match left, right:
        case BodyName(), BodyName():
            return alike_bodies(left, right, vocabulary.weight)
        case PersonName(), PersonName():
            return alike_people(left, right, vocabulary.weight)
        case PlaceName(), PlaceName():
            return alike_places(left, right, vocabulary.weight)
        case _:
            raise TypeError(f"{type(left)} and {type(right)}")


def _names_forbid(
    mine: Name, theirs: Name, left: Profile, right: Profile, *, whole: bool
) -> str | None:
    """What in two names tells the things apart however like the rest is.

    `whole` if one of them is an acronym of all of the other, the territory included.
    """
    if isinstance(mine, PlaceName) and isinstance(theirs, PlaceName):
        levels = {mine.level, theirs.level} - {None}
        return _levels_forbid(levels) if len(levels) > 1 else None
    if not isinstance(mine, BodyName) or not isinstance(theirs, BodyName):
        return None
    if mine.is_territory != theirs.is_territory:
        return "body-and-territory"
    if mine.places and theirs.places:
        if not mine.places & theirs.places:
            return "other-place"
        if mine.levels and theirs.levels and not mine.levels & theirs.levels:
            return _levels_forbid(mine.levels | theirs.levels)
    if mine.numbers != theirs.numbers and mine.rank == theirs.rank:
        return "other-number"
    if mine.rank and theirs.rank and mine.rank != theirs.rank:
        return "other-rank"
    uneven = bool(mine.places) != bool(theirs.places)
    if not mine.places and not theirs.places:
        uneven = mine.branch != theirs.branch
    if uneven and not whole and {left.sector, right.sector} & BRANCHING:
        return "branch"
    return None


def _levels_forbid(levels: set[str | None] | frozenset[str]) -> str:
    return "city-and-regency" if levels == {"kota", "kabupaten"} else "other-level"


def _records_forbid(left: Profile, right: Profile) -> str | None:
    """What is recorded of two things that cannot be so of one."""
    if left.code and right.code and left.code != right.code:
        return "other-code"
    if left.key in (right.parent, *right.around) or right.key in (
        left.parent,
        *left.around,
    ):
        return "parent-and-unit"
    if left.kind == "place":
        if left.body_kind != right.body_kind:
            kinds = {left.body_kind, right.body_kind}
            return "city-and-regency" if kinds == {"city", "regency"} else "other-level"
        if left.parent and right.parent and left.parent != right.parent:
            return "other-place"
    if _before(left.dissolved, right.founded) or _before(right.dissolved, left.founded):
        return "successor"
    return None


def _before(end: str | None, start: str | None) -> bool:
    if end is None or start is None:
        return False
    latest, earliest = parse_edtf(end).latest, parse_edtf(start).earliest
    return latest is not None and earliest is not None and latest <= earliest


def _context(left: Profile, right: Profile) -> Iterator[Reason]:
    """What else is recorded alike of both."""
    if left.parent and left.parent == right.parent:
        yield Reason.of("same-parent", parent=left.parent)
    if left.seat and left.seat == right.seat:
        yield Reason.of("same-place", place=left.seat)
    if shared := left.bodies & right.bodies:
        yield Reason.of("same-body", body=min(shared))


def _against(left: Profile, right: Profile) -> float:
    """What the score loses for what is recorded differently."""
    loss = 0.0
    if left.sector and right.sector and left.sector != right.sector:
        loss += _OTHER_CONTEXT
    if left.around and right.around and not _one_in_the_other(left, right):
        loss += _OTHER_CONTEXT
    if left.bodies and right.bodies and not left.bodies & right.bodies:
        one_word = min(len(left.name.words), len(right.name.words)) == 1
        loss += _ONE_WORD_ELSEWHERE if one_word else 0
    return loss


def _one_in_the_other(left: Profile, right: Profile) -> bool:
    return left.seat in right.around or right.seat in left.around


def _rests_on_one_word(likeness: Likeness, left: Profile, right: Profile) -> bool:
    written = {text for _, text in likeness.reason.facts}
    return any(
        isinstance(name, BodyName) and name.is_short and name.written in written
        for name in (*left.names, *right.names)
    )


def _long_names_allow(left: Profile, right: Profile, vocabulary: Vocabulary) -> float:
    """The most that a short name in common may count where both have long names as well."""
    likenesses = [
        alike(mine, theirs, vocabulary).score
        for mine in left.names
        for theirs in right.names
        if _is_long(mine) and _is_long(theirs)
    ]
    if not likenesses:
        return 1.0
    return _SHORT_NAME_ALONE + (1 - _SHORT_NAME_ALONE) * max(likenesses)


def _is_long(name: Name) -> bool:
    return isinstance(name, BodyName) and not name.is_short
