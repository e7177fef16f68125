"""`simpul query` and `simpul queries`: a question and its answer, or its text alone."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import pyoxigraph as ox
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from simpul.analysis import label_of
from simpul.graph_builder import Days
from simpul.ontology import QueryError
from simpul.queries import (
    Format,
    Limits,
    Result,
    Rows,
    Triples,
    answer,
    catalog,
    with_holding,
    write,
)
from simpul.queries.lookup import resolved

from .elsewhere import Elsewhere, endpoint_options
from .opening import (
    open_slice,
    spoken_values,
    time_options,
    version_options,
)
from .places import NewFile, is_pipe, write_out
from .query_texts import (
    check_text,
    folder_of_queries,
    kept_questions,
    question_names,
    save_text,
    tell_unknown_terms,
    text_named,
    tidy_text,
)
from .session import Session
from .spoken import SpokenCommand, session_of


def _question_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del ctx, parameter
    names = question_names()
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
    values = {key: value for key, _, value in pairs}
    if len(values) < len(pairs):
        keys = [key for key, _, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        reason = session_of(ctx).say("value-twice", key=twice)
        raise click.BadParameter(reason, ctx, parameter)
    return values


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
        "simpul query founders --endpoint http://localhost:7878",
        "simpul query - --format json --timeout-s 10 --max-rows 1000 < question.rq",
        "simpul query question.rq --check",
        "simpul query question.rq --tidy > tidy.rq",
        "simpul query question.rq --save is-there-anything",
    ),
)
@click.argument("question", metavar="NAME|FILE.rq|-", shell_complete=_question_names)
@click.option(
    "-p", "--parameter", "values", metavar="KEY=VALUE", multiple=True, callback=_values
)
@FORMAT
@click.option("--out", metavar="FILE|-", type=NewFile(pipe=True))
@click.option("--timeout-s", "most_seconds", type=click.FloatRange(0, min_open=True))
@click.option("--max-rows", "most_rows", type=click.IntRange(1))
@click.option("--check", "only_check", is_flag=True)
@click.option("--tidy", "only_tidy", is_flag=True)
@click.option("--save", "save_as", metavar="NAME")
@time_options
@version_options
@endpoint_options
@click.pass_obj
def query(
    session: Session,
    question: str,
    values: dict[str, str],
    format: Format,
    out: Path | None,
    most_seconds: float | None,
    most_rows: int | None,
    only_check: bool,
    only_tidy: bool,
    save_as: str | None,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> int:
    """Answer one question from a graph, or from a time slice of it; or check, tidy or keep its text."""
    folder = folder_of_queries(ecosystem)
    text = text_named(question, folder)
    if only_check:
        return check_text(session, text, ecosystem, version_dir, elsewhere)
    if only_tidy:
        return tidy_text(session, text, out)
    if save_as is not None:
        return save_text(session, text, save_as, folder)
    asked = text.question()
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    base = label_of(graph).base
    chosen = resolved(graph, asked, values, base, session.lang)
    limits = Limits(time_s=most_seconds, rows=most_rows)
    result = answer(graph, asked, chosen, lang=session.lang, base=base, limits=limits)
    if as_of is not None and isinstance(result, Rows):
        result = with_holding(
            result,
            asked,
            chosen,
            graph,
            lang=session.lang,
            base=base,
            limits=Limits(time_s=most_seconds),
        )
    spoken = spoken_values(graph, asked, chosen, session.lang, base)
    if sentence := asked.asks(session.lang, **spoken):
        session.tell("asked", sentence=sentence)
    print_result(result, format, out)
    if not isinstance(result, bool):
        code = "triples" if isinstance(result, Triples) else "rows"
        session.tell(code, count=len(result))
        if not len(result):
            tell_unknown_terms(session, text, graph)
    return 0


@click.command(
    cls=SpokenCommand,
    examples=("simpul queries", "simpul queries founders > mine.rq"),
)
@click.argument("name", required=False, shell_complete=_question_names)
@FORMAT
@click.option("--ecosystem", metavar="NAME|DIR")
@click.pass_context
def queries(
    ctx: click.Context, name: str | None, format: Format, ecosystem: str | None
) -> None:
    """List the catalogue and the questions kept beside the records, or print one of them."""
    session = session_of(ctx)
    folder = folder_of_queries(ecosystem)
    if name is None:
        print_result(catalogue_rows(session, folder), format, None)
        return
    if ctx.get_parameter_source("format") is not ParameterSource.DEFAULT:
        raise click.UsageError(session.say("format-of-list", name=name), ctx)
    asked = text_named(name, folder).question()
    click.echo(asked.text, nl=False)
    for parameter in asked.parameters:
        session.tell(
            "parameter",
            name=parameter.name,
            type=parameter.type.written,
            meaning=parameter.explained(session.lang),
        )


def catalogue_rows(session: Session, folder: Path) -> Rows:
    """List every question of the catalogue: its name, what it asks, what may be chosen.

    Those kept in a folder come after them, with a column that names their files.
    """
    kept = kept_questions(session, folder)
    questions = [("", question) for question in catalog()]
    questions += [(str(path), question) for path, question in kept]
    rows = [
        (
            question.name,
            question.asks(session.lang),
            ", ".join(parameter.name for parameter in question.parameters),
            file,
        )
        for file, question in questions
    ]
    columns = ("name", "asks", "parameters", "file")
    shown = len(columns) if kept else len(columns) - 1
    cells = (tuple(map(ox.Literal, row[:shown])) for row in rows)
    return Rows(columns[:shown], tuple(cells))


def print_result(result: Result, form: Format, out: Path | None) -> None:
    """Write a result to a file, or to standard output.

    Raises: QueryError if bytes that are no text would go to a terminal.
    """
    if is_pipe(out) and not form.is_text and sys.stdout.isatty():
        raise QueryError(form, "is not text; give --out FILE or pipe it")
    width = shutil.get_terminal_size((120, 24)).columns
    write_out(write(result, form, width=width), out)
