"""How well a text fits a name that it is not: by the words that they share, and slips of the keyboard in them."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .vocabulary import Vocabulary

LEAST = 40.0
"""The score below which a name does not fit."""

_WORDS = 16
"""Words of a text that are looked at."""
_COMMON = 2_000
"""A word in more names than that leads to none of them, if the text has a rarer one."""
_COMPARED = 60
"""Names that are compared in full: those that share most."""
_NEAR = 6
_BEGINNINGS = 40
_SHORTEST_BEGINNING = 3


@dataclass(slots=True)
class Sought:
    """A word of the text: the words of the vocabulary that it may be, each with its likeness, and its weight."""

    text: str
    words: dict[int, float]
    weight: float


def alike(
    text: str,
    texts: Sequence[str],
    vocabulary: Vocabulary,
    *,
    is_known: bool,
    fits: Callable[[int], bool] | None = None,
) -> Iterator[tuple[int, str, float]]:
    """The names that a text is like: the number of each, how it is like it, and how much (LEAST to 97).

    In no order. If it `is_known` as a name, slips are searched only in words that no name holds;
    `fits` says of the number of a name whether it is looked at. Time grows
    with the names that hold the rarest words of the text, at most a few thousand for each.
    """
    words = [_sought(word, vocabulary, is_known) for word in text.split()[:_WORDS]]
    shares: dict[int, float] = {}
    for word, likeness, found in _leads(words, vocabulary):
        weight = vocabulary.weight(word) * likeness
        for number in found:
            shares[number] = shares.get(number, 0.0) + weight
    fitting = (each for each in shares.items() if fits is None or fits(each[0]))
    best = heapq.nsmallest(
        _COMPARED, fitting, key=lambda each: (-round(each[1], 6), each[0])
    )
    for number, _ in best:
        how, score = _compared(text, words, texts[number], vocabulary)
        if score >= LEAST:
            yield number, how, score


def _sought(word: str, vocabulary: Vocabulary, is_known: bool) -> Sought:
    known = vocabulary.number(word)
    if known is not None:
        weight = vocabulary.weight(known)
        words = (
            {known: 1.0}
            if is_known
            else {**dict(vocabulary.near(word)[:_NEAR]), known: 1.0}
        )
        return Sought(word, words, weight)
    words = dict(vocabulary.near(word)[:_NEAR])
    if len(word) >= _SHORTEST_BEGINNING:
        for number in vocabulary.beginning(word)[:_BEGINNINGS]:
            share = len(word) / len(vocabulary.words[number])
            words[number] = max(words.get(number, 0.0), 0.5 + share / 2)
    weight = max(map(vocabulary.weight, words), default=vocabulary.most)
    return Sought(word, words, weight)


def _leads(
    words: Sequence[Sought], vocabulary: Vocabulary
) -> Iterator[tuple[int, float, list[int]]]:
    """The words by which names are found, with the numbers of the names."""
    found = {
        number: likeness for word in words for number, likeness in word.words.items()
    }
    rare = [number for number in found if len(vocabulary.texts[number]) <= _COMMON]
    # Of names that all hold only common words, the first are the shortest ones.
    for number in (
        rare or sorted(found, key=lambda each: (len(vocabulary.texts[each]), each))[:2]
    ):
        yield number, found[number], vocabulary.texts[number][:_COMMON]


def _compared(
    text: str, words: Sequence[Sought], name: str, vocabulary: Vocabulary
) -> tuple[str, float]:
    parts = [part for part in map(vocabulary.number, name.split()) if part is not None]
    likely = {
        part: max((word.words.get(part, 0.0) for word in words), default=0.0)
        for part in parts
    }
    of_name = _share([(vocabulary.weight(part), likely[part]) for part in parts])
    of_text = _share(
        [
            (
                word.weight,
                max((word.words.get(part, 0.0) for part in parts), default=0.0),
            )
            for word in words
        ]
    )
    less = 1.0 if _digits(text) == _digits(name) else 0.6
    if name.startswith(text):
        return "prefix", (70 + 25 * len(text) / len(name)) * less
    if (
        all(likely.values())
        and len(parts) == len(words)
        and of_text > 0
        and _all_found(words, parts)
    ):
        alike = OSA.normalized_similarity(text, name)
        # The same words in another order are no slips of the keyboard.
        ordered = OSA.normalized_similarity(
            " ".join(sorted(text.split())), " ".join(sorted(name.split()))
        )
        return "typo", 97 * max(alike, 0.97 * ordered) * less
    return "part", 90 * (0.6 * of_text + 0.4 * of_name) * less


def _all_found(words: Sequence[Sought], parts: Sequence[int]) -> bool:
    return all(any(part in word.words for part in parts) for word in words)


def _share(weighed: Sequence[tuple[float, float]]) -> float:
    whole = sum(weight for weight, _ in weighed)
    return (
        sum(weight * likeness for weight, likeness in weighed) / whole if whole else 0.0
    )


def _digits(text: str) -> list[str]:
    if not any(character.isdigit() for character in text):
        return []
    return sorted(word for word in text.split() if any(c.isdigit() for c in word))
