"""Bodies within bodies, where their names stand side by side."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ..naming import Entity, Mention
from ..reading import Document
from .participants import Participant, Tie

_BESIDE = re.compile(r" (?:\([^()\n]{1,20}\) )?(?:pada )?")


def nested_units(document: Document, mentions: Sequence[Mention]) -> list[Tie]:
    """A unit belongs to the ministry that stands right after it; a directorate general, to the only one named."""
    ministries = {
        id(each.entity): each.entity
        for each in mentions
        if each.entity.type == "ministry"
    }
    above: dict[int, Entity] = {}
    beside = set[int]()
    for each, following in pairwise(mentions):
        gap = document.text[each.end : following.start]
        if (
            each.kind == "institution"
            and each.entity.type != "ministry"
            and following.entity.type == "ministry"
            and _BESIDE.fullmatch(gap)
        ):
            above.setdefault(id(each.entity), following.entity)
            beside.add(id(each.entity))
    units = {
        id(each.entity): each
        for each in reversed(mentions)
        if each.entity.type == "directorate-general" or id(each.entity) in beside
    }
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
