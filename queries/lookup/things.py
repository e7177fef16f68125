"""The named things of a graph: the rows of `names.rq`, brought together by thing."""

from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files

import pyoxigraph as ox

from simpul.ontology import Language

from ..results import Rows

NAMES_QUERY = (
    files("simpul.queries").joinpath("lookup", "names.rq").read_text(encoding="utf-8")
)
"""The query whose rows an index is made of."""

KINDS = (
    "institution",
    "person",
    "place",
    "programme",
    "group",
    "event",
    "post",
    "indicator",
    "topic",
    "ecosystem",
    "publisher",
    "source",
    "release",
    "unnamed",
)
"""The kinds of things, those that a name means first before the others; a code is of the kind of its list."""

_NARROWER = ("unnamed", "group")
"""What a thing is that is of one of these kinds and of a wider one."""

_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class Use(StrEnum):
    """What a name is to a thing."""

    LABEL = "label"
    ALIAS = "alias"
    HIDDEN = "hidden"
    ACRONYM = "acronym"
    RECORD = "record"
    CODE = "code"


_USES = {use.value: use for use in Use}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing; of one that was borne for a time, the first and last day as recorded (EDTF)."""

    text: str
    use: Use
    language: str = ""
    since: str = ""
    until: str = ""


@dataclass(slots=True)
class Thing:
    """A thing and its names. `sort` is the code of its finer kind, `within` what it belongs to."""

    iri: str
    kind: str = ""
    sort: str = ""
    within: str = ""
    names: list[Name] = field(default_factory=list[Name])

    def name(self, language: Language) -> str:
        """What it is called in a language, or in another one; its key if it has no name."""
        return self.called().get(language) or _key(self.iri)

    def called(self) -> dict[str, str]:
        """The name for each language; a name without one serves where there is no other."""
        labels = [name for name in self.names if name.use is Use.LABEL]
        others = [
            name
            for name in self.names
            if name.use in (Use.ACRONYM, Use.ALIAS, Use.RECORD)
        ]
        usual = next((name.text for name in (*labels, *others)), "")
        named = {name.language: name.text for name in reversed(labels)}
        return {
            language: named.get(language) or named.get("") or usual
            for language in ("id", "en")
        }

    def short(self) -> str:
        """Its acronym, if it has one."""
        return next((name.text for name in self.names if name.use is Use.ACRONYM), "")


def rank(kind: str) -> int:
    """The place of a kind among the others."""
    return _RANKS.get(kind, len(_RANKS))


def things_of(rows: Rows) -> list[Thing]:
    """The things that rows of `names.rq` tell of, sorted by IRI; what is of no known kind is left out.

    Raises: ValueError if the rows are of another query.
    """
    wanted = ("thing", "use", "value", "from", "until")
    if rows.variables != wanted:
        raise ValueError(f"an index is made of rows with {', '.join(wanted)}")
    found: dict[str, Thing] = {}
    for thing, use, value, since, until in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(use, ox.Literal):
            iri = thing.value
            told = found.get(iri)
            if told is None:
                told = found[iri] = Thing(iri)
            if isinstance(value, ox.Literal | ox.NamedNode):
                _add(told, use.value, value, _text(since), _text(until))
    kept = [found[iri] for iri in sorted(found) if found[iri].kind]
    for told in kept:
        told.names.sort(key=_order)
    return kept


def _add(
    thing: Thing, use: str, value: ox.Literal | ox.NamedNode, since: str, until: str
) -> None:
    text = value.value
    if use == "kind":
        if not thing.kind or _precedence(text) < _precedence(thing.kind):
            thing.kind = text
    elif use == "sort":
        thing.sort = min(thing.sort or _key(text), _key(text))
    elif use == "within":
        thing.within = min(thing.within or text, text)
    elif use in _USES and text.strip():
        language = (value.language or "") if isinstance(value, ox.Literal) else ""
        thing.names.append(Name(text, _USES[use], language, since, until))


def _precedence(kind: str) -> tuple[bool, int, str]:
    return (kind not in _NARROWER, rank(kind), kind)


def _order(name: Name) -> tuple[bool, str, str, str, str, str]:
    # A label without a language is no translation, and comes after those that are.
    return (
        not name.language,
        name.language,
        name.text,
        name.use,
        name.since,
        name.until,
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else ""


def _key(iri: str) -> str:
    """The last part of an IRI.

    >>> _key("https://w3id.org/simpul/id/org/bpipi")
    'bpipi'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
