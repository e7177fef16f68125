"""`simpul explain`: why a tie, or another claim, is as sure as it is."""

import json
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from simpul.analysis import label_of
from simpul.graph_builder import Days
from simpul.ontology import SimpulError
from simpul.queries import (
    Explainer,
    Explanation,
    claim_keys,
    explanation_data,
    find_claim,
)
from simpul.queries import (
    explain as explain_claim,
)

from .elsewhere import Elsewhere, endpoint_options
from .opening import open_graph, open_slice, time_options, version_options
from .session import Session
from .spoken import SpokenCommand

NARROWEST, WIDEST = 40, 120


def _claims(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    del parameter
    try:
        graph = open_graph(ctx.params.get("ecosystem"), ctx.params.get("version_dir"))
        keys = claim_keys(graph, label_of(graph).base)
    except (SimpulError, OSError):
        return []  # nothing was built: there is nothing to complete either
    ties = incomplete == ""
    return [
        key for key in keys if key.startswith(incomplete) and not (ties and "/" in key)
    ]


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul explain t-bpipi-founding",
        "simpul explain t-sidoarjo-notice-2021 --known-at 2022",
        "simpul explain observation/o-footwear-units-2019 --format json",
        "simpul explain t-bpipi-founding --endpoint http://localhost:7878",
    ),
)
@click.argument("claim", metavar="TIE", shell_complete=_claims)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@time_options
@version_options
@endpoint_options
@click.pass_obj
def explain(
    session: Session,
    claim: str,
    form: str,
    as_of: Days | None,
    known_at: Days | None,
    ecosystem: str | None,
    version_dir: Path | None,
    elsewhere: Elsewhere | None,
) -> None:
    """Say what a claim states and rests on, and how the rules judge it."""
    graph = open_slice(session, ecosystem, version_dir, as_of, known_at, elsewhere)
    found = explain_claim(graph, find_claim(graph, claim, label_of(graph).base))
    explainer = Explainer(graph, session.lang)
    if form == "json":
        data = explanation_data(found, explainer)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in _lines(found, explainer):
        click.echo(line)


def _lines(explanation: Explanation, explainer: Explainer) -> Iterator[str]:
    """The sections of an explanation, folded to the width of the terminal."""
    width = shutil.get_terminal_size((WIDEST, 24)).columns
    width = min(max(width, NARROWEST), WIDEST)
    yield _printable(explainer.title(explanation))
    for section in explainer.sections(explanation):
        yield ""
        yield _printable(section.heading)
        for sentence in section.sentences:
            yield textwrap.fill(
                _printable(sentence),
                width,
                initial_indent="  ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )


def _printable(text: str) -> str:
    """A text without the codes that would steer a terminal.

    >>> _printable("judul\\x1b[2J")
    'judul\\ufffd[2J'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
