"""Questions of the catalogue on pages: what was filled in is read, asked, and answered as a table or a file.

It waits for answers, so call it from a thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from simpul.ontology import LANGUAGES, XSD, SimpulError
from simpul.queries import (
    Format,
    Graph,
    Parameter,
    Question,
    Result,
    Rows,
    Value,
    answer,
    complaint,
    shown,
)
from simpul.queries.asking import reply_words
from simpul.queries.lookup import NameIndex
from simpul.visualizations.site import (
    Asked,
    Field,
    Frame,
    Speaker,
    Table,
    input_type,
    label_of,
    table_of,
    things_in,
)

from .page_reading import named

DOWNLOADS: Final = {
    Format.CSV: ("CSV", "text/csv; charset=utf-8", "csv"),
    Format.SPREADSHEET: ("Excel (CSV)", "text/csv; charset=utf-8", "csv"),
    Format.TSV: ("TSV", "text/tab-separated-values; charset=utf-8", "tsv"),
    Format.JSON: ("JSON", "application/sparql-results+json", "json"),
    Format.XML: ("XML", "application/sparql-results+xml", "xml"),
    Format.MARKDOWN: ("Markdown", "text/markdown; charset=utf-8", "md"),
}
"""The formats that an answer can be had in: what each is called, its media type, the ending of its files."""

_OPEN: Final = {"1900-01-01": "first-record", "2099-12-31": "last-record"}
"""The days by which the catalogue says that a time has no beginning or no end, and the words for it."""
_SPOKEN_BY_NAME = frozenset(("org", "person", "place", "site", "programme", "group"))
_KINDS: Final = {
    "org": "institution,group,unnamed",
    "doc": "source",
    "site": "place",
}
"""The kinds of names that a parameter of a kind is found by, where the two are not called the same."""


@dataclass(slots=True)
class Filled:
    """A question with what was filled in: values to ask with, and the fields as they come back to the page."""

    question: Question
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    fields: list[Field] = field(default_factory=list[Field])
    spoken: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not any(each.problem for each in self.fields)


def fill_in(
    graph: Graph,
    index: NameIndex,
    question: Question,
    given: Mapping[str, str],
    frame: Frame,
    held: frozenset[str],
) -> Filled:
    """Read what was typed: a thing by its key, its IRI or any of its names. `held` are the defaults there are."""
    filled = Filled(question)
    things: dict[str, str] = {}
    problems: dict[str, str] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name, "").strip()
        if parameter.type.written == "language":
            wanted = text if text in LANGUAGES else frame.language
            filled.values[parameter.name] = wanted
        elif text:
            try:
                value = _read(graph, index, parameter, text, frame.base)
            except ValueError as problem:
                problems[parameter.name] = str(problem)
                continue
            filled.values[parameter.name] = value
            if isinstance(value, ox.NamedNode):
                things[parameter.name] = value.value
        elif isinstance(parameter.default, ox.NamedNode):
            if parameter.default.value in held:
                things[parameter.name] = parameter.default.value
            else:
                problems[parameter.name] = frame.say("question-fill")
        elif parameter.is_required:
            problems[parameter.name] = frame.say("question-fill")
    speaker = Speaker(frame, named(graph, things.values()))
    for parameter in question.parameters:
        if parameter.type.written == "language":
            continue
        text = given.get(parameter.name, "").strip()
        iri = things.get(parameter.name)
        unbounded = _unbounded(parameter, text, frame)
        if unbounded:
            text, filled.spoken[parameter.name] = "", unbounded
        elif iri:
            text = _typed(speaker, index, parameter, iri)
            filled.spoken[parameter.name] = speaker.short(iri)
        elif not text and parameter.default is not None:
            text = "" if parameter.name in problems else shown(parameter.default)
        elif text and parameter.name not in problems:
            filled.spoken[parameter.name] = text
        label, meaning = label_of(parameter, parameter.explained(frame.language))
        if _unbounded(parameter, "", frame):
            unbounded = frame.say("question-unbounded")
            meaning = "; ".join(filter(None, (meaning, unbounded)))
        is_truth = parameter.type.written == "xsd:boolean"
        filled.fields.append(
            Field(
                parameter.name,
                label,
                meaning,
                text,
                input_type(parameter),
                kinds_of(parameter) if parameter.type.is_iri else None,
                (("true", frame.say("yes")), ("false", frame.say("no")))
                if is_truth
                else (),
                speaker.link(iri) if iri else None,
                problems.get(parameter.name),
            )
        )
    return filled


def ask_filled(graph: Graph, filled: Filled, frame: Frame) -> Result:
    """The answer to a question that was filled in."""
    return answer(
        graph, filled.question, filled.values, lang=frame.language, base=frame.base
    )


def asked_view(graph: Graph, filled: Filled, frame: Frame) -> Asked:
    """A question on its page, with its answer if it could be asked."""
    question = filled.question
    path = f"/questions/{question.name}"
    given = {each.name: each.value for each in filled.fields if each.value}
    query = "&".join(filter(None, [urlencode(given)]))
    table: Table | None = None
    problem: str | None = None
    sparql = question.text
    if filled.is_ready:
        try:
            sparql = question.bind(filled.values, frame.base)
            rows = ask_filled(graph, filled, frame)
            if isinstance(rows, Rows):
                speaker = Speaker(frame, named(graph, things_in(rows)))
                table = table_of(speaker, rows, question.columns)
        except SimpulError as error:
            problem = complaint(error, frame.language)
    spoken = {
        each.name: "…" for each in filled.fields if each.problem or not each.value
    } | filled.spoken
    return Asked(
        question.id,
        question.title(frame.language),
        question.asks(frame.language, **spoken),
        path,
        tuple(filled.fields),
        question.columns,
        sparql,
        frame.href("/sparql") + "#" + urlencode({"query": sparql}),
        table,
        tuple(
            (
                name,
                f"{path}?{query}{'&' if query else ''}format={form}&lang={frame.language}",
            )
            for form, (name, _, _) in DOWNLOADS.items()
        ),
        problem,
    )


def spoken_defaults(
    question: Question, speaker: Speaker, held: frozenset[str]
) -> dict[str, str]:
    """What a question is asked about unless told otherwise, as the page says it.

    A thing that this graph does not hold is an ellipsis.
    """
    spoken: dict[str, str] = {}
    for parameter in question.parameters:
        if isinstance(parameter.default, ox.NamedNode):
            iri = parameter.default.value
            spoken[parameter.name] = speaker.short(iri) if iri in held else "…"
        elif words := _unbounded(parameter, "", speaker.frame):
            spoken[parameter.name] = words
    return spoken


def _unbounded(parameter: Parameter, text: str, frame: Frame) -> str:
    """The words for a time that has no beginning or no end, if this is the default and was left as it is."""
    default = parameter.default
    if not isinstance(default, ox.Literal) or default.datatype.value != XSD.date:
        return ""
    if default.value not in _OPEN or text not in ("", default.value):
        return ""
    return reply_words().say(_OPEN[default.value], frame.language)


def kinds_of(parameter: Parameter) -> str:
    """The kinds of names that fit a parameter; "" for any."""
    kind = parameter.type.kind or ""
    return _KINDS.get(kind, kind if "/" not in kind else "topic")


def _read(
    graph: Graph, index: NameIndex, parameter: Parameter, text: str, base: str
) -> Value:
    """The term that a text stands for: a key or an IRI of the graph, else what is called like that.

    Raises: ValueError that says what is wrong.
    """
    if not parameter.type.is_iri:
        return parameter.type.term(text, base)
    try:
        term = parameter.type.term(text, base)
        if isinstance(term, ox.NamedNode) and graph.mentions(term.value):
            return term
        problem = "is not in this graph"
    except ValueError as error:
        problem = str(error)
    kinds = [kind for kind in kinds_of(parameter).split(",") if kind]
    found = index.find(text, kinds=kinds or None, limit=1)
    if not found:
        raise ValueError(problem)
    return ox.NamedNode(found[0].iri)


def _typed(speaker: Speaker, index: NameIndex, parameter: Parameter, iri: str) -> str:
    """What stands in the field of a thing: its name if that leads back to it, else its key."""
    short = speaker.short(iri)
    if parameter.type.kind in _SPOKEN_BY_NAME:
        found = index.find(short, kinds=None, limit=1)
        if found and found[0].iri == iri:
            return short
    return shown(ox.NamedNode(iri))
