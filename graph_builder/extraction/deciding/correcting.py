"""Correcting: which fields of a suggestion a person may correct, and which values each takes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
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
    code_lists,
)

from ...edtf import BadEdtf, parse
from ..counting import find_dates
from .suggestions import SuggestedKind, Suggestion, party_name

_MOST = 300
_MOST_PROPOSED = 4
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
    if codes := _codes(kind, name):
        return _code(kind, name, value, codes)
    if name in DATED:
        return written_day(name, value)
    fits = _FITS.get(name, _is_text)
    if not fits(value):
        raise UnfitDecision("unfit-value", field=name, value=value)
    return value


def written_day(name: str, value: str) -> str:
    """A day or a period in EDTF, given as such or as articles write it; empty where nothing is given.

    Raises: UnfitDecision.
    """
    if not value or _is_date(value):
        return value
    for each in find_dates(value):
        if each.start == 0 and each.end == len(value):
            return each.edtf
    raise UnfitDecision("unfit-date", field=name, value=value)


def scheme_of(kind: SuggestedKind, field: str) -> str | None:
    """The list that the codes of a field come from; None where it takes no codes."""
    if field == "type":
        return _TYPE_SCHEMES.get(kind)
    return _SCHEMES.get("role" if field.startswith("role-") else field)


def _code(kind: SuggestedKind, name: str, value: str, codes: tuple[str, ...]) -> str:
    """The code that a code or its label in either language means."""
    if value in codes:
        return value
    scheme = scheme_of(kind, name)
    known: dict[str, str] = {code.casefold(): code for code in codes}
    for code in codes:
        concept = code_lists().find(scheme, code) if scheme else None
        for label in concept.labels.values() if concept else ():
            known.setdefault(label.casefold(), code)
    if value.casefold() in known:
        return known[value.casefold()]
    matches = get_close_matches(value.casefold(), known, _MOST_PROPOSED, 0.0)
    near = dict.fromkeys(known[match] for match in matches)
    raise UnfitDecision("no-such-code", field=name, value=value, known=", ".join(near))


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
        return False
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
_SCHEMES = {
    "modality": "modality",
    "sign": "sign",
    "qualifier": "comparator",
    "unit": "unit",
    "sector": "sector",
    "role": "participant-role",
}
_TYPE_SCHEMES: dict[SuggestedKind, str] = {
    "institution": "institution-kind",
    "tie": "tie-type",
}
DATED = frozenset({"when", "as_of"})
_FITS: dict[str, Callable[[str], bool]] = {"value": _is_number}
