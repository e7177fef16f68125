"""Records as sheets: rows of texts under headings, the other way round from reading tables.

A sheet holds one kind of record, a record a row. Lists stand in numbered columns while they are
short; where a record has more items than there are columns for, all of that list goes to a sheet
of its own, `ties.participants`. Reading the sheets gives back the same records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pydantic import BaseModel

from simpul.ontology import Language, Wording, code_lists

from .problems import FieldPath
from .readers import Value
from .readers.cells import BadCell, text_of
from .readers.headings import headings_of
from .readers.layout import OF, Field, fields_of
from .readers.plan import SEPARATOR
from .readers.words import KINDS, VALUES
from .reading import MODELS
from .records import Bilingual

Data = Mapping[str, Value]
"""One record or part of one as written: texts, lists and mappings by name of field."""

SLOTS = {"participants": 4, "evidence": 2}
"""For how many items of a list an empty sheet has columns; for any other, one."""

_SHOWN_PARTS: Mapping[str, tuple[str, ...]] = {
    "EvidenceItem": ("source", "locator", "stance", "note"),
    "InstitutionEvidence": ("source", "locator", "stance", "bears_on", "note"),
    "Participant": ("party", "unnamed", "role"),
    "Location": ("place", "from", "until", "source"),
    "FormerName": ("name", "from", "until", "source"),
    "NameForm": ("form", "sources"),
    "PostHeld": ("institution", "title", "from", "until", "evidence"),
    "BreakdownOf": ("coverage", "dimension"),
    "Selector": ("start", "end", "digest"),
}
"""The fields of a part that an empty sheet has columns for; records that use others get theirs."""

_LAST = ("evidence", "status", "note")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: its code, how it is shown, and what it means."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it holds, its heading, and what belongs there."""

    path: FieldPath
    heading: str
    about: str
    holds: Field
    required: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one kind of record, or of one list of its parts. A row is {path: text}."""

    kind: str
    name: str
    model: type[BaseModel]
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[FieldPath, str]] = field(
        default_factory=list[Mapping[FieldPath, str]]
    )


def sheets_of(
    records: Mapping[str, Sequence[Data]], language: Language
) -> tuple[Sheet, ...]:
    """The sheets of records by kind of file, `ties`; headings and labels in one language.

    Every kind has a sheet, with columns for what is usually filled in and for all that records use.
    Codes are shown by their labels, where no other code of the field has that label.
    """
    return tuple(
        sheet
        for kind, model in MODELS.items()
        for sheet in _sheets_of_kind(kind, model, records.get(kind, ()), language)
    )


def _sheets_of_kind(
    kind: str, model: type[BaseModel], records: Sequence[Data], language: Language
) -> Iterator[Sheet]:
    apart = [
        part.name
        for part in fields_of(model)
        if part.many and part.parts and _longest(records, part.name) > _slots(part)
    ]
    name = KINDS[kind][language][0]
    rows = [
        dict(_flat({n: v for n, v in record.items() if n not in apart}))
        for record in records
    ]
    usual = [path for path in _usual_paths(model) if path[0] not in apart]
    yield _sheet(kind, name, model, usual, rows, language)
    for list_name in apart:
        part = next(part for part in fields_of(model) if part.name == list_name)
        assert part.parts is not None
        items = [
            {("of",): _key(record)} | dict(_flat(item))
            for record in records
            for item in _items(record, list_name)
        ]
        usual = [("of",), *_usual_paths(part.parts)]
        name_of_list = headings_of(model).written((list_name,), language)
        yield _sheet(
            f"{kind}.{list_name}",
            f"{name}.{name_of_list}",
            part.parts,
            usual,
            items,
            language,
        )


def _sheet(
    kind: str,
    name: str,
    model: type[BaseModel],
    usual: Sequence[FieldPath],
    rows: Sequence[Mapping[FieldPath, str]],
    language: Language,
) -> Sheet:
    child = "." in kind
    paths = sorted(
        {*usual, *(path for row in rows for path in row)},
        key=lambda path: _order(model, path, child),
    )
    headings = headings_of(model, child)
    columns = tuple(
        Column(
            path,
            headings.written(path, language),
            explanation(model, path, language),
            headings.field(path),
            _is_required(model, path, child),
        )
        for path in paths
    )
    fields = {column.path: column.holds for column in columns}
    shown = [
        {path: labelled(text, fields[path], language) for path, text in row.items()}
        for row in rows
    ]
    return Sheet(kind, name, model, columns, shown)


def labelled(text: str, holds: Field, language: Language) -> str:
    """A code, or codes of a list, by label; the code itself where the label would not be read back.

    >>> from simpul.graph_builder.records import Tie
    >>> labelled("cooperation", headings_of(Tie).field(("type",)), "id")
    'kerja sama'
    """
    if not holds.coded:
        return text
    codes = text.split(f"{SEPARATOR} ") if holds.many else [text]
    labels = {choice.code: choice.label for choice in choices(holds, language)}
    return f"{SEPARATOR} ".join(labels.get(code, code) for code in codes)


@cache
def choices(holds: Field, language: Language) -> tuple[Choice, ...]:
    """The values a field can have, in the order of its lists; none where it is free."""
    schemes = [codes.scheme() for codes in holds.codes]
    if "industry" in holds.holds:
        schemes.append("industry")
    found = [
        Choice(concept.code, concept.labels[language], concept.definitions[language])
        for scheme in schemes
        for concept in code_lists().scheme(scheme)
    ]
    words = [*holds.words, *(("true", "false") if "truth" in holds.holds else ())]
    found += [Choice(word, VALUES[word][language][0], "") for word in words]
    return tuple(
        choice
        if _means(choice.label, holds, choice.code)
        else replace(choice, label=choice.code)
        for choice in found
    )


def _means(label: str, holds: Field, code: str) -> bool:
    try:
        return text_of(label, holds) == code
    except BadCell:
        return False


def explanation(model: type[BaseModel], path: FieldPath, language: Language) -> str:
    """What belongs into a field, in words; the language of a text in two is named besides."""
    told: list[str] = []
    here: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or here is None:
            continue
        if here is not Bilingual:
            told.clear()
        told.append(explanations().say(explanation_code(here, step), language))
        here = next((f.parts for f in fields_of(here) if f.name == step), None)
    return " ".join(told)


def explained_kind(kind: str, language: Language) -> str:
    """What one record of a kind is, `ties`."""
    return explanations().say(f"kind-{kind}", language)


def explanation_code(model: type[BaseModel], name: str) -> str:
    """The code of the sentence on a field: one of its own model, or the one it shares."""
    for owner in model.__mro__:
        if (code := f"{owner.__name__}.{name}") in explanations().sentences:
            return code
    return name


@cache
def explanations() -> Wording:
    """What is said on fields and kinds of record."""
    return Wording.load("simpul.graph_builder", "explanations.toml")


def _usual_paths(model: type[BaseModel]) -> Iterator[FieldPath]:
    """The columns of an empty sheet."""
    shown = _SHOWN_PARTS.get(model.__name__)
    for part in fields_of(model):
        if shown is None or part.name in shown:
            yield from _usual_paths_of(part)


def _usual_paths_of(part: Field) -> Iterator[FieldPath]:
    if part.parts is None or part.single:
        bilingual = part.parts is Bilingual and part.required
        if not bilingual:
            yield (part.name,)
            return
    assert part.parts is not None
    for position in range(_slots(part)) if part.many else (None,):
        for path in _usual_paths(part.parts):
            start = (part.name,) if position is None else (part.name, position)
            yield (*start, *path)


def _slots(part: Field) -> int:
    return SLOTS.get(part.name, 1)


def _order(model: type[BaseModel], path: FieldPath, child: bool) -> tuple[int, ...]:
    """Where a column stands: the key first, what is common to all records last."""
    order: list[int] = []
    for step, fields in _way(model, path, child):
        if isinstance(step, int):
            order.append(step)
            continue
        last = 1 + _LAST.index(step) if step in _LAST else 0
        place = [part.name for part in fields].index(step)
        order += [last, step not in {"id", "of"}, place]
    return tuple(order)


def _is_required(model: type[BaseModel], path: FieldPath, child: bool) -> bool:
    """Whether a row is wrong without it: it, and all it is part of, must be there."""
    return all(
        step == 0
        if isinstance(step, int)
        else any(part.required for part in fields if part.name == step)
        for step, fields in _way(model, path, child)
    )


def _way(
    model: type[BaseModel], path: FieldPath, child: bool
) -> Iterator[tuple[str | int, tuple[Field, ...]]]:
    """The steps of a path, each with the fields there are where it is taken."""
    fields: tuple[Field, ...] = (*((OF,) if child else ()), *fields_of(model))
    for step in path:
        yield step, fields
        if isinstance(step, str):
            parts = next(part.parts for part in fields if part.name == step)
            fields = fields_of(parts) if parts else ()


def _flat(data: Value | Data, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """The texts in some data, each with its way to it; a plain list is one text if it can be."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _flat(value, (*path, name))
    elif data:
        texts = [item for item in data if isinstance(item, str)]
        if len(texts) == len(data) and not any(SEPARATOR in text for text in texts):
            yield path, f"{SEPARATOR} ".join(texts)
            return
        for position, item in enumerate(data):
            yield from _flat(item, (*path, position))


def _items(record: Data, name: str) -> Iterable[Data]:
    items = record.get(name)
    return (i for i in items if isinstance(i, dict)) if isinstance(items, list) else ()


def _longest(records: Iterable[Data], name: str) -> int:
    return max((len(list(_items(record, name))) for record in records), default=0)


def _key(record: Data) -> str:
    """The key that rows of parts name their record by; a passage is numbered within its source."""
    key, source = record.get("id"), record.get("source")
    return f"{source}/{key}" if isinstance(source, str) else str(key)
