"""Later mentions: where a text speaks again of somebody it has introduced, by one of their names."""

from collections.abc import Iterator, Mapping, Sequence

from ..reading import is_common
from .gazetteer import is_large
from .joining import Place
from .reading import Reading
from .somebody import Seen, Somebody


def find_again(
    readings: Sequence[Reading],
    places: Mapping[int, Mapping[int, Place]],
    people: Sequence[Somebody],
    seen: Sequence[Seen],
) -> Iterator[tuple[int, int, int, Somebody]]:
    """The later mentions: the sentence, its tokens from the first up to the last, and who is meant.

    `seen` are the mentions known by now, `places` those of bodies by sentence; their tokens stay theirs.
    """
    by_word: dict[str, list[Somebody]] = {}
    for person in people:
        for word in dict.fromkeys(
            word for name in person.names for word in name.split()
        ):
            if len(word) > 2 and word[0].isupper():
                by_word.setdefault(word, []).append(person)
    if not by_word:
        return
    taken: dict[int, set[int]] = {}
    for each in tuple(seen):
        taken.setdefault(each.sentence, set()).update(range(each.first, each.last))
    for number, reading in enumerate(readings):
        covered = taken.get(number, set())
        for place in places.get(number, {}).values():
            covered |= set(range(place.first, place.last))
        for first, last, person in _again_in(reading, covered, by_word):
            yield number, first, last, person


def _again_in(
    reading: Reading, covered: set[int], by_word: Mapping[str, Sequence[Somebody]]
) -> Iterator[tuple[int, int, Somebody]]:
    at = 0
    while at < len(reading.tokens):
        people = by_word.get(reading.tokens[at].text) if at not in covered else None
        if not people:
            at += 1
            continue
        last = at + 1
        while (
            last < len(reading.tokens)
            and last not in covered
            and reading.tokens[last].text in by_word
        ):
            last += 1
        person = _meant(people, [token.text for token in reading.tokens[at:last]])
        if person is not None and _may_be_person(reading, at, last):
            yield at, last, person
        at = last


def _meant(people: Sequence[Somebody], words: Sequence[str]) -> Somebody | None:
    fitting = [
        person
        for person in people
        if all(any(word in name.split() for name in person.names) for word in words)
    ]
    return fitting[-1] if fitting else None


def _may_be_person(reading: Reading, first: int, last: int) -> bool:
    """Whether words that are someone's name mean that person here, and not a place or a common word."""
    word = reading.folded[first]
    if last - first > 1:
        return True
    before = reading.word(first - 1)
    if before in {"di", "ke", "dari", "kabupaten", "kota", "desa", "provinsi"}:
        return False
    return not (is_common(word) and first == 0) and not (
        is_large(word) and before in {"di", "asal"}
    )
