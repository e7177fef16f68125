"""Somebody: a person of a document, and the places that speak of them."""

from dataclasses import dataclass, field

from .joining import Place
from .lexicon import KnownBody


@dataclass(slots=True, eq=False)
class Somebody:
    """A person of the document while mentions are gathered."""

    names: list[str] = field(default_factory=list[str])
    post: str | None = None
    place: Place | None = None
    implied: KnownBody | None = None
    former: bool = False
    key: str | None = None

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return max(self.names, key=lambda name: (len(name.split()), len(name)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention of a person: tokens of a sentence, and who is meant."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    surface: str
    person: Somebody
    rule: str
    score: float
