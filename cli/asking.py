"""`simpul query` and `simpul queries`: a question and its answer."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import pyoxigraph as ox
from click.shell_completion import CompletionItem

from simpul.graph_builder import Days
from simpul.ontology import QueryError
from simpul.queries import (
    Format,
    Question,
    Result,
    Rows,
    Triples,
    answer,
    catalog,
    read_question,
    write,
)

from .opening import (
    label_of,
    open_slice,
    spoken_values,
    time_options,
    version_options,
)
from .session import Session
from .spoken import SpokenCommand, session_of

SPARQL_FILES = (".rq", ".sparql")


def _question_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del ctx, parameter
    names = (question.name for question in catalog())
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return [*found, CompletionItem(incomplete, type="file")]


def _format_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    del ctx, parameter
    return [form.value for form in Format if form.startswith(incomplete)]


def _values(
    ctx: click.Context, parameter: click.Parameter, given: Iterable[str]
) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for key, equals, _ in pairs:
        if not (key and equals):
            reason = session_of(ctx).say("no-equals", text=key)
            raise click.BadParameter(reason, ctx, parameter)
    return {key: value for key, _, value in pairs}


def _format(ctx: click.Context, parameter: click.Parameter, name: str) -> Format:
    del ctx, parameter
    return Format.named(name)


FORMAT = click.option(
    "--format",
    metavar="FORMAT",
    default=Format.TABLE.value,
    callback=_format,
    shell_complete=_format_names,
)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul query founders",
        "simpul query partners -p body=aprisindo -p from=2020-01-01 --format csv",
        "simpul query partners -p body=bpipi --as-of 2021-12-31",
        "simpul query - --format json < question.rq",
    ),
)
@click.argument("question", metavar="NAME|FILE.rq|-", shell_complete=_question_names)
@click.option(
    "-p", "--parameter", "values", metavar="KEY=VALUE", multiple=True, callback=_values
)
@FORMAT
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@time_options
@version_options
@click.pass_obj
def query(
    session: Session,
    question: str,
    values: dict[str, str],
    format: Format,
    out: Path | None,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
) -> None:
    """Answer one question from a graph, or from a time slice of it."""
    asked = find_question(question)
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at)
    base = label_of(graph).base
    result = answer(graph, asked, values, lang=session.lang, base=base)
    spoken = spoken_values(graph, asked, values, session.lang, base)
    if sentence := asked.asks(session.lang, **spoken):
        session.tell("asked", sentence=sentence)
    print_result(result, format, out)
    if not isinstance(result, bool):
        code = "triples" if isinstance(result, Triples) else "rows"
        session.tell(code, count=len(result))


@click.command(
    cls=SpokenCommand,
    examples=("simpul queries", "simpul queries founders > mine.rq"),
)
@click.argument("name", required=False, shell_complete=_question_names)
@FORMAT
@click.pass_obj
def queries(session: Session, name: str | None, format: Format) -> None:
    """List the catalogue, or print one of its queries."""
    if name is None:
        print_result(catalogue_rows(session), format, None)
        return
    asked = catalog().find(name)
    click.echo(asked.text, nl=False)
    for parameter in asked.parameters:
        session.tell(
            "parameter",
            name=parameter.name,
            type=parameter.type.written,
            meaning=parameter.explained(session.lang),
        )


def find_question(named: str) -> Question:
    """Read the question that a line names: in the catalogue, in a file, or from a pipe.

    Raises: UnknownQuery; QueryError if the text is not UTF-8; FileNotFoundError.
    """
    path = Path(named)
    if named == "-":
        return _read_question(sys.stdin.buffer.read(), "-")
    if path.suffix in SPARQL_FILES and (path.is_file() or "/" in named):
        return _read_question(path.read_bytes(), path.stem)
    return catalog().find(named)


def catalogue_rows(session: Session) -> Rows:
    """List every question of the catalogue: its name, what it asks, what may be chosen."""
    rows = [
        (
            question.name,
            question.asks(session.lang),
            ", ".join(parameter.name for parameter in question.parameters),
        )
        for question in catalog()
    ]
    columns = ("name", "asks", "parameters")
    return Rows(columns, tuple(tuple(map(ox.Literal, row)) for row in rows))


def print_result(result: Result, form: Format, out: Path | None) -> None:
    """Write a result to a file, or to standard output.

    Raises: QueryError if bytes that are no text would go to a terminal.
    """
    if out is None and not form.is_text and sys.stdout.isatty():
        raise QueryError(form, "is not text; give --out FILE or pipe it")
    width = shutil.get_terminal_size((120, 24)).columns
    content = write(result, form, width=width)
    if out is not None:
        out.write_bytes(content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _read_question(content: bytes, name: str) -> Question:
    try:
        return read_question(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise QueryError(name, f"is not UTF-8 text: {error}") from error
