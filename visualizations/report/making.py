"""A network in; every file of its report out, by name. The same network and settings give the same bytes."""

import json
from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from typing import Any, cast

from simpul.analysis import (
    Attendance,
    Dyads,
    Network,
    Site,
    Timelines,
    method_sentences,
    references,
    select,
)
from simpul.analysis.exports import export_network
from simpul.analysis.uncertainty import Intervals, Prior

from ..figures import Figure, FigureKind, Part, Subject, draw_figure
from .assumed import assumption_section
from .changed import change_section
from .drawn import drawn
from .groups import brokerage_section, community_section, mixing_section
from .markdown import findings_in_markdown
from .measured import measure_tables
from .network_report import (
    code_table,
    column_table,
    dyad_table,
    gap_section,
    network_section,
)
from .page import report_page, say_section
from .ranks import RANKED_BY, interval_table, rank_section
from .section import Section
from .settings import About, Settings
from .surviving import sensitivity_section
from .table import in_notation

_DRAWN = (
    FigureKind.OVERVIEW,
    FigureKind.MIXING,
    FigureKind.TIMELINE,
    FigureKind.EVIDENCE,
)


def make_report(
    network: Network,
    about: About,
    settings: Settings,
    *,
    heard: Collection[str] = (),
    timelines: Timelines | None = None,
    sites: Sequence[Site] = (),
    attendance: Sequence[Attendance] = (),
) -> Mapping[str, bytes]:
    """Every file of a report by its path in the folder, strokes between its parts.

    `heard` are the bodies for which somebody speaks, see `read_heard`.

    Raises: UnusableDraw; Untestable for no draws.
    """
    lang = settings.lang
    dyads = select(network, settings.rules)
    spans = drawn(dyads, settings)
    measures, whole, parted = measure_tables(dyads, spans, settings)
    rules: tuple[str, ...] = (dyads.describe(lang),)
    if about.boundary:
        rules = (about.boundary.say(lang), *rules)
    unsaid = (
        rank_section(spans.ranks, lang),
        brokerage_section(dyads, spans, lang),
        mixing_section(dyads, spans, settings),
        community_section(dyads, parted, lang),
        change_section(network, settings),
        sensitivity_section(dyads, settings),
        assumption_section(dyads, spans, settings),
        Section("whole", tables=(whole,)),
        network_section(network, dyads, rules, lang),
        gap_section(network, heard, lang),
        Section("methods", _methods(dyads, spans.ranks, settings)),
        Section("codebook", tables=(code_table(network, lang),)),
    )
    sections = tuple(say_section(each, lang) for each in unsaid)
    figures = _figures(network, about, settings, timelines, sites, attendance)
    tables = [table for each in sections for table in each.tables]
    tables += [measures, dyad_table(dyads), interval_table(spans.ranks)]
    made = {
        # The codes stand beside the report, as people look them up there.
        f"{'' if table.key == 'codebook' else 'tables/'}{table.key}.csv": table.csv()
        for table in (*tables, column_table(tables))
    }
    for kind, figure in figures.items():
        made[f"figures/{kind}.svg"] = figure.svg()
        made[f"figures/{kind}.pdf"] = figure.pdf()
    for name in ("graphml", "csv"):
        written = export_network(network, name, "network", language=lang)
        made |= {f"network/{file}": each for file, each in written.files.items()}
    for name, text in (about.queries or {}).items():
        made[f"queries/{name}.rq"] = text.replace("\r\n", "\n").encode("utf-8")
    made["references.bib"] = references().encode("utf-8")
    made["findings.md"] = findings_in_markdown(sections, about, settings)
    made["replicate.R"] = _script(directed=settings.rules.directed)
    made["parameters.json"] = _parameters(dyads, about, settings)
    page = report_page(sections, figures, about, settings)
    made["report.html"] = page.encode("utf-8")
    return dict(sorted(made.items()))


def _methods(dyads: Dyads, found: Intervals, settings: Settings) -> tuple[str, ...]:
    steps = {"centrality", "positions", "whole", "brokerage", "mixing", "communities"}
    if settings.rules.directed:
        steps.add("direction")
    if settings.windows:
        steps.add("change")
    facts = {"draws": settings.draws, "seed": settings.seed}
    paragraph = [
        dyads.describe(settings.lang),
        *method_sentences(settings.lang, steps, **facts),
    ]
    paragraph += [Prior().describe(settings.lang), found.say(settings.lang)]
    return (in_notation(" ".join(paragraph), settings.lang),)


def _figures(
    network: Network,
    about: About,
    settings: Settings,
    timelines: Timelines | None,
    sites: Sequence[Site],
    attendance: Sequence[Attendance],
) -> Mapping[str, Figure]:
    part = network.with_ties(lambda tie: settings.rules.leaves_out(tie) is None).named()
    usual = len(part.ties) == len(network.measured().ties)
    which = Part.MEASURED if usual else Part.CHOSEN
    subject = Subject(about.title, about.moment, which, about.version)
    return {
        kind.value: draw_figure(
            kind,
            part,
            lang=settings.lang,
            seed=settings.seed,
            subject=subject,
            timelines=timelines,
            sites=sites,
            attendance=attendance,
        )
        for kind in _DRAWN
        # A timeline is that of one body.
        if part.bodies or kind is not FigureKind.TIMELINE
    }


def _parameters(dyads: Dyads, about: About, settings: Settings) -> bytes:
    rules = settings.rules
    document: dict[str, object] = {
        "title": {"id": about.title.id, "en": about.title.en},
        "version": about.version,
        "software": about.software,
        "language": settings.lang,
        "moment": about.moment.say("en"),
        "draws": settings.draws,
        "seed": settings.seed,
        "windows": [str(days) for days in settings.windows or ()],
        "ranked_by": RANKED_BY,
        "rules": {
            name: _plain(getattr(rules, name))
            for name in rules.__dataclass_fields__
            if name != "when"
        }
        | {"when": str(rules.when) if rules.when else None},
        "scope": {
            name: getattr(dyads.scope, name)
            for name in dyads.scope.__dataclass_fields__
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode("utf-8", "replace")


def _plain(rule: Any) -> object:
    return sorted(cast(frozenset[str], rule)) if isinstance(rule, frozenset) else rule


def _script(*, directed: bool) -> bytes:
    place = files("simpul.visualizations.report").joinpath("replicate.R")
    text = place.read_text(encoding="utf-8").replace("\r\n", "\n")
    if directed:
        text = text.replace("directed <- FALSE", "directed <- TRUE")
    return text.encode("utf-8")
