"""Records in, statements out: what each record says, in the terms of the ontology."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from simpul.ontology import (
    SIMPUL,
    ClaimStatus,
    Code,
    Wording,
)

from .ecosystem import Ecosystem
from .fields import Term
from .keys import Keys
from .nquads import GraphName, Statements, iri_term, text_term, typed_term
from .records import Bilingual, Note, Source
from .referring import items_of

TEXTS = Wording.load("simpul.graph_builder", "texts.toml")


@dataclass(slots=True)
class Mapper:
    """The statements made so far, and what must be known of all claims before statuses are set.

    `made` counts the statements each record gave rise to, by (kind, key).
    """

    ecosystem: Ecosystem
    keys: Keys
    statements: Statements
    made: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    _statuses: dict[str, ClaimStatus | None] = field(
        default_factory=dict[str, ClaimStatus | None]
    )
    _disputed: set[str] = field(default_factory=set[str])
    _open: set[str] = field(default_factory=set[str])
    _settled: set[str] = field(default_factory=set[str])

    @contextmanager
    def of_record(self, kind: str, key: str) -> Generator[None]:
        """Count the statements made inside as those of one record."""
        before = len(self.statements)
        yield
        self.made[kind, key] = len(self.statements) - before

    def say(
        self, graph: GraphName, subject: str, predicate: str, text: Note | Bilingual
    ) -> None:
        """State a text: both languages, or the language that notes are written in."""
        texts = (
            {self.ecosystem.note_language: text}
            if isinstance(text, str)
            else {"id": text.id, "en": text.en}
        )
        for language, words in texts.items():
            self.statements.add(graph, subject, predicate, text_term(words, language))

    def terms(self, graph: GraphName, subject: str, record: BaseModel) -> None:
        """State every field of a record that names its term."""
        for name, info in type(record).model_fields.items():
            term = next((m for m in info.metadata if isinstance(m, Term)), None)
            value: Any = getattr(record, name)
            if term is None or value is None:
                continue
            items = items_of(value)
            for item in items:
                self._state(graph, subject, term, item)

    def _state(self, graph: GraphName, subject: str, term: Term, value: object) -> None:
        if isinstance(value, Code):
            self.statements.link(graph, subject, term.iri, value.iri)
        elif isinstance(value, Bilingual) or (
            isinstance(value, str) and term.datatype is None
        ):
            self.say(graph, subject, term.iri, value)
        elif term.datatype == "iri":
            self.statements.add(graph, subject, term.iri, iri_term(str(value)))
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            assert term.datatype is not None
            self.statements.add(
                graph, subject, term.iri, typed_term(text, term.datatype)
            )

    def claim(self, iri: str, cls: str, status: ClaimStatus | None = None) -> None:
        """Make a claim; its status is the editors' where given, else it follows the evidence."""
        self.statements.type(GraphName.CLAIMS, iri, cls)
        self._statuses[iri] = status

    def dispute(self, claims: Iterable[str]) -> None:
        """Note claims that some evidence speaks against."""
        self._disputed.update(claims)

    def discrepancy(self, claims: Iterable[str], *, resolved: bool) -> None:
        """Note claims that cannot all be right, and whether that was decided."""
        (self._settled if resolved else self._open).update(claims)

    def settle_statuses(self) -> None:
        """State the status of every claim: given, or disputed while something is open, or accepted."""
        for iri, given in self._statuses.items():
            at_odds = iri in self._open or iri in self._disputed - self._settled
            default = ClaimStatus.DISPUTED if at_odds else ClaimStatus.ACCEPTED
            self.statements.link(
                GraphName.CLAIMS, iri, SIMPUL.status, (given or default).iri
            )

    def source(self, key: str) -> Source:
        """The record of a source."""
        source = self.keys.records["source"][key]
        assert isinstance(source, Source)
        return source


def bears_on_stance(stance: str) -> str:
    """The property by which evidence of a stance bears on a claim."""
    return {
        "supports": SIMPUL.supports,
        "contradicts": SIMPUL.disputes,
        "mentions": SIMPUL.mentions,
    }[stance]
