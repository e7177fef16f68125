"""Places: territories and places abroad that a text names, with codes, parents and what is not settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..reading import is_common
from .gazetteer import (
    Territory,
    is_large,
    level_of,
    name_at,
    plain_place_at,
    territories_named,
    territory,
)
from .reading import Reading

_BEFORE = {
    "di",
    "ke",
    "dari",
    "asal",
    "wilayah",
    "kawasan",
    "se",
    "menuju",
    "seluruh",
    "kepada",
    "hingga",
    "sekitar",
}
_LABELS = {
    "province": "Provinsi",
    "regency": "Kabupaten",
    "city": "Kota",
    "district": "Kecamatan",
    "village": "Desa",
    "urban-village": "Kelurahan",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a sentence: its tokens, what it is called there, and the territories it may be."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    surface: str
    name: str
    level: str | None
    candidates: tuple[Territory, ...]

    @property
    def settled(self) -> Territory | None:
        """The territory, where only one is left."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def find_places(
    readings: Sequence[Reading], taken: Mapping[int, set[int]]
) -> tuple[Spot, ...]:
    """The places that a document names, outside the names of bodies and people.

    Districts and villages count with the word for what they are, or in a row before a territory
    around them: "Kedensari, Kabupaten Sidoarjo".
    """
    found: list[Spot] = []
    for number, reading in enumerate(readings):
        covered = taken.get(number, set())
        row: list[Spot] = []
        at = 0
        while at < len(reading.tokens):
            spot = None
            if (
                at not in covered
                and reading.tokens[at].is_capital
                and reading.tokens[at].text[0].isalpha()
            ):
                spot = _spot(number, reading, at, covered)
            if spot is None:
                at += 1
                continue
            row.append(spot)
            at = spot.last
        found += _with_context(reading, row, covered)
    return tuple(_with_document(found))


def _spot(number: int, reading: Reading, at: int, covered: set[int]) -> Spot | None:
    level = level_of(reading.word(at))
    start = at
    if level:
        start = at + 1 + (reading.word(at + 1) == ".")
        if reading.word(start) in {"administrasi", "adm"}:
            start += 1
        if not reading.is_capital(start) or start in covered:
            return None
        length = name_at(reading.folded, start)
        if not length or level in {"village", "urban-village", "district"}:
            length = _run(reading, start, level, covered)
        name = reading.surface(start, start + length)
        found = territories_named(name, _levels(level))
        if (
            not found
            and level in {"village", "urban-village", "district"}
            and any(map(is_common, reading.folded[start : start + length]))
        ):
            return None
        if not found and level == "city" and not name_at(reading.folded, start):
            return None
        return _made(number, reading, at, start + length, name, level, found)
    length = name_at(reading.folded, at)
    if length and all(
        reading.is_capital(at + i) and at + i not in covered for i in range(length)
    ):
        name = reading.surface(at, at + length)
        if is_large(name) and not _is_word(reading, at, length):
            found = territories_named(name, ("province", "regency", "city"))
            provinces = tuple(each for each in found if each.level == "province")
            return _made(
                number, reading, at, at + length, name, None, provinces or found
            )
    length = plain_place_at(reading.folded, at)
    if length:
        return _made(
            number, reading, at, at + length, reading.surface(at, at + length), None, ()
        )
    return None


def _levels(level: str) -> tuple[str, ...]:
    if level in {"village", "urban-village"}:
        return ("village", "urban-village")
    return (level,)


def _run(reading: Reading, start: int, level: str, covered: set[int]) -> int:
    """How many capital words from here are the name after a level; the longest that is known, or all."""
    length = 0
    while (
        length < 4
        and reading.is_capital(start + length)
        and start + length not in covered
        and not level_of(reading.word(start + length))
    ):
        length += 1
    for tried in range(length, 0, -1):
        if territories_named(reading.surface(start, start + tried), _levels(level)):
            return tried
    return max(length, 1)


def _is_word(reading: Reading, at: int, length: int) -> bool:
    """Whether a name is also a word that begins the sentence or stands in a title: Serang, Batu, Pati."""
    if length > 1 or not is_common(reading.folded[at]):
        return False
    return at == 0 or reading.is_title or reading.word(at - 1) not in {*_BEFORE, ","}


def _made(
    number: int,
    reading: Reading,
    first: int,
    last: int,
    name: str,
    level: str | None,
    found: Sequence[Territory],
) -> Spot:
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Spot(
        number,
        first,
        last,
        start,
        end,
        reading.text[start:end],
        name,
        level,
        tuple(found),
    )


def _with_context(reading: Reading, row: list[Spot], covered: set[int]) -> list[Spot]:
    """Places of a sentence, settled by the ones around them, with the smaller ones before a larger."""
    out: list[Spot] = []
    covered = covered | {at for spot in row for at in range(spot.first, spot.last)}
    for at, spot in enumerate(row):
        around = row[at + 1] if at + 1 < len(row) else None
        out.append(_settled(spot, around) if around else spot)
        out += _smaller(reading, spot, covered)
    return out


def _settled(spot: Spot, around: Spot) -> Spot:
    if len(spot.candidates) < 2:
        return spot
    inside = tuple(
        each
        for each in spot.candidates
        if any(each.code.startswith(larger.code + ".") for larger in around.candidates)
    )
    return _replace(spot, inside) if inside else spot


def _smaller(reading: Reading, spot: Spot, covered: set[int]) -> list[Spot]:
    """Villages and districts that stand before a regency or city with commas only."""
    found: list[Spot] = []
    around = [
        each
        for each in spot.candidates
        if each.level in {"regency", "city", "district"}
    ]
    end = spot.first
    while around and end >= 2 and reading.word(end - 1) == ",":
        first = end - 2
        while (
            first > 0
            and end - 1 - first < 4
            and reading.is_capital(first - 1)
            and first - 1 not in covered
        ):
            first -= 1
        if not reading.is_capital(first) or first in covered:
            break
        made = None
        for start in range(first, end - 1):
            name = reading.surface(start, end - 1)
            inside = [
                t
                for larger in around
                for t in territories_named(
                    name, ("district", "village", "urban-village"), larger.code
                )
            ]
            if inside:
                made = _made(
                    spot.sentence,
                    reading,
                    start,
                    end - 1,
                    name,
                    inside[0].level,
                    inside,
                )
                break
        if made is None:
            break
        found.append(made)
        around = list(made.candidates)
        end = made.first
    return found


def _with_document(spots: Sequence[Spot]) -> list[Spot]:
    """Places that the rest of the document settles: one with its level, or a province around it."""
    named = {each.code for spot in spots for each in spot.candidates if spot.settled}
    explicit = {
        spot.name.casefold(): spot for spot in spots if spot.level and spot.settled
    }
    out: list[Spot] = []
    for spot in spots:
        same = explicit.get(spot.name.casefold())
        if (
            len(spot.candidates) > 1
            and same is not None
            and same.settled in spot.candidates
        ):
            out.append(_replace(spot, same.candidates))
            continue
        if len(spot.candidates) > 1:
            inside = tuple(
                each
                for each in spot.candidates
                if any(each.code.startswith(code + ".") for code in named)
            )
            out.append(_replace(spot, inside) if inside else spot)
            continue
        out.append(spot)
    return sorted(out, key=lambda spot: spot.start)


def _replace(spot: Spot, candidates: Sequence[Territory]) -> Spot:
    return Spot(
        spot.sentence,
        spot.first,
        spot.last,
        spot.start,
        spot.end,
        spot.surface,
        spot.name,
        spot.level,
        tuple(candidates),
    )


def parent_name(each: Territory) -> str | None:
    """The name of the territory around one, with its level."""
    around = territory(each.parent) if each.parent else None
    return around.full_name if around else None


def full_name(spot: Spot) -> str:
    """What a place is called with its level, where that is known."""
    settled = spot.settled
    if spot.level and settled:
        label = _LABELS[settled.level]
        return (
            settled.full_name
            if settled.level in {"regency", "city", "province"}
            else f"{label} {settled.name}"
        )
    if settled:
        return settled.full_name
    return spot.surface
