"""The door to all figures: a kind and a network in, a finished figure out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simpul.analysis import (
    Attendance,
    Names,
    Network,
    Site,
    Timelines,
    UnknownBody,
)
from simpul.ontology import LANGUAGES, Language, ViewError, near_miss

from ..palette import palette
from .adjacency import draw_adjacency
from .ego import draw_ego
from .evidence import draw_evidence
from .figure import Figure
from .geography import draw_map
from .hierarchy import draw_hierarchy
from .mixing import draw_mixing
from .overview import draw_overview
from .scene import Drawing, Scene, words
from .sheet import house_settings, plain
from .timeline import draw_timeline
from .two_mode import draw_two_mode

NARROW_MM, WIDE_MM = 85.0, 174.0
"""The widths of one column and of a page in most journals."""

LEAST_MM, MOST_MM = 60.0, 1000.0
_NAMED = 20  # names of bodies in a caption
_NETWORK, _NO_MOMENT = Names("jejaring", "network"), Names()


class FigureKind(StrEnum):
    """What a figure shows."""

    OVERVIEW = "overview"
    EGO = "ego"
    HIERARCHY = "hierarchy"
    TWO_MODE = "two-mode"
    MIXING = "mixing"
    ADJACENCY = "adjacency"
    TIMELINE = "timeline"
    MAP = "map"
    EVIDENCE = "evidence"


class Part(StrEnum):
    """Which part of a network was given, for the caption to say."""

    MEASURED = "measured"
    CHOSEN = "chosen"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is of, as its caption says it: a title, a moment if any, a version if known."""

    title: Names = _NETWORK
    moment: Names = _NO_MOMENT
    part: Part = Part.ALL
    version: str = ""


_ALL: Mapping[FigureKind, Callable[[Scene], Drawing]] = {
    FigureKind.OVERVIEW: draw_overview,
    FigureKind.EGO: draw_ego,
    FigureKind.HIERARCHY: draw_hierarchy,
    FigureKind.TWO_MODE: draw_two_mode,
    FigureKind.MIXING: draw_mixing,
    FigureKind.ADJACENCY: draw_adjacency,
    FigureKind.TIMELINE: draw_timeline,
    FigureKind.MAP: draw_map,
    FigureKind.EVIDENCE: draw_evidence,
}


def draw_figure(
    kind: str,
    network: Network,
    *,
    lang: Language = "en",
    focus: str | None = None,
    width_mm: float = WIDE_MM,
    seed: int = 1,
    subject: Subject | None = None,
    timelines: Timelines | None = None,
    sites: Sequence[Site] = (),
    attendance: Sequence[Attendance] = (),
) -> Figure:
    """Draw one figure of a network, `kind` being one of `FigureKind`.

    `focus` is the IRI, key, acronym or name of a body; ego and timeline take the body with most partners
    where there is none. A timeline shows names, sites and posts from `timelines`, a map needs `sites` and a
    two-mode figure `attendance`. What cannot be drawn for lack of data gives a figure that says so.

    Raises: ViewError at an unknown kind or focus, an unfit width, or a network without bodies where one
    body is asked for.
    """
    chosen = _kind(kind)
    if not LEAST_MM <= width_mm <= MOST_MM:
        raise ViewError(
            chosen,
            f"a width of {width_mm:g} mm; choose from {LEAST_MM:g} to {MOST_MM:g} mm",
        )
    try:
        body = network.find_body(focus) if focus is not None else None
    except UnknownBody as unknown:
        raise ViewError(chosen, str(unknown)) from unknown
    scene = Scene(
        kind=chosen,
        network=network,
        look=palette(),
        lang=lang,
        width=float(width_mm),
        seed=seed,
        focus=body,
        timelines=timelines or {},
        sites=sites,
        attendance=attendance,
    )
    with house_settings():
        drawing = _ALL[chosen](scene)
    about = subject or Subject()
    spoken = {each: _caption(chosen, drawing, about, each) for each in LANGUAGES}
    return Figure(
        kind=chosen,
        lang=lang,
        title=_title(chosen, about, lang),
        caption=Names(spoken["id"], spoken["en"]),
        bodies=drawing.bodies,
        ties=drawing.ties,
        unlabelled=tuple(drawing.unlabelled),
        sheet=drawing.sheet,
    )


def about_kind(kind: FigureKind) -> Names:
    """What a kind of figure shows, in a line."""
    return Names(*(words().say(f"about-{kind}", lang) for lang in LANGUAGES))


def _kind(asked: str) -> FigureKind:
    try:
        return FigureKind(asked)
    except ValueError:
        near = near_miss(asked, [each.value for each in FigureKind])
        hint = f"did you mean {near!r}? " if near else ""
        known = ", ".join(FigureKind)
        raise ViewError(
            "figure", f"no kind {asked!r}; {hint}there are {known}"
        ) from None


def _title(kind: FigureKind, subject: Subject, lang: Language) -> str:
    said = words().say(f"title-{kind}", lang)
    return f"{said}: {plain(subject.title.say(lang))}"


def _caption(
    kind: FigureKind, drawing: Drawing, subject: Subject, lang: Language
) -> str:
    say = words().say
    moment = plain(subject.moment.say(lang))
    sentences = [
        say(
            drawing.lead,
            lang,
            title=say(f"title-{kind}", lang),
            network=plain(subject.title.say(lang)),
            moment=f", {moment}" if moment else "",
            part=say(f"part-{subject.part}", lang),
            bodies=drawing.bodies,
            ties=drawing.ties,
        )
    ]
    sentences += [say(code, lang, **facts) for code, facts in drawing.notes]
    if drawing.unlabelled:
        names = "; ".join(drawing.unlabelled[:_NAMED])
        if more := len(drawing.unlabelled) - _NAMED:
            names = (
                say("caption-more", lang, names=names, more=more) if more > 0 else names
            )
        sentences.append(
            say("caption-unlabelled", lang, count=len(drawing.unlabelled), names=names)
        )
    if subject.version:
        sentences.append(say("caption-version", lang, version=subject.version))
    return " ".join(sentences)
