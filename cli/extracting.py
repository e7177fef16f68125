"""`simpul extract`: what articles say, as suggestions that a person decides on."""

import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
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
    reading = _Reading(session, paths, sys.stdout if _is_shown(out) else None)
    day = published.date() if published else None
    with _sink(out) as sink, reading:
        found = read_many(
            reading.contents(),
            lexicon,
            processes=min(processes, len(paths)),
            published=day,
            model=model,
        )
        left_out = _write(sink, written_as, reading.sound(found), many=len(paths) > 1)
    if left_out:
        session.tell("extract-not-compared", count=left_out)
    if out not in {None, _STANDARD}:
        click.echo(out)
    session.tell("extract-read", count=reading.read)
    return 1 if reading.read < len(paths) else 0


class _Reading:
    """Files that are read one after the other: what cannot be read is told, and stops no other."""

    def __init__(
        self, session: Session, paths: Sequence[str], shown: TextIO | None
    ) -> None:
        self.read = 0
        self._session = session
        self._paths = dict(zip(names_apart([*map(_name, paths)]), paths, strict=True))
        # A bar would run into what is printed on the same screen.
        is_bare = len(paths) < 2 or (shown is not None and shown.isatty())
        facts = {"done": 0, "count": len(paths)}
        self._bar = nullcontext() if is_bare else session.working("extracting", **facts)
        self._show: Callable[..., None] | None = None
        self._done = 0

    def __enter__(self) -> None:
        self._show = self._bar.__enter__()

    def __exit__(self, *error: object) -> None:
        self._bar.__exit__(None, None, None)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """The name and the content of each file that can be opened."""
        for name, path in self._paths.items():
            try:
                yield name, _content(path)
            except OSError as error:
                self._step()
                reason = error.strerror or str(error)
                self._session.tell("extract-unopened", file=path, reason=reason)

    def sound(
        self, found: Iterable[tuple[str, ArticleRead | UnreadableArticle]]
    ) -> Iterator[tuple[str, ArticleRead]]:
        """What was read, of the articles that could be."""
        for name, read in found:
            self._step()
            if isinstance(read, UnreadableArticle):
                tell_unread(self._session, self._paths[name], read)
            else:
                self.read += 1
                yield name, read

    def _step(self) -> None:
        self._done += 1
        if self._show:
            self._show(done=self._done, count=len(self._paths))


def _is_shown(out: str | None) -> bool:
    return out in {None, _STANDARD}


def _write(
    sink: TextIO, form: str, found: Iterable[tuple[str, ArticleRead]], *, many: bool
) -> int:
    """Write each article as it is read, then the families; return how many were not compared for that."""
    written = 0
    texts = FamilyTexts()
    if many:
        sink.write('{"articles": [\n' if form == "json" else "articles:\n")
    for name, read in found:
        texts.add(name, read.text, read.published)
        if written and form == "json":
            sink.write(",\n")
        _write_one(sink, form, read.record, many=many)
        written += 1
    if many:
        families = texts.families()
        if form == "json":
            told = json.dumps(families, ensure_ascii=False)
            sink.write(f'\n], "families": {told}}}\n')
        else:
            sink.write("" if written else "  []\n")
            sink.write(_yaml({"families": families}))
    return texts.left_out


def article_files(
    session: Session, articles: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each file that is meant; standard input has no name to go by."""
    for path in _paths(session, articles):
        if path == _STANDARD:
            raise UnfitName(session.say("extract-no-such-file", file=path))
        yield Path(path).name, Path(path).read_bytes()


def tell_unread(session: Session, name: str, error: UnreadableArticle) -> None:
    """Say why an article cannot be read."""
    code = f"extract-{error.trouble}"
    session.tell(code, file=name, written_in=error.language)


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
            files = [each for each in sorted(path.iterdir()) if not each.is_dir()]
            inside = [each for each in files if each.suffix.lower() in _ENDINGS]
            if not inside:
                raise UnfitName(session.say("extract-empty-folder", folder=article))
            if others := len(files) - len(inside):
                session.tell("extract-others", count=others, folder=article)
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
