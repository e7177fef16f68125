"""`simpul init` and `simpul template`: a new ecosystem, and tables to fill in."""

from pathlib import Path
from shlex import quote
from typing import Literal

import click

from simpul.graph_builder import (
    FORMS,
    AlreadyThere,
    Form,
    Unsound,
    copy_ecosystem,
    find_ecosystem,
    shipped_ecosystems,
    start_ecosystem,
    write_template,
)
from simpul.ontology import SimpulError

from .places import NewFile, NewFolder
from .records import print_problems
from .session import Session
from .spoken import SpokenCommand

TEMPLATES = ("xlsx", "csv")


class WouldOverwrite(SimpulError):
    """What is asked for would be written over something."""


def _shipped(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Complete `--from` with what comes with Simpul."""
    return [name for name in shipped_ecosystems() if name.startswith(begun)]


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul init permadani",
        "simpul init permadani-excel --form xlsx --lang id",
        "simpul init alas-kaki --from footwear",
    ),
)
@click.argument("new_folder", metavar="DIR", type=NewFolder())
@click.option("--form", "record_form", type=click.Choice(FORMS))
@click.option("--from", "copied_from", metavar="NAME|DIR", shell_complete=_shipped)
@click.pass_obj
def init(
    session: Session,
    new_folder: Path,
    record_form: Form | None,
    copied_from: str | None,
) -> int:
    """Write the files of a new ecosystem; 2, and nothing written, if the folder holds anything."""
    origin = find_ecosystem(copied_from) if copied_from else None
    try:
        if origin and not record_form:
            copy_ecosystem(new_folder, origin)
        else:
            start_ecosystem(new_folder, record_form or "yaml", session.lang, origin)
    except AlreadyThere as there:
        raise WouldOverwrite(session.say("not-empty", folder=there.path)) from there
    except Unsound as unsound:
        return _refuse(session, unsound, copied_from)
    place, page = quote(str(new_folder)), quote(f"{new_folder.resolve().name}.html")
    session.tell("started", place=place, page=page)
    click.echo(new_folder)
    return 0


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul template --out catatan.xlsx --lang id",
        "simpul template --from footwear --out footwear.xlsx",
        "simpul template --format csv --out csv-tables",
    ),
)
@click.option(
    "--format", "table_form", type=click.Choice(TEMPLATES), default=TEMPLATES[0]
)
@click.option("--out", "new_file", metavar="FILE|DIR", type=NewFile(dir_okay=True))
@click.option("--from", "copied_from", metavar="NAME|DIR", shell_complete=_shipped)
@click.pass_obj
def template(
    session: Session,
    table_form: Literal["xlsx", "csv"],
    new_file: Path | None,
    copied_from: str | None,
) -> int:
    """Write tables to fill in; 2, and nothing written, where something stands already."""
    path = new_file or Path(session.say(f"template-{table_form}"))
    origin = find_ecosystem(copied_from) if copied_from else None
    try:
        write_template(path, table_form, session.lang, origin)
    except AlreadyThere as there:
        raise WouldOverwrite(session.say("file-exists", path=there.path)) from there
    except Unsound as unsound:
        return _refuse(session, unsound, copied_from)
    session.tell("template-written")
    click.echo(path)
    return 0


def _refuse(session: Session, unsound: Unsound, name: str | None) -> int:
    print_problems(session, unsound.problems)
    session.tell("unsound-records", name=name)
    return 1
