"""Whether the header of a query file says what its text bears out, line by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Final

from simpul.ontology import LANGUAGES, near_miss

from .catalog import Question, read_question
from .errors import BadQueryFile
from .tokens import Kind, Token, is_word

KEYS: Final = (
    "id",
    *(f"{key}.{lang}" for key in ("title", "asks") for lang in LANGUAGES),
    "given",
    "gives",
    "order",
)
_LINE: Final = re.compile(r"#\+ (?P<key>[a-z]+(?:\.[a-z]+)?):\s*(?P<value>.*)")
_MORE: Final = re.compile(r"#\+ {2,}.+")
_MARK: Final = "#+"


@dataclass(frozen=True, slots=True)
class HeaderFault:
    """What is wrong with a line of a header: a code of `checking.toml` after `check-header`, and its facts."""

    code: str
    line: int
    facts: Mapping[str, object]
    is_error: bool = False
    is_note: bool = False


def has_header(text: str) -> bool:
    """Whether a text begins with a header."""
    return text.startswith(_MARK)


def header_faults(
    text: str, name: str, selected: Sequence[str], read: Sequence[Token]
) -> Iterator[HeaderFault]:
    """What is wrong with the header of a query that gives the columns `selected`; empty where that is unknown."""
    lines: dict[str, int] = {}
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.startswith(_MARK):
            break
        if match := _LINE.fullmatch(line):
            lines.setdefault(match["key"], place)
            if match["key"] not in KEYS:
                near = near_miss(match["key"], KEYS)
                yield HeaderFault("-key", place, {"key": match["key"], "near": near})
        elif not (lines and _MORE.fullmatch(line)):
            yield HeaderFault("-line", place, {})
    try:
        question = read_question(text, name)
    except BadQueryFile as error:
        place = lines.get("given", lines.get("gives", 1))
        yield HeaderFault("", place, {"problem": error.problem}, is_error=True)
        return
    yield from _sentences(question, lines)
    yield from _columns(question, lines, selected, read)


def _sentences(question: Question, lines: Mapping[str, int]) -> Iterator[HeaderFault]:
    for key in ("title", "asks"):
        for lang in LANGUAGES:
            if f"{key}.{lang}" not in lines:
                yield HeaderFault(
                    "-language", 1, {"key": f"{key}.{lang}"}, is_note=True
                )
    spoken = {parameter.name for parameter in question.parameters if parameter.spoken}
    for lang, sentence in question.sentences.items():
        try:
            fields = [field for _, field, _, _ in Formatter().parse(sentence)]
        except ValueError as error:
            facts = {"problem": str(error)}
            yield HeaderFault("", lines[f"asks.{lang}"], facts, is_error=True)
            continue
        for field in fields:
            if field is not None and field not in spoken:
                facts = {"slot": f"{{{field}}}"}
                line = lines[f"asks.{lang}"]
                yield HeaderFault("-slot", line, facts, is_error=True)


def _columns(
    question: Question,
    lines: Mapping[str, int],
    selected: Sequence[str],
    read: Sequence[Token],
) -> Iterator[HeaderFault]:
    given = [column.name for column in question.columns]
    if not selected or not given:
        return
    if given != list(selected):
        facts = {"given": _written(given), "selected": _written(selected)}
        yield HeaderFault("-columns", lines["gives"], facts, is_error=True)
    missing = [name for name in selected if name not in _ordered(read)]
    if missing and "order" in lines:
        facts = {"missing": _written(missing)}
        yield HeaderFault("-order", lines["order"], facts, is_note=True)


def _ordered(read: Sequence[Token]) -> set[str]:
    """The variables of the last ORDER BY."""
    places = [place for place, token in enumerate(read) if is_word(token, "ORDER")]
    after = read[places[-1] :] if places else ()
    return {token.text[1:] for token in after if token.kind is Kind.VARIABLE}


def _written(names: Sequence[str]) -> str:
    return ", ".join(f"?{name}" for name in names)
