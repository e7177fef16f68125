"""Fields: what a field of a record may hold, the term it is written with, and what it points at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from simpul.ontology import code_lists

from .notation import (
    Figure,
    Notation,
    PlainNumber,
    Restated,
    Unread,
    read_number,
    read_plain_number,
    unit_conflict,
)
from .written_dates import read_date

KEY = re.compile(r"[a-z0-9][a-z0-9.-]*")
PARTY = ("institution", "group", "unnamed", "person")
BODY = ("institution", "group")
CLAIM_KINDS = (
    "tie",
    "event",
    "observation",
    "breakdown",
    "tenure",
    "occupancy",
    "name",
    "change",
)
"""The kinds of claim as they stand in IRIs and in references, `kind/key`."""


@dataclass(frozen=True, slots=True)
class Term:
    """The property a field is written with.

    `datatype` None: a text in two languages, a note in the language of notes, or a code (its IRI).
    """

    iri: str
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Refers:
    """The kinds of record a field may point at."""

    kinds: tuple[str, ...]


def _key(text: str) -> str:
    if not KEY.fullmatch(text):
        raise PydanticCustomError(
            "bad_value",
            "not a key",
            {"expected": "expected-key"},
        )
    return text


def reading_context(notation: Notation | None) -> dict[str, object]:
    """The context to validate records in, where their ecosystem declares a notation, or none.

    Without it a record is read as that of an ecosystem without one.
    """
    return {"notation": notation}


def _edtf(
    value: object, text_of: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> str:
    try:
        read = read_date(text_of(value), _notation(info))
    except Unread as error:
        raise as_problem(error) from error
    return _remembering(read)


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise as_problem(Unread(text, "bad-edtf", reason="date-not-a-day"))
    return text


def _number(
    value: object, text_of: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> str:
    text = text_of(value)
    try:
        if isinstance(value, PlainNumber):
            read = read_plain_number(value)
        else:
            read = read_number(text, _notation(info))
    except Unread as error:
        raise as_problem(error) from error
    return _remembering(read)


def _notation(info: ValidationInfo) -> Notation | None:
    return info.context.get("notation") if info.context else None


def _remembering(read: Restated) -> str:
    """The value with the form it was written in, or alone where that is the same."""
    return read if read.written != read else str(read)


def as_problem(error: Unread) -> PydanticCustomError:
    """What cannot be read, as Pydantic reports it: `code` and `facts` of a message."""
    return PydanticCustomError(
        "unread",
        "cannot be read",
        {"code": error.code, "text": error.text, "facts": error.facts},
    )


def fits_unit(value: str | None, unit: str) -> None:
    """Refuse a unit that the written form of its number contradicts."""
    conflict = unit_conflict(value, unit) if isinstance(value, Figure) else None
    if conflict is not None:
        raise as_problem(conflict)


def printed_number(fields: Mapping[str, Any]) -> str | None:
    """The form a number was written in, if that is not its plain digits."""
    value = fields.get("value")
    return value.written if isinstance(value, Figure) else None


def printed_dates(fields: Mapping[str, Any]) -> str | None:
    """The forms that the dates among these fields were written in, if that is not EDTF."""
    written = [
        value.written
        for value in fields.values()
        if isinstance(value, Restated) and not isinstance(value, Figure)
    ]
    return "; ".join(dict.fromkeys(written)) or None


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text):
        raise PydanticCustomError(
            "invalid_iri",
            "not a web address",
            {"expected": "http:// or https:// address"},
        )
    return text


def _industry(text: str) -> str:
    scheme, _, code = text.rpartition(":")
    if (
        code_lists().find("industry" if not scheme else _KBLI.get(scheme, ""), code)
        is None
    ):
        raise PydanticCustomError(
            "bad_value",
            "no such industry",
            {"expected": "expected-industry"},
        )
    return text


_KBLI = {"kbli": "kbli-2020"}


def industry_iri(text: str) -> str:
    """The IRI of an industry as records write it: a code, or `kbli:` and a code of KBLI 2020.

    >>> industry_iri("kbli:152")
    'https://w3id.org/simpul/concept/kbli-2020/152'
    """
    scheme, _, code = text.rpartition(":")
    concept = code_lists().find("industry" if not scheme else _KBLI[scheme], code)
    assert concept is not None, text
    return concept.iri


Key = Annotated[str, AfterValidator(_key)]
EdtfText = Annotated[str, WrapValidator(_edtf)]
DayText = Annotated[EdtfText, AfterValidator(_day)]
NumberText = Annotated[str, WrapValidator(_number)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
IndustryText = Annotated[str, AfterValidator(_industry)]
ClaimRef = Annotated[str, Refers(CLAIM_KINDS)]
PartyRef = Annotated[Key, Refers(PARTY)]
BodyRef = Annotated[Key, Refers(BODY)]
InstitutionRef = Annotated[Key, Refers(("institution",))]
PlaceRef = Annotated[Key, Refers(("place",))]
SourceRef = Annotated[Key, Refers(("source",))]
LongText = Annotated[str, Field(max_length=2000)]
