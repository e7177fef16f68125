"""`simpul serve`: the graph as a web service, from a line typed by a person."""

import logging
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from simpul.graph_builder import (
    Ecosystem,
    NoVersion,
    build_ecosystem,
    current_version,
)
from simpul.graph_builder.extraction import (
    Family,
    alone_at_the_desk,
    families_to_review,
)
from simpul.queries import Limits

from .deciding import login_name, own_ecosystem
from .extracting import article_files, tell_unread
from .naming_records import UnfitName, sound_records
from .opening import out_folder
from .session import Session
from .spoken import SpokenCommand, session_of

TOKEN = "SIMPUL_TOKEN"
SHORTEST_TOKEN = 16

_SIZE = re.compile(r"([0-9]+) ?([KMGT]?)(?:I?B)?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def _size(ctx: click.Context, parameter: click.Parameter, text: str | None) -> int:
    """Read a size such as 512M; 0 where there is to be no limit."""
    match = _SIZE.fullmatch((text or "0").strip())
    if match is None:
        reason = session_of(ctx).say("no-size", text=text)
        raise click.BadParameter(reason, ctx, parameter)
    return int(match[1]) * _UNITS[match[2].upper()]


def _address(
    ctx: click.Context, parameter: click.Parameter, text: str | None
) -> str | None:
    parts = urlsplit(text or "http://localhost")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        reason = session_of(ctx).say("no-address", text=text)
        raise click.BadParameter(reason, ctx, parameter)
    return text


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul serve --port 0",
        "simpul serve --ecosystem seed --port 0 --timeout-s 10 --memory 512M",
        "SIMPUL_TOKEN=$(openssl rand -hex 24) simpul serve --port 0 --allow-update",
        (
            'simpul init anyam && simpul build anyam && echo "Pemkab Jepara menggandeng Kementerian Perindustrian." > kabar.txt && '
            "simpul serve --ecosystem anyam --review kabar.txt --by Sari --port 0"
        ),
    ),
)
@click.option("--ecosystem", metavar="NAME|DIR")
@click.option(
    "--version-dir",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1")
@click.option("--port", metavar="N", type=click.IntRange(0, 65_535), default=8090)
@click.option("--public-url", metavar="URL", callback=_address)
@click.option("--workers", metavar="N", type=click.IntRange(1, 256))
@click.option(
    "--timeout-s",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
)
@click.option("--memory", metavar="SIZE", default="2G", callback=_size)
@click.option("--max-rows", metavar="N", type=click.IntRange(1))
@click.option("--max-bytes", metavar="SIZE", callback=_size)
@click.option("--allow-update", is_flag=True)
@click.option(
    "--token-file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--review", "to_review", metavar="ARTICLE", multiple=True)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@click.option("--by", metavar="NAME", envvar="SIMPUL_BY", default=login_name)
@click.option("--open", "open_browser", is_flag=True)
@click.pass_context
def serve(
    ctx: click.Context,
    ecosystem: str | None,
    version_dir: Path | None,
    host: str,
    port: int,
    public_url: str | None,
    workers: int | None,
    timeout_s: float,
    memory: int,
    max_rows: int | None,
    max_bytes: int,
    allow_update: bool,
    token_file: Path | None,
    to_review: tuple[str, ...],
    published: datetime | None,
    by: str | None,
    open_browser: bool,
) -> None:
    """Serve a graph until told to end; the graph is built first where there is none."""
    from simpul.server import Reviewing, Settings, is_loopback, working_folder
    from simpul.server import serve as serve_site  # most lines serve nothing

    session = session_of(ctx)
    token = _token(ctx, token_file) if allow_update else None
    place = version_dir or out_folder(ecosystem)
    review = None
    if to_review:
        if version_dir or allow_update:
            raise click.UsageError(session.say("review-alone"), ctx)
        if not is_loopback(host):
            raise click.UsageError(session.say("review-local", host=host), ctx)
        home = own_ecosystem(ecosystem)
        ctx.with_resource(alone_at_the_desk(home))
        day = published.date() if published else None
        families = _to_review(session, home, to_review, day)
        review = Reviewing(home, families, by or "?", place, day)
    if version_dir is None:
        _build_if_need_be(session, ecosystem, place)
    own: dict[str, Any] = {"workers": workers} if workers else {}
    settings = Settings(
        place=place,
        host=host,
        port=port,
        public_url=public_url,
        limits=Limits(timeout_s, memory or None, max_rows, max_bytes or None),
        allow_update=allow_update,
        token=token,
        review=review,
        **own,
    )
    if allow_update:
        session.tell("serving-copy", folder=working_folder(settings))
    if not settings.is_local:
        session.tell("serving-all", host=host)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")

    def announce(address: str) -> None:
        click.echo(address)
        session.tell("serving", address=address)
        if review:
            session.tell("serving-review", address=f"{address}review")

    serve_site(settings, announce, open_browser=open_browser)
    session.tell("served")


def _to_review(
    session: Session, home: Ecosystem, given: tuple[str, ...], day: date | None
) -> tuple[Family, ...]:
    """The articles to review, as families; those that cannot be read are told of."""
    sound_records(session, home)
    families, unread = families_to_review(article_files(session, given), day)
    for error in unread:
        tell_unread(session, error.file, error)
    if not families:
        raise UnfitName(session.say("review-no-article"))
    return families


def _build_if_need_be(session: Session, ecosystem: str | None, place: Path) -> None:
    try:
        current_version(place)
    except NoVersion as absent:
        if absent.older:
            raise
        session.tell("serving-builds", folder=place)
        with session.steps() as step:
            build_ecosystem(ecosystem, place, step)


def _token(ctx: click.Context, file: Path | None) -> str:
    """The token that a client must show for an update, from a file or the environment."""
    token = file.read_text("utf-8") if file else os.environ.get(TOKEN, "")
    token = token.strip()
    session = session_of(ctx)
    if not token:
        raise click.UsageError(session.say("no-token", name=TOKEN), ctx)
    if len(token) < SHORTEST_TOKEN or not token.isascii():
        reason = session.say("weak-token", least=SHORTEST_TOKEN)
        raise click.UsageError(reason, ctx)
    return token
