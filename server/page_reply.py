"""The reply to a question in everyday words, as a page shows it. It waits for answers: call it from a thread."""

from collections.abc import Mapping
from urllib.parse import urlencode

from simpul.queries import Graph, catalog
from simpul.queries.asking import Reply
from simpul.visualizations.site import (
    Answered,
    Entry,
    EvidenceView,
    Frame,
    Part,
    Speaker,
    safe_url,
    table_of,
    things_in,
)

from .page_reading import named

SHOWN_SOURCES = 40
"""So many sources stand below an answer."""


def answered_view(graph: Graph, reply: Reply, frame: Frame) -> Answered:
    """A reply on its page: the sentence, the rows, the sources, and what else may have been meant."""
    table = None
    if reply.rows is not None:
        speaker = Speaker(frame, named(graph, things_in(reply.rows)))
        columns = next((q.columns for q in catalog() if q.name == reply.question), ())
        table = table_of(speaker, reply.rows, columns)
    understood = None
    if reply.question:
        href = _href(frame, reply.question, reply.slots)
        understood = Part(reply.asks or reply.question, href)
    sources = tuple(
        EvidenceView(
            source.stance,
            frame.say(source.stance),
            Part(source.title, _page(frame, source.document)),
            safe_url(source.url),
            (Part(source.publisher),) if source.publisher else (),
            frame.date(source.issued) if source.issued else frame.say("undated"),
            source.locator or None,
            None,
            "",
            (),
            None,
        )
        for source in reply.sources[:SHOWN_SOURCES]
    )
    return Answered(
        reply.text,
        " ".join((reply.sentence, *reply.notes)),
        understood,
        round(100 * reply.sureness),
        table,
        sources,
        tuple(
            Entry(
                catalog().find(other.question).title(frame.language),
                other.asks,
                _href(frame, other.question, other.slots),
            )
            for other in reply.alternatives
        ),
        sparql=reply.sparql,
    )


def _href(frame: Frame, question: str, slots: Mapping[str, str]) -> str:
    given = {name: value for name, value in slots.items() if name != "language"}
    address = frame.href(f"/questions/{question}")
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}{urlencode(given)}" if given else address


def _page(frame: Frame, document: str) -> str | None:
    if "://" in document:
        return frame.href_of(document)
    return frame.href(f"/id/{document}") if document else None
