"""What measures cost: the whole set, igraph against networkx, and a million ties.

    python benchmarks/measures.py [--large]

Processor time in one process, on networks of preferential attachment with a mean degree of ten, as published
ecosystems have (few large, many small). Ratios are of one run. `--large` adds the million ties.
Prints the tables of `measures.md`.
"""

import argparse
import resource
from dataclasses import replace
from time import process_time

import numpy as np

from simpul.analysis import (
    Body,
    BodyClass,
    Dyads,
    NamedCode,
    Names,
    Network,
    Rules,
    Tie,
    select,
)
from simpul.analysis.measures import MEASURES, Engine, measurable, measure, measure_all

ATTACHED = 5
STRANDS = ("academia", "business", "community", "government", "media")
LINEAR_SOURCES = 20


def attached(nodes: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of a network grown by preferential attachment, five for each new node."""
    draw = np.random.default_rng(seed)
    ends = np.empty(2 * ATTACHED * nodes, dtype=np.int64)
    ends[: 2 * ATTACHED] = np.repeat(np.arange(ATTACHED + 1), 2)[: 2 * ATTACHED]
    filled = 2 * ATTACHED
    sources: list[int] = []
    targets: list[int] = []
    for node in range(ATTACHED + 1, nodes):
        met = set(ends[draw.integers(filled, size=ATTACHED)].tolist())
        for other in met:
            sources.append(other)
            targets.append(node)
            ends[filled : filled + 2] = other, node
            filled += 2
    return np.array(sources), np.array(targets)


def network(nodes: int, *, seed: int = 1) -> Dyads:
    """Such a network with five groups; the evidence of its ties is left out, as measures do not look at it."""
    bodies = tuple(
        Body(
            f"b{number:07}",
            f"b{number:07}",
            BodyClass.ORGANIZATION,
            Names(f"b{number}"),
            strand=NamedCode(code, code, Names(code)),
        )
        for number in range(nodes)
        for code in (STRANDS[number % len(STRANDS)],)
    )
    source, target = attached(nodes, seed=seed)
    empty = select(Network(bodies, (), ()), Rules())
    kind = NamedCode("cooperation", "cooperation", Names("cooperation"))
    tie = Tie("t", "t", kind, kind)
    zeros = np.zeros(len(source), dtype=np.int64)
    # Weights differ, or lengths of paths would need no looking at.
    weight = np.random.default_rng(seed).choice([1 / 3, 1.0, 2.0], len(source))
    made = replace(
        empty, ties=(tie,), tie=zeros, source=source, target=target, weight=weight
    )
    joined = len(np.unique(np.concatenate([source, target])))
    return replace(made, scope=replace(empty.scope, isolates=nodes - joined))


def seconds(dyads: Dyads, name: str, engine: Engine, sources: int | None) -> float:
    """The processor seconds of one measure, its graph included."""
    begun = process_time()
    measure(dyads, name, engine, by="strand", sources=sources)
    return process_time() - begun


def print_whole_set() -> None:
    """Print what all measures cost together."""
    print("| 1,000 bodies, 5,000 ties, all measures | CPU s |\n| --- | --- |")
    for directed in (False, True):
        dyads = network(1_000)
        dyads = replace(dyads, rules=replace(dyads.rules, directed=directed))
        for engine in (Engine.NETWORKX, Engine.AUTO):
            begun = process_time()
            found = measure_all(dyads, engine=engine, by="strand")
            cost = process_time() - begun
            kind = "directed" if directed else "undirected"
            print(f"| {kind}, {engine}, {len(found)} measures | {cost:.2f} |")


def print_engines() -> None:
    """Print each measure that both engines compute, with the ratio, and that `auto` is no slower."""
    dyads = network(2_000)
    directed = replace(dyads, rules=replace(dyads.rules, directed=True))
    print(
        "\n| 2,000 bodies, 10,000 ties | networkx or own, CPU s | igraph, CPU s | ratio | auto takes |"
    )
    print("| --- | --- | --- | --- | --- |")
    for name, each in MEASURES.items():
        if each.fast:
            of = directed if each.needs == "direction" else dyads
            slow, fast = (
                seconds(of, name, engine, None)
                for engine in (Engine.NETWORKX, Engine.IGRAPH)
            )
            taken = "own" if each.own_is_faster else "igraph"
            print(f"| {name} | {slow:.3f} | {fast:.3f} | {slow / fast:.1f} | {taken} |")


def print_large() -> None:
    """Print what near-linear measures cost at a million ties, and paths from sampled sources."""
    dyads = network(200_000)
    print(f"\n| 200,000 bodies, {len(dyads.source):,} ties | CPU s |\n| --- | --- |")
    for name in measurable(dyads):
        if MEASURES[name].near_linear:
            print(f"| {name} | {seconds(dyads, name, Engine.AUTO, None):.1f} |")
    for name in ("betweenness", "harmonic"):
        cost = seconds(dyads, name, Engine.AUTO, LINEAR_SOURCES)
        print(f"| {name}, {LINEAR_SOURCES} sources | {cost:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nLargest resident memory: {peak:,.0f} MB.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    large: bool = parser.parse_args().large
    for engine in (Engine.NETWORKX, Engine.AUTO):  # imports are not counted
        measure_all(network(30), engine=engine, by="strand")
    print_whole_set()
    print_engines()
    if large:
        print_large()


if __name__ == "__main__":
    main()
