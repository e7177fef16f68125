"""Which graph a command means, and what that graph says of itself."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from simpul.analysis import label_of
from simpul.graph_builder import (
    BadEdtf,
    Days,
    Unread,
    current_version,
    find_ecosystem,
    read_date,
    ties_by_holding,
    time_slice,
)
from simpul.ontology import BASE, RDF, SIMPUL, Holding, Language
from simpul.queries import (
    Graph,
    GraphStore,
    Question,
    Rows,
    Value,
    answer,
    read_question,
    shown,
)

from .elsewhere import Elsewhere
from .session import Session, words
from .spoken import session_of

OUT = Path("simpul-out")
Callback = Callable[..., Any]  # click looks at what a command takes; types cannot


def version_options(command: Callback) -> Callback:
    """Give a command the two options that name a version."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    named = click.option("--ecosystem", metavar="NAME|DIR")
    placed = click.option("--version-dir", metavar="DIR", type=folder)
    return named(placed(command))


def time_options(command: Callback) -> Callback:
    """Give a command the two options that name a time slice: `as_of` and `known_at`, each of some days."""
    held = click.option("--as-of", metavar="DATE", callback=window)
    known = click.option("--known-at", metavar="DATE", callback=window)
    return held(known(command))


def window(
    ctx: click.Context, parameter: click.Parameter, text: str | None
) -> Days | None:
    """The days that an option names: a day, a month, a year, or a range of them."""
    if text is None:
        return None
    try:
        return Days.of(read_date(text))
    except (Unread, BadEdtf):
        reason = session_of(ctx).say("no-days", text=text)
        raise click.BadParameter(reason, ctx, parameter) from None


def out_folder(ecosystem: str | None) -> Path:
    """Return where the versions of an ecosystem are kept unless told otherwise.

    It is called like the folder of the ecosystem, so that a copy does not take the place of what
    it was copied from.

    Raises: UnknownEcosystem.
    """
    return OUT / find_ecosystem(ecosystem).folder.resolve().name


def open_graph(ecosystem: str | None, version_dir: Path | None) -> GraphStore:
    """Open the current version of an ecosystem, or the one that lies in a folder.

    `version_dir` is the folder of one version, or one that `build` wrote versions to.

    Raises: UnknownEcosystem; NoVersion or NoGraph where nothing was built.
    """
    return GraphStore.open(version_folder(ecosystem, version_dir))


def version_folder(ecosystem: str | None, version_dir: Path | None) -> Path:
    """Find the folder of the version that `open_graph` would open.

    Raises: UnknownEcosystem; NoVersion where nothing was built.
    """
    if version_dir and (version_dir / "store").is_dir():
        return version_dir
    return current_version(version_dir or out_folder(ecosystem)).path


def open_slice(
    session: Session,
    ecosystem: str | None,
    version_dir: Path | None,
    as_of: Days | None,
    known_at: Days | None,
    elsewhere: Elsewhere | None = None,
) -> Graph:
    """Open a graph, or the time slice of it that a line asks for, and say which that is.

    What is known at some days is what was known at the end of them. Of a graph elsewhere the whole is
    copied for a slice.

    Raises: as `open_graph`; RemoteError of a graph elsewhere.
    """
    graph = _whole_graph(session, ecosystem, version_dir, elsewhere)
    if as_of is None and known_at is None:
        return graph
    last = known_at.last if known_at else None
    base = label_of(graph).base
    with session.working("slicing"):
        store = time_slice(graph.quads(), as_of=as_of, known_at=last, base=base)
    moment = moment_in_words(as_of, known_at, session.lang)
    if as_of:
        held = ties_by_holding(store)
        attested, possible = held[Holding.ATTESTED], held[Holding.POSSIBLE]
        session.tell("slice", moment=moment, attested=attested, possible=possible)
    else:
        tie = ox.NamedNode(SIMPUL.Tie)
        found = store.quads_for_pattern(None, ox.NamedNode(RDF.type), tie)
        session.tell("slice-known", moment=moment, ties=len(list(found)))
    return GraphStore(store)


def _whole_graph(
    session: Session,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> Graph:
    if elsewhere is None:
        return open_graph(ecosystem, version_dir)
    if ecosystem or version_dir:
        raise click.UsageError(session.say("here-or-elsewhere"))
    return elsewhere.open(session)


def moment_in_words(as_of: Days | None, known_at: Days | None, lang: Language) -> str:
    """Say which days a slice shows, and by which day its sources were published."""
    say = words().say
    told: list[str] = []
    if as_of and as_of.first == as_of.last:
        told.append(say("moment-day", lang, day=as_of.first))
    elif as_of:
        told.append(say("moment-days", lang, first=as_of.first, last=as_of.last))
    if known_at:
        told.append(say("moment-known", lang, day=known_at.last))
    return ", ".join(told)


def short_name(graph: Graph, thing: ox.NamedNode, lang: Language) -> str:
    """Return what a thing is called for short; one without a name goes by its key."""
    found = answer(graph, _own_question("name"), {"thing": thing}, lang=lang)
    names = [shown(row[0]) for row in found] if isinstance(found, Rows) else []
    return names[0] if names else shown(thing)


def spoken_values(
    graph: Graph,
    question: Question,
    values: Mapping[str, Value],
    lang: Language,
    base: str = BASE,
) -> dict[str, str]:
    """Return what was chosen for a question as one would say it: a thing by its name."""
    terms = question.terms(values, base)
    return {
        name: short_name(graph, term, lang)
        if isinstance(term, ox.NamedNode)
        else shown(term)
        for name, term in terms.items()
    }


@cache
def _own_question(name: str) -> Question:
    text = files("simpul.cli").joinpath(f"{name}.rq").read_text(encoding="utf-8")
    return read_question(text, name)
