"""What the graph says of one claim, read by the queries in `explaining/`: parties, evidence, discrepancies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from simpul.ontology import RDF, SIMPUL, Explicitness

from .catalog import Question, read_question
from .graph import Graph
from .results import Rows, Term

Solution = Mapping[str, Term | None]

_TOLD_ELSEWHERE = frozenset(
    (
        SIMPUL.status,
        SIMPUL.confidenceLevel,
        SIMPUL.standing,
        SIMPUL.participation,
        SIMPUL.earliestStart,
        SIMPUL.latestStart,
        SIMPUL.earliestEnd,
        SIMPUL.latestEnd,
        RDF.type,
    )
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in a claim; all but `mention` are IRIs."""

    party: str
    role: str
    named: bool
    required: bool
    mention: str | None
    capacity: str | None
    behalf: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence and its document. `stance` is the property that leads from it to the claim.

    `roots` are the origins it goes back to; `says` are texts of ours about it, each with its language.
    """

    evidence: str
    stance: str
    document: str
    explicitness: str | None
    types: tuple[str, ...]
    roots: tuple[str, ...]
    publishers: tuple[str, ...]
    issued: str | None
    locator: str | None
    voice: str | None
    url: str | None
    says: tuple[ox.Literal, ...]

    @property
    def states(self) -> bool:
        """Whether it says so outright."""
        return (
            self.stance == SIMPUL.supports
            and self.explicitness == Explicitness.STATED.iri
        )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A discrepancy that involves the claim, with the other claims in it."""

    discrepancy: str
    type: str | None
    resolved: bool
    others: tuple[str, ...]
    says: tuple[ox.Literal, ...]


def read_statement(graph: Graph, claim: str) -> dict[str, tuple[Term, ...]]:
    """What it states, by property; not who takes part in it, nor what follows from the rest."""
    found: dict[str, list[Term]] = {}
    for row in ask(graph, "statement", claim):
        name, value = value_of(row["property"]), row["value"]
        if name and value is not None and name not in _TOLD_ELSEWHERE:
            found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def read_parties(graph: Graph, claim: str) -> tuple[Party, ...]:
    """Who takes part in it, by role and IRI."""
    return tuple(
        Party(
            party=value_of(row["party"]) or "",
            role=value_of(row["role"]) or "",
            named=value_of(row["named"]) == "true",
            required=value_of(row["required"]) == "true",
            mention=value_of(row["mention"]),
            capacity=value_of(row["capacity"]),
            behalf=value_of(row["behalf"]),
        )
        for row in ask(graph, "parties", claim)
    )


def read_passages(graph: Graph, claim: str) -> tuple[Passage, ...]:
    """What bears on it, the oldest document first; those without a date before all."""
    rows: dict[tuple[str, str], list[Solution]] = {}
    for row in ask(graph, "evidence", claim):
        key = (value_of(row["evidence"]) or "", value_of(row["stance"]) or "")
        rows.setdefault(key, []).append(row)
    return tuple(
        Passage(
            evidence=evidence,
            stance=stance,
            document=value_of(of_it[0]["document"]) or "",
            explicitness=value_of(of_it[0]["explicitness"]),
            types=_texts(of_it, "type"),
            roots=_texts(of_it, "root"),
            publishers=_texts(of_it, "publisher"),
            issued=value_of(of_it[0]["issued"]),
            locator=value_of(of_it[0]["locator"]),
            voice=value_of(of_it[0]["voice"]),
            url=value_of(of_it[0]["url"]),
            says=_literals(of_it),
        )
        for (evidence, stance), of_it in rows.items()
    )


def read_disagreements(graph: Graph, claim: str) -> tuple[Disagreement, ...]:
    """The discrepancies that involve it, the open ones first."""
    rows: dict[str, list[Solution]] = {}
    for row in ask(graph, "discrepancies", claim):
        rows.setdefault(value_of(row["discrepancy"]) or "", []).append(row)
    return tuple(
        Disagreement(
            discrepancy=discrepancy,
            type=value_of(of_it[0]["type"]),
            resolved=value_of(of_it[0]["resolved"]) == "true",
            others=_texts(of_it, "other"),
            says=_literals(of_it),
        )
        for discrepancy, of_it in rows.items()
    )


def ask(graph: Graph, name: str, claim: str) -> list[Solution]:
    """The solutions of one of the queries, asked about a claim."""
    asked = own_question(name)
    rows = graph.query(asked.bind({"claim": ox.NamedNode(claim)}), name=name)
    assert isinstance(rows, Rows)
    return list(rows.dicts())


@cache
def own_question(name: str) -> Question:
    """One of the queries in `explaining/`."""
    place = files("simpul.queries").joinpath("explaining", f"{name}.rq")
    return read_question(place.read_text(encoding="utf-8"), name)


def value_of(term: Term | None) -> str | None:
    """The IRI of a node or the form of a literal."""
    return None if term is None or isinstance(term, ox.Triple) else term.value


def _texts(rows: Iterable[Solution], name: str) -> tuple[str, ...]:
    found = {value_of(row[name]) for row in rows}
    return tuple(sorted(value for value in found if value is not None))


def _literals(rows: Iterable[Solution]) -> tuple[ox.Literal, ...]:
    found = {row["says"] for row in rows}
    return tuple(sorted((t for t in found if isinstance(t, ox.Literal)), key=str))
