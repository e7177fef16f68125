"""What a build costs: all of it, again without a change, and after one source changed.

    python benchmarks/incremental.py [--runs 5]

Processor time (user and system) on the footwear records, median of several runs, with each of the two SHACL
engines: of whole processes that build and write a version, and of the gate alone. Prints the table of
`incremental.md`.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from simpul.graph_builder import (
    Engine,
    Graph,
    Known,
    find_ecosystem,
    make_graph,
    settled_records,
    shipped_ecosystems,
    validate,
    validate_change,
)

ENGINES: tuple[Engine, ...] = ("pyshacl", "pyshifty")
BUILD = """
import sys
from pathlib import Path
if sys.argv[3] == "pyshacl":
    sys.modules["shifty"] = None  # as if the extra `fast` were not installed
from simpul.graph_builder import build_ecosystem
build_ecosystem(sys.argv[1], Path(sys.argv[2]), full=sys.argv[4] == "full")
"""


def build_s(records: Path, out: Path, engine: Engine, how: str = "") -> float:
    """Build in a process of its own; its processor time in seconds."""
    before = os.times()
    line = [sys.executable, "-c", BUILD, str(records), str(out), engine, how]
    subprocess.run(line, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def redate_a_source(records: Path, day: int) -> None:
    """Give the source that most ties cite another date of publication."""
    ties = (records / "ties.yaml").read_text(encoding="utf-8")
    most = statistics.mode(sorted(re.findall(r"source: (\S+)", ties)))
    path = records / "sources.yaml"
    text = path.read_text(encoding="utf-8")
    place = re.compile(rf"(- id: {re.escape(most)}\n(?:  .*\n)*?  published: )\S+")
    changed, count = place.subn(rf"\g<1>'2020-01-{day:02}'", text)
    assert count == 1, most
    path.write_text(changed, encoding="utf-8")


def build_costs(runs: int, engine: Engine, folder: Path) -> list[float]:
    """Seconds of a full build, of one without a change, and of one after a source changed."""
    records, out = folder / "records", folder / "out"
    shutil.copytree(shipped_ecosystems()["footwear"], records)

    def after_a_change(run: int) -> float:
        redate_a_source(records, run + 1)
        return build_s(records, out, engine)

    return [
        _median(runs, lambda _: build_s(records, out, engine, "full")),
        _median(runs, lambda _: build_s(records, out, engine)),
        _median(runs, after_a_change),
    ]


def gate_costs(runs: int, engine: Engine, before: Graph, after: Graph) -> list[float]:
    """The same of the gate alone."""
    known = Known(frozenset(before.lines), before.findings.core)

    def timed(judge: Callable[[], object]) -> Callable[[int], float]:
        def seconds(_: int) -> float:
            start = time.process_time()
            judge()
            return time.process_time() - start

        return seconds

    def change(graph: Graph) -> Callable[[], object]:
        return lambda: validate_change(graph.store, graph.lines, known, engine)

    return [
        _median(runs, timed(lambda: validate(after.store, engine))),
        _median(runs, timed(change(before))),
        _median(runs, timed(change(after))),
    ]


def two_graphs(folder: Path) -> tuple[Graph, Graph]:
    """The graph of the footwear records, and that after a source changed."""
    records = Path(shutil.copytree(shipped_ecosystems()["footwear"], folder / "gate"))
    before = _graph(records)
    redate_a_source(records, 1)
    return before, _graph(records)


def _graph(records: Path) -> Graph:
    ecosystem = find_ecosystem(records)
    return make_graph(ecosystem, settled_records(ecosystem))


def _median(runs: int, cost: Callable[[int], float]) -> float:
    return statistics.median(cost(run) for run in range(runs))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs: int = parser.parse_args().runs
    columns: list[list[float]] = []
    with tempfile.TemporaryDirectory() as name:
        before, after = two_graphs(Path(name))
        changed = set(before.lines) ^ set(after.lines)
        print(f"statements: {len(before.lines)}; changed: {len(changed)}\n")
        for engine in ENGINES:
            folder = Path(name) / engine
            columns.append(build_costs(runs, engine, folder))
            columns.append(gate_costs(runs, engine, before, after))
    print("| | build, pySHACL | gate, pySHACL | build, pyshifty | gate, pyshifty |")
    print("| --- | --- | --- | --- | --- |")
    for place, what in enumerate(
        ("everything (`--full`)", "again, nothing changed", "one source changed")
    ):
        cells = " | ".join(f"{column[place]:.2f}" for column in columns)
        print(f"| {what} | {cells} |")


if __name__ == "__main__":
    main()
