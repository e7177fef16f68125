"""The options that commands on a network share: which graph, which days, which ties count, what is drawn.

A stack of them reaches its command as one value, `line`, that opens the network they ask for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from simpul.analysis import (
    Dyads,
    Joining,
    Names,
    Network,
    Parallel,
    Rules,
    UnusableRules,
    read_network,
    select,
)
from simpul.analysis.measures import ATTRIBUTES
from simpul.analysis.uncertainty import DRAWS, SEED
from simpul.graph_builder import Days
from simpul.ontology import TieType
from simpul.queries import Graph

from .elsewhere import Elsewhere, endpoint_options
from .opening import (
    Callback,
    moment_in_words,
    open_slice,
    time_options,
    version_folder,
    version_options,
)
from .session import Session

FORMATS = ("table", "csv", "json", "markdown")

# A slip of the keyboard would otherwise give a network without ties, and figures of it.
TIE_TYPES = click.Choice([each.value for each in TieType])

by_option = click.option(
    "--by",
    "group_by",
    metavar="|".join(ATTRIBUTES),
    type=click.Choice(ATTRIBUTES),
    default="strand",
)
format_option = click.option(
    "--format", "table_format", type=click.Choice(FORMATS), default="table"
)
top_option = click.option("--top", type=click.IntRange(min=1), metavar="N")
rows_option = click.option(
    "--top", "row_count", type=click.IntRange(min=1), metavar="N"
)
draws_option = click.option(
    "--draws", type=click.IntRange(1, 100_000), metavar="N", default=DRAWS
)
seed_option = click.option("--seed", type=click.IntRange(min=0), default=SEED)


@dataclass(frozen=True, slots=True)
class GraphLine:
    """What a line says of the graph it is about, and of the days."""

    ecosystem: str | None
    version_dir: Path | None
    elsewhere: Elsewhere | None
    as_of: Days | None
    known_at: Days | None

    def graph(self, session: Session) -> Graph:
        """Open the graph, or the slice of it.

        Raises: as `open_slice`.
        """
        place = (self.ecosystem, self.version_dir, self.as_of, self.known_at)
        return open_slice(session, *place, self.elsewhere)

    @property
    def moment(self) -> Names:
        """The days of the slice in words, none for a whole graph."""
        days = self.as_of, self.known_at
        return Names(moment_in_words(*days, "id"), moment_in_words(*days, "en"))

    @property
    def version(self) -> str:
        """The name of the version here; empty for a graph elsewhere.

        Raises: as `version_folder`.
        """
        if self.elsewhere:
            return ""
        return version_folder(self.ecosystem, self.version_dir).name


@dataclass(frozen=True, slots=True)
class NetworkLine(GraphLine):
    """What a line says of the network it is about."""

    asked: Mapping[str, Any]

    def rules(self, session: Session, **changes: Any) -> Rules:
        """The rules that a line asks for, with changes that its command makes.

        Raises: UsageError where two rules cannot both hold.
        """
        asked: dict[str, Any] = {**self.asked, "when": self.as_of, **changes}
        try:
            return Rules(
                layers=frozenset(asked["layers"]) or None,
                tie_types=frozenset(asked["tie_types"]) or None,
                when=asked["when"],
                attested_only=asked["attested_only"],
                standings=frozenset(asked.get("standings", ())) or None,
                dyads=Joining(asked["dyads"]),
                parallel=Parallel(asked["parallel"]),
                directed=asked["directed"],
            )
        except UnusableRules as unusable:
            reason = session.say(f"rules-{unusable.reason}")
            raise click.UsageError(reason) from unusable

    def network(self, session: Session) -> Network:
        """Open the graph, or the slice of it, and read its network.

        Raises: as `open_slice`.
        """
        return read_network(self.graph(session))

    def dyads(self, session: Session, **changes: Any) -> Dyads:
        """Make the network by its rules; say so where nothing in it is sure to have held on the days asked for.

        Raises: as `rules` and `network`.
        """
        rules = self.rules(session, **changes)
        network = self.network(session)
        found = select(network, rules)
        if not found.scope.used:
            session.tell("no-tie-counts")
        elif rules.when and not rules.attested_only:
            surely = select(network, replace(rules, attested_only=True))
            if not surely.scope.used:
                session.tell("none-attested", ties=found.scope.used, days=rules.when)
        return found

    def one_mode(self, session: Session, command: str) -> Dyads:
        """The network as `dyads`, for a command that asks who is tied to whom.

        Raises: UsageError for a two-mode network; as `dyads`.
        """
        if self.rules(session).dyads is Joining.TWO_MODE:
            reason = session.say("bodies-two-mode", command=command)
            raise click.UsageError(reason)
        return self.dyads(session)


def rule_options(command: Callback) -> Callback:
    """Give a command the options that say which ties count: layers, types, direction, dyads, weight."""
    options = (
        click.option(
            "--layer", "layers", type=TIE_TYPES, metavar="CODE", multiple=True
        ),
        click.option(
            "--tie-type", "tie_types", type=TIE_TYPES, metavar="CODE", multiple=True
        ),
        click.option(
            "--dyads",
            type=click.Choice([each.value for each in Joining]),
            default=Joining.CLIQUE.value,
        ),
        click.option(
            "--parallel",
            type=click.Choice([each.value for each in Parallel]),
            default=Parallel.STRENGTH.value,
        ),
        click.option("--directed", is_flag=True),
        click.option("--attested-only", is_flag=True),
    )
    return stacked(command, options)


def graph_options(command: Callback) -> Callback:
    """Give a command all options that name a graph and days; it takes them as one, `line`."""

    @wraps(command)
    def with_line(*rest: Any, **given: Any) -> Any:
        names = ("ecosystem", "version_dir", "elsewhere", "as_of", "known_at")
        line = GraphLine(**{name: given.pop(name) for name in names})
        return command(*rest, line=line, **given)

    return time_options(version_options(endpoint_options(with_line)))


def network_options(command: Callback) -> Callback:
    """Give a command all options that name a network; it takes them as one, `line`."""
    return time_options(network_without_time(command))


def network_without_time(command: Callback) -> Callback:
    """The same without days, for commands that have days of their own."""

    @wraps(command)
    def with_line(*rest: Any, **given: Any) -> Any:
        rules = ("layers", "tie_types", "dyads", "parallel", "directed")
        line = NetworkLine(
            ecosystem=given.pop("ecosystem"),
            version_dir=given.pop("version_dir"),
            elsewhere=given.pop("elsewhere"),
            as_of=given.pop("as_of", None),
            known_at=given.pop("known_at", None),
            asked={name: given.pop(name) for name in (*rules, "attested_only")},
        )
        return command(*rest, line=line, **given)

    return rule_options(version_options(endpoint_options(with_line)))


def stacked(command: Callback, options: Sequence[Callback]) -> Callback:
    """Give a command several options, in the order in which its help shows them."""
    for option in reversed(options):
        command = option(command)
    return command
