"""The ways in which a thing may be written: each of its names, and what follows from them."""

from collections.abc import Iterator
from typing import NamedTuple

from simpul.graph_builder.identity import body_names, person_name, place_name

from .spelling import plain, spelling
from .things import Name, Thing, Use

SURE = 100.0
"""The score of a text that is the name of a thing, and of no other."""


class Form(NamedTuple):
    """One way to write a thing: the text as it is compared, the name it comes from, and how sure it is.

    `is_said` tells whether it may be looked for in sentences, `is_near` whether by a part or with slips.
    """

    text: str
    thing: int
    name: Name
    how: str
    score: float
    is_said: bool = True
    is_near: bool = True


_HOW = {
    Use.LABEL: ("exact", SURE),
    Use.ACRONYM: ("acronym", 99.0),
    Use.ALIAS: ("alias", 97.0),
    Use.HIDDEN: ("alias", 96.0),
    Use.RECORD: ("alias", 96.0),
    Use.CODE: ("exact", SURE),
}
_ENDED = ("former", 94.0)
_SILENT = frozenset(("unnamed", "release"))
_BODIES = frozenset(("institution", "group", "programme"))


def forms_of(place: int, thing: Thing, above: Thing | None = None) -> Iterator[Form]:
    """The ways to write a thing, which has a place among the others; `above` is what it belongs to."""
    for name in thing.names:
        if name.use is Use.CODE:
            # A key such as jawa-timur is no name, where the same words are one.
            yield Form(plain(name.text), place, name, "exact", SURE, False, False)
            continue
        how, score = _how(name)
        is_said = thing.kind not in _SILENT
        yield Form(plain(name.text), place, name, how, score, is_said)
        for text, other, less in _derived(thing, name):
            yield Form(text, place, name, other or how, score - less, is_said)
    if thing.kind == "post" and above is not None:
        yield from _posts(place, thing, above)


def _how(name: Name) -> tuple[str, float]:
    if name.use in (Use.ALIAS, Use.HIDDEN) and _marked_former(name.text):
        return _ENDED
    if name.use is Use.RECORD and name.until:
        return _ENDED
    return _HOW[name.use]


def _marked_former(text: str) -> bool:
    _, bracket, remark = text.partition("(")
    return bool(bracket) and remark.casefold().startswith(spelling().former)


def _derived(thing: Thing, name: Name) -> Iterator[tuple[str, str, float]]:
    """Other texts for a name: how they stand for it, where otherwise than the name, and how much less surely."""
    if thing.kind == "person":
        yield plain(" ".join(person_name(name.text).words)), "", 1.0
    elif thing.kind == "place":
        yield from _places(name.text)
    elif thing.kind in _BODIES:
        yield from _bodies(thing, name)


def _places(text: str) -> Iterator[tuple[str, str, float]]:
    told = spelling()
    place = place_name(text)
    bare = " ".join(place.words)
    ways = [bare] if bare not in told.english else [bare, told.english[bare]]
    for way in ways:
        yield way, "alias", 4.0
        if place.level:
            yield f"{place.level} {way}", "alias", 2.0
            for pattern in told.levels.get(place.level, ()):
                yield pattern.format(way), "alias", 3.0


def _bodies(thing: Thing, name: Name) -> Iterator[tuple[str, str, float]]:
    told = spelling()
    text = name.text
    words = plain(text).split()
    if "(" in text or "/" in text:
        for before, each in enumerate(body_names(text)):
            how = "acronym" if each.is_short else "alias"
            yield " ".join(each.printed), how if before else "", 1.0 + before
    if len(words) < 2:
        return
    if told.companies.intersection((words[0], words[-1])):
        yield " ".join(_without_companies(words)), "", 2.0
    if any(word in told.levels for word in words[1:-1]):
        # Dinas Perdagangan Jawa Timur: of the province, which need not be said.
        yield " ".join(w for w in words if w not in told.levels), "", 5.0
    if words[0] in told.governments:
        for place in _governed(text):
            yield place, "part", 20.0


def _without_companies(words: list[str]) -> list[str]:
    companies = spelling().companies
    while len(words) > 1 and words[0] in companies:
        words = words[1:]
    while len(words) > 1 and words[-1] in companies:
        words = words[:-1]
    return words


def _governed(text: str) -> Iterator[str]:
    """The territory that a body governs, as it is said."""
    for name in body_names(text)[:1]:
        if name.rank == "government" and len(name.words) == 1 and name.places:
            said = [w for w in name.printed if w not in spelling().governments]
            place = place_name(" ".join(said))
            yield " ".join(place.words)


def _posts(place: int, thing: Thing, above: Thing) -> Iterator[Form]:
    """A post is said with its body: Ketua APRISINDO."""
    short = above.short()
    for body in sorted({short, *above.called().values()} - {""}):
        is_near = body == short
        for name in thing.names:
            if name.use is not Use.LABEL:
                continue
            for between in ("", " of") if name.language == "en" else ("",):
                text = plain(f"{name.text}{between} {body}")
                yield Form(text, place, name, "exact", SURE, is_near=is_near)
