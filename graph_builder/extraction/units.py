"""Bodies within bodies, where their names stand side by side."""

from collections.abc import Sequence
from itertools import pairwise

from .document import Document
from .mentions import Entity, Mention
from .participants import Participant, Tie


def nested_units(document: Document, mentions: Sequence[Mention]) -> list[Tie]:
    """A directorate general belongs to a ministry: the one that stands right after it, or the only one named."""
    units = {
        id(each.entity): each
        for each in reversed(mentions)
        if each.entity.type == "directorate-general"
    }
    ministries = {
        id(each.entity): each.entity
        for each in mentions
        if each.entity.type == "ministry"
    }
    above: dict[int, Entity] = {}
    for each, following in pairwise(mentions):
        if following.entity.type == "ministry" and 0 <= following.start - each.end <= 2:
            above.setdefault(id(each.entity), following.entity)
    found = list[Tie]()
    for unit in units.values():
        upper, rule, score = above.get(id(unit.entity)), "unit-of-ministry", 0.85
        if upper is None and len(ministries) == 1:
            upper, rule, score = next(iter(ministries.values())), "only-ministry", 0.65
        if upper is None:
            continue
        sentence = document.sentence_at(unit.start)
        if sentence is None:
            continue
        found.append(
            Tie("hierarchy", (
                Participant(unit.entity, "subordinate", unit.surface), Participant(upper, "superior", upper.name),
            ), "realised", "neutral", None, sentence.start, sentence.end, unit.surface, rule, score)
        )  # fmt: skip
    return found
