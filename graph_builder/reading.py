"""Raw records in, typed records out, with every problem of every record on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from pydantic import BaseModel, ValidationError

from simpul.ontology import Code

from .ecosystem import Ecosystem
from .problems import Fact, Problem, nearest, written_path
from .readers import RawRecord, read_folder
from .records import RECORD_KINDS, Record

Path = tuple[str | int, ...]

MODELS = {model.file_name.removesuffix(".yaml"): model for model in RECORD_KINDS}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records of an ecosystem by kind and key, where they were written, and what is wrong.

    Records with a problem of their own are left out of `records`.
    """

    records: Mapping[str, Mapping[str, Record]]
    raw: Mapping[tuple[str, str], RawRecord]
    problems: list[Problem] = field(default_factory=list[Problem])

    def all(self) -> Iterator[Record]:
        """Every record, kind by kind in the order of `RECORD_KINDS`."""
        for of_kind in self.records.values():
            yield from of_kind.values()

    def problem(
        self, code: str, record: Record, where: Path = (), **facts: Fact
    ) -> Problem:
        """A problem of one field of one record, with file and line."""
        raw = self.raw[record.kind_name, scoped_key(record)]
        return _problem(code, raw, record.id, where, facts)


def load_records(ecosystem: Ecosystem) -> Loaded:
    """Read an ecosystem's folder into typed records.

    Time grows with the size of the files. Problems are collected, not raised.
    """
    raw_by_kind, problems = read_folder(ecosystem.folder, MODELS)
    records: dict[str, dict[str, Record]] = {m.kind_name: {} for m in RECORD_KINDS}
    where: dict[tuple[str, str], RawRecord] = {}
    for name, model in MODELS.items():
        for raw in raw_by_kind.get(name, ()):
            try:
                record = model.model_validate(raw.data)
            except ValidationError as error:
                problems.extend(_explain(error, raw, model))
                continue
            key = scoped_key(record)
            if key in records[model.kind_name]:
                problems.append(_duplicate(raw, where[model.kind_name, key]))
                continue
            records[model.kind_name][key] = record
            where[model.kind_name, key] = raw
    return Loaded(records, where, problems)


def _duplicate(raw: RawRecord, other: RawRecord) -> Problem:
    place = f"{other.file} {other.line}"
    return _problem(
        "duplicate-key", raw, str(raw.data["id"]), ("id",), {"other": place}
    )


def scoped_key(record: Record) -> str:
    """Evidence is numbered within its source; everything else within its kind."""
    source = getattr(record, "source", None)
    return f"{source}/{record.id}" if source else record.id


def _problem(
    code: str, raw: RawRecord, key: str | None, path: Path, facts: Mapping[str, Fact]
) -> Problem:
    line = raw.line
    for length in range(len(path), 0, -1):
        if path[:length] in raw.lines:
            line = raw.lines[path[:length]]
            break
    return Problem(
        code=code,
        file=raw.file,
        line=line,
        key=key,
        field=written_path(path) or None,
        facts=facts,
    )


def _explain(
    error: ValidationError, raw: RawRecord, model: type[Record]
) -> Iterator[Problem]:
    key = raw.data.get("id")
    for item in error.errors(include_url=False):
        path = tuple(p for p in item["loc"] if _is_written(p))
        code, facts = _code_of(dict(item), path, model)
        yield _problem(code, raw, key if isinstance(key, str) else None, path, facts)


def _is_written(part: str | int) -> bool:
    """Pydantic puts the names of union members into its paths; records hold no such field."""
    return isinstance(part, int) or (part.isidentifier() and not part[:1].isupper())


def _code_of(
    item: Mapping[str, object], path: Path, model: type[Record]
) -> tuple[str, dict[str, Fact]]:
    kind = str(item["type"])
    context = cast("Mapping[str, object]", item.get("ctx") or {})
    given = item.get("input")
    value = given if isinstance(given, str) else "…"
    if kind == "missing":
        return "missing-field", {}
    if kind == "extra_forbidden":
        return "unknown-field", {
            "nearest": nearest(str(path[-1]), _names_at(model, path))
        }
    if kind == "enum":
        codes = _codes_at(model, path)
        assert codes is not None, path
        return "unknown-code", {
            "value": value,
            "list": codes.scheme(),
            "codes": tuple(codes),
            "nearest": nearest(value, map(str, codes)),
        }
    if kind == "bad_edtf":
        return "bad-edtf", {"value": value, "reason": str(context["reason"])}
    if kind in {"contradiction_without_note", "inferred_without_note"}:
        return kind.replace("_", "-"), {}
    if kind == "invalid_iri":
        return "invalid-iri", {"value": value}
    return "bad-value", {
        "value": value,
        "expected": str(context.get("expected", item["msg"])),
    }


def _codes_at(model: type[Record], path: Path) -> type[Code] | None:
    """The code list that a field takes its codes from."""
    annotation: object = model
    for part in path:
        if isinstance(part, int):
            continue
        annotation = _field_type(annotation, part)
    return next((t for t in _types_in(annotation) if issubclass(t, Code)), None)


def _field_type(annotation: object, name: str) -> object:
    for candidate in _types_in(annotation):
        if issubclass(candidate, BaseModel):
            for field_key, info in candidate.model_fields.items():
                if name in (field_key, info.alias):
                    return info.annotation
    return None


def _names_at(model: type[Record], path: Path) -> list[str]:
    """The fields that exist where an unknown one was found."""
    annotation: object = model
    for part in path[:-1]:
        if isinstance(part, str):
            annotation = _field_type(annotation, part)
    return [
        info.alias or name
        for candidate in _types_in(annotation)
        if issubclass(candidate, BaseModel)
        for name, info in candidate.model_fields.items()
    ]


def _types_in(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and not getattr(annotation, "__args__", ()):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _types_in(part)
