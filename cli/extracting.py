"""`simpul extract`: what articles say, as suggestions that a person decides on."""

import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TextIO

import click
import yaml

from simpul.graph_builder import find_ecosystem
from simpul.graph_builder.extraction import (
    ArticleRead,
    FamilyTexts,
    Lexicon,
    UnreadableArticle,
    ecosystem_lexicon,
    names_apart,
    national_lexicon,
    read_many,
)

from .naming_models import model_in
from .naming_records import UnfitName, sound_records
from .session import Session
from .spoken import SpokenCommand

_ENDINGS = {".txt", ".html", ".htm", ".pdf", ".md"}
_STANDARD = "-"
_SETTINGS = "ecosystem.toml"


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            'echo "Pemkab Jepara menggandeng Kementerian Perindustrian (Kemenperin)." | '
            "simpul extract -"
        ),
        (
            'echo "BPIPI melatih 40 perajin pada 11 September 2024." | '
            "simpul extract - --ecosystem footwear --format yaml"
        ),
        (
            'echo "Kemarin Bupati Jepara Witiarso Utomo membuka pelatihan." | '
            "simpul extract - --published 2025-03-04 --out suggestions.json"
        ),
    ),
)
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@click.option("--ecosystem", "known_names", metavar="NAME|DIR")
@click.option(
    "--format",
    "written_as",
    type=click.Choice(["json", "yaml"]),
    default="json",
    show_default=True,
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@click.option("--model", "name_model", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--out", metavar="FILE|-")
@click.pass_obj
def extract(
    session: Session,
    articles: tuple[str, ...],
    known_names: str | None,
    written_as: Literal["json", "yaml"],
    published: datetime | None,
    name_model: Path | None,
    processes: int,
    out: str | None,
) -> int:
    """Print what articles say; 1 if one of them cannot be read."""
    paths = list(_paths(session, articles))
    lexicon = _lexicon(session, known_names)
    model = model_in(session, name_model) if name_model else None
    names = names_apart([_name(path) for path in paths])
    given = ((name, _content(path)) for name, path in zip(names, paths, strict=True))
    day = published.date() if published else None
    found = read_many(
        given,
        lexicon,
        processes=min(processes, len(paths)),
        published=day,
        model=model,
    )
    with _sink(out) as sink:
        unread = _write(session, sink, written_as, found, many=len(paths) > 1)
    if out not in {None, _STANDARD}:
        click.echo(out)
    session.tell("extract-read", count=len(paths) - unread)
    return 1 if unread else 0


def _write(
    session: Session,
    sink: TextIO,
    form: str,
    found: Iterable[tuple[str, ArticleRead | UnreadableArticle]],
    *,
    many: bool,
) -> int:
    """Write each article as it is read, then the families; return how many could not be read."""
    unread = 0
    written = 0
    texts = FamilyTexts()
    if many:
        sink.write('{"articles": [\n' if form == "json" else "articles:\n")
    for name, read in found:
        if isinstance(read, UnreadableArticle):
            session.tell(
                f"extract-{read.trouble}",
                file=name,
                written_in=read.language,
            )
            unread += 1
            continue
        texts.add(name, read.text, read.published)
        if written and form == "json":
            sink.write(",\n")
        _write_one(sink, form, read.record, many=many)
        written += 1
    if many:
        families = texts.families()
        if texts.left_out:
            session.tell("extract-not-compared", count=texts.left_out)
        if form == "json":
            told = json.dumps(families, ensure_ascii=False)
            sink.write(f'\n], "families": {told}}}\n')
        else:
            sink.write("" if written else "  []\n")
            sink.write(_yaml({"families": families}))
    return unread


def _write_one(sink: TextIO, form: str, record: dict[str, Any], *, many: bool) -> None:
    if form == "json":
        sink.write(json.dumps(record, ensure_ascii=False, indent=None if many else 2))
        sink.write("" if many else "\n")
    else:
        sink.write(_yaml([record] if many else record))


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)


@contextmanager
def _sink(out: str | None) -> Generator[TextIO]:
    if out in {None, _STANDARD}:
        yield sys.stdout
        return
    with Path(str(out)).open("w", encoding="utf-8", newline="\n") as file:
        yield file


def _paths(session: Session, articles: tuple[str, ...]) -> Iterator[str]:
    """The files that are meant; a folder stands for the articles in it."""
    for article in articles:
        path = Path(article)
        if article == _STANDARD or path.is_file():
            yield article
        elif path.is_dir():
            inside = sorted(
                each for each in path.iterdir() if each.suffix.lower() in _ENDINGS
            )
            if not inside:
                raise UnfitName(session.say("extract-empty-folder", folder=article))
            yield from map(str, inside)
        else:
            raise UnfitName(session.say("extract-no-such-file", file=article))


def _content(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == _STANDARD else Path(path).read_bytes()


def _name(path: str) -> str:
    return _STANDARD if path == _STANDARD else Path(path).stem


def _lexicon(session: Session, ecosystem: str | None) -> Lexicon:
    """The names known before: the country's, and those of an ecosystem that is named or stood in."""
    if ecosystem is None and not Path(_SETTINGS).is_file():
        return national_lexicon()
    return ecosystem_lexicon(sound_records(session, find_ecosystem(ecosystem)))
