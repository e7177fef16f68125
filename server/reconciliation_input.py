"""What a client of the reconciliation service asks: JSON in, queries out, or a refusal that says what is wrong.

Source: Reconciliation Service API 0.2, sections 4.1, 4.3 and 7.4 (W3C Entity Reconciliation Community Group).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

from .protocol import FORM, Refusal, form_fields

BATCH = 50
"""Queries of one batch, as the manifest says."""
USUAL_LIMIT = 10
MOST = 50
"""Candidates that a query gets at the most."""
MOST_IDS = 500
MOST_PROPERTIES = 30
_MOST_VALUES = 30
MOST_DISTINCT = 500
"""Different values of properties in one batch, each of which has to be looked up."""
LONGEST = 500
"""Characters of a name or value that are looked at."""

Strictness = Literal["any", "all", "should"]
Given = str | bool | int | float
"""A value to compare; that of an entity is its id, else its name."""


@dataclass(frozen=True, slots=True)
class PropertyGiven:
    """What a row of the client's list says of a property."""

    property: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """One query of a batch. No `types` means any."""

    text: str = ""
    types: tuple[str, ...] = ()
    strictness: Strictness = "should"
    limit: int = USUAL_LIMIT
    properties: tuple[PropertyGiven, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyWanted:
    """A property to add, at most `limit` values of it; 0 for all. `only_names` says things as texts."""

    property: str
    limit: int = 0
    only_names: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """Things, and the properties of them that are wanted."""

    ids: tuple[str, ...] = ()
    properties: tuple[PropertyWanted, ...] = field(default=())


def fields_of(
    query_string: bytes, content_type: str | None = None, body: bytes = b""
) -> dict[str, str]:
    """The fields of an address and of a form, each once.

    Raises: Refusal: 415 for another media type, 400 if it cannot be read or a field comes twice.
    """
    media_type = (content_type or FORM).partition(";")[0].strip().lower()
    if body and media_type != FORM:
        raise Refusal(415, f"a batch is sent as {FORM}, not as {media_type}")
    found: dict[str, str] = {}
    for encoded in (query_string, body):
        for name, value in form_fields(encoded):
            if name in found and found[name] != value:
                raise Refusal(400, f"the field {name!r} comes twice")
            found[name] = value
    return found


def read_batch(text: str) -> dict[str, Sought]:
    """The queries of a batch by their keys, in order.

    Raises: Refusal: 413 if there are too many, 400 for what is no batch, with the place of the fault.
    """
    told = _mapping(_json(text, "queries"), "queries")
    if len(told) > BATCH:
        raise Refusal(
            413, f"a batch holds at most {BATCH} queries, and here are {len(told)}"
        )
    batch = {key: _sought(_mapping(query, key), key) for key, query in told.items()}
    values = {
        str(value)
        for sought in batch.values()
        for given in sought.properties
        for value in given.values
    }
    if len(values) > MOST_DISTINCT:
        raise Refusal(
            413,
            f"a batch holds at most {MOST_DISTINCT} different values of properties, and here are {len(values)}; "
            "send fewer rows at once",
        )
    return batch


def read_extension(text: str) -> Extension:
    """What is to be added to a list.

    Raises: Refusal, likewise.
    """
    told = _mapping(_json(text, "extend"), "extend")
    ids = _list(told.get("ids"), "ids")
    properties = _list(told.get("properties"), "properties")
    if len(ids) > MOST_IDS:
        raise Refusal(
            413, f"at most {MOST_IDS} ids are extended at once, and here are {len(ids)}"
        )
    if len(properties) > MOST_PROPERTIES:
        raise Refusal(413, f"at most {MOST_PROPERTIES} properties are added at once")
    return Extension(
        tuple(dict.fromkeys(_text(each, "ids") for each in ids)),
        tuple(_wanted(_mapping(each, "properties")) for each in properties),
    )


def read_number(text: str | None, name: str, usual: int, most: int) -> int:
    """A whole number of a field, not below 0; no more than `most`.

    Raises: Refusal if it is none.
    """
    if text is None or not text.strip():
        return usual
    if not (text.isascii() and text.isdigit()):
        raise Refusal(400, f"{name} is a whole number from 0 on, not {text[:40]!r}")
    return min(int(text[:9]), most)


def _sought(told: Mapping[str, Any], key: str) -> Sought:
    text = _text(told.get("query", ""), f"{key}.query").strip()[:LONGEST]
    given = _list(told.get("properties", []), f"{key}.properties")
    properties = tuple(
        _given(_mapping(each, f"{key}.properties"), key)
        for each in given[:MOST_PROPERTIES]
    )
    if "query" not in told and not properties:
        raise Refusal(400, f"{key} has neither a query nor properties")
    type_: object = told.get("type") or []
    types = cast("list[object]", type_) if isinstance(type_, list) else [type_]
    strictness = told.get("type_strict", "should")
    if strictness not in get_args(Strictness):
        raise Refusal(400, f"{key}.type_strict is any, all or should")
    return Sought(
        text,
        tuple(_type(each, key) for each in types),
        strictness,
        _limit(told.get("limit"), key),
        properties,
    )


def _limit(value: object, key: str) -> int:
    number = USUAL_LIMIT if value is None else _whole(value)
    if number is None or number < 1:
        raise Refusal(400, f"{key}.limit is a whole number from 1 on")
    return min(number, MOST)


def _whole(value: object) -> int | None:
    """A whole number, also one that is written as a text or with a fraction of nothing; None if it is none."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _type(value: object, key: str) -> str:
    # OpenRefine has sent a type as an object, too.
    if isinstance(value, dict):
        value = cast("dict[str, object]", value).get("id")
    return _text(value, f"{key}.type")


def _given(told: Mapping[str, Any], key: str) -> PropertyGiven:
    value = told.get("v")
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    read = (_value(each, key) for each in values[:_MOST_VALUES])
    return PropertyGiven(
        _text(told.get("pid"), f"{key}.properties.pid"),
        tuple(each for each in read if each != ""),
    )


def _value(value: object, key: str) -> Given:
    if isinstance(value, dict):
        entity = cast("dict[str, object]", value)
        value = _text(entity.get("id") or entity.get("name"), f"{key}.properties.v")
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, bool | int | float):
        return value
    raise Refusal(
        400,
        f"{key}.properties.v is a text, a number, a boolean, an entity, or a list of them",
    )


def _wanted(told: Mapping[str, Any]) -> PropertyWanted:
    settings = _mapping(told.get("settings") or {}, "settings")
    limit = _whole(settings.get("limit") or 0)
    if limit is None or limit < 0:
        raise Refusal(400, "settings.limit is a whole number from 0 on")
    return PropertyWanted(
        _text(told.get("id"), "properties.id"),
        limit,
        settings.get("content") == "name",
    )


def _json(text: str, name: str) -> object:
    try:
        read: object = json.loads(text, parse_constant=_refuse_constant)
        # Half of a pair of surrogates is no text, and could not be sent back.
        json.dumps(read, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Refusal(
            400, f"{name} is no JSON: {error.msg} at character {error.pos}"
        ) from None
    except UnicodeEncodeError:
        raise Refusal(400, f"{name} holds half of a pair of surrogates") from None
    except (RecursionError, ValueError) as error:
        raise Refusal(400, f"{name} is no JSON that can be read: {error}") from None
    return read


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON")


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refusal(400, f"{name} is an object")
    return cast("dict[str, Any]", value)


def _list(value: object, name: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise Refusal(400, f"{name} is a list")
    return cast("Sequence[Any]", value)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise Refusal(400, f"{name} is a text")
    return value
