"""The catalogue: one question a file, runnable as it stands, with a header that says what it asks and gives."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extract
from rapidfuzz.utils import default_process

from simpul.ontology import BASE, LANGUAGES, Language, near_miss

from .binding import ValuesRow, default_term, swap, values_rows
from .errors import (
    BadParameter,
    BadQueryFile,
    MissingParameter,
    UnknownParameter,
    UnknownQuery,
)
from .graph import Graph
from .limits import Limits
from .parameters import LANGUAGE, BadValue, Parameter, ParameterType, Value, type_of
from .results import Result, Term

_EXAMPLES = 3
_FIELD = re.compile(r"#\+ (?P<key>[a-z]+(?:\.[a-z]+)?):\s*(?P<value>.*)")
_MORE = re.compile(r"#\+ {2,}(?P<value>.+)")
_GIVEN = re.compile(
    r"\?(?P<name>\w+) (?:(?P<side>first|last) (?=xsd:date))?(?P<type>IRI of [\w/-]+|IRI|language|xsd:\w+)"
    r"(?: \((?P<spoken>[^)]*)\))?(?:, (?P<meaning>.+))?"
)
_GIVES = re.compile(r"\?(?P<name>\w+) (?P<meaning>.+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the SELECT line and what it holds."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its header says of it. A file without a header has only a name and a text."""

    name: str
    text: str
    id: str
    titles: Mapping[Language, str]
    sentences: Mapping[Language, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str

    def title(self, lang: Language) -> str:
        """What it is about, in a few words; its name where the header does not say."""
        return self.titles.get(lang, self.name)

    def asks(self, lang: Language, **spoken: str) -> str:
        """The question as a sentence.

        `spoken` names what was chosen instead of a default: `asks("en", body="APRISINDO")`.
        """
        words = {
            parameter.name: parameter.spoken for parameter in self.parameters
        } | spoken
        return self.sentences.get(lang, "").format_map(words)

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name.

        Raises: UnknownParameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise UnknownParameter(self.name, name, (each.name for each in self.parameters))

    def terms(self, values: Mapping[str, Value], base: str = BASE) -> dict[str, Term]:
        """The terms that these values stand for; `base` is the one of the ecosystem.

        Raises: UnknownParameter; BadParameter; MissingParameter.
        """
        terms: dict[str, Term] = {}
        for name, value in values.items():
            parameter = self.parameter(name)
            try:
                terms[name] = parameter.type.term(value, base)
            except BadValue as error:
                raise BadParameter(
                    self.name, name, value, str(error), error.code, error.facts
                ) from None
        for parameter in self.parameters:
            if parameter.is_required and parameter.name not in terms:
                raise MissingParameter(self.name, parameter.name)
        return terms

    def in_language(self, lang: Language) -> dict[str, Value]:
        """The values that make it give names in one language; none where it lets nobody choose."""
        return {
            parameter.name: lang
            for parameter in self.parameters
            if parameter.type.written == LANGUAGE
        }

    def bind(self, values: Mapping[str, Value], base: str = BASE) -> str:
        """The query with these values in place of its defaults.

        Raises: UnknownParameter; BadParameter; MissingParameter.
        """
        return swap(self.text, self.terms(values, base))


def answer(
    graph: Graph,
    question: Question | str,
    values: Mapping[str, Value] | None = None,
    *,
    lang: Language | None = None,
    base: str = BASE,
    limits: Limits | None = None,
) -> Result:
    """Ask a question of a graph, by itself or by its name in the catalogue.

    `lang` is the language of names where the question lets one choose and `values` do not say.

    Raises: BadParameter if a thing is not in the graph, since an empty answer would hide a
    slip of the keyboard; MissingParameter if the default is not in it either; otherwise as
    `Question.bind` and `GraphStore.query`.
    """
    asked = catalog().find(question) if isinstance(question, str) else question
    given = dict(values or {})
    for name, term in asked.terms(given, base).items():
        if isinstance(term, ox.NamedNode) and not graph.mentions(term.value):
            raise _unknown_thing(graph, asked.name, name, given[name], term.value)
    for parameter in asked.parameters:
        default = parameter.default
        if parameter.name in given or not isinstance(default, ox.NamedNode):
            continue
        if not graph.mentions(default.value):
            examples = _things_like(graph, default.value, base)
            raise MissingParameter(asked.name, parameter.name, default.value, examples)
    spoken = asked.in_language(lang) if lang else {}
    text = asked.bind(spoken | given, base)
    return graph.query(text, name=asked.name, limits=limits)


def _unknown_thing(
    graph: Graph, name: str, parameter: str, value: Value, iri: str
) -> BadParameter:
    start, _, key = iri.rpartition("/")
    keys = [
        thing.removeprefix(start + "/") for thing in graph.things_under(start + "/")
    ]
    near = near_miss(key.lower(), keys)  # keys are in small letters
    reason = BadValue("value-absent", iri=iri)
    if near:
        reason = BadValue("value-absent-near", near=near)
    elif "/concept/" in start and keys:
        reason = BadValue("value-absent-code", known=", ".join(keys))
    return BadParameter(name, parameter, value, str(reason), reason.code, reason.facts)


def _things_like(graph: Graph, iri: str, base: str) -> list[str]:
    """The keys in a graph that resemble that of a thing most, to show what keys look like there."""
    path, _, key = iri.removeprefix(BASE).rpartition("/")
    start = f"{base}{path}/"
    keys = [thing.removeprefix(start) for thing in graph.things_under(start)]
    found = extract(
        key, keys, scorer=token_set_ratio, processor=default_process, limit=_EXAMPLES
    )
    return [like for like, *_ in found]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The shipped questions by name, in the order of their names."""

    questions: Mapping[str, Question]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())

    def __len__(self) -> int:
        return len(self.questions)

    def find(self, name: str) -> Question:
        """The question of this name (`founders`, `founders.rq`) or id (`CQ09`).

        Raises: UnknownQuery with the nearest name.
        """
        plain = name.removesuffix(".rq").lower()
        if plain in self.questions:
            return self.questions[plain]
        for question in self:
            if question.id.lower() == plain:
                return question
        raise UnknownQuery(name, self.questions)


@cache
def catalog() -> Catalog:
    """Read the shipped questions, once."""
    found = {
        entry.name.removesuffix(".rq"): entry.read_text(encoding="utf-8")
        for entry in files("simpul.queries").joinpath("catalog").iterdir()
        if entry.name.endswith(".rq")
    }
    return Catalog({name: read_question(found[name], name) for name in sorted(found)})


def read_question(text: str, name: str) -> Question:
    """Read a query file. A header is welcome but not needed: a row `VALUES ?x { term }` then is a parameter.

    Raises: BadQueryFile if the header says what the text does not bear out.
    """
    fields = list(_fields(text))
    single = dict(fields)
    rows: dict[str, ValuesRow] = {}
    for row in values_rows(text):
        rows.setdefault(row.variable, row)
    given = [value for key, value in fields if key == "given"]
    if given:
        parameters = tuple(_given(name, text, line, rows) for line in given)
    else:
        parameters = tuple(_inferred(name, text, row) for row in rows.values())
    return Question(
        name=name,
        text=text,
        id=single.get("id", name),
        titles=_by_language(single, "title"),
        sentences=_by_language(single, "asks"),
        parameters=parameters,
        columns=tuple(_columns(name, single.get("gives", ""))),
        order=single.get("order", ""),
    )


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The `#+ key: value` lines at the head; a line that goes on is indented."""
    field: tuple[str, str] | None = None
    for line in text.splitlines():
        if match := _FIELD.fullmatch(line):
            if field:
                yield field
            field = match["key"], match["value"].strip()
        elif field and (match := _MORE.fullmatch(line)):
            field = field[0], f"{field[1]} {match['value'].strip()}"
        else:
            break
    if field:
        yield field


def _by_language(fields: Mapping[str, str], key: str) -> dict[Language, str]:
    return {
        lang: fields[f"{key}.{lang}"] for lang in LANGUAGES if f"{key}.{lang}" in fields
    }


def _given(name: str, text: str, line: str, rows: Mapping[str, ValuesRow]) -> Parameter:
    match = _GIVEN.fullmatch(line)
    if match is None:
        raise BadQueryFile(name, f"cannot read the header line 'given: {line}'")
    row = rows.get(match["name"])
    if row is None:
        raise BadQueryFile(
            name,
            f"is given ?{match['name']} but has no row VALUES ?{match['name']} {{ … }}",
        )
    kind = ParameterType(match["type"], match["side"] or "")
    if not kind.is_known:
        raise BadQueryFile(
            name, f"?{match['name']} has the unknown type {kind.written}"
        )
    return Parameter(
        name=row.variable,
        type=kind,
        default=_default(name, text, row),
        is_required=row.is_empty,
        spoken=match["spoken"] or "",
        meaning=match["meaning"] or "",
    )


def _inferred(name: str, text: str, row: ValuesRow) -> Parameter:
    default = _default(name, text, row)
    kind = type_of(default) if default is not None else ParameterType("xsd:string")
    return Parameter(row.variable, kind, default, row.is_empty)


def _default(name: str, text: str, row: ValuesRow) -> Term | None:
    try:
        return default_term(text, row)
    except SyntaxError as error:
        raise BadQueryFile(
            name, f"the row of ?{row.variable} holds no term: {error}"
        ) from None


def _columns(name: str, gives: str) -> Iterator[Column]:
    for part in filter(None, (part.strip() for part in gives.split(";"))):
        match = _GIVES.fullmatch(part)
        if match is None:
            raise BadQueryFile(name, f"cannot read {part!r} in the header line 'gives'")
        yield Column(match["name"], match["meaning"])
