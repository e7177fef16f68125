"""What a file cannot carry of a network, told instead of dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class LossKind(StrEnum):
    """Why something of a network is not in a file, or not in it as it was.

    The first five come with the choice of what is exported, the rest with the format.
    """

    UNLINKED = "unlinked"
    """Ties that join no two bodies; only the two-mode variant has a node for them."""
    PERSONS = "persons"
    """Participations of a person or an office, which dyads give to the body acted for."""
    PASSAGES = "passages"
    """Passages of documents; the documents behind an edge are named, their words are not."""
    NO_DAYS = "no-days"
    """Dates that cannot be read as days, so that they bound nothing; their text goes along."""
    UNDIRECTED = "undirected"
    """Edges with a direction that were asked for without it."""

    UNTIMED = "untimed"
    """Edges or nodes without a day, which a timeline shows at all times."""
    WIDENED = "widened"
    """Spells that are wider than what is known, since the format knows no uncertain day."""
    YEARS = "years"
    """Spells of days of which the format holds the years alone."""
    DIRECTION = "direction"
    """Edges without direction in a format that gives all edges one; an attribute says which they are."""
    MIXED = "mixed"
    """Edges without direction beside such as have one, in a format whose readers do not all take both."""
    MERGED = "merged"
    """Parallel edges of one type that a matrix adds up to one cell."""
    LABELS = "labels"
    """Labels that had to be shortened or told apart; the table beside the file has them whole."""
    CHARACTERS = "characters"
    """Texts with characters that the format cannot hold; each was replaced."""
    GUARDED = "guarded"
    """Cells that begin like a formula, with an apostrophe before them."""
    RENAMED = "renamed"
    """Attributes whose name means something of its own to the format."""
    NUMBERS = "numbers"
    """Numbers that are none, or without end, and stay out of a format that has no way to write them."""
    ASIDE = "aside"
    """Attributes that the format has no place for; they are in the tables beside the file."""
    MATRIX = "matrix"
    """The file of all matrices, left out since it would have too many cells."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss: how often it occurred, and what it is about where that has names."""

    kind: LossKind
    count: int
    names: tuple[str, ...] = ()


def occurred(kind: LossKind, count: int, names: Iterable[str] = ()) -> tuple[Loss, ...]:
    """One loss, or none where nothing was lost."""
    return (Loss(kind, count, tuple(names)),) if count else ()
