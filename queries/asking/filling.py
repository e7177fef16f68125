"""The parameters of an entry filled from a reading: what fits, what is missing, what is left over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from simpul.ontology import Language

from ..catalog import Question
from ..parameters import LANGUAGE, Parameter
from .features import Features
from .frames import Frame
from .linking import SORT, Mention
from .moments import Moment

_PARTY_KINDS = ("institution", "group", "unnamed")
_DAYS = frozenset(("from", "until", "day"))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A further condition on the things of a column: of which way (a file of `narrowing/`), and by what."""

    way: str
    column: str
    value: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Filled:
    """An entry with what a reading gives it.

    `values` are IRIs and texts by parameter; `named` the mentions that gave them. `described` says
    that the tie, or the acronym, has to be looked up by the other things. `moments` are those that
    no parameter takes.
    """

    question: Question
    frame: Frame
    values: Mapping[str, str]
    named: Mapping[str, Mention] = field(default_factory=dict[str, Mention])
    missing: tuple[str, ...] = ()
    described: str = ""
    narrowings: tuple[Narrowing, ...] = ()
    unused: tuple[Mention, ...] = ()
    moments: tuple[Moment, ...] = ()


def fill(
    question: Question, frame: Frame, features: Features, lang: Language, today: date
) -> Filled:
    """Fill the parameters of an entry, each mention once, in the order of the sentence."""
    reading = features.reading
    left = list(reading.mentions)
    values: dict[str, str] = {}
    named: dict[str, Mention] = {}
    missing: list[str] = []
    described = ""
    for parameter in question.parameters:
        if parameter.type.written == LANGUAGE:
            values[parameter.name] = lang
        elif parameter.name == "at_least":
            if reading.at_least is not None:
                values[parameter.name] = str(reading.at_least)
        elif parameter.name in _DAYS:
            continue
        elif value := _of_relation(parameter, features):
            values[parameter.name] = value
        elif mention := _mention(parameter, left, frame):
            left.remove(mention)
            named[parameter.name] = mention
            if parameter.name == "acronym":
                described = parameter.name
            else:
                values[parameter.name] = mention.iri
        elif parameter.name == "acronym" and (word := _capitals(features)):
            values[parameter.name] = word
        elif parameter.name == "root" and reading.moments:
            described = parameter.name
        elif parameter.name == "tie" and _can_describe(left, features):
            described = parameter.name
            left = [m for m in left if m.kind not in _PARTY_KINDS]
        else:
            missing.append(parameter.name)
    if "other" in values and values["other"] == values.get("one"):
        del values["other"], named["other"]  # nothing is asked of a thing and itself
        missing.append("other")
    given = set(values.values())
    if described == "root":
        left = []  # all that is named tells which release is meant
    left = [mention for mention in left if mention.iri not in given]
    said = () if described == "root" else reading.moments
    moments = _place_moments(question, said, values, missing, today)
    narrowings, unused = _narrow(question, frame, features, left, values)
    return Filled(
        question,
        frame,
        values,
        named,
        tuple(missing),
        described,
        tuple(narrowings),
        tuple(unused),
        tuple(moments),
    )


def _of_relation(parameter: Parameter, features: Features) -> str | None:
    """A type of tie or a role, as a verb or noun of the sentence names it."""
    asked = features.relation
    if asked is None:
        return None
    if parameter.type.kind == "concept/tie-type":
        return asked.relation.type_iri
    if parameter.type.kind == "concept/participant-role":
        if asked.relation.is_mutual:
            return asked.relation.role("actor")
        return asked.relation.role(asked.asked) if asked.asked else None
    return None


def _mention(parameter: Parameter, left: list[Mention], frame: Frame) -> Mention | None:
    kind = parameter.type.kind
    if parameter.name == "acronym":
        kind = "org"
    fitting = [m for m in left if m.slot == kind]
    if not fitting and kind == "org" and frame.people:
        fitting = [m for m in left if m.kind == "person"]
    return fitting[0] if fitting else None


def _capitals(features: Features) -> str | None:
    """A word in capitals that is not known: likely the acronym asked about."""
    words = [w.written for w in features.reading.unknown if w.written.isupper()]
    return words[0] if words else None


def _can_describe(left: list[Mention], features: Features) -> bool:
    bodies = [m for m in left if m.kind in _PARTY_KINDS]
    return len(bodies) >= 2 or bool(bodies and features.relation)


def _place_moments(
    question: Question,
    moments: tuple[Moment, ...],
    values: dict[str, str],
    missing: list[str],
    today: date,
) -> Iterator[Moment]:
    """Give the first moment to the parameters that take days; the moments left over."""
    names = {parameter.name for parameter in question.parameters}
    left = list(moments)
    if "from" in names and left:
        moment = left.pop(0)
        if moment.first:
            values["from"] = moment.first.isoformat()
        if moment.last:
            values["until"] = moment.last.isoformat()
    if "day" in names:
        if left and (last := left[0].last or today):
            left.pop(0)
            values["day"] = last.isoformat()
        else:
            missing.append("day")
    yield from left


def _narrow(
    question: Question,
    frame: Frame,
    features: Features,
    left: list[Mention],
    values: Mapping[str, str],
) -> tuple[list[Narrowing], list[Mention]]:
    """Conditions on the rows out of what no parameter takes, and what even they do not take."""
    columns = {column.name for column in question.columns}
    found: list[Narrowing] = []
    unused: list[Mention] = []
    for mention in left:
        way = _way(mention, frame)
        if way:
            column = "post" if way == "titled" else frame.about
            found.append(Narrowing(way, column, mention.iri, mention.written))
        else:
            unused.append(mention)
    asked = features.relation
    taken = set(values) & {"type", "role"}
    if asked and "tie" in columns and not taken and not _is_told(frame, features):
        relation = asked.relation
        written = asked.sign.written
        found.append(Narrowing("of-type", "tie", relation.type_iri, written))
    if frame.name == "office-holders":
        titles = [s for s in features.reading.signs if s.cue.name == "title"]
        for sign in titles[:1]:
            found.append(Narrowing("titled", "post", sign.written, sign.written))
    return found, unused


def _is_told(frame: Frame, features: Features) -> bool:
    """Whether the frame itself says of which relation it is."""
    names = [name for group in frame.needs for name in group]
    return any(
        name.startswith(f"relation:{asked.relation.name}")
        for name in names
        for asked in features.relations
    )


def _way(mention: Mention, frame: Frame) -> str | None:
    about = frame.about
    if not about:
        return None
    if about == "observation":
        return "measured" if mention.kind == "indicator" else None
    if about == "discrepancy":
        return "involving" if mention.kind in _PARTY_KINDS else None
    if about == "tie":
        if mention.kind == SORT:
            return "among-sort"
        return "with-party" if mention.kind in (*_PARTY_KINDS, "person") else None
    if mention.kind == SORT:
        return "of-sort"
    return "in-place" if mention.kind in ("place", "site") else None
