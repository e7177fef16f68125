"""What our call costs beside the engine alone, for each question of the catalogue.

    python benchmarks/query_overhead.py [--rounds 15]

Both ask the same open store, in turns, with the defaults of each question and rows drawn to the end, and the
processor time of this thread is taken. `first` is a text that our guard has not seen before. Prints the tables
of `query_overhead.md`.
"""

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from simpul.graph_builder import build_ecosystem, find_ecosystem
from simpul.queries import GraphStore, MissingParameter, Question, catalog

LEAST_S = 0.004
"""A measurement lasts at least this long, so that the clock is fine enough for it."""


class Cost(NamedTuple):
    """Median milliseconds of one query."""

    engine: float
    ours: float
    first: float


def by_engine(store: ox.Store, text: str) -> Callable[[], object]:
    """The engine alone, and a tuple for each row, which is the least that keeps an answer."""

    def run() -> object:
        answer = store.query(text, use_default_graph_as_union=True)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        found: list[object] = list(map(tuple, answer))
        return found

    return run


def by_us(graph: GraphStore, text: str) -> Callable[[], object]:
    """Our call."""
    return lambda: graph.query(text)


def by_us_at_first(graph: GraphStore, text: str) -> Callable[[], object]:
    """Our call for a text that the guard has not seen: each ends in another comment."""
    numbers = count()
    return lambda: graph.query(f"{text}\n# {next(numbers)}")


def seconds(run: Callable[[], object], times: int) -> float:
    """Processor time of one run, over so many."""
    start = time.thread_time()
    for _ in range(times):
        run()
    return (time.thread_time() - start) / times


def cost(store: ox.Store, graph: GraphStore, text: str, rounds: int) -> Cost:
    """What one query costs each, taken in turns."""
    runs = (by_engine(store, text), by_us(graph, text), by_us_at_first(graph, text))
    times = max(1, math.ceil(LEAST_S / seconds(runs[0], 3)))
    taken = [[seconds(run, times) for run in runs] for _ in range(rounds)]
    return Cost(*(1000 * statistics.median(each) for each in zip(*taken, strict=True)))


def askable(question: Question) -> str | None:
    """The text of a question, if it needs no value."""
    try:
        return question.bind({})
    except MissingParameter:
        return None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds: int = parser.parse_args().rounds
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as name:
        built = build_ecosystem(find_ecosystem("footwear").folder, Path(name))
        store = ox.Store.read_only(str(built.path / "store"))
        graph = GraphStore(store)
        for question in catalog():
            if text := askable(question):
                costs[question.name] = cost(store, graph, text, rounds)
        del graph, store
    print("| question | engine, ms | ours | ratio | first | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for question_name, each in costs.items():
        print(f"| {question_name} | {line(each)} |")
    middle = statistics.median(each.ours / each.engine for each in costs.values())
    worst = max(each.ours / each.engine for each in costs.values())
    print(
        f"| **sum of {len(costs)}** | {line(Cost(*map(sum, zip(*costs.values(), strict=True))))} |"
    )
    print(f"\nMedian ratio {middle:.2f}, largest {worst:.2f}.")


def line(each: Cost) -> str:
    """The cells of one row."""
    ours, first = each.ours / each.engine, each.first / each.engine
    return f"{each.engine:.3f} | {each.ours:.3f} | {ours:.2f} | {each.first:.3f} | {first:.2f}"


if __name__ == "__main__":
    main()
