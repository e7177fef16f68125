"""What one more source costs, and one less, against a build of everything.

    PYTHONPATH=tests python benchmarks/growth.py [--runs 5]

Processor time (user and system) of whole processes on the footwear records, median of several runs,
with each of the two SHACL engines. Prints the table of `growth.md`.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from packets import cut
from simpul.graph_builder import find_ecosystem

SOURCES = (
    "gatranews-2024-groundbreaking",
    "kabarbaik-2025-peresmian",
    "clicks-2021-usir",
    "antarajatim-2019-ifcc",
    "sidoarjonews-2021-ifcc",
)
ENGINES = ("pySHACL", "pyshifty")
PREPARE = """
import sys
from pathlib import Path
if sys.argv[1] == "pySHACL":
    sys.modules["shifty"] = None  # as if the extra `fast` were not installed
from simpul.graph_builder import (
    Restore, Withdraw, add_sources, build_ecosystem, find_ecosystem, remove_sources
)
ecosystem, out, key = find_ecosystem(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
signed = {"source": key, "when": "2026-11-24", "who": "Sari", "why": "benchmark"}
restore = lambda _: Restore(**signed)
"""
STEPS = {
    "start Python, and nothing else": "",
    "build everything (`--full`)": "build_ecosystem(ecosystem.folder, out, full=True)",
    "`simpul add PACKET`": "add_sources(ecosystem, [Path(sys.argv[5])], [], restore, out)",
    "`simpul remove SOURCE`": "remove_sources(ecosystem, [key], lambda _: Withdraw(**signed), out)",
    "`simpul add SOURCE`, restored": "add_sources(ecosystem, [], [key], restore, out)",
}


def seconds(step: str, *arguments: str | Path) -> float:
    """Take one step in a process of its own; its processor time."""
    before = os.times()
    line = [sys.executable, "-c", PREPARE + step, *map(str, arguments)]
    subprocess.run(line, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def costs(runs: int, engine: str, folder: Path) -> list[float]:
    """The seconds of each step, each run with another source of a fresh copy of the records."""
    found: list[list[float]] = []
    for run in range(runs):
        key, home = SOURCES[run % len(SOURCES)], folder / str(run)
        packet = cut(find_ecosystem("footwear"), (key,), home)[key]
        arguments = (engine, home / "base", home / "out", key, packet)
        found.append([seconds(step, *arguments) for step in STEPS.values()])
        shutil.rmtree(home)
    return [statistics.median(of_step) for of_step in zip(*found, strict=True)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs: int = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        columns = [costs(runs, engine, Path(name) / engine) for engine in ENGINES]
    print(f"| | {' | '.join(ENGINES)} |")
    print("| --- | --- | --- |")
    for step, cells in zip(STEPS, zip(*columns, strict=True), strict=True):
        print(f"| {step} | {' | '.join(f'{cell:.2f}' for cell in cells)} |")


if __name__ == "__main__":
    main()
