"""Merges: records that were decided to be one thing, as one, and everything that pointed at them.

Pure: the records as written and the decisions that stand give the merged ones, so that taking a
decision back gives what would have been had it never been taken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..decisions import LOG, MergedKind, Standing
from ..fields import Refers
from ..keys import name_key, occupancy_key, place_name, post_key, tenure_key
from ..problems import Problem
from ..reading import Loaded
from ..records import Event, Institution, Person, Place, Record, Tie
from ..support import field_claims
from .joining import joined, joined_participants
from .rewriting import Rewrite, rewritten

Merged = Mapping[tuple[MergedKind, str], str]
Final = Mapping[tuple[str, str], str]
"""Where each merged record ends up, (kind, key) to key, all chains followed."""


def merge_records(loaded: Loaded, merged: Merged) -> Loaded:
    """Return records in which those merged are one with what they went into.

    The record that stays keeps its single facts and takes over what it does not state; lists are
    united, and the names of the one that goes become aliases. Every reference to it is rewritten,
    to the claims it made as well. A merge that leads in a circle or to nothing is left out. Time
    grows with the number of records.
    """
    final = ends_of(merged)
    records = loaded.records
    final = {
        (kind, key): into
        for (kind, key), into in final.items()
        if key in records.get(kind, {}) and into in records.get(kind, {})
    }
    if not final:
        return loaded
    pointed = {
        kind: {key: rewritten(record, _to(final)) for key, record in of_kind.items()}
        for kind, of_kind in records.items()
    }
    united = {
        kind: {
            key: _settled(records[kind][key], record)
            for key, record in of_kind.items()
            if (kind, key) not in final
        }
        for kind, of_kind in pointed.items()
    }
    for kind, key in _in_order(merged, final):
        into = final[kind, key]
        united[kind][into] = joined(united[kind][into], pointed[kind][key])
    claims = dict(_renamed(records, pointed, united, final))
    told = {
        kind: {
            key: rewritten(record, _of_claims(claims))
            for key, record in of_kind.items()
        }
        for kind, of_kind in united.items()
    }
    replaced = tuple(
        (records[kind][key], final[kind, key]) for kind, key in sorted(final)
    )
    return replace(loaded, records=told, replaced=replaced)


def ends_of(merged: Merged) -> dict[tuple[str, str], str]:
    """Follow every chain of merges to its end; those in a circle have none and are left out."""
    found: dict[tuple[str, str], str] = {}
    for kind, key in merged:
        seen, here = {key}, merged[kind, key]
        while (kind, here) in merged and here not in seen:
            seen.add(here)
            here = merged[kind, here]
        if here not in seen:
            found[kind, key] = here
    return found


def decision_problems(loaded: Loaded, standing: Standing) -> list[Problem]:
    """What is wrong with the decisions on identity that stand: unknown records, and circles.

    To be asked of all records that were written, before any is withdrawn.
    """
    problems: list[Problem] = []
    ends = ends_of(standing.merged)
    for (kind, key), into in standing.merged.items():
        for name in (key, into):
            if name not in loaded.records.get(kind, {}):
                problems.append(_unknown(kind, key, name))
        if (kind, key) not in ends:
            facts = {"record": key, "into": into}
            problems.append(Problem("merge-circle", LOG, key=key, facts=facts))
    for kind, key, other in sorted(standing.distinct):
        for name in (key, other):
            if name not in loaded.records.get(kind, {}):
                problem = _unknown(kind, key, name)
                problems.append(replace(problem, severity="warning"))
    return problems


def _unknown(kind: str, key: str, name: str) -> Problem:
    facts = {"kind": kind, "value": name}
    return Problem("merge-unknown-record", LOG, key=key, facts=facts)


def _in_order(merged: Merged, final: Final) -> list[tuple[MergedKind, str]]:
    """Records that go, those decided to be the one that stays itself first: by length of chain, key."""

    def steps(kind: MergedKind, key: str) -> int:
        count = 0
        while (kind, key) in merged:
            count += 1
            key = merged[kind, key]
        return count

    going = [pair for pair in merged if pair in final]
    return sorted(going, key=lambda pair: (steps(*pair), *pair))


def _to(final: Final) -> Rewrite:
    def rewrite(key: str, refers: Refers) -> str:
        for kind in refers.kinds:
            if (kind, key) in final:
                return final[kind, key]
        return key

    return rewrite


def _of_claims(claims: Mapping[str, str]) -> Rewrite:
    def rewrite(key: str, refers: Refers) -> str:
        if refers.kinds == ("post",):
            return claims.get(f"post/{key}", f"post/{key}").removeprefix("post/")
        return claims.get(key, key)

    return rewrite


def _settled(before: Record, record: Record) -> Record:
    """A tie or event whose parties may have become one."""
    if isinstance(record, Tie | Event) and isinstance(before, Tie | Event):
        parties = joined_participants(before.participants, record.participants)
        if len(parties) < len(record.participants):
            return record.model_copy(update={"participants": parties})
    return record


def _renamed(
    before: Mapping[str, Mapping[str, Record]],
    pointed: Mapping[str, Mapping[str, Record]],
    after: Mapping[str, Mapping[str, Record]],
    final: Final,
) -> Iterator[tuple[str, str]]:
    """The claims and posts whose keys follow from a record that is now another: old and new name."""
    for kind in ("institution", "person", "place"):
        for key, old in before.get(kind, {}).items():
            new = after[kind][final.get((kind, key), key)]
            match old, pointed[kind][key], new:
                case Institution(), Institution() as moved, Institution():
                    pairs = _of_institution(old, moved, new)
                case Person(), Person() as moved, Person():
                    pairs = _of_person(old, moved, new)
                case Place(), Place(), Place():
                    name = place_name(old)
                    pairs = iter(
                        [
                            (
                                f"name/{name_key(old.id, name)}",
                                f"name/{name_key(new.id, place_name(new))}",
                            )
                        ]
                    )
                case _:
                    raise TypeError(kind)
            yield from ((one, other) for one, other in pairs if one != other)


def _of_institution(
    old: Institution, moved: Institution, new: Institution
) -> Iterator[tuple[str, str]]:
    names = [old.name.id, *(form.form for form in old.name_forms)]
    names += [former.name for former in old.former_names if former.id is None]
    for name in names:
        yield f"name/{name_key(old.id, name)}", f"name/{name_key(new.id, name)}"
    sites = [at.place for at in old.location_history]
    moved_sites = [at.place for at in moved.location_history]
    if old.located_in and moved.located_in:
        sites.append(old.located_in)
        moved_sites.append(moved.located_in)
    for site, place in zip(sites, moved_sites, strict=True):
        yield (
            f"occupancy/{occupancy_key(old, site)}",
            f"occupancy/{occupancy_key(new, place)}",
        )
    claims = field_claims(new)
    for field, claim in field_claims(old).items():
        same = getattr(moved, field) == getattr(new, field)
        if field not in ("name", "located_in") and same and field in claims:
            yield claim, claims[field]


def _of_person(old: Person, moved: Person, new: Person) -> Iterator[tuple[str, str]]:
    for held, there in zip(old.posts, moved.posts, strict=True):
        post = post_key(there)
        yield f"post/{post_key(held)}", f"post/{post}"
        tenure = tenure_key(old, held)
        known = [tenure_key(new, each) for each in new.posts if post_key(each) == post]
        yield f"tenure/{tenure}", f"tenure/{tenure if tenure in known else known[0]}"
