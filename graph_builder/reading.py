"""Raw records in, typed records out, with every problem of every record on the way."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import TypeVar

from pydantic import ValidationError

from simpul.ontology import LANGUAGES

from .ecosystem import Ecosystem
from .fields import reading_context
from .packets import Read, read_with_packets
from .problems import Fact, Problem
from .readers import RawRecord, read_folder
from .records import RECORD_KINDS, Record
from .refusals import refusals

Path = tuple[str | int, ...]
R = TypeVar("R", bound=Record)

MODELS = {model.file_name.removesuffix(".yaml"): model for model in RECORD_KINDS}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records of an ecosystem by kind and key, where they were written, and what is wrong.

    Records with a problem of their own are left out of `records`, and so are those that were
    merged into another: `replaced` holds them with the key of the one that stays. `distinct` are
    pairs of records that were decided to be two things: (kind, key, key), keys in order. `refused`
    are the kinds and keys of those with a problem.
    """

    records: Mapping[str, Mapping[str, Record]]
    raw: Mapping[tuple[str, str], RawRecord]
    problems: list[Problem] = field(default_factory=list[Problem])
    replaced: tuple[tuple[Record, str], ...] = ()
    distinct: frozenset[tuple[str, str, str]] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()

    def all(self) -> Iterator[Record]:
        """Every record, kind by kind in the order of `RECORD_KINDS`."""
        for of_kind in self.records.values():
            yield from of_kind.values()

    def problem(
        self, code: str, record: Record, where: Path = (), **facts: Fact
    ) -> Problem:
        """A problem of one field of one record, with file and line."""
        raw = self.raw[record.kind_name, scoped_key(record)]
        return raw.problem(code, where, facts, record.id)


def read_files(folder: Folder) -> tuple[dict[str, list[RawRecord]], list[Problem]]:
    """The raw records of the files of one folder, by the name of their file, and problems."""
    return read_folder(folder, MODELS)


def load_records(
    ecosystem: Ecosystem,
    withdrawn: Collection[str] = (),
    staged: Mapping[str, Folder] | None = None,
    read: Read | None = None,
) -> Loaded:
    """Read an ecosystem's folder into typed records, with the packets that were added to it.

    `withdrawn` are sources that do not count (what rested on them is still there: see `withdraw`);
    `staged` are packets not yet in their place, {name: folder}; `read` reads the files of a folder
    in place of `read_files`.
    Time grows with the size of the files. Problems are collected, not raised.
    """
    raw_by_kind, problems = read_with_packets(
        ecosystem.folder, read or read_files, MODELS, withdrawn, staged
    )
    context = reading_context(ecosystem.notation)
    records: dict[str, dict[str, Record]] = {m.kind_name: {} for m in RECORD_KINDS}
    where: dict[tuple[str, str], RawRecord] = {}
    refused: set[tuple[str, str]] = set()
    for name, model in MODELS.items():
        for raw in raw_by_kind.get(name, ()):
            record, wrong = read_record(raw, model, context)
            problems.extend(wrong)
            if record is None:
                refused.add((model.kind_name, raw.key or ""))
                continue
            key = scoped_key(record)
            if key in records[model.kind_name]:
                problems.append(_duplicate(raw, where[model.kind_name, key]))
                continue
            records[model.kind_name][key] = record
            where[model.kind_name, key] = raw
    return Loaded(records, where, problems, refused=frozenset(refused))


def read_record(
    raw: RawRecord, model: type[R], context: dict[str, object], offer: bool = True
) -> tuple[R | None, list[Problem]]:
    """The typed record of a raw one, or None with every problem of it.

    `context` is that of `reading_context`; `offer` is that of `refusals`.
    """
    problems = list(raw.problems)
    try:
        record = model.model_validate(raw.data, context=context)
    except ValidationError as error:
        problems.extend(refusals(error, raw, model, offer))
        return None, problems
    return (None if problems else record), problems


def _duplicate(raw: RawRecord, other: RawRecord) -> Problem:
    place = other.place(("id",))
    words: Fact = {lang: place.text(lang) for lang in LANGUAGES}
    return raw.problem("duplicate-key", ("id",), {"other": words})


def scoped_key(record: Record) -> str:
    """Evidence is numbered within its source; everything else within its kind."""
    source = getattr(record, "source", None)
    return f"{source}/{record.id}" if source else record.id
