"""What intervals cost: all node measures over many networks drawn from the footwear graph.

    python benchmarks/sampling.py [draws]

Beside it the same measures one network at a time, by networkx and by igraph where it is installed, on a few of
the same networks, and the tests against chance.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from simpul.analysis import Dyads, Joining, Rules, read_network, select
from simpul.analysis.measures import Level, has_igraph, measurable, measure_all
from simpul.analysis.nulls import (
    backbone,
    brokerage_test,
    compare_windows,
    incidence,
    mixing_test,
    modularity_test,
)
from simpul.analysis.uncertainty import intervals_of, sample, sensitivity
from simpul.graph_builder import Days, build_ecosystem, find_ecosystem
from simpul.queries import GraphStore

FEW = 5


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def one_by_one(dyads: Dyads, engine: str) -> float:
    """CPU seconds for each network, measured alone."""
    draws = sample(dyads, FEW)

    def work() -> None:
        for alone in draws.one_by_one():
            measure_all(alone, measurable(dyads, Level.NODE), engine)

    return seconds(work) / FEW


def main() -> None:
    """Print one table."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        built = build_ecosystem(find_ecosystem("footwear").folder, Path(folder))
        network = read_network(GraphStore.open(built.path))
        dyads = select(network)
        print(f"{len(dyads.nodes)} bodies, {len(dyads.ties)} ties, {n} draws")
        for rules in (Rules(), Rules(directed=True), Rules(dyads=Joining.TWO_MODE)):
            drawn = sample(select(network, rules), n)
            named = measurable(drawn.dyads, Level.NODE)
            cost = seconds(partial(intervals_of, drawn, named))
            kind = "directed" if rules.directed else rules.dyads
            print(f"all {len(named)} measures of bodies together, {kind}: {cost:.1f} s")
        names = measurable(dyads, Level.NODE)
        whole = seconds(lambda: intervals_of(sample(dyads, n), names))
        for name in names:
            each = seconds(lambda name=name: intervals_of(sample(dyads, n), (name,)))  # type: ignore[misc]
            print(f"  {name} alone: {each:.1f} s")
        for engine in ("networkx", *(["igraph"] if has_igraph() else [])):
            alone = one_by_one(dyads, engine)
            ratio = alone * n / whole
            print(f"one network at a time, {engine}: {alone * n:.1f} s ({ratio:.1f}x)")
        two = select(network, Rules(dyads=Joining.TWO_MODE))
        rows, table = incidence(two)
        window = Rules(when=Days.of("2012"), attested_only=True)
        works: dict[str, Callable[[], object]] = {
            "sensitivity": lambda: sensitivity(dyads),
            "mixing, 1000 deals": lambda: mixing_test(dyads),
            "brokerage, 1000 deals": lambda: brokerage_test(dyads),
            "modularity, 200 rewirings": lambda: modularity_test(dyads),
            "backbone FDSM, 200 tables": lambda: backbone(rows, table, n=200),
            "backbone SDSM": lambda: backbone(rows, table, "sdsm"),
            "two windows, 1000 deals": lambda: compare_windows(
                network, Days.of("2012"), Days.of("2024"), window
            ),
        }
        for label, work in works.items():
            print(f"{label}: {seconds(work):.1f} s")


if __name__ == "__main__":
    main()
