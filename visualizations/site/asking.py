"""What is asked and answered on pages: search results, questions as forms, answers as tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from simpul.ontology import XSD, Language
from simpul.queries import Column, Parameter, Question, Rows, Term

from .claims import EvidenceView
from .frame import Frame
from .speaking import Part, Speaker

ROWS = 500
"""So many rows of an answer stand on a page; a download has them all."""

_NUMBERS = frozenset((XSD.integer, XSD.decimal, XSD.double))
_INPUTS = {"xsd:date": "date", "xsd:integer": "number"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found by its name: what it is called, what sort of thing it is, and by what it was found."""

    name: str
    href: str
    kind: str
    how: str
    key: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in a list."""

    title: str
    sentence: str
    href: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of a form. `kinds` are those to suggest from; None where nothing is suggested."""

    name: str
    label: str
    meaning: str
    value: str
    type: str = "text"
    kinds: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    taken: Part | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an answer; nothing where it is unbound."""

    part: Part | None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of an answer, and how many there are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    all: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the catalogue on its page, with its answer where it could be asked."""

    id: str
    title: str
    sentence: str
    path: str
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    sparql: str
    sparql_href: str
    table: Table | None = None
    downloads: tuple[tuple[str, str], ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a free question was answered with, or the nearest questions where it is not clear what is meant."""

    asked: str
    sentence: str = ""
    understood: Part | None = None
    percent: int = 0
    table: Table | None = None
    sources: tuple[EvidenceView, ...] = ()
    others: tuple[Entry, ...] = ()
    examples: tuple[Entry, ...] = ()
    sparql: str = ""
    problem: str | None = None


def entry_of(frame: Frame, question: Question, spoken: Mapping[str, str]) -> Entry:
    """A question in a list. `spoken` replaces the names of defaults that this graph does not hold."""
    return Entry(
        question.title(frame.language),
        question.asks(frame.language, **spoken),
        frame.href(f"/questions/{question.name}"),
        _as_example(question, frame, spoken),
    )


def _as_example(question: Question, frame: Frame, spoken: Mapping[str, str]) -> str:
    """The query of a question below the question itself, in the place of its header, with names in the language."""
    lines = in_language(question, frame.language).splitlines(keepends=True)
    while lines and lines[0].startswith("#+"):
        del lines[0]
    asked = " ".join(question.asks(frame.language, **spoken).split())
    return "".join((f"# {asked}\n", *lines))


def in_language(question: Question, language: Language) -> str:
    """The text of a query that gives names in a language, where it lets one choose."""
    chosen = {
        parameter.name: language
        for parameter in question.parameters
        if parameter.type.written == "language" or parameter.name == "language"
    }
    is_open = any(parameter.is_required for parameter in question.parameters)
    return question.text if is_open or not chosen else question.bind(chosen)


def table_of(speaker: Speaker, rows: Rows, columns: Iterable[Column] = ()) -> Table:
    """The first rows of an answer, things by name and with a link.

    A column that holds but the names of the things in another one is left out. `columns` say which texts are dates.
    """
    dates = {column.name for column in columns if column.meaning.startswith("EDTF")}
    shown = rows.rows[:ROWS]
    kept = _kept_columns(speaker, rows)
    return Table(
        tuple(speaker.frame.column_word(rows.variables[column]) for column in kept),
        tuple(
            tuple(
                _cell(speaker, row[column], is_date=rows.variables[column] in dates)
                for column in kept
            )
            for row in shown
        ),
        len(rows),
    )


def things_in(rows: Rows) -> list[str]:
    """The IRIs that the first rows of an answer name."""
    found = (
        term.value
        for row in rows.rows[:ROWS]
        for term in row
        if isinstance(term, ox.NamedNode)
    )
    return list(dict.fromkeys(found))


def input_type(parameter: Parameter) -> str:
    """The sort of field that a parameter is filled in with."""
    return _INPUTS.get(parameter.type.written, "text")


def label_of(parameter: Parameter, meaning: str) -> tuple[str, str]:
    """A label of a field, and what else is to be said of it: what its meaning begins with, and the rest.

    >>> from simpul.queries import catalog
    >>> label_of(catalog().find("claims-held-on").parameter("day"), "the day asked about, such as 2022-01-01")
    ('the day asked about', 'such as 2022-01-01')
    """
    places = [place for mark in ":,(" if (place := meaning.find(mark)) > 0]
    cut = min(places, default=len(meaning))
    label = meaning[:cut].strip() or parameter.name
    return label, meaning[cut:].strip(":, ")


def _kept_columns(speaker: Speaker, rows: Rows) -> list[int]:
    shown = rows.rows[:ROWS]
    columns = range(len(rows.variables))
    kinds = [
        {type(term) for row in shown if (term := row[column]) is not None}
        for column in columns
    ]
    named: dict[int, int] = {}
    for column in columns:
        if kinds[column] != {ox.Literal}:
            continue
        for things in columns:
            if kinds[things] == {ox.NamedNode} and things not in named:
                pairs = ((row[things], row[column]) for row in shown)
                if all(_is_name(speaker, thing, name) for thing, name in pairs):
                    named[things] = column
                    break
    return [column for column in columns if column not in named.values()]


def _is_name(speaker: Speaker, thing: Term | None, name: Term | None) -> bool:
    """Whether one cell holds a name of the thing in another; a thing without a name goes by its IRI."""
    if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
        return name.value == thing.value or speaker.is_called(thing.value, name.value)
    return thing is None and name is None


def _cell(speaker: Speaker, term: Term | None, *, is_date: bool) -> Cell:
    if term is None:
        return Cell(None)
    if is_date and isinstance(term, ox.Literal):
        return Cell(Part(speaker.frame.date(term.value)))
    number = isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS
    return Cell(speaker.part(term), number)
