"""The network as values: bodies, the ties on record between them, and the links that ties make.

A tie is a record with participants, time, standing and evidence. A link is one pair of bodies that
a tie connects; a tie of four partners makes six links, a statement without a subject makes none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from simpul.ontology import ClaimStatus, Language, Modality, SimpulError, near_miss

UNMEASURED_LAYERS = frozenset({"discourse", "conflict"})
"""Top tie types that measures leave out: speaking of a body, or quarrelling with it, is not working with it."""


class UnknownBody(SimpulError):
    """No body of the network has this IRI, key, acronym or name."""

    def __init__(self, asked: str, near: str | None) -> None:
        self.asked = asked
        self.near = near
        hint = f"; did you mean {near!r}?" if near else ""
        super().__init__(f"no body {asked!r} in the network{hint}")


@dataclass(frozen=True, slots=True)
class Names:
    """One text in Indonesian and in English; "" where there is none.

    >>> Names("Kementerian Perindustrian", "").say("en")
    'Kementerian Perindustrian'
    """

    id: str = ""
    en: str = ""

    def say(self, language: Language) -> str:
        """The text in this language, or in the other one where this one is missing."""
        first, second = (self.id, self.en) if language == "id" else (self.en, self.id)
        return first or second

    def __bool__(self) -> bool:
        return bool(self.id or self.en)


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A concept of a code list, with its code and its names."""

    iri: str
    code: str
    name: Names


class BodyClass(StrEnum):
    """What a body is: one organization, a population spoken of as one, a party not named, a person."""

    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Body:
    """Whatever can be tied. `strand` is the widest sector above its sector, or that sector itself."""

    iri: str
    key: str
    body_class: BodyClass
    name: Names
    acronym: str | None = None
    other_names: tuple[str, ...] = ()
    sector: NamedCode | None = None
    strand: NamedCode | None = None
    kind: NamedCode | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One party in one role. `body` is the body that a person acts for, else the party itself."""

    party: str
    party_name: Names
    body: str
    role: NamedCode
    role_text: str | None = None
    mentioned_as: str | None = None
    post: Names = Names()


class Stance(StrEnum):
    """How a passage bears on a tie: for it, against it, or touching the matter without backing it."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One passage of one document. `root` is the origin that it goes back to; copies share one."""

    iri: str
    stance: Stance
    document: str
    title: Names
    publisher: Names = Names()
    issued: str | None = None
    url: str | None = None
    locator: str | None = None
    voice: Names = Names()
    explicitness: NamedCode | None = None
    paraphrase: Names = Names()
    note: Names = Names()
    root: str | None = None
    root_name: Names = Names()


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie on record, whatever its status. `layer` is the widest tie type above its type; dates are EDTF.

    `holding` says whether it is attested or only possible, in a time slice of a graph; elsewhere it is None.
    """

    iri: str
    key: str
    type: NamedCode
    layer: NamedCode
    status: NamedCode | None = None
    confidence: NamedCode | None = None
    standing: NamedCode | None = None
    holding: NamedCode | None = None
    modality: NamedCode | None = None
    sign: NamedCode | None = None
    basis: NamedCode | None = None
    start: str | None = None
    end: str | None = None
    occurred: str | None = None
    place: Names = Names()
    programme: Names = Names()
    event: Names = Names()
    claim: Names = Names()
    note: Names = Names()
    participants: tuple[Participant, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()

    @property
    def is_realised(self) -> bool:
        """Whether the tie is accepted, and came about as far as its sources say.

        A tie without a modality counts as realised, since that is what a plain statement means.
        """
        accepted = self.status is not None and self.status.code == ClaimStatus.ACCEPTED
        return accepted and (
            self.modality is None or self.modality.code == Modality.REALISED
        )

    def documents(self, stance: Stance = Stance.SUPPORTS) -> int:
        """Count the documents that take this stance."""
        return len({item.document for item in self.evidence if item.stance is stance})

    def origins(self, stance: Stance = Stance.SUPPORTS) -> int:
        """Count the origins behind those documents; copies of one release are one origin."""
        return len(
            {
                item.root or item.document
                for item in self.evidence
                if item.stance is stance
            }
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One pair of bodies that a tie connects.

    A link that is not directed is held once, `source` before `target` by IRI. Inside a clique
    of n bodies in one role each link weighs 1/(n-1), so that no body gains by the size of
    the table it sits at; every other link weighs 1.
    """

    tie: str
    edge: NamedCode
    source: str
    target: str
    directed: bool
    weight: float


@dataclass(frozen=True)
class Network:
    """Bodies, ties and links, each sorted by IRI. Every link's tie and bodies are in it."""

    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    links: tuple[Link, ...]

    @cached_property
    def body_by_iri(self) -> Mapping[str, Body]:
        """The bodies by IRI."""
        return {body.iri: body for body in self.bodies}

    @cached_property
    def tie_by_iri(self) -> Mapping[str, Tie]:
        """The ties by IRI."""
        return {tie.iri: tie for tie in self.ties}

    def find_body(self, asked: str) -> Body:
        """The body with this IRI, key, acronym or name, in that order; names ignore case.

        Raises: UnknownBody, with the nearest key or name.
        """
        if asked in self.body_by_iri:
            return self.body_by_iri[asked]
        folded = asked.casefold().strip()
        ways: tuple[Callable[[Body], Iterable[str]], ...] = (
            lambda body: (body.key, "/".join(body.iri.split("/")[-2:])),
            lambda body: (body.acronym or "",),
            lambda body: (body.name.id, body.name.en, *body.other_names),
        )
        for way in ways:
            for body in self.bodies:
                if folded and folded in (name.casefold() for name in way(body)):
                    return body
        known = {name for way in ways for body in self.bodies for name in way(body)}
        raise UnknownBody(asked, near_miss(asked, known - {""}))

    def with_ties(self, keeps: Callable[[Tie], bool]) -> Self:
        """The same bodies with only the ties that `keeps` holds for, and their links."""
        ties = tuple(tie for tie in self.ties if keeps(tie))
        kept = {tie.iri for tie in ties}
        links = tuple(link for link in self.links if link.tie in kept)
        return replace(self, ties=ties, links=links)

    def realised(self) -> Self:
        """The same bodies with only accepted ties that came about, those since ended included."""
        return self.with_ties(lambda tie: tie.is_realised)

    def measured(self) -> Self:
        """The part that measures use unless told otherwise: realised, without talk and conflict, `named`."""
        return self.with_ties(
            lambda tie: tie.is_realised and tie.layer.code not in UNMEASURED_LAYERS
        ).named()

    def named(self) -> Self:
        """The network without parties that no source names, and without the links to them.

        Who they are is unknown, so they cannot be told from the named bodies and counted as further partners.
        """
        named = {
            body.iri: body
            for body in self.bodies
            if body.body_class is not BodyClass.UNNAMED
        }
        links = (
            link for link in self.links if link.source in named and link.target in named
        )
        return replace(self, bodies=tuple(named.values()), links=tuple(links))

    def around(self, asked: str) -> Self:
        """One body, the bodies it shares a tie with, and the ties between any of these.

        Raises: UnknownBody.
        """
        centre = self.find_body(asked).iri
        near = {centre}
        for tie in self.ties:
            parties = {participant.body for participant in tie.participants}
            near |= parties if centre in parties else set()
        links = tuple(
            link for link in self.links if link.source in near and link.target in near
        )
        linking = {link.tie for link in links}
        return replace(
            self,
            bodies=tuple(body for body in self.bodies if body.iri in near),
            ties=tuple(
                tie
                for tie in self.ties
                if tie.iri in linking
                or any(participant.body == centre for participant in tie.participants)
            ),
            links=links,
        )
