"""Decisions: what people decided about records, kept beside them and never rewritten.

`decisions.jsonl` lies in the folder of an ecosystem: one decision a line, oldest first, each with
who decided it, when and why. A decision is taken back by a later one, so nothing is ever lost, and
what holds is a pure function of the log: `standing_decisions`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from filelock import FileLock
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from simpul.ontology import SourceError

from .fields import Key, LongText
from .lasting import replace
from .problems import Problem
from .readers.folder import refused

LOG = "decisions.jsonl"
MAX_BYTES = 50_000_000

MergedKind = Literal["institution", "group", "person", "place"]


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    when: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]
    who: Annotated[LongText, Field(min_length=1)]
    why: Annotated[LongText, Field(min_length=1)]


class Withdraw(_Decision):
    """A source no longer counts, and neither does what rests on it alone."""

    action: Literal["withdraw"] = "withdraw"
    source: Key


class Restore(_Decision):
    """A withdrawn source counts again."""

    action: Literal["restore"] = "restore"
    source: Key


class Merge(_Decision):
    """Two records are one thing; `into` is the one that stays."""

    action: Literal["merge"] = "merge"
    kind: MergedKind
    record: Key
    into: Key


class Unmerge(_Decision):
    """A merged record is a thing of its own again."""

    action: Literal["unmerge"] = "unmerge"
    kind: MergedKind
    record: Key


class Distinguish(_Decision):
    """Two records that look alike are two things, and are not proposed again."""

    action: Literal["distinguish"] = "distinguish"
    kind: MergedKind
    record: Key
    other: Key


class Join(_Decision):
    """A document belongs to a family of copies of one release."""

    action: Literal["join"] = "join"
    source: Key
    family: Key


class Split(_Decision):
    """A document stands alone: it copies no release."""

    action: Literal["split"] = "split"
    source: Key


class Judge(_Decision):
    """A suggestion from an article, known by the digest of its text, becomes a record or does not.

    An edit has the fields that were corrected; a merge says into which record. `reopen` takes back what was decided.
    """

    action: Literal["judge"] = "judge"
    text_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    suggestion: Key
    verdict: Literal["accept", "reject", "edit", "merge", "reopen"]
    fields: Mapping[str, LongText] = Field(default_factory=dict[str, str])
    into: Key | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if bool(self.fields) != (self.verdict == "edit"):
            raise ValueError("an edit, and nothing else, has fields")
        if (self.into is not None) != (self.verdict == "merge"):
            raise ValueError("a merge, and nothing else, has into")
        return self


Decision = Withdraw | Restore | Merge | Unmerge | Distinguish | Join | Split | Judge
_LINE: TypeAdapter[Decision] = TypeAdapter(
    Annotated[Decision, Field(discriminator="action")]
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds after all decisions.

    `withdrawn` are sources. `merged` maps (kind, key) to the key of the record it went into, as
    decided, so chains are possible. `distinct` holds (kind, key, key) with the keys in order.
    `families` maps a source to the family it was joined to, or None if it was split off.
    """

    withdrawn: frozenset[str] = frozenset()
    merged: Mapping[tuple[MergedKind, str], str] = field(
        default_factory=dict[tuple[MergedKind, str], str]
    )
    distinct: frozenset[tuple[MergedKind, str, str]] = frozenset()
    families: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], list[Problem]]:
    """Read the log of an ecosystem's folder; none there means none taken.

    A line that is no decision is a problem, with its number, and hides no other.
    """
    path = folder / LOG
    problems: list[Problem] = []
    try:
        if wrong := _refused_log(folder):
            return (), [wrong]
        if not path.exists():
            return (), problems
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES
            return (), [Problem("too-large", LOG, facts={"size": size, "limit": limit})]
        lines = path.read_bytes().splitlines()
    except OSError as error:
        detail = error.strerror or str(error)
        return (), [Problem("unreadable-file", LOG, facts={"detail": detail})]
    found: list[Decision] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_LINE.validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"][1:]) or None
            facts = {"detail": first["msg"]}
            problems.append(
                Problem("bad-decision", LOG, number, field=where, facts=facts)
            )
    return tuple(found), problems


def record_decision(folder: Path, *decisions: Decision) -> None:
    """Add a decision to the log of an ecosystem's folder, or several of which all are taken or none.

    The log is written anew beside the old one and put in its place whole, so that a crash leaves
    the one or the other. One writer at a time.

    Raises: SourceError if the log is no plain file in the folder; OSError if that cannot be
    written to.
    """
    path = folder / LOG
    lines = [
        json.dumps(one.model_dump(), ensure_ascii=False) + "\n" for one in decisions
    ]
    with FileLock(folder / ".decisions.lock"):
        if wrong := _refused_log(folder):
            remedy = wrong.remedy("en")
            raise SourceError(LOG, None, wrong.message("en"), remedy=remedy)
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        replace(path, before + "".join(lines).encode())


def _refused_log(folder: Path) -> Problem | None:
    """Why the log of a folder may not be opened, if it is there and may not."""
    path = folder / LOG
    # What leads nowhere is there all the same.
    there = path.exists() or path.is_symlink()
    return refused(path, folder.resolve()) if there else None


def standing_decisions(decisions: Iterable[Decision]) -> Standing:
    """Tell what holds after decisions, oldest first; a later one takes back an earlier one."""
    withdrawn: set[str] = set()
    merged: dict[tuple[MergedKind, str], str] = {}
    distinct: set[tuple[MergedKind, str, str]] = set()
    families: dict[str, str | None] = {}
    for decision in decisions:
        match decision:
            case Withdraw():
                withdrawn.add(decision.source)
            case Restore():
                withdrawn.discard(decision.source)
            case Merge():
                merged[decision.kind, decision.record] = decision.into
                pair = sorted((decision.record, decision.into))
                distinct.discard((decision.kind, pair[0], pair[1]))
            case Unmerge():
                merged.pop((decision.kind, decision.record), None)
            case Distinguish():
                pair = sorted((decision.record, decision.other))
                distinct.add((decision.kind, pair[0], pair[1]))
            case Join():
                families[decision.source] = decision.family
            case Split():
                families[decision.source] = None
            case Judge():
                pass  # what it made lies in a packet
    return Standing(
        frozenset(withdrawn),
        merged,
        frozenset(distinct),
        families,
    )
