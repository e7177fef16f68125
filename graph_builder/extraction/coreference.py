"""Whom words that name nobody mean, in the plain cases: `balai itu`, `pihaknya`, `keduanya`, ia and dia, a surname.

Only what a reader would settle without thinking is settled: the last body of the kind that the word
names, the person who spoke last, the two bodies that stand together. The rest is left open.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import Document
from .mentions import Entity, Mention
from .quotes import Quote, speaker_at

_HEADS: Mapping[str, tuple[str, ...]] = {
    "kementerian": ("kementerian", "kemen"), "balai": ("balai",), "dinas": ("dinas", "disper", "dis"), "badan": ("badan",),
    "universitas": ("universitas",), "kampus": ("universitas", "institut", "politeknik", "sekolah tinggi"),
    "politeknik": ("politeknik",), "institut": ("institut",), "koperasi": ("koperasi",), "bank": ("bank",),
    "asosiasi": ("asosiasi", "gabungan", "himpunan", "perhimpunan", "ikatan", "persatuan"), "yayasan": ("yayasan",),
    "perusahaan": ("pt", "cv", "perusahaan", "perum", "perseroan", "tbk"), "perseroan": ("pt",), "emiten": ("pt",),
    "direktorat": ("direktorat",), "ditjen": ("direktorat jenderal", "ditjen"), "komisi": ("komisi",), "dewan": ("dewan",),
    "pemkab": ("pemerintah kabupaten", "pemkab"), "pemkot": ("pemerintah kota", "pemkot"),
    "pemprov": ("pemerintah provinsi", "pemprov"),
}  # fmt: skip
_IN_MIND = 12
_ANY_BODY = {"lembaga", "instansi", "institusi", "organisasi"}
_THAT_BODY = re.compile(
    r"\b(?P<head>"
    + "|".join([*_HEADS, *sorted(_ANY_BODY)])
    + r") (?:itu|tersebut|ini)\b",
    re.IGNORECASE,
)
_ITS_SIDE = re.compile(
    r"\b(?:pihaknya|instansinya|lembaganya|perusahaannya|kementeriannya|institusinya)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:kami|pihak kami)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:keduanya|kedua (?:belah )?(?:pihak|lembaga|instansi|institusi|perusahaan|pemerintah|kementerian|organisasi|asosiasi|kampus|universitas|daerah))\b",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?:ia|dia|beliau)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s,]*(?:\([^)]{1,20}\))?[\s,]*(?:dan|serta|dengan|bersama|bersama dengan)\s*"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for entities named elsewhere; two entities for `keduanya`."""

    start: int
    end: int
    surface: str
    entities: tuple[Entity, ...]
    rule: str
    score: float


def find_references(
    document: Document, mentions: Sequence[Mention], quotes: Sequence[Quote] = ()
) -> tuple[Reference, ...]:
    """The references of a document that can be settled, in their order.

    `mentions` are in the order of the text. What a mention already covers is passed over.
    """
    bodies = [each for each in mentions if each.kind == "institution"]
    people = [each for each in mentions if each.kind == "person"]
    found = [
        *_that_body(document.text, bodies),
        *_side(document.text, people, quotes),
        *_both(document, bodies),
        *_he(document, people),
        *_surnames(document.text, people),
    ]
    starts = [each.start for each in mentions]
    free = [each for each in found if not _covered(each, mentions, starts)]
    return tuple(sorted(free, key=lambda each: (each.start, each.end)))


def _covered(
    reference: Reference, mentions: Sequence[Mention], starts: Sequence[int]
) -> bool:
    at = bisect_right(starts, reference.start) - 1
    after = at + 1 < len(mentions) and mentions[at + 1].start < reference.end
    return after or (at >= 0 and mentions[at].end > reference.start)


def _before(mentions: Sequence[Mention], place: int) -> Sequence[Mention]:
    """The last mentions before a place, as many as a reader would still have in mind."""
    at = bisect_right(mentions, place, key=lambda each: each.end)
    return mentions[max(0, at - _IN_MIND) : at]


def _that_body(text: str, bodies: Sequence[Mention]) -> Iterator[Reference]:
    for match in _THAT_BODY.finditer(text):
        head = match["head"].casefold()
        heads = _HEADS.get(head)
        earlier = _before(bodies, match.start())
        for each in reversed(earlier):
            if heads is None or _named_by(each.entity, heads):
                score = 0.85 if heads else 0.7
                yield Reference(
                    *match.span(), match[0], (each.entity,), "that-body", score
                )
                break


def _named_by(entity: Entity, heads: tuple[str, ...]) -> bool:
    names = (entity.name, *entity.aliases)
    return any(name.casefold().startswith(heads) for name in names) or (
        "pt" in heads and (entity.type or "") in {"company", "state-owned-enterprise"}
    )


def _side(
    text: str, people: Sequence[Mention], quotes: Sequence[Quote]
) -> Iterator[Reference]:
    for pattern, rule, score in ((_ITS_SIDE, "its-side", 0.8), (_WE, "we", 0.75)):
        for match in pattern.finditer(text):
            speaker = speaker_at(quotes, match.start())
            if speaker is None and rule == "its-side":
                earlier = _before(people, match.start())
                speaker = earlier[-1].entity if earlier else None
            body = speaker and (
                speaker if speaker.kind == "institution" else speaker.institution
            )
            if body:
                yield Reference(*match.span(), match[0], (body,), rule, score)


def _both(document: Document, bodies: Sequence[Mention]) -> Iterator[Reference]:
    for match in _BOTH.finditer(document.text):
        earlier = _before(bodies, match.start())
        for first, second in reversed(list(pairwise(earlier))):
            if first.entity is second.entity:
                continue
            if _JOINED.fullmatch(document.text, first.end, second.start):
                yield Reference(
                    *match.span(), match[0], (first.entity, second.entity), "both", 0.75
                )
                break


def _he(document: Document, people: Sequence[Mention]) -> Iterator[Reference]:
    for match in _HE.finditer(document.text):
        earlier = _before(people, match.start())
        if earlier:
            yield Reference(
                *match.span(), match[0], (earlier[-1].entity,), "pronoun", 0.75
            )


def _surnames(text: str, people: Sequence[Mention]) -> Iterator[Reference]:
    """Later mentions of a person by one part of the name, where no other person shares it."""
    first: dict[str, Mention | None] = {}
    for each in people:
        for part in each.entity.name.split():
            if len(part) < 3 or not part[0].isupper() or part.endswith("."):
                continue
            known = first.setdefault(part, each)
            if known is not None and known.entity is not each.entity:
                first[part] = None
    if not first:
        return
    for match in re.finditer(r"\b[A-Z][\w'’-]{2,}", text):
        known = first.get(match[0])
        if known is not None and match.start() >= known.end:
            yield Reference(*match.span(), match[0], (known.entity,), "one-name", 0.8)
