"""Identity on the line: candidates for a merge, merges, and taking them back."""

from typing import get_args

import click
import pyoxigraph as ox

from simpul.graph_builder import (
    Distinguish,
    Ecosystem,
    Loaded,
    Merge,
    MergedKind,
    Unmerge,
    find_ecosystem,
    read_decisions,
    record_decision,
    settled_records,
    standing_decisions,
)
from simpul.graph_builder.identity import (
    LEAST_SCORE,
    Candidate,
    conflicts,
    find_duplicates,
)
from simpul.ontology import XSD, SimpulError
from simpul.queries import Format, Rows

from .asking import FORMAT, print_result
from .deciding import decision_options, own_ecosystem, today
from .naming_records import (
    ECOSYSTEM,
    UnfitName,
    completed_from,
    near_name,
    sound_records,
)
from .records import print_problems
from .session import Session
from .spoken import SpokenCommand

KINDS: tuple[MergedKind, ...] = get_args(MergedKind)
IN_TABLE = ("score", "record", "other", "reasons", "differs")
COLUMNS = (
    "score",
    "kind",
    "record",
    "name",
    "other",
    "other_name",
    "reasons",
    "differs",
)


def _merged_keys(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    del parameter
    try:
        merged = _merged(find_ecosystem(ctx.params.get("ecosystem")))
    except SimpulError:
        return []
    return sorted(key for key in merged if key.startswith(incomplete))


_RECORD_KEYS = completed_from(
    lambda loaded: (key for kind in KINDS for key in loaded.records[kind])
)
RECORD = click.argument("record", metavar="KEY", shell_complete=_RECORD_KEYS)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul duplicates footwear",
        "simpul duplicates footwear --min-score 0.6 --format csv --lang id",
    ),
)
@click.argument("ecosystem", required=False)
@click.option(
    "--min-score",
    metavar="0..1",
    type=click.FloatRange(0, 1),
    default=LEAST_SCORE,
)
@FORMAT
@click.pass_obj
def duplicates(
    session: Session, ecosystem: str | None, min_score: float, format: Format
) -> None:
    """Propose records that may be one thing."""
    loaded = sound_records(session, find_ecosystem(ecosystem))
    with session.working("comparing-names"):
        found = find_duplicates(loaded, min_score)
    rows = [_row(session, candidate) for candidate in found]
    # A terminal is narrow, and the reasons tell the names.
    columns = IN_TABLE if format is Format.TABLE else COLUMNS
    if rows or format is not Format.TABLE:
        print_result(Rows.of(columns, rows), format, None)
    if rows:
        session.tell("duplicates-next", count=len(rows))
    else:
        session.tell("no-duplicates")


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            "simpul init merged --from footwear && simpul merge dit-tekstil-kulit-alas-kaki "
            "direktorat-itkak --why 'Its name of 2017.' --ecosystem merged"
        ),
    ),
)
@RECORD
@click.argument("into", metavar="INTO", shell_complete=_RECORD_KEYS)
@click.option("--yes", is_flag=True)
@decision_options
@ECOSYSTEM
@click.pass_obj
def merge(
    session: Session,
    record: str,
    into: str,
    yes: bool,
    why: str,
    by: str,
    ecosystem: str | None,
) -> int:
    """Decide that two records are one thing; 1 if something conflicts and nobody said yes."""
    home = own_ecosystem(ecosystem)
    loaded = settled_records(home)
    kind = _shared_kind(session, loaded, record, into)
    found = conflicts(loaded, kind, record, into)
    print_problems(session, found)
    if any(problem.severity == "error" for problem in found):
        session.tell("merge-refused")
        return 1
    if found and not yes:
        session.tell("merge-weigh")
        return 1
    day = today().isoformat()
    decision = Merge(when=day, who=by, why=why, kind=kind, record=record, into=into)
    record_decision(home.folder, decision)
    session.tell("merged", record=record, into=into)
    click.echo(into)
    return 0


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            "simpul unmerge dit-tekstil-kulit-alas-kaki "
            "--why 'The decree names two.' --ecosystem merged"
        ),
    ),
)
@click.argument("record", metavar="KEY", shell_complete=_merged_keys)
@decision_options
@ECOSYSTEM
@click.pass_obj
def unmerge(
    session: Session, record: str, why: str, by: str, ecosystem: str | None
) -> None:
    """Take a merge back."""
    home = own_ecosystem(ecosystem)
    merged = _merged(home)
    if record not in merged:
        raise UnfitName(session.say("not-merged", name=record))
    kind, into = merged[record]
    day = today().isoformat()
    decision = Unmerge(when=day, who=by, why=why, kind=kind, record=record)
    record_decision(home.folder, decision)
    session.tell("unmerged", record=record, into=into)
    click.echo(record)


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            "simpul init apart --from footwear && simpul distinguish sutanto-hariyono "
            "sutanto-haryono --why 'A tanner and a chairman.' --ecosystem apart"
        ),
    ),
)
@RECORD
@click.argument("other", metavar="OTHER", shell_complete=_RECORD_KEYS)
@decision_options
@ECOSYSTEM
@click.pass_obj
def distinguish(
    session: Session, record: str, other: str, why: str, by: str, ecosystem: str | None
) -> None:
    """Decide that two records are two things."""
    home = own_ecosystem(ecosystem)
    kind = _shared_kind(session, settled_records(home), record, other)
    if record == other:
        raise UnfitName(session.say("not-itself", name=record))
    day = today().isoformat()
    decision = Distinguish(
        when=day, who=by, why=why, kind=kind, record=record, other=other
    )
    record_decision(home.folder, decision)
    session.tell("distinguished", record=record, other=other)
    click.echo(f"{record}\t{other}")


def _merged(ecosystem: Ecosystem) -> dict[str, tuple[MergedKind, str]]:
    """The records that are merged: the key of each, its kind, and what it went into."""
    decisions, _ = read_decisions(ecosystem.folder)
    found: dict[str, tuple[MergedKind, str]] = {}
    for (kind, key), into in standing_decisions(decisions).merged.items():
        found[key] = (kind, into)
    return found


def _row(session: Session, candidate: Candidate) -> dict[str, ox.Literal]:
    texts = {
        "kind": candidate.kind,
        "record": candidate.record,
        "name": candidate.name,
        "other": candidate.other,
        "other_name": candidate.other_name,
        "reasons": "; ".join(each.text(session.lang) for each in candidate.reasons),
        "differs": ", ".join(candidate.differs),
    }
    row = {name: ox.Literal(text) for name, text in texts.items()}
    decimal = ox.NamedNode(XSD.decimal)
    row["score"] = ox.Literal(f"{candidate.score:.3f}", datatype=decimal)
    return row


def _shared_kind(
    session: Session, loaded: Loaded, record: str, other: str
) -> MergedKind:
    """The kind that two records are of.

    Raises: UnfitName if one is not there or merged, or they are of two kinds.
    """
    kind = _kind(session, loaded, record)
    other_kind = _kind(session, loaded, other)
    if kind != other_kind:
        facts = {"record": record, "kind": kind, "other": other}
        raise UnfitName(session.say("other-kind", other_kind=other_kind, **facts))
    return kind


def _kind(session: Session, loaded: Loaded, key: str) -> MergedKind:
    for kind in KINDS:
        if key in loaded.records[kind]:
            return kind
    for record, into in loaded.replaced:
        if record.id == key:
            raise UnfitName(session.say("already-merged", name=key, into=into))
    known = (name for kind in KINDS for name in loaded.records[kind])
    near = near_name(session, key, known)
    raise UnfitName(session.say("no-such-record", name=key, near=near))
