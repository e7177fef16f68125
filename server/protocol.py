"""What a request asks for by the SPARQL 1.1 Protocol: a query, an update, or what the service is.

Source: W3C SPARQL 1.1 Protocol, sections 2.1 and 2.2. Pure: bytes in, an operation or a refusal out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

MOST_FIELDS = 256
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class Refusal(Exception):
    """A request that cannot be served as it is: a status of HTTP, and why, for a person."""

    def __init__(
        self, status: int, problem: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.problem = problem
        self.headers = dict(headers or {})
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or update and the graphs it is about; None stands for graphs that are not named at all."""

    kind: Literal["query", "update", "description"]
    text: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


Fields = list[tuple[str, str]]


def read_get(query_string: bytes) -> Operation:
    """What a GET or HEAD asks for.

    Raises: Refusal.
    """
    fields = form_fields(query_string)
    if _values(fields, "update"):
        raise Refusal(400, "an update is sent with POST")
    texts = _values(fields, "query")
    if not texts:
        return Operation("description")
    return _query(_only("query", texts), fields)


def read_post(query_string: bytes, content_type: str | None, body: bytes) -> Operation:
    """What a POST asks for, as a form or directly.

    Raises: Refusal: 415 for a media type or charset that is none of the protocol's, else 400.
    """
    media_type = _media_type(content_type)
    fields = form_fields(query_string)
    if media_type == FORM:
        # The graphs may stand in the address, too: clients do it, and so does the test suite.
        fields += form_fields(body)
        queries, updates = _values(fields, "query"), _values(fields, "update")
        if queries and updates:
            raise Refusal(400, "a request holds a query or an update, not both")
        if updates:
            return _update(_only("update", updates), fields)
        if not queries:
            raise Refusal(400, "the form has neither a field query nor a field update")
        return _query(_only("query", queries), fields)
    if _values(fields, "query") or _values(fields, "update"):
        raise Refusal(400, "the text stands in the address and in the body")
    text = _text(body)
    if media_type == QUERY:
        return _query(text, fields)
    return _update(text, fields)


def _media_type(content_type: str | None) -> str:
    media_type, *parameters = (
        part.strip() for part in (content_type or "").lower().split(";")
    )
    if media_type not in (FORM, QUERY, UPDATE):
        told = f"not {media_type}" if media_type else "and the request names none"
        raise Refusal(415, f"POST takes {FORM}, {QUERY} and {UPDATE}, {told}")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"')
        if name.strip() == "charset" and charset not in ("utf-8", "utf8"):
            raise Refusal(415, f"texts are UTF-8 here, not {charset}")
    return media_type


def _query(text: str, fields: Fields) -> Operation:
    return Operation(
        "query",
        text,
        *_graphs(fields, "default-graph-uri", "named-graph-uri"),
    )


def _update(text: str, fields: Fields) -> Operation:
    return Operation(
        "update",
        text,
        *_graphs(fields, "using-graph-uri", "using-named-graph-uri"),
    )


def _graphs(
    fields: Fields, default: str, named: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    return (
        tuple(_values(fields, default)) or None,
        tuple(_values(fields, named)) or None,
    )


def form_fields(encoded: bytes) -> Fields:
    """The fields of a query string or a form, in their order.

    Raises: Refusal.
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise Refusal(400, "the text is not UTF-8, each byte as %XX") from None
    except ValueError:
        raise Refusal(400, f"more than {MOST_FIELDS} fields") from None


def _values(fields: Fields, name: str) -> list[str]:
    return [value for key, value in fields if key == name]


def _only(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise Refusal(400, f"more than one {name}; send them one by one")
    return values[0]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the text is not UTF-8: {error.reason}") from None
