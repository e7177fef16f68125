"""The options that name a graph on a server elsewhere, and how it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from .session import Session

if TYPE_CHECKING:
    from simpul.queries.remote import RemoteGraph

ANSWERS = ("auto", "server", "copy")
_PREFIX, _ANSWERS = "simpul.graph_prefix", "simpul.answers"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A graph behind a SPARQL endpoint: its address, which of its graphs, and who answers."""

    url: str
    graph_prefix: str | None = None
    answers: str = "auto"

    def open(self, session: Session) -> "RemoteGraph":
        """Reach the server, and say what it is.

        Raises: RemoteError.
        """
        from simpul.queries.remote import (
            Answers,
            RemoteGraph,
        )  # its HTTP client takes long to load

        graph = RemoteGraph(
            self.url,
            graph_prefix=self.graph_prefix,
            answers=Answers(self.answers),
            copying=lambda count: session.tell("copying", count=count),
        )
        count = len(graph.graphs())
        session.tell(
            "elsewhere",
            url=graph.endpoint.query,
            server=graph.server.value,
            count=count,
        )
        return graph


def endpoint_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a graph elsewhere; it takes them as one, `elsewhere`."""
    options = (
        click.option("--endpoint", "elsewhere", metavar="URL", callback=_elsewhere),
        click.option(
            "--graph-prefix",
            metavar="IRI",
            is_eager=True,
            expose_value=False,
            callback=_kept(_PREFIX),
        ),
        click.option(
            "--answers",
            type=click.Choice(ANSWERS),
            is_eager=True,
            expose_value=False,
            callback=_kept(_ANSWERS),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _kept(key: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(ctx: click.Context, parameter: click.Parameter, text: str | None) -> None:
        del parameter
        ctx.meta[key] = text

    return keep


def _elsewhere(
    ctx: click.Context, parameter: click.Parameter, url: str | None
) -> Elsewhere | None:
    prefix, answers = ctx.meta.get(_PREFIX), ctx.meta.get(_ANSWERS)
    if url is not None:
        return Elsewhere(url, prefix, answers or ANSWERS[0])
    if prefix is not None or answers is not None:
        raise click.MissingParameter(ctx=ctx, param=parameter)
    return None
