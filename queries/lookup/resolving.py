"""What a question is asked about by name: `BPIPI` and `Kementerian Perindustrian` as well as their keys."""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from simpul.ontology import BASE, Language, near_miss

from ..catalog import Question
from ..errors import BadParameter
from ..graph import Graph
from ..parameters import BadValue, ParameterType, Value
from .index import NameIndex
from .spelling import plain

_OFFERED = 3


def resolved(
    graph: Graph,
    question: Question,
    values: Mapping[str, Value],
    base: str = BASE,
    language: Language = "id",
) -> dict[str, Value]:
    """The values of a question, with the thing in place of a name that it alone of its kind bears.

    A key, capitals or small, counts as a name. A value that names nothing stays as it is where its key is near to
    another one or nothing is like it, for `answer` to tell. The names of the graph are read only if need be.

    Raises: BadParameter where a text names several things, or is only like the names of some; UnknownParameter.
    """
    found = dict(values)
    index: NameIndex | None = None
    for name, value in values.items():
        kind = question.parameter(name).type
        if not isinstance(value, str) or not kind.is_iri or not _may_be_name(value):
            continue
        asked = _iri(kind, value, base)
        if asked is not None and graph.mentions(asked):
            continue
        index = index or NameIndex.from_store(graph)
        bearers = _bearers(graph, index, kind, value, base)
        if len(bearers) == 1:
            found[name] = ox.NamedNode(bearers[0])
        elif bearers:
            offered = _offered(index, kind, bearers, base, language)
            reason = BadValue("value-several", offered=offered)
            raise _bad(question.name, name, value, reason)
        elif asked is None or not _near_key(graph, asked):
            like = index.find(value, limit=_OFFERED * 10)
            near = [match.iri for match in like if _fits(match.iri, kind, base)]
            if near:
                offered = _offered(index, kind, near, base, language)
                reason = BadValue("value-absent-like", offered=offered)
                raise _bad(question.name, name, value, reason)
            if asked is None:
                raise _bad(question.name, name, value, BadValue("value-unnamed"))
    return found


def _may_be_name(text: str) -> bool:
    return bool(text.strip()) and "://" not in text


def _bearers(
    graph: Graph, index: NameIndex, kind: ParameterType, text: str, base: str
) -> list[str]:
    """The things of a kind that bear a name or key, sorted."""
    name = plain(text)
    things = {index.thing_at(form.thing).iri for form in index.forms(name)}
    # A way to write a name that only follows from it is not the name.
    bearers = {
        iri
        for iri in things
        if (thing := index.thing(iri))
        and _fits(iri, kind, base)
        and any(plain(each.text) == name for each in thing.names)
    }
    small = _iri(kind, text.lower(), base)  # keys are in small letters
    if small is not None and graph.mentions(small):
        bearers.add(small)
    return sorted(bearers)


def _offered(
    index: NameIndex,
    kind: ParameterType,
    things: Sequence[str],
    base: str,
    language: Language,
) -> str:
    """The first few things, each by a key that can be typed and its name."""
    start = _start(kind, base) or f"{base}id/"
    return ", ".join(
        f"{iri.removeprefix(start)} ({index.name(iri, language)})"
        for iri in things[:_OFFERED]
    )


def _bad(question: str, parameter: str, value: str, reason: BadValue) -> BadParameter:
    return BadParameter(
        question, parameter, value, str(reason), reason.code, reason.facts
    )


def _iri(kind: ParameterType, text: str, base: str) -> str | None:
    try:
        term = kind.term(text, base)
    except BadValue:
        return None
    return term.value


def _near_key(graph: Graph, iri: str) -> bool:
    start, slash, key = iri.rpartition("/")
    keys = [
        thing.removeprefix(start + slash) for thing in graph.things_under(start + slash)
    ]
    return near_miss(key.lower(), keys) is not None


def _fits(iri: str, kind: ParameterType, base: str) -> bool:
    start = _start(kind, base)
    return start is None or iri.startswith(start)


def _start(kind: ParameterType, base: str) -> str | None:
    """How the IRIs of a kind begin; None if any thing will do."""
    if kind.kind is None:
        return None
    under = kind.kind if kind.kind.startswith("concept/") else f"id/{kind.kind}"
    return f"{base}{under}/"
