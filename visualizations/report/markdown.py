"""The findings of a report as Markdown, short enough to stand in a README or the draft of a paper."""

import re
from collections.abc import Iterable, Sequence

from simpul.ontology import Language

from .network_report import column_label
from .page import spoken
from .said import words
from .section import Section
from .settings import About, Settings
from .table import Table

_SHOWN = ("ranks", "brokerage", "mixing", "change", "sensitivity", "assumptions")
_ROWS = 5
_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def findings_in_markdown(
    sections: Sequence[Section], about: About, settings: Settings
) -> bytes:
    """Who leads, brokers and mixes, what changed and what hangs on one origin, with the first rows of each table.

    The sections have been through `say_section`.
    """
    lang = settings.lang
    say = words().say
    lines = [f"# {_plain(about.title.say(lang))}", ""]
    made = {"version": about.version, "software": about.software}
    drawn = {"draws": settings.draws, "seed": settings.seed}
    lines += [say("made", lang, **made, **drawn), ""]
    for section in sections:
        if section.code in _SHOWN:
            lines += [f"## {say(f'section-{section.code}', lang)}", ""]
            for line in section.told:
                lines += [_plain(line), ""]
            for table in section.tables:
                if table.rows:
                    lines += [*_table(table, lang), ""]
    (methods,) = [each for each in sections if each.code == "methods"]
    lines += [f"## {say('section-methods', lang)}", ""]
    lines += [_plain(line) for line in methods.told[1:]]
    lines += ["", say("caution", lang), ""]
    return "\n".join(lines).encode("utf-8")


def _table(table: Table, language: Language) -> Iterable[str]:
    """The caption and the first rows; numbers to the right."""
    rows = table.page_rows(language)
    shown = rows if table.shown is None else rows[:_ROWS]
    yield f"{words().say(f'table-{table.key}', language)}"
    yield ""
    yield _row(column_label(each, language) for each in table.page_columns)
    yield _row("---:" if is_number else "---" for _, is_number in rows[0])
    for row in shown:
        yield _row(
            _plain(spoken(column, text, language))
            for column, (text, _) in zip(table.page_columns, row, strict=True)
        )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text in which nothing is a mark of Markdown or a tag."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
