"""What goes into an answer beside its rows: what their claims tell, who the parties are, and what was not used."""

from collections.abc import Mapping

import pyoxigraph as ox

from simpul.graph_builder import Days
from simpul.ontology import Language

from ..catalog import Catalog
from ..graph import Graph
from ..results import Rows
from .filling import Filled
from .holding_rows import Told, told_of
from .own_queries import value_of
from .reading import Reading
from .sentences import Said, answer_sentence, needs_parties
from .sources import claims_by_row, holdings_of, parties_of
from .wording import reply_words

_NAMED_BESIDE = frozenset(
    (
        "institution",
        "person",
        "place",
        "post",
        "group",
        "unnamed",
        "site",
        "sort",
        "indicator",
    )
)


def told_by(
    whole: Graph, graph: Graph, filled: Filled, rows: Rows, days: Days | None
) -> Told:
    """What the claims of rows tell of them; in a time slice it says itself how they held."""
    held = None
    if graph is not whole:
        claims = {c for cs in claims_by_row(graph, filled, rows) for c in cs}
        held = holdings_of(graph, sorted(claims))
    return told_of(graph, filled, rows, days, held)


def said_of(
    graph: Graph,
    filled: Filled,
    reading: Reading,
    rows: Rows,
    spoken: Mapping[str, str],
    told: Told,
    lang: Language,
) -> Said:
    """The sentence of an answer, with the parties of its ties where its items name them."""
    parties: Mapping[str, list[tuple[str, str]]] = {}
    if "tie" in rows.variables and needs_parties(filled, lang):
        ties = {value_of(term) for term in rows.column("tie")}
        parties = parties_of(graph, sorted(ties), lang)
    return answer_sentence(filled, reading, rows, spoken, told, parties, lang)


def figures_beside(
    graph: Graph,
    catalog: Catalog,
    base: str,
    filled: Filled,
    spoken: Mapping[str, str],
    lang: Language,
) -> list[str]:
    """How many figures there are about the bodies of a question that asks how many, and how to ask for them."""
    name = "figures-about"
    if name not in catalog.questions or filled.question.name == name:
        return []
    figures = catalog.find(name)
    found: list[str] = []
    for slot in ("body", "one", "other"):
        if slot not in filled.values:
            continue
        values = {"body": filled.values[slot], "language": lang}
        rows = graph.query(figures.bind(values, base), name=name)
        if isinstance(rows, Rows) and len(rows):
            asks = figures.asks(lang, body=spoken[slot])
            facts = {"body": spoken[slot], "count": len(rows), "asks": asks}
            found.append(reply_words().say("figures-too", lang, **facts))
    return found


def unused_in(reading: Reading, filled: Filled, rows: Rows) -> list[str]:
    """What a question names and its entry had no use for: things, and words that look like names.

    What the rows tell of does not count, nor what is part of the name or key of a thing that was used.
    """
    terms = [term for row in rows for term in row]
    things = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    texts = {value_of(term).casefold() for term in terms} - things
    used = [mention.name.casefold() for mention in filled.named.values()]
    used += [value.casefold() for value in filled.values.values()]
    told = [
        mention.written
        for mention in filled.unused
        if mention.kind in _NAMED_BESIDE
        and mention.iri not in things
        and not any(mention.name.casefold() in text for text in texts)
        and not any(mention.iri.rpartition("/")[2] in name for name in used)
        and f"mention:{mention.kind}" not in filled.frame.helps
    ]
    limits = {narrowing.spoken for narrowing in filled.narrowings}
    told += [
        word.written
        for word in reading.unknown
        if word.is_capital
        and word.start
        and not any(word.plain in name for name in used)
    ]
    return [written for written in dict.fromkeys(told) if written not in limits]


def holdings_by_row(told: Told) -> tuple[str | None, ...]:
    """How each row held, by the code; nothing where no days were asked."""
    return tuple(str(h) if h else None for h in told.holdings) if told.days else ()


def says_nothing(rows: Rows) -> bool:
    """Whether all there is are counts of nothing, as an aggregate over no rows gives."""
    zero = ox.Literal(0)
    return all(term == zero or term is None for row in rows for term in row)
