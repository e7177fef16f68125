"""Text reuse: which texts were made from one another, or from a third that nobody has.

Two texts are compared by the runs of five words they share, as a share of the shorter one's
(containment); by quotations of seven words or more that few texts have; by whether both say that
they report a statement; and by the days between their dates. `Likeness.verdict` is the rule.

Source: shingles and containment, Broder 1997, "On the resemblance and containment of documents".
The thresholds 0.3 and 0.12 are argued in the tests, on texts written for them.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from .groups import Groups

RUN = 5
"""Words in a run: shorter ones are common phrases, longer ones break at every changed word."""

QUOTED_RUN = 7
COPY, PARTIAL, REPRINT = 0.3, 0.12, 0.6
SAME_DAYS = 3
LEAST_RUNS = 20
"""A text with fewer runs is too short to be judged by their share."""

RARE = 12
"""What more texts hold than this is a stock phrase, unless they are all of a few days."""

_VAGUE_DAYS = _MANY_DAYS = 7
_NEIGHBOURS = 8
_LEAST_SHARED = 3

Span = tuple[date | None, date | None]
"""The first and the last day that a document can be of."""


class Verdict(StrEnum):
    """What a likeness says of two documents."""

    JOIN = "join"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two documents are; `one` comes before `other` by key.

    `containment` is from 0 to 1. `quotations` counts the rare quotations they share. `statement`:
    both say that they report one. `days` lie between their dates, None where that cannot be told.
    """

    one: str
    other: str
    containment: float
    quotations: int
    statement: bool
    days: int | None

    @property
    def verdict(self) -> Verdict | None:
        """Whether the two are copies of one text, or may be, or show nothing of the kind.

        Join: containment of 0.6, whatever the dates; of 0.3, unless more than three days apart;
        of 0.12, if they share a rare quotation, both report a statement, and are known to be at
        most three days apart. Ask: containment of 0.3; and of 0.12, or a rare quotation, unless
        more than three days apart, since what a body says about itself stands below all its
        releases.
        """
        near = self.days is None or self.days <= SAME_DAYS
        told = self.quotations > 0 and self.statement and self.days is not None
        if (
            self.containment >= REPRINT
            or (self.containment >= COPY and near)
            or (self.containment >= PARTIAL and near and told)
        ):
            return Verdict.JOIN
        if self.containment >= COPY:
            return Verdict.ASK
        some = self.containment >= PARTIAL or self.quotations > 0
        return Verdict.ASK if some and near else None


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a text is compared. Runs are hashed; `quotes` are the runs of each quotation."""

    runs: frozenset[int]
    quotes: tuple[frozenset[int], ...]
    statement: bool


def compare_texts(
    texts: Mapping[str, str], dates: Mapping[str, Span]
) -> tuple[Likeness, ...]:
    """Every two texts that have a verdict, sorted by keys.

    Not all pairs are looked at: those that share runs are found in an index of them, so that the
    work grows with the number of texts and their copies, not with its square.
    """
    traits = {key: _traits(texts[key]) for key in sorted(texts)}
    runs = without_stock({key: each.runs for key, each in traits.items()}, dates)
    quoted = Counter(
        run for each in traits.values() for run in frozenset[int]().union(*each.quotes)
    )
    common = frozenset(run for run, count in quoted.items() if count > RARE)
    found: list[Likeness] = []
    for one, other in candidates(runs):
        a, b = traits[one], traits[other]
        likeness = Likeness(
            one,
            other,
            containment=_containment(runs[one], runs[other]),
            quotations=_shared_quotations(a, b, common),
            statement=a.statement and b.statement,
            days=days_between(dates.get(one), dates.get(other)),
        )
        if likeness.verdict:
            found.append(likeness)
    return tuple(found)


def without_stock(
    runs: Mapping[str, frozenset[int]], dates: Mapping[str, Span]
) -> dict[str, frozenset[int]]:
    """Leave out the runs that more than twelve texts hold, from more than seven days.

    That is how the footers of a site and the phrases of a trade are spread; copies of one release,
    however many, come within days. Texts without a date count as one day.
    """
    held = np.concatenate([_array(each) for each in runs.values()] or [_array(())])
    found, counts = np.unique(held, return_counts=True)
    frequent = frozenset(found[counts > RARE].tolist())
    days: defaultdict[int, set[date | None]] = defaultdict(set)
    for key, each in runs.items():
        for run in each & frequent:
            days[run].add(dates.get(key, (None, None))[0])
    stock = frozenset(run for run, on in days.items() if len(on) > _MANY_DAYS)
    return {key: each - stock for key, each in runs.items()}


def candidates(runs: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """The pairs worth comparing, keys in order: those that share three runs or more.

    The texts that hold one run stand in its list, the longest first. That one is paired with all
    of the list, and each with the eight that follow it, so a footer that every text has makes a
    list as long as all texts and not its square of pairs. A copy is thus met with its release,
    which is longest, and with enough other copies to hang together.
    """
    keys = sorted(runs, key=lambda key: (-len(runs[key]), key))
    count = len(keys)
    hashes = np.concatenate([_array(runs[key]) for key in keys] or [_array(())])
    places = np.repeat(np.arange(count), [len(runs[key]) for key in keys])
    order = np.lexsort((places, hashes))
    hashes, places = hashes[order], places[order]
    pairs: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    first = np.ones(len(hashes), bool)
    first[1:] = hashes[1:] != hashes[:-1]
    longest = places[np.maximum.accumulate(np.where(first, np.arange(len(hashes)), 0))]
    pairs.append((longest * count + places)[~first])
    for step in range(1, _NEIGHBOURS + 1):
        same = hashes[step:] == hashes[:-step]
        pairs.append((places[:-step] * count + places[step:])[same & ~first[:-step]])
    found, shared = np.unique(np.concatenate(pairs), return_counts=True)
    return sorted(
        (min(keys[a], keys[b]), max(keys[a], keys[b]))
        for a, b in (
            divmod(int(code), count) for code in found[shared >= _LEAST_SHARED]
        )
    )


def _array(runs: Collection[int]) -> NDArray[np.uint64]:
    return np.fromiter(runs, np.uint64, len(runs))


def days_between(one: Span | None, other: Span | None) -> int | None:
    """The least number of days between two dates; None where one of them is open or vague.

    Dates that may be the same count as such only if each is known to the week.

    >>> days_between((date(2024, 9, 11),) * 2, (date(2024, 9, 12), date(2024, 9, 14)))
    1
    """
    (a, b), (c, d) = one or (None, None), other or (None, None)
    if a is None or b is None or c is None or d is None:
        return None
    gap = max((c - b).days, (a - d).days)
    if gap > 0:
        return gap
    return 0 if max(b - a, d - c).days <= _VAGUE_DAYS else None


def _traits(text: str) -> _Traits:
    kept = _LINKS.sub("", text)
    return _Traits(
        runs=_runs(kept, RUN),
        quotes=tuple(
            runs for quote in _quotations(kept) if (runs := _runs(quote, QUOTED_RUN))
        ),
        statement=_STATEMENT.search(kept) is not None,
    )


_LINKS = re.compile(r"\(?\bbaca juga\b.*", re.IGNORECASE)
"""Links to other articles, which one site sets into all of its own."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_QUOTATION = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"|«([^«»\n]+)»")
_STATEMENT = re.compile(
    r"""\b(?: (?:keterangan|pernyataan|siaran|rilis) \s+ (?:resmi|tertulis|pers|media)
        | (?:dalam|melalui|lewat) \s+ (?:keterangan|pernyataan|siaran|rilis)(?:nya)?
        | di(?:kutip|lansir|sadur) \s+ dari | mengutip | melansir
        | press \s+ release | (?:in|by) \s+ a \s+ (?:written\s+)?(?:statement|release) )""",
    re.IGNORECASE | re.VERBOSE,
)


def _quotations(text: str) -> Iterator[str]:
    for match in _QUOTATION.finditer(text):
        yield next(filter(None, match.groups()))


def words(text: str) -> list[str]:
    """The words and numbers of a text, in lower case; a number keeps its points.

    >>> words("Lebih dari 13.000 orang")
    ['lebih', 'dari', '13.000', 'orang']
    """
    return _WORD.findall(text.casefold())


def _runs(text: str, length: int) -> frozenset[int]:
    said = words(text)
    return frozenset(
        _hash(said[place : place + length]) for place in range(len(said) - length + 1)
    )


def _hash(run: Sequence[str]) -> int:
    # Not Python's own, which differs from one process to the next.
    taken = hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest()
    return int.from_bytes(taken, "big")


def _containment(one: frozenset[int], other: frozenset[int]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= LEAST_RUNS else 0.0


def _shared_quotations(one: _Traits, other: _Traits, common: frozenset[int]) -> int:
    """The number of quotations of the one that the other has at least seven words in a row of."""
    theirs = frozenset(run for quote in other.quotes for run in quote) - common
    ours = frozenset(run for quote in one.quotes for run in quote) - common
    return min(
        sum(not quote.isdisjoint(theirs) for quote in one.quotes),
        sum(not quote.isdisjoint(ours) for quote in other.quotes),
    )


def releases(
    texts: Mapping[str, str], dates: Mapping[str, Span]
) -> tuple[tuple[str, ...], ...]:
    """The keys of texts of one release together, in the order given; a text alone is a group of its own."""
    groups = Groups(texts)
    for pair in compare_texts(texts, dates):
        if pair.verdict is Verdict.JOIN:
            groups.join(pair.one, pair.other)
    place = {key: at for at, key in enumerate(texts)}
    told = (
        tuple(sorted(keys, key=place.__getitem__)) for keys in groups.by_root().values()
    )
    return tuple(sorted(told, key=lambda keys: place[keys[0]]))
