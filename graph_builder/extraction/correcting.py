"""Correcting: which fields of a suggestion a person may correct, and which values each takes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from simpul.ontology import (
    Comparator,
    InstitutionKind,
    Modality,
    ParticipantRole,
    Sector,
    Sign,
    SimpulError,
    TieType,
    Unit,
)

from ..edtf import BadEdtf, parse
from ..problems import nearest
from .suggestions import SuggestedKind, Suggestion, party_name

_MOST = 300
_MOST_DIGITS = 30


class UnfitDecision(SimpulError):
    """A decision that cannot be taken; `code` says why, `facts` name what it is about."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        told = ", ".join(f"{name} {value}" for name, value in facts.items() if value)
        super().__init__(f"{code}: {told}" if told else code)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A field: its value as it stands, and the codes it takes; none where any text will do."""

    name: str
    value: str
    codes: tuple[str, ...] = ()


def correctable(
    suggestion: Suggestion, given: Mapping[str, str] | None = None
) -> tuple[Correctable, ...]:
    """The fields of a suggestion that may be corrected, `given` values in place of what was suggested."""
    fields: dict[str, Any] = suggestion.fields
    names = list(_FIELDS[suggestion.kind])
    values: dict[str, Any] = {name: fields.get(name) for name in names}
    for number, party in enumerate(fields.get("participants", ()), start=1):
        values[f"party-{number}"] = party_name(party)
        values[f"role-{number}"] = party["role"]
    values |= given or {}
    return tuple(
        Correctable(
            name, "" if value is None else str(value), _codes(suggestion.kind, name)
        )
        for name, value in values.items()
    )


def corrected(suggestion: Suggestion, given: Mapping[str, str]) -> dict[str, str]:
    """The corrections of a person, each of a field that is there and with a value it takes.

    Raises: UnfitDecision.
    """
    if not given:
        raise UnfitDecision("nothing-edited")
    names = [each.name for each in correctable(suggestion)]
    made: dict[str, str] = {}
    for name, value in given.items():
        if name not in names:
            raise UnfitDecision("no-such-field", field=name, known=", ".join(names))
        made[name] = _checked(suggestion.kind, name, value.strip())
    return made


def _checked(kind: SuggestedKind, name: str, value: str) -> str:
    codes = _codes(kind, name)
    if codes and value not in codes:
        near = nearest(value, codes) or codes
        raise UnfitDecision(
            "no-such-code", field=name, value=value, known=", ".join(near)
        )
    fits = _FITS.get(name, _is_text)
    if not codes and not fits(value):
        raise UnfitDecision("unfit-value", field=name, value=value)
    return value


def _codes(kind: SuggestedKind, name: str) -> tuple[str, ...]:
    if name == "type":
        found = _TYPES.get(kind)
    else:
        found = _CODES.get("role" if name.startswith("role-") else name)
    return tuple(each.value for each in found) if found else ()


def _is_text(value: str) -> bool:
    return 0 < len(value) <= _MOST and value.isprintable()


def _is_date(value: str) -> bool:
    try:
        parse(value)
    except BadEdtf:
        return value == ""
    return True


def _is_number(value: str) -> bool:
    try:
        number = Decimal(value)
        return number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS
    except InvalidOperation:
        return False


_FIELDS: dict[SuggestedKind, tuple[str, ...]] = {
    "institution": ("name", "name_en", "type", "sector"),
    "person": ("name", "post", "post_en", "institution"),
    "tie": ("type", "modality", "sign", "when"),
    "observation": (
        *("about", "measure", "measure_en", "value"),
        *("qualifier", "unit", "as_of"),
    ),
}
_CODES: dict[str, Iterable[Enum]] = {
    "modality": Modality,
    "sign": Sign,
    "sector": Sector,
    "qualifier": Comparator,
    "unit": Unit,
    "role": ParticipantRole,
}
_TYPES: dict[SuggestedKind, Iterable[Enum]] = {
    "institution": InstitutionKind,
    "tie": TieType,
}
_FITS: dict[str, Callable[[str], bool]] = {
    "when": _is_date,
    "as_of": _is_date,
    "value": _is_number,
}
