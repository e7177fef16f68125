"""How often a question in everyday words reaches the right entry of the catalogue, and what that costs.

    python benchmarks/asking.py PHRASES.yaml [--version-dir DIR] [--wrong] [--times]

A file of phrasings is a list of

    - {ask: "Siapa kepala BPIPI pada 2012?", lang: id, query: office-holders, slots: {body: org/bpipi, as_of: "2012"}}

`query: null` means that nothing answers it: to be unsure is right. `accept` lists entries that are as right.
Shares come with Wilson intervals of 95 %. Without `--version-dir` the footwear records are built first.

**Right** is a phrasing whose entry is that of the file, or one it accepts. Its **slots** are right if every slot of
the file has the value that was filled in, compared by key, and days as the days they cover. Processor time is of
reading and choosing alone, and of the whole reply with its queries.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from simpul.graph_builder import (
    Days,
    build_ecosystem,
    current_version,
    find_ecosystem,
)
from simpul.queries import GraphStore
from simpul.queries.asking import Asker, Reply
from simpul.queries.lookup import NameIndex

TODAY = date(2026, 1, 1)
"""The day on which the questions count as asked."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question with the entry and the slots that it means."""

    ask: str
    lang: str
    query: str | None
    accept: tuple[str, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict[str, str])

    def is_right(self, reply: Reply) -> bool:
        """Whether a reply asks what was meant, or is unsure where nothing was."""
        got = reply.question if reply.is_answer else None
        return got == self.query or (got is not None and got in self.accept)

    def has_slots(self, reply: Reply) -> bool:
        """Whether a right reply of the entry itself has every slot filled as it was meant."""
        if reply.question != self.query:
            return True  # an accepted entry has slots of its own
        return all(_same(name, text, reply) for name, text in self.slots.items())


def read_phrasings(path: Path) -> list[Phrasing]:
    """Read a file of phrasings."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Phrasing(
            ask=entry["ask"],
            lang=entry["lang"],
            query=entry["query"],
            accept=tuple(entry.get("accept", ())),
            slots={k: str(v) for k, v in entry.get("slots", {}).items()},
        )
        for entry in entries
    ]


def wilson(right: int, of: int) -> tuple[float, float]:
    """The Wilson interval of a share, at 95 %.

    Source: Wilson 1927, Journal of the American Statistical Association 22.
    """
    if of == 0:
        return 0.0, 1.0
    z, share = 1.959964, right / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def _same(name: str, expected: str, reply: Reply) -> bool:
    got = reply.slots.get(name)
    if name in ("as_of", "from", "until"):
        return _days(name, expected, reply)
    return got is not None and _key(got) == _key(expected)


def _days(name: str, expected: str, reply: Reply) -> bool:
    """Days are compared by what they cover, whether a slice or a parameter took them."""
    first, last = reply.slots.get("from"), reply.slots.get("until")
    if name != "as_of":
        end = {"from": 0, "until": 1}[name]
        got = reply.slots.get(name) or (reply.as_of or "/").split("/")[-1 if end else 0]
        covered = Days.of(expected)
        return got == (covered.last if end else covered.first).isoformat()
    wanted = Days.of(expected)
    if reply.as_of:
        return Days.of(reply.as_of) == wanted
    if "day" in reply.slots:
        return reply.slots["day"] in (wanted.first.isoformat(), wanted.last.isoformat())
    return (first, last) == (wanted.first.isoformat(), wanted.last.isoformat())


def _key(text: str) -> str:
    return text.removeprefix("concept/").casefold()


def _line(name: str, right: int, of: int) -> str:
    low, high = wilson(right, of)
    share = right / of if of else 0.0
    return f"| {name} | {right} of {of} | {share:.1%} | {low:.1%} to {high:.1%} |"


def _table(asked: list[tuple[Phrasing, Reply]]) -> Iterable[str]:
    yield "| phrasings | right | share | 95 % interval |"
    yield "|---|---:|---:|---|"

    def row(name: str, some: list[tuple[Phrasing, Reply]]) -> str:
        return _line(name, sum(p.is_right(r) for p, r in some), len(some))

    yield row("all", asked)
    for lang in ("id", "en"):
        yield row(lang, [each for each in asked if each[0].lang == lang])
    yield row("with an entry", [each for each in asked if each[0].query])
    yield row("without one", [each for each in asked if not each[0].query])
    answered = [(p, r) for p, r in asked if r.is_answer]
    yield row("answered at all", answered)
    right = [(p, r) for p, r in answered if p.is_right(r) and p.slots]
    yield _line(
        "slots of right ones", sum(p.has_slots(r) for p, r in right), len(right)
    )


def main() -> None:
    """Ask every phrasing of a file and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("phrases", type=Path)
    parser.add_argument("--version-dir", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what was wrong")
    parser.add_argument("--times", action="store_true", help="measure processor time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place: Path = arguments.version_dir or Path(folder)
        if arguments.version_dir is None:
            build_ecosystem(find_ecosystem("footwear").folder, place)
        is_version = (place / "store").is_dir()
        graph = GraphStore.open(place if is_version else current_version(place).path)
        asker = Asker(graph, NameIndex.from_store(graph), today=TODAY)
        phrasings = read_phrasings(arguments.phrases)
        asked = [(p, asker.ask(p.ask)) for p in phrasings]
        print("\n".join(_table(asked)))
        if arguments.wrong:
            for phrasing, reply in asked:
                if not phrasing.is_right(reply) or not phrasing.has_slots(reply):
                    got = f"{reply.question} {dict(reply.slots)} {reply.as_of or ''}"
                    print(f"- {phrasing.ask!r}: {phrasing.query}, got {got}")
        if arguments.times:
            _print_times(asker, phrasings)


def _print_times(asker: Asker, phrasings: list[Phrasing]) -> None:
    matched: list[float] = []
    whole: list[float] = []
    for phrasing in phrasings:
        start = time.process_time()
        asker.choose(phrasing.ask)
        middle = time.process_time()
        asker.ask(phrasing.ask)
        whole.append(1000 * (time.process_time() - middle))
        matched.append(1000 * (middle - start))
    print("\n| ms of processor time | median | 95 % are below | most |")
    print("|---|---:|---:|---:|")
    for name, times in (("reading and choosing", matched), ("whole reply", whole)):
        below = statistics.quantiles(times, n=20)[-1]
        median = statistics.median(times)
        print(f"| {name} | {median:.1f} | {below:.1f} | {max(times):.1f} |")


if __name__ == "__main__":
    main()
