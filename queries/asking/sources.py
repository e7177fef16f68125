"""What the rows of an answer rest on: the claims in or behind them, and the passages that are their evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from simpul.ontology import BASE, Language

from ..graph import Graph
from ..parameters import Value
from ..results import Rows, Term
from ..tables import shown
from .filling import Filled
from .own_queries import solutions, solutions_about, value_of
from .reply import Source

MOST_CLAIMS = 200
"""Claims whose evidence is read; more are a matter for a query."""
_MOST_PIVOTS = 12


def claims_of(graph: Graph, filled: Filled, rows: Rows) -> list[str]:
    """The claims that rows hold, or that stand behind them, each once, in the order of the rows."""
    frame = filled.frame
    claims = [
        term.value
        for column in frame.claims
        if column in rows.variables
        for term in rows.column(column)
        if isinstance(term, ox.NamedNode)
    ]
    if not claims and "tie" in filled.values and "tie" in frame.claims:
        claims = [filled.values["tie"]]
    if frame.backing:
        claims += [claim for claim, _ in _behind(graph, filled, rows)]
    return list(dict.fromkeys(claims))[:MOST_CLAIMS]


def claims_by_row(graph: Graph, filled: Filled, rows: Rows) -> list[tuple[str, ...]]:
    """The claims that each row holds; where rows hold none, those that stand behind each."""
    columns = [c for c in filled.frame.claims if c in rows.variables]
    if columns:
        return [
            tuple(t.value for c in columns if isinstance(t := row.get(c), ox.NamedNode))
            for row in rows.dicts()
        ]
    borne: dict[str, list[str]] = defaultdict(list)
    if filled.frame.backing and not filled.frame.chain:
        for claim, party in _behind(graph, filled, rows):
            borne[party].append(claim)
    return [
        tuple(dict.fromkeys(c for t in row for c in borne.get(value_of(t), ())))
        for row in rows
    ]


def _behind(graph: Graph, filled: Filled, rows: Rows) -> Iterator[tuple[str, str]]:
    """The claims behind edges, each with a party: those that join the things of the answer."""
    query, _, kind = filled.frame.backing.partition(":")
    things = [t.value for row in rows for t in row if isinstance(t, ox.NamedNode)]
    asked = [
        filled.values[parameter.name]
        for parameter in filled.question.parameters
        if parameter.type.is_iri and parameter.name in filled.values
    ]
    pivots = [*asked, *things] if filled.frame.chain or not asked else asked
    known = {*things, *asked}
    period = {n: filled.values[n] for n in ("from", "until") if n in filled.values}
    type_of: dict[str, Value] = (
        {"type": ox.NamedNode(f"{BASE}concept/tie-type/{kind}")} if kind else {}
    )
    for pivot in list(dict.fromkeys(pivots))[:_MOST_PIVOTS]:
        values = {"thing": ox.NamedNode(pivot), **type_of, **period}
        for row in solutions(graph, f"backing/{query}", values):
            if value_of(row["party"]) in known:
                yield value_of(row["claim"]), value_of(row["party"])


def parties_of(
    graph: Graph, claims: Iterable[str], lang: Language
) -> dict[str, list[tuple[str, str]]]:
    """The parties of ties, each by name and role, by the IRI of the tie."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in solutions_about(graph, "parties", "claim", claims, {"language": lang}):
        party = (value_of(row["name"]), value_of(row["role"]))
        found[value_of(row["claim"])].append(party)
    return found


def sources_of(
    graph: Graph, rows: Rows, claims: Iterable[str], lang: Language
) -> tuple[Source, ...]:
    """Pointers to the passages that bear on claims, the oldest first; documents in the rows themselves count too."""
    found: dict[tuple[str, str, str], dict[str, Term | None]] = {}
    borne: dict[tuple[str, str, str], list[str]] = {}
    told = solutions_about(graph, "passages", "claim", claims, {"language": lang})
    if "document" in rows.variables:
        told += [{**row, "claim": None} for row in rows.dicts()]
    for row in told:
        key = (
            value_of(row["document"]),
            value_of(row.get("locator")),
            value_of(row.get("stance")),
        )
        found.setdefault(key, row)
        if isinstance(row["claim"], ox.NamedNode):
            borne.setdefault(key, []).append(shown(row["claim"]))
    return tuple(
        Source(
            publisher=value_of(row.get("publisher")),
            issued=value_of(row.get("issued")),
            title=value_of(row.get("title")),
            locator=value_of(row.get("locator")),
            url=value_of(row.get("url")),
            stance=value_of(row.get("stance")),
            document=shown(row["document"]),
            claims=tuple(dict.fromkeys(borne.get(key, ()))),
        )
        for key, row in found.items()
    )


def holdings_of(graph: Graph, claims: Iterable[str]) -> dict[str, str]:
    """How claims held in a time slice: the IRI of a code for each that says so."""
    return {
        value_of(row["claim"]): value_of(row["holding"])
        for row in solutions_about(graph, "holdings", "claim", claims)
    }
