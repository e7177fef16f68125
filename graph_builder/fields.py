"""Fields: what a field of a record may hold, the term it is written with, and what it points at."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from simpul.ontology import code_lists

from .edtf import BadEdtf
from .edtf import parse as parse_edtf

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
            {"expected": "a-z 0-9 . -, starting with a letter or digit"},
        )
    return text


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except BadEdtf as error:
        raise PydanticCustomError(
            "bad_edtf", "not EDTF", {"reason": error.reason}
        ) from error
    return text


def _number(text: str) -> str:
    if not re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?", text):
        raise PydanticCustomError(
            "bad_value",
            "not a number",
            {"expected": "digits with a point before decimals, such as 13000 or 55.20"},
        )
    return text


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
            {
                "expected": "a code of the industry list, or kbli: and a code of KBLI 2020"
            },
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
EdtfText = Annotated[str, AfterValidator(_edtf)]
NumberText = Annotated[str, AfterValidator(_number)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
IndustryText = Annotated[str, AfterValidator(_industry)]
ClaimRef = Annotated[str, Refers(CLAIM_KINDS)]
PartyRef = Annotated[Key, Refers(PARTY)]
BodyRef = Annotated[Key, Refers(BODY)]
InstitutionRef = Annotated[Key, Refers(("institution",))]
PlaceRef = Annotated[Key, Refers(("place",))]
SourceRef = Annotated[Key, Refers(("source",))]
LongText = Annotated[str, Field(max_length=2000)]
