"""Copy drift: what the copies of one release print differently, and which outlet prints what.

Where texts are there, each copy is laid beside the release, or beside the fullest copy. Where there
are none, the records still tell: forms of a name and who prints them, passages that contradict what
others support, figures that differ. A difference may reach outside the family, as when a copy
prints a total that another origin has otherwise; the documents outside are told apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from ..reading import Loaded
from ..records import (
    Discrepancy,
    Event,
    Evidence,
    EvidenceItem,
    Institution,
    Model,
    Note,
    Observation,
    Record,
    Tie,
)
from ..referring import items_of
from .alignment import Alignment, ChangeKind, align
from .families import Family
from .reuse import words

Stance = Literal["supports", "contradicts"]


class DriftKind(StrEnum):
    """What a difference was told by: words of texts (the first four), or records."""

    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    WORD = "word"
    CONTRADICTION = "contradiction"
    DISCREPANCY = "discrepancy"


@dataclass(frozen=True, slots=True)
class Printed:
    """One form, and the sources that print it; `inside` are those of the family.

    `form` is None where a passage has nothing of its own to show but its stance.
    """

    form: Note | None
    inside: tuple[str, ...]
    outside: tuple[str, ...] = ()
    stance: Stance = "supports"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two forms or more of one thing, the one that most of the family prints first.

    `about` is a record written `kind/key`, or the source whose text the others were laid beside.
    """

    kind: DriftKind
    about: str
    forms: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """What a family's copies changed. `beside` is the source of the text that served as release.

    `alignments` tells of each other text how it stands to that one.
    """

    family: Family
    beside: str | None
    alignments: Mapping[str, Alignment]
    differences: tuple[Difference, ...]


def drift_of(loaded: Loaded, family: Family, texts: Mapping[str, str]) -> Drift:
    """Tell what the documents of a family print differently, by their texts and by the records."""
    held = {key: texts[key] for key in family.documents if key in texts}
    beside = _fullest(held, family)
    alignments = {
        key: align(held[beside], text)
        for key, text in held.items()
        if beside is not None and key != beside
    }
    differences = [*_of_records(loaded, frozenset(family.documents))]
    if beside is not None:
        differences += _of_texts(beside, alignments)
    return Drift(family, beside, alignments, tuple(differences))


def _fullest(texts: Mapping[str, str], family: Family) -> str | None:
    """The origin where its text is there, else the longest text; the first key of equals."""
    known = [key for key in family.origins if key in texts] or list(texts)
    return min(known, key=lambda key: (-len(words(texts[key])), key), default=None)


def _of_texts(beside: str, copies: Mapping[str, Alignment]) -> Iterator[Difference]:
    changed: defaultdict[tuple[int, int, str, ChangeKind], dict[str, list[str]]]
    changed = defaultdict(lambda: defaultdict(list))
    for key, copy in sorted(copies.items()):
        for change in copy.changes:
            place = (change.first, change.last, change.words, change.kind)
            changed[place][change.printed].append(key)
    for (first, last, said, kind), others in sorted(changed.items()):
        whole = frozenset(range(first, last))
        same = [key for key, copy in sorted(copies.items()) if whole <= copy.kept]
        forms = {said: [beside, *same], **others}
        printed = [Printed(form, tuple(sorted(keys))) for form, keys in forms.items()]
        yield Difference(DriftKind(kind.value), beside, _in_order(printed))


@dataclass(frozen=True, slots=True)
class _Passage:
    """What one source prints of a thing."""

    source: str
    form: Note | None
    stance: Stance = "supports"


def _of_records(loaded: Loaded, family: Collection[str]) -> Iterator[Difference]:
    records = list(loaded.all())
    passages = _passages(records)
    yield from _names(records, family)
    yield from _mentions(records, family)
    for about, said in sorted(passages.items()):
        if len({passage.stance for passage in said}) > 1:
            yield from _difference(DriftKind.CONTRADICTION, about, said, family)
    for record in records:
        if isinstance(record, Discrepancy):
            items = _observations(loaded, record.claims)
            told = [each for item in items for each in _supporters(item, passages)]
            about = f"{record.kind_name}/{record.id}"
            yield from _difference(DriftKind.DISCREPANCY, about, told, family)
    yield from _figures(records, passages, family)


def _passages(records: Iterable[Record]) -> Mapping[str, list[_Passage]]:
    """What sources say for and against each record, or a claim inside one, by `kind/key`."""
    found: defaultdict[str, list[_Passage]] = defaultdict(list)
    for record in records:
        about = f"{record.kind_name}/{record.id}"
        if isinstance(record, Evidence):
            form = record.paraphrase or record.locator
            for claim in record.supports:
                found[claim].append(_Passage(record.source, form))
            for claim in record.disputes:
                found[claim].append(_Passage(record.source, form, "contradicts"))
            continue
        figure = _figure(record) if isinstance(record, Observation) else None
        for path, item in _items(record):
            place = f"{about}#{path}" if path else about
            if item.stance == "supports":
                found[place].append(_Passage(item.source, item.note or figure))
            elif item.stance == "contradicts":
                found[place].append(_Passage(item.source, item.note, "contradicts"))
    return found


def _items(model: Model, path: str = "") -> Iterator[tuple[str, EvidenceItem]]:
    """Every passage inside a record, with the part of the record it stands in."""
    for name in type(model).model_fields:
        value: Any = getattr(model, name)
        for position, item in enumerate(items_of(value)):
            if isinstance(item, EvidenceItem):
                yield path, item
            elif isinstance(item, Model):
                yield from _items(item, f"{name}[{position}]")


def _names(records: Iterable[Record], family: Collection[str]) -> Iterator[Difference]:
    for record in records:
        if isinstance(record, Institution):
            told = [
                _Passage(source, each.form)
                for each in record.name_forms
                for source in each.sources
                if source in family
            ]
            about = f"{record.kind_name}/{record.id}"
            yield from _difference(DriftKind.NAME, about, told, family)


def _mentions(
    records: Iterable[Record], family: Collection[str]
) -> Iterator[Difference]:
    """The ways in which ties and events of the family call one party."""
    called: defaultdict[str, list[_Passage]] = defaultdict(list)
    for record in records:
        if isinstance(record, Tie | Event):
            sources = [item.source for item in record.evidence if item.source in family]
            for part in record.participants:
                if part.party and part.mentioned_as:
                    said = [_Passage(source, part.mentioned_as) for source in sources]
                    called[part.party].extend(said)
    for party, told in sorted(called.items()):
        yield from _difference(DriftKind.NAME, f"party/{party}", told, family)


def _figures(
    records: Iterable[Record],
    passages: Mapping[str, Iterable[_Passage]],
    family: Collection[str],
) -> Iterator[Difference]:
    """Figures of one thing at one time that the family prints with different values."""
    slots: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for record in records:
        if isinstance(record, Observation):
            what = record.indicator or (record.measure and record.measure.id)
            whose = (record.about, record.industry, record.population)
            when = (record.as_of, record.period, record.mode)
            slots[(*whose, what, record.unit, *when)].append(record)
    for same in slots.values():
        told = [
            each
            for item in same
            for each in _supporters(item, passages)
            if each.source in family
        ]
        about = f"{same[0].kind_name}/{same[0].id}"
        yield from _difference(DriftKind.NUMBER, about, told, family)


def _supporters(
    item: Observation, passages: Mapping[str, Iterable[_Passage]]
) -> Iterator[_Passage]:
    """The sources that print a figure, each with the figure."""
    for passage in passages.get(f"observation/{item.id}", ()):
        if passage.stance == "supports":
            yield _Passage(passage.source, _figure(item))


def _observations(loaded: Loaded, claims: Iterable[str]) -> Iterator[Observation]:
    known = loaded.records.get("observation", {})
    for claim in claims:
        kind, _, key = claim.partition("/")
        record = known.get(key)
        if kind == "observation" and isinstance(record, Observation):
            yield record


def _figure(item: Observation) -> str:
    return f"{item.printed or item.value} {item.unit_text or item.unit} ({item.id})"


def _difference(
    kind: DriftKind, about: str, told: Iterable[_Passage], family: Collection[str]
) -> Iterator[Difference]:
    """The difference there is between forms, if two are printed, and one of them in the family."""
    sources: defaultdict[tuple[Note | None, Stance], set[str]] = defaultdict(set)
    for passage in told:
        sources[passage.form, passage.stance].add(passage.source)
    forms = [
        Printed(
            form,
            inside=tuple(sorted(key for key in keys if key in family)),
            outside=tuple(sorted(key for key in keys if key not in family)),
            stance=stance,
        )
        for (form, stance), keys in sources.items()
    ]
    if len(forms) > 1 and any(form.inside for form in forms):
        yield Difference(kind, about, _in_order(forms))


def _in_order(forms: Iterable[Printed]) -> tuple[Printed, ...]:
    """Most printed first; of equals, in the order they came."""
    return tuple(
        sorted(forms, key=lambda form: (-len(form.inside), -len(form.outside)))
    )
