"""An answer in one sentence: its rows as items of a list, in the language asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from simpul.ontology import (
    BASE,
    XSD,
    ClaimStatus,
    Holding,
    Language,
    Modality,
    Wording,
    code_lists,
)

from ..results import Rows, Term
from ..tables import shown
from .filling import Filled
from .holding_rows import Told
from .reading import Reading
from .times import day_in_words, days_in_words, once_in_words, span_in_words
from .verdicts import verdict
from .wording import ITEMS, fill_template, listed, on_one_line, reply_words

_NUMERIC = (XSD.decimal, XSD.integer)
_INDONESIAN_MARKS = str.maketrans(",.", ".,")
_LONGEST = 90
_PARTIES_NAMED = 3
_OF_PLANS = frozenset(("planned-ties", "contested-ties"))
"""Entries whose own subject is what did not come about, or is denied."""
COUNTED = (
    "partner", "party", "founder", "host", "person", "body", "document", "event", "tie", "claim", "observation",
    "discrepancy", "tenure", "occupancy",
)  # fmt: skip
"""Columns that are counted where a question asks how many, the first that an entry has."""
_ENDS = {"from": "first-record", "until": "last-record"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and how many things it only counts."""

    sentence: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    place: int
    is_real: bool
    is_possible: bool


def answer_sentence(
    filled: Filled,
    reading: Reading,
    rows: Rows,
    spoken: Mapping[str, str],
    told: Told,
    parties: Mapping[str, Sequence[tuple[str, str]]],
    lang: Language,
) -> Said:
    """Say what the rows of an entry say, and of how each held or whether it came about no more than that.

    What is attested on the days asked comes first, then what is only possible, then what was only
    planned, hoped for, reported or denied.
    """
    name, say = filled.question.name, reply_words().say
    items = list(_items(filled, rows, spoken, told, parties, lang))
    if name == "ties-between" and reading.says("yesno"):
        found = verdict(filled, reading, rows, told, lang)
        kept = [item for item in items if item.place in found.rows]
        kept.sort(key=lambda item: (item.is_possible, not item.is_real))
        sure = _texts(item for item in kept if not item.is_possible)
        others = _texts(item for item in kept if item.is_possible)
        first, rest = (sure, others) if sure else (others, sure)
        days = _days(told, lang)
        sentence = say(found.code, lang, list=listed(first, lang), days=days)
        if rest:
            also = say("possible-also", lang, list=listed(rest, lang), days=days)
            sentence = f"{sentence} {also}"
        return Said(on_one_line(sentence), _more(first) + _more(rest))
    real = [item for item in items if item.is_real]
    groups = (
        _texts(item for item in real if not item.is_possible),
        _texts(item for item in real if item.is_possible),
        _texts(item for item in items if not item.is_real),
    )
    sentence = " ".join(_grouped(filled, groups, spoken, told, lang))
    if reading.says("howmany") and not _counts(filled):
        sure_items = [item for item in real if not item.is_possible]
        places = {item.place for item in sure_items or real}
        sentence = f"{sentence} {_counted(rows, places, lang)}".rstrip()
    return Said(on_one_line(sentence), sum(_more(group) for group in groups))


def _texts(items: Iterable[_Item]) -> list[str]:
    return list(dict.fromkeys(item.text for item in items))


def _more(texts: Sequence[str]) -> int:
    return max(0, len(texts) - ITEMS)


def _days(told: Told, lang: Language) -> str:
    if told.days is None:
        return ""
    return days_in_words(told.days, lang, reply_words())


def _grouped(
    filled: Filled,
    groups: tuple[list[str], list[str], list[str]],
    spoken: Mapping[str, str],
    told: Told,
    lang: Language,
) -> Iterator[str]:
    say = reply_words().say
    sure, possible, unreal = (listed(group, lang) for group in groups)
    days = _days(told, lang)
    if sure:
        template = _template(f"say-{filled.question.name}", lang)
        yield fill_template(template, {**spoken, "list": sure})
    if possible:
        code = "possible-also" if sure else "only-possible"
        yield say(code, lang, list=possible, days=days)
    if unreal:
        code = "unreal-also" if sure or possible else "only-unreal"
        yield say(code, lang, list=unreal)


def _counts(filled: Filled) -> bool:
    """Whether the rows hold numbers that are the answer to how many."""
    numbers = (
        "ties",
        "bodies",
        "documents",
        "pieces",
        "value",
        "supporting",
        "strands",
    )
    columns = [column.name for column in filled.question.columns]
    return filled.question.name != "partners" and any(n in columns for n in numbers)


def _counted(rows: Rows, places: Collection[int], lang: Language) -> str:
    """How many things of which kind the rows name: bodies, people, ties … never rows."""
    say = reply_words().say
    column = next((c for c in COUNTED if c in rows.variables), None)
    if column is None:
        return ""
    terms = rows.column(column)
    things = {term for place, term in enumerate(terms) if term and place in places}
    if not things:
        return ""
    unit = say(f"unit-{column}", lang)
    sentence = say("counted", lang, unit=unit, count=len(things))
    if any("/group/" in _plain(thing) for thing in things):
        sentence += " " + say("counted-groups", lang)
    return sentence


def _template(code: str, lang: Language) -> str:
    sentences: Mapping[str, Mapping[Language, str]] = reply_words().sentences
    return sentences[code][lang] if code in sentences else ""


def needs_parties(filled: Filled, lang: Language) -> bool:
    """Whether the items of an entry name the parties of ties that its rows do not have."""
    return "parties}" in _template(f"item-{filled.question.name}", lang)


def _items(
    filled: Filled,
    rows: Rows,
    spoken: Mapping[str, str],
    told: Told,
    parties: Mapping[str, Sequence[tuple[str, str]]],
    lang: Language,
) -> Iterator[_Item]:
    name = filled.question.name
    template = _template(f"item-{name}", lang) or "{name}"
    for place, row in _sightings_together(rows):
        facts = {**spoken, **row_facts(row, lang)}
        if told.happened[place] and "begun" in row:
            facts["when"] = once_in_words(told.happened[place], lang, reply_words())
        tie = _plain(row.get("tie"))
        facts["parties"] = _parties(parties.get(tie, ()), lang)
        facts["says_or_parties"] = facts.get("says_short") or facts["parties"]
        unreal = None if name in _OF_PLANS else told.modalities[place]
        shows_status = {"status", "standing"} & set(rows.variables)
        status = None if shows_status or unreal else told.statuses[place]
        if unreal and unreal != Modality.REPORTED.iri:
            facts["standing"] = ""  # which would say the same again
        text = on_one_line(fill_template(template, facts))
        if mark := unreal or status:
            about = code_lists().label(mark, lang)
            text = reply_words().say("marked", lang, item=text, mark=about)
        possible = told.is_dated and told.holdings[place] is not Holding.ATTESTED
        yield _Item(text, place, not unreal, possible)


def _sightings_together(
    rows: Rows,
) -> Iterator[tuple[int, dict[str, Term | None]]]:
    """The rows with their places; those that differ only in the day they are attested become one, from first to last."""
    together: dict[tuple[Term | None, ...], tuple[int, dict[str, Term | None]]] = {}
    for place, row in enumerate(rows.dicts()):
        day = row.get("attested")
        others = {name: term for name, term in row.items() if name != "attested"}
        if "attested" not in row:
            yield place, row
            continue
        key = tuple(others.values())
        _, kept = together.setdefault(
            key, (place, {**others, "first_attested": None, "last_attested": None})
        )
        if day is not None:
            kept["first_attested"] = min(kept["first_attested"] or day, day, key=_plain)
            kept["last_attested"] = max(kept["last_attested"] or day, day, key=_plain)
    yield from together.values()


def _parties(parties: Sequence[tuple[str, str]], lang: Language) -> str:
    """The parties of a tie by role: the first few, then how many more."""
    say = reply_words().say
    named = [say("party", lang, name=name, role=role) for name, role in parties]
    more = len(named) - _PARTIES_NAMED
    if more > 0:
        named = [*named[:_PARTIES_NAMED], say("parties-more", lang, count=more)]
    return ", ".join(named)


def row_facts(row: Mapping[str, Term | None], lang: Language) -> dict[str, str]:
    """A row as facts of a sentence: numbers in the manner of the language, days in words, things by key."""
    say: Wording = reply_words()
    plain = {name: _plain(term) for name, term in row.items()}
    facts = {name: _said(term, lang) for name, term in row.items()}
    facts["when"] = span_in_words(plain, lang, say)
    if "not_before" in row or "not_after" in row:
        facts["founded_when"] = _founded(plain, lang, say)
    if "resolved" in row:
        open_still = plain["resolved"] != "true"
        facts["state"] = say.say("still-open" if open_still else "settled", lang)
    if stance := plain.get("stance"):
        facts["stance_said"] = say.say(f"stance-{stance}", lang)
    accepted = code_lists().label(ClaimStatus.ACCEPTED.iri, lang)
    status = facts.get("status", "")
    facts["not_accepted"] = "" if status == accepted else status
    facts["publisher_or_title"] = facts.get("publisher") or facts.get("title", "")
    facts["says_short"] = _short(facts.get("says", ""))
    return facts


def _founded(row: Mapping[str, str], lang: Language, say: Wording) -> str:
    when = row.get("date", "")
    if not when:
        first, last = (
            day_in_words(row[name], lang, say) if row.get(name) else ""
            for name in ("not_before", "not_after")
        )
        if first and last:
            return say.say("between", lang, first=first, last=last)
        if first:
            return say.say("not-earlier", lang, day=first)
        return say.say("not-later" if last else "unknown-day", lang, day=last)
    if "/" in when:
        return day_in_words(when, lang, say)
    day = day_in_words(when, lang, say)
    return say.say("on-day" if len(when) > 8 else "in-time", lang, day=day)


def _plain(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _said(term: Term | None, lang: Language) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC:
        return number_in_words(term.value, lang)
    if isinstance(term, ox.NamedNode):
        return shown(term).partition("/")[2] or shown(term)
    return shown(term)


def number_in_words(text: str, lang: Language) -> str:
    """A number as people write it.

    >>> number_in_words("13004.5", "id"), number_in_words("13004.5", "en")
    ('13.004,5', '13,004.5')
    """
    try:
        number = f"{Decimal(text):,f}"
    except InvalidOperation:
        return text
    return number.translate(_INDONESIAN_MARKS) if lang == "id" else number


def _short(text: str) -> str:
    text = text.rstrip(".")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def spoken_slots(
    filled: Filled, lang: Language, values: Mapping[str, str]
) -> dict[str, str]:
    """What was chosen for each slot, as one would say it; what was not is an ellipsis."""
    said: dict[str, str] = {}
    for parameter in filled.question.parameters:
        name = parameter.name
        mention = filled.named.get(name)
        value = values.get(name)
        if mention and mention.how not in ("typo", "key"):
            said[name] = mention.written
        elif mention and mention.how == "typo":
            said[name] = mention.name
        elif value is None and name in _ENDS:
            said[name] = reply_words().say(_ENDS[name], lang)
        elif value is None:
            said[name] = parameter.spoken if name == "at_least" else "…"
        else:
            said[name] = _spoken(value, lang)
    return {name: on_one_line(text) for name, text in said.items()}


def _spoken(value: str, lang: Language) -> str:
    if value.startswith(f"{BASE}concept/"):
        scheme, _, code = value.removeprefix(f"{BASE}concept/").rpartition("/")
        concept = code_lists().find(scheme, code)
        return concept.labels[lang] if concept else code
    if "://" in value:
        return shown(ox.NamedNode(value)).partition("/")[2]
    return day_in_words(value, lang, reply_words())


def quoted(texts: Iterable[str], lang: Language) -> str:
    """Words of the person in quotation marks, in a row."""
    return listed([f"“{on_one_line(text)}”" for text in texts], lang)
