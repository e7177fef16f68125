"""What comes back for a question: a sentence, its rows and sources, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simpul.ontology import Language

from ..results import Rows
from .choosing import Reason


class ReplyKind(StrEnum):
    """Whether a question was answered, and if not, why."""

    ANSWER = "answer"
    NOTHING = "nothing"
    UNSURE = "unsure"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"

    @property
    def is_answer(self) -> bool:
        """Whether an entry of the catalogue was asked."""
        return self in (ReplyKind.ANSWER, ReplyKind.NOTHING)


@dataclass(frozen=True, slots=True)
class Source:
    """Where evidence stands: a pointer to a passage, and never its text. `claims` are the keys of what it bears on."""

    publisher: str
    issued: str
    title: str
    locator: str
    url: str
    stance: str
    document: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """An entry that a question may have meant, with the slots that it gave and those it did not."""

    question: str
    asks: str
    slots: Mapping[str, str]
    missing: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply. `slots` are keys and texts as `simpul query -p` takes them; `rows` are those of `sparql`.

    `as_of` is the time slice that was asked, in EDTF. `why` are the points of the entry that was
    chosen; `notes` are sentences about how it was answered. `holdings` say of each row how it held on the
    days asked (`attested`, `possible`), if some were; `left_out` things are counted in the sentence and not named.
    """

    kind: ReplyKind
    text: str
    lang: Language
    sentence: str
    question: str | None = None
    asks: str = ""
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    as_of: str | None = None
    rows: Rows | None = None
    sources: tuple[Source, ...] = ()
    sparql: str = ""
    sureness: float = 0.0
    why: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
    holdings: tuple[str | None, ...] = ()
    left_out: int = 0

    @property
    def is_answer(self) -> bool:
        """Whether an entry of the catalogue was asked, with or without rows."""
        return self.kind.is_answer
