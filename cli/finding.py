"""`simpul find`: things by what they are called."""

from pathlib import Path

import click
import pyoxigraph as ox
from click.shell_completion import CompletionItem

from simpul.analysis import label_of
from simpul.graph_builder import Days
from simpul.ontology import XSD, near_miss
from simpul.queries import Format, Rows, Term
from simpul.queries.lookup import KINDS, Match, NameIndex

from .asking import FORMAT, print_result
from .elsewhere import Elsewhere, endpoint_options
from .opening import open_slice, time_options, version_options
from .session import Session
from .spoken import SpokenCommand

_COLUMNS = ("thing", "name", "kind", "called", "how", "score")


def _kinds(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    del ctx, parameter
    return [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete)]


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul find kemenprin",
        'simpul find "Dr. Ir. H. Eko S.A. Cahyanto" --kind person',
        "simpul find sidoarjo --kind place --kind institution --format csv",
        "simpul find BPIPI --begins --limit 3",
        "simpul find bpipi --endpoint http://localhost:7878",
    ),
)
@click.argument("sought", metavar="TEXT")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, shell_complete=_kinds)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--begins", is_flag=True)
@FORMAT
@time_options
@version_options
@endpoint_options
@click.pass_context
def find(
    ctx: click.Context,
    sought: str,
    kinds: tuple[str, ...],
    limit: int,
    begins: bool,
    format: Format,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> None:
    """List the things that a name fits, the best first."""
    session: Session = ctx.obj
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    index = NameIndex.from_store(graph)
    _refuse_unknown(ctx, session, kinds, index)
    look = index.suggest if begins else index.find
    found = look(sought, kinds=kinds or None, limit=limit, language=session.lang)
    rows = tuple(_row(match) for match in found)
    print_result(Rows(_COLUMNS, rows), format, None)
    session.tell("find-found", count=len(found))
    if not found:
        code = "find-nothing-of-kind" if kinds else "find-nothing"
        session.tell(code, title=label_of(graph).title.say(session.lang))


def _row(match: Match) -> tuple[Term, ...]:
    score = ox.Literal(f"{match.score}", datatype=ox.NamedNode(XSD.decimal))
    texts = (match.name, match.kind, match.matched, match.how)
    return (ox.NamedNode(match.iri), *map(ox.Literal, texts), score)


def _refuse_unknown(
    ctx: click.Context, session: Session, kinds: tuple[str, ...], index: NameIndex
) -> None:
    """Refuse a kind that the graph has nothing of and that is no kind of ours either."""
    known = list(dict.fromkeys((*KINDS, *index.kinds)))
    for kind in kinds:
        if kind not in known:
            near = near_miss(kind, known)
            code = "find-no-kind-near" if near else "find-no-kind"
            there = ", ".join(index.kinds)
            reason = session.say(code, kind=kind, near=near, known=there)
            raise click.BadParameter(reason, ctx, param_hint="--kind")
