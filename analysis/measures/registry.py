"""Every measure by name, and the one way to ask for any of them."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from math import ceil
from typing import Any

import numpy as np

from simpul.ontology import Language, Wording

from ..dyads import Dyads
from ..rules import Joining
from . import (
    centralisation,
    communities,
    core_periphery,
    direction,
    equivalence,
    nodes,
    paths,
    spectral,
    two_mode,
)
from .case import Case
from .measure import (
    Asked,
    Engine,
    Figures,
    Level,
    Measure,
    NoSuchMeasure,
    Parted,
    Unmeasurable,
)
from .mixing import assortativity, degree_assortativity, ei_index

_N, _W, _P = Level.NODE, Level.NETWORK, Level.PARTITION

_ALL = (
    Measure("degree", _N, nodes.degree),
    Measure("degree_share", _N, nodes.degree_share),
    Measure("in_degree", _N, nodes.in_degree, directed=True, needs="direction"),
    Measure("out_degree", _N, nodes.out_degree, directed=True, needs="direction"),
    Measure("strength", _N, nodes.strength, weighted=True),
    Measure(
        "betweenness",
        _N,
        paths.betweenness,
        paths.fast_betweenness,
        directed=True,
        near_linear=False,
        paths=True,
    ),
    Measure(
        "betweenness_by_strength",
        _N,
        paths.betweenness_by_strength,
        paths.fast_betweenness_by_strength,
        directed=True,
        weighted=True,
        near_linear=False,
        paths=True,
    ),
    Measure(
        "closeness",
        _N,
        paths.closeness,
        paths.fast_closeness,
        directed=True,
        near_linear=False,
        paths=True,
    ),
    Measure(
        "harmonic",
        _N,
        paths.harmonic,
        paths.fast_harmonic,
        directed=True,
        near_linear=False,
        paths=True,
    ),
    Measure("eigenvector", _N, spectral.eigenvector, weighted=True),
    Measure(
        "pagerank",
        _N,
        spectral.pagerank,
        spectral.fast_pagerank,
        own_is_faster=True,
        directed=True,
        weighted=True,
    ),
    Measure(
        "constraint", _N, nodes.constraint, nodes.fast_constraint, lowest_first=True
    ),
    Measure(
        "effective_size",
        _N,
        nodes.effective_size,
        nodes.fast_effective_size,
        own_is_faster=True,
    ),
    Measure(
        "efficiency", _N, nodes.efficiency, nodes.fast_efficiency, own_is_faster=True
    ),
    Measure("core", _N, nodes.core, nodes.fast_core),
    Measure("two_mode_degree", _N, two_mode.two_mode_degree, needs="two-mode"),
    Measure(
        "two_mode_closeness",
        _N,
        two_mode.two_mode_closeness,
        needs="two-mode",
        near_linear=False,
    ),
    Measure(
        "two_mode_betweenness",
        _N,
        two_mode.two_mode_betweenness,
        needs="two-mode",
        near_linear=False,
    ),
    Measure("density", _W, direction.density, directed=True),
    Measure(
        "centralisation",
        _W,
        centralisation.centralisation,
        centralisation.fast_centralisation,
        near_linear=False,
        paths=True,
    ),
    Measure("reciprocity", _W, direction.reciprocity, directed=True, needs="direction"),
    Measure(
        "triads",
        _W,
        direction.triads,
        direction.fast_triads,
        directed=True,
        needs="direction",
    ),
    Measure("degree_assortativity", _W, degree_assortativity),
    Measure("assortativity", _W, assortativity, directed=True, needs="groups"),
    Measure("ei_index", _W, ei_index, directed=True, needs="groups"),
    Measure(
        "communities",
        _P,
        communities.communities,
        communities.fast_communities,
        own_up_to=communities.SAME_UP_TO,
        weighted=True,
    ),
    Measure("core_periphery", _P, core_periphery.core_periphery, near_linear=False),
    Measure(
        "structural_blocks",
        _P,
        equivalence.structural_blocks,
        directed=True,
        weighted=True,
        near_linear=False,
    ),
)

MEASURES: Mapping[str, Measure] = {each.name: each for each in _ALL}
"""The measures by name, in the order in which tables show them."""

EXACT_UP_TO = {Engine.NETWORKX: 20_000_000, Engine.IGRAPH: 2_000_000_000}
"""Nodes times edges up to which shortest paths are exact unless `sources` is given: some minutes."""

SAMPLED_SOURCES = 200
"""From how many nodes shortest paths begin where they are sampled."""


def measure(
    dyads: Dyads,
    name: str,
    engine: Engine | str = Engine.AUTO,
    *,
    by: str | None = None,
    seed: int = 1,
    sources: int | None = None,
    backend: str | None = None,
) -> Figures:
    """Compute one measure of a network, with what it rests on.

    `auto` takes igraph where it is installed and faster. `by` groups bodies where a measure compares
    groups ("strand" if not given). `sources` is how many nodes shortest paths begin at; without it all, and a sample of
    200 past `EXACT_UP_TO`, which the result says. `backend` is passed on to networkx.

    Raises: NoSuchMeasure; Unmeasurable; UnknownAttribute.
    """
    return measure_all(
        dyads, (name,), engine, by=by, seed=seed, sources=sources, backend=backend
    )[0]


def measure_all(
    dyads: Dyads,
    names: Iterable[str] | None = None,
    engine: Engine | str = Engine.AUTO,
    *,
    by: str | None = None,
    seed: int = 1,
    sources: int | None = None,
    backend: str | None = None,
) -> tuple[Figures, ...]:
    """Compute several measures of one network, by default all that it can have, sharing its graphs.

    Raises: as `measure`.
    """
    case = Case(dyads)
    chosen = tuple(names) if names is not None else measurable(dyads)
    found: list[Figures] = []
    for name in chosen:
        if name not in MEASURES:
            raise NoSuchMeasure(name, MEASURES)
        each = MEASURES[name]
        if not _has(dyads, each.needs):
            raise Unmeasurable(name, each.needs or "")
        used = _engine(each, case, Engine(engine), backend)
        from_some = sources
        if each.paths and sources is None:
            from_some = _sources(case, used)
        if from_some is not None and from_some >= case.n:
            from_some = None
        asked = Asked(by, seed, from_some if each.paths else None, backend)
        compute = each.fast if used is Engine.IGRAPH and each.fast else each.compute
        found.append(_figures(each, case, asked, used, compute(case, asked)))
    return tuple(found)


def measurable(dyads: Dyads, level: Level | None = None) -> tuple[str, ...]:
    """The names of the measures that a network can have, of one level or of all."""
    return tuple(
        each.name
        for each in _ALL
        if _has(dyads, each.needs) and level in (None, each.level)
    )


def title(name: str, language: Language) -> str:
    """What people call a measure."""
    return _words().say(f"measure-{name}", language)


def definition(name: str, language: Language, *, directed: bool = False) -> str:
    """What a measure says, in a sentence for readers who do not count, and whether weights count.

    In a directed network it also says of a measure that does not look at direction that it does not.
    """
    each, words = MEASURES[name], _words()
    told = [words.say(f"means-{name}", language)]
    told.append(words.say("weighted" if each.weighted else "unweighted", language))
    if directed and not each.directed:
        told.append(words.say("direction-aside", language))
    return "; ".join(told)


@cache
def _words() -> Wording:
    return Wording.load("simpul.analysis.measures", "words.toml")


@cache
def has_igraph() -> bool:
    """Whether igraph is installed."""
    return find_spec("igraph") is not None


def _has(dyads: Dyads, needs: str | None) -> bool:
    if needs == "direction":
        return dyads.rules.directed
    if needs == "two-mode":
        return dyads.rules.dyads is Joining.TWO_MODE
    return True


def _engine(each: Measure, case: Case, asked: Engine, backend: str | None) -> Engine:
    if asked is Engine.IGRAPH:
        if not has_igraph():
            raise Unmeasurable(each.name, "igraph")
        # What igraph has no function for is ours, and the same with either engine.
        return Engine.IGRAPH if each.fast else Engine.NETWORKX
    small = len(case.edges.source) <= each.own_up_to
    wanted = asked is Engine.AUTO and not (each.own_is_faster or small or backend)
    fast = wanted and each.fast and has_igraph()
    return Engine.IGRAPH if fast else Engine.NETWORKX


def _sources(case: Case, used: Engine) -> int | None:
    work = case.n * max(len(case.edges.source), 1)
    if work <= EXACT_UP_TO[used]:
        return None
    return min(SAMPLED_SOURCES, ceil(case.n))


def _figures(
    each: Measure, case: Case, asked: Asked, used: Engine, found: Any
) -> Figures:
    names = case.dyads.nodes
    values: Mapping[str, float]
    groups: Mapping[str, int] = {}
    if isinstance(found, Parted):
        values = found.facts
        groups = dict(zip(names, np.asarray(found.groups).tolist(), strict=True))
    elif each.level is Level.NODE:
        values = dict(zip(names, np.asarray(found).tolist(), strict=True))
    else:
        values = found
    seeded = each.level is Level.PARTITION or asked.sources is not None
    return Figures(
        each.name,
        n=case.n,
        isolates=int((case.partners == 0).sum()),
        engine=used,
        values=values,
        groups=groups,
        sampled=asked.sources,
        seed=asked.seed if seeded else None,
    )
