"""What speaks against a merge: facts that differ, ties that would join a body with itself, and worse."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from simpul.ontology import BASE

from ..check import check_records
from ..decisions import MergedKind
from ..keys import Keys
from ..problems import Problem
from ..reading import Loaded
from ..records import Event, Group, Institution, Person, Place, Record, Tie
from .alike import look_alike
from .comparing import compare
from .joining import SINGLE
from .merging import merge_records
from .profiles import profile_of, vocabulary_of

TOLD_APART_BY: Mapping[type[Record], tuple[str, ...]] = {
    Institution: ("kind", "sector"),
    Group: (),
    Person: (),
    Place: ("kind", "foreign"),
}
"""Fields that every record of a kind fills in, and that one thing has one value of."""
UNTOLD = {"note", "short_name", "kind_text"}
"""Fields that may differ in the records of one thing without anything being wrong."""


def conflicts(
    loaded: Loaded, kind: MergedKind, record: str, into: str
) -> tuple[Problem, ...]:
    """Return what speaks against merging one record into another; nothing if all is well.

    A warning is for a person to weigh: the record that stays keeps its facts. An error would leave
    records that no graph can be built of, such as a tie of a body with itself.

    Raises: KeyError if there is no such record of the kind.
    """
    goes, stays = loaded.records[kind][record], loaded.records[kind][into]
    if record == into:
        return (loaded.problem("merge-with-itself", goes, ("id",), into=into),)
    warnings = [
        *_differing(loaded, goes, stays),
        *_forbidden(loaded, kind, goes, stays),
        *_on_both_sides(loaded, goes, stays),
    ]
    weighed = (replace(problem, severity="warning") for problem in warnings)
    return (*weighed, *_broken_by(loaded, kind, record, into))


def differing(one: Record, other: Record) -> Iterator[str]:
    """Yield the fields of single facts that two records of a kind state differently."""
    for field in (*TOLD_APART_BY[type(one)], *SINGLE[type(one)]):
        facts = (getattr(one, field), getattr(other, field))
        if field not in UNTOLD and None not in facts and facts[0] != facts[1]:
            yield field


def _differing(loaded: Loaded, goes: Record, stays: Record) -> Iterator[Problem]:
    for field in differing(goes, stays):
        facts = {
            "value": str(getattr(goes, field)),
            "other": str(getattr(stays, field)),
            "into": stays.id,
        }
        yield loaded.problem("merge-differs", goes, (field,), **facts)


def _forbidden(
    loaded: Loaded, kind: MergedKind, goes: Record, stays: Record
) -> Iterator[Problem]:
    """What keeps the two from being proposed, and names that only look the same."""
    first, second = sorted((goes.id, stays.id))
    if (kind, first, second) in loaded.distinct:
        yield loaded.problem("merge-was-distinguished", goes, ("id",), into=stays.id)
    vocabulary = vocabulary_of(loaded)
    one, other = (profile_of(loaded, record, vocabulary) for record in (goes, stays))
    named = one.names and other.names
    veto = compare(one, other, vocabulary).veto if named else None
    if veto:
        facts = {"into": stays.id, "reason": f"apart-{veto}"}
        yield loaded.problem("merge-forbidden", goes, ("id",), **facts)
    for mine, theirs in product(one.names, other.names):
        if look_alike(mine.written, theirs.written):
            facts = {"value": mine.written, "into": stays.id}
            yield loaded.problem("merge-look-alike", goes, ("name",), **facts)
            break


def _on_both_sides(loaded: Loaded, goes: Record, stays: Record) -> Iterator[Problem]:
    """Ties and events in which both take part, in roles of their own."""
    pair = {goes.id, stays.id}
    for record in loaded.all():
        if not isinstance(record, Tie | Event):
            continue
        taken = {(p.party, p.role) for p in record.participants if p.party in pair}
        parties, roles = {party for party, _ in taken}, {role for _, role in taken}
        if len(parties) == 2 and len(roles) > 1:
            claim = f"{record.kind_name}/{record.id}"
            facts = {"into": stays.id, "claim": claim}
            yield loaded.problem("merge-both-sides", goes, ("id",), **facts)


def _broken_by(
    loaded: Loaded, kind: MergedKind, record: str, into: str
) -> Iterator[Problem]:
    """The errors that the records would have after the merge and do not have now."""
    after = merge_records(loaded, {(kind, record): into})
    before = {(p.code, p.key, p.field) for p in _errors(loaded)}
    for problem in _errors(after):
        if (problem.code, problem.key, problem.field) not in before:
            yield problem


def _errors(loaded: Loaded) -> list[Problem]:
    problems = check_records(loaded, Keys(BASE, loaded.records))
    return [problem for problem in problems if problem.severity == "error"]
