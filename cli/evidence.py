"""`simpul verify` and `simpul anchor`: places of passages in private articles."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
import pyoxigraph as ox

from simpul.graph_builder import Loaded, find_ecosystem
from simpul.graph_builder.evidence import (
    Articles,
    Checked,
    Found,
    Moved,
    Orphaned,
    normalised,
    read_articles,
    spans_of,
    verify_all,
)
from simpul.graph_builder.evidence import anchor as selector_at
from simpul.queries import Format, Rows, Term

from .asking import FORMAT, print_result
from .naming_records import (
    ECOSYSTEM,
    UnfitName,
    completed_from,
    near_name,
    sound_records,
)
from .session import Session
from .spoken import SpokenCommand

OUTCOMES = ("found", "moved", "orphaned", "no-article")

DOCUMENT = click.argument(
    "document",
    metavar="SOURCE",
    shell_complete=completed_from(lambda loaded: loaded.records["source"]),
)


@click.command(cls=SpokenCommand, examples=("simpul verify seed",))
@click.argument("ecosystem", required=False)
@FORMAT
@click.pass_obj
def verify(session: Session, ecosystem: str | None, format: Format) -> int:
    """Check the places of passages; 1 if one moved or is orphaned."""
    home = find_ecosystem(ecosystem)
    loaded = sound_records(session, home)
    articles = articles_of(session, home.folder, loaded)
    checked = tuple(verify_all(loaded, articles.texts))
    print_result(_place_rows(checked), format, None)
    counts = Counter(map(_outcome, checked))
    found, moved, orphaned, unread = (counts[outcome] for outcome in OUTCOMES)
    session.tell("verified", found=found, moved=moved, orphaned=orphaned, unread=unread)
    if moved:
        session.tell("verify-moved")
    if orphaned:
        session.tell("verify-orphaned")
    return 1 if moved or orphaned else 0


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            'echo "The centre is in Desa Kedensari." | '
            'simpul anchor disway-2024-09-11 "Desa Kedensari" --ecosystem seed --text -'
        ),
    ),
)
@DOCUMENT
@click.argument("passage", metavar='"WORDS…"')
@click.option("--text", metavar="FILE|-")
@ECOSYSTEM
@click.pass_obj
def anchor(
    session: Session,
    document: str,
    passage: str,
    text: str | None,
    ecosystem: str | None,
) -> None:
    """Print the selector of some words of an article."""
    home = find_ecosystem(ecosystem)
    loaded = sound_records(session, home)
    known_source(session, loaded, document)
    article = (
        _text_of(session, text)
        if text
        else articles_of(session, home.folder, loaded).texts.get(document)
    )
    if article is None:
        path = home.folder / "articles" / f"{document}.txt"
        raise UnfitName(session.say("no-article", document=document, path=path))
    spans = spans_of(article, passage)
    if not spans:
        raise UnfitName(session.say("words-not-there", document=document))
    if len(spans) > 1:
        places = ", ".join(f"{start}-{end}" for start, end in spans[:5])
        facts = {"count": len(spans), "places": places}
        raise UnfitName(session.say("words-many-places", document=document, **facts))
    selector = selector_at(article, *spans[0])
    lines = [f"{name}: {value}" for name, value in selector.model_dump().items()]
    click.echo("selectors:\n- " + "\n  ".join(lines))
    session.tell("anchor-where", document=document)


def articles_of(session: Session, folder: Path, loaded: Loaded) -> Articles:
    """Read the articles that are there; what is wrong with one is said, and no row."""
    articles = read_articles(folder, loaded)
    for problem in articles.problems:
        severity = session.say(problem.severity)
        click.echo(f"{severity}: {problem.line_text(session.lang)}", err=True)
    return articles


def known_source(session: Session, loaded: Loaded, key: str) -> None:
    """Make sure that a source exists.

    Raises: UnfitName with the nearest key.
    """
    sources = loaded.records["source"]
    if key not in sources:
        near = near_name(session, key, sources)
        raise UnfitName(session.say("no-such-source", name=key, near=near))


def _text_of(session: Session, where: str) -> str:
    content = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
    try:
        return normalised(content.decode())
    except UnicodeDecodeError as error:
        raise UnfitName(session.say("text-unread", path=where)) from error


def _place_rows(checked: Iterable[Checked]) -> Rows:
    columns = ("evidence", "passage", "start", "end", "result", "now", "alike")
    rows: list[tuple[Term | None, ...]] = []
    for each in checked:
        place = each.place
        now = f"{place.start}-{place.end}" if isinstance(place, Moved) else None
        spans = place.alike if isinstance(place, Orphaned) else ()
        alike = ", ".join(f"{start}-{end}" for start, end in spans)
        rows.append(
            (
                ox.Literal(f"{each.record.source}/{each.record.id}"),
                ox.Literal(each.number),
                ox.Literal(each.selector.start),
                ox.Literal(each.selector.end),
                ox.Literal(_outcome(each)),
                ox.Literal(now) if now else None,
                ox.Literal(alike) if alike else None,
            )
        )
    return Rows(columns, tuple(rows))


def _outcome(checked: Checked) -> str:
    match checked.place:
        case None:
            return "no-article"
        case Found():
            return "found"
        case Moved():
            return "moved"
        case _:
            return "orphaned"
