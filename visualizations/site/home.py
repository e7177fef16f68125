"""The first page: what the graph is, in words and numbers, and the ways into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simpul.ontology import DCTERMS, SIMPUL

from .asking import Entry
from .frame import Frame
from .rows import Statements, first_iri
from .speaking import Fact, Part, Speaker

COUNTS = (
    *("institutions", "ties", "people", "events", "figures"),
    *("sources", "origins", "passages", "discrepancies"),
)
"""What is counted, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Door:
    """A way into the graph; `is_download` is the name of the file that it leads to."""

    text: str
    href: str
    is_download: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the first page shows."""

    counts: tuple[tuple[str, int], ...]
    often: tuple[Part, ...]
    description: Part | None
    facts: tuple[Fact, ...]
    questions: tuple[Entry, ...]
    all_questions: int
    doors: tuple[Door, ...]


def home_view(
    frame: Frame,
    speaker: Speaker,
    about: Statements,
    counts: Mapping[str, int],
    often: Iterable[str],
    questions: tuple[Entry, ...],
    all_questions: int,
    files: Iterable[str],
) -> HomeView:
    """The first page.

    `about` is what the ecosystem states of itself, `often` are bodies to begin with, `files` the endings of
    the files of the version that can be had.
    """
    say = frame.say
    name = f"simpul-{frame.digest[:12]}"
    doors = (
        *(
            Door(say(f"home-{each}"), f"/graph.{each}", f"{name}.{each}")
            for each in files
        ),
        Door(say("home-sparql"), frame.href("/sparql")),
        Door(say("home-map"), frame.href("/explorer")),
        Door(say("home-terms"), frame.href("/ontology")),
    )
    return HomeView(
        tuple((code, counts[code]) for code in COUNTS if counts.get(code)),
        tuple(
            Part(speaker.short(body), frame.href_of(body), sign=speaker.sign(body))
            for body in often
        ),
        speaker.text(about, DCTERMS.description),
        tuple(_facts(frame, speaker, about)),
        questions,
        all_questions,
        doors,
    )


def _facts(frame: Frame, speaker: Speaker, about: Statements) -> Iterable[Fact]:
    if included := speaker.text(about, SIMPUL.inclusionRule):
        yield Fact(frame.say("home-inclusion"), (included,))
    if period := speaker.text(about, SIMPUL.period):
        yield Fact(frame.say("home-period"), (period,))
    if frame.newest:
        yield Fact(frame.say("home-newest"), (Part(frame.date(frame.newest)),))
    licence = first_iri(about, DCTERMS.license)
    href = frame.href_of(licence) if licence else None
    if licence and href:
        yield Fact(frame.say("home-licence"), (Part(licence, href, is_web=True),))
    yield Fact(frame.say("home-version"), (Part(frame.digest),))
