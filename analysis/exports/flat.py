"""A network as two flat tables: nodes and edges, with a typed value or nothing in each column.

Every format is written from these tables, so what goes along is decided once. An edge is a link of
a tie, or in the two-mode variant the part that a body takes in a tie.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from simpul.ontology import Language

from ..network import Body, Link, NamedCode, Network, Participant, Stance, Tie
from .columns import Column, ColumnTaken, Extra, Kind, Value, fitted, kind_of
from .losses import Loss, LossKind, occurred
from .spells import Spell, spells_of, unread_dates


@dataclass(frozen=True, slots=True)
class Node:
    """A body, or a tie in the two-mode variant."""

    id: str
    label: str
    values: Mapping[str, Value]
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes; `type` is its tie type, or the role in the two-mode variant."""

    id: str
    source: str
    target: str
    type: str
    directed: bool
    weight: float
    values: Mapping[str, Value]
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Flat:
    """Nodes and edges in the order of the network, and what could not be put into them.

    In the two-mode variant the first `bodies` nodes are bodies and the others ties.
    """

    node_columns: tuple[Column, ...]
    edge_columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    bodies: int
    two_mode: bool
    lost: tuple[Loss, ...]

    @property
    def has_direction(self) -> bool:
        """Whether any edge has one."""
        return any(edge.directed for edge in self.edges)

    def lost_direction(self) -> tuple[Loss, ...]:
        """What is lost where all edges must be directed if one is."""
        undirected = sum(not edge.directed for edge in self.edges)
        return occurred(LossKind.DIRECTION, undirected) if self.has_direction else ()


_BODY = (
    Column("key", Kind.TEXT),
    Column("name_id", Kind.TEXT),
    Column("name_en", Kind.TEXT),
    Column("acronym", Kind.TEXT),
    Column("other_names", Kind.TEXTS),
    Column("body_class", Kind.TEXT),
    Column("sector", Kind.TEXT),
    Column("sector_name", Kind.TEXT),
    Column("strand", Kind.TEXT),
    Column("strand_name", Kind.TEXT),
    Column("kind", Kind.TEXT),
    Column("kind_name", Kind.TEXT),
)
_TIE = (
    Column("tie_type", Kind.TEXT),
    Column("tie_type_name", Kind.TEXT),
    Column("layer", Kind.TEXT),
    Column("status", Kind.TEXT),
    Column("confidence", Kind.TEXT),
    Column("standing", Kind.TEXT),
    Column("holding", Kind.TEXT),
    Column("modality", Kind.TEXT),
    Column("sign", Kind.TEXT),
    Column("basis", Kind.TEXT),
    Column("start", Kind.TEXT),
    Column("end", Kind.TEXT),
    Column("occurred", Kind.TEXT),
    Column("first_day", Kind.DAY),
    Column("last_day", Kind.DAY),
    Column("documents", Kind.INTEGER),
    Column("origins", Kind.INTEGER),
    Column("disputing", Kind.INTEGER),
    Column("place", Kind.TEXT),
    Column("programme", Kind.TEXT),
    Column("event", Kind.TEXT),
    Column("claim", Kind.TEXT),
    Column("note", Kind.TEXT),
    Column("evidence", Kind.TEXTS),
)
_LINK = (
    Column("tie", Kind.TEXT),
    Column("tie_key", Kind.TEXT),
    Column("edge", Kind.TEXT),
    *_TIE,
    Column("source_roles", Kind.TEXTS),
    Column("target_roles", Kind.TEXTS),
)
_MODE = (Column("mode", Kind.TEXT), Column("bipartite", Kind.INTEGER))
_PART = (
    Column("tie", Kind.TEXT),
    Column("tie_key", Kind.TEXT),
    Column("role", Kind.TEXT),
    Column("role_name", Kind.TEXT),
    Column("role_text", Kind.TEXT),
    Column("mentioned_as", Kind.TEXT),
    Column("post", Kind.TEXT),
    Column("party", Kind.TEXT),
    Column("party_name", Kind.TEXT),
)


def flatten(
    network: Network,
    language: Language = "id",
    *,
    two_mode: bool = False,
    extra: Extra | None = None,
) -> Flat:
    """The tables of a network, its labels in one language.

    `extra` adds columns to the nodes that are bodies, such as measures. With `two_mode` ties are
    nodes as well, and bodies are joined to ties instead of to each other.

    Raises: ColumnTaken.
    """
    extra = extra or {}
    columns = (*_BODY, *(_MODE + _TIE if two_mode else ()))
    for name in extra:
        if name in {column.name for column in columns}:
            raise ColumnTaken(name)
    added = tuple(Column(name, kind_of(extra[name].values())) for name in extra)
    bodies = tuple(_body_nodes(network, language, added, extra, two_mode))
    ties = tuple(_tie_nodes(network, language)) if two_mode else ()
    edges = tuple(_parts(network, language) if two_mode else _links(network, language))
    return Flat(
        node_columns=columns + added,
        edge_columns=_PART if two_mode else _LINK,
        nodes=bodies + ties,
        edges=edges,
        bodies=len(bodies),
        two_mode=two_mode,
        lost=_lost(network, two_mode),
    )


def _body_nodes(
    network: Network,
    language: Language,
    added: Sequence[Column],
    extra: Extra,
    two_mode: bool,
) -> Iterator[Node]:
    for body in network.bodies:
        values = _body(body, language)
        if two_mode:
            values |= {"mode": "body", "bipartite": 0}
        for column in added:
            value = extra[column.name].get(body.iri)
            if value is not None:
                values[column.name] = fitted(value, column.kind)
        yield Node(body.iri, body.name.say(language) or body.key, values)


def _tie_nodes(network: Network, language: Language) -> Iterator[Node]:
    for tie in network.ties:
        values: dict[str, Value] = {"key": tie.key, "mode": "tie", "bipartite": 1}
        label = f"{tie.type.name.say(language) or tie.type.code} ({tie.key})"
        yield Node(tie.iri, label, values | _tie(tie, language), spells_of(tie))


def _links(network: Network, language: Language) -> Iterator[Edge]:
    by_tie: dict[str, list[Link]] = defaultdict(list)
    for link in network.links:
        by_tie[link.tie].append(link)
    ids = _Ids()
    for iri, links in by_tie.items():
        tie = network.tie_by_iri[iri]
        told, spells = _tie(tie, language), spells_of(tie)
        roles: dict[str, dict[str, None]] = defaultdict(dict)
        for participant in tie.participants:
            roles[participant.body][participant.role.code] = None
        for number, link in enumerate(links, start=1):
            values: dict[str, Value] = {
                "tie": tie.iri,
                "tie_key": tie.key,
                "edge": link.edge.code,
                **told,
            }
            for name, end in (("source", link.source), ("target", link.target)):
                if end in roles:
                    values[f"{name}_roles"] = tuple(roles[end])
            yield Edge(
                id=ids.new(tie.key if len(links) == 1 else f"{tie.key}:{number}"),
                source=link.source,
                target=link.target,
                type=tie.type.code,
                directed=link.directed,
                weight=link.weight,
                values=values,
                spells=spells,
            )


def _parts(network: Network, language: Language) -> Iterator[Edge]:
    ids = _Ids()
    for tie in network.ties:
        parts = _known_parts(tie, network)
        for number, part in enumerate(parts, start=1):
            values = _known(
                tie=tie.iri,
                tie_key=tie.key,
                role=part.role.code,
                role_name=part.role.name.say(language),
                role_text=part.role_text,
                mentioned_as=part.mentioned_as,
                post=part.post.say(language),
                party=part.party,
                party_name=part.party_name.say(language),
            )
            yield Edge(
                id=ids.new(tie.key if len(parts) == 1 else f"{tie.key}:{number}"),
                source=part.body,
                target=tie.iri,
                type=part.role.code,
                directed=False,
                weight=1.0,
                values=values,
                spells=spells_of(tie),
            )


def _known_parts(tie: Tie, network: Network) -> list[Participant]:
    return [part for part in tie.participants if part.body in network.body_by_iri]


def _body(body: Body, language: Language) -> dict[str, Value]:
    return _known(
        key=body.key,
        name_id=body.name.id,
        name_en=body.name.en,
        acronym=body.acronym,
        other_names=body.other_names,
        body_class=body.body_class.value,
        **_coded("sector", body.sector, language),
        **_coded("strand", body.strand, language),
        **_coded("kind", body.kind, language),
    )


def _tie(tie: Tie, language: Language) -> dict[str, Value]:
    spells = spells_of(tie)
    first, last = _outermost(spells)
    codes = {
        name: code.code if code else None
        for name, code in {
            "status": tie.status,
            "confidence": tie.confidence,
            "standing": tie.standing,
            "holding": tie.holding,
            "modality": tie.modality,
            "sign": tie.sign,
            "basis": tie.basis,
        }.items()
    }
    documents = {
        item.document: None for item in tie.evidence if item.stance is Stance.SUPPORTS
    }
    return _known(
        **_coded("tie_type", tie.type, language),
        layer=tie.layer.code,
        **codes,
        start=tie.start,
        end=tie.end,
        occurred=tie.occurred,
        first_day=first,
        last_day=last,
        documents=tie.documents(),
        origins=tie.origins(),
        disputing=tie.documents(Stance.DISPUTES),
        place=tie.place.say(language),
        programme=tie.programme.say(language),
        event=tie.event.say(language),
        claim=tie.claim.say(language),
        note=tie.note.say(language),
        evidence=tuple(documents),
    )


def _lost(network: Network, two_mode: bool) -> tuple[Loss, ...]:
    linked = {link.tie for link in network.links}
    unlinked = sum(tie.iri not in linked for tie in network.ties)
    persons = sum(
        part.party != part.body
        for tie in network.ties
        for part in _known_parts(tie, network)
    )
    passages = sum(len(tie.evidence) for tie in network.ties)
    unread = sum(unread_dates(tie) for tie in network.ties)
    return (
        *occurred(LossKind.UNLINKED, 0 if two_mode else unlinked),
        *occurred(LossKind.PERSONS, 0 if two_mode else persons),
        *occurred(LossKind.PASSAGES, passages),
        *occurred(LossKind.NO_DAYS, unread),
    )


def _outermost(spells: Sequence[Spell]) -> tuple[date | None, date | None]:
    """The first and the last day of all spells; None where one of them is open there."""
    firsts = [spell.first for spell in spells if spell.first]
    lasts = [spell.last for spell in spells if spell.last]
    return (
        min(firsts) if firsts and len(firsts) == len(spells) else None,
        max(lasts) if lasts and len(lasts) == len(spells) else None,
    )


def _coded(
    name: str, concept: NamedCode | None, language: Language
) -> dict[str, Value | None]:
    if concept is None:
        return {}
    return {name: concept.code, f"{name}_name": concept.name.say(language)}


def _known(**values: Value | None) -> dict[str, Value]:
    return {
        name: value for name, value in values.items() if value not in (None, "", ())
    }


class _Ids:
    """Hands out identifiers that differ, also where two ties share a key."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wished: str) -> str:
        """The identifier wished for, or one made from it that is still free."""
        free, number = wished, 2
        while free in self._taken:
            free, number = f"{wished}#{number}", number + 1
        self._taken.add(free)
        return free
