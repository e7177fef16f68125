"""`simpul ask`: a question in everyday words, and its answer in a sentence with its sources."""

import json
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from click.core import ParameterSource

from simpul.analysis import label_of
from simpul.graph_builder import Days
from simpul.queries import Format, Graph, Rows
from simpul.queries.asking import Asker, Reply, reply_data, why_in_words
from simpul.queries.lookup import NAMES_QUERY, NameIndex

from .asking import print_result
from .elsewhere import Elsewhere, endpoint_options
from .opening import open_slice, time_options, version_options
from .session import Session
from .spoken import SpokenCommand

TEXT, JSON = "text", "json"
SOURCES_NAMED = 5
NARROWEST, WIDEST = 40, 120


def _shapes(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    del ctx, parameter
    names = (TEXT, *(form.value for form in Format))
    return [name for name in names if name.startswith(incomplete)]


def _shape(ctx: click.Context, parameter: click.Parameter, name: str) -> str:
    del ctx, parameter
    return name if name == TEXT else Format.named(name).value


@click.command(
    cls=SpokenCommand,
    examples=(
        'simpul ask "Siapa bekerja sama dengan BPIPI pada 2024?"',
        'simpul ask "Who founded BPIPI?" --why --sparql',
        'simpul ask "Siapa kepala BPIPI?" --as-of 2019 --format json',
    ),
)
@click.argument("sentence", metavar="QUESTION", nargs=-1, required=True)
@click.option(
    "--format",
    "shape",
    metavar="FORMAT",
    default=TEXT,
    callback=_shape,
    shell_complete=_shapes,
)
@click.option("--why", "with_why", is_flag=True)
@click.option("--sparql", "with_sparql", is_flag=True)
@time_options
@version_options
@endpoint_options
@click.pass_context
def ask(
    ctx: click.Context,
    sentence: tuple[str, ...],
    shape: str,
    with_why: bool,
    with_sparql: bool,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> None:
    """Answer a question in the language it is asked in, unless `--lang` says another."""
    session = ctx.find_object(Session)
    assert session is not None  # the group makes one
    graph = open_slice(session, ecosystem, version_dir, None, known_at, elsewhere)
    today = datetime.now(UTC).astimezone().date()
    asker = Asker(graph, names_of(graph), today=today, base=label_of(graph).base)
    is_chosen = ctx.get_parameter_source("lang") is ParameterSource.COMMANDLINE
    lang = session.lang if is_chosen else None
    reply = asker.ask(" ".join(sentence), lang, as_of=as_of)
    if shape == JSON:
        click.echo(json.dumps(reply_data(reply), ensure_ascii=False, indent=2))
    elif shape == TEXT:
        for line in _lines(reply, with_why=with_why, with_sparql=with_sparql):
            click.echo(line)
    else:
        _print_rows(reply, Format.named(shape))


def names_of(graph: Graph) -> NameIndex:
    """Read the names of a graph, wherever it is."""
    rows = graph.query(NAMES_QUERY, name="names")
    assert isinstance(rows, Rows)  # it is a SELECT
    return NameIndex.from_rows(rows)


def _print_rows(reply: Reply, form: Format) -> None:
    """Rows go to standard output, what is said about them to standard error."""
    for line in _lines(reply, with_why=False, with_sparql=False, with_rows=True):
        click.echo(line, err=True)
    if reply.rows is not None:
        print_result(reply.rows, form, None)


def _lines(
    reply: Reply, *, with_why: bool, with_sparql: bool, with_rows: bool = False
) -> Iterator[str]:
    """A reply as text: the sentence, its sources, what was asked, and how it was chosen."""
    say = Session(reply.lang).say
    yield from _folded(reply.sentence)
    if reply.left_out and not with_rows:
        yield from _folded(say("ask-left-out", count=reply.left_out), "  ")
    for note in reply.notes:
        yield from _folded(note, "  ")
    if reply.is_answer:
        yield ""
        yield from _sources(reply)
        yield from _folded(_asked(reply), "  ")
    else:
        yield ""
        for other in reply.alternatives:
            yield from _folded(f"· {other.asks}", "  ")
            slots = {**other.slots, **dict.fromkeys(other.missing, "…")}
            yield from _folded(_line(other.question, slots), "    ")
    if with_why:
        yield ""
        yield say("ask-why", sureness=f"{reply.sureness:.0%}")
        for reason, sentence in zip(reply.why, why_in_words(reply), strict=True):
            yield from _folded(f"{reason.points:+.1f} {sentence}", "  ")
    if with_sparql and reply.sparql:
        yield ""
        yield reply.sparql.rstrip()


def _sources(reply: Reply) -> Iterator[str]:
    say = Session(reply.lang).say
    if not reply.sources:
        return
    documents = {source.document for source in reply.sources}
    count = len(reply.sources)
    yield "  " + say("ask-sources", count=count, documents=len(documents))
    for source in reply.sources[:SOURCES_NAMED]:
        where = (source.publisher, source.issued, source.locator, source.url)
        stance = say(f"stance-{source.stance}") if source.stance else ""
        told = [*filter(None, where), *([f"({stance})"] if stance else [])]
        yield from _folded(f"· {', '.join(told)}", "    ")
    if count > SOURCES_NAMED:
        yield "    " + say("ask-more-sources", count=count - SOURCES_NAMED)


def _asked(reply: Reply) -> str:
    line = _line(reply.question or "", reply.slots)
    line += f" --as-of {reply.as_of}" if reply.as_of else ""
    return Session(reply.lang).say("ask-asked", sentence=reply.asks, line=line)


def _line(question: str, slots: Mapping[str, str]) -> str:
    """The line that asks the same of the catalogue."""
    given = "".join(f" -p {name}={_quoted(value)}" for name, value in slots.items())
    return f"simpul query {question}{given}"


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _folded(text: str, indent: str = "") -> Iterator[str]:
    width = min(max(shutil.get_terminal_size((WIDEST, 24)).columns, NARROWEST), WIDEST)
    safe = "".join(c if c.isprintable() else "\ufffd" for c in text)
    yield textwrap.fill(
        safe,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
