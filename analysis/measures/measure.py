"""What a measure is, what it gives, and the ways in which one cannot be had."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from simpul.ontology import SimpulError, near_miss

from ..dyads import Weights
from .case import Case


class Level(StrEnum):
    """What a measure gives a value to: each node, or the whole network; or it parts the nodes in groups."""

    NODE = "node"
    NETWORK = "network"
    PARTITION = "partition"


class Engine(StrEnum):
    """What computes: networkx, igraph, or whichever is faster and installed."""

    AUTO = "auto"
    NETWORKX = "networkx"
    IGRAPH = "igraph"


class NoSuchMeasure(SimpulError):
    """There is no measure of this name."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked = asked
        self.known = tuple(known)
        near = near_miss(asked, self.known)
        hint = (
            f"did you mean {near!r}?" if near else f"there are {', '.join(self.known)}"
        )
        super().__init__(f"no measure {asked!r}; {hint}")


class Unmeasurable(SimpulError):
    """A measure asks for something that this network, or this installation, lacks.

    `lacks` is "direction", "two-mode" or "igraph".
    """

    _REMEDIES: Mapping[str, str] = {
        "direction": "it is about the direction of ties; select with Rules(directed=True)",
        "two-mode": "it is about bodies in ties; select with Rules(dyads=Joining.TWO_MODE)",
        "igraph": "igraph is not installed; pip install 'simpul[igraph]', or ask for engine='networkx'",
    }

    def __init__(self, measure: str, lacks: str) -> None:
        self.measure = measure
        self.lacks = lacks
        super().__init__(f"cannot measure {measure}: {self._REMEDIES[lacks]}")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a measure is asked for, beyond its name.

    `by` names the attribute of bodies that groups them, `sources` how many nodes shortest paths are
    sampled from (None: from all), `backend` the networkx backend to pass on.
    """

    by: str | None = None
    seed: int = 1
    sources: int | None = None
    backend: str | None = None

    def options(self) -> dict[str, Any]:
        """The backend as networkx takes it."""
        return {"backend": self.backend} if self.backend else {}


Computing: TypeAlias = Callable[[Case, Asked], Any]
"""Computes an array of values, a number with facts, or a partition; which of these is said by the level."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with what it needs and what it is called.

    `directed`: it looks at the direction of ties where the network keeps it. `weighted`: it looks at weights.
    `needs`: what a network must have, as in `Unmeasurable`. `near_linear`: its time grows about as the
    number of ties does. `lowest_first`: the node with the least of it comes first. `fast` computes the same with igraph, None where igraph has no such thing;
    `own_is_faster` where it was measured to be slower. `own_up_to`: joined pairs up to which `auto` leaves igraph
    alone, as it answers by another algorithm and a figure should not hang on what is installed.
    """

    name: str
    level: Level
    compute: Computing
    fast: Computing | None = None
    directed: bool = False
    weighted: bool = False
    needs: str | None = None
    own_is_faster: bool = False
    own_up_to: int = -1
    near_linear: bool = True
    paths: bool = False
    lowest_first: bool = False

    @property
    def definition(self) -> str:
        """The docstring of what computes it: definition, formula, source, odd cases."""
        return self.compute.__doc__ or ""

    @property
    def reference(self) -> str:
        """Where the measure was published, from its docstring."""
        return " ".join(self.definition.partition("Source:")[2].split())


@dataclass(frozen=True, slots=True)
class Figures:
    """One measure of one network, with what it rests on.

    `values` has a number for each node, or under names of their own the numbers for the whole network;
    `groups` is the group of each node where the measure makes such. A value that is not defined
    for a node is nan. `sampled` is the number of nodes that shortest paths began at, None if exact.
    """

    measure: str
    n: int
    isolates: int
    engine: Engine
    values: Mapping[str, float] = field(default_factory=dict[str, float])
    groups: Mapping[str, int] = field(default_factory=dict[str, int])
    sampled: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Parted:
    """Groups of nodes, and numbers about the partition as a whole."""

    groups: Weights | Any
    facts: Mapping[str, float]
