"""Scoring: how far what was found in articles agrees with what a person found in them.

Both sides have the shape that `article_record` gives. What counts as the same:

- an institution: one of its names or aliases is equal, folded; each counts once;
- a person: name and post are equal, folded, the post without the name of its body;
- a tie pair: two institutions that one tie joins, in either order; a typed tie: the same, and its type;
- modality and sign: looked at only where the typed tie was found;
- an observation: value, unit and qualifier are equal;
- a family: two articles that are of one release.
"""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any, cast

from ..identity.spelling import folded

CATEGORIES = (
    "institutions",
    "people",
    "tie_pairs",
    "typed_ties",
    "modality",
    "sign",
    "observations",
    "families",
)
_SHARES = {"modality", "sign"}
_Z = 1.959963984540054

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, how many were found, and how many there were to find."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.right + other.right,
            self.found + other.found,
            self.expected + other.expected,
        )

    @property
    def precision(self) -> float:
        """Right among found; 1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right among expected; 1 if nothing was expected."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Twice the right among found and expected; 1 if there was nothing on either side."""
        both = self.found + self.expected
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """One category over all articles; `low` and `high` bound its F1 at 95 %.

    For modality and sign, which are shares of matched ties, the bounds are Wilson's (1927); a family
    joins articles, so its bounds are Wilson's too. Else they come from drawing articles anew.
    """

    category: str
    counts: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Something missed (`expected`) or something false (`found`) in one article."""

    article: str
    category: str
    side: str
    what: str


def score_article(found: Record, expected: Record) -> dict[str, Counts]:
    """The counts of one article by category; families need all articles and are not in it."""
    sides = _sides(found, expected)
    shared = _shared_names(found, expected)
    counts = {name: _agreement(*pair) for name, pair in sides.items()}
    for part in ("modality", "sign"):
        mine, theirs = _judged(found, part, shared), _judged(expected, part, {})
        both = sorted(mine.keys() & theirs.keys())
        agreed = sum(bool(mine[key] & theirs[key]) for key in both)
        counts[part] = Counts(agreed, len(both), len(both))
    return counts


def score_articles(
    found: Mapping[str, Record],
    expected: Mapping[str, Record],
    *,
    found_families: Iterable[Sequence[str]] = (),
    expected_families: Iterable[Sequence[str]] = (),
    draws: int = 1000,
    seed: int = 0,
) -> list[Score]:
    """Every category's score over the expected articles; one that was not read counts as empty."""
    each = [
        score_article(found.get(name, {}), expected[name]) for name in sorted(expected)
    ]
    chance = random.Random(seed)
    scores: list[Score] = []
    for category in CATEGORIES[:-1]:
        rows = [counts[category] for counts in each]
        total = sum(rows, Counts())
        if category in _SHARES:
            low, high = wilson(total.right, total.found)
        else:
            low, high = _drawn(rows, draws, chance)
        scores.append(Score(category, total, low, high))
    joined = _agreement(_joined(found_families), _joined(expected_families))
    low, high = wilson(2 * joined.right, joined.found + joined.expected)
    scores.append(Score("families", joined, low, high))
    return scores


def faults_of(article: str, found: Record, expected: Record) -> list[Fault]:
    """What was missed and what was false in one article, by category."""
    faults: list[Fault] = []
    for category, (mine, theirs) in _sides(found, expected).items():
        for side, rest in (("found", mine - theirs), ("expected", theirs - mine)):
            faults += [
                Fault(article, category, side, _told(key)) for key in rest.elements()
            ]
    return sorted(faults, key=lambda fault: (fault.category, fault.side, fault.what))


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % bounds of a share; 0 and 1 if it is a share of nothing.

    Source: Wilson 1927, doi 10.1080/01621459.1927.10502953.
    """
    if not of:
        return 0.0, 1.0
    share, spread = right / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - reach), min(1.0, middle + reach)


Bag = Counter[Hashable]


def _sides(found: Record, expected: Record) -> dict[str, tuple[Bag, Bag]]:
    """By category, what was found and what was expected, in words that both share."""
    mine, theirs = found.get("institutions", []), expected.get("institutions", [])
    matched = _matched(mine, theirs)
    own = _shared_names(found, expected)
    return {
        "institutions": (
            _bodies(mine, {one: theirs[other] for one, other in matched.items()}),
            _bodies(theirs, {}),
        ),
        "people": (_people(found), _people(expected)),
        "tie_pairs": (
            Counter({pair for _, pair, _ in _pairs(found, own)}),
            Counter({pair for _, pair, _ in _pairs(expected, {})}),
        ),
        "typed_ties": (
            Counter({(kind, *pair) for kind, pair, _ in _pairs(found, own)}),
            Counter({(kind, *pair) for kind, pair, _ in _pairs(expected, {})}),
        ),
        "observations": (_observed(found), _observed(expected)),
    }


def _shared_names(found: Record, expected: Record) -> dict[str, str]:
    """The expected name of each body that was found and matched, by the name it was found under."""
    mine, theirs = found.get("institutions", []), expected.get("institutions", [])
    return {
        _fold(mine[one]["name"]): _fold(theirs[other]["name"])
        for one, other in _matched(mine, theirs).items()
    }


def _matched(mine: Sequence[Record], theirs: Sequence[Record]) -> dict[int, int]:
    """The largest matching of bodies that share a name: Kuhn's augmenting paths."""
    names = [_names(body) for body in theirs]
    edges = [
        [at for at, known in enumerate(names) if known & _names(body)] for body in mine
    ]
    home: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for other in edges[one]:
            if other not in seen:
                seen.add(other)
                if other not in home or place(home[other], seen):
                    home[other] = one
                    return True
        return False

    for one in range(len(mine)):
        place(one, set())
    return {one: other for other, one in home.items()}


def _bodies(bodies: Sequence[Record], matched: Mapping[int, Record]) -> Bag:
    names: Bag = Counter()
    for at, body in enumerate(bodies):
        # A body matched to none is told apart from an expected one of the same name, as that one is taken.
        names[_fold(matched.get(at, body)["name"])] += 1
    return names


def _people(record: Record) -> Bag:
    return Counter(
        (_fold(each["name"]), _post(each, record.get("institutions", [])))
        for each in record.get("people", [])
    )


def _post(person: Record, bodies: Sequence[Record]) -> str:
    """A post without the name of its body: some print it with the post, some apart."""
    post = _fold(person.get("post"))
    home = {_fold(person.get("institution"))} - {""}
    names = set(home)
    for body in bodies:
        if home & _names(body):
            names |= _names(body)
    for name in sorted(names, key=len, reverse=True):
        if post.endswith(f" {name}"):
            return post.removesuffix(f" {name}")
    return post


def _observed(record: Record) -> Bag:
    return Counter(
        (float(each["value"]), _fold(each.get("unit")), _fold(each.get("qualifier")))
        for each in record.get("observations", [])
    )


def _pairs(
    record: Record, shared: Mapping[str, str]
) -> list[tuple[str, tuple[str, str], Record]]:
    """Every two distinct participants of each tie, with the type and the tie itself."""
    pairs: list[tuple[str, tuple[str, str], Record]] = []
    for tie in record.get("ties", []):
        names = {_fold(each.get("institution")) for each in tie["participants"]} - {""}
        known = sorted({shared.get(name, name) for name in names})
        pairs += [(str(tie["type"]), pair, tie) for pair in combinations(known, 2)]
    return pairs


def _judged(
    record: Record, part: str, shared: Mapping[str, str]
) -> dict[tuple[str, str, str], set[str]]:
    """By typed pair, what its ties say of their modality or sign."""
    judged: dict[tuple[str, str, str], set[str]] = {}
    for kind, pair, tie in _pairs(record, shared):
        judged.setdefault((kind, *pair), set()).add(str(tie.get(part)))
    return judged


def _agreement(mine: Bag, theirs: Bag) -> Counts:
    return Counts((mine & theirs).total(), mine.total(), theirs.total())


def _joined(families: Iterable[Sequence[str]]) -> Bag:
    return Counter(
        {pair for each in families for pair in combinations(sorted(each), 2)}
    )


def _drawn(
    rows: Sequence[Counts], draws: int, chance: random.Random
) -> tuple[float, float]:
    """The middle 95 % of F1 when the articles are drawn anew, with replacement."""
    if not rows:
        return 0.0, 1.0
    seen = sorted(
        sum(chance.choices(rows, k=len(rows)), Counts()).f1 for _ in range(draws)
    )
    return seen[int(0.025 * (draws - 1))], seen[round(0.975 * (draws - 1))]


def _names(body: Record) -> set[str]:
    return {_fold(name) for name in (body["name"], *body.get("aliases", []))} - {""}


def _fold(text: object) -> str:
    return folded(str(text)) if text else ""


def _told(key: Hashable) -> str:
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    return " | ".join(str(part) for part in parts)
