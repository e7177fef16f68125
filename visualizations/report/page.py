"""The page of a report: one HTML file that asks for nothing else, to be read, printed or copied from."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simpul.ontology import Language

from ..figures import Figure
from ..policy import content_policy
from .network_report import column_label
from .said import words
from .section import Section
from .settings import About, Settings

_SUMMED = frozenset({"ranks", "mixing", "communities", "change", "sensitivity", "gaps"})
"""Sections whose first sentence of their own belongs in the summary."""

_SPOKEN = frozenset(
    {
        "verdict",
        "statistic",
        "survives",
        "unit",
        "variable",
        "figure",
        "measure",
        "conclusion",
        "model",
    }
)
"""Columns whose cells are codes of this program, which a page says in words."""


def say_section(section: Section, language: Language) -> Section:
    """The same section, its own words before what measures and tests say."""
    say = words().say
    told = [say(f"about-{section.code}", language)]
    if section.facts:
        told.append(say(f"facts-{section.code}", language, **section.facts))
    elif section.code == "change":
        told.append(say("no-windows", language))
    return replace(section, told=(*told, *section.told))


def report_page(
    sections: Sequence[Section],
    figures: Mapping[str, Figure],
    about: About,
    settings: Settings,
) -> str:
    """The page with these sections, which have been through `say_section`."""
    lang = settings.lang
    style = _style()
    environment = Environment(
        loader=PackageLoader("simpul.visualizations", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def say(code: str, **facts: object) -> str:
        return words().say(code, lang, **facts)

    def shown(column: str, text: str) -> str:
        return spoken(column, text, lang)

    def label(column: str) -> str:
        return column_label(column, lang)

    def picture(kind: str) -> str:
        return base64.b64encode(figures[kind].svg()).decode("ascii")

    return environment.get_template("report.html.j2").render(
        lang=lang,
        say=say,
        shown=shown,
        label=label,
        picture=picture,
        figures=figures,
        sections=sections,
        about=about,
        settings=settings,
        summary=[
            line
            for each in sections
            if each.code in _SUMMED and (each.code != "change" or settings.windows)
            for line in each.told[1:2]
        ],
        policy=content_policy(style),
        style=Markup(style),  # ours, and escaping it would change its hash
    )


def spoken(column: str, text: str, language: Language) -> str:
    """A cell as people read it: codes of this program in words, all else as it is."""
    if column not in _SPOKEN or f"cell-{text}" not in words().sentences:
        return text
    return words().say(f"cell-{text}", language)


def _style() -> str:
    place = files("simpul.visualizations.report").joinpath("report.css")
    return place.read_text(encoding="utf-8").replace("\r\n", "\n")
