"""A network in; files that open in the tools people use, and what of the network they leave out.

`flat` makes two tables of a network, each format is written from these by a module of its name, and
`export` lists the formats.
"""

from .columns import Column, ColumnTaken, Extra, Kind, Value, join_texts, split_texts
from .export import (
    NETWORK_FORMATS,
    NetworkFormat,
    UnknownNetworkFormat,
    export_network,
    write_network,
)
from .flat import Edge, Flat, Node, flatten
from .losses import Loss, LossKind
from .spells import Spell, spells_of
from .written import Written

__all__ = [
    "NETWORK_FORMATS",
    "Column",
    "ColumnTaken",
    "Edge",
    "Extra",
    "Flat",
    "Kind",
    "Loss",
    "LossKind",
    "NetworkFormat",
    "Node",
    "Spell",
    "UnknownNetworkFormat",
    "Value",
    "Written",
    "export_network",
    "flatten",
    "join_texts",
    "spells_of",
    "split_texts",
    "write_network",
]
