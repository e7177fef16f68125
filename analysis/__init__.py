"""A graph in; its network, and measures of it, out."""

from .centrality import (
    MEASURES,
    RankedBody,
    Ranking,
    Scope,
    UnknownMeasure,
    most_central,
    ranks,
)
from .graphs import projection, to_networkx
from .network import (
    UNMEASURED_LAYERS,
    Body,
    BodyClass,
    EvidenceItem,
    Link,
    NamedCode,
    Names,
    Network,
    Participant,
    Stance,
    Tie,
    UnknownBody,
)
from .reading import AnsweringGraph, read_network

__all__ = [
    "MEASURES",
    "UNMEASURED_LAYERS",
    "AnsweringGraph",
    "Body",
    "BodyClass",
    "EvidenceItem",
    "Link",
    "NamedCode",
    "Names",
    "Network",
    "Participant",
    "RankedBody",
    "Ranking",
    "Scope",
    "Stance",
    "Tie",
    "UnknownBody",
    "UnknownMeasure",
    "most_central",
    "projection",
    "ranks",
    "read_network",
    "to_networkx",
]
