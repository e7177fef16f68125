"""`simpul evaluate`: how well `simpul extract` does on articles that a person has annotated."""

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from simpul.graph_builder.extraction import (
    FamilyTexts,
    Fault,
    Score,
    UnreadableArticle,
    faults_of,
    national_lexicon,
    read_many,
    score_article,
    score_articles,
)

from .extracting import tell_unread
from .naming_records import UnfitName
from .session import Session
from .spoken import SpokenCommand

_COLUMNS: tuple[str, ...] = (
    "category",
    "right",
    "found",
    "expected",
    "precision",
    "recall",
    "f1",
    "low",
    "high",
)


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            'mkdir -p read && echo "Pemkab Jepara menggandeng Kemenperin." > read/a.txt && '
            "simpul extract read/a.txt --out read/a.json && simpul evaluate read --errors"
        ),
    ),
)
@click.argument(
    "annotated",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--format",
    "scores_as",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)
@click.option("--errors", "with_faults", is_flag=True)
@click.pass_obj
def evaluate(
    session: Session,
    annotated: Path,
    scores_as: Literal["table", "json", "csv"],
    with_faults: bool,
) -> int:
    """Print precision, recall and F1 by category; 1 if an article cannot be read."""
    expected = _expected(session, annotated)
    found: dict[str, dict[str, Any]] = {}
    texts = FamilyTexts()
    for name, record in expected.items():
        content = (annotated / f"{name}.txt").read_bytes()
        day = _day(record.get("published"))
        for _, read in read_many([(name, content)], national_lexicon(), published=day):
            if isinstance(read, UnreadableArticle):
                tell_unread(session, f"{name}.txt", read)
                continue
            texts.add(name, read.text, read.published)
            found[name] = read.record
    scores = score_articles(
        found,
        expected,
        found_families=texts.families(),
        expected_families=_families(expected),
    )
    _print(scores, scores_as)
    if with_faults:
        for name, record in expected.items():
            for fault in faults_of(name, found.get(name, {}), record):
                click.echo(_sentence(session, fault), err=True)
    return 1 if len(found) < len(expected) else 0


def _expected(session: Session, folder: Path) -> dict[str, dict[str, Any]]:
    """The annotations of a folder by the name of their article, each sound enough to compare."""
    records: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        if not path.with_suffix(".txt").is_file():
            continue
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            score_article(record, record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            message = session.say("evaluate-unfit", file=path.name)
            raise UnfitName(message) from None
        records[path.stem] = record
    if not records:
        raise UnfitName(session.say("evaluate-empty", folder=str(folder)))
    return records


def _families(records: dict[str, dict[str, Any]]) -> list[list[str]]:
    """The articles that carry the same `family`."""
    groups: dict[str, list[str]] = {}
    for name, record in records.items():
        if record.get("family"):
            groups.setdefault(str(record["family"]), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def _day(published: object) -> date | None:
    try:
        return date.fromisoformat(str(published)) if published else None
    except ValueError:
        return None


def _row(score: Score) -> dict[str, str | int | float]:
    counts = score.counts
    shares = (counts.precision, counts.recall, counts.f1, score.low, score.high)
    values = (counts.right, counts.found, counts.expected)
    rounded = (round(share, 3) for share in shares)
    return dict(zip(_COLUMNS, (score.category, *values, *rounded), strict=True))


def _print(scores: list[Score], form: str) -> None:
    rows = [_row(score) for score in scores]
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        click.echo("".join(name.ljust(13) for name in _COLUMNS).rstrip())
        for row in rows:
            line = "".join(str(value).ljust(13) for value in row.values())
            click.echo(line.rstrip())


def _sentence(session: Session, fault: Fault) -> str:
    return session.say(
        f"evaluate-{fault.side}",
        article=fault.article,
        category=fault.category,
        what=fault.what,
    )
