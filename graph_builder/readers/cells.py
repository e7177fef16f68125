"""Cells: what a spreadsheet, a table or JSON gives for one value, turned into the text of a record.

A file may state a number, a date or a truth value as such. It is taken exactly, or refused where
the file no longer holds what was typed: a binary fraction, a date in place of a text, a formula.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

from simpul.ontology import LANGUAGES, SIMPUL, code_lists

from ..notation import PlainNumber
from ..problems import Fact
from .layout import Field
from .raw import NOT_IN_TEXT
from .words import VALUES, folded


class BadCell(Exception):
    """A value that cannot be taken; `code` and `facts` are those of a message in `messages/`."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        self.facts: Mapping[str, Fact] = facts
        super().__init__(code)


Given = str | bool | int | float | Decimal | date | time | timedelta | BadCell | None
"""A `BadCell` is one that its reader has refused already."""

MOST_DIGITS = 60
_PRINTED_FORMS = frozenset({SIMPUL.printedValue, SIMPUL.printedDate})


class StatedDate(str):
    """A date, or a month or year, that its file states as a date: EDTF, whatever the notation."""


def text_of(given: Given, field: Field) -> str | None:
    """The text of one value for its field, or None for an empty one.

    A text loses the spaces around it; a code may be given by its label in either language.

    Raises: BadCell.
    """
    if type(given) is str:
        text = given.strip()
        if not text:
            return None
        if not text.isprintable() and (found := NOT_IN_TEXT.search(text)):
            raise BadCell("control-character", character=f"U+{ord(found[0]):04X}")
        return _code_of(text, field) if field.coded else text
    match given:
        case None:
            return None
        case StatedDate():
            return _date(given, str(given), field)
        case str():
            return str(given)
        case bool():
            if "truth" not in field.holds:
                raise BadCell("truth-for-text", value=str(given).upper())
            return str(given).lower()
        case int() | float() | Decimal():
            return _number(given, field)
        case datetime() if given.tzinfo or given.time() != time():
            raise BadCell("date-with-time", value=given.isoformat(" "))
        case date():
            return _date(given, f"{given:%Y-%m-%d}".rjust(10, "0"), field)
        case BadCell():
            raise given
        case time() | timedelta():
            raise BadCell("time-for-text", value=str(given))
        case _:  # Parquet has more types than any record
            raise BadCell("one-value-expected")


def _date(given: object, text: str, field: Field) -> str:
    if "date" not in field.holds:
        raise BadCell("date-for-text", value=text)
    return text


def _number(given: float | Decimal, field: Field) -> str:
    text = number_text(given)
    if "number" in field.holds:
        return PlainNumber(text)
    # JSON keeps the digits as typed; a spreadsheet has dropped zeros and separators by now.
    free_text = not (field.coded or field.holds)
    dropped = field.term in _PRINTED_FORMS or "." in text
    if free_text and dropped and not isinstance(given, Decimal):
        raise BadCell("number-for-text", value=text)
    return text


def number_text(given: float | Decimal) -> str:
    """A number in plain digits, exactly.

    Raises: BadCell for no number, for one that a binary fraction only comes near, and for one of
    more digits than any record needs.

    >>> number_text(13000.0), number_text(55.2), number_text(Decimal("55.20"))
    ('13000', '55.2', '55.20')
    """
    if isinstance(given, int):
        # Short of the size from which Python refuses to write integers out.
        if abs(given) >= 10**MOST_DIGITS:
            raise BadCell("bad-number", value="…", reason="number-too-long")
        return str(given)
    if isinstance(given, float):
        if not math.isfinite(given):
            raise BadCell("no-number", value=str(given))
        # So many digits a binary fraction keeps for certain.
        short = format(given, ".15g")
        if float(short) != given:
            raise BadCell("number-not-exact", value=repr(given))
        given = Decimal(short)
    parts = given.as_tuple()
    if not isinstance(parts.exponent, int):
        raise BadCell("no-number", value=str(given))
    if len(parts.digits) + abs(parts.exponent) > MOST_DIGITS:
        raise BadCell("bad-number", value="…", reason="number-too-long")
    return format(given, "f")


def _code_of(text: str, field: Field) -> str:
    """The code that a text stands for; the text itself where it stands for none."""
    known = _known(field)
    if text in known.codes:
        return text
    meant = known.labels.get(folded(text), ())
    if len(meant) > 1:
        raise BadCell("ambiguous-label", value=text, codes=meant)
    return meant[0] if meant else text


class _Known:
    """The codes and fixed words of a field, and what stands for each."""

    def __init__(self, field: Field) -> None:
        schemes = [codes.scheme() for codes in field.codes]
        if "industry" in field.holds:
            schemes.append("industry")
        concepts = [c for name in schemes for c in code_lists().scheme(name)]
        words = [*field.words, *(("true", "false") if "truth" in field.holds else ())]
        self.codes = frozenset([*(concept.code for concept in concepts), *words])
        found: dict[str, list[str]] = {}
        for concept in concepts:
            for label in (concept.code, *concept.labels.values()):
                found.setdefault(folded(label), []).append(concept.code)
        for word in words:
            for language in LANGUAGES:
                for label in (word, *VALUES[word][language]):
                    found.setdefault(folded(label), []).append(word)
        self.labels = {
            label: tuple(dict.fromkeys(codes)) for label, codes in found.items()
        }


@cache
def _known(field: Field) -> _Known:
    return _Known(field)
