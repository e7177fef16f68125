"""What a model refuses in a record, as problems with their places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from simpul.ontology import code_lists

from .problems import Fact, FieldPath, Problem, in_words, nearest, written_path
from .readers import RawRecord
from .readers.layout import Field, fields_of
from .records import Record

_EXPECTED: Mapping[str, str] = {
    "string_type": "expected-text",
    "string_too_long": "expected-shorter",
    "bool_parsing": "expected-truth",
    "bool_type": "expected-truth",
    "int_parsing": "expected-whole-number",
    "int_type": "expected-whole-number",
    "greater_than": "expected-more",
    "greater_than_equal": "expected-at-least",
    "less_than_equal": "expected-at-most",
    "too_short": "expected-items",
    "tuple_type": "expected-list",
    "model_type": "expected-parts",
    "literal_error": "expected-word",
}
"""What Pydantic says is expected, by the code of a sentence in `messages/`."""
_PATTERNS = {
    r"^[0-9a-f]{64}$": "expected-digest",
    r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$": "expected-home-affairs-code",
}


def refusals(
    error: ValidationError, raw: RawRecord, model: type[Record], offer: bool = True
) -> Iterator[Problem]:
    """Every problem of a record that its model refused.

    What is only amiss because a cell could not be read is told by the problem of that cell. `offer`
    looks for names that resemble a wrong one, which takes its time.
    """
    unread = [problem.field for problem in raw.problems if problem.field]
    found_ones = [_Refusal.of(item, model) for item in error.errors(include_url=False)]
    for found in _without_rivals(found_ones):
        if not any(_overlap(written_path(found.path), field) for field in unread):
            facts = found.facts(offer, labelled=bool(raw.columns))
            yield raw.problem(found.code, found.path, facts)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One error of Pydantic: its type, the path as the record is written, and the field there."""

    kind: str
    path: FieldPath
    field: Field | None
    siblings: tuple[Field, ...]
    given: object
    said: str
    context: Mapping[str, Any]

    @classmethod
    def of(cls, item: Mapping[str, Any], model: type[BaseModel]) -> "_Refusal":
        """Take an error. Members of a union are parts of its path that name no field."""
        path: list[str | int] = []
        field: Field | None = None
        fields = siblings = fields_of(model)
        for part in item["loc"]:
            named = next((f for f in fields if f.name == part), None)
            if named is not None:
                field, siblings = named, fields
                fields = fields_of(named.parts) if named.parts else ()
            if named is not None or isinstance(part, int):
                path.append(part)
        if item["type"] == "extra_forbidden":
            field, siblings = None, fields or siblings
            path.append(item["loc"][-1])
        return cls(
            kind=item["type"],
            path=tuple(path),
            field=field,
            siblings=siblings,
            given=item.get("input"),
            said=item["msg"],
            context=cast("Mapping[str, Any]", item.get("ctx") or {}),
        )

    @property
    def code(self) -> str:
        """The code of its message."""
        match self.kind:
            case "missing":
                return "missing-field"
            case "extra_forbidden":
                return "unknown-field"
            case "enum":
                return "unknown-code"
            case "unread":
                return str(self.context["code"])
            case "contradiction_without_note" | "inferred_without_note" | "invalid_iri":
                return self.kind.replace("_", "-")
            case _:
                return "bad-value"

    def facts(self, offer: bool, *, labelled: bool) -> dict[str, Fact]:
        """What its message needs; in a table a code may be `labelled`, and so its labels are offered."""
        value = self.given if isinstance(self.given, str) else "…"
        match self.kind:
            case "missing" | "contradiction_without_note" | "inferred_without_note":
                return {}
            case "extra_forbidden":
                names = [field.name for field in self.siblings] if offer else []
                return {"nearest": nearest(str(self.path[-1]), names)}
            case "enum":
                assert self.field is not None
                lists = self.field.codes
                codes = (*(code for one in lists for code in one), *self.field.words)
                return {
                    "value": value,
                    "list": lists[0].scheme(),
                    "codes": codes,
                    "nearest": nearest(
                        value, (*codes, *(self._labels() if labelled else ()))
                    )
                    if offer
                    else (),
                }
            case "unread":
                return {"value": str(self.context["text"]), **self.context["facts"]}
            case "invalid_iri":
                return {"value": value}
            case _:
                return {"value": value, "expected": self._expected()}

    def _labels(self) -> Iterator[str]:
        assert self.field is not None
        for one in self.field.codes:
            for code in one:
                yield from code_lists().concept(code.iri).labels.values()

    def _expected(self) -> Fact:
        if self.kind == "bad_value":
            return in_words(str(self.context["expected"]))
        if self.kind == "string_pattern_mismatch":
            pattern = str(self.context["pattern"])
            code = _PATTERNS.get(pattern, "expected-pattern")
            return in_words(code, pattern=pattern)
        if self.kind not in _EXPECTED:
            return self.said
        facts = {name: str(fact) for name, fact in self.context.items()}
        words = ", ".join(self.field.words) if self.field else ""
        return in_words(_EXPECTED[self.kind], **(facts | {"words": words}))


def _without_rivals(found: list[_Refusal]) -> Iterator[_Refusal]:
    """Errors without those of what was plainly not meant, where a field may be one thing or another."""
    for refusal in found:
        # What would be filled in from other fields is none of the writer's business.
        if refusal.kind == "default_factory_not_called":
            continue
        others = [
            other
            for other in found
            if other is not refusal and other.path[: len(refusal.path)] == refusal.path
        ]
        kinds = {other.kind for other in others if other.path == refusal.path}
        within = any(len(other.path) > len(refusal.path) for other in others)
        match refusal.kind:
            case "model_type" if kinds:
                continue
            case "literal_error" if "enum" in kinds:
                continue
            case "string_type" | "bool_type" if within:
                continue
            case _:
                yield refusal


def _overlap(one: str, other: str) -> bool:
    """Whether two fields are the same, or one is within the other.

    >>> _overlap("name", "name.id"), _overlap("name", "name_forms[0]")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in (
        "",
        ".",
        "[",
    )
