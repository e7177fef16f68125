"""A reply as plain data for programs, and its points in words."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from ..results import Rows, Term
from ..tables import shown
from .reply import Reply
from .wording import on_one_line, reply_words


def reply_data(reply: Reply) -> dict[str, Any]:
    """The whole reply as JSON can hold it; things in rows by kind and key, unbound cells null."""
    return {
        "kind": reply.kind.value,
        "is_answer": reply.is_answer,
        "question": reply.text,
        "language": reply.lang,
        "sentence": reply.sentence,
        "query": reply.question,
        "asks": reply.asks,
        "slots": dict(reply.slots),
        "as_of": reply.as_of,
        "notes": list(reply.notes),
        "columns": list(reply.rows.variables) if reply.rows else [],
        "rows": _rows(reply.rows) if reply.rows else [],
        "holdings": list(reply.holdings),
        "left_out": reply.left_out,
        "sources": [asdict(source) for source in reply.sources],
        "sparql": reply.sparql,
        "sureness": reply.sureness,
        "why": [
            {"points": reason.points, "for": sentence}
            for reason, sentence in zip(reply.why, why_in_words(reply), strict=True)
        ],
        "alternatives": [
            {
                "query": other.question,
                "asks": other.asks,
                "slots": dict(other.slots),
                "missing": list(other.missing),
                "score": other.score,
            }
            for other in reply.alternatives
        ],
    }


def why_in_words(reply: Reply) -> Iterator[str]:
    """What each of the points of a reply is for, in its language."""
    for reason in reply.why:
        about = on_one_line(reason.about)
        yield (
            reply_words().say(f"why-{reason.code}", reply.lang, about=about)
            if (reason.about)
            else reply_words().say(f"why-{reason.code}", reply.lang)
        )


def _rows(rows: Rows) -> list[dict[str, str | None]]:
    return [{name: _cell(term) for name, term in row.items()} for row in rows.dicts()]


def _cell(term: Term | None) -> str | None:
    if term is None:
        return None
    return (
        shown(term)
        if isinstance(term, ox.NamedNode)
        else getattr(term, "value", str(term))
    )
