"""A network by stated rules: nodes, the ties that count, and who they join, as arrays and as a graph.

`select` is the one way from records to what measures look at. Rows of the arrays are links of single
ties, so that a tie can be drawn, dropped or weighed as a whole; `Dyads.edges` collapses them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from simpul.ontology import Language, Wording

from .network import Body, BodyClass, Link, Network, Tie
from .rules import Joining, LeftOut, Parallel, Rules

Indices: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]

# 1/(n-1) is read back exactly from its float; no role has a million holders.
_MOST_HOLDERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which ties a measure rests on, and what was left out and why; the reasons do not overlap.

    `not_chosen` are those of another layer, type, standing or sign than was asked for, and `not_then` those
    that did not hold on the days asked about.
    """

    bodies: int
    isolates: int
    unnamed: int
    ties: int
    used: int
    not_accepted: int
    not_realised: int
    talk_or_conflict: int
    joining_none: int
    not_chosen: int = 0
    not_then: int = 0

    def say(self, language: Language, *, layers_named: bool = False) -> str:
        """One sentence for the reader of a ranking, and a second where more was left out.

        Where the rules name their layers, talk and conflict are layers like others.
        """
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        told = [
            Wording.load("simpul.analysis", "words.toml").say(
                "scope-layers-named" if layers_named else "scope", language, **facts
            )
        ]
        if self.not_chosen or self.not_then:
            more = Wording.load("simpul.analysis", "words.toml")
            told.append(more.say("scope-more", language, **facts))
        return " ".join(told)


@dataclass(frozen=True)
class Edges:
    """One row for each joined pair, in order of source and then target, which are indices of nodes.

    `ties` counts the distinct ties of the pair, `strength` adds up their weights, and `weight` is what
    the rules make of these.
    """

    source: Indices
    target: Indices
    ties: Indices
    strength: Weights
    weight: Weights


@dataclass(frozen=True)
class Dyads:
    """A network by rules. `nodes` are IRIs: the bodies, sorted, and in a two-mode network then the ties.

    Row i of the arrays says that `ties[tie[i]]` joins `nodes[source[i]]` and `nodes[target[i]]` with
    `weight[i]`. No pair occurs twice in one tie. Without direction the source is the lower index;
    in a two-mode network sources are bodies and targets are ties.
    """

    rules: Rules
    scope: Scope
    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    nodes: tuple[str, ...]
    tie: Indices
    source: Indices
    target: Indices
    weight: Weights

    @cached_property
    def edges(self) -> Edges:
        """The joined pairs, each once."""
        size = max(len(self.nodes), 1)
        pairs, row = np.unique(self.source * size + self.target, return_inverse=True)
        ties = np.bincount(row, minlength=len(pairs)).astype(np.int64)
        strength = np.bincount(row, self.weight, len(pairs)).astype(np.float64)
        weight: Weights = {
            Parallel.COUNT: ties.astype(np.float64),
            Parallel.STRENGTH: strength,
            Parallel.ANY: np.ones(len(pairs)),
        }[self.rules.parallel]
        return Edges(pairs // size, pairs % size, ties, strength, weight)

    def graph(self) -> Any:  # nx.Graph, or nx.DiGraph where the rules keep direction
        """The network in the terms of networkx: one edge for each joined pair, every node included.

        Nodes carry key, name, sector, strand and `bipartite` (0 for bodies, 1 for ties). Edges carry
        `ties` (how many), `keys` (which), `origins` and `documents` (that support any of them),
        `strength`, `weight` as the rules have it, and `distance`: the inverse of the weight,
        scaled to whole numbers by one factor so that paths that are equally long are equal.
        """
        return self._graph.copy()

    @cached_property
    def _graph(self) -> Any:
        make: Any = nx.DiGraph if self.rules.directed else nx.Graph
        graph = make()
        graph.add_nodes_from(self._named_nodes())
        rows: dict[tuple[int, int], list[int]] = {}
        for row, pair in enumerate(
            zip(self.source.tolist(), self.target.tolist(), strict=True)
        ):
            rows.setdefault(pair, []).append(row)
        weights = {pair: self._exact(found) for pair, found in rows.items()}
        scale = lcm(*(weight.numerator for weight in weights.values()))
        for pair in sorted(rows):
            ties = [self.ties[int(self.tie[row])] for row in rows[pair]]
            graph.add_edge(
                self.nodes[pair[0]],
                self.nodes[pair[1]],
                ties=len(ties),
                keys=tuple(each.key for each in ties),
                origins=len({each for tie in ties for each in _origins(tie)}),
                documents=len({each for tie in ties for each in _documents(tie)}),
                strength=float(self._strength(rows[pair])),
                weight=float(weights[pair]),
                distance=int(scale / weights[pair]),
            )
        return graph

    def _named_nodes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for body in self.bodies:
            known = {
                "key": body.key,
                "name": body.acronym or body.name.say("id"),
                "sector": body.sector.code if body.sector else None,
                "strand": body.strand.code if body.strand else None,
                "bipartite": 0,
            }
            yield (
                body.iri,
                {name: each for name, each in known.items() if each is not None},
            )
        if self.rules.dyads is Joining.TWO_MODE:
            for tie in self.ties:
                yield tie.iri, {"key": tie.key, "name": tie.key, "bipartite": 1}

    def _strength(self, rows: list[int]) -> Fraction:
        exact = (
            Fraction(float(self.weight[row])).limit_denominator(_MOST_HOLDERS)
            for row in rows
        )
        return sum(exact, Fraction(0))

    def _exact(self, rows: list[int]) -> Fraction:
        if self.rules.parallel is Parallel.STRENGTH:
            return self._strength(rows)
        return Fraction(len(rows) if self.rules.parallel is Parallel.COUNT else 1)

    def keeping(self, keeps: Callable[[Tie], bool]) -> "Dyads":
        """The same nodes and ties with only the links of the ties that `keeps` holds for."""
        kept = np.array([keeps(tie) for tie in self.ties], dtype=np.bool_)
        return self.of_rows(kept[self.tie])

    def of_rows(self, rows: NDArray[np.bool_]) -> "Dyads":
        """The same nodes and ties with only the links whose row is True."""
        return replace(
            self,
            tie=self.tie[rows],
            source=self.source[rows],
            target=self.target[rows],
            weight=self.weight[rows],
        )

    def describe(self, language: Language) -> str:
        """The rules in words, then what they left in and out."""
        named = self.rules.layers is not None
        said = self.scope.say(language, layers_named=named)
        return f"{self.rules.describe(language)} {said}"


def select(network: Network, rules: Rules | None = None) -> Dyads:
    """The network that the rules make of the records.

    Every admitted body is a node, tied or not. Two edge rules of one tie type may join a pair twice;
    the tie then counts once for it, with the greater weight. Links of a body to itself do not count.
    """
    chosen = rules or Rules()
    reasons = {tie.iri: chosen.leaves_out(tie) for tie in network.ties}
    ties = tuple(tie for tie in network.ties if reasons[tie.iri] is None)
    bodies = tuple(
        body
        for body in network.bodies
        if chosen.unnamed or body.body_class is not BodyClass.UNNAMED
    )
    two_mode = chosen.dyads is Joining.TWO_MODE
    nodes = (*(body.iri for body in bodies), *(tie.iri for tie in ties if two_mode))
    rows = (
        _memberships(bodies, ties)
        if two_mode
        else _linked(network, chosen, bodies, ties)
    )
    found = sorted((tie, *pair, weight) for (tie, *pair), weight in rows.items())
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    tie, source, target = (np.array(each, dtype=np.int64) for each in columns[:3])
    counted = Counter(reasons.values())
    joined = np.concatenate([source, target])
    scope = Scope(
        bodies=len(bodies),
        isolates=len(bodies) - len(np.unique(joined[joined < len(bodies)])),
        unnamed=len(network.bodies) - len(bodies),
        ties=len(network.ties),
        used=len(ties),
        not_accepted=counted[LeftOut.STATUS],
        not_realised=counted[LeftOut.MODALITY],
        talk_or_conflict=counted[LeftOut.LAYER],
        joining_none=len(ties) - len(np.unique(tie)),
        not_chosen=counted[LeftOut.CHOICE],
        not_then=counted[LeftOut.TIME],
    )
    weight = np.array(columns[3], dtype=np.float64)
    return Dyads(chosen, scope, bodies, ties, nodes, tie, source, target, weight)


_Rows: TypeAlias = dict[tuple[int, ...], float]


def _memberships(bodies: tuple[Body, ...], ties: tuple[Tie, ...]) -> _Rows:
    index = {body.iri: number for number, body in enumerate(bodies)}
    return {
        (number, index[party.body], len(bodies) + number): 1.0
        for number, tie in enumerate(ties)
        for party in tie.participants
        if party.body in index
    }


def _linked(
    network: Network, rules: Rules, bodies: tuple[Body, ...], ties: tuple[Tie, ...]
) -> _Rows:
    index = {body.iri: number for number, body in enumerate(bodies)}
    number_of = {tie.iri: number for number, tie in enumerate(ties)}
    links_of: dict[int, list[Link]] = {}
    for link in network.links:
        both = link.source in index and link.target in index
        if both and link.tie in number_of and link.source != link.target:
            links_of.setdefault(number_of[link.tie], []).append(link)
    rows: _Rows = {}
    for number, links in links_of.items():
        kept = _of_the_hub(links) if rules.dyads is Joining.HUB else links
        for link in kept:
            source, target = index[link.source], index[link.target]
            if not rules.directed:
                pairs = [(min(source, target), max(source, target))]
            elif link.directed:
                pairs = [(source, target)]
            else:
                pairs = [(source, target), (target, source)]
            for pair in pairs:
                row = (number, *pair)
                rows[row] = max(link.weight, rows.get(row, 0.0))
    return rows


def _of_the_hub(links: list[Link]) -> list[Link]:
    """The directed links of the one body that has them with all others, or all links if there is none."""
    bodies = {end for link in links for end in (link.source, link.target)}
    partners: dict[tuple[str, bool], set[str]] = {}
    for link in links:
        if link.directed:
            partners.setdefault((link.source, True), set()).add(link.target)
            partners.setdefault((link.target, False), set()).add(link.source)
    hubs = {body for (body, _), met in partners.items() if met == bodies - {body}}
    if len(bodies) < 3 or len(hubs) != 1:
        return links
    hub = hubs.pop()
    return [
        replace(link, weight=1.0) for link in links if hub in (link.source, link.target)
    ]


def _origins(tie: Tie) -> set[str]:
    return set(_supporting(tie, lambda item: item.root or item.document))


def _documents(tie: Tie) -> set[str]:
    return set(_supporting(tie, lambda item: item.document))


def _supporting(tie: Tie, what: Callable[[Any], str]) -> Iterable[str]:
    return (what(item) for item in tie.evidence if item.stance == "supports")
