"""Short articles whose names are marked by hand, so that what reads between the names is tested alone.

`[Name]` is an institution, `{Name|Body}` a person who speaks for a body.
"""

import re
from datetime import date

from simpul.graph_builder.extraction import (
    Document,
    Entity,
    Mention,
    Quote,
    Reference,
    Sentence,
    Tie,
    find_dates,
    find_quotes,
    find_references,
    find_ties,
    tokenize,
)

PUBLISHED = date(2025, 9, 17)
_MARKED = re.compile(r"\[([^\]]+)\]|\{([^}]+)\}")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”]?(?= [A-Z\"“])|$)")


def marked(article: str) -> tuple[Document, tuple[Mention, ...]]:
    """The document and the mentions of a marked article; a sentence ends before a capital letter."""
    text, place = "", 0
    entities: dict[str, Entity] = {}
    mentions = list[Mention]()
    for match in _MARKED.finditer(article):
        text += article[place : match.start()]
        place = match.end()
        name, _, body = (match[1] or match[2]).partition("|")
        institution = (
            entities.setdefault(body, Entity("institution", body)) if body else None
        )
        kind = _kind(name)
        made = (
            Entity("person", name, institution=institution)
            if match[2]
            else Entity("institution", name, type=kind)
        )
        entity = entities.setdefault(name, made)
        mentions.append(
            Mention(
                len(text), len(text) + len(name), name, entity.kind, entity, "test", 1.0
            )
        )
        text += name
    text += article[place:]
    sentences = list[Sentence]()
    for paragraph, line in enumerate(re.finditer(r"[^\n]+", text)):
        for match in _SENTENCE.finditer(line[0]):
            start, end = line.start() + match.start(), line.start() + match.end()
            sentences.append(
                Sentence(
                    start,
                    end,
                    text[start:end],
                    paragraph,
                    tokenize(text[start:end], start),
                )
            )
    document = Document(text, PUBLISHED, text, sentences=tuple(sentences))
    return document, tuple(mentions)


def _kind(name: str) -> str | None:
    if name.startswith("Kementerian"):
        return "ministry"
    return "directorate-general" if name.startswith("Direktorat Jenderal") else None


def quotes_of(article: str) -> tuple[Document, tuple[Quote, ...]]:
    """The document and the quotations of a marked article."""
    document, mentions = marked(article)
    return document, find_quotes(document, mentions)


def references_of(article: str) -> tuple[Reference, ...]:
    """The references of a marked article."""
    document, mentions = marked(article)
    return find_references(document, mentions, find_quotes(document, mentions))


def ties_of(article: str) -> tuple[Tie, ...]:
    """The ties of a marked article."""
    document, mentions = marked(article)
    quotes = find_quotes(document, mentions)
    references = find_references(document, mentions, quotes)
    dates = find_dates(document.text, document.published)
    return find_ties(document, mentions, references, quotes, dates)


def told(tie: Tie) -> str:
    """A tie as one line: `cooperation: lead-partner A, counterpart B`."""
    parties = ", ".join(
        f"{each.role} {each.entity.name if each.entity else f'({each.surface})'}"
        for each in tie.participants
    )
    return f"{tie.type}: {parties}"
