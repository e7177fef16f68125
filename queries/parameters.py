"""What a question may be asked about: typed values, read from a line or from Python, given as terms."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from simpul.graph_builder import BadEdtf, Days
from simpul.ontology import BASE, LANGUAGES, XSD, Language, Wording

from .complaints import complaint_words
from .results import Term

Value = str | bool | int | Decimal | date | ox.NamedNode | ox.Literal
"""A text as typed on a line, or a value or term that needs no reading."""

KINDS: Final = (
    "breakdown",
    "change",
    "discrepancy",
    "doc",
    "event",
    "evidence",
    "group",
    "name",
    "observation",
    "occupancy",
    "org",
    "participation",
    "person",
    "place",
    "post",
    "programme",
    "publisher",
    "release",
    "site",
    "tenure",
    "tie",
    "unnamed",
)
"""The kinds of things that have keys: `org/bpipi` is the thing `bpipi` of the kind `org`."""

FIRST: Final = "first"
LAST: Final = "last"
"""Which day of a year or a month is meant."""

LANGUAGE: Final = "language"
"""The type, and by custom the name, of a parameter that says in which language names come."""

_NAMESPACE = XSD.string.removesuffix("string")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


class BadValue(ValueError):
    """A value that does not fit; `code` and `facts` name a sentence of `complaints.toml` that says why."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(complaint_words().say(code, "en", **facts))


@dataclass(frozen=True, slots=True)
class ParameterType:
    """The type in a header: `IRI`, `IRI of org`, `language`, or a datatype such as `xsd:date`.

    A year or a month is a day too where the header says which of its days is meant: after `first xsd:date` the first,
    after `last xsd:date` the last (`side`).
    """

    written: str
    side: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether its values are things rather than literals."""
        return self.written == "IRI" or self.kind is not None

    @property
    def kind(self) -> str | None:
        """The kind under which a bare key is looked up, e.g. `org` or `concept/tie-type`."""
        start = "IRI of "
        return (
            self.written.removeprefix(start) if self.written.startswith(start) else None
        )

    @property
    def datatype(self) -> str:
        """The IRI of the datatype of its literals."""
        if self.written == LANGUAGE:
            return XSD.string
        return _NAMESPACE + self.written.removeprefix("xsd:")

    @property
    def is_known(self) -> bool:
        """Whether there is a type written like this."""
        return self.is_iri or self.written == LANGUAGE or self.datatype in _READERS

    def term(self, value: Value, base: str = BASE) -> ox.NamedNode | ox.Literal:
        """The term that a value stands for.

        Raises: BadValue that says what is wrong with it.

        >>> str(ParameterType("IRI of org").term("bpipi"))
        '<https://w3id.org/simpul/id/org/bpipi>'
        >>> str(ParameterType("IRI of org").term("group/sdm-alas-kaki"))
        '<https://w3id.org/simpul/id/group/sdm-alas-kaki>'
        >>> ParameterType("xsd:date", side="last").term("2020-02").value
        '2020-02-29'
        """
        if isinstance(value, ox.NamedNode | ox.Literal):
            if not self._fits(value):
                raise BadValue("value-type", type=self.written)
            return value
        text = _written(value)
        if self.is_iri:
            return _named(self._iri(text, base))
        if self.written == LANGUAGE and text not in LANGUAGES:
            raise BadValue("value-language", languages=", ".join(LANGUAGES))
        if self.side:
            text = _day_of(text, self.side)
        try:
            return ox.Literal(
                _READERS[self.datatype](text), datatype=ox.NamedNode(self.datatype)
            )
        except UnicodeEncodeError:
            raise BadValue("value-surrogate") from None

    def _iri(self, text: str, base: str) -> str:
        kind, separator, key = text.partition("/")
        if not separator:
            kind, separator, key = text.partition(":")
        if separator and key and kind in KINDS:
            return f"{base}id/{kind}/{key}"
        if text.startswith("concept/"):
            return base + text
        if _SCHEME.match(text):
            return text
        if self.kind is None:
            raise BadValue("value-no-kind")
        if not text:
            raise BadValue("value-empty")
        under = self.kind if self.kind.startswith("concept/") else f"id/{self.kind}"
        return f"{base}{under}/{text}"

    def _fits(self, term: ox.NamedNode | ox.Literal) -> bool:
        if isinstance(term, ox.NamedNode):
            return self.is_iri
        return not self.is_iri and term.datatype.value == self.datatype


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a query lets one choose.

    `default` is None where the query takes anything (`UNDEF`), or where a value must be given
    (`is_required`). `spoken` is what the default is called in a sentence.
    """

    name: str
    type: ParameterType
    default: Term | None
    is_required: bool = False
    spoken: str = ""
    meaning: str = ""

    def explained(self, lang: Language) -> str:
        """What it means, in a few words."""
        code = f"parameter-{self.name}"
        return _words().say(code, lang) if code in _words().sentences else self.meaning


def type_of(term: Term, base: str = BASE) -> ParameterType:
    """The type that a default speaks for, in a query without a header."""
    if isinstance(term, ox.NamedNode):
        path = term.value.removeprefix(base + "id/").removeprefix(base)
        kind = path.rpartition("/")[0]
        known = kind in KINDS or kind.startswith("concept/")
        return ParameterType(f"IRI of {kind}" if known else "IRI")
    if isinstance(term, ox.Literal) and term.datatype.value in _READERS:
        return ParameterType("xsd:" + term.datatype.value.removeprefix(_NAMESPACE))
    return ParameterType("xsd:string")


def _words() -> Wording:
    return Wording.load("simpul.queries", "words.toml")


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except (ValueError, UnicodeEncodeError) as error:
        raise BadValue("value-no-iri", problem=error) from None


def _written(value: str | bool | int | Decimal | date) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadValue("value-day") from None
    if day.isoformat() != text:  # weeks and dates without dashes are read too
        raise BadValue("value-day")
    return text


def _day_of(text: str, side: str) -> str:
    """The first or the last day of an EDTF date, which may be a day already."""
    try:
        days = Days.of(text)
    except BadEdtf:
        raise BadValue("value-days") from None
    return (days.first if side == FIRST else days.last).isoformat()


def _integer(text: str) -> str:
    if not _INTEGER.fullmatch(text):
        raise BadValue("value-integer")
    return text


def _decimal(text: str) -> str:
    if not _DECIMAL.fullmatch(text):
        raise BadValue("value-decimal")
    try:
        return format(Decimal(text), "f")
    except InvalidOperation:
        raise BadValue("value-decimal") from None


def _boolean(text: str) -> str:
    if text not in ("true", "false"):
        raise BadValue("value-boolean")
    return text


def _text(text: str) -> str:
    text.encode("utf-8")
    return text


_READERS: Mapping[str, Callable[[str], str]] = {
    XSD.boolean: _boolean,
    XSD.date: _date,
    XSD.decimal: _decimal,
    XSD.integer: _integer,
    XSD.string: _text,
}
