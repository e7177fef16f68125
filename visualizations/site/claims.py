"""Claims as a page shows them: ties and events as cards, figures as rows, evidence as a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simpul.ontology import (
    DCTERMS,
    SCHEMA,
    SIMPUL,
    ClaimStatus,
    Comparator,
    Confidence,
    Modality,
    Sign,
)
from simpul.queries import Explanation

from ..page_data import safe_url
from ..palette import Look
from .rows import Statements, ThingRows, Weight, first_iri, first_text, iris
from .speaking import Part, Speaker, look_of

_SUREST = {
    Confidence.HIGH.iri: 3,
    Confidence.MEDIUM.iri: 2,
    Confidence.LOW.iri: 1,
}


_STANCES = ("supports", "disputes", "mentions")


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on how a claim is to be taken; `code` says how it looks, `level` fills so many of three dots."""

    code: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party with its role, and for whom and in which post it took part."""

    party: Part
    role: str
    behalf: Part | None = None
    post: Part | None = None
    mention: str | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A tie or an event: what it is, with whom, when, and how well attested."""

    link: Part
    type: str
    roles: tuple[str, ...]
    others: tuple[PartyView, ...]
    when: str
    look: Look | None
    chips: tuple[Chip, ...]
    weight: str
    text: Part | None
    is_negative: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as printed, what it counts, as of when, and who put it out."""

    link: Part
    figure: str
    about: tuple[Part, ...]
    when: str
    issuers: tuple[Part, ...]
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A passage: how it bears on the claim, where it stands, and what it goes back to."""

    stance: str
    word: str
    document: Part
    url: str | None
    publishers: tuple[Part, ...]
    issued: str
    locator: str | None
    voice: Part | None
    explicitness: str
    notes: tuple[Part, ...]
    origin: Part | None


def chips_of(speaker: Speaker, statements: Statements) -> tuple[Chip, ...]:
    """How a claim is to be taken: standing and confidence always, the rest where it is out of the ordinary."""
    say = speaker.frame.say
    found: list[Chip] = []
    if standing := first_iri(statements, SIMPUL.standing):
        found.append(Chip(f"standing {_code(standing)}", speaker.name(standing)))
    if confidence := first_iri(statements, SIMPUL.confidenceLevel):
        text = say("chip-confidence", level=speaker.name(confidence))
        found.append(Chip("confidence", text, _SUREST.get(confidence, 0)))
    modality = first_iri(statements, SIMPUL.modality)
    if modality and modality != Modality.REALISED.iri:
        found.append(Chip(f"modality {_code(modality)}", speaker.name(modality)))
    if first_iri(statements, SIMPUL.sign) == Sign.NEGATIVE.iri:
        found.append(Chip("negative", say("chip-negative")))
    if status := status_chip(speaker, first_iri(statements, SIMPUL.status)):
        found.append(status)
    return tuple(found)


def weight_words(speaker: Speaker, weights: Mapping[str, Weight]) -> str:
    """ "7 articles, 1 origin", and how many speak against it."""
    counted = speaker.frame.counted
    support = weights.get(SIMPUL.supports, Weight(0, 0))
    told = [counted("articles", support.documents), counted("origins", support.origins)]
    if against := weights.get(SIMPUL.disputes):
        told.append(counted("against", against.documents))
    return ", ".join(told)


def claim_card(speaker: Speaker, rows: ThingRows, claim: str) -> ClaimCard:
    """A tie or an event as a card on the page of one that it involves."""
    statements = rows.details.get(claim, {})
    parties = rows.parties.get(claim, ())
    own = [p for p in parties if rows.iri in (p.party, p.behalf, p.capacity)]
    roles = dict.fromkeys(speaker.name(party.role) for party in own)
    others = tuple(
        PartyView(
            speaker.link(party.party),
            speaker.name(party.role),
            speaker.link(party.behalf) if party.behalf else None,
        )
        for party in parties
        if party not in own
    )
    type_ = first_iri(statements, SIMPUL.tieType) or first_iri(
        statements, SIMPUL.eventKind
    )
    is_tie = SIMPUL.tieType in statements
    return ClaimCard(
        speaker.link(claim),
        speaker.code(type_),
        tuple(roles),
        others,
        speaker.when(statements),
        look_of(statements) if is_tie else None,
        chips_of(speaker, statements),
        weight_words(speaker, rows.weights.get(claim, {})),
        speaker.text(statements, SIMPUL.claimText),
        first_iri(statements, SIMPUL.sign) == Sign.NEGATIVE.iri,
    )


def newest_first(rows: ThingRows, claims: Iterable[str]) -> list[str]:
    """Claims by the last day they can have begun on, the latest first; those without one come last."""

    def key(claim: str) -> tuple[str, str]:
        statements = rows.details.get(claim, {})
        day = (
            first_text(statements, SIMPUL.latestStart)
            or first_text(statements, SIMPUL.latestEnd)
            or ""
        )
        return day, claim

    return sorted(claims, key=key, reverse=True)


def figure_row(speaker: Speaker, rows: ThingRows, claim: str) -> FigureRow:
    """A figure, as a row of a table."""
    statements = rows.details.get(claim, {})
    comparator = first_iri(statements, SIMPUL.comparator)
    printed = [
        "" if comparator in (None, Comparator.EXACT.iri) else speaker.code(comparator),
        first_text(statements, SIMPUL.printedValue)
        or first_text(statements, SIMPUL.value)
        or "",
        first_text(statements, SIMPUL.printedUnit)
        or speaker.code(first_iri(statements, SIMPUL.unit)),
    ]
    about = [
        *iris(statements.get(SIMPUL.about, ())),
        *iris(statements.get(SIMPUL.population, ())),
    ]
    indicator = first_iri(statements, SIMPUL.indicator)
    link = speaker.link(claim)
    return FigureRow(
        Part(speaker.name(indicator), link.href) if indicator else link,
        " ".join(filter(None, printed)),
        speaker.links(thing for thing in about if thing != rows.iri),
        speaker.when(statements),
        speaker.links(iris(statements.get(SIMPUL.issuedBy, ())), brief=True),
        chips_of(speaker, statements),
    )


def passage_views(
    speaker: Speaker, explanation: Explanation
) -> tuple[EvidenceView, ...]:
    """The passages that bear on a claim, those for it first, in the order of their dates."""
    found: list[EvidenceView] = []
    for passage in explanation.passages:
        origins = [root for root in passage.roots if root != passage.document]
        found.append(
            EvidenceView(
                _code(passage.stance),
                speaker.frame.say(_code(passage.stance)),
                speaker.link(passage.document),
                safe_url(passage.url),
                speaker.links(passage.publishers),
                speaker.frame.date(passage.issued)
                if passage.issued
                else speaker.frame.say("undated"),
                passage.locator,
                speaker.link(passage.voice) if passage.voice else None,
                speaker.code(passage.explicitness),
                speaker.parts(passage.says),
                speaker.link(origins[0]) if origins else None,
            )
        )
    return tuple(sorted(found, key=lambda view: _STANCES.index(view.stance)))


def evidence_views(
    speaker: Speaker, rows: ThingRows, passages: Iterable[str]
) -> tuple[EvidenceView, ...]:
    """Passages of this source, or by this voice: the claims they bear on, in the order of stance and claim."""
    found: list[EvidenceView] = []
    for passage in passages:
        statements = rows.details.get(passage, {})
        for stance in (SIMPUL.supports, SIMPUL.disputes, SIMPUL.mentions):
            for claim in iris(statements.get(stance, ())):
                found.append(_bearing(speaker, rows, statements, stance, claim))
    found.sort(
        key=lambda view: (_STANCES.index(view.stance), view.document.text.casefold())
    )
    return tuple(found)


def _bearing(
    speaker: Speaker, rows: ThingRows, statements: Statements, stance: str, claim: str
) -> EvidenceView:
    document = first_iri(statements, SIMPUL.sourceDocument)
    voice = first_iri(statements, SIMPUL.voice)
    notes = (SIMPUL.paraphrase, SIMPUL.note, SIMPUL.interpretationNote)
    elsewhere = document is not None and document != rows.iri
    about = rows.details.get(document or "", {})
    issued = first_text(about, DCTERMS.issued)
    return EvidenceView(
        _code(stance),
        speaker.frame.say(_code(stance)),
        speaker.link(claim),
        safe_url(first_iri(about, SCHEMA.url)) if elsewhere else None,
        (speaker.link(document),) if elsewhere and document else (),
        speaker.frame.date(issued) if elsewhere and issued else "",
        first_text(statements, SIMPUL.locatorText),
        speaker.link(voice) if voice and voice != rows.iri else None,
        speaker.code(first_iri(statements, SIMPUL.explicitness)),
        tuple(part for way in notes for part in speaker.parts(statements.get(way, ()))),
        None,
    )


def status_chip(speaker: Speaker, status: str | None) -> Chip | None:
    """A chip for the status of a claim, unless it is the ordinary one."""
    if status is None or status == ClaimStatus.ACCEPTED.iri:
        return None
    return Chip(f"status {_code(status)}", speaker.name(status))


def _code(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
