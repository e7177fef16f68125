"""A text as the name that it may be: as it stands, and as a person, a body or a place is written otherwise."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from simpul.graph_builder.identity import body_names, person_name, place_name

from .spelling import LONGEST, plain

_PERSON = frozenset(("person",))
_PLACE = frozenset(("place",))


class Reading(NamedTuple):
    """A text as names are compared, how much less sure it is, and the kinds of things it may be; None for all."""

    text: str
    less: float
    kinds: frozenset[str] | None = None


def readings(text: str) -> Iterator[Reading]:
    """The readings of a text, as it stands first; without titles, legal forms, remarks, and short forms written out.

    >>> [reading.text for reading in readings("Kab. Sidoarjo")]
    ['kab sidoarjo', 'kabupaten sidoarjo']
    """
    text = text[:LONGEST]
    usual = plain(text)
    if not usual:
        return
    yield Reading(usual, 0.0)
    seen = {usual}

    def other(
        words: Sequence[str], less: float, kinds: frozenset[str] | None = None
    ) -> Iterator[Reading]:
        reading = plain(" ".join(words))
        if reading and reading not in seen:
            seen.add(reading)
            yield Reading(reading, less, kinds)

    yield from other(person_name(text).words, 1.0, _PERSON)
    for before, body in enumerate(body_names(text)):
        yield from other(body.printed, 1.0 + before)
        if not (body.places or body.numbers or body.branch):
            yield from other(body.words, 3.0)
    place = place_name(text)
    if place.level:
        yield from other((place.level, *place.words), 2.0, _PLACE)
    else:
        yield from other(place.words, 2.0)


def comparisons(text: str) -> Iterator[Reading]:
    """What is compared with names that are only like it: the text, and with its short forms written out."""
    usual = plain(text)
    if not usual:
        return
    yield Reading(usual, 0.0)
    written_out = place_name(text[:LONGEST])
    other = " ".join(filter(None, (written_out.level, *written_out.words)))
    if other != usual:
        yield Reading(other, 3.0)
