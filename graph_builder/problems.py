"""Problems: what is wrong with a record file, where, and the way out, in Indonesian and English.

A problem holds codes and facts; the words are in `messages/`, a message and a remedy for each
code, so that a check decides what is wrong and never how to say it.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from difflib import get_close_matches
from functools import cache
from string import Formatter
from typing import Literal, Self

from simpul.ontology import LANGUAGES, Language, VocabularyError, Wording

Severity = Literal["error", "warning", "information"]
Fact = str | int | tuple[str, ...] | Mapping[Language, str]
"""A mapping is a text in each language, such as the message of a shape."""
FieldPath = tuple[str | int, ...]

TABLE_ENDINGS = (".csv", ".xlsx", ".parquet")
"""Files of rows and columns; every other file has lines."""

_SHOWN_CHARACTERS = 120
_SHOWN_ITEMS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file.

    `line` counts from 1: the line of a text, or the row of a table, whose headings are row 1.
    `column` is the heading of a column, with its letter where a spreadsheet shows one.
    """

    file: str
    line: int | None = None
    sheet: str | None = None
    column: str | None = None

    def text(self, lang: Language) -> str:
        """The place in words.

        >>> Place("ties.xlsx", 4, "ties", "peran (C)").text("en")
        'ties.xlsx, sheet ties, row 4, column peran (C)'
        >>> Place("ties.yaml", 41).text("id")
        'ties.yaml baris 41'
        """
        say = _words().say
        table = self.file.lower().endswith(TABLE_ENDINGS)
        parts: list[str] = []
        if self.sheet is not None:
            parts.append(say("sheet", lang, sheet=shown(self.sheet)))
        if self.line is not None:
            parts.append(say("row" if table else "line", lang, line=self.line))
        if self.column is not None:
            parts.append(say("column", lang, column=shown(self.column)))
        return (", " if table else " ").join([shown(self.file), *parts])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or odd, in one place of the records.

    `code` names a message in `messages/` and `facts` fill it. Two facts are special:
    `nearest` (existing names that resemble a wrong one) replaces the remedy by an offer of them,
    and `reason` may itself be a code of `messages/`, as those of `BadEdtf` are.
    `key` is the id of the record, `field` the place in it as `written_path` writes it. `line`,
    `sheet` and `column` are those of `Place`.

    Raises: VocabularyError if there is no such code, or a fact of its message is missing.
    """

    code: str
    file: str
    line: int | None = None
    key: str | None = None
    field: str | None = None
    facts: Mapping[str, Fact] = with_default(default_factory=dict[str, Fact])
    severity: Severity = "error"
    sheet: str | None = None
    column: str | None = None

    def __post_init__(self) -> None:
        missing = _facts_of(self.code) - set(self.facts)
        if missing:
            raise VocabularyError(
                self.code, f"the facts {sorted(missing)} were not given"
            )

    @classmethod
    def at(
        cls,
        place: Place,
        code: str,
        key: str | None = None,
        field: str | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> Self:
        """An error in a place."""
        return cls(
            code,
            place.file,
            place.line,
            key,
            field,
            facts or {},
            sheet=place.sheet,
            column=place.column,
        )

    def message(self, lang: Language) -> str:
        """What is wrong.

        >>> Problem("bad-value", "a.yaml", facts={"value": "x", "expected": "a number"}).message("en")
        '"x" is not what belongs here: a number'
        """
        return _words().say(self.code, lang, **self._worded_facts(lang))

    def remedy(self, lang: Language) -> str:
        """What to do about it.

        >>> Problem("unknown-field", "a.yaml", facts={"nearest": ("role",)}).remedy("en")
        'did you mean "role"?'
        """
        code = "did-you-mean" if self.facts.get("nearest") else f"{self.code}-remedy"
        return _words().say(code, lang, **self._worded_facts(lang))

    def line_text(self, lang: Language) -> str:
        """Place, message and remedy on one line.

        >>> print(Problem("missing-evidence", "ties.yaml", 41, "t-x").line_text("en"))
        ties.yaml line 41, t-x: nothing supports this; add at least one item to `evidence`
        """
        # Of a table one sees the column, and would have to look for the path.
        inside = () if self.column else (self.field,)
        where = [self.place.text(lang), *map(shown, filter(None, (self.key, *inside)))]
        return f"{', '.join(where)}: {self.message(lang)}; {self.remedy(lang)}"

    @property
    def place(self) -> Place:
        """Where it is in a file."""
        return Place(self.file, self.line, self.sheet, self.column)

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """Sorts problems as a reader meets them: by file, sheet, line, field, code."""
        line, field = self.line or 0, self.field or ""
        return (self.file, self.sheet or "", line, field, self.code)

    def _worded_facts(self, lang: Language) -> dict[str, str]:
        worded = {
            name: _fact_text(fact[lang] if isinstance(fact, Mapping) else fact)
            for name, fact in self.facts.items()
        }
        reason = self.facts.get("reason")
        if isinstance(reason, str) and reason in _words().sentences:
            worded["reason"] = _words().say(reason, lang)
        return worded


def in_words(code: str, **facts: str) -> Fact:
    """A sentence of `messages/` in both languages, as a fact of a problem; any other text as it is.

    >>> in_words("expected-truth")["id"], in_words("a number")
    ('true atau false', 'a number')
    """
    if code not in _words().sentences:
        return code
    return {language: _words().say(code, language, **facts) for language in LANGUAGES}


@cache
def _words() -> Wording:
    return Wording.load("simpul.graph_builder", "messages")


@cache
def _facts_of(code: str) -> frozenset[str]:
    """The facts that the message and the remedy of a code speak of."""
    sentences = _words().sentences
    if code not in sentences or f"{code}-remedy" not in sentences:
        raise VocabularyError(code, "has no message and remedy in messages/")
    texts = (sentences[name]["en"] for name in (code, f"{code}-remedy"))
    return frozenset(
        fact for text in texts for _, fact, _, _ in Formatter().parse(text) if fact
    )


def _fact_text(fact: str | int | tuple[str, ...]) -> str:
    if not isinstance(fact, tuple):
        return shown(str(fact))
    more = ", …" if len(fact) > _SHOWN_ITEMS else ""
    return ", ".join(f'"{shown(item)}"' for item in fact[:_SHOWN_ITEMS]) + more


def shown(text: str) -> str:
    """Text from a file made fit to print: no control or direction characters, not too long.

    A record may hold what would move a cursor or turn a line around; a message must not.

    >>> shown("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    cut = (
        text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
    )
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character
        for character in cut
    )


def written_path(path: FieldPath) -> str:
    """The way to a field as messages write it.

    >>> written_path(("participants", 0, "role"))
    'participants[0].role'
    """
    text = ""
    for step in path:
        dot = "." if text else ""
        text += f"[{step}]" if isinstance(step, int) else f"{dot}{step}"
    return text


def nearest(value: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The known names that most resemble a value, best first; case does not count.

    >>> nearest("Co-operation", ["cooperation", "founding"])
    ('cooperation',)
    """
    # Sorted, so that names which resemble it equally come in the same order however they were given.
    by_folded = {name.casefold(): name for name in sorted(known)}
    matches = get_close_matches(value.casefold(), by_folded, n=most)
    return tuple(by_folded[match] for match in matches)
