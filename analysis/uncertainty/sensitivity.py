"""What of a ranking hangs on one origin: the same measure with each release family left out in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simpul.ontology import Language, SimpulError, Wording, near_miss

from ..dyads import Dyads
from ..measures import MEASURES
from ..network import Body, Stance, Tie
from .draws import sample
from .intervals import measure_name, observed_values, ranks_of, require_node_measures


class UnknownFamily(SimpulError):
    """No evidence of the network goes back to this origin."""

    def __init__(self, asked: str, near: str | None) -> None:
        self.asked = asked
        self.near = near
        hint = f"; did you mean {near!r}?" if near else ""
        super().__init__(f"no origin {asked!r} behind the ties of this network{hint}")


@dataclass(frozen=True, slots=True)
class Family:
    """An origin, and how many documents and ties of the network go back to it."""

    root: str
    name: str
    documents: int
    ties: int
    resting: int

    @property
    def key(self) -> str:
        """The last part of its IRI."""
        return self.root.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Dropped:
    """What becomes of the ranks without one family; `lost` are ties that nothing else supports.

    `moved` holds body, rank with it and rank without it, for each body with a tie on record whose rank changes, by
    the old rank.
    `survives` says whether the same bodies lead.
    """

    family: Family
    lost: tuple[str, ...]
    moved: tuple[tuple[Body, int, int], ...]
    leaders: tuple[Body, ...]
    survives: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The leaders by a measure, and what dropping each family does, the largest family first.

    Families that no tie rests on alone can change no rank and are counted as `harmless`, not listed.
    """

    measure: str
    leaders: tuple[Body, ...]
    dropped: tuple[Dropped, ...]
    harmless: int

    def say(self, language: Language) -> str:
        """Whether the first place survives dropping the largest family, and dropping any one."""
        words = Wording.load("simpul.analysis.uncertainty", "words.toml")
        measure = measure_name(self.measure, language)
        leaders = _named(self.leaders, language)
        if not self.dropped:
            return words.say(
                "nothing-hangs", language, measure=measure, leaders=leaders
            )
        fatal = [each for each in self.dropped if not each.survives]
        largest = self.dropped[0]
        return words.say(
            "survives-largest" if largest.survives else "falls-with-largest",
            language,
            measure=measure,
            leaders=leaders,
            family=largest.family.name,
            ties=len(largest.lost),
            then=_named(largest.leaders, language),
            fatal=len(fatal),
            families=len(self.dropped) + self.harmless,
        )


def families_of(dyads: Dyads) -> tuple[Family, ...]:
    """The origins behind the ties of a network, those that most ties go back to first.

    `resting` counts the ties that no other origin supports.
    """
    documents: dict[str, set[str]] = {}
    ties: dict[str, list[Tie]] = {}
    names: dict[str, str] = {}
    for tie in dyads.ties:
        for item in tie.evidence:
            if item.stance is Stance.SUPPORTS:
                root = item.root or item.document
                documents.setdefault(root, set()).add(item.document)
                name = item.root_name if item.root else item.title
                names.setdefault(root, name.say("id") or root.rsplit("/", 1)[-1])
                found = ties.setdefault(root, [])
                if not found or found[-1] is not tie:
                    found.append(tie)
    made = (
        Family(
            root,
            names[root],
            len(documents[root]),
            len(ties[root]),
            sum(tie.origins() == 1 for tie in ties[root]),
        )
        for root in ties
    )
    return tuple(sorted(made, key=lambda each: (-each.ties, each.root)))


def drop_family(dyads: Dyads, root: str) -> Dyads:
    """The network without what goes back to one origin, given by IRI or the last part of it.

    Ties that it alone supports lose their links; others keep them and have one origin less.

    Raises: UnknownFamily.
    """
    known = {family.key: family.root for family in families_of(dyads)}
    wanted = known.get(root, root)
    if wanted not in known.values():
        raise UnknownFamily(root, near_miss(root, known))
    ties = tuple(_without(tie, wanted) for tie in dyads.ties)
    lost = {
        after.iri
        for before, after in zip(dyads.ties, ties, strict=True)
        if before.origins() and not after.origins()
    }
    return replace(dyads, ties=ties).keeping(lambda tie: tie.iri not in lost)


def sensitivity(dyads: Dyads, measure: str = "betweenness") -> Sensitivity:
    """What dropping each release family in turn does to the ranks by a measure.

    Every body has a rank, as in tables of measures: those without a tie share the one after all others.

    Raises: UnknownIntervalMeasure.
    """
    require_node_measures(dyads, (measure,))
    ranks, leaders = _ranked(dyads, measure)
    tied = {end for at in (dyads.source, dyads.target) for end in at.tolist()}
    families = families_of(dyads)
    dropped: list[Dropped] = []
    body_of = {body.iri: body for body in dyads.bodies}
    for family in families:
        if not family.resting:
            continue
        after, now = _ranked(drop_family(dyads, family.root), measure)
        moved = sorted(
            (
                (body_of[iri], rank, after[iri])
                for place, (iri, rank) in enumerate(ranks.items())
                if place in tied and after[iri] != rank
            ),
            key=lambda move: (move[1], move[0].iri),
        )
        lost = tuple(
            tie.key
            for tie in dyads.ties
            if tie.origins() == 1 and _rests_on(tie, family.root)
        )
        dropped.append(
            Dropped(
                family,
                lost,
                tuple(moved),
                tuple(body_of[iri] for iri in now),
                now == leaders,
            )
        )
    return Sensitivity(
        measure,
        tuple(body_of[iri] for iri in leaders),
        tuple(dropped),
        len(families) - len(dropped),
    )


def _ranked(dyads: Dyads, measure: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """The rank of every body, in their order, and who leads; nobody does who has nothing of the measure."""
    lowest_first = MEASURES[measure].lowest_first
    values = observed_values(sample(dyads, 1), (measure,))[measure]
    found: list[int] = ranks_of(values, lowest_first=lowest_first)[0].tolist()
    there = ~np.isnan(values[0]) if lowest_first else values[0] > 0
    iris = [body.iri for body in dyads.bodies]
    leaders = tuple(
        iri
        for iri, rank, has in zip(iris, found, there.tolist(), strict=True)
        if rank == 1 and has
    )
    return dict(zip(iris, found, strict=True)), leaders


def _without(tie: Tie, root: str) -> Tie:
    kept = tuple(item for item in tie.evidence if (item.root or item.document) != root)
    return tie if len(kept) == len(tie.evidence) else replace(tie, evidence=kept)


def _rests_on(tie: Tie, root: str) -> bool:
    return any(
        item.stance is Stance.SUPPORTS and (item.root or item.document) == root
        for item in tie.evidence
    )


def _named(bodies: Sequence[Body], language: Language) -> str:
    return ", ".join(
        body.acronym or body.name.say(language) or body.key for body in bodies
    )
