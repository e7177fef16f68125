"""What the commands share that write down a decision: who takes it, when and why, and where."""

import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from simpul.graph_builder import Ecosystem, find_ecosystem, shipped_ecosystems
from simpul.ontology import SimpulError

from .session import Session
from .spoken import session_of

MAX_CHARACTERS = 2000
"""As long as a text of a record may be, in `graph_builder.fields`."""

Callback = Callable[..., Any]  # click looks at what a command takes; types cannot


class ShippedEcosystem(SimpulError):
    """Records that come with Simpul are not the user's to decide on."""

    def __init__(self, name: str, session: Session) -> None:
        self.name = name
        super().__init__(session.say("shipped-ecosystem", name=name))


def decision_options(command: Callback) -> Callback:
    """Give a command `why` (asked for) and `by` (SIMPUL_BY, else the name one logged in with)."""
    return _signed(command, required=True)


def possible_decision_options(command: Callback) -> Callback:
    """Give a command, which may come without a decision, `why` and `by`; each None if not given."""
    return _signed(command, required=False)


def _signed(command: Callback, *, required: bool) -> Callback:
    why = click.option("--why", metavar="TEXT", required=required, callback=_said)
    by = click.option(
        "--by",
        metavar="NAME",
        required=required,
        envvar="SIMPUL_BY",
        default=login_name,
        callback=_said,
    )
    return why(by(command))


def own_ecosystem(where: str | Path | None) -> Ecosystem:
    """Open an ecosystem whose records may be decided on.

    Raises: ShippedEcosystem; UnknownEcosystem; SourceError if its settings are wrong.
    """
    ecosystem = find_ecosystem(where)
    folder = ecosystem.folder.resolve()
    for name, shipped in shipped_ecosystems().items():
        if folder == shipped.resolve():
            ctx = click.get_current_context(silent=True)
            raise ShippedEcosystem(name, session_of(ctx) if ctx else Session("en"))
    return ecosystem


def today() -> date:
    """Return the day on which a decision is taken: that of the person's calendar."""
    return datetime.now(UTC).astimezone().date()


def _said(
    ctx: click.Context, parameter: click.Parameter, given: str | None
) -> str | None:
    if given is None:
        return None
    text = given.strip()
    if not 0 < len(text) <= MAX_CHARACTERS:
        reason = session_of(ctx).say("text-wanted", limit=MAX_CHARACTERS)
        raise click.BadParameter(reason, ctx, parameter)
    return text


def login_name() -> str | None:
    """Return the name one logged in with, where there is one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may run as nobody known
        return None
