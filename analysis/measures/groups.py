"""Bodies in groups by what is on record of them: sector, strand or kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simpul.ontology import SimpulError, near_miss

from ..dyads import Dyads, Indices
from ..network import Body, NamedCode

ATTRIBUTES = ("sector", "strand", "kind", "body_class")
"""What bodies can be grouped by; a strand is the widest sector above a sector."""


class UnknownAttribute(SimpulError):
    """Bodies cannot be grouped by this."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        near = near_miss(asked, ATTRIBUTES)
        hint = (
            f"did you mean {near!r}?" if near else f"there are {', '.join(ATTRIBUTES)}"
        )
        super().__init__(f"bodies have no {asked!r} to group them by; {hint}")


@dataclass(frozen=True)
class Groups:
    """The codes of the groups, sorted, and the number of each node's group; -1 where none is on record."""

    by: str
    codes: tuple[str, ...]
    of: Indices

    @property
    def sizes(self) -> Indices:
        """How many nodes each group has."""
        known = self.of[self.of >= 0]
        return np.bincount(known, minlength=len(self.codes)).astype(np.int64)

    @property
    def missing(self) -> int:
        """How many nodes have no group on record."""
        return int((self.of < 0).sum())

    @classmethod
    def labelled(cls, labels: Sequence[str | None], by: str = "group") -> "Groups":
        """Groups from a label for each node, None for nodes of no group."""
        codes = tuple(sorted({label for label in labels if label is not None}))
        number = {code: place for place, code in enumerate(codes)}
        of = [-1 if label is None else number[label] for label in labels]
        return cls(by, codes, np.array(of, dtype=np.int64))


def groups_of(dyads: Dyads, by: str) -> Groups:
    """Group the nodes of a network by an attribute of bodies; ties as nodes are in no group.

    Raises: UnknownAttribute.
    """
    if by not in ATTRIBUTES:
        raise UnknownAttribute(by)
    labels = [_label(body, by) for body in dyads.bodies]
    labels += [None] * (len(dyads.nodes) - len(labels))
    return Groups.labelled(labels, by)


def _label(body: Body, by: str) -> str | None:
    value: Any = getattr(body, by)
    if value is None:
        return None
    return value.code if isinstance(value, NamedCode) else str(value)
