"""How well `simpul duplicates` tells one thing from two, on pairs of names that were labelled by hand.

    python benchmarks/identity.py

`identity/pairs.csv` holds the pairs. One half of them, by a hash of the names, chooses the score
from which on two records are proposed; the figures are those of the other half. A plain comparison
of letters (rapidfuzz) is given the same chance.
"""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from simpul.graph_builder import find_ecosystem, load_records
from simpul.graph_builder.identity import (
    LEAST_SCORE,
    Profile,
    Vocabulary,
    body_names,
    compare,
    meetings,
    person_name,
    place_name,
    vocabulary_of,
)

PAIRS = Path(__file__).parent / "identity" / "pairs.csv"
KINDS = ("institution", "person", "place")
BASES = ("attested", "derived")
STEPS = tuple(step / 100 for step in range(30, 100))
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of a kind, and whether they are names of one thing."""

    kind: str
    left: str
    right: str
    left_sector: str
    right_sector: str
    same: bool
    group: str
    basis: str
    why: str

    @property
    def chooses(self) -> bool:
        """Whether the pair is in the half that thresholds are chosen on."""
        names = "\x1f".join([self.kind, *sorted((self.left, self.right))])
        return hashlib.sha256(names.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class Judged:
    """How many pairs were rightly and wrongly taken for one thing, and how many were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> tuple[float, float, float]:
        """The share of the proposed that are one thing, with its interval."""
        return with_interval(self.right, self.right + self.wrong)

    @property
    def recall(self) -> tuple[float, float, float]:
        """The share of what is one thing that was proposed, with its interval."""
        return with_interval(self.right, self.right + self.missed)

    @property
    def f1(self) -> tuple[float, float, float]:
        """The harmonic mean of the two, its interval from that of the share right / all but right."""
        share = with_interval(self.right, self.right + self.wrong + self.missed)
        low, middle, high = (2 * part / (1 + part) for part in share)
        return low, middle, high


def with_interval(hits: int, trials: int) -> tuple[float, float, float]:
    """A proportion between the ends of its 95 % interval: (low, proportion, high).

    Source: Wilson 1927.
    """
    if not trials:
        return 0.0, 0.0, 1.0
    z, share = NORMAL_95, hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = (
        z
        / (1 + z * z / trials)
        * sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    )
    return max(0.0, middle - half), share, min(1.0, middle + half)


def read_pairs() -> tuple[Pair, ...]:
    """Read the labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Pair(
                row["kind"],
                row["left"],
                row["right"],
                row["left_sector"],
                row["right_sector"],
                row["label"] == "same",
                row["group"],
                row["basis"],
                row["why"],
            )
            for row in csv.DictReader(file)
        )


def shipped_vocabulary() -> Vocabulary:
    """The words and territories of the footwear records, which pairs are compared with."""
    return vocabulary_of(load_records(find_ecosystem("footwear")))


def score(pair: Pair, vocabulary: Vocabulary) -> float:
    """What `simpul duplicates` gives two records with these names; 0 if it forbids or never compares them."""
    left = profile(pair.kind, "left", pair.left, pair.left_sector, vocabulary)
    right = profile(pair.kind, "right", pair.right, pair.right_sector, vocabulary)
    if not meetings([left, right]):
        return 0.0
    comparison = compare(left, right, vocabulary)
    return 0.0 if comparison.veto else comparison.score


def profile(
    kind: str, key: str, name: str, sector: str, vocabulary: Vocabulary
) -> Profile:
    """A record of which nothing is known but its name and, for a body, its sector."""
    match kind:
        case "institution":
            names = body_names(name, vocabulary.places)
            return Profile("institution", key, names, sector=sector or None)
        case "person":
            return Profile("person", key, (person_name(name),))
        case _:
            return Profile("place", key, (place_name(name),))


def judge(pairs: Iterable[Pair], scores: Sequence[float], least: float) -> Judged:
    """Count what proposing all pairs from a score on gets right."""
    proposed = [
        (pair.same, found >= least) for pair, found in zip(pairs, scores, strict=True)
    ]
    return Judged(
        proposed.count((True, True)),
        proposed.count((False, True)),
        proposed.count((True, False)),
    )


def best_least(pairs: Sequence[Pair], scores: Sequence[float]) -> float:
    """The score from which on proposing does best, precision counting twice as much as recall.

    Every pair that is wrongly proposed costs a person's attention, each time anew. Of scores that
    do equally well the highest is taken.
    Source: the F measure with a beta of one half, van Rijsbergen 1979.
    """

    def goodness(least: float) -> float:
        judged = judge(pairs, scores, least)
        return (
            1.25
            * judged.right
            / (1.25 * judged.right + judged.wrong + 0.25 * judged.missed)
        )

    return max(STEPS, key=lambda least: (goodness(least), least))


Scorer = Callable[[Pair], float]


def baselines() -> dict[str, Scorer]:
    """Plain comparisons of letters, from 0 to 1."""

    def scorer(ratio: Callable[..., float]) -> Scorer:
        return lambda pair: (
            ratio(pair.left, pair.right, processor=default_process) / 100
        )

    return {
        "rapidfuzz ratio": scorer(fuzz.ratio),
        "rapidfuzz token_sort_ratio": scorer(fuzz.token_sort_ratio),
        "rapidfuzz token_set_ratio": scorer(fuzz.token_set_ratio),
        "rapidfuzz WRatio": scorer(fuzz.WRatio),
    }


@dataclass(frozen=True, slots=True)
class Tried:
    """A way to compare, the score chosen for it on one half, and what it does on the other."""

    name: str
    least: float
    pairs: tuple[Pair, ...]
    scores: tuple[float, ...]

    def judged(self, keep: Callable[[Pair], bool] = lambda pair: True) -> Judged:
        """What it gets right among some of the pairs."""
        kept = [(p, s) for p, s in zip(self.pairs, self.scores, strict=True) if keep(p)]
        return judge(
            [pair for pair, _ in kept], [found for _, found in kept], self.least
        )


def try_all() -> Iterator[Tried]:
    """Try Simpul first, then each baseline."""
    pairs = read_pairs()
    vocabulary = shipped_vocabulary()
    ways: dict[str, Scorer] = {
        "simpul": lambda pair: score(pair, vocabulary),
        **baselines(),
    }
    choosing = [pair for pair in pairs if pair.chooses]
    reporting = tuple(pair for pair in pairs if not pair.chooses)
    for name, scorer in ways.items():
        least = best_least(choosing, [scorer(pair) for pair in choosing])
        yield Tried(name, least, reporting, tuple(map(scorer, reporting)))


def of_kind(kind: str) -> Callable[[Pair], bool]:
    """Whether a pair is of a kind."""
    return lambda pair: pair.kind == kind


def of_basis(basis: str) -> Callable[[Pair], bool]:
    """Whether the names of a pair stand so in the records, or were derived from them."""
    return lambda pair: pair.basis == basis


def row(name: str, least: float, judged: Judged) -> str:
    """One line of the table of figures."""
    figures = (judged.precision, judged.recall, judged.f1)
    shown = [f"{middle:.3f} ({low:.3f} to {high:.3f})" for low, middle, high in figures]
    counts = f"{judged.right}/{judged.wrong}/{judged.missed}"
    return f"| {name} | {least:.2f} | {counts} | {' | '.join(shown)} |"


def main() -> None:
    """Print the figures as they stand in `identity.md`."""
    pairs = read_pairs()
    same = sum(pair.same for pair in pairs)
    print(
        f"{len(pairs)} pairs, {same} of one thing, {len(pairs) - same} of two;", end=" "
    )
    print(f"{sum(not pair.chooses for pair in pairs)} in the half that is reported\n")
    print("| | from | right/wrong/missed | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- |")
    tried = list(try_all())
    for each in tried:
        print(row(each.name, each.least, each.judged()))
    simpul, *_ = tried
    for kind in KINDS:
        print(row(f"simpul, {kind}", simpul.least, simpul.judged(of_kind(kind))))
    for basis in BASES:
        print(row(f"simpul, {basis}", simpul.least, simpul.judged(of_basis(basis))))
    print("\n| pairs of | label | pairs | proposed |")
    print("| --- | --- | --- | --- |")
    groups = sorted({(pair.same, pair.group) for pair in simpul.pairs}, reverse=True)
    for is_same, group in groups:
        of_group = [
            found
            for pair, found in zip(simpul.pairs, simpul.scores, strict=True)
            if (pair.same, pair.group) == (is_same, group)
        ]
        proposed = sum(found >= simpul.least for found in of_group)
        print(
            f"| {group} | {'same' if is_same else 'different'} | {len(of_group)} | {proposed} |"
        )
    print(f"\nshipped: LEAST_SCORE = {LEAST_SCORE}")


if __name__ == "__main__":
    main()
