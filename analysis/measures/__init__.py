"""Measures of a network: definitions, sources, and one way to ask for any of them."""

from .brokerage import Brokerage, Role, brokerage
from .case import Case
from .change import Year, by_year
from .communities import modularity, rand_index
from .equivalence import Blockmodel, blockmodel, concor
from .groups import ATTRIBUTES, Groups, UnknownAttribute, groups_of
from .key_players import (
    KeyPlayers,
    Robustness,
    cut_points,
    fragmenting,
    reaching,
    robustness,
)
from .measure import (
    Asked,
    Engine,
    Figures,
    Level,
    Measure,
    NoSuchMeasure,
    Parted,
    Unmeasurable,
)
from .mixing import Mixing, mixing
from .multiplex import Overlapping, multiplex_overlap
from .paths import sampled_sources
from .registry import (
    EXACT_UP_TO,
    MEASURES,
    SAMPLED_SOURCES,
    definition,
    has_igraph,
    measurable,
    measure,
    measure_all,
    title,
)
from .removal import removal_order
from .two_mode import shared_ties

__all__ = [
    "ATTRIBUTES",
    "EXACT_UP_TO",
    "MEASURES",
    "SAMPLED_SOURCES",
    "Asked",
    "Blockmodel",
    "Brokerage",
    "Case",
    "Engine",
    "Figures",
    "Groups",
    "KeyPlayers",
    "Level",
    "Measure",
    "Mixing",
    "NoSuchMeasure",
    "Overlapping",
    "Parted",
    "Robustness",
    "Role",
    "UnknownAttribute",
    "Unmeasurable",
    "Year",
    "blockmodel",
    "brokerage",
    "by_year",
    "concor",
    "cut_points",
    "definition",
    "fragmenting",
    "groups_of",
    "has_igraph",
    "measurable",
    "measure",
    "measure_all",
    "mixing",
    "modularity",
    "multiplex_overlap",
    "rand_index",
    "reaching",
    "removal_order",
    "robustness",
    "sampled_sources",
    "shared_ties",
    "title",
]
