"""Candidates for a merge: records of one kind that may be one thing, with the reasons.

Nothing is merged here. Every pair that is looked at was brought together by a key: a word that
sounds alike, the same letters in another order, an acronym. The members of a key are put in order
and each meets only the next few, so time grows with the number of names and not with its square.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..decisions import MergedKind
from ..reading import Loaded
from .acronyms import abbreviates, initials
from .alike import Reason
from .comparing import compare
from .lexicon import lexicon
from .names import BodyName, PersonName, Words
from .objections import differing
from .profiles import Name, Profile, profiles_of, vocabulary_of
from .spelling import skeleton, sound

LEAST_SCORE = 0.69
"""From this score on two records are proposed; chosen on one half of `benchmarks/identity/`."""
WINDOW = 12
"""How many of those that follow it under a key a record meets."""
TRIES = 4 * WINDOW
"""How many long names with the same initials are tried for an acronym."""
_LONGEST_ACRONYM = 10
_MOST_WORDS = 7

Meeting = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records of one kind that may be one thing; `record` comes before `other` by key.

    `differs` are the fields of single facts that they state differently: what a merge would warn of.
    """

    kind: MergedKind
    record: str
    other: str
    name: str
    other_name: str
    score: float
    reasons: tuple[Reason, ...]
    differs: tuple[str, ...]


def find_duplicates(
    loaded: Loaded, least: float = LEAST_SCORE
) -> tuple[Candidate, ...]:
    """Return the records that may be one thing, best first, then by kind and key.

    `least` is the lowest score of interest. Pairs that were decided to be two things are left out,
    and so is whatever is forbidden by default, such as a city and the regency of its name.
    """
    vocabulary = vocabulary_of(loaded)
    profiles = list(profiles_of(loaded, vocabulary))
    found: list[Candidate] = []
    for pair in meetings(profiles):
        left, right = sorted((profiles[at] for at in pair), key=lambda each: each.key)
        if (left.kind, left.key, right.key) in loaded.distinct:
            continue
        comparison = compare(left, right, vocabulary)
        if comparison.veto is None and comparison.score >= least:
            of_kind = loaded.records[left.kind]
            found.append(
                Candidate(
                    left.kind,
                    left.key,
                    right.key,
                    left.name.written,
                    right.name.written,
                    comparison.score,
                    comparison.reasons,
                    tuple(differing(of_kind[left.key], of_kind[right.key])),
                )
            )
    return tuple(sorted(found, key=lambda c: (-c.score, c.kind, c.record, c.other)))


def meetings(profiles: Sequence[Profile]) -> list[Meeting]:
    """The pairs of places in `profiles` that some key brings together, in order.

    Their number grows with that of the names times `WINDOW`.
    """
    under: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for place, profile in enumerate(profiles):
        for name in profile.names:
            for key in _keys(name):
                under[profile.kind, *key].add(place)
    text = [" ".join(profile.name.words) for profile in profiles]
    met: set[Meeting] = set()
    for places in under.values():
        in_order = sorted(places, key=lambda place: (text[place], profiles[place].key))
        for at, place in enumerate(in_order):
            met.update(
                _pair(place, other) for other in in_order[at + 1 : at + 1 + WINDOW]
            )
    met.update(_by_acronym(profiles))
    return sorted(met)


def _pair(one: int, other: int) -> Meeting:
    return (one, other) if one < other else (other, one)


def _keys(name: Name) -> Iterator[Words]:
    """Under what a name is looked up; names with a key in common may be of one thing."""
    yield "letters", "".join(sorted("".join(name.words)))
    yield "sound", sound("".join(name.words))
    yield "look", skeleton(name.written)
    words = [word for word in name.words if not word.endswith(".")]
    telling = [word for word in words if word not in lexicon().common] or words
    for word in dict.fromkeys(telling):
        yield "word", sound(word)
    if isinstance(name, PersonName) and len(name.words) > 1:
        yield "initial", name.words[0][0], sound(name.words[-1])


def _by_acronym(profiles: Sequence[Profile]) -> Iterator[Meeting]:
    """Bodies whose short name may stand for the long name of another.

    An acronym is made of the first letters of its words and what follows some of them, so the
    initials of the long name are among the letters of the short one, in order. Of long names with
    the same initials only the first are tried.
    """
    long: defaultdict[tuple[str, str], set[tuple[Words, int]]] = defaultdict(set)
    for place, profile in enumerate(profiles):
        for name in profile.names:
            for words in _long_forms(name):
                long[profile.kind, initials(words)].add((words, place))
    tried = {under: sorted(forms)[:TRIES] for under, forms in long.items()}
    for place, profile in enumerate(profiles):
        shorts = {word for name in profile.names for word in _short_forms(name)}
        for short in shorts:
            for letters in _within(short):
                for words, other in tried.get((profile.kind, letters), ()):
                    if other != place and abbreviates(short, words):
                        yield _pair(place, other)


def _long_forms(name: Name) -> Iterator[Words]:
    if not isinstance(name, BodyName):
        return
    for words in dict.fromkeys((name.trunk, name.printed, name.words)):
        for start in range(3 if name.rank else 1):
            if len(words) - start > 1:
                yield words[start:]


def _short_forms(name: Name) -> Iterator[str]:
    if isinstance(name, BodyName):
        yield from (name.trunk[0], name.trunk[-1], name.words[-1])


def _within(short: str) -> Iterator[str]:
    """The strings of two to seven letters that a short name holds in order, its first letter first."""
    if not 2 <= len(short) <= _LONGEST_ACRONYM:
        return
    rest = short[1:]
    seen = {
        short[0] + "".join(letters)
        for length in range(1, min(len(rest), _MOST_WORDS - 1) + 1)
        for letters in combinations(rest, length)
    }
    if len(short) > _MOST_WORDS:
        seen.add(short)
    yield from sorted(seen)
