"""Whom words that name nobody mean, in the plain cases: `balai itu`, `pihaknya`, `keduanya`, ia and dia, a surname.

Only what a reader would settle without thinking is settled: the last body of the kind that the word
names, the person who spoke last, the two bodies that stand together. The rest is left open.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..naming import Entity, Mention
from ..reading import Document
from .quotes import Quote, speaker_at

_HEADS: Mapping[str, tuple[str, ...]] = {
    "kementerian": ("kementerian", "kemen"), "balai": ("balai",), "dinas": ("dinas", "disper", "dis"), "badan": ("badan",),
    "universitas": ("universitas", "university"), "kampus": ("universitas", "institut", "politeknik", "sekolah tinggi", "university"),
    "politeknik": ("politeknik",), "institut": ("institut",), "koperasi": ("koperasi", "kud", "ksp", "primkop"), "bank": ("bank",),
    "asosiasi": ("asosiasi", "gabungan", "himpunan", "perhimpunan", "ikatan", "persatuan"), "yayasan": ("yayasan",),
    "himpunan": ("himpunan",), "gabungan": ("gabungan",), "paguyuban": ("paguyuban",), "sanggar": ("sanggar",),
    "kelompok": ("kelompok", "poktan", "kub", "gapoktan"), "komunitas": ("komunitas",), "jaringan": ("jaringan",), "aliansi": ("aliansi",), "konsorsium": ("konsorsium",), "federasi": ("federasi",), "serikat": ("serikat",),
    "perusahaan": ("pt", "cv", "perusahaan", "perum", "perseroan", "tbk", "ud"), "perseroan": ("pt",), "emiten": ("pt",),
    "pabrik": ("pabrik", "pt", "cv"), "direktorat": ("direktorat",), "ditjen": ("direktorat jenderal", "ditjen"),
    "komisi": ("komisi",), "dewan": ("dewan",), "sekolah": ("smk", "sma", "sekolah", "madrasah"), "smk": ("smk",),
    "museum": ("museum",), "kedutaan": ("kedutaan",), "perkumpulan": ("perkumpulan", "perhimpunan"), "forum": ("forum",),
    "pesantren": ("pesantren", "pondok pesantren"), "organisasi": (), "lembaga": (),
    "instansi": (), "institusi": (),
    "pemkab": ("pemerintah kabupaten", "pemkab"), "pemkot": ("pemerintah kota", "pemkot"),
    "pemprov": ("pemerintah provinsi", "pemprov"),
}  # fmt: skip
"""For each noun how the names of the bodies begin that it may mean; with none, it may mean any."""
_TYPES: Mapping[str, frozenset[str]] = {
    "perusahaan": frozenset({"company", "state-owned-enterprise"}),
    "perseroan": frozenset({"company", "state-owned-enterprise"}),
    "emiten": frozenset({"company", "state-owned-enterprise"}),
    "pabrik": frozenset({"company", "state-owned-enterprise"}),
    "rumah sakit": frozenset({"hospital"}),
}
_LONG_HEADS: Mapping[str, tuple[str, ...]] = {
    "rumah sakit": ("rumah sakit", "rs", "rsud", "rsup"),
    "kelompok tani": ("kelompok tani", "poktan"), "kelompok usaha": ("kelompok usaha", "kub"),
    "lembaga sertifikasi": ("lembaga sertifikasi", "lsp"), "pemerintah kabupaten": ("pemerintah kabupaten", "pemkab"),
    "pemerintah kota": ("pemerintah kota", "pemkot"), "pemerintah provinsi": ("pemerintah provinsi", "pemprov"),
    "pemerintah daerah": ("pemerintah kabupaten", "pemerintah kota", "pemerintah provinsi", "pemkab", "pemkot", "pemprov"),
    "perguruan tinggi": ("universitas", "institut", "politeknik", "sekolah tinggi", "university"),
}  # fmt: skip
_ALL_HEADS = {**_HEADS, **_LONG_HEADS}
_ALWAYS = frozenset({"perseroan", "emiten"})
"""Nouns that mean one body without `itu`."""
_BARE = frozenset({"perusahaan", "koperasi", "yayasan", "paguyuban", "sanggar", "asosiasi", "himpunan", "universitas", "kampus", "politeknik", "balai", "pemkab", "pemkot", "pemprov", })  # fmt: skip
"""Nouns that mean the one body of their kind where the article names no other."""
_NOUNS = "|".join(sorted(_ALL_HEADS, key=lambda each: (-len(each), each)))
_IN_MIND = 12
_THAT_BODY = re.compile(rf"\b(?P<head>{_NOUNS}) (?:itu|tersebut|ini)\b", re.IGNORECASE)
_BARE_BODY = re.compile(
    rf"\b(?P<head>(?i:{'|'.join(sorted(_BARE | _ALWAYS))}))(?= (?:juga|akan|telah|sudah|yang|untuk|dalam|dan|dengan|melalui|pada|me\w+|ber\w+|di\w+|ter\w+|kini|menjadi|tidak|pun|agar|itu)\b|[.,;\"”])",
)
_ITS_SIDE = re.compile(
    r"\b(?:pihaknya|instansinya|lembaganya|perusahaannya|kementeriannya|institusinya|organisasinya|koperasinya|kampusnya|asosiasinya|universitasnya|dinasnya|yayasannya|sekolahnya|kantornya|perseroannya)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:kami|pihak kami)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:keduanya|kedua (?:belah )?(?:pihak|lembaga|instansi|institusi|perusahaan|pemerintah|kementerian|organisasi|asosiasi|kampus|universitas|daerah|perseroan|badan|bank|koperasi))\b",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"\b(?P<number>ketiga|keempat|kelima)(?:nya| (?P<noun>pihak|lembaga|instansi|institusi|perusahaan|organisasi|kampus|bank|koperasi|universitas|yayasan|asosiasi|kementerian))\b",
    re.IGNORECASE,
)
_NUMBERS = {"ketiga": 3, "keempat": 4, "kelima": 5}
_HE = re.compile(r"\b(?:ia|dia|beliau)\b", re.IGNORECASE)
_THEY = re.compile(r"\bmereka\b", re.IGNORECASE)
_OF_MANY = ("kelompok", "paguyuban", "forum", "himpunan", "koperasi", "serikat", "komunitas", "persatuan", "asosiasi", "aliansi", "perkumpulan", "perhimpunan", "gapoktan", "ikatan")  # fmt: skip
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
        *_bare_body(document.text, bodies),
        *_side(document.text, people, quotes),
        *_both(document, bodies),
        *_he(document, people),
        *_they(document, bodies),
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
        earlier = _before(bodies, match.start())
        for each in reversed(earlier):
            if _may_mean(head, each.entity):
                score = 0.85 if _ALL_HEADS[head] else 0.7
                yield Reference(
                    *match.span(), match[0], (each.entity,), "that-body", score
                )
                break


def _bare_body(text: str, bodies: Sequence[Mention]) -> Iterator[Reference]:
    """`perseroan`, and `koperasi` where only one is named: the noun alone is as good as the name."""
    for match in _BARE_BODY.finditer(text):
        head = match["head"].casefold()
        known = dict.fromkeys(
            each.entity
            for each in _before(bodies, match.start())
            if _may_mean(head, each.entity)
        )
        if head in _ALWAYS and known:
            named = Counter(each.entity for each in _before(bodies, match.start()))
            most = max(known, key=lambda each: named[each])
            yield Reference(*match.span(), match[0], (most,), "that-body", 0.8)
        elif len(known) == 1:
            yield Reference(*match.span(), match[0], (*known,), "only-body", 0.7)


def _may_mean(head: str, entity: Entity) -> bool:
    heads, types = _ALL_HEADS[head], _TYPES.get(head, frozenset())
    if not heads or entity.type in types:
        return True
    return any(
        name.casefold() == each or name.casefold().startswith((f"{each} ", f"{each}-"))
        for name in (entity.name, *entity.aliases)
        for each in heads
    ) or (
        head in {"kementerian", "dinas", "pemkab"}
        and entity.name.casefold().startswith(heads)
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
        pair = _pair_before(document, _before(bodies, match.start()), match.start())
        if pair:
            yield Reference(*match.span(), match[0], pair, "both", 0.75)
    for match in _ALL_OF.finditer(document.text):
        earlier = _before(bodies, match.start())
        wanted = _NUMBERS[match["number"].casefold()]
        known = [*dict.fromkeys(each.entity for each in earlier)]
        noun = match["noun"]
        if len(known) != wanted and noun is not None and noun.casefold() in _ALL_HEADS:
            # "keempat perusahaan itu": those of the kind that were named last
            known = [each for each in known if _may_mean(noun.casefold(), each)]
        if len(known) == wanted:
            yield Reference(*match.span(), match[0], (*known,), "both", 0.7)


def _pair_before(
    document: Document, earlier: Sequence[Mention], place: int
) -> tuple[Entity, ...]:
    """The last two bodies that stand joined; else the only two of the last sentence that names any."""
    for first, second in reversed(list(pairwise(earlier))):
        if first.entity is second.entity:
            continue
        if _JOINED.fullmatch(document.text, first.end, second.start):
            return first.entity, second.entity
    here = document.sentence_at(place)
    told = [each for each in earlier if here is None or each.end <= here.start]
    sentence = document.sentence_at(told[-1].start) if told else None
    if sentence is None:
        return ()
    known = dict.fromkeys(each.entity for each in told if each.start >= sentence.start)
    return (*known,) if len(known) == 2 else ()


def _he(document: Document, people: Sequence[Mention]) -> Iterator[Reference]:
    for match in _HE.finditer(document.text):
        earlier = _before(people, match.start())
        if earlier:
            yield Reference(
                *match.span(), match[0], (earlier[-1].entity,), "pronoun", 0.75
            )


def _they(document: Document, bodies: Sequence[Mention]) -> Iterator[Reference]:
    """`mereka`, right after a sentence that is about one body of many people."""
    for match in _THEY.finditer(document.text):
        earlier = _before(bodies, match.start())
        last = document.sentence_at(earlier[-1].start) if earlier else None
        here = document.sentence_at(match.start())
        if last is None or here is None or last is here:
            continue
        if here.paragraph != last.paragraph:
            continue
        told = dict.fromkeys(
            each.entity
            for each in earlier
            if each.start >= last.start and _is_of_many(each.entity)
        )
        if len(told) == 1:
            yield Reference(*match.span(), match[0], (*told,), "they", 0.65)


def _is_of_many(entity: Entity) -> bool:
    return entity.name.casefold().startswith(_OF_MANY)


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
