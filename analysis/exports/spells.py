"""When a tie held, as spells of days: the widest that its EDTF dates allow."""

from dataclasses import dataclass
from datetime import date

from simpul.graph_builder import BadEdtf, parse_edtf

from ..network import Tie


@dataclass(frozen=True, slots=True)
class Spell:
    """Days in a row, both ends included; None is an end that is open or not known.

    `exact` says that each end that there is stands for one day.
    """

    first: date | None
    last: date | None
    exact: bool


def spells_of(tie: Tie) -> tuple[Spell, ...]:
    """The days from its start to its end, then those on which it occurred, where these are told.

    A date counts from its earliest to its latest day: 2021 for all of that year. What cannot be
    read as days bounds nothing, nor does an end before its start.
    """
    told = [(tie.start, tie.end)] if tie.start or tie.end else []
    told += [(tie.occurred, tie.occurred)] if tie.occurred else []
    spells = (_spell(start, end) for start, end in told)
    return tuple(dict.fromkeys(spell for spell in spells if spell))


def unread_dates(tie: Tie) -> int:
    """Count the dates of a tie that cannot be read as days, or whose end is before the start."""
    dates = [text for text in (tie.start, tie.end, tie.occurred) if text]
    unread = sum(_days(text) is None for text in dates)
    lasting = _spell(tie.start, tie.end) if tie.start or tie.end else None
    contrary = not unread and bool(tie.start and tie.end) and lasting is None
    return unread + contrary


def _spell(start: str | None, end: str | None) -> Spell | None:
    began, ended = _days(start), _days(end)
    first = began[0] if began else None
    last = ended[1] if ended else None
    if (first is None and last is None) or (first and last and last < first):
        return None
    exact = all(days is None or days[0] == days[1] for days in (began, ended))
    return Spell(first, last, exact)


def _days(text: str | None) -> tuple[date | None, date | None] | None:
    if text is None:
        return None
    try:
        read = parse_edtf(text)
    except BadEdtf:
        return None
    return read.earliest, read.latest
