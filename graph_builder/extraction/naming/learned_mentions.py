"""Mentions by a model of names, beside those of the rules: where rules found a name, theirs stands."""

from bisect import bisect_left
from collections.abc import Sequence

from ..reading import Document
from .mentions import Entity, Mention
from .name_model import LearnedName, NameModel

RULE = "ner"


def with_learned(
    document: Document, mentions: Sequence[Mention], model: NameModel
) -> tuple[Mention, ...]:
    """The mentions of the rules (in the order of the text) and those that the model adds to them.

    A name that shares a character with a mention is left out. A name that an entity of its kind has
    is one more mention of that entity.
    """
    known: dict[tuple[str, str], Entity] = {}
    for each in mentions:
        for form in (each.entity.name, *each.entity.aliases):
            known.setdefault((each.kind, form.casefold()), each.entity)
    made = list(mentions)
    for sentence in document.sentences:
        for name in model.names_in(sentence):
            if _is_free(name, mentions):
                surface = document.text[name.start : name.end]
                key = (name.kind, surface.casefold())
                entity = known.setdefault(key, Entity(name.kind, surface))
                made.append(
                    Mention(
                        name.start,
                        name.end,
                        surface,
                        name.kind,
                        entity,
                        RULE,
                        name.score,
                    )
                )
    return tuple(sorted(made, key=lambda each: (each.start, -each.end)))


def _is_free(name: LearnedName, mentions: Sequence[Mention]) -> bool:
    at = bisect_left(mentions, name.start, key=lambda each: each.start)
    after = at < len(mentions) and mentions[at].start < name.end
    # A mention may begin before another and end after it, so a few before are looked at.
    before = any(each.end > name.start for each in mentions[max(0, at - 4) : at])
    return not (after or before)
